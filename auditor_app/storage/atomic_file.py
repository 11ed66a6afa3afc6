"""Files the program writes for others: whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.ids import new_id

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


class WriteProblem(EnvironmentProblem):
    """A file could not be written; what was there before is untouched."""

    section = "file_problem"


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file under a temporary name in its folder, sync it and rename it into place.

    Raises `EnvironmentProblem` and leaves what was there before.
    """
    if os.path.islink(path):
        path = path.resolve()
    if not os.path.isdir(path.parent):
        raise WriteProblem("file_folder_missing", path=path, folder=path.parent)
    # Replacing a device or a pipe would take it away from every other program.
    if os.path.exists(path) and not os.path.isfile(path):
        raise WriteProblem("file_not_regular", path=path)
    temporary = path.with_name(f".{new_id()}.tmp")
    try:
        _write_synced(temporary, data)
        os.replace(temporary, path)
    except OSError as error:
        raise WriteProblem(_code(error, complete=temporary.exists()), path=path) from error
    finally:
        temporary.unlink(missing_ok=True)


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _code(error: OSError, *, complete: bool) -> str:
    if error.errno in _FULL:
        return "file_disk_full"
    # Windows refuses to replace a file that another program holds open.
    return "file_in_use" if complete and isinstance(error, PermissionError) else "file_cannot_write"
