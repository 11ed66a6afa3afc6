"""The table of findings with its keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from auditor_app.ui.context import Context
from auditor_app.ui.keys import Scope
from auditor_app.ui.tables.finding_table import FindingTable
from auditor_app.ui.tables.sheet_view import SheetView


class FindingsView(SheetView):
    """The findings; one key grades the selected one."""

    asked = Signal(str)
    """An action of the keymap."""

    def __init__(self, context: Context, model: FindingTable, parent: QWidget | None = None) -> None:
        super().__init__(context, model, parent)
        self._keys = context.keys
        self.setRootIsDecorated(False)
        # No column at first: the order of entry. A third click on a header goes back to it.
        self.header().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.header().setSortIndicatorClearable(True)
        self.setSortingEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_editing = self.state() is QAbstractItemView.State.EditingState
        action = "" if is_editing else self._keys.action(event, Scope.FINDINGS)
        if not is_editing and not action and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            action = "facts"
        if action:
            self.asked.emit(action)
        else:
            super().keyPressEvent(event)
