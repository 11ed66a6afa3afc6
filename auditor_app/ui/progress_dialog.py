"""A dialog for work that takes a while: what is being done, how far it is, Cancel; it closes by itself."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from auditor_app.models.errors import AuditorError
from auditor_app.session.jobs import Job
from auditor_app.ui.widgets import button, label

WIDTH, BAR_HEIGHT = 420, 12
AT_ONCE = 0.1
"""Seconds that work may take without being seen."""


@dataclass(frozen=True)
class Ending:
    """How work ended: `error` kept it from being done, or the person cancelled it, or else it is done.

    Where `is_left`, the window was closed over it: it was told to end as well, but may still be done.
    """

    error: AuditorError | None = None
    is_cancelled: bool = False
    is_left: bool = False

    @property
    def is_done(self) -> bool:
        """Say whether the work was done."""
        return self.error is None and not self.is_cancelled and not self.is_left


class ProgressDialog(QDialog):
    """Run a job that was not started yet, and keep the window waiting until it has ended.

    `ProgressDialog(title, doing, Job(work, session), parent).run()` returns how it ended. What is being done is one
    sentence. The bar moves with the progress the work tells, and sweeps until it tells one.
    """

    def __init__(self, title: str, doing: str, job: Job, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._job = job
        self._ending = Ending()
        self._has_ended = False
        self._bug: Exception | None = None
        self._doing = label(doing, "soft", wrap=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(BAR_HEIGHT)
        self._bar.setAccessibleName(doing)
        self._cancel = button(self.tr("Cancel"))
        self._lay_out()
        self._cancel.clicked.connect(self.reject)
        job.progressed.connect(self._on_progress)
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)

    def run(self) -> Ending:
        """Start the job, wait until it has ended and return how; an exception that is our bug is raised here.

        Work that is done at once is not worth a window that comes and goes. Where the program ends meanwhile, the job
        is told to end, and is left to itself.
        """
        self._job.start()
        if self._job.wait(AT_ONCE):
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)
        if not self._has_ended:
            self.exec()
        self.deleteLater()
        if not self._has_ended:
            # The window was closed over this one. Its owner takes the job away, once that has told its end to nobody.
            self._job.cancel()
            return Ending(is_left=True)
        self._job.deleteLater()
        if self._bug is not None:
            raise self._bug
        return self._ending

    def reject(self) -> None:
        """Have the job end where it next tells its progress, or never begin; the dialog stays until it has ended."""
        self._job.cancel()
        self._cancel.setEnabled(False)
        self._doing.setText(self.tr("Cancelling …"))

    def _lay_out(self) -> None:
        self.setFixedWidth(WIDTH)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self._cancel)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(self._doing)
        box.addWidget(self._bar)
        box.addLayout(row)

    def _on_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _on_done(self) -> None:
        self._end()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, AuditorError):
            self._ending = Ending(error)
        else:
            self._bug = error
        self._end()

    def _on_cancelled(self) -> None:
        self._ending = Ending(is_cancelled=True)
        self._end()

    def _end(self) -> None:
        self._has_ended = True
        self.accept()
