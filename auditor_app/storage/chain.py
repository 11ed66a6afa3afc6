"""The chain of an audit's history: each row carries a hash of itself and of the row before (docs/HISTORY.md)."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from hashlib import sha256

from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.ids import AuditId

COLUMNS = ("change_set", "audit_id", "at", "who", "entity", "row_id", "field", "before", "after")
"""What a link covers, in this order."""
GUARDS = (
    *("history_is_never_changed", "history_is_never_removed", "finalised_is_read_only", "chain_is_never_removed"),
    *("signature_is_never_changed", "signature_is_never_removed"),
)
"""The triggers that refuse what would harm a history."""
_START = "auditor-workbench history 1"
_INSERT = f"INSERT INTO history ({', '.join(COLUMNS)}, link) VALUES ({'?, ' * len(COLUMNS)}?)"

Row = Sequence[str | None]


def start_of(audit_id: str, standard_hash: str, created_at: str) -> bytes:
    """Return what the first row of an audit is linked to, 32 bytes; it holds the pack the audit is scored with."""
    return sha256(_canonical((_START, audit_id, standard_hash, created_at))).digest()


def link_of(before: bytes, row: Row) -> bytes:
    """Return the link of a row, its values in the order of `COLUMNS`, after the link before it; 32 bytes."""
    return sha256(before + _canonical(row)).digest()


def _canonical(values: Row) -> bytes:
    """Return the bytes of values: the length in bytes, a colon, the UTF-8 text, a comma; a hyphen for NULL."""
    # Text that another program spoilt is read as bytes that no text has; it is no error to find it.
    texts = [None if value is None else value.encode("utf-8", "surrogateescape") for value in values]
    return b"".join([b"-" if text is None else b"%d:%b," % (len(text), text) for text in texts])


class Chain:
    """The end of an audit's chain, for one write transaction; nobody else writes to it meanwhile."""

    def __init__(self, connection: sqlite3.Connection, audit_id: AuditId) -> None:
        """Read where the chain ends; raises `EnvironmentProblem` when the audit is gone."""
        self._connection = connection
        self._audit_id = audit_id
        found = connection.execute("SELECT rows, head, finalised FROM chain WHERE audit_id = ?", (audit_id,)).fetchone()
        if found is None:
            raise EnvironmentProblem("changed_elsewhere")
        self.rows: int = found[0]
        self.head: bytes = found[1]
        self.is_finalised = bool(found[2])

    @classmethod
    def begin(cls, connection: sqlite3.Connection, audit_id: AuditId) -> Chain:
        """Begin the chain of an audit that was just stored."""
        begin_chains(connection, audit_id)
        return cls(connection, audit_id)

    def append(self, row: Row) -> int:
        """Write a row of history, its values in the order of `COLUMNS`, and return its number."""
        self.head = link_of(self.head, row)
        self.rows += 1
        return self._connection.execute(_INSERT, (*row, self.head)).lastrowid or 0

    def keep(self) -> None:
        """Write where the chain ends now, once for all rows appended."""
        self._connection.execute(
            "UPDATE chain SET rows = ?, head = ?, finalised = ? WHERE audit_id = ?",
            (self.rows, self.head, int(self.is_finalised), self._audit_id),
        )


def begin_chains(connection: sqlite3.Connection, *audit_ids: AuditId) -> None:
    """Begin the chains of these audits, of all when none is named, before their first row."""
    named = f" WHERE id IN ({', '.join('?' * len(audit_ids))})" if audit_ids else ""
    audits = connection.execute(f"SELECT id, standard_hash, created_at FROM audit{named}", audit_ids)
    connection.executemany(
        "INSERT INTO chain (audit_id, rows, head) VALUES (?, 0, ?)",
        ((audit[0], start_of(*audit)) for audit in audits),
    )
