"""Work that takes longer than a frame, off the thread that paints."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal


class Job(QObject):
    """Run a function in the background and report back on the thread this object lives in."""

    done = Signal()
    failed = Signal(object)
    """An `AuditorError`, or the exception that is our bug."""

    def __init__(self, work: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task = _Task(self, work)

    def start(self) -> None:
        """Hand the work to the thread pool."""
        QThreadPool.globalInstance().start(self._task)


class _Task(QRunnable):
    def __init__(self, job: Job, work: Callable[[], None]) -> None:
        super().__init__()
        self._job = job
        self._work = work
        self.setAutoDelete(False)

    def run(self) -> None:
        try:
            self._work()
        except Exception as error:
            # An exception here would reach the hook on this thread; the window must show it on its own.
            self._job.failed.emit(error)
        else:
            self._job.done.emit()
