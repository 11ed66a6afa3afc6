"""Everything about the selected document: applicability, status, number, dates, copies, evidence, remark."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.models.applicability import applicability
from auditor_app.models.audit import Kind
from auditor_app.models.changes import ChangeSet, edit
from auditor_app.models.entities import Document
from auditor_app.models.enums import Applies, DocumentStatus, EvidenceSubject
from auditor_app.models.ids import RowId
from auditor_app.models.standard import PackDocument
from auditor_app.ui.context import Context
from auditor_app.ui.editing import COUNT, DATE, TEXT
from auditor_app.ui.evidence_strip import EvidenceStrip
from auditor_app.ui.fields import ChoiceField, FieldSet, LineField, TextField
from auditor_app.ui.segments import Segments
from auditor_app.ui.sheet_page import bring_into_view
from auditor_app.ui.widgets import label

STATUS_ACTIONS = {
    "received": DocumentStatus.RECEIVED,
    "verified": DocumentStatus.VERIFIED,
    "problem": DocumentStatus.PROBLEM,
    "awaited": DocumentStatus.AWAITED,
}
"""The statuses by the actions of the keymap, in the order in which they are offered."""
_MEANINGS = {
    DocumentStatus.RECEIVED: "sampled",
    DocumentStatus.VERIFIED: "met",
    DocumentStatus.PROBLEM: "not_met",
    DocumentStatus.AWAITED: "deleted",
}


class DocumentPanel(QWidget):
    """Show and edit one document of the checklist."""

    message = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._document: PackDocument | None = None
        self._title = label("", "title", wrap=True)
        self._derived = label("", "soft", wrap=True)
        self._source = label("", "second", wrap=True)
        kind, words = Kind.DOCUMENT, context.words
        self._status = Segments(words, self._status_keys(), _MEANINGS)
        self._applies = ChoiceField(context, kind, "applies", self.tr("Applies"), words.words(Applies))
        self._reason = LineField(context, kind, "override_reason", self.tr("Reason"), TEXT)
        self._lines = {
            self.tr("Number"): LineField(context, kind, "number", self.tr("Number"), TEXT),
            self.tr("Issued on"): LineField(context, kind, "issued", self.tr("Issued on"), DATE),
            self.tr("Valid until"): LineField(context, kind, "expires", self.tr("Valid until"), DATE),
            self.tr("Copies"): LineField(context, kind, "copies", self.tr("Copies"), COUNT),
        }
        self._remark = TextField(context, kind, "remark", self.tr("Remark"), lines=4)
        self.evidence = EvidenceStrip(context)
        self._fields = FieldSet([self._applies, self._reason, *self._lines.values(), self._remark])
        self._lay_out()
        self._status.chosen.connect(self.set_status)
        self.evidence.message.connect(self.message)
        context.keys.changed.connect(self._show_keys)

    def show_document(self, document: PackDocument) -> None:
        """Show another document."""
        self._document = document
        self._title.setText(f"{document.id}  {document.title.in_(self._context.words.language)}")
        source = self._context.session.standard.sources[document.source].in_(self._context.words.language)
        self._source.setText(self.tr("Source: {0}").format(source))
        self._fields.bind({Kind.DOCUMENT: RowId(document.id)})
        self.evidence.show_subject(EvidenceSubject.DOCUMENT, document.id)
        self._refresh()

    def on_changed(self, change_set: ChangeSet) -> None:
        """Show what changed about the document, or about the profile that decides whether it applies."""
        if self._document is not None:
            self._fields.refresh(change_set)
            self.evidence.on_changed(change_set)
            self._refresh()

    def set_status(self, status: DocumentStatus) -> None:
        """Give the document a status."""
        if self._document is None:
            return
        session, document_id = self._context.session, self._document.id
        changes = edit(session.audit, Kind.DOCUMENT, RowId(document_id), {"status": status})
        session.submit(changes, self.tr("status of {0}").format(document_id))
        self._refresh()

    def edit_remark(self) -> None:
        """Put the cursor into the remark."""
        self._remark.focus_target().setFocus()
        bring_into_view(self._remark)

    def add_evidence(self) -> None:
        """Go to the evidence on the document; where there is none yet, ask for files."""
        self.evidence.start()
        bring_into_view(self.evidence)

    def _status_keys(self) -> dict[str, DocumentStatus]:
        return {self._context.keys.text(action): status for action, status in STATUS_ACTIONS.items()}

    def _show_keys(self) -> None:
        self._status.show_keys(self._status_keys())

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 12, 14, 12)
        box.setSpacing(6)
        box.addWidget(self._title)
        box.addWidget(self._derived)
        box.addSpacing(2)
        box.addWidget(self._status)
        box.addWidget(label(self.tr("Applies"), "section"))
        box.addWidget(self._applies)
        box.addWidget(self._reason)
        for name, field in self._lines.items():
            row = QHBoxLayout()
            words = label(name, "label")
            words.setFixedWidth(72)
            row.addWidget(words)
            row.addWidget(field, 1)
            box.addLayout(row)
        box.addWidget(label(self.tr("Evidence"), "section"))
        box.addWidget(self.evidence)
        box.addWidget(label(self.tr("Remark"), "section"))
        box.addWidget(self._remark)
        box.addWidget(self._source)
        box.addStretch(1)

    def _refresh(self) -> None:
        assert self._document is not None
        session, words = self._context.session, self._context.words
        stored: Document = session.audit.document(self._document.id)
        found = applicability(self._document, session.audit)
        verdict = self.tr("Applies: {0}") if found.applies else self.tr("Does not apply: {0}")
        self._derived.setText(verdict.format(words.text("applicability", found.reason)))
        self._reason.setVisible(found.overridden or bool(stored.override_reason))
        self._status.show_value(stored.status)
        self._fields.show_remarks(session.remarks)
