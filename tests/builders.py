"""Audits, scoring sheets and change sets for tests: by hand for an example, by hypothesis for a property."""

from __future__ import annotations

import hashlib
import json
import types
import typing
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from hypothesis import strategies as st

from auditor_app.models.audit import (
    AT_MOST_ONE,
    ENTITY_TYPES,
    NATURAL_KEY,
    SINGLE,
    Audit,
    Kind,
    StandardRef,
    new_audit,
    only_row,
)
from auditor_app.models.catalogue import RESOURCES
from auditor_app.models.changes import Change, ChangeSet, add, apply, remove, set_fields
from auditor_app.models.entities import Assessment
from auditor_app.models.enums import EvidenceSubject, Verdict
from auditor_app.models.evidence import CLOSING, OPENING
from auditor_app.models.fields import Field, build, fields_of, value_at
from auditor_app.models.ids import AuditId, Clause, RowId, new_id
from auditor_app.models.marks import WHOLE, Mark, Shape, mark_text
from auditor_app.models.rules import ROTATIONS
from auditor_app.models.standard import Standard, parse_standard
from auditor_app.models.text import MINUTE, SECOND

PACK = RESOURCES / "standards" / "gbt27922-2011.json"

Sheet = dict[Clause, Assessment]


@cache
def shipped_standard() -> Standard:
    """Return the standard pack that ships with the workbench."""
    return parse_standard(PACK.read_text("utf-8"))


def raw_pack() -> dict[str, Any]:
    """Return the shipped pack as JSON values that a test may spoil."""
    raw: dict[str, Any] = json.loads(PACK.read_text("utf-8"))
    return raw


def all_met(standard: Standard) -> Sheet:
    """Return a sheet on which the auditee lost nothing."""
    return {clause: Assessment(clause, Verdict.MET) for clause in standard.indicators}


def with_verdict(sheet: Mapping[Clause, Assessment], verdict: Verdict, *clauses: str) -> Sheet:
    """Return a copy of the sheet with one verdict on these indicators; a deletion gets a reason."""
    reason = "not part of the business" if verdict is Verdict.DELETED else ""
    return {**sheet, **{Clause(c): Assessment(c, verdict, reason=reason) for c in clauses}}


def sampled(sheet: Mapping[Clause, Assessment], clause: str, checked: int, failed: int) -> Sheet:
    """Return a copy of the sheet with samples drawn for one indicator."""
    return {**sheet, Clause(clause): Assessment(clause, Verdict.SAMPLED, checked, failed)}


def clauses_under(standard: Standard, *prefixes: str) -> tuple[Clause, ...]:
    """Return the indicators below these chapters or groups."""
    return tuple(c for c in standard.indicators if any(c.startswith(p + ".") for p in prefixes))


def clauses_worth(standard: Standard, points: int, *prefixes: str) -> tuple[Clause, ...]:
    """Return indicators that add up to exactly these points, below the chapters named or anywhere."""
    ways: dict[int, tuple[Clause, ...]] = {0: ()}
    for clause in clauses_under(standard, *(prefixes or ("5",))):
        weight = int(standard.indicators[clause].points)
        for total, chosen in list(ways.items()):
            ways.setdefault(total + weight, (*chosen, clause))
    return ways[points]


def empty_audit(standard: Standard) -> Audit:
    """Return an audit in which nothing was entered yet."""
    return new_audit(AuditId(new_id()), StandardRef(standard.id, standard.version))


def with_rows(audit: Audit, *rows: tuple[Kind, str, Any]) -> Audit:
    """Return the audit with these rows put in, by kind and row id."""
    tables = {kind: dict(table) for kind, table in audit.rows.items()}
    for kind, row_id, row in rows:
        tables[kind][RowId(row_id)] = row
    return replace(audit, rows={kind: dict(sorted(table.items())) for kind, table in tables.items()})


def with_sheet(audit: Audit, sheet: Mapping[Clause, Assessment]) -> Audit:
    """Return the audit with a scoring sheet filled in."""
    return with_rows(audit, *((Kind.ASSESSMENT, clause, row) for clause, row in sheet.items()))


def fields_changed(audit: Audit, kind: Kind, row_id: str, **values: Any) -> ChangeSet:
    """Return the edit that gives fields of one row new values."""
    row = audit.of(kind)[RowId(row_id)]
    return ChangeSet(audit.id, set_fields(kind, RowId(row_id), row, values))


def row_added(audit: Audit, kind: Kind, row_id: str, row: Any) -> ChangeSet:
    """Return the edit that adds one row."""
    return ChangeSet(audit.id, (add(kind, RowId(row_id), row),))


