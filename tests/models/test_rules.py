"""What can never be stored is refused at once, with the field and the reason."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.changes import ChangeSet, apply
from auditor_app.models.entities import (
    Assessment,
    AuditInfo,
    Bonus,
    Company,
    Document,
    Finding,
    Meeting,
    Site,
    SpecialDeduction,
    TeamMember,
)
from auditor_app.models.enums import Grade, Ground, Verdict
from auditor_app.models.errors import ValidationError
from auditor_app.models.rules import LARGEST_COUNT, audit_refusals, check_change, refusals
from auditor_app.models.standard import Standard
from tests.builders import (
    STANDARD,
    audits,
    change_sets,
    empty_audit,
    fields_changed,
    row_added,
    row_removed,
    with_rows,
)


def refused(standard: Standard, audit: Audit, change_set: ChangeSet) -> tuple[str, str]:
    with pytest.raises(ValidationError) as error:
        check_change(standard, apply(audit, change_set), change_set)
    return error.value.path, error.value.code


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        (Assessment("5.1.1.1", Verdict.SAMPLED, 3, 1), "verdict", "not_sampled"),
        (Assessment("5.1.1.2", Verdict.SAMPLED, 0, 0), "checked", "nothing_checked"),
        (Assessment("5.1.1.2", Verdict.SAMPLED, 3, 4), "failed", "more_failed_than_checked"),
        (Assessment("5.1.1.2", Verdict.SAMPLED, 3, -1), "failed", "negative"),
        (Assessment("5.1.1.2", Verdict.MET, 3), "checked", "counts_without_sampling"),
        (Assessment("5.1.1.2", Verdict.NOT_MET, 0, 2), "failed", "counts_without_sampling"),
        (Assessment("5.1.1.2", checked=1), "checked", "counts_without_sampling"),
        (Assessment("5.1.1.2", Verdict.DELETED), "reason", "deleted_without_reason"),
        (Assessment("5.1.1.2", Verdict.DELETED, reason=" \u3000"), "reason", "deleted_without_reason"),
        (Assessment("5.1.1", Verdict.MET), "clause", "unknown_indicator"),
        (Document("D9"), "id", "unknown_document"),
        (Document("D1", copies=-1), "copies", "negative"),
        (SpecialDeduction(Ground.LAW, clause="5.9"), "clause", "unknown_clause"),
        (Finding(Grade.MAJOR, clause="5.1.1.9"), "clause", "unknown_clause"),
        (Bonus(), "reason", "bonus_without_reason"),
        (Bonus("  "), "reason", "bonus_without_reason"),
        (Site(""), "id", "site_without_id"),
        (Site("S1", staff=LARGEST_COUNT + 1), "staff", "too_large"),
        (Company(employees=-1), "employees", "negative"),
        (AuditInfo(man_days=Decimal("-0.5")), "man_days", "negative"),
        (AuditInfo(man_days=Decimal("NaN")), "man_days", "not_an_amount"),
        (AuditInfo(man_days=Decimal("Infinity")), "man_days", "not_an_amount"),
        (AuditInfo(man_days=Decimal("1e9")), "man_days", "too_large"),
        (AuditInfo(opening_meeting=Meeting(at="2026-02-31T09:00")), "opening_meeting.at", "not_a_minute"),
        (AuditInfo(closing_meeting=Meeting(at="2026-03-02 09:00")), "closing_meeting.at", "not_a_minute"),
    ],
)
def test_an_impossible_row_is_refused_at_its_field(standard: Standard, row: Any, field: str, code: str) -> None:
    assert [(refusal.field, refusal.code) for refusal in refusals(standard, row)] == [(field, code)]


@pytest.mark.parametrize(
    "row",
    [
        Assessment("5.1.1.2", Verdict.SAMPLED, 3, 3),
        Assessment("5.1.1.2", Verdict.DELETED, reason="sells no such goods"),
        Assessment("5.1.1.1", Verdict.NOT_MET),
        Company(employees=LARGEST_COUNT, three_in_one=True),
        AuditInfo(man_days=Decimal("2.5"), opening_meeting=Meeting(at="2026-03-02T09:00")),
        Finding(Grade.MINOR, clause="5.1.1"),
        SpecialDeduction(Ground.SYSTEM),
        TeamMember(),
    ],
)
def test_a_possible_row_is_not_refused(standard: Standard, row: Any) -> None:
    assert list(refusals(standard, row)) == []


def test_an_edit_is_refused_with_the_kind_and_field_of_the_row(standard: Standard) -> None:
    audit = empty_audit(standard)
    edit = fields_changed(audit, Kind.COMPANY, only_row(Kind.COMPANY), employees=-1)
    assert refused(standard, audit, edit) == ("company.employees", "negative")


def test_a_row_that_an_edit_left_alone_does_not_hinder_it(standard: Standard) -> None:
    audit = with_rows(empty_audit(standard), (Kind.SITE, "a", Site("S1", staff=-1)))
    edit = fields_changed(audit, Kind.COMPANY, only_row(Kind.COMPANY), employees=5)
    check_change(standard, apply(audit, edit), edit)


def test_two_sites_cannot_share_an_id(standard: Standard) -> None:
    audit = with_rows(empty_audit(standard), (Kind.SITE, "a", Site("S1")), (Kind.SITE, "b", Site("S2")))
    assert refused(standard, audit, row_added(audit, Kind.SITE, "c", Site("S1"))) == ("site.id", "repeated")
    assert refused(standard, audit, fields_changed(audit, Kind.SITE, "a", id="S2")) == ("site.id", "repeated")
    assert refused(standard, audit, fields_changed(audit, Kind.SITE, "b", id="S1")) == ("site.id", "repeated")


def test_a_finding_cannot_name_a_site_that_is_not_there(standard: Standard) -> None:
    audit = with_rows(empty_audit(standard), (Kind.SITE, "a", Site("S1")))
    there = row_added(audit, Kind.FINDING, "f", Finding(Grade.MINOR, site="S1"))
    check_change(standard, apply(audit, there), there)
    finding, deduction = Finding(Grade.MINOR, site="S2"), SpecialDeduction(Ground.LAW, site="S2")
    for edit in (
        row_added(audit, Kind.FINDING, "f", finding),
        row_added(audit, Kind.SPECIAL_DEDUCTION, "d", deduction),
    ):
        kind = edit.changes[0].kind
        assert refused(standard, audit, edit) == (f"{kind}.site", "unknown_site")


def test_a_site_that_a_finding_names_can_be_neither_removed_nor_renamed(standard: Standard) -> None:
    audit = with_rows(
        empty_audit(standard),
        (Kind.SITE, "a", Site("S1")),
        (Kind.FINDING, "f", Finding(Grade.MINOR, site="S1")),
    )
    assert refused(standard, audit, row_removed(audit, Kind.SITE, "a")) == ("site.id", "site_in_use")
    assert refused(standard, audit, fields_changed(audit, Kind.SITE, "a", id="S9")) == ("site.id", "site_in_use")


def test_a_site_is_renamed_together_with_the_findings_that_name_it(standard: Standard) -> None:
    audit = with_rows(
        empty_audit(standard),
        (Kind.SITE, "a", Site("S1")),
        (Kind.FINDING, "f", Finding(Grade.MINOR, site="S1")),
    )
    site, finding = (
        fields_changed(audit, Kind.SITE, "a", id="S9"),
        fields_changed(audit, Kind.FINDING, "f", site="S9"),
    )
    both = ChangeSet(audit.id, site.changes + finding.changes)
    check_change(standard, apply(audit, both), both)


def test_an_audit_that_came_in_with_two_sites_of_one_id_can_be_put_right(standard: Standard) -> None:
    sites = {f"row-{n}": Site("S1") for n in range(3)}
    audit = with_rows(empty_audit(standard), *((Kind.SITE, row_id, site) for row_id, site in sites.items()))
    edit = fields_changed(audit, Kind.SITE, "row-1", id="S2")
    check_change(standard, apply(audit, edit), edit)


def test_there_is_at_most_one_bonus(standard: Standard) -> None:
    audit = with_rows(empty_audit(standard), (Kind.BONUS, only_row(Kind.BONUS), Bonus("quick")))
    second = row_added(audit, Kind.BONUS, "second", Bonus("quicker"))
    assert refused(standard, audit, second) == ("bonus.", "more_than_one")


@given(st.data(), audits())
def test_an_audit_within_the_rules_accepts_every_edit_within_them_and_its_undo(
    data: st.DataObject, audit: Audit
) -> None:
    edit = data.draw(change_sets(audit))
    after = apply(audit, edit)
    check_change(STANDARD, after, edit)
    check_change(STANDARD, audit, edit.inverse)
    for kind in Kind:
        for row in after.of(kind).values():
            assert not list(refusals(STANDARD, row))
    assert not list(audit_refusals(after))
