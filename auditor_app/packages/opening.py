"""Opening a sealed package that comes from anywhere: measured before it is read, and nothing in it is ever run.

Readers of zips stumble over foreign bytes with whatever comes first, so everything they raise is a `PackageProblem`.
"""

from __future__ import annotations

import hashlib
import struct
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO

import pyzipper
from pyzipper.zipfile_aes import WZ_SALT_LENGTHS, AESZipInfo

from auditor_app.models.audit import Audit
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.progress import Cancelled, Progress, unwatched
from auditor_app.packages.manifest import AUDIT, LARGEST_MANIFEST, MANIFEST, MOST_PARTS, Manifest, Part, decode
from auditor_app.packages.problems import PackageProblem
from auditor_app.packages.writing import CHUNK, Meter

LARGEST_TOGETHER = 64 * 2**30
LARGEST_DIRECTORY = 32 * 2**20
MOST_EXPANDED, ALWAYS_EXPANDED = 100, 64 * 2**20
"""All parts together may be so many times the package, and in any case so many bytes."""

_END, _END64 = struct.Struct("<4s4H2LH"), struct.Struct("<4sQ2H2L4Q")
_END_MARK, _END64_MARK, _START_MARK = b"PK\x05\x06", b"PK\x06\x06", b"PK\x03\x04"
_LOCATOR_MARK, _LOCATOR_SIZE, _LOCAL_HEADER = b"PK\x06\x07", 20, 30
_ENCRYPTED = 0x1
_METHODS = {pyzipper.ZIP_STORED, pyzipper.ZIP_DEFLATED}
_HMAC_SIZE, _CHECK_SIZE = 10, 2


class SealedReader:
    """A package whose entries are what they may be and whose manifest was read; its parts are read on demand."""

    def __init__(self, file: BinaryIO, password: str = "") -> None:
        """Read what the package says it holds.

        Raises `PackageProblem` for what is no sealed package, is cut off, claims too much, or needs another password,
        and `EnvironmentProblem` when the disk fails.
        """
        with _reading("", "foreign"):
            self._length = checked_length(file)
            self._archive = pyzipper.AESZipFile(file)
        self._password = password.encode()
        self._entries = self._checked_entries()
        try:
            self.manifest: Manifest = decode(self.read(MANIFEST, LARGEST_MANIFEST))
        except PackageProblem as error:
            # A wrong password passes the short check of the format now and then.
            if self.is_encrypted and error.code in ("part_unreadable", "wrong_password"):
                raise PackageProblem("", "wrong_password") from error
            raise

    @property
    def is_encrypted(self) -> bool:
        """Say whether a password is needed."""
        return _is_encrypted(self._entries[MANIFEST])

    def problems(self, progress: Progress = unwatched) -> tuple[PackageProblem, ...]:
        """Read every part and return what is not as the manifest says, in its order, then what was added.

        Raises `EnvironmentProblem` and what ends the `progress`, whose steps are kilobytes.
        """
        meter = Meter(sum(part.size for part in self.manifest.parts), progress)
        found = [problem for part in self.manifest.parts if (problem := self._problem_of(part, meter)) is not None]
        named = {part.name for part in self.manifest.parts} | {MANIFEST}
        found += [PackageProblem(name, "part_added", name=name) for name in sorted(self._entries.keys() - named)]
        return tuple(found)

    def read(self, name: str, most: int) -> bytes:
        """Return a part whole; raises `PackageProblem`, also for one of more bytes."""
        return b"".join(self.pieces(name, most))

    def pieces(self, name: str, most: int) -> Iterator[bytes]:
        """Yield a part in pieces; raises `PackageProblem`: `part_missing`, `part_too_large`, `part_unreadable`."""
        entry = self._entries.get(name)
        if entry is None:
            raise PackageProblem(name, "part_missing", name=name)
        if entry.file_size > most:
            raise PackageProblem(name, "part_too_large", name=name)
        with _reading(name, "part_unreadable"):
            file = self._archive.open(entry, "r", pwd=self._password or None)
        with file:
            while True:
                with _reading(name, "part_unreadable"):
                    chunk = file.read(CHUNK)
                if not chunk:
                    return
                yield chunk

    def _problem_of(self, part: Part, meter: Meter) -> PackageProblem | None:
        digest, size = hashlib.sha256(), 0
        try:
            for chunk in self.pieces(part.name, part.size):
                digest.update(chunk)
                size += len(chunk)
                meter.count(len(chunk))
        except PackageProblem as problem:
            meter.count(part.size - size)
            return PackageProblem(part.name, "part_changed", name=part.name) if _is_other_size(problem) else problem
        if (size, digest.hexdigest()) != (part.size, part.sha256):
            return PackageProblem(part.name, "part_changed", name=part.name)
        return None

    def _checked_entries(self) -> Mapping[str, AESZipInfo]:
        entries = self._archive.infolist()
        for entry in entries:
            _check_name(entry)
        (name, times), *_ = Counter(entry.filename.casefold() for entry in entries).most_common(1) or [("", 0)]
        if times > 1:
            raise PackageProblem(name, "part_twice", name=name[:80])
        found = {entry.filename: entry for entry in entries}
        if MANIFEST not in found:
            raise PackageProblem("", "foreign")
        self._check_encryption(found)
        self._check_sizes(entries)
        return found

    def _check_encryption(self, entries: Mapping[str, AESZipInfo]) -> None:
        are_encrypted = set(map(_is_encrypted, entries.values()))
        if len(are_encrypted) > 1:
            raise PackageProblem("", "partly_encrypted")
        if True not in are_encrypted:
            return
        for name, entry in entries.items():
            if entry.wz_aes_strength not in WZ_SALT_LENGTHS or entry.wz_aes_version not in (1, 2):
                raise PackageProblem(name, "weakly_encrypted")
        if not self._password:
            raise PackageProblem("", "needs_password")

    def _check_sizes(self, entries: list[AESZipInfo]) -> None:
        """Raise `PackageProblem` for entries that lie over one another or claim more than can be in the file."""
        end = 0
        for entry in sorted(entries, key=lambda entry: int(entry.header_offset)):
            if entry.header_offset < end or entry.compress_type not in _METHODS:
                raise PackageProblem(entry.filename, "part_unreadable", name=entry.filename)
            end = entry.header_offset + _LOCAL_HEADER + len(entry.filename) + entry.compress_size
            if entry.compress_size < _overhead(entry):
                raise PackageProblem(entry.filename, "part_unreadable", name=entry.filename)
        if end > self._archive.start_dir:
            raise PackageProblem("", "cut_off")
        together = sum(entry.file_size for entry in entries)
        if together > min(LARGEST_TOGETHER, MOST_EXPANDED * self._length + ALWAYS_EXPANDED):
            raise PackageProblem("", "expands_too_much")


