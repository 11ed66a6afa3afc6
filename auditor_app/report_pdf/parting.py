"""Rows that are taller than a page: parted, so that their text goes on from page to page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from auditor_app.report_pdf import text
from auditor_app.report_pdf.grid import ABOVE, Box, Grid

# Points of a part, a few lines: so much of a page may stay empty where a text goes on.
PART = 30.0


def parted(grid: Grid, most: float) -> Grid:
    """Return the grid with whatever is taller than `most` points in parts over which its cells are merged.

    A text that long has the height that its lines take, for a page may end anywhere in it.
    """
    parts, heights = [1] * len(grid.heights), list(grid.heights)
    for top, bottom in _tall(grid, most):
        needed = _needed([box for box in grid.boxes if top <= box.top < bottom], most)
        rows = bottom - top
        parts[top:bottom] = [ceil(needed / rows / PART)] * rows
        heights[top:bottom] = [needed / rows] * rows
    if max(parts, default=1) == 1:
        return grid
    starts = [0]
    for count in parts:
        starts.append(starts[-1] + count)
    return replace(
        grid,
        heights=[height / count for height, count in zip(heights, parts, strict=True) for _ in range(count)],
        boxes=[_moved(box, starts) for box in grid.boxes],
        pictures=[replace(placed, row=starts[placed.row]) for placed in grid.pictures],
        charts=[replace(placed, row=starts[placed.row]) for placed in grid.charts],
        breaks={starts[row] for row in grid.breaks},
        repeated=(starts[grid.repeated[0]], starts[grid.repeated[1]]),
    )


def _tall(grid: Grid, most: float) -> set[tuple[int, int]]:
    """Return the rows, as start and end, of cells that are too tall; those of pictures and charts stay whole."""
    tops = grid.tops()
    drawn = {row for placed in (*grid.pictures, *grid.charts) for row in range(*grid.rows_of(placed))}
    found = {(box.top, box.bottom) for box in grid.boxes if tops[box.bottom] - tops[box.top] > most}
    return {(top, bottom) for top, bottom in found if not drawn.intersection(range(top, bottom))}


def _needed(boxes: Sequence[Box], most: float) -> float:
    """Return the points that the longest text takes; at the end of each page part of a line stays free."""
    size = max((box.style.size for box in boxes), default=0.0)
    longest = max((box.needed for box in boxes), default=0.0)
    return longest + (longest // most + 2) * (text.height(1, size) + 2 * ABOVE)


def _moved(box: Box, starts: Sequence[int]) -> Box:
    return replace(box, top=starts[box.top], bottom=starts[box.bottom])
