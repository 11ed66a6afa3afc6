"""What becomes of steps: written or not, and edits of one visit to one place as one."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from auditor_app.models.audit import Kind
from auditor_app.models.changes import WHOLE_ROW, ChangeSet
from auditor_app.models.fields import with_value


class Outcome(Enum):
    """What became of a step: written, refused for now, or made from what is there no more."""

    WRITTEN = "written"
    REFUSED = "refused"
    STALE = "stale"


def merged(earlier: ChangeSet, later: ChangeSet) -> ChangeSet | None:
    """Return one change set for an edit and a later one of the same row, None when they are not that.

    The files of one drop, which come one after another, are one step too.
    """
    both = (*earlier.changes, *later.changes)
    if all(change.kind is Kind.EVIDENCE and change.before is None for change in both):
        return ChangeSet(earlier.audit_id, both)
    rows = {(change.kind, change.id) for change in both}
    if len(rows) != 1 or any(change.field == WHOLE_ROW for change in later.changes):
        return None
    first = earlier.changes[0]
    if first.field == WHOLE_ROW:
        # The first keystroke made the row; the later ones are part of making it.
        row = first.after
        for change in later.changes:
            row = with_value(row, change.field, change.after)
        return ChangeSet(earlier.audit_id, (replace(first, after=row),)) if first.after is not None else None
    by_field = {change.field: change for change in earlier.changes}
    for change in later.changes:
        # Samples are two fields and a verdict, typed in one visit: the first pause may leave one of them alone.
        before = by_field.get(change.field, change).before
        by_field[change.field] = replace(change, before=before)
    changes = tuple(change for change in by_field.values() if change.before != change.after)
    return ChangeSet(earlier.audit_id, changes)
