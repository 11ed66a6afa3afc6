"""资料清单: the application documents and the supporting papers."""

from __future__ import annotations

from auditor_app.models.applicability import applicability
from auditor_app.models.entities import Document
from auditor_app.models.enums import DocumentStatus, EvidenceSubject
from auditor_app.models.standard import PackDocument
from auditor_app.models.validity import Holds, validity
from auditor_app.report.context import Context, header, heading
from auditor_app.report.page import Cell, Page
from auditor_app.report.printing import set_up

WIDTHS = (6, 44, 9, 25, 9, 21, 11, 11, 13, 7, 27, 11)
COLUMNS = (
    *("id", "title", "applies", "why", "status", "number", "issued", "expires", "validity", "copies", "remark"),
    "evidence",
)
STATUS_STYLES = {
    DocumentStatus.AWAITED: "part",
    DocumentStatus.RECEIVED: "center",
    DocumentStatus.VERIFIED: "good",
    DocumentStatus.PROBLEM: "bad",
}
VALIDITY_STYLES = {
    Holds.CURRENT: "good",
    Holds.EXPIRES_BEFORE_ISSUE: "bad",
    Holds.EXPIRED: "bad",
    Holds.EXPIRES_EARLY: "part",
}


def write(page: Page, context: Context) -> None:
    """Write the sheet, one band for each group of documents."""
    words, documents = context.words, context.standard.documents
    heading(page, words.sheet("documents"), words("documents", "about"))
    head = header(page, *(words("documents", key) for key in COLUMNS))
    for group in dict.fromkeys(document.group for document in documents):
        page.add(Cell(words("documents", group), "chapter", page.columns))
        for document in documents:
            if document.group == group:
                _document(page, context, document)
    if any(document.expires for document in map(context.audit.document, context.standard.documents_by_id)):
        page.gap(4)
        page.add(Cell(words("documents", "validity_note"), "note", page.columns), least=15)
    set_up(page, context.margins, landscape=True, header_row=head, freeze=f"C{head + 1}")


def _document(page: Page, context: Context, document: PackDocument) -> None:
    words, state = context.words, context.audit.document(document.id)
    applies, why = _applies(context, document, state)
    validity, style = _validity(context, state)
    page.add(
        Cell(document.id),
        Cell(words.of(document.title)),
        Cell(words("documents", "yes" if applies else "no"), "center" if applies else "gone"),
        Cell(why, "muted"),
        _status(context, state, applies),
        Cell(state.number),
        Cell(state.issued, "date"),
        Cell(state.expires, "date"),
        Cell(validity, style),
        Cell(state.copies, "count") if _known(state) else Cell(None, "count"),
        Cell(state.remark),
        Cell(context.numbers.evidence_on(EvidenceSubject.DOCUMENT, document.id), "muted_center"),
    )


def _applies(context: Context, document: PackDocument, state: Document) -> tuple[bool, str]:
    words, found = context.words, applicability(document, context.audit)
    why = words.domain("applicability", found.reason)
    if found.overridden and state.override_reason:
        why = words("documents", "overridden", why=why, reason=state.override_reason)
    return found.applies, why


def _status(context: Context, state: Document, applies: bool) -> Cell:
    """Say how far a document is; one that does not apply and has not come in is not waited for."""
    if not applies and state.status is DocumentStatus.AWAITED:
        return Cell("—", "gone")
    return Cell(context.words.word(state.status), STATUS_STYLES[state.status])


def _known(state: Document) -> bool:
    return state.status is not DocumentStatus.AWAITED or state != Document(state.id)


def _validity(context: Context, state: Document) -> tuple[str, str]:
    """Mark what has expired, or will while a certificate issued after the audit is valid; nothing without an end."""
    if state.expires is None:
        return "", "center"
    holds = validity(state, context.audit, context.snapshot.made_on).holds
    return context.words("documents", holds.value), VALIDITY_STYLES[holds]
