"""Text on painted widgets, laid out once: a line of Chinese takes Qt several times longer to lay out than to draw."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStaticText, QTransform

from auditor_app.ui.fonts import BODY_PIXELS, body_font

NORMAL = QFont.Weight.Normal
LEFT, CENTER, RIGHT = 0.0, 0.5, 1.0
KEPT = 4096


def draw_line(
    painter: QPainter,
    rect: QRect | QRectF,
    text: str,
    side: float = LEFT,
    pixels: int = BODY_PIXELS,
    weight: QFont.Weight = NORMAL,
) -> None:
    """Draw one line in the pen of the painter, centred upright in a place and cut at its end where it is too narrow.

    `side` is `LEFT`, `CENTER` or `RIGHT`; `pixels` and `weight` choose the font.
    """
    if not text:
        return
    room = int(rect.width())
    line, width, height = _laid_out(text, pixels, weight, room)
    painter.setFont(body_font(pixels, weight))
    top = rect.y() + (rect.height() - height) / 2
    painter.drawStaticText(QPointF(rect.x() + (room - width) * side, top), line)


@lru_cache(maxsize=KEPT)
def line_width(text: str, pixels: int = BODY_PIXELS, weight: QFont.Weight = NORMAL) -> int:
    """Return how wide a line is, in pixels."""
    return QFontMetrics(body_font(pixels, weight)).horizontalAdvance(text)


@lru_cache(maxsize=KEPT)
def _laid_out(text: str, pixels: int, weight: QFont.Weight, room: int) -> tuple[QStaticText, float, float]:
    """Return the line as far as there is room, its width, and the height of its font."""
    font = body_font(pixels, weight)
    metrics = QFontMetrics(font)
    width = line_width(text, pixels, weight)
    if width > room:
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))
        width = metrics.horizontalAdvance(text)
    line = QStaticText(text)
    line.setTextFormat(Qt.TextFormat.PlainText)
    line.prepare(QTransform(), font)
    return line, line.size().width(), line.size().height()
