"""Content of evidence in the library's folder, each piece once, under its sha256; what is stored never changes."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import stat
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from auditor_app.models.errors import ValidationError
from auditor_app.models.ids import new_id
from auditor_app.models.progress import Progress, unwatched
from auditor_app.storage.atomic_file import check_target, problem_of, sync_folder
from auditor_app.storage.fragments import RENAMES_OPEN_FILES, new_fragment, sweep

FOLDER_NAME = "evidence"
THUMBNAILS = "thumbnails"
"""Folder of the small pictures made from the content, a cache beside it."""
BROUGHT = "brought"
"""Folder in that of those an audit file brought; they show content that is elsewhere, and nothing proves it."""
LARGEST_MB = 200
LARGEST = LARGEST_MB * 1024 * 1024
CHUNK = 1024 * 1024

_SHA256 = re.compile(r"[0-9a-f]{64}")


class EvidenceProblem(ValidationError):
    """A file that cannot become evidence, or content that cannot be handed out; `path` is the file."""

    section = "evidence_problem"


@dataclass(frozen=True)
class StoredFile:
    """Name and size in bytes of stored content."""

    sha256: str
    size: int


class EvidenceStore:
    """The evidence of one library; may be used from any thread."""

    def __init__(self, library_folder: Path) -> None:
        """Open the store of a library and clear away what a killed program left half written."""
        self.folder = library_folder / FOLDER_NAME
        sweep(self.folder)

    def add(self, path: Path) -> StoredFile:
        """Store a copy of a file that is read in pieces and never written to.

        Raises `EvidenceProblem` for what is no file, empty, too large or unreadable, and `EnvironmentProblem` when
        the disk refuses; the store is then as it was.
        """
        _check_kind(path)
        # Closed at once when the disk refuses, or the card it comes from could not be taken out.
        with contextlib.closing(_chunks_of(path, path.name)) as chunks:
            return self._store(chunks, path.name, str(path))

    def add_bytes(self, data: bytes, name: str = "image.png") -> StoredFile:
        """Store content that was never a file, such as a pasted picture; raises as `add` does."""
        _check_size(len(data), name, name)
        return self._store([data], name, name)

    def take(self, sha256: str, other: EvidenceStore, progress: Progress = unwatched) -> None:
        """Store content that another store holds, read back and compared with its name.

        Raises `EvidenceProblem` when it is missing, damaged or unreadable there, `EnvironmentProblem` when the disk
        refuses or does not give back what was written, and what ends the `progress`, which knows no steps.
        """
        source, target = other.path(sha256), self.path(sha256)
        _make_folder(target.parent, target)
        with (
            contextlib.closing(_chunks_of(source, sha256)) as chunks,
            _fragment_in(self.folder, target, private=True) as (fragment, file),
        ):
            if _pour(_watched(chunks, progress), file, target) != sha256:
                raise EvidenceProblem(str(source), "content_damaged", name=sha256)
            _put_in_place(fragment, file, target)
        if not self.is_whole(sha256):
            # Under its name it would be taken for whole for ever.
            with contextlib.suppress(OSError):
                target.unlink(missing_ok=True)
            raise problem_of(OSError(errno.EIO, os.strerror(errno.EIO)), target)

    def path(self, sha256: str) -> Path:
        """Return where content with this sha256 lies or would lie; raises `EvidenceProblem` for any other text."""
        if not _SHA256.fullmatch(sha256):
            raise EvidenceProblem("sha256", "not_a_sha256", value=sha256[:80])
        return self.folder / sha256[:2] / sha256

    def holds(self, sha256: str) -> bool:
        """Say whether there is content with this sha256."""
        return self.path(sha256).is_file()

    def is_whole(self, sha256: str) -> bool:
        """Say whether the content is there and still what it was when it came, by reading all of it."""
        try:
            with self.path(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except OSError:
            return False

    def copy_to(self, sha256: str, target: Path) -> None:
        """Write the content to a file for the person, whole or not at all.

        Raises `EvidenceProblem` when the content is missing or damaged and `EnvironmentProblem` when the target
        cannot be written; what was there before is then unchanged.
        """
        source = self.path(sha256)
        if not source.is_file():
            raise EvidenceProblem(str(target), "content_missing", name=target.name)
        check_target(target)
        target = target.resolve() if os.path.islink(target) else target
        with (
            contextlib.closing(_chunks_of(source, target.name)) as chunks,
            _fragment_in(target.parent, target, private=False) as (fragment, file),
        ):
            if _pour(chunks, file, target) != sha256:
                raise EvidenceProblem(str(target), "content_damaged", name=target.name)
            _put_in_place(fragment, file, target)

    def _store(self, chunks: Iterable[bytes], name: str, told_path: str) -> StoredFile:
        shown = self.folder / name
        _make_folder(self.folder, shown)
        with _fragment_in(self.folder, shown, private=True) as (fragment, file):
            sha256 = _pour(chunks, file, shown)
            size = file.tell()
            _check_size(size, name, told_path)
            # Content that rotted on the disk is mended by adding its file again.
            if not self.is_whole(sha256):
                target = self.path(sha256)
                _make_folder(target.parent, shown)
                _put_in_place(fragment, file, target, shown)
        return StoredFile(sha256, size)


def _check_size(size: int, name: str, path: str) -> None:
    if not size:
        raise EvidenceProblem(path, "empty_file", name=name)
    if size > LARGEST:
        raise EvidenceProblem(path, "too_large_file", name=name, most=LARGEST_MB)


def _check_kind(path: Path) -> None:
    """Raise `EvidenceProblem` for what cannot be evidence, before it is opened: opening a pipe waits for a writer."""
    with _reading_problems(path, path.name):
        facts = path.stat()
    if stat.S_ISDIR(facts.st_mode):
        raise EvidenceProblem(str(path), "is_a_folder", name=path.name)
    if not stat.S_ISREG(facts.st_mode):
        raise EvidenceProblem(str(path), "not_regular", name=path.name)
    _check_size(facts.st_size, path.name, str(path))


def _chunks_of(path: Path, name: str) -> Generator[bytes, None, None]:
    """Yield the content of a file in pieces; raises `EvidenceProblem` where it cannot be read or grew too large."""
    with _reading_problems(path, name), path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            yield chunk
            _check_size(file.tell(), name, str(path))


@contextlib.contextmanager
def _reading_problems(path: Path, name: str) -> Iterator[None]:
    """Turn what the system says about reading a file into `EvidenceProblem`."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        raise EvidenceProblem(str(path), "no_such_file", name=name) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise EvidenceProblem(str(path), "cannot_read_file", name=name, reason=reason) from error


