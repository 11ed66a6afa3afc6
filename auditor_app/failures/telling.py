"""An exception told without its message: what kind, and where in the program; no value of anything.

Messages, notes, arguments and local variables may hold names, findings and paths of the auditee. Kinds, codes of our
own errors, names of system errors, functions and lines of the program hold none.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

from auditor_app.models.errors import AuditorError

PROGRAM = Path(__file__).resolve().parents[2]
"""The folder that holds the package."""
MOST_FRAMES = 40
MOST_EXCEPTIONS = 12

_PACKAGES = ("site-packages", "dist-packages")
_STDLIB = Path(os.__file__).parent
_NAME = re.compile(r"[A-Za-z_][\w.<>]{0,119}", re.ASCII)
_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
_SQLITE = re.compile(r"SQLITE_[A-Z_]{1,40}")
_FROZEN = re.compile(r"<(frozen [A-Za-z_][\w.]{0,80}|string|stdin)>", re.ASCII)
_PART = re.compile(r"[\w.+-]{1,60}", re.ASCII)


def told(error: BaseException, trace: TracebackType | None = None) -> list[str]:
    """Return an exception with what led to it, line by line: kinds, and the stack from the outside in."""
    return list(_told(error, trace or error.__traceback__, 0, _Budget()))


def place_of(error: BaseException, trace: TracebackType | None = None) -> str:
    """Return kind and innermost place on one line; the same place is the same failure."""
    frames = list(_frames(trace or error.__traceback__))
    return f"{kind_of(error)} at {frames[-1]}" if frames else kind_of(error)


def kind_of(error: BaseException) -> str:
    """Return the type of an exception, and the code of one that has a code of the program or of the system."""
    kind = type(error)
    module = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    name = _safe(f"{module}{kind.__qualname__}", _NAME)
    code = _code(error)
    return f"{name} ({code})" if code else name


def safe_path(name: str) -> str:
    """Return the path of a source file as the program knows it, without the folders it is installed in."""
    if _FROZEN.fullmatch(name):
        return name
    path = Path(name)
    parts = path.parts
    for folder in _PACKAGES:
        if folder in parts:
            return _joined(parts[len(parts) - parts[::-1].index(folder) :])
    if path.is_relative_to(PROGRAM):
        return _joined(path.relative_to(PROGRAM).parts)
    if path.is_relative_to(_STDLIB):
        return _joined(("python", *path.relative_to(_STDLIB).parts))
    # A built program names its files relative to nothing.
    return _joined(parts) if parts[:1] == ("auditor_app",) else "elsewhere"


def safe_name(name: str) -> str:
    """Return the name of a function or type, or "?" for what is none of a program."""
    return _safe(name, _NAME)


class _Budget:
    """How many exceptions may still be told; a chain may be a ring."""

    def __init__(self) -> None:
        self.seen: set[int] = set()

    def takes(self, error: BaseException) -> bool:
        if id(error) in self.seen or len(self.seen) >= MOST_EXCEPTIONS:
            return False
        self.seen.add(id(error))
        return True


def _told(error: BaseException, trace: TracebackType | None, depth: int, budget: _Budget) -> Iterator[str]:
    if not budget.takes(error):
        yield f"{'  ' * depth}…"
        return
    indent = "  " * depth
    yield indent + kind_of(error)
    frames = list(_frames(trace))
    left_out = len(frames) - MOST_FRAMES
    if left_out > 0:
        frames[MOST_FRAMES // 2 : -MOST_FRAMES // 2] = [f"… {left_out} more"]
    yield from (f"{indent}  {frame}" for frame in frames)
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield f"{indent}  one of {len(error.exceptions)}:"
            yield from _told(inner, inner.__traceback__, depth + 2, budget)
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield f"{indent}because of" if error.__cause__ else f"{indent}while handling"
        yield from _told(before, before.__traceback__, depth, budget)


def _frames(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f"{safe_path(code.co_filename)}:{trace.tb_lineno} in {safe_name(code.co_qualname)}"
        trace = trace.tb_next


def _code(error: BaseException) -> str:
    if isinstance(error, AuditorError):
        return _safe(error.code, _CODE)
    if isinstance(error, OSError):
        return errno.errorcode.get(error.errno or 0, "")
    # An error of SQLite; nothing but the storage knows its types.
    name = getattr(error, "sqlite_errorname", "")
    return _safe(name, _SQLITE) if name else ""


def _safe(text: object, pattern: re.Pattern[str]) -> str:
    return text if isinstance(text, str) and pattern.fullmatch(text) else "?"


def _joined(parts: Iterable[str]) -> str:
    return "/".join(_safe(part, _PART) for part in parts)
