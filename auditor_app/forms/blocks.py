"""Which rows of a form are repeated: those that name a list, together where they belong together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor_app.forms.catalogue import Fields
from auditor_app.forms.cells import Grid
from auditor_app.forms.formulas import Block, Growth
from auditor_app.forms.preview import Meaning
from auditor_app.forms.scan import Place, Where


@dataclass
class _Row:
    """A row that names lists; `end` is the last row its merged placeholders reach."""

    end: int
    lists: set[str] = field(default_factory=set)


def growths(
    grids: Mapping[str, Grid], places: list[Place], meanings: Mapping[str, Meaning], fields: Fields
) -> dict[str, Growth]:
    """Return how the sheets grow, by part; rows next to each other that name the same list are one entry of it.

    Where the placeholder of a list stands in merged cells of several rows, all of these rows are the entry. A merged
    label beside it is not: it grows along. An empty list leaves one entry, which stays empty.
    """
    rows: dict[str, dict[int, _Row]] = {}
    for place in places:
        named = meanings[place.key].list
        if place.where not in (Where.CELL, Where.NAME) or not named:
            continue
        area = grids[place.sheet.part].merge_at(place.row, place.column)
        row = rows.setdefault(place.sheet.part, {}).setdefault(place.row, _Row(place.row))
        row.end = max(row.end, area[2] if area is not None else place.row)
        row.lists.add(named)
    return {part: Growth(_blocks(found, fields)) for part, found in rows.items()}


def _blocks(rows: Mapping[int, _Row], fields: Fields) -> list[Block]:
    entries: list[tuple[int, _Row]] = []
    for start, row in sorted(rows.items()):
        if entries:
            entry = entries[-1][1]
            if start <= entry.end or (start == entry.end + 1 and row.lists & entry.lists):
                entry.end = max(entry.end, row.end)
                entry.lists |= row.lists
                continue
        entries.append((start, row))
    return [
        Block(start, entry.end, max(1, *(len(fields.lists[name]) for name in entry.lists))) for start, entry in entries
    ]
