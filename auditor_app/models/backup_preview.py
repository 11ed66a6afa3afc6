"""An audit of a backup beside the present one: what both say, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass

from auditor_app.models.audit import NATURAL_KEY, Audit, Kind
from auditor_app.models.ids import Clause
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

    `differences` are of the kinds that differ, `clauses` the indicators that were judged otherwise.
    """

    then: Side
    now: Side | None
    differences: tuple[Difference, ...]
    clauses: tuple[Clause, ...]


def side(standard: Standard, audit: Audit) -> Side:
    """Return an audit with its score."""
    return Side(standard, audit, score_audit(standard, audit))


def preview(then: Side, now: Side | None) -> Preview:
    """Put an audit of a backup beside the present one."""
    if now is None:
        return Preview(then, None, (), ())
    differences = tuple(
        found for kind in Kind if (found := difference(kind, then.audit, now.audit)) != Difference(kind, 0, 0, 0)
    )
    clauses = tuple(c for c in then.standard.indicators if then.audit.assessment(c) != now.audit.assessment(c))
    return Preview(then, now, differences, clauses)


def difference(kind: Kind, then: Audit, now: Audit) -> Difference:
    """Compare the rows of one kind; one that is not stored and its default are the same."""
    old, new = then.of(kind), now.of(kind)
    if kind in NATURAL_KEY:
        changed = sum(then.row(kind, key) != now.row(kind, key) for key in {*old, *new})
        return Difference(kind, 0, changed, 0)
    changed = sum(old[key] != new[key] for key in old.keys() & new.keys())
    return Difference(kind, len(old.keys() - new.keys()), changed, len(new.keys() - old.keys()))
