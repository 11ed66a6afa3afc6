"""Whatever an audit holds survives its file, and whatever a file holds is read or refused."""

import json
import time
from datetime import date, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor_app.exchange.audit_file import decode, encode
from auditor_app.exchange.reading import MULTI_LINE
from auditor_app.exchange.standards import default_standard, shipped_standard
from auditor_app.models.audit import ENTITY_TYPES, NATURAL_KEY, Audit, Kind, StandardRef, only_row
from auditor_app.models.catalogue import RESOURCES
from auditor_app.models.entities import Assessment, Bonus
from auditor_app.models.enums import Verdict
from auditor_app.models.errors import ValidationError
from auditor_app.models.fields import Field, build, fields_of
from auditor_app.models.ids import AuditId, RowId, new_id
from auditor_app.models.rules import LARGEST_COUNT
from auditor_app.models.text import clean, clean_line

PUMP_MAKER = (RESOURCES / "samples" / "pump-maker.json").read_bytes()
STANDARD = default_standard()
SITES = ("S1", "S2", "北京站")
EARLIEST = datetime(1900, 1, 1)
SECONDS = 1.0


def texts(path: str) -> st.SearchStrategy[str]:
    """Return texts as the window stores them."""
    return st.text(max_size=20).map(clean if path.rpartition(".")[2] in MULTI_LINE else clean_line)


def values(kind: Kind, field: Field) -> st.SearchStrategy[Any]:
    """Return values that a field can have."""
    match field.path:
        case "site":
            return st.sampled_from(("", *SITES))
        case "clause":
            return st.sampled_from(("", *STANDARD.nodes))
        case "man_days":
            return st.decimals(0, LARGEST_COUNT, places=2)
        case path if path.endswith(".at"):
            return st.none() | st.datetimes(min_value=EARLIEST).map(lambda at: f"{at:%Y-%m-%dT%H:%M}")
    if field.type is str:
        return texts(field.path)
    if field.type is int:
        return st.integers(0, LARGEST_COUNT)
    if field.type == tuple[str, ...]:
        return st.lists(texts(field.path), max_size=3).map(tuple)
    if field.type == date | None:
        return st.none() | st.dates(min_value=EARLIEST.date())
    return st.from_type(field.type)


def entities(kind: Kind, **fixed: Any) -> st.SearchStrategy[Any]:
    """Return entities of a kind, fields by path given or random."""
    paths = {field.path: values(kind, field) for field in fields_of(ENTITY_TYPES[kind])}
    return st.fixed_dictionaries(paths).map(lambda drawn: build(ENTITY_TYPES[kind], drawn | fixed))


@st.composite
def assessments(draw: st.DrawFn, clause: str) -> Assessment:
    """Return an assessment that the rules accept."""
    sampled = STANDARD.indicators[clause].sampled  # type: ignore[index]
    verdict = draw(st.sampled_from([v for v in Verdict if sampled or v is not Verdict.SAMPLED]))
    checked = draw(st.integers(1, LARGEST_COUNT)) if verdict is Verdict.SAMPLED else 0
    reason, note = draw(texts("reason")), draw(texts("note"))
    if verdict is Verdict.DELETED and not reason.strip():
        reason = "不适用"
    return Assessment(clause, verdict, checked, draw(st.integers(0, checked)), reason, note)


@st.composite
def audits(draw: st.DrawFn) -> Audit:
    """Return any audit that the rules accept."""
    rows: dict[Kind, dict[RowId, Any]] = {kind: {} for kind in Kind}
    for kind in (Kind.AUDIT, Kind.COMPANY, Kind.ELIGIBILITY):
        rows[kind] = {only_row(kind): draw(entities(kind))}
    if draw(st.booleans()):
        rows[Kind.PREVIOUS_CERTIFICATE][only_row(Kind.PREVIOUS_CERTIFICATE)] = draw(
            entities(Kind.PREVIOUS_CERTIFICATE)
        )
    if draw(st.booleans()):
        rows[Kind.BONUS][only_row(Kind.BONUS)] = Bonus("+" + draw(texts("reason")))
    for name in SITES:
        rows[Kind.SITE][RowId(new_id())] = draw(entities(Kind.SITE, id=name))
    for kind in (Kind.TEAM, Kind.SUBCONTRACT, Kind.SPECIAL_DEDUCTION, Kind.FINDING):
        rows[kind] = {RowId(new_id()): row for row in draw(st.lists(entities(kind), max_size=3))}
    for document in draw(st.sets(st.sampled_from(list(STANDARD.documents_by_id)), max_size=3)):
        rows[Kind.DOCUMENT][RowId(document)] = draw(entities(Kind.DOCUMENT, id=document))
    for clause in draw(st.sets(st.sampled_from(list(STANDARD.indicators)), max_size=5)):
        rows[Kind.ASSESSMENT][RowId(clause)] = draw(assessments(clause))
    return Audit(AuditId(new_id()), StandardRef(STANDARD.id, STANDARD.version), rows)


def comparable(audit: Audit) -> tuple[object, ...]:
    """Return an audit without the row ids that only one laptop knows."""
    by_kind = {
        kind: audit.of(kind) if kind in NATURAL_KEY else list(audit.of(kind).values()) for kind in Kind
    }
    return audit.id, audit.standard, by_kind


def decode_in_time(data: bytes) -> None:
    """Read or refuse a file, within a second."""
    begun = time.perf_counter()
    try:
        decode(data, shipped_standard)
    except ValidationError as refusal:
        assert refusal.code  # noqa: PT017 - either outcome is right, anything else is not
    assert time.perf_counter() - begun < SECONDS


@settings(max_examples=60, deadline=None)
@given(audits())
def test_any_audit_written_and_read_is_equal(audit: Audit) -> None:
    standard, again = decode(encode(audit, STANDARD), shipped_standard)
    assert standard == STANDARD
    assert comparable(again) == comparable(audit)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(PUMP_MAKER)), st.integers(0, 40), st.binary(max_size=20))
def test_a_file_with_bytes_changed_is_read_or_refused(start: int, length: int, put: bytes) -> None:
    decode_in_time(PUMP_MAKER[:start] + put + PUMP_MAKER[start + length :])


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(PUMP_MAKER)))
def test_a_file_cut_off_anywhere_is_read_or_refused(length: int) -> None:
    decode_in_time(PUMP_MAKER[:length])


def places(node: Any) -> list[tuple[Any, Any]]:
    """Return every container of a JSON value with every key it has."""
    if not isinstance(node, dict | list):
        return []
    keys = list(node) if isinstance(node, dict) else list(range(len(node)))
    return [(node, key) for key in keys] + [place for key in keys for place in places(node[key])]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=200, deadline=None)
@given(st.data(), JSON_VALUES)
def test_a_file_with_any_value_anywhere_is_read_or_refused(data: st.DataObject, value: Any) -> None:
    content = json.loads(PUMP_MAKER)
    holder, key = data.draw(st.sampled_from(places(content)), label="place")
    holder[key] = value
    decode_in_time(json.dumps(content).encode())
