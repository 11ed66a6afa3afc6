"""Zips written piece by piece into a file that belongs to somebody else; nothing is ever held whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import pyzipper
from pyzipper.zipfile_aes import AESZipInfo

from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.packed import Lack
from auditor_app.models.progress import Progress
from auditor_app.packages.passwords import check_password
from auditor_app.packages.problems import PackageProblem

CHUNK = 1024 * 1024
KILOBYTE = 1024
# The calendar of zips.
FIRST_YEAR, LAST_YEAR = 1980, 2107
_READABLE_BY_ALL = 0o100644 << 16


class Meter:
    """Count bytes and tell them as kilobytes: a step is a whole number that Qt can carry."""

    def __init__(self, total: int, progress: Progress) -> None:
        self._total = max(total, KILOBYTE)
        self._progress = progress
        self._done = 0

    def count(self, size: int) -> None:
        """Tell that so many more bytes are done; raises `Cancelled` when the work is to end."""
        self._done = min(self._done + size, self._total)
        self._progress(self._done // KILOBYTE, self._total // KILOBYTE)


@dataclass(frozen=True)
class Written:
    """Size and sha256 of what was put in."""

    size: int
    sha256: str


class ZipWriter:
    """Put entries into a zip, each in pieces."""

    def __init__(self, archive: pyzipper.AESZipFile, made: datetime) -> None:
        self._archive = archive
        self._made = made

    def put(self, name: str, chunks: Iterable[bytes], at: datetime | None = None, *, packed: bool = False) -> Written:
        """Write an entry with the time of its content; pictures are packed already, texts gain by it.

        What the chunks and the file raise is passed on.
        """
        moment = at if at is not None and FIRST_YEAR <= at.year <= LAST_YEAR else self._made
        info = AESZipInfo(name, moment.timetuple()[:6])
        info.compress_type = pyzipper.ZIP_DEFLATED if packed else pyzipper.ZIP_STORED
        info.external_attr = _READABLE_BY_ALL
        # The same on every system.
        info.create_system = 3
        digest, size = hashlib.sha256(), 0
        with self._archive.open(info, "w") as entry:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                entry.write(chunk)
        return Written(size, digest.hexdigest())


@contextmanager
def zip_into(file: BinaryIO, made: datetime, password: str = "") -> Iterator[ZipWriter]:
    """Give a writer of a zip that is complete when the block ends; with a password every entry is encrypted (AES-256).

    Raises `PackageProblem` for a password that is not fit.
    """
    if password:
        check_password(password)
    archive = pyzipper.AESZipFile(file, "w", encryption=pyzipper.WZ_AES if password else None)
    if password:
        archive.setpassword(password.encode())
    try:
        yield ZipWriter(archive, made)
    except BaseException:
        # Whoever owns the file throws it away; closing would write an end to it, and hide what happened if it cannot.
        archive.fp = None
        raise
    archive.close()


def opened_whole(path: Path | None, sha256: str, meter: Meter) -> BinaryIO | Lack:
    """Return the open file when its content is there and still what it was, else what is wrong with it.

    All of it is read to see: what is damaged must not be half in a zip.
    """
    try:
        file = path.open("rb") if path is not None else None
    except OSError:
        file = None
    if file is None:
        return Lack.MISSING
    try:
        is_whole = _hash_of(file, meter) == sha256
        file.seek(0)
    except OSError:
        is_whole = False
    except BaseException:
        file.close()
        raise
    if is_whole:
        return file
    file.close()
    return Lack.DAMAGED


def pieces_of(file: BinaryIO, sha256: str, name: str, meter: Meter) -> Iterator[bytes]:
    """Yield the content of an open file in pieces.

    Raises `PackageProblem` when it is no longer what it was, `EnvironmentProblem` when it cannot be read any more.
    """
    digest = hashlib.sha256()
    while chunk := _read(file, name):
        digest.update(chunk)
        yield chunk
        meter.count(len(chunk))
    if digest.hexdigest() != sha256:
        raise PackageProblem(name, "content_changed", name=name)


def _hash_of(file: BinaryIO, meter: Meter) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        # So that looking can be cancelled too.
        meter.count(0)
    return digest.hexdigest()


def _read(file: BinaryIO, name: str) -> bytes:
    try:
        return file.read(CHUNK)
    except OSError as error:
        raise EnvironmentProblem("cannot_read", path=name) from error
