"""However a picture is turned, zoomed and panned, a mark stays on the spot it was drawn on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from auditor_app.models.marks import WHOLE, Mark, Shape
from auditor_app.ui.picture_place import LARGEST_ZOOM, PicturePlace

sides = st.integers(40, 6000)
sizes = st.builds(QSizeF, sides, sides)
windows = st.builds(QSizeF, st.integers(200, 2000), st.integers(200, 1200))
rotations = st.sampled_from([0, 90, 180, 270])
shares = st.floats(0, 1)


@st.composite
def places(draw: st.DrawFn) -> PicturePlace:
    """Draw a picture after some turning, zooming and panning."""
    place = PicturePlace(draw(sizes), draw(windows), draw(rotations)).fitted()
    for _ in range(draw(st.integers(0, 4))):
        at = QPointF(draw(shares) * place.window.width(), draw(shares) * place.window.height())
        match draw(st.sampled_from(["zoom", "pan", "turn", "window", "fit"])):
            case "zoom":
                place = place.zoomed(draw(st.floats(0.2, 5)), at)
            case "pan":
                place = place.moved(at)
            case "turn":
                place = place.turned_to(draw(rotations))
            case "window":
                place = place.in_window(draw(windows))
            case _:
                place = place.fitted()
    return place


def outline(place: PicturePlace) -> QRectF:
    return place.transform.mapRect(QRectF(QPointF(), place.size))


@given(places(), st.sampled_from(Shape), shares, shares, shares, shares, rotations)
def test_a_mark_drawn_on_a_spot_is_found_there_again(
    place: PicturePlace, shape: Shape, x1: float, y1: float, x2: float, y2: float, rotation: int
) -> None:
    across, down = place.size.width(), place.size.height()
    spots = [QPointF(x1 * across, y1 * down), QPointF(x2 * across, y2 * down)]
    mark = place.mark(shape, *(place.transform.map(spot) for spot in spots))
    if shape is Shape.ARROW:
        found = [QPointF(mark.x1 / WHOLE * across, mark.y1 / WHOLE * down)]
        assert (found[0].x(), found[0].y()) == pytest.approx(
            (spots[0].x(), spots[0].y()), abs=max(across, down) / WHOLE + 0.1
        )
    assert mark.x1 <= mark.x2 or shape is Shape.ARROW
    assert mark.y1 <= mark.y2 or shape is Shape.ARROW
    # Turned and shown again elsewhere, the mark drawn over itself is the same mark.
    other = place.turned_to(rotation).zoomed(1.7, QPointF(10, 10))
    again = other.mark(shape, *other.ends(mark))
    assert [again.x1, again.y1, again.x2, again.y2] == pytest.approx([mark.x1, mark.y1, mark.x2, mark.y2], abs=1)


@given(places(), st.floats(0.5, 2), shares, shares)
def test_zooming_keeps_the_spot_under_the_pointer_as_far_as_the_edges_allow(
    place: PicturePlace, factor: float, x: float, y: float
) -> None:
    at = QPointF(x * place.window.width(), y * place.window.height())
    zoomed = place.zoomed(factor, at)
    spot, shown, window = zoomed.transform.map(place.to_picture(at)), outline(zoomed), zoomed.window
    for kept, wanted, low, high, room in (
        (spot.x(), at.x(), shown.left(), shown.right(), window.width()),
        (spot.y(), at.y(), shown.top(), shown.bottom(), window.height()),
    ):
        is_small = high - low <= room + 1
        touches_an_edge = abs(low) <= 1 or abs(high - room) <= 1
        assert is_small or touches_an_edge or kept == pytest.approx(wanted, abs=1)
    assert zoomed.zoom <= LARGEST_ZOOM


@given(places(), shares, shares)
def test_no_panning_loses_the_picture(place: PicturePlace, x: float, y: float) -> None:
    panned = place.moved(QPointF((x - 0.5) * 50_000, (y - 0.5) * 50_000))
    shown, window = outline(panned), QRectF(QPointF(), panned.window)
    for low, high, edge, far in (
        (shown.left(), shown.right(), window.left(), window.right()),
        (shown.top(), shown.bottom(), window.top(), window.bottom()),
    ):
        # Either it fills the window or all of it lies within.
        assert (low <= edge + 1 and high >= far - 1) or (low >= edge - 1 and high <= far + 1)


@given(sizes, windows, rotations)
def test_a_fitted_picture_is_whole_and_not_larger_than_it_is(size: QSizeF, window: QSizeF, rotation: int) -> None:
    place = PicturePlace(size, window, rotation).fitted()
    shown = outline(place)
    assert QRectF(-0.5, -0.5, window.width() + 1, window.height() + 1).contains(shown)
    assert place.zoom <= 1
    assert (shown.center().x(), shown.center().y()) == pytest.approx(
        (window.width() / 2, window.height() / 2), abs=0.01
    )


def test_a_box_has_its_corners_in_order_however_it_was_drawn() -> None:
    place = PicturePlace(QSizeF(100, 100), QSizeF(100, 100)).fitted()
    box = Mark(Shape.BOX, 1000, 2000, 6000, 7000)
    for start, end in (((60, 70), (10, 20)), ((60, 20), (10, 70)), ((10, 70), (60, 20))):
        assert place.mark(Shape.BOX, QPointF(*start), QPointF(*end)) == box


def test_what_is_drawn_beyond_the_edge_ends_at_the_edge() -> None:
    place = PicturePlace(QSizeF(100, 100), QSizeF(300, 300)).fitted()
    assert place.mark(Shape.ARROW, QPointF(150, 150), QPointF(500, -20)) == Mark(Shape.ARROW, 5000, 5000, WHOLE, 0)