def row_removed(audit: Audit, kind: Kind, row_id: str) -> ChangeSet:
    """Return the edit that removes one row."""
    return ChangeSet(audit.id, (remove(kind, RowId(row_id), audit.of(kind)[RowId(row_id)]),))


# Everything below draws at random, within what the rules allow; the pack is the shipped one.

STANDARD = shipped_standard()

# Indicators of which samples may be listed in drawn audits: their assessments are drawn apart from the lists.
NOT_COUNTED = [clause for clause, indicator in STANDARD.indicators.items() if indicator.sampled][:3]

words = st.text(st.characters(codec="utf-8"), max_size=12)
NOTES = ("", "见附件 3", "ask\nagain")
spoken = words.filter(lambda text: bool(text.strip()))


@cache
def judged(clause: Clause) -> st.SearchStrategy[Assessment]:
    """Draw any verdict but unjudged that the indicator allows."""
    ways = [
        *(Assessment(clause, verdict, note=note) for verdict in (Verdict.MET, Verdict.NOT_MET) for note in NOTES),
        Assessment(clause, Verdict.DELETED, reason="不适用"),
    ]
    if not STANDARD.indicators[clause].sampled or clause in NOT_COUNTED:
        return st.sampled_from(ways)
    counts = st.integers(1, 40).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))
    return st.sampled_from(ways) | counts.map(lambda nk: Assessment(clause, Verdict.SAMPLED, *nk))


@cache
def assessed(clause: Clause) -> st.SearchStrategy[Assessment]:
    """Draw any assessment that the indicator allows, the unjudged one among them."""
    return judged(clause) | st.sampled_from([Assessment(clause, note=note) for note in NOTES])


_some_clauses = st.lists(st.sampled_from(list(STANDARD.indicators)), max_size=8, unique=True)


@st.composite
def sheets(draw: st.DrawFn, *, complete: bool = False) -> Sheet:
    """Draw a scoring sheet: barely begun, a good company's with few losses (near the levels), or anything."""
    start = draw(st.sampled_from(("good", "anything") if complete else ("good", "anything", "begun")))
    sheet = {} if start == "begun" else all_met(STANDARD)
    for clause in STANDARD.indicators if start == "anything" else draw(_some_clauses):
        sheet[clause] = draw(judged(clause) if complete else assessed(clause))
    return sheet


def unjudged_in(sheet: Mapping[Clause, Assessment]) -> tuple[Clause, ...]:
    """Return the indicators still to be judged."""
    return tuple(
        clause for clause in STANDARD.indicators if clause not in sheet or sheet[clause].verdict is Verdict.UNJUDGED
    )


def completions(sheet: Sheet) -> st.SearchStrategy[Sheet]:
    """Draw a way to judge what the sheet leaves open."""
    open_ones = {c: judged(c) for c in unjudged_in(sheet)}
    return st.fixed_dictionaries(open_ones).map(lambda verdicts: {**sheet, **verdicts})


# Strategies are made once: to make one and to check it costs more than to draw from it.


