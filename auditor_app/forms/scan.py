"""Find what a form asks for: placeholders in cells, in page headers, in drawings, and defined names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from auditor_app.forms.cells import Grid, Texts, area_of, column_of, letters
from auditor_app.forms.names import PLACEHOLDER, UNCLOSED, key_of
from auditor_app.forms.package import Package, Sheet
from auditor_app.forms.problems import FormProblem
from auditor_app.forms.tree import Node

MOST_PLACES = 20_000
MOST_NAMES = 1_000
_HEADERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_CELL_NAME = re.compile(r"('(?:[^']|'')+'|[^'!\[\]:]+)!(\$?[A-Z]{1,3}\$?\d{1,7})(?::(\$?[A-Z]{1,3}\$?\d{1,7}))?")


class Where(Enum):
    """What a placeholder stands in."""

    CELL = auto()
    NAME = auto()
    PAGE = auto()
    DRAWING = auto()


@dataclass(frozen=True)
class Place:
    """One placeholder at one place: row and column of a cell, else 0; `written` as the form has it."""

    key: str
    written: str
    where: Where
    sheet: Sheet
    row: int = 0
    column: int = 0

    @property
    def shown(self) -> str:
        """Return the cell for people, `审核报告!B5`, or the sheet alone."""
        return f"{self.sheet.title}!{letters(self.column)}{self.row}" if self.row else self.sheet.title


@dataclass
class Form:
    """What a form asks for; `unclosed` are places where a placeholder begins and does not end."""

    package: Package
    texts: Texts
    grids: dict[str, Grid] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)
    names: list[Place] = field(default_factory=list)
    """Defined names of one cell that holds no placeholder and no formula; most forms have some for themselves."""
    in_formulas: list[str] = field(default_factory=list)
    """Cells whose formula holds a placeholder, which stays."""
    headings: list[str] = field(default_factory=list)
    """Placeholders in the heading of a table, which must stay as it is."""


def scanned(data: bytes) -> Form:
    """Read a form from the content of its file; raises `FormProblem`."""
    package = Package(data)
    form = Form(package, Texts(package))
    for sheet in package.sheets:
        root = package.tree(sheet.part)
        form.grids[sheet.part] = Grid(root)
        _scan_cells(form, sheet)
        _scan_pages(form, sheet, root)
        for drawing in drawings(package, sheet):
            _scan_drawing(form, sheet, package.tree(drawing))
        if len(form.places) > MOST_PLACES:
            raise FormProblem("too_many_places", most=MOST_PLACES)
    form.names = list(_names(form))
    return form


def drawings(package: Package, sheet: Sheet) -> Iterator[str]:
    """Yield the parts of a sheet that hold shapes, and the charts in them."""
    for drawing in package.related(sheet.part, "drawing"):
        yield drawing
        yield from package.related(drawing, "chart")


def paragraphs(root: Node) -> Iterator[list[Node]]:
    """Yield the pieces of text of every paragraph of a drawing."""
    for node in root.walk():
        if node.name == "p":
            runs = [text for run in node.nodes if run.name in ("r", "fld") for text in run.all("t")]
            if runs:
                yield runs


def page_texts(root: Node) -> Iterator[Node]:
    """Yield the headers and footers of a sheet."""
    container = root.child("headerFooter")
    if container is not None:
        yield from (node for node in container.nodes if node.name in _HEADERS)


def _scan_cells(form: Form, sheet: Sheet) -> None:
    headings = list(_headings(form.package, sheet))
    for number, row in form.grids[sheet.part].rows.items():
        for cell in row.all("c"):
            if not cell.children:
                continue
            text, formula = form.texts.text(cell), cell.child("f")
            at = f"{sheet.title}!{cell.attributes['r']}"
            if formula is not None and PLACEHOLDER.search(formula.text):
                form.in_formulas.append(at)
            if "{" not in text and "｛" not in text:
                continue
            column = column_of(cell)
            if any(top == number and left <= column <= right for top, left, right in headings):
                form.headings.append(at)
                continue
            form.places += _found(text, Where.CELL, sheet, number, column)
            if UNCLOSED.search(text):
                form.unclosed.append(at)


def _headings(package: Package, sheet: Sheet) -> Iterator[tuple[int, int, int]]:
    """Yield the heading row of every table of a sheet, with its first and last column."""
    for part in package.related(sheet.part, "table"):
        root = package.tree(part)
        if root.attributes.get("headerRowCount", "1") != "0":
            top, left, _, right = area_of(root.attributes.get("ref", ""))
            yield top, left, right


def _scan_pages(form: Form, sheet: Sheet, root: Node) -> None:
    for node in page_texts(root):
        form.places += _found(node.text, Where.PAGE, sheet)


def _scan_drawing(form: Form, sheet: Sheet, root: Node) -> None:
    for runs in paragraphs(root):
        form.places += _found("".join(run.text for run in runs), Where.DRAWING, sheet)


def _found(text: str, where: Where, sheet: Sheet, row: int = 0, column: int = 0) -> Iterator[Place]:
    for match in PLACEHOLDER.finditer(text):
        key = key_of(match[1])
        if key:
            yield Place(key, match[1].strip(), where, sheet, row, column)


def _names(form: Form) -> Iterator[Place]:
    sheets = {sheet.title.lower(): sheet for sheet in form.package.sheets}
    taken = {(place.sheet.part, place.row, place.column) for place in form.places}
    container = form.package.tree(form.package.workbook).child("definedNames")
    nodes = container.all("definedName") if container is not None else []
    for node in nodes[:MOST_NAMES]:
        name = node.attributes.get("name", "")
        match = _CELL_NAME.fullmatch(node.text)
        if not match or name.startswith("_") or node.attributes.get("hidden") in ("1", "true"):
            continue
        title = match[1][1:-1].replace("''", "'") if match[1].startswith("'") else match[1]
        sheet = sheets.get(title.lower())
        if sheet is None:
            continue
        area = area_of(f"{match[2]}:{match[3] or match[2]}".replace("$", ""))
        grid = form.grids[sheet.part]
        cell = grid.cell(*area[:2])
        is_one = area[:2] == area[2:] or grid.merge_at(*area[:2]) == area
        if is_one and (sheet.part, *area[:2]) not in taken and (cell is None or cell.child("f") is None):
            yield Place(key_of(name), name, Where.NAME, sheet, *area[:2])
            taken.add((sheet.part, *area[:2]))
