"""Finalising an audit and reopening it, as rows at the end of its history."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.history import SEALING, Seal, Sealing
from auditor_app.models.ids import AuditId, new_id
from auditor_app.storage.chain import Chain

Sign = Callable[[str], Sequence[str]]
"""Makes the lines of a signature of a head, hexadecimal."""


def last_sealing(connection: sqlite3.Connection, audit_id: AuditId) -> Sealing | None:
    """Return how an audit was finalised or reopened last, None when it never was."""
    found = connection.execute(
        "SELECT at, who, after, link, seq, lines FROM history LEFT JOIN signature USING (seq)"
        " WHERE audit_id = ? AND entity = 'sealing' ORDER BY seq DESC LIMIT 1",
        (audit_id,),
    ).fetchone()
    if found is None:
        return None
    at, who, after, link, seq, lines = found
    rows = connection.execute(
        "SELECT count(*) FROM history WHERE audit_id = ? AND seq <= ?", (audit_id, seq)
    ).fetchone()[0]
    told = json.loads(after)
    return Sealing(
        *(Seal(told["state"]), at, who, told["reason"], told["score"], told["level"], link.hex(), rows),
        *(told["signer"], tuple((lines or "").splitlines())),
    )


def write_sealing(connection: sqlite3.Connection, audit_id: AuditId, sealing: Sealing, sign: Sign | None) -> Sealing:
    """Write a sealing within a write transaction, and return it with its head and its signature.

    Raises `EnvironmentProblem` when another window was first.
    """
    chain = Chain(connection, audit_id)
    if chain.is_finalised == sealing.is_final:
        raise EnvironmentProblem("changed_elsewhere")
    # The trigger lets no edit follow, but this row may still open or close.
    chain.is_finalised = sealing.is_final
    seq = chain.append((new_id(), audit_id, sealing.at, sealing.who, SEALING, SEALING, "", None, sealing_json(sealing)))
    chain.keep()
    head = chain.head.hex()
    lines = tuple(sign(head)) if sign else ()
    if lines:
        connection.execute("INSERT INTO signature (seq, lines) VALUES (?, ?)", (seq, "\n".join(lines)))
    return replace(sealing, head=head, rows=chain.rows, signature=lines)


def sealing_json(sealing: Sealing) -> str:
    """Return what the history keeps of a sealing beside who and when."""
    told: dict[str, Any] = {
        "state": sealing.state.value,
        "reason": sealing.reason,
        "score": sealing.score,
        "level": sealing.level,
        "signer": sealing.signer,
    }
    return json.dumps(told, ensure_ascii=False)
