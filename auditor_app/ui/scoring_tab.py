"""The scoring sheet with the panel of the selected row."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QMenu, QStackedWidget, QWidget

from auditor_app.models.audit import Kind
from auditor_app.models.changes import ChangeSet
from auditor_app.models.enums import Verdict
from auditor_app.models.standard import Indicator
from auditor_app.ui.context import Context
from auditor_app.ui.deductions_panel import DeductionsPanel
from auditor_app.ui.indicator_panel import IndicatorPanel
from auditor_app.ui.sheet_page import back_to_sheet, hint_page, key_hint, lay_out_sheet, scrolled
from auditor_app.ui.tables.indicator_tree import BONUS, COUNTS, DEDUCTIONS, VERDICT, IndicatorTree
from auditor_app.ui.tables.sheet_view import SheetView
from auditor_app.ui.verdicts import VERDICT_KEYS
from auditor_app.ui.widgets import label


class ScoringView(SheetView):
    """The sheet; one key judges the selected indicator."""

    judged = Signal(Verdict)
    next_requested = Signal()
    note_requested = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() is QAbstractItemView.State.EditingState:
            # Enter, which the editor in a cell leaves to its parents, ends the editing and nothing else.
            super().keyPressEvent(event)
            return
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = modifiers == Qt.KeyboardModifier.NoModifier
        if plain and event.text() in VERDICT_KEYS:
            self.judged.emit(VERDICT_KEYS[event.text()])
        elif plain and event.key() == Qt.Key.Key_Delete:
            self.judged.emit(Verdict.UNJUDGED)
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_requested.emit()
        elif plain and event.key() == Qt.Key.Key_N:
            self.note_requested.emit()
        else:
            super().keyPressEvent(event)


class ScoringTab(QWidget):
    """Judge every indicator; special deductions and bonus are the last rows."""

    message = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._model = IndicatorTree(context, self)
        self.view = ScoringView(context, self._model)
        self.view.setAccessibleName(self.tr("Scoring sheet"))
        self._indicator_panel = IndicatorPanel(context)
        self._deductions_panel = DeductionsPanel(context)
        self._panels = QStackedWidget()
        self._progress = label("", "soft")
        self._lay_out()
        self._connect()

    def reset(self) -> None:
        """Show the audit that is open now."""
        self._model.reset()
        self._deductions_panel.reset()
        first = self._model.next_unjudged("") or next(iter(self._context.session.standard.indicators))
        self.view.go_to(first)
        self._show_panel()
        self._show_progress()

    def on_changed(self, change_set: ChangeSet) -> None:
        """Patch the rows and the panel that a change set touched."""
        self._model.on_changed(change_set)
        self._indicator_panel.on_changed(change_set)
        self._deductions_panel.on_changed(change_set)
        if change_set.touches(Kind.ASSESSMENT):
            self._show_progress()

    def go_to(self, key: str) -> None:
        """Select a row and give the sheet the keyboard."""
        self.view.go_to(key)
        self.view.setFocus()

    def judge(self, verdict: Verdict) -> None:
        """Judge the selected indicator."""
        self._context.session.flush()
        item = self._model.node(self.view.currentIndex()).item if self.view.currentIndex().isValid() else None
        if not isinstance(item, Indicator):
            return
        if verdict is Verdict.SAMPLED and item.sampled:
            index = self.view.currentIndex().siblingAtColumn(COUNTS)
            self.view.setCurrentIndex(index)
            self.view.edit(index)
        else:
            self._indicator_panel.judge(verdict)

    def go_to_next_unjudged(self) -> None:
        """Select the next unjudged indicator, or say that there is none."""
        clause = self._model.next_unjudged(self.view.current_key())
        if clause is None:
            self.message.emit(self.tr("Every indicator is judged."))
        else:
            self.go_to(clause)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.addWidget(self._progress)
        tools.addStretch()
        words = self._context.words
        for key, verdict in VERDICT_KEYS.items():
            key_hint(tools, key, words.word(verdict))
        key_hint(tools, "Del", words.word(Verdict.UNJUDGED))
        key_hint(tools, "N", self.tr("note"))
        key_hint(tools, "Enter", self.tr("next unjudged"))
        self._panels.addWidget(hint_page(self.tr("Select an indicator to judge it.")))
        for panel in (self._indicator_panel, self._deductions_panel):
            self._panels.addWidget(scrolled(panel))
        lay_out_sheet(self, tools, self.view, self._panels)

    def _connect(self) -> None:
        self.view.judged.connect(self.judge)
        self.view.next_requested.connect(self.go_to_next_unjudged)
        self.view.note_requested.connect(self._indicator_panel.edit_note)
        self.view.clicked.connect(self._on_clicked)
        self.view.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self._model.refused.connect(self.message)
        back_to_sheet(self, self.view, self._indicator_panel.give_up_waiting)
        self.setFocusProxy(self.view)

    def _on_row_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._context.session.flush()
        self._show_panel()

    def _on_clicked(self, index: QModelIndex) -> None:
        item = self._model.node(index).item
        if index.column() != VERDICT or not isinstance(item, Indicator):
            return
        menu = QMenu(self)
        keys = {verdict: key for key, verdict in VERDICT_KEYS.items()} | {Verdict.UNJUDGED: "Del"}
        for verdict, key in keys.items():
            action = menu.addAction(f"{self._context.words.word(verdict)}\t{key}")
            action.setData(verdict)
            action.setEnabled(verdict is not Verdict.SAMPLED or item.sampled)
        rect = self.view.visualRect(index)
        chosen = menu.exec(self.view.viewport().mapToGlobal(rect.bottomLeft() + QPoint(8, 0)))
        verdict = Verdict(chosen.data()) if chosen is not None else None
        menu.deleteLater()
        if verdict is not None:
            self.judge(verdict)

    def _show_panel(self) -> None:
        index = self.view.currentIndex()
        node = self._model.node(index) if index.isValid() else None
        if node is not None and isinstance(node.item, Indicator):
            self._indicator_panel.show_indicator(node.item)
            self._panels.setCurrentIndex(1)
        else:
            self._panels.setCurrentIndex(2 if node is not None and node.key in (DEDUCTIONS, BONUS) else 0)

    def _show_progress(self) -> None:
        whole = self._context.session.result.whole
        left = whole.total - whole.judged
        self._progress.setText(
            self.tr("{0} of {1} judged, {2} left").format(whole.judged, whole.total, left)
            if left
            else self.tr("All {0} judged").format(whole.total)
        )
