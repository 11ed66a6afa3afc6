"""Files that are being written: held while they are, and cleared away when the program that wrote them was killed."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    RENAMES_OPEN_FILES = False

    def _hold(_handle: int) -> bool:
        # Nobody can take away a file that is open.
        return True

    def _remove_unheld(path: Path) -> None:
        path.unlink()

else:
    import fcntl

    RENAMES_OPEN_FILES = True

    def _hold(handle: int) -> bool:
        """Hold an open file until it is closed, and say whether it still has its name."""
        # Some file systems know no locks.
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        return os.fstat(handle).st_nlink > 0

    def _remove_unheld(path: Path) -> None:
        with path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            except OSError:
                # One that rests this long is given up.
                if time.time() - os.fstat(file.fileno()).st_mtime < _GIVEN_UP_SECONDS:
                    return
            path.unlink()


_NAME = re.compile(r"\.incoming-[0-9a-f-]{36}\.part|\.[0-9a-f-]{36}\.tmp")
_GIVEN_UP_SECONDS = 3600


def new_fragment(path: Path, mode: int = 0o666, buffering: int = -1) -> BinaryIO:
    """Make a file under a name that `sweep` knows and hold it for as long as it is open; raises `OSError`."""

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags, mode)

    while True:
        file = open(path, "x+b", buffering=buffering, opener=opener)  # noqa: SIM115
        if _hold(file.fileno()):
            return file
        # Swept in the moment between its making and holding.
        file.close()


def sweep(*folders: Path) -> None:
    """Take away the fragments in these folders that no program holds; what cannot be taken away stays."""
    for folder in folders:
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if _NAME.fullmatch(entry.name):
                    with contextlib.suppress(OSError):
                        if entry.is_file(follow_symlinks=False):
                            _remove_unheld(Path(entry.path))
