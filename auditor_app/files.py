"""Reading and writing files of others, the same for the window and the commands.

The `library` of a function is the folder of a library, where the content of evidence and its small pictures lie.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from auditor_app.exchange.problems import FileProblem
from auditor_app.exchange.reading import LARGEST_FILE
from auditor_app.exchange.standards import shipped_standard
from auditor_app.file_kinds import FileKind, other_file
from auditor_app.models.audit import Audit, Kind
from auditor_app.models.catalogue import RESOURCES
from auditor_app.models.entities import Evidence
from auditor_app.models.errors import EnvironmentProblem, ValidationError
from auditor_app.models.events import note
from auditor_app.models.evidence import is_picture
from auditor_app.models.ids import RowId
from auditor_app.models.progress import Progress, part_of, unwatched
from auditor_app.models.standard import Standard
from auditor_app.storage.atomic_file import all_or_none, check_target, problem_of, write_atomically
from auditor_app.storage.evidence_store import BROUGHT, THUMBNAILS, EvidenceStore
from auditor_app.storage.library import FILE_NAME
from auditor_app.storage.sealing import stored_sealing

if TYPE_CHECKING:
    from auditor_app.exchange.audit_file import Decoded
    from auditor_app.proof.stamp import Signer
    from auditor_app.report.snapshot import ReportSnapshot
    from auditor_app.workbooks.book import Book

# Excel, pictures and audit files are imported where they are needed, so that nothing else waits for them.

SAMPLE = RESOURCES / "samples" / "pump-maker.json"
REPORT_PIXELS = 480
"""Longest edge of a picture in a report."""
FILE_PIXELS = (160, 120, 80)
"""Longest edge of a small picture in an audit file; the next is for one that would be too large."""
LARGEST_IN_FILE = 20_000
LOGO = "logo.jpg"
LOGO_PIXELS = 880
"""Longest edge of a logo: sharp at four times the size it has on the cover."""
_PICTURES = 0.8
"""The share of the work on a report that its pictures take."""
LARGEST_TOGETHER = LARGEST_FILE // 2
"""Bytes of small pictures in an audit file, which as text take a third more, so that it can be read again."""


def who() -> str:
    """Return the name written to the history: that of the login, empty when it has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # A login without a name, by system and version of Python.
        return ""


def read_audit(path: Path) -> tuple[Standard, Audit]:
    """Read an audit file; raises `ValidationError` or `EnvironmentProblem`."""
    whole = read_audit_file(path)
    return whole.standard, whole.audit


def read_audit_file(path: Path) -> Decoded:
    """Read an audit file with its small pictures; raises `ValidationError` or `EnvironmentProblem`."""
    from auditor_app.exchange.audit_file import decode_whole

    try:
        return decode_whole(content_of(path, LARGEST_FILE), shipped_standard)
    except FileProblem as error:
        if error.path:
            raise
        raise other_file(path, FileKind.AUDIT) or FileProblem(str(path), error.code, **error.params) from error


def write_audit(standard: Standard, audit: Audit, path: Path, library: Path | None = None) -> None:
    """Write an audit file; raises `EnvironmentProblem` and leaves what was there before."""
    check_target(path)
    write_atomically(path, audit_bytes(standard, audit, library))
    note("audit_file_written", rows=sum(map(len, audit.rows.values())))


def audit_bytes(standard: Standard, audit: Audit, library: Path | None = None, *, only_missing: bool = False) -> bytes:
    """Return the content of an audit file, with small pictures where a library is given.

    With `only_missing` there are none of evidence whose content is in the library, for who gets that too.
    """
    from auditor_app.exchange.audit_file import encode

    small = {} if library is None else _small_pictures(audit, _Content(library), only_missing=only_missing)
    return encode(audit, standard, small)


