"""The samples listed for an indicator, and the counts of its assessment that follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.changes import Change, ChangeSet, add, apply, edit, set_fields
from auditor_app.models.entities import Sample
from auditor_app.models.enums import SampleResult, Verdict
from auditor_app.models.errors import ValidationError
from auditor_app.models.evidence import removal
from auditor_app.models.ids import RowId
from auditor_app.models.text import clean, clean_line, folded, parse_date

# How people write the result of a sample in a table of their own.
RESULTS: Mapping[str, SampleResult] = {
    **dict.fromkeys(("符合", "合格", "通过", "是", "√", "✓", "ok", "yes", "pass", "conforms"), SampleResult.CONFORMS),
    **dict.fromkeys(
        ("不符合", "不合格", "未通过", "不通过", "否", "×", "✗", "x", "ng", "no", "fail", "deviates"),
        SampleResult.DEVIATES,
    ),
}


def samples_of(audit: Audit, clause: str) -> dict[RowId, Sample]:
    """Return the samples listed for an indicator, by row id, in the order they were entered."""
    return {row_id: row for row_id, row in audit.of(Kind.SAMPLE).items() if row.clause == clause}


def counts(samples: Iterable[Sample]) -> tuple[int, int]:
    """Return how many samples there are and how many of them deviate (n and k of scoring rule 2)."""
    results = [sample.result for sample in samples]
    return len(results), results.count(SampleResult.DEVIATES)


def read_samples(text: str, clause: str, today: date) -> tuple[Sample, ...]:
    """Return a sample for every line of text, as a spreadsheet copies rows.

    The first cell says what it is; of the others a date is when it was checked, a word such as 不符合 its result, and
    the rest its remark.
    """
    found = []
    for line in clean(text).split("\n"):
        what, *cells = (clean_line(cell) for cell in line.split("\t"))
        if what:
            found.append(_read_cells(Sample(clause, what, today), cells))
    return tuple(found)


def _read_cells(sample: Sample, cells: Iterable[str]) -> Sample:
    remarks = []
    for cell in filter(None, cells):
        day, result = _day(cell), RESULTS.get(folded(cell))
        if day is not None:
            sample = replace(sample, checked_on=day)
        elif result is not None:
            sample = replace(sample, result=result)
        else:
            remarks.append(cell)
    return replace(sample, remark=" ".join(remarks))


def _day(cell: str) -> date | None:
    # A spreadsheet may copy the time of day too.
    with suppress(ValidationError):
        return parse_date(cell.removesuffix(" 0:00").removesuffix(" 0:00:00"), "checked_on")
    return None


def day_of_sampling(audit: Audit, today: date) -> date:
    """Return the day a sample is taken to be checked on: today, or the first day of an audit that is not on."""
    starts, ends = audit.info.starts, audit.info.ends
    is_on = (starts is None or starts <= today) and (ends is None or today <= ends)
    return today if is_on or starts is None else starts


def with_new_sample(audit: Audit, row_id: RowId, sample: Sample) -> tuple[Change, ...]:
    """Return the changes that list one more sample; its indicator is judged by its samples from then on."""
    return with_new_samples(audit, sample.clause, {row_id: sample})


def with_new_samples(audit: Audit, clause: str, samples: Mapping[RowId, Sample]) -> tuple[Change, ...]:
    """Return the changes that list more samples of one indicator, counted once."""
    return _counted(audit, clause, tuple(add(Kind.SAMPLE, row_id, sample) for row_id, sample in samples.items()))


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
