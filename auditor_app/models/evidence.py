"""What evidence is about, and what becomes of it when that goes."""

from __future__ import annotations

from auditor_app.models.audit import KIND_OF_SUBJECT, Audit, Kind
from auditor_app.models.changes import Change, remove
from auditor_app.models.entities import Evidence
from auditor_app.models.enums import EvidenceSubject
from auditor_app.models.ids import RowId

OPENING, CLOSING = "opening", "closing"

# Kinds of row that take their evidence along when they go.
SUBJECT_OF_KIND = {kind: subject_kind for subject_kind, kind in KIND_OF_SUBJECT.items()}


def evidence_on(audit: Audit, subject_kind: EvidenceSubject, subject: str) -> dict[RowId, Evidence]:
    """Return the evidence at one place, by row id, in the order it was added."""
    return {
        row_id: row
        for row_id, row in audit.of(Kind.EVIDENCE).items()
        if row.subject_kind is subject_kind and row.subject == subject
    }


def evidence_of_indicator(audit: Audit, clause: str) -> dict[RowId, Evidence]:
    """Return the evidence on an indicator and on its samples."""
    samples = {row_id for row_id, row in audit.of(Kind.SAMPLE).items() if row.clause == clause}
    found = {}
    for row_id, row in audit.of(Kind.EVIDENCE).items():
        is_own = row.subject_kind is EvidenceSubject.INDICATOR and row.subject == clause
        if is_own or (row.subject_kind is EvidenceSubject.SAMPLE and row.subject in samples):
            found[row_id] = row
    return found


def is_picture(evidence: Evidence) -> bool:
    """Say whether evidence is a picture, as its content was recognised."""
    return evidence.media_type.startswith("image/")


def removal(audit: Audit, kind: Kind, row_id: RowId) -> tuple[Change, ...]:
    """Return the changes that remove a row together with the evidence on it."""
    gone = [remove(kind, row_id, audit.of(kind)[row_id])]
    if kind in SUBJECT_OF_KIND:
        on_it = evidence_on(audit, SUBJECT_OF_KIND[kind], row_id)
        gone += [remove(Kind.EVIDENCE, each, row) for each, row in on_it.items()]
    return tuple(gone)
