"""Photos and files are taken in anywhere, by drop, paste and dialog, and nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QColor, QContextMenuEvent, QDesktopServices, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from auditor_app import evidence
from auditor_app.models.audit import Kind
from auditor_app.models.enums import EvidenceSubject
from auditor_app.ui.editing import PAUSE_MS
from auditor_app.ui.evidence_strip import EvidenceStrip
from auditor_app.ui.evidence_view import MOST_ROWS
from tests.session.tables import read_anew
from tests.ui.conftest import Sit
from tests.ui.desk import CHECKLIST, CONTROL, PROFILE, REPORT, SHIFT, Desk, Key, let_pass, settle, visible_text
from tests.ui.evidence import (
    Hold,
    add_photos,
    drop,
    files_of,
    names,
    paste_files,
    paste_image,
    photo,
    photos,
    rows_here,
    stand_on,
    strip_of,
    wait_until_added,
)

DOCUMENT = "D2"


@pytest.fixture
def strip(desk: Desk) -> EvidenceStrip:
    """Give the strip of a document without evidence."""
    desk.show(CHECKLIST)
    desk.select(DOCUMENT)
    return strip_of(desk)


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hold]:
    """Have files wait on their way until they are let through."""
    hold = Hold()
    monkeypatch.setattr(evidence, "take", hold)
    yield hold
    hold.let(1_000)


# In.


@pytest.mark.long
def test_photos_dropped_on_a_document_are_its_evidence(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    paths = photos(tmp_path, 3)
    contents = [path.read_bytes() for path in paths]
    # The file manager offered to move them, which would take the person's own files away.
    assert drop(strip, files_of(paths)) is Qt.DropAction.CopyAction
    wait_until_added(desk, qtbot)
    assert [path.read_bytes() for path in paths] == contents
    assert names(desk) == [path.name for path in paths]
    first = desk.stored.evidence[0]
    assert (first.subject_kind, first.subject) == (EvidenceSubject.DOCUMENT, DOCUMENT)
    assert (first.media_type, first.taken_at) == ("image/jpeg", "2026-03-02T09:14:05")
    assert "3" in desk.status


def test_a_folder_is_refused_in_words_and_the_files_beside_it_are_added(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "照片"
    folder.mkdir()
    add_photos(desk, qtbot, [folder, photo(tmp_path, "a.jpg")])
    assert names(desk) == ["a.jpg"]
    assert "照片" in visible_text(strip)


def test_what_is_neither_file_nor_picture_cannot_be_dropped(desk: Desk, strip: EvidenceStrip) -> None:
    mime = QMimeData()
    mime.setText("见附件")
    assert drop(strip, mime) is Qt.DropAction.IgnoreAction
    web = QMimeData()
    web.setUrls([QUrl("https://example.com/a.jpg")])
    drop(strip, web)
    assert names(desk) == []
    assert desk.status


def test_files_copied_in_the_file_manager_are_pasted(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    strip.view.setFocus()
    paste_files(desk, photos(tmp_path, 2))
    wait_until_added(desk, qtbot)
    assert names(desk) == ["IMG_2031.jpg", "IMG_2032.jpg"]


def test_a_screenshot_is_pasted_while_the_sheet_has_the_keyboard(
    desk: Desk, strip: EvidenceStrip, qtbot: QtBot
) -> None:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    desk.sheet.setFocus()
    paste_image(desk, image)
    wait_until_added(desk, qtbot)
    assert [row.media_type for row in rows_here(desk)] == ["image/png"]
    assert desk.sheet.hasFocus()


def test_a_screenshot_is_pasted_as_it_is(desk: Desk, strip: EvidenceStrip, qtbot: QtBot) -> None:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    strip.view.setFocus()
    paste_image(desk, image)
    wait_until_added(desk, qtbot)
    (row,) = rows_here(desk)
    assert row.name.endswith(".png")
    assert row.media_type == "image/png"
    stored = QImage(str(desk.bench.evidence.path(row.sha256)))
    assert (stored.size(), stored.pixelColor(30, 20)) == (image.size(), QColor("teal"))


def test_pasting_words_adds_nothing_and_says_so(desk: Desk, strip: EvidenceStrip) -> None:
    strip.view.setFocus()
    desk.paste("见附件")
    assert names(desk) == []
    assert desk.status


def test_the_key_asks_for_files_where_there_is_no_evidence_yet(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    paths = photos(tmp_path, 2)
    desk.answer_file_dialog(Path(" ".join(f'"{path}"' for path in paths)))
    desk.press(Key.Key_E)
    desk.take_keyboard()
    wait_until_added(desk, qtbot)
    assert names(desk) == ["IMG_2031.jpg", "IMG_2032.jpg"]
    assert desk.sheet.hasFocus()


def test_the_key_goes_to_the_evidence_and_again_asks_for_files(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    add_photos(desk, qtbot, [photo(tmp_path, "a.jpg")])
    desk.sheet.setFocus()
    desk.press(Key.Key_E)
    assert strip.view.hasFocus()
    desk.answer_file_dialog(photo(tmp_path, "b.jpg", 2))
    desk.press(Key.Key_E)
    desk.take_keyboard()
    wait_until_added(desk, qtbot)
    assert names(desk) == ["a.jpg", "b.jpg"]


@pytest.mark.long
def test_a_click_on_the_plus_asks_for_files(desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot) -> None:
    for place, name in enumerate(("a.jpg", "b.jpg")):
        desk.answer_file_dialog(photo(tmp_path, name, place))
        desk.click_cell(strip.view, strip._list.plus())
        desk.take_keyboard()
        wait_until_added(desk, qtbot)
    assert names(desk) == ["a.jpg", "b.jpg"]


def test_a_click_on_the_words_beside_the_plus_asks_for_files(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.answer_file_dialog(photo(tmp_path, "a.jpg"))
    desk.click(strip.view.viewport(), QPoint(200, 30))
    desk.take_keyboard()
    wait_until_added(desk, qtbot)
    assert names(desk) == ["a.jpg"]


def test_nothing_is_added_when_the_dialog_is_left(desk: Desk, strip: EvidenceStrip) -> None:
    desk.answer_file_dialog(None)
    desk.press(Key.Key_E)
    desk.take_keyboard()
    assert names(desk) == []
    assert desk.sheet.hasFocus(), "where a paste can follow"


def test_the_meetings_of_the_profile_take_photos(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    desk.show(PROFILE)
    opening, closing = desk.space.tabs.profile.findChildren(EvidenceStrip)
    drop(opening, files_of([photo(tmp_path, "签到表.jpg")]))
    drop(closing, files_of([photo(tmp_path, "末次会议.jpg", 1)]))
    wait_until_added(desk, qtbot)
    found = {row.name: (row.subject_kind, row.subject) for row in desk.stored.evidence}
    meeting = EvidenceSubject.MEETING
    assert found == {"签到表.jpg": (meeting, "opening"), "末次会议.jpg": (meeting, "closing")}
    assert len(opening._list.rows) == 1


# What does not go in.


@pytest.mark.long
def test_the_same_photo_twice_is_told_and_kept_once(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    path = photo(tmp_path, "a.jpg")
    add_photos(desk, qtbot, [path])
    assert "a.jpg" not in visible_text(strip)
    add_photos(desk, qtbot, [path, photo(tmp_path, "b.jpg", 1)])
    assert names(desk) == ["a.jpg", "b.jpg"]
    assert "a.jpg" in visible_text(strip)
    desk.select("D5")
    add_photos(desk, qtbot, [path])
    assert names(desk) == ["a.jpg", "b.jpg", "a.jpg"], "at another document it is evidence of its own"


def test_each_refused_file_is_named_until_the_auditor_has_read_it(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    bad = tmp_path / "空文件.jpg"
    bad.touch()
    gone = tmp_path / "卡上没有.jpg"
    add_photos(desk, qtbot, [photo(tmp_path, "a.jpg"), bad, gone, photo(tmp_path, "b.jpg", 1)])
    assert names(desk) == ["a.jpg", "b.jpg"]
    told = visible_text(strip)
    assert "空文件.jpg" in told
    assert "卡上没有.jpg" in told
    desk.select("D5")
    assert "空文件.jpg" not in visible_text(strip), "said where it belongs, and nowhere else"
    desk.select(DOCUMENT)
    assert "空文件.jpg" in visible_text(strip)
    desk.click(strip._dismiss)
    assert "空文件.jpg" not in visible_text(strip)


# Meanwhile.


def test_photos_reach_their_document_though_another_is_selected_meanwhile(
    desk: Desk, strip: EvidenceStrip, hold: Hold, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(strip, files_of(photos(tmp_path, 3)))
    hold.let(1)
    qtbot.waitUntil(lambda: len(names(desk)) == 1)
    desk.select("D5")
    assert rows_here(desk) == []
    hold.let(2)
    wait_until_added(desk, qtbot)
    assert {row.subject for row in desk.stored.evidence} == {DOCUMENT}
    assert rows_here(desk) == []
    assert "3" in desk.status
    desk.select(DOCUMENT)
    assert len(rows_here(desk)) == 3


@pytest.mark.long
def test_photos_reach_their_audit_though_another_is_opened_meanwhile(
    desk: Desk, strip: EvidenceStrip, hold: Hold, tmp_path: Path, qtbot: QtBot
) -> None:
    first = desk.audit.id
    drop(strip, files_of(photos(tmp_path, 3)))
    hold.let(1)
    qtbot.waitUntil(lambda: len(names(desk)) == 1)
    desk.new_audit()
    hold.let(2)
    wait_until_added(desk, qtbot)
    assert desk.stored.evidence == ()
    assert len(desk.stored_audit(first).evidence) == 3
    desk.switch_to(first)
    desk.show(CHECKLIST)
    desk.select(DOCUMENT)
    assert len(rows_here(desk)) == 3
    desk.undo()
    assert names(desk) == []


@pytest.mark.long
def test_photos_arrive_though_the_window_changes_its_look_meanwhile(
    desk: Desk, strip: EvidenceStrip, hold: Hold, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(strip, files_of(photos(tmp_path, 2)))
    desk.bench._change_look("dark", "zh")
    settle()
    hold.let(2)
    wait_until_added(desk, qtbot)
    desk.bench._change_look("light", "zh")
    settle()
    assert len(desk.stored.evidence) == 2


def test_how_far_it_is_can_be_seen_and_the_rest_left_out(
    desk: Desk, strip: EvidenceStrip, hold: Hold, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(strip, files_of(photos(tmp_path, 6)))
    hold.let(2)
    qtbot.waitUntil(lambda: "3" in visible_text(strip) and "6" in visible_text(strip))
    desk.click(strip._cancel)
    hold.let(1)
    wait_until_added(desk, qtbot)
    assert names(desk) == ["IMG_2031.jpg", "IMG_2032.jpg", "IMG_2033.jpg"], "the third was at hand"
    assert "3" in visible_text(strip)
    assert desk.stored


@pytest.fixture
def own(sit: Sit) -> Desk:
    """Give a window with a library of its own, on a document."""
    desk = sit()
    desk.show(CHECKLIST)
    desk.select(DOCUMENT)
    return desk


@pytest.mark.long
def test_the_window_asks_before_it_closes_while_photos_are_on_their_way(
    own: Desk, hold: Hold, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(strip_of(own), files_of(photos(tmp_path, 2)))
    own.press(Key.Key_Q, CONTROL)
    own.take_keyboard()
    assert len(own.told) == 1
    assert own.window.isVisible()
    hold.let(2)
    wait_until_added(own, qtbot)
    assert len(own.stored.evidence) == 2
    own.close()


@pytest.mark.long
def test_closing_all_the_same_keeps_what_was_added_and_waits_for_no_more_than_one(
    own: Desk, hold: Hold, tmp_path: Path, qtbot: QtBot
) -> None:
    audit_id = own.audit.id
    drop(strip_of(own), files_of(photos(tmp_path, 30)))
    hold.let(4)
    qtbot.waitUntil(lambda: len(names(own)) == 4)
    reported = names(own)
    own.attendant._timer.stop()

    def leave_them_out() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        (leave,) = [b for b in box.buttons() if box.buttonRole(b) is QMessageBox.ButtonRole.DestructiveRole]
        QTest.mouseClick(leave, Qt.MouseButton.LeftButton)

    QTimer.singleShot(20, leave_them_out)
    assert own.window.close()
    hold.let(1_000)
    own.bench.close()
    stored = [row.name for row in read_anew(own.folder, audit_id).evidence]
    assert stored == [*reported, "IMG_2035.jpg"], "the one at hand was waited for, the others were not tried"


# What is there.


@pytest.mark.long
def test_undo_takes_a_whole_drop_away_and_redo_brings_it_back(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    before = desk.facts
    add_photos(desk, qtbot, photos(tmp_path, 11))
    after = desk.facts
    desk.undo()
    assert desk.facts == before
    assert rows_here(desk) == []
    desk.redo()
    assert desk.facts == after
    assert len(rows_here(desk)) == 11
    assert all(desk.bench.evidence.holds(row.sha256) for row in desk.stored.evidence)


def test_delete_removes_the_chosen_tiles_and_undo_brings_them_back_to_their_place(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    add_photos(desk, qtbot, photos(tmp_path, 4))
    added = names(desk)
    stand_on(desk, strip, 1)
    desk.press(Key.Key_Right, SHIFT)
    desk.press(Key.Key_Delete)
    assert names(desk) == [added[0], added[3]]
    assert len(desk.stored.evidence) == 2
    assert desk.status
    desk.undo()
    assert names(desk) == added
    assert [row.name for row in rows_here(desk)] == added


def test_everything_can_be_chosen_and_removed_in_one_step(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    add_photos(desk, qtbot, photos(tmp_path, 5))
    stand_on(desk, strip, 0)
    desk.press(Key.Key_A, CONTROL)
    desk.press(Key.Key_Delete)
    assert desk.stored.evidence == ()
    desk.undo()
    assert len(desk.stored.evidence) == 5


@pytest.mark.long
def test_the_arrow_keys_walk_the_tiles(desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot) -> None:
    add_photos(desk, qtbot, photos(tmp_path, 3))
    stand_on(desk, strip, 0)
    desk.press(Key.Key_Right)
    assert strip.view.currentIndex().row() == 1
    desk.press(Key.Key_Left)
    assert strip.view.currentIndex().row() == 0
    desk.press(Key.Key_Delete)
    assert names(desk) == ["IMG_2032.jpg", "IMG_2033.jpg"]


@pytest.mark.long
def test_only_tiles_in_sight_get_thumbnails(desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot) -> None:
    add_photos(desk, qtbot, photos(tmp_path, 24))
    thumbnails, view = desk.bench.evidence.thumbnails, strip.view
    made = [row.sha256 for row in rows_here(desk) if thumbnails.image(row.sha256) is not None]
    qtbot.waitUntil(lambda: thumbnails.image(rows_here(desk)[0].sha256) is not None)
    assert view.verticalScrollBar().maximum() > 0, f"no more than {MOST_ROWS} rows are shown at once"
    last = rows_here(desk)[-1].sha256
    assert last not in made
    assert thumbnails.image(last) is None
    view.scrollToBottom()
    qtbot.waitUntil(lambda: thumbnails.image(last) is not None)


@pytest.mark.long
def test_the_wheel_scrolls_the_tiles_and_changes_nothing(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    add_photos(desk, qtbot, photos(tmp_path, 24))
    before = desk.facts
    place = QPointF(30, 30)
    wheel = QWheelEvent(
        *(place, strip.view.viewport().mapToGlobal(place), QPoint(), QPoint(0, -360)),
        *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
    )
    QApplication.sendEvent(strip.view.viewport(), wheel)
    settle()
    assert strip.view.verticalScrollBar().value() > 0
    assert desk.facts == before


# The caption.


def caption_of(desk: Desk) -> str:
    return desk.stored.evidence[0].caption


def go_to_caption(desk: Desk, strip: EvidenceStrip) -> None:
    stand_on(desk, strip, 0)
    desk.press(Key.Key_F2)
    assert isinstance(QApplication.focusWidget(), QLineEdit)


WAYS: dict[str, Callable[[Desk, EvidenceStrip], None]] = {
    "back to the tiles": lambda desk, _strip: desk.press(Key.Key_Return),
    "to the sheet": lambda desk, _strip: desk.press(Key.Key_Escape),
    "to another tile": lambda desk, strip: stand_on(desk, strip, 1),
    "to another document": lambda desk, _strip: desk.select("D5"),
    "to another tab": lambda desk, _strip: desk.show(REPORT),
    "nowhere for a while": lambda _desk, _strip: let_pass(PAUSE_MS + 30),
}


@pytest.mark.parametrize("leave", WAYS.values(), ids=WAYS.keys())
def test_a_caption_is_stored_when_the_auditor_turns(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot, leave: Callable[[Desk, EvidenceStrip], None]
) -> None:
    add_photos(desk, qtbot, photos(tmp_path, 2))
    go_to_caption(desk, strip)
    desk.type("3 号货架无标签")
    leave(desk, strip)
    assert caption_of(desk) == "3 号货架无标签"
    assert desk.stored.evidence[1].caption == ""


def test_a_caption_is_stored_when_another_audit_is_opened(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    add_photos(desk, qtbot, photos(tmp_path, 1))
    first = desk.audit.id
    go_to_caption(desk, strip)
    desk.type("铭牌")
    desk.new_audit()
    assert desk.stored_audit(first).evidence[0].caption == "铭牌"


def test_one_visit_to_a_caption_is_one_undo_step(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    add_photos(desk, qtbot, photos(tmp_path, 1))
    go_to_caption(desk, strip)
    desk.type("铭牌")
    desk.pause()
    desk.type("不清")
    desk.press(Key.Key_Return)
    assert caption_of(desk) == "铭牌不清"
    desk.undo()
    assert caption_of(desk) == ""
    desk.undo()
    assert names(desk) == [], "and the photo went with the step before"
    assert not strip._caption.isVisible()


@pytest.mark.long
def test_a_photo_that_undo_takes_while_it_is_captioned_leaves_the_keyboard_to_the_tiles(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    add_photos(desk, qtbot, photos(tmp_path, 1))
    go_to_caption(desk, strip)
    desk.undo()
    assert desk.stored.evidence == ()
    assert strip.view.hasFocus()


def test_a_caption_of_evidence_that_goes_goes_with_it(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    add_photos(desk, qtbot, photos(tmp_path, 1))
    go_to_caption(desk, strip)
    desk.type("铭牌")
    session = desk.bench.session
    session.flush()
    ((row_id, row),) = session.audit.of(Kind.EVIDENCE).items()
    stand_on(desk, strip, 0)
    desk.press(Key.Key_Delete)
    assert names(desk) == []
    assert session.flush()
    desk.undo()
    assert session.audit.of(Kind.EVIDENCE) == {row_id: row}


# Out.


class Opener(QObject):
    """Take the place of the programs of the system."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


