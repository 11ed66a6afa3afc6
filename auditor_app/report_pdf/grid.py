"""A sheet as boxes on a grid: what is shown where, in which look, as tall as its text needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.cell import column_index_from_string, coordinate_to_tuple
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from auditor_app.report_pdf import text
from auditor_app.report_pdf.conditions import Conditions
from auditor_app.report_pdf.formats import Value, shorter, shown_text
from auditor_app.report_pdf.styles import Style, Styles
from auditor_app.report_pdf.text import TextLine

# Points: a digit of the default font is 7 pixels of 96 to the inch; what Excel takes where nothing is said.
A_DIGIT = 5.25
USUAL_WIDTH, USUAL_HEIGHT = 8.43 + 0.71, 15.0
# Between the edge of a cell and its text, across and above; a step of indent.
ASIDE, ABOVE, INDENT = 2.5, 2.0, 7.0
EMU_A_POINT = 12_700
POINTS_A_PIXEL = 0.75


@dataclass(slots=True)
class Box:
    """A cell or merged cells with its lines of text; `bottom` and `right` are exclusive, text may run on to `reach`."""

    top: int
    left: int
    bottom: int
    right: int
    style: Style
    text: str = ""
    is_text: bool = True
    reach: int = 0
    lines: list[TextLine] = field(default_factory=list)

    @property
    def needed(self) -> float:
        """Return the height in points that the lines take."""
        return text.height(len(self.lines), self.style.size) + 2 * ABOVE if self.text else 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture or chart of openpyxl: the row and column of its corner, how far from there, its size; in points."""

    content: Any
    row: int
    column: int
    right: float
    down: float
    width: float
    height: float


@dataclass
class Grid:
    """One sheet for paper; rows and columns are counted from 0, widths and heights are points.

    `repeated` are the header rows of every page, as start and end.
    """

    sheet: Worksheet
    widths: list[float]
    heights: list[float]
    boxes: list[Box]
    pictures: list[Placed]
    charts: list[Placed]
    breaks: set[int]
    repeated: tuple[int, int]

    @property
    def width(self) -> float:
        """Return the points all columns take."""
        return sum(self.widths)

    def lefts(self) -> list[float]:
        """Return where every column begins, and the last one ends."""
        return [0.0, *accumulate(self.widths)]

    def tops(self) -> list[float]:
        """Return where every row begins, and the last one ends."""
        return [0.0, *accumulate(self.heights)]

    def rows_of(self, placed: Placed) -> tuple[int, int]:
        """Return the rows a picture or chart lies on, the end exclusive."""
        left, end = placed.down + placed.height, placed.row
        while left > 0 and end < len(self.heights):
            left -= self.heights[end]
            end += 1
        return placed.row, max(end, placed.row + 1)


class Reader:
    """Read the sheets of one built workbook; the values of its formulas are by title of the sheet and cell."""

    def __init__(self, workbook: Workbook, values: Mapping[str, Mapping[str, Value]]) -> None:
        self._cells: dict[str, dict[tuple[int, int], Cell | MergedCell]] = {
            sheet.title: sheet._cells for sheet in workbook.worksheets
        }
        self._values = values
        self._styles = Styles()

    def value(self, title: str, row: int, column: int) -> Value:
        """Return the value of a cell, that of a formula too; None where there is none."""
        cell = self._cells.get(title, {}).get((row, column))
        return None if cell is None else self._value_of(cell, title)

    def grid(self, sheet: Worksheet) -> Grid:
        """Return a sheet as it is printed: hidden rows and columns are left out, rows are as tall as they must be."""
        made = _Making(self, sheet)
        return made.grid

    def _value_of(self, cell: Cell | MergedCell, title: str) -> Value:
        if cell.data_type == "f":
            return self._values.get(title, {}).get(cell.coordinate)
        value: Value = cell.value  # type: ignore[assignment]
        return unescape(value) if isinstance(value, str) else value

    def style_of(self, cell: Cell | MergedCell) -> Style:
        """Return the look of a cell, without conditional formats."""
        return self._styles.of(cell)


