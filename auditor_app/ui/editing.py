"""How typed text becomes a stored value: after a pause, on leaving, or when the session asks for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import count
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from auditor_app.models.text import clean, clean_line, parse_amount, parse_count, parse_date, parse_minute
from auditor_app.session.session import Flush

PAUSE_MS = 200
_visits = count()


@dataclass(frozen=True)
class Form:
    """How a value is written in a line: `show` makes the text, `parse(text, path)` reads it or refuses it."""

    show: Callable[[Any], str]
    parse: Callable[[str, str], Any]
    placeholder: str = ""


def _names(text: str, _path: str) -> tuple[str, ...]:
    for separator in ",\uff0c;\uff1b\n":
        text = text.replace(separator, "、")
    return tuple(name for name in (clean_line(part) for part in text.split("、")) if name)


def _clauses(text: str, path: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKC", " ".join(_names(text, path)))
    return tuple(dict.fromkeys(folded.split()))


def _amount(value: Decimal) -> str:
    return "" if not value else f"{value:f}"


TEXT = Form(str, lambda text, _path: clean_line(text))
LONG_TEXT = Form(str, lambda text, _path: clean(text))
COUNT = Form(lambda value: str(value) if value else "", parse_count)
AMOUNT = Form(_amount, parse_amount)
DATE = Form(lambda value: value.isoformat() if isinstance(value, date) else "", parse_date, "2026-03-02")
MINUTE = Form(lambda value: (value or "").replace("T", " "), parse_minute, "2026-03-02 09:00")
NAMES = Form("、".join, _names)
CLAUSES = Form(" ".join, _clauses, "5.1 5.2.4")


class Handed(Enum):
    """What became of typed text: stored, refused for what it says, or not stored for the state of the disk."""

    STORED = "stored"
    REFUSED = "refused"
    UNSAVED = "unsaved"


# The keyboard comes back after these: the visit to the field goes on.
SHORT_ABSENCES = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class TypingWatch(QObject):
    """Watch one text editor and call `commit(merge_key)` when what was typed should be stored.

    One visit to the field (from focus in to focus out) is one merge key, so it is one undo step. Text that the disk
    did not take stays in the editor and is offered again at the next occasion.
    """

    def __init__(
        self, editor: QLineEdit | QPlainTextEdit, commit: Callable[[str], Handed], leave: Callable[[], None]
    ) -> None:
        super().__init__(editor)
        self.keeps_undo = False
        """Whether undo and redo always belong to the editor; else only while what it shows is not stored."""
        self._editor = editor
        self._commit = commit
        self._leave = leave
        self._merge_key = ""
        self._handed = Handed.STORED
        # Fields are many and asked at every edit; hardly ever is one of them being filled in.
        self._is_idle = not editor.hasFocus()
        self._timer = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self._hand_in)
        editor.installEventFilter(self)
        if isinstance(editor, QLineEdit):
            editor.textEdited.connect(self._on_typed)
            editor.returnPressed.connect(self.flush)
        else:
            editor.textChanged.connect(self._on_text_changed)

    @property
    def is_pending(self) -> bool:
        """Say whether something was typed and is not stored yet, though it may still be."""
        return self._timer.isActive() or self._handed is Handed.UNSAVED

    @property
    def merge_key(self) -> str:
        """Return what makes the edits of this visit one undo step."""
        return self._merge_key

    def flush(self, flush: Flush | None = None) -> None:
        """Hand in what was typed, the text an input method is composing too; tell when it is not stored."""
        if self._is_idle:
            return
        if self._editor.hasFocus():
            QGuiApplication.inputMethod().commit()
        else:
            self._is_idle = True
        if self.is_pending:
            self._timer.stop()
            self._hand_in()
        if self._handed is not Handed.STORED:
            self._is_idle = False
            if flush is not None:
                flush.is_complete = False

    def forget(self) -> None:
        """Drop what was typed and not handed in."""
        self._timer.stop()
        self._handed = Handed.STORED

    def _on_typed(self, _text: str) -> None:
        self._start()

    def _on_text_changed(self) -> None:
        if not self._editor.signalsBlocked():
            self._start()

    def _start(self) -> None:
        if not self._merge_key:
            self._merge_key = f"visit-{next(_visits)}"
        self._is_idle = False
        self._timer.start()

    def _hand_in(self) -> None:
        self._handed = self._commit(self._merge_key)

    def _on_focus_out(self, reason: Qt.FocusReason) -> None:
        self.flush()
        if reason in SHORT_ABSENCES:
            return
        self._merge_key = ""
        if self._handed is not Handed.UNSAVED:
            self._handed = Handed.STORED
            self._leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isValid(self._editor):
            # A widget loses the keyboard while it is destroyed; touching it then ends the program.
            return False
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._on_focus_out(event.reason())
        elif isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            self._is_idle = False
        elif self._handed is Handed.STORED and not self.keeps_undo and _claims_undo(event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _claims_undo(event: QEvent) -> bool:
    """Say whether an editor is asked for undo or redo; text editors claim both even with nothing to take back."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
        return False
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


class WheelGuard(QObject):
    """Keep the mouse wheel from changing a box that merely lies under the pointer."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class ChoiceBox(QComboBox):
    """A box of values and their words that the wheel does not change."""

    def __init__(self, parent: QWidget | None, choices: dict[Any, str]) -> None:
        super().__init__(parent)
        # Kept here: Qt would hand an enum member back as the bare string it is made of.
        self._values = tuple(choices)
        self.was_opened = False
        """Whether the choice came from the open list; arrow keys choose without it."""
        self.addItems(list(choices.values()))
        self.installEventFilter(WheelGuard(self))

    def offer(self, choices: dict[Any, str]) -> None:
        """Offer other choices; what is chosen stays if it is among them."""
        value = self.value
        self._values = tuple(choices)
        self.clear()
        self.addItems(list(choices.values()))
        self.choose(value)

    def showPopup(self) -> None:
        self.was_opened = True
        super().showPopup()

    @property
    def value(self) -> Any:
        """Return the chosen value, None when nothing is chosen."""
        return self._values[self.currentIndex()] if self.currentIndex() >= 0 else None

    def choose(self, value: Any) -> None:
        """Show a value, or nothing when it is not among the choices."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)
