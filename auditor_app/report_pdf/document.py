"""The report as a PDF: what the workbook holds, sheet by sheet, on A4."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QIODevice

from auditor_app.models.progress import Progress, part_of, unwatched
from auditor_app.report.snapshot import ReportSnapshot
from auditor_app.report.workbook import build
from auditor_app.report_pdf import searching, text
from auditor_app.report_pdf.charts import Charts
from auditor_app.report_pdf.grid import Reader
from auditor_app.report_pdf.layout import Page, pages_of
from auditor_app.report_pdf.lettering import Lettering
from auditor_app.report_pdf.paint import Canvas, PagePainter

# What the parts of the work take, of a hundred.
BUILT, LAID_OUT, PAINTED, ALL = 25, 50, 90, 100


def pdf_bytes(snapshot: ReportSnapshot, progress: Progress = unwatched) -> bytes:
    """Return the report as the content of a PDF file.

    A `QGuiApplication` must exist; the thread may be any. The steps of the `progress` are thousandths; it may end the
    work by `Cancelled`.
    """
    tell = part_of(progress, 0, 1)
    workbook, pages_by_key = build(snapshot, part_of(progress, 0, BUILT / ALL))
    tell(BUILT, ALL)
    reader = Reader(workbook, {page.worksheet.title: page.values for page in pages_by_key.values()})
    pages: list[Page] = []
    sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    for number, sheet in enumerate(sheets, 1):
        pages += pages_of(reader.grid(sheet))
        tell(BUILT + (LAID_OUT - BUILT) * number // len(sheets), ALL)
    properties = workbook.properties
    lettering = Lettering()
    painter = PagePainter(Charts(reader.value, lettering), lettering)
    pdf = _painted(pages, painter, properties.title or "", properties.creator or "", tell)
    regular, bold = text.faces()
    rare = searching.by_face(lettering.rare, {False: regular, True: bold})
    return searching.searchable(pdf, searching.replacements(lettering.characters, (regular, bold)), rare)


def _painted(pages: Sequence[Page], painter: PagePainter, title: str, creator: str, tell: Progress) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    canvas = Canvas(buffer, title, creator, pages[0])
    try:
        for number, page in enumerate(pages, 1):
            painter.paint(canvas.next_page(page), page, number, len(pages))
            tell(LAID_OUT + (PAINTED - LAID_OUT) * number // len(pages), ALL)
    finally:
        # A painter that is not ended would take the process with it.
        canvas.end()
    return bytes(buffer.data().data())
