"""Samples are listed as fast as they are looked at, and the counts of the indicator follow the list."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QTableView

from auditor_app.models.audit import Kind, only_row
from auditor_app.models.changes import edit
from auditor_app.models.entities import Assessment, Sample
from auditor_app.models.enums import SampleResult, Verdict
from auditor_app.models.ids import Clause
from auditor_app.models.samples import samples_of
from auditor_app.ui.samples_list import MOST_PASTED, SamplesList
from auditor_app.ui.tables.indicator_tree import COUNTS, EARNED
from tests.ui.desk import CONTROL, SHEET, Desk, Key, one, visible_text

CLAUSE = "5.2.4.1"
PLAIN = "5.1.1.1"


@pytest.fixture
def sheet(blank: Desk) -> Desk:
    """Give a new audit with the row of a sampled indicator selected."""
    blank.show(SHEET)
    blank.select(CLAUSE)
    return blank


def of(desk: Desk) -> Assessment:
    return desk.stored.assessment(Clause(CLAUSE))


def samples(desk: Desk) -> list[Sample]:
    return list(samples_of(desk.stored, CLAUSE).values())


def table(desk: Desk) -> QTableView:
    return one(one(desk.space.tabs.scoring, SamplesList), QTableView)


def list_three(desk: Desk) -> None:
    """List three samples by keys alone; the second deviates."""
    desk.press(Key.Key_S)
    desk.type("工单 0101")
    desk.press(Key.Key_Return)
    desk.press(Key.Key_Return)
    desk.type("工单 0102")
    desk.press(Key.Key_Return)
    desk.press(Key.Key_2)
    desk.press(Key.Key_Return)
    desk.type("工单 0103")
    desk.press(Key.Key_Return)


@pytest.mark.long
def test_samples_are_listed_by_keys_alone_and_the_counts_follow(sheet: Desk) -> None:
    list_three(sheet)
    results = [SampleResult.CONFORMS, SampleResult.DEVIATES, SampleResult.CONFORMS]
    assert samples(sheet) == [
        Sample(CLAUSE, f"工单 010{n}", date.today(), result) for n, result in enumerate(results, 1)
    ]
    assert of(sheet) == Assessment(CLAUSE, Verdict.SAMPLED, 3, 1)
    assert sheet.cell(CLAUSE, COUNTS) == "3 / 1"
    assert sheet.cell(CLAUSE, EARNED) == "1.33"
    sheet.press(Key.Key_Escape)
    assert sheet.sheet.hasFocus()


def test_the_lost_points_are_told_as_the_reason(sheet: Desk) -> None:
    list_three(sheet)
    assert "抽查 3，不符合 1，扣 0.67 分" in visible_text(sheet.space.tabs.scoring)


@pytest.mark.long
def test_space_turns_the_result_and_delete_takes_the_sample_off(sheet: Desk) -> None:
    list_three(sheet)
    sheet.press(Key.Key_Space)
    assert (of(sheet).checked, of(sheet).failed) == (3, 2)
    sheet.press(Key.Key_Delete)
    assert (of(sheet).checked, of(sheet).failed) == (2, 1)
    sheet.undo()
    assert (of(sheet).checked, of(sheet).failed) == (3, 2)
    sheet.undo()
    assert (of(sheet).checked, of(sheet).failed) == (3, 1)


@pytest.mark.long
def test_lines_copied_from_a_spreadsheet_are_pasted_as_samples_in_one_step(sheet: Desk) -> None:
    sheet.press(Key.Key_S)
    sheet.type("工单 0100")
    sheet.press(Key.Key_Return)
    sheet.paste("工单 0101\t已回访\r\n\n工单 0102\n")
    assert [(sample.what, sample.remark) for sample in samples(sheet)] == [
        ("工单 0100", ""),
        ("工单 0101", "已回访"),
        ("工单 0102", ""),
    ]
    assert of(sheet).checked == 3
    sheet.undo()
    assert of(sheet).checked == 1


def test_dates_results_and_remarks_of_copied_rows_go_where_they_belong(sheet: Desk) -> None:
    sheet.press(Key.Key_S)
    sheet.paste("工单 010\t2026-03-02\t不符合\t缺签字\n工单 011\t2026/3/3\t合格\t\n工单 012\t×\t未回访\n")
    assert samples(sheet) == [
        Sample(CLAUSE, "工单 010", date(2026, 3, 2), SampleResult.DEVIATES, "缺签字"),
        Sample(CLAUSE, "工单 011", date(2026, 3, 3), SampleResult.CONFORMS, ""),
        Sample(CLAUSE, "工单 012", date.today(), SampleResult.DEVIATES, "未回访"),
    ]
    assert (of(sheet).checked, of(sheet).failed) == (3, 2)


@pytest.mark.long
def test_rows_are_pasted_on_the_indicator_itself_too(sheet: Desk) -> None:
    sheet.paste("工单 1\n工单 2")
    assert of(sheet) == Assessment(CLAUSE, Verdict.SAMPLED, 2, 0)
    assert sheet.sheet.hasFocus()


def test_after_the_last_sample_is_taken_off_the_next_one_can_be_typed(sheet: Desk) -> None:
    sheet.press(Key.Key_S)
    sheet.type("a")
    sheet.press(Key.Key_Return)
    sheet.press(Key.Key_Delete)
    sheet.type("b")
    sheet.press(Key.Key_Return)
    assert [sample.what for sample in samples(sheet)] == ["b"]


@pytest.mark.long
def test_more_rows_than_one_step_takes_are_said_to_be_left_out(sheet: Desk) -> None:
    sheet.paste("\n".join(f"工单 {number}" for number in range(MOST_PASTED + 5)))
    assert of(sheet) == Assessment(CLAUSE, Verdict.SAMPLED, MOST_PASTED, 0)
    assert f"已列入 {MOST_PASTED} 个样本" in sheet.status
    assert "5 行" in sheet.status
    sheet.undo()
    assert samples(sheet) == []


def test_letters_are_keys_in_the_list_and_wait_for_no_input_method(sheet: Desk) -> None:
    list_three(sheet)
    assert not sheet.input_method_wanted
    row = table(sheet).currentIndex().row()
    for key in (Key.Key_G, Key.Key_W):
        sheet.press(key)
    assert table(sheet).currentIndex().row() == row
    sheet.press(Key.Key_F2)
    assert sheet.input_method_wanted


def test_back_on_the_sheet_evidence_is_that_of_the_indicator_again(sheet: Desk) -> None:
    list_three(sheet)
    assert "“工单 0103”的证据" in visible_text(sheet.space.tabs.scoring)
    sheet.press(Key.Key_F2)
    sheet.type("x")
    sheet.press(Key.Key_Return)
    assert "“x”的证据" in visible_text(sheet.space.tabs.scoring)
    sheet.press(Key.Key_Escape)
    assert sheet.sheet.hasFocus()
    assert "的证据" not in visible_text(sheet.space.tabs.scoring)


def test_a_list_that_was_only_opened_judges_nothing(sheet: Desk) -> None:
    before = sheet.facts
    sheet.press(Key.Key_S)
    sheet.press(Key.Key_Escape)
    assert sheet.facts == before
    sheet.press(Key.Key_S)
    sheet.press(Key.Key_Return)
    sheet.press(Key.Key_Escape)
    assert sheet.facts == before
    assert sheet.sheet.hasFocus()


def test_samples_of_an_audit_that_is_over_are_dated_to_it(sheet: Desk) -> None:
    session = sheet.bench.session
    days = {"starts": date(2026, 3, 2), "ends": date(2026, 3, 3)}
    session.submit(edit(session.audit, Kind.AUDIT, only_row(Kind.AUDIT), days), "days")
    sheet.press(Key.Key_S)
    sheet.type("工单")
    sheet.press(Key.Key_Return)
    assert samples(sheet)[0].checked_on == date(2026, 3, 2)


def test_while_samples_are_listed_the_counts_cannot_be_typed(sheet: Desk) -> None:
    list_three(sheet)
    sheet.press(Key.Key_Escape)
    before = of(sheet)
    sheet.press(Key.Key_3)
    assert sheet.sheet.hasFocus()
    sheet.select(CLAUSE, COUNTS)
    sheet.press(Key.Key_F2)
    assert of(sheet) == before
    assert table(sheet).isVisible()


@pytest.mark.long
def test_another_verdict_keeps_the_list_and_three_counts_it_again(sheet: Desk) -> None:
    list_three(sheet)
    sheet.press(Key.Key_Escape)
    sheet.press(Key.Key_1)
    assert of(sheet) == Assessment(CLAUSE, Verdict.MET)
    assert "不计" in visible_text(sheet.space.tabs.scoring)
    sheet.press(Key.Key_3)
    assert of(sheet) == Assessment(CLAUSE, Verdict.SAMPLED, 3, 1)


def test_the_last_sample_taken_off_leaves_the_indicator_unjudged(sheet: Desk) -> None:
    sheet.press(Key.Key_S)
    sheet.type("工单")
    sheet.press(Key.Key_Return)
    sheet.press(Key.Key_Delete)
    assert of(sheet).verdict is Verdict.UNJUDGED
    assert samples(sheet) == []


def test_what_is_typed_into_a_sample_is_kept_when_another_row_is_clicked(sheet: Desk) -> None:
    sheet.press(Key.Key_S)
    sheet.type("工单 0109")
    sheet.select(PLAIN)
    assert [sample.what for sample in samples(sheet)] == ["工单 0109"]


@pytest.mark.long
def test_remark_and_date_of_a_sample_are_typed_in_its_row(sheet: Desk) -> None:
    list_three(sheet)
    for column, typed in ((1, "2026.3.2"), (3, "超时 2 小时")):
        sheet.double_click(table(sheet), table(sheet).model().index(1, column))
        sheet.press(Key.Key_A, CONTROL)
        sheet.type(typed)
        sheet.press(Key.Key_Return)
    assert (samples(sheet)[1].checked_on, samples(sheet)[1].remark) == (date(2026, 3, 2), "超时 2 小时")


def test_an_indicator_that_is_all_or_nothing_has_no_list(blank: Desk) -> None:
    blank.show(SHEET)
    blank.select(PLAIN)
    blank.press(Key.Key_S)
    assert blank.words.text("problem", "not_sampled", clause=PLAIN) in visible_text(blank.space.tabs.scoring)
    assert blank.stored.of(Kind.SAMPLE) == {}
