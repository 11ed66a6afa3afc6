"""Backups that make themselves: after a change, at most so often, when a stick comes back, and on closing."""

from __future__ import annotations

import time
from dataclasses import replace
from enum import Enum
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from auditor_app.models.backups import BackupStanding
from auditor_app.models.errors import AuditorError
from auditor_app.models.events import note
from auditor_app.models.progress import Cancelled
from auditor_app.session.session import Session
from auditor_app.session.worker import Worker
from auditor_app.storage.backup import make_backup, newest_whole
from auditor_app.storage.backup_second import catch_up, second_folder

EVERY_MS = 15 * 60 * 1000
"""Least time between two automatic backups."""
SETTLE_MS = 10_000
"""How long after a change the first backup is made, so that it holds more than the first key."""
QUIET_SECONDS = 1.0
"""How long nobody must have edited for a backup to go on: the disk is for who works."""
PATIENCE_SECONDS = 120.0
"""How long one backup waits for that in all; one that is never let through would be no backup."""
LOOK_MS = 15_000
"""How often somebody looks whether the second folder is there."""


class _Task(Enum):
    BACK_UP = "back up"
    LOOK = "look"
    """Look whether the second folder is there, and catch it up when it came."""


class BackingUp(QObject):
    """Make the backups of the library in a folder while the session edits it; everything slow happens aside."""

    changed = Signal()
    """The standing is another one."""
    finished = Signal()
    """What was under way is done, cancelled, or could not be done."""
    progressed = Signal(int, int)
    """Steps done of the backup under way, and how many there are."""

    def __init__(self, session: Session, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._standing = BackupStanding()
        self._begun_at: float | None = None
        self._has_changes = False
        self._task: _Task | None = None
        self._next: _Task | None = None
        self._is_closed = False
        self._stop = Event()
        self._hurry = Event()
        self._edited_at = 0.0
        self._patience = 0.0
        self._caught_up: tuple[Path, str] | None = None
        self._worker = Worker(self._work, self)
        self._worker.done.connect(self._on_done)
        self._worker.failed.connect(self._on_failed)
        self._due = QTimer(self, singleShot=True)
        self._due.timeout.connect(self._begin_backup)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.look)
        session.saved.connect(self._on_change)
        session.listed.connect(self._on_change)

    @property
    def standing(self) -> BackupStanding:
        """Return how safe the library is."""
        return self._standing

    @property
    def is_running(self) -> bool:
        """Say whether a backup, or a look for the second folder, is under way."""
        return self._task is not None

    def begin(self) -> None:
        """Start to look after the library; what the last program could not back up any more is made up for."""
        self._on_change()
        self.look()
        self._look.start()

    def back_up(self) -> None:
        """Back up now, or after what is under way; a library that has not changed is not backed up again.

        Somebody waits for it, so neither waits for a rest in the editing.
        """
        self._hurry.set()
        self._begin_backup()

    def _begin_backup(self) -> None:
        self._due.stop()
        self._has_changes = False
        self._start(_Task.BACK_UP)

    def look(self) -> None:
        """Look for the second folder, and bring it the newest backup if it is there."""
        if self._task is None:
            self._start(_Task.LOOK)

    def cancel(self) -> None:
        """Have what is under way end soon; nothing half written stays."""
        self._next = None
        self._stop.set()
        self._hurry.set()

    def close(self) -> None:
        """Make no more backups, and wait until what is under way has ended."""
        self._is_closed = True
        self._due.stop()
        self._look.stop()
        self.cancel()
        self._worker.close()

    def _on_change(self) -> None:
        self._edited_at = time.monotonic()
        self._has_changes = True
        self._plan()

    def _plan(self) -> None:
        """Set the time of the next backup, when there is something to back up."""
        if self._is_closed or not self._has_changes or self._due.isActive() or self._task is _Task.BACK_UP:
            return
        wait = SETTLE_MS
        if self._begun_at is not None:
            passed = (time.monotonic() - self._begun_at) * 1000
            wait = max(wait, round(EVERY_MS - passed))
        self._due.start(wait)

    def _start(self, task: _Task) -> None:
        if self._is_closed:
            return
        if self._task is not None:
            self._next = task
            return
        if task is _Task.BACK_UP:
            self._begun_at = time.monotonic()
        self._task = task
        self._patience = PATIENCE_SECONDS
        self._stop.clear()
        self._worker.start(task)

    # On the thread of the worker.

    def _work(self, task: object) -> BackupStanding:
        standing = self._standing
        if task is _Task.LOOK and standing.last is not None and second_folder(self._folder) is None:
            # Looked for so often that nothing else is read.
            return replace(standing, second=None, second_is_there=None, second_problem=None)
        try:
            if task is _Task.BACK_UP:
                standing = replace(standing, problem=self._backed_up())
            newest = newest_whole(self._folder)
            standing = replace(standing, last=newest.made_at if newest is not None else None)
            return self._with_second(standing, newest.path.name if newest is not None else "", task)
        except Cancelled:
            return standing

    def _backed_up(self) -> AuditorError | None:
        try:
            make_backup(self._folder, progress=self._tell)
        except AuditorError as error:
            # Another program does it at this moment; closing asks whether it is up to date.
            return None if error.code == "under_way" else error
        return None

    def _with_second(self, standing: BackupStanding, newest: str, task: object) -> BackupStanding:
        """Return the standing with that of the second folder, caught up when it is there and lacks the newest."""
        second = second_folder(self._folder)
        if second is None:
            self._caught_up = None
            return replace(standing, second=None, second_is_there=None, second_problem=None)
        if not second.is_there:
            # Another stick may come under the same name, or this one changed on another computer.
            self._caught_up = None
            return replace(standing, second=second, second_is_there=False, second_problem=None)
        problem = standing.second_problem
        if self._caught_up != (second.root, newest) and (problem is None or task is _Task.BACK_UP):
            problem = None
            try:
                catch_up(self._folder, self._tell)
                self._caught_up = (second.root, newest)
            except AuditorError as error:
                problem = error
        return replace(standing, second=second_folder(self._folder), second_is_there=True, second_problem=problem)

    def _tell(self, done: int, total: int) -> None:
        self._give_way()
        if self._stop.is_set():
            raise Cancelled
        self.progressed.emit(done, total)

    def _give_way(self) -> None:
        """Wait for a rest in the editing, as long as there is patience, so that no commit waits for the disk."""
        while not self._hurry.is_set():
            wait = min(self._edited_at + QUIET_SECONDS - time.monotonic(), self._patience)
            if wait <= 0:
                return
            self._patience -= wait
            self._hurry.wait(wait)

    # On the thread of the window.

    def _on_done(self, task: object, standing: BackupStanding) -> None:
        if standing != self._standing:
            self._note(standing)
            self._standing = standing
            self.changed.emit()
        self._go_on()
        if task is _Task.BACK_UP and standing.problem is not None:
            # Tried again, for a disk that is full now may have room then.
            self._has_changes = True
            self._plan()

    def _note(self, standing: BackupStanding) -> None:
        """Log what became of the backups, in words of the program."""
        if standing.last != self._standing.last:
            note("backed_up")
        for event, problem in (("no_backup", standing.problem), ("no_second_backup", standing.second_problem)):
            if problem is not None:
                note(event, code=problem.code)

    def _on_failed(self, _task: object, error: Exception) -> None:
        self._go_on()
        raise error

    def _go_on(self) -> None:
        self._task = None
        following, self._next = self._next, None
        if following is not None:
            self._start(following)
        self._plan()
        if self._task is None:
            self._hurry.clear()
            self.finished.emit()
