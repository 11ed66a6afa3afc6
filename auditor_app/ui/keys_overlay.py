"""All keys at a glance, over the whole window; the next key or click takes them away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from auditor_app.ui.context import Context
from auditor_app.ui.key_strokes import stroke_of
from auditor_app.ui.keys import BINDINGS, Binding, Keymap, Scope
from auditor_app.ui.widgets import label

COLUMN_GAP = 26
PART_GAP = 14
VEIL = 150
_STAYS = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class KeysOverlay(QWidget):
    """Cover a window with the keys in force; nothing behind gets a key or a click."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._keys = context.keys
        self._veil = QColor(context.theme.color("text") if context.theme.name == "light" else Qt.GlobalColor.black)
        self._veil.setAlpha(VEIL)
        self._before = QApplication.focusWidget()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Keys"))
        self._lay_out()
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def leave(self) -> None:
        """Go away and give the keyboard back."""
        self.window().removeEventFilter(self)
        before, self._before = self._before, None
        self.hide()
        self.deleteLater()
        if before is not None and isValid(before):
            before.setFocus()

    def _lay_out(self) -> None:
        card = QFrame(objectName="card")
        body = QVBoxLayout(card)
        body.setContentsMargins(22, 16, 22, 18)
        body.setSpacing(12)
        body.addLayout(self._heading())
        body.addLayout(self._columns())
        box = QVBoxLayout(self)
        box.addWidget(card, alignment=Qt.AlignmentFlag.AlignCenter)

    def _heading(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label(self.tr("Keys"), "title"))
        row.addSpacing(COLUMN_GAP)
        row.addStretch()
        text = self.tr("Any key or click closes this. Other keys can be chosen in the settings: {0}")
        row.addWidget(label(text.format(self._keys.text("settings")), "second"))
        return row

    def _columns(self) -> QHBoxLayout:
        window = _of(Scope.WINDOW)
        tabs = [binding for binding in window if binding.action.startswith("tab")]
        rest = [binding for binding in window if binding not in tabs]
        columns = (
            (self._part(Scope.SHEET), _Part(self._keys, self.tr("In every list"), _of_lists())),
            (self._part(Scope.CHECKLIST), self._part(Scope.FINDINGS)),
            (self._part(Scope.VIEWER), _Part(self._keys, self.tr("Tabs"), tabs)),
            (_Part(self._keys, self._keys.scope_name(Scope.WINDOW), rest),),
        )
        row = QHBoxLayout()
        row.setSpacing(COLUMN_GAP)
        for parts in columns:
            column = QVBoxLayout()
            column.setSpacing(PART_GAP)
            for part in parts:
                column.addLayout(part)
            column.addStretch()
            row.addLayout(column)
        return row

    def _part(self, scope: Scope) -> _Part:
        return _Part(self._keys, self._keys.scope_name(scope), _of(scope))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            # Else it would go to the menus behind.
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            # Here, since Qt takes Tab for itself later on; the key that opened it may still be held down.
            if not event.isAutoRepeat() and not stroke_of(event).isEmpty():
                self.leave()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.leave()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _STAYS and self._before is not None:
            self.leave()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._veil)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self.setGeometry(self.parentWidget().rect())
        return super().eventFilter(watched, event)


class _Part(QGridLayout):
    """A heading, and below it a line for every action: its keys at the left, what they do at the right."""

    def __init__(self, keys: Keymap, title: str, bindings: list[Binding]) -> None:
        super().__init__()
        self.setHorizontalSpacing(8)
        self.setVerticalSpacing(5)
        self.setColumnStretch(1, 1)
        self.addWidget(label(title, "section"), 0, 0, 1, 2)
        for row, binding in enumerate(bindings, start=1):
            caps = QHBoxLayout()
            caps.setSpacing(3)
            caps.addStretch()
            for text in keys.caps(binding.action):
                caps.addWidget(label(text, "key"))
            self.addLayout(caps, row, 0)
            self.addWidget(label(keys.name(binding.action), "soft"), row, 1)


def _of(scope: Scope) -> list[Binding]:
    """Return what an overview shows of a place, save what is the same in every list."""
    lists = _of_lists()
    return [binding for binding in BINDINGS if scope in binding.scopes and binding.shown and binding not in lists]


def _of_lists() -> list[Binding]:
    return [binding for binding in BINDINGS if binding.fixed and Scope.SHEET in binding.scopes]
