"""States as pills: a colour and a shape each, so that colour alone never tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from auditor_app.models.enums import DocumentStatus, Verdict
from auditor_app.ui.drawn_text import draw_line, line_width
from auditor_app.ui.theme import Theme

HEIGHT = 20
PIXELS = 12
MARK = 8
GAP = 6
INSET = 8
COLUMN_GAP = 12


class Shape(Enum):
    """Mark of a pill."""

    DOT = "dot"
    SQUARE = "square"
    DIAMOND = "diamond"
    RING = "ring"
    NONE = "none"


@dataclass(frozen=True)
class Pill:
    """A word on a ground with a mark; without a ground it has a dashed outline."""

    text: str
    shape: Shape
    mark: QColor
    color: QColor
    ground: QColor | None


_VERDICT_SHAPES = {
    Verdict.MET: Shape.DOT,
    Verdict.NOT_MET: Shape.SQUARE,
    Verdict.SAMPLED: Shape.DIAMOND,
    Verdict.DELETED: Shape.RING,
    Verdict.UNJUDGED: Shape.NONE,
}
_STATUS_LOOK = {
    DocumentStatus.AWAITED: Verdict.UNJUDGED,
    DocumentStatus.RECEIVED: Verdict.SAMPLED,
    DocumentStatus.VERIFIED: Verdict.MET,
    DocumentStatus.PROBLEM: Verdict.NOT_MET,
}


def verdict_pill(theme: Theme, verdict: Verdict, word: str) -> Pill:
    """Return the pill of a verdict."""
    ground = None if verdict is Verdict.UNJUDGED else theme.verdict(verdict, "soft")
    return Pill(word, _VERDICT_SHAPES[verdict], theme.verdict(verdict, "mark"), theme.verdict(verdict, "text"), ground)


def status_pill(theme: Theme, status: DocumentStatus, word: str) -> Pill:
    """Return the pill of a document's status."""
    return verdict_pill(theme, _STATUS_LOOK[status], word)


def pill_width(pill: Pill) -> int:
    """Return how wide a pill is drawn, in pixels."""
    mark = 0 if pill.shape is Shape.NONE else MARK + GAP
    return line_width(pill.text, PIXELS) + mark + 2 * INSET


def pill_column(words: Iterable[str]) -> int:
    """Return how wide a column of a sheet must be for each of these words as a pill, in pixels."""
    return max(line_width(word, PIXELS) for word in words) + MARK + GAP + 2 * INSET + COLUMN_GAP


def draw_pill(painter: QPainter, pill: Pill, left: int, middle: int) -> None:
    """Draw a pill from its left edge, centred on a height."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(left + 0.5, middle - HEIGHT / 2 + 0.5, pill_width(pill) - 1, HEIGHT - 1)
    if pill.ground is None:
        painter.setPen(QPen(pill.mark, 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pill.ground)
    painter.drawRoundedRect(box, 4, 4)
    _draw_mark(painter, pill, QPointF(left + INSET + MARK / 2, middle))
    painter.setPen(pill.color)
    indent = INSET if pill.shape is Shape.NONE else INSET + MARK + GAP
    draw_line(painter, box.adjusted(indent, 0, 0, 0), pill.text, pixels=PIXELS)
    painter.restore()


def _draw_mark(painter: QPainter, pill: Pill, center: QPointF) -> None:
    half = MARK / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pill.mark)
    match pill.shape:
        case Shape.DOT:
            painter.drawEllipse(center, half, half)
        case Shape.SQUARE:
            painter.drawRoundedRect(QRectF(center.x() - half, center.y() - half, MARK, MARK), 1, 1)
        case Shape.DIAMOND:
            reach = half + 1
            offsets = (QPointF(0, -reach), QPointF(reach, 0), QPointF(0, reach), QPointF(-reach, 0))
            painter.drawPolygon(QPolygonF([center + offset for offset in offsets]))
        case Shape.RING:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(pill.mark, 2))
            painter.drawEllipse(center, half - 1, half - 1)
        case Shape.NONE:
            pass
