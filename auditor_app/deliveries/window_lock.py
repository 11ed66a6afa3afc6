"""The lock that a window holds on the library it has open, for commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QLockFile

LOCK = "window.lock"


def window_lock(folder: Path) -> QLockFile:
    """Return the lock of a library's folder, not taken yet; it never gets old."""
    # Qt is imported only where it is needed.
    from PySide6.QtCore import QLockFile

    lock = QLockFile(str(folder / LOCK))
    lock.setStaleLockTime(0)
    return lock


def is_held_by_another(lock: QLockFile, milliseconds: int) -> bool:
    """Try that long to take a lock, and say whether a window has it.

    A folder that cannot be written has no lock, and no window that writes.
    """
    return not lock.tryLock(milliseconds) and lock.error() is type(lock).LockError.LockFailedError