@cache
def values(hint: Any) -> st.SearchStrategy[Any]:
    """Draw a value of a field's type."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return st.one_of([st.none() if part is types.NoneType else values(part) for part in typing.get_args(hint)])
    if typing.get_origin(hint) is tuple:
        return st.lists(values(typing.get_args(hint)[0]), max_size=3).map(tuple)
    if issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    drawn: dict[type, st.SearchStrategy[Any]] = {
        str: words,
        bool: st.booleans(),
        int: st.integers(0, 999_999_999),
        date: st.dates(),
        Decimal: st.decimals(0, 99_999, places=2),
    }
    return drawn[hint]


_minutes = st.datetimes(datetime(1000, 1, 1)).map(lambda moment: moment.strftime(MINUTE))


@cache
def rows(kind: Kind, key: str = "") -> st.SearchStrategy[Any]:
    """Draw a row of a kind; `key` is its document id or clause where the kind has one."""
    if kind is Kind.ASSESSMENT:
        return assessed(Clause(key))
    drawn = {f.path: values(f.type) for f in _fields(kind)}
    drawn |= {path: st.none() | _minutes for path in drawn if path.endswith(".at")}
    if kind is Kind.DOCUMENT:
        drawn["id"] = st.just(key)
    if kind is Kind.SITE:
        drawn["id"] = st.just(f"S-{key}")
    if kind is Kind.BONUS:
        drawn["reason"] = spoken
    if kind in (Kind.SPECIAL_DEDUCTION, Kind.FINDING):
        drawn["clause"] = st.sampled_from(["", *STANDARD.nodes])
        drawn["site"] = st.just("")
    if kind is Kind.TEAM:
        drawn["clauses"] = st.lists(st.sampled_from(list(STANDARD.nodes)), max_size=2).map(tuple)
    if kind is Kind.SAMPLE:
        drawn["clause"] = st.sampled_from(NOT_COUNTED)
        drawn["site"] = st.just("")
    if kind is Kind.EVIDENCE:
        drawn |= _evidence_values(key)
    return st.fixed_dictionaries(drawn).map(lambda drawn_values: _row(kind, drawn_values))


def _row(kind: Kind, drawn: dict[str, Any]) -> Any:
    if kind is Kind.EVIDENCE:
        place = drawn["place"]
        drawn = {path: value for path, value in drawn.items() if path != "place"}
        drawn |= {"subject_kind": place[0], "subject": place[1]}
    return build(ENTITY_TYPES[kind], drawn)


def _evidence_values(key: str) -> dict[str, st.SearchStrategy[Any]]:
    """Draw evidence about what is always there; its content is its own by its key."""
    places = [
        *((EvidenceSubject.INDICATOR, clause) for clause in STANDARD.indicators),
        *((EvidenceSubject.DOCUMENT, document.id) for document in STANDARD.documents),
        *((EvidenceSubject.MEETING, meeting) for meeting in (OPENING, CLOSING)),
    ]
    corner = st.integers(0, WHOLE)
    marks = st.builds(Mark, st.sampled_from(list(Shape)), corner, corner, corner, corner).map(mark_text)
    return {
        "sha256": st.just(hashlib.sha256(key.encode()).hexdigest()),
        "rotation": st.sampled_from(ROTATIONS),
        "taken_at": st.none() | st.datetimes(datetime(1000, 1, 1)).map(lambda moment: moment.strftime(SECOND)),
        "marks": st.lists(marks, max_size=3).map(tuple),
        "place": st.sampled_from(places),
    }


@cache
def row_ids(kind: Kind) -> st.SearchStrategy[RowId]:
    """Draw a row id that a kind may have."""
    if kind in SINGLE | AT_MOST_ONE:
        return st.just(only_row(kind))
    if kind in NATURAL_KEY:
        keys = STANDARD.indicators if kind is Kind.ASSESSMENT else STANDARD.documents_by_id
        return st.sampled_from([RowId(key) for key in keys])
    return st.integers(1, 9).map(lambda number: RowId(f"row-{number}"))


@cache
def _some_row_ids(kind: Kind) -> st.SearchStrategy[list[RowId]]:
    return st.lists(row_ids(kind), min_size=1 if kind in SINGLE else 0, max_size=3, unique=True)


@cache
def _some_paths(kind: Kind) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from([f.path for f in _fields(kind)]), unique=True)


@st.composite
def audits(draw: st.DrawFn) -> Audit:
    """Draw an audit with rows of every kind, as the rules allow them."""
    audit = empty_audit(STANDARD)
    for kind in Kind:
        for row_id in draw(_some_row_ids(kind)):
            audit = with_rows(audit, (kind, row_id, draw(rows(kind, row_id))))
    return audit


_some_kinds = st.lists(st.sampled_from(list(Kind)), min_size=1, max_size=5)


@st.composite
def change_sets(draw: st.DrawFn, audit: Audit) -> ChangeSet:
    """Draw an edit of several steps, each made from what the one before left."""
    changes: list[Change] = []
    for kind in draw(_some_kinds):
        row_id = draw(row_ids(kind))
        before, after = audit.of(kind).get(row_id), draw(rows(kind, row_id))
        if before is None:
            step: tuple[Change, ...] = (add(kind, row_id, after),)
        elif kind not in SINGLE and draw(st.booleans()):
            step = (remove(kind, row_id, before),)
        else:
            # The fields of an assessment are possible only together, and so is the place of evidence.
            together = kind in (Kind.ASSESSMENT, Kind.EVIDENCE)
            chosen = [f.path for f in _fields(kind)] if together else draw(_some_paths(kind))
            step = set_fields(kind, row_id, before, {path: value_at(after, path) for path in chosen})
        audit = apply(audit, ChangeSet(audit.id, step))
        changes += step
    return ChangeSet(audit.id, tuple(changes))


def _fields(kind: Kind) -> tuple[Field, ...]:
    return fields_of(ENTITY_TYPES[kind])
