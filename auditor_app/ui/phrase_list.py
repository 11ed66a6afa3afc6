"""The list that opens at the cursor and offers phrases; the keyboard stays where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QVBoxLayout, QWidget

from auditor_app.models.phrases import shown
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets import tooltip

ROW_HEIGHT = 26
MOST_ROWS = 8
MOST_OFFERS = 60
WIDTH = 420
GAP = 4
_WHOLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Offer:
    """A phrase to take, and whether the auditor keeps it; else it was written in another audit."""

    text: str
    is_kept: bool


class PhraseList(QFrame):
    """Show offers over a window; nothing is chosen until an arrow key or the mouse chooses.

    It is a part of the window and no window of its own: one of those would take the keyboard from the text, and with
    it the input method and the visit that is one undo step.
    """

    taken = Signal(str)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("card")
        # It lies over other things: the line around it is that of a menu.
        line = theme.color("control_line").name()
        self.setStyleSheet(f"#card {{ border: 1px solid {line} }} {row_style(theme)}")
        self._theme = theme
        self._model = QStandardItemModel(self)
        self._view = QTreeView(self)
        self._set_up_view()
        box = QVBoxLayout(self)
        box.setContentsMargins(GAP, GAP, GAP, GAP)
        box.addWidget(self._view)
        self._view.clicked.connect(self._on_clicked)
        window.installEventFilter(self)
        self.hide()

    @property
    def chosen(self) -> str | None:
        """Return the phrase that is chosen, None while none is."""
        index = self._view.currentIndex()
        return str(index.data(_WHOLE)) if index.isValid() else None

    @property
    def rows(self) -> list[str]:
        """Return what is offered, from the top, as it is shown."""
        return [str(self._model.index(row, 0).data()) for row in range(self._model.rowCount())]

    def offer(self, offers: Sequence[Offer], cursor: QRect, editor: QRect) -> None:
        """Offer phrases at the cursor, inside the window and not beyond the editor's right edge."""
        self._model.clear()
        for offer in offers[:MOST_OFFERS]:
            self._model.appendRow(self._item(offer))
        self._view.setCurrentIndex(QModelIndex())
        self._view.scrollToTop()
        self._place(cursor, editor)
        self.show()
        self.raise_()

    def step(self, rows: int) -> None:
        """Choose another phrase so many rows on; before the first and after the last, none is chosen."""
        count, index = self._model.rowCount(), self._view.currentIndex()
        # From none, the way up begins below the last row.
        now = index.row() if index.isValid() else -1 if rows > 0 else count
        row = now + rows if abs(rows) == 1 else min(max(now + rows, 0), count - 1)
        self._view.setCurrentIndex(self._model.index(row, 0))

    def _set_up_view(self) -> None:
        view = self._view
        view.setModel(self._model)
        view.setHeaderHidden(True)
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        view.setAccessibleName(self.tr("Phrases"))
        for widget in (self, view):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _item(self, offer: Offer) -> QStandardItem:
        item = QStandardItem(shown(offer.text))
        item.setData(offer.text, _WHOLE)
        item.setSizeHint(QSize(0, ROW_HEIGHT))
        item.setToolTip(tooltip(offer.text))
        if not offer.is_kept:
            item.setForeground(self._theme.color("text_second"))
        return item

    def _place(self, cursor: QRect, editor: QRect) -> None:
        room = self._window.rect().adjusted(GAP, GAP, -GAP, -GAP)
        self._view.setFixedHeight(min(self._model.rowCount(), MOST_ROWS) * ROW_HEIGHT)
        height = self._view.height() + 2 * GAP
        width = min(max(WIDTH, editor.width()), room.width())
        left = max(min(cursor.left(), max(editor.right(), width) - width), room.left())
        below = cursor.bottom() + GAP
        top = below if below + height <= room.bottom() else max(cursor.top() - GAP - height, room.top())
        self.setGeometry(left, top, width, height)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.taken.emit(str(index.data(_WHOLE)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.hide()
        return super().eventFilter(watched, event)


def row_style(theme: Theme) -> str:
    """Return how the rows of a list of phrases look; the rows of the sheets are painted by their delegates."""
    colors = {part: theme.color(part).name() for part in ("accent_soft", "accent", "row_hover")}
    return (
        "QTreeView::item { border-radius: 4px }"
        f"QTreeView::item:hover {{ background: {colors['row_hover']} }}"
        f"QTreeView::item:selected {{ background: {colors['accent_soft']}; color: {colors['accent']} }}"
    )
