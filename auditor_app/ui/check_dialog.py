"""Check the library: whether everything is as the program wrote it, and what is not."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from auditor_app.ui.context import Context
from auditor_app.ui.history_desk import CheckAnswer
from auditor_app.ui.widgets import button, label

SIZE = QSize(680, 420)
SIGN_PIXELS = 20


class CheckDialog(QDialog):
    """Say what a check found."""

    def __init__(self, context: Context, answer: CheckAnswer, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Check the library"))
        self._answer = answer
        sign, heading = QLabel(), label(answer.heading, "title", wrap=True)
        icon = ("circle-check", "ok_text") if answer.is_whole else ("triangle-alert", "error")
        sign.setPixmap(context.theme.pixmap(*icon, SIGN_PIXELS, self.devicePixelRatioF()))
        self.lines = QPlainTextEdit("\n".join((*answer.faults, *answer.notes)), readOnly=True)
        self.lines.setAccessibleName(self.tr("What was found"))
        copy, close = button(self.tr("Copy answer")), button(self.tr("Close"), "primary")
        copy.clicked.connect(self.copy)
        close.clicked.connect(self.accept)
        above, below = QHBoxLayout(), QHBoxLayout()
        above.setSpacing(10)
        above.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        above.addWidget(heading, 1)
        below.addWidget(copy)
        below.addStretch()
        below.addWidget(close)
        advice = label(self._advice(), "soft", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addLayout(above)
        box.addWidget(advice)
        if answer.faults or answer.notes:
            box.addWidget(self.lines, 1)
            self.resize(SIZE)
        else:
            self.setFixedWidth(SIZE.width() * 4 // 5)
        box.addLayout(below)

    def copy(self) -> None:
        """Put the answer on the clipboard."""
        found = self._answer
        QGuiApplication.clipboard().setText("\n".join((found.heading, *found.faults, *found.notes)))

    def _advice(self) -> str:
        if self._answer.is_whole:
            return self.tr("Every change is in its history, and nothing was changed past it.")
        return self.tr(
            "Nothing was changed by this check. Copy the answer, keep the library as it is, and compare with a backup "
            "before you go on with the audits named here."
        )
