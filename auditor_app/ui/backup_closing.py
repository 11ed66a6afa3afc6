"""The backup before the window closes: mostly over before anybody sees it, and never for long."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from auditor_app.session.backing_up import BackingUp
from auditor_app.ui.progress_dialog import BAR_HEIGHT, WIDTH
from auditor_app.ui.widgets import button, label

UNSEEN_MS = 400
LONGEST_MS = 20_000


class ClosingBackup(QDialog):
    """Back up what changed and bring it to the second folder; whoever is in a hurry closes without."""

    def __init__(self, keeper: BackingUp, parent: QWidget) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self.setWindowTitle(self.tr("Closing"))
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(BAR_HEIGHT)
        self.skip = button(self.tr("Close without this backup"))
        self._unseen = QTimer(self, interval=UNSEEN_MS, singleShot=True)
        self._longest = QTimer(self, interval=LONGEST_MS, singleShot=True)
        self._lay_out()
        self.skip.clicked.connect(self.reject)
        keeper.progressed.connect(self._on_progress)
        keeper.finished.connect(self.accept)
        self._longest.timeout.connect(self.reject)

    def run(self) -> None:
        """Make the backup and return when it is made, given up, or took too long; nothing half written stays."""
        loop = QEventLoop(self)
        self._keeper.finished.connect(loop.quit)
        self._keeper.back_up()
        if self._keeper.is_running:
            self._unseen.timeout.connect(loop.quit)
            self._unseen.start()
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if self._keeper.is_running:
            self._longest.start()
            self.exec()
        self._unseen.stop()
        self._longest.stop()
        self.deleteLater()

    def _on_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _lay_out(self) -> None:
        self.setFixedWidth(WIDTH)
        text = self.tr("Everything is saved. Making the last backup …")
        self._bar.setAccessibleName(text)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.skip)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(label(text, "soft", wrap=True))
        box.addWidget(self._bar)
        box.addLayout(row)

    def reject(self) -> None:
        self._keeper.cancel()
        super().reject()
