"""An audit file from somebody else becomes an audit of the library, read and stored aside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from auditor_app.models.errors import EnvironmentProblem, ValidationError
from auditor_app.models.ids import AuditId
from auditor_app.models.progress import Progress
from auditor_app.session.jobs import Job
from auditor_app.ui.context import Context
from auditor_app.ui.progress_dialog import ProgressDialog


class Importing(QObject):
    """Take audit files into the library; the window shows how far that is and stays in reach."""

    def __init__(
        self, context: Context, parent: QWidget, say: Callable[[str], None], tell: Callable[[str], None]
    ) -> None:
        """`say` is told what may pass unread, `tell` why a file was refused."""
        super().__init__(parent)
        self._context = context
        self._parent = parent
        self._say = say
        self._tell = tell

    def take(self, path: Path) -> None:
        """Take a file in and open its audit; raises `EnvironmentProblem`.

        What is wrong with the file is told, and nothing of it is in the library then; nor is it where taking it in was
        refused. Where only opening the audit was refused, it is in the library, and can be opened later.

        What was typed is stored when this is called, for the audit of the file takes the place of the one shown.
        """
        session, take_audit, taken = self._context.session, self._context.files.take_audit, list[tuple[AuditId, bool]]()
        if session.is_read_only:
            raise EnvironmentProblem("opened_read_only")

        def work(progress: Progress) -> None:
            taken.append(take_audit(path, progress))

        doing = self.tr("Importing “{0}” …").format(path.name)
        ending = ProgressDialog(self.tr("Import audit file"), doing, Job(work, session), self._parent).run()
        if isinstance(ending.error, ValidationError):
            self._tell(self._about(path, ending.error))
        elif ending.error is not None:
            raise ending.error
        elif ending.is_cancelled:
            self._say(self.tr("Cancelled; nothing was imported."))
        elif ending.is_done:
            audit_id, is_new = taken[0]
            session.open(audit_id, is_new=is_new)

    def _about(self, path: Path, error: ValidationError) -> str:
        text = self._context.words.error(error)
        if error.path not in ("", str(path)):
            text = self.tr("{0}: {1}").format(error.path, text)
        return self.tr("“{0}” was not imported.\n{1}").format(path.name, text)
