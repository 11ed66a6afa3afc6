"""Backups read and restored: what each holds, one audit of it, or the whole library in the place of the present one."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from auditor_app.models.audit import Audit
from auditor_app.models.backups import BackedUpAudit, Backup, BackupKind, Restored
from auditor_app.models.enums import AuditKind
from auditor_app.models.errors import EnvironmentProblem, ValidationError
from auditor_app.models.ids import AuditId, new_id
from auditor_app.models.progress import Progress, unwatched
from auditor_app.models.standard import Standard
from auditor_app.storage import connection as library_connection
from auditor_app.storage.atomic_file import sync_folder
from auditor_app.storage.backup import PAGES_A_STEP, check_whole, is_sound_database, make_backup, read_only
from auditor_app.storage.backup_files import FOLDER_NAME, has_magic, room_in
from auditor_app.storage.backup_problems import BackupProblem, backup_problems, backup_read
from auditor_app.storage.backup_second import copy_evidence, evidence_of, places_of
from auditor_app.storage.connection import SCHEMA_VERSION, connect, forget_refused
from auditor_app.storage.evidence_store import EvidenceStore
from auditor_app.storage.folder_lock import FILE_NAME as LOCK
from auditor_app.storage.folder_lock import locked
from auditor_app.storage.library import FILE_NAME, Library
from auditor_app.storage.untrusted import check_schema

_AUDITS = (
    "SELECT audit.id, number, kind, name, last.at, last.change_set FROM audit"
    " JOIN audit_info ON audit_info.audit_id = audit.id JOIN company ON company.audit_id = audit.id"
    " JOIN history AS last ON last.seq = (SELECT max(seq) FROM history WHERE history.audit_id = audit.id)"
)


class BackedUpLibrary(Library):
    """A library in a file that nobody writes, such as a backup; it can be asked and not changed."""

    def __init__(self, path: Path) -> None:
        """Open a backup of the present schema, for `restorable` brings others to it; raises `BackupProblem`."""
        self.path = path
        self.who = ""
        self._standards: dict[str, Standard] = {}
        with backup_read(path):
            self._connection = read_only(path)


def audits_in(database: Path) -> list[BackedUpAudit]:
    """Return the audits in a backup of any schema; raises `BackupProblem` when it cannot be read."""
    with backup_read(database), closing(read_only(database)) as connection:
        return _audits(connection)


def audits_now(folder: Path) -> list[BackedUpAudit]:
    """Return the audits in the library of a folder, none when there is no library; raises `BackupProblem`."""
    path = folder / FILE_NAME
    if not path.is_file():
        return []
    with backup_problems(folder), closing(sqlite3.connect(path)) as connection:
        return _audits(connection)


@contextmanager
def restorable(backup: Backup, folder: Path, progress: Progress = unwatched) -> Iterator[Path]:
    """Give the file of a backup in the present schema; one of an older schema is migrated in a copy in `folder`.

    Raises `BackupProblem` when the backup is damaged, cannot be read now, or is newer than the program,
    `EnvironmentProblem` when somebody put something into it, and what ends the `progress`.
    """
    check_whole(backup, progress)
    with backup_read(backup.path), closing(read_only(backup.path)) as connection:
        schema = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if schema > SCHEMA_VERSION:
            raise BackupProblem("backup_newer", name=backup.path.name)
        # What nobody but us made comes back; anything else would run in the library from then on.
        check_schema(connection, backup.path, schema)
    if schema == SCHEMA_VERSION:
        yield backup.path
        return
    with _room(folder) as room:
        with backup_problems(room):
            shutil.copyfile(backup.path, room / FILE_NAME)
            with _copy_opened(room / FILE_NAME, backup) as copy:
                # All of it in the one file: whoever reads a backup looks at no log, and closing tells of no failure.
                mode = copy.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
            if mode != "delete":
                raise BackupProblem("failed", folder=room, reason=f"journal_mode {mode}")
        yield room / FILE_NAME


@contextmanager
def _copy_opened(path: Path, backup: Backup) -> Iterator[sqlite3.Connection]:
    """Open a copy of a backup and bring it to the present schema; what is damaged there is so in the backup."""
    try:
        with closing(connect(path)) as copy:
            yield copy
    except EnvironmentProblem as error:
        if error.code == "library_damaged":
            raise BackupProblem("backup_damaged", name=backup.path.name) from error
        raise


def audit_in(backup: Backup, audit_id: AuditId, folder: Path, progress: Progress = unwatched) -> tuple[Standard, Audit]:
    """Return an audit as it is in a backup, with its standard pack; raises as `restorable` and `Library.load` do."""
    with restorable(backup, folder, progress) as path, closing(BackedUpLibrary(path)) as library:
        return library.load(audit_id)


def restore_whole(folder: Path, backup: Backup, progress: Progress = unwatched) -> Restored:
    """Put a backup in the place of the library of a folder, which nobody may have open.

    The present library is kept as a backup first, or as it is when it is damaged. Until all is ready nothing of it
    changes, and then all at once; a failure at any moment leaves it. Evidence that is missing is taken from where the
    backup lies or from the second folder. Raises `BackupProblem` and what ends the `progress`.
    """
    with restorable(backup, folder, progress) as ready, backup_problems(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        wanted = [sha256 for sha256, _ in evidence_of(ready)]
        taken = _take_evidence(ready, backup, folder, progress)
        kept = _keep_present(folder, progress)
        if kept is not None and kept.parent.name == FOLDER_NAME:
            _overwrite(folder / FILE_NAME, ready)
        else:
            _replace(folder, ready)
        missing = sum(not EvidenceStore(folder).holds(sha256) for sha256 in wanted)
    return Restored(kept, taken, missing)


def take_evidence(library: Path, backup: Backup, audit: Audit) -> Restored:
    """Take the evidence of one audit that is missing here from where the backup lies or from the second folder.

    Raises `EnvironmentProblem`.
    """
    store, taken = EvidenceStore(library), 0
    wanted = {row.sha256 for row in audit.evidence if not store.holds(row.sha256)}
    for other in _stores(library, backup):
        for sha256 in sorted(wanted):
            if other.holds(sha256):
                with suppress(ValidationError):
                    store.take(sha256, other)
                    wanted.discard(sha256)
                    taken += 1
    return Restored(None, taken, len(wanted))


def _audits(connection: sqlite3.Connection) -> list[BackedUpAudit]:
    return [BackedUpAudit(AuditId(r[0]), r[1], AuditKind(r[2]), r[3], r[4], r[5]) for r in connection.execute(_AUDITS)]


@contextmanager
def _room(folder: Path) -> Iterator[Path]:
    """Give a folder of one's own for a copy that is worked on, gone afterwards."""
    with ExitStack() as held:
        with backup_problems(folder):
            (folder / FOLDER_NAME).mkdir(mode=0o700, parents=True, exist_ok=True)
            room = _held_room(folder / FOLDER_NAME, held)
        yield room


