"""Text on a page: lines one below another, and which characters were written in all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from auditor_app.report_pdf import text
from auditor_app.report_pdf.styles import Style
from auditor_app.report_pdf.text import BASELINE, UNITS_A_POINT, TextLine

LAST_OF_PLANE = 0xFFFF


class Lettering:
    """Write on one document after another page."""

    def __init__(self) -> None:
        self.characters: set[str] = set()
        self.rare: dict[tuple[str, bool], None] = {}
        """Characters outside the basic plane and whether they are bold, in the order in which they came first."""

    def write(self, painter: QPainter, style: Style, lines: Sequence[TextLine], room: QRectF) -> None:
        """Write lines from the top of a room, which is given in points; the style says where they begin."""
        painter.setFont(text.font_of(style))
        painter.setPen(QColor(f"#{style.ink}"))
        pitch = text.height(1, style.size)
        middle = room.top() + pitch / 2 + BASELINE * style.size
        for line in lines:
            free = room.width() - line.width
            left = room.left() + {"right": free, "center": free / 2}.get(style.align, 0.0)
            painter.drawText(QPointF(left * UNITS_A_POINT, middle * UNITS_A_POINT), line.text)
            self.characters.update(line.text)
            if not line.text.isascii():
                rare = (character for character in line.text if ord(character) > LAST_OF_PLANE)
                self.rare.update(dict.fromkeys((character, style.bold) for character in rare))
            middle += pitch

    def write_line(self, painter: QPainter, style: Style, words: str, room: QRectF) -> None:
        """Write one line into the middle of a room in points, with dots for what does not fit."""
        pitch = text.height(1, style.size)
        top = room.top() + (room.height() - pitch) / 2
        line = text.elided(words, style, room.width())
        self.write(painter, style, [line], QRectF(room.left(), top, room.width(), pitch))
