"""Backups that make themselves: after a change, at most so often, when a stick comes back, and on closing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from auditor_app.models.backups import BackupStanding, SecondFolder
from auditor_app.models.errors import AuditorError
from auditor_app.models.events import note
from auditor_app.models.progress import Cancelled, Progress
from auditor_app.session.session import Session
from auditor_app.session.worker import Worker
from auditor_app.storage.backup import make_backup, newest_whole
from auditor_app.storage.backup_problems import BackupProblem
from auditor_app.storage.backup_second import catch_up, second_folder

EVERY_MS = 15 * 60 * 1000
"""Least time between two automatic backups."""
SETTLE_MS = 10_000
"""How long after a change the first backup is made, so that it holds more than the first key."""
QUIET_SECONDS = 1.0
"""How long nobody must have edited for a backup to go on: the disk is for who works."""
PATIENCE_SECONDS = 30.0
"""How long one backup waits for that in all: it reads one state meanwhile, and the log cannot be emptied as long."""
LOOK_MS = 15_000
"""How often somebody looks whether the second folder is there."""
SILENT_SECONDS = 120.0
"""How long a drive may do without a sign before it is told not to answer; a slow stick takes half a minute to sync."""


class _Errand(QObject):
    """Work aside that is under way at most once; asked for meanwhile, it is done once more after that."""

    ended = Signal(object)
    """What the work returned, None when it was cancelled."""
    failed = Signal(object)
    progressed = Signal(int, int)

    def __init__(
        self, work: Callable[[bool, Progress], Any], until_rest: Callable[[], float], hurry: Event, parent: QObject
    ) -> None:
        """Between its steps the work waits the seconds `until_rest`, unless there is `hurry`."""
        super().__init__(parent)
        self.is_running = False
        self.heard_at = 0.0
        """When the work last gave a sign, on the monotonic clock in seconds."""
        self._work = work
        self._until_rest = until_rest
        self._hurry = hurry
        self._patience = 0.0
        self._again: bool | None = None
        self._stop = Event()
        self._worker = Worker(self._run, self)
        self._worker.done.connect(self._on_done)
        self._worker.failed.connect(self._on_failed)

    def start(self, *, anew: bool = False) -> None:
        """Begin, now or after what is under way; the work is told whether it is to try `anew` what did not work."""
        if self.is_running:
            self._again = anew or bool(self._again)
            return
        self.is_running = True
        self.heard_at = time.monotonic()
        self._patience = PATIENCE_SECONDS
        self._stop.clear()
        self._worker.start(anew)

    def cancel(self) -> None:
        self._again = None
        self._stop.set()

    def close(self) -> None:
        self.cancel()
        self._worker.close()

    def abandon(self) -> None:
        """Have nobody wait for what hangs; it is reported if it ever ends."""
        self.cancel()
        self.setParent(None)
        self._worker.abandon()

    def _run(self, anew: bool) -> Any:
        try:
            return self._work(anew, self._tell)
        except Cancelled:
            return None

    def _tell(self, done: int, total: int) -> None:
        self._give_way()
        if self._stop.is_set():
            raise Cancelled
        self.heard_at = time.monotonic()
        self.progressed.emit(done, total)

    def _give_way(self) -> None:
        """Wait for a rest in the editing, as long as there is patience, so that no commit waits for the disk."""
        while not self._hurry.is_set() and (wait := min(self._until_rest(), self._patience)) > 0:
            self.heard_at = time.monotonic()
            self._patience -= wait
            self._hurry.wait(wait)

    def _on_done(self, _anew: object, result: object) -> None:
        self._go_on()
        self.ended.emit(result)

    def _on_failed(self, _anew: object, error: Exception) -> None:
        self._go_on()
        self.failed.emit(error)

    def _go_on(self) -> None:
        self.is_running = False
        again, self._again = self._again, None
        if again is not None:
            self.start(anew=again)


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
        self._is_closed = False
        self._hurry = Event()
        self._edited_at = 0.0
        self._caught_up: tuple[Path, str] | None = None
        # Apart, so that a drive that no longer answers holds up what goes to it, and not the backups here.
        self._making = self._errand(self._make, self._on_made)
        self._bringing = self._errand(self._bring, self._on_brought)
        self._bringing_to: Path | None = None
        self._hanging: dict[Path, _Errand] = {}
        """What waits for a second folder that does not answer, by that folder."""
        self._due = QTimer(self, singleShot=True)
        self._due.timeout.connect(self._begin_backup)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.look)
        session.saved.connect(self._on_change)
        session.listed.connect(self._on_change)

    def _errand(self, work: Callable[[bool, Progress], Any], on_ended: Callable[[Any], None]) -> _Errand:
        errand = _Errand(work, self._until_rest, self._hurry, self)
        errand.ended.connect(on_ended)
        errand.progressed.connect(self.progressed)
        errand.failed.connect(self._on_failed)
        return errand

    @property
    def standing(self) -> BackupStanding:
        """Return how safe the library is."""
        return self._standing

    @property
    def is_running(self) -> bool:
        """Say whether a backup, or a look for the second folder, is under way."""
        return self._making.is_running or self._bringing.is_running

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
        if not self._is_closed:
            self._begun_at = time.monotonic()
            self._making.start()

    def look(self) -> None:
        """Look for the second folder and bring it the newest backup if it is there, or tell that it does not answer."""
        if not self.is_running:
            self._begin_bringing()
        elif self._bringing.is_running and time.monotonic() - self._bringing.heard_at > SILENT_SECONDS:
            self._on_silence()

    def _begin_bringing(self, *, anew: bool = False) -> None:
        second = second_folder(self._folder)
        if second is not None and second.folder in self._hanging:
            # One thread that hangs there is enough.
            self._stand(self._silent(second))
        else:
            self._bringing_to = second.folder if second is not None else None
            self._bringing.start(anew=anew)

    def cancel(self) -> None:
        """Have what is under way end soon; nothing half written stays."""
        self._hurry.set()
        self._making.cancel()
        self._bringing.cancel()

    def close(self) -> None:
        """Make no more backups, and wait until what is under way has ended, or nobody can wait for it any more."""
        self._is_closed = True
        self._due.stop()
        self._look.stop()
        self.cancel()
        self._making.close()
        self._bringing.close()

    def _on_change(self) -> None:
        self._edited_at = time.monotonic()
        self._has_changes = True
        self._plan()

    def _plan(self) -> None:
        """Set the time of the next backup, when there is something to back up."""
        if self._is_closed or not self._has_changes or self._due.isActive() or self._making.is_running:
            return
        wait = SETTLE_MS
        if self._begun_at is not None:
            passed = (time.monotonic() - self._begun_at) * 1000
            wait = max(wait, round(EVERY_MS - passed))
        self._due.start(wait)

    # On the threads of the workers.

    def _until_rest(self) -> float:
        """Return how many seconds are left until nobody has edited for so long that the disk is free."""
        return self._edited_at + QUIET_SECONDS - time.monotonic()

    def _make(self, _anew: bool, progress: Progress) -> tuple[AuditorError | None, datetime | None]:
        """Make a backup; return what kept it from being made, and when the newest whole one was."""
        problem = None
        try:
            make_backup(self._folder, progress=progress)
        except AuditorError as error:
            # Another program does it at this moment; closing asks whether it is up to date.
            problem = None if error.code == "under_way" else error
        newest = newest_whole(self._folder)
        return problem, newest.made_at if newest is not None else None

    def _bring(self, anew: bool, progress: Progress) -> tuple[BackupStanding, BackupStanding]:
        """Catch up the second folder when it is there and lacks the newest; return the standing before and after."""
        standing = self._standing
        return standing, self._brought(standing, anew, progress)

    def _brought(self, standing: BackupStanding, anew: bool, progress: Progress) -> BackupStanding:
        second = second_folder(self._folder)
        if second is None:
            self._caught_up = None
            if standing.last is not None:
                # Looked for so often that nothing else is read.
                return replace(standing, second=None, second_is_there=None, second_problem=None)
        newest = newest_whole(self._folder)
        standing = replace(standing, last=newest.made_at if newest is not None else None)
        if second is None:
            return replace(standing, second=None, second_is_there=None, second_problem=None)
        if not second.is_there:
            # Another stick may come under the same name, or this one changed on another computer.
            self._caught_up = None
            return replace(standing, second=second, second_is_there=False, second_problem=None)
        is_other = standing.second is None or standing.second.folder != second.folder
        problem, name = standing.second_problem, newest.path.name if newest is not None else ""
        if self._caught_up == (second.root, name):
            problem = None
        elif problem is None or is_other or anew:
            problem = None
            try:
                catch_up(self._folder, progress)
                self._caught_up = (second.root, name)
            except AuditorError as error:
                problem = error
        return replace(standing, second=second_folder(self._folder), second_is_there=True, second_problem=problem)

    # On the thread of the window.

    def _on_made(self, made: tuple[AuditorError | None, datetime | None] | None) -> None:
        if made is not None:
            problem, last = made
            self._stand(replace(self._standing, problem=problem, last=last))
            if not self._is_closed and not self._making.is_running:
                self._begin_bringing(anew=True)
            # Tried again, for a disk that is full now may have room then.
            self._has_changes = self._has_changes or problem is not None
        self._go_on()

    def _on_brought(self, brought: tuple[BackupStanding, BackupStanding] | None) -> None:
        if brought is not None:
            before, standing = brought
            # A backup may have been made meanwhile.
            last = standing.last if self._standing.last == before.last else self._standing.last
            self._stand(replace(standing, problem=self._standing.problem, last=last))
        self._go_on()

    def _on_silence(self) -> None:
        """Leave what hangs to itself; another second folder, or this one when it answers again, gets another try."""
        hanging, folder = self._bringing, self._bringing_to
        self._bringing = self._errand(self._bring, self._on_brought)
        for told in (hanging.ended, hanging.failed, hanging.progressed):
            told.disconnect()
        hanging.abandon()
        if folder is not None:
            self._hanging[folder] = hanging
            hanging.ended.connect(lambda _brought: self._on_answer(folder))
            hanging.failed.connect(lambda _error: self._on_answer(folder))
        self._begin_bringing()
        self._go_on()

    def _on_answer(self, folder: Path) -> None:
        del self._hanging[folder]
        if not self._is_closed:
            self._begin_bringing(anew=True)

    def _silent(self, second: SecondFolder) -> BackupStanding:
        """Return the standing while a second folder does not answer; the same one as long as it does not."""
        known = self._standing.second_problem
        if known is None or (known.code, known.params.get("folder")) != ("no_answer", second.folder):
            known = BackupProblem("no_answer", folder=second.folder)
        return replace(self._standing, second=second, second_is_there=False, second_problem=known)

    def _stand(self, standing: BackupStanding) -> None:
        if standing != self._standing:
            self._note(standing)
            self._standing = standing
            self.changed.emit()

    def _note(self, standing: BackupStanding) -> None:
        """Log what became of the backups, in words of the program."""
        if standing.last != self._standing.last:
            note("backed_up")
        for event, problem in (("no_backup", standing.problem), ("no_second_backup", standing.second_problem)):
            if problem is not None:
                note(event, code=problem.code)

    def _on_failed(self, error: Exception) -> None:
        self._go_on()
        raise error

    def _go_on(self) -> None:
        self._plan()
        if not self.is_running:
            self._hurry.clear()
            self.finished.emit()
