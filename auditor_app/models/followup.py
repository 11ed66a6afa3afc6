"""Which failures have a finding, and which special deductions are still to be rectified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from auditor_app.models.audit import Audit
from auditor_app.models.entities import Assessment, Finding, SpecialDeduction
from auditor_app.models.enums import ActionResult, Grade
from auditor_app.models.scoring import earned
from auditor_app.models.standard import Indicator, Standard


@dataclass(frozen=True)
class Loss:
    """An indicator that lost points."""

    indicator: Indicator
    assessment: Assessment
    points: Fraction


def losses(standard: Standard, audit: Audit) -> tuple[Loss, ...]:
    """Return every indicator that lost points, in the order of the standard."""
    found = []
    for indicator in standard.indicators.values():
        assessment = audit.assessment(indicator.clause)
        got = earned(indicator, assessment)
        if got is not None and got < indicator.points:
            found.append(Loss(indicator, assessment, indicator.points - got))
    return tuple(found)


def losses_without_finding(standard: Standard, audit: Audit) -> tuple[Loss, ...]:
    """Return the indicators that lost points and whose clause no finding names."""
    named = {finding.clause for finding in audit.findings}
    return tuple(loss for loss in losses(standard, audit) if loss.indicator.clause not in named)


def deductions_with_finding(audit: Audit) -> Iterator[tuple[SpecialDeduction, Finding | None]]:
    """Yield every special deduction with the nonconformity that opens its corrective action, if there is one.

    A nonconformity answers a deduction of the same clause unless the two name different sites; it answers one
    only.
    """
    free = [finding for finding in audit.findings if finding.grade is not Grade.OBSERVATION]
    for deduction in audit.special_deductions:
        fitting = [finding for finding in free if _answers(finding, deduction)]
        fitting.sort(key=lambda finding: finding.site != deduction.site)
        answer = fitting[0] if fitting else None
        if answer is not None:
            # By identity: two findings may be equal word for word.
            free = [finding for finding in free if finding is not answer]
        yield deduction, answer


def deductions_without_finding(audit: Audit) -> tuple[SpecialDeduction, ...]:
    """Return the special deductions that no nonconformity answers yet."""
    return tuple(deduction for deduction, finding in deductions_with_finding(audit) if finding is None)


def open_deductions(audit: Audit) -> tuple[SpecialDeduction, ...]:
    """Return the special deductions whose corrective action is not accepted: each must be rectified."""
    return tuple(
        deduction for deduction, finding in deductions_with_finding(audit) if finding is None or is_open(finding)
    )


def is_open(finding: Finding) -> bool:
    """Say whether a nonconformity waits for an accepted corrective action; observations never do."""
    return finding.grade is not Grade.OBSERVATION and finding.action.result is not ActionResult.ACCEPTED


def _answers(finding: Finding, deduction: SpecialDeduction) -> bool:
    same_clause = bool(deduction.clause) and finding.clause == deduction.clause
    return same_clause and (not finding.site or not deduction.site or finding.site == deduction.site)
