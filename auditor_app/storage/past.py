"""What a history that may have holes says each row was last."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from auditor_app.models.audit import Kind
from auditor_app.models.history import SEALING, Seal
from auditor_app.models.ids import RowId
from auditor_app.storage.columns import field_at, to_column
from auditor_app.storage.finds import ADDED, Line

Columns = dict[str, Any]


class Past:
    """Rows by kind and id as the history leaves them, stored columns by name; None for one that was removed."""

    UNTOLD = object()

    def __init__(self, lines: Iterable[Line]) -> None:
        self.rows: dict[tuple[Kind, RowId], Columns | None] = {}
        self.begins = ""
        self.is_torn = False
        """Whether a line is missing, altered, or does not follow from those before."""
        self.was_finalised = False
        self.altered: set[tuple[Kind, RowId]] = set()
        """Rows of which a line is not what was written; its id may be another than it was."""
        self._whole: set[tuple[Kind, RowId]] = set()
        self._unproven: set[tuple[Kind, RowId]] = set()
        self._is_proven = True
        self._end = 0, b""
        for line in lines:
            self.tell(line)

    def is_whole(self, kind: Kind, row_id: RowId) -> bool:
        """Say whether every line of a row follows from the line before, from its beginning on."""
        return (kind, row_id) in self._whole

    def is_proven(self, kind: Kind, row_id: RowId) -> bool:
        """Say whether the links prove every line of a row."""
        return (kind, row_id) not in self._unproven

    def ends_at(self, end: tuple[int, bytes] | None) -> bool:
        """Say whether the links prove every line up to this end: how many there are, and the link of the last one.

        With another end the history is torn.
        """
        self.is_torn |= end is not None and self._end != end
        return self._is_proven and not self.is_torn and self._end == end

    def tell(self, line: Line) -> None:
        """Go one line further."""
        _change_set, _audit, at, _who, entity, row, field, before, after = line.values
        self.begins = self.begins or at
        self.is_torn |= line.is_altered
        self._is_proven &= line.is_proven
        self._end = self._end[0] + 1, line.link
        if entity == SEALING:
            self.was_finalised = _is_final(after)
            return
        try:
            kind = Kind(entity)
            if not line.is_proven:
                self._unproven.add((kind, RowId(row)))
            if line.is_altered:
                self.altered.add((kind, RowId(row)))
            self._tell(kind, RowId(row), field, _value(before), _value(after))
        except (ValueError, TypeError, StopIteration, RecursionError):
            self.is_torn = True

    def _tell(self, kind: Kind, row_id: RowId, field: str, before: Any, after: Any) -> None:
        key = (kind, row_id)
        now = self.rows.get(key)
        if not field:
            follows = now == _whole(kind, before)
            self.rows[key] = _whole(kind, after)
            # A whole row says all there is, whatever was before it.
            self._whole.add(key)
        else:
            column = field_at(kind, field).column
            follows = now is not None and _same(now.get(column), before)
            if now is not None:
                self.rows[key] = now | {column: _column(after)}
            if not follows:
                self._whole.discard(key)
        self.is_torn |= not follows


def _whole(kind: Kind, row: Any) -> Columns | None:
    if row is not None and not isinstance(row, dict):
        raise ValueError
    return None if row is None else dict(ADDED.get(kind, {})) | row


def _value(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def _is_final(sealing: str | None) -> bool:
    try:
        return bool(_value(sealing)["state"] == Seal.FINALISED)
    except (ValueError, TypeError, KeyError, RecursionError):
        return False


def _column(value: Any) -> Any:
    return to_column(tuple(value) if isinstance(value, list) else value)


def _same(stored: Any, told: Any) -> bool:
    return bool(stored == _column(told))