def keep_thumbnails(library: Path, thumbnails: Mapping[str, bytes], progress: Progress = unwatched) -> list[Path]:
    """Keep the small pictures of an audit file where the library has neither the content nor a small picture of it.

    They are made anew, so that nothing but a picture is kept; what is none is left out. Returns the files made: none
    where `EnvironmentProblem` is raised, or what ends the `progress`.
    """
    content = _Content(library)
    wanted = {sha256: jpeg for sha256, jpeg in thumbnails.items() if not any(content.sources(sha256))}
    if not wanted:
        return []
    from auditor_app.pictures.copies import thumbnail
    from auditor_app.pictures.reading import PictureProblem

    try:
        # One by one: the mode is that of the last one only.
        for folder in (content.brought.parent, content.brought):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise problem_of(error, content.brought) from error
    with all_or_none() as made:
        for place, (sha256, jpeg) in enumerate(wanted.items()):
            progress(place, len(wanted))
            with suppress(PictureProblem):
                small = thumbnail(BytesIO(jpeg), FILE_PIXELS[0])
                made.append(content.brought / f"{sha256}.jpg")
                write_atomically(made[-1], small, synced=False, private=True)
    return made


def write_report(
    standard: Standard,
    audit: Audit,
    language: str,
    path: Path,
    library: Path | None = None,
    *,
    with_locations: bool = False,
    password: str = "",
    signer: Signer | None = None,
    progress: Progress = unwatched,
) -> None:
    """Write the Excel report in `zh`, `en` or `both`; raises `EnvironmentProblem` and leaves what was there before.

    Where photos were taken is in it only `with_locations`. With a `password` it opens with that only; raises
    `ValidationError` for one that is not fit. It holds the proof of what it says, signed by the `signer` if there is
    one (docs/VERIFY.md). What ends the `progress` is raised within about a second.
    """
    from auditor_app.packages.passwords import check_password, locked_workbook

    check_target(path)
    if password:
        check_password(password)
    workbook = finished_report(
        standard, audit, language, library, with_locations=with_locations, signer=signer, progress=progress
    )
    write_atomically(path, locked_workbook(workbook, password) if password else workbook)
    note("report_written", kind="xlsx", language=language, signed=signer is not None, locked=bool(password))


def finished_report(
    standard: Standard,
    audit: Audit,
    language: str,
    library: Path | None = None,
    *,
    with_locations: bool = False,
    signer: Signer | None = None,
    progress: Progress = unwatched,
) -> bytes:
    """Return the content of an Excel report of today with its proof, as `write_report` writes it without a password."""
    pictures = _PICTURES if library is not None and audit.evidence else 0
    of_pictures, of_workbook = part_of(progress, 0, pictures), part_of(progress, pictures, 1)
    made = report_snapshot(standard, audit, language, library, with_locations=with_locations, progress=of_pictures)
    return _checked_report(made, signer, of_workbook)


def report_snapshot(
    standard: Standard,
    audit: Audit,
    language: str,
    library: Path | None = None,
    *,
    with_locations: bool = False,
    progress: Progress = unwatched,
) -> ReportSnapshot:
    """Return what a report of today is made from, with its pictures where a library is given."""
    from auditor_app.report.snapshot import snapshot

    made = snapshot(standard, audit, language, date.today())
    if library is not None:
        made = replace(made, logo=logo(library), sealing=stored_sealing(library / FILE_NAME, audit.id), is_stored=True)
    if library is None or not audit.evidence:
        return made
    content = _Content(library)
    missing = frozenset(row.sha256 for row in audit.evidence if content.original(row.sha256) is None)
    locations = _locations(audit, content) if with_locations else {}
    return replace(_with_pictures(made, content.largest, progress), missing=missing, locations=locations)


def write_report_of_file(source: Path, language: str, path: Path) -> None:
    """Write the Excel report of an audit file with the small pictures it brings; raises as the parts of it do."""
    # That the content of evidence is elsewhere is how such a file is meant, so the report does not speak of it.
    made = report_snapshot_of_file(source, language)
    check_target(path)
    write_atomically(path, _checked_report(made))


