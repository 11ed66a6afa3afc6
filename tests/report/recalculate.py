"""Recalculate the reports of many random audits in LibreOffice: every formula cell and chart as we stored it?

    python -m tests.report.recalculate --audits 500

Prints what it found; the exit code is 0 when all agree, 1 when one differs. The tests do the same with a few.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.builders import shipped_standard
from tests.report.audits import pack_with_fractions, random_audit, written
from tests.report.office import charts, differences, formulas, recalculated, values

# Of so many workbooks one start of LibreOffice is a small part.
BATCH = 25


@dataclass(frozen=True)
class Found:
    """What a comparison found: formula cells compared, charts compared, and what differs by the name of the report."""

    cells: int
    charts: int
    wrong: dict[str, list[str]]


def random_report(folder: Path, seed: int) -> Path:
    """Write the report of the audit of a seed: every third by a pack with odd fractions, in every language."""
    standard = pack_with_fractions(seed) if seed % 3 == 0 else shipped_standard()
    language = {0: "en", 1: "both"}.get(seed % 4, "zh")
    return written(folder, f"random-{seed}", standard, random_audit(standard, seed), language)


def compared(reports: Sequence[Path], folder: Path) -> Found:
    """Recalculate reports from nothing in one run and compare every formula cell and every value drawn."""
    cells = drawn = 0
    wrong = {}
    for ours, theirs in zip(reports, recalculated(reports, folder), strict=True):
        written_formulas = formulas(ours)
        cells += len(written_formulas)
        found = differences(values(ours), values(theirs), written_formulas)
        mine, other = charts(ours), charts(theirs)
        drawn += len(mine)
        found += [f"chart: {one} is {two}" for one, two in zip(mine, other, strict=True) if not alike(one, two)]
        if found:
            wrong[ours.stem] = found
    return Found(cells, drawn, wrong)


def alike(one: Sequence[object], other: Sequence[object]) -> bool:
    """Say whether two charts draw the same."""
    return [_drawn(part) for part in one] == [_drawn(part) for part in other]


def _drawn(part: object) -> tuple[object, ...]:
    name, labels, numbers = (getattr(part, field) for field in ("name", "labels", "values"))
    return name, labels, tuple(round(number, 9) for number in numbers)


def _batches(audits: int) -> Iterator[range]:
    yield from (range(start, min(start + BATCH, audits)) for start in range(0, audits, BATCH))


def main() -> int:
    """Run the comparison and print what it found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--audits", type=int, default=500, help="how many audits (500 unless told)")
    audits: int = parser.parse_args().audits
    begun, cells, drawn, wrong = time.monotonic(), 0, 0, 0
    for seeds in _batches(audits):
        with tempfile.TemporaryDirectory() as place:
            found = compared([random_report(Path(place), seed) for seed in seeds], Path(place))
        cells, drawn, wrong = cells + found.cells, drawn + found.charts, wrong + len(found.wrong)
        for name, lines in found.wrong.items():
            print(name, *lines[:5], sep="\n  ")
        seconds = time.monotonic() - begun
        print(f"{seeds.stop} audits, {cells} formula cells, {drawn} charts, {wrong} wrong, {seconds:.0f} s", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
