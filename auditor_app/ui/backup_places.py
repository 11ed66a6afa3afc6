"""Where backups go, when the last one was made there, and what keeps the next one from being made."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from auditor_app.models.backups import BackupStanding
from auditor_app.ui.context import Context
from auditor_app.ui.moments import moment_text
from auditor_app.ui.widgets import button, label, restyle


class BackupPlaces(QWidget):
    """Two lines: this computer, and the second folder."""

    backup_requested = Signal()
    choose_requested = Signal()
    forget_requested = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._here = label("", "message", wrap=True)
        self._second = label("", "message", wrap=True)
        self.now_button = button(self.tr("Back up now"))
        self.choose_button = button(self.tr("Choose folder …"))
        self.forget_button = button(self.tr("Copy there no more"), "link")
        self._lay_out()
        self.now_button.clicked.connect(self.backup_requested)
        self.choose_button.clicked.connect(self.choose_requested)
        self.forget_button.clicked.connect(self.forget_requested)
        self.refresh()

    def refresh(self) -> None:
        """Show how it stands now."""
        standing = self._context.backups.backing_up.standing
        _show(self._here, *self._here_text(standing))
        _show(self._second, *self._second_text(standing))
        self.forget_button.setVisible(standing.second is not None)

    def _here_text(self, standing: BackupStanding) -> tuple[str, str]:
        last = self.tr("Not backed up yet.")
        if standing.last is not None:
            last = self.tr("Last backup: {0}.").format(moment_text(standing.last))
        if standing.problem is None:
            return last, "rule"
        return self.tr("{0} {1}").format(last, self._context.words.error(standing.problem)), "error"

    def _second_text(self, standing: BackupStanding) -> tuple[str, str]:
        second = standing.second
        if second is None:
            return self.tr("None. A folder on a stick or another disk helps when this computer is lost."), "rule"
        last = self.tr("Nothing copied yet.")
        if second.last is not None:
            last = self.tr("Last copy: {0}.").format(moment_text(second.last))
        state, more = "rule", ""
        if standing.second_problem is not None:
            state, more = "error", self._context.words.error(standing.second_problem)
        elif standing.second_is_there is False:
            state, more = "warning", self.tr("Not plugged in; it is brought up to date when it is.")
        text = self.tr("{0} — {1}").format(second.folder, last)
        return (self.tr("{0} {1}").format(text, more) if more else text), state

    def _lay_out(self) -> None:
        box = QGridLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setHorizontalSpacing(12)
        box.setVerticalSpacing(8)
        box.setColumnStretch(1, 1)
        box.addWidget(label(self.tr("This computer"), "label"), 0, 0)
        box.addWidget(self._here, 0, 1, 1, 2)
        box.addWidget(self.now_button, 0, 3)
        box.addWidget(label(self.tr("Second folder"), "label"), 1, 0)
        box.addWidget(self._second, 1, 1)
        box.addWidget(self.forget_button, 1, 2)
        box.addWidget(self.choose_button, 1, 3)


def _show(where: QLabel, text: str, state: str) -> None:
    where.setText(text)
    restyle(where, state=state)
