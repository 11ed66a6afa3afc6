"""Whoever writes a tender finds each question answered by indicators, evidence, points and the star level."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from auditor_app.models.audit import Kind, only_row
from auditor_app.models.entities import Company, Evidence, PreviousCertificate
from auditor_app.models.enums import AppliedLevel, EvidenceSubject
from auditor_app.models.standard import Standard, parse_standard
from auditor_app.report.snapshot import ReportSnapshot, snapshot
from tests.builders import empty_audit, raw_pack, shipped_standard, with_rows
from tests.report.audits import MADE_ON, in_language, sample, written
from tests.report.office import formulas
from tests.report.read import below, opened, rows_of, texts

TITLE = "招投标支撑"


@pytest.fixture(scope="module")
def pump() -> Workbook:
    """Give the report of the pump maker."""
    return opened(sample("pump-maker"))


def test_every_question_of_the_pack_is_asked_with_all_that_answers_it(pump: Workbook) -> None:
    standard, rows = shipped_standard(), rows_of(pump[TITLE])
    for number, concern in enumerate(standard.tender_concerns, 1):
        assert f"{number}. {concern.title.zh}" in rows
    answers = [indicator for indicator in standard.indicators.values() if indicator.tender]
    assert {indicator.clause for indicator in answers} <= set(rows)
    assert {clause for clause in rows if clause in standard.nodes} == {answer.clause for answer in answers}


def test_a_question_sums_up_what_its_indicators_earned(pump: Workbook) -> None:
    rows = rows_of(pump[TITLE])
    assert rows["5.1.1.2"][2:6] == ["抽样", 3, 2.75, 0.916]
    assert rows["1. 是否有服务人员，数量是否足够"][3:6] == [13, 12.8, 0.984]
    assert rows["合计"][3:5] == [55, 54.1]
    assert below(pump[TITLE], "等级") == "五星级"
    assert below(pump[TITLE], "评分") == "98.06"
    assert below(pump[TITLE], "有关指标的得分率") == rows["合计"][5] == 0.983


@pytest.mark.long
def test_verdicts_and_points_follow_the_scoring_sheet(tmp_path: Path) -> None:
    made = sample("pump-maker")
    found = formulas(written(tmp_path, "report", made.standard, made.audit))
    mine = {place: formula for (sheet, place), formula in found.items() if sheet == TITLE}
    referring = [formula for formula in mine.values() if "'评分表'!" in formula]
    answers = sum(indicator.tender is not None for indicator in made.standard.indicators.values())
    assert len(referring) >= 3 * answers + 1


@pytest.mark.long
def test_the_profile_and_the_evidence_answer_too() -> None:
    made = sample("pump-maker")
    evidence = Evidence(EvidenceSubject.INDICATOR, "5.2.4.3", "0" * 64)
    held = PreviousCertificate("SC-7", AppliedLevel.FOUR_STAR, date(2023, 4, 1), date(2026, 3, 31))
    audit = with_rows(
        made.audit,
        (Kind.EVIDENCE, "1", evidence),
        (Kind.PREVIOUS_CERTIFICATE, only_row(Kind.PREVIOUS_CERTIFICATE), held),
    )
    sheet = opened(replace(made, audit=audit))[TITLE]
    assert rows_of(sheet)["5.2.4.3"][6] == "E01"
    told = texts(sheet)
    assert "员工 412 人，售后服务人员 56 人，服务管理人员 18 人，持证售后服务管理师 2 人（应配 2 人）" in told
    assert "服务热线 400-000-0000、网点与服务站 1 个" in told
    assert "原证书 SC-7，四星级，有效期至 2026-03-31" in told


@pytest.mark.long
def test_an_audit_that_is_not_complete_is_no_basis_for_a_tender(pump: Workbook) -> None:
    standard = shipped_standard()
    blank = with_rows(empty_audit(standard), (Kind.COMPANY, only_row(Kind.COMPANY), Company()))
    warned = "审核尚未完成：等级与得分可能变动，不得作为投标依据。"
    assert warned in texts(opened(snapshot(standard, blank, "zh", MADE_ON))[TITLE])
    assert warned not in texts(pump[TITLE])


@pytest.mark.long
def test_a_pack_with_other_questions_is_answered_by_what_it_says() -> None:
    standard = _asking()
    made = snapshot(standard, empty_audit(standard), "zh", MADE_ON)
    sheet = opened(made)[TITLE]
    assert "标准包中没有指标回答这个问题。" in texts(sheet)
    assert rows_of(sheet)["7. 有无绿色服务"][3:6] == [0, 0, None]
    assert "7. 有无绿色服务 Is service green" in texts(opened(_both(made))[f"{TITLE} Tender annex"])


def _asking() -> Standard:
    raw = raw_pack()
    question = {"zh": "有无绿色服务", "en": "Is service green"}
    raw["tender_concerns"].append({"id": "green", "title": question, "source": "source_document"})
    return parse_standard(json.dumps(raw))


def _both(made: ReportSnapshot) -> ReportSnapshot:
    return in_language(made, "both")
