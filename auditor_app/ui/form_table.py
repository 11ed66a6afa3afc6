"""The placeholders of a form as rows: what each stands for, what will be written, where, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QBrush, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from auditor_app.models.forms import FormPreview, Placeholder, PlaceholderState
from auditor_app.ui.phrase_list import row_style
from auditor_app.ui.pills import Pill, Shape, draw_pill, pill_column
from auditor_app.ui.tables.headed_table import NO_INDEX, HeadedTable, Index
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets import tooltip

WRITTEN, STANDS_FOR, VALUE, PLACES, STATE = range(5)
ROW_HEIGHT = 30
WIDTHS = (176, 150, 0, 128, 0)
"""Pixels; the value takes the room that is left, and the state what its words need."""
_PILL_ROLE = Qt.ItemDataRole.UserRole + 1
_INSET = 6
_LOOKS = {
    PlaceholderState.KNOWN: (Shape.DOT, "met"),
    PlaceholderState.MAPPED: (Shape.DIAMOND, "met"),
    PlaceholderState.FIXED: (Shape.DIAMOND, "deleted"),
    PlaceholderState.EMPTY: (Shape.RING, "deleted"),
    PlaceholderState.UNKNOWN: (Shape.SQUARE, "not_met"),
}


@dataclass(frozen=True)
class _Row:
    """A placeholder of the form, or the key of one it had when it was filled last."""

    key: str
    placeholder: Placeholder | None = None


class FormTable(HeadedTable):
    """Show what a form asks for, and last what it asks for no more."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[_Row] = []
        self._titles: Mapping[str, str] = {}
        self._headers = (
            self.tr("Placeholder"),
            self.tr("Stands for"),
            self.tr("Will be written"),
            self.tr("Where"),
            self.tr("State"),
        )
        self._states = {
            PlaceholderState.KNOWN: self.tr("Known"),
            PlaceholderState.MAPPED: self.tr("Chosen"),
            PlaceholderState.FIXED: self.tr("Fixed text"),
            PlaceholderState.EMPTY: self.tr("Left empty"),
            PlaceholderState.UNKNOWN: self.tr("Unknown"),
        }

    @property
    def state_width(self) -> int:
        """Return how wide the column of states must be, in pixels."""
        return pill_column([self._new(word) for word in self._states.values()]) + 2 * _INSET

    def show_preview(self, preview: FormPreview, titles: Mapping[str, str]) -> None:
        """Show another preview; `titles` are those of the fields by name."""
        rows = [_Row(each.key, each) for each in preview.placeholders] + [_Row(key) for key in preview.lost]
        is_same = [row.key for row in rows] == [row.key for row in self._rows]
        self._titles = titles
        if is_same:
            # The same rows say other things: what is selected stays so.
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, STATE))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def placeholder(self, row: int) -> Placeholder | None:
        """Return the placeholder of a row, None for one that the form has no more."""
        return self._rows[row].placeholder if 0 <= row < len(self._rows) else None

    def next_unknown(self, after: int) -> int:
        """Return the next row nobody decided about, from the top again behind the last; -1 when there is none."""
        rows = [*range(after + 1, len(self._rows)), *range(after + 1)]
        return next((row for row in rows if self._state(row) is PlaceholderState.UNKNOWN), -1)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._text(row, index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(self._hint(row, index.column()))
            case Qt.ItemDataRole.ForegroundRole:
                soft = row.placeholder is None or index.column() in (PLACES, WRITTEN)
                return QBrush(self._theme.color("text_second" if soft else "text"))
            case _ if role == _PILL_ROLE and index.column() == STATE:
                return self._pill(row)
        return None

    def _text(self, row: _Row, column: int) -> str:
        found = row.placeholder
        if column == WRITTEN:
            return found.written if found is not None else row.key
        if column == STATE:
            return self._pill(row).text
        if found is None:
            return ""
        if column == STANDS_FOR:
            return self._titles.get(_plain(found.field), found.field)
        if column == PLACES:
            more = len(found.places) - 1
            return self.tr("{0} and {1} more").format(found.places[0], more) if more else found.places[0]
        return self._value(found)

    def _value(self, found: Placeholder) -> str:
        if found.rows is None:
            return found.preview
        if not found.rows:
            return self.tr("The list is empty")
        return self.tr("{0} rows: {1}").format(found.rows, found.preview)

    def _hint(self, row: _Row, column: int) -> str:
        found = row.placeholder
        if found is None:
            return self.tr("The form had this placeholder when it was filled last.")
        if column == PLACES:
            return "\n".join(found.places[:20])
        return found.field if column == STANDS_FOR else self._text(row, column)

    def _state(self, row: int) -> PlaceholderState | None:
        found = self._rows[row].placeholder
        return found.state if found is not None else None

    def _pill(self, row: _Row) -> Pill:
        found, color = row.placeholder, self._theme.color
        if found is None:
            return Pill(self.tr("Gone"), Shape.NONE, color("deleted"), color("deleted_text"), None)
        shape, meaning = _LOOKS[found.state]
        word = self._states[found.state]
        shown = self._new(word) if found.is_new else word
        return Pill(shown, shape, color(meaning), color(f"{meaning}_text"), color(f"{meaning}_soft"))

    def _new(self, word: str) -> str:
        return self.tr("{0}, new").format(word)


class _StateDelegate(QStyledItemDelegate):
    """Draw the state as a pill."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        pill = index.data(_PILL_ROLE)
        if not isinstance(pill, Pill):
            super().paint(painter, option, index)
            return
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, bare, painter, option.widget)
        rect: QRect = option.rect
        draw_pill(painter, pill, rect.left() + _INSET, rect.center().y())


class FormView(QTreeView):
    """The table of placeholders; one row is chosen at a time."""

    def __init__(self, theme: Theme, table: FormTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(table)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegateForColumn(STATE, _StateDelegate(self))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setStyleSheet(f"{row_style(theme)} QTreeView::item {{ height: {ROW_HEIGHT}px; border-radius: 0 }}")
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(VALUE, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate(WIDTHS):
            if column != VALUE:
                self.setColumnWidth(column, width or table.state_width)


def _plain(field: str) -> str:
    """Return the field whose title tells most of what a placeholder stands for."""
    name = field.partition("=")[0]
    for part in (".year", ".month", ".day"):
        name = name.removesuffix(part)
    before, bracket, rest = name.partition("[")
    return f"{before}[].{rest.partition('].')[2]}" if bracket else name
