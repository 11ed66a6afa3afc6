"""Opening a full audit in the window: from the click to everything painted, thumbnails in sight too."""

from __future__ import annotations

import time
from pathlib import Path

from auditor_app.storage.library import Library
from tests.bench.full_audit import PICTURES, SAMPLES, make_full_library
from tests.bench.measure import Outcome, Split
from tests.bench.window import Painting, showing_score, workbench


def run(folder: Path, rounds: int) -> Outcome:
    """Open two full audits by turns on the scoring sheet, beside the score board."""
    ids = make_full_library(folder / "opening", 2)
    samples = []
    with workbench(Library(folder / "opening", "bench")) as (bench, space):
        space.left.toggle()
        space.tabs.setCurrentWidget(space.tabs.scoring)
        painting = Painting(space.window(), showing_score(space))
        for number in range(rounds + 1):
            painting.rest()
            painting.expect()
            begun = time.perf_counter()
            bench.session.open(ids[number % 2])
            samples.append(painting.wait() - begun)
    title = f"an audit of {SAMPLES} samples and {PICTURES} pictures in the window"
    # The first is the warm-up.
    return Outcome((), (Split(title, {"click to paint": samples[1:]}),))
