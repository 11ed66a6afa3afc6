"""The reply of the auditee taken in: only what was open, only to findings that are here."""

from __future__ import annotations

from datetime import date

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.entities import Finding
from auditor_app.models.findings import numbers
from auditor_app.models.ids import RowId
from auditor_app.models.standard import Standard
from auditor_app.replies.entries import REPLY
from auditor_app.replies.forms import Row, Table, read_form
from auditor_app.replies.identity import ID, Part
from auditor_app.replies.proposal import Proposal, proposal
from auditor_app.replies.reading import NOTES, Reader
from auditor_app.replies.words import Both

# What is locked, by the key of its words.
_LOCKED = {
    **{key: key for key in ("number", "clause", "grade", "facts", "site")},
    **{"action.verified_by": "verified_by", "action.result": "result"},
}


def read_replies(standard: Standard, audit: Audit, both: Both, words: Catalogue, data: bytes, today: date) -> Proposal:
    """Return what a reply workbook would change; raises `ReplyProblem` for one that is not this audit's reply.

    `words` tell it in the language of the window.
    """
    reader = Reader(standard, audit, both, words)
    table = reader.tables(read_form(data), (Part.REPLIES,), "not_replies")[Part.REPLIES]
    reader.miss_columns(table, REPLY)
    for row_id, rows in _by_finding(reader, table).items():
        _read_finding(reader, table, row_id, rows)
    return proposal(standard, audit, words, today, reader.about(table.mark), reader.lines, reader.notes)


def _by_finding(reader: Reader, table: Table) -> dict[RowId, list[Row]]:
    """Return the rows of findings that are here, by finding; tells about the others."""
    findings, found = reader.audit.of(Kind.FINDING), dict[RowId, list[Row]]()
    for row in table.rows:
        if not row.id:
            filled = [entry.key for entry in REPLY if entry.key in row.cells]
            if filled:
                reader.note(table.address(row, filled[0]), "extra_row")
        elif reader.belongs(table, row, RowId(row.id) in findings, "deleted_finding"):
            found.setdefault(RowId(row.id), []).append(row)
    return found


def _read_finding(reader: Reader, table: Table, row_id: RowId, rows: list[Row]) -> None:
    finding: Finding = reader.audit.of(Kind.FINDING)[row_id]
    number = numbers(reader.audit)[row_id]
    code = "finding" if finding.clause else "finding_bare"
    about = reader.words.text(NOTES, code, number=number, clause=finding.clause)
    unlike = []
    for row in rows:
        reader.miss_locked(table, row, _LOCKED)
    for entry in REPLY:
        label = reader.label(entry.key)
        found = [said for row in rows if (said := reader.said(table, row, entry, finding, label)) is not None]
        said = reader.together(found) if found else None
        if said is not None:
            reader.put(about, label, Kind.FINDING, row_id, entry, finding, said)
        elif found:
            unlike.append(label)
    if len(rows) > 1:
        other = table.address(rows[1], ID)
        code = "id_twice" if unlike else "id_twice_same"
        separator = reader.words.text("punctuation", "list")
        params = {"other": other, "field": separator.join(unlike)} if unlike else {"other": other}
        reader.note(table.address(rows[0], ID), code, **params)
