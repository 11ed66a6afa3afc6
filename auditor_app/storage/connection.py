"""Opening the database, for work or for reading only, and SQLite's refusals as problems with a name."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from auditor_app.models.errors import EnvironmentProblem, ValidationError
from auditor_app.models.progress import Progress, unwatched
from auditor_app.storage.folder_kind import FolderKind, folder_kind
from auditor_app.storage.looking import copied_to, is_better_alone
from auditor_app.storage.migration import APPLICATION_ID as APPLICATION_ID
from auditor_app.storage.migration import SCHEMA as SCHEMA
from auditor_app.storage.migration import SCHEMA_VERSION as SCHEMA_VERSION
from auditor_app.storage.migration import migrate, return_to_copy
from auditor_app.storage.untrusted import check_schema, distrust, is_damage
from auditor_app.storage.write_log import log_path

BUSY_SECONDS = 5.0
MOST_LOGGED = 3_000
"""Pages of the log after which an edit brings them into the database itself; before that a backup or closing does.

More would take long to look through when the next program starts after a kill.
"""

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
    sqlite3.SQLITE_TOOBIG: "library_damaged",
}


class Connection(sqlite3.Connection):
    """A connection that knows how it was opened."""

    is_read_only = False
    keeps_log = True
    """Whether write-ahead logging works where the library lies; else SQLite keeps its rollback journal."""
    _snapshot: Path | None = None

    def close(self) -> None:
        """Close, and remove the copy that was read."""
        super().close()
        if self._snapshot is not None:
            shutil.rmtree(self._snapshot, ignore_errors=True)


def connect(path: Path, progress: Progress = unwatched) -> Connection:
    """Open the library's database, make or migrate it, and return the connection; a migration tells the `progress`.

    Raises `EnvironmentProblem` when the file is newer than the program, foreign, damaged or out of reach.
    """
    with environment_problems(path):
        _make_private(path)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, factory=Connection)
        migrates, began = False, datetime.now()
        try:
            version = _checked_version(connection, path)
            # A log and its index are for one computer; what copies folders away may copy it without them. Where it
            # cannot work, SQLite stays with its rollback journal by itself: safe, slower.
            wanted = "WAL" if folder_kind(path.parent)[0] is FolderKind.LOCAL else "DELETE"
            mode = connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()[0]
            connection.keeps_log = mode == "wal"
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA wal_autocheckpoint = {MOST_LOGGED}")
            migrates = version < SCHEMA_VERSION
            if migrates:
                migrate(connection, path, progress)
        except BaseException:
            connection.close()
            if migrates:
                return_to_copy(path, began)
            raise
    return connection


def connect_read_only(path: Path) -> Connection:
    """Open a copy of the library as it is now, so that neither the file nor what lies beside it is touched.

    The copy is the owner's alone and goes when the connection is closed; one of an older schema is brought to the
    present one. Raises `EnvironmentProblem` as `connect` does.
    """
    with environment_problems(path):
        if not path.is_file():
            raise EnvironmentProblem("library_cannot_open", path=path)
        snapshot = Path(tempfile.mkdtemp(prefix="auditor-workbench-"))
        try:
            copy = copied_to(snapshot, path)
            if is_better_alone(path):
                log_path(copy).unlink()
            with closing(sqlite3.connect(copy, factory=Connection, isolation_level=None)) as preparing:
                if _checked_version(preparing, path) < SCHEMA_VERSION:
                    migrate(preparing, copy)
            reading_only = f"{copy.as_uri()}?mode=ro"
            connection = sqlite3.connect(reading_only, uri=True, isolation_level=None, factory=Connection)
        except BaseException:
            shutil.rmtree(snapshot, ignore_errors=True)
            raise
    connection.is_read_only = True
    connection._snapshot = snapshot
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
        if code is None and is_damage(error):
            code = "library_damaged"
        if code is None:
            raise
        # In a folder without write access SQLite cannot even make the files it needs to read.
        if code == "library_cannot_open" and path.exists() and not os.access(path.parent, os.W_OK):
            code = "library_read_only"
        raise EnvironmentProblem(code, path=path) from error
    except UnicodeDecodeError as error:
        # What SQLite says of a damaged schema names the damaged name.
        raise EnvironmentProblem("library_damaged", path=path) from error
    except OSError as error:
        raise EnvironmentProblem("library_cannot_open", path=path) from error


@contextmanager
def damage_told(path: Path) -> Iterator[None]:
    """Turn stored values that no program of ours can have written into an `EnvironmentProblem`."""
    try:
        yield
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError, ValidationError) as error:
        raise EnvironmentProblem("library_damaged", path=path) from error


def reading_only(path: Path) -> sqlite3.Connection:
    """Return a connection that only reads the library as it is; others may write to it meanwhile."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """Run several reads that see one state, whatever another window writes meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        # An error of the disk has ended it already.
        if connection.in_transaction:
            connection.execute("COMMIT")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run one write transaction: all of it reaches the disk, or none.

    Raises `EnvironmentProblem` where the library was opened for reading only.
    """
    if getattr(connection, "is_read_only", False):
        raise EnvironmentProblem("opened_read_only")
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, sqlite3.OperationalError):
            forget_refused(connection)
        raise


def forget_refused(connection: sqlite3.Connection) -> None:
    """Empty the log, for what could not be synced may lie in it whole: the next program would take it for stored."""
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _make_private(path: Path) -> None:
    """Make folder and file for the owner only; what was there before keeps its rights."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _checked_version(connection: sqlite3.Connection, path: Path) -> int:
    """Return the schema of a library, 0 for a new file; raises `EnvironmentProblem` for what is not ours to open."""
    distrust(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    # One state: another program may be bringing it to the present schema.
    with reading(connection):
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
        if application != APPLICATION_ID and not empty:
            raise EnvironmentProblem("library_foreign", path=path)
        if version > SCHEMA_VERSION:
            raise EnvironmentProblem("library_newer", path=path, version=version, known=SCHEMA_VERSION)
        if version < 0 or (version == 0 and not empty):
            # Tables and no version: the steps would make them a second time.
            raise EnvironmentProblem("library_damaged", path=path)
        if version > 0:
            check_schema(connection, path, version)
    return int(version)
