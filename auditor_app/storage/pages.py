"""The pages of a database, read as bytes and without SQLite: what it refuses as damaged can still be looked through.

The format is that of https://www.sqlite.org/fileformat2.html. Nothing here is believed: every number is checked
against the page it stands in, and what does not fit is left out.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from auditor_app.storage.looking import is_better_alone
from auditor_app.storage.write_log import PAGE_SIZES, WriteLog, log_path, read_log

HEADER = 100
USUAL_PAGE_SIZE = 4096
INTERIOR_INDEX, INTERIOR_TABLE, LEAF_INDEX, LEAF_TABLE = 0x02, 0x05, 0x0A, 0x0D
LARGEST_RECORD = 64 << 20
"""Bytes of one row; texts of an audit are far smaller, and a damaged length must not fill the memory."""
MOST_COLUMNS = 100
Value = str | int | float | bytes | None
_WIDTHS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


@dataclass(frozen=True)
class Cell:
    """One row as it lies in a page; `key` is its number in tables that have one."""

    key: int
    values: tuple[Value, ...]


class Broken(Exception):
    """A page or a row does not hold what it says."""


def _believed_log(database: Path) -> WriteLog:
    # On a disk that fails no copy can be made to find that out with, and every page that reads is wanted.
    with suppress(OSError):
        if is_better_alone(database):
            return WriteLog()
    return read_log(database)


class Pages:
    """The newest committed state of every page: from the log where it has the page, else from the file."""

    def __init__(self, database: Path) -> None:
        """Open file and log for reading only; raises `OSError`."""
        log = _believed_log(database)
        self._file = database.open("rb")
        self._log = log_path(database).open("rb") if log.places else None
        self._places = log.places
        head = self._file.read(HEADER)
        named = struct.unpack(">H", head[16:18])[0] if len(head) == HEADER else 0
        named = 65536 if named == 1 else named
        self.size = log.page_size or (named if named in PAGE_SIZES else USUAL_PAGE_SIZE)
        self._usable = self.size - (head[20] if len(head) == HEADER and 0 < head[20] <= 32 else 0)
        self.count = max(database.stat().st_size // self.size, log.database_pages)
        if log.database_pages:
            self.count = log.database_pages

    def __enter__(self) -> Pages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if self._log is not None:
            self._log.close()

    def page(self, number: int) -> bytes:
        """Return a page, counted from 1; raises `Broken` when there is none."""
        if not 0 < number <= self.count:
            raise Broken
        source, place = self._file, (number - 1) * self.size
        if number in self._places and self._log is not None:
            source, place = self._log, self._places[number]
        source.seek(place)
        content = source.read(self.size)
        if len(content) < self.size:
            raise Broken
        return content

    def kind(self, number: int) -> int:
        """Return what a page says it is, 0 for one that cannot be read."""
        try:
            return self.page(number)[_start(number)]
        except Broken:
            return 0

    def is_blank(self, number: int) -> bool:
        """Say whether nothing at all stands in a page, or it is not there."""
        try:
            return not self.page(number).strip(b"\0")
        except Broken:
            return True

    def children(self, number: int) -> Iterator[int]:
        """Yield the pages below an interior page, in order; what does not read is passed over."""
        try:
            page = self.page(number)
        except Broken:
            return
        start = _start(number)
        if page[start] not in (INTERIOR_INDEX, INTERIOR_TABLE):
            return
        for place in _cell_places(page, start):
            yield int.from_bytes(page[place : place + 4], "big")
        yield int.from_bytes(page[start + 8 : start + 12], "big")

    def cells(self, number: int) -> Iterator[Cell | None]:
        """Yield the rows that lie in a page, None for one that is damaged."""
        try:
            page = self.page(number)
        except Broken:
            yield None
            return
        start = _start(number)
        kind = page[start]
        if kind not in (INTERIOR_INDEX, LEAF_INDEX, LEAF_TABLE):
            return
        for place in _cell_places(page, start):
            try:
                yield self._cell(page, kind, place)
            except (Broken, IndexError, struct.error, UnicodeDecodeError, OverflowError):
                yield None

    def free(self) -> set[int]:
        """Return the pages the file says are in no use; as far as that list reads."""
        found: set[int] = set()
        try:
            head = self.page(1)[:HEADER]
            trunk = int.from_bytes(head[32:36], "big")
            while trunk and trunk not in found:
                page = self.page(trunk)
                found.add(trunk)
                count = int.from_bytes(page[4:8], "big")
                if count > self.size // 4 - 2:
                    break
                found.update(number for (number,) in struct.iter_unpack(">L", page[8 : 8 + 4 * count]))
                trunk = int.from_bytes(page[:4], "big")
        except Broken:
            pass
        return found

    def _cell(self, page: bytes, kind: int, place: int) -> Cell:
        if kind == INTERIOR_INDEX:
            place += 4
        length, place = _varint(page, place)
        key = 0
        if kind == LEAF_TABLE:
            key, place = _varint(page, place)
        if not 0 < length <= LARGEST_RECORD:
            raise Broken
        return Cell(key, _record(self._payload(page, place, length, is_table=kind == LEAF_TABLE)))

    def _payload(self, page: bytes, place: int, length: int, *, is_table: bool) -> bytes:
        usable = self._usable
        most = usable - 35 if is_table else (usable - 12) * 64 // 255 - 23
        if length <= most:
            here, further = page[place : place + length], 0
        else:
            least = (usable - 12) * 32 // 255 - 23
            size = least + (length - least) % (usable - 4)
            size = size if size <= most else least
            here = page[place : place + size]
            further = int.from_bytes(page[place + size : place + size + 4], "big")
        pieces, missing, seen = [here], length - len(here), set[int]()
        while missing > 0:
            if further in seen:
                raise Broken
            seen.add(further)
            overflow = self.page(further)
            piece = overflow[4 : 4 + min(missing, usable - 4)]
            pieces.append(piece)
            missing -= len(piece)
            further = int.from_bytes(overflow[:4], "big")
        whole = b"".join(pieces)
        if len(whole) != length:
            raise Broken
        return whole


def _start(number: int) -> int:
    return HEADER if number == 1 else 0


def _cell_places(page: bytes, start: int) -> Iterator[int]:
    kind = page[start]
    head = start + (12 if kind in (INTERIOR_INDEX, INTERIOR_TABLE) else 8)
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    count = min(count, (len(page) - head) // 4)
    for number in range(count):
        place = int.from_bytes(page[head + 2 * number : head + 2 * number + 2], "big")
        if head + 2 * count <= place < len(page) - 3:
            yield place


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = 0
    for number in range(8):
        byte = data[place + number]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + number + 1
    return value << 8 | data[place + 8], place + 9


def _record(payload: bytes) -> tuple[Value, ...]:
    size, place = _varint(payload, 0)
    if not 1 < size <= len(payload):
        raise Broken
    values: list[Value] = []
    at = size
    while place < size:
        kind, place = _varint(payload, place)
        value, at = _value(payload, kind, at)
        values.append(value)
        if len(values) > MOST_COLUMNS:
            raise Broken
    if at != len(payload):
        raise Broken
    return tuple(values)


def _value(payload: bytes, kind: int, place: int) -> tuple[Value, int]:
    if kind in (0, 8, 9):
        return (None if kind == 0 else kind - 8), place
    if kind in (10, 11):
        raise Broken
    length = _WIDTHS.get(kind) or (8 if kind == 7 else (kind - 12) // 2)
    content = payload[place : place + length]
    if len(content) != length:
        raise Broken
    place += length
    if kind < 7:
        return int.from_bytes(content, "big", signed=True), place
    if kind == 7:
        return float(struct.unpack(">d", content)[0]), place
    return (content.decode() if kind % 2 else content), place
