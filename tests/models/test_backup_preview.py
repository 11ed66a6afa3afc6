"""What differs between an audit of a backup and the present one: each field once, and nothing that says the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from auditor_app.models.audit import NATURAL_KEY, Audit, Kind, only_row, same_content
from auditor_app.models.backup_preview import Difference, Preview, preview, side
from auditor_app.models.changes import ChangeSet, apply
from auditor_app.models.entities import Assessment, Document, Sample, Site
from auditor_app.models.enums import Verdict
from auditor_app.models.standard import Standard
from tests.builders import STANDARD, audits, change_sets, empty_audit, with_rows

COMPANY = only_row(Kind.COMPANY)


def compared(then: Audit, now: Audit) -> Preview:
    return preview(side(STANDARD, then), side(STANDARD, now))


def with_company(audit: Audit, **values: Any) -> Audit:
    return with_rows(audit, (Kind.COMPANY, COMPANY, replace(audit.company, **values)))


def told(found: Preview) -> list[tuple[str, str, object, object]]:
    return [(change.id, change.field, change.before, change.after) for change in found.changes]


@given(st.data(), audits())
def test_what_differs_is_all_that_leads_from_the_backup_to_now(data: st.DataObject, then: Audit) -> None:
    now = apply(then, data.draw(change_sets(then)))
    changes = compared(then, now).changes
    defaults = [
        (change.kind, change.id, then.row(change.kind, change.id)) for change in changes if is_keyed(change.kind)
    ]
    assert same_content(apply(with_rows(then, *defaults), ChangeSet(then.id, changes)), now)
    assert all(change.before != change.after for change in changes)
    assert len({(change.kind, change.id, change.field) for change in changes}) == len(changes)


def is_keyed(kind: Kind) -> bool:
    return kind in NATURAL_KEY


def test_one_field_of_the_company_is_one_difference(standard: Standard) -> None:
    then = with_company(empty_audit(standard), name="泵业", hotline="400-1")
    found = compared(then, with_company(then, hotline="400-2"))
    assert told(found) == [(COMPANY, "hotline", "400-1", "400-2")]
    assert found.differences == (Difference(Kind.COMPANY, 0, 1, 0),)


def test_what_was_never_touched_and_its_default_say_the_same(standard: Standard) -> None:
    then = empty_audit(standard)
    now = with_rows(then, (Kind.ASSESSMENT, "5.1.1.1", Assessment("5.1.1.1")), (Kind.DOCUMENT, "D1", Document("D1")))
    assert compared(then, now) == Preview(side(standard, then), side(standard, now), ())


def test_rows_of_lists_are_counted_as_only_then_changed_or_only_now(standard: Standard) -> None:
    base = with_rows(empty_audit(standard), (Kind.SITE, "2", Site("S2")))
    then = with_rows(base, (Kind.SITE, "1", Site("S1")), (Kind.SAMPLE, "5", Sample("5.1.1.2")))
    now = with_rows(base, (Kind.SITE, "2", Site("S2", "东", "路 1")), (Kind.SITE, "3", Site("S3")))
    found = compared(then, now)
    assert found.differences == (Difference(Kind.SITE, 1, 1, 1), Difference(Kind.SAMPLE, 1, 0, 0))
    assert [(id_, field) for id_, field, _, _ in told(found)] == [
        *(("1", ""), ("2", "name"), ("2", "address"), ("3", "")),
        ("5", ""),
    ]


def test_indicators_and_documents_come_in_the_order_of_the_standard(standard: Standard) -> None:
    then = empty_audit(standard)
    clauses, documents = list(standard.indicators), list(standard.documents_by_id)
    rows = [(Kind.ASSESSMENT, clause, Assessment(clause, Verdict.MET)) for clause in clauses]
    papers = [(Kind.DOCUMENT, key, Document(key, number="1")) for key in documents]
    found = compared(then, with_rows(then, *rows, *papers, (Kind.DOCUMENT, "A-unknown", Document("A", number="1"))))
    ids = [change.id for change in found.changes if change.field != "id"]
    assert ids == [*documents, "A-unknown", *clauses]


def test_an_audit_that_is_gone_differs_in_nothing(standard: Standard) -> None:
    then = side(standard, empty_audit(standard))
    assert preview(then, None) == Preview(then, None, ())
