"""Libraries for the fuzzers: what is in them, and how the files of one stand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from auditor_app import files
from auditor_app.models.audit import Kind, only_row
from auditor_app.models.changes import ChangeSet, edit
from auditor_app.models.ids import AuditId, new_id
from auditor_app.storage.library import Library


def fill(library: Library, audits: int) -> None:
    """Put so many sample audits into a library, each edited once, and what no history tells of."""
    standard, sample = files.read_audit(files.SAMPLE)
    for number in range(audits):
        audit = replace(sample, id=AuditId(new_id()))
        library.add(audit, standard)
        changes = edit(audit, Kind.COMPANY, only_row(Kind.COMPANY), {"name": f"第 {number} 家公司", "employees": 900})
        library.apply(ChangeSet(audit.id, changes))
    library.set_setting("folder", "/somewhere")
    library.keep_phrase("5.1", "抽查的记录完整")


def edit_some(library: Library, edits: int) -> None:
    """Edit the audits of a library in turn, so many times."""
    for number in range(edits):
        audit = library.load(library.summaries()[number % library.count()].id)[1]
        changes = edit(audit, Kind.COMPANY, only_row(Kind.COMPANY), {"employees": audit.company.employees + 1})
        library.apply(ChangeSet(audit.id, changes))


def content(folder: Path) -> dict[str, bytes]:
    """Return every file in a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
