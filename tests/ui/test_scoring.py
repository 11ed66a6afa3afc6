"""One key judges an indicator; a verdict that needs more waits for it, and says so."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from auditor_app.models.audit import Kind
from auditor_app.models.entities import Assessment
from auditor_app.models.enums import Verdict
from auditor_app.models.ids import Clause
from auditor_app.ui.tables.indicator_tree import COUNTS, EARNED, NOTE, VERDICT
from tests.ui.conftest import Sit
from tests.ui.desk import CHECKLIST, CONTROL, KEYPAD, NO_MODIFIER, SHEET, Desk, Key, composing, text_of, visible_text

PLAIN = "5.1.1.1"
SAMPLED = "5.1.1.2"
NEXT = "5.1.2.1"
COUNTED = "5.1.2.1"  # In the sample: 15 checked, 1 failed, none of them listed.
WORDS = {
    "zh": {Verdict.MET: "符合", Verdict.NOT_MET: "不符合"},
    "en": {Verdict.MET: "Met", Verdict.NOT_MET: "Not met"},
}
WRONG_COUNTS = {"2/3": "more", "0/0": "nothing", "abc": "no figures", "/": "no figures"}


@pytest.fixture
def empty(blank: Desk) -> Desk:
    """Give a new audit with its scoring sheet shown."""
    blank.show(SHEET)
    return blank


def of(desk: Desk, clause: str) -> Assessment:
    """Return the assessment of an indicator as it is on disk."""
    return desk.stored.assessment(Clause(clause))


def panel(desk: Desk) -> str:
    """Return the words beside the sheet."""
    return visible_text(desk.space.tabs.scoring)


def judge_sampled(desk: Desk, clause: str, counts: str) -> None:
    desk.select(clause)
    desk.press(Key.Key_3)
    desk.type(counts)
    desk.press(Key.Key_Return)


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("key", "meant"), [(Key.Key_1, Verdict.MET), (Key.Key_2, Verdict.NOT_MET)])
def test_one_key_gives_a_verdict_that_is_stored_and_shown(sit: Sit, language: str, key: Key, meant: Verdict) -> None:
    desk = sit(language=language)
    desk.new_audit()
    desk.show(SHEET)
    desk.select(PLAIN)
    desk.press(key)
    assert desk.stored.assessments == {PLAIN: Assessment(PLAIN, meant)}
    assert desk.cell(PLAIN, VERDICT) == WORDS[language][meant]
    assert desk.cell(PLAIN, EARNED) == {Verdict.MET: "3", Verdict.NOT_MET: "0"}[meant]


@pytest.mark.parametrize("column", [0, 1, VERDICT, COUNTS, NOTE])
def test_one_key_judges_whatever_column_was_clicked(empty: Desk, column: int) -> None:
    if column == VERDICT:
        with empty.menu("符合"):
            empty.click_cell(empty.sheet, empty.index(SAMPLED, column))
        assert of(empty, SAMPLED).verdict is Verdict.MET
    else:
        empty.select(SAMPLED, column)
    empty.press(Key.Key_2)
    assert of(empty, SAMPLED).verdict is Verdict.NOT_MET


def test_keys_of_the_number_pad_judge_too(empty: Desk) -> None:
    empty.select(PLAIN)
    empty.press(Key.Key_2, KEYPAD)
    assert of(empty, PLAIN).verdict is Verdict.NOT_MET


def test_enter_goes_to_the_next_unjudged_indicator_and_round_to_the_first(empty: Desk) -> None:
    empty.select(PLAIN)
    for clause in (PLAIN, SAMPLED, NEXT):
        assert empty.sheet.current_key() == clause
        empty.press(Key.Key_1)
        empty.press(Key.Key_Return)
    empty.select("5.3.2.4")
    empty.press(Key.Key_1)
    empty.press(Key.Key_Enter)
    assert empty.sheet.current_key() == "5.1.2.2"
    assert empty.sheet.hasFocus()


def test_enter_says_when_every_indicator_is_judged(desk: Desk) -> None:
    desk.show(SHEET)
    desk.select(PLAIN)
    desk.press(Key.Key_Return)
    assert desk.status
    assert desk.sheet.current_key() == PLAIN


@pytest.mark.long
def test_delete_takes_a_verdict_back_and_keeps_the_note(desk: Desk) -> None:
    note = of(desk, SAMPLED).note
    desk.show(SHEET)
    desk.select(SAMPLED)
    desk.press(Key.Key_Delete)
    assert of(desk, SAMPLED) == Assessment(SAMPLED, note=note)
    assert note


@pytest.mark.parametrize("typed", ["12/1", "１２／１", "12、1", "12 1"])
def test_three_asks_for_samples_and_takes_them_in_either_width(empty: Desk, typed: str) -> None:
    judge_sampled(empty, SAMPLED, typed)
    assert of(empty, SAMPLED) == Assessment(SAMPLED, Verdict.SAMPLED, 12, 1)
    assert empty.cell(SAMPLED, COUNTS) == "12 / 1"
    assert empty.cell(SAMPLED, EARNED) == "2.75"
    assert empty.sheet.hasFocus()
    empty.press(Key.Key_Return)
    assert empty.sheet.current_key() == NEXT


def test_the_key_after_enter_goes_to_the_sheet_however_fast_it_comes(empty: Desk) -> None:
    empty.select(SAMPLED)
    empty.press(Key.Key_3)
    empty.type("12/1")
    # Both before the program comes to anything else, as when it is busy.
    for _ in range(2):
        enter = QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_Return, NO_MODIFIER, "\r")
        focus = QApplication.focusWidget()
        assert focus is not None
        QApplication.sendEvent(focus, enter)
    assert empty.sheet.hasFocus()
    assert empty.sheet.current_key() == NEXT
    empty.press(Key.Key_2)
    assert of(empty, SAMPLED) == Assessment(SAMPLED, Verdict.SAMPLED, 12, 1)
    assert of(empty, NEXT).verdict is Verdict.NOT_MET


def test_samples_alone_mean_that_none_failed(empty: Desk) -> None:
    judge_sampled(empty, SAMPLED, "8")
    assert of(empty, SAMPLED) == Assessment(SAMPLED, Verdict.SAMPLED, 8, 0)


@pytest.mark.parametrize("typed", WRONG_COUNTS)
def test_impossible_samples_are_refused_in_words_and_the_old_ones_stay(desk: Desk, typed: str) -> None:
    before = desk.facts
    desk.show(SHEET)
    judge_sampled(desk, COUNTED, "\b" * 8 + typed)
    assert desk.facts == before
    assert desk.status
    assert desk.cell(COUNTED, COUNTS) == "15 / 1"
    assert desk.sheet.hasFocus()


@pytest.mark.parametrize("typed", ["2/3", "0/0", "abc"])
def test_impossible_samples_in_the_panel_are_refused_at_the_field(desk: Desk, typed: str) -> None:
    before = desk.facts
    desk.show(SHEET)
    desk.select(COUNTED)
    desk.fill(Kind.ASSESSMENT, "checked", typed)
    assert desk.facts == before
    assert "15/1" in desk.field_words(Kind.ASSESSMENT, "checked")
    assert text_of(desk.editor(Kind.ASSESSMENT, "checked")) == "15/1"


def test_samples_typed_slowly_into_the_panel_are_not_rewritten_under_the_hand(desk: Desk) -> None:
    desk.show(SHEET)
    desk.select(COUNTED)
    desk.enter(Kind.ASSESSMENT, "checked")
    desk.press(Key.Key_A, CONTROL)
    desk.type("25")
    desk.pause()
    assert (of(desk, COUNTED).checked, of(desk, COUNTED).failed) == (25, 0)
    desk.type("/2")
    desk.press(Key.Key_Tab)
    assert (of(desk, COUNTED).checked, of(desk, COUNTED).failed) == (25, 2)


def test_samples_typed_slowly_into_the_sheet_are_not_rewritten_under_the_hand(desk: Desk) -> None:
    desk.show(SHEET)
    desk.select(COUNTED)
    desk.press(Key.Key_3)
    desk.press(Key.Key_A, CONTROL)
    desk.type("25")
    desk.pause()
    desk.type("/2")
    desk.press(Key.Key_Return)
    assert (of(desk, COUNTED).checked, of(desk, COUNTED).failed) == (25, 2)


@pytest.mark.long
def test_the_panel_shows_samples_that_were_typed_into_the_sheet(desk: Desk) -> None:
    desk.show(SHEET)
    desk.select(COUNTED)
    for typed in ("12/3", "13/3", "13/4"):
        desk.press(Key.Key_3)
        desk.press(Key.Key_A, CONTROL)
        desk.type(typed)
        desk.press(Key.Key_Return)
        assert text_of(desk.editor(Kind.ASSESSMENT, "checked")) == typed


def test_three_on_an_indicator_that_is_not_sampled_says_why_and_stores_nothing(empty: Desk) -> None:
    before = empty.facts
    empty.select(PLAIN)
    empty.press(Key.Key_3)
    assert empty.facts == before
    refusal = empty.words.text("problem", "not_sampled", clause=PLAIN)
    assert refusal in panel(empty)
    assert empty.sheet.hasFocus()


def test_a_deletion_waits_for_its_reason_and_counts_from_then_on(empty: Desk) -> None:
    empty.select(PLAIN)
    before = empty.facts
    empty.press(Key.Key_0)
    assert empty.facts == before
    empty.type("不提供该项服务")
    empty.press(Key.Key_Return)
    assert of(empty, PLAIN) == Assessment(PLAIN, Verdict.DELETED, reason="不提供该项服务")
    assert empty.sheet.hasFocus()
    assert empty.bench.session.result.whole.total == 43 or empty.cell(PLAIN, EARNED) == "–"


def test_a_deletion_without_a_reason_never_counts(empty: Desk) -> None:
    before = empty.facts
    empty.select(PLAIN)
    empty.press(Key.Key_0)
    empty.type("   ")
    empty.press(Key.Key_Escape)
    empty.press(Key.Key_Down)
    assert empty.facts == before
    assert empty.cell(PLAIN, VERDICT) == empty.words.word(Verdict.UNJUDGED)


@pytest.mark.long
def test_the_reason_of_a_deletion_cannot_be_emptied(desk: Desk) -> None:
    clause = "5.2.2.2"
    before = of(desk, clause)
    desk.show(SHEET)
    desk.select(clause)
    desk.fill(Kind.ASSESSMENT, "reason", "")
    assert of(desk, clause) == before
    assert text_of(desk.editor(Kind.ASSESSMENT, "reason")) == before.reason
    assert desk.field_words(Kind.ASSESSMENT, "reason")


def test_escape_gives_the_keyboard_back_to_the_sheet(empty: Desk) -> None:
    empty.select(SAMPLED)
    for way in (Key.Key_N, Key.Key_0, Key.Key_3):
        empty.press(way)
        assert not empty.sheet.hasFocus()
        empty.press(Key.Key_Escape)
        assert empty.sheet.hasFocus()
    assert of(empty, SAMPLED).verdict is Verdict.UNJUDGED


@pytest.mark.parametrize("slowly", [False, True], ids=["fast", "slowly"])
def test_escape_from_a_cell_keeps_what_was_typed_and_undo_takes_it_back(desk: Desk, slowly: bool) -> None:
    before = of(desk, COUNTED)
    desk.show(SHEET)
    desk.select(COUNTED)
    desk.press(Key.Key_3)
    desk.press(Key.Key_A, CONTROL)
    desk.type("24/2")
    if slowly:
        desk.pause()
    desk.press(Key.Key_Escape)
    assert desk.sheet.hasFocus()
    assert (of(desk, COUNTED).checked, of(desk, COUNTED).failed) == (24, 2)
    desk.press(Key.Key_Z, CONTROL)
    assert of(desk, COUNTED) == before


def test_a_note_is_typed_with_one_key_and_escape(empty: Desk) -> None:
    empty.select(PLAIN)
    empty.press(Key.Key_N)
    empty.type("看了 3 份岗位说明书 SF-01")
    empty.press(Key.Key_Escape)
    assert of(empty, PLAIN) == Assessment(PLAIN, note="看了 3 份岗位说明书 SF-01")
    assert "SF-01" in empty.cell(PLAIN, NOTE)


def test_a_note_is_typed_into_its_cell_too(empty: Desk) -> None:
    empty.select(PLAIN, NOTE)
    empty.press(Key.Key_F2)
    empty.type("1 名 2 份 3 处")
    empty.press(Key.Key_Return)
    assert of(empty, PLAIN) == Assessment(PLAIN, note="1 名 2 份 3 处")
    assert text_of(empty.editor(Kind.ASSESSMENT, "note")) == "1 名 2 份 3 处"


def test_a_note_of_several_lines_survives_a_look_into_its_cell(desk: Desk) -> None:
    desk.show(SHEET)
    desk.select(PLAIN)
    desk.enter(Kind.ASSESSMENT, "note")
    desk.press(Key.Key_End, CONTROL)
    desk.press(Key.Key_Return)
    desk.type("第二行")
    desk.press(Key.Key_Escape)
    note = of(desk, PLAIN).note
    assert note.endswith("\n第二行")
    desk.select(PLAIN, NOTE)
    desk.press(Key.Key_F2)
    desk.press(Key.Key_Return)
    assert of(desk, PLAIN).note == note


@pytest.mark.parametrize("way", ["cell", "panel"])
def test_keys_pressed_while_an_input_method_composes_judge_nothing(empty: Desk, way: str) -> None:
    empty.select(SAMPLED, NOTE)
    empty.press(Key.Key_F2 if way == "cell" else Key.Key_N)
    editor = QApplication.focusWidget()
    empty.compose("shou ce")
    assert QApplication.focusWidget() is editor
    empty.type("1")
    empty.compose("")
    empty.type("手册")
    empty.press(Key.Key_Tab)
    assert of(empty, SAMPLED).verdict is Verdict.UNJUDGED
    assert of(empty, SAMPLED).note.endswith("手册")


def test_text_still_being_composed_is_not_stored_as_if_it_were_finished(empty: Desk) -> None:
    empty.select(PLAIN)
    empty.press(Key.Key_N)
    empty.type("看")
    empty.compose("shou ce")
    empty.pause()
    assert of(empty, PLAIN).note == "看"
    empty.compose("")
    empty.type("手册")
    empty.press(Key.Key_Escape)
    assert of(empty, PLAIN).note == "看手册"


def test_the_sheet_itself_asks_for_no_input_method_so_that_its_keys_always_work(empty: Desk) -> None:
    for column in (1, COUNTS, NOTE):
        empty.select(SAMPLED, column)
        assert not empty.input_method_wanted
        QApplication.sendEvent(empty.sheet, composing("n"))
        assert empty.sheet.hasFocus()
    judge_sampled(empty, SAMPLED, "12/1")
    assert not empty.input_method_wanted


def test_a_verdict_clicked_in_the_panel_is_the_same_as_its_key(empty: Desk) -> None:
    empty.select(PLAIN)
    empty.click(empty.button("符合"))
    assert of(empty, PLAIN).verdict is Verdict.MET
    empty.click(empty.button("不符合"))
    assert of(empty, PLAIN).verdict is Verdict.NOT_MET


@pytest.mark.long
def test_a_verdict_chosen_from_the_menu_of_its_cell_is_the_same_as_its_key(empty: Desk) -> None:
    with empty.menu("抽样"):
        empty.click_cell(empty.sheet, empty.index(SAMPLED, VERDICT))
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    empty.type("4/1")
    empty.press(Key.Key_Return)
    assert of(empty, SAMPLED) == Assessment(SAMPLED, Verdict.SAMPLED, 4, 1)


def test_keys_on_special_deductions_and_bonus_judge_nothing(empty: Desk) -> None:
    before = empty.facts
    for key in ("special_deductions", "bonus"):
        empty.select(key)
        for press in (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_0, Key.Key_Delete, Key.Key_N):
            empty.press(press)
    assert empty.facts == before


def test_a_heading_whose_rows_are_all_judged_changes_none_of_them(desk: Desk) -> None:
    before = desk.facts
    desk.show(SHEET)
    desk.select("5.1.1")
    for press in (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_0, Key.Key_Delete, Key.Key_N):
        desk.press(press)
    assert desk.facts == before
    assert desk.status


def test_a_verdict_that_all_selected_rows_have_already_is_told_and_no_step_to_take_back(empty: Desk) -> None:
    empty.select(PLAIN)
    empty.press(Key.Key_A, CONTROL)
    empty.press(Key.Key_1)
    once = empty.facts
    empty.press(Key.Key_1)
    assert "44 项指标原已评为符合" in empty.status
    assert empty.facts == once
    empty.press(Key.Key_Z, CONTROL)
    assert of(empty, PLAIN).verdict is Verdict.UNJUDGED


@pytest.mark.long
def test_number_keys_with_control_change_the_tab_and_judge_nothing(empty: Desk) -> None:
    before = empty.facts
    empty.select(PLAIN)
    empty.show(CHECKLIST)
    empty.show(SHEET)
    assert empty.facts == before
