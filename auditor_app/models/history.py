"""What the history of an audit tells: every change, and when the audit was finalised and reopened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from auditor_app.models.audit import Kind
from auditor_app.models.ids import RowId

SEALING = "sealing"
"""The entity of a row of history that is no edit: the audit was finalised or reopened."""
LONGEST_REASON = 2_000


class Seal(StrEnum):
    """What a sealing did to an audit."""

    FINALISED = "finalised"
    REOPENED = "reopened"


@dataclass(frozen=True)
class Sealing:
    """An audit was finalised or reopened: when (UTC, ISO 8601), by whom, and why it was reopened.

    `head` is the link of this very row of the history, hexadecimal, so it stands for everything before it too; `score`
    and `level` are as they were then; `signer` is the public key that signed the head, `signature` the lines it made,
    both empty without one.
    """

    state: Seal
    at: str
    who: str
    reason: str
    score: str
    level: str
    head: str
    rows: int
    signer: str = ""
    signature: tuple[str, ...] = ()

    @property
    def is_final(self) -> bool:
        """Say whether the audit is read-only since."""
        return self.state is Seal.FINALISED


@dataclass(frozen=True)
class HistoryEntry:
    """One change as the history keeps it; `before` and `after` are JSON text, None where there was or is no row.

    `at` is UTC in ISO 8601, `link` the hexadecimal hash of this row and all before it.
    """

    at: str
    who: str
    change_set: str
    entity: str
    row_id: RowId
    field: str
    before: str | None
    after: str | None
    link: str = ""

    @property
    def kind(self) -> Kind | None:
        """Return the kind of row, None for a sealing."""
        return None if self.entity == SEALING else Kind(self.entity)


def local_time(at: str) -> str:
    """Return a stored moment as the clock here shows it."""
    try:
        return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M:%S}"
    except ValueError:
        return at
