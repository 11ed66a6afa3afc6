"""Opening the database: pragmas, schema steps, and SQLite's refusals as problems with a name."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.progress import Progress, unwatched
from auditor_app.storage import steps

APPLICATION_ID = 0x41574231  # "AWB1"
SCHEMA = Path(__file__).parent / "schema"
SCHEMA_VERSION = 3
BUSY_SECONDS = 5.0

_PROBLEMS = {
    sqlite3.SQLITE_BUSY: "library_busy",
    sqlite3.SQLITE_LOCKED: "library_busy",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_READONLY: "library_read_only",
    sqlite3.SQLITE_IOERR: "library_io",
    # The index of the write-ahead log found no room.
    sqlite3.SQLITE_IOERR_SHMSIZE: "disk_full",
    sqlite3.SQLITE_CANTOPEN: "library_cannot_open",
    sqlite3.SQLITE_PERM: "library_read_only",
    sqlite3.SQLITE_CORRUPT: "library_damaged",
    sqlite3.SQLITE_NOTADB: "library_damaged",
}


def connect(path: Path, progress: Progress = unwatched) -> sqlite3.Connection:
    """Open the library's database, make or migrate it, and return the connection; a long migration tells `progress`.

    Raises `EnvironmentProblem` when the file is newer than the program, foreign, damaged or out of reach.
    """
    with environment_problems(path):
        _make_private(path)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            _prepare(connection, path, progress)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def environment_problems(path: Path) -> Iterator[None]:
    """Turn what the file system or SQLite refuses into an `EnvironmentProblem` that names the file."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        number = getattr(error, "sqlite_errorcode", None) or 0
        code = _PROBLEMS.get(number) or _PROBLEMS.get(number & 0xFF)
        if code is None:
            raise
        # In a folder without write access SQLite cannot even make the files it needs to read.
        if code == "library_cannot_open" and path.exists() and not os.access(path.parent, os.W_OK):
            code = "library_read_only"
        raise EnvironmentProblem(code, path=path) from error
    except OSError as error:
        raise EnvironmentProblem("library_cannot_open", path=path) from error


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """Run several reads that see one state, whatever another window writes meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run one write transaction: all of it reaches the disk, or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _make_private(path: Path) -> None:
    """Make folder and file for the owner only; what was there before keeps its rights."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _prepare(connection: sqlite3.Connection, path: Path, progress: Progress) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if application != APPLICATION_ID and not empty:
        raise EnvironmentProblem("library_foreign", path=path)
    if version > SCHEMA_VERSION:
        raise EnvironmentProblem("library_newer", path=path, version=version, known=SCHEMA_VERSION)
    # Where write-ahead logging cannot work (network folder), SQLite stays with its rollback journal: safe, slower.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    if version < SCHEMA_VERSION:
        _migrate(connection, path, progress)


def _migrate(connection: sqlite3.Connection, path: Path, progress: Progress = unwatched) -> None:
    with transaction(connection):
        # Asked anew: another window may have made the same step while this one waited for its turn.
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if 0 < version < SCHEMA_VERSION:
            _keep_copy(path, version)
        for step in range(version + 1, SCHEMA_VERSION + 1):
            for statement in _statements((SCHEMA / f"{step:04d}.sql").read_text("utf-8")):
                connection.execute(statement)
            if step in steps.AFTER:
                steps.AFTER[step](connection, progress)
            connection.execute(f"PRAGMA user_version = {step}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _keep_copy(path: Path, version: int) -> None:
    """Copy the library as it is before its schema changes, and check the copy; it is never overwritten."""
    copy_path = path.with_name(f"{path.stem}-schema{version}-{datetime.now():%Y%m%d-%H%M%S-%f}{path.suffix}")
    os.close(os.open(copy_path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    is_whole = False
    # A connection of its own: SQLite does not copy through one that is about to write.
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy_path)) as copy:
        try:
            source.backup(copy)
            # The copy is one file that any program may read, not a log beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
            is_whole = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        finally:
            if not is_whole:
                copy.close()
                copy_path.unlink(missing_ok=True)
    if not is_whole:
        raise EnvironmentProblem("library_damaged", path=path)


def _statements(script: str) -> Iterator[str]:
    # executescript() would commit the open transaction, so the script is cut where SQLite says a statement ends.
    pending = ""
    for line in re.sub(r"^--.*$", "", script, flags=re.MULTILINE).splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""
