"""The write-ahead log beside a database, read as bytes: what of it counts, and whether more was in it once."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

HEADER, FRAME_HEADER = 32, 24
MAGIC = {0x377F0682: "<", 0x377F0683: ">"}
"""How a log begins, with the byte order of its checksums."""
PAGE_SIZES = tuple(1 << power for power in range(9, 17))
_HALF = 0xFFFFFFFF
_INDEX = 48


@dataclass(frozen=True)
class WriteLog:
    """What a log holds: where the newest committed state of each page begins in it.

    `database_pages` is the size of the database after the last commit, 0 when nothing of the log counts.
    """

    page_size: int = 0
    frames: int = 0
    database_pages: int = 0
    places: dict[int, int] = field(default_factory=dict)
    is_torn: bool = False
    """Whether transactions were in the log that SQLite will not find: cut off, or behind a damaged piece."""


def log_path(database: Path) -> Path:
    """Return where the log of a database lies."""
    return database.with_name(database.name + "-wal")


def index_path(database: Path) -> Path:
    """Return where the index of the log lies."""
    return database.with_name(database.name + "-shm")


def journal_path(database: Path) -> Path:
    """Return where the rollback journal of a database lies, where no log is kept."""
    return database.with_name(database.name + "-journal")


def read_log(database: Path) -> WriteLog:
    """Read the log of a database without touching either; none, or an empty one, is an empty answer.

    Raises `OSError`.
    """
    path = log_path(database)
    if not path.exists() or not path.stat().st_size:
        return WriteLog()
    with path.open("rb") as file:
        return _read(file, path.stat().st_size, _frames_indexed(database))


def _read(file: BinaryIO, size: int, indexed: tuple[int, bytes]) -> WriteLog:
    header = file.read(HEADER)
    if len(header) < HEADER or not header.strip(b"\0"):
        # Only the beginning of a header was written, or room was made for one: no transaction was in it yet.
        return WriteLog(is_torn=size > HEADER or indexed[0] > 0)
    magic, _version, page_size = struct.unpack(">3L", header[:12])
    order = MAGIC.get(magic, "")
    if (
        not order
        or page_size not in PAGE_SIZES
        or _sum(order, header[:24], (0, 0)) != struct.unpack(">2L", header[24:])
    ):
        return WriteLog(is_torn=True)
    salt, sums = header[16:24], struct.unpack(">2L", header[24:])
    pending: dict[int, int] = {}
    places: dict[int, int] = {}
    committed, pages, number = 0, 0, 0
    while True:
        place = HEADER + number * (FRAME_HEADER + page_size)
        head, page = file.read(FRAME_HEADER), file.read(page_size)
        if len(page) < page_size or head[8:16] != salt:
            break
        sums = _sum(order, page, _sum(order, head[:8], sums))
        page_number, after = struct.unpack(">2L", head[:8])
        if sums != struct.unpack(">2L", head[16:]) or not page_number:
            break
        number += 1
        pending[page_number] = place + FRAME_HEADER
        if after:
            places |= pending
            pending, committed, pages = {}, number, after
    # The piece that does not read may be one that was never written whole, and so was never told as saved.
    file.seek(HEADER + (number + 1) * (FRAME_HEADER + page_size))
    behind = _commits_behind(file, FRAME_HEADER + page_size, salt)
    cut = indexed[1] == salt and indexed[0] > committed
    return WriteLog(page_size, committed, pages, places, is_torn=behind or cut)


def _commits_behind(file: BinaryIO, frame: int, salt: bytes) -> bool:
    """Say whether the end of a later transaction of the same log stands behind what could be read."""
    while piece := file.read(frame):
        if len(piece) == frame and piece[8:16] == salt and piece[4:8] != bytes(4):
            return True
    return False


def _frames_indexed(database: Path) -> tuple[int, bytes]:
    """Return how many frames the index of the log counted last, and of which log; it may be there or not."""
    try:
        with index_path(database).open("rb") as file:
            content = file.read(2 * _INDEX)
    except OSError:
        return 0, b""
    if len(content) < 2 * _INDEX or content[:_INDEX] != content[_INDEX:] or not content[12]:
        return 0, b""
    return int(struct.unpack("=L", content[16:20])[0]), content[32:40]


def _sum(order: str, data: bytes, sums: tuple[int, ...]) -> tuple[int, ...]:
    first, second = sums
    for one, other in struct.iter_unpack(f"{order}2L", data):
        first = (first + one + second) & _HALF
        second = (second + other + first) & _HALF
    return first, second
