"""From the start of the process to the first paint of the window."""

from __future__ import annotations

import json
import time
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median

from tests.bench.libraries import make_library
from tests.bench.measure import Outcome, Row, Split, alternate
from tests.bench.processes import output_of

BAR = 1.5
SIZES = {1: "start, 1 audit", 200: "start, 200 audits"}
STEPS = {
    "interpreter": "Python starts",
    "imports": "imports",
    "application": "QApplication, words",
    "library": "library opens",
    "prepared": "audit read, theme and translation applied",
    "built": "widgets built and filled",
    "painted": "shown and painted",
}


def run(folder: Path, rounds: int) -> Outcome:
    """Start the workbench and a bare window by turns, each in a process of its own."""
    parts: dict[int, list[dict[str, float]]] = {size: [] for size in SIZES}

    def ours(size: int) -> float:
        stamps = _start(folder, "workbench", "--data", str(folder / f"start-{size}"))
        parts[size].append(stamps)
        return stamps["painted"]

    for size in SIZES:
        make_library(folder / f"start-{size}", size)
    works = (partial(ours, size) for size in SIZES)
    bare, *samples = alternate(rounds, lambda: _start(folder, "bare")["painted"], *works)
    floor = median(bare)
    rows = (
        Row(name, median(times), floor, "a bare window with one empty tab", BAR)
        for name, times in zip(SIZES.values(), samples, strict=True)
    )
    # The first is the warm-up.
    splits = (Split(name, _steps(parts[size][1:])) for size, name in SIZES.items())
    return Outcome(tuple(rows), tuple(splits))


def _start(folder: Path, child: str, *arguments: str) -> dict[str, float]:
    """Run a child process; return the seconds from its spawn to each of its stamps."""
    begun = time.monotonic()
    printed = output_of(folder / "bytecode", "-m", f"tests.bench.children.{child}", *arguments)
    stamps: dict[str, float] = json.loads(printed)
    return {name: at - begun for name, at in stamps.items()}


def _steps(runs: list[dict[str, float]]) -> dict[str, list[float]]:
    samples: dict[str, list[float]] = {name: [] for name in STEPS.values()}
    for stamps in runs:
        reached = [0.0, *(stamps[step] for step in STEPS)]
        for name, (before, after) in zip(STEPS.values(), pairwise(reached), strict=True):
            samples[name].append(after - before)
    return samples
