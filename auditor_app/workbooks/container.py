"""The parts of a workbook file, read within bounds: what comes from outside may be made to exhaust the reader."""

from __future__ import annotations

import lzma
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Protocol
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from auditor_app.models.progress import Progress, unwatched
from auditor_app.workbooks.problems import WorkbookProblem, damaged


@dataclass(frozen=True)
class Bounds:
    """How large a workbook may be, in bytes; `together`, `read` and `part` are of unpacked parts.

    `together` counts what the file says of all its parts, `read` what is really unpacked, and `part` is for each. A
    part of more than `small` bytes may be at most `times` larger than packed. With `exact` nothing may stand before,
    between or behind the parts where another reader could find other ones.
    """

    file: int
    parts: int
    read: int
    part: int
    together: int | None = None
    times: int | None = None
    small: int = 4 * 1024 * 1024
    exact: bool = False


OF_REPORTS = Bounds(
    file=256 * 1024 * 1024,
    parts=10_000,
    together=512 * 1024 * 1024,
    read=48 * 1024 * 1024,
    part=48 * 1024 * 1024,
    times=400,
    exact=True,
)
"""Pictures count together only; text of spreadsheets shrinks to a twentieth."""

UNBOUNDED = Bounds(file=2**62, parts=2**62, read=2**62, part=2**62)
"""For what this program wrote itself."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_IS_ENCRYPTED = 0x1
# What foreign bytes make the readers of zips raise.
_BROKEN = (
    *(BadZipFile, LargeZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, LookupError),
    *(zlib.error, lzma.LZMAError, struct.error, OverflowError, MemoryError, AttributeError),
)
# Compressed already: to try it again takes long and gains nothing.
_PICTURES = "xl/media/"


class Parts(Protocol):
    """What is read of a workbook."""

    def __contains__(self, name: str, /) -> bool: ...

    def read(self, name: str, /) -> bytes:
        """Return the content of a part; raises `WorkbookProblem`."""


class Container:
    """The parts of one workbook by name, in any case; only what is asked for is unpacked."""

    def __init__(self, content: bytes, bounds: Bounds = OF_REPORTS) -> None:
        """Look at the directory of the file; raises `WorkbookProblem`."""
        if len(content) > bounds.file:
            raise WorkbookProblem("", "too_large")
        if content.startswith(_OLE):
            raise WorkbookProblem("", "encrypted" if _ENCRYPTED in content else "old_format")
        if not content.startswith(b"PK"):
            raise WorkbookProblem("", "not_a_workbook")
        self._bounds = bounds
        self._room = bounds.read
        try:
            self._zip = ZipFile(BytesIO(content))
            parts = self._zip.infolist()
        except _BROKEN as error:
            raise WorkbookProblem("", "truncated") from error
        self._parts = self._checked(parts)

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._parts

    def __iter__(self) -> Iterator[str]:
        return (part.filename for part in self._parts.values() if not part.is_dir())

    def read(self, name: str) -> bytes:
        """Return the content of a part; raises `WorkbookProblem`."""
        part = self._parts.get(_plain(name))
        if part is None:
            raise damaged(name)
        most = min(self._bounds.part, self._room)
        try:
            # What the list of parts says about sizes may be a lie; what is unpacked is counted.
            with self._zip.open(part) as file:
                content = file.read(most + 1)
        except _BROKEN as error:
            raise damaged(name) from error
        if len(content) > most:
            raise WorkbookProblem("", "too_large")
        self._room -= len(content)
        return content

    def _checked(self, parts: list[ZipInfo]) -> dict[str, ZipInfo]:
        bounds = self._bounds
        together = sum(part.file_size for part in parts)
        if len(parts) > bounds.parts or (bounds.together is not None and together > bounds.together):
            raise WorkbookProblem("", "too_large")
        # A comment may hold a second directory, and so may what stands before the first part.
        if bounds.exact and (self._zip.comment or min((part.header_offset for part in parts), default=0)):
            raise WorkbookProblem("", "ambiguous", what="zip")
        found: dict[str, ZipInfo] = {}
        for part in parts:
            # Two parts of one name: one program would show the first, another the last.
            if found.setdefault(_plain(part.filename), part) is not part:
                raise WorkbookProblem("", "ambiguous", what=part.filename[:80])
            if part.flag_bits & _IS_ENCRYPTED:
                raise WorkbookProblem("", "encrypted")
            if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise damaged(part.filename)
            if bounds.times and part.file_size > max(bounds.small, bounds.times * max(part.compress_size, 1)):
                raise WorkbookProblem("", "bomb")
        return found


class OwnParts:
    """The parts of a workbook that is not packed yet, within the bounds of one that comes back."""

    def __init__(self, parts: Mapping[str, bytes], bounds: Bounds = OF_REPORTS) -> None:
        """Raise `WorkbookProblem` when they are too many or too large."""
        together = sum(map(len, parts.values()))
        if len(parts) > bounds.parts or together > min(bounds.file, bounds.together or bounds.file):
            raise WorkbookProblem("", "too_large")
        self._parts = parts
        self._room = bounds.read

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def read(self, name: str) -> bytes:
        """Return the content of a part; raises `WorkbookProblem`."""
        if name not in self._parts:
            raise damaged(name)
        self._room -= len(self._parts[name])
        if self._room < 0:
            raise WorkbookProblem("", "too_large")
        return self._parts[name]


def packed(parts: Mapping[str, bytes], progress: Progress = unwatched) -> bytes:
    """Return parts as the content of a file; the steps of the `progress` are the parts."""
    result = BytesIO()
    with ZipFile(result, "w", ZIP_DEFLATED) as target:
        for done, (name, content) in enumerate(parts.items()):
            progress(done, len(parts))
            target.writestr(name, content, ZIP_STORED if name.startswith(_PICTURES) else ZIP_DEFLATED)
    return result.getvalue()


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
