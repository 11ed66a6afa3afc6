"""Keys and what they do, in a row above a sheet."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from auditor_app.ui.keys import Keymap
from auditor_app.ui.widgets import label


class KeyHints(QWidget):
    """Show the keys of some actions with a word for each; another key shows at once."""

    def __init__(self, keys: Keymap, words: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self._caps: dict[str, QLabel] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for action, word in words.items():
            self._caps[action] = label(keys.text(action), "key")
            row.addSpacing(4)
            row.addWidget(self._caps[action])
            row.addWidget(label(word, "second"))
        keys.changed.connect(self._show)

    def _show(self) -> None:
        for action, shown in self._caps.items():
            shown.setText(self._keys.text(action))
