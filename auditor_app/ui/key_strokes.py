"""A key press as one key: which character or key it is, and which held keys belong to it."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_HELD = Qt.KeyboardModifier
_COMMANDS = _HELD.ControlModifier | _HELD.AltModifier | _HELD.MetaModifier
_SAME_KEY = {Qt.Key.Key_Enter: Qt.Key.Key_Return, Qt.Key.Key_Backtab: Qt.Key.Key_Tab}
_CAPS = {
    Qt.Key.Key_Return: "Enter",
    Qt.Key.Key_Left: "←",
    Qt.Key.Key_Right: "→",
    Qt.Key.Key_Up: "↑",
    Qt.Key.Key_Down: "↓",
}
_MODIFIER_KEYS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_ScrollLock,
    Qt.Key.Key_Super_L,
    Qt.Key.Key_Super_R,
)


def stroke_of(event: QKeyEvent) -> QKeySequence:
    """Return the key that was pressed, empty for a mere modifier; keypad and full-width digits are digits."""
    key, held = Qt.Key(event.key()), event.modifiers() & (_COMMANDS | _HELD.ShiftModifier)
    if key in _MODIFIER_KEYS or key == Qt.Key.Key_unknown:
        return QKeySequence()
    typed = _character(event.text())
    if typed and not held & _COMMANDS:
        key = Qt.Key(ord(typed))
    return _stroke(key, held)


def folded(sequence: QKeySequence) -> QKeySequence:
    """Return the first key of a sequence as `stroke_of` would give it, empty when there is none."""
    if sequence.isEmpty():
        return QKeySequence()
    first = _first(sequence)
    if first.key() == Qt.Key.Key_unknown:
        return QKeySequence()
    return _stroke(first.key(), first.keyboardModifiers() & (_COMMANDS | _HELD.ShiftModifier))


def cap(sequence: QKeySequence, space: str) -> str:
    """Return a key as it is written on keyboards; `space` is the word for the longest one."""
    if sequence.isEmpty():
        return ""
    first = _first(sequence)
    key, held = first.key(), first.keyboardModifiers()
    name = space if key == Qt.Key.Key_Space else _CAPS.get(key) or QKeySequence(key).toString()
    if not held:
        return name
    native = QKeySequence.SequenceFormat.NativeText
    return QKeySequence(QKeyCombination(held, Qt.Key.Key_A)).toString(native).removesuffix("A") + name


def _first(sequence: QKeySequence) -> QKeyCombination:
    return cast(Sequence[QKeyCombination], sequence)[0]


def _stroke(key: Qt.Key, held: Qt.KeyboardModifier) -> QKeySequence:
    if key == Qt.Key.Key_Backtab:
        held |= _HELD.ShiftModifier
    key = _SAME_KEY.get(key, key)
    typed = _character(chr(key)) if key <= sys.maxunicode else ""
    if typed:
        key = Qt.Key(ord(typed))
    if typed.strip() and not typed.isalpha() and not held & _COMMANDS:
        # Whether "?" or "1" takes Shift is the keyboard's business; Shift+Space belongs to the input method.
        held &= ~_HELD.ShiftModifier
    return QKeySequence(QKeyCombination(held, key))


def _character(text: str) -> str:
    """Return the one printed character of a text in plain width and upper case, empty when it is none."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return plain if len(plain) == 1 and plain.isprintable() else ""
