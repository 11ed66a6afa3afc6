"""One path names one value of the audit: in a form, in a change, in a column."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.models.audit import ENTITY_TYPES, Audit, Kind
from auditor_app.models.entities import AuditInfo, Company, Contact, Finding, Meeting
from auditor_app.models.enums import AuditKind, CompanyKind, Grade
from auditor_app.models.fields import build, fields_of, value_at, with_value
from tests.builders import audits


def test_nested_parts_of_an_entity_are_fields_of_their_own() -> None:
    paths = [field.path for field in fields_of(Company)]
    assert paths[:2] == ["name", "credit_code"]
    assert paths[-3:] == ["contact.name", "contact.phone", "contact.email"]
    columns = [field.column for field in fields_of(AuditInfo)]
    assert columns[-3:] == ["closing_meeting_at", "closing_meeting_place", "closing_meeting_attendees"]


def test_a_field_knows_the_type_of_its_value() -> None:
    types = {field.path: field.type for field in fields_of(AuditInfo)}
    assert types["kind"] is AuditKind
    assert types["starts"] == date | None
    assert types["opening_meeting.attendees"] == tuple[str, ...]


@pytest.mark.parametrize("kind", list(Kind))
def test_no_two_fields_share_a_column(kind: Kind) -> None:
    columns = [field.column for field in fields_of(ENTITY_TYPES[kind])]
    assert len(set(columns)) == len(columns) > 0


def test_a_value_deep_in_an_entity_is_read_and_replaced_by_its_path() -> None:
    company = Company(name="泵业", contact=Contact("王敏", "021-5555", "w@example.com"))
    moved = with_value(company, "contact.phone", "021-6666")
    assert value_at(moved, "contact.phone") == "021-6666"
    assert moved == Company(name="泵业", contact=Contact("王敏", "021-6666", "w@example.com"))
    assert value_at(company, "contact.phone") == "021-5555"


def test_a_path_that_is_no_field_is_our_bug() -> None:
    with pytest.raises(TypeError):
        with_value(Company(), "nickname", "x")
    with pytest.raises(AttributeError):
        value_at(Company(), "contact.fax")


def test_what_is_not_said_takes_its_default() -> None:
    assert build(Company, {"kinds": (CompanyKind.SELLER,), "contact.name": "王敏"}) == Company(
        kinds=(CompanyKind.SELLER,), contact=Contact("王敏")
    )
    assert build(AuditInfo, {"opening_meeting.place": "总部"}) == AuditInfo(opening_meeting=Meeting(place="总部"))
    with pytest.raises(TypeError):
        build(Finding, {"clause": "5.1"})
    assert build(Finding, {"grade": Grade.MINOR}).action.owner == ""


@given(st.data(), audits())
def test_a_row_taken_apart_into_fields_and_built_again_is_the_same_row(data: st.DataObject, audit: Audit) -> None:
    row = data.draw(st.sampled_from([row for table in audit.rows.values() for row in table.values()]))
    assert build(type(row), {f.path: value_at(row, f.path) for f in fields_of(type(row))}) == row
