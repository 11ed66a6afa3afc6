"""Work that takes longer than a frame, off the thread that paints."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from auditor_app.models.progress import Cancelled, Progress


class Job(QObject):
    """Run a function in the background and report back on the thread this object lives in.

    The function is given what it tells its progress to, and is ended there by `Cancelled` once `cancel` was called.
    """

    done = Signal()
    failed = Signal(object)
    """An `AuditorError`, or the exception that is our bug."""
    cancelled = Signal()
    progressed = Signal(int, int)
    """Steps done, and how many there are."""

    def __init__(self, work: Callable[[Progress], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = Event()
        self._task = _Task(self, work)

    def start(self) -> None:
        """Hand the work to the thread pool."""
        QThreadPool.globalInstance().start(self._task)

    def cancel(self) -> None:
        """Have the work end where it next tells its progress; it may be too late for that, and is done then."""
        self._stop.set()

    def _on_progress(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Cancelled
        self.progressed.emit(done, total)


class _Task(QRunnable):
    def __init__(self, job: Job, work: Callable[[Progress], None]) -> None:
        super().__init__()
        self._job = job
        self._work = work
        self.setAutoDelete(False)

    def run(self) -> None:
        try:
            self._work(self._job._on_progress)
        except Cancelled:
            self._job.cancelled.emit()
        except Exception as error:
            # An exception here would reach the hook on this thread; the window must show it on its own.
            self._job.failed.emit(error)
        else:
            self._job.done.emit()
