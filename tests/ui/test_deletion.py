"""Before an indicator is deleted the auditor sees what that does to the score, and gives a reason."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from auditor_app.models.audit import Kind
from auditor_app.models.changes import edit
from auditor_app.models.entities import Assessment
from auditor_app.models.enums import Verdict
from auditor_app.models.ids import Clause, RowId
from auditor_app.ui.deletion_card import DeletionCard
from auditor_app.ui.tables.indicator_tree import VERDICT
from auditor_app.ui.verdicts import deleted_verdict
from tests.builders import STANDARD
from tests.ui.desk import CONTROL, SHEET, Desk, Key, one, settle, visible_text

CLAUSE = "5.2.6.1"
REASONS = [reason.zh for reason in STANDARD.deletion_reasons]


@pytest.fixture
def sheet(desk: Desk) -> Desk:
    """Give the sample audit, all judged, with its scoring sheet."""
    desk.show(SHEET)
    return desk


def of(desk: Desk, clause: str = CLAUSE) -> Assessment:
    return desk.stored.assessment(Clause(clause))


def said(desk: Desk) -> str:
    return visible_text(desk.space.tabs.scoring)


def test_the_effect_on_the_total_is_shown_before_anything_is_written(sheet: Desk) -> None:
    before = sheet.facts
    sheet.select(CLAUSE)
    sheet.press(Key.Key_0)
    assert "涉及项总分 98 → 96，得分 98.06 → 98.02" in said(sheet)
    assert sheet.facts == before


def test_a_reason_of_the_list_is_chosen_by_its_number_and_confirmed_with_enter(sheet: Desk) -> None:
    sheet.select(CLAUSE)
    sheet.press(Key.Key_0)
    sheet.press(Key.Key_2)
    assert of(sheet).verdict is not Verdict.DELETED
    sheet.press(Key.Key_Return)
    assert of(sheet) == Assessment(CLAUSE, Verdict.DELETED, reason=REASONS[1], note=of(sheet).note)
    sheet.undo()
    assert of(sheet).verdict is not Verdict.DELETED


def test_arrow_keys_choose_a_reason_and_enter_confirms(sheet: Desk) -> None:
    sheet.select(CLAUSE)
    sheet.press(Key.Key_0)
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Return):
        sheet.press(key)
    assert of(sheet).verdict is Verdict.DELETED
    assert of(sheet).reason == REASONS[1]


def test_a_reason_is_clicked_and_the_button_deletes(sheet: Desk) -> None:
    sheet.select(CLAUSE)
    sheet.press(Key.Key_0)
    reasons = one(sheet.space.tabs.scoring, QListWidget, lambda widget: widget.isVisible())
    sheet.click_cell(reasons, reasons.model().index(0, 0))
    sheet.click(sheet.button("删减该指标"))
    assert of(sheet).reason == REASONS[0]


def test_a_written_reason_waits_however_long_until_it_is_confirmed(sheet: Desk) -> None:
    sheet.select(CLAUSE)
    sheet.press(Key.Key_0)
    sheet.type("商品由顾客自行处置")
    sheet.pause()
    assert of(sheet).verdict is not Verdict.DELETED
    sheet.press(Key.Key_Return)
    assert of(sheet).reason == "商品由顾客自行处置"


def test_a_written_reason_is_not_lost_by_going_to_another_row(sheet: Desk) -> None:
    sheet.select(CLAUSE)
    sheet.press(Key.Key_0)
    sheet.type("商品由顾客自行处置")
    sheet.select("5.1.1.1")
    assert of(sheet).reason == "商品由顾客自行处置"
    assert of(sheet, "5.1.1.1").verdict is Verdict.MET


def test_escape_without_a_reason_deletes_nothing(sheet: Desk) -> None:
    before = sheet.facts
    sheet.select(CLAUSE)
    sheet.press(Key.Key_0)
    sheet.press(Key.Key_Escape)
    assert sheet.facts == before
    assert sheet.sheet.hasFocus()
    assert not one(sheet.space.tabs.scoring._indicator_panel, DeletionCard).is_open


def test_cancel_deletes_nothing(sheet: Desk) -> None:
    before = sheet.facts
    sheet.select(CLAUSE)
    sheet.press(Key.Key_0)
    sheet.press(Key.Key_1)
    sheet.click(sheet.button("取消"))
    assert sheet.facts == before


def test_escape_deletes_nothing_even_with_a_reason_chosen(sheet: Desk) -> None:
    before = sheet.facts
    sheet.select(CLAUSE)
    sheet.press(Key.Key_0)
    sheet.press(Key.Key_2)
    sheet.press(Key.Key_Escape)
    assert sheet.facts == before
    assert sheet.sheet.hasFocus()
    assert "涉及项总分" not in said(sheet)


def verdict_button(desk: Desk, verdict: Verdict) -> QPushButton:
    """Return the button of a verdict in the panel that is shown."""
    tab = desk.space.tabs.scoring
    return one(tab, QPushButton, lambda b: b.isVisible() and b.property("meaning") == verdict.value)


def test_pressing_deleted_again_keeps_the_reason_that_is_being_written(sheet: Desk) -> None:
    sheet.select(CLAUSE)
    sheet.press(Key.Key_0)
    sheet.type("商品由顾客")
    sheet.click(verdict_button(sheet, Verdict.DELETED))
    sheet.type("自行处置")
    sheet.press(Key.Key_Return)
    assert of(sheet).reason == "商品由顾客自行处置"


@pytest.mark.parametrize("key", [CLAUSE, "5.2.6"])
def test_another_verdict_takes_the_place_of_a_deletion_that_waits(blank: Desk, key: str) -> None:
    blank.show(SHEET)
    blank.select(key)
    blank.press(Key.Key_0)
    blank.press(Key.Key_1)
    blank.click(verdict_button(blank, Verdict.MET))
    assert of(blank).verdict is Verdict.MET
    assert "涉及项总分" not in said(blank)
    blank.undo()
    assert of(blank).verdict is Verdict.UNJUDGED


def test_a_reason_is_in_sight_wherever_the_panel_was_scrolled(sheet: Desk) -> None:
    sheet.window.resize(1180, 640)
    sheet.select(CLAUSE)
    scroll = sheet.space.tabs.scoring._pages[sheet.space.tabs.scoring._indicator_panel].verticalScrollBar()
    for place in (0, scroll.maximum()):
        scroll.setValue(place)
        sheet.press(Key.Key_0)
        settle()
        for part in (QApplication.focusWidget(), sheet.button("删减该指标")):
            assert part is not None
            assert part.visibleRegion().boundingRect() == part.rect()
        sheet.press(Key.Key_Escape)
    sheet.window.resize(1366, 768)


@pytest.mark.long
def test_all_rows_selected_while_a_reason_waits_delete_only_what_was_asked_about(sheet: Desk) -> None:
    sheet.select(CLAUSE)
    sheet.press(Key.Key_0)
    sheet.type("商品由顾客自行处置")
    sheet.select(CLAUSE)
    sheet.press(Key.Key_A, CONTROL)
    assert of(sheet).reason == "商品由顾客自行处置"
    assert not any(card.is_open for card in sheet.space.tabs.scoring.findChildren(DeletionCard))


@pytest.mark.long
def test_a_chapter_about_to_be_deleted_whole_is_pointed_out(sheet: Desk) -> None:
    for clause in [c for c in STANDARD.indicators if c.startswith("5.3.")][:-1]:
        delete(sheet, clause)
    last = [c for c in STANDARD.indicators if c.startswith("5.3.")][-1]
    sheet.select(last)
    sheet.press(Key.Key_0)
    assert "整章将被删减：5.3 顾客服务" in said(sheet)
    sheet.press(Key.Key_1)
    sheet.press(Key.Key_Return)
    assert sheet.cell("5.3", VERDICT) == "全部删减"


@pytest.mark.long
def test_everything_about_to_be_deleted_is_said_to_leave_no_score(blank: Desk) -> None:
    for clause in list(STANDARD.indicators)[:-1]:
        delete(blank, clause)
    blank.show(SHEET)
    blank.select(list(STANDARD.indicators)[-1])
    blank.press(Key.Key_0)
    assert "没有得分" in said(blank)
    blank.press(Key.Key_1)
    blank.press(Key.Key_Return)
    assert "无得分" in blank.score_bar


def delete(desk: Desk, clause: str) -> None:
    """Delete an indicator as another part of the window would."""
    session = desk.bench.session
    session.submit(edit(session.audit, Kind.ASSESSMENT, RowId(clause), deleted_verdict("不适用")), "delete")


@pytest.mark.long
def test_a_reason_being_written_is_not_disturbed_by_tabs_that_catch_up(sheet: Desk, qtbot: QtBot) -> None:
    tabs = sheet.space.tabs
    usual = tabs._rest.interval()
    tabs._rest.setInterval(1)
    tabs.show_open()
    sheet.select(CLAUSE)
    sheet.press(Key.Key_0)
    qtbot.waitUntil(lambda: all(tabs.is_shown(place) for place in range(5)))
    tabs._rest.setInterval(usual)
    assert sheet.button("删减该指标").isVisible()
