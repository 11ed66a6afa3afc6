"""The document checklist with the panel of the selected document."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QMenu, QStackedWidget, QWidget

from auditor_app.models.applicability import progress
from auditor_app.models.audit import Kind
from auditor_app.models.changes import ChangeSet
from auditor_app.models.enums import DocumentStatus
from auditor_app.models.standard import PackDocument
from auditor_app.ui.context import Context
from auditor_app.ui.document_panel import STATUS_ACTIONS, DocumentPanel
from auditor_app.ui.key_hints import KeyHints
from auditor_app.ui.keys import Scope
from auditor_app.ui.sheet_page import back_to_sheet, hint_page, lay_out_sheet, scrolled, to_top
from auditor_app.ui.tables.document_tree import STATUS, DocumentTree
from auditor_app.ui.tables.sheet_view import SheetView
from auditor_app.ui.widgets import label


class ChecklistView(SheetView):
    """The checklist; one key sets the status of the selected document."""

    status_chosen = Signal(DocumentStatus)
    remark_requested = Signal()
    evidence_requested = Signal()

    def __init__(self, context: Context, model: DocumentTree, parent: QWidget | None = None) -> None:
        super().__init__(context, model, parent)
        self._keys = context.keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_editing = self.state() is QAbstractItemView.State.EditingState
        action = "" if is_editing else self._keys.action(event, Scope.CHECKLIST)
        if action in STATUS_ACTIONS:
            self.status_chosen.emit(STATUS_ACTIONS[action])
        elif action == "remark":
            self.remark_requested.emit()
        elif action == "evidence":
            self.evidence_requested.emit()
        else:
            super().keyPressEvent(event)


class ChecklistTab(QWidget):
    """See which documents apply and why, and tick them off."""

    message = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._model = DocumentTree(context, self)
        self.view = ChecklistView(context, self._model)
        self.view.setAccessibleName(self.tr("Document checklist"))
        self._panel = DocumentPanel(context)
        self._panels = QStackedWidget()
        self._panels.addWidget(hint_page(self.tr("Select a document to see why it applies and to tick it off.")))
        self._panels.addWidget(scrolled(self._panel))
        self._progress = label("", "soft")
        tools = QHBoxLayout()
        tools.addWidget(self._progress)
        tools.addSpacing(12)
        tools.addWidget(KeyHints(context.keys, self._hints()), 1)
        lay_out_sheet(self, tools, self.view, self._panels)
        self.view.status_chosen.connect(self._set_status)
        self.view.remark_requested.connect(self._panel.edit_remark)
        self.view.evidence_requested.connect(self._ask_for_evidence)
        self.view.clicked.connect(self._on_clicked)
        self.view.row_changed.connect(self._on_row_changed)
        self._model.refused.connect(self.message)
        self._panel.message.connect(self.message)
        self._panel.evidence.left.connect(self.view.setFocus)
        self.view.paste_requested.connect(self._panel.evidence.view.paste)
        back_to_sheet(self, self.view)
        self.setFocusProxy(self.view)

    def reset(self) -> None:
        """Show the audit that is open now."""
        with self.view.in_place() as kept:
            self._model.reset()
            self.view.go_to(kept or self._context.session.standard.documents[0].id)
        self._show_progress()

    def on_changed(self, change_set: ChangeSet) -> None:
        """Patch the rows and the panel that a change set touched."""
        self._model.on_changed(change_set)
        if change_set.touches(Kind.DOCUMENT, Kind.SITE, Kind.SUBCONTRACT, Kind.COMPANY, Kind.AUDIT, Kind.EVIDENCE):
            self._panel.on_changed(change_set)
            self._show_progress()

    def go_to(self, key: str) -> None:
        """Select a document and give the checklist the keyboard."""
        self.view.go_to(key)
        self.view.setFocus()

    def _hints(self) -> dict[str, str]:
        words = {action: self._context.words.word(status) for action, status in STATUS_ACTIONS.items()}
        words |= {"remark": self.tr("remark"), "evidence": self.tr("evidence")}
        return words | {"keys": self.tr("all keys")}

    def _ask_for_evidence(self) -> None:
        item = self._model.node(self.view.currentIndex()).item if self.view.currentIndex().isValid() else None
        if isinstance(item, PackDocument):
            self._context.session.flush()
            self._panel.add_evidence()

    def _show_progress(self) -> None:
        session = self._context.session
        verified, applying = progress(session.standard, session.audit, "application")
        self._progress.setText(self.tr("{0} of {1} application documents verified").format(verified, applying))

    def _set_status(self, status: DocumentStatus) -> None:
        self._context.session.flush()
        if isinstance(self._model.node(self.view.currentIndex()).item, PackDocument):
            self._panel.set_status(status)

    def _on_row_changed(self, current: QModelIndex) -> None:
        item = self._model.node(current).item if current.isValid() else None
        if isinstance(item, PackDocument):
            self._panel.show_document(item)
            to_top(self._panel)
        self._panels.setCurrentIndex(1 if isinstance(item, PackDocument) else 0)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() != STATUS or not isinstance(self._model.node(index).item, PackDocument):
            return
        menu = QMenu(self)
        for action, status in STATUS_ACTIONS.items():
            menu.addAction(f"{self._context.words.word(status)}\t{self._context.keys.text(action)}").setData(status)
        rect = self.view.visualRect(index)
        chosen = menu.exec(self.view.viewport().mapToGlobal(rect.bottomLeft() + QPoint(8, 0)))
        status = DocumentStatus(chosen.data()) if chosen is not None else None
        menu.deleteLater()
        if status is not None:
            self._set_status(status)
