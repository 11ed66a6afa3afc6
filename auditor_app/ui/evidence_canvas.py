"""A picture on dark ground with its marks: zoom, pan, draw arrows and boxes, select them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import atan2, cos, hypot, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor_app.models.marks import Mark, Shape
from auditor_app.session.full_pictures import FullPicture
from auditor_app.ui.fonts import body_font
from auditor_app.ui.picture_place import PicturePlace

# The same in every theme: pictures are judged on neutral ground.
GROUND = QColor("#1E1F21")
_WORDS = QColor("#D5D7DA")
# As on the copies in the report.
_MARK = QColor("#D81E2C")
_OUTLINE = QColor("white")
_STROKE = 1 / 160
_HEAD = 5.0
_HEAD_ANGLE = pi / 7
_LEAST_STROKE, _MOST_STROKE = 2.0, 7.0
# From this zoom on the pixels of the picture are to be seen as they are.
_LARGE_PIXELS = 3.0
# Less is a click.
_SHORTEST_MARK = 8.0
_REACH = 9.0
_STEP = 1.25
_NOTCH = 120


class EvidenceCanvas(QWidget):
    """Show one picture; marks that are drawn are asked for by signal, never kept here."""

    drawn = Signal(object)
    """A `Mark` that was drawn with the mouse."""
    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: FullPicture | None = None
        self._place = PicturePlace(QSizeF(), QSizeF())
        self._marks: tuple[Mark, ...] = ()
        self._words = ""
        self._tool: Shape | None = None
        self._selected = -1
        self._pressed: QPointF | None = None
        self._at = QPointF()
        self._pans = False
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, GROUND)
        self.setPalette(palette)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 200)

    @property
    def place(self) -> PicturePlace:
        """Return how the picture lies in the window."""
        return self._place

    @property
    def selected(self) -> int:
        """Return the place of the selected mark among the marks, -1 for none."""
        return self._selected

    @property
    def words(self) -> str:
        """Return what is said in place of a picture."""
        return self._words

    @property
    def picture(self) -> FullPicture | None:
        """Return the picture that is shown."""
        return self._picture

    def show_picture(self, picture: FullPicture, rotation: int, marks: Sequence[Mark]) -> None:
        """Show another picture, all of it."""
        self._picture, self._words = picture, ""
        self._place = PicturePlace(QSizeF(picture.size), QSizeF(self.size()), rotation).fitted()
        self._selected, self._pressed = -1, None
        self.show_marks(marks)
        self.zoomed.emit()

    def sharpen(self, picture: FullPicture) -> None:
        """Show the same picture with more of its pixels, where it lies now."""
        before, window, is_fitted = self._place.size, self._place.window, self._place.is_fitted
        factor = before.width() / picture.size.width() if picture.size.width() else 1.0
        center = QPointF(self._place.center.x() / factor, self._place.center.y() / factor)
        self._picture = picture
        moved = PicturePlace(
            QSizeF(picture.size), window, self._place.rotation, self._place.zoom * factor, center, is_fitted
        )
        self._set_place(moved.fitted() if is_fitted else moved)

    def show_words(self, words: str) -> None:
        """Say something in place of a picture."""
        self._picture, self._words, self._marks = None, words, ()
        self._selected, self._pressed = -1, None
        self.update()
        self.zoomed.emit()

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show these marks on the picture."""
        self._marks = tuple(marks)
        self._selected = self._selected if self._selected < len(self._marks) else -1
        self.update()

    def turn(self, rotation: int) -> None:
        """Show the picture turned clockwise by so many degrees."""
        if rotation != self._place.rotation:
            self._set_place(self._place.turned_to(rotation))

    def select(self, place: int) -> None:
        """Select a mark, none with -1."""
        self._selected = place if place < len(self._marks) else -1
        self.update()

    def set_tool(self, tool: Shape | None) -> None:
        """Draw with a tool from now on, or with none select and pan."""
        self._tool, self._pressed = tool, None
        self.setCursor(Qt.CursorShape.CrossCursor if tool is not None else Qt.CursorShape.ArrowCursor)
        self.update()

    def stop_drawing(self) -> bool:
        """Give up the mark that is being drawn; say whether there was one."""
        was_drawing = self._pressed is not None and not self._pans
        self._pressed = None
        self.update()
        return was_drawing

    def fit(self) -> None:
        """Show all of the picture."""
        self._set_place(self._place.fitted())

    def toggle_true_size(self, at: QPointF | None = None) -> None:
        """Show one pixel of the picture as one of the screen, or all of it when it is that already."""
        true_zoom = 1 / self.devicePixelRatio()
        if abs(self._place.zoom - true_zoom) < 1e-6 and not self._place.is_fitted:
            self.fit()
        else:
            self.zoom_by(true_zoom / self._place.zoom, at)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom about a point of the window, its middle when none is given."""
        if self._picture is not None:
            self._set_place(self._place.zoomed(factor, at or QPointF(self.rect().center())))

    def step(self, steps: float, at: QPointF | None = None) -> None:
        """Zoom by steps, in with more than 0 and out with less."""
        self.zoom_by(_STEP**steps, at)

    def _set_place(self, place: PicturePlace) -> None:
        self._place = place
        self.update()
        self.zoomed.emit()

    def _mark_at(self, at: QPointF) -> int:
        """Return the uppermost mark at a point, -1 for none."""
        for number in range(len(self._marks) - 1, -1, -1):
            lines = _lines(self._marks[number].shape, *self._place.ends(self._marks[number]), 1.0)
            if any(_distance(at, a, b) <= _REACH for line in lines for a, b in pairwise(line)):
                return number
        return -1

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._picture is None:
            self._paint_words(painter)
        else:
            self._paint_picture(painter, self._picture)
            self._paint_marks(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        painter.setFont(body_font(14))
        painter.setPen(_WORDS)
        room = self.rect().adjusted(60, 20, -60, -20)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)

    def _paint_picture(self, painter: QPainter, picture: FullPicture) -> None:
        place = self._place
        image = self._level(picture)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, place.zoom < _LARGE_PIXELS)
        painter.setTransform(place.transform, True)
        whole = QRectF(QPointF(), place.size)
        if image.hasAlphaChannel():
            painter.fillRect(whole, Qt.GlobalColor.white)
        painter.drawImage(whole, image)
        painter.restore()

    def _level(self, picture: FullPicture) -> QImage:
        """Return the smallest level that has a pixel for every pixel of the screen."""
        wanted = picture.size.width() * self._place.zoom * self.devicePixelRatio()
        enough = [image for image in picture.levels if image.width() >= wanted]
        return enough[-1] if enough else picture.levels[0]

    def _paint_marks(self, painter: QPainter) -> None:
        for number, mark in enumerate(self._marks):
            self._paint_mark(painter, mark.shape, *self._place.ends(mark), number == self._selected)
        if self._pressed is not None and self._tool is not None and not self._pans:
            self._paint_mark(painter, self._tool, self._pressed, self._at, False)

    def _paint_mark(self, painter: QPainter, shape: Shape, start: QPointF, end: QPointF, is_selected: bool) -> None:
        turned = self._place.turned
        stroke = max(turned.width(), turned.height()) * self._place.zoom * _STROKE
        stroke = min(max(stroke, _LEAST_STROKE), _MOST_STROKE)
        path = QPainterPath()
        for line in _lines(shape, start, end, stroke):
            path.moveTo(line[0])
            for point in line[1:]:
                path.lineTo(point)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for width, color in ((stroke * 2, _OUTLINE), (stroke, _MARK)):
            pen = QPen(color, width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPath(path)
        if is_selected:
            painter.setPen(QPen(_MARK, 2))
            painter.setBrush(_OUTLINE)
            for point in (start, end):
                painter.drawEllipse(point, 6, 6)

    # The mouse.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._picture is None:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        at, is_left = event.position(), event.button() is Qt.MouseButton.LeftButton
        self._pressed = self._at = at
        self._pans = self._tool is None or not is_left
        if is_left and self._tool is None:
            self.select(self._mark_at(at))
        if self._pans:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        before, self._at = self._at, event.position()
        if self._pans:
            self._set_place(self._place.moved(self._at - before))
        else:
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        self.set_tool(self._tool)
        if self._pans or self._tool is None:
            return
        way = event.position() - pressed
        if hypot(way.x(), way.y()) < _SHORTEST_MARK:
            self.select(self._mark_at(event.position()))
        else:
            self.drawn.emit(self._place.mark(self._tool, pressed, event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._tool is None and self._picture is not None:
            self.toggle_true_size(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.step(event.angleDelta().y() / _NOTCH, event.position())
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._picture is not None:
            self._set_place(self._place.in_window(QSizeF(self.size())))


def _lines(shape: Shape, start: QPointF, end: QPointF, stroke: float) -> list[list[QPointF]]:
    """Return the strokes of a mark; the barbs of an arrow are never longer than half its shaft."""
    if shape is Shape.BOX:
        return [[start, QPointF(end.x(), start.y()), end, QPointF(start.x(), end.y()), start]]
    back = atan2(start.y() - end.y(), start.x() - end.x())
    length = min(stroke * _HEAD, hypot(end.x() - start.x(), end.y() - start.y()) / 2)
    barbs = [
        QPointF(end.x() + length * cos(back + side), end.y() + length * sin(back + side))
        for side in (_HEAD_ANGLE, -_HEAD_ANGLE)
    ]
    return [[start, end], [barbs[0], end, barbs[1]]]


def _distance(at: QPointF, a: QPointF, b: QPointF) -> float:
    """Return how far a point is from the line between two others."""
    way, length = b - a, hypot(b.x() - a.x(), b.y() - a.y())
    share = QPointF.dotProduct(at - a, way) / length**2 if length else 0.0
    near = a + way * min(max(share, 0.0), 1.0)
    return hypot(at.x() - near.x(), at.y() - near.y())
