"""The score bar follows every edit: number or range, level, distance, chapters, special deductions, bonus."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QToolButton

from auditor_app.models.audit import Kind
from auditor_app.models.enums import Ground, Level
from auditor_app.models.scoring import shown
from auditor_app.models.standard import Standard
from auditor_app.ui.score_bar import ChapterBars, Gauge
from auditor_app.ui.tables.indicator_tree import EARNED, NOTE, VERDICT
from tests.ui.conftest import Sit
from tests.ui.desk import PROFILE, REPORT, SHEET, Desk, Key, one, settle, text_of, visible_text


@pytest.fixture
def sheet(desk: Desk) -> Desk:
    """Give the sample audit with its scoring sheet shown."""
    desk.show(SHEET)
    return desk


def judge_all(desk: Desk, *keys: Key) -> None:
    """Judge the indicators from the first on with these keys, the last one for all that follow."""
    desk.select(next(iter(desk.bench.session.standard.indicators)))
    for place in range(len(desk.bench.session.standard.indicators)):
        desk.press(keys[min(place, len(keys) - 1)])
        desk.press(Key.Key_Return)


def add_deduction(desk: Desk, ground: Ground = Ground.LAW) -> None:
    button = one(desk.space.tabs.scoring, QPushButton, lambda b: b.isVisible() and b.menu() is not None)
    desk.open_menu(button, desk.words.word(ground))


def test_a_new_audit_shows_the_whole_range_and_every_level_as_possible(desk: Desk) -> None:
    desk.new_audit()
    bar = desk.score_bar
    assert "0.00 – 100.00" in bar
    assert desk.words.word(Level.FAIL) in bar
    assert desk.words.word(Level.FIVE_STAR) in bar
    assert "0 / 44" in bar


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_word_of_the_bar_is_cut_in_the_smallest_window(sit: Sit, language: str) -> None:
    desk = sit(language=language)
    desk.window.resize(1180, 640)
    for _ in range(2):
        settle()
        bar = desk.space.score_bar
        words = [part for part in bar.findChildren(QLabel) if part.isVisible()]
        assert all(part.width() >= part.sizeHint().width() for part in words), visible_text(bar)
        desk.new_audit()


@pytest.mark.long
def test_the_button_of_the_board_names_the_key_it_has_now(sit: Sit) -> None:
    desk = sit()
    button = one(desk.space.score_bar, QToolButton)
    assert "Ctrl+B" in button.toolTip()
    desk.space._context.keys.rebind("board", QKeySequence("Ctrl+J"))
    assert "Ctrl+J" in button.toolTip()


def test_each_verdict_narrows_the_range(desk: Desk) -> None:
    desk.new_audit()
    desk.show(SHEET)
    desk.select("5.1.1.1")
    desk.press(Key.Key_1)
    assert "3.00 – 100.00" in desk.score_bar
    desk.press(Key.Key_2)
    assert "0.00 – 97.00" in desk.score_bar
    assert "1 / 44" in desk.score_bar
    desk.press(Key.Key_Delete)
    assert "0.00 – 100.00" in desk.score_bar


@pytest.mark.long
def test_judging_everything_ends_in_one_number_and_one_level(desk: Desk) -> None:
    desk.new_audit()
    desk.show(SHEET)
    judge_all(desk, Key.Key_1)
    assert desk.bench.session.result.exact == 100
    bar = desk.score_bar
    assert "100.00" in bar
    assert "–" not in bar
    assert desk.words.word(Level.FIVE_STAR) in bar
    assert "44 / 44" in bar


@pytest.mark.long
def test_losing_the_first_indicators_is_told_as_points_and_level(desk: Desk, standard: Standard) -> None:
    desk.new_audit()
    desk.show(SHEET)
    judge_all(desk, *[Key.Key_2] * 6, Key.Key_1)
    lost = sum((indicator.points for indicator in list(standard.indicators.values())[:6]), Fraction(0))
    assert desk.bench.session.result.exact == 100 - lost
    bar = desk.score_bar
    assert shown(100 - lost) in bar
    assert desk.words.word(Level.THREE_STAR) in bar
    # How far the next level is, and what may still be lost before this one falls.
    assert shown(90 - (100 - lost)) in bar
    assert shown((100 - lost) - 80) in bar


@pytest.mark.parametrize(
    ("clause", "key", "number"),
    [
        ("5.1.1.1", Key.Key_2, Fraction(9610 - 300, 98)),
        ("5.2.6.2", Key.Key_1, Fraction(9610 + 100, 98)),
    ],
)
def test_the_number_follows_a_verdict_and_its_undo(sheet: Desk, clause: str, key: Key, number: Fraction) -> None:
    before = sheet.score_bar
    sheet.select(clause)
    sheet.press(key)
    # The sample has one special deduction and the bonus, which cancel out.
    assert sheet.bench.session.result.exact == number
    assert shown(number) in sheet.score_bar
    sheet.undo()
    assert sheet.score_bar == before


def test_chapters_and_scale_are_drawn_anew_with_the_sums_of_the_sheet(sheet: Desk) -> None:
    gauge, chapters = one(sheet.window, Gauge), one(sheet.window, ChapterBars)
    before = gauge.grab().toImage(), chapters.grab().toImage()
    sums = sheet.cell("5.1", EARNED), sheet.cell("5.2", EARNED)
    sheet.select("5.1.1.1")
    sheet.press(Key.Key_2)
    assert gauge.grab().toImage() != before[0]
    assert chapters.grab().toImage() != before[1]
    assert Fraction(sums[0]) - Fraction(sheet.cell("5.1", EARNED)) == 3
    assert sheet.cell("5.1.1", EARNED) != "6"
    assert sheet.cell("5.2", EARNED) == sums[1]
    sheet.undo()
    assert (gauge.grab().toImage(), chapters.grab().toImage()) == before


@pytest.mark.long
def test_the_score_bar_follows_on_every_tab(sheet: Desk) -> None:
    sheet.select("5.1.1.1")
    sheet.press(Key.Key_2)
    bar = sheet.score_bar
    for tab in (PROFILE, REPORT):
        sheet.show(tab)
        assert sheet.score_bar == bar


@pytest.mark.long
def test_with_everything_deleted_there_is_no_score_and_it_is_said(desk: Desk, standard: Standard) -> None:
    desk.new_audit()
    desk.show(SHEET)
    for clause in standard.indicators:
        desk.select(clause)
        desk.press(Key.Key_0)
        desk.type("x")
        desk.press(Key.Key_Return)
    assert desk.bench.session.result.nothing_applicable
    bar = desk.score_bar
    assert "–" in bar
    assert "无得分" in bar
    assert all(desk.words.word(level) not in bar for level in Level)
    assert len(desk.stored.assessments) == 44


@pytest.mark.long
def test_five_special_deductions_are_a_fail_whatever_the_score(sheet: Desk) -> None:
    sheet.select("special_deductions")
    fail = sheet.words.word(Level.FAIL)
    for number in range(2, 6):
        assert sheet.bench.session.result.level is not Level.FAIL
        assert ("再有 1 项特别扣分即为不合格" in sheet.score_bar) == (number == 5)
        add_deduction(sheet, list(Ground)[number % 4])
        assert f"{number} / 5" in sheet.score_bar
    assert sheet.score_bar.split("\n").count(fail) == 1
    assert "特别扣分达 5 项，判为不合格" in sheet.score_bar
    assert sheet.bench.session.result.exact == Fraction(9610, 98) - 4
    assert shown(sheet.bench.session.result.exact) in sheet.score_bar
    assert sheet.cell("special_deductions", VERDICT) == "5 / 5"
    assert len(sheet.stored.special_deductions) == 5
    sheet.undo()
    assert fail not in sheet.score_bar.split("\n")
    assert len(sheet.stored.special_deductions) == 4


def test_the_link_in_the_score_bar_leads_to_the_special_deductions(desk: Desk) -> None:
    desk.click(one(desk.space.score_bar, QPushButton))
    assert desk.space.tabs.currentIndex() == SHEET
    assert desk.sheet.current_key() == "special_deductions"
    assert desk.sheet.hasFocus()


@pytest.mark.long
@pytest.mark.parametrize("ground", list(Ground))
def test_a_special_deduction_is_entered_with_ground_clause_site_and_facts(desk: Desk, ground: Ground) -> None:
    desk.new_audit()
    desk.add_row(Kind.SITE)
    desk.press(Key.Key_Escape)
    desk.show(SHEET)
    desk.select("special_deductions")
    add_deduction(desk, ground)
    desk.choose(Kind.SPECIAL_DEDUCTION, "clause", "5.2.5")
    desk.choose(Kind.SPECIAL_DEDUCTION, "site", "S1")
    desk.enter(Kind.SPECIAL_DEDUCTION, "facts")
    desk.type("未公示召回信息 1 次")
    desk.press(Key.Key_Escape)
    (deduction,) = desk.stored.special_deductions
    assert (deduction.ground, deduction.clause, deduction.site) == (ground, "5.2.5", "S1")
    assert deduction.facts == "未公示召回信息 1 次"
    assert "召回" in desk.cell("special_deductions", NOTE)


def test_a_special_deduction_is_removed_and_comes_back_by_undo(sheet: Desk) -> None:
    before = sheet.stored
    sheet.select("special_deductions")
    sheet.click(one(sheet.space.tabs.scoring, QToolButton, lambda b: b.isVisible()))
    assert sheet.stored.special_deductions == ()
    assert "0 / 5" in sheet.score_bar
    sheet.undo()
    assert sheet.stored == before
    assert "1 / 5" in sheet.score_bar


@pytest.mark.long
def test_undo_takes_a_special_deduction_away_even_while_the_cursor_is_in_it(desk: Desk) -> None:
    desk.new_audit()
    desk.show(SHEET)
    desk.select("special_deductions")
    add_deduction(desk)
    desk.enter(Kind.SPECIAL_DEDUCTION, "facts")
    desk.type("未公示")
    desk.undo()
    assert len(desk.stored.special_deductions) == 1
    desk.undo()
    assert desk.stored.special_deductions == ()
    desk.redo()
    desk.redo()
    assert desk.stored.special_deductions[0].facts == "未公示"


def test_the_bonus_waits_for_its_reason(desk: Desk) -> None:
    desk.new_audit()
    desk.show(SHEET)
    desk.select("bonus")
    before = desk.facts
    desk.click(one(desk.space.tabs.scoring, QCheckBox, lambda b: b.isVisible()))
    assert desk.facts == before
    assert desk.cell("bonus", VERDICT) == "0 / 1"
    assert desk.editor(Kind.BONUS, "reason").hasFocus()
    desk.type("行业领先")
    desk.press(Key.Key_Escape)
    assert desk.stored.bonus is not None
    assert desk.stored.bonus.reason == "行业领先"
    assert desk.cell("bonus", VERDICT) == "1 / 1"
    assert "1.00 – 100.00" in desk.score_bar
    assert "一旦" not in visible_text(desk.field(Kind.BONUS, "reason"))


def test_a_bonus_whose_reason_is_emptied_stays_with_the_old_one(sheet: Desk) -> None:
    before = sheet.stored.bonus
    assert before is not None
    sheet.select("bonus")
    sheet.fill(Kind.BONUS, "reason", "")
    assert sheet.stored.bonus == before
    assert sheet.field_words(Kind.BONUS, "reason")
    assert text_of(sheet.editor(Kind.BONUS, "reason")) == before.reason


@pytest.mark.long
def test_a_bonus_that_is_taken_back_leaves_the_score_and_returns_by_undo(sheet: Desk) -> None:
    sheet.select("bonus")
    box = one(sheet.space.tabs.scoring, QCheckBox, lambda b: b.isVisible())
    sheet.click(box)
    assert sheet.stored.bonus is None
    assert sheet.bench.session.result.exact == Fraction(9610, 98) - 1
    sheet.undo()
    assert sheet.stored.bonus is not None
    assert box.isChecked()
    assert shown(Fraction(9610, 98)) in sheet.score_bar


@pytest.mark.long
def test_the_score_bar_speaks_english_too(sit: Sit) -> None:
    desk = sit(language="en")
    desk.new_audit()
    assert "Fail to Five stars" in desk.score_bar
    assert "0 / 44 judged" in desk.score_bar
    assert "Special deductions 0 / 5" in desk.score_bar
