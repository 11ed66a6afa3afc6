"""The line at the foot of the window: what is saved, pack, leader, last backup, and what just happened."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStatusBar, QWidget

from auditor_app.models.audit import Audit
from auditor_app.models.enums import Role
from auditor_app.models.errors import AuditorError, EnvironmentProblem
from auditor_app.models.standard import Standard
from auditor_app.session.session import Flush
from auditor_app.ui.backup_note import BackupNote
from auditor_app.ui.context import Context
from auditor_app.ui.widgets import plain_label, tooltip

MESSAGE_MS = 8000
LEADER_WIDTH = 160
MARGIN = 12


class StatusLine(QStatusBar):
    """A message stands for some seconds in the place of what is always there."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved = plain_label()
        self._is_behind = False
        self._pack = plain_label()
        self._leader = plain_label()
        self.backup = BackupNote(context)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(0, 0, MARGIN, 0)
        self.addWidget(self._saved)
        self.addWidget(self._pack)
        self.addPermanentWidget(self._leader)
        self.addPermanentWidget(self.backup)
        self._session = context.session
        self._session.failed.connect(self._on_failed)
        self._session.flush_requested.connect(self._on_flush)

    def say(self, text: str) -> None:
        """Show a message, or with an empty one none any more."""
        if text:
            self.showMessage(text, MESSAGE_MS)
        else:
            self.clearMessage()

    def show_safe(self) -> None:
        """Say that everything is saved, until an edit says since when."""
        if not self._saved.text():
            self._saved.setText(self.tr("Everything is saved"))

    def show_saved(self) -> None:
        """Say when the last edit was saved: now."""
        if self._is_behind:
            # The disk takes edits again: what waits may be stored now. Until then not everything is saved.
            QTimer.singleShot(0, self, self._session.flush)
        else:
            self._saved.setText(self.tr("Saved {0}").format(datetime.now().strftime("%H:%M:%S")))

    def show_head(self, audit: Audit, standard: Standard) -> None:
        """Show the standard pack and the team leader of the open audit."""
        self._pack.setText(self.tr("{0} · pack {1}").format(standard.reference, standard.version))
        leader = next((member.name for member in audit.team if member.role is Role.LEADER), "")
        text = self.tr("Team leader {0}").format(leader) if leader else ""
        elided = self._leader.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, LEADER_WIDTH)
        self._leader.setText(elided)
        self._leader.setToolTip(tooltip(text) if elided != text else "")

    def _on_failed(self, error: AuditorError) -> None:
        # A change from elsewhere leaves nothing typed behind, nor does a library that is only read.
        if isinstance(error, EnvironmentProblem) and error.code not in ("changed_elsewhere", "audit_finalised"):
            self._is_behind = True
            self._saved.setText(self.tr("Not everything is saved"))

    def _on_flush(self, flush: Flush) -> None:
        if self._is_behind:
            # Once every editor has answered.
            QTimer.singleShot(0, self, lambda: self._show_handed_in(flush.is_complete))

    def _show_handed_in(self, is_complete: bool) -> None:
        if self._is_behind and is_complete:
            self._is_behind = False
            self._saved.setText(self.tr("Everything is saved"))
