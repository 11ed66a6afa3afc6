"""Every way in which Python says that nobody caught an exception, and the way in which it says that it dies."""

from __future__ import annotations

import faulthandler
import os
import re
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from auditor_app.failures.telling import safe_name, safe_path

Take = Callable[[BaseException, TracebackType | None], None]

LARGEST_DUMP = 200_000
MOST_DUMP_LINES = 200

_FRAME = re.compile(r'  File "(.*)", line (\d+) in (\S+)')
_THREAD = re.compile(r"(Current thread|Thread) 0x[0-9a-f]+.*\(most recent call first\):")
_FATAL = re.compile(r"(Fatal Python error|Windows fatal exception): ([A-Za-z0-9_ .,()-]{1,120})")


class Hooks:
    """The hooks of this process, given back when they are removed."""

    def __init__(self, take: Take) -> None:
        """`take` gets every exception with its stack, on the thread it ended."""
        self._take = take
        self._before: tuple[Any, Any, Any] | None = None

    def install(self) -> None:
        """Hear of every exception that nobody catches, on whatever thread."""
        self._before = sys.excepthook, threading.excepthook, sys.unraisablehook
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread
        sys.unraisablehook = self._on_unraisable

    def remove(self) -> None:
        """Give the hooks back."""
        if self._before is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
            self._before = None

    def _on_exception(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        self._take(error if error is not None else kind(), trace)
        if sys.flags.dev_mode:
            # Who develops the program wants the message too; on the screen only.
            sys.__excepthook__(kind, error or kind(), trace)

    def _on_thread(self, args: threading.ExceptHookArgs) -> None:
        if not issubclass(args.exc_type, SystemExit):
            self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)

    def _on_unraisable(self, args: sys.UnraisableHookArgs) -> None:
        # While the interpreter ends, objects go in any order and nobody waits for them.
        if not sys.is_finalizing():
            self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)


class CrashFile:
    """A file that stays empty unless the process dies at once (segmentation fault, abort); the next start reads it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIO | None = None

    def left_behind(self) -> list[str]:
        """Return what the run before wrote as it died, without folders; nothing when it did not die that way."""
        try:
            with self._path.open(encoding="utf-8", errors="replace") as file:
                lines = file.read(LARGEST_DUMP).splitlines()
        except OSError:
            return []
        return [safe for safe in map(_safe_line, lines) if safe][:MOST_DUMP_LINES]

    def open(self) -> None:
        """Have Python write here when it dies; a place that cannot be written is done without."""
        with suppress(OSError):
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            self._file = os.fdopen(handle, "w", encoding="utf-8")
            faulthandler.enable(self._file, all_threads=True)

    def close(self) -> None:
        """Take the file away: this run ends as it should."""
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None
            with suppress(OSError):
                self._path.unlink()


def _safe_line(line: str) -> str:
    """Return one line of a dump by its form; every other text is left out."""
    if match := _FRAME.fullmatch(line):
        return f"  {safe_path(match[1])}:{match[2]} in {safe_name(match[3])}"
    if match := _THREAD.fullmatch(line):
        return match[1].lower()
    return f"{match[1]}: {match[2]}" if (match := _FATAL.fullmatch(line)) else ""
