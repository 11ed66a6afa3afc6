"""Keys and what they do, in a row above a sheet."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from auditor_app.ui.keys import Keymap
from auditor_app.ui.widgets import label

GAP = 6


class KeyHints(QWidget):
    """Show the keys of some actions, as many as there is room for; the last one is the last to go."""

    def __init__(self, keys: Keymap, words: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self._hints: dict[str, _Hint] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addStretch()
        for action, word in words.items():
            self._hints[action] = _Hint(word)
            row.addWidget(self._hints[action])
        keys.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        for action, hint in self._hints.items():
            hint.key.setText(self._keys.text(action))
        self._fit()

    def _fit(self) -> None:
        """Leave out what has no room, the later ones first."""
        *hints, last = self._hints.values()
        room = self.width() - last.sizeHint().width()
        last.setVisible(room >= 0)
        for hint in hints:
            room -= hint.sizeHint().width() + GAP
            hint.setVisible(room >= 0)

    def sizeHint(self) -> QSize:
        hints = [hint.sizeHint() for hint in self._hints.values()]
        return QSize(sum(hint.width() + GAP for hint in hints), max(hint.height() for hint in hints))

    def minimumSizeHint(self) -> QSize:
        # Figures beside them are never cut for keys.
        return QSize(0, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        # The style sheet, which comes when all is built, makes the words smaller.
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class _Hint(QWidget):
    """A key and what it does."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.key = QLabel()
        self.key.setProperty("role", "key")
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 0, 0)
        row.addWidget(self.key)
        row.addWidget(label(word, "second"))
