"""Audits to report on: the samples, the worked cases, an empty one, and many drawn at random from a seed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

from auditor_app.exchange.audit_file import decode
from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.catalogue import RESOURCES
from auditor_app.models.entities import Assessment, Bonus, SpecialDeduction
from auditor_app.models.enums import Ground, Verdict
from auditor_app.models.standard import Indicator, Standard, parse_standard
from auditor_app.report.snapshot import ReportSnapshot, snapshot
from tests.builders import (
    Sheet,
    all_met,
    clauses_under,
    clauses_worth,
    empty_audit,
    raw_pack,
    sampled,
    shipped_standard,
    with_rows,
    with_sheet,
    with_verdict,
)
from tests.report.read import report_bytes

MADE_ON = date(2026, 3, 5)


def sample(name: str) -> ReportSnapshot:
    """Return one of the audits that ship with the workbench, in Chinese."""
    content = (RESOURCES / "samples" / f"{name}.json").read_bytes()
    standard, audit = decode(content, lambda ref: shipped_standard())
    return snapshot(standard, audit, "zh", MADE_ON)


def without_lists(audit: Audit) -> Audit:
    """Return the audit with its counts as if they had been typed."""
    return replace(audit, rows={**audit.rows, Kind.SAMPLE: {}})


def with_special(audit: Audit, deductions: int, bonus: bool = False) -> Audit:
    """Return the audit with this many special deductions, and the bonus if there is one."""
    for number in range(deductions):
        row = SpecialDeduction(Ground.LAW, clause="5.1", facts=f"fact {number}")
        audit = with_rows(audit, (Kind.SPECIAL_DEDUCTION, f"deduction-{number:02d}", row))
    if bonus:
        audit = with_rows(audit, (Kind.BONUS, only_row(Kind.BONUS), Bonus("leads the trade")))
    return audit


def worked_cases() -> dict[str, tuple[Audit, str, str]]:
    """Return the worked cases of the scoring rules with the score and the level they must show."""
    standard = shipped_standard()
    met, blank = all_met(standard), empty_audit(standard)
    deleted = with_verdict(met, Verdict.DELETED, *clauses_under(standard, "5.2.6"))
    no_customers = with_verdict(met, Verdict.DELETED, *clauses_under(standard, "5.3"))
    lost = with_verdict(no_customers, Verdict.NOT_MET, *clauses_worth(standard, 7, "5.1", "5.2"))
    eight = with_verdict(met, Verdict.NOT_MET, "5.1.2.2", "5.2.4.3")

    def audit(sheet: Sheet, deductions: int = 0, bonus: bool = False) -> Audit:
        return with_special(with_sheet(blank, sheet), deductions, bonus)

    return {
        "nothing lost": (audit(met), "100.00", "五星级"),
        "five deductions": (audit(met, 5), "95.00", "不合格"),
        "group deleted": (audit(with_verdict(deleted, Verdict.NOT_MET, "5.1.2.2")), "94.84", "四星级"),
        "one of three fails": (audit(sampled(met, "5.2.4.1", 3, 1)), "99.33", "五星级"),
        "chapter deleted": (audit(lost, bonus=True), "91.66", "四星级"),
        "two deductions": (audit(eight, 2, bonus=True), "91.00", "四星级"),
    }


def beyond_the_scale() -> dict[str, Audit]:
    """Return audits whose points, before they are clamped to 0..100, lie below 0 or above 100."""
    standard = shipped_standard()
    blank, met = empty_audit(standard), all_met(standard)
    little = {clause: met[clause] for clause in clauses_worth(standard, 1)}
    lost = with_verdict(met, Verdict.NOT_MET, *standard.indicators)
    return {
        "nothing judged, two deductions": with_special(blank, 2),
        "one point judged, four deductions": with_special(with_sheet(blank, little), 4),
        "nothing earned, four deductions and the bonus": with_special(with_sheet(blank, lost), 4, bonus=True),
        "nothing judged, the bonus": with_special(blank, 0, bonus=True),
        "nothing lost, the bonus": with_special(with_sheet(blank, met), 0, bonus=True),
    }


def pack_with_low_and_high_levels() -> Standard:
    """Return a pack whose lowest level begins at 0 and whose highest is out of reach without clamping."""
    raw = raw_pack()
    points = ("0", "50", "100", "100.5")
    raw["scoring"]["levels"] = [
        {"level": level["level"], "from": start} for level, start in zip(raw["scoring"]["levels"], points, strict=True)
    ]
    return parse_standard(json.dumps(raw))


def pack_with_fractions(seed: int) -> Standard:
    """Return a pack of the same shape with odd weights and thresholds that are no binary fractions."""
    random, raw = Random(seed), raw_pack()
    for chapter in raw["chapters"]:
        for group in chapter["groups"]:
            for indicator in group["indicators"]:
                indicator["points"] = str(Fraction(random.randint(1, 9), random.choice((1, 2, 3, 7, 10))))
            group["points"] = str(sum(Fraction(item["points"]) for item in group["indicators"]))
        chapter["points"] = str(sum(Fraction(item["points"]) for item in chapter["groups"]))
    raw["scoring"]["levels"] = [
        {"level": level, "from": points}
        for level, points in (
            ("pass", "200/3"),
            ("three_star", "80"),
            ("four_star", "90.1"),
            ("five_star", "95"),
        )
    ]
    raw["scoring"]["special_deduction"]["points"] = "1/2"
    return parse_standard(json.dumps(raw))


def random_audit(standard: Standard, seed: int) -> Audit:
    """Return an audit judged at random: mostly met, or anything, or partly open, or everything deleted."""
    random = Random(seed)
    manner = seed % 5
    sheet: Sheet = {}
    for clause, indicator in standard.indicators.items():
        if manner == 4 and seed % 2:
            sheet[clause] = Assessment(clause, Verdict.DELETED, reason="not offered")
        elif manner == 0 and random.random() < 0.85:
            sheet[clause] = Assessment(clause, Verdict.MET)
        else:
            sheet[clause] = random_assessment(random, indicator, opened=manner in (2, 3))
    deductions = random.choice((0, 0, 1, 2, 4, 5, 6, 7))
    return with_special(with_sheet(empty_audit(standard), sheet), deductions, bonus=random.random() < 0.4)


def random_assessment(random: Random, indicator: Indicator, *, opened: bool) -> Assessment:
    """Return a verdict that the indicator allows, the unjudged one only where `opened`."""
    choices = [Verdict.MET, Verdict.MET, Verdict.NOT_MET, Verdict.DELETED]
    choices += [Verdict.SAMPLED] * 3 if indicator.sampled else []
    choices += [Verdict.UNJUDGED] * 2 if opened else []
    verdict = random.choice(choices)
    if verdict is Verdict.SAMPLED:
        checked = random.randint(1, 30)
        return Assessment(indicator.clause, verdict, checked, random.randint(0, checked))
    return Assessment(indicator.clause, verdict, reason="why" if verdict is Verdict.DELETED else "")


def written(folder: Path, name: str, standard: Standard, audit: Audit, language: str = "zh") -> Path:
    """Write the report of an audit and return where it is."""
    path = folder / f"{name}.xlsx"
    path.write_bytes(report_bytes(snapshot(standard, audit, language, MADE_ON)))
    return path


def in_language(made: ReportSnapshot, language: str) -> ReportSnapshot:
    """Return the snapshot in another language."""
    return replace(made, language=language)
