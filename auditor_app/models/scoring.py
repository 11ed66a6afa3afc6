"""The score of an audit, exactly: rationals from the pack to the report, no float decides anything.

The rules, their numbers and their source are in docs/SCORING.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from auditor_app.models.audit import Audit
from auditor_app.models.entities import Assessment
from auditor_app.models.enums import LEVELS, Level, Verdict
from auditor_app.models.ids import Clause
from auditor_app.models.standard import Indicator, ScoringRules, Standard

ZERO, HUNDRED = Fraction(0), Fraction(100)


@dataclass(frozen=True)
class Tally:
    """Points of a set of indicators: `earned` of `applicable` judged points, and points still `open` (unjudged)."""

    earned: Fraction
    applicable: Fraction
    open: Fraction
    judged: int
    total: int

    @property
    def lost(self) -> Fraction:
        """Return the points that judged indicators lost."""
        return self.applicable - self.earned


@dataclass(frozen=True)
class Distance:
    """Points (of the score, 0..100) to a level's threshold."""

    level: Level
    points: Fraction


@dataclass(frozen=True)
class ScoreResult:
    """Score, range and level of an audit.

    `exact` is None while an indicator is unjudged, `level` while more than one is reachable; `lower` and `upper`
    are None when every indicator is deleted, since there is no score then (`nothing_applicable`).
    """

    whole: Tally
    nodes: Mapping[Clause, Tally]
    special_deductions: int
    bonus: int
    exact: Fraction | None
    lower: Fraction | None
    upper: Fraction | None
    level: Level | None
    reachable: tuple[Level, ...]
    too_many_deductions: bool
    to_next: Distance | None
    room: Distance | None

    @property
    def nothing_applicable(self) -> bool:
        """Say whether every indicator is deleted."""
        return self.lower is None


def earned(indicator: Indicator, assessment: Assessment) -> Fraction | None:
    """Return the points an indicator earns, None while unjudged or when deleted (rules 1 to 3)."""
    match assessment.verdict:
        case Verdict.MET:
            return indicator.points
        case Verdict.NOT_MET:
            return Fraction(0)
        case Verdict.SAMPLED:
            return indicator.points * (assessment.checked - assessment.failed) / assessment.checked
        case _:
            return None


def added(amounts: Iterable[Fraction]) -> Fraction:
    """Add up amounts, the whole ones as numbers: most are, and fractions take several times longer."""
    whole, rest = 0, ZERO
    for amount in amounts:
        if amount.denominator == 1:
            whole += amount.numerator
        else:
            rest += amount
    return rest + whole if whole else rest


def tally(indicators: Iterable[Indicator], assessments: Mapping[Clause, Assessment]) -> Tally:
    """Add up the indicators; deleted ones leave both sides and count as judged."""
    got: list[Fraction] = []
    applicable: list[Fraction] = []
    unjudged: list[Fraction] = []
    judged = total = 0
    for indicator in indicators:
        total += 1
        assessment = assessments.get(indicator.clause)
        if assessment is None or assessment.verdict is Verdict.UNJUDGED:
            unjudged.append(indicator.points)
            continue
        judged += 1
        points = earned(indicator, assessment)
        if points is not None:
            got.append(points)
            applicable.append(indicator.points)
    return Tally(added(got), added(applicable), added(unjudged), judged, total)


def together(tallies: Iterable[Tally]) -> Tally:
    """Add tallies of disjoint sets of indicators."""
    parts = tuple(tallies)
    return Tally(
        added(part.earned for part in parts),
        added(part.applicable for part in parts),
        added(part.open for part in parts),
        sum(part.judged for part in parts),
        sum(part.total for part in parts),
    )


