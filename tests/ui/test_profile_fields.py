"""Every field of the company profile takes what an auditor types, or says at the field why not."""

from __future__ import annotations

import types
import typing
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel

from auditor_app.models.audit import ENTITY_TYPES, Audit, Kind, only_row
from auditor_app.models.enums import AuditKind, CompanyKind
from auditor_app.models.fields import Field, fields_of, value_at
from auditor_app.ui.fields import SeveralField
from tests.ui.conftest import Sit
from tests.ui.desk import CONTROL, SHEET, Desk, Key, one, text_of

KINDS = (Kind.AUDIT, Kind.COMPANY, Kind.ELIGIBILITY, Kind.PREVIOUS_CERTIFICATE)
FIELDS = [(kind, field) for kind in KINDS for field in fields_of(ENTITY_TYPES[kind])]


def typed_and_meant(field: Field) -> tuple[str, Any]:
    """Return something to type into a field, in full width where figures are, and what it means."""
    if field.path.endswith(".at"):
        return "2026年3月2日 ９:05", "2026-03-02T09:05"
    if field.path.endswith("attendees"):
        return "陈立新,王芳;赵 海", ("陈立新", "王芳", "赵 海")
    hints = typing.get_args(field.type) if isinstance(field.type, types.UnionType) else (field.type,)
    ways: dict[type, tuple[str, Any]] = {
        int: ("１２", 12),
        Decimal: ("3。5", Decimal("3.5")),
        date: ("2026年3月2日", date(2026, 3, 2)),
        str: (" 示例 A-1 ", "示例 A-1"),
    }
    return next(ways[hint] for hint in hints if hint in ways)


def choices(field: Field) -> list[Any]:
    """Return what a field of a closed set offers."""
    hints = typing.get_args(field.type) if isinstance(field.type, types.UnionType) else (field.type,)
    sets = [hint for hint in hints if isinstance(hint, type) and issubclass(hint, StrEnum)]
    return [member for kind in sets for member in kind]


def row(audit: Audit, kind: Kind) -> Any:
    return audit.of(kind)[only_row(kind)]


@pytest.fixture
def empty(blank: Desk) -> Desk:
    """Give a new audit, with the form of a previous certificate open."""
    blank.click(certificate(blank))
    return blank


def certificate(desk: Desk) -> QCheckBox:
    return one(desk.space.tabs.profile, QCheckBox, lambda box: "证书" in box.text() and "三证" not in box.text())


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=[f"{kind}.{field.path}" for kind, field in FIELDS])
def test_every_field_of_the_profile_is_there_and_stores(empty: Desk, kind: Kind, field: Field) -> None:
    before = row(empty.stored, kind)
    if field.type is bool:
        editor = empty.editor(kind, field.path)
        meant: Any = not value_at(before, field.path)
        empty.click(editor)
    elif field.type == tuple[CompanyKind, ...]:
        several = empty.field(kind, field.path)
        assert isinstance(several, SeveralField)
        for box in several.findChildren(QCheckBox)[1:]:
            empty.click(box)
        meant = tuple(CompanyKind)[1:]
    elif choices(field):
        meant = choices(field)[-1]
        empty.choose(kind, field.path, meant)
    else:
        typed, meant = typed_and_meant(field)
        # A text of several lines keeps the spaces at its ends.
        meant = typed if field.path == "scope" else meant
        empty.fill(kind, field.path, typed)
    assert value_at(row(empty.stored, kind), field.path) == meant
    while row(empty.audit, kind) != before:
        empty.undo()
    assert row(empty.stored, kind) == before


REFUSED = [
    (Kind.COMPANY, "employees", "-1"),
    (Kind.COMPANY, "employees", "－１"),
    (Kind.COMPANY, "after_sales_staff", "abc"),
    (Kind.COMPANY, "service_management_staff", "1.5"),
    (Kind.COMPANY, "certified_service_managers", "9999999999"),
    (Kind.AUDIT, "starts", "2026-02-31"),
    (Kind.AUDIT, "ends", "abc"),
    (Kind.AUDIT, "man_days", "-2"),
    (Kind.AUDIT, "man_days", "three"),
    (Kind.AUDIT, "opening_meeting.at", "2026-03-02 25:00"),
    (Kind.AUDIT, "closing_meeting.at", "2026-02-30 09:00"),
]


