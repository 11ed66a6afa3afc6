"""Rows and cells of a worksheet, and the texts in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from auditor_app.forms.package import Package
from auditor_app.forms.problems import FormProblem
from auditor_app.forms.tree import Node

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
LONGEST_TEXT = 32_767
"""Characters a cell holds, counted as spreadsheets do: those beyond the basic plane are two."""
MOST_RUNS = 200
"""Pieces of a text whose looks are told apart; a text in more of them takes the look of the first."""

_PLACE = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6})")
# A spreadsheet reads `_x0041_` as the letter A.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"

Replace = Callable[[str], str]


@lru_cache(maxsize=MOST_COLUMNS)
def letters(column: int) -> str:
    """Return the letters of a column, `A` for 1."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def place_of(reference: str) -> tuple[int, int]:
    """Return row and column of a cell such as `B5`; raises `FormProblem` for what is none."""
    match = _PLACE.fullmatch(reference.replace("$", ""))
    if match is None:
        raise FormProblem("damaged")
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    if row > MOST_ROWS or column > MOST_COLUMNS:
        raise FormProblem("damaged")
    return row, column


def area_of(reference: str) -> tuple[int, int, int, int]:
    """Return first row, first column, last row, last column of cells such as `A1:B5`; raises as `place_of` does."""
    first, _, last = reference.partition(":")
    top, left = place_of(first)
    bottom, right = place_of(last or first)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


class Grid:
    """The rows of one sheet by number; every row and cell says where it stands."""

    def __init__(self, root: Node) -> None:
        """Take the rows of a sheet; raises `FormProblem` for rows and cells out of order."""
        data = root.child("sheetData")
        if data is None:
            raise FormProblem("damaged")
        self.root = root
        self._data = data
        self.rows: dict[int, Node] = {}
        last = 0
        for node in data.all("row"):
            number = _number(node.attributes.get("r", str(last + 1)), MOST_ROWS)
            if number <= last:
                raise FormProblem("damaged")
            node.attributes["r"] = str(number)
            self.rows[number] = node
            _name_cells(node, number)
            last = number
        self.merges = _merges(root)

    def cell(self, row: int, column: int) -> Node | None:
        """Return a cell, None where nothing is stored."""
        node = self.rows.get(row)
        name = f"{letters(column)}{row}"
        found = node.all("c") if node is not None else []
        return next((cell for cell in found if cell.attributes["r"] == name), None)

    def made_cell(self, row: int, column: int) -> Node:
        """Return a cell, made with the style of its row where nothing is stored."""
        found = self.cell(row, column)
        if found is not None:
            return found
        if row not in self.rows:
            self.rows[row] = self._data.made("row", {"r": str(row)})
            self.store_rows(dict(sorted(self.rows.items())))
        node = self.rows[row]
        cell = node.made("c", {"r": f"{letters(column)}{row}"})
        if node.attributes.get("customFormat") in ("1", "true") and "s" in node.attributes:
            cell.attributes["s"] = node.attributes["s"]
        behind = [at for at, each in enumerate(node.children) if isinstance(each, Node) and column_of(each) > column]
        node.children.insert(behind[0] if behind else len(node.children), cell)
        return cell

    def store_rows(self, rows: dict[int, Node]) -> None:
        """Replace all rows, given in order."""
        self.rows = rows
        self._data.children = list(rows.values())

    def read_merges(self) -> None:
        """Look again at which cells are merged."""
        self.merges = _merges(self.root)

    def merge_at(self, row: int, column: int) -> tuple[int, int, int, int] | None:
        """Return the merged cells a cell is the first of."""
        return self.merges.get((row, column))


def column_of(cell: Node) -> int:
    """Return the column of a cell."""
    return place_of(cell.attributes["r"])[1]