def _checked_report(made: ReportSnapshot, signer: Signer | None = None, progress: Progress = unwatched) -> bytes:
    """Return the finished workbook with its proof, compared with the audit; raises `ReportRefused` where it differs.

    It is read once, as any receiver may read it; check and proof both go by that.
    """
    from auditor_app.proof.problems import ProofProblem
    from auditor_app.proof.stamp import stamped
    from auditor_app.report.check import check, check_packed
    from auditor_app.report.workbook import report_parts
    from auditor_app.workbooks.container import packed

    parts = report_parts(made, part_of(progress, 0, 0.6))
    book, is_provable = _read_back(parts, part_of(progress, 0.6, 0.8))
    check(book, parts, made, part_of(progress, 0.8, 0.85))
    if is_provable:
        parts = stamped(parts, book, signer, progress=part_of(progress, 0.85, 0.9))
    elif signer is not None:
        raise ProofProblem("", "too_large_to_sign")
    workbook = packed(parts, part_of(progress, 0.9, 0.95))
    check_packed(workbook, parts, book, part_of(progress, 0.95, 1))
    return workbook


def _read_back(parts: Mapping[str, bytes], progress: Progress) -> tuple[Book, bool]:
    """Return what a report says, and whether it is within the bounds in which it could be verified again."""
    from auditor_app.workbooks.cells import unlimited
    from auditor_app.workbooks.container import UNBOUNDED, OwnParts
    from auditor_app.workbooks.problems import WorkbookProblem
    from auditor_app.workbooks.reading import book_of

    try:
        return book_of(OwnParts(parts), progress=progress), True
    except WorkbookProblem as problem:
        if problem.code != "too_large":
            raise
    return book_of(OwnParts(parts, UNBOUNDED), unlimited(), progress), False


def keep_logo(library: Path, source: Path | None) -> None:
    """Keep a picture as the logo on the cover of reports, upright and bare, or None to have none any more.

    Raises `FileProblem` for what is no picture that can be shown, `EnvironmentProblem`; the one before stays then.
    """
    from auditor_app.pictures.copies import export_copy
    from auditor_app.pictures.reading import PictureProblem

    target = library / LOGO
    try:
        if source is None:
            target.unlink(missing_ok=True)
        else:
            write_atomically(target, export_copy(source, LOGO_PIXELS), private=True)
    except PictureProblem as error:
        raise FileProblem(str(source), "no_picture") from error
    except OSError as error:
        raise problem_of(error, target) from error


def logo(library: Path) -> bytes | None:
    """Return the logo of reports, a JPEG, or None when there is none or it cannot be read."""
    try:
        return (library / LOGO).read_bytes()
    except OSError:
        return None


def report_snapshot_of_file(source: Path, language: str) -> ReportSnapshot:
    """Return what a report of an audit file is made from, with the small pictures it brings; raises as reading does."""
    from auditor_app.report.snapshot import snapshot

    whole = read_audit_file(source)

    def picture(sha256: str) -> BinaryIO | None:
        return BytesIO(whole.thumbnails[sha256]) if sha256 in whole.thumbnails else None

    return _with_pictures(snapshot(whole.standard, whole.audit, language, date.today()), picture)


class _Content:
    """What the folder of a library has of the content of evidence."""

    def __init__(self, library: Path) -> None:
        self._store = EvidenceStore(library)
        self._own = library / THUMBNAILS
        self.brought = self._own / BROUGHT

    def original(self, sha256: str) -> Path | None:
        """Return the content as it was added."""
        return self._store.path(sha256) if self._store.holds(sha256) else None

    def largest(self, sha256: str) -> Path | None:
        """Return the content or else a small picture of it."""
        own, original, brought = self.sources(sha256)
        return original or own or brought

    def sources(self, sha256: str) -> tuple[Path | None, Path | None, Path | None]:
        """Return what shows the content, where it is there: a small picture made here, the content, one brought."""
        own, brought = (folder / f"{sha256}.jpg" for folder in (self._own, self.brought))
        return own if own.is_file() else None, self.original(sha256), brought if brought.is_file() else None


