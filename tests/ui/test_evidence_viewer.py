"""A photo large: zoomed, rotated, marked and captioned, and the photo itself is never touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor_app.models.entities import Evidence
from auditor_app.models.marks import Mark, Shape, parse_mark
from auditor_app.ui.editing import PAUSE_MS
from auditor_app.ui.evidence_strip import EvidenceStrip
from auditor_app.ui.evidence_viewer import COPIED_MS, EvidenceViewer
from tests.pictures.photos import PHONE_PHOTO, bomb
from tests.session.tables import read_anew
from tests.ui.conftest import Sit
from tests.ui.desk import CHECKLIST, CONTROL, SHIFT, Desk, Key, let_pass, settle, visible_text
from tests.ui.evidence import SIZE, add_photos, open_viewer, photo, photos, strip_of, wait_for_picture

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def strip(desk: Desk) -> Iterator[EvidenceStrip]:
    """Give the strip of a document without evidence, and close its viewer afterwards."""
    desk.show(CHECKLIST)
    desk.select("D2")
    strip = strip_of(desk)
    yield strip
    if strip._viewer is not None:
        strip._viewer.close()


@pytest.fixture
def viewer(desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot) -> EvidenceViewer:
    """Give the viewer on the first of three photos."""
    add_photos(desk, qtbot, photos(tmp_path, 3))
    return open_viewer(desk, strip, 0, qtbot)


def test_a_photo_that_undo_takes_may_just_have_been_asked_for_its_sum(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    add_photos(desk, qtbot, photos(tmp_path, 1))
    viewer = open_viewer(desk, strip, 0, qtbot)
    desk.click(viewer._sha)
    desk.undo()
    assert not viewer.isVisible()
    let_pass(COPIED_MS)


def row(desk: Desk, place: int = 0) -> Evidence:
    return desk.stored.evidence[place]


def at(viewer: EvidenceViewer, x: float, y: float) -> QPoint:
    """Return where a share of the upright picture lies on the canvas."""
    place = viewer.canvas.place
    return place.transform.map(QPointF(x * place.size.width(), y * place.size.height())).toPoint()


def drag(viewer: EvidenceViewer, start: QPoint, end: QPoint) -> None:
    """Draw with the mouse from one point of the canvas to another."""
    canvas = viewer.canvas
    QTest.mousePress(canvas, LEFT, Qt.KeyboardModifier.NoModifier, start)
    for point in ((start + end) / 2, end):
        QTest.mouseMove(canvas, point)
    QTest.mouseRelease(canvas, LEFT, Qt.KeyboardModifier.NoModifier, end)
    settle()


def turn_wheel(viewer: EvidenceViewer, notches: int, place: QPoint) -> None:
    canvas = viewer.canvas
    event = QWheelEvent(
        *(QPointF(place), QPointF(canvas.mapToGlobal(place)), QPoint(), QPoint(0, 120 * notches)),
        *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
    )
    QApplication.sendEvent(canvas, event)
    settle()


def is_about(mark: Mark, x1: float, y1: float, x2: float, y2: float) -> bool:
    # The mouse hits whole pixels of a small picture.
    wanted = [round(share * 10_000) for share in (x1, y1, x2, y2)]
    return [mark.x1, mark.y1, mark.x2, mark.y2] == pytest.approx(wanted, abs=10_000 / min(SIZE))


# Seeing.


def test_enter_shows_the_photo_whole_with_what_is_known_of_it(desk: Desk, viewer: EvidenceViewer) -> None:
    words = visible_text(viewer)
    for told in ("IMG_2031.jpg", "2026-03-02 09:14:05", f"{SIZE[0]} × {SIZE[1]}", row(desk).sha256[:12], "1 / 3"):
        assert told in words
    assert viewer.canvas.place.is_fitted


def test_arrow_keys_go_through_the_evidence_of_the_place(desk: Desk, viewer: EvidenceViewer, qtbot: QtBot) -> None:
    seen = [viewer.row.name]
    for key in (Key.Key_Left, Key.Key_Right, Key.Key_Right, Key.Key_Right):
        desk.press(key)
        wait_for_picture(desk, viewer, qtbot)
        seen.append(viewer.row.name)
    assert seen == ["IMG_2031.jpg", "IMG_2031.jpg", "IMG_2032.jpg", "IMG_2033.jpg", "IMG_2033.jpg"]
    assert "3 / 3" in visible_text(viewer)


def test_the_thumbnail_stands_in_until_the_photo_is_there(desk: Desk, viewer: EvidenceViewer, qtbot: QtBot) -> None:
    desk.press(Key.Key_Right)
    desk.press(Key.Key_Right)
    # Two on, so the one decoded ahead is another.
    assert viewer.canvas.picture is not None
    assert not viewer.canvas.words
    wait_for_picture(desk, viewer, qtbot)
    assert viewer.canvas.picture.size.width() == SIZE[0]


def test_no_more_than_two_photos_are_held(desk: Desk, viewer: EvidenceViewer, qtbot: QtBot) -> None:
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Left):
        desk.press(key)
        wait_for_picture(desk, viewer, qtbot)
        assert len(desk.bench.evidence.pictures._pictures) <= 2
    desk.press(Key.Key_Escape)
    assert not viewer.isVisible()
    assert desk.bench.evidence.pictures._pictures == {}


@pytest.mark.long
def test_the_wheel_zooms_to_the_pointer_and_zero_shows_all_again(desk: Desk, viewer: EvidenceViewer) -> None:
    canvas, before = viewer.canvas, viewer.canvas.place.zoom
    place = at(viewer, 0.5, 0.5)
    turn_wheel(viewer, 3, place)
    assert canvas.place.zoom > before
    desk.press(Key.Key_Plus)
    desk.press(Key.Key_Minus)
    turn_wheel(viewer, 8, place)
    spot = canvas.place.to_picture(QPointF(place))
    drag(viewer, place, place + QPoint(60, 40))
    moved = canvas.place.to_picture(QPointF(place + QPoint(60, 40)))
    assert (moved.x(), moved.y()) == pytest.approx((spot.x(), spot.y()), abs=0.5), "the photo follows the hand"
    desk.press(Key.Key_0)
    assert canvas.place.is_fitted
    assert canvas.place.zoom == before


def test_a_double_click_shows_true_size_and_again_all(desk: Desk, viewer: EvidenceViewer) -> None:
    desk.press(Key.Key_Plus)
    for zoom in (1.0, viewer.canvas.place.fitted().zoom):
        QTest.mouseDClick(viewer.canvas, LEFT, Qt.KeyboardModifier.NoModifier, at(viewer, 0.5, 0.5))
        settle()
        assert viewer.canvas.place.zoom == pytest.approx(zoom)


def test_the_sum_of_the_content_can_be_copied(desk: Desk, viewer: EvidenceViewer) -> None:
    desk.click(viewer._sha)
    assert QGuiApplication.clipboard().text() == row(desk).sha256


# Words in place of a picture.


def cut(folder: Path) -> Path:
    path = photo(folder, "IMG_cut.jpg", 7)
    path.write_bytes(path.read_bytes()[:-400])
    return path


def six_hundred_pages(folder: Path) -> Path:
    path = folder / "six hundred pages.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01" + bytes(9) + b"page " * 600)
    return path


def too_large(folder: Path) -> Path:
    return bomb(folder / "bomb.png", 30_000, 30_000)


@pytest.mark.parametrize("make", [cut, too_large], ids=["cut off", "far too large"])
def test_a_photo_that_cannot_be_shown_has_words_in_its_place_and_the_next_is_shown(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot, make: Callable[[Path], Path]
) -> None:
    path = make(tmp_path)
    content = path.read_bytes()
    add_photos(desk, qtbot, [path, photo(tmp_path, "good.jpg")])
    viewer = open_viewer(desk, strip, 0, qtbot)
    words = viewer.canvas.words
    assert len(words) > 10
    assert not words.isascii()
    assert desk.bench.evidence.path(row(desk).sha256).read_bytes() == content
    desk.press(Key.Key_R)
    assert row(desk).rotation == 0
    desk.press(Key.Key_Right)
    wait_for_picture(desk, viewer, qtbot)
    assert not viewer.canvas.words


def test_a_file_that_only_calls_itself_a_picture_is_a_file_among_the_others(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    add_photos(desk, qtbot, [photo(tmp_path, "good.jpg"), six_hundred_pages(tmp_path)])
    assert row(desk, 1).media_type == "application/octet-stream"
    viewer = open_viewer(desk, strip, 0, qtbot)
    desk.press(Key.Key_Right)
    wait_for_picture(desk, viewer, qtbot)
    assert "six hundred pages.jpg" in viewer.canvas.words
    desk.press(Key.Key_Left)
    wait_for_picture(desk, viewer, qtbot)
    assert not viewer.canvas.words


def test_content_that_is_gone_is_told_and_comes_back_with_its_file(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    path = photo(tmp_path, "a.jpg", 99)
    add_photos(desk, qtbot, [path])
    sha256 = row(desk).sha256
    evidence = desk.bench.evidence
    evidence.thumbnails.close()
    evidence.path(sha256).unlink()
    (desk.folder / "thumbnails" / f"{sha256}.jpg").unlink(missing_ok=True)
    evidence.thumbnails._images._images.clear()
    viewer = open_viewer(desk, strip, 0, qtbot)
    assert viewer.canvas.words
    desk.press(Key.Key_Escape)
    desk.take_keyboard()
    add_photos(desk, qtbot, [path])
    viewer = open_viewer(desk, strip, 0, qtbot)
    assert not viewer.canvas.words


def test_a_photo_in_the_format_of_phones_is_shown(desk: Desk, strip: EvidenceStrip, qtbot: QtBot) -> None:
    add_photos(desk, qtbot, [PHONE_PHOTO])
    viewer = open_viewer(desk, strip, 0, qtbot)
    assert not viewer.canvas.words
    assert "64 × 96" in visible_text(viewer)


# Changing.


@pytest.mark.long
def test_rotation_is_an_edit_like_any_other_and_leaves_the_photo_alone(
    desk: Desk, viewer: EvidenceViewer, tmp_path: Path
) -> None:
    content = (tmp_path / "IMG_2031.jpg").read_bytes()
    for degrees in (90, 180, 270, 0, 90):
        desk.press(Key.Key_R)
        assert row(desk).rotation == viewer.canvas.place.rotation == degrees
    desk.undo()
    assert row(desk).rotation == viewer.canvas.place.rotation == 0
    desk.redo()
    assert row(desk).rotation == 90
    assert desk.bench.evidence.path(row(desk).sha256).read_bytes() == content


@pytest.mark.long
def test_an_arrow_is_drawn_where_the_mouse_goes_and_taken_back_by_undo(desk: Desk, viewer: EvidenceViewer) -> None:
    desk.press(Key.Key_A)
    drag(viewer, at(viewer, 0.2, 0.3), at(viewer, 0.7, 0.6))
    (text,) = row(desk).marks
    mark = parse_mark(text)
    assert mark.shape is Shape.ARROW
    assert is_about(mark, 0.2, 0.3, 0.7, 0.6)
    desk.undo()
    assert row(desk).marks == ()
    desk.redo()
    assert row(desk).marks == (text,)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_mark_on_a_rotated_and_zoomed_photo_is_on_the_same_spot_of_the_upright_one(
    desk: Desk, viewer: EvidenceViewer, turns: int
) -> None:
    for _ in range(turns):
        desk.press(Key.Key_R)
    turn_wheel(viewer, 2, at(viewer, 0.5, 0.5))
    desk.press(Key.Key_B)
    drag(viewer, at(viewer, 0.4, 0.45), at(viewer, 0.6, 0.65))
    (text,) = row(desk).marks
    assert is_about(parse_mark(text), 0.4, 0.45, 0.6, 0.65)


@pytest.mark.long
def test_a_mark_is_selected_by_a_click_and_removed_by_delete(desk: Desk, viewer: EvidenceViewer) -> None:
    desk.press(Key.Key_B)
    drag(viewer, at(viewer, 0.1, 0.1), at(viewer, 0.4, 0.4))
    drag(viewer, at(viewer, 0.5, 0.5), at(viewer, 0.9, 0.9))
    assert viewer.canvas.selected == 1, "what was drawn last can be removed at once"
    first, second = row(desk).marks
    desk.press(Key.Key_Escape)
    assert viewer.isVisible(), "Escape puts the tool away first"
    QTest.mouseClick(viewer.canvas, LEFT, Qt.KeyboardModifier.NoModifier, at(viewer, 0.1, 0.25))
    assert viewer.canvas.selected == 0
    desk.press(Key.Key_Delete)
    assert row(desk).marks == (second,)
    desk.press(Key.Key_Delete)
    assert row(desk).marks == (second,), "nothing is selected any more"
    desk.undo()
    assert row(desk).marks == (first, second)


def test_a_click_with_a_tool_draws_nothing(desk: Desk, viewer: EvidenceViewer) -> None:
    desk.press(Key.Key_A)
    drag(viewer, at(viewer, 0.2, 0.3), at(viewer, 0.2, 0.3) + QPoint(2, 1))
    assert row(desk).marks == ()


@pytest.mark.long
def test_rotation_and_marks_are_there_when_the_library_is_opened_again(sit: Sit, tmp_path: Path, qtbot: QtBot) -> None:
    first = sit()
    first.show(CHECKLIST)
    first.select("D2")
    strip = strip_of(first)
    add_photos(first, qtbot, photos(tmp_path, 1))
    viewer = open_viewer(first, strip, 0, qtbot)
    first.press(Key.Key_R)
    first.press(Key.Key_B)
    drag(viewer, at(viewer, 0.2, 0.2), at(viewer, 0.6, 0.6))
    marks = row(first).marks
    assert len(marks) == 1
    audit_id = first.audit.id
    viewer.close()
    first.take_keyboard()
    first.close()
    first.bench.close()
    (stored,) = read_anew(first.folder, audit_id).evidence
    assert (stored.rotation, stored.marks) == (90, marks)
    second = sit(first.folder)
    second.show(CHECKLIST)
    second.select("D2")
    again = open_viewer(second, strip_of(second), 0, qtbot)
    assert again.canvas.place.rotation == 90
    assert [f"{m.shape} {m.x1} {m.y1} {m.x2} {m.y2}" for m in again.canvas._marks] == list(marks)
    again.close()


# The caption.


def type_caption(desk: Desk) -> None:
    desk.press(Key.Key_F2)
    desk.type("铭牌不清 a1r0")


def go_to_the_next_photo(desk: Desk, _viewer: EvidenceViewer) -> None:
    desk.press(Key.Key_Return)
    desk.press(Key.Key_Right)


WAYS: dict[str, Callable[[Desk, EvidenceViewer], object]] = {
    "back to the photo": lambda desk, _viewer: desk.press(Key.Key_Return),
    "away by Escape": lambda desk, _viewer: desk.press(Key.Key_Escape),
    "out of the viewer": lambda _desk, viewer: viewer.close(),
    "to the next photo": go_to_the_next_photo,
    "to the main window": lambda desk, _viewer: desk.take_keyboard(),
    "nowhere for a while": lambda _desk, _viewer: let_pass(PAUSE_MS + 30),
}


@pytest.mark.long
@pytest.mark.parametrize("leave", WAYS.values(), ids=WAYS.keys())
def test_a_caption_is_stored_when_the_auditor_turns(
    desk: Desk, viewer: EvidenceViewer, leave: Callable[[Desk, EvidenceViewer], object]
) -> None:
    type_caption(desk)
    leave(desk, viewer)
    settle()
    assert [each.caption for each in desk.stored.evidence] == ["铭牌不清 a1r0", "", ""]
    assert row(desk).rotation == 0, "letters typed are no keys"


def test_a_caption_typed_in_the_viewer_is_that_below_the_tiles(
    desk: Desk, strip: EvidenceStrip, viewer: EvidenceViewer
) -> None:
    type_caption(desk)
    desk.press(Key.Key_Return)
    shown = strip._caption.focus_target()
    assert shown.text() == "铭牌不清 a1r0"  # type: ignore[attr-defined]


# What changes under it.


@pytest.mark.long
def test_evidence_that_goes_gives_way_to_its_neighbour_and_the_last_one_closes_the_viewer(
    desk: Desk, strip: EvidenceStrip, viewer: EvidenceViewer, qtbot: QtBot
) -> None:
    session = desk.bench.session
    strip.view.selectAll()
    strip.view.setCurrentIndex(strip._list.index(0))
    strip._remove()
    settle()
    assert viewer.row.name == "IMG_2032.jpg"
    session.undo()
    session.undo()
    settle()
    assert not viewer.isVisible()
    session.redo()
    assert len(desk.stored.evidence) == 3


@pytest.mark.long
def test_the_viewer_closes_when_another_audit_is_opened(desk: Desk, viewer: EvidenceViewer) -> None:
    desk.take_keyboard()
    desk.new_audit()
    assert not viewer.isVisible()


@pytest.mark.long
def test_undo_in_the_viewer_is_that_of_the_window(desk: Desk, viewer: EvidenceViewer) -> None:
    desk.press(Key.Key_R)
    desk.press(Key.Key_Escape)
    desk.take_keyboard()
    desk.press(Key.Key_Z, CONTROL)
    assert row(desk).rotation == 0
    desk.press(Key.Key_Z, CONTROL | SHIFT)
    assert row(desk).rotation == 90
