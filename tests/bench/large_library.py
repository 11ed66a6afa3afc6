"""A library of a thousand audits: the page of the list, and opening one audit."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from itertools import cycle
from pathlib import Path
from statistics import median

from auditor_app.models.audit import Kind
from auditor_app.models.ids import AuditId
from auditor_app.storage.library import FILE_NAME, Library
from tests.bench.libraries import make_library
from tests.bench.measure import Outcome, Row, Split, alternate
from tests.bench.window import Painting, settle, workbench

AUDITS = 1000
LOADS = 200
LISTED = (
    "SELECT audit.id, number, kind, name FROM audit JOIN audit_info ON audit_info.audit_id = audit.id"
    " JOIN company ON company.audit_id = audit.id ORDER BY created_at DESC, audit.id DESC LIMIT 200"
)


def run(folder: Path, rounds: int) -> Outcome:
    """Read the list and audits by turns with bare queries of the same rows; open audits in the window."""
    place = folder / "large"
    make_library(place, AUDITS)
    with closing(sqlite3.connect(place / FILE_NAME)) as bare:
        with closing(Library(place, "bench")) as library:
            ids = [summary.id for summary in library.summaries(limit=200)]
            listing = alternate(rounds, lambda: _list(library), lambda: _list_bare(bare))
            ours, floor = cycle(ids), cycle(ids)
            loading = alternate(
                LOADS, lambda: _load(library, next(ours)), lambda: _query(bare, tuple(Kind), [next(floor)])
            )
        shown = _show(Library(place, "bench"), ids, rounds)
    rows = (
        Row(
            f"list page ({len(ids)} of {AUDITS})", median(listing[0]), median(listing[1]), "the same rows, bare queries"
        ),
        Row(f"load one of {AUDITS}", median(loading[0]), median(loading[1]), "the same rows, bare queries"),
    )
    return Outcome(rows, (Split(f"one of {AUDITS} audits in the window", {"click to paint": shown}),))


def _list(library: Library) -> float:
    begun = time.perf_counter()
    library.summaries(limit=200)
    return time.perf_counter() - begun


def _list_bare(bare: sqlite3.Connection) -> float:
    begun = time.perf_counter()
    bare.execute(LISTED).fetchall()
    return time.perf_counter() - begun


def _load(library: Library, audit_id: AuditId) -> float:
    begun = time.perf_counter()
    library.load(audit_id)
    return time.perf_counter() - begun


def _query(bare: sqlite3.Connection, kinds: tuple[Kind, ...], ids: list[AuditId]) -> float:
    """Fetch the rows of these audits as tuples and do nothing with them."""
    marks = ", ".join("?" * len(ids))
    begun = time.perf_counter()
    for kind in kinds:
        bare.execute(f"SELECT * FROM {kind} WHERE audit_id IN ({marks}) ORDER BY audit_id, row_id", ids).fetchall()
    return time.perf_counter() - begun


def _show(library: Library, ids: list[AuditId], rounds: int) -> list[float]:
    """Return the seconds from opening an audit on the scoring sheet until it is painted."""
    samples = []
    with workbench(library) as (bench, space):
        space.tabs.setCurrentWidget(space.tabs.scoring)
        painting = Painting(space.window(), [space.score_bar, space.tabs.scoring.view.viewport()])
        for audit_id in ids[: rounds + 1]:
            settle()
            painting.expect()
            begun = time.perf_counter()
            bench.session.open(audit_id)
            samples.append(painting.wait() - begun)
    # The first is the warm-up.
    return samples[1:]