class _Making:
    """One sheet in the making."""

    def __init__(self, reader: Reader, sheet: Worksheet) -> None:
        self._reader = reader
        self._sheet = sheet
        title = sheet.title
        self._conditions = Conditions(sheet, lambda named, row, column: reader.value(named or title, row, column))
        left, top, right, bottom = _printed(sheet)
        widths, heights = _widths(sheet), sheet.row_dimensions
        self._columns = [column for column in range(left, right + 1) if widths.get(column, 1.0) > 0]
        self._rows = [row for row in range(top, bottom + 1) if not (row in heights and heights[row].hidden)]
        # Where a row or column of the sheet, or the next one that is not hidden, stands on the grid.
        self._row_at = {row: place for place, row in enumerate(self._rows)}
        self._column_at = {column: place for place, column in enumerate(self._columns)}
        breaks = {self._place(self._rows, brk.id + 1) for brk in sheet.row_breaks.brk}
        self.grid = Grid(
            sheet=sheet,
            widths=[widths.get(column, USUAL_WIDTH * A_DIGIT) for column in self._columns],
            heights=[self._height(row) for row in self._rows],
            boxes=[],
            pictures=[self._placed(image) for image in sheet._images],  # type: ignore[attr-defined]
            charts=[self._placed(chart) for chart in sheet._charts],  # type: ignore[attr-defined]
            breaks=breaks,
            repeated=self._repeated(),
        )
        self._add_boxes()
        _fit(self.grid)

    def _height(self, row: int) -> float:
        dimensions = self._sheet.row_dimensions
        height = dimensions[row].height if row in dimensions else None
        return float(height or self._sheet.sheet_format.defaultRowHeight or USUAL_HEIGHT)

    def _repeated(self) -> tuple[int, int]:
        titles = self._sheet.print_title_rows
        if not titles:
            return 0, 0
        first, last = (int(row) for row in titles.replace("$", "").split(":"))
        return self._place(self._rows, first), self._place(self._rows, last + 1)

    def _add_boxes(self) -> None:
        cells = self._sheet._cells
        merged = {(r.min_row, r.min_col): r for r in self._sheet.merged_cells.ranges}
        covered = {
            (row, column)
            for r in merged.values()
            for row in range(r.min_row, r.max_row + 1)
            for column in range(r.min_col, r.max_col + 1)
        } - set(merged)
        for row in self._rows:
            boxes: list[Box] = []
            for column in self._columns:
                cell = cells.get((row, column))
                if cell is not None and (row, column) not in covered:
                    boxes.append(self._box(cell, row, column, merged.get((row, column))))
            taken = {place for box in boxes if box.text for place in range(box.left, box.right)}
            taken |= {self._column_at[column] for column in self._columns if (row, column) in covered}
            for box in boxes:
                box.reach = self._reach(box, taken)
            self.grid.boxes += [box for box in boxes if box.text or not box.style.is_blank]

    def _box(self, cell: Cell | MergedCell, row: int, column: int, merged: Any) -> Box:
        value = self._reader.value(self._sheet.title, row, column)
        style = self._conditions.applied(self._reader.style_of(cell), row, column)
        last_row, last_column = (merged.max_row, merged.max_col) if merged else (row, column)
        if merged:
            end = self._sheet._cells.get((last_row, last_column))
            if end is not None:
                corner = self._reader.style_of(end)
                style = replace(style, right=corner.right, bottom=corner.bottom)
        is_text = isinstance(value, str)
        if style.align == "general":
            style = replace(style, align="left" if is_text else "center" if isinstance(value, bool) else "right")
        return Box(
            top=self._row_at[row],
            left=self._column_at[column],
            bottom=self._place(self._rows, last_row + 1),
            right=self._place(self._columns, last_column + 1),
            style=style,
            text=shown_text(value, style.format),
            is_text=is_text,
        )

    def _reach(self, box: Box, taken: set[int]) -> int:
        """Return the column up to which a text that is not wrapped runs on over empty cells."""
        end = box.right
        if box.text and box.is_text and not box.style.wraps and box.style.align == "left":
            while end < len(self._columns) and end not in taken:
                end += 1
        return end

    def _placed(self, drawing: Any) -> Placed:
        """Return where a picture or chart lies; openpyxl lets a cell, or one or two corners say so."""
        anchor = drawing.anchor
        if isinstance(anchor, str):
            row, column = coordinate_to_tuple(anchor)
            width, height = _own_size(drawing)
            return self._at(drawing, row, column, 0.0, 0.0, width, height)
        start = anchor._from
        right, down = start.colOff / EMU_A_POINT, start.rowOff / EMU_A_POINT
        end = getattr(anchor, "to", None)
        if end is None:
            width, height = anchor.ext.width / EMU_A_POINT, anchor.ext.height / EMU_A_POINT
        else:
            widths = _widths(self._sheet)
            between = range(start.col + 1, end.col + 1)
            width = sum(widths.get(c, USUAL_WIDTH * A_DIGIT) for c in between) + end.colOff / EMU_A_POINT - right
            height = sum(self._height(r) for r in range(start.row + 1, end.row + 1))
            height += end.rowOff / EMU_A_POINT - down
        return self._at(drawing, start.row + 1, start.col + 1, right, down, width, height)

    def _at(
        self, drawing: Any, row: int, column: int, right: float, down: float, width: float, height: float
    ) -> Placed:
        place = min(self._place(self._rows, row), len(self._rows) - 1)
        return Placed(drawing, place, self._place(self._columns, column), right, down, width, height)

    def _place(self, shown: list[int], number: int) -> int:
        """Return where a row or column stands, or the next one that is shown."""
        known = self._row_at if shown is self._rows else self._column_at
        if number in known:
            return known[number]
        return next((place for place, each in enumerate(shown) if each >= number), len(shown))


