"""The document checklist: application documents and supporting papers, with their state."""

from __future__ import annotations

from PySide6.QtCore import QObject

from auditor_app.models.applicability import applicability, progress
from auditor_app.models.audit import Kind
from auditor_app.models.changes import ChangeSet
from auditor_app.models.entities import Document
from auditor_app.models.enums import DocumentStatus, Verdict
from auditor_app.models.ids import RowId
from auditor_app.models.standard import PackDocument
from auditor_app.ui.context import Context
from auditor_app.ui.editing import DATE, TEXT, Form
from auditor_app.ui.pills import Pill, pill_column, status_pill, verdict_pill
from auditor_app.ui.tables.sheet_model import Node, Rank, SheetColumn, SheetModel

ID, TITLE, APPLIES, STATUS, NUMBER, EXPIRES, REMARK = range(7)
_EDITED: dict[int, tuple[str, Form]] = {
    NUMBER: ("number", TEXT),
    EXPIRES: ("expires", DATE),
    REMARK: ("remark", TEXT),
}


class DocumentTree(SheetModel):
    """Show every document of the pack with its state; edits go to the session."""

    kind = Kind.DOCUMENT

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, [], parent)
        statuses = (*context.words.words(DocumentStatus).values(), self.tr("not needed"))
        self.columns = [
            SheetColumn("id", self.tr("No."), 60, can_hide=False),
            SheetColumn("title", self.tr("Document"), 160, wanted=320, can_hide=False),
            SheetColumn("applies", self.tr("Applies"), 100, wanted=200),
            SheetColumn("status", self.tr("Status"), pill_column(statuses), can_hide=False),
            SheetColumn("number", self.tr("Number"), 80, wanted=160, gives_way=True),
            SheetColumn("expires", self.tr("Valid until"), 88),
            SheetColumn("remark", self.tr("Remark"), 50, gives_way=True),
        ]

    def build(self) -> None:
        titles = {"application": self.tr("Application documents"), "supporting": self.tr("Supporting papers")}
        for group, title in titles.items():
            heading = self.append(group, title, Rank.CHAPTER)
            for document in self._context.session.standard.documents:
                if document.group == group:
                    self.append(document.id, document, Rank.ROW, heading)

    def on_changed(self, change_set: ChangeSet) -> None:
        """Patch the documents that changed, and all when the profile decides anew which apply and until when."""
        if change_set.touches(Kind.SITE, Kind.SUBCONTRACT, Kind.COMPANY, Kind.AUDIT):
            self.patch(document.id for document in self._context.session.standard.documents)
        else:
            self.patch(change.id for change in change_set.changes if change.kind is Kind.DOCUMENT)

    def text(self, node: Node, column: int) -> str:
        if not isinstance(node.item, PackDocument):
            return self._heading_text(node, column)
        document = self._document(node)
        match column:
            case 0:
                return node.item.id
            case 1:
                return node.item.title.in_(self._context.words.language)
            case 2:
                return self._applies_text(node.item)
            case 3:
                return self._context.words.word(document.status)
            case _:
                path, form = _EDITED[column]
                return form.show(getattr(document, path))

    def edit_text(self, node: Node, column: int) -> str:
        return self.text(node, column)

    def can_edit(self, node: Node, column: int) -> bool:
        return isinstance(node.item, PackDocument) and column in _EDITED

    def pill(self, node: Node, column: int) -> Pill | None:
        if column != STATUS or not isinstance(node.item, PackDocument):
            return None
        theme, words = self._context.theme, self._context.words
        status = self._document(node).status
        if status is DocumentStatus.AWAITED and not self._applies(node.item):
            return verdict_pill(theme, Verdict.DELETED, self.tr("not needed"))
        return status_pill(theme, status, words.word(status))

    def color(self, node: Node, column: int) -> str:
        if column != EXPIRES:
            return "text"
        codes = {r.code for r in self._context.session.remarks if r.row_id == node.key and r.field == "expires"}
        if not codes:
            return "text"
        return "warning" if codes == {"document_expires_early"} else "error"

    def store(self, node: Node, column: int, text: str) -> None:
        path, form = _EDITED[column]
        value = form.parse(text, path)
        # A remark of several lines looks like one in its cell; a look is no edit.
        if value != form.parse(self.text(node, column), path):
            self.send(Kind.DOCUMENT, RowId(node.key), {path: value}, self.tr("document {0}").format(node.key))

    def _heading_text(self, node: Node, column: int) -> str:
        if column == TITLE:
            return str(node.item)
        if column == STATUS:
            session = self._context.session
            verified, applying = progress(session.standard, session.audit, node.key)
            return f"{verified} / {applying}"
        return ""

    def _document(self, node: Node) -> Document:
        return self._context.session.audit.document(node.key)

    def _applies(self, document: PackDocument) -> bool:
        return applicability(document, self._context.session.audit).applies

    def _applies_text(self, document: PackDocument) -> str:
        found, words = applicability(document, self._context.session.audit), self._context.words
        yes = self.tr("Yes") if found.applies else self.tr("No")
        return f"{yes} · {words.text('applicability', found.reason)}"
