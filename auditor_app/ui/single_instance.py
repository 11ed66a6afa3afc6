"""One window for a library: the second start brings the first window to the front and ends."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

if sys.platform == "win32":
    import ctypes

LOCK, ASKING = "window.lock", "window.raise"
LOOK_MS = 250
PATIENCE_SECONDS = 4.0
_PAUSE_SECONDS = 0.03


class Claim(Enum):
    """Whose a library is: ours now, another window's, or nobody's, for its folder takes no lock."""

    OURS = "ours"
    ANOTHERS = "anothers"
    NOBODYS = "nobodys"


class SingleInstance(QObject):
    """Hold the lock of a library's folder, and hear there of windows that were started after this one.

    They lay down a file; that it goes away is the answer. Nothing of this leaves the folder.
    """

    asked_for = Signal()
    """Somebody started the program again and wants to see this window."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = QLockFile(str(folder / LOCK))
        # A lock never gets old; it goes with its process, and Qt knows that one by its number and name.
        self._lock.setStaleLockTime(0)
        self._asking = folder / ASKING
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)

    def claim(self) -> Claim:
        """Take the lock if nobody has it; one that was left by a process of the same number is taken away."""
        if self._lock.isLocked() or self._take():
            return self._begin()
        if self._lock.error() is not QLockFile.LockError.LockFailedError:
            return Claim.NOBODYS
        if self._lock.removeStaleLockFile() and self._take():
            return self._begin()
        return Claim.ANOTHERS

    def call_other(self, seconds: float = PATIENCE_SECONDS) -> bool:
        """Ask the other window to come to the front, and say whether it heard that."""
        self._let_other_come()
        try:
            self._asking.touch(0o600)
            end = time.monotonic() + seconds
            while os.path.lexists(self._asking):
                if time.monotonic() > end:
                    self._asking.unlink(missing_ok=True)
                    return False
                time.sleep(_PAUSE_SECONDS)
        except OSError:
            return False
        return True

    def release(self) -> None:
        """Give the library back."""
        self._timer.stop()
        if self._lock.isLocked():
            self._lock.unlock()

    def _take(self) -> bool:
        """Take the lock; Qt names process and computer in the file, for anybody to read if the umask lets them."""
        before = os.umask(0o077)
        try:
            return self._lock.tryLock(0)
        finally:
            os.umask(before)

    def _begin(self) -> Claim:
        if not self._timer.isActive():
            with suppress(OSError):
                # Left by one that was ended while it waited.
                self._asking.unlink(missing_ok=True)
            self._timer.start()
        return Claim.OURS

    def _look(self) -> None:
        if not os.path.lexists(self._asking):
            return
        with suppress(OSError):
            self._asking.unlink()
            self.asked_for.emit()

    def _let_other_come(self) -> None:
        """Let the other process take the foreground, which Windows allows nobody by himself."""
        if sys.platform == "win32":
            known, process, _host, _name = self._lock.getLockInfo()
            if known:
                ctypes.windll.user32.AllowSetForegroundWindow(process)
