"""Keys and settings: who sits at this computer, and which key does what; everything is stored at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from auditor_app.models.errors import AuditorError
from auditor_app.models.text import clean_line
from auditor_app.session.session import Session
from auditor_app.ui.auditor import AUDITOR_SETTING, auditor_name
from auditor_app.ui.context import Context
from auditor_app.ui.editing import Handed, TypingWatch, WheelGuard
from auditor_app.ui.key_strokes import stroke_of
from auditor_app.ui.keys import BINDINGS, Binding, Keymap, Scope
from auditor_app.ui.sheet_page import bring_into_view, scrolled
from auditor_app.ui.widgets import LINE_HEIGHT, button, label, named, restyle

KEY_WIDTH = 132
NAME_WIDTH = 220
SIZE = QSize(520, 580)
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class KeyButton(QPushButton):
    """Show a key; press it, then press another one."""

    pressed_key = Signal(QKeySequence)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self.setFixedWidth(KEY_WIDTH)
        self._key = ""
        self._is_listening = False
        self.clicked.connect(self._listen)

    def show_key(self, text: str) -> None:
        """Show a key, unless another one is being waited for."""
        self._key = text
        if not self._is_listening:
            self.setText(text)

    def _listen(self) -> None:
        self._is_listening = True
        self.setText(self.tr("Press a key …"))
        restyle(self, kind="primary")

    def _stop(self) -> None:
        self._is_listening = False
        self.setText(self._key)
        restyle(self, kind="")

    def _take(self, event: QKeyEvent) -> None:
        stroke = stroke_of(event)
        if stroke.isEmpty() or event.isAutoRepeat():
            return
        self._stop()
        if event.key() != Qt.Key.Key_Escape:
            self.pressed_key.emit(stroke)

    def event(self, event: QEvent) -> bool:
        # Tab goes on to the next button as everywhere, so that nobody is held here.
        if self._is_listening and isinstance(event, QKeyEvent) and event.key() not in _TABS:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._take(event)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # The one that was just chosen may still be held down.
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._is_listening:
            self._stop()
        super().focusOutEvent(event)


class KeyRow(QWidget):
    """One action: what it does, its key, the way back to the first one, and why a key was refused."""

    def __init__(self, context: Context, scope: Scope, binding: Binding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scope, self.action = scope, binding.action
        self._keys: Keymap = context.keys
        self._words = context.words
        self.key = KeyButton()
        self.default = button(self.tr("Back to {0}").format(self._keys.cap(self._keys.default(self.action))), "link")
        self.message = label("", "message", wrap=True)
        self.message.hide()
        name = self._keys.name(self.action)
        self.key.setAccessibleName(name)
        line = QHBoxLayout()
        line.addWidget(_name(name))
        line.addWidget(self.key)
        line.addSpacing(6)
        line.addWidget(self.default)
        line.addStretch()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addLayout(line)
        box.addWidget(self.message)
        self.key.pressed_key.connect(self._rebind)
        self.default.clicked.connect(self._rebind_to_default)
        self._keys.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        self.key.show_key(self._keys.text(self.action))
        is_default = self._keys.sequence(self.action) == self._keys.default(self.action)
        self.default.setVisible(not is_default)
        self._tell("")

    def _rebind_to_default(self) -> None:
        self._rebind(self._keys.default(self.action))

    def _rebind(self, wanted: QKeySequence) -> None:
        self._tell("")
        try:
            holder = self._keys.rebind(self.action, wanted)
        except AuditorError as error:
            self._tell(self._words.error(error))
            return
        if holder:
            self._tell(self._refusal(wanted, holder))

    def _refusal(self, wanted: QKeySequence, holder: str) -> str:
        key, name = self._keys.cap(wanted), self._keys.name(holder)
        scope = self._keys.place(holder, self.scope)
        if scope is None:
            return self.tr("{0} always means “{1}”. Choose another key.").format(key, name)
        text = self.tr("{0} is the key of “{1}” ({2}) already. Choose another one, or change that one first.")
        return text.format(key, name, self._keys.scope_name(scope))

    def _tell(self, text: str) -> None:
        restyle(self.message, state="error")
        self.message.setText(text)
        self.message.setVisible(bool(text))
        if text:
            bring_into_view(self.message)


class NameBox(QComboBox):
    """Who sits at this computer: typed, or chosen from the team of the open audit."""

    stored = Signal()
    refused = Signal(object)
    """An `AuditorError`."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        if session.is_open:
            self.addItems(list(dict.fromkeys(member.name for member in session.audit.team if member.name)))
        name = auditor_name(session)
        # The one of the name, or none: else the arrow keys would start from the first.
        self.setCurrentIndex(self.findText(name))
        self.setEditText(name)
        edit = self.lineEdit()
        assert edit is not None
        edit.setPlaceholderText(self.tr("Your name, as in the team table"))
        self.installEventFilter(WheelGuard(self))
        # It would write the rest of another name under the hand.
        edit.setCompleter(None)  # type: ignore[arg-type]
        self._watch = TypingWatch(edit, lambda _merge_key: self._store(), lambda: None)
        session.flush_requested.connect(self._watch.flush)
        self.textActivated.connect(self._store)

    def flush(self) -> None:
        """Store what was typed last."""
        self._watch.flush()

    def _store(self) -> Handed:
        try:
            self._session.set_setting(AUDITOR_SETTING, clean_line(self.currentText()))
        except AuditorError as error:
            self.refused.emit(error)
            return Handed.UNSAVED
        self.stored.emit()
        return Handed.STORED


