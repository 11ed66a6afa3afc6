"""Work that takes longer than a frame, off the thread that paints."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event

from PySide6.QtCore import QMetaObject, QObject, QRunnable, Qt, QThreadPool, Signal

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
        self._stop, self._ended = Event(), Event()
        self._told: tuple[int, int] | None = None
        self._task = _Task(self, work)

    def start(self) -> None:
        """Hand the work to the thread pool."""
        QThreadPool.globalInstance().start(self._task)

    def cancel(self) -> None:
        """Have the work end where it next tells its progress; it may be too late for that, and is done then.

        Work that still waits for a thread, as behind what hangs on a drive that does not answer, never begins.
        """
        self._stop.set()
        if QThreadPool.globalInstance().tryTake(self._task):
            self._ended.set()
            # On its way, as from a thread.
            QMetaObject.invokeMethod(self, "cancelled", Qt.ConnectionType.QueuedConnection)

    def wait(self, seconds: float) -> bool:
        """Wait for the end of work that was started, and say whether it came; the report of it is on its way then."""
        return self._ended.wait(seconds)

    def _on_progress(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Cancelled
        # Work may tell far more often than a bar moves; every word wakes the window.
        if self._told != (done, total):
            self._told = done, total
            self.progressed.emit(done, total)


@contextmanager
def _window_spared() -> Iterator[None]:
    """Keep the collector of garbage from all that the window holds, while work aside makes many objects.

    To look through it takes the interpreter, and the window with it, for several frames, and finds next to nothing.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class _Task(QRunnable):
    def __init__(self, job: Job, work: Callable[[Progress], None]) -> None:
        super().__init__()
        self._job = job
        self._work = work
        self.setAutoDelete(False)

    def run(self) -> None:
        try:
            with _window_spared():
                self._work(self._job._on_progress)
        except Cancelled:
            self._job.cancelled.emit()
        except Exception as error:
            # An exception here would reach the hook on this thread; the window must show it on its own.
            self._job.failed.emit(error)
        else:
            self._job.done.emit()
        finally:
            self._job._ended.set()
