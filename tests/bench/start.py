"""From the start of the process to the window shown, and to the window filled and ready."""

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

BAR = 1.25
SIZES = (1, 200)
STEPS = {
    "interpreter": "Python starts",
    "imports": "Qt and the frame imported",
    "shown": "window shown and painted",
    "built": "the rest imported, audit read, widgets built",
    "filled": "filled and painted",
}


def run(folder: Path, rounds: int) -> Outcome:
    """Start the workbench and a bare window by turns, each in a process of its own."""
    parts: dict[int, list[dict[str, float]]] = {size: [] for size in SIZES}

    def ours(size: int) -> float:
        stamps = stamps_of_start(folder, "workbench", "--data", str(folder / f"start-{size}"))
        parts[size].append(stamps)
        return stamps["filled"]

    for size in SIZES:
        make_library(folder / f"start-{size}", size)
    works = (partial(ours, size) for size in SIZES)
    bare, *_ = alternate(rounds, lambda: stamps_of_start(folder, "bare")["painted"], *works)
    floor, what = median(bare), "a bare window with one empty tab"
    rows = []
    for size in SIZES:
        # The first is the warm-up.
        runs = parts[size][1:]
        for step, bar in (("shown", BAR), ("filled", None)):
            name = f"window {step}, {size} audits" if size > 1 else f"window {step}, 1 audit"
            rows.append(Row(name, median(stamps[step] for stamps in runs), floor, what, bar))
    splits = (Split(f"start, {size} audits", _steps(parts[size][1:])) for size in SIZES)
    return Outcome(tuple(rows), tuple(splits))


def stamps_of_start(folder: Path, child: str, *arguments: str) -> dict[str, float]:
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
