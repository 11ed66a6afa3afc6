"""The hooks, the failures and the log put together, for one run of the window."""

from __future__ import annotations

import logging
import platform
import re
import sqlite3
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from platformdirs import user_log_path
from PySide6 import QtCore
from PySide6.QtGui import QGuiApplication

from auditor_app import __version__
from auditor_app.failures.failures import Failures
from auditor_app.failures.hooks import CrashFile, Hooks
from auditor_app.failures.log import Recent
from auditor_app.models.events import LOGGER, note, safe_word
from auditor_app.session.qt_messages import QtMessages
from auditor_app.storage.atomic_file import write_atomically

# The log on the disk is opened once the window is filled, and its modules are imported no sooner.

FOLDER = "logs"
CRASH = "crash.txt"
A_LINE = 5

_NUMBERS = re.compile(r"\d+(\.\d+)*")


class Logbook:
    """Everything that is known of failures; files are written only between `install` and `close`."""

    def __init__(self, library: Path) -> None:
        self._library = library
        self._recent = Recent()
        self._tell: Callable[[str], None] = _nobody
        self._failures = Failures(lambda place: self._tell(place))
        self._hooks = Hooks(self._failures.take)
        self._messages = QtMessages()
        self._crash: CrashFile | None = None
        self._last_words: list[str] = []
        self._file: logging.Handler | None = None
        self._folder: Path | None = None
        self._is_installed = False
        self.counts: Callable[[], Mapping[str, int]] = dict
        """How many audits and rows there are, asked for on the window's thread."""

    @property
    def folder(self) -> Path | None:
        """Return the folder of the log, None while there is none."""
        return self._folder

    def install(self, tell: Callable[[str], None]) -> None:
        """Hear of every failure from now on; `tell` gets the place of each, on the thread that failed."""
        self._tell = tell
        self._recent.attach()
        self._hooks.install()
        self._messages.install()
        self._is_installed = True
        note("started", version=__version__, python=platform.python_version(), system=sys.platform)

    def watch(self) -> bool:
        """Have this run leave its last words if it dies at once; say whether the run before did so.

        Only the one window of a library may do this, or it would take the file of the other.
        """
        folder = self._made_folder()
        if folder is None:
            return False
        self._crash = CrashFile(folder / CRASH)
        self._last_words = self._crash.left_behind()
        self._crash.open()
        if self._last_words:
            lines = "\n".join(f"  {line}" for line in self._last_words)
            logging.getLogger(LOGGER).error("the run before died\n%s", lines)
        return bool(self._last_words)

    def open_file(self) -> None:
        """Write the log to the disk from now on, with all that was noted before."""
        folder = self._made_folder()
        if self._file is not None or folder is None:
            return
        from auditor_app.failures.log_file import LogFile

        try:
            self._file = LogFile(folder)
        except OSError:
            return
        self._recent.hand_over(self._file)

    def close(self) -> None:
        """Note the end and give everything back."""
        if not self._is_installed:
            return
        self._is_installed = False
        note("closed", failures=self._failures.total)
        self._failures.close()
        self.open_file()
        self._messages.remove()
        self._hooks.remove()
        self._tell = _nobody
        if self._crash is not None:
            self._crash.close()
        self._recent.detach()
        if self._file is not None:
            logging.getLogger(LOGGER).removeHandler(self._file)
            # On a full disk only the last lines of the log are lost.
            with suppress(OSError):
                self._file.close()

    def report(self) -> str:
        """Return the report of this run, as text of several lines."""
        return "\n".join(
            [
                f"Auditor workbench {__version__}, report of {datetime.now().astimezone():%Y-%m-%d %H:%M:%S %z}",
                f"Python {platform.python_version()}, Qt {QtCore.qVersion()}, PySide {_pyside()}, "
                f"SQLite {sqlite3.sqlite_version}",
                f"System {_system()}, {QGuiApplication.platformName()}",
                *_section("Counts", self._counted()),
                *_section("The run before died", self._last_words),
                *_section("Failures", self._failures.lines() or ["none"]),
                *_section("Done last", self._recent.lines()),
                "",
            ]
        )

    def save_report(self, text: str, target: Path) -> None:
        """Write a report to a file for others; raises `EnvironmentProblem`."""
        write_atomically(target, text.encode())

    def save_log(self, text: str, target: Path) -> None:
        """Write a report and the log to a zip for others; raises `EnvironmentProblem`."""
        from auditor_app.failures.log_file import logs_in, zipped

        write_atomically(target, zipped(text, logs_in(self._folder) if self._folder else ()))

    def _counted(self) -> list[str]:
        try:
            counts = [f"{safe_word(name)} {number:d}" for name, number in self.counts().items()]
        except Exception:
            # The report tells of what is broken; it must not break with it.
            return ["unknown"]
        return [", ".join(counts[start : start + A_LINE]) for start in range(0, len(counts), A_LINE)]

    def _made_folder(self) -> Path | None:
        if self._folder is None:
            candidates = (self._library / FOLDER, user_log_path("auditor-workbench", appauthor=False))
            self._folder = next(filter(_is_made, candidates), None)
        return self._folder


def _is_made(folder: Path) -> bool:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / ".probe"
        probe.touch(mode=0o600)
        probe.unlink()
    except OSError:
        return False
    return True


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", f"{title}:", *(f"  {line}" for line in lines)] if lines else []


def _pyside() -> str:
    # Not from the metadata of the package: what reads them brings along mail and sockets.
    return str(getattr(QtCore, "__version__", "?"))


def _system() -> str:
    # Only the numbers: whoever built the system may have put a name behind them.
    numbers = _NUMBERS.match(platform.release())
    build = platform.version() if sys.platform == "win32" else ""
    return " ".join(filter(None, (sys.platform, numbers[0] if numbers else "", build, platform.machine())))


def _nobody(_place: str) -> None:
    """Tell nobody."""
