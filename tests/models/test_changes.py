"""An edit is data: it can be applied, taken back, and told to whoever shows the row."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.changes import WHOLE_ROW, Change, ChangeSet, apply, edit, set_fields
from auditor_app.models.entities import Assessment, Company, Document, TeamMember
from auditor_app.models.enums import DocumentStatus, Role, Verdict
from auditor_app.models.ids import RowId
from auditor_app.models.standard import Standard
from tests.builders import (
    audits,
    change_sets,
    empty_audit,
    fields_changed,
    row_added,
    row_removed,
    with_rows,
)

COMPANY = only_row(Kind.COMPANY)


def in_order(audit: Audit) -> dict[Kind, list[tuple[RowId, object]]]:
    return {kind: list(audit.of(kind).items()) for kind in Kind}


@given(st.data(), audits())
def test_an_edit_taken_back_leaves_the_audit_as_it_was_in_content_and_order(data: st.DataObject, audit: Audit) -> None:
    change_set = data.draw(change_sets(audit))
    after = apply(audit, change_set)
    back = apply(after, change_set.inverse)
    assert back == audit
    assert in_order(back) == in_order(audit)
    again = apply(back, change_set)
    assert again == after
    assert in_order(again) == in_order(after)
    assert change_set.inverse.inverse == change_set


@given(st.data(), audits())
def test_rows_that_an_edit_does_not_touch_are_shared(data: st.DataObject, audit: Audit) -> None:
    change_set = data.draw(change_sets(audit))
    after = apply(audit, change_set)
    touched = {(change.kind, change.id) for change in change_set.changes}
    for kind, rows in audit.rows.items():
        if not change_set.touches(kind):
            assert after.of(kind) is rows
        for row_id, row in rows.items():
            if (kind, row_id) not in touched:
                assert after.of(kind)[row_id] is row


@given(st.data(), audits())
def test_an_edit_never_alters_the_audit_it_was_made_from(data: st.DataObject, audit: Audit) -> None:
    before = in_order(audit)
    apply(audit, data.draw(change_sets(audit)))
    assert in_order(audit) == before


def test_only_values_that_differ_become_changes(standard: Standard) -> None:
    company = Company(name="泵业", employees=120)
    values = {"name": "泵业", "employees": 121, "contact.phone": "021-5555"}
    assert set_fields(Kind.COMPANY, COMPANY, company, values) == (
        Change(Kind.COMPANY, COMPANY, "employees", 120, 121),
        Change(Kind.COMPANY, COMPANY, "contact.phone", "", "021-5555"),
    )
    assert set_fields(Kind.COMPANY, COMPANY, company, {"name": "泵业"}) == ()


def test_two_edits_of_one_field_in_one_step_leave_the_last_value(standard: Standard) -> None:
    audit = empty_audit(standard)
    first = fields_changed(audit, Kind.COMPANY, COMPANY, name="甲")
    second = fields_changed(apply(audit, first), Kind.COMPANY, COMPANY, name="乙")
    both = ChangeSet(audit.id, first.changes + second.changes)
    assert apply(audit, both).company.name == "乙"
    assert apply(apply(audit, both), both.inverse) == audit


def test_a_removed_team_member_comes_back_to_the_old_place(standard: Standard) -> None:
    members = {f"row-{n}": TeamMember(name=name) for n, name in enumerate("甲乙丙")}
    audit = with_rows(empty_audit(standard), *((Kind.TEAM, row_id, row) for row_id, row in members.items()))
    removal = row_removed(audit, Kind.TEAM, "row-1")
    without = apply(audit, removal)
    assert [member.name for member in without.team] == ["甲", "丙"]
    assert [member.name for member in apply(without, removal.inverse).team] == ["甲", "乙", "丙"]


def test_an_edit_tells_which_kinds_of_rows_it_touches(standard: Standard) -> None:
    audit = empty_audit(standard)
    added = row_added(audit, Kind.TEAM, "a", TeamMember(role=Role.LEADER))
    assert added.touches(Kind.TEAM)
    assert added.touches(Kind.SITE, Kind.TEAM)
    assert not added.touches(Kind.SITE, Kind.COMPANY)


def test_an_edit_of_an_amount_keeps_its_decimals(standard: Standard) -> None:
    audit = empty_audit(standard)
    change_set = fields_changed(audit, Kind.AUDIT, only_row(Kind.AUDIT), man_days=Decimal("2.50"))
    assert str(apply(audit, change_set).info.man_days) == "2.50"


def test_an_edit_of_a_row_that_is_not_there_is_our_bug(standard: Standard) -> None:
    audit = empty_audit(standard)
    gone = ChangeSet(audit.id, (Change(Kind.TEAM, RowId("a"), "name", "", "甲"),))
    with pytest.raises(KeyError):
        apply(audit, gone)


def test_the_first_judgement_of_an_indicator_adds_its_row_the_next_changes_it(standard: Standard) -> None:
    audit, clause = empty_audit(standard), RowId("5.1.1.2")
    first = edit(audit, Kind.ASSESSMENT, clause, {"verdict": Verdict.SAMPLED, "checked": 3, "failed": 1})
    judged = Assessment(clause, Verdict.SAMPLED, 3, 1)
    assert first == (Change(Kind.ASSESSMENT, clause, WHOLE_ROW, None, judged),)
    audit = apply(audit, ChangeSet(audit.id, first))
    second = edit(audit, Kind.ASSESSMENT, clause, {"failed": 2})
    assert second == (Change(Kind.ASSESSMENT, clause, "failed", 1, 2),)


def test_an_edit_that_changes_nothing_adds_no_row(standard: Standard) -> None:
    audit = empty_audit(standard)
    assert edit(audit, Kind.DOCUMENT, RowId("D1"), {"status": DocumentStatus.AWAITED}) == ()
    assert audit.document("D1") == Document("D1")
