"""The audits of this laptop, at the left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from auditor_app.models.audit import Kind
from auditor_app.models.changes import ChangeSet
from auditor_app.models.enums import Verdict
from auditor_app.models.errors import AuditorError
from auditor_app.ui.context import Context
from auditor_app.ui.drawn_text import draw_line, line_width
from auditor_app.ui.fonts import body_font
from auditor_app.ui.pills import GAP, HEIGHT, Pill, Shape, draw_pill, pill_width
from auditor_app.ui.tables.audit_list import NO_INDEX, SUMMARY_ROLE, AuditList, Index
from auditor_app.ui.widgets import label

WIDTH = 208
ROW_HEIGHT = 52
SECOND = 12
"""Pixels of the second line."""
SEARCH_MS = 120
"""Of rest while typing, after which the list is searched."""


class _AuditDelegate(QStyledItemDelegate):
    def __init__(self, context: Context, model: AuditList, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._model = model
        self._first_height = QFontMetrics(body_font(weight=QFont.Weight.DemiBold)).height()
        self._second_height = QFontMetrics(body_font(SECOND)).height()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(WIDTH - 20, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect.adjusted(0, 1, 0, -3)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        # What is selected is where the arrow keys are; what is open is said by the audit itself.
        summary = index.data(SUMMARY_ROLE)
        is_open = self._model.is_open(summary)
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        if is_open or is_selected or state & QStyle.StateFlag.State_MouseOver:
            if is_selected and not is_open:
                painter.setPen(self._theme.color("accent_line"))
            painter.setBrush(self._theme.color("accent_soft" if is_open else "row_hover"))
            painter.drawRoundedRect(rect, 6, 6)
        if is_open:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent"))
            painter.drawRoundedRect(QRect(rect.left(), rect.top() + 6, 3, rect.height() - 12), 1, 1)
        inside = rect.adjusted(11, 5, -8, -5)
        painter.setPen(self._theme.color("text"))
        first = QRect(inside.topLeft(), QSize(inside.width(), self._first_height))
        draw_line(painter, first, index.data(), weight=QFont.Weight.DemiBold)
        room = inside.width() - self._draw_badge(painter, self._model.badge(summary), inside)
        painter.setPen(self._theme.color("text_second"))
        second = QRect(inside.left(), inside.bottom() + 2 - self._second_height, room, self._second_height)
        lines = self._model.second_lines(summary)
        fitting = (line for line in lines if line_width(line, SECOND) <= room)
        draw_line(painter, second, next(fitting, lines[-1]), pixels=SECOND)
        painter.restore()

    def _draw_badge(self, painter: QPainter, word: str, inside: QRect) -> int:
        """Draw a word at the end of the second line, which rather than the name may be cut; say how wide."""
        if not word:
            return 0
        pill = Pill(word, Shape.NONE, *(self._theme.verdict(Verdict.MET, part) for part in ("mark", "text", "soft")))
        width = pill_width(pill)
        # The middle of the letters, not of their line, is beside the middle of the pill.
        draw_pill(painter, pill, inside.right() + 1 - width, inside.bottom() + 3 - HEIGHT // 2)
        return width + GAP


class _AuditView(QListView):
    """The list; arrow keys look around in it, Enter or a click opens."""

    left = Signal()
    """The keyboard went elsewhere."""

    def dataChanged(self, topLeft: Index, bottomRight: Index, roles: Sequence[int] = ()) -> None:
        if QAccessible.isActive():
            super().dataChanged(cast(QModelIndex, topLeft), cast(QModelIndex, bottomRight), list(roles))
        # Qt would lay out and paint the whole list for a row that is as high as before.
        for row in range(topLeft.row(), bottomRight.row() + 1):
            self.update(self.model().index(row, 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class _SearchField(QLineEdit):
    """Words to look for; the keys of the list work from here too."""

    moved = Signal()
    """The person wants to go on to the list."""
    chosen = Signal()
    """The first audit found is meant."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self.moved.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.chosen.emit()
            case Qt.Key.Key_Escape if self.text():
                self.clear()
            case _:
                super().keyPressEvent(event)


