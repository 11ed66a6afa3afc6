"""Every value an auditor enters has a column that can hold it and gives it back."""

from __future__ import annotations

import sqlite3
import types
import typing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.models.audit import AT_MOST_ONE, ENTITY_TYPES, SINGLE, Kind, only_row
from auditor_app.models.changes import ChangeSet, add, remove
from auditor_app.models.entities import (
    Assessment,
    Bonus,
    Document,
    Evidence,
    Finding,
    Sample,
    Site,
    SpecialDeduction,
)
from auditor_app.models.enums import EvidenceSubject, Grade, Ground, Verdict
from auditor_app.models.fields import Field, fields_of, with_value
from auditor_app.models.ids import RowId
from auditor_app.models.standard import Standard
from auditor_app.storage.columns import reader, to_column
from auditor_app.storage.library import Library
from tests.builders import empty_audit, values

STARTING: dict[Kind, Any] = {
    Kind.SITE: Site("S1"),
    Kind.DOCUMENT: Document("D1"),
    Kind.ASSESSMENT: Assessment("5.1.1.1"),
    Kind.SPECIAL_DEDUCTION: SpecialDeduction(Ground.LAW),
    Kind.SAMPLE: Sample("5.2.4.1"),
    Kind.FINDING: Finding(Grade.MAJOR),
    Kind.EVIDENCE: Evidence(EvidenceSubject.DOCUMENT, "D1", "0f" * 32),
    Kind.BONUS: Bonus("quick"),
}
EVERY_FIELD = [(kind, field) for kind in Kind for field in fields_of(ENTITY_TYPES[kind])]


def starting(kind: Kind) -> Any:
    return STARTING.get(kind) or ENTITY_TYPES[kind]()


def row_id(kind: Kind) -> RowId:
    return only_row(kind) if kind in SINGLE | AT_MOST_ONE else RowId("row-1")


def is_optional(field: Field) -> bool:
    return isinstance(field.type, types.UnionType) and types.NoneType in typing.get_args(field.type)


def words_of(field: Field) -> list[Any]:
    """Return the closed set a field takes its value from, empty for any other field."""
    of_type = typing.get_args(field.type)[0] if typing.get_args(field.type) else field.type
    found = list(of_type) if hasattr(of_type, "__members__") else []
    return [(word,) for word in found] if typing.get_origin(field.type) is tuple else found


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_of_row_has_a_table_with_exactly_its_fields(library: Library, kind: Kind) -> None:
    with sqlite3.connect(library.path) as reader:
        table = reader.execute(f"PRAGMA table_info({kind})").fetchall()
        strict = reader.execute("SELECT strict FROM pragma_table_list WHERE name = ?", (kind,)).fetchone()[0]
    reader.close()
    columns = {name: (of_type, bool(not_null), key) for _, name, of_type, not_null, _, key in table}
    assert columns.pop("audit_id") == ("TEXT", True, 1)
    assert columns.pop("row_id") == ("TEXT", True, 2)
    assert columns == {
        field.column: ("INTEGER" if field.type in (int, bool) else "TEXT", not is_optional(field), 0)
        for field in fields_of(ENTITY_TYPES[kind])
    }
    assert strict == 1


@pytest.mark.parametrize(
    ("kind", "field"), [pair for pair in EVERY_FIELD if words_of(pair[1])], ids=lambda value: str(value)[:40]
)
def test_every_word_of_a_closed_set_can_be_stored(
    library: Library, standard: Standard, kind: Kind, field: Field
) -> None:
    audit = empty_audit(standard)
    library.add(audit, standard)
    present = starting(kind) if kind in SINGLE else None
    for word in words_of(field):
        row = with_value(starting(kind), field.path, word)
        if word is Verdict.SAMPLED:
            row = Assessment("5.1.1.2", Verdict.SAMPLED, 3, 1)
        steps = (remove(kind, row_id(kind), present),) if present else ()
        library.apply(ChangeSet(audit.id, (*steps, add(kind, row_id(kind), row))))
        present = row
        assert library.load(audit.id)[1].of(kind) == {row_id(kind): row}


@pytest.mark.parametrize(
    ("kind", "field"),
    [pair for pair in EVERY_FIELD if words_of(pair[1]) and typing.get_origin(pair[1].type) is not tuple],
    ids=lambda value: str(value)[:40],
)
def test_a_word_outside_its_closed_set_is_refused_by_the_table(
    library: Library, standard: Standard, kind: Kind, field: Field
) -> None:
    audit = empty_audit(standard)
    library.add(audit, standard)
    row = with_value(starting(kind), field.path, "perhaps")
    present = (remove(kind, row_id(kind), starting(kind)),) if kind in SINGLE else ()
    with pytest.raises(sqlite3.IntegrityError):
        library.apply(ChangeSet(audit.id, (*present, add(kind, row_id(kind), row))))
    assert library.load(audit.id)[1] == audit


@pytest.mark.parametrize(
    "row",
    [
        Assessment("5.1.1.2", Verdict.SAMPLED, 0, 0),
        Assessment("5.1.1.2", Verdict.SAMPLED, 3, 4),
        Assessment("5.1.1.2", Verdict.SAMPLED, 3, -1),
        Assessment("5.1.1.2", Verdict.MET, 3, 1),
    ],
)
def test_counts_that_cannot_be_are_refused_by_the_table_too(
    library: Library, standard: Standard, row: Assessment
) -> None:
    audit = empty_audit(standard)
    library.add(audit, standard)
    with pytest.raises(sqlite3.IntegrityError):
        library.apply(ChangeSet(audit.id, (add(Kind.ASSESSMENT, RowId(row.clause), row),)))
    assert library.load(audit.id)[1] == audit


@given(st.data(), st.sampled_from([field for _, field in EVERY_FIELD]))
def test_a_value_comes_back_from_its_column_as_it_went_in(data: st.DataObject, field: Field) -> None:
    value = data.draw(values(field.type))
    stored = to_column(value)
    assert isinstance(stored, str | int | None)
    assert not isinstance(stored, bool)
    back = None if stored is None else reader(field.type)(stored)
    assert back == value
    assert type(back) is type(value)
    assert str(back) == str(value)