def differences(manifest: Manifest, audit: Audit) -> tuple[PackageProblem, ...]:
    """Return where the audit of a package and its manifest do not say the same."""
    if audit.id != manifest.audit_id:
        return (PackageProblem(AUDIT, "another_audit"),)
    named = {row.sha256: row.name for row in audit.evidence}
    told = {*manifest.evidence, *manifest.missing}
    untold = [PackageProblem(AUDIT, "evidence_untold", name=name) for sha, name in named.items() if sha not in told]
    unnamed = sorted(told - named.keys())
    return *untold, *(PackageProblem(AUDIT, "evidence_unnamed", name=sha256) for sha256 in unnamed)


def _check_name(entry: AESZipInfo) -> None:
    """Raise `PackageProblem` for a name that leads out of the package or hides what it is."""
    name = entry.filename
    parts = PurePosixPath(name).parts
    leads_out = name.startswith(("/", "\\")) or ".." in parts or "\\" in name or ":" in name
    if leads_out or entry.orig_filename != name or not name.isprintable():
        raise PackageProblem("", "name_leads_out", name=ascii(entry.orig_filename[:80]))


def _is_encrypted(entry: AESZipInfo) -> bool:
    return bool(entry.flag_bits & _ENCRYPTED)


def _overhead(entry: AESZipInfo) -> int:
    """Return how many bytes of an entry are not its content."""
    return WZ_SALT_LENGTHS[entry.wz_aes_strength] + _CHECK_SIZE + _HMAC_SIZE if _is_encrypted(entry) else 0


def _is_other_size(problem: PackageProblem) -> bool:
    return problem.code == "part_too_large"


def checked_length(file: BinaryIO) -> int:
    """Return the length of a file that ends as a zip does, with nothing before, between or behind its lists.

    Raises `PackageProblem`, before the list of entries is read: it could be as large as the file says.
    """
    length = file.seek(0, 2)
    tail = _tail(file, length, _END.size)
    if len(tail) < _END.size or not tail.startswith(_END_MARK):
        file.seek(0)
        raise PackageProblem("", "cut_off" if file.read(4) == _START_MARK else "foreign")
    *_, count, size, start, _comment = _END.unpack(tail)
    end = length - _END.size
    if _tail(file, length, _LOCATOR_SIZE + _END.size).startswith(_LOCATOR_MARK):
        count, size, start, end = _large_end(file, length)
    if size > LARGEST_DIRECTORY or count > MOST_PARTS:
        raise PackageProblem("", "too_many_parts")
    if start + size != end:
        raise PackageProblem("", "foreign")
    file.seek(0)
    return length


def _large_end(file: BinaryIO, length: int) -> tuple[int, int, int, int]:
    """Return count, size and start of the list of entries, and where it ends, of a zip beyond 4 GB."""
    size = _END64.size + _LOCATOR_SIZE + _END.size
    tail = _tail(file, length, size)
    if len(tail) < size or not tail.startswith(_END64_MARK):
        raise PackageProblem("", "foreign")
    *_, count, size_of_list, start = _END64.unpack_from(tail)
    return count, size_of_list, start, length - size


def _tail(file: BinaryIO, length: int, size: int) -> bytes:
    file.seek(max(length - size, 0))
    return file.read(size)


@contextmanager
def _reading(name: str, code: str) -> Iterator[None]:
    """Turn what readers raise over foreign bytes into `PackageProblem`, and what the disk says into one of its own."""
    try:
        yield
    except (PackageProblem, Cancelled):
        raise
    except OSError as error:
        if error.errno is not None:
            raise EnvironmentProblem("cannot_read", path=name) from error
        raise PackageProblem(name, code, name=name) from error
    except RuntimeError as error:
        # What the reader raises for a password that does not fit.
        wrong = "password" in str(error).lower()
        raise PackageProblem(name, "wrong_password" if wrong else code, name=name) from error
    except Exception as error:
        raise PackageProblem(name, code, name=name) from error