class AuditRail(QWidget):
    """Choose an audit, look for one, or ask for a new one."""

    open_requested = Signal(str)
    new_requested = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._context = context
        self._model = AuditList(context, self)
        self._is_stale = False
        self.view = _AuditView()
        self.view.setUniformItemSizes(True)
        self.view.setModel(self._model)
        self.view.setItemDelegate(_AuditDelegate(context, self._model, self.view))
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(self.tr("Audits"))
        self._title = label("", "section")
        self._nothing = label(self.tr("No audit with these words."), "soft")
        self._nothing.setWordWrap(True)
        self.search = _SearchField()
        self.search.setPlaceholderText(self.tr("Company or number"))
        self.search.setAccessibleName(self.tr("Find an audit"))
        self.search.setClearButtonEnabled(True)
        self._searching = QTimer(self, interval=SEARCH_MS, singleShot=True)
        new = QToolButton()
        new.setIcon(context.theme.icon("plus", "accent"))
        new.setToolTip(self.tr("New audit"))
        new.setAccessibleName(new.toolTip())
        new.clicked.connect(self.new_requested)
        heading = QHBoxLayout()
        heading.setContentsMargins(6, 0, 0, 0)
        heading.addWidget(self._title)
        heading.addStretch()
        heading.addWidget(new)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(6)
        box.addLayout(heading)
        box.addWidget(self.search)
        box.addWidget(self._nothing)
        box.addWidget(self.view, 1)
        self.view.clicked.connect(self._on_chosen)
        self.view.activated.connect(self._on_chosen)
        self.view.left.connect(self.mark_open)
        self.search.textChanged.connect(self._on_typed)
        self.search.moved.connect(self._to_list)
        self.search.chosen.connect(self._open_first)
        self._searching.timeout.connect(self._look)
        self._model.rowsInserted.connect(self._show_count)

    def reset(self) -> None:
        """Read the list anew and mark the open audit."""
        self._model.reset()
        self._show_count()
        self.mark_open()

    def show_all(self) -> None:
        """Read the whole list anew: an audit came in that need not hold the words looked for."""
        self.search.clear()
        self._searching.stop()
        self._model.show_all()
        self._show_count()
        self.mark_open()

    def start_finding(self) -> None:
        """Give the keyboard to the words to look for."""
        self.search.setFocus()
        self.search.selectAll()

    def dismiss(self) -> None:
        """Ask the library for nothing more."""
        self._searching.stop()
        self._model.stop()

    def mark_open(self) -> None:
        """Mark the audit that is open and show it as it is now."""
        if self._context.session.is_open:
            self._model.refresh_open()
            row = self._model.row_of(self._context.session.audit.id)
            self.view.setCurrentIndex(self._model.index(row) if row >= 0 else NO_INDEX)
            # The line of the one that was open before says so no more.
            self.view.viewport().update()

    def on_changed(self, change_set: ChangeSet) -> None:
        """Notice what a change set means for the open audit's line."""
        shown_kinds = (Kind.AUDIT, Kind.COMPANY, Kind.ASSESSMENT, Kind.SPECIAL_DEDUCTION, Kind.BONUS)
        self._is_stale = self._is_stale or change_set.touches(*shown_kinds)

    def show_rest(self) -> None:
        """Show the open audit's line as it is now, which may follow a frame after the sheet and the score."""
        if self._is_stale:
            self._is_stale = False
            self._model.refresh_open()

    def _on_chosen(self, index: QModelIndex) -> None:
        self.open_requested.emit(index.data(SUMMARY_ROLE).id)

    def _on_typed(self) -> None:
        self._searching.start()

    def _look(self) -> None:
        self._searching.stop()
        self._model.look_for(self.search.text().strip())
        self._show_count()
        self.mark_open()

    def _to_list(self) -> None:
        self._look()
        if self._model.rowCount():
            self.view.setCurrentIndex(self._model.index(0))
            self.view.setFocus()

    def _open_first(self) -> None:
        self._look()
        if self.search.text().strip() and self._model.rowCount():
            self._on_chosen(self._model.index(0))

    def _show_count(self) -> None:
        found = self._model.rowCount()
        if self._model.words:
            text = self.tr("Found · {0}") if self._model.is_whole else self.tr("Found · {0} or more")
        else:
            text = self.tr("Audits · {0}")
            found = self._count(found)
        self._title.setText(text.format(found))
        self._nothing.setVisible(bool(self._model.words) and not found)

    def _count(self, read: int) -> int:
        if self._model.is_whole:
            return read
        try:
            return self._context.session.count_audits()
        except AuditorError:
            return read