class Texts:
    """The texts of all cells of a workbook, which sheets refer to by number."""

    def __init__(self, package: Package) -> None:
        """Find the shared texts; raises `FormProblem`."""
        found = package.related(package.workbook, "sharedStrings")
        self._package = package
        self._root = package.tree(found[0]) if found else None
        self._items = self._root.all("si") if self._root is not None else []
        self._plain: dict[str, int] = {}

    def item(self, cell: Node) -> Node | None:
        """Return the text of a cell with its runs; None for a number, a formula or nothing. Raises `FormProblem`."""
        kind = cell.attributes.get("t")
        if kind is None or not cell.children or cell.child("f") is not None:
            return None
        if kind == "inlineStr":
            return cell.child("is")
        value = cell.child("v")
        if kind != "s" or value is None:
            return None
        number = _number(value.text.strip(), len(self._items), least=0)
        if number >= len(self._items):
            raise FormProblem("damaged")
        return self._items[number]

    def text(self, cell: Node) -> str:
        """Return the text of a cell, empty without one; raises `FormProblem`."""
        item = self.item(cell)
        if item is None:
            return ""
        text = unescaped("".join(run.text for run in runs_of(item)))
        if len(text) > LONGEST_TEXT:
            raise FormProblem("damaged")
        return text

    def put_plain(self, cell: Node, text: str) -> None:
        """Have a cell show a text without runs; a list says many things more than once."""
        number = self._plain.get(text)
        if number is None:
            self.put(cell, cell.made("si", {}, cell.made("t", {"xml:space": "preserve"}, escaped(text))))
            self._plain[text] = len(self._items) - 1
        else:
            _refer(cell, number)

    def put(self, cell: Node, item: Node) -> None:
        """Have a cell show a text with its runs."""
        if self._root is None:
            self._make_part()
        assert self._root is not None
        item.name = "si"
        item.take_prefix(self._root)
        self._root.children.append(item)
        self._items.append(item)
        for name in ("count", "uniqueCount"):
            self._root.attributes.pop(name, None)
        _refer(cell, len(self._items) - 1)

    def _make_part(self) -> None:
        part = self._package.workbook.rpartition("/")[0] + "/sharedStrings.xml"
        namespace = self._package.tree(self._package.workbook)
        prefix = namespace.tag.rpartition(":")[0]
        url = namespace.attributes.get(f"xmlns:{prefix}" if prefix else "xmlns", "")
        self._package.add_part(part.lstrip("/"), f'<sst xmlns="{url}"/>'.encode(), _STRINGS_TYPE)
        self._package.relate(self._package.workbook, _RELATION, part.lstrip("/"))
        self._root = self._package.tree(part.lstrip("/"))


def runs_of(item: Node) -> list[Node]:
    """Return the elements that hold the pieces of a text, hints for its pronunciation left out."""
    found = []
    for node in item.nodes:
        if node.name == "t":
            found.append(node)
        elif node.name == "r":
            found += node.all("t")
    return found


def replaced(runs: Sequence[Node], pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]) -> None:
    """Replace what a pattern finds in the text of several runs; each run keeps its look, the first one gets the new."""
    if len(runs) > MOST_RUNS:
        _join(runs)
    text = "".join(run.text for run in runs)
    ends: list[int] = []
    for run in runs:
        ends.append((ends[-1] if ends else 0) + len(run.text))
    pieces = [""] * len(runs)

    def add(start: int, end: int) -> None:
        for at, stop in enumerate(ends):
            begin = ends[at - 1] if at else 0
            pieces[at] += text[max(start, begin) : min(end, stop)] if start < stop and end > begin else ""

    done = 0
    for match in pattern.finditer(text):
        add(done, match.start())
        at = next(place for place, stop in enumerate(ends) if match.start() < stop)
        pieces[at] += replace(match)
        done = match.end()
    add(done, len(text))
    for run, piece in zip(runs, pieces, strict=True):
        run.text = piece


def _join(runs: Sequence[Node]) -> None:
    runs[0].text = "".join(run.text for run in runs)
    for run in runs[1:]:
        run.text = ""


def escaped(text: str) -> str:
    """Return text that a spreadsheet reads as it is."""
    return _ESCAPE.sub("_x005F_", text)


def unescaped(text: str) -> str:
    """Return text as a spreadsheet reads it."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def fitting(text: str) -> str:
    """Return as much of a text as a cell holds."""
    if len(text) <= LONGEST_TEXT // 2:
        return text
    room, kept = LONGEST_TEXT, []
    for character in text:
        room -= 2 if ord(character) > 0xFFFF else 1
        if room < 0:
            break
        kept.append(character)
    return "".join(kept)


def _refer(cell: Node, number: int) -> None:
    cell.attributes["t"] = "s"
    cell.children = [cell.made("v", {}, str(number))]


def _name_cells(row: Node, number: int) -> None:
    last, digits = 0, str(number)
    for cell in row.all("c"):
        written = cell.attributes.get("r")
        column = last + 1 if written is None else _column(written.removesuffix(digits))
        if column <= last or column > MOST_COLUMNS:
            raise FormProblem("damaged")
        cell.attributes["r"] = letters(column) + digits
        last = column


@lru_cache(maxsize=MOST_COLUMNS)
def _column(name: str) -> int:
    """Return the column of letters, 0 for what is none."""
    return place_of(f"{name}1")[1] if name.isalpha() else 0


def _merges(root: Node) -> dict[tuple[int, int], tuple[int, int, int, int]]:
    container = root.child("mergeCells")
    areas = [area_of(node.attributes.get("ref", "")) for node in container.all("mergeCell")] if container else []
    return {area[:2]: area for area in areas}


def _number(text: str, most: int, least: int = 1) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9 or not least <= int(text) <= most:
        raise FormProblem("damaged")
    return int(text)