def _held_room(backups: Path, held: ExitStack) -> Path:
    """Make a folder and hold its lock, for `sweep` takes it away where nobody does."""
    while True:
        room = room_in(backups)
        with ExitStack() as own, suppress(FileNotFoundError):
            room.mkdir(mode=0o700)
            own.callback(shutil.rmtree, room, ignore_errors=True)
            # Another program may have swept it in the moment between.
            if own.enter_context(locked(room)) and (room / LOCK).exists():
                held.enter_context(own.pop_all())
                return room


def _stores(library: Path, backup: Backup) -> Iterator[EvidenceStore]:
    """Yield the stores that may have what the library lacks: that of the backup first."""
    roots = [backup.path.parent.parent] if backup.path.parent.name == FOLDER_NAME else []
    for root in dict.fromkeys((*roots, *places_of(library))):
        if root != library:
            yield EvidenceStore(root)


def _take_evidence(ready: Path, backup: Backup, folder: Path, progress: Progress) -> int:
    store = EvidenceStore(folder)
    return sum(copy_evidence(ready, other, store, progress).copied for other in _stores(folder, backup))


def _keep_present(folder: Path, progress: Progress) -> Path | None:
    """Keep the present library before another takes its place, None when there is none.

    One that cannot be backed up because it is damaged is kept beside the library as it is.
    """
    if not (folder / FILE_NAME).exists():
        return None
    if not has_magic(folder / FILE_NAME):
        # Not even opened: SQLite would fold the log beside it into whatever it is.
        return _keep_as_it_is(folder)
    try:
        kept = make_backup(folder, BackupKind.BEFORE_RESTORE, progress, only_if_changed=False)
    except BackupProblem as problem:
        if problem.code not in ("library_damaged", "failed"):
            raise
        return _keep_as_it_is(folder)
    assert kept is not None
    return kept.path