def _make_folder(folder: Path, shown: Path) -> None:
    """Make a folder for the owner only, so that it is there after a power cut too; `shown` is named in a message."""
    if folder.is_dir():
        return
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise problem_of(error, shown) from error
    sync_folder(folder.parent)


@contextlib.contextmanager
def _fragment_in(folder: Path, shown: Path, *, private: bool) -> Iterator[tuple[Path, BinaryIO]]:
    """Give a new file under a temporary name, which is gone afterwards unless it was renamed."""
    fragment = folder / f".incoming-{new_id()}.part"
    try:
        with _opened(fragment, shown, private) as file:
            yield fragment, file
    finally:
        with contextlib.suppress(OSError):
            fragment.unlink(missing_ok=True)


def _opened(fragment: Path, shown: Path, private: bool) -> BinaryIO:
    try:
        return new_fragment(fragment, 0o600 if private else 0o666, buffering=0)
    except OSError as error:
        raise problem_of(error, shown) from error


def _watched(chunks: Iterable[bytes], progress: Progress) -> Iterator[bytes]:
    for chunk in chunks:
        progress(0, 0)
        yield chunk


def _pour(chunks: Iterable[bytes], file: BinaryIO, shown: Path) -> str:
    """Write the pieces to a file and return the sha256 of what was written."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
        try:
            _write_all(file, chunk)
        except OSError as error:
            raise problem_of(error, shown) from error
    return digest.hexdigest()


def _write_all(file: BinaryIO, chunk: bytes) -> None:
    rest = memoryview(chunk)
    # A file without a buffer may take less than it is given.
    while rest:
        rest = rest[file.write(rest) :]


def _put_in_place(fragment: Path, file: BinaryIO, target: Path, shown: Path | None = None) -> None:
    """Make a written fragment durable and give it its name; `shown` is what a message calls it."""
    complete = False
    try:
        os.fsync(file.fileno())
        if not RENAMES_OPEN_FILES:
            file.close()
        complete = True
        os.replace(fragment, target)
    except OSError as error:
        raise problem_of(error, shown or target, replacing=complete) from error
    sync_folder(target.parent)
