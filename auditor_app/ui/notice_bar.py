"""Above the workspace: what is to be known of the library all the time, or once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from auditor_app.ui.widgets import button, label, named


@dataclass(frozen=True)
class Notice:
    """One sentence; `dismiss` is the word of the button that takes it away, empty when it stays.

    What was dismissed under a `key` need not be told again.
    """

    text: str
    dismiss: str = ""
    key: str = ""


class Noticed(QWidget):
    """A workspace with notices above it."""

    dismissed = Signal(str)
    """The key of a notice that somebody has read."""

    def __init__(self, workspace: QWidget, notices: Sequence[Notice]) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for notice in notices:
            box.addWidget(self._bar(notice))
        box.addWidget(workspace, 1)

    def _bar(self, notice: Notice) -> QWidget:
        bar = named("noticeBar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(14)
        row.addWidget(label(notice.text, "bar", wrap=True), 1)
        if notice.dismiss:
            read = button(notice.dismiss, "link")
            read.clicked.connect(bar.hide)
            read.clicked.connect(lambda: self.dismissed.emit(notice.key))
            row.addWidget(read)
        bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return bar
