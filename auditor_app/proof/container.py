"""The parts of a workbook file, read within bounds: what comes from outside may be made to exhaust the reader."""

from __future__ import annotations

import lzma
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from auditor_app.proof.problems import ProofProblem, damaged

LARGEST_FILE = 256 * 1024 * 1024
MOST_PARTS = 10_000
LARGEST_TOGETHER = 512 * 1024 * 1024
"""Bytes of all parts unpacked, pictures too."""
LARGEST_READ = 48 * 1024 * 1024
"""Bytes of the parts that are really read: cells, texts, names."""
MOST_TIMES = 400
"""How many times larger than packed a part may be that is not small; text of spreadsheets shrinks to a twentieth."""
SMALL = 4 * 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_IS_ENCRYPTED = 0x1
_BROKEN = (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)
_BROKEN_INSIDE = (zlib.error, lzma.LZMAError, struct.error, OverflowError, MemoryError)


class Container:
    """The parts of one workbook by name; only what is asked for is unpacked."""

    def __init__(self, content: bytes) -> None:
        """Look at the directory of the file; raises `ProofProblem`."""
        if len(content) > LARGEST_FILE:
            raise ProofProblem("", "too_large")
        if content.startswith(_OLE):
            raise ProofProblem("", "encrypted" if _ENCRYPTED in content else "old_format")
        if not content.startswith(b"PK"):
            raise ProofProblem("", "not_a_workbook")
        try:
            self._zip = ZipFile(BytesIO(content))
        except (*_BROKEN, *_BROKEN_INSIDE) as error:
            raise ProofProblem("", "truncated") from error
        self._parts = self._checked(self._zip.infolist())
        self._read = 0

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def read(self, name: str) -> bytes:
        """Return the content of a part; raises `ProofProblem`."""
        part = self._parts.get(name)
        if part is None:
            raise damaged(name)
        self._read += part.file_size
        if self._read > LARGEST_READ:
            raise ProofProblem("", "too_large")
        try:
            # The size a part says of itself bounds what is unpacked; one that says too little fails its checksum.
            return self._zip.read(part)
        except (*_BROKEN, *_BROKEN_INSIDE) as error:
            raise damaged(name) from error

    def all_parts(self) -> dict[str, bytes]:
        """Return every part unpacked, for a workbook that is our own."""
        return {name: self._zip.read(part) for name, part in self._parts.items()}

    def _checked(self, parts: list[ZipInfo]) -> dict[str, ZipInfo]:
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_TOGETHER:
            raise ProofProblem("", "too_large")
        # A comment may hold a second directory, and so may what stands before the first part.
        if self._zip.comment or min((part.header_offset for part in parts), default=0):
            raise ProofProblem("", "ambiguous", what="zip")
        found: dict[str, ZipInfo] = {}
        seen: set[str] = set()
        for part in parts:
            # Two parts of one name: one program would show the first, another the last.
            if part.filename.lower() in seen:
                raise ProofProblem("", "ambiguous", what=part.filename[:80])
            seen.add(part.filename.lower())
            if part.flag_bits & _IS_ENCRYPTED:
                raise ProofProblem("", "encrypted")
            if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise damaged(part.filename)
            if part.file_size > SMALL and part.file_size > MOST_TIMES * max(part.compress_size, 1):
                raise ProofProblem("", "bomb")
            found[part.filename] = part
        return found
