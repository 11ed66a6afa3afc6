"""Whether a document holds is decided once, by one rule, for the window and for the report."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.entities import AuditInfo, Document, PreviousCertificate
from auditor_app.models.validity import Holds, add_years, validity
from tests.builders import STANDARD, audits, empty_audit, with_rows

TODAY = date(2026, 3, 5)


def audit_ending(end: date | None) -> Audit:
    return with_rows(empty_audit(STANDARD), (Kind.AUDIT, only_row(Kind.AUDIT), AuditInfo(ends=end)))


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 3, 2), date(2029, 3, 2)),
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(9998, 1, 1), date(9999, 1, 1)),
        (date(9996, 2, 29), date(9999, 2, 28)),
    ],
)
def test_a_certificate_ends_three_years_later(day: date, later: date) -> None:
    assert add_years(day, 3) == later


@pytest.mark.parametrize(
    ("end", "issued", "expires", "holds"),
    [
        (None, None, None, Holds.CURRENT),
        (None, None, date(2026, 3, 4), Holds.EXPIRED),
        (None, None, date(2026, 3, 5), Holds.EXPIRES_EARLY),
        (None, None, date(2029, 3, 4), Holds.EXPIRES_EARLY),
        (None, None, date(2029, 3, 5), Holds.CURRENT),
        (date(2026, 1, 10), None, date(2026, 1, 9), Holds.EXPIRED),
        (date(2026, 1, 10), None, date(2026, 2, 1), Holds.EXPIRES_EARLY),
        (date(2026, 1, 10), None, date(2029, 1, 10), Holds.CURRENT),
        (date(2026, 6, 1), None, date(2026, 4, 1), Holds.EXPIRED),
        (None, date(2026, 1, 1), date(2025, 1, 1), Holds.EXPIRES_BEFORE_ISSUE),
        (None, date(2031, 1, 1), date(2030, 1, 1), Holds.EXPIRES_BEFORE_ISSUE),
        (None, date(2029, 3, 5), date(2029, 3, 5), Holds.CURRENT),
    ],
)
def test_a_document_is_judged_on_the_last_day_of_the_audit_and_today_while_there_is_none(
    end: date | None, issued: date | None, expires: date | None, holds: Holds
) -> None:
    audit = audit_ending(end)
    found = validity(Document("D1", issued=issued, expires=expires), audit, TODAY)
    assert found.holds is holds
    assert found.reference == (end or TODAY)
    assert found.certificate_ends == add_years(end or TODAY, 3)
    assert validity(PreviousCertificate(issued=issued, expires=expires), audit, TODAY) == found


@given(audits(), st.dates(), st.integers(0, 4000))
def test_once_an_audit_has_an_end_the_day_it_is_looked_at_changes_nothing(audit: Audit, day: date, later: int) -> None:
    other = day + timedelta(min(later, (date.max - day).days))
    for document in map(audit.document, STANDARD.documents_by_id):
        if audit.info.ends:
            assert validity(document, audit, day) == validity(document, audit, other)
