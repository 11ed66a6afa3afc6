"""The rows that an audit's history leads to, to compare them with those that are stored."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from auditor_app.models.audit import Kind
from auditor_app.storage.columns import column_names

Told = tuple[str, dict[str, object]]

# Columns that came with a later schema; history from before does not name them.
_LATER: Mapping[str, Mapping[str, Any]] = MappingProxyType({Kind.TEAM: {"clauses": "[]"}})
_KINDS = frozenset(kind.value for kind in Kind)


class Replay:
    """The rows of one audit by kind and row id, as its history makes them, one entry after another."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], dict[str, Any]] = {}

    def take(self, entry: Sequence[str | None]) -> Iterator[Told]:
        """Carry out one entry: entity, row, field, before, after; yield what does not fit the rows made so far."""
        entity, row_id, field, before, after = entry
        place: dict[str, object] = {"entity": entity, "row_id": row_id, "field": field}
        if entity not in _KINDS or row_id is None:
            yield "history_unreadable", place
            return
        try:
            was, now = (None if value is None else json.loads(value) for value in (before, after))
            stored = self._rows.get((entity, row_id))
            if not field:
                yield from self._whole_row(entity, row_id, stored, was, now)
            elif stored is None:
                yield "history_does_not_fit", place
            else:
                column = field.replace(".", "_")
                if stored[column] != was:
                    yield "history_does_not_fit", place
                stored[column] = now
        except (ValueError, KeyError, TypeError, RecursionError):
            yield "history_unreadable", place

    def _whole_row(self, entity: str, row_id: str, stored: Any, was: Any, now: Any) -> Iterator[Told]:
        later = _LATER.get(entity, {})
        if (None if was is None else {**later, **was}) != stored:
            yield "history_does_not_fit", {"entity": entity, "row_id": row_id, "field": ""}
        if now is None:
            self._rows.pop((entity, row_id), None)
        else:
            self._rows[entity, row_id] = {**later, **now}

    def compared(self, kind: Kind, stored: Mapping[str, Mapping[str, Any]]) -> Iterator[Told]:
        """Yield where the stored rows of a kind, by row id, are not those that the history leads to."""
        made = {row_id: row for (entity, row_id), row in self._rows.items() if entity == kind}
        for row_id in sorted({*made, *stored}):
            place: dict[str, object] = {"entity": kind.value, "row_id": row_id}
            if row_id not in stored:
                yield "row_taken_away", {**place, "field": ""}
            elif row_id not in made:
                yield "row_slipped_in", {**place, "field": ""}
            else:
                for column in column_names(kind):
                    if made[row_id].get(column) != stored[row_id][column]:
                        told = {"stored": stored[row_id][column], "history": made[row_id].get(column)}
                        yield "row_changed", {**place, "field": column, **told}
