"""One edit of the library against the same two statements in a bare SQLite transaction."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from itertools import count
from pathlib import Path
from shutil import copytree
from statistics import median

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.changes import ChangeSet, apply, edit
from auditor_app.models.enums import Verdict
from auditor_app.models.ids import RowId
from auditor_app.storage.library import FILE_NAME, Library
from tests.bench.libraries import make_library
from tests.bench.measure import Outcome, Row, Split, alternate

EDITS = 600
BAR = 1.5
CLAUSE = RowId("5.1.1.1")
UPDATE = "UPDATE assessment SET verdict = ? WHERE audit_id = ? AND row_id = ? AND verdict IS ?"
REMEMBER = (
    "INSERT INTO history (change_set, audit_id, at, who, entity, row_id, field, before, after, link)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, zeroblob(32))"
)


def run(folder: Path, _rounds: int) -> Outcome:
    """Change one verdict to and fro in two equal libraries by turns."""
    make_library(folder / "edit", 1)
    copytree(folder / "edit", folder / "edit-bare")
    with closing(Library(folder / "edit", "bench")) as library, closing(_bare(folder / "edit-bare")) as connection:
        audit_id = library.newest()
        assert audit_id is not None
        ours = _Edits(library, library.load(audit_id)[1])
        bare = _BareEdits(connection, audit_id)
        our_times, bare_times, forgetful_times = alternate(EDITS, ours.edit, bare.edit, bare.edit_without_history)
    rows = (
        Row("library edit", median(our_times), median(bare_times), "the two statements, bare transaction", BAR),
        Row("with history and its links", median(our_times), median(forgetful_times), "the UPDATE alone, bare"),
    )
    return Outcome(rows, (Split(f"library edit ({EDITS})", {"ours": our_times, "bare": bare_times}),))


class _Edits:
    """Edits as the session makes them, the work in memory outside the time."""

    def __init__(self, library: Library, audit: Audit) -> None:
        self._library = library
        self._audit = audit

    def edit(self) -> float:
        now = self._audit.row(Kind.ASSESSMENT, CLAUSE).verdict
        other = Verdict.NOT_MET if now is Verdict.MET else Verdict.MET
        change_set = ChangeSet(self._audit.id, edit(self._audit, Kind.ASSESSMENT, CLAUSE, {"verdict": other}))
        begun = time.perf_counter()
        self._library.apply(change_set)
        taken = time.perf_counter() - begun
        self._audit = apply(self._audit, change_set)
        return taken


class _BareEdits:
    """The two statements of such an edit, or only the first, their values ready."""

    def __init__(self, connection: sqlite3.Connection, audit_id: str) -> None:
        self._connection = connection
        self._audit_id = audit_id
        self._number = count()

    def edit(self) -> float:
        return self._edit(remembers=True)

    def edit_without_history(self) -> float:
        return self._edit(remembers=False)

    def _edit(self, *, remembers: bool) -> float:
        number = next(self._number)
        before, after = ("met", "not_met") if number % 2 == 0 else ("not_met", "met")
        update = (after, self._audit_id, CLAUSE, before)
        change_set = f"00000000-0000-7000-8000-{number:012d}"
        remember = (
            *(change_set, self._audit_id, "2026-03-02T09:00:00.000+00:00", "bench"),
            *("assessment", CLAUSE, "verdict", f'"{before}"', f'"{after}"'),
        )
        begun = time.perf_counter()
        self._connection.execute("BEGIN IMMEDIATE")
        written = self._connection.execute(UPDATE, update)
        if remembers:
            self._connection.execute(REMEMBER, remember)
        self._connection.execute("COMMIT")
        taken = time.perf_counter() - begun
        if written.rowcount != 1:
            raise RuntimeError("the bare transaction changed nothing")
        return taken


def _bare(folder: Path) -> sqlite3.Connection:
    """Open the database as safely as the library does."""
    connection = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    return connection
