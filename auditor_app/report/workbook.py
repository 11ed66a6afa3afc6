"""Make the Excel report of one audit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl import Workbook

from auditor_app.models.conclusion import Outcome, conclude
from auditor_app.models.progress import Progress, part_of, unwatched
from auditor_app.report.context import Context
from auditor_app.report.key_cells import key_cells
from auditor_app.report.look import ACCENT, Looks
from auditor_app.report.names import define
from auditor_app.report.numbers import Numbers
from auditor_app.report.page import Page
from auditor_app.report.printing import Margins
from auditor_app.report.sheets import (
    company,
    conclusion,
    contents,
    cover,
    documents,
    eligibility,
    evidence,
    findings,
    helper,
    plan,
    recalculation,
    samples,
    scoring,
    signing,
    special,
    summary,
    tender,
)
from auditor_app.report.snapshot import BOTH, ReportSnapshot
from auditor_app.report.words import Words
from auditor_app.workbooks.saving import saved

# In the order of the workbook, each with its tab colour; the helper is hidden.
SHEETS = (
    ("cover", cover.WIDTHS, ACCENT),
    ("contents", contents.WIDTHS, ACCENT),
    ("company", company.WIDTHS, "6B7888"),
    ("eligibility", eligibility.WIDTHS, "6B7888"),
    ("plan", plan.WIDTHS, "6B7888"),
    ("documents", documents.WIDTHS, "6B7888"),
    ("scoring", scoring.WIDTHS, "1F6B3A"),
    ("samples", samples.WIDTHS, "1F6B3A"),
    ("summary", summary.WIDTHS, "1F6B3A"),
    ("recalculation", recalculation.WIDTHS, "1F6B3A"),
    ("special", special.WIDTHS, "B7791F"),
    ("findings", findings.WIDTHS, "A3271B"),
    ("evidence", evidence.WIDTHS, "6B7888"),
    ("tender", tender.WIDTHS, "B7791F"),
    ("conclusion", conclusion.WIDTHS, ACCENT),
    ("signing", signing.WIDTHS, ACCENT),
    ("helper", helper.WIDTHS, ""),
)

# In a report in both languages, by column from 1: so wide that a verdict, a result or a label stands on one line.
WIDER: Mapping[str, Mapping[int, float]] = {
    "scoring": {5: 15},
    "recalculation": {4: 15},
    "samples": {5: 17},
    "tender": {3: 15},
    "conclusion": {2: 32, 4: 2, 5: 41},
}


# The share of the work that building the sheets takes; the rest is writing them.
_BUILT = 0.7


def report_parts(snapshot: ReportSnapshot, progress: Progress = unwatched) -> dict[str, bytes]:
    """Return the parts of the report; the steps of the `progress` are its sheets, built and then written."""
    workbook, pages = build(snapshot, part_of(progress, 0, _BUILT))
    values = {page.worksheet.title: page.values for page in pages.values()}
    return saved(workbook, values, part_of(progress, _BUILT, 1))


def build(snapshot: ReportSnapshot, progress: Progress = unwatched) -> tuple[Workbook, dict[str, Page]]:
    """Build the workbook and its pages by key; the values of formulas are with the pages, not yet in it.

    The steps of the `progress` are the sheets, told with every row.
    """
    begun: set[str] = set()

    def tell(title: str) -> None:
        begun.add(title)
        progress(len(begun), len(SHEETS))

    context = _context(snapshot)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    looks, continued = Looks(workbook), context.words("common", "continued")
    pages = {}
    for key, widths, colour in SHEETS:
        sheet = workbook.create_sheet(context.words.sheet(key))
        if colour:
            sheet.sheet_properties.tabColor = colour
        pages[key] = Page(sheet, looks, _widths(key, widths, snapshot.language), continued, tell)
    pages["helper"].worksheet.sheet_state = "hidden"
    _fill(workbook, pages, context)
    _describe(workbook, context)
    return workbook, pages


def _widths(key: str, widths: Sequence[float], language: str) -> Sequence[float]:
    wider = WIDER.get(key, {}) if language == BOTH else {}
    return [wider.get(column, width) for column, width in enumerate(widths, 1)]


def _fill(workbook: Workbook, pages: dict[str, Page], context: Context) -> None:
    """Write the sheets, those first whose figures the others refer to."""
    lists = helper.Helper(context, pages["helper"].worksheet.title)
    extra = special.write(pages["special"], context, lists)
    sampled = samples.write_lists(pages["samples"], context)
    scores = scoring.write(pages["scoring"], context, lists, extra, sampled)
    samples.write_sums(pages["samples"], context, sampled, scores)
    helper.write(pages["helper"], context, lists, scores, extra)
    summary.write(pages["summary"], context, lists, scores, extra)
    proof = recalculation.write(pages["recalculation"], context, lists, scores, extra)
    define(workbook, key_cells(context, lists, scores, extra, proof))
    findings.write(pages["findings"], context)
    documents.write(pages["documents"], context)
    company.write(pages["company"], context)
    eligibility.write(pages["eligibility"], context)
    plan.write(pages["plan"], context)
    evidence.write(pages["evidence"], context)
    tender.write(pages["tender"], context, lists, scores)
    conclusion.write(pages["conclusion"], context, lists, scores, extra)
    signing.write(pages["signing"], context, lists, scores)
    cover.write(pages["cover"], context, lists, scores, extra)
    seen = {key: page for key, page in pages.items() if page.worksheet.sheet_state == "visible"}
    contents.write(pages["contents"], context, seen)


def _context(snapshot: ReportSnapshot) -> Context:
    words = Words(snapshot)
    outcome = conclude(snapshot.standard, snapshot.audit, snapshot.result)
    margins = Margins(
        auditee=snapshot.audit.company.name,
        number=snapshot.audit.info.number,
        standard=snapshot.standard.reference,
        pages=words("common", "pages", page="&P", pages="&N"),
        mark=_mark(snapshot, outcome, words),
    )
    return Context(snapshot, outcome, words, Numbers(snapshot.audit), margins)


def _mark(snapshot: ReportSnapshot, outcome: Outcome, words: Words) -> str:
    """Return what every page says at its top of a report that is not the final one."""
    if outcome.draft:
        return words("common", "draft")
    return words("common", "not_finalised") if snapshot.is_stored and snapshot.sealing is None else ""


def _describe(workbook: Workbook, context: Context) -> None:
    properties = workbook.properties
    properties.creator = context.words("common", "program")
    properties.title = str(context.words("cover", "title"))
    properties.language = "en" if context.snapshot.language == "en" else "zh-CN"
