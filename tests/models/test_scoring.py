"""The score and the level an auditor reads, exact to the last fraction."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.models.audit import Kind
from auditor_app.models.entities import Assessment, Bonus, SpecialDeduction
from auditor_app.models.enums import LEVELS, Ground, Level, Verdict
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import (
    ScoreResult,
    Tally,
    exact_text,
    level_of,
    plain,
    score,
    score_audit,
    shown,
    shown_up,
    together,
)
from auditor_app.models.standard import Standard
from tests.builders import (
    Sheet,
    all_met,
    clauses_under,
    clauses_worth,
    completions,
    empty_audit,
    judged,
    sampled,
    sheets,
    shipped_standard,
    unjudged_in,
    with_rows,
    with_sheet,
    with_verdict,
)

STANDARD = shipped_standard()
deductions = st.integers(0, 7)
bonuses = st.integers(0, 1)


def exact(result: ScoreResult) -> Fraction:
    assert result.exact is not None
    return result.exact


def lower(result: ScoreResult) -> Fraction:
    assert result.lower is not None
    return result.lower


def upper(result: ScoreResult) -> Fraction:
    assert result.upper is not None
    return result.upper


def losing(standard: Standard, points: int, *prefixes: str) -> Sheet:
    return with_verdict(all_met(standard), Verdict.NOT_MET, *clauses_worth(standard, points, *prefixes))


def test_an_auditee_who_lost_nothing_has_five_stars_at_100(standard: Standard) -> None:
    result = score(standard, all_met(standard))
    assert (shown(exact(result)), result.level) == ("100.00", Level.FIVE_STAR)


def test_five_special_deductions_fail_an_audit_that_shows_95(standard: Standard) -> None:
    result = score(standard, all_met(standard), special_deductions=5)
    assert (shown(exact(result)), result.level) == ("95.00", Level.FAIL)
    assert result.too_many_deductions
    assert (result.to_next, result.room) == (None, None)


def test_four_special_deductions_only_cost_their_points(standard: Standard) -> None:
    result = score(standard, all_met(standard), special_deductions=4)
    assert (shown(exact(result)), result.level) == ("96.00", Level.FIVE_STAR)


def test_a_deleted_group_leaves_both_sides_of_the_fraction(standard: Standard) -> None:
    sheet = with_verdict(all_met(standard), Verdict.DELETED, *clauses_under(standard, "5.2.6"))
    result = score(standard, with_verdict(sheet, Verdict.NOT_MET, "5.1.2.2"))
    assert exact(result) == Fraction(9200, 97)
    assert exact_text(exact(result)) == "9200/97"
    assert (shown(exact(result)), result.level) == ("94.84", Level.FOUR_STAR)


def test_a_sampled_indicator_loses_its_share_of_failing_samples(standard: Standard) -> None:
    result = score(standard, sampled(all_met(standard), "5.2.4.1", checked=3, failed=1))
    assert exact(result) == 100 - Fraction(2, 3)
    assert (shown(exact(result)), result.level) == ("99.33", Level.FIVE_STAR)


def test_a_whole_chapter_may_be_deleted(standard: Standard) -> None:
    sheet = losing(standard, 7, "5.1", "5.2")
    sheet = with_verdict(sheet, Verdict.DELETED, *clauses_under(standard, "5.3"))
    result = score(standard, sheet, bonus=1)
    assert exact(result) == Fraction(68, 75) * 100 + 1
    assert (shown(exact(result)), result.level) == ("91.66", Level.FOUR_STAR)


def test_special_deductions_and_the_bonus_shift_the_score(standard: Standard) -> None:
    sheet = with_verdict(all_met(standard), Verdict.NOT_MET, "5.1.2.2", "5.2.4.3")
    result = score(standard, sheet, special_deductions=2, bonus=1)
    assert (shown(exact(result)), result.level) == ("91.00", Level.FOUR_STAR)


def test_a_score_that_floats_put_just_below_90_is_exactly_90(standard: Standard) -> None:
    assert 46.8 / 52 * 100 < 90
    kept = clauses_worth(standard, 52, "5.1", "5.2")
    sheet = with_verdict(all_met(standard), Verdict.DELETED, *(c for c in standard.indicators if c not in kept))
    sheet = with_verdict(sheet, Verdict.NOT_MET, "5.1.2.2")
    result = score(standard, sampled(sheet, "5.1.7.1", checked=5, failed=1))
    assert (result.whole.earned, result.whole.applicable) == (Fraction("46.8"), 52)
    assert (exact(result), shown(exact(result)), result.level) == (90, "90.00", Level.FOUR_STAR)


@pytest.mark.parametrize(
    ("lost", "level", "below"),
    [
        (30, Level.PASS, Level.FAIL),
        (20, Level.THREE_STAR, Level.PASS),
        (10, Level.FOUR_STAR, Level.THREE_STAR),
        (5, Level.FIVE_STAR, Level.FOUR_STAR),
    ],
)
def test_a_threshold_exactly_reached_gives_the_level_and_a_hair_less_does_not(
    standard: Standard, lost: int, level: Level, below: Level
) -> None:
    at = losing(standard, lost, "5.1.1", "5.1.2", "5.1.3", "5.2")
    assert score(standard, at).level is level
    under = score(standard, sampled(at, "5.1.7.1", checked=100_000, failed=1))
    assert under.level is below
    assert shown(exact(under)) == f"{99 - lost}.99"


def test_94_996_shows_as_94_99_because_it_is_no_five_star(standard: Standard) -> None:
    sheet = with_verdict(all_met(standard), Verdict.NOT_MET, "5.1.2.2")
    result = score(standard, sampled(sheet, "5.1.7.1", checked=250, failed=1))
    assert exact(result) == Fraction("94.996")
    assert (shown(exact(result)), result.level) == ("94.99", Level.FOUR_STAR)


def test_the_score_stays_between_0_and_100(standard: Standard) -> None:
    assert exact(score(standard, all_met(standard), bonus=1)) == 100
    nothing = with_verdict({}, Verdict.NOT_MET, *standard.indicators)
    result = score(standard, nothing, special_deductions=4)
    assert (exact(result), result.level) == (0, Level.FAIL)


def test_a_second_bonus_counts_for_nothing(standard: Standard) -> None:
    sheet = losing(standard, 10)
    assert exact(score(standard, sheet, bonus=2)) == exact(score(standard, sheet, bonus=1)) == 91


def test_an_audit_with_everything_deleted_has_no_score(standard: Standard) -> None:
    result = score(standard, with_verdict({}, Verdict.DELETED, *standard.indicators), special_deductions=1)
    assert result.nothing_applicable
    assert (result.exact, result.lower, result.upper, result.level) == (None, None, None, None)
    assert (result.reachable, result.to_next, result.room) == ((), None, None)
    assert result.whole.judged == result.whole.total == 44


def test_an_audit_just_begun_may_still_reach_every_level(standard: Standard) -> None:
    result = score(standard, {})
    assert (result.exact, result.lower, result.upper) == (None, 0, 100)
    assert (result.level, result.reachable) == (None, LEVELS)
    assert (result.whole.judged, result.whole.total, result.whole.open) == (0, 44, 100)


def test_an_unjudged_indicator_is_not_a_zero(standard: Standard) -> None:
    sheet = all_met(standard)
    del sheet[Clause("5.1.2.2")]
    result = score(standard, {**sheet, Clause("5.2.4.3"): Assessment("5.2.4.3", note="ask tomorrow")})
    assert (result.exact, result.lower, result.upper) == (None, 92, 100)
    assert (result.level, result.reachable) == (None, (Level.FOUR_STAR, Level.FIVE_STAR))


def test_the_level_is_told_before_the_end_once_nothing_can_change_it(standard: Standard) -> None:
    sheet = all_met(standard)
    del sheet[Clause("5.1.1.1")]
    result = score(standard, sheet)
    assert (result.exact, result.level, result.reachable) == (None, Level.FIVE_STAR, (Level.FIVE_STAR,))


def test_the_way_up_and_the_room_down_are_told_in_points(standard: Standard) -> None:
    result = score(standard, losing(standard, 8))
    assert result.to_next is not None
    assert result.room is not None
    assert (result.to_next.level, result.to_next.points) == (Level.FIVE_STAR, 3)
    assert (result.room.level, result.room.points) == (Level.FOUR_STAR, 2)


def test_the_way_up_starts_at_what_is_sure_and_the_room_at_what_is_possible(standard: Standard) -> None:
    sheet = losing(standard, 8)
    del sheet[Clause("5.1.6.2")]
    result = score(standard, sheet)
    assert result.to_next is not None
    assert result.room is not None
    assert (result.to_next.level, result.to_next.points) == (Level.FIVE_STAR, 4)
    assert (result.room.level, result.room.points) == (Level.FOUR_STAR, 2)


def test_a_level_just_reached_is_held_and_the_way_leads_to_the_next(standard: Standard) -> None:
    result = score(standard, losing(standard, 10))
    assert result.to_next is not None
    assert result.room is not None
    assert (result.to_next.level, result.to_next.points) == (Level.FIVE_STAR, 5)
    assert (result.room.level, result.room.points) == (Level.FOUR_STAR, 0)


def test_nothing_is_above_five_stars_and_nothing_held_below_a_pass(standard: Standard) -> None:
    assert score(standard, all_met(standard)).to_next is None
    assert score(standard, losing(standard, 31)).room is None


def test_points_hidden_below_zero_have_to_be_earned_as_well(standard: Standard) -> None:
    result = score(standard, {}, special_deductions=2)
    assert result.to_next is not None
    assert (result.lower, result.to_next.level, result.to_next.points) == (0, Level.PASS, 72)


def test_points_hidden_above_100_may_be_lost_as_well(standard: Standard) -> None:
    result = score(standard, all_met(standard), bonus=1)
    assert result.room is not None
    assert (result.upper, result.room.points) == (100, 6)
    assert score(standard, losing(standard, 6), bonus=1).level is Level.FIVE_STAR


def test_what_is_missing_is_never_rounded_down(standard: Standard) -> None:
    sheet = with_verdict(all_met(standard), Verdict.DELETED, *clauses_under(standard, "5.2.6"))
    result = score(standard, with_verdict(sheet, Verdict.NOT_MET, "5.1.2.2"))
    assert result.to_next is not None
    assert result.room is not None
    assert shown_up(result.to_next.points) == "0.16"
    assert shown(result.room.points) == "4.84"


@pytest.mark.parametrize(
    ("points", "down", "up", "short"),
    [
        (Fraction(3), "3.00", "3.00", "3"),
        (Fraction(11, 4), "2.75", "2.75", "2.75"),
        (Fraction(2, 3), "0.66", "0.67", "0.67"),
        (Fraction(0), "0.00", "0.00", "0"),
        (Fraction(100), "100.00", "100.00", "100"),
        (Fraction(1, 2), "0.50", "0.50", "0.5"),
        (Fraction(1, 1000), "0.00", "0.01", "0"),
        (Fraction(1, 200), "0.00", "0.01", "0.01"),
        (Fraction(-1, 4), "-0.25", "-0.25", "-0.25"),
    ],
)
def test_points_read_the_same_way_everywhere(points: Fraction, down: str, up: str, short: str) -> None:
    assert (shown(points), shown_up(points), plain(points)) == (down, up, short)


def test_the_score_of_an_audit_counts_its_deductions_and_its_bonus(standard: Standard) -> None:
    audit = with_rows(
        with_sheet(empty_audit(standard), losing(standard, 8)),
        (Kind.SPECIAL_DEDUCTION, "a", SpecialDeduction(Ground.LAW)),
        (Kind.SPECIAL_DEDUCTION, "b", SpecialDeduction(Ground.TRADE)),
        (Kind.BONUS, Kind.BONUS.value, Bonus("answers within the hour")),
    )
    assert shown(exact(score_audit(standard, audit))) == "91.00"


def test_a_pack_with_other_thresholds_decides_by_its_own(standard: Standard) -> None:
    levels = tuple((level, points - 1) for level, points in standard.scoring.levels)
    rules = type(standard.scoring)(**{**vars(standard.scoring), "levels": levels})
    assert level_of(rules, Fraction(94)) is Level.FIVE_STAR
    assert level_of(standard.scoring, Fraction(94)) is Level.FOUR_STAR


@given(st.data(), sheets(), deductions, bonuses)
def test_the_range_encloses_every_way_to_finish_the_audit(
    data: st.DataObject, sheet: Sheet, minus: int, plus: int
) -> None:
    now = score(STANDARD, sheet, minus, plus)
    end = score(STANDARD, data.draw(completions(sheet)), minus, plus)
    if end.exact is None:
        assert end.nothing_applicable
        return
    assert lower(now) <= end.exact <= upper(now)
    assert end.level in now.reachable
    assert now.level in (None, end.level)


@given(st.data(), sheets(), deductions, bonuses)
def test_judging_one_more_indicator_never_widens_the_range(
    data: st.DataObject, sheet: Sheet, minus: int, plus: int
) -> None:
    still_open = unjudged_in(sheet)
    if not still_open:
        return
    clause = data.draw(st.sampled_from(still_open))
    now = score(STANDARD, sheet, minus, plus)
    then = score(STANDARD, {**sheet, clause: data.draw(judged(clause))}, minus, plus)
    if not then.nothing_applicable:
        assert lower(now) <= lower(then) <= upper(then) <= upper(now)
    assert set(then.reachable) <= set(now.reachable)


@given(sheets(), bonuses)
def test_the_range_is_tight_both_ends_can_come_true(sheet: Sheet, plus: int) -> None:
    result = score(STANDARD, sheet, bonus=plus)
    if result.nothing_applicable:
        return
    open_ones = unjudged_in(sheet)
    worst = score(STANDARD, with_verdict(sheet, Verdict.NOT_MET, *open_ones), bonus=plus)
    best = score(STANDARD, with_verdict(sheet, Verdict.MET, *open_ones), bonus=plus)
    assert (worst.exact, best.exact) == (result.lower, result.upper)


@given(sheets(complete=True), st.integers(0, 4), bonuses)
def test_the_two_decimals_shown_always_agree_with_the_level(sheet: Sheet, minus: int, plus: int) -> None:
    result = score(STANDARD, sheet, minus, plus)
    if result.exact is None:
        return
    for level, threshold in STANDARD.scoring.levels:
        at_least = result.level is not None and result.level.rank >= level.rank
        assert (Fraction(shown(result.exact)) >= threshold) == at_least


@given(st.data(), sheets(), deductions, bonuses)
def test_the_order_in_which_indicators_are_judged_changes_nothing(
    data: st.DataObject, sheet: Sheet, minus: int, plus: int
) -> None:
    shuffled = dict(data.draw(st.permutations(list(sheet.items()))))
    assert score(STANDARD, shuffled, minus, plus) == score(STANDARD, sheet, minus, plus)


@given(sheets())
def test_groups_add_up_to_chapters_and_chapters_to_the_whole(sheet: Sheet) -> None:
    result = score(STANDARD, sheet)
    for chapter in STANDARD.chapters:
        assert together(result.nodes[group.clause] for group in chapter.groups) == result.nodes[chapter.clause]
    assert together(result.nodes[chapter.clause] for chapter in STANDARD.chapters) == result.whole
    # Against a plain count over the sheet, so that the sums cannot agree in an error.
    judged_ones = [a for a in sheet.values() if a.verdict is not Verdict.UNJUDGED]
    counted = [a for a in judged_ones if a.verdict is not Verdict.DELETED]
    applicable = sum((STANDARD.indicators[Clause(a.clause)].points for a in counted), Fraction(0))
    still_open = sum((STANDARD.indicators[c].points for c in unjudged_in(sheet)), Fraction(0))
    earned = result.whole.earned
    assert result.whole == Tally(earned, applicable, still_open, len(judged_ones), 44)
    assert 0 <= earned <= applicable
    assert result.whole.lost == applicable - earned


@given(sheets(), deductions)
def test_there_is_one_exact_score_only_when_all_is_judged_and_something_applies(sheet: Sheet, minus: int) -> None:
    result = score(STANDARD, sheet, minus)
    unfinished = bool(unjudged_in(sheet))
    assert (result.exact is None) == (unfinished or result.nothing_applicable)
    if result.exact is not None:
        assert result.lower == result.exact == result.upper
        assert result.level is not None


@given(sheets(complete=True), st.integers(0, 4), bonuses)
def test_the_way_up_and_the_room_down_lead_exactly_to_a_threshold(sheet: Sheet, minus: int, plus: int) -> None:
    result = score(STANDARD, sheet, minus, plus)
    if result.exact is None:
        return
    thresholds = dict(STANDARD.scoring.levels)
    unclamped = 100 * result.whole.earned / result.whole.applicable + plus - minus
    if result.to_next:
        assert unclamped + result.to_next.points == thresholds[result.to_next.level]
    if result.room:
        assert result.room.level is result.level
        assert unclamped - result.room.points == thresholds[result.room.level]
