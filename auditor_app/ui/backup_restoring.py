"""What is seen while a backup takes the place of the library, and what became of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from auditor_app.models.backups import Backup, Restored
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.progress import Progress
from auditor_app.session.jobs import Job
from auditor_app.ui.moments import moment_text
from auditor_app.ui.progress_dialog import Ending, ProgressDialog


class Restoring(QObject):
    """Run the work aside and tell how it ended."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def run(self, work: Callable[[Progress], None]) -> Ending:
        """Restore, and return how it ended; until its very end it can be cancelled and has changed nothing."""
        title, doing = self.tr("Restore whole library"), self.tr("Checking the backup and keeping what is there …")
        return ProgressDialog(title, doing, Job(work, self), self._window).run()

    def tell(self, ending: Ending, backup: Backup, restored: Restored | None, words: Catalogue) -> None:
        """Say what the library holds now."""
        if restored is not None:
            text = self.tr("The library is as it was: {0}.").format(moment_text(backup.made_at))
            more = self._more(restored)
        else:
            text = self.tr("Nothing was restored; the library is as it was before.")
            more = "" if ending.error is None else words.error(ending.error)
        icon = QMessageBox.Icon.Warning if ending.error is not None else QMessageBox.Icon.Information
        box = QMessageBox(icon, self.tr("Restore whole library"), text)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(more)
        box.setParent(self._window, box.windowFlags())
        box.exec()
        box.deleteLater()

    def _more(self, restored: Restored) -> str:
        lines = []
        if restored.kept is not None:
            lines.append(self.tr("What was there before is kept: {0}").format(restored.kept.name))
        if restored.evidence_taken:
            lines.append(self.tr("Evidence taken back: {0}").format(restored.evidence_taken))
        if restored.evidence_missing:
            text = self.tr("Evidence that is missing here and in the second folder: {0}")
            lines.append(text.format(restored.evidence_missing))
        return "\n".join(lines)
