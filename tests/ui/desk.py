"""The auditor at the workbench: keys and clicks go in, what the screen shows and the disk holds comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QInputMethodQueryEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QWidget,
)
from shiboken6 import isValid

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.ids import AuditId, RowId
from auditor_app.ui.editing import PAUSE_MS, ChoiceBox
from auditor_app.ui.fields import Field
from auditor_app.ui.main_window import MainWindow
from auditor_app.ui.rows_card import RowsCard
from auditor_app.ui.tables.sheet_model import SheetModel
from auditor_app.ui.tables.sheet_view import SheetView
from auditor_app.ui.workspace import Workspace
from auditor_app.workbench import Workbench
from tests.session.tables import Tables, facts, read_anew

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
W = TypeVar("W", bound=QWidget)

ADD_WORDS = ("添加", "Add ")
PROFILE, CHECKLIST, SHEET, FINDINGS, REPORT = range(5)


class Attendant(QObject):
    """Answer the boxes that stop everything else: read what they say, press the key."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.told: list[str] = []
        self.paths: list[Path | None] = []
        self._timer = QTimer(self, interval=2)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        box = QApplication.activeModalWidget()
        # One that has the keyboard is ready; the timer also runs while a box is still being put together.
        if box is None or not box.isVisible() or QApplication.activeWindow() is not box:
            return
        above: QWidget = box
        while (parent := above.parentWidget()) is not None:
            above = parent
        if above is not self._desk.window:
            return
        # Not from within the timer: it would not tick again until the last of several boxes is gone.
        if isinstance(box, QMessageBox):
            QTimer.singleShot(0, partial(self._answer, box))
        elif isinstance(box, QFileDialog) and self.paths:
            QTimer.singleShot(0, partial(self._choose, box, self.paths.pop(0)))

    def _answer(self, box: QMessageBox) -> None:
        if not isValid(box) or not box.isVisible():
            return
        if isinstance(box.parent(), QFileDialog):
            # "This file exists": yes, replace it.
            QTest.keyClick(box.button(QMessageBox.StandardButton.Yes), Key.Key_Space)
        else:
            self.told.append(box.text())
            QTest.keyClick(box, Key.Key_Return)

    def _choose(self, dialog: QFileDialog, path: Path | None) -> None:
        name = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(name, QLineEdit)
        if path is None:
            QTest.keyClick(dialog, Key.Key_Escape)
            return
        name.selectAll()
        QApplication.sendEvent(name, committed(str(path)))
        QTest.keyClick(name, Key.Key_Return)


