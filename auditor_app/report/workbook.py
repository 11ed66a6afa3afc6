"""Make the Excel report of one audit."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook

from auditor_app.models.conclusion import conclude
from auditor_app.report.context import Context
from auditor_app.report.finishing import finished
from auditor_app.report.look import ACCENT, Looks
from auditor_app.report.numbers import Numbers
from auditor_app.report.page import Page
from auditor_app.report.printing import Margins
from auditor_app.report.sheets import (
    company,
    cover,
    documents,
    evidence,
    findings,
    helper,
    samples,
    scoring,
    special,
    summary,
)
from auditor_app.report.snapshot import ReportSnapshot
from auditor_app.report.words import Words

# In the order of the workbook, each with its tab colour; the helper is hidden.
SHEETS = (
    ("cover", cover.WIDTHS, ACCENT),
    ("company", company.WIDTHS, "6B7888"),
    ("documents", documents.WIDTHS, "6B7888"),
    ("scoring", scoring.WIDTHS, "1F6B3A"),
    ("samples", samples.WIDTHS, "1F6B3A"),
    ("summary", summary.WIDTHS, "1F6B3A"),
    ("findings", findings.WIDTHS, "A3271B"),
    ("special", special.WIDTHS, "B7791F"),
    ("evidence", evidence.WIDTHS, "6B7888"),
    ("helper", helper.WIDTHS, ""),
)


def report_bytes(snapshot: ReportSnapshot) -> bytes:
    """Return the report as the content of an xlsx file."""
    workbook, pages = build(snapshot)
    plain = BytesIO()
    workbook.save(plain)
    values = {page.worksheet.path.lstrip("/"): page.values for page in pages.values()}
    return finished(plain.getvalue(), values)


def build(snapshot: ReportSnapshot) -> tuple[Workbook, dict[str, Page]]:
    """Build the workbook and its pages by key; the values of formulas are with the pages, not yet in it."""
    context = _context(snapshot)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    looks, continued = Looks(workbook), context.words("common", "continued")
    pages = {}
    for key, widths, colour in SHEETS:
        sheet = workbook.create_sheet(context.words.sheet(key))
        if colour:
            sheet.sheet_properties.tabColor = colour
        pages[key] = Page(sheet, looks, widths, continued)
    pages["helper"].worksheet.sheet_state = "hidden"
    _fill(pages, context)
    _describe(workbook, context)
    return workbook, pages


def _fill(pages: dict[str, Page], context: Context) -> None:
    """Write the sheets, those first whose figures the others refer to."""
    lists = helper.Helper(context, pages["helper"].worksheet.title)
    extra = special.write(pages["special"], context, lists)
    sampled = samples.write_lists(pages["samples"], context)
    scores = scoring.write(pages["scoring"], context, lists, extra, sampled)
    samples.write_sums(pages["samples"], context, sampled, scores)
    helper.write(pages["helper"], context, lists, scores, extra)
    summary.write(pages["summary"], context, lists, scores, extra)
    findings.write(pages["findings"], context)
    documents.write(pages["documents"], context)
    company.write(pages["company"], context)
    evidence.write(pages["evidence"], context)
    cover.write(pages["cover"], context, lists, scores, extra)


def _context(snapshot: ReportSnapshot) -> Context:
    words = Words(snapshot)
    outcome = conclude(snapshot.standard, snapshot.audit, snapshot.result)
    margins = Margins(
        auditee=snapshot.audit.company.name,
        number=snapshot.audit.info.number,
        standard=snapshot.standard.reference,
        pages=words("common", "pages", page="&P", pages="&N"),
        draft=words("common", "draft") if outcome.draft else "",
    )
    return Context(snapshot, outcome, words, Numbers(snapshot.audit), margins)


def _describe(workbook: Workbook, context: Context) -> None:
    properties = workbook.properties
    properties.creator = context.words("common", "program")
    properties.title = context.words("cover", "title")
    properties.language = "zh-CN" if context.snapshot.language == "zh" else "en"
