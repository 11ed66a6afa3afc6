"""Libraries of a hundred, ten thousand and a hundred thousand audits: what is to take the same time in all of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median

from auditor_app.storage.library import Library
from auditor_app.ui.tables.audit_list import PAGE
from tests.bench.libraries import make_many
from tests.bench.measure import Outcome, Row, alternate
from tests.bench.start import stamps_of_start
from tests.bench.verdict_key import measure as press_keys

SIZES = (100, 10_000, 100_000)
READS = 50
LIMIT_SECONDS = 0.05
START_BAR = 1.05
COMMON, RARE = "电梯", "龙凤"
"""Two Chinese characters that every third company has, and two that none has, so that all are read through."""


def run(folder: Path, rounds: int) -> Outcome:
    """Read, search and open in each library; start and judge in the largest."""
    for size in SIZES:
        make_many(folder / f"sizes-{size}", size)
    largest = folder / f"sizes-{SIZES[-1]}"
    rows = [*_read(folder), *_start(folder, rounds)]
    keys = press_keys(f"verdict key, {SIZES[-1]} audits", largest, has_board=False)
    return Outcome((*rows, *keys.rows), keys.splits)


def _read(folder: Path) -> list[Row]:
    rows: list[Row] = []
    for size in SIZES:
        with closing(Library(folder / f"sizes-{size}", "bench")) as library:
            last = library.summaries(PAGE)[-1]
            works: dict[str, Callable[[], object]] = {
                f"first page of {size}": partial(library.summaries, PAGE),
                f"next page of {size}": partial(library.summaries, PAGE, after=last),
                f"find {COMMON} among {size}": partial(library.summaries, PAGE, words=COMMON),
                f"find {RARE} among {size}": partial(library.summaries, PAGE, words=RARE),
                f"load one of {size}": partial(library.load, last.id),
                f"earlier words among {size}": partial(library.earlier_words, "5.1.1.1"),
            }
            for name, work in works.items():
                seconds = median(_timed(work) for _ in range(READS))
                rows.append(Row(name, seconds, LIMIT_SECONDS, "50 ms", 1.0))
    return rows


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _start(folder: Path, rounds: int) -> list[Row]:
    make_many(folder / "sizes-1", 1)

    def ready(size: int) -> float:
        return stamps_of_start(folder, "workbench", "--data", str(folder / f"sizes-{size}"))["filled"]

    few, many = alternate(rounds, lambda: ready(1), lambda: ready(SIZES[-1]))
    return [Row(f"window filled, {SIZES[-1]} audits", median(many), median(few), "one audit", START_BAR)]