def committed(text: str) -> QInputMethodEvent:
    """Return the event by which an input method hands over finished text."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event


def composing(text: str) -> QInputMethodEvent:
    """Return the event by which an input method shows text that is not finished."""
    return QInputMethodEvent(text, [])


def settle() -> None:
    """Let the program finish what a key or click began: layouts, queued signals, widgets thrown away."""
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def let_pass(milliseconds: int) -> None:
    """Let time pass, and all that was due in it happen, however busy the computer is."""
    QTest.qWait(milliseconds)
    # The wait may end without a look at what fell due while the computer did other things.
    settle()


def visible_text(widget: QWidget) -> str:
    """Return the words of every label and button that can be seen in a widget."""
    parts: list[QLabel | QAbstractButton] = [*widget.findChildren(QLabel), *widget.findChildren(QAbstractButton)]
    return "\n".join(part.text() for part in parts if part.isVisible() and part.text())


@dataclass(repr=False)
class Desk:
    """One auditor, one window, one library."""

    bench: Workbench
    folder: Path
    attendant: Attendant = field(init=False)
    _popup: QWidget | None = None

    def __post_init__(self) -> None:
        self.attendant = Attendant(self)

    @property
    def window(self) -> MainWindow:
        """Return the window."""
        return self.bench.window

    @property
    def space(self) -> Workspace:
        """Return what fills the window now."""
        assert self.bench.workspace is not None
        return self.bench.workspace

    # What the auditor sees.

    @property
    def audit(self) -> Audit:
        """Return the audit that is open, as the window has it."""
        return self.bench.session.audit

    @property
    def stored(self) -> Audit:
        """Return the open audit as a library opened for the first time finds it; the window must have the same."""
        stored = read_anew(self.folder, self.audit.id)
        # By their words too: the name of an enum member equals the member and yet is none.
        assert (self.audit, repr(self.audit)) == (stored, repr(stored))
        return stored

    def stored_audit(self, audit_id: AuditId) -> Audit:
        """Return another audit as a library opened for the first time finds it."""
        return read_anew(self.folder, audit_id)

    @property
    def facts(self) -> Tables:
        """Return everything the database holds, save the history."""
        return facts(self.folder)

    @property
    def score_bar(self) -> str:
        """Return the words and figures of the score bar."""
        return visible_text(self.space.score_bar)

    def answer_file_dialog(self, path: Path | None) -> None:
        """Type this path into the next file dialog, or leave it by Escape."""
        self.attendant.paths.append(path)

    @property
    def status(self) -> str:
        """Return what the status bar says."""
        return self.window.statusBar().currentMessage()

    def cell(self, key: str, column: int, view: SheetView | None = None) -> str:
        """Return what a cell of the sheet shows."""
        model = (view or self.space.tabs.scoring.view).model()
        assert isinstance(model, SheetModel)
        return str(model.index_of(key, column).data() or "")

    def field(self, kind: Kind, path: str) -> Field:
        """Return the field on the open tab that edits something."""
        tab = self.space.tabs.currentWidget()
        found = [f for f in tab.findChildren(Field) if f.key[0] is kind and f.path == path]
        assert len(found) == 1, f"{len(found)} fields for {kind}.{path}"
        return found[0]

    def editor(self, kind: Kind, path: str) -> QWidget:
        """Return what takes the keyboard in a field."""
        return self.field(kind, path).focus_target()

    def field_words(self, kind: Kind, path: str) -> str:
        """Return what a field says below its editor."""
        return "\n".join(part.text() for part in self.field(kind, path).findChildren(QLabel) if part.isVisible())

    def card(self, kind: Kind) -> RowsCard:
        """Return the table of team, sites or subcontracts."""
        return next(card for card in self.space.tabs.profile.findChildren(RowsCard) if card.kind is kind)

    def table(self, kind: Kind) -> QTableView:
        """Return the rows of a table."""
        return one(self.card(kind), QTableView)

    @property
    def words(self) -> Catalogue:
        """Return the words of the domain in the language of the window."""
        return self.space._context.words

    @property
    def input_method_wanted(self) -> bool:
        """Say whether what has the keyboard asks for an input method."""
        query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
        QApplication.sendEvent(self._focus(), query)
        return bool(query.value(Qt.InputMethodQuery.ImEnabled))

    def index(self, key: str, column: int) -> QModelIndex:
        """Return a cell of the sheet or checklist of the open tab."""
        model = self.sheet.model()
        assert isinstance(model, SheetModel)
        return model.index_of(key, column)

    def button(self, text: str) -> QAbstractButton:
        """Return the button of the open tab that can be seen and says this."""
        tab = self.space.tabs.currentWidget()
        return one(tab, QAbstractButton, lambda button: button.isVisible() and button.text() == text)

    # What the auditor does.

    def take_keyboard(self) -> None:
        """Give the window the keyboard."""
        self.window.windowHandle().requestActivate()
        settle()
        assert QApplication.activeWindow() is self.window

    def leave_field(self) -> None:
        """Have nothing in the window take the keys, as when it opened."""
        editor = self.window.focusWidget()
        if editor is not None:
            editor.clearFocus()
            settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """Press a key; whoever has the keyboard gets it."""
        QTest.keyPress(self._keyboard(), key, modifier)
        # The key may have closed the window that had the keyboard.
        settle()
        if QGuiApplication.focusWindow() is not None:
            QTest.keyRelease(self._keyboard(), key, modifier)
            settle()

    def type(self, text: str) -> None:
        """Type; what is not on the keyboard comes from the input method."""
        for character in text:
            if character == "\b":
                self.press(Key.Key_Backspace)
            elif character.isascii():
                QTest.keyClick(self._keyboard(), ord(character))
            else:
                QApplication.sendEvent(self._focus(), committed(character))

    def compose(self, text: str) -> None:
        """Have the input method show text that is not finished."""
        QApplication.sendEvent(self._focus(), composing(text))

    def paste(self, text: str) -> None:
        """Paste from the clipboard."""
        QGuiApplication.clipboard().setText(text)
        self.press(Key.Key_V, CONTROL)

    def pause(self) -> None:
        """Stop typing for as long as it takes until what was typed is stored."""
        let_pass(PAUSE_MS + 20)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Scroll a widget into sight and click it where it lies on the screen."""
        place = self._point_at(widget, at or middle(widget))
        QTest.mouseClick(widget.window().windowHandle(), Qt.MouseButton.LeftButton, NO_MODIFIER, place)
        settle()

    def open_menu(self, button: QPushButton, word: str) -> None:
        """Press the mouse on a button and pick from the menu that opens under it."""
        handle = button.window().windowHandle()
        place = self._point_at(button, middle(button))
        with self.menu(word):
            # A release that is queued with the press would already fall on the menu.
            QTest.mousePress(handle, Qt.MouseButton.LeftButton, NO_MODIFIER, place)
        QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, NO_MODIFIER, place)
        settle()

    def double_click(self, view: QAbstractItemView, index: Any) -> None:
        """Double-click a cell."""
        view.scrollTo(index)
        self._scroll_to(view)
        place = view.viewport().mapTo(view.window(), view.visualRect(index).center())
        handle = view.window().windowHandle()
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, NO_MODIFIER, place)
        QTest.mouseDClick(handle, Qt.MouseButton.LeftButton, NO_MODIFIER, place)
        settle()

    def click_cell(self, view: QAbstractItemView, index: Any) -> None:
        """Click a cell."""
        view.scrollTo(index)
        self._scroll_to(view)
        place = view.viewport().mapTo(view.window(), view.visualRect(index).center())
        QTest.mouseClick(view.window().windowHandle(), Qt.MouseButton.LeftButton, NO_MODIFIER, place)
        settle()

    def show(self, tab: int) -> None:
        """Go to a tab by its key."""
        self.press(Qt.Key(Key.Key_1 + tab), CONTROL)
        assert self.space.tabs.currentIndex() == tab

    def show_by_mouse(self, tab: int) -> None:
        """Go to a tab by a click."""
        bar = self.space.tabs.tabBar()
        self.click(bar, bar.tabRect(tab).center())
        assert self.space.tabs.currentIndex() == tab

    def select(self, key: str, column: int = 1) -> None:
        """Click a row of the sheet or checklist of the open tab."""
        view = self.sheet
        model = view.model()
        assert isinstance(model, SheetModel)
        self.click_cell(view, model.index_of(key, column))
        assert view.current_key() == key
        assert view.hasFocus()

    @property
    def sheet(self) -> SheetView:
        """Return the sheet of the open tab."""
        return one(self.space.tabs.currentWidget(), SheetView)

    def enter(self, kind: Kind, path: str) -> QWidget:
        """Click into a field of the open tab."""
        editor = self.editor(kind, path)
        self.click(editor)
        assert editor.hasFocus()
        return editor

    def fill(self, kind: Kind, path: str, text: str) -> None:
        """Replace what a field holds by what is typed, and leave it."""
        self.enter(kind, path)
        self.press(Key.Key_A, CONTROL)
        self.press(Key.Key_Delete)
        self.type(text)
        self.press(Key.Key_Tab)

    def choose(self, kind: Kind, path: str, value: Any) -> None:
        """Choose a value from the list of a box of the open tab, by keys."""
        box = self.editor(kind, path)
        assert isinstance(box, ChoiceBox)
        self.click(box)
        self.pick_in_list(box, value)

    def pick_in_list(self, box: ChoiceBox, value: Any) -> None:
        """Pick a value from the list of a box that is open, by keys."""
        wanted = box._values.index(value)
        self.press(Key.Key_Home)
        for _ in range(wanted):
            self.press(Key.Key_Down)
        self.press(Key.Key_Return)
        self.take_keyboard()

    def undo(self) -> None:
        """Take the last step back by its key."""
        self.press(Key.Key_Z, CONTROL)

    def redo(self) -> None:
        """Do the last step again by its key."""
        self.press(Key.Key_Z, CONTROL | SHIFT)

    def pick(self, word: str) -> None:
        """Pick from the menu that is open."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(action for action in menu.actions() if action.text().startswith(word))
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, NO_MODIFIER, menu.actionGeometry(action).center())
        settle()

    @contextmanager
    def menu(self, word: str) -> Iterator[None]:
        """Pick from the menu that the action inside opens."""
        timer = QTimer(interval=1)

        def look() -> None:
            if timer.isActive() and QApplication.activePopupWidget() is not None:
                timer.stop()
                self.pick(word)

        timer.timeout.connect(look)
        timer.start()
        yield
        # Some menus hold up the click that opens them, others do not.
        look()
        assert not timer.isActive(), "no menu opened"
        # The offscreen platform gives a menu the keyboard and does not take it back, as a window system does.
        self.take_keyboard()

    def add_row(self, kind: Kind) -> None:
        """Click the button that adds a row to a table; the first cell is then being typed into."""
        buttons = [b for b in self.card(kind).findChildren(QAbstractButton) if b.isVisible()]
        self.click(next(button for button in buttons if button.text().startswith(ADD_WORDS)))
        assert isinstance(QApplication.focusWidget(), QLineEdit)

    def remove_row(self, kind: Kind, row: int) -> None:
        """Select a row and press Delete."""
        table = self.table(kind)
        self.click_cell(table, table.model().index(row, 0))
        self.press(Key.Key_Escape)
        self.press(Key.Key_Delete)

    def new_audit(self) -> AuditId:
        """Make a new audit by its key."""
        self.press(Key.Key_N, CONTROL)
        return self.audit.id

    def switch_to(self, audit_id: AuditId) -> None:
        """Click another audit in the list."""
        view = self.space.rail.view
        model = view.model()
        places = [model.index(row, 0) for row in range(model.rowCount())]
        index = next(i for i in places if i.data(Qt.ItemDataRole.UserRole + 1).id == audit_id)
        self.click_cell(view, index)
        assert self.audit.id == audit_id

    def close(self) -> None:
        """Close the window by its key."""
        self.press(Key.Key_Q, CONTROL)
        assert not self.window.isVisible()

    def close_library(self) -> None:
        """Close the library, as the end of the program does, while the window is still there."""
        self.space.tabs.stop()
        self.space.rail.dismiss()
        self.bench.session.close()

    @property
    def told(self) -> list[str]:
        """Return what message boxes said since the last look."""
        told, self.attendant.told = self.attendant.told, []
        return told

    def _keyboard(self) -> QWidget | QWindow:
        """Return what takes keys: a list or menu that is open, else the window, which finds the widget itself."""
        # Held, because PySide takes what is inside for gone once nobody knows the popup.
        self._popup = QApplication.activePopupWidget()
        if self._popup is not None:
            return self._popup.focusWidget() or self._popup
        window = QGuiApplication.focusWindow()
        assert window is not None, "no window has the keyboard"
        return window

    def _focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the keyboard"
        return widget

    def _point_at(self, widget: QWidget, place: QPoint) -> QPoint:
        """Return where a place in a widget lies in the window, once it is in sight and nothing covers it."""
        self._scroll_to(widget)
        assert widget.isVisible(), "nobody can click what is not to be seen"
        point = widget.mapTo(widget.window(), place)
        hit = widget.window().childAt(point)
        assert hit is widget or (hit is not None and widget.isAncestorOf(hit)), f"{hit} lies over {widget}"
        return point

    def _scroll_to(self, widget: QWidget) -> None:
        settle()
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(widget)
            above = above.parentWidget()


def one(parent: QObject, kind: type[W], test: Callable[[W], bool] = lambda _: True) -> W:
    """Return the one child of a kind that passes a test."""
    found = [child for child in parent.findChildren(kind) if test(child)]
    assert len(found) == 1, f"{len(found)} of {kind.__name__}"
    return found[0]


def middle(widget: QWidget) -> QPoint:
    """Return where people click a widget; only sign and words of a check box take clicks."""
    place = widget.rect().center()
    if isinstance(widget, QCheckBox):
        place.setX(10)
    return place


def text_of(editor: QWidget) -> str:
    """Return what an editor shows."""
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    if isinstance(editor, QComboBox):
        return editor.currentText()
    assert isinstance(editor, QLineEdit)
    return editor.text()


def row(audit: Audit, kind: Kind, place: int) -> tuple[RowId, Any]:
    """Return a row by its place in the table."""
    return list(audit.of(kind).items())[place]
