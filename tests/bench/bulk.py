"""One verdict for every row of the sheet at once, in a full audit beside the score board, and its undo."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from auditor_app.models.enums import Verdict
from auditor_app.session.session import Session
from auditor_app.storage.library import Library
from auditor_app.ui.workspace import Workspace
from tests.bench.full_audit import make_full_library
from tests.bench.measure import Outcome, Row, Split
from tests.bench.window import Painting, showing_score, workbench

ROUNDS = 20
LONGEST_SECONDS = 0.1


def run(folder: Path, _rounds: int) -> Outcome:
    """Set all rows to one verdict with two keys and take it back, again and again."""
    make_full_library(folder / "bulk")
    with workbench(Library(folder / "bulk", "bench")) as (bench, space):
        space.left.toggle()
        rows = len(bench.session.standard.indicators)
        judged, undone = _judge_and_undo(bench.session, space)
        with closing(Library(folder / "bulk", "bench")) as library:
            if library.load(bench.session.audit.id)[1] != bench.session.audit:
                raise RuntimeError("what the window shows is not what the library holds")
    return Outcome(
        (
            Row(f"{rows} rows judged at once", median(judged), LONGEST_SECONDS, "100 ms", 1.0),
            Row(f"{rows} rows, undone", median(undone), LONGEST_SECONDS, "100 ms", 1.0),
        ),
        (Split(f"{rows} rows at once", {"key to paint": judged, "undo to paint": undone}),),
    )


def _judge_and_undo(session: Session, space: Workspace) -> tuple[list[float], list[float]]:
    """Return the seconds of every round, from key and from undo until all of it is painted."""
    space.tabs.setCurrentWidget(space.tabs.scoring)
    view, painting = space.tabs.scoring.view, Painting(space.window(), showing_score(space))
    space.tabs.scoring.go_to(next(iter(session.standard.indicators)))
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    # What all rows have before each round, so that every one of them changes.
    QTest.keyClick(view, Qt.Key.Key_2)
    judged, undone = [], []
    for _ in range(ROUNDS):
        judged.append(_timed(painting, lambda: QTest.keyClick(view, Qt.Key.Key_1)))
        _check(session, Verdict.MET)
        undone.append(_timed(painting, session.undo))
        _check(session, Verdict.NOT_MET)
    # The first is the warm-up.
    return judged[1:], undone[1:]


def _timed(painting: Painting, act: Callable[[], None]) -> float:
    painting.rest()
    painting.expect()
    begun = time.perf_counter()
    act()
    return painting.wait() - begun


def _check(session: Session, verdict: Verdict) -> None:
    found = {session.audit.assessment(clause).verdict for clause in session.standard.indicators}
    if found != {verdict}:
        raise RuntimeError(f"not every row is {verdict}: {sorted(found)}")
