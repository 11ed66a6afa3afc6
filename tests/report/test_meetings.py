"""The receiver sees who audited what, who was at the meetings, and signs on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from auditor_app.models.audit import Kind, only_row
from auditor_app.models.entities import Eligibility, TeamMember
from auditor_app.models.enums import Judgement, Role
from auditor_app.report.snapshot import snapshot
from tests.builders import empty_audit, shipped_standard, with_rows
from tests.report.audits import MADE_ON, sample
from tests.report.read import beside, opened, rows_of, texts


@pytest.fixture(scope="module")
def pump() -> Workbook:
    """Give the report of the pump maker."""
    return opened(sample("pump-maker"))


@pytest.fixture(scope="module")
def empty() -> Workbook:
    """Give the report of an audit in which nothing is entered."""
    return opened(snapshot(shipped_standard(), empty_audit(shipped_standard()), "zh", MADE_ON))


def boxes_of(sheet: Worksheet, name: str) -> Sequence[object]:
    """Return what stands in the boxes beside a name, None where there is room to sign."""
    return [cell.value for cell in next(row for row in sheet.iter_rows() if row[0].value == name)][1:]


def test_each_group_names_who_audits_it(pump: Workbook) -> None:
    rows = rows_of(pump["审核计划与签到"])
    assert rows["5.1.1"][3] == "周明"
    assert rows["5.2.4"][3] == "李倩、郑工"


@pytest.mark.long
def test_a_member_with_some_indicators_is_named_with_them_and_an_observer_never() -> None:
    made = sample("pump-maker")
    rows = [
        (Kind.TEAM, "m1", TeamMember("赵一", role=Role.AUDITOR, clauses=("5.1.1.2",))),
        (Kind.TEAM, "m2", TeamMember("钱二", role=Role.OBSERVER, clauses=("5.1",))),
    ]
    audit = replace(made.audit, rows={**made.audit.rows, Kind.TEAM: {}})
    sheet = opened(replace(made, audit=with_rows(audit, *rows)))["审核计划与签到"]
    assert rows_of(sheet)["5.1.1"][3] == "赵一（5.1.1.2）"
    assert rows_of(sheet)["5.1.2"][3] == "未分工"
    assert "钱二" in texts(sheet)


def test_everybody_at_a_meeting_has_a_box_to_sign_in_and_there_are_some_more(pump: Workbook) -> None:
    sheet = pump["审核计划与签到"]
    assert beside(sheet, "时间") == "2026-03-02 09:00"
    assert boxes_of(sheet, "林敏") == [None, None, None]
    boxes = [row for row in sheet.iter_rows() if row[0].style == "report sign name"]
    assert len(boxes) == 12
    assert all(row[2].border.bottom.style == "thin" for row in boxes)


def test_the_meetings_begin_a_page_of_their_own(pump: Workbook) -> None:
    sheet = pump["审核计划与签到"]
    opening = next(row[0].row for row in sheet.iter_rows() if row[0].value == "首次会议")
    assert len(sheet.row_breaks.brk) == 1
    assert sheet.row_breaks.brk[0].id in (opening - 1, opening - 2)
    assert sheet.page_setup.fitToHeight == 0


def test_a_meeting_that_nobody_recorded_says_so_and_can_still_be_signed(empty: Workbook) -> None:
    sheet = empty["审核计划与签到"]
    assert texts(sheet).count("未记录") == 4
    assert sum(row[0].style == "report sign name" for row in sheet.iter_rows()) == 12
    assert "未登记审核组成员。" in texts(sheet)


@pytest.mark.long
def test_the_conditions_stand_with_their_meaning_and_the_worst_decides() -> None:
    made = sample("pump-maker")

    def sheet(**judged: Judgement) -> Worksheet:
        row = replace(made.audit.eligibility, **judged)
        return opened(replace(made, audit=with_rows(made.audit, (Kind.ELIGIBILITY, only_row(Kind.ELIGIBILITY), row))))[
            "申请条件"
        ]

    mixed = sheet(budget=Judgement.NOT_MET, trained_team=Judgement.UNJUDGED)
    assert rows_of(mixed)[3][1:3] == ["有售后服务专项经费", "不满足"]
    assert all(rows_of(mixed)[number][3] for number in range(1, 7))
    assert beside(mixed, "合计") == "满足 4，不满足 1，未判定 1"
    assert "结论不能为" in texts(mixed)[-2]
    assert "不能给出推荐结论" in texts(sheet(budget=Judgement.UNJUDGED))[-2]
    assert "全部满足" in texts(sheet())[-2]


def test_nothing_judged_is_not_taken_for_met(empty: Workbook) -> None:
    assert beside(empty["申请条件"], "合计") == "满足 0，不满足 0，未判定 6"
    assert Eligibility().rules is Judgement.UNJUDGED


def test_the_leader_signs_first_and_every_party_has_its_box(pump: Workbook) -> None:
    sheet = pump["签署页"]
    names = [row[0].value for row in sheet.iter_rows() if row[0].style == "report sign name"]
    assert names == ["周明", "李倩", "郑工"]
    assert boxes_of(sheet, "周明") == ["组长", None, None, None]
    assert {"受审核方代表（签字、盖章）", "认证机构复核（签字、盖章）"} <= set(texts(sheet))
    assert beside(sheet, "评分") == "98.06"
    assert beside(sheet, "审核结论") == "纠正措施验证通过后，推荐五星级"
    assert sheet.page_setup.fitToHeight == 1


def test_a_draft_asks_not_to_be_signed(pump: Workbook, empty: Workbook) -> None:
    asked = "草稿：审核尚未完成，请勿签署。"
    assert asked in texts(empty["签署页"])
    assert asked not in texts(pump["签署页"])
    assert sum(row[0].style == "report sign name" for row in empty["签署页"].iter_rows()) == 3