def score(
    standard: Standard,
    assessments: Mapping[Clause, Assessment],
    special_deductions: int = 0,
    bonus: int = 0,
    known: Mapping[Clause, Tally] = MappingProxyType({}),
) -> ScoreResult:
    """Compute the score of an audit with `special_deductions` deductions and `bonus` (0 or 1) bonuses.

    Chapters and groups whose tally is `known` are not added up again.

    The unjudged earn nothing for the lower bound and everything for the upper one. Deleting an unjudged indicator
    cannot leave that range: it takes the same weight off both sides of a fraction between 0 and 1.
    """
    nodes: dict[Clause, Tally] = {}
    for chapter in standard.chapters:
        for group in chapter.groups:
            nodes[group.clause] = known.get(group.clause) or tally(group.indicators, assessments)
        nodes[chapter.clause] = known.get(chapter.clause) or together(nodes[group.clause] for group in chapter.groups)
    whole = together(nodes[chapter.clause] for chapter in standard.chapters)
    rules = standard.scoring
    too_many = special_deductions >= rules.fails_at_deductions
    shift = rules.bonus_points * min(bonus, rules.bonus_at_most) - rules.deduction_points * special_deductions
    possible = whole.applicable + whole.open
    if not possible:
        return ScoreResult(whole, nodes, special_deductions, bonus, None, None, None, None, (), too_many, None, None)
    least = HUNDRED * whole.earned / possible + shift
    most = HUNDRED * (whole.earned + whole.open) / possible + shift
    lower, upper = _clamp(least), _clamp(most)
    reachable = (Level.FAIL,) if too_many else _between(level_of(rules, lower), level_of(rules, upper))
    return ScoreResult(
        whole=whole,
        nodes=nodes,
        special_deductions=special_deductions,
        bonus=bonus,
        exact=lower if whole.judged == whole.total else None,
        lower=lower,
        upper=upper,
        level=reachable[0] if len(reachable) == 1 else None,
        reachable=reachable,
        too_many_deductions=too_many,
        # Not from the clamped score: what it hides below 0 must be earned too, what it hides above 100 may be lost.
        to_next=None if too_many else _to_next(rules, least),
        room=None if too_many else _room(rules, most),
    )


def score_audit(
    standard: Standard, audit: Audit, before: ScoreResult | None = None, clauses: Collection[Clause] = ()
) -> ScoreResult:
    """Compute the score of an audit as it stands; from the score `before` assessments changed in these clauses only."""
    extras = len(audit.special_deductions), int(audit.bonus is not None)
    if before is None:
        return score(standard, audit.assessments, *extras)
    return score_again(standard, before, clauses, audit.assessments, *extras)


def score_again(
    standard: Standard,
    before: ScoreResult,
    clauses: Collection[Clause],
    assessments: Mapping[Clause, Assessment],
    special_deductions: int,
    bonus: int,
) -> ScoreResult:
    """Compute the score of assessments that differ from those of the score `before` in these `clauses` only."""
    known = dict(before.nodes)
    for chapter in standard.chapters:
        for group in chapter.groups:
            if any(indicator.clause in clauses for indicator in group.indicators):
                del known[group.clause]
                known.pop(chapter.clause, None)
    return score(standard, assessments, special_deductions, bonus, known)


def level_of(rules: ScoringRules, points: Fraction) -> Level:
    """Return the level of an exact score (rule 7), special deductions aside."""
    reached = Level.FAIL
    for level, threshold in rules.levels:
        if points >= threshold:
            reached = level
    return reached


def shown(points: Fraction) -> str:
    """Return points with two decimals, rounded down, so that a shown 95.00 is always five-star (rule 8)."""
    return _two_decimals(100 * points.numerator // points.denominator)


def shown_up(points: Fraction) -> str:
    """Return points with two decimals, rounded up: what is still missing is never understated."""
    return _two_decimals(-(-100 * points.numerator // points.denominator))


def exact_text(points: Fraction) -> str:
    """Return an exact amount as an integer or `p/q`."""
    return str(points)


def plain(points: Fraction) -> str:
    """Return points the short way for tables, as the report shows them: `3`, `2.75`, `0.67` (halves rounded up).

    Only the score itself is rounded down.
    """
    # In whole numbers, since a sheet and a board show many of them at every key.
    text = _two_decimals((200 * points.numerator + points.denominator) // (2 * points.denominator))
    return text.rstrip("0").rstrip(".")


def score_parts(result: ScoreResult) -> tuple[str, ...]:
    """Return the score as shown: nothing without one, one number, or the two ends of the range."""
    if result.lower is None or result.upper is None:
        return ()
    return (shown(result.lower), shown(result.upper)) if result.exact is None else (shown(result.exact),)


def _two_decimals(hundredths: int) -> str:
    sign, value = ("-" if hundredths < 0 else ""), abs(hundredths)
    return f"{sign}{value // 100}.{value % 100:02d}"


def _clamp(points: Fraction) -> Fraction:
    return min(max(points, Fraction(0)), HUNDRED)


def _between(lowest: Level, highest: Level) -> tuple[Level, ...]:
    return LEVELS[lowest.rank : highest.rank + 1]


def _to_next(rules: ScoringRules, least: Fraction) -> Distance | None:
    for level, threshold in rules.levels:
        if threshold > least:
            return Distance(level, threshold - least)
    return None


def _room(rules: ScoringRules, most: Fraction) -> Distance | None:
    held = [Distance(level, most - threshold) for level, threshold in rules.levels if most >= threshold]
    return held[-1] if held else None