@pytest.fixture
def opener() -> Iterator[Opener]:
    """Give what opens files instead of the programs of the system."""
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "open")  # type: ignore[arg-type]
    yield opener
    QDesktopServices.unsetUrlHandler("file")


def pick_from_menu(desk: Desk, strip: EvidenceStrip, place: int, word: str) -> None:
    """Right-click a tile and pick from its menu."""
    viewport = strip.view.viewport()
    at = strip.view.visualRect(strip._list.index(place)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, viewport.mapToGlobal(at))
    with desk.menu(strip.tr(word)):
        QApplication.sendEvent(viewport, event)


def test_a_file_is_opened_as_a_copy_that_is_not_the_stored_one(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, opener: Opener, qtbot: QtBot
) -> None:
    path = tmp_path / "服务手册.pdf"
    path.write_bytes(b"%PDF-1.7 content")
    add_photos(desk, qtbot, [path])
    stand_on(desk, strip, 0)
    desk.press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(opener.opened) == 1)
    stored = desk.bench.evidence.path(rows_here(desk)[0].sha256)
    assert opener.opened[0].suffix == ".pdf"
    assert opener.opened[0].read_bytes() == stored.read_bytes()
    opener.opened[0].write_bytes(b"changed by its program")
    assert stored.read_bytes() == b"%PDF-1.7 content"


