"""A damaged library salvaged into a folder beside it, with its evidence and a report in words."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from glob import escape
from itertools import groupby
from pathlib import Path

from auditor_app import files
from auditor_app.exchange.standards import default_standard, shipped_by_hash
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.progress import Progress, unwatched
from auditor_app.models.salvaged import Salvaged, SalvageNote
from auditor_app.models.standard import Standard
from auditor_app.storage.atomic_file import write_atomically
from auditor_app.storage.condition import BACKUPS
from auditor_app.storage.evidence_store import FOLDER_NAME as EVIDENCE
from auditor_app.storage.evidence_store import EvidenceStore
from auditor_app.storage.folder_lock import FILE_NAME as LOCK
from auditor_app.storage.folder_lock import locked
from auditor_app.storage.library import FILE_NAME, Library
from auditor_app.storage.salvage import SalvageWords, salvage

MOST_LINES = 2_000
_UNFINISHED = ".unfinished"
_STAYS = ("library", BACKUPS, "window.lock", "window.raise", "logs", "failures.log", ".")
"""How the names of what stays behind begin: the library and its copies, backups, locks and logs."""


class SalvageProblem(EnvironmentProblem):
    """A state of the machine that keeps anything from being salvaged."""

    section = "salvage_problem"


@dataclass(frozen=True)
class SalvagedLibrary:
    """The new library: its folder, the report in it, and what came of it."""

    folder: Path
    report: Path
    salvaged: Salvaged


def salvage_library(
    folder: Path, words: Catalogue, progress: Progress = unwatched, *, target: Path | None = None
) -> SalvagedLibrary:
    """Salvage the library of a folder into a new folder, beside it unless a `target` is named; may run on any thread.

    The new folder appears when all of it is there; without a single audit there is none. Raises `EnvironmentProblem`
    and what ends the `progress`.
    """
    at = f"-salvaged-{datetime.now():%Y%m%d-%H%M%S}"
    near = folder.absolute() if target is None else target.absolute()
    target = _free(near.with_name(f"{near.name}{at}")) if target is None else near
    making = near.with_name(f".{near.name}{at}{_UNFINISHED}")
    _sweep(near)
    try:
        making.mkdir(mode=0o700)
    except OSError as error:
        raise SalvageProblem("folder", folder=target) from error
    try:
        inside = SalvageWords(words.text("salvage", "lost"), words.text("salvage", "reopened"))
        report = target / words.text("salvage", "report_name")
        with locked(making):
            told = salvage(folder / FILE_NAME, making / FILE_NAME, files.who(), _shipped, inside, progress)
            if told.audits:
                evidence = _bring_along(folder, making)
                text = report_text(words, folder / FILE_NAME, target / FILE_NAME, told, evidence)
                # With a mark, so that every editor reads the Chinese in it.
                write_atomically(making / report.name, text.encode("utf-8-sig"))
        if told.audits:
            (making / LOCK).unlink()
            os.rename(making, target)
        return SalvagedLibrary(target, report, told)
    except OSError as error:
        raise SalvageProblem("folder", folder=target) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Take away what was left by a program that was killed while it salvaged this library, or to this folder."""
    with suppress(OSError):
        for path in folder.parent.glob(f".{escape(folder.name)}-salvaged-*{_UNFINISHED}"):
            with suppress(OSError), locked(path) as is_free:
                if is_free:
                    shutil.rmtree(path, ignore_errors=True)


def report_text(words: Catalogue, source: Path, target: Path, told: Salvaged, evidence: tuple[int, int]) -> str:
    """Return the report on a salvaged library; `evidence` are the pieces brought along and those missing."""
    return "\n".join(_report(words, source, target, told, evidence)) + "\n"


def _report(words: Catalogue, source: Path, target: Path, told: Salvaged, evidence: tuple[int, int]) -> Iterator[str]:
    def say(key: str, **params: object) -> str:
        return words.text("salvage", key, **params)

    yield say("head")
    yield ""
    yield say("made", at=f"{datetime.now():%Y-%m-%d %H:%M}")
    yield say("from", path=source)
    yield say("to", path=target)
    yield ""
    yield say("counts", audits=told.audits, rows=told.rows, history=told.history)
    yield say("damage", pages=told.pages, damaged_pages=told.damaged_pages, damaged_rows=told.damaged_rows)
    if told.missing_history:
        yield say("missing_history", count=told.missing_history)
    yield say("evidence", taken=evidence[0], missing=evidence[1])
    yield ""
    if not told.notes:
        yield say("whole")
        return
    yield say("notes")
    notes = sorted(told.notes, key=lambda note: (note.number, note.audit_id))
    shown = notes[:MOST_LINES]
    for (number, audit_id), of_audit in groupby(shown, key=lambda note: (note.number, note.audit_id)):
        yield ""
        yield say("audit", number=number or "?", id=audit_id)
        yield from (say("line", where=_where(words, note), what=_what(words, note)) for note in of_audit)
    if len(notes) > len(shown):
        yield say("more", count=len(notes) - len(shown))
    yield ""
    yield say("advice")


def _where(words: Catalogue, note: SalvageNote) -> str:
    if note.kind is None:
        return words.text("salvage", "whole_audit")
    row = "" if note.row_id == note.kind else note.row_id
    return words.text("salvage", "row", kind=words.text("salvage_kind", note.kind), id=row).strip()


def _what(words: Catalogue, note: SalvageNote) -> str:
    reason = note.reason
    with suppress(KeyError):
        reason = words.text("salvage_reason", note.reason)
    return words.text("salvage_note", note.code, reason=reason)


def _bring_along(folder: Path, target: Path) -> tuple[int, int]:
    """Have what belongs to the library in the new folder too; return how much evidence came and how much is missing."""
    for source in folder.iterdir():
        if source.name == EVIDENCE and source.is_dir():
            # Content never changes, so both folders may name the same file where the disk allows that.
            shutil.copytree(source, target / EVIDENCE, copy_function=_link)
        elif source.name.startswith(_STAYS):
            continue
        elif source.is_dir():
            shutil.copytree(source, target / source.name)
        elif source.is_file():
            shutil.copyfile(source, target / source.name)
    store, seen = EvidenceStore(target), set[str]()
    with closing(Library(target, files.who())) as library:
        for summary in library.summaries():
            seen |= {row.sha256 for row in library.load(summary.id)[1].evidence}
    there = sum(map(store.holds, seen))
    return there, len(seen) - there


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
    return target


def _shipped(content_hash: str) -> Standard | None:
    return shipped_by_hash(content_hash) if content_hash else default_standard()


def _free(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free
