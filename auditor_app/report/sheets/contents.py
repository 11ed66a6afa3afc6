"""目录: every sheet in its order, what it holds and how much of it, with a link to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from auditor_app.models.audit import Kind
from auditor_app.report.context import Context, header, heading
from auditor_app.report.page import Cell, Page
from auditor_app.report.printing import set_up

WIDTHS = (6, 34, 52, 14)
COLUMNS = ("no", "sheet", "holds", "amount")


def write(page: Page, context: Context, sheets: Mapping[str, Page]) -> None:
    """Write the sheet; `sheets` are those the reader sees, in their order."""
    words, counted = context.words, amounts(context)
    heading(page, words.sheet("contents"), words("contents", "about"))
    header(page, *(words("contents", key) for key in COLUMNS))
    listed = {key: sheet for key, sheet in sheets.items() if sheet is not page}
    for number, (key, sheet) in enumerate(listed.items(), 1):
        count = counted.get(key)
        row = page.add(
            Cell(number, "count"),
            Cell(words("sheets", key), "link"),
            Cell(words("contents", key)),
            Cell("" if count is None else words("contents", f"n_{key}", count=count), "muted"),
            least=30,
        )
        page.link(row, 2, sheet)
    set_up(page, context.margins)


def amounts(context: Context) -> dict[str, int]:
    """Return how many rows of its kind a sheet holds, for those that hold any."""
    audit, standard = context.audit, context.standard
    return {
        "company": len(audit.sites),
        "eligibility": len(fields(audit.eligibility)),
        "plan": len(audit.team),
        "documents": len(standard.documents),
        "scoring": len(standard.indicators),
        "samples": len(audit.of(Kind.SAMPLE)),
        "special": len(audit.special_deductions),
        "findings": len(audit.findings),
        "evidence": len(audit.evidence),
        "tender": len(standard.tender_concerns),
    }
