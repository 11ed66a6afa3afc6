"""The evidence at one place as rows, the last of which adds more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from auditor_app.models.audit import Kind
from auditor_app.models.changes import WHOLE_ROW, Change, ChangeSet
from auditor_app.models.entities import Evidence
from auditor_app.models.enums import EvidenceSubject
from auditor_app.models.evidence import evidence_on, is_picture
from auditor_app.models.ids import RowId
from auditor_app.session.batch import Place
from auditor_app.ui.context import Context
from auditor_app.ui.widgets import tooltip

Index = QModelIndex | QPersistentModelIndex


class EvidenceList(QAbstractListModel):
    """Rows of evidence in the order they were added, patched by what changes; the plus comes last."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._place: Place | None = None
        self._rows: list[tuple[RowId, Evidence]] = []
        context.evidence.thumbnails.ready.connect(self._on_thumbnail)
        context.evidence.thumbnails.failed.connect(self._on_thumbnail)

    @property
    def place(self) -> Place | None:
        """Return the place whose evidence is shown."""
        return self._place

    @property
    def rows(self) -> list[tuple[RowId, Evidence]]:
        """Return the evidence with its row ids."""
        return self._rows

    def show_subject(self, subject_kind: EvidenceSubject, subject: str) -> None:
        """Show the evidence at another place of the open audit."""
        self.beginResetModel()
        self._place = Place(self._context.session.audit.id, subject_kind, subject)
        self._rows = self._stored()
        self.endResetModel()

    def on_changed(self, change_set: ChangeSet) -> None:
        """Patch the rows that a change set touched."""
        changes = [change for change in change_set.changes if self._is_mine(change)]
        if any(change.field == WHOLE_ROW for change in changes):
            self._patch()
        elif changes:
            touched = {change.id for change in changes}
            self._rows = self._stored()
            self._repaint(place for place, (row_id, _) in enumerate(self._rows) if row_id in touched)

    def row_at(self, index: Index) -> tuple[RowId, Evidence] | None:
        """Return the evidence of a row, None for the plus."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def index_of(self, row_id: RowId) -> QModelIndex:
        """Return the index of a row, an invalid one when it is not here."""
        place = next((place for place, (each, _) in enumerate(self._rows) if each == row_id), -1)
        return self.index(place) if place >= 0 else QModelIndex()

    def plus(self) -> QModelIndex:
        """Return the index of the plus."""
        return self.index(len(self._rows))

    def _stored(self) -> list[tuple[RowId, Evidence]]:
        if self._place is None:
            return []
        audit = self._context.session.audit
        return list(evidence_on(audit, self._place.subject_kind, self._place.subject).items())

    def _is_mine(self, change: Change) -> bool:
        if change.kind is not Kind.EVIDENCE or self._place is None:
            return False
        if change.field != WHOLE_ROW:
            return any(row_id == change.id for row_id, _ in self._rows)
        row = change.after or change.before
        return (row.subject_kind, row.subject) == (self._place.subject_kind, self._place.subject)

    def _patch(self) -> None:
        """Take out the rows that are gone and put in those that came, so that all others stay where they are."""
        stored = self._stored()
        kept, before = {row_id for row_id, _ in stored}, {row_id for row_id, _ in self._rows}
        gone = [place for place, (row_id, _) in enumerate(self._rows) if row_id not in kept]
        for first, last in reversed(list(_runs(gone))):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()
        for first, last in _runs(place for place, (row_id, _) in enumerate(stored) if row_id not in before):
            self.beginInsertRows(QModelIndex(), first, last)
            self._rows[first:first] = stored[first : last + 1]
            self.endInsertRows()

    def _on_thumbnail(self, sha256: str) -> None:
        self._repaint(place for place, (_, row) in enumerate(self._rows) if row.sha256 == sha256)

    def _repaint(self, places: Iterable[int]) -> None:
        for place in places:
            self.dataChanged.emit(self.index(place), self.index(place))

    def _tooltip(self, row: Evidence) -> str:
        lines = [row.caption, row.name, (row.taken_at or "").replace("T", " ")]
        problem = self._context.evidence.thumbnails.problem(row.sha256) if is_picture(row) else None
        if problem is not None:
            lines.append(self._context.words.error(problem))
        return tooltip("\n".join(line for line in lines if line))

    def flags(self, index: Index) -> Qt.ItemFlag:
        # The plus can be stood on, but it is nothing to remove.
        return super().flags(index) if self.row_at(index) is not None else Qt.ItemFlag.ItemIsEnabled

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._rows) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = self.row_at(index)
        if found is None:
            is_named = role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
            return self.tr("Add files") if is_named else None
        row = found[1]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.caption or row.name
        return self._tooltip(row) if role == Qt.ItemDataRole.ToolTipRole else None


def _runs(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last of every unbroken run of ascending places."""
    for _, run in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
        found = [place for _, place in run]
        yield found[0], found[-1]
