"""The table of findings with its keys, and what it says while there are none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QVBoxLayout, QWidget

from auditor_app.ui.context import Context
from auditor_app.ui.keys import Scope
from auditor_app.ui.tables.finding_table import FindingTable
from auditor_app.ui.tables.sheet_view import SheetView
from auditor_app.ui.widgets import label


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
        self._empty = QWidget(self.viewport())
        self._title = label("", "title")
        self._words = label("", "soft", wrap=True)
        self._lay_out()

    def say_empty(self, title: str, words: str, actions: tuple[QPushButton, ...]) -> None:
        """Say why there is nothing to see and offer what helps; an empty title shows the rows."""
        self._title.setText(title)
        self._words.setText(words)
        for place in range(self._actions.count()):
            item = self._actions.itemAt(place)
            action = item.widget() if item is not None else None
            if action is not None:
                action.setVisible(action in actions)
        self._empty.setVisible(bool(title))

    def add_empty_action(self, action: QPushButton) -> None:
        """Take a button that `say_empty` may offer."""
        self._actions.addWidget(action, alignment=Qt.AlignmentFlag.AlignHCenter)

    def _lay_out(self) -> None:
        self._actions = QVBoxLayout()
        box = QVBoxLayout(self._empty)
        box.setContentsMargins(24, 12, 24, 12)
        box.setSpacing(8)
        box.addStretch(1)
        for part in (self._title, self._words):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(part)
        box.addLayout(self._actions)
        box.addStretch(2)
        around = QVBoxLayout(self.viewport())
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._empty)
        self._empty.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_editing = self.state() is QAbstractItemView.State.EditingState
        action = "" if is_editing else self._keys.action(event, Scope.FINDINGS)
        if not is_editing and not action and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            action = "facts"
        if action:
            self.asked.emit(action)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        # Letters are keys here; one that is held down or means nothing must not move the row under the hand.
        return