class KeysDialog(QDialog):
    """Choose who one is and which key does what; every choice counts and is stored at once."""

    auditor_changed = Signal()
    """Somebody else sits at this computer now."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys and settings"))
        self._context = context
        self.name = NameBox(context.session)
        self.name.setAccessibleName(self.tr("I am"))
        self.name.stored.connect(self._on_name_stored)
        self.name.refused.connect(self._show_problem)
        self.rows: list[KeyRow] = []
        self._problem = label("", "message", wrap=True)
        self._lay_out()
        self.resize(SIZE)
        # Qt takes the keyboard from a box that is closed without telling it that the cursor left.
        self.finished.connect(self.name.flush)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._head())
        area = scrolled(self._body())
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box.addWidget(area, 1)
        box.addWidget(self._foot())

    def _head(self) -> QWidget:
        head = named("tools")
        row = QHBoxLayout()
        row.addWidget(label(self.tr("I am"), "label"))
        row.addWidget(self.name, 1)
        box = QVBoxLayout(head)
        box.setContentsMargins(18, 14, 18, 12)
        box.addLayout(row)
        text = self.tr("Finds what the team table assigns to you, and signs the findings you write.")
        box.addWidget(label(text, "second", wrap=True))
        return head

    def _body(self) -> QWidget:
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(18, 12, 18, 16)
        box.setSpacing(4)
        for scope in Scope:
            box.addWidget(label(self._context.keys.scope_name(scope), "section"))
            for binding in (each for each in BINDINGS if scope in each.scopes):
                if not binding.fixed:
                    self.rows.append(KeyRow(self._context, scope, binding))
                    box.addWidget(self.rows[-1])
                elif binding.shown and len(binding.scopes) == 1:
                    box.addLayout(self._fixed(binding))
            box.addSpacing(12)
        box.addStretch()
        return body

    def _fixed(self, binding: Binding) -> QHBoxLayout:
        keys = self._context.keys
        line = QHBoxLayout()
        line.addWidget(_name(keys.name(binding.action)))
        shown = label(keys.text(binding.action), "second")
        shown.setFixedSize(KEY_WIDTH, LINE_HEIGHT)
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        shown.setToolTip(self.tr("The same in every program"))
        line.addWidget(shown)
        line.addStretch()
        return line

    def _foot(self) -> QWidget:
        foot = named("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(18, 10, 18, 12)
        self.defaults = button(self.tr("Reset all keys"))
        self.defaults.clicked.connect(self._reset)
        close = button(self.tr("Close"))
        close.clicked.connect(self.accept)
        row.addWidget(self.defaults)
        row.addWidget(self._problem, 1)
        row.addWidget(close)
        return foot

    def _on_name_stored(self) -> None:
        self._problem.clear()
        self.auditor_changed.emit()

    def _reset(self) -> None:
        try:
            self._context.keys.reset()
        except AuditorError as error:
            self._show_problem(error)
        else:
            self._problem.clear()

    def _show_problem(self, error: AuditorError) -> None:
        restyle(self._problem, state="error")
        self._problem.setText(self._context.words.error(error))


def _name(text: str) -> QLabel:
    made = label(text, "soft", wrap=True)
    made.setFixedWidth(NAME_WIDTH)
    return made