def _own_size(drawing: Any) -> tuple[float, float]:
    """Return the size in points of a picture, which has pixels, or of a chart, which has centimetres."""
    if hasattr(drawing, "ref"):
        return drawing.width * POINTS_A_PIXEL, drawing.height * POINTS_A_PIXEL
    return drawing.width * 72 / 2.54, drawing.height * 72 / 2.54


def _printed(sheet: Worksheet) -> tuple[int, int, int, int]:
    """Return what is printed of a sheet: first column and row, last column and row."""
    area = sheet.print_area
    if area:
        # Several areas become the one that holds them all.
        ranges = [CellRange(part.rpartition("!")[2]) for part in area.split(",")]
        corner = min(r.min_col for r in ranges), min(r.min_row for r in ranges)
        return *corner, max(r.max_col for r in ranges), max(r.max_row for r in ranges)
    ends = [_end(drawing) for drawing in (*sheet._images, *sheet._charts)]  # type: ignore[attr-defined]
    right = max((sheet.max_column, *(column for column, _ in ends)))
    return 1, 1, right, max((sheet.max_row, *(row for _, row in ends)))


def _end(drawing: Any) -> tuple[int, int]:
    """Return the last column and row that a picture or chart lies on, if all of them are as large as usual."""
    anchor = drawing.anchor
    if getattr(anchor, "to", None) is not None:
        return anchor.to.col + 1, anchor.to.row + 1
    if isinstance(anchor, str):
        row, column = coordinate_to_tuple(anchor)
        width, height = _own_size(drawing)
    else:
        row, column = anchor._from.row + 1, anchor._from.col + 1
        width, height = anchor.ext.width / EMU_A_POINT, anchor.ext.height / EMU_A_POINT
    return column + int(width / (USUAL_WIDTH * A_DIGIT)), row + int(height / USUAL_HEIGHT)


def _widths(sheet: Worksheet) -> dict[int, float]:
    """Return the widths of columns that have one of their own, 0 for a hidden one."""
    found = {}
    for letter, dimension in sheet.column_dimensions.items():
        first = column_index_from_string(letter)
        columns = range(dimension.min or first, (dimension.max or first) + 1)
        for column in columns:
            found[column] = 0.0 if dimension.hidden else dimension.width * A_DIGIT
    return found


def _fit(grid: Grid) -> None:
    """Break the texts into lines and make rows taller where these need more room than the workbook gave them."""
    lefts = grid.lefts()
    for box in grid.boxes:
        _set_lines(box, lefts)
    tall = [box for box in grid.boxes if box.bottom - box.top > 1]
    for box in grid.boxes:
        if box.bottom - box.top == 1:
            grid.heights[box.top] = max(grid.heights[box.top], box.needed)
    for box in tall:
        rows = range(box.top, box.bottom)
        missing = box.needed - sum(grid.heights[row] for row in rows)
        for row in rows:
            grid.heights[row] += max(0.0, missing) / len(rows)


def room_of(box: Box, lefts: list[float]) -> tuple[float, float]:
    """Return where the text of a box begins and ends, in points from the left of the sheet."""
    start, end = lefts[box.left] + ASIDE, lefts[max(box.reach, box.right)] - ASIDE
    indent = min(box.style.indent * INDENT, (end - start) / 2)
    if box.style.align == "right":
        return start, end - indent
    return (start, end) if box.style.align == "center" else (start + indent, end)


def _set_lines(box: Box, lefts: list[float]) -> None:
    if not box.text:
        return
    start, end = room_of(box, lefts)
    room, style = end - start, box.style
    if style.shrinks or not (box.is_text or style.wraps):
        # A number is never broken in two: it loses decimals that no format asks for, or is made smaller.
        if not box.is_text and style.format == "General":
            box.text = shorter(box.text, lambda figures: text.width(figures, style) <= room)
        taken = text.width(box.text, style)
        if taken > room:
            smaller = max(text.SMALLEST, room / taken * 0.99) * style.size
            box.style = replace(style, size=smaller)
    elif box.is_text:
        # A word that is a little too long, such as the title of a narrow column, is made smaller rather than broken.
        taken = text.widest_word(box.text, style)
        if room < taken <= room / text.SMALLEST_WORD:
            box.style = replace(style, size=room / taken * 0.99 * style.size)
    box.lines = text.lines(box.text, box.style, room)
