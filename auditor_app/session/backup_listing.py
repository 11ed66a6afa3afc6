"""The backups of a library, listed aside place by place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from auditor_app.models.backups import Backup, Listed, Place, listed
from auditor_app.models.errors import AuditorError
from auditor_app.session.worker import Worker

Found = list[tuple[Backup, Place]]
"""Backups as they were found, each with where."""


class BackupListing(QObject):
    """List backups group by group of their places, each group on a thread of its own and never twice at once.

    A drive that does not answer so holds up its own group alone, however often the backups are listed anew meanwhile.
    """

    changed = Signal(object)
    """All that was found so far, as `list[Listed]`, newest first: told once for each group."""
    failed = Signal(object)
    """The `AuditorError` that kept a group from being listed."""

    def __init__(self, groups: Sequence[Callable[[], Found]], parent: QObject | None = None) -> None:
        """`groups` list the backups of some places each; they run aside."""
        super().__init__(parent)
        self._found: list[Found] = [[] for _ in groups]
        self._running: set[int] = set()
        self._again: set[int] = set()
        self._workers = [Worker(lambda group: groups[group](), self) for _ in groups]
        for worker in self._workers:
            worker.done.connect(self._on_done)
            worker.failed.connect(self._on_failed)

    def refresh(self) -> None:
        """List the backups anew; a group that is still being listed follows once it is."""
        for group, worker in enumerate(self._workers):
            if group in self._running:
                self._again.add(group)
            else:
                self._running.add(group)
                worker.start(group)

    def forget(self) -> None:
        """Let go of what was found; the places may be others now."""
        self._found = [[] for _ in self._found]

    def close(self) -> None:
        """Wait until what is being listed is, or nobody can wait for it any more."""
        self._again.clear()
        for worker in self._workers:
            worker.close()

    def _on_done(self, group: int, found: Found) -> None:
        self._found[group] = found
        self._go_on(group)
        self.changed.emit(self._all())

    def _on_failed(self, group: int, error: Exception) -> None:
        self._go_on(group)
        if not isinstance(error, AuditorError):
            raise error
        self.failed.emit(error)

    def _all(self) -> list[Listed]:
        return listed(each for found in self._found for each in found)

    def _go_on(self, group: int) -> None:
        self._running.discard(group)
        if group in self._again:
            self._again.discard(group)
            self._running.add(group)
            self._workers[group].start(group)
