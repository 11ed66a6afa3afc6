"""Packages for others and from others: the layers put together, for the window and the commands.

The `library` of a function is the folder of a library, where the content of evidence and its small pictures lie.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from auditor_app import files
from auditor_app.exchange.audit_file import Decoded, decode_whole
from auditor_app.exchange.standards import shipped_standard
from auditor_app.file_kinds import FileKind, other_file
from auditor_app.models.audit import Audit, same_content
from auditor_app.models.entities import Evidence
from auditor_app.models.errors import ValidationError
from auditor_app.models.events import note
from auditor_app.models.evidence import is_picture
from auditor_app.models.packed import OpenedPackage, Packed, Packing
from auditor_app.models.progress import Progress, part_of, unwatched
from auditor_app.models.standard import Standard
from auditor_app.packages.names import file_name
from auditor_app.storage.atomic_file import (
    check_target,
    for_owner,
    problem_of,
    replaced_atomically,
    temporary_problems,
)
from auditor_app.storage.evidence_store import BROUGHT, THUMBNAILS, EvidenceStore
from auditor_app.storage.library import Library

if TYPE_CHECKING:
    from auditor_app.proof.stamp import Signer

# Encryption, Excel and pictures are imported where they are needed, so that nothing else waits for them.

BARE_PIXELS = 2560
"""Longest edge of a bare copy: a page that was photographed can still be read."""
INDEX_PIXELS = 160
_REPORT_SHARE = 0.5


def write_bundle(
    standard: Standard, audit: Audit, path: Path, packing: Packing, library: Path, progress: Progress = unwatched
) -> Packed:
    """Write the evidence bundle and return what it holds.

    Raises `EnvironmentProblem`, `PackageProblem`, or what ends the `progress`; what was there before is then
    untouched and nothing is left beside it.
    """
    from auditor_app.packages import bundle

    note("bundle_begun", evidence=len(audit.evidence), bare=packing.bare)
    store = EvidenceStore(library)
    contents = bundle.Contents(
        original=store.path, small=lambda row: _small(row, store, library / THUMBNAILS), bare=_bare_copy
    )
    with replaced_atomically(path) as file:
        return bundle.write_bundle(
            file, standard, audit, contents, packing, datetime.now(), files.who(), progress=progress
        )


def write_sealed(
    standard: Standard,
    audit: Audit,
    path: Path,
    packing: Packing,
    library: Path,
    progress: Progress = unwatched,
    signer: Signer | None = None,
) -> Packed:
    """Write the sealed package and return what it holds; raises as `write_bundle` does.

    With a `signer` the report in it is signed.
    """
    from auditor_app.packages import sealed
    from auditor_app.packages.passwords import check_password

    check_target(path)
    if packing.password:
        check_password(packing.password)
    of_report, of_packing = part_of(progress, 0, _REPORT_SHARE), part_of(progress, _REPORT_SHARE, 1)
    parts = sealed.Parts(
        report=files.finished_report(standard, audit, packing.language, library, signer=signer, progress=of_report),
        audit_file=files.audit_bytes(standard, audit, library, only_missing=True),
        original=EvidenceStore(library).path,
    )
    made = datetime.now().astimezone()
    note("package_begun", evidence=len(audit.evidence), locked=bool(packing.password))
    with replaced_atomically(path) as file:
        return sealed.write_sealed(file, audit, parts, made, files.who(), packing.password, of_packing)


def open_sealed(path: Path, password: str = "", progress: Progress = unwatched) -> OpenedPackage:
    """Read a sealed package whole and return what it holds and what is wrong with it; nothing is written.

    Raises `ValidationError` for what is no sealed package or cannot be read as one, `EnvironmentProblem` when the
    disk fails, and what ends the `progress`.
    """
    from auditor_app.packages.manifest import AUDIT, LARGEST
    from auditor_app.packages.opening import SealedReader, differences

    with _opened(path) as file:
        reader = SealedReader(file, password)
        manifest, problems = reader.manifest, list[ValidationError](reader.problems(progress))
        whole = None
        if all(problem.path != AUDIT for problem in problems):
            try:
                whole = decode_whole(reader.read(AUDIT, LARGEST[AUDIT]), shipped_standard)
            except ValidationError as error:
                problems.append(type(error)(f"{AUDIT}: {error.path}", error.code, **error.params))
    if whole is not None:
        problems += differences(manifest, whole.audit)
    return OpenedPackage(
        path=path,
        program=manifest.program,
        made_at=manifest.made_at,
        made_by=manifest.made_by,
        number=manifest.number,
        company=manifest.company,
        pieces=len(manifest.evidence),
        size=sum(part.size for part in manifest.parts),
        missing=_names_of(manifest.missing, whole),
        problems=tuple(_with_name(problem, whole) for problem in problems),
        standard=whole.standard if whole and not problems else None,
        audit=whole.audit if whole and not problems else None,
        password=password,
    )


@temporary_problems()
def take_evidence(opened: OpenedPackage, library: Path, progress: Progress = unwatched) -> int:
    """Take the originals of a whole package into the store, as far as they are not there; return how many.

    The audit itself is added after this, by whoever asked: it must not be there without its evidence. Raises
    `ValidationError` when the package is not whole, has changed meanwhile, or when the library has this audit with
    other content, `EnvironmentProblem` when the disk refuses, and what ends the `progress`. What was taken until then
    stays in the store, where no audit shows it.
    """
    from auditor_app.packages.manifest import AUDIT, LARGEST, LARGEST_EVIDENCE, evidence_name
    from auditor_app.packages.opening import SealedReader
    from auditor_app.packages.writing import Meter

    audit = _fit_to_take(opened, library)
    store, taken = EvidenceStore(library), 0
    aside = tempfile.TemporaryDirectory(prefix="auditor-", ignore_cleanup_errors=True)
    with _opened(opened.path) as file, aside as folder:
        reader = SealedReader(file, opened.password)
        rows = {row.sha256: row for row in audit.evidence if row.sha256 in reader.manifest.evidence}
        meter = Meter(sum(row.size for row in rows.values()), progress)
        for sha256, row in rows.items():
            meter.count(0)
            if not store.is_whole(sha256):
                pieces = reader.pieces(evidence_name(sha256), LARGEST_EVIDENCE)
                _add(store, pieces, row, Path(folder, file_name(sha256[:8], row.name)))
                taken += 1
            meter.count(row.size)
        small = decode_whole(reader.read(AUDIT, LARGEST[AUDIT]), shipped_standard).thumbnails
    files.keep_thumbnails(library, small)
    return taken


class Packages:
    """The packages of one library, for the window; every function may run in the background."""

    def __init__(self, library: Path) -> None:
        self._library = library

    def check_password(self, password: str) -> None:
        """Raise `ValidationError` for a password that is not fit."""
        from auditor_app.packages.passwords import check_password

        check_password(password)

    def write_bundle(
        self, standard: Standard, audit: Audit, path: Path, packing: Packing, progress: Progress
    ) -> Packed:
        """Write the evidence bundle."""
        return write_bundle(standard, audit, path, packing, self._library, progress)

    def write_sealed(
        self,
        standard: Standard,
        audit: Audit,
        path: Path,
        packing: Packing,
        progress: Progress,
        signer: Signer | None = None,
    ) -> Packed:
        """Write the sealed package, its report signed if there is a `signer`."""
        return write_sealed(standard, audit, path, packing, self._library, progress, signer)

    def open_sealed(self, path: Path, password: str, progress: Progress) -> OpenedPackage:
        """Read a sealed package whole."""
        return open_sealed(path, password, progress)

    def take_evidence(self, opened: OpenedPackage, progress: Progress) -> int:
        """Take the originals of a whole package into the store."""
        return take_evidence(opened, self._library, progress)


def _fit_to_take(opened: OpenedPackage, library: Path) -> Audit:
    """Return the audit of a package when it may be taken into the library; raises as `take_evidence` does."""
    from auditor_app.packages.problems import PackageProblem

    if opened.audit is None or not opened.is_whole:
        raise PackageProblem(str(opened.path), "not_whole")
    with closing(Library(library, files.who())) as held:
        if held.holds(opened.audit.id):
            stored = held.load(opened.audit.id)[1]
            if not same_content(stored, opened.audit):
                raise ValidationError("id", "audit_exists", number=stored.info.number)
    return opened.audit


def _add(store: EvidenceStore, pieces: Iterator[bytes], row: Evidence, aside: Path) -> None:
    """Store content that lies aside first, so that nothing but what the audit names comes into the store."""
    from auditor_app.packages.problems import PackageProblem

    digest = hashlib.sha256()
    try:
        with open(aside, "wb", opener=for_owner) as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
        if digest.hexdigest() != row.sha256:
            raise PackageProblem(row.name, "part_changed", name=row.name)
        store.add(aside)
    except OSError as error:
        raise problem_of(error, aside) from error
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Give the open file of a package; what is wrong with the package as a whole is told with its path."""
    from auditor_app.packages.problems import PackageProblem

    if os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path):
        # Opening a pipe would wait for somebody to write.
        raise PackageProblem(str(path), "foreign")
    with files.opened(path) as file:
        try:
            yield file
        except PackageProblem as error:
            other = other_file(path, FileKind.PACKAGE)
            if error.path and other is None:
                raise
            raise other or PackageProblem(str(path), error.code, **error.params) from error


