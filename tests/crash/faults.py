"""Faults beneath a program: a small library between it and the file system, steered through memory they share."""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("faults.c")
LOGGED, NAME = 16384, 60
CONTROL = "FAULTS_CONTROL"


class Call(IntEnum):
    """What a program asks the file system for; the numbers are those of faults.c."""

    OPEN = 0
    LOOK = 1
    READ = 2
    WRITE = 3
    SYNC = 4
    TRUNCATE = 5
    RENAME = 6
    REMOVE = 7
    FOLDER = 8


class Act(IntEnum):
    """What happens at a call: it fails, half of it is done, half and then failure, or the process dies."""

    FAIL = 0
    SHORT = 1
    TORN = 2
    DIE_BEFORE = 3
    DIE_HALFWAY = 4
    DIE_AFTER = 5


class _State(IntEnum):
    OFF = 0
    COUNTING = 1
    AT_WORK = 2


@dataclass(frozen=True)
class Kind:
    """A kind of fault: what happens, the error that is given for it, and the calls it can befall."""

    name: str
    act: Act
    calls: tuple[Call, ...]
    error: int = 0

    @property
    def is_deadly(self) -> bool:
        """Say whether it ends the process."""
        return self.act >= Act.DIE_BEFORE


_GROWING = (Call.OPEN, Call.WRITE, Call.SYNC, Call.TRUNCATE, Call.RENAME, Call.FOLDER)
_WRITING = (*_GROWING, Call.REMOVE)

FAULTS = (
    Kind("disk full", Act.FAIL, _GROWING, errno.ENOSPC),
    Kind("quota used up", Act.FAIL, _GROWING, errno.EDQUOT),
    Kind("disk fails", Act.FAIL, _WRITING, errno.EIO),
    Kind(
        "read-only",
        Act.FAIL,
        (Call.OPEN, Call.WRITE, Call.TRUNCATE, Call.RENAME, Call.REMOVE, Call.FOLDER),
        errno.EROFS,
    ),
    Kind("not allowed", Act.FAIL, (Call.OPEN, Call.RENAME, Call.REMOVE, Call.FOLDER), errno.EACCES),
    Kind("busy", Act.FAIL, (Call.RENAME, Call.REMOVE), errno.EBUSY),
    Kind("too many files", Act.FAIL, (Call.OPEN, Call.LOOK), errno.EMFILE),
    Kind("short write", Act.SHORT, (Call.WRITE,)),
    Kind("full halfway", Act.TORN, (Call.WRITE,), errno.ENOSPC),
    Kind("fails halfway", Act.TORN, (Call.WRITE,), errno.EIO),
    Kind("unreadable", Act.FAIL, (Call.READ,), errno.EIO),
)
"""Every kind of fault that a disk has in store for a program that lives on."""

DEATHS = (
    Kind("killed before", Act.DIE_BEFORE, _WRITING),
    Kind("killed halfway", Act.DIE_HALFWAY, (Call.WRITE,)),
    Kind("killed after", Act.DIE_AFTER, _WRITING),
)
"""Every way to end a program at a write."""


class _Logged(ctypes.Structure):
    _fields_ = (("call", ctypes.c_uint32), ("name", ctypes.c_char * NAME))


class _Control(ctypes.Structure):
    _fields_ = (
        ("state", ctypes.c_uint32),
        ("at", ctypes.c_uint32),
        ("is_lasting", ctypes.c_uint32),
        ("act", ctypes.c_uint32),
        ("error", ctypes.c_uint32),
        ("calls", ctypes.c_uint32),
        ("count", ctypes.c_uint32),
        ("hits", ctypes.c_uint32),
        ("folder", ctypes.c_char * 512),
        ("log", _Logged * LOGGED),
    )


class Faults:
    """The faults of one program, steered from itself or from another process."""

    def __init__(self, control: Path) -> None:
        """Steer through this file, which is made where it is missing."""
        self._path = control
        with control.open("a+b") as file:
            file.truncate(ctypes.sizeof(_Control))
            self._memory = mmap.mmap(file.fileno(), ctypes.sizeof(_Control))
        self._control = _Control.from_buffer(self._memory)

    @property
    def hits(self) -> int:
        """Return how many calls were harmed since the faults were set."""
        return int(self._control.hits)

    @property
    def log(self) -> list[tuple[Call, str]]:
        """Return the calls since then with the names of their files."""
        seen = self._control.log[: min(self._control.count, LOGGED)]
        return [(Call(entry.call), entry.name.decode("utf-8", "replace")) for entry in seen]

    @contextmanager
    def counting(self, folder: Path) -> Iterator[None]:
        """Log the calls below a folder and let them through."""
        self._set(_State.COUNTING, folder, tuple(Call))
        try:
            yield
        finally:
            self.lift()

    def strike(self, folder: Path, kind: Kind, at: int, *, is_lasting: bool) -> None:
        """Have the call of this number below a folder harmed, or all from there on; the first has the number 1."""
        self._control.at, self._control.is_lasting = at, is_lasting
        self._control.act, self._control.error = kind.act, kind.error
        self._set(_State.AT_WORK, folder, kind.calls)

    def lift(self) -> None:
        """Let every call through again."""
        self._control.state = _State.OFF

    def _set(self, state: _State, folder: Path, calls: tuple[Call, ...]) -> None:
        self.lift()
        ctypes.memset(ctypes.addressof(self._control.log), 0, ctypes.sizeof(self._control.log))
        self._control.count = self._control.hits = 0
        self._control.calls = sum(1 << call for call in calls)
        self._control.folder = str(folder.resolve()).encode()
        self._control.state = state


def compiled(folder: Path) -> Path:
    """Compile the library into a folder; raises `CalledProcessError`."""
    library = folder / "faults.so"
    command = ["cc", "-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-o", str(library), str(SOURCE), "-ldl"]
    subprocess.run(command, check=True)
    return library


def environment(library: Path, control: Path) -> dict[str, str]:
    """Return what a process needs in its environment so that faults can befall it."""
    return {**os.environ, "LD_PRELOAD": str(library), CONTROL: str(control)}


def missing() -> str:
    """Return why faults cannot be put beneath a program here, empty where they can."""
    if sys.platform != "linux":
        return "needs Linux"
    return "" if shutil.which("cc") else "needs a C compiler called cc"


def need_compiler() -> None:
    """Skip the test where there is no compiler; where one is required, fail."""
    reason = missing()
    if reason and os.environ.get("REQUIRE_COMPILER") == "1":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
