"""What came of salvaging a damaged library, as data; the words for it are in the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from auditor_app.models.audit import Kind
from auditor_app.models.ids import AuditId, RowId

NO_ROW = RowId("")


class NoteCode(StrEnum):
    """What is to be known of a row or an audit that was salvaged, or was not."""

    FROM_HISTORY = "from_history"
    """The row itself did not read; it is what its history says it was last."""
    DIFFERS = "differs"
    """The row reads, and its history says something else; the row counts."""
    LEFT_OUT = "left_out"
    """The row reads, and cannot be as it is."""
    STAND_IN = "stand_in"
    """The row is lost and another one counts on it: a row that says so takes its place."""
    COUNTED = "counted"
    """The row counted fewer samples than are listed; it counts those now."""
    DEFAULT = "default"
    """The row is lost and every audit has one; it is empty now."""
    UNSURE = "unsure"
    """The row hung in no table any more; it may be one that was removed before."""
    WITHOUT_PACK = "without_pack"
    """The audit is lost, for the standard pack that it was scored with is."""
    PACK_GUESSED = "pack_guessed"
    """Which pack the audit was scored with is lost; it got the only one there is."""
    HISTORY_TORN = "history_torn"
    """History of the audit is missing or damaged; its order and its ends may be broken."""
    REOPENED = "reopened"
    """The audit was finalised; it is open again, for its seal does not hold for what was salvaged."""


@dataclass(frozen=True)
class SalvageNote:
    """One line of the report; `number` is that of the audit, `reason` the code of the rule that refused a row."""

    code: NoteCode
    audit_id: AuditId
    number: str
    kind: Kind | None = None
    row_id: RowId = NO_ROW
    reason: str = ""


@dataclass(frozen=True)
class Salvaged:
    """How much was salvaged; the pages and rows are those of the damaged file."""

    audits: int = 0
    rows: int = 0
    history: int = 0
    lost_audits: int = 0
    pages: int = 0
    damaged_pages: int = 0
    damaged_rows: int = 0
    missing_history: int = 0
    """Lines of history that are missing between those that read; lost ends are not among them."""
    notes: tuple[SalvageNote, ...] = field(default=())
