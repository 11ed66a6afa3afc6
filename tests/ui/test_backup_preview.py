"""Before anything is restored, the auditor sees field by field what would come back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.backup_preview import preview, side
from auditor_app.models.entities import Site, Subcontract
from auditor_app.models.enums import DocumentStatus, Verdict
from auditor_app.ui.backup_preview import LISTED, PreviewDialog
from tests.builders import with_rows
from tests.ui.desk import Desk, settle, visible_text

COMPANY = only_row(Kind.COMPANY)
Look = Callable[[Audit, Audit | None], PreviewDialog]
LONG = "离心泵、潜水泵的销售及售后服务，包括配送、安装、调试、维修、技术支持和投诉处理"


@pytest.fixture
def look(desk: Desk) -> Iterator[Look]:
    """Give a way to see two audits beside each other."""
    dialogs: list[PreviewDialog] = []

    def show(then: Audit, now: Audit | None) -> PreviewDialog:
        standard = desk.bench.session.standard
        found = preview(side(standard, then), None if now is None else side(standard, now))
        dialogs.append(PreviewDialog(desk.space._context, found, "今天 23:09:41", desk.window))
        dialogs[-1].open()
        settle()
        return dialogs[-1]

    yield show
    for dialog in dialogs:
        dialog.close()
        dialog.deleteLater()
    settle()


def lines(dialog: PreviewDialog) -> list[tuple[str, ...]]:
    model = dialog.differences
    return [
        tuple(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def with_company(audit: Audit, **values: Any) -> Audit:
    return with_rows(audit, (Kind.COMPANY, COMPANY, replace(audit.company, **values)))


def test_a_hotline_that_changed_is_shown_with_both_numbers(desk: Desk, look: Look) -> None:
    then = with_company(desk.audit, hotline="400-1")
    dialog = look(then, with_company(then, hotline="400-2"))
    assert lines(dialog) == [("受审核方", "", "服务热线", "400-1", "400-2")]
    headers = [dialog.differences.headerData(column, Qt.Orientation.Horizontal) for column in (3, 4)]
    assert headers == ["今天 23:09:41 的备份", "现在"]
    assert "共 1 处不同" in visible_text(dialog)


def test_verdicts_and_papers_are_told_by_clause_or_number_and_field(desk: Desk, look: Look) -> None:
    then = desk.audit
    judged = replace(then.row(Kind.ASSESSMENT, "5.1.1.1"), verdict=Verdict.NOT_MET, reason="兼管")  # type: ignore[arg-type]
    paper = replace(then.document("D4"), status=DocumentStatus.PROBLEM)
    now = with_rows(then, (Kind.ASSESSMENT, "5.1.1.1", judged), (Kind.DOCUMENT, "D4", paper))
    found = lines(look(then, now))
    assert [line[1:] for line in found] == [
        ("", "状态", "待收", "有问题"),
        ("5.1.1.1", "评定", "符合", "不符合"),
        ("5.1.1.1", "理由", "（空）", "兼管"),
    ]
    assert found[0][0].startswith("资料 D4 ")
    assert found[1][0].startswith("评分 ")


def test_rows_that_came_or_went_are_named_as_in_the_history(desk: Desk, look: Look) -> None:
    then = with_rows(desk.audit, (Kind.SITE, "x1", Site("S8", "东库", "路 1")))
    now = with_rows(desk.audit, (Kind.SUBCONTRACT, "x2", Subcontract("配送", "顺达")))
    site, subcontract = lines(look(then, now))
    assert site[:3] == ("场所 S8 东库", "", "移除")
    assert "地址：路 1" in site[3]
    assert site[4] == "–"
    assert subcontract == ("分包 配送 顺达", "", "新增", "–", "活动：配送；承包方：顺达")


def test_long_texts_are_shown_from_where_they_part_and_whole_in_the_tooltip(desk: Desk, look: Look) -> None:
    then = with_company(desk.audit, scope=LONG)
    dialog = look(then, with_company(then, scope=LONG + "，\n含夜间值守"))
    assert lines(dialog)[0][3:] == (f"…{LONG[-8:]}", f"…{LONG[-8:]}， ↵ 含夜间值守")
    tip = str(dialog.differences.index(0, 4).data(Qt.ItemDataRole.ToolTipRole))
    assert LONG in tip
    assert "，\n含夜间值守" in tip


@pytest.mark.parametrize(
    ("then", "now"), [("见附件 3 ", "见附件·3"), ("见 附件 3", "见··附件·3"), ("\u3000附件", "附件")]
)
def test_texts_that_differ_in_space_alone_do_not_look_alike(desk: Desk, look: Look, then: str, now: str) -> None:
    before = with_company(desk.audit, products=then)
    _, _, _, shown_then, shown_now = lines(look(before, with_company(before, products=now.replace("·", " "))))[0]
    assert shown_now == now
    assert shown_then == then.replace(" ", "·").replace("\u3000", "□")


def test_a_text_of_thousands_of_characters_is_explained_around_where_it_differs(desk: Desk, look: Look) -> None:
    then = with_company(desk.audit, scope="甲" * 5_000 + "乙" * 5_000)
    dialog = look(then, with_company(then, scope="甲" * 5_000 + "丙" * 5_000))
    assert lines(dialog)[0][4].startswith("…甲甲甲甲甲甲甲甲丙丙")
    tip = str(dialog.differences.index(0, 4).data(Qt.ItemDataRole.ToolTipRole))
    assert "甲丙" in tip
    assert len(tip) < 1_000


def test_very_many_differences_are_listed_up_to_a_bound_that_is_said(desk: Desk, look: Look) -> None:
    then = desk.audit
    sites = [(Kind.SITE, f"x{place:03}", Site(f"N{place}")) for place in range(LISTED + 34)]
    dialog = look(then, with_rows(then, *sites))
    assert len(lines(dialog)) == LISTED
    assert f"共 {LISTED + 34} 处不同，这里列出前 {LISTED} 处；另有 34 处未列出。" in visible_text(dialog)
    assert dialog.height() <= dialog.screen().availableGeometry().height()


def test_no_list_is_shown_where_nothing_differs_or_the_audit_is_gone(desk: Desk, look: Look) -> None:
    same, gone = look(desk.audit, desk.audit), look(desk.audit, None)
    assert [dialog.view.isVisible() for dialog in (same, gone)] == [False, False]
    assert "与现在的内容相同" in visible_text(same)
    assert "已没有这项审核" in visible_text(gone)


def test_a_value_keeps_its_colour_in_the_selected_row(desk: Desk, look: Look) -> None:
    then = with_company(desk.audit, hotline="400-1")
    dialog = look(then, with_company(then, hotline="400-2"))
    dialog.view.selectRow(0)
    cell = dialog.view.visualRect(dialog.differences.index(0, 3))
    shown = dialog.view.viewport().grab(cell).toImage()
    wanted = desk.space._context.theme.color("warning")
    pixels = (shown.pixelColor(x, y) for x in range(shown.width()) for y in range(shown.height()))
    assert any(pixel == wanted for pixel in pixels)
