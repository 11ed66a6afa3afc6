"""What the closing meeting reads: how score and level came about, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.conclusion import conclude
from auditor_app.models.entities import Assessment, Bonus, Company, Finding, SpecialDeduction, TeamMember
from auditor_app.models.enums import Grade, Ground, Role, Verdict
from auditor_app.models.explanation import USUAL, Explanation, Lengths, as_text, exact_amount, explain
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import score_audit
from auditor_app.models.standard import Indicator, Standard
from tests.builders import (
    STANDARD,
    Sheet,
    all_met,
    audits,
    clauses_under,
    empty_audit,
    sampled,
    sheets,
    with_rows,
    with_sheet,
    with_verdict,
)
from tests.report.audits import sample, with_special, worked_cases

ZH, EN = Catalogue.load("zh", "board"), Catalogue.load("en", "board")
FORMULA = re.compile(r"100 × (\(?[\d./]+\)?) ÷ ([\d./]+) − ([\d.]+) \+ ([\d.]+) = ")


def explained(
    audit: Audit, words: Catalogue = ZH, lengths: Lengths = USUAL, standard: Standard = STANDARD
) -> Explanation:
    result = score_audit(standard, audit)
    return explain(words, standard, audit, result, conclude(standard, audit, result), lengths)


def text_of(audit: Audit, words: Catalogue = ZH, lengths: Lengths = USUAL) -> str:
    return as_text(explained(audit, words, lengths))


def filled(sheet: Sheet, deductions: int = 0, bonus: bool = False) -> Audit:
    return with_special(with_sheet(empty_audit(STANDARD), sheet), deductions, bonus)


def judged(clause: str, verdict: Verdict, **values: str) -> Sheet:
    return {**all_met(STANDARD), Clause(clause): Assessment(clause, verdict, **values)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("case", "formula"),
    [
        ("nothing lost", "得分 = 100 × 100 ÷ 100 − 0 + 0 = 100.00"),
        ("five deductions", "得分 = 100 × 100 ÷ 100 − 5 + 0 = 95.00"),
        ("group deleted", "得分 = 100 × 92 ÷ 97 − 0 + 0 = 94.84（两位小数，只舍不入）"),
        ("one of three fails", "得分 = 100 × (298/3) ÷ 100 − 0 + 0 = 99.33（两位小数，只舍不入）"),
        ("chapter deleted", "得分 = 100 × 68 ÷ 75 − 0 + 1 = 91.66（两位小数，只舍不入）"),
        ("two deductions", "得分 = 100 × 92 ÷ 100 − 2 + 1 = 91.00"),
    ],
)
def test_the_formula_stands_there_with_its_numbers(case: str, formula: str) -> None:
    audit, score, level = worked_cases()[case]
    lines = text_of(audit).splitlines()
    assert formula in lines
    assert f"{score} 分，{level}" in lines


@given(sheets(), st.integers(0, 6), st.booleans())
def test_whoever_does_the_sum_of_the_formula_gets_the_score(sheet: Sheet, minus: int, plus: bool) -> None:
    audit = filled(sheet, minus, plus)
    result = score_audit(STANDARD, audit)
    sums = []
    for earned, applicable, off, on in FORMULA.findall(text_of(audit)):
        raw = 100 * Fraction(earned.strip("()")) / Fraction(applicable) - Fraction(off) + Fraction(on)
        sums.append(min(max(raw, Fraction(0)), Fraction(100)))
    bounds = [bound for bound in (result.lower, result.upper) if bound is not None]
    assert sums == (bounds if result.exact is None else [result.exact])


def test_an_amount_that_is_no_decimal_is_a_fraction_and_about_a_decimal() -> None:
    assert "其中 298/3 ≈ 99.33。" in text_of(filled(sampled(all_met(STANDARD), "5.2.4.1", 3, 1)))


@pytest.mark.parametrize(
    ("points", "text"),
    [
        (Fraction(92), "92"),
        (Fraction("96.1"), "96.1"),
        (Fraction("0.0625"), "0.0625"),
        (Fraction(298, 3), "(298/3)"),
        (Fraction(1, 100_000), "(1/100000)"),
        (Fraction(-5, 2), "-2.5"),
    ],
)
def test_amounts_of_the_formula_are_exact(points: Fraction, text: str) -> None:
    assert exact_amount(points) == text


@pytest.mark.parametrize(
    ("sheet", "deductions", "bonus", "value"),
    [
        (all_met(STANDARD), 0, True, "= 101，计 100.00（得分限于 0 至 100）"),
        (with_verdict({}, Verdict.NOT_MET, *STANDARD.indicators), 3, False, "= -3，计 0.00（得分限于 0 至 100）"),
    ],
)
def test_a_score_is_kept_within_0_and_100_and_that_is_said(
    sheet: Sheet, deductions: int, bonus: bool, value: str
) -> None:
    assert value in text_of(filled(sheet, deductions, bonus))


def test_the_head_says_who_was_audited_by_what_and_by_whom() -> None:
    audit = sample("pump-maker").audit
    head = text_of(audit).split("\n\n")[1]
    assert audit.company.name in head
    assert audit.info.number in head
    assert "2026-03-02 至 2026-03-03" in head
    assert "GB/T 27922-2011《商品售后服务评价体系》" in head
    assert "审核组长：周明" in head


def test_what_nobody_filled_in_is_named_as_such() -> None:
    assert "受审核方：未填写" in text_of(empty_audit(STANDARD))
    assert "Auditee: Not stated" in text_of(empty_audit(STANDARD), EN)


class TestLosses:
    """What was lost where, and why."""

    def test_a_sampled_loss_is_told_by_its_samples(self) -> None:
        text = text_of(filled(sampled(all_met(STANDARD), "5.1.1.2", 12, 1)))
        assert "5.1.1.2 服务网点覆盖销售区域并受控：抽查 12，不符合 1，扣 0.25 分*" in text

    def test_a_failure_is_told_with_its_reason(self) -> None:
        text = text_of(filled(judged("5.1.2.2", Verdict.NOT_MET, reason="证书仅 3 人")))
        assert "不符合，扣 5 分。证书仅 3 人" in text

    def test_without_a_reason_the_note_tells_why_and_without_a_note_the_finding(self) -> None:
        noted = filled(judged("5.1.2.2", Verdict.NOT_MET, note="询问三人\n均无证书"))
        assert "扣 5 分。询问三人 均无证书" in text_of(noted)
        plain = filled(judged("5.1.2.2", Verdict.NOT_MET))
        found = with_rows(plain, (Kind.FINDING, "f", Finding(Grade.MINOR, "5.1.2.2", "证书已过期")))
        assert "扣 5 分。证书已过期" in text_of(found)
        assert text_of(plain).count("扣 5 分\n") == 1

    def test_the_largest_loss_comes_first(self) -> None:
        text = text_of(filled(with_verdict(all_met(STANDARD), Verdict.NOT_MET, "5.1.1.1", "5.1.2.2", "5.1.4.2")))
        assert text.index("- 5.1.2.2") < text.index("- 5.1.1.1") < text.index("- 5.1.4.2")

    def test_what_a_deletion_does_to_the_losses_is_said(self) -> None:
        assert "失分（由多到少，分值共 5 分，折合得分 5.15 分）" in text_of(worked_cases()["group deleted"][0])
        assert "失分（由多到少，共 8 分）" in text_of(worked_cases()["two deductions"][0])

    def test_a_long_list_is_cut_and_the_rest_is_counted(self) -> None:
        audit = filled(with_verdict({}, Verdict.NOT_MET, *STANDARD.indicators))
        text = text_of(audit, lengths=Lengths(losses=3, others=1))
        assert "另有 41 项，共扣 89 分" in text
        assert "and 41 more, 89 lost in all" in text_of(audit, EN, Lengths(losses=3, others=1))
        assert "另有" not in text_of(audit, lengths=Lengths(losses=44, others=44))

    def test_a_long_note_is_cut(self) -> None:
        audit = filled(judged("5.1.2.2", Verdict.NOT_MET, reason="很长" * 500))
        assert max(map(len, text_of(audit).splitlines())) < 200

    def test_nothing_lost_is_said(self) -> None:
        assert "没有失分。" in text_of(filled(all_met(STANDARD)))


def test_a_default_weight_is_marked_and_a_published_one_is_not() -> None:
    text = text_of(filled(with_verdict(all_met(STANDARD), Verdict.NOT_MET, "5.1.2.2", "5.1.1.1")))
    assert "扣 3 分*" in text
    assert "扣 5 分\n" in text
    assert "44 项指标中 43 项的分值非公开规定" in text
    assert "其余分值的来源：认证机构公开资料。" in text


def test_a_pack_without_defaults_has_no_footnote() -> None:
    def published(indicator: Indicator) -> Indicator:
        return replace(indicator, sources={**indicator.sources, "points": "published"})

    chapters = tuple(
        replace(c, groups=tuple(replace(g, indicators=tuple(map(published, g.indicators))) for g in c.groups))
        for c in STANDARD.chapters
    )
    standard = replace(STANDARD, chapters=chapters)
    assert explained(filled(all_met(standard)), standard=standard).footnotes == ()


def test_special_deductions_are_told_with_ground_and_facts() -> None:
    audit = with_rows(
        filled(all_met(STANDARD)),
        (Kind.SPECIAL_DEDUCTION, "a", SpecialDeduction(Ground.LAW, "5.2.5", "未公示召回信息")),
        (Kind.SPECIAL_DEDUCTION, "b", SpecialDeduction(Ground.SYSTEM)),
    )
    text = text_of(audit)
    assert "特别扣分（2 项，达 5 项为不合格）" in text
    assert "- 5.2.5 质量保证：违反法律法规，扣 1 分。未公示召回信息" in text
    assert "- 影响服务体系运行，扣 1 分" in text


def test_the_bonus_and_every_deletion_are_told_with_their_reason() -> None:
    sheet = with_verdict(all_met(STANDARD), Verdict.DELETED, *clauses_under(STANDARD, "5.2.6"))
    text = text_of(with_rows(filled(sheet), (Kind.BONUS, only_row(Kind.BONUS), Bonus("行业领先"))))
    assert "特别加分 1 分：行业领先" in text
    assert "- 5.2.6.1 向顾客明示回收与环保事项：分值 2 分*。not part of the business" in text


class TestUndecided:
    """An audit that is not finished."""

    def test_the_range_and_what_is_left_to_judge_are_told(self) -> None:
        text = text_of(filled(with_verdict(all_met(STANDARD), Verdict.UNJUDGED, "5.1.2.2", "5.2.4.3")))
        assert "92.00 至 100.00 分，等级未定" in text
        assert "44 项指标中有 2 项未评，分值共 8 分：5.1.2.2、5.2.4.3。" in text
        assert "仍可能的等级：四星级、五星级。" in text

    def test_a_level_that_cannot_change_is_told_already(self) -> None:
        text = text_of(filled(with_verdict(all_met(STANDARD), Verdict.UNJUDGED, "5.1.1.1")))
        assert "97.00 至 100.00 分，五星级" in text
        assert "仍可能的等级" not in text

    def test_of_many_open_indicators_the_first_are_named(self) -> None:
        assert "5.1.6.1 等。" in text_of(empty_audit(STANDARD))


class TestNextLevel:
    """What is missing for the next level."""

    def test_the_fewest_losses_are_listed(self) -> None:
        text = text_of(worked_cases()["two deductions"][0])
        assert "距五星级还差 4.00 分。" in text
        assert "- 5.1.2.2 按服务管理人员 10% 配置售后服务管理师：可得 5 分" in text

    def test_open_indicators_come_first(self) -> None:
        sheet = with_verdict(all_met(STANDARD), Verdict.UNJUDGED, "5.1.4.2")
        text = text_of(filled(with_verdict(sheet, Verdict.NOT_MET, "5.2.4.3", "5.1.2.2")))
        assert "1 项未评指标最多可得其中 1.00 分。" in text
        assert "另须挽回下列失分（项数最少）：" in text
        assert "- 5.2.4.3 备件供应：可得 3 分" in text

    def test_open_indicators_may_be_enough(self) -> None:
        assert "评完 44 项未评指标即可，须从中取得 70.00 分（最多 100.00 分）。" in text_of(empty_audit(STANDARD))

    def test_the_highest_level_has_none_above(self) -> None:
        assert "已达到最高等级。" in text_of(filled(all_met(STANDARD)))

    def test_five_special_deductions_fail_whatever_the_points(self) -> None:
        text = text_of(worked_cases()["five deductions"][0])
        assert "95.00 分，不合格" in text
        assert "特别扣分 5 项，达到 5 项即为不合格，得分再高也不改变。" in text

    def test_a_level_that_no_point_can_bring_is_named(self) -> None:
        levels = tuple((level, start + 2) for level, start in STANDARD.scoring.levels)
        standard = replace(STANDARD, scoring=replace(STANDARD.scoring, levels=levels))
        audit = filled(all_met(STANDARD), 4)
        assert "全部失分挽回也达不到五星级。" in as_text(explained(audit, standard=standard))


def test_with_everything_deleted_there_is_no_score_and_no_formula() -> None:
    text = text_of(filled(with_verdict({}, Verdict.DELETED, *STANDARD.indicators)))
    assert "没有得分：全部指标均被删减" in text
    assert "÷" not in text
    assert "距更高等级" not in text


def test_the_conclusion_stands_at_the_end_with_its_reasons() -> None:
    conclusion = explained(sample("pump-maker").audit).sections[-1]
    assert conclusion.paragraphs[0] == "纠正措施验证通过后，推荐五星级"
    assert "1 项轻微不符合的纠正措施尚未验证通过。" in conclusion.paragraphs


def test_the_english_text_is_english() -> None:
    audit = filled(with_verdict(sampled(all_met(STANDARD), "5.1.1.2", 12, 1), Verdict.NOT_MET, "5.1.2.2"), 2, True)
    for each in (audit, empty_audit(STANDARD), filled({}, 5)):
        assert re.findall("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", text_of(each, EN)) == []
    assert "12 checked, 1 failed, 0.25* lost" in text_of(audit, EN)


@given(audits())
def test_any_audit_can_be_explained_and_says_the_same_in_both_languages(audit: Audit) -> None:
    zh, en = explained(audit), explained(audit, EN)
    assert len(zh.sections) == len(en.sections)
    for ours, theirs in zip(zh.sections, en.sections, strict=True):
        assert [entry.clause for entry in ours.entries] == [entry.clause for entry in theirs.entries]
        assert bool(ours.left_out) == bool(theirs.left_out)
    assert FORMULA.findall(as_text(zh)) == FORMULA.findall(as_text(en))


def test_names_that_are_too_long_for_a_line_are_cut() -> None:
    audit = with_rows(
        empty_audit(STANDARD),
        (Kind.COMPANY, only_row(Kind.COMPANY), Company(name="长" * 300)),
        (Kind.TEAM, "t", TeamMember("名" * 300, role=Role.LEADER)),
    )
    info = replace(audit.info, number="7" * 300, starts=date(2026, 3, 2), ends=date(2026, 3, 3))
    facts = explained(with_rows(audit, (Kind.AUDIT, only_row(Kind.AUDIT), info))).facts
    assert max(len(value) for _, value in facts) < 110
