"""What a workbook says, apart from how it looks: sheets, cells, names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

_FIRST_DAY = datetime(1899, 12, 30)
_LAST_DAY = 2_958_466


class ValueKind(StrEnum):
    """What a value is; the letter stands in the manifest."""

    NUMBER = "n"
    TEXT = "s"
    LOGICAL = "b"
    ERROR = "e"


class CellContent(NamedTuple):
    """What one cell says: its kind, its value as text, and the formula that made it, empty for none.

    `is_date` when it is shown as a day, `is_masked` when its format shows letters or digits that are not of the value.
    """

    kind: ValueKind
    text: str
    formula: str = ""
    is_date: bool = False
    is_masked: bool = False

    def shown(self) -> str:
        """Return the value as people read it: a day as a day, everything else as it is."""
        if self.kind is ValueKind.NUMBER:
            number = float(self.text)
            if self.is_date and 1 <= number < _LAST_DAY:
                moment = _FIRST_DAY + timedelta(days=number)
                return moment.date().isoformat() if number == int(number) else moment.isoformat(" ", "minutes")
            return f"{number:.15g}"
        return self.text


@dataclass(frozen=True)
class Sheet:
    """One sheet: title, whether it is shown, and its cells that hold something, by reference, as they stand in it.

    Beside these: its `part`, formulas without a result, and as written the ranges merged and the lists to choose from.
    """

    title: str
    is_visible: bool
    cells: Mapping[str, CellContent]
    part: str = field(default="", compare=False)
    unresolved: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


@dataclass(frozen=True)
class Book:
    """Sheets in their order; names of the whole workbook with what they refer to, and those that single sheets have.

    `has_masks` when a conditional format shows letters or digits that are not of a value.
    """

    sheets: tuple[Sheet, ...]
    names: Mapping[str, str]
    local_names: frozenset[str]
    starts_1904: bool
    has_masks: bool = False

    def sheet(self, title: str) -> Sheet | None:
        """Return the sheet of a title."""
        return next((sheet for sheet in self.sheets if sheet.title == title), None)

    def named(self, name: str) -> CellContent | None:
        """Return the one cell that a name refers to, None when there is none or it is empty."""
        place = self.place(name)
        sheet = self.sheet(place[0]) if place else None
        return sheet.cells.get(place[1]) if sheet and place else None

    def place(self, name: str) -> tuple[str, str] | None:
        """Return title and reference of the one cell a name refers to, None for a range or another formula."""
        title, mark, cell = self.names.get(name, "").rpartition("!")
        if not mark:
            return None
        if title.startswith("'") and title.endswith("'"):
            title = title[1:-1].replace("''", "'")
        return title, cell.replace("$", "").upper()

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self.sheets)
