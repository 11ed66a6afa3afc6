"""The auditor sees the rows that matter: filters, words to find, columns to leave out, and what they add up to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from auditor_app.models.audit import Kind
from auditor_app.models.enums import Verdict
from auditor_app.models.filters import Filter
from auditor_app.models.ids import Clause
from auditor_app.ui.auditor import AUDITOR_SETTING
from auditor_app.ui.keys_dialog import KeysDialog
from auditor_app.ui.pills import pill_width
from auditor_app.ui.sheet_filter import FIND_PAUSE_MS
from auditor_app.ui.tables.finding_table import SITE
from auditor_app.ui.tables.indicator_tree import COUNTS, EARNED, NOTE, POINTS
from auditor_app.ui.tables.sheet_model import PILL_ROLE, SheetModel
from auditor_app.ui.tables.sheet_view import SheetView
from tests.ui.conftest import Sit
from tests.ui.desk import (
    CHECKLIST,
    CONTROL,
    FINDINGS,
    NO_MODIFIER,
    PROFILE,
    SHEET,
    Desk,
    Key,
    let_pass,
    one,
    settle,
    visible_text,
)


@pytest.fixture
def sheet(desk: Desk) -> Desk:
    """Give the sample audit with its scoring sheet."""
    desk.show(SHEET)
    return desk


def shown(desk: Desk) -> list[str]:
    """Return the rows that can be seen, headings left out."""
    view, model = desk.sheet, desk.space.tabs.scoring._model
    found = []
    for key in model.row_keys():
        index = model.index_of(key)
        hidden = view.isRowHidden(index.row(), index.parent())
        above = index.parent()
        while above.isValid():
            hidden = hidden or view.isRowHidden(above.row(), above.parent())
            above = above.parent()
        if not hidden and not model.hasChildren(index):
            found.append(key)
    return found


def find(desk: Desk, text: str) -> None:
    desk.press(Key.Key_Slash)
    desk.type(text)
    let_pass(FIND_PAUSE_MS + 20)


def choose(desk: Desk, word: str) -> None:
    """Click a filter by how its name begins."""
    desk.click(one(desk.space.tabs.scoring.filter, QPushButton, lambda pill: pill.text().startswith(word)))


def test_every_filter_says_how_many_rows_it_shows(sheet: Desk) -> None:
    words = visible_text(sheet.space.tabs.scoring.filter)
    for word in ("全部 44", "未评 0", "失分 ", "抽样 ", "删减 1", "有发现 ", "无证据 ", "我的 0"):
        assert word in words


def test_a_filter_shows_exactly_the_rows_that_lost_points(sheet: Desk) -> None:
    choose(sheet, "失分")
    model, view = sheet.space.tabs.scoring._model, sheet.sheet
    lost = [c for c in shown(sheet) if c != view.current_key()]
    assert lost
    for clause in lost:
        assert model.index_of(clause, EARNED).data() != model.index_of(clause, POINTS).data()
    choose(sheet, "全部")
    assert len(shown(sheet)) == 46  # 44 indicators, special deductions and the bonus.


def test_what_is_shown_adds_up_below_the_sheet(sheet: Desk) -> None:
    choose(sheet, "删减")
    assert "1 项" in visible_text(sheet.space.tabs.scoring)
    choose(sheet, "全部")
    assert "44 项 · 适用分值 98 · 得分 96.1 · 失分 1.9 · 未评 0 · 删减 2" in visible_text(sheet.space.tabs.scoring)


def test_a_row_judged_under_the_filter_of_unjudged_ones_stays_until_the_next(blank: Desk) -> None:
    blank.show(SHEET)
    choose(blank, "未评")
    blank.sheet.setFocus()
    first = blank.sheet.current_key()
    blank.press(Key.Key_1)
    assert first in shown(blank)
    blank.press(Key.Key_Return)
    assert first not in shown(blank)
    assert len(shown(blank)) == 43
    assert blank.sheet.current_key() == shown(blank)[0]


@pytest.mark.long
def test_words_are_found_as_they_are_typed_and_escape_shows_everything_again(sheet: Desk) -> None:
    find(sheet, "5.2.6.")
    assert set(shown(sheet)) <= {"5.2.6.1", "5.2.6.2", sheet.sheet.current_key()}
    sheet.press(Key.Key_Return)
    assert sheet.sheet.hasFocus()
    assert sheet.sheet.current_key() == "5.2.6.1"
    sheet.press(Key.Key_Slash)
    sheet.press(Key.Key_Escape)
    assert sheet.sheet.hasFocus()
    settle()
    assert len(shown(sheet)) == 46


@pytest.mark.long
def test_the_window_key_for_finding_goes_to_the_sheet_from_any_tab(sheet: Desk) -> None:
    sheet.show(PROFILE)
    sheet.press(Key.Key_F, CONTROL)
    assert sheet.space.tabs.currentWidget() is sheet.space.tabs.scoring
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_chinese_words_from_an_input_method_are_found(sheet: Desk) -> None:
    find(sheet, "服务热线")
    assert "5.3.1.1" in shown(sheet)
    assert len(shown(sheet)) < 10


@pytest.mark.long
def test_my_clauses_are_those_the_team_table_gives_me(sit: Sit) -> None:
    desk = sit()
    desk.show(SHEET)
    choose(desk, "我的")
    assert "团队" in desk.status or "组" in desk.status
    leader = desk.audit.team[0].name
    desk.bench.session.set_setting(AUDITOR_SETTING, leader)
    desk.show(PROFILE)
    table = desk.table(Kind.TEAM)
    desk.double_click(table, table.model().index(0, 3))
    desk.press(Key.Key_A, CONTROL)
    desk.type("5.1.1 5.3.2.4")
    desk.press(Key.Key_Return)
    assert desk.stored.team[0].clauses == ("5.1.1", "5.3.2.4")
    desk.show(SHEET)
    choose(desk, "我的")
    assert set(shown(desk)) - {desk.sheet.current_key()} <= {"5.1.1.1", "5.1.1.2", "5.3.2.4"}
    assert "我的 3" in visible_text(desk.space.tabs.scoring.filter)


def test_a_clause_that_is_none_is_refused_in_the_team_table(desk: Desk) -> None:
    table = desk.table(Kind.TEAM)
    before = desk.stored
    desk.double_click(table, table.model().index(0, 3))
    desk.type("5.9.9")
    desk.press(Key.Key_Return)
    assert desk.stored == before
    assert "5.9.9" in visible_text(desk.card(Kind.TEAM))


@pytest.mark.long
def test_a_jump_to_a_row_that_is_filtered_out_shows_everything_again(sheet: Desk) -> None:
    choose(sheet, "删减")
    sheet.space.tabs.scoring.go_to("5.1.1.1")
    assert sheet.sheet.current_key() == "5.1.1.1"
    assert len(shown(sheet)) == 46


def test_rows_that_lost_points_have_the_colour_of_it_and_say_it_in_words(blank: Desk) -> None:
    blank.show(SHEET)
    model = blank.space.tabs.scoring._model
    for clause, keys, tint in (("5.1.1.1", (Key.Key_2,), "not_met"), ("5.1.2.2", (Key.Key_1,), "")):
        blank.select(clause)
        for key in keys:
            blank.press(key)
        assert model.tint(model.node(model.index_of(clause))) == tint
    blank.select("5.1.1.2")
    blank.press(Key.Key_3)
    blank.type("4/1")
    blank.press(Key.Key_Return)
    assert model.tint(model.node(model.index_of("5.1.1.2"))) == "sampled"
    assert blank.cell("5.1.1.2", COUNTS) == "4 / 1"


@pytest.mark.long
def test_a_column_left_out_stays_out_the_next_time(sit: Sit) -> None:
    first = sit()
    first.show(SHEET)
    header = first.sheet.header()
    with first.menu(first.space.tabs.scoring._model.columns[COUNTS].header):
        place = QPoint(header.sectionPosition(COUNTS) + 5, 5)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, header.viewport().mapToGlobal(place))
        QApplication.sendEvent(header.viewport(), event)
    assert first.sheet.isColumnHidden(COUNTS)
    again = sit(first.folder)
    again.show(SHEET)
    assert again.sheet.isColumnHidden(COUNTS)
    assert not again.sheet.isColumnHidden(NOTE)


@pytest.mark.long
def test_columns_are_left_out_without_a_mouse_too(sit: Sit) -> None:
    desk = sit()
    desk.show(FINDINGS)
    column = desk.space.tabs.findings._model.columns[SITE]
    with desk.menu(column.header):
        reason = QContextMenuEvent.Reason.Keyboard
        QApplication.sendEvent(desk.sheet.viewport(), QContextMenuEvent(reason, QPoint(9, 9), QPoint(9, 9)))
    assert desk.sheet.isColumnHidden(SITE)


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_columns_of_every_sheet_fit_whatever_room_is_left(sit: Sit, language: str) -> None:
    desk = sit(language=language)
    for width in (1180, 1366, 1180):
        desk.window.resize(width, 768)
        for _ in range(2):
            desk.press(Key.Key_B, CONTROL)
            for tab in (SHEET, FINDINGS, CHECKLIST):
                desk.show(tab)
                settle()
                assert desk.sheet.horizontalScrollBar().maximum() == 0, (width, tab)
                assert sum(map(desk.sheet.columnWidth, range(desk.sheet.header().count()))) >= width // 3
                assert pills_fit(desk.sheet)


def pills_fit(view: SheetView) -> bool:
    """Say whether every state is as wide as its column at most."""
    model = view.model()
    assert isinstance(model, SheetModel)
    indexes = [model.index_of(key, place) for key in model.row_keys() for place in range(len(model.columns))]
    pills = [(index.column(), index.data(PILL_ROLE)) for index in indexes]
    return all(pill_width(pill) + 10 < view.columnWidth(column) for column, pill in pills if pill is not None)


@pytest.mark.long
def test_a_column_that_was_dragged_keeps_its_width(sit: Sit) -> None:
    desk = sit()
    desk.show(SHEET)
    header, handle = desk.sheet.header(), desk.window.windowHandle()
    before = header.sectionSize(1)
    edge = header.viewport().mapTo(desk.window, QPoint(header.sectionPosition(2) - 1, header.height() // 2))
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, NO_MODIFIER, edge)
    QTest.mouseMove(handle, edge + QPoint(30, 0))
    settle()
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, NO_MODIFIER, edge + QPoint(30, 0))
    assert header.sectionSize(1) == before + 30
    desk.window.resize(1500, 768)
    settle()
    assert header.sectionSize(1) == before + 30


def test_a_search_that_finds_nothing_says_so(sheet: Desk) -> None:
    find(sheet, "没有这样的指标")
    assert "没有符合条件的指标" in visible_text(sheet.space.tabs.scoring)


def test_what_one_key_moves_to_is_what_the_next_key_judges(blank: Desk) -> None:
    blank.show(SHEET)
    blank.select("5.1.3.3")
    for key in (Key.Key_Down, Key.Key_Up, Key.Key_End, Key.Key_Home, Key.Key_PageDown):
        blank.press(key, CONTROL)
        rows = blank.sheet.selectionModel().selectedRows()
        assert [row.row() for row in rows] == [blank.sheet.currentIndex().row()]
        assert [blank.space.tabs.scoring._model.node(row).key for row in rows] == [blank.sheet.current_key()]


def test_enter_on_a_heading_goes_to_the_first_unjudged_row_under_it(blank: Desk) -> None:
    blank.show(SHEET)
    blank.select("5.2.4")
    blank.press(Key.Key_Return)
    assert blank.sheet.current_key() == "5.2.4.1"


def test_another_row_is_shown_from_its_title(desk: Desk) -> None:
    desk.show(SHEET)
    desk.select("5.1.1.1")
    desk.press(Key.Key_N)
    settle()
    desk.press(Key.Key_Escape)
    desk.press(Key.Key_Down)
    settle()
    assert not desk.space.tabs.scoring._indicator_panel._title.visibleRegion().isEmpty()


@pytest.mark.long
def test_who_i_am_chosen_in_the_settings_shows_my_clauses_at_once(sit: Sit) -> None:
    desk = sit()
    desk.show(SHEET)
    assert "我的 0" in visible_text(desk.space.tabs.scoring.filter)
    desk.space._show_settings()
    dialog = one(desk.space, KeysDialog)
    desk.bench.session.set_setting(AUDITOR_SETTING, "周明")
    dialog.auditor_changed.emit()
    dialog.close()
    assert "我的 18" in visible_text(desk.space.tabs.scoring.filter)


# What nobody sees gets no verdict.


def test_a_filter_that_shows_nothing_says_so_and_shows_everything_again(sheet: Desk) -> None:
    sheet.select("5.1.1.1")
    before = sheet.facts
    choose(sheet, "未评")
    assert shown(sheet) == []
    assert "没有符合条件的指标" in visible_text(sheet.space.tabs.scoring)
    for key in (Key.Key_2, Key.Key_0, Key.Key_Delete, Key.Key_N, Key.Key_Space):
        sheet.press(key)
    assert sheet.facts == before
    sheet.click(sheet.button("显示全部"))
    assert len(shown(sheet)) == 46
    assert sheet.sheet.hasFocus()
    assert sheet.sheet.current_key() == "5.1.1.1"


def test_words_that_find_nothing_keep_the_cursor(sheet: Desk) -> None:
    sheet.select("5.1.1.1")
    before = sheet.facts
    find(sheet, "qqq")
    sheet.press(Key.Key_Return)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    sheet.press(Key.Key_2)
    assert sheet.facts == before
    sheet.press(Key.Key_Escape)
    assert sheet.sheet.hasFocus()
    assert sheet.sheet.current_key() == "5.1.1.1"


def test_a_click_on_a_filter_selects_a_row_of_it_and_leaves_the_keys_to_the_sheet(sheet: Desk) -> None:
    sheet.select("5.1.1.1")
    choose(sheet, "删减")
    assert sheet.sheet.hasFocus()
    assert [sheet.sheet.current_key()] == shown(sheet) == ["5.2.2.2"]


@pytest.mark.long
def test_selected_rows_that_a_filter_hides_are_selected_no_more(blank: Desk) -> None:
    blank.show(SHEET)
    blank.select("5.1.1.1")
    blank.press(Key.Key_1)
    blank.select("5.1.1.1")
    for _ in range(2):
        blank.press(Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    choose(blank, "未评")
    blank.press(Key.Key_2)
    assert blank.stored.assessment(Clause("5.1.1.1")).verdict is Verdict.MET


def test_a_row_stays_while_its_note_is_written_under_a_filter(blank: Desk) -> None:
    blank.show(SHEET)
    choose(blank, "未评")
    first = blank.sheet.current_key()
    blank.press(Key.Key_1)
    blank.press(Key.Key_N)
    blank.type("x")
    blank.pause()
    assert blank.stored.assessment(Clause(first)).note == "x"
    assert first in shown(blank)


@pytest.mark.long
def test_three_counts_samples_in_the_panel_while_their_column_is_left_out(sit: Sit) -> None:
    desk = sit()
    desk.new_audit()
    desk.show(SHEET)
    desk.sheet._left_out = {COUNTS}
    desk.sheet._fit_columns()
    desk.select("5.2.4.1")
    desk.press(Key.Key_3)
    assert QApplication.focusWidget() is desk.editor(Kind.ASSESSMENT, "checked")
    desk.type("12/1")
    desk.press(Key.Key_Return)
    row = desk.stored.assessment(Clause("5.2.4.1"))
    assert (row.verdict, row.checked, row.failed) == (Verdict.SAMPLED, 12, 1)


@pytest.mark.long
def test_filters_that_find_no_room_are_in_a_menu_and_none_is_cut(sit: Sit) -> None:
    desk = sit(language="en")
    desk.show(SHEET)
    pills = desk.space.tabs.scoring.filter._pills
    for width in (1180, 1366, 1920):
        desk.window.resize(width, 640)
        settle()
        seen = [pill for pill in pills.findChildren(QPushButton) if pill.isVisible()]
        assert all(pill.width() >= pill.sizeHint().width() for pill in seen)
        assert all(pills.rect().contains(pill.geometry()) for pill in seen)
        assert ("More" in visible_text(pills)) == (width < 1366)
    desk.window.resize(1180, 640)
    settle()
    desk.open_menu(one(pills, QPushButton, lambda pill: pill.text() == "More"), "Mine")
    assert pills.chosen is Filter.MINE
    assert "Mine 0" in visible_text(pills)


# Several rows at once.


def test_a_heading_gives_its_verdict_to_what_is_not_judged_under_it_and_one_undo_takes_it_back(blank: Desk) -> None:
    blank.show(SHEET)
    blank.select("5.1.1.1")
    blank.press(Key.Key_2)
    before = blank.facts
    blank.select("5.1.1")
    blank.press(Key.Key_1)
    verdicts = {c: a.verdict for c, a in blank.stored.assessments.items()}
    assert verdicts == {"5.1.1.1": Verdict.NOT_MET, "5.1.1.2": Verdict.MET}
    blank.undo()
    assert blank.facts == before


@pytest.mark.long
def test_selected_rows_get_one_verdict_and_one_undo_takes_it_back(blank: Desk) -> None:
    blank.show(SHEET)
    blank.select("5.2.5.1")
    before = blank.facts
    for _ in range(2):
        blank.press(Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert "已选 3 项" in visible_text(blank.space.tabs.scoring)
    blank.press(Key.Key_2)
    assert {c for c, a in blank.stored.assessments.items() if a.verdict is Verdict.NOT_MET} == {
        *("5.2.5.1", "5.2.5.2", "5.2.5.3"),
    }
    assert "3" in blank.status
    blank.undo()
    assert blank.facts == before


@pytest.mark.long
def test_all_44_rows_get_one_verdict_by_two_keys(blank: Desk) -> None:
    blank.show(SHEET)
    blank.sheet.setFocus()
    before = blank.facts
    blank.press(Key.Key_A, CONTROL)
    blank.press(Key.Key_1)
    assert len(blank.stored.assessments) == 44
    assert "100.00" in blank.score_bar
    blank.undo()
    assert blank.facts == before


def test_several_rows_are_deleted_for_one_reason(blank: Desk) -> None:
    blank.show(SHEET)
    blank.select("5.2.6")
    blank.press(Key.Key_0)
    blank.press(Key.Key_1)
    blank.press(Key.Key_Return)
    rows = [blank.stored.assessment(Clause(clause)) for clause in ("5.2.6.1", "5.2.6.2")]
    assert {row.verdict for row in rows} == {Verdict.DELETED}
    assert rows[0].reason == rows[1].reason != ""


def test_samples_cannot_be_given_to_several_rows_and_that_is_said(blank: Desk) -> None:
    blank.show(SHEET)
    blank.select("5.1.1")
    before = blank.facts
    blank.press(Key.Key_3)
    assert blank.facts == before
    assert blank.status


def test_space_closes_and_opens_a_heading(sheet: Desk) -> None:
    sheet.select("5.1.1.2")
    sheet.press(Key.Key_Space)
    heading = sheet.index("5.1.1", 0)
    assert sheet.sheet.current_key() == "5.1.1"
    assert not sheet.sheet.isExpanded(heading)
    sheet.press(Key.Key_Space)
    assert sheet.sheet.isExpanded(heading)


def test_the_find_field_is_one_line_with_a_name(sheet: Desk) -> None:
    assert one(sheet.space.tabs.scoring.filter, QLineEdit).accessibleName()
