"""Sheets on pages of paper: scaled to its width, parted between rows, with header rows on every page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from openpyxl.worksheet.worksheet import Worksheet

from auditor_app.report_pdf.grid import Grid, Placed
from auditor_app.report_pdf.parting import parted

INCH = 72.0
A4 = (210 / 25.4 * INCH, 297 / 25.4 * INCH)
# A row that would fill a page is parted, so that header rows and headings find room on its pages too.
TALLEST = 0.8
# How far a sheet that is to fit one page is made smaller than one that fits its width only.
LEAST_SCALE = 0.6
# Named styles, by how they begin, of rows that belong to the row below, and of those that belong to the row above.
WITH_NEXT = tuple(
    f"report {name}"
    for name in (
        *("title", "cover", "subtitle", "draft", "section", "header", "chapter", "group", "result", "sign"),
        "conclusion",
    )
)
WITH_PREVIOUS = ("report total", "report note")
# A remark leads to what is below it, unless there is room between them.
REMARK = "report note"
# Rows of a header, and rows that begin something else than the table above them.
HEADER, SECTION = "report header", "report section"
BEGINS_ANEW = tuple(f"report {name}" for name in ("title", "section", "label", "conclusion", "result"))
# Rows of a form, which is another table than the one above it.
FORM = ("report label", "report total")
# How much of a page a table or form takes at most that is kept on one page.
SMALL = 0.3


@dataclass(frozen=True)
class Paper:
    """A page: its size and what stays free around the sheet, in points; where header and footer stand."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    header: float
    footer: float

    @property
    def room(self) -> tuple[float, float]:
        """Return width and height of what is between the margins."""
        return self.width - self.left - self.right, self.height - self.top - self.bottom

    @property
    def is_landscape(self) -> bool:
        """Say whether the page lies on its side."""
        return self.width > self.height


@dataclass(frozen=True)
class Page:
    """The rows of a sheet that stand on one page, and the header rows above them, as start and end."""

    grid: Grid
    paper: Paper
    scale: float
    rows: tuple[int, int]
    repeated: tuple[int, int]


def paper_of(sheet: Worksheet) -> Paper:
    """Return the paper a sheet is set up for; every report is on A4."""
    width, height = A4
    if sheet.page_setup.orientation == "landscape":
        width, height = height, width
    edges = sheet.page_margins
    values = (edges.left, edges.top, edges.right, edges.bottom, edges.header, edges.footer)
    return Paper(width, height, *(value * INCH for value in values))


def pages_of(grid: Grid) -> list[Page]:
    """Return the pages of a sheet; one without anything on it has none."""
    if not (grid.boxes or grid.pictures or grid.charts):
        return []
    paper = paper_of(grid.sheet)
    scale = _scale(grid, paper)
    room = paper.room[1] / scale
    grid = parted(grid, room * TALLEST)
    headers = _headers(grid)
    return [Page(grid, paper, scale, rows, headers[rows[0]]) for rows in _Breaking(grid, room, headers).pages()]


def _headers(grid: Grid) -> list[tuple[int, int]]:
    """Return for every row the header rows, as start and end, that stand above it on a page that begins with it.

    They are those of its own table; a table without any has those that the sheet asks for on every page.
    """
    kinds = _kinds(grid)
    found: list[tuple[int, int]] = []
    own = (0, 0)
    for row, kind in enumerate(kinds):
        usual = grid.repeated if row >= grid.repeated[1] else (0, 0)
        if kind.startswith(HEADER):
            own = (own[0] if row and kinds[row - 1].startswith(HEADER) else row, row + 1)
        elif row == grid.repeated[1] or not kind:
            own = usual
        elif kind.startswith(BEGINS_ANEW) or _leads_to_header(kinds, row):
            own = (0, 0) if _has_header(kinds[row + 1 :]) else usual
        found.append((0, 0) if own[1] > row else own)
    return found


def _leads_to_header(kinds: Sequence[str], row: int) -> bool:
    """Say whether a row is the name of a table whose header is the next row."""
    return kinds[row].startswith(WITH_NEXT) and row + 1 < len(kinds) and kinds[row + 1].startswith(HEADER)


def _has_header(below: Sequence[str]) -> bool:
    """Say whether a header comes before the next section."""
    return next((kind.startswith(HEADER) for kind in below if kind.startswith((HEADER, SECTION))), False)


