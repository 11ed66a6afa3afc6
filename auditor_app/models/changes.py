"""Edits as data: what was, what is; undo is the inverse through the same path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.fields import value_at, with_value
from auditor_app.models.ids import AuditId, RowId

WHOLE_ROW = ""


@dataclass(frozen=True)
class Change:
    """One field of one row, or with `field` empty the whole row: `before` None adds it, `after` None removes it."""

    kind: Kind
    id: RowId
    field: str
    before: Any
    after: Any

    @property
    def inverse(self) -> Change:
        """Return the change that takes this one back."""
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True)
class ChangeSet:
    """Changes that stand or fall together: one transaction, one undo step, one notification."""

    audit_id: AuditId
    changes: tuple[Change, ...]

    @property
    def inverse(self) -> ChangeSet:
        """Return the change set that takes this one back, in reverse order."""
        return ChangeSet(self.audit_id, tuple(change.inverse for change in reversed(self.changes)))

    def touches(self, *kinds: Kind) -> bool:
        """Say whether any row of these kinds changes."""
        return any(change.kind in kinds for change in self.changes)


def add(kind: Kind, row_id: RowId, row: Any) -> Change:
    """Return the change that adds a row."""
    return Change(kind, row_id, WHOLE_ROW, None, row)


def remove(kind: Kind, row_id: RowId, row: Any) -> Change:
    """Return the change that removes a row."""
    return Change(kind, row_id, WHOLE_ROW, row, None)


def set_fields(kind: Kind, row_id: RowId, row: Any, values: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return the changes that give a row these values by path; values it already has make none."""
    return tuple(
        Change(kind, row_id, path, value_at(row, path), value)
        for path, value in values.items()
        if value_at(row, path) != value
    )


def edit(audit: Audit, kind: Kind, row_id: RowId, values: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return the changes that give a row these values by path; an assessment or document not yet stored is added."""
    row = audit.row(kind, row_id)
    changes = set_fields(kind, row_id, row, values)
    if changes and row_id not in audit.of(kind):
        for change in changes:
            row = with_value(row, change.field, change.after)
        return (add(kind, row_id, row),)
    return changes


def apply(audit: Audit, change_set: ChangeSet) -> Audit:
    """Return the audit after a change set; rows that are not touched are shared with the old one."""
    rows = dict(audit.rows)
    for kind in {change.kind for change in change_set.changes}:
        rows[kind] = _applied(rows.get(kind, {}), [c for c in change_set.changes if c.kind is kind])
    return replace(audit, rows=rows)


def _applied(table: Mapping[RowId, Any], changes: list[Change]) -> dict[RowId, Any]:
    result = dict(table)
    for change in changes:
        if change.field != WHOLE_ROW:
            result[change.id] = with_value(result[change.id], change.field, change.after)
        elif change.after is None:
            del result[change.id]
        else:
            result[change.id] = change.after
    # A row that comes back by undo takes its old place: ids sort in the order rows were made.
    return dict(sorted(result.items())) if any(change.field == WHOLE_ROW for change in changes) else result
