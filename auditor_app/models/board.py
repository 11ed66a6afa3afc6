"""What the score board shows beside the score: what a deletion, a verdict or a point regained would do to it.

Nothing here writes; every amount is an exact fraction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from auditor_app.models.audit import Audit
from auditor_app.models.entities import Assessment
from auditor_app.models.enums import Verdict
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import ScoreResult, score, score_audit
from auditor_app.models.standard import Standard


@dataclass(frozen=True)
class DeletionEffect:
    """What deleting indicators does: the weights that count (涉及项总分), the score, chapters left with nothing."""

    applicable_before: Fraction
    applicable_after: Fraction
    before: ScoreResult
    after: ScoreResult
    emptied_chapters: tuple[Clause, ...]

    @property
    def everything_deleted(self) -> bool:
        """Say whether nothing would be left to score."""
        return self.after.nothing_applicable


def deletion_effect(standard: Standard, audit: Audit, clauses: Iterable[Clause]) -> DeletionEffect:
    """Return what deleting these indicators would do; those deleted already stay so."""
    before = score_audit(standard, audit)
    after = _score_with(standard, audit, {clause: Assessment(clause, Verdict.DELETED) for clause in clauses})
    emptied = (
        chapter.clause
        for chapter in standard.chapters
        if counting(before, chapter.clause) and not counting(after, chapter.clause)
    )
    return DeletionEffect(counting(before), counting(after), before, after, tuple(emptied))


def counting(result: ScoreResult, clause: Clause | None = None) -> Fraction:
    """Return the weights that count for the score, judged or not, of a chapter or group or of the whole."""
    part = result.whole if clause is None else result.nodes[clause]
    return part.applicable + part.open


def _score_with(standard: Standard, audit: Audit, assessments: dict[Clause, Assessment]) -> ScoreResult:
    """Return the score the audit would have with other assessments in place of its own."""
    sheet = {**audit.assessments, **assessments}
    return score(standard, sheet, len(audit.special_deductions), int(audit.bonus is not None))
