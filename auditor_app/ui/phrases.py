"""Phrases for the note of an indicator: offered while typing, in a menu, and kept from what was written."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QAction, QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QPushButton, QScrollArea, QWidget
from shiboken6 import isValid

from auditor_app.models.errors import AuditorError
from auditor_app.models.phrases import fitting, is_enough, shown
from auditor_app.models.text import folded
from auditor_app.ui.context import Context
from auditor_app.ui.editing import LONG_TEXT
from auditor_app.ui.fields import TextField
from auditor_app.ui.phrase_list import MOST_ROWS, Offer, PhraseList
from auditor_app.ui.phrases_dialog import PhrasesDialog

LONGEST_IN_MENU = 40
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: MOST_ROWS - 1,
    Qt.Key.Key_PageUp: 1 - MOST_ROWS,
}
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
# Many input methods switch themselves on and off with Ctrl+Space, so there is the key that opens any list too.
_CALLS = (
    (Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier),
)


class PhraseHelp(QObject):
    """Offer phrases for what stands on the line before the cursor of a text field."""

    message = Signal(str)
    """Why nothing is offered though it was asked for."""

    def __init__(self, context: Context, field: TextField) -> None:
        super().__init__(field)
        self._context = context
        self._edit = _edit_of(field)
        self._clause = ""
        self._offers: list[Offer] | None = None
        self._list: PhraseList | None = None
        self._opened_at = -1
        self._quiet_line = -1
        self._is_typing = False
        self._is_composing = False
        self._edit.installEventFilter(self)
        # Not the editor's own signal, which is blocked while the stored text is put into it.
        self._edit.document().contentsChanged.connect(self._on_contents_changed)
        self._edit.cursorPositionChanged.connect(self._on_cursor_moved)
        context.session.phrases_changed.connect(self._forget)

    @property
    def open_list(self) -> PhraseList | None:
        """Return the list of offers while it is open."""
        is_open = self._list is not None and isValid(self._list) and not self._list.isHidden()
        return self._list if is_open else None

    def show_clause(self, clause: str) -> None:
        """Offer the phrases for another indicator."""
        self._clause = clause
        self._forget()
        self._close()

    def offer_all(self) -> None:
        """Open the list with every phrase, whatever is typed."""
        self._quiet_line = -1
        self._open(self._read())
        if self.open_list is None:
            self.message.emit(self.tr("No phrases yet for this indicator. Any note can be kept as one."))

    def _forget(self) -> None:
        self._offers = None

    def _read(self) -> list[Offer]:
        """Return what can be offered, read once for each indicator shown."""
        if self._offers is None:
            try:
                kept = self._context.session.phrases(self._clause)
                earlier = self._context.session.earlier_words(self._clause)
            except AuditorError as error:
                kept = earlier = []
                self.message.emit(self._context.words.error(error))
            self._offers = [Offer(text, is_kept=True) for text in kept]
            self._offers += [Offer(text, is_kept=False) for text in earlier if text not in kept]
        return self._offers

    def _on_contents_changed(self) -> None:
        # What others put into the field is no reason to offer more: the stored text, a phrase from the menu.
        if not self._is_typing or self._is_composing or self._edit.signalsBlocked():
            self._close()
            return
        typed, line = self._typed(), self._edit.textCursor().blockNumber()
        if typed and line == self._quiet_line:
            return
        self._quiet_line = -1
        self._open(self._fitting(typed) if is_enough(typed) else [])

    def _fitting(self, typed: str) -> list[Offer]:
        offers = self._read()
        texts = set(fitting((offer.text for offer in offers), typed))
        line = folded(self._edit.textCursor().block().text()).strip()
        return [offer for offer in offers if offer.text in texts and folded(offer.text).strip() != line]

    def _on_cursor_moved(self) -> None:
        if self.open_list is not None and self._edit.textCursor().position() != self._opened_at:
            self._close()

    def _open(self, offers: list[Offer]) -> None:
        if not offers:
            self._close()
            return
        if self._list is None:
            self._list = self._make_list()
        self._opened_at = self._edit.textCursor().position()
        cursor = self._rect_of(self._edit.viewport(), self._edit.cursorRect())
        self._list.offer(offers, cursor, self._rect_of(self._edit, self._edit.rect()))

    def _make_list(self) -> PhraseList:
        made = PhraseList(self._context.theme, self._edit.window())
        made.taken.connect(self._take)
        # The window may outlive the workspace that this is a part of.
        self.destroyed.connect(made.deleteLater)
        above = self._edit.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.verticalScrollBar().valueChanged.connect(made.hide)
            above = above.parentWidget()
        return made

    def _close(self) -> None:
        if self.open_list is not None:
            self.open_list.hide()

    def _be_quiet(self) -> None:
        """Offer nothing more on this line, until it is begun anew or the list is asked for."""
        self._quiet_line = self._edit.textCursor().blockNumber()
        self._close()

    def _take(self, phrase: str) -> None:
        """Put a phrase in the place of what it was found by, else at the cursor."""
        cursor, typed = self._edit.textCursor(), self._typed()
        if typed and folded(typed) in folded(phrase):
            cursor = self._typed_part()
        self._is_typing = False
        cursor.insertText(phrase)
        self._edit.setTextCursor(cursor)
        self._be_quiet()

    def _typed_part(self) -> QTextCursor:
        """Return a cursor that selects what stands on the line before the cursor, without the space it begins with."""
        cursor = self._edit.textCursor()
        end = cursor.position()
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        text = cursor.block().text()
        cursor.setPosition(min(cursor.position() + len(text) - len(text.lstrip()), end))
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _typed(self) -> str:
        return self._typed_part().selectedText().strip()

    def _rect_of(self, widget: QWidget, rect: QRect) -> QRect:
        return QRect(widget.mapTo(widget.window(), rect.topLeft()), rect.size())

    def _meant_for_list(self, event: QKeyEvent) -> bool:
        """Say whether a key is the list's; Enter and Tab are only once something is chosen."""
        if self._is_composing or self.open_list is None or _modifiers(event) != Qt.KeyboardModifier.NoModifier:
            return False
        key = event.key()
        return key == Qt.Key.Key_Escape or key in _STEPS or (key in _TAKING and self.open_list.chosen is not None)

    def _on_list_key(self, key: int) -> None:
        if self.open_list is None:
            return
        if key == Qt.Key.Key_Escape:
            self._be_quiet()
        elif key in _STEPS:
            self.open_list.step(_STEPS[Qt.Key(key)])
        elif self.open_list.chosen is not None:
            self._take(self.open_list.chosen)

    def _filter_key(self, event: QKeyEvent) -> bool:
        calls = not self._is_composing and (event.key(), _modifiers(event)) in _CALLS
        if event.type() == QEvent.Type.KeyRelease or not (calls or self._meant_for_list(event)):
            return False
        # Also as an override, so that no shortcut of the page takes the key: Escape would leave the note.
        event.accept()
        if event.type() == QEvent.Type.KeyPress and calls:
            self.offer_all()
        elif event.type() == QEvent.Type.KeyPress:
            self._on_list_key(event.key())
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isValid(self._edit):
            # A widget loses the keyboard while it is destroyed; touching it then ends the program.
            return False
        if isinstance(event, QKeyEvent):
            self._is_typing = True
            return self._filter_key(event)
        if isinstance(event, QInputMethodEvent):
            self._is_typing = True
            self._is_composing = bool(event.preeditString())
            if self._is_composing:
                self._close()
        elif event.type() == QEvent.Type.FocusIn:
            self._read()
        elif event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._is_typing = self._is_composing = False
            self._quiet_line = -1
            self._close()
        return False