def _with_pictures(
    made: ReportSnapshot, picture: Callable[[str], Path | BinaryIO | None], progress: Progress = unwatched
) -> ReportSnapshot:
    """Return the snapshot with the pictures of its evidence; one that cannot be shown is named as such."""
    from auditor_app.pictures.copies import export_copy
    from auditor_app.pictures.reading import PictureProblem

    pictures: dict[RowId, bytes] = {}
    unshown: set[str] = set()
    rows: Mapping[RowId, Evidence] = made.audit.of(Kind.EVIDENCE)
    for place, (row_id, row) in enumerate(rows.items()):
        progress(place, len(rows))
        source = picture(row.sha256) if is_picture(row) else None
        if source is None:
            continue
        try:
            pictures[row_id] = export_copy(source, REPORT_PIXELS, row.rotation, row.marks)
        except PictureProblem:
            unshown.add(row.sha256)
    return replace(made, pictures=pictures, unshown=frozenset(unshown))


def _locations(audit: Audit, content: _Content) -> dict[str, tuple[float, float]]:
    """Return where photos were taken, by sha256, as far as they say so."""
    from auditor_app.pictures.facts import inspect
    from auditor_app.pictures.reading import PictureProblem

    found = {}
    for sha256 in dict.fromkeys(row.sha256 for row in audit.evidence if is_picture(row)):
        original = content.original(sha256)
        with suppress(PictureProblem):
            facts = inspect(original) if original is not None else None
            if facts is not None and facts.location is not None:
                found[sha256] = facts.location
    return found


def _small_pictures(audit: Audit, content: _Content, *, only_missing: bool) -> dict[str, bytes]:
    """Return the small pictures of the evidence that has one, by sha256, as many as a file may hold."""
    found: dict[str, bytes] = {}
    room = LARGEST_TOGETHER
    for sha256 in dict.fromkeys(row.sha256 for row in audit.evidence if is_picture(row)):
        if only_missing and content.original(sha256) is not None:
            continue
        jpeg = _small_picture(sha256, content)
        if jpeg is not None and len(jpeg) <= room:
            found[sha256] = jpeg
            room -= len(jpeg)
    return found


def _small_picture(sha256: str, content: _Content) -> bytes | None:
    """Return a small picture of the first source that can be shown, None when there is none."""
    from auditor_app.pictures.reading import PictureProblem

    for source in filter(None, content.sources(sha256)):
        with suppress(PictureProblem):
            return _shrunk(source)
    return None


def _shrunk(source: Path) -> bytes:
    """Return a picture small enough for an audit file."""
    from auditor_app.pictures.copies import thumbnail

    small = (thumbnail(source, pixels) for pixels in FILE_PIXELS)
    return next(jpeg for jpeg in small if len(jpeg) <= LARGEST_IN_FILE)


def content_of(path: Path, most: int, problem: type[ValidationError] = FileProblem) -> bytes:
    """Return what a file holds, or one byte more than the `most` it may; raises as `opened` does."""
    with opened(path, problem) as file:
        try:
            return file.read(most + 1)
        except OSError as error:
            raise EnvironmentProblem("cannot_read", path=path) from error


def opened(path: Path, problem: type[ValidationError] = FileProblem) -> BinaryIO:
    """Open a file of others to be read; raises the `problem` for one the person can exchange, `EnvironmentProblem`."""
    if os.path.isdir(path):
        raise problem(str(path), "is_a_folder")
    try:
        return path.open("rb")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise problem(str(path), "no_such_file") from error
    except (OSError, ValueError) as error:
        raise EnvironmentProblem("cannot_read", path=path) from error
