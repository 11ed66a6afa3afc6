"""The library checked, and the history of an audit as a table, for window and commands."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from auditor_app.models.audit import ENTITY_TYPES, Kind
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.fields import fields_of
from auditor_app.models.history import local_time
from auditor_app.models.ids import AuditId
from auditor_app.models.progress import Progress, unwatched
from auditor_app.models.telling import Told
from auditor_app.models.wholeness import Fault, Wholeness
from auditor_app.storage.atomic_file import write_atomically
from auditor_app.storage.checking import check_library
from auditor_app.storage.library import FILE_NAME
from auditor_app.ui.history_desk import CheckAnswer

# A spreadsheet program takes a text that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = ("at", "who", "what", "clause", "field", "before", "after", "change_set", "link")
NOTES_SHOWN = 20


class Histories:
    """Check a library and write histories, for the window."""

    def __init__(self, library: Path) -> None:
        self._file = library / FILE_NAME

    def check(self, audit_id: str, words: Catalogue, progress: Progress) -> CheckAnswer:
        return checked(self._file, words, audit_id, progress)

    def write(self, told: Sequence[Told], path: Path, words: Catalogue) -> None:
        write_table(told, path, words)


def checked(library: Path, words: Catalogue, audit_id: str = "", progress: Progress = unwatched) -> CheckAnswer:
    """Check a library, or with an id one audit of it, and say what was found; raises as `check_library` does."""
    found = check_library(library, _fits, AuditId(audit_id) if audit_id else None, progress)
    notes = [words.text("check", "note", text=_sentence(note, words)) for note in found.notes[:NOTES_SHOWN]]
    return CheckAnswer(
        found.is_whole, _heading(found, words), tuple(_sentence(fault, words) for fault in found.faults), tuple(notes)
    )


def write_table(told: Sequence[Told], path: Path, words: Catalogue) -> None:
    """Write changes as CSV that spreadsheet programs open; raises `EnvironmentProblem`."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(words.text("history", column) for column in _COLUMNS)
    for line in told:
        entry = line.entry
        cells = (local_time(entry.at), entry.who, line.what, line.clause, line.field, line.before, line.after)
        writer.writerow(map(_harmless, (*cells, entry.change_set, entry.link)))
    # With the mark that tells Excel it is UTF-8.
    write_atomically(path, text.getvalue().encode("utf-8-sig", "replace"))


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _fits(lines: Sequence[str], head: str, key: str) -> bool:
    """Say whether lines are a signature of a head by this public key."""
    # Only where there is one, so that nothing else waits for the cryptography.
    from auditor_app.proof.signing import SignatureDamaged, parsed_signature

    try:
        signature = parsed_signature(list(lines))
    except SignatureDamaged:
        return False
    return signature is not None and signature.key.text == key and signature.fits(head)


def _heading(found: Wholeness, words: Catalogue) -> str:
    counts = {"audits": found.audits, "rows": found.rows, "files": found.files, "signatures": found.signatures}
    return words.text("check", "whole" if found.is_whole else "not_whole", count=len(found.faults), **counts)


def _sentence(fault: Fault, words: Catalogue) -> str:
    params = dict(fault.params)
    if "entity" in params:
        params["place"] = _place(str(params["entity"]), str(params["row_id"]), str(params["field"]), words)
    if "at" in params:
        params["at"] = local_time(str(params["at"]))
    text = words.text(fault.section, fault.code, **params)
    return words.text("check", "of_audit", audit=fault.audit, text=text) if fault.audit else text


def _place(entity: str, row_id: str, field: str, words: Catalogue) -> str:
    """Return where something is: the kind of row, the row unless there is but one, and the field."""
    try:
        kind = words.text("history_kind", Kind(entity))
    except ValueError:
        return f"{entity} {row_id} {field}".rstrip()
    # A column such as `contact_phone` stands for the field `contact.phone`.
    names = {path.replace(".", "_"): word for path, word in _fields(entity, words).items()}
    return " ".join(filter(None, (kind, "" if row_id == entity else row_id, names.get(field.replace(".", "_"), field))))


def _fields(entity: str, words: Catalogue) -> dict[str, str]:
    section = "eligibility" if entity == Kind.ELIGIBILITY else "history_field"
    prefix = "" if entity == Kind.ELIGIBILITY else f"{entity}."
    return {f.path: words.text(section, prefix + f.path) for f in fields_of(ENTITY_TYPES[Kind(entity)])}
