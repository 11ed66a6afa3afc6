"""What every measure hands back, and the statistics they share; times are seconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

ENOUGH_FOR_P99 = 100
"""From fewer samples a 99th percentile is only the worst one."""


@dataclass(frozen=True)
class Row:
    """One line of the table: ours against a floor of the same run or a limit, and how many of these it may take."""

    measure: str
    ours: float
    floor: float
    floor_is: str
    bar: float | None = None
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """Return how many floors ours takes."""
        return self.ours / self.floor

    @property
    def is_within(self) -> bool | None:
        """Say whether the bar is kept, None where there is none."""
        return None if self.bar is None else self.ratio <= self.bar


@dataclass(frozen=True)
class Split:
    """Where the time of a measure goes: samples by the name of the part."""

    title: str
    parts: dict[str, list[float]]


@dataclass(frozen=True)
class Outcome:
    """What one measure found."""

    rows: tuple[Row, ...]
    splits: tuple[Split, ...] = ()


def alternate(rounds: int, *works: Callable[[], float]) -> list[list[float]]:
    """Return what each work measured in every round.

    All run once unmeasured, then by turns, every other round backwards, so that a machine that slows down or is
    busy for a while does so for all of them.
    """
    for work in works:
        work()
    samples: list[list[float]] = [[] for _ in works]
    for number in range(rounds):
        order = range(len(works))
        for place in order if number % 2 == 0 else reversed(order):
            samples[place].append(works[place]())
    return samples


def percentile(samples: Sequence[float], percent: float) -> float:
    """Return the smallest sample that `percent` of them do not exceed (nearest rank)."""
    return sorted(samples)[max(ceil(len(samples) * percent / 100), 1) - 1]


def table(rows: Sequence[Row]) -> str:
    """Return the lines of the table as text."""
    lines = [("measure", "ours", "floor", "ratio", "bar", "within?", "the floor is")]
    for row in rows:
        bar = "–" if row.bar is None else f"{row.bar:.2f}"
        within = "–" if row.is_within is None else "yes" if row.is_within else "NO"
        ours, floor = (_ms(each) if row.unit == "s" else f"{each:.0f} {row.unit}" for each in (row.ours, row.floor))
        lines.append((row.measure, ours, floor, f"{row.ratio:.2f}", bar, within, row.floor_is))
    return _aligned(lines)


def split_table(split: Split) -> str:
    """Return a split as text: median, 99th percentile where there are enough samples, and the worst."""
    lines = [(split.title, "median", "p99", "max")]
    for name, samples in split.parts.items():
        p99 = _ms(percentile(samples, 99)) if len(samples) >= ENOUGH_FOR_P99 else "–"
        lines.append((f"  {name}", _ms(median(samples)), p99, _ms(max(samples))))
    return _aligned(lines)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def _aligned(lines: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
