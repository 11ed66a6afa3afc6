"""How safe the library is, in one corner of the window: quiet while it is, and clear when a backup is not made."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from auditor_app.models.backups import BackupStanding
from auditor_app.ui.context import Context
from auditor_app.ui.moments import moment_text, short_moment_text
from auditor_app.ui.widgets import restyle, tooltip


class BackupNote(QPushButton):
    """The time of the last backup; a click opens the window about backups."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._keeper = context.backups.backing_up
        self.setProperty("kind", "link")
        self.setAutoDefault(False)
        # The keyboard finds the same in the menu, and is wanted by the sheet.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._keeper.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show how it stands now."""
        standing = self._keeper.standing
        problem = standing.problem or standing.second_problem
        # Before the first backup there is nothing to say; it comes soon after the first change.
        self.setVisible(standing.last is not None or problem is not None)
        self.setText(self._text(standing))
        self.setToolTip(tooltip(self._context.words.error(problem) if problem is not None else self._second(standing)))
        self.setIcon(self._context.theme.icon("triangle-alert" if problem else "shield-check", self._meaning(standing)))
        restyle(self, state="error" if standing.problem is not None else "")

    def dismiss(self) -> None:
        """Listen no more."""
        self._keeper.changed.disconnect(self.refresh)

    def _meaning(self, standing: BackupStanding) -> str:
        if standing.problem is not None:
            return "error"
        return "warning" if standing.second_problem is not None else "text_soft"

    def _text(self, standing: BackupStanding) -> str:
        if standing.last is None:
            return self.tr("Not backed up yet")
        last = short_moment_text(standing.last)
        if standing.problem is not None:
            return self.tr("The last backup is from {0}").format(last)
        if standing.second_problem is not None:
            return self.tr("Backup {0}, not in the second folder").format(last)
        return self.tr("Backup {0}").format(last)

    def _second(self, standing: BackupStanding) -> str:
        if standing.second is None:
            return self.tr("Backups, and the way back to one")
        if standing.second.last is None:
            return self.tr("Nothing was copied to the second folder yet")
        return self.tr("Last copy in the second folder: {0}").format(moment_text(standing.second.last))
