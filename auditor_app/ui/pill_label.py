"""A pill that stands in a form rather than in a cell."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor_app.ui.pills import HEIGHT, Pill, draw_pill, pill_width


class PillLabel(QWidget):
    """Show one pill, or nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pill: Pill | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """Return the word on the pill."""
        return self._pill.text if self._pill is not None else ""

    def show_pill(self, pill: Pill) -> None:
        """Show another pill."""
        self._pill = pill
        self.setAccessibleName(pill.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = pill_width(self._pill) if self._pill is not None else 0
        return QSize(width, HEIGHT + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._pill is None:
            return
        painter = QPainter(self)
        draw_pill(painter, self._pill, 0, self.height() // 2)
        painter.end()
