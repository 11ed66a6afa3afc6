"""What can never be stored: each rule refuses one row or one audit, with the field and the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from auditor_app.models.audit import AT_MOST_ONE, KIND_OF_SUBJECT, Audit, Kind
from auditor_app.models.changes import ChangeSet, apply
from auditor_app.models.entities import (
    Assessment,
    Bonus,
    Document,
    Evidence,
    Finding,
    Sample,
    Site,
    SpecialDeduction,
    TeamMember,
)
from auditor_app.models.enums import EvidenceSubject, Verdict
from auditor_app.models.errors import ValidationError
from auditor_app.models.evidence import CLOSING, OPENING
from auditor_app.models.fields import fields_of, value_at
from auditor_app.models.ids import Clause, RowId
from auditor_app.models.marks import parse_mark
from auditor_app.models.samples import counts
from auditor_app.models.standard import Standard
from auditor_app.models.text import is_minute, is_second

LARGEST_COUNT = 999_999_999
SHA256 = re.compile(r"[0-9a-f]{64}")
ROTATIONS = (0, 90, 180, 270)


@dataclass(frozen=True)
class Refusal:
    """Why a row cannot be: the field, the message code, its parameters."""

    field: str
    code: str
    params: dict[str, object]


def check_change(standard: Standard, audit: Audit, change_set: ChangeSet) -> None:
    """Raise `ValidationError` when the change set makes a row impossible; `audit` is the state after it."""
    for kind, row_id in dict.fromkeys((change.kind, change.id) for change in change_set.changes):
        row = audit.of(kind).get(row_id)
        for refusal in refusals(standard, row) if row is not None else ():
            raise ValidationError(f"{kind}.{refusal.field}", refusal.code, **refusal.params)
    # Not only in the rows touched: to remove or rename a site breaks the findings that name it.
    touched = {change.kind for change in change_set.changes}
    found = tuple(audit_refusals(audit, touched))
    before = tuple(audit_refusals(apply(audit, change_set.inverse), touched)) if found else ()
    for kind, row_id, refusal in found:
        if (kind, row_id, refusal) not in before:
            if refusal.code == "unknown_site" and change_set.touches(Kind.SITE):
                raise ValidationError(f"{Kind.SITE}.id", "site_in_use", **refusal.params)
            raise ValidationError(f"{kind}.{refusal.field}", refusal.code, **refusal.params)


def refusals(standard: Standard, row: Any) -> Iterator[Refusal]:
    """Yield what is impossible about one row by itself."""
    yield from _plain_values(row)
    match row:
        case Assessment():
            yield from _assessment(standard, row)
        case TeamMember():
            for clause in row.clauses:
                if clause not in standard.nodes:
                    yield Refusal("clauses", "unknown_clause", {"value": clause})
        case Document() if row.id not in standard.documents_by_id:
            yield Refusal("id", "unknown_document", {"value": row.id})
        case Sample():
            yield from _sample(standard, row)
        case Evidence():
            yield from _evidence(standard, row)
        case SpecialDeduction() | Finding() if row.clause and row.clause not in standard.nodes:
            yield Refusal("clause", "unknown_clause", {"value": row.clause})
        case Bonus() if not row.reason.strip():
            yield Refusal("reason", "bonus_without_reason", {})
        case Site() if not row.id.strip():
            yield Refusal("id", "site_without_id", {})


def audit_refusals(audit: Audit, touched: Iterable[Kind] = Kind) -> Iterator[tuple[Kind, RowId, Refusal]]:
    """Yield what is impossible between rows: a site id twice, a reference to a row that is not there, other counts.

    Only rules about the kinds `touched` are looked at.
    """
    kinds = set(touched)
    for about, rule in _BETWEEN_ROWS:
        if not kinds.isdisjoint(about):
            yield from rule(audit)


def _unknown_sites(audit: Audit) -> Iterator[tuple[Kind, RowId, Refusal]]:
    seen: set[str] = set()
    for row_id, site in audit.of(Kind.SITE).items():
        if site.id in seen:
            yield Kind.SITE, row_id, Refusal("id", "repeated", {"value": site.id})
        seen.add(site.id)
    for kind in _AT_A_SITE:
        for row_id, row in audit.of(kind).items():
            if row.site and row.site not in seen:
                yield kind, row_id, Refusal("site", "unknown_site", {"value": row.site})


def _more_than_one(audit: Audit) -> Iterator[tuple[Kind, RowId, Refusal]]:
    for kind in AT_MOST_ONE:
        for row_id in list(audit.of(kind))[1:]:
            yield kind, row_id, Refusal("", "more_than_one", {})


def _other_counts(audit: Audit) -> Iterator[tuple[Kind, RowId, Refusal]]:
    """Yield assessments by samples whose counts are not those of the samples listed for them."""
    listed: dict[str, list[Sample]] = {}
    for sample in audit.samples:
        listed.setdefault(sample.clause, []).append(sample)
    for clause, samples in listed.items():
        assessment, row_id = audit.assessment(Clause(clause)), RowId(clause)
        checked, failed = counts(samples)
        if assessment.verdict is Verdict.SAMPLED and (assessment.checked, assessment.failed) != (checked, failed):
            field = "failed" if assessment.checked == checked else "checked"
            yield Kind.ASSESSMENT, row_id, Refusal(field, "not_as_listed", {"checked": checked, "failed": failed})


def _evidence_of_nothing(audit: Audit) -> Iterator[tuple[Kind, RowId, Refusal]]:
    """Yield evidence about a sample or finding that is not there, and content that is at one place twice."""
    seen: set[tuple[str, str, str]] = set()
    for row_id, row in audit.of(Kind.EVIDENCE).items():
        kind = KIND_OF_SUBJECT.get(row.subject_kind)
        if kind is not None and row.subject not in audit.of(kind):
            yield Kind.EVIDENCE, row_id, Refusal("subject", "evidence_of_nothing", {"value": row.subject})
        place = (row.subject_kind, row.subject, row.sha256)
        if place in seen:
            yield Kind.EVIDENCE, row_id, Refusal("sha256", "evidence_repeated", {"name": row.name})
        seen.add(place)


_AT_A_SITE = (Kind.SPECIAL_DEDUCTION, Kind.FINDING, Kind.SAMPLE)
_BETWEEN_ROWS: tuple[tuple[Collection[Kind], Callable[[Audit], Iterator[tuple[Kind, RowId, Refusal]]]], ...] = (
    ((Kind.SITE, *_AT_A_SITE), _unknown_sites),
    ((Kind.ASSESSMENT, Kind.SAMPLE), _other_counts),
    ((Kind.EVIDENCE, *KIND_OF_SUBJECT.values()), _evidence_of_nothing),
    (AT_MOST_ONE, _more_than_one),
)
"""Rules between rows, each with the kinds of the rows it looks at."""


def _plain_values(row: Any) -> Iterator[Refusal]:
    for field in fields_of(type(row)):
        value = value_at(row, field.path)
        if isinstance(value, bool):
            continue
        if isinstance(value, int) and value < 0:
            yield Refusal(field.path, "negative", {"value": value})
        elif isinstance(value, int) and value > LARGEST_COUNT:
            yield Refusal(field.path, "too_large", {"value": value, "most": LARGEST_COUNT})
        elif isinstance(value, Decimal):
            yield from _amount(field.path, value)
        elif field.path.endswith(".at") and value is not None and not is_minute(value):
            yield Refusal(field.path, "not_a_minute", {"value": value})


def _amount(path: str, value: Decimal) -> Iterator[Refusal]:
    if not value.is_finite():
        yield Refusal(path, "not_an_amount", {"value": value})
    elif value < 0:
        yield Refusal(path, "negative", {"value": value})
    elif value > LARGEST_COUNT:
        yield Refusal(path, "too_large", {"value": value, "most": LARGEST_COUNT})


def _assessment(standard: Standard, row: Assessment) -> Iterator[Refusal]:
    indicator = standard.indicators.get(Clause(row.clause))
    if indicator is None:
        yield Refusal("clause", "unknown_indicator", {"value": row.clause})
    elif row.verdict is Verdict.SAMPLED:
        if not indicator.sampled:
            yield Refusal("verdict", "not_sampled", {"clause": row.clause})
        elif row.checked < 1:
            yield Refusal("checked", "nothing_checked", {})
        elif row.failed > row.checked:
            yield Refusal("failed", "more_failed_than_checked", {"failed": row.failed, "checked": row.checked})
    elif row.checked or row.failed:
        yield Refusal("checked" if row.checked else "failed", "counts_without_sampling", {})
    if row.verdict is Verdict.DELETED and not row.reason.strip():
        yield Refusal("reason", "deleted_without_reason", {})


def _sample(standard: Standard, row: Sample) -> Iterator[Refusal]:
    indicator = standard.indicators.get(Clause(row.clause))
    if indicator is None:
        yield Refusal("clause", "unknown_indicator", {"value": row.clause})
    elif not indicator.sampled:
        yield Refusal("clause", "not_sampled", {"clause": row.clause})


def _evidence(standard: Standard, row: Evidence) -> Iterator[Refusal]:
    known: dict[EvidenceSubject, Container[str]] = {
        EvidenceSubject.INDICATOR: standard.indicators,
        EvidenceSubject.DOCUMENT: standard.documents_by_id,
        EvidenceSubject.MEETING: (OPENING, CLOSING),
    }
    if row.subject_kind in known and row.subject not in known[row.subject_kind]:
        yield Refusal("subject", "evidence_of_nothing", {"value": row.subject})
    if not SHA256.fullmatch(row.sha256):
        yield Refusal("sha256", "not_a_sha256", {"value": row.sha256})
    if row.rotation not in ROTATIONS:
        yield Refusal("rotation", "not_a_rotation", {"value": row.rotation})
    if row.taken_at is not None and not is_second(row.taken_at):
        yield Refusal("taken_at", "not_a_second", {"value": row.taken_at})
    for mark in row.marks:
        try:
            parse_mark(mark)
        except ValidationError as error:
            yield Refusal("marks", error.code, dict(error.params))
