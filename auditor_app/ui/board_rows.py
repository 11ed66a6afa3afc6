"""A short list of clauses on the score board, each a way to its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from auditor_app.ui.drawn_text import RIGHT, draw_line, line_width
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets import tooltip

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
ROW_HEIGHT = 24
CLAUSE_WIDTH = 50
INSET = 4
SMALL = 12
ROW_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class ClauseRow:
    """A line: where it leads, the clause, what it is about, an amount at the right, and the whole of it in words."""

    key: str
    clause: str
    title: str
    amount: str = ""
    about: str = ""


class ClauseList(QListView):
    """Lines that lead somewhere, by click or Enter; as high as its lines, what surrounds it scrolls."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(theme, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.setObjectName("clauseList")
        self.clicked.connect(self._choose)
        self.setVisible(False)

    @property
    def rows(self) -> tuple[ClauseRow, ...]:
        """Return the lines that are shown."""
        return self._rows.rows

    def show_rows(self, rows: Sequence[ClauseRow]) -> None:
        """Show other lines; an empty list takes no room."""
        if self._rows.show(tuple(rows)):
            self.setFixedHeight(ROW_HEIGHT * len(rows))
            self.setVisible(bool(rows))
        # Qt would place the lines after the board is painted, and paint them again.
        self.executeDelayedItemsLayout()

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(ROW_ROLE).key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._rows.index(0))
        super().focusInEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        inside = above.widget() if above is not None and self.hasFocus() else None
        if above is not None and inside is not None:
            place = self.mapTo(inside, self.visualRect(current).center())
            above.ensureVisible(place.x(), place.y(), 0, ROW_HEIGHT)


class _Rows(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[ClauseRow, ...] = ()

    def show(self, rows: tuple[ClauseRow, ...]) -> bool:
        """Take other lines; say whether their number changed."""
        if rows == self.rows:
            return False
        if len(rows) == len(self.rows):
            self.rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return False
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return " ".join(part for part in (row.clause, row.title, row.amount) if part)
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(row.about or f"{row.clause} {row.title}".strip())
            case _ if role == ROW_ROLE:
                return row
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, _Rows)
        row, rect = model.rows[index.row()], option.rect
        painter.save()
        self._draw_ground(painter, rect, option.state)
        inside = rect.adjusted(INSET, 0, -INSET, 0)
        left = inside.left()
        if row.clause:
            painter.setPen(self._theme.color("accent"))
            draw_line(painter, inside, row.clause, pixels=SMALL)
            left += max(CLAUSE_WIDTH, line_width(row.clause, SMALL) + 6)
        painter.setPen(self._theme.color("text"))
        draw_line(painter, inside, row.amount, RIGHT, SMALL)
        width = inside.right() - line_width(row.amount, SMALL) - 8 - left
        painter.setPen(self._theme.color("text_soft"))
        draw_line(painter, QRect(left, rect.top(), width, rect.height()), row.title, pixels=SMALL)
        painter.restore()

    def _draw_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        has_keyboard = bool(state & QStyle.StateFlag.State_HasFocus)
        if not has_keyboard and not state & QStyle.StateFlag.State_MouseOver:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.color("accent_line") if has_keyboard else Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent_soft" if has_keyboard else "row_hover"))
        painter.drawRoundedRect(rect.adjusted(0, 1, -1, -1), 4, 4)
