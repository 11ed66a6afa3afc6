"""Cells of a workbook as any spreadsheet program saved them: values as stored, formulas never worked out."""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import column_index_from_string, get_column_letter

from auditor_app.replies.guard import Handler, Package
from auditor_app.replies.problems import ReplyProblem

MOST_CELLS = 50_000
MOST_SHEETS = 100
MOST_MERGED = 500
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

Value = str | float | bool | date | None
Place = tuple[int, int]
"""Row and column, from 1."""

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Built-in formats of dates, those of Chinese, Japanese and Korean editions among them (ECMA-376, 18.8.30).
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
# Excel has a 29 February 1900; days up to it are one off.
_FIRST_SURE_DAY, _LAST_DAY = 61, 2_958_465


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds: text, number, flag, day or nothing; `is_error` for `#N/A` and the like."""

    value: Value = None
    is_formula: bool = False
    is_error: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that are one on the screen."""

    top: int
    left: int
    bottom: int
    right: int

    def hides(self, place: Place) -> bool:
        """Say whether a cell lies under the first one."""
        row, column = place
        inside = self.top <= row <= self.bottom and self.left <= column <= self.right
        return inside and place != (self.top, self.left)

    def __str__(self) -> str:
        return f"{coordinate((self.top, self.left))}:{coordinate((self.bottom, self.right))}"


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet that hold something, by place, and those merged."""

    name: str
    cells: Mapping[Place, Cell]
    merged: tuple[Merged, ...]


def coordinate(place: Place) -> str:
    """Return a place as people write it: `H7`."""
    return f"{get_column_letter(place[1])}{place[0]}"


def read_workbook(data: bytes) -> Iterator[Sheet]:
    """Yield the sheets of a workbook in their order, hidden ones too; raises `ReplyProblem`."""
    package = Package(data)
    path = _main_part(package)
    book = _Book()
    package.read(path, book)
    if len(book.sheets) > MOST_SHEETS:
        raise ReplyProblem("", "too_large_inside")
    related = _related(package, path)
    strings, styles = _Strings(), _Styles()
    parts: tuple[tuple[str, Handler], ...] = (("sharedStrings", strings), ("styles", styles))
    for kind, handler in parts:
        target = _of_kind(related, kind)
        if target and package.holds(target):
            package.read(target, handler)
    left = MOST_CELLS
    for name, key in book.sheets:
        kind, target = related.get(key, ("", ""))
        if kind != "worksheet":
            continue
        found = _Cells(strings.texts, styles.dates, _EPOCH_1904 if book.is_1904 else _EPOCH, left)
        package.read(target, found)
        left -= len(found.cells)
        yield Sheet(name, found.cells, tuple(found.merged))


def _main_part(package: Package) -> str:
    if not package.holds("_rels/.rels"):
        raise ReplyProblem("", "not_a_workbook")
    path = _of_kind(_related(package, ""), "officeDocument")
    if path.lower().endswith(".bin"):
        raise ReplyProblem("", "binary_excel")
    if not path or not package.holds(path):
        raise ReplyProblem("", "not_a_workbook")
    return path


def _related(package: Package, path: str) -> dict[str, tuple[str, str]]:
    """Return kind and target of what a part is related to, by id."""
    folder, name = posixpath.split(path)
    handler = _Relations()
    package.read(posixpath.join(folder, "_rels", f"{name}.rels"), handler)
    return {
        key: (kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
        for key, (kind, target) in handler.found.items()
    }


def _of_kind(related: Mapping[str, tuple[str, str]], kind: str) -> str:
    return next((target for each, target in related.values() if each == kind), "")


class _Relations(Handler):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, tuple[str, str]] = {}

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found[attributes.get("Id", "")] = (kind, attributes.get("Target", "").replace("\\", "/"))


class _Book(Handler):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []
        self.is_1904 = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            self.sheets.append((attributes.get("name", ""), attributes.get("id", "")))
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904") in ("1", "true")


class _Strings(Handler):
    """The texts that cells share; how they are to be pronounced is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._parts: list[str] = []

    def finish(self, name: str, text: str) -> None:
        if name == "t" and "rPh" not in self.parents:
            self._parts.append(text)
        elif name == "si":
            self.texts.append(_unescaped("".join(self._parts)))
            self._parts = []


class _Styles(Handler):
    """Which styles of cells show a day, by number."""

    def __init__(self) -> None:
        super().__init__()
        self.dates: list[bool] = []
        self._own: dict[str, bool] = {}

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        number = attributes.get("numFmtId", "")
        if name == "numFmt":
            self._own[number] = bool(is_date_format(attributes.get("formatCode", "")[:200]))
        elif name == "xf" and "cellXfs" in self.parents:
            self.dates.append(self._own.get(number, number.isdecimal() and int(number[:4]) in _DATE_FORMATS))


