"""A sheet of rows under headings: whole-row grounds, pills, editors in cells."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTreeView, QWidget

from auditor_app.ui.context import Context
from auditor_app.ui.fonts import body_font
from auditor_app.ui.pills import draw_pill
from auditor_app.ui.tables.cell_delegate import CellDelegate
from auditor_app.ui.tables.sheet_model import PILL_ROLE, RANK_ROLE, Rank, SheetModel
from auditor_app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
CELL_INSET = 8
CHEVRON = 14


class SheetDelegate(CellDelegate):
    """Paint the words and pills of a sheet; the view paints the grounds."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context.session, parent)
        self._theme = context.theme
        self._fonts = {
            Rank.CHAPTER: body_font(weight=QFont.Weight.Bold),
            Rank.GROUP: body_font(weight=QFont.Weight.DemiBold),
            Rank.ROW: body_font(),
        }
        self._small = body_font(12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        pill = index.data(PILL_ROLE)
        painter.save()
        if pill is not None:
            painter.setFont(self._small)
            draw_pill(painter, pill, rect.left() + CELL_INSET, rect.center().y() + 1, painter.fontMetrics())
        else:
            painter.setFont(self._fonts[index.data(RANK_ROLE)])
            painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole))
            inside = rect.adjusted(CELL_INSET, 0, -CELL_INSET, 0)
            text = painter.fontMetrics().elidedText(
                index.data() or "", Qt.TextElideMode.ElideRight, max(inside.width(), 0)
            )
            painter.drawText(inside, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), text)
        painter.restore()


class SheetView(QTreeView):
    """Show a sheet; nothing in it reacts to the mouse wheel but scrolling."""

    def __init__(self, context: Context, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = context.theme
        self.setUniformRowHeights(True)
        self.setModel(model)
        self.setItemDelegate(SheetDelegate(context, self))
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
        self._is_fitting = False
        self._was_dragged = False
        header.sectionResized.connect(self._on_section_resized)
        model.modelReset.connect(self.expandAll)

    def go_to(self, key: str) -> None:
        """Select a row and bring it into view."""
        model = self.model()
        assert isinstance(model, SheetModel)
        index = model.index_of(key, max(self.currentIndex().column(), 0))
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def current_key(self) -> str:
        """Return the key of the selected row, empty when none is."""
        model, index = self.model(), self.currentIndex()
        assert isinstance(model, SheetModel)
        return model.node(index).key if index.isValid() else ""

    def _fit_columns(self) -> None:
        """Give every column its least width, share the rest by what each wants, and what then is left to the last."""
        model = self.model()
        assert isinstance(model, SheetModel)
        columns = model.columns
        wants = [max(column.wanted - column.width, 0) for column in columns]
        room = self.viewport().width() - sum(column.width for column in columns)
        share = min(max(room, 0) / max(sum(wants), 1), 1)
        self._is_fitting = True
        for place, (column, want) in enumerate(zip(columns[:-1], wants, strict=False)):
            self.setColumnWidth(place, column.width + int(want * share))
        self._is_fitting = False

    def _on_section_resized(self, section: int, _before: int, _after: int) -> None:
        # The last one is stretched by Qt; any other that was not fitted here was dragged.
        if not self._is_fitting and section < self.header().count() - 1:
            self._was_dragged = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._was_dragged:
            self._fit_columns()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        # An input method would take the keys that judge; the editors in cells ask for it themselves.
        return False if query is Qt.InputMethodQuery.ImEnabled else super().inputMethodQuery(query)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        if self.model().hasChildren(index):
            name = "chevron-down" if self.isExpanded(index) else "chevron-right"
            picture = self._theme.pixmap(name, "text_second", CHEVRON, self.devicePixelRatioF())
            painter.drawPixmap(rect.right() - CHEVRON + 5, rect.center().y() - CHEVRON // 2 + 1, picture)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        selected = self.selectionModel().isSelected(cast(QModelIndex, index))
        ground = "accent_soft" if selected else index.data(RANK_ROLE).value
        painter.fillRect(rect, self._theme.color(ground))
        super().drawRow(painter, option, index)
        painter.setPen(self._theme.color("accent_line" if selected else "line_soft"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if selected:
            painter.drawLine(rect.topLeft(), rect.topRight())
