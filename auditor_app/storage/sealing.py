"""Finalising an audit and reopening it, as rows at the end of its history."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from auditor_app.models.enums import Level
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.history import SEALING, Seal, Sealing
from auditor_app.models.ids import AuditId, new_id
from auditor_app.storage.chain import Chain, Row
from auditor_app.storage.connection import damage_told, environment_problems, reading_only

Sign = Callable[[str], Sequence[str]]
"""Makes the lines of a signature of a head, hexadecimal."""


def last_sealing(connection: sqlite3.Connection, audit_id: AuditId) -> Sealing | None:
    """Return how an audit was finalised or reopened last, None when it never was.

    Raises `ValueError`, `LookupError` or `TypeError` for a row that no program of ours wrote.
    """
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
    state = Seal(told["state"])
    level = Level(told["level"]).value if state is Seal.FINALISED else ""
    return Sealing(
        *(state, at, who, told["reason"], told["score"], level, link.hex(), rows),
        *(told["signer"], tuple((lines or "").splitlines())),
    )


def stored_sealing(library: Path, audit_id: AuditId) -> Sealing | None:
    """Return how an audit of a library was finalised, None for one that is not, or is not there; runs on any thread.

    `library` is the file of the database. Raises `EnvironmentProblem`.
    """
    if not library.is_file():
        return None
    with environment_problems(library), closing(reading_only(library)) as reader, damage_told(library):
        sealing = last_sealing(reader, audit_id)
    return sealing if sealing is not None and sealing.is_final else None


def write_sealing(connection: sqlite3.Connection, audit_id: AuditId, sealing: Sealing, sign: Sign | None) -> Sealing:
    """Write a sealing within a write transaction, and return it with its head and its signature.

    Raises `EnvironmentProblem` when another window was first.
    """
    chain = Chain(connection, audit_id)
    if chain.is_finalised == sealing.is_final:
        raise EnvironmentProblem("changed_elsewhere")
    # The trigger lets no edit follow, but this row may still open or close.
    chain.is_finalised = sealing.is_final
    seq = chain.append(sealing_row(audit_id, sealing))
    chain.keep()
    head = chain.head.hex()
    lines = tuple(sign(head)) if sign else ()
    if lines:
        connection.execute("INSERT INTO signature (seq, lines) VALUES (?, ?)", (seq, "\n".join(lines)))
    return replace(sealing, head=head, rows=chain.rows, signature=lines)


def sealing_row(audit_id: AuditId, sealing: Sealing) -> Row:
    """Return the row of history of a sealing."""
    return new_id(), audit_id, sealing.at, sealing.who, SEALING, SEALING, "", None, sealing_json(sealing)


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
