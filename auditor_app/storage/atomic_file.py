"""Files the program writes for others: whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.ids import new_id
from auditor_app.storage.fragments import RENAMES_OPEN_FILES, new_fragment, sweep

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_BUSY = {errno.EBUSY, errno.ETXTBSY}
_WINDOWS_NAME = {123: "file_name_not_possible", 206: "file_name_too_long"}


def check_target(path: Path) -> None:
    """Raise `EnvironmentProblem` for a target that cannot be written, before work goes into the file."""
    try:
        if path.is_dir():
            raise EnvironmentProblem("file_is_folder", **_names(path))
        if not path.parent.is_dir():
            raise EnvironmentProblem("file_folder_missing", **_names(path))
        # Replacing a device or a pipe would take it away from every other program.
        if path.exists() and not path.is_file():
            raise EnvironmentProblem("file_not_regular", **_names(path))
    except OSError as error:
        raise problem_of(error, path) from error


def write_atomically(path: Path, data: bytes, *, synced: bool = True, private: bool = False) -> None:
    """Write to a temporary name in the same folder, sync it, and rename it over the target.

    What may be lost, such as a cache, need not be `synced`: hundreds of such files would take long. A `private` file is
    the program's own, for its owner only; others get the rights that files have on this computer. Raises
    `EnvironmentProblem`; the file that was there is then untouched and nothing is left beside it.
    """
    with replaced_atomically(path, synced=synced, private=private) as file:
        file.write(data)


@contextlib.contextmanager
def replaced_atomically(path: Path, *, synced: bool = True, private: bool = False) -> Iterator[BinaryIO]:
    """Give a file to write to, which takes the place of the target when the block ends without an exception.

    Raises as `write_atomically` does. After any other exception of the block, such as `Cancelled`, the target is
    untouched and nothing is left beside it too.
    """
    check_target(path)
    # `os.path.islink` says no where `Path.is_symlink` raises.
    path = path.resolve() if os.path.islink(path) else path
    temporary = path.with_name(f".{new_id()}.tmp")
    complete = False
    if synced:
        # What a program that was killed left here.
        sweep(path.parent)
    try:
        with new_fragment(temporary, 0o600 if private else 0o666) as file:
            yield file
            file.flush()
            if synced:
                os.fsync(file.fileno())
            if not RENAMES_OPEN_FILES:
                file.close()
            complete = True
            os.replace(temporary, path)
    except OSError as error:
        raise problem_of(error, path, replacing=complete) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    if synced:
        sync_folder(path.parent)


@contextlib.contextmanager
def all_or_none() -> Iterator[list[Path]]:
    """Give a list for the new files of a block; they are removed when it ends with an exception."""
    made: list[Path] = []
    try:
        yield made
    except BaseException:
        for path in made:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise


def for_owner(path: str, flags: int) -> int:
    """Open a file as `open(..., opener=for_owner)`: a new one is for its owner only, whatever the umask."""
    return os.open(path, flags, 0o600)


def problem_of(error: OSError, path: Path, *, replacing: bool = False) -> EnvironmentProblem:
    """Return the problem an error of the system means; `replacing` when the new file is complete."""
    return EnvironmentProblem(_code(error, replacing), reason=error.strerror or str(error), **_names(path))


@contextlib.contextmanager
def temporary_problems() -> Iterator[None]:
    """Turn what the system says about temporary files into `EnvironmentProblem` while something is made in them."""
    try:
        yield
    except OSError as error:
        code = "temporary_full" if error.errno in _FULL else "temporary_refused"
        folder = tempfile.tempdir or tempfile.gettempprefix()
        raise EnvironmentProblem(code, folder=folder, reason=error.strerror or str(error)) from error


def _code(error: OSError, replacing: bool) -> str:
    windows = getattr(error, "winerror", None)
    if windows in _WINDOWS_NAME:
        return _WINDOWS_NAME[windows]
    if error.errno in _FULL:
        return "file_disk_full"
    if error.errno == errno.ENAMETOOLONG:
        return "file_name_too_long"
    # Windows refuses to replace a file that another program holds open.
    if replacing and error.errno in _DENIED | _BUSY:
        return "file_in_use"
    if error.errno in _DENIED:
        return "file_folder_read_only"
    if error.errno == errno.EISDIR:
        return "file_is_folder"
    return "file_folder_missing" if error.errno in (errno.ENOENT, errno.ENOTDIR) else "file_cannot_write"


def _names(path: Path) -> dict[str, object]:
    return {"name": path.name, "folder": str(path.parent)}


def sync_folder(folder: Path) -> None:
    """Make the rename itself durable where the system can open a folder; Windows cannot."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