def _keep_as_it_is(folder: Path) -> Path:
    name = f"library-damaged-{datetime.now():%Y%m%d-%H%M%S-%f}.db"
    # Its log first: a copy that has the name of a library has all that belongs to it.
    for end in ("-wal", ""):
        source = folder / f"{FILE_NAME}{end}"
        if source.exists():
            fragment = folder / f".{new_id()}.tmp"
            try:
                _copy_file(source, fragment)
                os.replace(fragment, folder / f"{name}{end}")
            finally:
                with suppress(OSError):
                    fragment.unlink(missing_ok=True)
    sync_folder(folder)
    return folder / name


def _copy_file(source: Path, target: Path) -> None:
    """Copy a file for the owner only and make it durable; nothing stays of a copy that fails."""
    try:
        with (
            source.open("rb") as read,
            open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file,
        ):
            shutil.copyfileobj(read, file, 1024 * 1024)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        target.unlink(missing_ok=True)
        raise


def _overwrite(library: Path, ready: Path) -> None:
    """Write a database into the library in one transaction: all of it, or nothing after a crash at any moment."""
    seconds = library_connection.BUSY_SECONDS
    with (
        closing(read_only(ready)) as source,
        closing(sqlite3.connect(library, timeout=seconds, isolation_level=None)) as target,
    ):
        target.execute("PRAGMA synchronous = FULL")
        try:
            source.backup(target, pages=PAGES_A_STEP, progress=_giving_up(library, seconds))
        except BaseException:
            forget_refused(target)
            raise
        # It is all in the log; where folding that in fails now, the next program does it.
        with suppress(sqlite3.Error):
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _giving_up(library: Path, seconds: float) -> Callable[[int, int, int], None]:
    """Return what ends a copy into a library that somebody else keeps busy; left to itself it would wait for ever."""
    end = time.monotonic() + seconds

    def tell(status: int, _remaining: int, _total: int) -> None:
        is_busy = status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        if is_busy and time.monotonic() > end:
            raise BackupProblem("busy", folder=library.parent, reason="locked")

    return tell


def _replace(folder: Path, ready: Path) -> None:
    """Put a database where there is no library, or a damaged one that was kept aside."""
    fragment = folder / f".{new_id()}.tmp"
    try:
        _copy_file(ready, fragment)
        with closing(read_only(fragment)) as copy:
            if not is_sound_database(copy, lambda: None):
                raise BackupProblem("copy_differs", folder=folder)
        for end in ("-wal", "-shm"):
            # They belong to the library that goes; with another database SQLite would mix them.
            (folder / f"{FILE_NAME}{end}").unlink(missing_ok=True)
        os.replace(fragment, folder / FILE_NAME)
    finally:
        with suppress(OSError):
            fragment.unlink(missing_ok=True)
    sync_folder(folder)
