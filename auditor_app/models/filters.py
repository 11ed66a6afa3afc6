"""Which indicators a look at the scoring sheet shows, and what their points add up to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.enums import EvidenceSubject, Verdict
from auditor_app.models.followup import losses
from auditor_app.models.ids import Clause, RowId
from auditor_app.models.scoring import tally
from auditor_app.models.standard import Standard
from auditor_app.models.text import folded


class Filter(StrEnum):
    """One way to look at the scoring sheet."""

    ALL = "all"
    UNJUDGED = "unjudged"
    LOST = "lost"
    SAMPLED = "sampled"
    DELETED = "deleted"
    WITH_FINDING = "with_finding"
    WITHOUT_EVIDENCE = "without_evidence"
    MINE = "mine"


@dataclass(frozen=True)
class Totals:
    """What indicators add up to: their weights, points earned and lost by the judged ones, points still open."""

    count: int
    points: Fraction
    earned: Fraction
    lost: Fraction
    open: Fraction

    @property
    def deleted(self) -> Fraction:
        """Return the weights that deletions took out."""
        return self.points - self.earned - self.lost - self.open


def clauses_by_filter(standard: Standard, audit: Audit, auditor: str = "") -> dict[Filter, frozenset[Clause]]:
    """Return the indicators each filter shows; `auditor` is the team member whose clauses are "mine"."""
    by_verdict: dict[Verdict, set[Clause]] = {verdict: set() for verdict in Verdict}
    for clause in standard.indicators:
        by_verdict[audit.assessment(clause).verdict].add(clause)
    judged = standard.indicators.keys() - by_verdict[Verdict.UNJUDGED] - by_verdict[Verdict.DELETED]
    named = {finding.clause for finding in audit.findings}
    return {
        Filter.ALL: frozenset(standard.indicators),
        Filter.UNJUDGED: frozenset(by_verdict[Verdict.UNJUDGED]),
        Filter.LOST: frozenset(loss.indicator.clause for loss in losses(standard, audit)),
        Filter.SAMPLED: frozenset(by_verdict[Verdict.SAMPLED]),
        Filter.DELETED: frozenset(by_verdict[Verdict.DELETED]),
        Filter.WITH_FINDING: frozenset(clause for clause in standard.indicators if clause in named),
        Filter.WITHOUT_EVIDENCE: frozenset(judged - clauses_with_evidence(audit)),
        Filter.MINE: clauses_of(standard, audit, auditor),
    }


def clauses_with_evidence(audit: Audit) -> set[Clause]:
    """Return the indicators with evidence on themselves or on one of their samples."""
    clause_of = {row_id: row.clause for row_id, row in audit.of(Kind.SAMPLE).items()}
    found = set()
    for row in audit.evidence:
        if row.subject_kind is EvidenceSubject.INDICATOR:
            found.add(Clause(row.subject))
        elif row.subject_kind is EvidenceSubject.SAMPLE:
            found.add(Clause(clause_of.get(RowId(row.subject), "")))
    return found


def clauses_of(standard: Standard, audit: Audit, auditor: str) -> frozenset[Clause]:
    """Return the indicators assigned to a team member, by name."""
    assigned = {clause for member in audit.team if auditor and member.name == auditor for clause in member.clauses}
    return frozenset(
        clause
        for clause in standard.indicators
        if any(clause == each or clause.startswith(f"{each}.") for each in assigned)
    )


def matching(standard: Standard, audit: Audit, text: str, language: str) -> frozenset[Clause]:
    """Return the indicators whose clause, title, note, reason or samples hold every word typed, in either width."""
    wanted = folded(text).split()
    said: dict[str, list[str]] = {}
    for sample in audit.samples:
        said.setdefault(sample.clause, []).append(f"{sample.what} {sample.remark}")
    found = []
    for clause, indicator in standard.indicators.items():
        row = audit.assessment(clause)
        words = folded(" ".join([clause, indicator.title.in_(language), row.note, row.reason, *said.get(clause, ())]))
        if all(word in words for word in wanted):
            found.append(clause)
    return frozenset(found)


def totals(standard: Standard, audit: Audit, clauses: Iterable[Clause]) -> Totals:
    """Return what these indicators add up to."""
    indicators = [standard.indicators[clause] for clause in clauses]
    found = tally(indicators, audit.assessments)
    points = sum((indicator.points for indicator in indicators), Fraction(0))
    return Totals(found.total, points, found.earned, found.lost, found.open)
