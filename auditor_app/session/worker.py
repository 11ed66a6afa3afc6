"""One thread for work that comes piece by piece, so that neither the window nor the other threads wait for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThread, QThreadPool, Signal

LONGEST_END_MS = 5_000
"""How long the end of the program waits for work in the background that was told to stop."""
_held_up: list[tuple[QThreadPool, QObject | None]] = []
"""What waits for a disk that does not answer, and what its work reports to; kept so that nothing waits in turn."""


def is_held_up() -> bool:
    """Say whether a thread still hangs, so that the process would not end either."""
    return any(pool.activeThreadCount() for pool, _ in _held_up)


def finish(pool: QThreadPool, owner: QObject | None = None) -> None:
    """Wait until a pool has nothing left to do, but not for what hangs; `owner` is what its work reports to."""
    if not pool.waitForDone(LONGEST_END_MS):
        _held_up.append((pool, owner))
        if owner is not None:
            owner.setParent(None)


class Worker(QObject):
    """Do one piece of work at a time in the background and report back on the thread this object lives in."""

    done = Signal(object, object)
    """The item and what the work made of it."""
    failed = Signal(object, object)
    """The item and the exception, an `AuditorError` or our bug."""

    def __init__(self, work: Callable[[Any], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pool.setThreadPriority(QThread.Priority.LowPriority)
        self._piece: _Piece | None = None

    def start(self, item: object) -> None:
        """Begin with an item; the one before must have been reported."""
        self._piece = _Piece(self, self._work, item)
        self._pool.start(self._piece)

    def close(self) -> None:
        """Wait until the piece at hand is done, or nobody can wait for it any more."""
        finish(self._pool, self)

    def abandon(self) -> None:
        """Wait for the piece at hand no more: it hangs, and nobody may take its thread away."""
        self.setParent(None)
        _held_up.append((self._pool, self))


class _Piece(QRunnable):
    def __init__(self, worker: Worker, work: Callable[[Any], Any], item: object) -> None:
        super().__init__()
        self._worker = worker
        self._work = work
        self._item = item
        self.setAutoDelete(False)

    def run(self) -> None:
        try:
            result = self._work(self._item)
        except Exception as error:
            # An exception here would reach the hook on this thread; the window must show it on its own.
            self._worker.failed.emit(self._item, error)
        else:
            self._worker.done.emit(self._item, result)
