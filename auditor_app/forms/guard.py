"""Take the parts out of a workbook that anybody may have made: bounded, and refused in plain words."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from lzma import LZMAError

from auditor_app.forms.problems import FormProblem

LARGEST_FILE = 20_000_000
LARGEST_PART = 24_000_000
LARGEST_TOGETHER = 120_000_000
"""Bytes: of the file, of one part unpacked, of all parts unpacked."""
MOST_PARTS = 2_000

CONTENT_TYPES = "[Content_Types].xml"
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# What damaged archives make the standard library raise.
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, LZMAError, struct.error, EOFError, OSError, ValueError, OverflowError),
    *(NotImplementedError, RuntimeError, MemoryError, IndexError, AttributeError),
)


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook by name, in the order of the file.

    Raises `FormProblem` for what is no `.xlsx` workbook, is locked with a password, holds macros, is damaged or too
    large. The sizes that the file states of itself are not believed.
    """
    if len(data) > LARGEST_FILE:
        raise FormProblem("too_large", most=LARGEST_FILE // 1_000_000)
    if data.startswith(_OLD):
        raise FormProblem("locked" if _ENCRYPTED in data else "old_format")
    if not data.startswith(b"PK"):
        raise FormProblem("not_a_workbook")
    try:
        parts = _unpacked(data)
    except _DAMAGED as error:
        raise FormProblem("damaged") from error
    _check_kind(parts)
    return parts


def _unpacked(data: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    room = LARGEST_TOGETHER
    with zipfile.ZipFile(BytesIO(data)) as archive:
        items = [item for item in archive.infolist() if not item.is_dir()]
        if len(items) > MOST_PARTS:
            raise FormProblem("too_large_inside")
        for item in items:
            if item.flag_bits & 0x1:
                raise FormProblem("locked")
            if item.filename in parts:
                raise FormProblem("damaged")
            with archive.open(item) as file:
                content = file.read(min(LARGEST_PART, room) + 1)
            room -= len(content)
            if len(content) > LARGEST_PART or room < 0:
                raise FormProblem("too_large_inside")
            parts[item.filename] = content
    return parts


def _check_kind(parts: dict[str, bytes]) -> None:
    if CONTENT_TYPES not in parts:
        raise FormProblem("other_format" if "mimetype" in parts else "not_a_workbook")
    if b"macroEnabled" in parts[CONTENT_TYPES] or any(name.lower().endswith("vbaproject.bin") for name in parts):
        raise FormProblem("macros")
    if any(name.lower().endswith("workbook.bin") for name in parts):
        raise FormProblem("binary_format")
