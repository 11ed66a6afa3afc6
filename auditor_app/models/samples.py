"""The samples listed for an indicator, and the counts of its assessment that follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.changes import Change, ChangeSet, add, apply, edit, set_fields
from auditor_app.models.entities import Sample
from auditor_app.models.enums import SampleResult, Verdict
from auditor_app.models.evidence import removal
from auditor_app.models.ids import RowId


def samples_of(audit: Audit, clause: str) -> dict[RowId, Sample]:
    """Return the samples listed for an indicator, by row id, in the order they were entered."""
    return {row_id: row for row_id, row in audit.of(Kind.SAMPLE).items() if row.clause == clause}


def counts(samples: Iterable[Sample]) -> tuple[int, int]:
    """Return how many samples there are and how many of them deviate (n and k of scoring rule 2)."""
    results = [sample.result for sample in samples]
    return len(results), results.count(SampleResult.DEVIATES)


def with_new_sample(audit: Audit, row_id: RowId, sample: Sample) -> tuple[Change, ...]:
    """Return the changes that list one more sample; its indicator is judged by its samples from then on."""
    return _counted(audit, sample.clause, (add(Kind.SAMPLE, row_id, sample),))


def with_sample_values(audit: Audit, row_id: RowId, values: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return the changes that give a listed sample these values; under another verdict they count for nothing."""
    sample: Sample = audit.of(Kind.SAMPLE)[row_id]
    return _counted_if_sampled(audit, sample.clause, set_fields(Kind.SAMPLE, row_id, sample, values))


def without_sample(audit: Audit, row_id: RowId) -> tuple[Change, ...]:
    """Return the changes that take a sample and its evidence off the list.

    An indicator judged by its samples is unjudged without any; under another verdict it keeps that.
    """
    sample: Sample = audit.of(Kind.SAMPLE)[row_id]
    return _counted_if_sampled(audit, sample.clause, removal(audit, Kind.SAMPLE, row_id))


def sampled_by_list(audit: Audit, clause: str) -> dict[str, Any] | None:
    """Return the values of a sampled verdict by the listed samples, None when none is listed."""
    checked, failed = counts(samples_of(audit, clause).values())
    if not checked:
        return None
    return {"verdict": Verdict.SAMPLED, "checked": checked, "failed": failed, "reason": ""}


def _counted_if_sampled(audit: Audit, clause: str, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    is_sampled = audit.row(Kind.ASSESSMENT, RowId(clause)).verdict is Verdict.SAMPLED
    return _counted(audit, clause, changes) if changes and is_sampled else changes


def _counted(audit: Audit, clause: str, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Add to changes of the list what they mean for the assessment, so that both stand or fall together."""
    after = apply(audit, ChangeSet(audit.id, changes))
    values = sampled_by_list(after, clause) or {"verdict": Verdict.UNJUDGED, "checked": 0, "failed": 0}
    return changes + edit(audit, Kind.ASSESSMENT, RowId(clause), values)
