"""Print set-up: A4, one page wide, repeated header rows, page numbers, who and what in header and footer."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from auditor_app.models.text import clean_line
from auditor_app.report.look import FONT
from auditor_app.report.measure import width
from auditor_app.report.page import Page

# Excel refuses a header of more than 255 characters, markup included.
_MOST = 50
# A4 in points; margins in inches.
INCH, _SHORT, _LONG = 72.0, 595.3, 841.9
SIDE, TOP, BOTTOM = 0.5, 0.75, 0.65
# A digit of the default font, 10 points YaHei, is 7 pixels wide.
POINTS_A_DIGIT = 5.25
A_LITTLE = 1.3


@dataclass(frozen=True)
class Margins:
    """What every page says at its edges; `pages` holds the markup of the page numbers."""

    auditee: str
    number: str
    standard: str
    pages: str
    draft: str


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
    width, height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    across = sum(columns * POINTS_A_DIGIT + 4 for columns in page.widths)
    scale = min(1.0, (width - 2 * SIDE * INCH) / across)
    room = height - (TOP + BOTTOM) * INCH
    return page.height * scale <= room * A_LITTLE


def _edges(sheet: Worksheet, margins: Margins) -> None:
    edges = sheet.page_margins
    edges.left = edges.right = SIDE
    edges.top, edges.bottom, edges.header, edges.footer = TOP, BOTTOM, 0.35, 0.3
    top, bottom = HeaderFooterItem(), HeaderFooterItem()
    for part, words in (
        (top.left, _inert(margins.auditee)),
        (top.center, _inert(margins.draft)),
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