@pytest.mark.parametrize(("kind", "path", "typed"), REFUSED)
def test_an_impossible_value_is_refused_at_its_field_and_the_old_one_stays(
    desk: Desk, kind: Kind, path: str, typed: str
) -> None:
    before = desk.facts
    editor = desk.enter(kind, path)
    old = text_of(editor)
    assert old
    desk.fill(kind, path, typed)
    assert desk.facts == before
    assert text_of(editor) == old
    words = desk.field_words(kind, path)
    assert typed in words or "0" in words
    assert old in words, "it does not say what it kept"
    assert editor.property("state") == "error"


def test_a_refusal_goes_once_the_value_is_mended(desk: Desk) -> None:
    desk.fill(Kind.COMPANY, "employees", "abc")
    assert "abc" in desk.field_words(Kind.COMPANY, "employees")
    desk.fill(Kind.COMPANY, "employees", "500")
    assert desk.field_words(Kind.COMPANY, "employees") == ""
    assert desk.stored.company.employees == 500


def test_a_number_that_is_not_finished_is_not_stored_as_another_one(desk: Desk) -> None:
    before = desk.stored.info.starts
    desk.enter(Kind.AUDIT, "starts")
    desk.press(Key.Key_End)
    desk.press(Key.Key_Backspace)
    desk.press(Key.Key_Backspace)
    desk.pause()
    assert desk.stored.info.starts == before
    desk.type("05")
    desk.press(Key.Key_Tab)
    assert desk.stored.info.starts == date(2026, 3, 5)


@pytest.mark.parametrize("code", ["91331002MA2AK7X321", "91331002MA2AK7X32I", "12345"])
def test_a_doubtful_credit_code_is_stored_with_a_warning(desk: Desk, code: str) -> None:
    assert desk.field_words(Kind.COMPANY, "credit_code") == ""
    desk.fill(Kind.COMPANY, "credit_code", code)
    assert desk.stored.company.credit_code == code
    assert desk.field_words(Kind.COMPANY, "credit_code")
    assert desk.editor(Kind.COMPANY, "credit_code").property("state") == "warning"


PASTED = {
    "control characters": ("泵\x07业\x00有限", "泵业有限"),
    "lone surrogates": ("泵\ud800业", "泵业"),
    "line breaks": ("泵业\r\n有限公司\n", "泵业 有限公司"),
    "characters nobody sees": ("\u200b泵业\ufeff\u202e", "泵业"),
    "letters in two parts": ("Café", "Caf\u00e9"),
}


@pytest.mark.parametrize(("pasted", "meant"), PASTED.values(), ids=PASTED.keys())
def test_pasted_text_is_cleaned(desk: Desk, pasted: str, meant: str) -> None:
    desk.enter(Kind.COMPANY, "industry")
    desk.press(Key.Key_A, CONTROL)
    desk.paste(pasted)
    desk.press(Key.Key_Tab)
    assert desk.stored.company.industry == meant
    assert text_of(desk.editor(Kind.COMPANY, "industry")) == meant


def test_pasted_lines_stay_lines_where_a_text_has_several(desk: Desk) -> None:
    desk.enter(Kind.COMPANY, "scope")
    desk.press(Key.Key_A, CONTROL)
    desk.paste("水泵\x0b的\u2028售后\x07服务")
    desk.press(Key.Key_Tab)
    assert desk.stored.company.scope == "水泵\n的\n售后服务"


def test_a_remark_of_two_lines_is_seen_whole_in_a_wide_window(desk: Desk) -> None:
    desk.window.resize(1920, 1000)
    desk.fill(Kind.COMPANY, "credit_code", "12345")
    field = desk.field(Kind.COMPANY, "credit_code")
    remark = one(field, QLabel, lambda label: label.property("role") == "message" and label.isVisible())
    QTest.qWait(50)
    assert remark.height() > 2 * remark.fontMetrics().height() - 4, "it takes two lines"
    assert remark.height() >= remark.heightForWidth(remark.width())


