"""The list of audits: found by words, read as it is scrolled, its scores filled in without holding anything up."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from auditor_app import files
from auditor_app.models.audit import Kind, only_row
from auditor_app.models.ids import AuditId, new_id
from auditor_app.storage.library import Library
from auditor_app.ui.audit_rail import SEARCH_MS
from auditor_app.ui.seal_banner import SealBanner
from auditor_app.ui.tables.audit_list import PAGE
from tests.ui.conftest import Sit
from tests.ui.desk import CONTROL, Desk, Key, let_pass, one, settle, text_of, visible_text

pytestmark = pytest.mark.long

MORE = PAGE + 5


@pytest.fixture
def many(sit: Sit) -> Desk:
    """Give a desk with more audits than one page of the list."""
    desk = sit()
    standard, audit = files.read_audit(files.SAMPLE)
    with closing(Library(desk.folder, "")) as library:
        for number in range(MORE):
            head = {only_row(Kind.AUDIT): replace(audit.info, number=f"T-{number:03d}")}
            name = "华东电梯" if number % 10 == 0 else "华北水泵"
            company = {only_row(Kind.COMPANY): replace(audit.company, name=f"{name} {number}")}
            rows = {**audit.rows, Kind.AUDIT: head, Kind.COMPANY: company}
            library.add(replace(audit, id=AuditId(new_id()), rows=rows), standard)
    desk.space.rail.reset()
    settle()
    return desk


def names(desk: Desk) -> list[str]:
    """Return what the list shows."""
    model = desk.space.rail.view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def look_for(desk: Desk, words: str) -> None:
    """Type into the search and wait until the list has followed."""
    desk.press(Key.Key_K, CONTROL)
    desk.type(words)
    let_pass(SEARCH_MS * 2)


def test_audits_are_found_while_typing_and_opened_by_enter(many: Desk) -> None:
    look_for(many, "电梯")
    assert names(many) == [f"华东电梯 {number}" for number in (60, 50, 40, 30, 20, 10, 0)]
    assert "找到 · 7" in visible_text(many.space.rail)
    many.press(Key.Key_Return)
    assert many.audit.company.name == "华东电梯 60"
    many.press(Key.Key_Escape)
    let_pass(SEARCH_MS * 2)
    assert f"审核 · {MORE + 1}" in visible_text(many.space.rail)


def test_the_arrow_goes_on_to_what_was_found(many: Desk) -> None:
    look_for(many, "电梯")
    many.press(Key.Key_Down)
    many.press(Key.Key_Down)
    many.press(Key.Key_Return)
    assert many.audit.company.name == "华东电梯 50"


def test_words_that_no_audit_has_are_told(many: Desk) -> None:
    before = many.audit.id
    look_for(many, "没有这家")
    assert names(many) == []
    assert "没有符合的审核。" in visible_text(many.space.rail)
    many.press(Key.Key_Return)
    assert many.audit.id == before


def test_the_whole_list_is_reached_by_scrolling(many: Desk) -> None:
    assert len(names(many)) == PAGE
    bar = many.space.rail.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    settle()
    assert len(names(many)) == MORE + 1
    assert len(set(names(many))) == MORE + 1


def test_a_new_audit_is_seen_though_the_list_was_searched(many: Desk) -> None:
    look_for(many, "电梯")
    many.new_audit()
    assert many.space.rail.search.text() == ""
    assert many.space.rail.view.currentIndex().row() == 0


def test_the_search_takes_the_place_of_the_board(many: Desk) -> None:
    many.press(Key.Key_B, CONTROL)
    assert not many.space.rail.isVisible()
    many.press(Key.Key_K, CONTROL)
    assert many.space.rail.isVisible()
    assert many.space.rail.search.hasFocus()


def test_scores_follow_once_the_list_is_painted(many: Desk) -> None:
    model = many.space.rail._model
    summary = model._summaries[1]
    for _ in range(100):
        let_pass(50)
        if model.second_line(summary).startswith("五星级 98.06"):
            return
    raise AssertionError("no score")


def look_again(desk: Desk) -> None:
    """Go to another window and come back."""
    other = QWidget()
    other.show()
    assert QTest.qWaitForWindowActive(other)
    other.close()
    other.deleteLater()
    desk.take_keyboard()
    let_pass(50)


def told(desk: Desk, row: int) -> tuple[str, str]:
    """Return what a line says under the mouse, and to who cannot see it."""
    index = desk.space.rail.view.model().index(row, 0)
    return str(index.data(Qt.ItemDataRole.ToolTipRole)), str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def test_the_list_says_which_audits_are_finalised(sit: Sit) -> None:
    desk = sit()
    session = desk.bench.session
    sample = session.audit.id
    desk.new_audit()
    assert not any("已定稿" in text for row in (0, 1) for text in told(desk, row))
    desk.switch_to(sample)
    session.finalise()
    desk.new_audit()
    for text in told(desk, 2):
        assert text.count("已定稿") == 1
    assert "五星级 98.06" in told(desk, 2)[1]
    assert not any("已定稿" in text for row in (0, 1) for text in told(desk, row))
    desk.switch_to(sample)
    session.reopen("漏了一项")
    assert not any("已定稿" in text for text in told(desk, 2))


def test_an_audit_that_a_command_finalised_is_marked_once_the_window_is_looked_at(sit: Sit) -> None:
    desk = sit()
    sample = desk.audit
    desk.new_audit()
    with closing(Library(desk.folder, "")) as library:
        library.finalise(sample)
    desk.space.rail.reset()
    assert "已定稿" in told(desk, 1)[0]


def test_the_open_audit_is_read_again_when_a_command_finalised_or_reopened_it(sit: Sit) -> None:
    desk = sit()
    editor = desk.editor(Kind.COMPANY, "name")
    assert isinstance(editor, QLineEdit)
    desk.fill(Kind.COMPANY, "name", "东方泵业")
    with closing(Library(desk.folder, "")) as library:
        library.finalise(desk.audit)
        look_again(desk)
        assert "已定稿" in told(desk, 0)[0]
        assert one(desk.space, SealBanner).isVisible()
        assert editor.isReadOnly()
        assert not desk.bench.session.undo_group.canUndo()
        library.reopen(desk.audit.id, "漏了一项")
    look_again(desk)
    assert "已定稿" not in told(desk, 0)[0]
    assert not editor.isReadOnly()
    assert desk.told == []


def test_what_cannot_be_stored_stays_where_it_was_typed_though_a_command_finalised_the_audit(sit: Sit) -> None:
    desk = sit()
    desk.enter(Kind.COMPANY, "employees")
    desk.type("many")
    with closing(Library(desk.folder, "")) as library:
        library.finalise(desk.audit)
    look_again(desk)
    assert "many" in text_of(desk.editor(Kind.COMPANY, "employees"))


def test_nothing_is_read_again_while_the_open_audit_is_as_it_was(sit: Sit) -> None:
    desk = sit()
    opened: list[None] = []
    desk.bench.session.opened.connect(lambda: opened.append(None))
    look_again(desk)
    desk.bench.session.finalise()
    look_again(desk)
    assert len(opened) == 1


def test_the_badge_is_painted_beside_score_and_name(sit: Sit) -> None:
    desk = sit()
    view = desk.space.rail.view

    def painted() -> tuple[QImage, QImage]:
        settle()
        line = view.visualRect(view.model().index(0, 0))
        picture = view.viewport().grab(line).toImage()
        middle = picture.height() // 2 - 4
        return picture.copy(0, 0, picture.width(), middle), picture.copy(0, middle, picture.width(), middle)

    above, below = painted()
    desk.bench.session.finalise()
    assert painted()[0] == above
    assert painted()[1] != below
