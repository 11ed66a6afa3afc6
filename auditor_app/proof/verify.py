"""Say whether a report still says what it said when it was made, and what in it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from auditor_app.models.progress import Progress, unwatched
from auditor_app.models.standard import Standard
from auditor_app.proof.keys import PublicKey
from auditor_app.proof.manifest import (
    HEAD,
    VERSION,
    Manifest,
    ManifestDamaged,
    Outline,
    by_place,
    cell_line,
    fingerprint,
    kept_names,
    manifest_of,
    name_line,
    near_values,
    parsed,
)
from auditor_app.proof.problems import ProofProblem
from auditor_app.proof.rescoring import Rescored, StandardOf, rescored
from auditor_app.proof.signing import Signature, SignatureDamaged, is_signature_line, parsed_signature
from auditor_app.proof.stamp import lines_of, proof_sheets
from auditor_app.report import names
from auditor_app.workbooks.book import Book, CellContent, Sheet
from auditor_app.workbooks.reading import read_book


class Content(StrEnum):
    """Whether a workbook says what its manifest keeps."""

    WHOLE = "whole"
    CHANGED = "changed"
    NO_MANIFEST = "no_manifest"
    MANIFEST_DAMAGED = "manifest_damaged"


class Signed(StrEnum):
    """What is known of the signature; the last three are answers to a key that was given."""

    UNSIGNED = "unsigned"
    UNKNOWN_KEY = "unknown_key"
    BROKEN = "broken"
    BY_KEY = "by_key"
    OTHER_KEY = "other_key"
    KEY_UNSIGNED = "key_unsigned"


class ChangeKind(StrEnum):
    """What changed."""

    CELL_CHANGED = "cell_changed"
    CELL_ADDED = "cell_added"
    CELL_EMPTIED = "cell_emptied"
    RESULT_CHANGED = "result_changed"
    CELL_UNCALCULATED = "cell_uncalculated"
    SHEET_MISSING = "sheet_missing"
    SHEET_ADDED = "sheet_added"
    SHEET_SHOWN = "sheet_shown"
    SHEET_HIDDEN = "sheet_hidden"
    SHEETS_MOVED = "sheets_moved"
    NAME_CHANGED = "name_changed"
    CELL_MASKED = "cell_masked"
    FORMAT_MASKS = "format_masks"
    SOMEWHERE = "somewhere"


_LAST = (ChangeKind.RESULT_CHANGED, ChangeKind.CELL_UNCALCULATED)


@dataclass(frozen=True)
class Change:
    """One difference: where, and the value that is there now; the one before is not known."""

    kind: ChangeKind
    sheet: str = ""
    cell: str = ""
    value: str = ""


@dataclass(frozen=True)
class Answer:
    """What was found: content, changes in the order of the workbook, score (None without named cells), signature.

    `signer` and `signed_on` are what the signature claims; only the key is proven. `sealing` is when and by whom the
    report says that the audit was finalised, as `report.names.SEALING` explains; None where it does not speak of that.
    `other` is the key of the words for a workbook of this program that is no report.
    """

    content: Content
    changes: tuple[Change, ...]
    rescored: Rescored | None
    signed: Signed
    signer: str = ""
    signed_on: date | None = None
    key: PublicKey | None = None
    sealing: tuple[str, str] | None = None
    other: str = ""

    @property
    def score_agrees(self) -> bool:
        """Say whether the score shown follows from the verdicts, as far as they could be read."""
        return self.rescored is None or not self.rescored.disagreements

    @property
    def is_yes(self) -> bool:
        """Say whether the report is whole and unchanged and, when a key was given, signed with it."""
        is_signed = self.signed in (Signed.UNSIGNED, Signed.UNKNOWN_KEY, Signed.BY_KEY)
        return self.content is Content.WHOLE and self.score_agrees and is_signed


def verify(
    content: bytes,
    standard_of: StandardOf,
    fallback: Standard,
    key: PublicKey | None = None,
    progress: Progress = unwatched,
) -> Answer:
    """Check the content of an xlsx file, and its signature against a `key` if one is given.

    Raises `WorkbookProblem` for what is no sound workbook, `ProofProblem` for a manifest of a newer program, and what
    ends the `progress`, of which reading takes the first half.
    """
    whole = read_book(content, lambda done, total: progress(done, 2 * total))
    proofs = proof_sheets(whole)
    book = Book(
        tuple(sheet for sheet in whole if sheet not in proofs),
        *(whole.names, whole.local_names, whole.starts_1904, whole.has_masks),
    )
    answer = _answer(book, proofs, rescored(book, standard_of, fallback), key, progress)
    told = [content.shown().strip() if content else "" for content in map(book.named, names.SEALING)]
    return replace(answer, sealing=(told[0], told[1])) if all(name in book.names for name in names.SEALING) else answer


def _answer(
    book: Book, proofs: list[Sheet], score: Rescored | None, key: PublicKey | None, progress: Progress
) -> Answer:
    """Return what the proofs say of a workbook, which is given without them."""
    if not proofs:
        return Answer(Content.NO_MANIFEST, (), score, Signed.UNSIGNED if key is None else Signed.KEY_UNSIGNED)
    try:
        manifest, signature = _proof(proofs)
    except (ManifestDamaged, SignatureDamaged):
        return Answer(Content.MANIFEST_DAMAGED, (), score, Signed.BROKEN)
    changes = tuple(_changes(book, manifest, progress))
    found = Content.CHANGED if changes else Content.WHOLE
    signed = _signed(signature, manifest.digest, key)
    if signature is None:
        return Answer(found, changes, score, signed)
    return Answer(found, changes, score, signed, signature.signer, signature.signed_on, signature.key)


def _proof(proofs: list[Sheet]) -> tuple[Manifest, Signature | None]:
    lines = lines_of(proofs[0])
    if lines is None or len(proofs) > 1:
        raise ManifestDamaged
    version = lines[0].removeprefix(HEAD)
    if version.isascii() and version.isdigit() and len(version) < 9 and int(version) > VERSION:
        raise ProofProblem("", "newer")
    signature = [line for line in lines if is_signature_line(line)]
    return parsed([line for line in lines if not is_signature_line(line)]), parsed_signature(signature)


def _signed(signature: Signature | None, digest: str, key: PublicKey | None) -> Signed:
    if signature is None:
        return Signed.UNSIGNED if key is None else Signed.KEY_UNSIGNED
    if not signature.fits(digest):
        return Signed.BROKEN
    if key is None:
        return Signed.UNKNOWN_KEY
    return Signed.BY_KEY if key == signature.key else Signed.OTHER_KEY


def _changes(book: Book, manifest: Manifest, progress: Progress) -> Iterator[Change]:
    values: dict[tuple[str, str], str] = {}
    found = [*_sheet_changes(book, manifest)]
    sheets = tuple(book)
    for place, sheet in enumerate(sheets):
        progress(len(sheets) + place, 2 * len(sheets))
        outline = manifest.sheet(sheet.title)
        if outline is not None:
            found += _cell_changes(sheet, outline, values)
    found += [*_name_changes(book, manifest), *_masks(book)]
    # What follows from a changed cell comes behind it; last what a program that stores no results leaves all away.
    found.sort(key=lambda change: _LAST.index(change.kind) if change.kind in _LAST else -1)
    if not found and manifest_of(book, values).digest != manifest.digest:
        # Every fingerprint fits and the whole does not: chance does not do that.
        found = [Change(ChangeKind.SOMEWHERE)]
    yield from found


def _sheet_changes(book: Book, manifest: Manifest) -> Iterator[Change]:
    before, now = [sheet.title for sheet in manifest.sheets], [sheet.title for sheet in book]
    yield from (Change(ChangeKind.SHEET_MISSING, title) for title in before if title not in now)
    yield from (Change(ChangeKind.SHEET_ADDED, title) for title in now if title not in before)
    if [title for title in before if title in now] != [title for title in now if title in before]:
        yield Change(ChangeKind.SHEETS_MOVED)
    for sheet in book:
        outline = manifest.sheet(sheet.title)
        if outline is not None and outline.is_visible != sheet.is_visible:
            yield Change(ChangeKind.SHEET_SHOWN if sheet.is_visible else ChangeKind.SHEET_HIDDEN, sheet.title)


def _cell_changes(sheet: Sheet, outline: Outline, values: dict[tuple[str, str], str]) -> Iterator[Change]:
    """Yield the cells that changed; keep in `values` what the others said, digits of noise aside."""
    for place in sorted({*sheet.cells, *outline.cells}, key=by_place):
        content, kept = sheet.cells.get(place), outline.cells.get(place)
        if content is None:
            yield Change(ChangeKind.CELL_EMPTIED, sheet.title, place)
        elif kept is None:
            yield Change(ChangeKind.CELL_ADDED, sheet.title, place, _shown(content))
        else:
            value = _matching(sheet.title, place, content, kept)
            if value is None:
                yield Change(_kind_of(content), sheet.title, place, _shown(content))
            else:
                values[sheet.title, place] = value


def _kind_of(content: CellContent) -> ChangeKind:
    """Return what changed about a cell whose fingerprint does not fit."""
    if not content.text:
        return ChangeKind.CELL_UNCALCULATED
    return ChangeKind.RESULT_CHANGED if content.formula else ChangeKind.CELL_CHANGED


def _matching(title: str, place: str, content: CellContent, kept: str) -> str | None:
    for value in near_values(content):
        if fingerprint(title, cell_line(place, content, value)) == kept:
            return value
    return None


def _masks(book: Book) -> Iterator[Change]:
    """Yield the cells whose number format shows something else than they say; no report has such formats."""
    for sheet in book:
        for place in sorted(sheet.cells, key=by_place):
            if sheet.cells[place].is_masked:
                yield Change(ChangeKind.CELL_MASKED, sheet.title, place, _shown(sheet.cells[place]))
    if book.has_masks:
        yield Change(ChangeKind.FORMAT_MASKS)


def _name_changes(book: Book, manifest: Manifest) -> Iterator[Change]:
    now: Mapping[str, str] = kept_names(book)
    for name, kept in manifest.names.items():
        # A name of one sheet goes before that of the workbook in the formulas of that sheet.
        is_same = name in now and fingerprint("", name_line(name, now[name])) == kept
        if not is_same or name in book.local_names:
            yield Change(ChangeKind.NAME_CHANGED, value=name)
    yield from (Change(ChangeKind.NAME_CHANGED, value=name) for name in now if name not in manifest.names)


def _shown(content: CellContent) -> str:
    return content.shown() or f"={content.formula}"
