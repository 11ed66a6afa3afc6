"""The receiver reads the conclusion with its reasons, how far the level is, and what expires when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook
from PIL import Image

from auditor_app.models.audit import Kind, only_row
from auditor_app.models.entities import AuditInfo, Document, PreviousCertificate
from auditor_app.models.enums import AppliedLevel, AuditKind
from auditor_app.report.snapshot import snapshot
from tests.builders import empty_audit, shipped_standard, with_rows
from tests.report.audits import MADE_ON, sample, with_special, worked_cases
from tests.report.photographed import placed_in
from tests.report.read import below, beside, opened, report_bytes, texts
from tests.workbooks.opening import load_workbook

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def pump() -> Workbook:
    """Give the report of the pump maker."""
    return opened(sample("pump-maker"))


def test_the_conclusion_stands_with_every_reason(pump: Workbook) -> None:
    sheet = pump["结论"]
    assert "纠正措施验证通过后，推荐五星级" in texts(sheet)
    assert "1 项轻微不符合的纠正措施尚未验证通过。" in texts(sheet)
    assert "1 项特别扣分须整改，纠正措施尚未验证通过。" in texts(sheet)
    assert (beside(sheet, "严重不符合"), beside(sheet, "轻微不符合"), beside(sheet, "须整改的特别扣分")) == (0, 1, 1)


def test_the_distance_is_told_in_both_directions() -> None:
    standard = shipped_standard()
    sheet = opened(snapshot(standard, worked_cases()["group deleted"][0], "zh", MADE_ON))["结论"]
    assert (beside(sheet, "下一等级"), beside(sheet, "距下一等级")) == ("五星级", 0.16)
    assert (beside(sheet, "可保持的等级"), beside(sheet, "可再失")) == ("四星级", 4.84)


@pytest.mark.parametrize("deductions", [5, 6])
def test_too_many_deductions_leave_no_level_to_reach_or_keep(deductions: int) -> None:
    standard = shipped_standard()
    audit = with_special(worked_cases()["nothing lost"][0], deductions)
    sheet = opened(snapshot(standard, audit, "zh", MADE_ON))["结论"]
    assert [beside(sheet, key) for key in ("下一等级", "距下一等级", "可保持的等级", "可再失")] == ["—"] * 4


def test_a_certificate_would_hold_three_years_and_what_expires_before_is_named() -> None:
    made = sample("pump-maker")
    held = PreviousCertificate("SC-7", AppliedLevel.FOUR_STAR, date(2023, 4, 1), date(2026, 3, 31))
    audit = with_rows(
        made.audit,
        (Kind.PREVIOUS_CERTIFICATE, only_row(Kind.PREVIOUS_CERTIFICATE), held),
        (Kind.DOCUMENT, "D1", Document("D1", expires=date(2026, 3, 2))),
        (Kind.DOCUMENT, "D2", Document("D2", expires=date(2028, 1, 1))),
    )
    sheet = opened(replace(made, audit=audit))["结论"]
    assert beside(sheet, "判断日期").date() == date(2026, 3, 3)  # type: ignore[attr-defined]
    assert beside(sheet, "证书有效期至").date() == date(2029, 3, 3)  # type: ignore[attr-defined]
    assert beside(sheet, "原证书") == "SC-7，四星级，有效期至 2026-03-31"
    assert beside(sheet, "过期的资料") == "D1 (2026-03-02)"
    assert beside(sheet, "证书期内到期的资料") == "D2 (2028-01-01)"


def test_surveillance_promises_no_new_certificate() -> None:
    audit = with_rows(
        empty_audit(shipped_standard()),
        (Kind.AUDIT, only_row(Kind.AUDIT), AuditInfo(kind=AuditKind.SURVEILLANCE)),
    )
    sheet = opened(snapshot(shipped_standard(), audit, "zh", MADE_ON))["结论"]
    assert "证书有效期至" not in texts(sheet)
    assert "报告生成日期（未填审核结束日期）" in texts(sheet)


def test_a_logo_stands_on_the_cover_in_its_box_and_without_one_nothing_moves() -> None:
    made = sample("pump-maker")
    picture = BytesIO()
    Image.new("RGB", (1200, 200), "navy").save(picture, "PNG")
    with_logo = load_workbook(BytesIO(report_bytes(replace(made, logo=picture.getvalue()))))["封面"]
    without = load_workbook(BytesIO(report_bytes(made)))["封面"]
    (placed,) = placed_in(with_logo)
    assert (placed.row, placed.column) == (1, 1)
    assert placed.shape == pytest.approx(6, rel=0.05)
    assert placed.bottom <= (with_logo.row_dimensions[1].height or 0)
    assert placed_in(without) == []
    heights = [[sheet.row_dimensions[row].height for row in range(1, sheet.max_row)] for sheet in (with_logo, without)]
    assert heights[0] == heights[1]
    assert below(opened(made)["封面"], "评分") == "98.06"
