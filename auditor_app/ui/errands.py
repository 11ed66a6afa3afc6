"""Small work of a dialog in the background, whose end is for nobody once the dialog is closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from auditor_app.models.errors import AuditorError
from auditor_app.models.progress import Progress
from auditor_app.session.jobs import Job
from auditor_app.session.session import Session


class Errand(QObject):
    """Run work aside; then `done` follows here, or `failed` with what the environment or the data refused."""

    def __init__(
        self,
        work: Callable[[Progress], None],
        done: Callable[[], None],
        failed: Callable[[AuditorError], None],
        session: Session,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._follow: Callable[[], None] | None = done
        self._refuse = failed
        # Owned by the session: the dialog may be gone before the work is.
        self._job = Job(work, session)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._job.cancelled.connect(self._end)
        for ended in (self._job.done, self._job.failed, self._job.cancelled):
            # Not from here: this may be gone with its dialog by then.
            ended.connect(self._job.deleteLater)
        self._job.start()

    @property
    def is_running(self) -> bool:
        """Say whether its end is still to come."""
        return self._follow is not None

    def drop(self) -> None:
        """Have the work end where it next tells its progress; nothing follows any more."""
        self._follow = None
        self._job.cancel()

    def _on_done(self) -> None:
        follow = self._end()
        if follow is not None:
            follow()

    def _on_failed(self, error: Exception) -> None:
        follow = self._end()
        if not isinstance(error, AuditorError):
            raise error
        if follow is not None:
            self._refuse(error)

    def _end(self) -> Callable[[], None] | None:
        follow, self._follow = self._follow, None
        return follow
