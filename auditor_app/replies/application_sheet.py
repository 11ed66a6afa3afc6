"""The application before the audit: profile, sites, subcontracting and documents, empty or with what is known."""

from __future__ import annotations

from datetime import date

from auditor_app.models.applicability import applicability
from auditor_app.models.audit import Audit, Kind
from auditor_app.models.enums import DocumentStatus
from auditor_app.models.standard import Standard
from auditor_app.replies.entries import DOCUMENT, ENCLOSED, PROFILE, SITE, SUBCONTRACT, Entry, Shape, profile_id
from auditor_app.replies.entries import profile_row as row_of
from auditor_app.replies.identity import Part
from auditor_app.replies.reply_sheet import facts_line, mark_for
from auditor_app.replies.sheet import Column, FormBook
from auditor_app.replies.words import Both

EMPTY_SITES, EMPTY_SUBCONTRACTS = 20, 12
ONE_PAGE = 16
"""Documents that are printed on one page."""
NEW = "new-"
"""Ids of rows that went out empty begin so."""
TICK = Entry(ENCLOSED, ENCLOSED, Shape.FLAG)
_HINTS = {
    *("credit_code", "kinds", "scope", "three_in_one", "needs_licence"),
    *("service_management_staff", "certified_service_managers"),
}
_WIDTHS = {
    **{"name": 30, "address": 44, "kind": 24, "operated": 22, "staff": 12, "activity": 46, "contractor": 46},
    **{"number": 26, "issued": 14, "expires": 14, "copies": 10},
}


def write_application(
    standard: Standard, audit: Audit, words: Both, made: date, *, filled: bool
) -> tuple[bytes, tuple[str, ...]]:
    """Return the workbook, and the cells whose text was too long for one; empty unless `filled` with what is known."""
    book = FormBook(words, mark_for(audit, made, filled=filled))
    title = words.line("application_title")
    _write_profile(book, audit, facts_line(audit, words, made), filled)
    _write_rows(book, audit if filled else None, Kind.SITE, Part.SITES, SITE, EMPTY_SITES)
    _write_rows(book, audit if filled else None, Kind.SUBCONTRACT, Part.SUBCONTRACTS, SUBCONTRACT, EMPTY_SUBCONTRACTS)
    _write_documents(book, standard, audit, filled)
    return book.content(title), tuple(book.cut)


def _write_profile(book: FormBook, audit: Audit, facts: str, filled: bool) -> None:
    words = book.words
    columns = [
        Column("item", words.line("item"), 42),
        Column("value", words.line("fill_in"), 52, Entry("value", "value", Shape.LINE)),
        Column("hint", words.line("hint"), 52),
    ]
    sheet = book.add(words.line("profile"), columns, landscape=False)
    notes = [text for key in ("application_how", "application_back") for text in words.each(key)]
    sheet.heading(words.line("application_title"), facts, notes)
    sheet.begin(Part.PROFILE)
    for kind, entries in PROFILE:
        sheet.section(words.line(f"section.{kind}"))
        row = row_of(audit, kind)
        for entry in entries:
            key = profile_id(kind, entry)
            value = entry.cell_value(row) if filled else None
            values = {"item": words.line(key), "hint": _hint(words, kind, entry), "value": value}
            sheet.add(key, values, {"value": entry})
    sheet.finish(filtered=False)


def _hint(words: Both, kind: Kind, entry: Entry) -> str:
    if kind is Kind.COMPANY and entry.path in _HINTS:
        return words.line(f"hint.{kind}.{entry.path}")
    if entry.options:
        return words.line("hint.choice")
    return words.line("hint.day") if entry.shape is Shape.DAY else ""


def _write_rows(
    book: FormBook, audit: Audit | None, kind: Kind, part: Part, entries: tuple[Entry, ...], empty: int
) -> None:
    words = book.words
    columns = [
        Column("row", words.lines("number"), 6, align="center"),
        *(_column(words, kind, entry) for entry in entries),
    ]
    sheet = book.add(words.line(part), columns)
    sheet.heading(words.line(f"{part}_title"), "", words.each(f"{part}_how"))
    sheet.begin(part)
    known = audit.of(kind) if audit is not None else {}
    for number, (row_id, row) in enumerate(known.items(), 1):
        sheet.add(row_id, {"row": number} | {entry.key: entry.cell_value(row) for entry in entries})
    for number in range(len(known) + 1, len(known) + empty + 1):
        sheet.add(f"{NEW}{number}", {"row": number})
    sheet.finish()


def _column(words: Both, kind: Kind, entry: Entry) -> Column:
    align = "center" if entry.shape in (Shape.DAY, Shape.COUNT) else "left"
    return Column(entry.key, words.lines(f"{kind}.{entry.key}"), _WIDTHS[entry.key], entry, align)


def _write_documents(book: FormBook, standard: Standard, audit: Audit, filled: bool) -> None:
    words = book.words
    columns = [
        Column("id", words.lines("number"), 7, align="center"),
        Column("title", words.lines("document"), 52),
        Column("applies", words.lines("applies"), 26),
        Column(ENCLOSED, words.lines(ENCLOSED), 12, TICK, "center"),
        *(_column(words, Kind.DOCUMENT, entry) for entry in DOCUMENT),
    ]
    sheet = book.add(words.line("documents"), columns)
    sheet.heading(words.line("documents_title"), "", words.each("documents_how"))
    sheet.begin(Part.DOCUMENTS)
    for document in standard.documents:
        row = audit.document(document.id)
        values: dict[str, object] = {"id": document.id, "title": words.of(document.title)}
        values["applies"] = words.lines(f"rule.{document.applies}")
        if filled:
            is_here = row.status is not DocumentStatus.AWAITED
            values |= {entry.key: entry.cell_value(row) for entry in DOCUMENT}
            values[ENCLOSED] = True if is_here else None
            if not applicability(document, audit).applies:
                values["applies"] = words.lines("does_not_apply")
        sheet.add(document.id, values)
    sheet.finish(on_one_page=len(standard.documents) <= ONE_PAGE)
