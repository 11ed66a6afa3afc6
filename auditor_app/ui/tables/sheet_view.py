"""A sheet of rows under headings: whole-row grounds, pills, editors in cells."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QContextMenuEvent,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QStyleOptionViewItem, QTreeView, QWidget

from auditor_app.models.errors import AuditorError
from auditor_app.models.ids import AuditId
from auditor_app.ui.context import Context
from auditor_app.ui.drawn_text import LEFT, RIGHT, draw_line, line_width
from auditor_app.ui.history_place import WHOLE_AUDIT, Place, ask_history
from auditor_app.ui.pills import draw_pill, pill_width
from auditor_app.ui.tables.cell_delegate import ROW_HEIGHT, CellDelegate
from auditor_app.ui.tables.sheet_model import Node, Rank, SheetModel
from auditor_app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
CELL_INSET = 8
CHEVRON = 14
EDGE = 3
TINT_ALPHA = 120
WEIGHTS = {
    Rank.CHAPTER: QFont.Weight.Bold,
    Rank.GROUP: QFont.Weight.DemiBold,
    Rank.ROW: QFont.Weight.Normal,
}
AHEAD = 2
"""Rows seen below one that was gone to."""


class SheetDelegate(CellDelegate):
    """Paint the words and pills of a sheet; the view paints the grounds."""

    def __init__(self, context: Context, sheet: SheetModel, parent: QWidget) -> None:
        super().__init__(context.session, parent)
        self._sheet = sheet
        self._theme = context.theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        # Qt asks for that of all cells of the first row at every change in it.
        node, column = self._sheet.node(index), index.column()
        pill = self._sheet.pill(node, column)
        if pill is not None:
            width = pill_width(pill)
        else:
            width = line_width(self._sheet.text(node, column), weight=WEIGHTS[node.rank])
        return QSize(width + 2 * CELL_INSET, ROW_HEIGHT)

    def paint_cell(self, painter: QPainter, node: Node, column: int, rect: QRect) -> None:
        """Draw a cell for the view, which draws whole rows: Qt takes longer to ask for each cell than it is to draw."""
        pill = self._sheet.pill(node, column)
        if pill is not None:
            draw_pill(painter, pill, rect.left() + CELL_INSET, rect.center().y() + 1)
            return
        text = self._sheet.text(node, column)
        if text:
            inside = rect.adjusted(CELL_INSET, 0, -CELL_INSET, 0)
            painter.setPen(self._theme.color(self._sheet.color(node, column)))
            side = RIGHT if self._sheet.columns[column].numeric else LEFT
            draw_line(painter, inside, text, side, weight=WEIGHTS[node.rank])


class SheetView(QTreeView):
    """Show a sheet; nothing in it reacts to the mouse wheel but scrolling."""

    row_changed = Signal(QModelIndex)
    """Another row is selected, and what was typed about the one before is stored."""
    returned = Signal()
    """The row that was left is selected again: what was typed about it could not be stored, and is still there."""
    paste_requested = Signal()
    """What was copied should be taken for the selected row."""

    def __init__(self, context: Context, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._theme: Theme = context.theme
        self._sheet = model
        self.setUniformRowHeights(True)
        self.setModel(model)
        self._cells = SheetDelegate(context, model, self)
        self.setItemDelegate(self._cells)
        self.setIndentation(12)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setExpandsOnDoubleClick(False)
        header = self.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(40)
        header.setHighlightSections(False)
        # Qt stretches the last column, but never below the width it was given.
        self.setColumnWidth(len(model.columns) - 1, model.columns[-1].width)
        self._left_out: set[int] = set()
        self._places: list[tuple[int, int, int]] = []
        self._tree_column = 0
        self._is_fitting = False
        self._was_dragged = False
        header.sectionResized.connect(self._on_section_resized)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_columns)
        model.modelReset.connect(self.expandAll)
        self._audit_id = AuditId("")
        self._left = QPersistentModelIndex()
        self.goes_back = False
        """Whether another row is selected only until Qt is done with the click or key that left the one before."""
        self.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self._hide_columns()

    def go_to(self, key: str) -> None:
        """Select a row and bring it into view."""
        index = self._sheet.index_of(key, max(self.currentIndex().column(), 0))
        if index.isValid():
            self.setCurrentIndex(index)
            self._show_around(index)

    def place(self) -> Place:
        """Return what the history of the selected row is."""
        index = self.currentIndex()
        return self._sheet.place(self._sheet.node(index)) if index.isValid() else WHOLE_AUDIT

    def _show_around(self, index: QModelIndex) -> None:
        """Bring a row into view with some of what follows it."""
        self.scrollTo(index)
        rect, viewport = self.visualRect(index), self.viewport().rect()
        if rect.bottom() > viewport.bottom() - AHEAD * ROW_HEIGHT:
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _on_row_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        if self.goes_back:
            return
        left = QPersistentModelIndex(previous)
        if self._context.session.flush() or not left.isValid():
            # Not `current`: the sheet may have started over meanwhile.
            self.row_changed.emit(self.currentIndex())
            return
        self._left, self.goes_back = left, True
        QTimer.singleShot(0, self._go_back)

    def _go_back(self) -> None:
        left, self._left = self._left, QPersistentModelIndex()
        if left.isValid():
            self.setCurrentIndex(left.model().index(left.row(), left.column(), left.parent()))
            self.goes_back = False
            self.returned.emit()
        else:
            self.goes_back = False
            self.row_changed.emit(self.currentIndex())

    @contextmanager
    def in_place(self) -> Iterator[str]:
        """Stay where one is while the sheet starts over with the same audit; give the key of the selected row then.

        Another audit begins where it begins, and the key is empty.
        """
        is_same, self._audit_id = self._audit_id == self._context.session.audit.id, self._context.session.audit.id
        top = self.verticalScrollBar().value()
        yield self.current_key() if is_same else ""
        if is_same:
            # A click may be under way, and is meant for the row that is under the mouse.
            self.verticalScrollBar().setValue(top)

    def current_key(self) -> str:
        """Return the key of the selected row, empty when none is."""
        index = self.currentIndex()
        return self._sheet.node(index).key if index.isValid() else ""

    def show_only(self, keys: Container[str]) -> None:
        """Show the rows with these keys and the headings above them, hide the others."""
        self._show_under(NO_INDEX, keys)

    def _show_under(self, parent: QModelIndex, keys: Container[str]) -> bool:
        is_any_shown = False
        for row in range(self._sheet.rowCount(parent)):
            index = self._sheet.index(row, 0, parent)
            is_below = self._show_under(index, keys)
            is_shown = is_below or self._sheet.node(index).key in keys
            if self.isRowHidden(row, parent) == is_shown:
                self.setRowHidden(row, parent, not is_shown)
            is_any_shown = is_any_shown or is_shown
        return is_any_shown

    @property
    def _columns_setting(self) -> str:
        return f"hidden_columns.{type(self._sheet).__name__}"

    def _hide_columns(self) -> None:
        """Hide the columns that the person left out last time."""
        try:
            stored = json.loads(self._context.session.setting(self._columns_setting) or "[]")
        except (AuditorError, ValueError):
            # Only the look of the sheet is lost.
            return
        if isinstance(stored, list):
            columns = enumerate(self._sheet.columns)
            self._left_out = {place for place, column in columns if column.can_hide and column.key in stored}

    def _offer_columns(self, at: QPoint) -> None:
        menu = QMenu(self)
        for place, column in enumerate(self._sheet.columns):
            if column.can_hide:
                action = menu.addAction(column.header)
                action.setCheckable(True)
                action.setChecked(place not in self._left_out)
                action.setData(place)
        chosen = menu.exec(self.header().mapToGlobal(at))
        place = chosen.data() if chosen is not None else None
        menu.deleteLater()
        if place is not None:
            self._left_out ^= {place}
            self._fit_columns()
            self._keep_columns()

    def _keep_columns(self) -> None:
        hidden = [self._sheet.columns[place].key for place in sorted(self._left_out)]
        try:
            self._context.session.set_setting(self._columns_setting, json.dumps(hidden))
        except AuditorError as error:
            self._context.session.failed.emit(error)

    def _fit_columns(self) -> None:
        """Give every column its least width, share the rest by what each wants, and what then is left to the last."""
        # Hiding a column is told as a change of its width too.
        self._is_fitting = True
        shown = self._fitting()
        for place in range(len(self._sheet.columns)):
            self.setColumnHidden(place, place not in shown)
        least = [self._least_width(place) for place in shown]
        wants = [max(self._sheet.columns[place].wanted - width, 0) for place, width in zip(shown, least, strict=True)]
        room = self.viewport().width() - sum(least)
        share = min(max(room, 0) / max(sum(wants), 1), 1)
        for place, width, want in list(zip(shown, least, wants, strict=True))[:-1]:
            self.setColumnWidth(place, width + int(want * share))
        # Qt stretches the last one, but never below the width it was given.
        self.setColumnWidth(shown[-1], least[-1])
        self._is_fitting = False

    def _fitting(self) -> list[int]:
        """Return the columns to show: those not left out, without the last that give way while not all fit."""
        shown = [place for place in range(len(self._sheet.columns)) if place not in self._left_out]
        for place in shown:
            # Qt says how wide a header wants to be only while it is shown.
            self.setColumnHidden(place, False)
        giving = [place for place in shown if self._sheet.columns[place].gives_way]
        while giving and sum(map(self._fair_width, shown)) > self.viewport().width():
            shown.remove(giving.pop())
        return shown

    def _fair_width(self, place: int) -> int:
        return max(self._least_width(place), self._sheet.columns[place].fair)

    def _least_width(self, place: int) -> int:
        """Return the least width of a column; a header is not cut where its cells are narrower."""
        column = self._sheet.columns[place]
        return max(column.width, self.header().sectionSizeHint(place)) if column.can_hide else column.width

    def _on_section_resized(self, section: int, before: int, after: int) -> None:
        # Qt tells of columns that come and go too, and stretches the last one that is shown.
        last = max(place for place in range(self.header().count()) if not self.isColumnHidden(place))
        is_width = bool(before and after) and section != last
        if is_width and not self._is_fitting and QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._was_dragged = True

    def dataChanged(self, topLeft: Index, bottomRight: Index, roles: Sequence[int] = ()) -> None:
        # Qt would ask the model for every cell of the rows, and for what is below them, to find out what is known here:
        # they are as high as before, and whole rows are painted, with the edge and the ground left of their cells.
        if self.state() is QAbstractItemView.State.EditingState or QAccessible.isActive():
            super().dataChanged(cast(QModelIndex, topLeft), cast(QModelIndex, bottomRight), list(roles))
        if topLeft.row() != bottomRight.row():
            # The first or the last of them may be hidden, and has no place on the screen then.
            self.viewport().update()
            return
        # Nor has a cell in a hidden column one.
        shown = next(place for place in range(self.header().count()) if not self.isColumnHidden(place))
        rect = self.visualRect(self._sheet.index(topLeft.row(), shown, topLeft.parent()))
        self.viewport().update(0, rect.top(), self.viewport().width(), rect.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._was_dragged:
            self._fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_editing = self.state() is QAbstractItemView.State.EditingState
        if event.matches(QKeySequence.StandardKey.Paste) and not is_editing:
            self.paste_requested.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        # The key for menus reaches the headings, which the keyboard cannot go to.
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self._offer_columns(QPoint(0, self.header().height()))
        elif (index := self.indexAt(event.pos())).isValid():
            self.setCurrentIndex(index)
            self._offer_history(event.globalPos())

    def _offer_history(self, position: QPoint) -> None:
        menu = QMenu(self)
        text = self.tr("History of this row") + "\t" + self._context.keys.text("history")
        history = menu.addAction(text)
        chosen = menu.exec(position)
        menu.deleteLater()
        if chosen is history:
            ask_history(self)

    def keyboardSearch(self, search: str) -> None:
        # Letters are keys here; one that is held down or means nothing must not move the row under the hand.
        return

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        # An input method would take the keys that judge; the editors in cells ask for it themselves.
        return False if query is Qt.InputMethodQuery.ImEnabled else super().inputMethodQuery(query)

    def paintEvent(self, event: QPaintEvent) -> None:
        # Once for all rows, for which it is the same.
        header = self.header()
        self._places = [
            (column, header.sectionViewportPosition(column), header.sectionSize(column))
            for column in range(header.count())
            if not header.isSectionHidden(column)
        ]
        self._tree_column = self.treePosition()
        super().paintEvent(event)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, node = option.rect, self._sheet.node(index)
        selected, tint = self.selectionModel().isSelected(cast(QModelIndex, index)), self._sheet.tint(node)
        painter.fillRect(rect, self._theme.color("accent_soft" if selected else node.rank.value))
        if tint and not selected:
            painter.fillRect(rect, self._faint(f"{tint}_soft"))
        top, height = rect.top(), rect.height()
        for column, left, width in self._places:
            cell = QRect(left, top, width, height)
            if column == self._tree_column:
                cell.setLeft(left + self.indentation() * node.depth)
                self._draw_chevron(painter, cell, index)
            self._cells.paint_cell(painter, node, column, cell)
        if tint:
            painter.fillRect(QRect(0, rect.top(), EDGE, rect.height()), self._theme.color(tint))
        painter.setPen(self._theme.color("accent_line" if selected else "line_soft"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if selected:
            painter.drawLine(rect.topLeft(), rect.topRight())

    def _draw_chevron(self, painter: QPainter, cell: QRect, index: Index) -> None:
        if self._sheet.rowCount(index):
            name = "chevron-down" if self.isExpanded(cast(QModelIndex, index)) else "chevron-right"
            picture = self._theme.pixmap(name, "text_second", CHEVRON, self.devicePixelRatioF())
            painter.drawPixmap(cell.left() - CHEVRON + 4, cell.center().y() - CHEVRON // 2 + 1, picture)

    def _faint(self, meaning: str) -> QColor:
        color = QColor(self._theme.color(meaning))
        color.setAlpha(TINT_ALPHA)
        return color
