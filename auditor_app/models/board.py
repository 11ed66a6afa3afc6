"""What the score board shows beside the score: distances, losses, the cheapest way up, what-if, deletions.

Nothing here writes; every amount is an exact fraction. Points of the score are those of 0 to 100, weights those of
the standard pack; the two differ once an indicator is deleted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from auditor_app.models.audit import Audit
from auditor_app.models.entities import Assessment, SpecialDeduction
from auditor_app.models.enums import Level, Verdict
from auditor_app.models.followup import Loss, losses
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import HUNDRED, ScoreResult, added, level_of, score_again, score_audit
from auditor_app.models.standard import Standard


class LevelStanding(StrEnum):
    """Where a level stands: sure by now, still to earn, or above all that is still possible."""

    REACHED = "reached"
    TO_EARN = "to_earn"
    OUT_OF_REACH = "out_of_reach"


@dataclass(frozen=True)
class LevelDistance:
    """A level and how far it is, in points of the score before they are kept within 0 and 100.

    `points` is what the lower bound has above the threshold, what it lacks, or what even the upper bound lacks; None
    when special deductions put every level out of reach.
    """

    level: Level
    threshold: Fraction
    standing: LevelStanding
    points: Fraction | None


@dataclass(frozen=True)
class LostPoints:
    """What one indicator or one special deduction costs: in points of the score, and of the indicator's weight."""

    points: Fraction
    weight: Fraction
    cause: Loss | SpecialDeduction

    @property
    def clause(self) -> str:
        """Return the clause, empty for a special deduction that names none."""
        return self.cause.indicator.clause if isinstance(self.cause, Loss) else self.cause.clause


@dataclass(frozen=True)
class WayUp:
    """The cheapest way to the next level: `missing` points of the score, `from_open` of them from unjudged rows.

    Those can bring `open_points` at most. `regained` are the fewest losses that bring the rest; the last of them is
    the smallest that does.
    """

    level: Level
    missing: Fraction
    open_clauses: tuple[Clause, ...]
    open_points: Fraction
    from_open: Fraction
    regained: tuple[LostPoints, ...]


@dataclass(frozen=True)
class TooManyDeductions:
    """No points help: special deductions fail the audit."""

    count: int
    limit: int


@dataclass(frozen=True)
class Outlook:
    """What the score would be with another verdict on one indicator; the changes are those of the two bounds.

    Without a score before or after, there are no changes.
    """

    assessment: Assessment
    result: ScoreResult
    is_present: bool
    lower_change: Fraction | None
    upper_change: Fraction | None


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


def counting(result: ScoreResult, clause: Clause | None = None) -> Fraction:
    """Return the weights that count for the score, judged or not, of a chapter or group or of the whole."""
    part = result.whole if clause is None else result.nodes[clause]
    return part.applicable + part.open


def points_off(standard: Standard, result: ScoreResult) -> Fraction:
    """Return the points that special deductions take off."""
    return standard.scoring.deduction_points * result.special_deductions


def points_on(standard: Standard, result: ScoreResult) -> Fraction:
    """Return the points that the bonus adds."""
    rules = standard.scoring
    return rules.bonus_points * min(result.bonus, rules.bonus_at_most)


def raw_bounds(standard: Standard, result: ScoreResult) -> tuple[Fraction, Fraction]:
    """Return the two ends of the range before they are kept within 0 and 100; there must be a score."""
    whole, possible = result.whole, counting(result)
    shift = points_on(standard, result) - points_off(standard, result)
    return HUNDRED * whole.earned / possible + shift, HUNDRED * (whole.earned + whole.open) / possible + shift


def distances(standard: Standard, result: ScoreResult) -> tuple[LevelDistance, ...]:
    """Return every level with its distance, lowest first; none when there is no score."""
    if result.lower is None or result.upper is None:
        return ()
    rules = standard.scoring
    if result.too_many_deductions:
        return tuple(LevelDistance(level, start, LevelStanding.OUT_OF_REACH, None) for level, start in rules.levels)
    least, most = raw_bounds(standard, result)
    held, possible = level_of(rules, result.lower).rank, level_of(rules, result.upper).rank
    found = []
    for level, start in rules.levels:
        if level.rank <= held:
            found.append(LevelDistance(level, start, LevelStanding.REACHED, least - start))
        elif level.rank <= possible:
            found.append(LevelDistance(level, start, LevelStanding.TO_EARN, start - least))
        else:
            found.append(LevelDistance(level, start, LevelStanding.OUT_OF_REACH, start - most))
    return tuple(found)


