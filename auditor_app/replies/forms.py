"""The tables of a workbook that came back, found by their marks whatever else it holds by now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor_app.replies.identity import ID, MARK, SENT, Mark, Sent, mark_of, sent_in
from auditor_app.replies.problems import ReplyProblem
from auditor_app.replies.xlsx import Cell, Merged, Place, Sheet, coordinate, read_workbook

MARK_ROWS = 60
"""A mark stands near the top."""
NOTHING = Cell()


@dataclass(frozen=True)
class Row:
    """One row of a table: its id (empty for one that somebody added), what was sent, what stands there now."""

    number: int
    id: str
    sent: Mapping[str, Sent]
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Table:
    """A table of a sheet: its mark, the columns by key, its rows, and what is merged."""

    sheet: str
    mark: Mark
    columns: Mapping[str, int]
    rows: tuple[Row, ...]
    merged: tuple[Merged, ...]

    def address(self, row: Row, key: str) -> str:
        """Return where a cell is, as people write it: `整改回复!F9`."""
        return f"{self.sheet}!{coordinate(self.place(row, key))}"

    def place(self, row: Row, key: str) -> Place:
        """Return row and column of a cell."""
        return row.number, self.columns[key]

    def over(self, row: Row, key: str) -> Merged | None:
        """Return what a cell is merged with, when it lies under another."""
        place = self.place(row, key)
        return next((merged for merged in self.merged if merged.hides(place)), None)

    def starting_at(self, row: Row, key: str) -> Merged | None:
        """Return the merged cells that begin at a cell."""
        place = self.place(row, key)
        return next((merged for merged in self.merged if (merged.top, merged.left) == place), None)


@dataclass(frozen=True)
class Form:
    """What a workbook holds: tables in the order of its sheets, and the names of sheets that hold none."""

    tables: tuple[Table, ...]
    others: tuple[str, ...]


def read_form(data: bytes) -> Form:
    """Read the tables of a workbook; raises `ReplyProblem` for one that cannot be read or has none."""
    tables, others = [], []
    for sheet in read_workbook(data):
        found = _mark_in(sheet)
        if found is None:
            others.append(sheet.name)
        else:
            tables.append(_table(sheet, *found))
    if not tables:
        raise ReplyProblem("", "no_mark")
    return Form(tuple(tables), tuple(others))


def _mark_in(sheet: Sheet) -> tuple[Place, str] | None:
    marks = (
        (place, cell.value)
        for place, cell in sheet.cells.items()
        if place[0] <= MARK_ROWS and isinstance(cell.value, str) and cell.value.startswith(MARK)
    )
    return next(marks, None)


def _table(sheet: Sheet, place: Place, mark: str) -> Table:
    top, id_column = place
    columns: dict[str, int] = {ID: id_column}
    for (row, column), cell in sheet.cells.items():
        if row == top and column != id_column and isinstance(cell.value, str):
            # A key that stands twice means neither column.
            columns[cell.value] = 0 if cell.value in columns else column
    columns = {key: column for key, column in columns.items() if column}
    return Table(sheet.name, mark_of(mark), columns, tuple(_rows(sheet, top, columns)), sheet.merged)


def _rows(sheet: Sheet, top: int, columns: Mapping[str, int]) -> Iterator[Row]:
    keys = {column: key for key, column in columns.items()}
    cells: dict[int, dict[str, Cell]] = {}
    for (row, column), cell in sheet.cells.items():
        if row > top and column in keys:
            cells.setdefault(row, {})[keys[column]] = cell
    for number in sorted(cells):
        found = cells[number]
        row_id, sent = (_text(found.pop(key, NOTHING)) for key in (ID, SENT))
        # The header names itself.
        if row_id != ID and (row_id or found):
            yield Row(number, row_id, sent_in(sent), found)


def _text(cell: Cell) -> str:
    return cell.value.strip() if isinstance(cell.value, str) else ""
