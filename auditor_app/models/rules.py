"""What can never be stored: each rule refuses one row or one audit, with the field and the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from auditor_app.models.audit import AT_MOST_ONE, Audit, Kind
from auditor_app.models.changes import ChangeSet, apply
from auditor_app.models.entities import Assessment, Bonus, Document, Finding, Site, SpecialDeduction
from auditor_app.models.enums import Verdict
from auditor_app.models.errors import ValidationError
from auditor_app.models.fields import fields_of, value_at
from auditor_app.models.ids import Clause, RowId
from auditor_app.models.standard import Standard
from auditor_app.models.text import is_minute

LARGEST_COUNT = 999_999_999


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
    present = tuple(audit_refusals(apply(audit, change_set.inverse)))
    for kind, row_id, refusal in audit_refusals(audit):
        if (kind, row_id, refusal) not in present:
            if refusal.code == "unknown_site" and change_set.touches(Kind.SITE):
                raise ValidationError(f"{Kind.SITE}.id", "site_in_use", **refusal.params)
            raise ValidationError(f"{kind}.{refusal.field}", refusal.code, **refusal.params)


def refusals(standard: Standard, row: Any) -> Iterator[Refusal]:
    """Yield what is impossible about one row by itself."""
    yield from _plain_values(row)
    match row:
        case Assessment():
            yield from _assessment(standard, row)
        case Document() if row.id not in standard.documents_by_id:
            yield Refusal("id", "unknown_document", {"value": row.id})
        case SpecialDeduction() | Finding() if row.clause and row.clause not in standard.nodes:
            yield Refusal("clause", "unknown_clause", {"value": row.clause})
        case Bonus() if not row.reason.strip():
            yield Refusal("reason", "bonus_without_reason", {})
        case Site() if not row.id.strip():
            yield Refusal("id", "site_without_id", {})


def audit_refusals(audit: Audit) -> Iterator[tuple[Kind, RowId, Refusal]]:
    """Yield what is impossible between rows: a site id twice, a reference to a site that is not there."""
    seen: set[str] = set()
    for row_id, site in audit.of(Kind.SITE).items():
        if site.id in seen:
            yield Kind.SITE, row_id, Refusal("id", "repeated", {"value": site.id})
        seen.add(site.id)
    for kind in (Kind.SPECIAL_DEDUCTION, Kind.FINDING):
        for row_id, row in audit.of(kind).items():
            if row.site and row.site not in seen:
                yield kind, row_id, Refusal("site", "unknown_site", {"value": row.site})
    for kind in AT_MOST_ONE:
        for row_id in list(audit.of(kind))[1:]:
            yield kind, row_id, Refusal("", "more_than_one", {})


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
