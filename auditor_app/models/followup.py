"""Which failures have a finding, and which special deductions are still to be rectified."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.entities import Assessment, Finding, SpecialDeduction
from auditor_app.models.enums import ActionResult, Grade
from auditor_app.models.ids import RowId
from auditor_app.models.scoring import earned
from auditor_app.models.standard import Indicator, Standard


class FindingState(StrEnum):
    """Where a finding stands, the most pressing first."""

    OVERDUE = "overdue"
    REJECTED = "rejected"
    OPEN = "open"
    ACCEPTED = "accepted"
    NO_ACTION = "no_action"


class FindingFilter(StrEnum):
    """One way to look at the findings."""

    ALL = "all"
    OPEN = "open"
    OVERDUE = "overdue"
    ACCEPTED = "accepted"
    MAJOR = "major"
    MINOR = "minor"
    OBSERVATION = "observation"


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


def findings_by_deduction(audit: Audit) -> dict[RowId, RowId | None]:
    """Return for every special deduction the nonconformity that opens its corrective action, None without one.

    A nonconformity answers a deduction of the same clause (or both of none) unless the two name different sites; it
    answers one only.
    """
    free = {row_id: row for row_id, row in audit.of(Kind.FINDING).items() if row.grade is not Grade.OBSERVATION}
    deductions = audit.of(Kind.SPECIAL_DEDUCTION)
    answers: dict[RowId, RowId | None] = dict.fromkeys(deductions)
    # Those that name a site choose first: the others can be answered at any.
    for row_id, deduction in sorted(deductions.items(), key=lambda item: not item[1].site):
        fitting = [each for each, finding in free.items() if _answers(finding, deduction)]
        answer = min(fitting, key=lambda each: free[each].site != deduction.site, default=None)
        answers[row_id] = answer
        if answer is not None:
            del free[answer]
    return answers


def deductions_without_finding(audit: Audit) -> tuple[SpecialDeduction, ...]:
    """Return the special deductions that no nonconformity answers yet."""
    rows = audit.of(Kind.SPECIAL_DEDUCTION)
    return tuple(rows[row_id] for row_id, finding in findings_by_deduction(audit).items() if finding is None)


def open_deductions(audit: Audit) -> dict[RowId, SpecialDeduction]:
    """Return the special deductions whose corrective action is not accepted: each must be rectified."""
    rows, findings = audit.of(Kind.SPECIAL_DEDUCTION), audit.of(Kind.FINDING)
    return {
        row_id: rows[row_id]
        for row_id, finding in findings_by_deduction(audit).items()
        if finding is None or is_open(findings[finding])
    }


def open_findings(audit: Audit, *grades: Grade) -> dict[RowId, Finding]:
    """Return the nonconformities that wait for an accepted corrective action, of these grades or of both."""
    return {
        row_id: finding
        for row_id, finding in audit.of(Kind.FINDING).items()
        if is_open(finding) and (not grades or finding.grade in grades)
    }


def findings_by_filter(audit: Audit, today: date) -> dict[FindingFilter, frozenset[RowId]]:
    """Return the findings each filter shows."""
    rows = audit.of(Kind.FINDING)
    states = {row_id: state_of(finding, today) for row_id, finding in rows.items()}
    by_state = {
        FindingFilter.OVERDUE: FindingState.OVERDUE,
        FindingFilter.ACCEPTED: FindingState.ACCEPTED,
    }
    return {
        FindingFilter.ALL: frozenset(rows),
        FindingFilter.OPEN: frozenset(open_findings(audit)),
        **{each: frozenset(r for r in rows if states[r] is state) for each, state in by_state.items()},
        **{FindingFilter(g.value): frozenset(r for r in rows if rows[r].grade is g) for g in Grade},
    }


def is_open(finding: Finding) -> bool:
    """Say whether a nonconformity waits for an accepted corrective action; observations never do."""
    return finding.grade is not Grade.OBSERVATION and finding.action.result is not ActionResult.ACCEPTED


def state_of(finding: Finding, today: date) -> FindingState:
    """Say where a finding stands today; an observation that nobody acted on asks for nothing."""
    action = finding.action
    if action.result is ActionResult.ACCEPTED:
        return FindingState.ACCEPTED
    if finding.grade is Grade.OBSERVATION:
        return FindingState.NO_ACTION if action.result is ActionResult.OPEN else FindingState.REJECTED
    if action.due is not None and action.due < today:
        return FindingState.OVERDUE
    return FindingState.REJECTED if action.result is ActionResult.REJECTED else FindingState.OPEN


def _answers(finding: Finding, deduction: SpecialDeduction) -> bool:
    same_site = not finding.site or not deduction.site or finding.site == deduction.site
    return finding.clause == deduction.clause and same_site