@dataclass
class _Reading:
    """The cell that is being read."""

    place: Place
    kind: str
    is_date: bool
    value: str | None = None
    is_formula: bool = False
    parts: list[str] = field(default_factory=list)


class _Cells(Handler):
    """The cells of one sheet, at most so many."""

    def __init__(self, texts: list[str], dates: list[bool], epoch: date, most: int) -> None:
        super().__init__()
        self.cells: dict[Place, Cell] = {}
        self.merged: list[Merged] = []
        self._texts, self._dates, self._epoch, self._most = texts, dates, epoch, most
        self._row = self._column = 0
        self._reading: _Reading | None = None

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._row, self._column = _number(attributes.get("r"), self._row + 1, LAST_ROW), 0
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "f" and self._reading is not None:
            self._reading.is_formula = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def finish(self, name: str, text: str) -> None:
        reading = self._reading
        if reading is None:
            return
        if name == "v":
            reading.value = text
        elif name == "t" and "rPh" not in self.parents:
            reading.parts.append(text)
        elif name == "c":
            self._reading = None
            cell = self._cell(reading)
            if cell.value is not None or cell.is_formula:
                if len(self.cells) >= self._most:
                    raise ReplyProblem("", "too_large_inside")
                self.cells[reading.place] = cell

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = (self._row, self._column + 1)
        if "r" in attributes:
            place = _place(attributes["r"])
        if not (1 <= place[0] <= LAST_ROW and 1 <= place[1] <= LAST_COLUMN):
            raise ReplyProblem("", "damaged")
        self._column = place[1]
        style = _number(attributes.get("s"), 0, len(self._dates))
        is_date = style < len(self._dates) and self._dates[style]
        self._reading = _Reading(place, attributes.get("t", "n"), is_date)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, left = _place(first)
        bottom, right = _place(last or first)
        if len(self.merged) >= MOST_MERGED:
            raise ReplyProblem("", "too_large_inside")
        self.merged.append(Merged(min(top, bottom), min(left, right), max(top, bottom), max(left, right)))

    def _cell(self, reading: _Reading) -> Cell:
        text, is_formula = reading.value, reading.is_formula
        if reading.kind == "inlineStr":
            return Cell(_unescaped("".join(reading.parts)) or None, is_formula)
        if text is None:
            return Cell(None, is_formula)
        match reading.kind:
            case "s":
                place = _number(text.strip(), -1, len(self._texts))
                if not 0 <= place < len(self._texts):
                    raise ReplyProblem("", "damaged")
                return Cell(self._texts[place] or None, is_formula)
            case "str":
                return Cell(_unescaped(text) or None, is_formula)
            case "b":
                return Cell(text.strip() in ("1", "true"), is_formula)
            case "e":
                return Cell(text[:20], is_formula, is_error=True)
            case "d":
                # A moment as ISO 8601; only its day counts.
                return Cell(text.strip().partition("T")[0] or None, is_formula)
        return self._figure(text, reading)

    def _figure(self, text: str, reading: _Reading) -> Cell:
        if not text.strip():
            return Cell(None, reading.is_formula)
        try:
            number = float(text)
        except ValueError as error:
            raise ReplyProblem("", "damaged") from error
        if not math.isfinite(number):
            return Cell(text[:20], reading.is_formula, is_error=True)
        day = day_of(number, self._epoch) if reading.is_date else None
        return Cell(number if day is None else day, reading.is_formula)


def day_of(number: float, epoch: date = _EPOCH) -> date | None:
    """Return the day that a number is in a cell that shows dates, None for one that is none for certain."""
    days = math.floor(number)
    if epoch == _EPOCH and days < _FIRST_SURE_DAY:
        return None
    if not 0 <= days <= _LAST_DAY:
        return None
    try:
        return epoch + timedelta(days=days)
    except OverflowError:
        return None


def _place(reference: str) -> Place:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ReplyProblem("", "damaged")
    row, column = int(match[2]), column_index_from_string(match[1].upper())
    if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
        raise ReplyProblem("", "damaged")
    return row, column


def _number(text: str | None, default: int, most: int) -> int:
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) > most:
        raise ReplyProblem("", "damaged")
    return int(text)


def _unescaped(text: str) -> str:
    """Return text as it was meant: `_x000D_` is a line break, `_x005F_x000D_` those letters."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
