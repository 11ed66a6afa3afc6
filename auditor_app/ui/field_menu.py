"""What every typed field offers beside its text: its history; and fields of a finalised audit, which are only read."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from auditor_app.ui.context import Context
from auditor_app.ui.history_place import ask_history


def offer_text_menu(context: Context, edit: QLineEdit | QPlainTextEdit, position: QPoint) -> None:
    """Show the menu of a text with the history of its field at the end; the position is in the editor."""
    menu = edit.createStandardContextMenu()
    menu.addSeparator()
    history = menu.addAction(f"{context.keys.name('history')}\t{context.keys.text('history')}")
    chosen = menu.exec(edit.mapToGlobal(position))
    menu.deleteLater()
    if chosen is history:
        ask_history(edit)


def lock_editors(field: QWidget, is_locked: bool) -> None:
    """Let the editors of a field be read only, or written again; text can be selected and copied all the same."""
    lines, texts = field.findChildren(QLineEdit), field.findChildren(QPlainTextEdit)
    edits: tuple[QLineEdit | QPlainTextEdit, ...] = (*lines, *texts)
    for edit in edits:
        edit.setReadOnly(is_locked)
    choices: tuple[QWidget, ...] = (*field.findChildren(QAbstractButton), *field.findChildren(QComboBox))
    for choice in choices:
        choice.setEnabled(not is_locked)
