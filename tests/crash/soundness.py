"""Whether a library is sound: its database, its history against its rows, its evidence against its names."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.history import HistoryEntry
from auditor_app.models.ids import AuditId, RowId
from auditor_app.storage.backup import is_whole
from auditor_app.storage.backup_files import FOLDER_NAME as BACKUPS
from auditor_app.storage.backup_files import backups_of
from auditor_app.storage.checking import check_library
from auditor_app.storage.columns import column_names, field_at, row_columns
from auditor_app.storage.evidence_store import FOLDER_NAME, EvidenceStore
from auditor_app.storage.library import FILE_NAME, Library

_LEFTOVER = re.compile(
    r"\.[0-9a-f-]{36}\.tmp|\.incoming-[0-9a-f-]{36}\.part|\.backup-[0-9a-f-]{36}\.part(-\w+)?"
    r"|\.restoring-[0-9a-f-]{36}|\..+\.unfinished"
)
"""Names of files and folders that are half written, or were when the program was killed."""

Columns = dict[str, Any]
Rows = dict[tuple[Kind, RowId], Columns]


def damage(folder: Path) -> list[str]:
    """Return what is wrong with the library in a folder; it is opened as the program does."""
    found = [*_of_database(folder)]
    if found:
        return found
    with closing(Library(folder, "checker")) as library:
        for summary in library.summaries():
            found += _of_audit(library, summary.id, EvidenceStore(folder))
    told = check_library(folder / FILE_NAME, lambda _lines, _head, _key: True).faults
    return [*found, *misnamed_evidence(folder), *(f"check: {fault}" for fault in told)]


def rows_of(audit: Audit) -> Rows:
    """Return every row of an audit as the columns that are stored."""
    return {
        (kind, row_id): dict(zip(column_names(kind), row_columns(kind, row), strict=True))
        for kind, rows in audit.rows.items()
        for row_id, row in rows.items()
    }


def replayed(rows: Rows, entries: Iterable[HistoryEntry]) -> Iterator[str]:
    """Make the changes of a history in the rows and yield where one does not begin with what was there."""
    for entry in entries:
        if entry.kind is None:
            continue
        key = (entry.kind, entry.row_id)
        before, after = (None if text is None else json.loads(text) for text in (entry.before, entry.after))
        if entry.field:
            column = field_at(entry.kind, entry.field).column
            if rows[key][column] != before:
                yield f"history of {key} {entry.field}: {rows[key][column]!r} is not {before!r}"
            rows[key][column] = after
        elif after is None:
            rows.pop(key, None)
        else:
            rows[key] = after


def leftovers(folder: Path) -> list[str]:
    """Return the files below a folder that nobody finished."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if _LEFTOVER.fullmatch(path.name))


def is_leftover(path: Path) -> bool:
    """Say whether a file is one that nobody finished, or lies in such a folder."""
    return any(_LEFTOVER.fullmatch(part) for part in path.parts)


def unsound_backups(folder: Path) -> Iterator[str]:
    """Yield which backups below a folder are not whole, and which evidence beside them is not what its name says."""
    for backups in sorted(folder.rglob(BACKUPS)):
        if is_leftover(backups):
            continue
        for backup in backups_of(backups.parent):
            if not is_whole(backup):
                yield f"the backup {backup.path.name} in {backups.parent.name} is not whole"
        yield from misnamed_evidence(backups.parent)


def _of_database(folder: Path) -> Iterator[str]:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        answers = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        if answers != ["ok"]:
            yield f"integrity_check: {answers[:3]}"
        if strays := connection.execute("PRAGMA foreign_key_check").fetchall():
            yield f"foreign_key_check: {strays[:3]}"


def _of_audit(library: Library, audit_id: AuditId, store: EvidenceStore) -> Iterator[str]:
    audit = library.load(audit_id)[1]
    history = library.history(audit_id)
    told: Rows = {}
    yield from replayed(told, history)
    stored = rows_of(audit)
    for key in told.keys() | stored.keys():
        # A column that a later version added is in no older history.
        if key not in told or key not in stored or not told[key].items() <= stored[key].items():
            yield f"{key}: stored {stored.get(key)}, history says {told.get(key)}"
    # What came with a file from elsewhere may have its content elsewhere.
    brought = {entry.row_id for entry in history if entry.change_set == history[0].change_set}
    for row_id, row in audit.of(Kind.EVIDENCE).items():
        if row_id not in brought and not store.is_whole(row.sha256):
            yield f"the content of the evidence {row.name} is not there or damaged"


def misnamed_evidence(folder: Path) -> Iterator[str]:
    """Yield which content of evidence in a folder is not what its name says."""
    for path in (folder / FOLDER_NAME).rglob("*"):
        if path.is_file() and not is_leftover(path):
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != path.name:
                    yield f"{path.name} is not what its name says"