def _kinds(grid: Grid) -> list[str]:
    """Return for every row the named style of its first cell, empty where the row holds nothing."""
    found = [""] * len(grid.heights)
    for box in sorted(grid.boxes, key=lambda box: box.left):
        for row in range(box.top, box.bottom):
            found[row] = found[row] or box.style.name or "none"
    return found


def _scale(grid: Grid, paper: Paper) -> float:
    setup, properties = grid.sheet.page_setup, grid.sheet.sheet_properties.pageSetUpPr
    width, height = paper.room
    across = min(1.0, width / grid.width)
    if properties is None or not properties.fitToPage:
        return min(across, (setup.scale or 100) / 100)
    if setup.fitToHeight == 1:
        # Rows may have grown; what would become too small takes a second page.
        whole = min(across, height / sum(grid.heights))
        return whole if whole >= across * LEAST_SCALE else across
    return across


class _Breaking:
    """The pages of one grid in the making; `room` is the height of a page in points of the sheet.

    `headers` are the header rows of a page that begins with a row, by that row.
    """

    def __init__(self, grid: Grid, room: float, headers: list[tuple[int, int]]) -> None:
        self._grid = grid
        self._room = room
        self._headers = headers
        self._tops = grid.tops()
        self._full = self._with_content()
        self._glued = self._together()

    def pages(self) -> list[tuple[int, int]]:
        """Return the rows of every page, as start and end."""
        found, start, count = [], 0, len(self._grid.heights)
        while (start := self._next_full(start)) < count:
            end = self._end(start)
            found.append((start, end))
            start = end
        return found

    def _end(self, start: int) -> int:
        """Return where the page that begins with a row ends."""
        first, last = self._headers[start]
        room = self._room - (self._tops[last] - self._tops[first])
        end = best = start
        while end < len(self._grid.heights) and (end == start or end not in self._grid.breaks):
            end += 1
            # Half a point is what rounding may take.
            if self._tops[self._last_full(start, end)] - self._tops[start] > room + 0.5:
                break
            if end not in self._glued:
                best = end
        else:
            return end
        # What belongs together and fills more than a page is parted all the same, but not within a row.
        return best if best > start else max(start + 1, end - 1)

    def _next_full(self, row: int) -> int:
        """Return the next row that holds something: a page does not begin with an empty one."""
        while row < len(self._full) and not self._full[row]:
            row += 1
        return row

    def _last_full(self, start: int, end: int) -> int:
        """Return the end of the last row that holds something: an empty one may hang over the end of a page."""
        while end > start + 1 and not self._full[end - 1]:
            end -= 1
        return end

    def _with_content(self) -> list[bool]:
        full = [False] * len(self._grid.heights)
        for box in self._grid.boxes:
            full[box.top : box.bottom] = [True] * (box.bottom - box.top)
        for placed in self._drawings():
            start, end = self._grid.rows_of(placed)
            full[start:end] = [True] * (end - start)
        return full

    def _together(self) -> set[int]:
        """Return the rows before which no page ends."""
        glued: set[int] = set()
        for box in self._grid.boxes:
            if self._tops[box.bottom] - self._tops[box.top] <= self._room * TALLEST:
                glued.update(range(box.top + 1, box.bottom))
            if box.style.name.startswith(WITH_NEXT) and not box.style.name.startswith(WITH_PREVIOUS):
                # An empty row after a heading belongs to it too.
                glued.update(range(box.bottom, self._next_full(box.bottom) + 1))
            if box.style.name.startswith(WITH_PREVIOUS):
                glued.add(box.top)
            if box.style.name.startswith(REMARK):
                glued.add(box.bottom)
        for start, end in (*self._blocks(), *(self._grid.rows_of(placed) for placed in self._drawings())):
            glued.update(range(start + 1, end))
        return glued

    def _blocks(self) -> Iterator[tuple[int, int]]:
        """Yield the small tables and forms, as start and end: each stands on one page."""
        kinds = [""] * len(self._full)
        for box in self._grid.boxes:
            if box.left == 0:
                is_form = box.style.name.startswith(FORM)
                kinds[box.top : box.bottom] = ["form" if is_form else "table"] * (box.bottom - box.top)
        start = 0
        for kind, rows in groupby(kinds):
            end = start + len(list(rows))
            if kind and self._tops[end] - self._tops[start] <= self._room * SMALL:
                yield start, end
            start = end

    def _drawings(self) -> Iterable[Placed]:
        return (*self._grid.pictures, *self._grid.charts)
