"""Labelled fields of a form, each bound to one field of one row; problems appear at the field, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from auditor_app.models.audit import NATURAL_KEY, Kind
from auditor_app.models.changes import WHOLE_ROW, Change, ChangeSet, edit
from auditor_app.models.errors import ValidationError
from auditor_app.models.fields import value_at
from auditor_app.models.ids import RowId
from auditor_app.models.remarks import Remark
from auditor_app.ui.context import Context
from auditor_app.ui.editing import LONG_TEXT, ChoiceBox, Form, Handed, TypingWatch
from auditor_app.ui.field_menu import lock_editors, offer_text_menu
from auditor_app.ui.widgets import LINE_HEIGHT, restyle


class Field(QWidget):
    """An editor and the line below it that says what is wrong, doubtful, or worth knowing."""

    def __init__(self, context: Context, kind: Kind, path: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = label
        self.path = path
        self._context = context
        self._kind = kind
        self._row_id = RowId("")
        self._message = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._message.setProperty("role", "message")
        self._message.hide()
        self._error = ""
        self._kept = ""
        self._remark = ""
        self._missing = self._is_locked = False
        self._rule = ""
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(2)
        self._box.addWidget(self._message)

    @property
    def key(self) -> tuple[Kind, RowId, str]:
        """Return which field of which row this edits."""
        return self._kind, self._row_id, self.path

    def bind(self, row_id: RowId) -> None:
        """Show this row from now on."""
        self._row_id = row_id
        self._error = self._kept = ""
        if self._is_locked != self._context.session.is_finalised:
            self._is_locked = not self._is_locked
            lock_editors(self, self._is_locked)
        self.refresh()

    def value(self) -> Any:
        """Return the stored value."""
        return value_at(self._context.session.audit.row(self._kind, self._row_id), self.path)

    @property
    def has_row(self) -> bool:
        """Say whether the row is there: it goes by undo, or with another audit, while the cursor is in the field."""
        return self._row_id in self._context.session.audit.of(self._kind) or self._kind in NATURAL_KEY

    def submit(self, value: Any, merge_key: str = "") -> Handed:
        """Hand a value to the session; return what became of it, and show the reason of a refusal."""
        session = self._context.session
        if not self.has_row:
            return Handed.REFUSED
        try:
            changes = self.changes(value)
            written = session.submit(changes, self.label, merge_key)
        except ValidationError as error:
            self.show_error(self._context.words.error(error))
            return Handed.REFUSED
        self.show_error("")
        return Handed.STORED if written else Handed.UNSAVED

    def changes(self, value: Any) -> tuple[Change, ...]:
        """Return what storing a value changes."""
        return edit(self._context.session.audit, self._kind, self._row_id, self.values(value))

    def values(self, value: Any) -> dict[str, Any]:
        """Return what storing a value means for the row, by path."""
        return {self.path: value}

    def refresh(self) -> None:
        """Show the stored value."""
        raise NotImplementedError

    def focus_target(self) -> QWidget:
        """Return the widget that takes the keyboard."""
        raise NotImplementedError

    def show_rule(self, text: str) -> None:
        """Show a rule worth knowing below the field."""
        self._rule = text
        self._show_message()

    def show_error(self, text: str) -> None:
        """Show why a value was refused."""
        self._error, self._kept = text, ""
        self._show_message()

    def show_kept(self, stored: str) -> None:
        """Add to the reason of a refusal what the field holds instead."""
        if self._error:
            kept = self.tr("{0}. Kept: {1}") if stored else self.tr("{0}. Left empty")
            self._kept = kept.format(self._error, stored)
            self._show_message()

    def show_remarks(self, found: Sequence[Remark]) -> None:
        """Show what is doubtful about the stored value."""
        words = self._context.words
        # A field not filled in yet is only marked: a sentence under each would bury the ones that matter.
        self._missing = any(remark.code == "missing" for remark in found)
        said = (remark for remark in found if remark.code != "missing")
        self._remark = " · ".join(words.text(r.section, r.code, **r.params) for r in said)
        self._show_message()

    def _show_message(self) -> None:
        state = "error" if self._error else "warning" if self._remark else "rule" if self._rule else ""
        text = self._kept or self._error or " · ".join(part for part in (self._remark, self._rule) if part)
        self._message.setText(text)
        self._message.setVisible(bool(text))
        restyle(self._message, state=state)
        mark = "missing" if self._missing and state in ("", "rule") else state
        restyle(self.focus_target(), state="" if mark == "rule" else mark)


class _TypedField(Field):
    """A field that is typed into; a watch says when what was typed is handed in."""

    def _take(self, edit: QLineEdit | QPlainTextEdit) -> None:
        edit.setAccessibleName(self.label)
        edit.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        edit.customContextMenuRequested.connect(self._show_menu)
        self._box.insertWidget(0, edit)
        self._watch = TypingWatch(edit, self._commit, self._leave)
        self._context.session.flush_requested.connect(self._watch.flush)

    def _show_menu(self, position: QPoint) -> None:
        edit = self.focus_target()
        if isinstance(edit, QLineEdit | QPlainTextEdit):
            offer_text_menu(self._context, edit, position)

    def bind(self, row_id: RowId) -> None:
        self._watch.flush()
        self._watch.forget()
        super().bind(row_id)
        self._show_stored()

    def _show_stored(self) -> None:
        """Put the stored value in the place of whatever was typed."""
        raise NotImplementedError

    def _commit(self, merge_key: str) -> Handed:
        raise NotImplementedError

    def _leave(self) -> None:
        raise NotImplementedError


class LineField(_TypedField):
    """A value written in one line; the form says how."""

    def __init__(
        self, context: Context, kind: Kind, path: str, label: str, form: Form, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, kind, path, label, parent)
        self._form = form
        self._edit = QLineEdit(placeholderText=form.placeholder)
        self._take(self._edit)

    def refresh(self) -> None:
        if self._watch.is_pending:
            return
        text = self._form.show(self.value())
        try:
            same = self._form.parse(self._edit.text(), self.path) == self.value()
        except ValidationError:
            same = False
        # Text that already means the value stays as typed while the cursor is in it.
        if self._edit.text() != text and not (same and self._edit.hasFocus()):
            self._edit.setText(text)

    def focus_target(self) -> QWidget:
        return self._edit

    def _show_stored(self) -> None:
        self._edit.setText(self._form.show(self.value()))
        self._edit.setCursorPosition(0)

    def _commit(self, merge_key: str) -> Handed:
        try:
            value = self._form.parse(self._edit.text(), self.path)
        except ValidationError as error:
            self.show_error(self._context.words.error(error))
            return Handed.REFUSED
        return self.submit(value, merge_key)

    def _leave(self) -> None:
        if not self.has_row:
            return
        stored = self._form.show(self.value())
        self.show_kept(stored)
        if self._edit.text() != stored:
            self._edit.setText(stored)


class TextField(_TypedField):
    """A text of several lines."""

    def __init__(
        self, context: Context, kind: Kind, path: str, label: str, lines: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, kind, path, label, parent)
        self._edit = QPlainTextEdit(tabChangesFocus=True)
        self._edit.setFixedHeight(lines * self._edit.fontMetrics().lineSpacing() + 18)
        self._take(self._edit)

    def refresh(self) -> None:
        if self._watch.is_pending:
            return
        text = self.value()
        if LONG_TEXT.parse(self._edit.toPlainText(), self.path) != text:
            self._set(text)

    def focus_target(self) -> QWidget:
        return self._edit

    def _show_stored(self) -> None:
        self._set(self.value())

    def _set(self, text: str) -> None:
        self._edit.blockSignals(True)
        self._edit.setPlainText(text)
        self._edit.verticalScrollBar().setValue(0)
        self._edit.blockSignals(False)

    def _leave(self) -> None:
        if self._error and self.has_row:
            self.show_kept(self.value())
            self._set(self.value())

    def _commit(self, merge_key: str) -> Handed:
        return self.submit(LONG_TEXT.parse(self._edit.toPlainText(), self.path), merge_key)


class ChoiceField(Field):
    """One value of a closed set; `empty` names the choice of none where none is possible."""

    def __init__(
        self,
        context: Context,
        kind: Kind,
        path: str,
        label: str,
        choices: dict[Any, str],
        empty: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, kind, path, label, parent)
        self._edit = ChoiceBox(self, ({None: empty} if empty else {}) | choices)
        self._edit.setAccessibleName(label)
        self._edit.activated.connect(self._on_activated)
        self._box.insertWidget(0, self._edit)

    def refresh(self) -> None:
        self._edit.choose(self.value())

    def focus_target(self) -> QWidget:
        return self._edit

    def offer(self, choices: dict[Any, str]) -> None:
        """Offer other choices from now on."""
        self._edit.offer(choices)

    def shrink(self) -> None:
        """Let the box be narrower than its longest word."""
        self._edit.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._edit.setMinimumContentsLength(6)

    def _on_activated(self, _index: int) -> None:
        if self.submit(self._edit.value) is not Handed.STORED:
            self.refresh()


class SwitchField(Field):
    """A yes or no."""

    def __init__(
        self, context: Context, kind: Kind, path: str, label: str, words: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, kind, path, label, parent)
        self._edit = QCheckBox(words)
        self._edit.setMinimumHeight(LINE_HEIGHT)
        self._edit.setAccessibleName(f"{label} {words}")
        self._edit.clicked.connect(self._on_clicked)
        self._box.insertWidget(0, self._edit, alignment=Qt.AlignmentFlag.AlignLeft)

    def refresh(self) -> None:
        self._edit.setChecked(self.value())

    def focus_target(self) -> QWidget:
        return self._edit

    def _on_clicked(self, checked: bool) -> None:
        if self.submit(checked) is not Handed.STORED:
            self.refresh()


class SeveralField(Field):
    """Several values of a closed set may hold."""

    def __init__(
        self,
        context: Context,
        kind: Kind,
        path: str,
        label: str,
        choices: dict[Any, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, kind, path, label, parent)
        self._boxes: dict[Any, QAbstractButton] = {}
        row = QHBoxLayout()
        row.setSpacing(16)
        for value, word in choices.items():
            box = QCheckBox(word)
            box.setMinimumHeight(LINE_HEIGHT)
            box.setAccessibleName(f"{label} {word}")
            box.clicked.connect(self._on_clicked)
            self._boxes[value] = box
            row.addWidget(box)
        row.addStretch()
        self._box.insertLayout(0, row)

    def refresh(self) -> None:
        for value, box in self._boxes.items():
            box.setChecked(value in self.value())

    def focus_target(self) -> QWidget:
        return next(iter(self._boxes.values()))

    def _on_clicked(self, _checked: bool) -> None:
        chosen = tuple(value for value, box in self._boxes.items() if box.isChecked())
        if self.submit(chosen) is not Handed.STORED:
            self.refresh()


class FieldSet:
    """Fields by what they edit, so that a change set refreshes exactly the fields it touched."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self._fields = list(fields)

    def bind(self, row_ids: dict[Kind, RowId]) -> None:
        """Bind every field of these kinds to its row."""
        for field in self._fields:
            if field.key[0] in row_ids:
                field.bind(row_ids[field.key[0]])

    def refresh(self, change_set: ChangeSet) -> None:
        """Refresh the fields that a change set touched."""
        touched = {(change.kind, change.id, change.field) for change in change_set.changes}
        for field in self._fields:
            kind, row_id, _ = field.key
            if field.key in touched or (kind, row_id, WHOLE_ROW) in touched:
                field.refresh()

    def show_remarks(self, found: Sequence[Remark]) -> None:
        """Show each field the remarks about it."""
        by_field: dict[tuple[Kind, RowId, str], list[Remark]] = {}
        for remark in found:
            by_field.setdefault((remark.kind, remark.row_id, remark.field), []).append(remark)
        for field in self._fields:
            field.show_remarks(by_field.get(field.key, []))

    def find(self, kind: Kind, path: str) -> Field | None:
        """Return the field for a path, if there is one."""
        return next((field for field in self._fields if field.key[0] is kind and field.path == path), None)
