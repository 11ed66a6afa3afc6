"""One sheet written from top to bottom: values, formulas with their values, heights, merges."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import cast

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from auditor_app.models.text import clean
from auditor_app.report.bilingual import Both
from auditor_app.report.look import LEADING, LOOKS, Look, Looks
from auditor_app.report.measure import line_count, literal, pieces
from auditor_app.workbooks.saving import Stored

Value = str | int | float | Decimal | Fraction | date | None

ROW_HEIGHT = 19.0
# Excel allows 409 points; a text that needs more is merged over several rows.
TALLEST_ROW = 400.0
PADDING = 5.0
# Excel counts days from 1900 with a leap day too many in that year: what is earlier stays text.
FIRST_DATE = date(1900, 3, 1)
_LOOKS_LIKE_INPUT = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row, `span` columns wide; with `formula`, `value` is its result."""

    value: Value = None
    style: str = "text"
    span: int = 1
    formula: str = ""


class Page:
    """One sheet under construction; `row` is the next row to write. With every row its title is told."""

    def __init__(
        self,
        worksheet: Worksheet,
        looks: Looks,
        widths: Sequence[float],
        continued: str,
        tell: Callable[[str], None],
    ) -> None:
        self.worksheet = worksheet
        self.values: dict[str, Stored] = {}
        self.row = 1
        self.height = 0.0
        self.blocks: list[int] = []
        """The rows that begin a heading with what belongs to it."""
        self._records = looks.records
        self.widths = widths
        self._continued = continued
        self._tell = tell
        for index, columns in enumerate(widths, 1):
            # The format counts five pixels of padding into the width.
            worksheet.column_dimensions[get_column_letter(index)].width = columns + 0.71

    @property
    def columns(self) -> int:
        """Return the number of columns."""
        return len(self.widths)

    def at(self, column: str, row: int, absolute: bool = False) -> str:
        """Return a reference to a cell of this sheet, usable from any sheet."""
        place = f"${column}${row}" if absolute else f"{column}{row}"
        return f"'{self.worksheet.title}'!{place}"

    def span(self, column: str, first: int, last: int) -> str:
        """Return an absolute reference to a part of a column, usable from any sheet."""
        return f"{self.at(column, first, absolute=True)}:${column}${last}"

    def add(self, *cells: Cell, least: float = ROW_HEIGHT, level: int = 0) -> int:
        """Write a row and return its number.

        A text that does not fit one cell goes on in rows below, marked as continued; a row that would be
        taller than Excel allows is merged over several.
        """
        self._tell(self.worksheet.title)
        first = self.row
        texts = self._texts(cells)
        for part in range(max((len(text) for text in texts if text), default=1)):
            self._block(cells, texts, part, least, level)
        return first

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Write a formula into a row that stands already."""
        self._put_formula(row, column, cell)

    def link(self, row: int, column: int, sheet: Page) -> None:
        """Make a cell that stands already lead to another sheet of the workbook."""
        self.worksheet.cell(row, column).hyperlink = Hyperlink(ref="", location=sheet.at("A", 1))

    def break_here(self) -> None:
        """Begin a new page with the next row, where the sheet is not made to fit one page."""
        self.break_before(self.row)

    def break_before(self, row: int) -> None:
        """Begin a new page with a row, where the sheet is not made to fit one page."""
        self.worksheet.row_breaks.append(Break(id=row - 1))

    def gap(self, height: float) -> None:
        """Leave an empty row."""
        self.height += height
        self.worksheet.row_dimensions[self.row].height = height
        self.row += 1

    def _texts(self, cells: Sequence[Cell]) -> list[list[str] | None]:
        """Return the texts of a row, each in parts that fit one cell; words in both languages as they fit best."""
        found: list[list[str] | None] = []
        column = 1
        for cell in cells:
            text = self._laid_out(cell, column) if isinstance(cell.value, Both) else cell.value
            found.append(pieces(clean(text)) if isinstance(text, str) else None)
            column += cell.span
        return found

    def _laid_out(self, cell: Cell, column: int) -> Value:
        """Put the English below the Chinese where they do not fit one line; results of formulas are what they are."""
        look = LOOKS[cell.style]
        if cell.formula or not look.wrap or not isinstance(cell.value, Both):
            return cell.value
        lines = line_count(cell.value, self._room(column, cell.span, look))
        return cell.value.stacked if lines > 1 else cell.value

    def _block(
        self, cells: Sequence[Cell], texts: Sequence[list[str] | None], part: int, least: float, level: int
    ) -> None:
        """Write one part of a row: part 0 holds every value, later ones what is left of long texts."""
        top, column, needed, marked = self.row, 1, least, part == 0
        for cell, text in zip(cells, texts, strict=True):
            look = LOOKS[cell.style]
            value: Value = cell.value if part == 0 else None
            if text is not None:
                value = text[part] if part < len(text) else None
            if value is None and not marked:
                value, marked = self._continued, True
            if part == 0 and cell.formula:
                self._put_formula(top, column, cell)
            else:
                self._put(top, column, value, self._records[cell.style])
            if isinstance(value, str) and look.wrap:
                needed = max(needed, self._height(value, column, cell.span, look))
            self._fill(top, column, cell)
            column += cell.span
        self._spread(cells, top, needed, level)

    def _height(self, text: str, column: int, span: int, look: Look) -> float:
        return line_count(text, self._room(column, span, look)) * look.size * LEADING + PADDING

    def _room(self, column: int, span: int, look: Look) -> float:
        """Return the width of a cell in digits of its own font."""
        room = (sum(self.widths[column - 1 : column - 1 + span]) - 1.5 * look.indent) * 10 / look.size
        return room / 1.05 if look.bold else room * 1.03

    def _put(self, row: int, column: int, value: Value, record: array[int]) -> None:
        cell = self._cell(row, column, record)
        if value is None or value == "":
            return
        if isinstance(value, date) and value < FIRST_DATE:
            value = value.isoformat()
        if isinstance(value, str):
            self._put_text(cell, value)
        else:
            cell.value = float(value) if isinstance(value, Fraction) else value

    def _cell(self, row: int, column: int, record: array[int]) -> SheetCell:
        """Return a cell with its style: the ready record, since looking it up by name is slow."""
        cell = cast(SheetCell, self.worksheet.cell(row, column))
        cell._style = record  # type: ignore[attr-defined]
        return cell

    def _put_text(self, cell: SheetCell, text: str) -> None:
        """Write text that stays text, whatever it looks like, also when somebody edits the cell later."""
        cell.value = literal(text)
        cell.data_type = "s"
        if text.startswith(_LOOKS_LIKE_INPUT):
            cell._style = copy(cell._style)  # type: ignore[attr-defined]
            cell.quotePrefix = True

    def _put_formula(self, row: int, column: int, cell: Cell) -> None:
        target = self._cell(row, column, self._records[cell.style])
        target.value = f"={cell.formula}"
        self.values[target.coordinate] = _stored(cell.value)

    def _fill(self, row: int, column: int, cell: Cell) -> None:
        """Style and merge the further columns of a wide cell."""
        if cell.span == 1:
            return
        for further in range(column + 1, column + cell.span):
            self._put(row, further, None, self._records[cell.style])
        self._merge(row, column, row, column + cell.span - 1)

    def _spread(self, cells: Sequence[Cell], top: int, needed: float, level: int) -> None:
        """Give the row its height; merge every cell downwards when one row cannot be tall enough."""
        rows = ceil(needed / TALLEST_ROW)
        self.height += needed
        for row in range(top, top + rows):
            dimension = self.worksheet.row_dimensions[row]
            dimension.height = round(needed / rows, 2)
            if level:
                dimension.outlineLevel = level
        self.row = top + rows
        if rows == 1:
            return
        column = 1
        for cell in cells:
            self._unmerge(top, column, cell.span)
            for row in range(top + 1, top + rows):
                for further in range(column, column + cell.span):
                    self._put(row, further, None, self._records[cell.style])
            self._merge(top, column, top + rows - 1, column + cell.span - 1)
            column += cell.span

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        ranges: set[CellRange] = self.worksheet.merged_cells.ranges
        ranges.add(CellRange(min_col=left, min_row=top, max_col=right, max_row=bottom))

    def _unmerge(self, row: int, column: int, span: int) -> None:
        if span > 1:
            ranges: set[CellRange] = self.worksheet.merged_cells.ranges
            ranges.discard(CellRange(min_col=column, min_row=row, max_col=column + span - 1, max_row=row))


def _stored(value: Value) -> Stored:
    """Return a result as the file holds it; no value is an empty text, as the formulas return it."""
    if value is None:
        return ""
    if isinstance(value, Fraction | Decimal):
        return float(value)
    if isinstance(value, date):
        raise TypeError("no formula of the report returns a date")
    return clean(value) if isinstance(value, str) else value