def test_how_many_certified_managers_are_needed_is_said_at_the_field(desk: Desk) -> None:
    path = "certified_service_managers"
    assert "18" in desk.field_words(Kind.COMPANY, path)
    desk.fill(Kind.COMPANY, "service_management_staff", "31")
    words = desk.field_words(Kind.COMPANY, path)
    assert "31" in words
    assert "4" in words
    assert desk.editor(Kind.COMPANY, path).property("state") == "warning"
    desk.fill(Kind.COMPANY, path, "4")
    assert desk.editor(Kind.COMPANY, path).property("state") == ""
    assert "10%" in desk.field_words(Kind.COMPANY, path)


@pytest.mark.long
def test_an_audit_that_ends_before_it_starts_is_said_at_the_field(desk: Desk) -> None:
    desk.fill(Kind.AUDIT, "ends", "20260301")
    assert desk.stored.info.ends == date(2026, 3, 1)
    assert desk.field_words(Kind.AUDIT, "ends")
    desk.fill(Kind.AUDIT, "ends", "20260303")
    assert desk.field_words(Kind.AUDIT, "ends") == ""


def test_a_previous_certificate_is_expected_of_a_surveillance_audit(desk: Desk) -> None:
    desk.choose(Kind.AUDIT, "kind", AuditKind.SURVEILLANCE)
    assert desk.stored.previous_certificate is None
    desk.click(certificate(desk))
    assert desk.stored.previous_certificate is not None
    desk.fill(Kind.PREVIOUS_CERTIFICATE, "expires", "2025-03-02")
    assert desk.field_words(Kind.PREVIOUS_CERTIFICATE, "expires")
    desk.click(certificate(desk))
    assert desk.stored.previous_certificate is None
    desk.undo()
    stored = desk.stored.previous_certificate
    assert stored is not None
    assert stored.expires == date(2025, 3, 2)
    assert text_of(desk.editor(Kind.PREVIOUS_CERTIFICATE, "expires")) == "2025-03-02"


@pytest.mark.long
def test_undo_takes_a_certificate_away_even_while_the_cursor_is_in_it(desk: Desk) -> None:
    desk.click(certificate(desk))
    desk.enter(Kind.PREVIOUS_CERTIFICATE, "expires")
    desk.undo()
    assert desk.stored.previous_certificate is None
    desk.redo()
    desk.enter(Kind.PREVIOUS_CERTIFICATE, "expires")
    desk.new_audit()
    assert desk.stored.previous_certificate is None
    desk.show(SHEET)
    assert "0 / 44" in desk.score_bar


def test_the_company_s_name_is_in_title_and_list_as_soon_as_it_is_typed(desk: Desk) -> None:
    desk.new_audit()
    desk.type("新泵业")
    desk.press(Key.Key_Tab)
    assert "新泵业" in desk.window.windowTitle()
    assert desk.space.rail.view.currentIndex().data() == "新泵业"


def test_text_being_typed_is_not_rewritten_while_the_cursor_is_in_it(desk: Desk) -> None:
    editor = desk.enter(Kind.COMPANY, "industry")
    desk.press(Key.Key_A, CONTROL)
    desk.type("水泵 ")
    desk.pause()
    assert text_of(editor) == "水泵 "
    desk.type("制造")
    desk.press(Key.Key_Tab)
    assert desk.stored.company.industry == "水泵 制造"


@pytest.mark.long
def test_the_fields_take_english_words_too(sit: Sit) -> None:
    desk = sit(language="en")
    desk.fill(Kind.COMPANY, "employees", "abc")
    assert "abc" in desk.field_words(Kind.COMPANY, "employees")
    assert f"Kept: {desk.stored.company.employees}" in desk.field_words(Kind.COMPANY, "employees")
