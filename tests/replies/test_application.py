"""The application before the audit: a form goes out, what the applicant filled in comes into profile and checklist."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.changes import ChangeSet, apply
from auditor_app.models.entities import Company, PreviousCertificate, Site, Subcontract
from auditor_app.models.enums import AppliedLevel, CompanyKind, DocumentStatus, Operated, SiteKind
from auditor_app.models.ids import RowId
from auditor_app.models.remarks import credit_code_remark
from auditor_app.replies.application_sheet import write_application
from auditor_app.replies.entries import DOCUMENT, PROFILE, SITE, SUBCONTRACT, profile_id
from auditor_app.replies.identity import ID
from tests.builders import STANDARD, empty_audit, with_rows
from tests.replies.workbooks import (
    BOTH,
    TODAY,
    Opened,
    application_in,
    application_out,
    applied,
    audited,
    saved_by_office,
    take,
    told,
)

BLANK = empty_audit(STANDARD)
GOOD_CODE = "91110000600037341L"
EVERYTHING: tuple[tuple[str, str, str, Any], ...] = (
    ("profile", "company.name", "value", "台州泵业"),
    ("profile", "company.credit_code", "value", GOOD_CODE),
    ("profile", "company.kinds.manufacturer", "value", "是 Yes"),
    ("profile", "company.kinds.service_provider", "value", "是"),
    ("profile", "company.scope", "value", "水泵\n售后服务"),
    ("profile", "company.three_in_one", "value", "No"),
    ("profile", "company.employees", "value", 612),
    ("profile", "company.after_sales_staff", "value", "５６"),
    ("profile", "company.contact.phone", "value", 13800000000),
    ("profile", "audit_info.applied_level", "value", "四星级 Four stars"),
    ("profile", "previous_certificate.number", "value", "R0-1"),
    ("profile", "previous_certificate.expires", "value", "2026年9月1日"),
    ("sites", "new-1", "name", "总部"),
    ("sites", "new-1", "staff", 500),
    ("sites", "new-2", "name", "温岭服务站"),
    ("sites", "new-2", "kind", "服务站 Service station"),
    ("sites", "new-2", "operated", "Commissioned"),
    ("subcontracts", "new-1", "activity", "干线运输"),
    ("subcontracts", "new-1", "contractor", "示例物流"),
    ("documents", "D1", "enclosed", "是 Yes"),
    ("documents", "D2", "enclosed", "√"),
    ("documents", "D2", "number", GOOD_CODE),
    ("documents", "D2", "issued", date(2018, 5, 21)),
    ("documents", "D2", "copies", 2),
)


def label_of(key: str) -> str:
    return BOTH.en.text("reply_sheet", key)


def test_an_empty_form_that_comes_back_empty_changes_nothing() -> None:
    for audit in (BLANK, audited()):
        proposal = application_in(audit, application_out(audit))
        assert (proposal.lines, proposal.notes) == ((), ())


def test_a_form_with_what_is_known_that_comes_back_untouched_changes_nothing() -> None:
    audit = audited()
    proposal = application_in(audit, application_out(audit, filled=True))
    assert (proposal.lines, proposal.notes) == ((), ())


def test_an_empty_form_tells_nothing_of_the_audit_but_whose_it_is() -> None:
    opened = Opened(application_out(audited()))
    values = {
        opened.value(profile_id(kind, entry), "value", "profile") for kind, entries in PROFILE for entry in entries
    }
    assert values == {None}


def test_everything_that_is_filled_in_comes_into_profile_and_checklist() -> None:
    proposal = application_in(BLANK, applied(BLANK, *EVERYTHING))
    assert told(proposal) == ""
    assert all(line.is_wanted for line in proposal.lines)
    after = take(BLANK, proposal)
    company = after.company
    assert (company.name, company.credit_code, company.scope) == ("台州泵业", GOOD_CODE, "水泵\n售后服务")
    assert company.kinds == (CompanyKind.MANUFACTURER, CompanyKind.SERVICE_PROVIDER)
    assert (company.employees, company.after_sales_staff, company.three_in_one) == (612, 56, False)
    assert company.contact.phone == "13800000000"
    assert after.info.applied_level is AppliedLevel.FOUR_STAR
    assert after.previous_certificate == PreviousCertificate("R0-1", expires=date(2026, 9, 1))
    assert after.sites == (
        Site("S1", "总部", staff=500),
        Site("S2", "温岭服务站", kind=SiteKind.SERVICE_STATION, operated=Operated.COMMISSIONED),
    )
    assert after.subcontracting == (Subcontract("干线运输", "示例物流"),)
    document = after.document("D2")
    assert (document.status, document.number, document.copies) == (DocumentStatus.RECEIVED, GOOD_CODE, 2)
    assert document.issued == date(2018, 5, 21)
    assert after.document("D1").status is DocumentStatus.RECEIVED
    changes = ChangeSet(BLANK.id, proposal.changes(BLANK, range(len(proposal.lines))))
    assert apply(after, changes.inverse) == BLANK


def test_the_same_form_taken_in_twice_adds_nothing_twice() -> None:
    data = applied(BLANK, *EVERYTHING)
    after = take(BLANK, application_in(BLANK, data))
    again = application_in(after, data)
    assert (again.lines, told(again)) == ((), "")


def test_any_lines_can_be_left_out_of_a_row_and_the_rest_is_one_change_of_it() -> None:
    proposal = application_in(BLANK, applied(BLANK, *EVERYTHING))
    places = {(line.about, line.label): place for place, line in enumerate(proposal.lines)}
    chosen = [place for (about, label), place in places.items() if about.startswith("D2") and label != "Number"]
    after = apply(BLANK, ChangeSet(BLANK.id, proposal.changes(BLANK, chosen)))
    assert len(chosen) == 3
    assert (after.document("D2").number, after.document("D2").copies) == ("", 2)


def test_old_and_new_are_shown_for_each_field() -> None:
    audit = audited()
    data = applied(
        audit, ("profile", "company.name", "value", "新名称"), ("profile", "company.employees", "value", 700)
    )
    lines = application_in(audit, data).lines
    assert [(line.label, line.before, line.after) for line in lines] == [
        ("Company name", audit.company.name, "新名称"),
        ("Employees", str(audit.company.employees), "700"),
    ]


@pytest.mark.parametrize(
    ("part", "row_id", "key", "value"),
    [
        ("profile", "company.employees", "value", "很多"),
        ("profile", "company.employees", "value", -3),
        ("profile", "company.employees", "value", 2.5),
        ("profile", "company.employees", "value", 10**12),
        ("profile", "company.credit_code", "value", 911100006000373410),
        ("profile", "company.three_in_one", "value", "也许"),
        ("profile", "audit_info.applied_level", "value", "六星级"),
        ("profile", "previous_certificate.issued", "value", "去年"),
        ("sites", "new-1", "kind", "车间"),
        ("documents", "D2", "expires", "长期"),
        ("documents", "D2", "copies", "两份"),
    ],
)
def test_what_is_refused_is_told_with_its_cell_and_the_rest_can_be_taken(
    part: str, row_id: str, key: str, value: Any
) -> None:
    opened = Opened(application_out(BLANK))
    cell = opened.fill(row_id, key, value, part)
    opened.fill("company.name", "value", "台州泵业", "profile")
    opened.fill("new-1", "name", "总部", "sites")
    proposal = application_in(BLANK, opened.saved())
    assert [note.cell for note in proposal.notes] == [cell]
    assert "Not taken" in proposal.notes[0].text
    after = take(BLANK, proposal)
    assert (after.company, [site.name for site in after.sites]) == (Company("台州泵业"), ["总部"])


def test_a_credit_code_that_fails_the_check_is_doubted_and_can_be_taken() -> None:
    odd = GOOD_CODE[:-1] + "0"
    assert credit_code_remark(odd) == "credit_code_check_character"
    proposal = application_in(BLANK, applied(BLANK, ("profile", "company.credit_code", "value", odd)))
    assert "check character" in proposal.lines[0].doubts[0]
    assert take(BLANK, proposal).company.credit_code == odd


def test_figures_that_contradict_each_other_and_expired_papers_are_doubted() -> None:
    data = applied(
        BLANK,
        ("profile", "company.employees", "value", 10),
        ("profile", "company.after_sales_staff", "value", 50),
        ("documents", "D2", "expires", date(2020, 1, 1)),
    )
    doubts = {line.label: line.doubts for line in application_in(BLANK, data).lines}
    assert doubts["After-sales staff"] == ("More than all employees",)
    assert "Expired on 2020-01-01" in doubts["Expires"]


def test_a_site_known_by_its_name_is_compared_and_not_added() -> None:
    audit = audited()
    site = audit.sites[0]
    data = applied(audit, ("sites", "new-1", "name", f" {site.name} "), ("sites", "new-1", "staff", site.staff + 1))
    lines = application_in(audit, data).lines
    assert [(line.label, line.before, line.after) for line in lines] == [
        ("Staff", str(site.staff), str(site.staff + 1))
    ]


def test_a_site_that_two_rows_name_is_taken_from_the_first() -> None:
    audit = audited()
    name = audit.sites[0].name
    data = applied(
        audit,
        *(("sites", "new-1", "name", name), ("sites", "new-1", "staff", 901)),
        *(("sites", "new-2", "name", name), ("sites", "new-2", "staff", 902)),
    )
    proposal = application_in(audit, data)
    assert [line.after for line in proposal.lines] == ["901"]
    assert "is filled in on another row" in told(proposal)


def test_new_sites_get_the_next_free_numbers() -> None:
    audit = with_rows(BLANK, (Kind.SITE, "a", Site("S2", "网点")))
    data = applied(audit, ("sites", "new-1", "name", "甲"), ("sites", "new-2", "name", "乙"))
    after = take(audit, application_in(audit, data))
    assert {site.id: site.name for site in after.sites} == {"S1": "甲", "S2": "网点", "S3": "乙"}


def test_a_filled_form_says_what_changed_and_on_which_side() -> None:
    audit = audited()
    row_id = next(iter(audit.of(Kind.SITE)))
    data = applied(
        audit,
        ("profile", "company.name", "value", "企业改的名"),
        ("profile", "company.hotline", "value", None),
        ("profile", "company.three_in_one", "value", None),
        ("sites", row_id, "staff", 999),
        filled=True,
    )
    company = replace(audit.company, name="审核员改的名")
    later = with_rows(audit, (Kind.COMPANY, only_row(Kind.COMPANY), company))
    proposal = application_in(later, data)
    assert {line.label: line.is_wanted for line in proposal.lines} == {
        "Company name": False,
        "Service hotline": False,
        "Staff": True,
    }
    assert "Three certificates in one: was emptied, which it cannot be" in told(proposal)


def test_a_site_whose_row_was_emptied_or_is_gone_is_told_and_stays() -> None:
    audit = audited()
    first, second = list(audit.of(Kind.SITE))[:2]
    opened = Opened(application_out(audit, filled=True))
    for entry in SITE:
        opened.fill(first, entry.key, None, "sites")
    opened.fill(second, "staff", 1, "sites")
    rows = {key: row for key, row in audit.of(Kind.SITE).items() if key != second}
    without: Audit = replace(audit, rows={**audit.rows, Kind.SITE: rows, Kind.FINDING: {}, Kind.SAMPLE: {}})
    proposal = application_in(without, opened.saved())
    assert proposal.lines == ()
    assert "The whole row was emptied" in told(proposal)
    assert "was removed from the audit" in told(proposal)


def test_a_row_that_was_empty_when_it_went_out_is_not_called_emptied() -> None:
    audit = with_rows(BLANK, (Kind.SUBCONTRACT, "a", Subcontract()))
    assert told(application_in(audit, application_out(audit, filled=True))) == ""


def test_how_far_a_document_is_beyond_received_is_the_auditors() -> None:
    audit = audited()
    verified = replace(audit.document("D1"), status=DocumentStatus.VERIFIED)
    problem = replace(audit.document("D2"), status=DocumentStatus.PROBLEM)
    audit = with_rows(audit, (Kind.DOCUMENT, "D1", verified), (Kind.DOCUMENT, "D2", problem))
    data = applied(audit, ("documents", "D1", "enclosed", "否 No"), ("documents", "D2", "enclosed", "是 Yes"))
    proposal = application_in(audit, data)
    assert proposal.lines == ()
    assert 'Said to be not enclosed, though it is "Verified" here' in told(proposal)


def test_choices_are_lists_on_a_hidden_sheet_and_only_answers_are_open() -> None:
    opened = Opened(application_out(BLANK))
    lists = opened.book.worksheets[-1]
    assert lists.sheet_state == "hidden"
    sheet = opened.sheet("sites")
    kind = opened.place("new-1", "kind", "sites")
    ranges = [check.formula1 for check in sheet.data_validations.dataValidation if kind in check.sqref]
    assert len(ranges) == 1
    assert ranges[0].startswith(f"'{lists.title}'!$")
    for part, keys in (("sites", SITE), ("subcontracts", SUBCONTRACT), ("documents", DOCUMENT)):
        sheet = opened.sheet(part)
        assert sheet.protection.sheet
        row_id = "D1" if part == "documents" else "new-1"
        assert not any(sheet[opened.place(row_id, entry.key, part)].protection.locked for entry in keys)
        assert sheet[opened.place(row_id, ID, part)].protection.locked


def test_a_sheet_that_was_deleted_is_told_and_the_others_are_read() -> None:
    opened = Opened(applied(BLANK, *EVERYTHING))
    opened.book.remove(opened.sheet("sites"))
    proposal = application_in(BLANK, opened.saved())
    assert told(proposal) == 'The sheet "场所 Sites" is gone; this part was not read.'
    assert take(BLANK, proposal).company.name == "台州泵业"


def test_a_changed_title_of_a_document_is_told_and_an_unknown_document_too() -> None:
    opened = Opened(application_out(BLANK))
    cell = opened.fill("D1", "title", "别的资料", "documents")
    opened.fill("D2", "enclosed", "是 Yes", "documents")
    opened.fill("D2", ID, "D99", "documents")
    proposal = application_in(BLANK, opened.saved())
    assert proposal.lines == ()
    assert {note.cell for note in proposal.notes} >= {cell}
    assert "does not belong to this audit" in told(proposal)


def test_long_text_that_was_cut_is_told_when_the_form_goes_out() -> None:
    company = replace(BLANK.company, scope="水" * 40_000)
    audit = with_rows(BLANK, (Kind.COMPANY, only_row(Kind.COMPANY), company))
    data, cut = write_application(STANDARD, audit, BOTH, TODAY, filled=True)
    assert len(cut) == 1
    assert application_in(audit, data).lines == ()


@pytest.mark.office
def test_an_application_saved_by_libreoffice_says_the_same(tmp_path: Path) -> None:
    data = applied(BLANK, *EVERYTHING)
    back = application_in(BLANK, saved_by_office(data, tmp_path / "one"))
    here = application_in(BLANK, data)
    assert [(line.label, line.after) for line in back.lines] == [(line.label, line.after) for line in here.lines]
    assert told(back) == ""
    audit = audited()
    filled = saved_by_office(application_out(audit, filled=True), tmp_path / "two")
    proposal = application_in(audit, filled)
    assert (proposal.lines, told(proposal)) == ((), "")
    assert RowId("new-1") not in audit.of(Kind.SITE)