def test_a_program_among_the_evidence_is_not_run(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, opener: Opener, qtbot: QtBot
) -> None:
    path = tmp_path / "发票.pdf.exe"
    path.write_bytes(b"MZ")
    add_photos(desk, qtbot, [path])
    stand_on(desk, strip, 0)
    desk.press(Key.Key_Return)
    let_pass(50)
    assert opener.opened == []
    assert "发票.pdf.exe" in desk.status


def test_a_copy_is_saved_where_the_auditor_wants_it(
    desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    path = photo(tmp_path, "a.jpg")
    add_photos(desk, qtbot, [path])
    desk.answer_file_dialog(tmp_path / "copy.jpg")
    pick_from_menu(desk, strip, 0, "Save a copy as …")
    qtbot.waitUntil(lambda: (tmp_path / "copy.jpg").exists())
    assert (tmp_path / "copy.jpg").read_bytes() == path.read_bytes()
    qtbot.waitUntil(lambda: "copy.jpg" in desk.status)


def test_the_menu_removes_what_it_was_opened_on(desk: Desk, strip: EvidenceStrip, tmp_path: Path, qtbot: QtBot) -> None:
    add_photos(desk, qtbot, photos(tmp_path, 3))
    stand_on(desk, strip, 0)
    pick_from_menu(desk, strip, 1, "Remove")
    assert names(desk) == ["IMG_2031.jpg", "IMG_2033.jpg"]
