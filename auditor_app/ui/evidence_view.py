"""The tiles of a strip: walked with the arrow keys, and open to files and pictures that are dropped or pasted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from auditor_app.models.ids import RowId
from auditor_app.ui.context import Context
from auditor_app.ui.evidence_list import EvidenceList
from auditor_app.ui.evidence_tile import CELL, INSET, TILE, EvidenceDelegate
from auditor_app.ui.fonts import body_font
from auditor_app.ui.keys import Scope

MOST_ROWS = 3
# A narrow panel still has room for it beside the plus.
_HINT_INSET = 12


class EvidenceView(QListView):
    """Show tiles, at most three rows of them at once."""

    given = Signal(object)
    """A list of paths, or the `QImage` of a picture that is no file."""
    unusable = Signal()
    """What was dropped or pasted is neither file nor picture."""
    open_requested = Signal()
    caption_requested = Signal()
    remove_requested = Signal()
    add_requested = Signal()

    def __init__(
        self, context: Context, model: EvidenceList, has_key: bool = True, parent: QWidget | None = None
    ) -> None:
        """Show the rows of a model; `has_key` says whether a key of the page leads here."""
        super().__init__(parent)
        self._context = context
        self._list = model
        self._has_key = has_key
        self._is_dragged_over = False
        self.setModel(model)
        self.setItemDelegate(EvidenceDelegate(context.evidence.thumbnails, context.theme, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(CELL)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        # After the mode, which switches to moving tiles about by the mouse.
        self.setDragEnabled(False)
        for widget in (self, self.viewport()):
            widget.setAcceptDrops(True)
        self.clicked.connect(self._on_clicked)
        model.modelReset.connect(self.fit)
        model.rowsInserted.connect(self.fit)
        model.rowsRemoved.connect(self.fit)

    def chosen(self) -> list[RowId]:
        """Return the rows that are selected, in their order."""
        places = sorted(index.row() for index in self.selectedIndexes())
        return [row_id for row_id, _ in (self._list.rows[place] for place in places if place < len(self._list.rows))]

    def paste(self) -> None:
        """Take files or a picture from the clipboard."""
        self._give(QGuiApplication.clipboard().mimeData())

    def fit(self) -> None:
        """Be as high as the rows of tiles, up to the most."""
        columns = max(1, self.width() // CELL.width())
        rows = min(-(-self._list.rowCount() // columns), MOST_ROWS)
        # The plus alone has no name below it, so that the view is lower than its one row.
        has_rows = bool(self._list.rows)
        height = rows * CELL.height() if has_rows else TILE.height() + 2 * INSET
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if has_rows else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        if height != self.height():
            self.setFixedHeight(height)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index == self._list.plus():
            self.add_requested.emit()

    def _give(self, mime: QMimeData) -> None:
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        image = mime.imageData() if mime.hasImage() and not paths else None
        if paths:
            self.given.emit(paths)
        elif isinstance(image, QImage) and not image.isNull():
            self.given.emit(image)
        else:
            self.unusable.emit()

    def _show_drag(self, is_over: bool) -> None:
        self._is_dragged_over = is_over
        self.viewport().update()

    def _is_usable(self, mime: QMimeData) -> bool:
        return mime.hasUrls() or mime.hasImage()

    def _paint_hint(self, painter: QPainter) -> None:
        """Say beside the plus what can be done, while there is nothing else."""
        left = self.visualRect(self._list.plus()).right() + 1 + _HINT_INSET
        room = QRect(left, INSET, self.viewport().width() - left, TILE.height())
        key = self._context.keys.text("evidence")
        text = self.tr("Drag photos or files here, paste, or press {0}").format(key)
        if not self._has_key:
            text = self.tr("Drag photos or files here, paste them, or click")
        painter.setFont(body_font(12))
        painter.setPen(self._context.theme.color("text_second"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif modifiers == Qt.KeyboardModifier.NoModifier and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_requested.emit()
        elif event.key() == Qt.Key.Key_Delete and modifiers == Qt.KeyboardModifier.NoModifier:
            self.remove_requested.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.caption_requested.emit()
        elif self._context.keys.action(event, Scope.CHECKLIST) == "evidence":
            self.add_requested.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        # Letters are keys in the sheets around; none of them may move the tile under the hand.
        return

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        is_hint = not self._list.rows and not self.indexAt(event.position().toPoint()).isValid()
        if is_hint and event.button() is Qt.MouseButton.LeftButton:
            self.add_requested.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._list.row_at(self.indexAt(event.position().toPoint())) is not None:
            self.open_requested.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._is_usable(event.mimeData()):
            self._show_drag(True)
            self._accept_copy(event)
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self._is_usable(event.mimeData()):
            self._accept_copy(event)
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_drag(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_drag(False)
        self._accept_copy(event)
        self._give(event.mimeData())

    def _accept_copy(self, event: QDropEvent) -> None:
        # Never a move: the file manager would throw the person's own file away.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._list.rows:
            self._paint_hint(painter)
        if self._is_dragged_over:
            painter.setPen(QPen(self._context.theme.color("accent"), 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(self.viewport().rect().adjusted(1, 1, -2, -2), 5, 5)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def sizeHint(self) -> QSize:
        return QSize(3 * CELL.width(), CELL.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(CELL.width(), CELL.height())
