"""Fill a form: values into their places, rows of lists repeated, everything else as the body made it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from auditor_app.forms.blocks import growths
from auditor_app.forms.catalogue import Fields
from auditor_app.forms.cells import escaped, fitting, letters, replaced, runs_of, unescaped
from auditor_app.forms.formulas import Growth
from auditor_app.forms.guard import CONTENT_TYPES
from auditor_app.forms.heights import Heights
from auditor_app.forms.names import PLACEHOLDER, key_of
from auditor_app.forms.preview import Meaning, meanings, wanted_places
from auditor_app.forms.remarks import signatures
from auditor_app.forms.rows import check_room, grown
from auditor_app.forms.scan import Form, Place, Where, drawings, page_texts, paragraphs, scanned
from auditor_app.forms.styles import Styles, look_of
from auditor_app.forms.tree import Node
from auditor_app.forms.values import Alone, Value
from auditor_app.models.forms import Choices, Filled
from auditor_app.models.progress import Progress
from auditor_app.models.text import clean

LONGEST_PAGE_TEXT = 255
"""Characters of a header or footer, with the codes in it."""
_DAY_ZERO, _FIRST_DAY = date(1899, 12, 30), date(1900, 3, 1)
"""Days are counted from the first; before the second one spreadsheets disagree."""
_LIKE_FORMULA = ("=", "+", "-", "@")
_PRONOUNCED = ("rPh", "phoneticPr")
_REPORTED_EVERY = 50
_BEFORE_CALCULATION = ("sheets", "functionGroups", "externalReferences", "definedNames")
_TEMPLATE, _WORKBOOK = ".template.main+xml", ".sheet.main+xml"


def filled(data: bytes, fields: Fields, choices: Choices, file: BinaryIO, progress: Progress) -> Filled:
    """Write a filled copy of a form (the content of its file) to a file; raises `FormProblem` and `Cancelled`.

    The form is read anew, since what was read becomes the copy.
    """
    return _Filling(scanned(data), fields, choices).run(file, progress)


@dataclass(frozen=True)
class _Entry:
    """What to write into one row of the copy: its places as the form has them, and which entry of the lists it is."""

    sheet: str
    row: int
    places: list[Place]
    number: int


class _Filling:
    def __init__(self, form: Form, fields: Fields, choices: Choices) -> None:
        self._form = form
        self._fields = fields
        self._meanings: Mapping[str, Meaning] = meanings(form, fields, choices)
        self._places = wanted_places(form, fields, choices)
        self._styles = Styles(form.package)
        self._written = 0
        self._cut: list[str] = []

    def run(self, file: BinaryIO, progress: Progress) -> Filled:
        """Fill the form and write it."""
        form = self._form
        for name in (place for place in self._places if place.where is Where.NAME):
            # Nothing may be stored of such a cell.
            form.grids[name.sheet.part].made_cell(name.row, name.column)
        growing = growths(form.grids, self._places, self._meanings, self._fields)
        check_room(form, growing)
        entries = list(self._entries(growing))
        progress(0, len(entries))
        if any(growth.extra for growth in growing.values()):
            grown(form, growing, lambda: progress(0, len(entries)))
        self._fill_rows(entries, progress)
        self._fill_pages()
        self._settle()
        form.package.save(file)
        return Filled(self._written, sum(growth.extra for growth in growing.values()), tuple(self._cut))

    def _entries(self, growing: Mapping[str, Growth]) -> Iterator[_Entry]:
        by_row: dict[tuple[str, int], list[Place]] = {}
        for place in self._places:
            if place.row:
                by_row.setdefault((place.sheet.part, place.row), []).append(place)
        for (sheet, row), places in by_row.items():
            growth = growing.get(sheet, Growth(()))
            block = growth.block(row)
            for copy in range(block.count if block else 1):
                step = copy * block.height if block else 0
                yield _Entry(sheet, growth.first(row) + step, places, copy)

    def _fill_rows(self, entries: list[_Entry], progress: Progress) -> None:
        heights = {part: Heights(grid, self._styles) for part, grid in self._form.grids.items()}
        for done, entry in enumerate(entries):
            if done % _REPORTED_EVERY == 0:
                progress(done, len(entries))
            grid = self._form.grids[entry.sheet]
            cells = {cell.attributes["r"]: cell for cell in grid.rows[entry.row].all("c")}
            names = dict.fromkeys(place.column for place in entry.places)
            texts = {column: self._fill_cell(cells, entry, column) for column in names}
            heights[entry.sheet].grow(entry.row, texts)
        progress(len(entries), len(entries))

    def _fill_cell(self, cells: Mapping[str, Node], entry: _Entry, column: int) -> str:
        """Fill one cell and return its text as far as it may need room."""
        places = [place for place in entry.places if place.column == column]
        cell = cells[f"{letters(column)}{entry.row}"]
        self._written += sum(self._meanings[place.key].says_something for place in places)
        if places[0].where is Where.NAME:
            if not self._meanings[places[0].key].says_something:
                # The cell only has a name: what stands in it is the form's own.
                return ""
            return self._put_alone(cell, self._meanings[places[0].key].value(self._fields, entry.number), places[0])
        item = self._form.texts.item(cell)
        assert item is not None
        runs = runs_of(item)
        whole = PLACEHOLDER.fullmatch("".join(run.text for run in runs).strip())
        if whole:
            value = self._meanings[key_of(whole[1])].value(self._fields, entry.number)
            if not (isinstance(value.alone, str) and item.child("r")):
                return self._put_alone(cell, value, places[0])
        return self._put_among(cell, item.copy(), entry, places[0])

    def _put_alone(self, cell: Node, value: Value, place: Place) -> str:
        """Put a value into a cell of its own: numbers and dates as such, unless the form wants text there."""
        look = look_of(cell)
        alone: Alone = value.text if self._styles.holds_text(look) else value.alone
        if isinstance(alone, date) and not self._styles.holds_dates(look):
            dated = self._styles.for_day(look)
            look = look if dated is None else dated
            alone = value.text if dated is None else alone
        if isinstance(alone, date) and alone < _FIRST_DAY:
            alone = value.text
        cell.attributes.pop("t", None)
        cell.children = []
        if isinstance(alone, str):
            return self._put_text(cell, alone, place)
        if isinstance(alone, date):
            cell.attributes["s"] = str(look)
            alone = (alone - _DAY_ZERO).days
        if alone is not None:
            cell.children = [cell.made("v", {}, repr(alone))]
        return value.text

    def _put_text(self, cell: Node, text: str, place: Place) -> str:
        shown = self._fitting(clean(text), place)
        if not shown:
            return ""
        if shown.startswith(_LIKE_FORMULA):
            cell.attributes["s"] = str(self._styles.for_quoted(look_of(cell)))
        self._form.texts.put_plain(cell, shown)
        return shown

    def _put_among(self, cell: Node, item: Node, entry: _Entry, place: Place) -> str:
        """Replace the placeholders in the text of a cell, whose pieces keep their looks."""
        item.children = [c for c in item.children if isinstance(c, str) or c.name not in _PRONOUNCED]
        runs = runs_of(item)

        def value(match: re.Match[str]) -> str:
            meaning = self._meanings.get(key_of(match[1]))
            return match[0] if meaning is None else escaped(clean(meaning.value(self._fields, entry.number).text))

        replaced(runs, PLACEHOLDER, value)
        text = "".join(run.text for run in runs)
        if fitting(text) != text or text.startswith(_LIKE_FORMULA):
            # Too long for the looks of its pieces, or to be marked as text.
            return self._put_text(cell, unescaped(text), place)
        for run in runs:
            run.attributes["xml:space"] = "preserve"
        self._form.texts.put(cell, item)
        return text

    def _fitting(self, text: str, place: Place) -> str:
        shown = fitting(text)
        if shown != text:
            self._cut.append(place.shown)
        return shown

    def _fill_pages(self) -> None:
        """Fill headers, footers and drawings, where a list is told as one text."""
        package = self._form.package
        for sheet in package.sheets:
            for node in page_texts(package.tree(sheet.part)):
                if PLACEHOLDER.search(node.text):
                    self._fill_page(node, sheet.title)
            for drawing in drawings(package, sheet):
                for runs in paragraphs(package.tree(drawing)):
                    replaced(runs, PLACEHOLDER, lambda match: self._on_one_line(match[1], match[0]))

    def _fill_page(self, node: Node, sheet: str) -> None:
        def value(match: re.Match[str]) -> str:
            text = self._on_one_line(match[1], match[0]).replace("&", "&&")
            # A digit behind a code would be read as part of it.
            is_glued = text[:1].isdigit() and re.search(r"&\d*$", match.string[: match.start()])
            return f" {text}" if is_glued else text

        text = PLACEHOLDER.sub(value, node.text)
        if len(text) > LONGEST_PAGE_TEXT:
            self._cut.append(sheet)
            text = text[:LONGEST_PAGE_TEXT].removesuffix("&")
        node.text = text

    def _on_one_line(self, written: str, otherwise: str) -> str:
        meaning = self._meanings.get(key_of(written))
        if meaning is None:
            return otherwise
        self._written += meaning.says_something
        return " ".join(clean(meaning.whole(self._fields).text).split())

    def _settle(self) -> None:
        """Have formulas calculated when the copy is opened, and drop what would be wrong about it."""
        package = self._form.package
        for grid in self._form.grids.values():
            for row in grid.rows.values():
                _forget_results(row)
        for part in package.related(package.workbook, "calcChain"):
            package.drop(part)
            package.unrelate(package.workbook, part)
        for part in signatures(package):
            package.drop(part)
            package.unrelate("", part)
        _calculate_on_opening(package.tree(package.workbook))
        for node in package.tree(CONTENT_TYPES).all("Override"):
            kind = node.attributes.get("ContentType", "")
            node.attributes["ContentType"] = kind.replace(_TEMPLATE, _WORKBOOK)


def _forget_results(row: Node) -> None:
    for cell in row.all("c"):
        formula = cell.child("f")
        if formula is not None:
            cell.children = [formula]
            cell.attributes.pop("t", None)


def _calculate_on_opening(workbook: Node) -> None:
    found = workbook.child("calcPr")
    if found is None:
        found = workbook.made("calcPr")
        before = [at for at, c in enumerate(workbook.children) if isinstance(c, Node) and c.name in _BEFORE_CALCULATION]
        workbook.children.insert(before[-1] + 1 if before else len(workbook.children), found)
    found.attributes["fullCalcOnLoad"] = "1"
