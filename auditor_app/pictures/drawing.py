"""Arrows and boxes drawn on a copy of a picture, readable on light and dark ground."""

from __future__ import annotations

from collections.abc import Iterable
from math import atan2, cos, hypot, pi, sin

from PIL import Image, ImageDraw

from auditor_app.models.marks import WHOLE, Mark, Shape

Point = tuple[float, float]

COLOUR = "#d81e2c"
OUTLINE = "white"
# Pillow draws with hard edges; drawn larger and scaled down they get smooth.
_FINER = 2
# Stroke and head in parts of the longest edge, so that marks look the same in every size of the picture.
_STROKE = 1 / 160
_LEAST_STROKE = 2.0
_HEAD = 5.0
_HEAD_ANGLE = pi / 7


def draw_marks(image: Image.Image, marks: Iterable[Mark]) -> None:
    """Draw marks on an upright RGB picture."""
    stroke = max(max(image.size) * _STROKE, _LEAST_STROKE) * _FINER
    for mark in marks:
        start, end = _at(image, mark.x1, mark.y1), _at(image, mark.x2, mark.y2)
        lines = _arrow(start, end, stroke) if mark.shape is Shape.ARROW else _box(start, end)
        for width, colour in ((stroke * 2, OUTLINE), (stroke, COLOUR)):
            image.paste(colour, mask=_mask(image, lines, width))


def _at(image: Image.Image, x: int, y: int) -> Point:
    return x / WHOLE * (image.width - 1) * _FINER, y / WHOLE * (image.height - 1) * _FINER


def _box(corner: Point, other: Point) -> list[list[Point]]:
    (x1, y1), (x2, y2) = corner, other
    return [[(x1, y1), (x2, y1), (x2, y2), (x1, y2), (x1, y1)]]


def _arrow(tail: Point, tip: Point, stroke: float) -> list[list[Point]]:
    """Return the shaft and the two barbs, which are never longer than half the shaft."""
    (x1, y1), (x2, y2) = tail, tip
    back = atan2(y1 - y2, x1 - x2)
    length = min(stroke * _HEAD, hypot(x2 - x1, y2 - y1) / 2)
    left, right = (
        (x2 + length * cos(back + side), y2 + length * sin(back + side)) for side in (_HEAD_ANGLE, -_HEAD_ANGLE)
    )
    return [[tail, tip], [left, tip, right]]


def _mask(image: Image.Image, lines: Iterable[list[Point]], width: float) -> Image.Image:
    """Return where strokes with round ends and corners cover the picture, and how much of each pixel."""
    mask = Image.new("L", (image.width * _FINER, image.height * _FINER))
    draw = ImageDraw.Draw(mask)
    for line in lines:
        draw.line(line, fill=255, width=round(width))
        for x, y in line:
            draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=255)
    return mask.reduce(_FINER)
