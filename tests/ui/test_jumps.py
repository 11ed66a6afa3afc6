"""What is missing is listed before the report, and each line leads to the place where it is mended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QWidget

from auditor_app.models.audit import Kind
from auditor_app.models.entities import Eligibility
from auditor_app.models.enums import AuditKind, Judgement
from auditor_app.models.fields import fields_of
from auditor_app.models.remarks import Remark
from auditor_app.ui.readiness import Readiness
from auditor_app.ui.report_tab import ReportTab
from auditor_app.ui.whereabouts import PROFILE_KINDS
from tests.ui.desk import CHECKLIST, FINDINGS, PROFILE, REPORT, SHEET, Desk, Key, one, settle, visible_text


def lines(desk: Desk) -> list[QPushButton]:
    """Return the links of the list, top to bottom."""
    desk.show(REPORT)
    found = one(desk.space.tabs.report, Readiness).findChildren(QPushButton)
    return [button for button in found if button.isVisible() and button.property("kind") == "link"]


def jumps(desk: Desk) -> Iterator[tuple[str, Remark]]:
    """Click one link after the other; yield its words and what it is about."""
    went: list[Remark] = []
    report: ReportTab = desk.space.tabs.report
    report.jump_requested.connect(went.append)
    for place in range(len(lines(desk))):
        link = lines(desk)[place]
        words = link.text()
        desk.click(link)
        yield words, went[-1]
    report.jump_requested.disconnect(went.append)


def in_sight(desk: Desk, widget: QWidget) -> bool:
    place = widget.mapTo(desk.window, widget.rect().center())
    return desk.space.tabs.rect().contains(desk.space.tabs.mapFrom(desk.window, place))


def check_profile(desk: Desk, remark: Remark) -> None:
    """Check that the keyboard is at the field of a remark, and that it can be seen."""
    assert desk.space.tabs.currentIndex() == PROFILE
    focus = QApplication.focusWidget()
    assert focus is not None
    assert in_sight(desk, focus)
    if remark.kind in (Kind.TEAM, Kind.SITE, Kind.SUBCONTRACT):
        assert desk.card(remark.kind).isAncestorOf(focus)
        if remark.row_id:
            assert desk.table(remark.kind).hasFocus()
            assert desk.table(remark.kind).currentIndex().isValid()
    elif remark.kind is Kind.PREVIOUS_CERTIFICATE and not remark.row_id:
        assert isinstance(focus, QCheckBox)
    else:
        assert desk.editor(remark.kind, remark.field) is focus


@pytest.mark.long
def test_every_line_of_an_empty_audit_leads_to_its_place(desk: Desk) -> None:
    desk.new_audit()
    desk.choose(Kind.AUDIT, "kind", AuditKind.SURVEILLANCE)
    kinds = set()
    for words, remark in jumps(desk):
        assert words
        kinds.add(remark.kind)
        if remark.kind in PROFILE_KINDS:
            check_profile(desk, remark)
        elif remark.kind is Kind.DOCUMENT:
            assert desk.space.tabs.currentIndex() == CHECKLIST
            assert desk.sheet.current_key() == remark.row_id
            assert desk.sheet.hasFocus()
        else:
            assert desk.space.tabs.currentIndex() == SHEET
            assert desk.sheet.current_key() == remark.row_id
            assert desk.sheet.hasFocus()
    assert {Kind.AUDIT, Kind.DOCUMENT, Kind.ASSESSMENT} <= kinds


@pytest.mark.long
def test_a_field_of_every_kind_is_reached(desk: Desk) -> None:
    desk.fill(Kind.AUDIT, "number", "")
    desk.fill(Kind.COMPANY, "contact.phone", "")
    desk.add_row(Kind.SITE)
    desk.press(Key.Key_Escape)
    desk.add_row(Kind.SUBCONTRACT)
    desk.press(Key.Key_Escape)
    desk.choose(Kind.ELIGIBILITY, fields_of(Eligibility)[-1].path, Judgement.UNJUDGED)
    found = dict.fromkeys(remark.kind for _, remark in jumps(desk))
    for kind in (Kind.AUDIT, Kind.COMPANY, Kind.SITE, Kind.SUBCONTRACT, Kind.ELIGIBILITY):
        assert kind in found


@pytest.mark.long
def test_a_line_about_a_finding_leads_to_its_field(desk: Desk) -> None:
    kinds = []
    for _, remark in jumps(desk):
        kinds.append(remark.kind)
        if remark.kind is Kind.FINDING:
            assert desk.space.tabs.currentIndex() == FINDINGS
            assert desk.sheet.current_key() == remark.row_id
            assert desk.editor(Kind.FINDING, remark.field).hasFocus()
    assert Kind.FINDING in kinds


@pytest.mark.parametrize("path", ["name", "employees"])
def test_a_line_goes_once_its_place_is_filled(desk: Desk, path: str) -> None:
    old = "396" if path == "employees" else "泵业"
    desk.fill(Kind.COMPANY, path, "")
    before = len(lines(desk))
    desk.show(PROFILE)
    desk.fill(Kind.COMPANY, path, old)
    assert len(lines(desk)) == before - 1


def test_the_tab_counts_what_is_open(desk: Desk) -> None:
    desk.new_audit()
    title = desk.space.tabs.tabText(PROFILE)
    desk.fill(Kind.COMPANY, "name", "泵业")
    assert desk.space.tabs.tabText(PROFILE) != title
    assert "0/44" in desk.space.tabs.tabText(SHEET)


def test_a_draft_is_announced_before_the_report_is_made(desk: Desk) -> None:
    desk.show(REPORT)
    words = visible_text(desk.space.tabs.report)
    assert "98.06" in words
    assert "草稿" not in words
    assert "审核尚未定稿，报告会注明“未定稿”。" in words
    desk.show(SHEET)
    desk.select("5.1.1.1")
    desk.press(Key.Key_Delete)
    desk.show(REPORT)
    words = visible_text(desk.space.tabs.report)
    assert "草稿" in words
    assert "未定稿" not in words
    assert "–" in words


def test_the_report_of_a_finalised_audit_is_announced_as_final(desk: Desk) -> None:
    desk.show(REPORT)
    desk.bench.session.finalise()
    settle()
    words = visible_text(desk.space.tabs.report)
    assert "98.06" in words
    assert "未定稿" not in words
