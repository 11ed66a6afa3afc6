"""From a verdict key on the sheet to the committed row, with sheet, score bar and board repainted; then the rest."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from auditor_app.models.changes import ChangeSet
from auditor_app.models.enums import Verdict
from auditor_app.models.ids import Clause
from auditor_app.session.session import Session
from auditor_app.storage.library import Library
from auditor_app.ui.workspace import Workspace
from tests.bench.full_audit import make_full_library
from tests.bench.libraries import make_library
from tests.bench.measure import Outcome, Row, Split, percentile
from tests.bench.window import Painting, showing_score, workbench

PASSES = 10
FRAME_SECONDS = 1 / 60
KEYS = {
    Verdict.MET: Qt.Key.Key_1,
    Verdict.NOT_MET: Qt.Key.Key_2,
    Verdict.SAMPLED: Qt.Key.Key_3,
    Verdict.UNJUDGED: Qt.Key.Key_Delete,
}
"""Every verdict that one key gives, in the order the sheet goes through them; sampled where samples are listed."""

PARTS = (
    "checked and applied in memory",
    "SQLite transaction",
    "score and views patched",
    "until Qt begins to paint",
    "sheet, score bar and board painted",
    "what is around them painted",
)


def run(folder: Path, _rounds: int) -> Outcome:
    """Judge every indicator several times over, each time anew: of the sample, and of a full audit beside the board."""
    make_library(folder / "key", 1)
    make_full_library(folder / "full-key")
    sample = measure("verdict key", folder / "key", has_board=False)
    full = measure("verdict key, full audit and board", folder / "full-key", has_board=True)
    return Outcome(sample.rows + full.rows, sample.splits + full.splits)


def measure(title: str, folder: Path, *, has_board: bool) -> Outcome:
    """Judge every indicator of the audit edited last in the library of a folder."""
    library = _TimedLibrary(folder, "bench")
    with workbench(library, library.watch) as (bench, space):
        if has_board:
            space.left.toggle()
        samples = _press_keys(bench.session, space, library)
        if library.load(bench.session.audit.id)[1] != bench.session.audit:
            raise RuntimeError("what the window shows is not what the library holds")
    whole = [sum(parts) for parts in zip(*samples.values(), strict=True)]
    # Counts in titles and filters follow a frame later.
    seen = [every - rest for every, rest in zip(whole, samples[PARTS[-1]], strict=True)]
    row = Row(f"{title}, p99", percentile(seen, 99), FRAME_SECONDS, "one frame at 60 Hz", 1.0)
    split = {"key to score painted": seen, "key to everything painted": whole, **samples}
    return Outcome((row,), (Split(f"{title} ({len(whole)} keys)", split),))


class _TimedLibrary(Library):
    """A library that stamps its transactions."""

    began = committed = told = 0.0

    def apply(self, change_set: ChangeSet) -> None:
        self.began = time.perf_counter()
        super().apply(change_set)
        self.committed = time.perf_counter()

    def watch(self, session: Session) -> None:
        """Stamp when the session begins to tell the views."""
        session.changed.connect(self._on_changed)

    def _on_changed(self, _change_set: ChangeSet) -> None:
        self.told = time.perf_counter()


def _press_keys(session: Session, space: Workspace, library: _TimedLibrary) -> dict[str, list[float]]:
    """Return the samples of every part, in the order in which the parts follow each other."""
    space.tabs.setCurrentWidget(space.tabs.scoring)
    view, painting = space.tabs.scoring.view, Painting(space.window(), showing_score(space))
    samples: dict[str, list[float]] = {part: [] for part in PARTS}
    for clause, key in _presses(session):
        space.tabs.scoring.go_to(clause)
        painting.rest()
        painting.expect()
        pressed = time.perf_counter()
        QTest.keyClick(view, key)
        returned = time.perf_counter()
        done = painting.wait()
        if library.began < pressed:
            raise RuntimeError(f"the key changed nothing on {clause}")
        asked = painting.asked or returned
        stamps = (
            library.began - pressed + library.told - library.committed,
            library.committed - library.began,
            returned - library.told,
            asked - returned,
            painting.seen - asked,
            done - painting.seen,
        )
        for part, seconds in zip(PARTS, stamps, strict=True):
            samples[part].append(seconds)
    return samples


def _presses(session: Session) -> list[tuple[Clause, Qt.Key]]:
    """Return indicator and key of every press; each changes the verdict."""
    audit, presses = session.audit, []
    listed = {sample.clause for sample in audit.samples}
    now = {clause: audit.assessment(clause).verdict for clause in session.standard.indicators}
    for number in range(PASSES):
        for place, clause in enumerate(now):
            cycle = [verdict for verdict in KEYS if verdict is not Verdict.SAMPLED or clause in listed]
            verdict = cycle[(number + place) % len(cycle)]
            if verdict is now[clause]:
                continue
            now[clause] = verdict
            presses.append((clause, KEYS[verdict]))
    return presses
