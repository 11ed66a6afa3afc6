"""A backup of a library of ten thousand audits, and an edit while it is made."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path
from statistics import median

from auditor_app.models.audit import Kind
from auditor_app.models.changes import ChangeSet, edit
from auditor_app.models.ids import RowId
from auditor_app.storage.backup import make_backup
from auditor_app.storage.library import FILE_NAME, Library
from tests.bench.libraries import make_many
from tests.bench.measure import Outcome, Row, alternate, percentile

AUDITS = 10_000
FRAME_SECONDS = 1 / 60


def run(folder: Path, rounds: int) -> Outcome:
    """Back up by turns with the bare backup of SQLite; edit meanwhile on another connection."""
    place = folder / "backup"
    make_many(place, AUDITS)
    bare = folder / "bare-backup.db"
    ours, floor = alternate(max(rounds // 3, 1), lambda: _backed_up(place), lambda: _copied(place, bare))
    edits = _edits_meanwhile(place)
    return Outcome(
        (
            Row(f"backup of {AUDITS} audits, checked", median(ours), median(floor), "copied by SQLite and synced"),
            Row("edit during a backup, worst", percentile(edits, 100), FRAME_SECONDS, "one frame at 60 Hz"),
        )
    )


def _backed_up(place: Path) -> float:
    begun = time.perf_counter()
    made = make_backup(place, only_if_changed=False)
    taken = time.perf_counter() - begun
    assert made is not None
    return taken


def _copied(place: Path, target: Path) -> float:
    target.unlink(missing_ok=True)
    begun = time.perf_counter()
    with closing(sqlite3.connect(place / FILE_NAME)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    with target.open("rb") as file:
        os.fsync(file.fileno())
    return time.perf_counter() - begun


def _edits_meanwhile(place: Path) -> list[float]:
    samples = []
    worker = threading.Thread(target=_backed_up, args=(place,))
    with closing(Library(place, "bench")) as library:
        newest = library.newest()
        assert newest is not None
        worker.start()
        number = 0
        while worker.is_alive():
            audit = library.load(newest)[1]
            values = {"note": f"第 {number} 次"}
            change_set = ChangeSet(newest, tuple(edit(audit, Kind.ASSESSMENT, RowId("5.1.1.1"), values)))
            begun = time.perf_counter()
            library.apply(change_set)
            samples.append(time.perf_counter() - begun)
            number += 1
            # As fast as a person types; an edit without a pause would measure nothing but itself.
            time.sleep(0.02)
        worker.join()
    return samples
