"""Files on their way to becoming evidence: taken in the background, one after another."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal

from auditor_app.models.errors import AuditorError
from auditor_app.models.stored import StoredFacts
from auditor_app.session.worker import Worker

Source = Path | bytes
"""A file, or the content of something that never was one, such as a pasted picture."""


class Intake(QObject):
    """Take many files without the window waiting; each is reported once, in the order they came."""

    added = Signal(object)
    """The `StoredFacts` of a file whose content is stored."""
    refused = Signal(str, object)
    """Name of a file that was not taken (empty for a pasted one), and the `AuditorError` that says why."""
    finished = Signal()
    """Nothing is waiting any more."""

    def __init__(self, take: Callable[[Source], StoredFacts], parent: QObject | None = None) -> None:
        """Take each file with `take`, which is called in the background."""
        super().__init__(parent)
        self._waiting: deque[Source] = deque()
        self._is_busy = False
        self._worker = Worker(take, self)
        self._worker.done.connect(self._on_taken)
        self._worker.failed.connect(self._on_failed)

    def add(self, sources: Iterable[Source]) -> None:
        """Take these files after those that wait already."""
        self._waiting.extend(sources)
        if not self._is_busy:
            self._next()
            self._end()

    def cancel(self) -> None:
        """Forget what is waiting; the file at hand is still taken and reported."""
        self._waiting.clear()

    def close(self) -> None:
        """Forget what is waiting, wait for the file at hand and report it."""
        self.cancel()
        self._worker.close()
        # The report lies in the queue of this thread, which may be done with its loop.
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    def _next(self) -> None:
        self._is_busy = bool(self._waiting)
        if self._is_busy:
            self._worker.start(self._waiting.popleft())

    def _on_taken(self, _source: Source, facts: StoredFacts) -> None:
        # Before the report, so that the thread works while the views take the file in.
        self._next()
        self.added.emit(facts)
        self._end()

    def _on_failed(self, source: Source, error: Exception) -> None:
        self._next()
        is_told = isinstance(error, AuditorError)
        if is_told:
            self.refused.emit(source.name if isinstance(source, Path) else "", error)
        self._end()
        if not is_told:
            raise error

    def _end(self) -> None:
        if not self._is_busy:
            self.finished.emit()
