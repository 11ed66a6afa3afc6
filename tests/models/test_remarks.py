"""What an auditor should look at is told for every audit, however odd, and in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.entities import AuditInfo, Document
from auditor_app.models.enums import Verdict
from auditor_app.models.fields import fields_of
from auditor_app.models.ids import Clause
from auditor_app.models.remarks import credit_code_remark, remarks
from auditor_app.models.standard import Standard
from tests.builders import STANDARD, audits, clauses_under, empty_audit, with_rows, with_sheet, with_verdict

CATALOGUES = [Catalogue.load("zh"), Catalogue.load("en")]


@given(audits(), st.dates())
def test_every_audit_can_be_looked_over_and_every_remark_is_told_at_its_place(audit: Audit, today: date) -> None:
    for remark in remarks(STANDARD, audit, today):
        assert all(words.text(remark.section, remark.code, **remark.params) for words in CATALOGUES)
        if remark.field:
            row = audit.row(remark.kind, remark.row_id)
            assert remark.field in {field.path for field in fields_of(type(row))}


@pytest.mark.parametrize(
    ("issued", "expires", "code"),
    [
        (None, date(2026, 1, 9), "document_expired"),
        (None, date(2026, 1, 20), "document_expires_early"),
        (date(2027, 1, 1), date(2026, 1, 9), "expires_before_issue"),
    ],
)
def test_a_document_that_does_not_hold_is_told(
    standard: Standard, issued: date | None, expires: date, code: str
) -> None:
    audit = with_rows(
        empty_audit(standard),
        (Kind.AUDIT, only_row(Kind.AUDIT), AuditInfo(ends=date(2026, 1, 10))),
        (Kind.DOCUMENT, "D1", Document("D1", issued=issued, expires=expires)),
    )
    found = remarks(standard, audit, date(2026, 2, 1))
    assert [remark.code for remark in found if remark.kind is Kind.DOCUMENT and remark.field == "expires"] == [code]


def test_a_licence_without_end_is_no_surprise_whatever_year_was_typed(standard: Standard) -> None:
    audit = with_rows(
        empty_audit(standard),
        (Kind.AUDIT, only_row(Kind.AUDIT), AuditInfo(ends=date(9998, 1, 1))),
        (Kind.DOCUMENT, "D1", Document("D1", expires=date(9999, 12, 31))),
    )
    found = remarks(standard, audit, date(2026, 1, 1))
    assert [remark for remark in found if remark.kind is Kind.DOCUMENT and remark.field == "expires"] == []


def test_a_chapter_that_is_deleted_whole_is_pointed_out(standard: Standard) -> None:
    sheet = with_verdict({}, Verdict.DELETED, *clauses_under(standard, "5.3"))
    found = remarks(standard, with_sheet(empty_audit(standard), sheet), date(2026, 1, 1))
    assert [remark.params for remark in found if remark.code == "chapter_deleted"] == [{"clause": "5.3"}]
    del sheet[Clause("5.3.2.4")]
    found = remarks(standard, with_sheet(empty_audit(standard), sheet), date(2026, 1, 1))
    assert "chapter_deleted" not in {remark.code for remark in found}


GENUINE = "91350100M000100Y43"


@pytest.mark.parametrize(
    ("code", "remark"),
    [
        (GENUINE, None),
        (GENUINE[:-1] + "4", "credit_code_check_character"),
        (GENUINE[:-1], "credit_code_form"),
        ("I" + GENUINE[1:], "credit_code_form"),
    ],
)
def test_a_mistyped_credit_code_is_doubted(code: str, remark: str | None) -> None:
    assert credit_code_remark(code) == remark
