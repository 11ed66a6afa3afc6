"""A card with a list of phrases that are edited where they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from auditor_app.models.text import clean
from auditor_app.ui.context import Context
from auditor_app.ui.phrase_list import row_style
from auditor_app.ui.widgets import Card, button, label

PADDING = 6
EDITOR_LINES = 3
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere

Index = QModelIndex | QPersistentModelIndex


class _PhraseDelegate(QStyledItemDelegate):
    """Show all lines of a phrase; edit it where it stands: Enter ends that, Shift+Enter breaks the line."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        return QPlainTextEdit(parent)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QPlainTextEdit)
        editor.setPlainText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QPlainTextEdit)
        model.setData(cast(QModelIndex, index), clean(editor.toPlainText()).strip())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        view = option.widget
        assert isinstance(view, QAbstractItemView)
        room = view.viewport().rect()
        lowest = EDITOR_LINES * editor.fontMetrics().lineSpacing() + 2 * PADDING
        height = min(max(option.rect.height(), lowest), room.height())
        top = max(min(option.rect.top(), room.bottom() + 1 - height), 0)
        editor.setGeometry(QRect(option.rect.left(), top, option.rect.width(), height))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        assert isinstance(view, QAbstractItemView)
        width = view.viewport().width() - 3 * PADDING
        text = str(index.data() or " ")
        height = view.fontMetrics().boundingRect(QRect(0, 0, width, 0), _WRAPPED, text).height()
        return QSize(width, height + 2 * PADDING)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, QPlainTextEdit) and isinstance(event, QKeyEvent) and _is_plain_enter(event):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)
            return True
        return super().eventFilter(editor, event)


class _PhraseView(QTreeView):
    """A list whose Delete key removes and whose Enter key edits the selected phrase."""

    def __init__(self, name: str, on_delete: Callable[[], None]) -> None:
        super().__init__()
        self._on_delete = on_delete
        self.setItemDelegate(_PhraseDelegate(self))
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_idle = self.state() is not QAbstractItemView.State.EditingState
        if is_idle and event.key() == Qt.Key.Key_Delete:
            self._on_delete()
        elif is_idle and _is_plain_enter(event) and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # Qt makes the first row current without selecting it: keys would act on a row that nothing marks.
        if self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class PhraseCard(Card):
    """Add, edit, remove and move phrases; who owns the card stores them."""

    changed = Signal()
    """Other phrases are shown than before."""
    moved = Signal(str)
    """A phrase left this card for the other one, which is asked to take it."""

    def __init__(self, context: Context, title: str, empty: str, move: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._model = QStringListModel(self)
        self._view = _PhraseView(title, self._remove)
        self._view.setModel(self._model)
        self._view.setStyleSheet(row_style(context.theme))
        self._empty = label(empty, "soft", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._remove_button = button(self.tr("Remove"))
        self._remove_button.setIcon(context.theme.icon("trash-2"))
        self._move_button = button(move)
        self._add_button = button(self.tr("Add"))
        self._add_button.setIcon(context.theme.icon("plus"))
        for widget in (self._remove_button, self._move_button, self._add_button):
            self.add_to_heading(widget)
        self.body.addWidget(self._view, 1)
        self.body.addWidget(self._empty, 1)
        self._connect()
        self._fit()

    @property
    def phrases(self) -> list[str]:
        """Return the phrases as they are shown, from the top."""
        return self._model.stringList()

    def fill(self, phrases: Sequence[str]) -> None:
        """Show these phrases."""
        self._model.setStringList(list(phrases))
        self._fit()

    def add(self, phrase: str) -> None:
        """Take a phrase from the other card."""
        self._append(phrase)
        self._on_shown()

    def _connect(self) -> None:
        self._add_button.clicked.connect(self._begin)
        self._remove_button.clicked.connect(self._remove)
        self._move_button.clicked.connect(self._move)
        self._view.selectionModel().selectionChanged.connect(self._fit)
        self._view.itemDelegate().closeEditor.connect(self._on_edited)

    def _append(self, phrase: str) -> QModelIndex:
        row = self._model.rowCount()
        self._model.insertRow(row)
        index = self._model.index(row)
        self._model.setData(index, phrase)
        self._fit()
        self._view.setCurrentIndex(index)
        return index

    def _begin(self) -> None:
        index = self._append("")
        self._view.setFocus()
        self._view.edit(index)

    def _remove(self) -> None:
        if self._take() is not None:
            self._on_shown()

    def _move(self) -> None:
        phrase = self._take()
        if phrase is not None:
            self._fit()
            self.moved.emit(phrase)

    def _take(self) -> str | None:
        """Take the selected phrase out of the list."""
        index = self._view.currentIndex()
        if not index.isValid():
            return None
        phrase = str(index.data())
        self._model.removeRow(index.row())
        return phrase

    def _on_edited(self) -> None:
        """Leave out what is empty or there twice."""
        phrases = self.phrases
        for row in reversed(range(len(phrases))):
            if not phrases[row] or phrases[row] in phrases[:row]:
                self._model.removeRow(row)
        self._on_shown()

    def _on_shown(self) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        rows = self._model.rowCount()
        self._view.setVisible(rows > 0)
        self._empty.setVisible(rows == 0)
        for widget in (self._remove_button, self._move_button):
            widget.setEnabled(self._view.selectionModel().hasSelection())


def _is_plain_enter(event: QKeyEvent) -> bool:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return (
        event.type() == QEvent.Type.KeyPress and event.key() in _ENTER and modifiers == Qt.KeyboardModifier.NoModifier
    )
