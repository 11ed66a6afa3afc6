"""Which documents an auditee must hand in follows from its profile, unless the auditor says otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor_app.models.applicability import Applicability, applicability
from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.entities import Company, Document, Site, Subcontract
from auditor_app.models.enums import Applies
from auditor_app.models.standard import Standard
from tests.builders import empty_audit, with_rows

ONE_SITE = ((Kind.SITE, "a", Site("S1")),)
TWO_SITES = (*ONE_SITE, (Kind.SITE, "b", Site("S2")))
SUBCONTRACTED = ((Kind.SUBCONTRACT, "c", Subcontract("delivery", "carrier")),)
SEPARATE = Company(three_in_one=False)


def said(standard: Standard, audit: Audit, document_id: str) -> Applicability:
    return applicability(standard.documents_by_id[document_id], audit)


def with_company(audit: Audit, company: Company) -> Audit:
    return with_rows(audit, (Kind.COMPANY, only_row(Kind.COMPANY), company))


@pytest.mark.parametrize(
    ("document_id", "company", "rows", "applies", "reason"),
    [
        ("D1", Company(), (), True, "always"),
        ("D2", Company(), (), True, "always"),
        ("D3", Company(), (), False, "one_site"),
        ("D3", Company(), ONE_SITE, False, "one_site"),
        ("D3", Company(), TWO_SITES, True, "several_sites"),
        ("D3", Company(), SUBCONTRACTED, False, "one_site"),
        ("D4", SEPARATE, (), True, "separate_certificates"),
        ("D4", Company(three_in_one=True), (), False, "three_in_one"),
        ("D4", replace(SEPARATE, credit_code="91350100M000100Y43"), (), False, "three_in_one"),
        ("D4", replace(SEPARATE, credit_code="  91350100M000100Y43 "), (), False, "three_in_one"),
        ("D4", replace(SEPARATE, credit_code="350100100123456"), (), True, "separate_certificates"),
        ("D5", Company(needs_licence=True), (), True, "licence_needed"),
        ("D5", Company(needs_licence=False), (), False, "no_licence_needed"),
        ("D6", Company(), ONE_SITE, False, "one_site_no_subcontracting"),
        ("D6", Company(), TWO_SITES, True, "several_sites"),
        ("D6", Company(), (*ONE_SITE, *SUBCONTRACTED), True, "subcontracting"),
        ("D6", Company(), (*TWO_SITES, *SUBCONTRACTED), True, "several_sites"),
        ("P1", Company(), (), True, "collected"),
    ],
)
def test_a_document_applies_by_the_company_profile(
    standard: Standard,
    document_id: str,
    company: Company,
    rows: tuple[tuple[Kind, str, Site | Subcontract], ...],
    applies: bool,
    reason: str,
) -> None:
    audit = with_rows(with_company(empty_audit(standard), company), *rows)
    assert said(standard, audit, document_id) == Applicability(applies, reason, overridden=False)


@pytest.mark.parametrize(
    ("document_id", "word", "applies", "reason"),
    [("D3", Applies.YES, True, "set_yes"), ("D1", Applies.NO, False, "set_no")],
)
def test_the_auditor_has_the_last_word(
    standard: Standard, document_id: str, word: Applies, applies: bool, reason: str
) -> None:
    document = Document(document_id, applies=word, override_reason="seen on site")
    audit = with_rows(empty_audit(standard), (Kind.DOCUMENT, document_id, document))
    assert said(standard, audit, document_id) == Applicability(applies, reason, overridden=True)


def test_a_document_follows_the_profile_again_once_the_override_is_taken_back(standard: Standard) -> None:
    audit = with_rows(empty_audit(standard), (Kind.DOCUMENT, "D3", Document("D3", remark="later")))
    assert said(standard, audit, "D3") == Applicability(False, "one_site", overridden=False)
