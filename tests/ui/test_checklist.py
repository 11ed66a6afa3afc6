"""The checklist says which documents apply and why; they are ticked off by keys, dated, and watched for expiry."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from auditor_app.models.audit import Kind
from auditor_app.models.entities import Document
from auditor_app.models.enums import Applies, DocumentStatus
from auditor_app.ui.tables.document_tree import APPLIES, EXPIRES, NUMBER, REMARK, STATUS
from tests.ui.desk import CHECKLIST, PROFILE, Desk, Key, text_of, visible_text

STATUSES = {
    Key.Key_1: DocumentStatus.RECEIVED,
    Key.Key_2: DocumentStatus.VERIFIED,
    Key.Key_3: DocumentStatus.PROBLEM,
    Key.Key_0: DocumentStatus.AWAITED,
}


@pytest.fixture
def empty(blank: Desk) -> Desk:
    """Give a new audit with its checklist shown."""
    blank.show(CHECKLIST)
    return blank


def applies(desk: Desk, document: str) -> bool:
    """Say whether the checklist shows a document as applying."""
    words = desk.cell(document, APPLIES, desk.space.tabs.checklist.view)
    assert words.startswith(("是", "否"))
    assert len(words) > 4, "it does not say why"
    return words.startswith("是")


def shown(desk: Desk, document: str, column: int) -> str:
    return desk.cell(document, column, desk.space.tabs.checklist.view)


def add_site(desk: Desk) -> None:
    desk.add_row(Kind.SITE)
    desk.press(Key.Key_Escape)


@pytest.mark.long
def test_of_a_plain_company_only_the_documents_everybody_brings_apply(empty: Desk) -> None:
    assert [applies(empty, f"D{n}") for n in range(1, 7)] == [True, True, False, False, False, False]


@pytest.mark.long
def test_a_second_site_makes_the_documents_of_several_sites_apply(empty: Desk) -> None:
    reasons = []
    for sites, wanted in ((1, False), (2, True)):
        empty.show(PROFILE)
        add_site(empty)
        assert len(empty.audit.sites) == sites
        empty.show(CHECKLIST)
        assert [applies(empty, document) for document in ("D3", "D6")] == [wanted, wanted]
        reasons.append(shown(empty, "D3", APPLIES))
    assert reasons[0] != reasons[1]
    empty.undo()
    assert [applies(empty, document) for document in ("D3", "D6")] == [False, False]


def test_subcontracting_alone_makes_only_its_statement_apply(empty: Desk) -> None:
    empty.show(PROFILE)
    empty.add_row(Kind.SUBCONTRACT)
    empty.press(Key.Key_Escape)
    assert [applies(empty, document) for document in ("D3", "D6")] == [False, True]


def test_licence_and_separate_certificates_follow_the_profile(empty: Desk) -> None:
    empty.show(PROFILE)
    empty.click(empty.editor(Kind.COMPANY, "needs_licence"))
    assert applies(empty, "D5")
    empty.click(empty.editor(Kind.COMPANY, "three_in_one"))
    assert applies(empty, "D4")
    empty.fill(Kind.COMPANY, "credit_code", "91331002MA2AK7X32A")
    assert not applies(empty, "D4")


@pytest.mark.parametrize(("key", "status"), STATUSES.items(), ids=[s.value for s in STATUSES.values()])
def test_one_key_gives_a_document_its_status(desk: Desk, key: Key, status: DocumentStatus) -> None:
    desk.show(CHECKLIST)
    desk.select("D3")
    desk.press(key)
    assert desk.stored.document("D3").status is status
    assert shown(desk, "D3", STATUS) == desk.words.word(status)


def test_ticking_off_is_counted_in_the_tab_and_taken_back_by_undo(empty: Desk) -> None:
    for document in ("D1", "D2"):
        empty.select(document)
        empty.press(Key.Key_2)
    assert "2/2" in empty.space.tabs.tabText(CHECKLIST)
    empty.undo()
    assert "1/2" in empty.space.tabs.tabText(CHECKLIST)
    assert empty.stored.of(Kind.DOCUMENT) == {"D1": Document("D1", DocumentStatus.VERIFIED)}


def test_a_status_is_chosen_from_the_menu_of_its_cell(empty: Desk) -> None:
    with empty.menu(empty.words.word(DocumentStatus.PROBLEM)):
        empty.click_cell(empty.sheet, empty.index("D2", STATUS))
    assert empty.stored.document("D2").status is DocumentStatus.PROBLEM


def test_a_status_is_chosen_in_the_panel(empty: Desk) -> None:
    empty.select("D2")
    empty.click(empty.button(empty.words.word(DocumentStatus.RECEIVED)))
    assert empty.stored.document("D2").status is DocumentStatus.RECEIVED


def test_an_auditor_may_overrule_the_profile_and_is_asked_for_the_reason(empty: Desk) -> None:
    empty.select("D3")
    empty.choose(Kind.DOCUMENT, "applies", Applies.YES)
    assert applies(empty, "D3")
    assert empty.field_words(Kind.DOCUMENT, "override_reason")
    empty.fill(Kind.DOCUMENT, "override_reason", "集团要求")
    assert empty.field_words(Kind.DOCUMENT, "override_reason") == ""
    stored = empty.stored.document("D3")
    assert (stored.applies, stored.override_reason) == (Applies.YES, "集团要求")
    empty.choose(Kind.DOCUMENT, "applies", Applies.NO)
    assert not applies(empty, "D3")
    empty.choose(Kind.DOCUMENT, "applies", Applies.AUTO)
    assert not applies(empty, "D3")


def test_number_dates_copies_and_remark_are_entered_in_the_panel(empty: Desk) -> None:
    empty.select("D2")
    for path, typed in (
        ("number", "ZZ-77"),
        ("issued", "2020年1月5日"),
        ("expires", "20400105"),
        ("copies", "３"),
        ("remark", "原件已核"),
    ):
        empty.fill(Kind.DOCUMENT, path, typed)
    assert empty.stored.document("D2") == Document(
        "D2", number="ZZ-77", issued=date(2020, 1, 5), expires=date(2040, 1, 5), copies=3, remark="原件已核"
    )
    assert [shown(empty, "D2", c) for c in (NUMBER, EXPIRES, REMARK)] == ["ZZ-77", "2040-01-05", "原件已核"]


def test_number_date_and_remark_are_typed_into_their_cells_too(empty: Desk) -> None:
    for column, typed in ((NUMBER, "ZZ-77"), (EXPIRES, "2040.1.5"), (REMARK, "原件 2 份")):
        empty.select("D2", column)
        empty.press(Key.Key_F2)
        empty.type(typed)
        empty.press(Key.Key_Return)
    assert empty.stored.document("D2") == Document("D2", number="ZZ-77", expires=date(2040, 1, 5), remark="原件 2 份")


def test_an_impossible_date_in_a_cell_is_refused_and_the_old_one_stays(empty: Desk) -> None:
    empty.select("D2")
    empty.fill(Kind.DOCUMENT, "expires", "2040-01-05")
    empty.select("D2", EXPIRES)
    empty.press(Key.Key_F2)
    empty.press(Key.Key_Backspace)
    empty.type("99")
    empty.press(Key.Key_Return)
    assert empty.status
    assert empty.stored.document("D2").expires == date(2040, 1, 5)
    assert shown(empty, "D2", EXPIRES) == "2040-01-05"


def test_a_remark_of_several_lines_survives_a_look_into_its_cell(empty: Desk) -> None:
    empty.select("D2")
    empty.enter(Kind.DOCUMENT, "remark")
    empty.type("第一行")
    empty.press(Key.Key_Return)
    empty.type("第二行")
    empty.press(Key.Key_Escape)
    assert empty.stored.document("D2").remark == "第一行\n第二行"
    empty.select("D2", REMARK)
    empty.press(Key.Key_F2)
    empty.press(Key.Key_Return)
    assert empty.stored.document("D2").remark == "第一行\n第二行"
    assert text_of(empty.editor(Kind.DOCUMENT, "remark")) == "第一行\n第二行"


@pytest.mark.parametrize(("expires", "warned"), [("2026-03-02", True), ("2027-01-01", True), ("2035-01-01", False)])
def test_a_document_that_expires_too_early_is_warned_of(desk: Desk, expires: str, warned: bool) -> None:
    desk.show(CHECKLIST)
    desk.select("D2")
    desk.fill(Kind.DOCUMENT, "expires", expires)
    assert bool(desk.field_words(Kind.DOCUMENT, "expires")) is warned
    assert (desk.editor(Kind.DOCUMENT, "expires").property("state") == "warning") is warned


def test_an_expired_document_is_told_from_one_that_expires_before_the_certificate(desk: Desk) -> None:
    desk.show(CHECKLIST)
    desk.select("D2")
    said = []
    for expires in ("2026-03-02", "2027-01-01"):
        desk.fill(Kind.DOCUMENT, "expires", expires)
        said.append(desk.field_words(Kind.DOCUMENT, "expires"))
    assert said[0] != said[1]
    assert "2029-03-03" in said[1], "the end of the certificate"


@pytest.mark.long
def test_the_panel_says_why_a_document_applies_and_where_the_rule_comes_from(empty: Desk) -> None:
    empty.select("D6")
    words = visible_text(empty.space.tabs.checklist)
    assert shown(empty, "D6", APPLIES).split(" · ")[1] in words


def test_supporting_papers_are_ticked_off_too(empty: Desk) -> None:
    paper = next(d for d in empty.bench.session.standard.documents if d.group == "supporting")
    empty.select(paper.id)
    empty.press(Key.Key_2)
    assert empty.stored.document(paper.id).status is DocumentStatus.VERIFIED


def test_keys_on_a_heading_of_the_checklist_tick_nothing(empty: Desk) -> None:
    before = empty.facts
    empty.select("supporting")
    for key in (*STATUSES, Key.Key_N):
        empty.press(key)
    assert empty.facts == before


def test_a_remark_is_typed_with_one_key_and_escape(empty: Desk) -> None:
    empty.select("D1")
    empty.press(Key.Key_N)
    assert QApplication.focusWidget() is empty.editor(Kind.DOCUMENT, "remark")
    empty.type("缺公章")
    empty.press(Key.Key_Escape)
    assert empty.sheet.hasFocus()
    assert empty.stored.document("D1").remark == "缺公章"
