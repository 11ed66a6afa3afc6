"""Put a finished file in its place whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from auditor_app.report.problems import ReportProblem, problem_of


def check_target(path: Path) -> None:
    """Raise `ReportProblem` for a target that cannot be written, before work goes into the file."""
    names: dict[str, object] = {"name": path.name, "folder": str(path.parent)}
    try:
        if path.is_dir():
            raise ReportProblem("path_is_folder", **names)
        if not path.parent.is_dir():
            raise ReportProblem("folder_missing", **names)
        # Replacing a device or a pipe would take it away from every other program.
        if path.exists() and not path.is_file():
            raise ReportProblem("not_a_file", **names)
    except OSError as error:
        raise problem_of(error, path) from error


def publish(content: bytes, path: Path) -> None:
    """Write to a temporary name in the same folder, sync, and rename over the target.

    Raises `ReportProblem`; the file that was there is then untouched and nothing is left beside it.
    """
    # `os.path.islink` says no where `Path.is_symlink` raises.
    path = path.resolve() if os.path.islink(path) else path
    temporary = path.parent / f".{secrets.token_hex(8)}.tmp"
    complete = False
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        complete = True
        os.replace(temporary, path)
    except OSError as error:
        raise problem_of(error, path, replacing=complete) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable where the system can open a folder; Windows cannot."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
