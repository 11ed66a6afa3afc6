"""The cells of one sheet, from what its elements say, with bounds on their number and length."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from openpyxl.utils import column_index_from_string, get_column_letter

from auditor_app.workbooks.book import CellContent, ValueKind
from auditor_app.workbooks.problems import WorkbookProblem, damaged

MOST_CELLS = 400_000
MOST_TEXT = 48 * 1024 * 1024
"""Characters of all cells; a text that many cells share counts as often."""
LONGEST_FORMULA = 8_192
CELLS_A_LOOK = 1_000
"""After so many cells somebody may have thought better of it."""
LAST_COLUMN, LAST_ROW = 16_384, 1_048_576
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"\s*[-+]?(?=\.?[0-9])[0-9]{0,340}(?:\.[0-9]{0,340})?(?:[eE][-+]?[0-9]{1,3})?\s*")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"(?<![\w.$'])(\$?)([A-Za-z]{1,3})(\$?)([1-9][0-9]{0,6})(?![\w.(!'])")
_DAY_ONE = datetime(1899, 12, 30)


@dataclass
class Limits:
    """What a workbook may still hold; `look` is called now and then, and may end the reading."""

    cells: int = MOST_CELLS
    text: int = MOST_TEXT
    look: Callable[[], None] = lambda: None

    def take(self, characters: int) -> None:
        """Count a cell with its characters; raises `WorkbookProblem`, or what ends the reading."""
        self.cells -= 1
        self.text -= characters
        if self.cells < 0 or self.text < 0:
            raise WorkbookProblem("", "too_large")
        if self.cells % CELLS_A_LOOK == 0:
            self.look()


def unlimited() -> Limits:
    """Return the limits of what this program wrote itself."""
    return Limits(cells=2**62, text=2**62)


class CellFormat(NamedTuple):
    """How a cell is shown, as far as it matters: as a day, or behind a mask."""

    is_date: bool = False
    is_masked: bool = False


_PLAIN = CellFormat()


class SheetReader:
    """Gather the cells of one sheet; `formats` are the cell formats by their place in the list."""

    def __init__(self, title: str, strings: Sequence[str], formats: Sequence[CellFormat], limits: Limits) -> None:
        self.cells: dict[str, CellContent] = {}
        self.unresolved: list[str] = []
        self._title = title
        self._strings = strings
        self._formats = formats
        self._limits = limits
        self._shared: dict[str, tuple[int, int, str]] = {}
        self._row = self._column = 0
        self._seen: set[str] = set()
        self._place = ""
        self._has_formula = self._has_value = False
        self._begin("n", "0")

    def row(self, number: str | None) -> None:
        """Begin a row: the one named, or the next."""
        self._row = self._row + 1 if number is None else self._whole(number)
        self._column = 0

    def cell(self, reference: str | None, kind: str, style: str) -> None:
        """Begin a cell: the one named, or the next in the row."""
        if reference is None:
            self._column += 1
        else:
            match = _CELL.fullmatch(reference)
            if match is None:
                raise damaged(f"{self._title} {reference}")
            self._column, self._row = column_index_from_string(match[1]), int(match[2])
        if not (1 <= self._column <= LAST_COLUMN and 1 <= self._row <= LAST_ROW):
            raise damaged(f"{self._title} {reference}")
        self._place = reference or f"{get_column_letter(self._column)}{self._row}"
        if self._place in self._seen:
            raise WorkbookProblem("", "ambiguous", what=f"{self._title} {self._place}"[:80])
        self._seen.add(self._place)
        self._begin(kind, style)

    def formula_head(self, kind: str, group: str, reach: str) -> None:
        """Take what a formula says of itself: one of a group is written once and shifted for the others.

        One that reaches over several cells gives each of them its value, whatever stands there.
        """
        self._once(self._has_formula)
        self._has_formula = True
        self._group = group if kind == "shared" else ""
        alone = reach in ("", self._place)
        self._reach = "" if kind in ("", "normal", "shared") or (kind == "array" and alone) else f"{{{kind} {reach}}}"

    def formula(self, text: str) -> None:
        """Take the formula of the cell."""
        if len(text) > LONGEST_FORMULA:
            raise WorkbookProblem("", "too_large")
        if self._group:
            if text:
                self._shared[self._group] = self._row, self._column, text
            elif self._group in self._shared:
                row, column, first = self._shared[self._group]
                text = shifted(first, self._row - row, self._column - column)
        self._formula = f"{self._reach}{text}"

    def value(self, text: str) -> None:
        """Take the value of the cell as the file holds it."""
        self._once(self._has_value)
        self._has_value, self._value = True, text

    def close(self, inline: str) -> None:
        """Keep the cell when it says something; `inline` is the text that stands in the cell itself."""
        kind, text = self._read(inline)
        self._limits.take(len(text) + len(self._formula))
        if text or self._formula:
            look = self._formats[self._style] if self._style < len(self._formats) else _PLAIN
            # An empty result is an empty text, whatever kind a program gives it.
            self.cells[self._place] = CellContent(kind if text else ValueKind.TEXT, text, self._formula, *look)
        if self._has_formula and not self._has_value:
            self.unresolved.append(self._place)

    def _begin(self, kind: str, style: str) -> None:
        self._kind, self._style = kind, int(style) if style.isascii() and style.isdigit() and len(style) < 7 else 0
        self._value = self._formula = self._group = self._reach = ""
        self._has_formula = self._has_value = False

    def _once(self, is_there: bool) -> None:
        if is_there:
            raise WorkbookProblem("", "ambiguous", what=f"{self._title} {self._place}"[:80])

    def _read(self, inline: str) -> tuple[ValueKind, str]:
        value = self._value
        match self._kind:
            case "s":
                if not value.strip():
                    return ValueKind.TEXT, ""
                number = self._whole(value)
                if number >= len(self._strings):
                    raise damaged(f"{self._title} {self._place}")
                return ValueKind.TEXT, self._strings[number]
            case "inlineStr":
                return ValueKind.TEXT, inline
            case "str":
                return ValueKind.TEXT, unescaped(value)
            case "b":
                return ValueKind.LOGICAL, {"0": "0", "false": "0"}.get(value.strip(), "1") if value.strip() else ""
            case "e":
                return ValueKind.ERROR, value.strip()
            case "d":
                return ValueKind.NUMBER, self._day(value)
            case "n":
                return ValueKind.NUMBER, self._number(value)
            case _:
                raise damaged(f"{self._title} {self._place}")

    def _number(self, text: str) -> str:
        if not text.strip():
            return ""
        if not _NUMBER.fullmatch(text):
            raise damaged(f"{self._title} {self._place}")
        number = float(text)
        if abs(number) == float("inf"):
            raise damaged(f"{self._title} {self._place}")
        return repr(number)

    def _day(self, text: str) -> str:
        try:
            moment = datetime.fromisoformat(text.strip()).replace(tzinfo=None)
        except ValueError as error:
            raise damaged(f"{self._title} {self._place}") from error
        since = moment - _DAY_ONE
        return repr(since.days + since.seconds / 86_400)

    def _whole(self, text: str) -> int:
        digits = text.strip()
        if not (digits.isascii() and digits.isdigit() and len(digits) < 8):
            raise damaged(f"{self._title} {text}")
        return int(digits)


def unescaped(text: str) -> str:
    """Return text as it is shown: `_x000A_` in a file is a line feed; a line ends with a line feed alone."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def outside_texts(formula: str, change: Callable[[str], str]) -> str:
    """Return a formula with what is no text in quotes changed; a doubled quote in a text has nothing outside it."""
    parts = formula.split('"')
    return '"'.join(part if place % 2 else change(part) for place, part in enumerate(parts))


def shifted(formula: str, rows: int, columns: int) -> str:
    """Return a formula as it reads some rows further down and some columns further right."""

    def move(match: re.Match[str]) -> str:
        fixed_column, letters, fixed_row, digits = match.groups()
        row = int(digits) + (0 if fixed_row else rows)
        column = column_index_from_string(letters.upper()) + (0 if fixed_column else columns)
        if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
            return "#REF!"
        return f"{fixed_column}{get_column_letter(column)}{fixed_row}{row}"

    return outside_texts(formula, lambda part: _REFERENCE.sub(move, part))
