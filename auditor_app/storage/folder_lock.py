"""A lock on a folder that ends with the process, however it ends."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


FILE_NAME = ".lock"
_HELD = {errno.EAGAIN, errno.EACCES, errno.EDEADLK}


def _is_free(handle: int) -> bool:
    try:
        _lock(handle)
    except OSError as error:
        return error.errno not in _HELD
    return True


@contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Hold the lock of a folder while the block runs, and say whether it was free.

    Raises `OSError` where the lock file cannot be made. A file system that knows no locks lets everybody have it.
    """
    handle = os.open(folder / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _is_free(handle)
    finally:
        # Closing gives the lock back.
        os.close(handle)
