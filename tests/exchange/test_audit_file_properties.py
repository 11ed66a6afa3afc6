"""Whatever an audit holds survives its file, and whatever a file holds is read or refused."""

import json
import time
from dataclasses import replace
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from auditor_app.exchange.audit_file import decode, encode
from auditor_app.exchange.reading import MULTI_LINE
from auditor_app.exchange.standards import default_standard, shipped_standard
from auditor_app.models.audit import NATURAL_KEY, Audit, Kind
from auditor_app.models.catalogue import RESOURCES
from auditor_app.models.errors import ValidationError
from auditor_app.models.fields import fields_of, value_at, with_value
from auditor_app.models.text import clean, clean_line
from tests.builders import audits

PUMP_MAKER = (RESOURCES / "samples" / "pump-maker.json").read_bytes()
SECONDS = 1.0


def as_stored(audit: Audit) -> Audit:
    """Return the audit with its texts cleaned, as the window stores them."""
    tables = {kind: {row_id: cleaned(row) for row_id, row in table.items()} for kind, table in audit.rows.items()}
    return replace(audit, rows=tables)


def cleaned(row: Any) -> Any:
    """Return a row with its texts cleaned."""
    kind: Any = type(row)
    for field in fields_of(kind):
        value = value_at(row, field.path)
        cleaner = clean if field.path.rpartition(".")[2] in MULTI_LINE else clean_line
        if field.type is str:
            row = with_value(row, field.path, cleaner(value))
        elif field.type == tuple[str, ...]:
            row = with_value(row, field.path, tuple(map(cleaner, value)))
    return row


def comparable(audit: Audit) -> tuple[object, ...]:
    """Return an audit without the row ids that only one laptop knows."""
    by_kind = {kind: audit.of(kind) if kind in NATURAL_KEY else list(audit.of(kind).values()) for kind in Kind}
    return audit.id, audit.standard, by_kind


def decode_in_time(data: bytes) -> None:
    """Read or refuse a file, within a second."""
    begun = time.perf_counter()
    try:
        decode(data, shipped_standard)
    except ValidationError as refusal:
        assert refusal.code  # noqa: PT017 - either outcome is right, anything else is not
    assert time.perf_counter() - begun < SECONDS


@given(audits().map(as_stored))
def test_any_audit_written_and_read_is_equal(audit: Audit) -> None:
    assume(audit.bonus is None or audit.bonus.reason.strip())
    again = decode(encode(audit, default_standard()), shipped_standard)[1]
    assert comparable(again) == comparable(audit)


@given(st.integers(0, len(PUMP_MAKER)), st.integers(0, 40), st.binary(max_size=20))
def test_a_file_with_bytes_changed_is_read_or_refused(start: int, length: int, put: bytes) -> None:
    decode_in_time(PUMP_MAKER[:start] + put + PUMP_MAKER[start + length :])


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


@given(st.data(), JSON_VALUES)
def test_a_file_with_any_value_anywhere_is_read_or_refused(data: st.DataObject, value: Any) -> None:
    content = json.loads(PUMP_MAKER)
    holder, key = data.draw(st.sampled_from(places(content)), label="place")
    holder[key] = value
    decode_in_time(json.dumps(content).encode())
