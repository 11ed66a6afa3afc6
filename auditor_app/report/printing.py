"""Print set-up: A4, one page wide, repeated header rows, page numbers, who and what in header and footer."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from auditor_app.models.text import clean_line
from auditor_app.report.look import FONT
from auditor_app.report.measure import width
from auditor_app.report.page import ROW_HEIGHT, Page

# Excel refuses a header of more than 255 characters, markup included.
_MOST = 50
# A4 in points; margins in inches.
INCH, _SHORT, _LONG = 72.0, 595.3, 841.9
SIDE, TOP, BOTTOM = 0.5, 0.75, 0.65
# A digit of the default font, 10 points YaHei, is 7 pixels wide.
POINTS_A_DIGIT = 5.25
A_LITTLE = 1.3
# Shares of a page: what surely finds room on it, and how much of that is taken at most where a heading begins that is
# followed by more than finds room.
MOST_USED, SURE = 0.65, 0.96


@dataclass(frozen=True)
class Margins:
    """What every page says at its edges: `pages` holds the markup of the page numbers, `mark` what is not final yet."""

    auditee: str
    number: str
    standard: str
    pages: str
    mark: str


def set_up(page: Page, margins: Margins, *, landscape: bool = False, header_row: int = 0, freeze: str = "") -> None:
    """Set up a finished sheet for paper; `header_row` repeats on every page, panes freeze at `freeze`."""
    sheet = page.worksheet
    sheet.page_setup.paperSize = "9"
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1 if _nearly_one(page, landscape) else 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.print_area = f"A1:{get_column_letter(page.columns)}{page.row - 1}"
    if header_row:
        sheet.print_title_rows = f"{header_row}:{header_row}"
    if freeze:
        sheet.freeze_panes = freeze
    sheet.sheet_view.showGridLines = False
    _edges(sheet, margins)


def _nearly_one(page: Page, landscape: bool) -> bool:
    """Say whether the sheet, one page wide, is at most a little longer than a page: then it is shrunk."""
    return page.height <= _room(page, landscape) * A_LITTLE


def _room(page: Page, landscape: bool) -> float:
    """Return the height of a page in points of a sheet that is one page wide.

    Where a font that is missing makes the columns wider, the sheet becomes smaller and there is more room, never less.
    """
    width, height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    across = sum(columns * POINTS_A_DIGIT + 4 for columns in page.widths)
    scale = min(1.0, (width - 2 * SIDE * INCH) / across)
    return (height - (TOP + BOTTOM) * INCH) / scale


def keep_headings(page: Page) -> None:
    """Part a sheet that is set up into pages, so that no heading stands at the foot of one.

    Other programs break between any two rows; they keep to breaks that are set, or take no notice of them.
    """
    sheet = page.worksheet
    room = _room(page, sheet.page_setup.orientation == "landscape") * SURE
    heights = [sheet.row_dimensions[row].height or ROW_HEIGHT for row in range(1, page.row)]
    tops = list(accumulate(heights, initial=0.0))
    first = 1
    for row in range(1, page.row):
        if tops[row] - tops[first - 1] > room and row > first:
            block = max((start for start in page.blocks if start <= row), default=first)
            # A block goes on over the end of a page where much of that is left for it.
            first = block if tops[block - 1] - tops[first - 1] > room * MOST_USED else row
            page.break_before(first)


def _edges(sheet: Worksheet, margins: Margins) -> None:
    edges = sheet.page_margins
    edges.left = edges.right = SIDE
    edges.top, edges.bottom, edges.header, edges.footer = TOP, BOTTOM, 0.35, 0.3
    top, bottom = HeaderFooterItem(), HeaderFooterItem()
    for part, words in (
        (top.left, _inert(margins.auditee)),
        (top.center, _inert(margins.mark)),
        (top.right, _inert(margins.number)),
        (bottom.left, _inert(margins.standard)),
        (bottom.right, margins.pages),
    ):
        part.text, part.font, part.size = words, f"{FONT},Regular", 8
    sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter = top, bottom


def _inert(words: str) -> str:
    """Return words for a header: one line, not too long, and no `&` that would be a command."""
    line = clean_line(words)
    if width(line) > _MOST:
        # No character is narrower than one, so that a novel is not shortened letter by letter.
        line = line[:_MOST]
        while width(line) > _MOST - 2:
            line = line[:-1]
        line += "…"
    return line.replace("&", "&&")
