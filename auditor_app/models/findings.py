"""Findings made in one step from what the sheet says already, and what verifying one fills in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.changes import Change, add, set_fields
from auditor_app.models.entities import Assessment, Evidence, Finding, Sample, SpecialDeduction
from auditor_app.models.enums import ActionResult, EvidenceSubject, Grade, Ground, Role, SampleResult, Verdict
from auditor_app.models.evidence import evidence_on
from auditor_app.models.followup import Loss, findings_by_deduction, losses_without_finding
from auditor_app.models.ids import Clause, RowId, new_id
from auditor_app.models.samples import samples_of
from auditor_app.models.standard import Standard


@dataclass(frozen=True)
class Offer:
    """A failure that no finding names yet: an indicator that lost points, or a special deduction."""

    kind: Kind
    row_id: RowId
    cause: Loss | SpecialDeduction
    points: Fraction

    @property
    def clause(self) -> str:
        """Return the clause, empty for a special deduction that names none."""
        return self.cause.indicator.clause if isinstance(self.cause, Loss) else self.cause.clause


def offers(standard: Standard, audit: Audit) -> tuple[Offer, ...]:
    """Return what a finding may be made of, special deductions first: those must be rectified."""
    each, rows = standard.scoring.deduction_points, audit.of(Kind.SPECIAL_DEDUCTION)
    answers = findings_by_deduction(audit)
    deductions = (Offer(Kind.SPECIAL_DEDUCTION, r, rows[r], each) for r, answer in answers.items() if answer is None)
    lost = losses_without_finding(standard, audit)
    return *deductions, *(Offer(Kind.ASSESSMENT, RowId(x.indicator.clause), x, x.points) for x in lost)


def findings_of(audit: Audit, clause: str) -> dict[RowId, Finding]:
    """Return the findings of a clause by row id, in the order they were entered."""
    return {row_id: row for row_id, row in audit.of(Kind.FINDING).items() if row.clause == clause}


def numbers(audit: Audit) -> dict[RowId, int]:
    """Return the number of every finding, as the window and the report count them."""
    return {row_id: number for number, row_id in enumerate(audit.of(Kind.FINDING), 1)}


def finding_from_indicator(
    words: Catalogue, audit: Audit, clause: str, found_by: str = "", found_on: date | None = None
) -> Finding:
    """Return the finding an indicator offers: its reason and note, or its counts and the samples that deviate.

    It is minor; on an indicator that is met it can only be an observation.
    """
    assessment = audit.assessment(Clause(clause))
    grade = Grade.OBSERVATION if assessment.verdict is Verdict.MET else Grade.MINOR
    deviating = _deviating(audit, assessment)
    facts = _lines(*_counted(words, assessment, deviating), assessment.reason, assessment.note)
    sites = {sample.site for sample in deviating.values()}
    return Finding(grade, clause, facts, sites.pop() if len(sites) == 1 else "", found_by, found_on)


def finding_from_sample(
    words: Catalogue, audit: Audit, row_id: RowId, found_by: str = "", found_on: date | None = None
) -> Finding:
    """Return the minor finding that a listed sample offers."""
    sample: Sample = audit.of(Kind.SAMPLE)[row_id]
    return Finding(Grade.MINOR, sample.clause, _sample_line(words, sample), sample.site, found_by, found_on)


def finding_from_deduction(audit: Audit, row_id: RowId, found_by: str = "", found_on: date | None = None) -> Finding:
    """Return the finding that a special deduction opens: it must be rectified.

    A breach of law is major: it is not the auditee's to weigh, and no recommendation should go out while it lasts.
    The other three grounds range from a slip to a failure, so they begin as minor and the auditor decides.
    """
    deduction = audit.of(Kind.SPECIAL_DEDUCTION)[row_id]
    grade = Grade.MAJOR if deduction.ground is Ground.LAW else Grade.MINOR
    return Finding(grade, deduction.clause, deduction.facts, deduction.site, found_by, found_on)


def evidence_for_indicator(audit: Audit, clause: str) -> tuple[Evidence, ...]:
    """Return the evidence that a finding on an indicator takes over: its own, and that on the samples that deviate."""
    found = list(evidence_on(audit, EvidenceSubject.INDICATOR, clause).values())
    for row_id in _deviating(audit, audit.assessment(Clause(clause))):
        found += evidence_on(audit, EvidenceSubject.SAMPLE, row_id).values()
    return tuple(found)


def evidence_for_sample(audit: Audit, row_id: RowId) -> tuple[Evidence, ...]:
    """Return the evidence that a finding on a listed sample takes over."""
    return tuple(evidence_on(audit, EvidenceSubject.SAMPLE, row_id).values())


def with_new_finding(row_id: RowId, finding: Finding, evidence: tuple[Evidence, ...] = ()) -> tuple[Change, ...]:
    """Return the changes that enter a finding; the same contents are shown at it, each once."""
    contents: dict[str, Evidence] = {}
    for row in evidence:
        contents.setdefault(row.sha256, replace(row, subject_kind=EvidenceSubject.FINDING, subject=row_id))
    return add(Kind.FINDING, row_id, finding), *(
        add(Kind.EVIDENCE, RowId(new_id()), copy) for copy in contents.values()
    )


def with_result(audit: Audit, row_id: RowId, result: ActionResult, today: date) -> tuple[Change, ...]:
    """Return the changes that give a corrective action its result; a verification has a day and a name.

    Both are filled in where they are empty: today, and the team leader.
    """
    finding: Finding = audit.of(Kind.FINDING)[row_id]
    values: dict[str, Any] = {"action.result": result}
    if result is not ActionResult.OPEN:
        values["action.verified_on"] = finding.action.verified_on or today
        values["action.verified_by"] = finding.action.verified_by or leader(audit)
    return set_fields(Kind.FINDING, row_id, finding, values)


def leader(audit: Audit) -> str:
    """Return the name of the team leader, empty without one."""
    return next((member.name for member in audit.team if member.role is Role.LEADER), "")


def finder(audit: Audit, clause: str) -> str:
    """Return who looks at a clause by the assignments of the team, the nearest one first, else the team leader."""
    assigned = {part: member.name for member in reversed(audit.team) for part in member.clauses}
    nearest = (name for part, name in sorted(assigned.items(), reverse=True) if f"{clause}.".startswith(f"{part}."))
    return next(nearest, "") or leader(audit)


def _deviating(audit: Audit, assessment: Assessment) -> Mapping[RowId, Sample]:
    """Return the listed samples that count against an indicator; those of another verdict count for nothing."""
    if assessment.verdict is not Verdict.SAMPLED:
        return {}
    listed = samples_of(audit, assessment.clause)
    return {row_id: sample for row_id, sample in listed.items() if sample.result is SampleResult.DEVIATES}


def _counted(words: Catalogue, assessment: Assessment, deviating: Mapping[RowId, Sample]) -> Iterator[str]:
    if assessment.verdict is Verdict.SAMPLED:
        yield words.text("finding", "sampled", checked=assessment.checked, failed=assessment.failed)
    for sample in deviating.values():
        yield _sample_line(words, sample)


def _sample_line(words: Catalogue, sample: Sample) -> str:
    day = sample.checked_on.isoformat() if sample.checked_on else ""
    name = words.text("finding", "dated", what=sample.what, date=day) if sample.what and day else sample.what or day
    return (
        words.text("finding", "said", what=name, remark=sample.remark)
        if name and sample.remark
        else (name or sample.remark)
    )


def _lines(*parts: str) -> str:
    return "\n".join(part.strip() for part in parts if part.strip())