class PhraseButton(QPushButton):
    """Insert a kept phrase into the note of an indicator, keep the note as one, or edit what is kept."""

    message = Signal(str)

    def __init__(self, context: Context, field: TextField, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Phrases"), parent)
        self._context = context
        self._field = field
        self._edit = _edit_of(field)
        self.setProperty("kind", "link")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # A click leaves the keyboard in the note, so that what it inserts belongs to the same visit.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(self.tr("Phrases are also offered while you type; Alt+Down or Ctrl+Space lists all of them."))
        # The arrow of the style would lie on the words of a button without a frame.
        self.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0 }")
        self.setIcon(context.theme.icon("chevron-down", "accent"))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        menu = QMenu(self)
        menu.setStyleSheet("QMenu { menu-scrollable: 1 }")
        menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        menu.aboutToShow.connect(self._fill_menu)
        menu.triggered.connect(self._on_triggered)
        self.setMenu(menu)

    @property
    def _clause(self) -> str:
        return str(self._field.key[1])

    def _fill_menu(self) -> None:
        menu = self.menu()
        menu.clear()
        for phrase in self._phrases():
            menu.addAction(_for_menu(phrase)).setData(phrase)
        menu.addSeparator()
        keep = menu.addAction(self.tr("Keep this note as a phrase"))
        keep.setEnabled(bool(self._note()))
        keep.triggered.connect(self._keep)
        menu.addAction(self.tr("Edit phrases …")).triggered.connect(self._edit_phrases)

    def _phrases(self) -> list[str]:
        try:
            return self._context.session.phrases(self._clause)
        except AuditorError as error:
            self.message.emit(self._context.words.error(error))
            return []

    def _note(self) -> str:
        return str(LONG_TEXT.parse(self._edit.toPlainText(), "")).strip()

    def _on_triggered(self, action: QAction) -> None:
        if action.data():
            self._insert(str(action.data()))

    def _insert(self, phrase: str) -> None:
        self._edit.setFocus()
        cursor = self._edit.textCursor()
        if cursor.block().text().strip():
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            phrase = f"\n{phrase}"
        cursor.insertText(phrase)
        self._edit.setTextCursor(cursor)

    def _keep(self) -> None:
        note, session = self._note(), self._context.session
        try:
            if note in session.phrases(self._clause):
                self.message.emit(self.tr("This note is among the phrases already."))
                return
            session.keep_phrase(self._clause, note)
        except AuditorError as error:
            session.failed.emit(error)
            return
        self.message.emit(self.tr("Kept as a phrase for {0}.").format(self._clause))

    def _edit_phrases(self) -> None:
        try:
            dialog = PhrasesDialog(self._context, self._clause, self.window())
        except AuditorError as error:
            self._context.session.failed.emit(error)
            return
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def _on_finished(self, _result: int) -> None:
        self._edit.setFocus()


def _edit_of(field: TextField) -> QPlainTextEdit:
    edit = field.focus_target()
    assert isinstance(edit, QPlainTextEdit)
    return edit


def _modifiers(event: QKeyEvent) -> Qt.KeyboardModifier:
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def _for_menu(phrase: str) -> str:
    """Return a phrase as the text of an action, in which an ampersand would mark a key."""
    text = shown(phrase)
    return (text if len(text) <= LONGEST_IN_MENU else f"{text[: LONGEST_IN_MENU - 1]}…").replace("&", "&&")
