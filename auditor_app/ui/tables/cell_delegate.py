"""Editors in cells: what is typed is stored after a pause, on leaving, and when the session asks."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from auditor_app.session.session import Session
from auditor_app.ui.editing import ChoiceBox, Handed, TypingWatch

ROW_HEIGHT = 30
STORED = "stored"
"""Property of an editor: whether the model took what it held last."""
KEPT = "kept"
"""Property of an editor: what the model then had, as an editor starts with it; None after a refusal."""
MERGE_ROLE = Qt.ItemDataRole.UserRole + 1
"""Set before the edit role: the visit that the next edits belong to, so that they are one undo step."""
CHOICES_ROLE = Qt.ItemDataRole.UserRole + 2
"""The `Column` of a cell of a closed set, or None; Qt would sort the choices themselves, and make strings of them."""

Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Edit cells of a model whose edit role takes and gives text, or one of its choices."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.closeEditor.connect(self._on_close)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = index.data(CHOICES_ROLE)
        if column is not None:
            box = ChoiceBox(parent, column.choices)
            box.activated.connect(self._on_chosen)
            return box
        edit = QLineEdit(parent)
        edit.setFrame(False)
        watch = TypingWatch(edit, lambda _merge_key: self._store(edit), lambda: None)
        watch.keeps_undo = True  # The view does not show what undo brings back in an editor that was typed into.
        self._session.flush_requested.connect(watch.flush)
        return edit

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, ChoiceBox):
            editor.choose(value)
        elif isinstance(editor, QLineEdit) and (not editor.isModified() or self._was_changed(editor, value)):
            editor.setText(value)

    def _was_changed(self, editor: QLineEdit, value: Any) -> bool:
        """Say whether somebody else changed what an editor stored last, such as undo."""
        watch, kept = editor.findChild(TypingWatch), editor.property(KEPT)
        return watch is not None and not watch.is_pending and kept is not None and kept != value

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        watch = editor.findChild(TypingWatch)
        if watch is not None:
            # The view asks by itself too, before it closes an editor that then loses the keyboard.
            watch.forget()
        editor.setProperty(KEPT, None)
        model.setData(cast(QModelIndex, index), watch.merge_key if watch is not None else "", MERGE_ROLE)
        is_stored = model.setData(cast(QModelIndex, index), self._typed(editor))
        editor.setProperty(STORED, is_stored)
        if is_stored:
            editor.setProperty(KEPT, index.data(Qt.ItemDataRole.EditRole))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, QLineEdit | ChoiceBox) and isinstance(event, QKeyEvent) and _ends_editing(event):
            # At once. Qt would do it a turn later, and the next key of a fast hand still end up in the editor:
            # a verdict meant for the next row was given to this one.
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)
            return True
        return super().eventFilter(editor, event)

    def _typed(self, editor: QWidget) -> Any:
        if isinstance(editor, ChoiceBox):
            return editor.value
        assert isinstance(editor, QLineEdit)
        return editor.text()

    def _store(self, edit: QLineEdit) -> Handed:
        self.commitData.emit(edit)
        return Handed.STORED if edit.property(STORED) else Handed.REFUSED

    def _on_close(self, editor: QWidget) -> None:
        # Escape ends the editing and, as everywhere, keeps what was typed; undo takes it back.
        watch = editor.findChild(TypingWatch)
        if watch is not None:
            watch.flush()

    def _on_chosen(self, _index: int) -> None:
        box = self.sender()
        if isinstance(box, ChoiceBox):
            self.commitData.emit(box)
            # An arrow key looks for the right choice; the box stays until Tab or Enter leaves it.
            if box.was_opened:
                self.closeEditor.emit(box)


def _ends_editing(event: QKeyEvent) -> bool:
    return event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
