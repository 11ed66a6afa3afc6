"""All keys at a glance, over the whole window; the next key or click takes them away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from auditor_app.ui.context import Context
from auditor_app.ui.editing import SHORT_ABSENCES
from auditor_app.ui.key_strokes import stroke_of
from auditor_app.ui.keys import BINDINGS, Binding, Keymap, Scope
from auditor_app.ui.widgets import label, named

COLUMN_GAP = 30
PART_GAP = 10
VEIL = 150


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
        card = named("card")
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
        columns: tuple[dict[str, list[Binding]], ...] = (
            {**self._part(Scope.SHEET), self.tr("In every list"): _of_lists()},
            {**self._part(Scope.CHECKLIST), **self._part(Scope.FINDINGS)},
            {**self._part(Scope.VIEWER), self.tr("Tabs"): tabs},
            {self._keys.scope_name(Scope.WINDOW): rest},
        )
        row = QHBoxLayout()
        row.setSpacing(COLUMN_GAP)
        for parts in columns:
            row.addWidget(_Column(self._keys, parts), alignment=Qt.AlignmentFlag.AlignTop)
        return row

    def _part(self, scope: Scope) -> dict[str, list[Binding]]:
        return {self._keys.scope_name(scope): _of(scope)}

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
        if event.reason() not in SHORT_ABSENCES and self._before is not None:
            self.leave()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._veil)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.window():
            self.setGeometry(self.window().rect())
        return super().eventFilter(watched, event)


class _Column(QWidget):
    """Headings, and below each a line for every action: its keys at the left, what they do at the right."""

    def __init__(self, keys: Keymap, parts: dict[str, list[Binding]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(5)
        for title, bindings in parts.items():
            self._add_heading(title)
            for binding in bindings:
                self._add(keys.caps(binding.action), keys.name(binding.action))

    def _add_heading(self, title: str) -> None:
        heading, row = label(title, "section"), self._grid.rowCount()
        heading.setContentsMargins(0, PART_GAP if row > 1 else 0, 0, 0)
        self._grid.addWidget(heading, row, 0, 1, 2)

    def _add(self, caps: list[str], name: str) -> None:
        row, line = self._grid.rowCount(), QHBoxLayout()
        line.setSpacing(3)
        line.addStretch()
        for text in caps:
            line.addWidget(label(text, "key"))
        self._grid.addLayout(line, row, 0)
        self._grid.addWidget(label(name, "soft"), row, 1)


def _of(scope: Scope) -> list[Binding]:
    """Return what an overview shows of a place, save what is the same in every list."""
    lists = _of_lists()
    return [binding for binding in BINDINGS if scope in binding.scopes and binding.shown and binding not in lists]


def _of_lists() -> list[Binding]:
    return [binding for binding in BINDINGS if binding.fixed and Scope.SHEET in binding.scopes]
