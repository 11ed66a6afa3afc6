"""Arrows and boxes drawn on top of a picture, as text: `arrow 1200 3400 5600 7800`, never burnt into the picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from auditor_app.models.errors import ValidationError

# Places are in ten-thousandths of width and height of the upright picture, before it is rotated by hand.
WHOLE = 10_000
_MARK = re.compile(r"(arrow|box) (\d{1,5}) (\d{1,5}) (\d{1,5}) (\d{1,5})", re.ASCII)


class Shape(StrEnum):
    """Form of a mark."""

    ARROW = "arrow"
    BOX = "box"


@dataclass(frozen=True)
class Mark:
    """One arrow from `x1, y1` to its tip `x2, y2`, or the box between these corners."""

    shape: Shape
    x1: int
    y1: int
    x2: int
    y2: int


def parse_mark(text: str) -> Mark:
    """Read a mark; raises `ValidationError` for text that is none or lies outside the picture."""
    match = _MARK.fullmatch(text)
    places = [int(place) for place in match.groups()[1:]] if match else []
    if match is None or max(places) > WHOLE:
        raise ValidationError("marks", "not_a_mark", value=text)
    return Mark(Shape(match[1]), *places)


def mark_text(mark: Mark) -> str:
    """Return a mark as text."""
    return f"{mark.shape} {mark.x1} {mark.y1} {mark.x2} {mark.y2}"
