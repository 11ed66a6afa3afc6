"""Backups of the library: copied from one state while edits go on, checked, named when whole; never changed after."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from auditor_app.models.audit import Kind
from auditor_app.models.backups import Backup, BackupFacts, BackupKind
from auditor_app.models.events import note
from auditor_app.models.progress import Cancelled, Progress, unwatched
from auditor_app.storage import connection as library_connection
from auditor_app.storage.atomic_file import sync_folder, write_atomically
from auditor_app.storage.backup_files import (
    FOLDER_NAME,
    backup_at,
    backups_of,
    facts_bytes,
    fragment_in,
    free_name,
    rotate,
    sidecar_of,
    sweep,
)
from auditor_app.storage.backup_problems import BackupProblem, backup_problems, backup_read
from auditor_app.storage.connection import reading
from auditor_app.storage.folder_lock import locked
from auditor_app.storage.library import FILE_NAME
from auditor_app.storage.untrusted import distrust

__all__ = ["BackupProblem", "backups_of", "is_whole", "make_backup"]

PAGES_A_STEP = 256
"""How many pages are copied before they are sent to the disk: an edit meanwhile waits for no more than these."""
INSTRUCTIONS_A_LOOK = 200_000
_STEPS, _COPIED, _CHECKED = 1000, 600, 900
_CHUNK = 1024 * 1024
_Contents = tuple[dict[str, int], str]
# Whatever changes in these leaves a row of history; all other tables are part of the state themselves.
_IN_HISTORY = {*(kind.value for kind in Kind), "history", "standard", "audit", "chain", "listing"}
_ATTEMPTS = 3


def make_backup(
    folder: Path,
    kind: BackupKind = BackupKind.AUTOMATIC,
    progress: Progress = unwatched,
    *,
    only_if_changed: bool = True,
) -> Backup | None:
    """Back up the library of a folder, let the backups go that are no longer kept, and return the new one.

    None when the newest whole backup holds the same already and `only_if_changed`. May run on any thread while the
    library is in use: one state of it is copied, and nobody waits. Raises `BackupProblem` (no fragment stays) and
    what ends the `progress`.
    """
    library, backups = folder / FILE_NAME, folder / FOLDER_NAME
    if not library.is_file():
        raise BackupProblem("no_library", folder=folder)
    with backup_problems(backups), own(backups):
        newest = newest_whole(folder)
        if only_if_changed and newest is not None and newest.facts is not None:
            with closing(_opened(library)) as source, reading(source):
                if newest.facts.state == _state(source):
                    return None
        fragment = fragment_in(backups)
        try:
            facts = _copy(library, fragment, progress)
            path = free_name(backups, kind)
            write_atomically(sidecar_of(path), facts_bytes(facts), private=True)
            os.replace(fragment, path)
        finally:
            with suppress(OSError):
                fragment.unlink(missing_ok=True)
        sync_folder(backups)
        rotate(folder)
    note("backup_made", kind=kind.value, audits=facts.audits)
    return backup_at(path)


def is_whole(backup: Backup, progress: Progress = unwatched) -> bool | None:
    """Say whether a backup is what it was when it was made; None when it cannot be read now, so that nobody knows.

    Raises what ends the `progress`, `BackupProblem` when it is not there.
    """
    try:
        check_whole(backup, progress)
    except BackupProblem as problem:
        if problem.code == "no_such_backup":
            raise
        return None if problem.code == "backup_unreadable" else False
    return True


def check_whole(backup: Backup, progress: Progress = unwatched) -> None:
    """Read all of a backup and raise `BackupProblem` unless it is what it was when it was made.

    One that nothing tells of is asked itself. Raises what ends the `progress` too.
    """
    with backup_read(backup.path):
        try:
            is_fine = not backup.is_damaged and _is_as_made(backup, progress)
        except FileNotFoundError as error:
            raise BackupProblem("no_such_backup", path=backup.path) from error
    if not is_fine:
        raise BackupProblem("backup_damaged", name=backup.path.name)


def _is_as_made(backup: Backup, progress: Progress) -> bool:
    if backup.facts is not None:
        return file_sha256(backup.path, progress) == backup.facts.sha256
    with closing(read_only(backup.path)) as connection:
        return is_sound_database(connection, lambda: progress(0, 1))


def read_only(path: Path) -> sqlite3.Connection:
    """Open a database that nobody changes, such as a backup, even on a disk that cannot be written."""
    connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True, isolation_level=None)
    distrust(connection)
    return connection


def file_sha256(path: Path, progress: Progress = unwatched) -> str:
    """Return the sha256 of a file in hexadecimal; raises `OSError` and what ends the `progress`."""
    digest, size = hashlib.sha256(), path.stat().st_size
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            progress(file.tell(), max(size, file.tell()))
    return digest.hexdigest()


@contextmanager
def own(backups: Path) -> Iterator[None]:
    """Have the folder of the backups for oneself, cleared of what a killed program left."""
    backups.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(backups) as is_free:
        if not is_free:
            raise BackupProblem("under_way", folder=backups)
        sweep(backups)
        yield


def newest_whole(folder: Path, *, is_sure: bool = False) -> Backup | None:
    """Return the newest backup that looks whole; raises `OSError` as `backups_of` does."""
    return next((backup for backup in backups_of(folder, is_sure=is_sure) if not backup.is_damaged), None)


def _opened(library: Path) -> sqlite3.Connection:
    """Open the library for reading without making or migrating it; the last one to close it leaves one file."""
    seconds = library_connection.BUSY_SECONDS
    return sqlite3.connect(f"file:{quote(str(library))}?mode=rw", uri=True, timeout=seconds, isolation_level=None)


def _copy(library: Path, fragment: Path, progress: Progress) -> BackupFacts:
    """Copy one state of the library to a new file, check the copy and make it durable; return what it holds."""
    os.close(os.open(fragment, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(_opened(library)) as source, closing(sqlite3.connect(fragment, isolation_level=None)) as copy:
        # Nobody sees the file before it is whole, so nothing in it has to be undone, and it is synced as a whole.
        copy.execute("PRAGMA journal_mode = MEMORY")
        copy.execute("PRAGMA synchronous = OFF")
        with fragment.open("r+b") as file:
            told = _copy_state(source, copy, _copying(file.fileno(), progress))
        # Here, so that no key waits for it; if it fails the log stays as it is.
        with suppress(sqlite3.Error):
            source.execute("PRAGMA wal_checkpoint(PASSIVE)")
            # Emptied too, for what stays of it would hide what is newer in the database if it were ever damaged.
            source.execute("PRAGMA busy_timeout = 0")
            source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        # One file that any program may read, not a log beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
        is_sound = is_sound_database(copy, lambda: progress(_COPIED, _STEPS))
        contents = _contents(copy)
        if not is_sound or told not in (None, contents):
            raise BackupProblem("library_damaged", folder=library.parent, reason="quick_check")
        schema = int(copy.execute("PRAGMA user_version").fetchone()[0])
    with fragment.open("r+b") as file:
        os.fsync(file.fileno())
    sha256 = file_sha256(fragment, lambda done, total: progress(_of(done, total, _CHECKED, _STEPS), _STEPS))
    rows, state = contents
    return BackupFacts(schema, rows.get("audit", 0), rows, state, sha256)


def _copy_state(
    source: sqlite3.Connection, copy: sqlite3.Connection, tell: Callable[[int, int, int], None]
) -> _Contents | None:
    """Copy one state and return what the source holds in it, None when it changed too often to know."""
    if source.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        with reading(source):
            told = _contents(source)
            source.backup(copy, pages=PAGES_A_STEP, progress=tell)
        return told
    # Without a log a reader keeps others from writing: let go between the steps, and begin again after a change.
    for _ in range(_ATTEMPTS):
        before = _data_version(source)
        source.backup(copy, pages=PAGES_A_STEP, progress=tell)
        with reading(source):
            told = _contents(source)
        if _data_version(source) == before:
            return told
    return None


def _copying(handle: int, progress: Progress) -> Callable[[int, int, int], None]:
    """Return what follows the copying: sends each piece to the disk, then tells the progress."""

    def tell(_status: int, remaining: int, total: int) -> None:
        os.fsync(handle)
        progress(_of(total - remaining, total, 0, _COPIED), _STEPS)

    return tell


def is_sound_database(connection: sqlite3.Connection, tell: Callable[[], None]) -> bool:
    """Say whether SQLite finds nothing wrong with a database; `tell` may raise `Cancelled` to end the search."""
    stopped = False

    def look() -> int:
        nonlocal stopped
        try:
            tell()
        except Cancelled:
            stopped = True
        return int(stopped)

    connection.set_progress_handler(look, INSTRUCTIONS_A_LOOK)
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        if stopped:
            raise Cancelled from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


def _contents(connection: sqlite3.Connection) -> _Contents:
    """Return the number of rows of every table, and the fingerprint of the state."""
    rows = {
        table: int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]) for table in _tables(connection)
    }
    return rows, _state(connection)


def _state(connection: sqlite3.Connection) -> str:
    """Return a fingerprint of everything the library holds: its last change, and what no history tells of."""
    digest = hashlib.sha256(repr(connection.execute("PRAGMA user_version").fetchone()).encode())
    digest.update(repr(connection.execute("SELECT max(seq) FROM history").fetchone()).encode())
    for table in _tables(connection):
        if table not in _IN_HISTORY:
            for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY 1, 2'):
                digest.update(repr(row).encode())
    return digest.hexdigest()


def _tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    )
    return [str(row[0]) for row in found]


def _data_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _of(done: int, total: int, start: int, end: int) -> int:
    return start + (end - start) * done // max(total, 1)
