"""Small pieces that every screen is put together from."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

LINE_HEIGHT = 28
HEIGHTS_KEPT = 8


def restyle(widget: QWidget, **properties: str) -> None:
    """Set style properties and have the style sheet look again, only where something changed."""
    changed = [name for name, value in properties.items() if (widget.property(name) or "") != value]
    for name in changed:
        widget.setProperty(name, properties[name])
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def named(name: str) -> QWidget:
    """Return an empty widget that the style sheet knows by this name, and paints."""
    made = QWidget()
    made.setObjectName(name)
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made


def label(text: str, role: str, wrap: bool = False) -> QLabel:
    """Return a label in one of the roles of the style sheet."""
    made = _WrappedLabel(text) if wrap else plain_label(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setProperty("role", role)
    return made


def plain_label(text: str = "") -> QLabel:
    """Return a label that shows what others wrote as it is, markup too."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def tooltip(text: str) -> str:
    """Return what others wrote as a tooltip that shows it as it is; Qt would take some of it for markup."""
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>' if text else ""


def button(text: str, kind: str = "") -> QPushButton:
    """Return a push button of a kind of the style sheet: plain, primary, link or segment."""
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    if kind == "link":
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


class _WrappedLabel(QLabel):
    """A label of several lines that remembers how high it is.

    Qt breaks the lines of every such label again, several times over, whenever a layout around it changes.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._heights: dict[tuple[str, int], int] = {}

    def heightForWidth(self, width: int) -> int:
        key = (self.text(), width)
        if key not in self._heights:
            if len(self._heights) >= HEIGHTS_KEPT:
                self._heights.clear()
            self._heights[key] = super().heightForWidth(width)
        return self._heights[key]

    def changeEvent(self, event: QEvent) -> None:
        # Another font or style, or other margins.
        self._heights.clear()
        super().changeEvent(event)


class Card(QFrame):
    """A titled group on the page."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._title = label(title, "title")
        self._heading = QHBoxLayout()
        self._heading.addWidget(self._title)
        self._heading.addStretch()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 14)
        self.body.setSpacing(10)
        self.body.addLayout(self._heading)

    @property
    def title(self) -> str:
        """Return the title."""
        return self._title.text()

    def add_to_heading(self, widget: QWidget) -> None:
        """Put a widget at the right of the title."""
        self._heading.addWidget(widget)


class FormGrid(QGridLayout):
    """Two columns of labelled fields; a wide field takes a whole line."""

    LABEL_WIDTH = 120
    GAP = 24

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(10)
        self.setVerticalSpacing(8)
        self.setColumnStretch(1, 1)
        self.setColumnStretch(3, 1)
        self._row = 0
        self._right = False

    def add(self, text: str, field: QWidget, wide: bool = False) -> None:
        """Put the next field with its label."""
        if wide:
            self.end_line()
        column = 2 if self._right else 0
        name = label(text, "label", wrap=True)
        name.setMinimumHeight(LINE_HEIGHT)
        gap = self.GAP if self._right else 0
        name.setContentsMargins(gap, 0, 0, 0)
        name.setFixedWidth(self.LABEL_WIDTH + gap)
        self.addWidget(name, self._row, column, Qt.AlignmentFlag.AlignTop)
        self.addWidget(field, self._row, column + 1, 1, 3 if wide else 1, Qt.AlignmentFlag.AlignTop)
        if wide or self._right:
            self._next_line()
        else:
            self._right = True

    def end_line(self) -> None:
        """Have the next field start a new line."""
        if self._right:
            self._next_line()

    def _next_line(self) -> None:
        self._row += 1
        self._right = False


class EmptyState(QWidget):
    """What to do next, where there is nothing to show."""

    def __init__(self, title: str, text: str, actions: Sequence[QPushButton], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.addStretch(2)
        heading = label(title, "heading")
        words = label(text, "soft", wrap=True)
        for widget in (heading, words):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(widget)
        row = QHBoxLayout()
        row.addStretch()
        for action in actions:
            row.addWidget(action)
        row.addStretch()
        box.addSpacing(12)
        box.addLayout(row)
        box.addStretch(3)
