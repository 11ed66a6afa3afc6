"""Rows of one kind (team, sites, subcontracts) as a Qt table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from auditor_app.models.audit import Kind
from auditor_app.models.changes import WHOLE_ROW, Change, ChangeSet, add, remove, set_fields
from auditor_app.models.errors import ValidationError
from auditor_app.models.fields import value_at
from auditor_app.models.ids import RowId, new_id
from auditor_app.ui.context import Context
from auditor_app.ui.tables.cell_delegate import CHOICES_ROLE, MERGE_ROLE
from auditor_app.ui.tables.columns import Column
from auditor_app.ui.widgets import tooltip

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
ANSWERED = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.EditRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.BackgroundRole,
        CHOICES_ROLE,
    }
)


class RowTable(QAbstractTableModel):
    """Show the rows of a kind; edits go to the session, changes come back as change sets."""

    refused = Signal(str)
    """Why the last edit was not taken, in words; empty once one is."""

    def __init__(self, context: Context, kind: Kind, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = kind
        self._columns = columns
        self._ids: list[RowId] = []
        self._merge_key = ""
        self._marked: set[tuple[RowId, str]] = set()

    def reset(self) -> None:
        """Show the rows of the audit that is open now."""
        self.beginResetModel()
        rows = self._context.session.audit.of(self._kind)
        self._ids = [row_id for row_id, row in rows.items() if self.shows(row)]
        self.endResetModel()

    def shows(self, row: Any) -> bool:
        """Say whether a row belongs to this table; a subclass may show some only."""
        return True

    def adding(self, row_id: RowId, row: Any) -> tuple[Change, ...]:
        """Return what adding a row changes."""
        return (add(self._kind, row_id, row),)

    def removing(self, row_id: RowId) -> tuple[Change, ...]:
        """Return what removing a row changes."""
        return (remove(self._kind, row_id, self._context.session.audit.of(self._kind)[row_id]),)

    def setting(self, row_id: RowId, values: dict[str, Any]) -> tuple[Change, ...]:
        """Return what giving a row values changes."""
        return set_fields(self._kind, row_id, self._context.session.audit.of(self._kind)[row_id], values)

    def row_id(self, row: int) -> RowId:
        """Return the id of the row shown at a place."""
        return self._ids[row]

    @property
    def kind(self) -> Kind:
        """Return the kind of the rows."""
        return self._kind

    def mark(self, fields: set[tuple[RowId, str]]) -> None:
        """Mark the cells that somebody should look at."""
        if fields != self._marked:
            self._marked = fields
            if self._ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self._columns) - 1))

    def insert(self, entity: Any) -> int:
        """Add a row and return its place."""
        row_id = RowId(new_id())
        self._submit(self.adding(row_id, entity), self.tr("add row"))
        return self._ids.index(row_id) if row_id in self._ids else -1

    def delete(self, row: int) -> None:
        """Remove a row."""
        self._submit(self.removing(self._ids[row]), self.tr("remove row"))

    def set_values(self, row: int, values: dict[str, Any], text: str) -> bool:
        """Give a row values, as one step with this name, and say whether they were taken."""
        return self._submit(self.setting(self._ids[row], values), text)

    def on_changed(self, change_set: ChangeSet) -> None:
        """Patch exactly the cells that changed."""
        for change in change_set.changes:
            if change.kind is not self._kind:
                continue
            if change.field != WHOLE_ROW:
                if change.id not in self._ids:
                    continue
                row = self._ids.index(change.id)
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._columns) - 1))
            elif not self.shows(change.before if change.after is None else change.after):
                continue
            elif change.after is None:
                row = self._ids.index(change.id)
                self.beginRemoveRows(NO_INDEX, row, row)
                del self._ids[row]
                self.endRemoveRows()
            else:
                row = sorted([*self._ids, change.id]).index(change.id)
                self.beginInsertRows(NO_INDEX, row, row)
                self._ids.insert(row, change.id)
                self.endInsertRows()

    def _submit(self, changes: Any, text: str) -> bool:
        try:
            self._context.session.submit(changes, text, self._merge_key)
        except ValidationError as error:
            self.refused.emit(self._context.words.error(error))
            return False
        self.refused.emit("")
        return True

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        is_editable = self._columns[index.column()].editable and not self._context.session.is_finalised
        return flags | Qt.ItemFlag.ItemIsEditable if is_editable else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].header
        return _alignment(self._columns[section]) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in ANSWERED:
            # Qt asks every painted cell for a font, an icon, a box to check …
            return None
        column, row_id = self._columns[index.column()], self._ids[index.row()]
        entity = self._context.session.audit.of(self._kind)[row_id]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.show(entity)
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(column.show(entity))
            case Qt.ItemDataRole.EditRole:
                value = value_at(entity, column.path)
                return value if column.choices is not None else column.form and column.form.show(value)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.BackgroundRole if (row_id, column.path) in self._marked:
                return self._context.theme.color("warning_soft")
            case _ if role == CHOICES_ROLE and column.choices is not None:
                return column
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role == MERGE_ROLE:
            self._merge_key = value
            return True
        column, row_id = self._columns[index.column()], self._ids[index.row()]
        try:
            parsed = column.form.parse(value, column.path) if column.form else value
        except ValidationError as error:
            self.refused.emit(self._context.words.error(error))
            return False
        return self._submit(self.setting(row_id, {column.path: parsed}), column.header)


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
