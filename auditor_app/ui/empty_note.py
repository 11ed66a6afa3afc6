"""What a sheet says in the place of its rows while none is shown, with what helps."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QPushButton, QVBoxLayout, QWidget

from auditor_app.ui.widgets import label


class EmptyNote(QWidget):
    """A title, a sentence and perhaps a button, over the whole of a sheet."""

    def __init__(self, sheet: QAbstractScrollArea, *actions: QPushButton) -> None:
        super().__init__(sheet.viewport())
        self._title = label("", "title")
        self._words = label("", "soft", wrap=True)
        self._actions = actions
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 12)
        box.setSpacing(8)
        box.addStretch(1)
        for part in (self._title, self._words):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(part)
        for action in actions:
            box.addWidget(action, alignment=Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(2)
        around = QVBoxLayout(sheet.viewport())
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self)
        self.hide()

    def say(self, title: str, words: str = "", action: QPushButton | None = None) -> None:
        """Say why there is nothing to see and offer what helps; an empty title shows the rows."""
        self._title.setText(title)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        for each in self._actions:
            each.setVisible(each is action)
        self.setVisible(bool(title))
