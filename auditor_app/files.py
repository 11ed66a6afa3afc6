"""Reading and writing files of others, the same for the window and the commands.

The `library` of a function is the folder of a library, where the content of evidence and its small pictures lie.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from auditor_app.exchange.audit_file import Decoded, decode_whole, encode
from auditor_app.exchange.problems import FileProblem
from auditor_app.exchange.reading import LARGEST_FILE
from auditor_app.exchange.standards import shipped_standard
from auditor_app.models.audit import Audit, Kind
from auditor_app.models.catalogue import RESOURCES
from auditor_app.models.entities import Evidence
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.evidence import is_picture
from auditor_app.models.ids import RowId
from auditor_app.models.standard import Standard
from auditor_app.storage.atomic_file import check_target, problem_of, write_atomically
from auditor_app.storage.evidence_store import EvidenceStore

if TYPE_CHECKING:
    from auditor_app.report.snapshot import ReportSnapshot

# Excel and pictures are imported where they are needed, so that nothing else waits for them.

SAMPLE = RESOURCES / "samples" / "pump-maker.json"
THUMBNAILS = "thumbnails"
REPORT_PIXELS = 480
"""Longest edge of a picture in a report."""
FILE_PIXELS = (160, 120, 80)
"""Longest edge of a small picture in an audit file; the next is for one that would be too large."""
LARGEST_IN_FILE = 20_000


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
    try:
        return decode_whole(_read(path), shipped_standard)
    except FileProblem as error:
        if error.path:
            raise
        raise FileProblem(str(path), error.code, **error.params) from error


def write_audit(standard: Standard, audit: Audit, path: Path, library: Path | None = None) -> None:
    """Write an audit file; raises `EnvironmentProblem` and leaves what was there before."""
    check_target(path)
    content = None if library is None else _Content(library)
    write_atomically(path, encode(audit, standard, {} if content is None else _small_pictures(audit, content)))


def keep_thumbnails(library: Path, thumbnails: Mapping[str, bytes]) -> None:
    """Keep the small pictures of an audit file where the library has neither the content nor a small picture of it.

    They are made anew, so that nothing but a picture is kept; what is none is left out. Raises `EnvironmentProblem`.
    """
    content = _Content(library)
    wanted = {key: jpeg for key, jpeg in thumbnails.items() if not (content.original(key) or content.thumbnail(key))}
    if not wanted:
        return
    from auditor_app.pictures.copies import thumbnail
    from auditor_app.pictures.reading import PictureProblem

    folder = library / THUMBNAILS
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise problem_of(error, folder) from error
    with TemporaryDirectory() as aside:
        came = Path(aside, "came.jpg")
        for sha256, jpeg in wanted.items():
            came.write_bytes(jpeg)
            try:
                bare = thumbnail(came, FILE_PIXELS[0])
            except PictureProblem:
                continue
            write_atomically(folder / f"{sha256}.jpg", bare)


def write_report(
    standard: Standard,
    audit: Audit,
    language: str,
    path: Path,
    library: Path | None = None,
    *,
    with_locations: bool = False,
) -> None:
    """Write the Excel report; raises `EnvironmentProblem` and leaves what was there before.

    Where photos were taken is in it only `with_locations`.
    """
    from auditor_app.report.snapshot import snapshot
    from auditor_app.report.workbook import report_bytes

    check_target(path)
    made = snapshot(standard, audit, language, date.today())
    if library is not None and audit.evidence:
        made = _with_pictures(made, _Content(library), with_locations)
    write_atomically(path, report_bytes(made))


def write_report_of_file(source: Path, language: str, path: Path) -> None:
    """Write the Excel report of an audit file with the small pictures it brings; raises as the parts of it do.

    That the content of evidence is elsewhere is how such a file is meant, so the report does not speak of it.
    """
    from auditor_app.report.snapshot import snapshot
    from auditor_app.report.workbook import report_bytes

    whole = read_audit_file(source)
    check_target(path)
    made = snapshot(whole.standard, whole.audit, language, date.today())
    if whole.thumbnails:
        with TemporaryDirectory() as aside:
            keep_thumbnails(Path(aside), whole.thumbnails)
            made = replace(_with_pictures(made, _Content(Path(aside)), False), missing=frozenset())
    write_atomically(path, report_bytes(made))


class _Content:
    """What the folder of a library has of the content of evidence."""

    def __init__(self, library: Path) -> None:
        self._store = EvidenceStore(library)
        self._thumbnails = library / THUMBNAILS

    def original(self, sha256: str) -> Path | None:
        """Return the content as it was added."""
        return self._store.path(sha256) if self._store.holds(sha256) else None

    def thumbnail(self, sha256: str) -> Path | None:
        """Return a small picture of it, upright and without anything but the picture."""
        path = self._thumbnails / f"{sha256}.jpg"
        return path if path.is_file() else None


def _with_pictures(made: ReportSnapshot, content: _Content, with_locations: bool) -> ReportSnapshot:
    """Return the snapshot with the pictures of its evidence; one that cannot be shown is named as such."""
    from auditor_app.pictures.copies import export_copy
    from auditor_app.pictures.facts import inspect
    from auditor_app.pictures.reading import PictureProblem

    pictures: dict[RowId, bytes] = {}
    missing, unshown, locations = set(), set(), {}
    rows: Mapping[RowId, Evidence] = made.audit.of(Kind.EVIDENCE)
    for row_id, row in rows.items():
        original = content.original(row.sha256)
        if original is None:
            missing.add(row.sha256)
        source = original or content.thumbnail(row.sha256)
        if source is None or not is_picture(row):
            continue
        try:
            pictures[row_id] = export_copy(source, REPORT_PIXELS, row.rotation, row.marks)
            facts = inspect(source) if with_locations else None
        except PictureProblem:
            unshown.add(row.sha256)
            continue
        if facts is not None and facts.location is not None:
            locations[row.sha256] = facts.location
    return replace(made, pictures=pictures, missing=frozenset(missing), unshown=frozenset(unshown), locations=locations)


def _small_pictures(audit: Audit, content: _Content) -> dict[str, bytes]:
    """Return the small pictures of the evidence that has one, by sha256."""
    wanted = dict.fromkeys(row.sha256 for row in audit.evidence if is_picture(row))
    found = {sha256: _small_picture(sha256, content) for sha256 in wanted}
    return {sha256: jpeg for sha256, jpeg in found.items() if jpeg is not None}


def _small_picture(sha256: str, content: _Content) -> bytes | None:
    """Return a small picture of the one kept or of the content, None when neither can be shown."""
    from auditor_app.pictures.reading import PictureProblem

    for source in filter(None, (content.thumbnail(sha256), content.original(sha256))):
        with suppress(PictureProblem):
            return _shrunk(source)
    return None


def _shrunk(source: Path) -> bytes:
    """Return a picture small enough for an audit file."""
    from auditor_app.pictures.copies import thumbnail

    small = (thumbnail(source, pixels) for pixels in FILE_PIXELS)
    return next(jpeg for jpeg in small if len(jpeg) <= LARGEST_IN_FILE)


def _read(path: Path) -> bytes:
    if os.path.isdir(path):
        raise FileProblem(str(path), "is_a_folder")
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileProblem(str(path), "no_such_file") from error
    except OSError as error:
        raise EnvironmentProblem("cannot_read", path=path) from error
