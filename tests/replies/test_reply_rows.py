"""Rows, columns and sheets of a reply that are not as they went out: each is still whose it is, or told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor_app.models.audit import Kind, new_audit
from auditor_app.models.ids import AuditId, new_id
from auditor_app.replies.identity import ID, SENT
from auditor_app.replies.problems import ReplyProblem
from tests.replies.workbooks import FIRST, SECOND, THIRD, Opened, answered, audited, reply_in, reply_out, told


def test_the_workbook_of_another_audit_is_refused_by_its_name() -> None:
    audit = audited()
    other = replace(new_audit(AuditId(new_id()), audit.standard))
    with pytest.raises(ReplyProblem) as caught:
        reply_in(other, reply_out(audit))
    assert caught.value.code == "other_audit"
    assert audit.info.number in str(caught.value.params["audit"])


def test_a_finding_that_is_gone_and_an_id_nobody_knows_are_told_apart() -> None:
    audit = audited()
    opened = Opened(reply_out(audit))
    opened.fill(SECOND, "action.cause", "x")
    opened.fill(THIRD, ID, "abc")
    rows = {key: row for key, row in audit.of(Kind.FINDING).items() if key != SECOND}
    proposal = reply_in(replace(audit, rows={**audit.rows, Kind.FINDING: rows}), opened.saved())
    assert proposal.lines == ()
    assert "was removed from the audit" in told(proposal)
    assert "does not belong to this audit" in told(proposal)


def test_a_row_whose_id_was_exchanged_for_that_of_another_finding_is_not_believed() -> None:
    audit = audited()
    opened = Opened(reply_out(audit))
    opened.fill(FIRST, "action.cause", "x")
    opened.fill(FIRST, ID, SECOND)
    proposal = reply_in(audit, opened.saved())
    assert proposal.lines == ()
    assert "does not belong to this audit" in told(proposal)


def copied_row(opened: Opened, row_id: str) -> int:
    """Copy a row below the table, its hidden cells too, and return its number."""
    sheet = opened.sheet()
    source = int(opened.place(row_id, ID).lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    target = sheet.max_row + 1
    for column in range(1, sheet.max_column + 1):
        sheet.cell(target, column, sheet.cell(source, column).value)
    return target


def test_a_row_that_stands_twice_counts_once_unless_it_says_different_things() -> None:
    audit = audited()
    opened = Opened(reply_out(audit))
    opened.fill(FIRST, "action.cause", "同样")
    target = copied_row(opened, FIRST)
    proposal = reply_in(audit, opened.saved())
    assert [line.after for line in proposal.lines] == ["同样"]
    assert "it counts once" in told(proposal)
    column = opened.place(FIRST, "action.cause").rstrip("0123456789")
    opened.sheet()[f"{column}{target}"] = "不同"
    opened.fill(FIRST, "action.owner", "赵海")
    proposal = reply_in(audit, opened.saved())
    assert [line.label for line in proposal.lines] == ["Responsible"]
    assert "says different things: Cause" in told(proposal)


def test_rows_below_the_table_and_sheets_beside_it_are_told_and_ignored() -> None:
    audit = audited()
    opened = Opened(reply_out(audit))
    column = opened.place(FIRST, "action.cause").rstrip("0123456789")
    extra = opened.sheet().max_row + 2
    opened.sheet()[f"{column}{extra}"] = "另外一件事"
    opened.book.create_sheet("附件")["A1"] = "照片"
    proposal = reply_in(audit, opened.saved())
    assert proposal.lines == ()
    assert f"!{column}{extra}: A row added outside the table" in told(proposal)
    assert "附件" in told(proposal)


def test_a_copy_of_the_sheet_is_told_and_the_first_one_counts() -> None:
    audit = audited()
    opened = Opened(reply_out(audit))
    opened.fill(FIRST, "action.cause", "对")
    copy = opened.book.copy_worksheet(opened.sheet())
    copy[opened.place(FIRST, "action.cause")] = "备份"
    proposal = reply_in(audit, opened.saved())
    assert [line.after for line in proposal.lines] == ["对"]
    assert "was not read" in told(proposal)


def test_sorted_rows_and_moved_columns_are_still_whose_they_are() -> None:
    audit = audited()
    opened = Opened(reply_out(audit))
    opened.fill(FIRST, "action.cause", "一")
    opened.fill(SECOND, "action.cause", "二")
    sheet = opened.sheet()
    rows = [int(opened.place(each, ID).lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for each in (FIRST, SECOND, THIRD)]
    contents = [[cell.value for cell in sheet[row]] for row in rows]
    for row, content in zip(rows, reversed(contents), strict=True):
        for column, value in enumerate(content, 1):
            sheet.cell(row, column).value = value
    sheet.insert_cols(3)
    proposal = reply_in(audit, opened.saved())
    assert {(line.about[:9], line.after) for line in proposal.lines} == {("Finding 1", "一"), ("Finding 2", "二")}
    assert told(proposal) == ""


def test_a_column_that_was_deleted_is_told_and_empties_nothing() -> None:
    audit = audited()
    opened = Opened(reply_out(audit))
    place = opened.place(FIRST, "action.correction")
    opened.sheet().delete_cols(opened.sheet()[place].column or 0)
    proposal = reply_in(audit, opened.saved())
    assert proposal.lines == ()
    assert 'The column "Correction" is gone' in told(proposal)


def test_without_what_tells_what_was_sent_nothing_that_is_there_is_replaced_unasked() -> None:
    audit = audited()
    data = answered(audit, (SECOND, "action.correction", "新"), (SECOND, "action.cause", "原因"), (SECOND, SENT, None))
    proposal = reply_in(audit, data)
    assert [(line.label, line.is_wanted) for line in proposal.lines] == [("Correction", False), ("Cause", True)]


def test_a_workbook_without_its_hidden_row_is_refused() -> None:
    audit = audited()
    opened = Opened(reply_out(audit))
    top = int(opened.place(FIRST, ID).lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 2
    opened.sheet().delete_rows(top)
    with pytest.raises(ReplyProblem) as caught:
        reply_in(audit, opened.saved())
    assert caught.value.code == "no_mark"


def test_an_audit_without_findings_makes_a_workbook_that_can_be_read() -> None:
    audit = replace(audited(), rows={**audited().rows, Kind.FINDING: {}})
    assert reply_in(audit, reply_out(audit)).lines == ()
