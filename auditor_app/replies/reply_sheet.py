"""The workbook of findings for the auditee: what was found is locked, what is done about it is open."""

from __future__ import annotations

from datetime import date

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.entities import AuditInfo, Finding
from auditor_app.models.enums import ActionResult
from auditor_app.models.findings import numbers
from auditor_app.models.ids import Clause
from auditor_app.models.standard import Standard
from auditor_app.replies.entries import REPLY
from auditor_app.replies.identity import Mark, Part
from auditor_app.replies.sheet import Column, FormBook
from auditor_app.replies.words import Both

_WIDTHS = {
    "action.correction": 26,
    "action.cause": 26,
    "action.measure": 26,
    "action.owner": 11,
    "action.due": 12,
}
_CENTERED = {"number", "grade", "action.due", "action.verified_by", "action.result"}


def write_replies(standard: Standard, audit: Audit, words: Both, made: date) -> tuple[bytes, tuple[str, ...]]:
    """Return the workbook, and the cells whose text was too long for one."""
    book = FormBook(words, mark_for(audit, made))
    sheet = book.add(words.line("replies"), _columns(words))
    notes = [text for key in ("reply_how", "reply_back") for text in words.each(key)]
    title = words.line("reply_title")
    sheet.heading(title, facts_line(audit, words, made), notes)
    sheet.begin(Part.REPLIES)
    places, sites = numbers(audit), {site.id: site.name for site in audit.sites}
    for row_id, finding in audit.of(Kind.FINDING).items():
        sheet.add(row_id, _values(standard, words, sites, finding, places[row_id]))
    sheet.finish()
    return book.content(title), tuple(book.cut)


def mark_for(audit: Audit, made: date, *, filled: bool = True) -> Mark:
    """Return what the tables of a workbook say of the audit they belong to."""
    number, company = audit.info.number[:80], audit.company.name[:80]
    return Mark("", audit.id, number, company, made.isoformat(), filled)


def facts_line(audit: Audit, words: Both, made: date) -> str:
    """Return which audit a workbook is of, and the day it was made."""
    said = (
        ("auditee", audit.company.name),
        ("audit_number", audit.info.number),
        ("audit_dates", _dates(audit.info)),
        ("made_on", made.isoformat()),
    )
    return "      ".join(f"{words.line(key)}: {text}" for key, text in said if text)


def _dates(info: AuditInfo) -> str:
    days = dict.fromkeys(day.isoformat() for day in (info.starts, info.ends) if day)
    return " ~ ".join(days)


def _columns(words: Both) -> list[Column]:
    answers = ((entry.key, entry.key, _WIDTHS[entry.key], entry) for entry in REPLY)
    columns = (
        *(("number", "number", 6, None), ("clause", "clause", 20, None), ("grade", "grade", 11, None)),
        *(("facts", "facts", 34, None), ("site", "site", 12, None)),
        *answers,
        *(("action.verified_by", "verified_by", 10, None), ("action.result", "result", 11, None)),
    )
    # At the top, for facts may be long.
    return [
        Column(key, words.lines(name), width, entry, "center" if key in _CENTERED else "left", "top")
        for key, name, width, entry in columns
    ]


def _values(standard: Standard, words: Both, sites: dict[str, str], finding: Finding, number: int) -> dict[str, object]:
    node = standard.nodes.get(Clause(finding.clause))
    result = finding.action.result
    return {
        "number": number,
        "clause": f"{finding.clause}\n{words.of(node.title)}" if node is not None else finding.clause,
        "grade": words.word(finding.grade).replace(" ", "\n", 1),
        "facts": finding.facts,
        "site": " ".join(filter(None, (finding.site, sites.get(finding.site, "")))),
        "action.verified_by": finding.action.verified_by,
        "action.result": "" if result is ActionResult.OPEN else words.word(result).replace(" ", "\n", 1),
        **{entry.key: entry.cell_value(finding) for entry in REPLY},
    }
