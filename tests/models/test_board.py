"""What the score board says about an audit, checked against the worked cases and by brute force."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.board import (
    LevelStanding,
    LostPoints,
    TooManyDeductions,
    WayUp,
    cheapest_way,
    deletion_effect,
    distances,
    lost_points,
    raw_bounds,
    what_if,
)
from auditor_app.models.entities import Assessment, Bonus, SpecialDeduction
from auditor_app.models.enums import Ground, Level, Verdict
from auditor_app.models.followup import Loss
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import level_of, score_audit, shown
from auditor_app.models.standard import Standard
from tests.builders import (
    STANDARD,
    Sheet,
    all_met,
    clauses_under,
    clauses_worth,
    empty_audit,
    sampled,
    sheets,
    with_rows,
    with_sheet,
    with_verdict,
)
from tests.report.audits import with_special, worked_cases

FIRST = Clause("5.1.1.1")

deductions = st.integers(0, 6)
bonuses = st.booleans()


def audit_of(standard: Standard, sheet: Sheet, deductions: int = 0, bonus: bool = False) -> Audit:
    return with_special(with_sheet(empty_audit(standard), sheet), deductions, bonus)


def clauses(lost: tuple[LostPoints, ...]) -> list[str]:
    return [entry.clause for entry in lost]


def way_of(standard: Standard, audit: Audit) -> WayUp:
    way = cheapest_way(standard, audit, score_audit(standard, audit), lost_points(standard, audit))
    assert isinstance(way, WayUp)
    return way


def small_standard(weights: list[Fraction]) -> Standard:
    """Return a pack of one chapter with these weights, every indicator sampled."""
    chapter = STANDARD.chapters[0]
    group = chapter.groups[0]
    indicators = tuple(
        replace(group.indicators[0], clause=Clause(f"{group.clause}.{number}"), points=weight, sampled=True)
        for number, weight in enumerate(weights, 1)
    )
    group = replace(group, points=sum(weights, Fraction(0)), indicators=indicators)
    return replace(STANDARD, chapters=(replace(chapter, points=group.points, groups=(group,)),))


@st.composite
def small_audits(draw: st.DrawFn) -> tuple[Standard, Audit]:
    """Draw a pack small enough to try every way, and an audit by it."""
    weight = st.sampled_from([Fraction(1), Fraction(2), Fraction(3), Fraction(5), Fraction(1, 3), Fraction("0.7")])
    standard = small_standard(draw(st.lists(weight, min_size=1, max_size=7)))
    sheet: Sheet = {}
    for clause in standard.indicators:
        verdict = draw(st.sampled_from(Verdict))
        checked = draw(st.integers(1, 5)) if verdict is Verdict.SAMPLED else 0
        sheet[clause] = Assessment(clause, verdict, checked, draw(st.integers(0, checked)), reason="n/a")
    return standard, audit_of(standard, sheet, draw(st.integers(0, 5)), draw(bonuses))


class TestDistances:
    """How far every level is."""

    def test_an_audit_just_begun_has_every_level_still_to_earn(self, standard: Standard) -> None:
        found = distances(standard, score_audit(standard, empty_audit(standard)))
        assert [(d.level, d.points) for d in found] == list(standard.scoring.levels)
        assert {d.standing for d in found} == {LevelStanding.TO_EARN}

    def test_a_finished_audit_has_reached_some_levels_and_lacks_points_for_the_rest(self, standard: Standard) -> None:
        audit = audit_of(standard, with_verdict(all_met(standard), Verdict.NOT_MET, "5.1.2.2", "5.2.4.3"), 2, True)
        found = [(d.standing, d.points) for d in distances(standard, score_audit(standard, audit))]
        assert found == [
            (LevelStanding.REACHED, 21),
            (LevelStanding.REACHED, 11),
            (LevelStanding.REACHED, 1),
            (LevelStanding.OUT_OF_REACH, 4),
        ]

    def test_while_rows_are_open_the_way_starts_below_and_the_end_is_above(self, standard: Standard) -> None:
        sheet = with_verdict(all_met(standard), Verdict.NOT_MET, *clauses_worth(standard, 7, "5.1"))
        sheet = with_verdict(sheet, Verdict.UNJUDGED, "5.2.4.3", "5.3.1.1")
        found = distances(standard, score_audit(standard, audit_of(standard, sheet)))
        assert [d.standing for d in found[-3:]] == [
            LevelStanding.REACHED,
            LevelStanding.TO_EARN,
            LevelStanding.OUT_OF_REACH,
        ]
        assert [d.points for d in found[-3:]] == [7, 3, 2]

    def test_five_special_deductions_put_every_level_out_of_reach(self, standard: Standard) -> None:
        found = distances(standard, score_audit(standard, audit_of(standard, all_met(standard), 5)))
        assert {(d.standing, d.points) for d in found} == {(LevelStanding.OUT_OF_REACH, None)}

    def test_with_everything_deleted_there_is_nothing_to_be_far_from(self, standard: Standard) -> None:
        gone = audit_of(standard, with_verdict({}, Verdict.DELETED, *standard.indicators))
        assert distances(standard, score_audit(standard, gone)) == ()

    @given(sheets(), deductions, bonuses)
    def test_distances_agree_with_the_levels_of_the_score(self, sheet: Sheet, minus: int, plus: bool) -> None:
        result = score_audit(STANDARD, audit_of(STANDARD, sheet, minus, plus))
        found = distances(STANDARD, result)
        if result.nothing_applicable:
            assert found == ()
            return
        reached = [d.level for d in found if d.standing is LevelStanding.REACHED]
        possible = [d.level for d in found if d.standing is not LevelStanding.OUT_OF_REACH]
        assert ([Level.FAIL, *reached][-1], [Level.FAIL, *possible][-1]) == (result.reachable[0], result.reachable[-1])
        for distance in found:
            if distance.points is not None:
                least, most = raw_bounds(STANDARD, result)
                end = most if distance.standing is LevelStanding.OUT_OF_REACH else least
                assert abs(end - distance.threshold) == distance.points
                assert distance.points >= 0

    @given(sheets(), st.integers(0, 4), bonuses)
    def test_the_next_level_is_as_far_as_the_score_says(self, sheet: Sheet, minus: int, plus: bool) -> None:
        result = score_audit(STANDARD, audit_of(STANDARD, sheet, minus, plus))
        ahead = [d for d in distances(STANDARD, result) if d.standing is LevelStanding.TO_EARN]
        if ahead:
            assert result.to_next is not None
            assert (ahead[0].level, ahead[0].points) == (result.to_next.level, result.to_next.points)


class TestLostPoints:
    """What was lost, largest first."""

    def test_the_largest_loss_comes_first_and_equal_ones_in_the_order_of_the_standard(self, standard: Standard) -> None:
        sheet = with_verdict(all_met(standard), Verdict.NOT_MET, "5.3.1.1", "5.1.1.1", "5.1.2.2", "5.1.4.2")
        audit = audit_of(standard, sampled(sheet, "5.2.4.1", 4, 1), 1)
        lost = lost_points(standard, audit)
        assert clauses(lost) == ["5.1.2.2", "5.1.1.1", "5.3.1.1", "5.1.4.2", "5.1", "5.2.4.1"]
        assert [entry.points for entry in lost] == [5, 3, 3, 1, 1, Fraction(1, 2)]
        assert isinstance(lost[4].cause, SpecialDeduction)

    def test_a_deletion_makes_every_other_loss_weigh_more(self, standard: Standard) -> None:
        sheet = with_verdict(all_met(standard), Verdict.DELETED, *clauses_under(standard, "5.2.6"))
        audit = audit_of(standard, with_verdict(sheet, Verdict.NOT_MET, "5.1.2.2"))
        (lost,) = lost_points(standard, audit)
        assert (lost.weight, lost.points) == (5, Fraction(500, 97))

    def test_each_special_deduction_is_a_loss_of_its_own(self, standard: Standard) -> None:
        lost = lost_points(standard, audit_of(standard, all_met(standard), 3))
        assert [(entry.points, entry.weight) for entry in lost] == [(1, 0)] * 3

    def test_with_everything_deleted_only_special_deductions_are_left(self, standard: Standard) -> None:
        gone = audit_of(standard, with_verdict({}, Verdict.DELETED, *standard.indicators), 1)
        assert len(lost_points(standard, gone)) == 1

    @given(sheets(), deductions, bonuses)
    def test_what_was_lost_is_what_the_best_possible_score_lacks(self, sheet: Sheet, minus: int, plus: bool) -> None:
        audit = audit_of(STANDARD, sheet, minus, plus)
        result = score_audit(STANDARD, audit)
        if result.nothing_applicable:
            return
        lost = lost_points(STANDARD, audit)
        assert sum(entry.points for entry in lost) == 100 + result.bonus - raw_bounds(STANDARD, result)[1]
        assert sum(entry.weight for entry in lost) == result.whole.lost
        assert [entry.points for entry in lost] == sorted((entry.points for entry in lost), reverse=True)


class TestCheapestWay:
    """The fewest rows between the score and the next level."""

    def test_one_large_loss_is_enough_and_the_smallest_that_does_is_named(self, standard: Standard) -> None:
        sheet = with_verdict(all_met(standard), Verdict.NOT_MET, "5.1.2.2", "5.1.1.1", "5.2.4.3", "5.1.3.1")
        way = way_of(standard, audit_of(standard, sheet))
        assert (way.level, way.missing, clauses(way.regained)) == (Level.FOUR_STAR, 3, ["5.1.1.1"])

    def test_the_last_step_is_as_small_as_it_may_be(self, standard: Standard) -> None:
        sheet = with_verdict(all_met(standard), Verdict.NOT_MET, "5.1.2.2", "5.1.1.1", "5.2.4.3", "5.1.4.2")
        way = way_of(standard, audit_of(standard, sheet, 4))
        assert (way.missing, clauses(way.regained)) == (6, ["5.1.2.2", "5.1.4.2"])

    def test_open_rows_come_before_anything_that_is_lost(self, standard: Standard) -> None:
        sheet = with_verdict(all_met(standard), Verdict.UNJUDGED, "5.1.1.1", "5.1.4.2")
        way = way_of(standard, audit_of(standard, with_verdict(sheet, Verdict.NOT_MET, "5.2.4.3")))
        assert (way.level, way.missing, way.from_open, way.regained) == (Level.FIVE_STAR, 2, 2, ())
        assert way.open_clauses == ("5.1.1.1", "5.1.4.2")

    def test_losses_bring_what_the_open_rows_cannot(self, standard: Standard) -> None:
        sheet = with_verdict(all_met(standard), Verdict.UNJUDGED, "5.1.4.2")
        way = way_of(standard, audit_of(standard, with_verdict(sheet, Verdict.NOT_MET, "5.2.4.3", "5.1.2.2")))
        assert (way.missing, way.from_open, clauses(way.regained)) == (4, 1, ["5.2.4.3"])

    def test_an_audit_just_begun_needs_seventy_points_of_its_open_rows(self, standard: Standard) -> None:
        way = way_of(standard, empty_audit(standard))
        assert (way.level, way.from_open, len(way.open_clauses)) == (Level.PASS, 70, 44)

    def test_five_special_deductions_are_what_is_told_then(self, standard: Standard) -> None:
        audit = audit_of(standard, all_met(standard), 6)
        lost = lost_points(standard, audit)
        assert cheapest_way(standard, audit, score_audit(standard, audit), lost) == TooManyDeductions(6, 5)

    @pytest.mark.parametrize("case", ["nothing lost", "one of three fails"])
    def test_nothing_is_above_five_stars(self, standard: Standard, case: str) -> None:
        audit = worked_cases()[case][0]
        assert cheapest_way(standard, audit, score_audit(standard, audit), lost_points(standard, audit)) is None

    def test_four_special_deductions_may_leave_no_way_up(self, standard: Standard) -> None:
        strict = tuple((level, start + 2) for level, start in standard.scoring.levels)
        harder = replace(standard, scoring=replace(standard.scoring, levels=strict))
        audit = audit_of(harder, all_met(harder), 4)
        assert cheapest_way(harder, audit, score_audit(harder, audit), lost_points(harder, audit)) is None

    def test_with_everything_deleted_there_is_no_way(self, standard: Standard) -> None:
        gone = audit_of(standard, with_verdict({}, Verdict.DELETED, *standard.indicators))
        assert cheapest_way(standard, gone, score_audit(standard, gone), lost_points(standard, gone)) is None

    @given(small_audits())
    def test_no_way_is_shorter_and_none_of_its_length_ends_smaller(self, drawn: tuple[Standard, Audit]) -> None:
        standard, audit = drawn
        result = score_audit(standard, audit)
        way = cheapest_way(standard, audit, result, lost_points(standard, audit))
        if isinstance(way, TooManyDeductions) or result.nothing_applicable:
            assert result.too_many_deductions or way is None
            return
        lost = {entry.clause: entry.points for entry in lost_points(standard, audit) if isinstance(entry.cause, Loss)}
        aims = [d for d in distances(standard, result) if d.standing is not LevelStanding.REACHED]
        ways = self.every_way(standard, audit, list(lost), aims[0].threshold) if aims else []
        if way is None:
            assert ways == []
            return
        assert way.level is aims[0].level
        fewest = min(map(len, ways))
        smallest = min(min((lost[c] for c in chosen), default=Fraction(0)) for chosen in ways if len(chosen) == fewest)
        assert tuple(clauses(way.regained)) in ways
        assert len(way.regained) == fewest
        if way.regained:
            assert way.regained[-1].points == smallest

    def every_way(
        self, standard: Standard, audit: Audit, lost: list[str], threshold: Fraction
    ) -> list[tuple[str, ...]]:
        """Return every choice of losses that lifts the score to a threshold once the open rows are met."""
        open_ones = [c for c in standard.indicators if audit.assessment(c).verdict is Verdict.UNJUDGED]
        ways = []
        for size in range(len(lost) + 1):
            # Largest first, so that a choice reads as the way is told.
            for chosen in combinations(lost, size):
                met = with_sheet(audit, with_verdict({}, Verdict.MET, *open_ones, *chosen))
                lower = score_audit(standard, met).lower
                if lower is not None and lower >= threshold:
                    ways.append(chosen)
        return ways

    @given(sheets(), st.integers(0, 4), bonuses)
    def test_whoever_goes_the_way_reaches_the_level(self, sheet: Sheet, minus: int, plus: bool) -> None:
        audit = audit_of(STANDARD, sheet, minus, plus)
        way = cheapest_way(STANDARD, audit, score_audit(STANDARD, audit), lost_points(STANDARD, audit))
        if isinstance(way, WayUp):
            met = with_verdict({}, Verdict.MET, *way.open_clauses, *clauses(way.regained))
            after = score_audit(STANDARD, with_sheet(audit, met))
            assert after.lower is not None
            assert level_of(STANDARD.scoring, after.lower).rank >= way.level.rank
            assert way.missing <= way.from_open + sum(entry.points for entry in way.regained)


class TestWhatIf:
    """What another verdict would do, without giving it."""

    def test_an_open_sampled_row_can_be_met_not_met_or_deleted(self, standard: Standard) -> None:
        audit = empty_audit(standard)
        outlooks = what_if(standard, audit, score_audit(standard, audit), Clause("5.1.1.2"))
        assert [o.assessment.verdict for o in outlooks] == [Verdict.MET, Verdict.NOT_MET, Verdict.DELETED]
        assert [(o.lower_change, o.upper_change) for o in outlooks] == [(3, 0), (0, -3), (0, 0)]
        assert not any(o.is_present for o in outlooks)

    def test_a_sampled_row_keeps_its_samples_among_the_choices(self, standard: Standard) -> None:
        audit = audit_of(standard, sampled(all_met(standard), "5.2.4.1", 3, 1))
        outlooks = what_if(standard, audit, score_audit(standard, audit), Clause("5.2.4.1"))
        assert [shown(o.result.exact or Fraction(0)) for o in outlooks] == ["100.00", "98.00", "99.33", "100.00"]
        assert [o.is_present for o in outlooks] == [False, False, True, False]
        assert (outlooks[2].assessment.checked, outlooks[2].assessment.failed) == (3, 1)

    def test_deleting_the_last_row_that_counts_leaves_no_score(self, standard: Standard) -> None:
        rest = [clause for clause in standard.indicators if clause != FIRST]
        audit = audit_of(standard, with_verdict(all_met(standard), Verdict.DELETED, *rest))
        gone = what_if(standard, audit, score_audit(standard, audit), FIRST)[-1]
        assert gone.result.nothing_applicable
        assert (gone.lower_change, gone.upper_change) == (None, None)

    @given(sheets(), st.sampled_from(list(STANDARD.indicators)), deductions, bonuses)
    def test_the_verdict_given_already_changes_nothing(
        self, sheet: Sheet, clause: Clause, minus: int, plus: bool
    ) -> None:
        audit = audit_of(STANDARD, sheet, minus, plus)
        before = repr(audit)
        for outlook in what_if(STANDARD, audit, score_audit(STANDARD, audit), clause):
            given_it = with_sheet(audit, {clause: outlook.assessment})
            assert outlook.result == score_audit(STANDARD, given_it)
            if outlook.is_present:
                assert outlook.result == score_audit(STANDARD, audit)
                assert (outlook.lower_change, outlook.upper_change) in ((0, 0), (None, None))
        assert repr(audit) == before


class TestDeletion:
    """What the auditor is told before a deletion is confirmed."""

    def test_the_total_and_the_score_are_told_before_and_after(self, standard: Standard) -> None:
        lost = ("5.1.2.2", "5.1.1.1", "5.1.4.2")
        audit = audit_of(standard, with_verdict(all_met(standard), Verdict.NOT_MET, *lost))
        effect = deletion_effect(standard, audit, [Clause("5.2.6.1")])
        assert (effect.applicable_before, effect.applicable_after) == (100, 98)
        assert effect.before.exact is not None
        assert effect.after.exact is not None
        assert (shown(effect.before.exact), shown(effect.after.exact)) == ("91.00", "90.81")
        assert (effect.emptied_chapters, effect.everything_deleted) == ((), False)

    def test_what_is_not_judged_yet_counts_among_the_weights(self, standard: Standard) -> None:
        effect = deletion_effect(standard, empty_audit(standard), [FIRST])
        assert (effect.applicable_before, effect.applicable_after) == (100, 97)
        assert (effect.after.lower, effect.after.upper) == (0, 100)

    def test_a_chapter_that_loses_its_last_indicator_is_pointed_out(self, standard: Standard) -> None:
        *most, last = clauses_under(standard, "5.3")
        audit = audit_of(standard, with_verdict(all_met(standard), Verdict.DELETED, *most))
        assert deletion_effect(standard, audit, [last]).emptied_chapters == ("5.3",)
        gone = with_sheet(audit, with_verdict({}, Verdict.DELETED, last))
        assert deletion_effect(standard, gone, [FIRST]).emptied_chapters == ()

    def test_with_everything_deleted_there_is_no_score(self, standard: Standard) -> None:
        effect = deletion_effect(standard, empty_audit(standard), standard.indicators)
        assert effect.everything_deleted
        assert effect.applicable_after == 0
        assert effect.emptied_chapters == ("5.1", "5.2", "5.3")

    def test_deleting_what_is_deleted_changes_nothing(self, standard: Standard) -> None:
        audit = audit_of(standard, with_verdict(all_met(standard), Verdict.DELETED, FIRST))
        effect = deletion_effect(standard, audit, [FIRST])
        assert effect.before == effect.after
        assert effect.applicable_after == 97

    def test_deleting_a_lost_indicator_lifts_the_score(self, standard: Standard) -> None:
        audit = audit_of(standard, with_verdict(all_met(standard), Verdict.NOT_MET, "5.1.2.2", FIRST))
        assert deletion_effect(standard, audit, [FIRST]).after.exact == Fraction(9200, 97)


def test_the_board_of_an_audit_counts_grounds_and_bonus_as_the_score_does(standard: Standard) -> None:
    audit = with_rows(
        with_sheet(empty_audit(standard), all_met(standard)),
        (Kind.SPECIAL_DEDUCTION, "a", SpecialDeduction(Ground.LAW)),
        (Kind.BONUS, only_row(Kind.BONUS), Bonus("leads the trade")),
    )
    result = score_audit(standard, audit)
    assert raw_bounds(standard, result) == (100, 100)
    assert lost_points(standard, audit)[0].clause == ""