def _names_of(missing: tuple[str, ...], whole: Decoded | None) -> tuple[str, ...]:
    """Return the names of evidence by its sha256, as far as the audit tells them."""
    rows = {} if whole is None else {row.sha256: row.name for row in whole.audit.evidence}
    return tuple(rows.get(sha256) or sha256[:12] for sha256 in missing)


def _with_name(problem: ValidationError, whole: Decoded | None) -> ValidationError:
    """Return a problem of a part that is evidence with the name of the file that people know."""
    from auditor_app.packages.manifest import EVIDENCE

    folder, _, sha256 = problem.path.rpartition("/")
    rows = {} if whole is None else {row.sha256: row.name for row in whole.audit.evidence}
    if f"{folder}/" != EVIDENCE or not rows.get(sha256):
        return problem
    return type(problem)(problem.path, problem.code, name=f"{rows[sha256]} ({EVIDENCE}{sha256[:12]}…)")


def _bare_copy(row: Evidence, file: BinaryIO) -> bytes | None:
    from auditor_app.pictures.copies import export_copy
    from auditor_app.pictures.reading import PictureProblem

    try:
        return export_copy(file, BARE_PIXELS, row.rotation, row.marks)
    except PictureProblem:
        return None


def _small(row: Evidence, store: EvidenceStore, thumbnails: Path) -> bytes | None:
    """Return a small picture with its marks, from the smallest source that can be shown."""
    from auditor_app.pictures.copies import export_copy
    from auditor_app.pictures.reading import PictureProblem

    if not is_picture(row):
        return None
    name = f"{row.sha256}.jpg"
    for source in (thumbnails / name, store.path(row.sha256), thumbnails / BROUGHT / name):
        with suppress(PictureProblem):
            return export_copy(source, INDEX_PIXELS, row.rotation, row.marks)
    return None
