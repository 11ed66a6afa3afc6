"""What a schema step does beyond its SQL, in the same transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from auditor_app.models.progress import Progress
from auditor_app.storage.chain import COLUMNS, begin_chains, link_of

Step = Callable[[sqlite3.Connection, Progress], None]

_PIECE = 5_000


def _link_history(connection: sqlite3.Connection, progress: Progress) -> None:
    """Carry the history over into the table that links its rows."""
    begin_chains(connection)
    heads: dict[str, bytes] = dict(connection.execute("SELECT audit_id, head FROM chain"))
    total = connection.execute("SELECT count(*) FROM history_unlinked").fetchone()[0]
    names = ", ".join(COLUMNS)
    # An audit that another program took away may have left history; it belongs to nothing, and its gap shows.
    unlinked = connection.execute(
        f"SELECT seq, {names} FROM history_unlinked WHERE audit_id IN (SELECT id FROM audit) ORDER BY seq"
    )

    def linked() -> Iterator[tuple[Any, ...]]:
        for done, (seq, *row) in enumerate(unlinked):
            if done % _PIECE == 0:
                progress(done, total)
            audit_id = row[1]
            heads[audit_id] = link_of(heads[audit_id], row)
            yield seq, *row, heads[audit_id]

    connection.executemany(
        f"INSERT INTO history (seq, {names}, link) VALUES ({', '.join('?' * (len(COLUMNS) + 2))})", linked()
    )
    connection.execute(
        "UPDATE chain SET rows = ended.rows, carried = ended.rows, head = history.link"
        " FROM (SELECT audit_id, count(*) AS rows, max(seq) AS last FROM history GROUP BY audit_id) AS ended"
        " JOIN history ON history.seq = ended.last WHERE chain.audit_id = ended.audit_id"
    )
    connection.execute("DROP TABLE history_unlinked")
    progress(total, total)


AFTER: Mapping[int, Step] = MappingProxyType({3: _link_history})
"""By the number of the step whose SQL runs just before."""
