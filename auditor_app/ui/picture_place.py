"""Where a picture lies in its window: fitted or zoomed, panned, rotated; and where its marks lie then."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

from auditor_app.models.marks import WHOLE, Mark, Shape

LARGEST_ZOOM = 8.0
SMALLEST_ZOOM = 0.02


@dataclass(frozen=True)
class PicturePlace:
    """An upright picture of `size` pixels in a window, turned clockwise; `zoom` is window pixels to one of its own."""

    size: QSizeF
    window: QSizeF
    rotation: int = 0
    zoom: float = 1.0
    center: QPointF = field(default_factory=QPointF)
    """The point of the upright picture that lies in the middle of the window."""
    is_fitted: bool = True

    @property
    def turned(self) -> QSizeF:
        """Return the size of the picture after it is turned."""
        return self.size.transposed() if self.rotation % 180 else self.size

    @property
    def transform(self) -> QTransform:
        """Return the way from the upright picture to the window."""
        way = QTransform()
        way.translate(self.window.width() / 2, self.window.height() / 2)
        way.scale(self.zoom, self.zoom)
        way.rotate(self.rotation)
        way.translate(-self.center.x(), -self.center.y())
        return way

    def fitted(self, enlarges: bool = False) -> PicturePlace:
        """Return the picture whole and in the middle, not larger than it is unless told so."""
        turned, window = self.turned, self.window
        if turned.isEmpty() or window.isEmpty():
            return self
        zoom = min(window.width() / turned.width(), window.height() / turned.height())
        zoom = zoom if enlarges else min(zoom, 1.0)
        return replace(self, zoom=zoom, center=_middle(self.size), is_fitted=True)

    def zoomed(self, factor: float, at: QPointF) -> PicturePlace:
        """Return the picture larger or smaller, with the point at `at` in the window kept where it is."""
        zoom = min(max(self.zoom * factor, SMALLEST_ZOOM), LARGEST_ZOOM)
        kept = self.to_picture(at)
        moved = replace(self, zoom=zoom, is_fitted=False)
        return moved.moved(at - moved.transform.map(kept))

    def moved(self, by: QPointF) -> PicturePlace:
        """Return the picture panned by a way in the window, as far as there is more of it to see."""
        middle = QPointF(self.window.width() / 2, self.window.height() / 2)
        center = self.to_picture(middle - by)
        shown = self.transform.inverted()[0].mapRect(QRectF(QPointF(), self.window))
        x = _kept(center.x(), shown.width() / 2, self.size.width())
        y = _kept(center.y(), shown.height() / 2, self.size.height())
        return replace(self, center=QPointF(x, y), is_fitted=False)

    def turned_to(self, rotation: int) -> PicturePlace:
        """Return the picture turned."""
        turned = replace(self, rotation=rotation)
        return turned.fitted() if self.is_fitted else turned.moved(QPointF())

    def in_window(self, window: QSizeF) -> PicturePlace:
        """Return the picture in a window of another size."""
        other = replace(self, window=window)
        return other.fitted() if self.is_fitted else other.moved(QPointF())

    def to_picture(self, at: QPointF) -> QPointF:
        """Return the point of the upright picture at a point of the window."""
        return self.transform.inverted()[0].map(at)

    def ends(self, mark: Mark) -> tuple[QPointF, QPointF]:
        """Return where the two ends of a mark lie in the window."""
        across, down = self.size.width() / WHOLE, self.size.height() / WHOLE
        start, end = QPointF(mark.x1 * across, mark.y1 * down), QPointF(mark.x2 * across, mark.y2 * down)
        return self.transform.map(start), self.transform.map(end)

    def mark(self, shape: Shape, start: QPointF, end: QPointF) -> Mark:
        """Return the mark between two points of the window, cut off at the edges of the picture."""
        one, other = self._share(start), self._share(end)
        if shape is Shape.BOX:
            # Corners in the order people read, however it was drawn.
            (x1, x2), (y1, y2) = sorted((one[0], other[0])), sorted((one[1], other[1]))
            return Mark(shape, x1, y1, x2, y2)
        return Mark(shape, *one, *other)

    def _share(self, at: QPointF) -> tuple[int, int]:
        point = self.to_picture(at)
        x, y = point.x() / self.size.width(), point.y() / self.size.height()
        return _whole(x), _whole(y)


def _whole(share: float) -> int:
    return round(min(max(share, 0.0), 1.0) * WHOLE)


def _middle(size: QSizeF) -> QPointF:
    return QPointF(size.width() / 2, size.height() / 2)


def _kept(center: float, half: float, whole: float) -> float:
    """Return a centre from which no more than the picture is seen, its middle when all of it is."""
    return whole / 2 if half * 2 >= whole else min(max(center, half), whole - half)
