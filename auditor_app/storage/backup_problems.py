"""What the system or SQLite refuses while backups are made, read and restored, as problems with a name."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from auditor_app.models.errors import EnvironmentProblem
from auditor_app.storage.untrusted import is_damage

_OF_SYSTEM = {
    errno.ENOSPC: "disk_full",
    getattr(errno, "EDQUOT", errno.ENOSPC): "disk_full",
    errno.EACCES: "not_writable",
    errno.EPERM: "not_writable",
    errno.EROFS: "not_writable",
}
_OF_SQLITE = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_CORRUPT: "library_damaged",
    sqlite3.SQLITE_NOTADB: "library_damaged",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_READONLY: "not_writable",
    sqlite3.SQLITE_PERM: "not_writable",
}
# A library of any schema has what is asked for.
_NO_LIBRARY = ("no such table", "no such column")
_OF_FILES = {"disk_full": "disk_full", "file_disk_full": "disk_full", "file_folder_read_only": "not_writable"}


class BackupProblem(EnvironmentProblem):
    """Why a backup could not be made, read or restored; what was there before is untouched."""

    section = "backup_problem"


@contextmanager
def backup_read(path: Path) -> Iterator[None]:
    """Turn what reading a backup meets into a `BackupProblem` that names it: damaged, or not readable at the moment."""
    try:
        yield
    except (sqlite3.DatabaseError, OSError) as error:
        if isinstance(error, sqlite3.DatabaseError) and (is_damage(error) or str(error).startswith(_NO_LIBRARY)):
            raise BackupProblem("backup_damaged", name=path.name) from error
        reason = getattr(error, "strerror", None) or str(error)
        raise BackupProblem("backup_unreadable", name=path.name, reason=reason) from error
    except ValueError as error:
        # What no program of ours can have written.
        raise BackupProblem("backup_damaged", name=path.name) from error


@contextmanager
def backup_problems(folder: Path) -> Iterator[None]:
    """Turn what the system, SQLite or the writing of files refuses into a `BackupProblem` that names the folder."""
    try:
        yield
    except BackupProblem:
        raise
    except sqlite3.DatabaseError as error:
        number = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        raise BackupProblem(_OF_SQLITE.get(number, "failed"), folder=folder, reason=str(error)) from error
    except UnicodeDecodeError as error:
        # What SQLite says of a damaged schema names the damaged name.
        raise BackupProblem("library_damaged", folder=folder, reason=error.reason) from error
    except OSError as error:
        code = _OF_SYSTEM.get(error.errno or 0, "failed")
        raise BackupProblem(code, folder=folder, reason=error.strerror or str(error)) from error
    except EnvironmentProblem as error:
        if error.code == "library_altered":
            # Nothing refused: somebody put something into it.
            raise
        code, reason = _OF_FILES.get(error.code, "failed"), error.params.get("reason", error.code)
        raise BackupProblem(code, folder=folder, reason=reason) from error
