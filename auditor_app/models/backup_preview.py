"""An audit of a backup beside the present one: what both say, and where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auditor_app.models.audit import ENTITY_TYPES, NATURAL_KEY, Audit, Kind
from auditor_app.models.changes import WHOLE_ROW, Change, add, remove, set_fields
from auditor_app.models.fields import fields_of, value_at
from auditor_app.models.ids import RowId
from auditor_app.models.scoring import ScoreResult, score_audit
from auditor_app.models.standard import Standard


@dataclass(frozen=True)
class Difference:
    """Rows of one kind that differ: only in the backup, with another content, only in the present audit."""

    kind: Kind
    only_then: int
    changed: int
    only_now: int


@dataclass(frozen=True)
class Side:
    """One of the two: the audit with its standard pack and its score."""

    standard: Standard
    audit: Audit
    result: ScoreResult

    @property
    def unjudged(self) -> int:
        """Return how many indicators are not judged."""
        return self.result.whole.total - self.result.whole.judged


@dataclass(frozen=True)
class Preview:
    """An audit as it is in a backup (`then`), and as it is now; None where it is no longer in the library.

    `changes` lead from the backup to the present audit: kind by kind, indicators and documents in the order of the
    standard, other rows in the order they were added.
    """

    then: Side
    now: Side | None
    changes: tuple[Change, ...]

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Return how many rows differ, of the kinds that do."""
        return tuple(
            _counted(kind, [change for change in self.changes if change.kind is kind])
            for kind in Kind
            if any(change.kind is kind for change in self.changes)
        )


def side(standard: Standard, audit: Audit) -> Side:
    """Return an audit with its score."""
    return Side(standard, audit, score_audit(standard, audit))


def preview(then: Side, now: Side | None) -> Preview:
    """Put an audit of a backup beside the present one."""
    if now is None:
        return Preview(then, None, ())
    changes = (change for kind in Kind for change in _changes(kind, then.standard, then.audit, now.audit))
    return Preview(then, now, tuple(changes))


def _changes(kind: Kind, standard: Standard, then: Audit, now: Audit) -> Iterator[Change]:
    """Yield what differs in the rows of one kind; one that is not stored and its default are the same."""
    old, new = then.of(kind), now.of(kind)
    paths = [field.path for field in fields_of(ENTITY_TYPES[kind])]
    for key in _in_order(kind, standard, {*old, *new}):
        if kind in NATURAL_KEY or (key in old and key in new):
            row = now.row(kind, key)
            yield from set_fields(kind, key, then.row(kind, key), {path: value_at(row, path) for path in paths})
        elif key in old:
            yield remove(kind, key, old[key])
        else:
            yield add(kind, key, new[key])


def _in_order(kind: Kind, standard: Standard, keys: Iterable[RowId]) -> list[RowId]:
    known: Iterable[str] = ()
    if kind in NATURAL_KEY:
        known = standard.nodes if kind is Kind.ASSESSMENT else standard.documents_by_id
    places = {key: place for place, key in enumerate(known)}
    return sorted(keys, key=lambda key: (places.get(key, len(places)), key))


def _counted(kind: Kind, changes: list[Change]) -> Difference:
    whole = [change for change in changes if change.field == WHOLE_ROW]
    changed = {change.id for change in changes if change.field != WHOLE_ROW}
    only_then = sum(change.after is None for change in whole)
    return Difference(kind, only_then, len(changed), len(whole) - only_then)
