"""The reply of the auditee: goes out locked but for what is asked, comes back cell by cell, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.changes import WHOLE_ROW, ChangeSet, apply
from auditor_app.models.entities import CorrectiveAction, Finding
from auditor_app.models.enums import ActionResult, Grade
from auditor_app.models.fields import with_value
from auditor_app.models.text import clean
from auditor_app.replies.entries import REPLY
from auditor_app.replies.identity import ID, SENT
from auditor_app.replies.reply_sheet import write_replies
from tests.builders import STANDARD, with_rows
from tests.replies.workbooks import (
    BOTH,
    FIRST,
    SECOND,
    THIRD,
    TODAY,
    Opened,
    answered,
    audited,
    reply_in,
    reply_out,
    saved_by_office,
    take,
    told,
    with_formula,
)
from tests.workbooks.opening import load_workbook

LOCKED = [("number", "No."), ("facts", "Facts"), ("clause", "Clause"), ("site", "Site")]
INPUT = ["=1+1", "+86 571", "-加强培训", "@所有人", "#N/A", "_x0041_", "'引号", "0012", "TRUE"]
LONG = "售后服务记录。" * 6_000


def finding(audit: Audit, row_id: str) -> Finding:
    return next(row for key, row in audit.of(Kind.FINDING).items() if key == row_id)


def with_action(audit: Audit, row_id: str, path: str, value: Any) -> Audit:
    return with_rows(audit, (Kind.FINDING, row_id, with_value(finding(audit, row_id), f"action.{path}", value)))


def test_a_workbook_nobody_touched_changes_nothing() -> None:
    audit = audited()
    proposal = reply_in(audit, reply_out(audit))
    assert (proposal.lines, proposal.notes) == ((), ())
    assert audit.info.number in proposal.about
    assert "2026-03-10" in proposal.about


def test_what_the_auditee_fills_in_is_offered_with_what_was_there_and_taken_as_one_change_of_each_field() -> None:
    audit = audited()
    data = answered(
        audit,
        (FIRST, "action.correction", "已补接电话"),
        (FIRST, "action.cause", "值班表有空档\n无人顶班"),
        (FIRST, "action.due", date(2026, 4, 1)),
        (SECOND, "action.correction", "停止交付，封存库存"),
        (SECOND, "action.owner", "  钱进  "),
    )
    proposal = reply_in(audit, data)
    assert told(proposal) == ""
    seen = [(line.about, line.label, line.before, line.after) for line in proposal.lines]
    assert seen == [
        ("Finding 1 · 5.2.4.1", "Correction", "", "已补接电话"),
        ("Finding 1 · 5.2.4.1", "Cause", "", "值班表有空档\n无人顶班"),
        ("Finding 1 · 5.2.4.1", "Due", "", "2026-04-01"),
        ("Finding 2 · 5.2.6.2", "Correction", "停止交付", "停止交付，封存库存"),
        ("Finding 2 · 5.2.6.2", "Responsible", "赵海", "钱进"),
    ]
    assert all(line.is_wanted for line in proposal.lines)
    changes = proposal.changes(audit, range(5))
    assert [(change.id, change.field) for change in changes if change.field == WHOLE_ROW] == []
    after = take(audit, proposal)
    assert finding(after, FIRST).action == CorrectiveAction(
        "已补接电话", "值班表有空档\n无人顶班", due=date(2026, 4, 1)
    )
    assert apply(after, ChangeSet(audit.id, changes).inverse) == audit


def test_a_line_left_out_is_not_taken() -> None:
    audit = audited()
    data = answered(audit, (FIRST, "action.correction", "a"), (FIRST, "action.cause", "b"))
    proposal = reply_in(audit, data)
    assert [change.field for change in proposal.changes(audit, [1])] == ["action.cause"]


def test_only_what_is_asked_of_the_auditee_is_open_and_filtering_stays_free() -> None:
    opened = Opened(reply_out(audited()))
    sheet = opened.sheet()
    assert sheet.protection.sheet
    assert not sheet.protection.autoFilter
    assert not sheet.protection.formatColumns
    assert not sheet.protection.formatRows
    assert sheet.auto_filter.ref
    unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert unlocked == {opened.place(each, entry.key) for each in (FIRST, SECOND, THIRD) for entry in REPLY}
    for key in (ID, SENT):
        letter = opened.place(FIRST, key).rstrip("0123456789")
        assert sheet.column_dimensions[letter].hidden
    day = opened.place(FIRST, "action.due")
    assert any(day in check.sqref and check.type == "date" for check in sheet.data_validations.dataValidation)


def test_the_heading_says_which_audit_and_when_in_both_languages() -> None:
    audit = audited()
    sheet = Opened(reply_out(audit)).sheet()
    words = "\n".join(str(sheet.cell(row, 1).value) for row in range(1, 8))
    for part in (audit.info.number, audit.company.name, "2026-03-10", "整改回复", "Reply to audit findings"):
        assert part in words


def test_verification_is_the_auditors_and_never_taken() -> None:
    audit = audited()
    data = answered(audit, (FIRST, "action.verified_by", "企业自己"), (FIRST, "action.result", "通过 Accepted"))
    proposal = reply_in(audit, data)
    assert proposal.lines == ()
    assert "Verified by, Verification" in told(proposal)


@pytest.mark.parametrize(("key", "label"), LOCKED)
def test_a_locked_cell_that_was_changed_is_told_and_ignored(key: str, label: str) -> None:
    audit = audited()
    opened = Opened(reply_out(audit))
    cell = opened.fill(FIRST, key, "改成别的")
    opened.fill(FIRST, "action.cause", "x")
    proposal = reply_in(audit, opened.saved())
    assert [(note.cell, label in note.text) for note in proposal.notes] == [(cell, True)]
    assert [line.label for line in proposal.lines] == ["Cause"]


def test_facts_the_auditor_edited_meanwhile_are_not_held_against_the_auditee() -> None:
    audit = audited()
    data = reply_out(audit)
    later = with_rows(audit, (Kind.FINDING, FIRST, replace(finding(audit, FIRST), facts="另一种说法")))
    assert told(reply_in(later, data)) == ""


@pytest.mark.parametrize(
    "typed",
    [
        *("2026-3-5", "2026年3月5日", "2026/03/05", "２０２６－０３－０５", "２０２６年３月５日", "20260305"),
        *(" 2026.3.5 ", "2026-03-05 00:00:00", "2026-03-05T00:00:00", 20260305, 46086, date(2026, 3, 5)),
    ],
)
def test_a_date_is_understood_however_it_was_typed(typed: Any) -> None:
    audit = audited()
    opened = Opened(reply_out(audit))
    opened.sheet()[opened.place(FIRST, "action.due")].number_format = (
        "yyyy-mm-dd" if isinstance(typed, date) else "General"
    )
    opened.fill(FIRST, "action.due", typed)
    proposal = reply_in(audit, opened.saved())
    assert [line.after for line in proposal.lines] == ["2026-03-05"]
    assert finding(take(audit, proposal), FIRST).action.due == date(2026, 3, 5)


@pytest.mark.parametrize("typed", ["尽快", "2026-02-30", "3月5日", 12, -1, 1e300, True, "#N/A"])
def test_what_is_no_date_is_told_with_its_cell_and_the_rest_is_taken(typed: Any) -> None:
    audit = audited()
    opened = Opened(reply_out(audit))
    cell = opened.fill(FIRST, "action.due", typed)
    opened.fill(FIRST, "action.owner", "赵海")
    proposal = reply_in(audit, opened.saved())
    assert [line.label for line in proposal.lines] == ["Responsible"]
    assert [note.cell for note in proposal.notes] == [cell]
    assert proposal.notes[0].text.startswith("Due: ")


def test_a_due_date_before_the_day_of_the_finding_is_doubted_and_can_be_taken() -> None:
    audit = audited()
    proposal = reply_in(audit, answered(audit, (FIRST, "action.due", date(2026, 3, 1))))
    assert "Due before the day it was found" in proposal.lines[0].doubts
    assert proposal.lines[0].is_wanted


def test_what_was_changed_on_both_sides_is_shown_and_left_out_unless_asked_for() -> None:
    audit = audited()
    data = answered(audit, (SECOND, "action.correction", "企业的新说法"), (SECOND, "action.owner", "钱进"))
    later = with_action(audit, SECOND, "correction", "审核员改过")
    proposal = reply_in(later, data)
    lines = {line.label: line for line in proposal.lines}
    assert (lines["Correction"].before, lines["Correction"].after) == ("审核员改过", "企业的新说法")
    assert not lines["Correction"].is_wanted
    assert "since the workbook was written" in lines["Correction"].doubts[0]
    assert lines["Responsible"].is_wanted
    assert finding(take(later, proposal), SECOND).action.correction == "审核员改过"
    assert finding(take(later, proposal, everything=True), SECOND).action.correction == "企业的新说法"


def test_what_only_the_auditor_changed_is_not_put_back_by_an_old_workbook() -> None:
    audit = audited()
    data = reply_out(audit)
    assert reply_in(with_action(audit, SECOND, "correction", "审核员改过"), data).lines == ()


def test_a_reply_that_is_there_already_is_not_offered_again() -> None:
    audit = audited()
    data = answered(audit, (FIRST, "action.cause", "值班表有空档"))
    assert reply_in(take(audit, reply_in(audit, data)), data).lines == ()


def test_an_emptied_cell_is_shown_and_left_out_unless_asked_for() -> None:
    audit = audited()
    proposal = reply_in(audit, answered(audit, (SECOND, "action.correction", None)))
    assert [(line.before, line.after, line.is_wanted) for line in proposal.lines] == [("停止交付", "", False)]
    assert finding(take(audit, proposal, everything=True), SECOND).action.correction == ""


def test_a_long_text_that_was_cut_is_told_and_not_overwritten_by_its_shorter_self() -> None:
    audit = with_action(audited(), FIRST, "cause", LONG)
    assert len(LONG) > 40_000
    data, cut = write_replies(STANDARD, audit, BOTH, TODAY)
    assert cut == (f"{Opened(data).sheet().title}!{Opened(data).place(FIRST, 'action.cause')}",)
    assert reply_in(audit, data).lines == ()
    opened = Opened(data)
    opened.fill(FIRST, "action.cause", "短了很多")
    proposal = reply_in(audit, opened.saved())
    assert not proposal.lines[0].is_wanted
    assert "longer text" in proposal.lines[0].doubts[0]
    assert finding(take(audit, proposal), FIRST).action.cause == LONG


def test_long_text_comes_back_whole() -> None:
    audit, text = audited(), "长" * 32_000
    proposal = reply_in(audit, answered(audit, (FIRST, "action.measure", text)))
    assert finding(take(audit, proposal), FIRST).action.measure == text


@pytest.mark.parametrize(
    "text", ["=1+1", "+86 571", "-加强培训", "@所有人", "#N/A", "_x0041_", "'引号", "0012", "TRUE"]
)
def test_text_that_looks_like_input_stays_text_both_ways(text: str) -> None:
    audit = with_action(audited(), FIRST, "owner", text)
    data = reply_out(audit)
    cell = load_workbook(BytesIO(data)).worksheets[0][Opened(data).place(FIRST, "action.owner")]
    assert (cell.data_type, reply_in(audit, data).lines) == ("s", ())
    empty = audited()
    opened = Opened(reply_out(empty))
    opened.fill(FIRST, "action.owner", text.replace("_x0041_", "_x005F_x0041_"))
    opened.sheet()[opened.place(FIRST, "action.owner")].data_type = "s"
    assert [line.after for line in reply_in(empty, opened.saved()).lines] == [text]


@pytest.mark.long
@settings(max_examples=12)
@given(
    st.lists(
        st.tuples(st.sampled_from([FIRST, SECOND, THIRD]), st.sampled_from(REPLY[:3]), st.text(max_size=40)),
        max_size=5,
    )
)
def test_any_text_that_goes_out_comes_back_as_it_was(texts: list[tuple[str, Any, str]]) -> None:
    audit = audited()
    for row_id, entry, text in texts:
        audit = with_rows(audit, (Kind.FINDING, row_id, with_value(finding(audit, row_id), entry.path, clean(text))))
    proposal = reply_in(audit, reply_out(audit))
    assert (proposal.lines, proposal.notes) == ((), ())


def test_the_stored_value_of_a_formula_is_taken_and_said_to_be_one() -> None:
    audit = audited()
    data = reply_out(audit)
    place = Opened(data).place(FIRST, "action.owner")
    proposal = reply_in(audit, with_formula(data, place, "A1&amp;B1", "赵海"))
    assert [(line.after, line.is_wanted) for line in proposal.lines] == [("赵海", True)]
    assert "formula" in proposal.lines[0].doubts[0]


def test_a_picture_that_wps_put_into_a_cell_is_told_and_not_taken_for_text() -> None:
    audit = audited()
    data = reply_out(audit)
    picture = "DISPIMG(&quot;ID_0123&quot;,1)"
    place = Opened(data).place(FIRST, "action.correction")
    proposal = reply_in(audit, with_formula(data, place, f"_xlfn.{picture}", f"={picture}"))
    assert proposal.lines == ()
    assert "holds a picture" in told(proposal)


def test_a_formula_without_a_stored_value_is_told() -> None:
    audit = audited()
    data = reply_out(audit)
    proposal = reply_in(audit, with_formula(data, Opened(data).place(FIRST, "action.owner"), "A1", None))
    assert proposal.lines == ()
    assert "formula without a result" in told(proposal)


def test_merged_cells_count_for_the_first_row_and_empty_nothing_below() -> None:
    audit = with_action(audited(), FIRST, "correction", "旧")
    opened = Opened(reply_out(audit))
    opened.fill(FIRST, "action.correction", "一起回复")
    first, second = opened.place(FIRST, "action.correction"), opened.place(SECOND, "action.correction")
    opened.sheet().merge_cells(f"{first}:{second}")
    proposal = reply_in(audit, opened.saved())
    assert [(line.about, line.after) for line in proposal.lines] == [("Finding 1 · 5.2.4.1", "一起回复")]
    assert f"{first}:{second}" in proposal.lines[0].doubts[0]
    assert f"{second}: Lies under the merged cells {first}:{second}" in told(proposal)


@pytest.mark.office
def test_a_workbook_saved_by_libreoffice_says_the_same(tmp_path: Path) -> None:
    audit = with_action(audited(), THIRD, "cause", "=1+1\n第二行  \n_x0041_")
    assert audit.findings[2].action.result is ActionResult.ACCEPTED
    assert audit.findings[0].grade is Grade.MAJOR
    untouched = reply_in(audit, saved_by_office(reply_out(audit), tmp_path / "one"))
    assert (untouched.lines, untouched.notes) == ((), ())
    data = answered(
        audit,
        (FIRST, "action.correction", "已补接电话\n并回访"),
        (FIRST, "action.due", date(2026, 4, 1)),
        (SECOND, "action.due", "2026年4月2日"),
    )
    back = reply_in(audit, saved_by_office(data, tmp_path / "two"))
    assert [line.after for line in back.lines] == ["已补接电话\n并回访", "2026-04-01", "2026-04-02"]
    assert told(back) == ""