def lost_points(standard: Standard, audit: Audit) -> tuple[LostPoints, ...]:
    """Return what was lost, largest first, equal ones in the order of the standard, special deductions last.

    Points are those that the best possible score lost: relative to every weight that counts, judged or not.
    """
    found = losses(standard, audit)
    kept = (
        each for each in standard.indicators.values() if audit.assessment(each.clause).verdict is not Verdict.DELETED
    )
    possible = added(indicator.points for indicator in kept)
    lost = [LostPoints(HUNDRED * loss.points / possible, loss.points, loss) for loss in found]
    each = standard.scoring.deduction_points
    lost += [LostPoints(each, Fraction(0), deduction) for deduction in audit.special_deductions]
    return tuple(sorted(lost, key=lambda entry: -entry.points))


def cheapest_way(
    standard: Standard, audit: Audit, result: ScoreResult, lost: Iterable[LostPoints]
) -> WayUp | TooManyDeductions | None:
    """Return the cheapest way to the level above the one that is sure, None when there is none.

    Unjudged indicators come first; of what is `lost`, as `lost_points` returns it, the fewest indicators regained in
    full that bring the rest.
    """
    if result.too_many_deductions:
        return TooManyDeductions(result.special_deductions, standard.scoring.fails_at_deductions)
    aim = next((d for d in distances(standard, result) if d.standing is not LevelStanding.REACHED), None)
    if aim is None or aim.threshold > HUNDRED:
        return None
    missing = aim.threshold - raw_bounds(standard, result)[0]
    open_points = HUNDRED * result.whole.open / counting(result)
    from_open = min(missing, open_points)
    regained = _fewest(lost, missing - from_open)
    if regained is None:
        return None
    return WayUp(aim.level, missing, _unjudged(standard, audit), open_points, from_open, regained)


def what_if(standard: Standard, audit: Audit, present: ScoreResult, clause: Clause) -> tuple[Outlook, ...]:
    """Return the score for each verdict that an indicator can have; samples as they are counted now, if they are.

    `present` is the score of the audit now.
    """
    now = audit.assessment(clause)
    verdicts = [Assessment(clause, verdict) for verdict in (Verdict.MET, Verdict.NOT_MET, Verdict.DELETED)]
    if now.verdict is Verdict.SAMPLED:
        verdicts.insert(2, replace(now, reason="", note=""))
    return tuple(
        _outlook(present, now, each, _score_with(standard, audit, present, {clause: each})) for each in verdicts
    )


def deletion_effect(standard: Standard, audit: Audit, clauses: Iterable[Clause]) -> DeletionEffect:
    """Return what deleting these indicators would do; those deleted already stay so."""
    before = score_audit(standard, audit)
    after = _score_with(standard, audit, before, {clause: Assessment(clause, Verdict.DELETED) for clause in clauses})
    emptied = (
        chapter.clause
        for chapter in standard.chapters
        if counting(before, chapter.clause) and not counting(after, chapter.clause)
    )
    return DeletionEffect(counting(before), counting(after), before, after, tuple(emptied))


def _score_with(
    standard: Standard, audit: Audit, present: ScoreResult, assessments: dict[Clause, Assessment]
) -> ScoreResult:
    """Return the score the audit would have with other assessments in place of its own; `present` is its score now."""
    sheet = {**audit.assessments, **assessments}
    return score_again(standard, present, assessments.keys(), sheet, present.special_deductions, present.bonus)


def _outlook(present: ScoreResult, now: Assessment, then: Assessment, result: ScoreResult) -> Outlook:
    lower = upper = None
    if present.lower is not None and present.upper is not None and result.lower is not None:
        assert result.upper is not None
        lower, upper = result.lower - present.lower, result.upper - present.upper
    return Outlook(then, result, then.verdict is now.verdict, lower, upper)


def _fewest(lost: Iterable[LostPoints], needed: Fraction) -> tuple[LostPoints, ...] | None:
    """Return the fewest lost indicators that bring these points, the last as small as it may be; None if none do."""
    chosen: list[LostPoints] = []
    left = [entry for entry in lost if isinstance(entry.cause, Loss)]
    while needed > 0:
        enough = [entry for entry in left if entry.points >= needed]
        if not left:
            return None
        # `left` has the largest first: while one alone is not enough, the largest leaves the least to find.
        step = min(enough, key=lambda entry: entry.points) if enough else left[0]
        left.remove(step)
        chosen.append(step)
        needed -= step.points
    return tuple(chosen)


def _unjudged(standard: Standard, audit: Audit) -> tuple[Clause, ...]:
    return tuple(clause for clause in standard.indicators if audit.assessment(clause).verdict is Verdict.UNJUDGED)
