"""A finding is made in one step from what the sheet says, with its photos, and one undo takes all of it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.changes import Change, ChangeSet, apply
from auditor_app.models.entities import (
    Assessment,
    CorrectiveAction,
    Evidence,
    Finding,
    Sample,
    Site,
    SpecialDeduction,
    TeamMember,
)
from auditor_app.models.enums import ActionResult, EvidenceSubject, Grade, Ground, Role, SampleResult, Verdict
from auditor_app.models.evidence import evidence_on, removal
from auditor_app.models.findings import (
    evidence_for_indicator,
    evidence_for_sample,
    finder,
    finding_from_deduction,
    finding_from_indicator,
    finding_from_sample,
    findings_of,
    numbers,
    offers,
    with_new_finding,
    with_result,
)
from auditor_app.models.followup import (
    FindingFilter,
    FindingState,
    deductions_without_finding,
    findings_by_deduction,
    findings_by_filter,
    is_open,
    open_findings,
    state_of,
)
from auditor_app.models.ids import Clause, RowId
from auditor_app.models.remarks import remarks
from auditor_app.models.rules import check_change
from auditor_app.models.standard import Standard
from tests.builders import STANDARD, all_met, audits, empty_audit, sampled, with_rows, with_sheet, with_verdict

ZH = Catalogue.load("zh", "findings")
EN = Catalogue.load("en", "findings")
TODAY = date(2026, 3, 4)
SAMPLED = Clause("5.2.4.1")
ROW = RowId("finding-new")


@pytest.fixture
def audit(standard: Standard) -> Audit:
    """Give an audit on which nothing was lost."""
    return with_sheet(empty_audit(standard), all_met(standard))


def done(audit: Audit, changes: tuple[Change, ...]) -> Audit:
    """Return the audit after changes that the rules must allow."""
    change_set = ChangeSet(audit.id, changes)
    after = apply(audit, change_set)
    check_change(STANDARD, after, change_set)
    return after


def photo(kind: EvidenceSubject, subject: str, content: str = "a", **values: object) -> Evidence:
    return replace(Evidence(kind, subject, content * 64, f"{content}.jpg", "image/jpeg"), **values)  # type: ignore[arg-type]


def with_samples(audit: Audit, *samples: Sample) -> Audit:
    """Return the audit with 5.2.4.1 judged by these samples."""
    failed = sum(sample.result is SampleResult.DEVIATES for sample in samples)
    sites = ((Kind.SITE, f"site-{site}", Site(site)) for site in {sample.site for sample in samples} - {""})
    rows = ((Kind.SAMPLE, f"s{number}", sample) for number, sample in enumerate(samples, 1))
    return with_rows(with_sheet(audit, sampled({}, SAMPLED, len(samples), failed)), *sites, *rows)


CONFORMING = Sample(SAMPLED, "工单 1", site="S2")
LATE = Sample(SAMPLED, "工单 7", date(2026, 3, 2), SampleResult.DEVIATES, "到场 41 分钟", "S1")
UNSIGNED = Sample(SAMPLED, "工单 9", None, SampleResult.DEVIATES, "", "S1")


# What an indicator offers.


def test_what_is_not_met_and_the_note_become_the_facts(audit: Audit) -> None:
    row = Assessment("5.1.2.2", Verdict.NOT_MET, reason="应配 3 人，实有 1 人", note="查人事台账\n与证书原件")
    made = finding_from_indicator(ZH, with_sheet(audit, {Clause("5.1.2.2"): row}), "5.1.2.2", "李工", TODAY)
    assert made == Finding(Grade.MINOR, "5.1.2.2", "应配 3 人，实有 1 人\n查人事台账\n与证书原件", "", "李工", TODAY)


@pytest.mark.parametrize(("words", "facts"), [(ZH, "抽查 12，不符合 1"), (EN, "12 checked, 1 failed")])
def test_counted_samples_are_told_in_the_language_of_the_window(audit: Audit, words: Catalogue, facts: str) -> None:
    assert finding_from_indicator(words, with_sheet(audit, sampled({}, SAMPLED, 12, 1)), SAMPLED).facts == facts


def test_the_samples_that_deviate_are_named_and_the_others_are_not(audit: Audit) -> None:
    made = finding_from_indicator(ZH, with_samples(audit, CONFORMING, LATE, UNSIGNED), SAMPLED)
    assert made.facts == "抽查 3，不符合 2\n工单 7（2026-03-02）：到场 41 分钟\n工单 9"


def test_samples_that_deviate_at_one_site_give_the_site_and_at_several_none(audit: Audit) -> None:
    assert finding_from_indicator(ZH, with_samples(audit, CONFORMING, LATE, UNSIGNED), SAMPLED).site == "S1"
    elsewhere = replace(UNSIGNED, site="S2")
    assert finding_from_indicator(ZH, with_samples(audit, LATE, elsewhere), SAMPLED).site == ""


def test_samples_of_an_indicator_judged_otherwise_count_for_nothing(audit: Audit) -> None:
    judged = with_rows(
        with_samples(audit, LATE),
        (Kind.ASSESSMENT, SAMPLED, Assessment(SAMPLED, Verdict.NOT_MET, reason="无响应记录")),
        (Kind.EVIDENCE, "e1", photo(EvidenceSubject.SAMPLE, "s1")),
    )
    assert finding_from_indicator(ZH, judged, SAMPLED).facts == "无响应记录"
    assert evidence_for_indicator(judged, SAMPLED) == ()


def test_on_what_is_met_a_finding_begins_as_an_observation(audit: Audit) -> None:
    assert finding_from_indicator(ZH, audit, "5.1.1.1").grade is Grade.OBSERVATION
    lost = with_sheet(audit, with_verdict({}, Verdict.NOT_MET, "5.1.1.1"))
    assert finding_from_indicator(ZH, lost, "5.1.1.1").grade is Grade.MINOR


# What a sample and a special deduction offer.


@pytest.mark.parametrize(
    ("sample", "facts"),
    [
        (LATE, "工单 7（2026-03-02）：到场 41 分钟"),
        (UNSIGNED, "工单 9"),
        (replace(LATE, what=""), "2026-03-02：到场 41 分钟"),
        (replace(LATE, what="", checked_on=None), "到场 41 分钟"),
        (Sample(SAMPLED), ""),
    ],
)
def test_a_sample_is_told_by_whatever_is_known_of_it(audit: Audit, sample: Sample, facts: str) -> None:
    made = finding_from_sample(ZH, with_samples(audit, sample), RowId("s1"), "李工", TODAY)
    assert made == Finding(Grade.MINOR, SAMPLED, facts, sample.site, "李工", TODAY)


@pytest.mark.parametrize("ground", Ground)
@pytest.mark.parametrize("clause", ["5.3.2.3", ""])
def test_a_deduction_opens_a_finding_that_answers_it_and_a_breach_of_law_is_major(
    audit: Audit, ground: Ground, clause: str
) -> None:
    deduction = SpecialDeduction(ground, clause, "5 件投诉超期", "S1")
    audit = with_rows(audit, (Kind.SITE, "site", Site("S1")), (Kind.SPECIAL_DEDUCTION, "d1", deduction))
    made = finding_from_deduction(audit, RowId("d1"), "李工", TODAY)
    grade = Grade.MAJOR if ground is Ground.LAW else Grade.MINOR
    assert made == Finding(grade, clause, "5 件投诉超期", "S1", "李工", TODAY)
    after = done(audit, with_new_finding(ROW, made))
    assert findings_by_deduction(after) == {"d1": ROW}
    assert deductions_without_finding(after) == ()


def test_two_deductions_of_one_clause_take_the_findings_of_their_own_sites(audit: Audit) -> None:
    rows = {f"d{n}": SpecialDeduction(Ground.LAW, "5.3.2.3", site=f"S{n}") for n in (1, 2)}
    found = {f"f{n}": Finding(Grade.MINOR, "5.3.2.3", site=f"S{3 - n}") for n in (1, 2)}
    audit = with_rows(
        audit,
        *((Kind.SPECIAL_DEDUCTION, row_id, row) for row_id, row in rows.items()),
        *((Kind.FINDING, row_id, row) for row_id, row in found.items()),
    )
    assert findings_by_deduction(audit) == {"d1": "f2", "d2": "f1"}


def test_a_deduction_without_a_site_leaves_the_finding_of_a_site_to_the_deduction_of_that_site(audit: Audit) -> None:
    deductions = (SpecialDeduction(Ground.LAW, "5.3.2.3", site=site) for site in ("", "S1"))
    found = (Finding(Grade.MINOR, "5.3.2.3", site=site) for site in ("S1", "S2"))
    audit = with_rows(audit, *((Kind.SPECIAL_DEDUCTION, f"d{n}", row) for n, row in enumerate(deductions, 1)))
    audit = with_rows(audit, *((Kind.FINDING, f"f{n}", row) for n, row in enumerate(found, 1)))
    assert findings_by_deduction(audit) == {"d1": "f2", "d2": "f1"}


# The photos.


def test_the_photos_of_an_indicator_and_its_deviating_samples_show_at_the_finding_each_once(audit: Audit) -> None:
    marked = photo(EvidenceSubject.INDICATOR, SAMPLED, caption="台账", rotation=90, marks=("box 1 1 5 5",))
    audit = with_rows(
        with_samples(audit, CONFORMING, LATE),
        (Kind.EVIDENCE, "e1", marked),
        (Kind.EVIDENCE, "e2", photo(EvidenceSubject.SAMPLE, "s2", "b")),
        (Kind.EVIDENCE, "e3", photo(EvidenceSubject.SAMPLE, "s2", "a")),
        (Kind.EVIDENCE, "e4", photo(EvidenceSubject.SAMPLE, "s1", "c")),
    )
    taken = evidence_for_indicator(audit, SAMPLED)
    after = done(audit, with_new_finding(ROW, finding_from_indicator(ZH, audit, SAMPLED), taken))
    copies = list(evidence_on(after, EvidenceSubject.FINDING, ROW).values())
    assert [copy.sha256[0] for copy in copies] == ["a", "b"]
    assert copies[0] == replace(marked, subject_kind=EvidenceSubject.FINDING, subject=ROW)
    assert evidence_for_sample(audit, RowId("s1")) == (audit.of(Kind.EVIDENCE)[RowId("e4")],)


def test_a_finding_goes_with_its_photos_and_leaves_those_of_the_indicator(audit: Audit) -> None:
    audit = with_rows(audit, (Kind.EVIDENCE, "e1", photo(EvidenceSubject.INDICATOR, SAMPLED)))
    made = finding_from_indicator(ZH, audit, SAMPLED)
    after = done(audit, with_new_finding(ROW, made, evidence_for_indicator(audit, SAMPLED)))
    assert len(after.evidence) == 2
    assert done(after, removal(after, Kind.FINDING, ROW)) == audit


@given(audits(), st.sampled_from(list(STANDARD.indicators)))
def test_whatever_the_sheet_holds_its_finding_can_be_stored_and_taken_back(audit: Audit, clause: str) -> None:
    made = finding_from_indicator(EN, audit, clause, finder(audit, clause), TODAY)
    changes = with_new_finding(ROW, made, evidence_for_indicator(audit, clause))
    after = done(audit, changes)
    assert findings_of(after, clause)[ROW] == made
    assert numbers(after)[ROW] == list(after.of(Kind.FINDING)).index(ROW) + 1
    assert apply(after, ChangeSet(audit.id, changes).inverse) == audit


@given(audits())
def test_of_whatever_samples_and_deductions_there_are_findings_can_be_stored(audit: Audit) -> None:
    for sample in audit.of(Kind.SAMPLE):
        done(audit, with_new_finding(ROW, finding_from_sample(ZH, audit, sample), evidence_for_sample(audit, sample)))
    for deduction in audit.of(Kind.SPECIAL_DEDUCTION):
        after = done(audit, with_new_finding(ROW, finding_from_deduction(audit, deduction)))
        assert len(deductions_without_finding(after)) <= len(deductions_without_finding(audit))


def test_what_has_no_finding_yet_is_offered_and_taken_off_the_list_once_it_has_one(audit: Audit) -> None:
    lost = with_sheet(audit, with_verdict(sampled({}, SAMPLED, 12, 3), Verdict.NOT_MET, "5.1.2.2"))
    audit = with_rows(lost, (Kind.SPECIAL_DEDUCTION, "d1", SpecialDeduction(Ground.TRADE, "5.3.2.3")))
    offered = offers(STANDARD, audit)
    assert [(offer.row_id, offer.clause, offer.points) for offer in offered] == [
        ("d1", "5.3.2.3", 1),
        ("5.1.2.2", "5.1.2.2", 5),
        (SAMPLED, SAMPLED, Fraction(1, 2)),
    ]
    for number, offer in enumerate(offered):
        if offer.kind is Kind.ASSESSMENT:
            made = finding_from_indicator(ZH, audit, offer.row_id)
        else:
            made = finding_from_deduction(audit, offer.row_id)
        audit = done(audit, with_new_finding(RowId(f"f{number}"), made))
        assert offers(STANDARD, audit) == offered[number + 1 :]


# Who found it.


def test_the_member_assigned_nearest_to_a_clause_found_it_and_else_the_leader(audit: Audit) -> None:
    team = {
        "t1": TeamMember("沈志远", role=Role.LEADER),
        "t2": TeamMember("顾晓雯", clauses=("5.2",)),
        "t3": TeamMember("陈明", clauses=("5.2.4",)),
        "t4": TeamMember("周华", clauses=("5.2.4",)),
    }
    audit = with_rows(audit, *((Kind.TEAM, row_id, member) for row_id, member in team.items()))
    assert [finder(audit, clause) for clause in ("5.2.4.1", "5.2.1.1", "5.1.1.1", "")] == [
        *("陈明", "顾晓雯", "沈志远", "沈志远")
    ]
    assert finder(empty_audit(STANDARD), "5.2.4.1") == ""


# Where it stands, and its verification.


@pytest.mark.parametrize(
    ("grade", "result", "due", "state"),
    [
        (Grade.MAJOR, ActionResult.OPEN, None, FindingState.OPEN),
        (Grade.MAJOR, ActionResult.OPEN, TODAY, FindingState.OPEN),
        (Grade.MINOR, ActionResult.OPEN, TODAY - timedelta(1), FindingState.OVERDUE),
        (Grade.MINOR, ActionResult.REJECTED, TODAY - timedelta(1), FindingState.OVERDUE),
        (Grade.MINOR, ActionResult.REJECTED, TODAY, FindingState.REJECTED),
        (Grade.MAJOR, ActionResult.ACCEPTED, TODAY - timedelta(1), FindingState.ACCEPTED),
        (Grade.OBSERVATION, ActionResult.OPEN, TODAY - timedelta(1), FindingState.NO_ACTION),
        (Grade.OBSERVATION, ActionResult.REJECTED, None, FindingState.REJECTED),
        (Grade.OBSERVATION, ActionResult.ACCEPTED, None, FindingState.ACCEPTED),
    ],
)
def test_a_finding_stands_by_its_result_and_its_due_day(
    grade: Grade, result: ActionResult, due: date | None, state: FindingState
) -> None:
    assert state_of(Finding(grade, action=CorrectiveAction(due=due, result=result)), TODAY) is state


@given(audits(), st.dates())
def test_every_finding_is_in_the_filters_of_its_grade_and_state(audit: Audit, today: date) -> None:
    shown = findings_by_filter(audit, today)
    assert shown[FindingFilter.ALL] == set(audit.of(Kind.FINDING))
    assert shown[FindingFilter.OPEN] >= shown[FindingFilter.OVERDUE]
    assert not shown[FindingFilter.OPEN] & shown[FindingFilter.ACCEPTED]
    grades = (FindingFilter.MAJOR, FindingFilter.MINOR, FindingFilter.OBSERVATION)
    assert sorted(row_id for grade in grades for row_id in shown[grade]) == sorted(shown[FindingFilter.ALL])


@given(audits(), st.dates())
def test_what_is_open_is_overdue_rejected_or_waiting_and_every_state_has_its_word(audit: Audit, today: date) -> None:
    for finding in audit.findings:
        state = state_of(finding, today)
        assert is_open(finding) <= (state in (FindingState.OVERDUE, FindingState.REJECTED, FindingState.OPEN))
        assert all(words.word(state) for words in (ZH, EN))
    assert set(open_findings(audit)) == {
        *open_findings(audit, Grade.MAJOR),
        *open_findings(audit, Grade.MINOR),
    }


def with_finding(audit: Audit, finding: Finding) -> Audit:
    return with_rows(audit, (Kind.FINDING, ROW, finding))


@pytest.mark.parametrize("result", [ActionResult.ACCEPTED, ActionResult.REJECTED])
def test_a_verification_fills_in_its_day_and_the_leader_where_they_are_empty(
    audit: Audit, result: ActionResult
) -> None:
    audit = with_rows(audit, (Kind.TEAM, "t1", TeamMember("沈志远", role=Role.LEADER)))
    begun = with_finding(audit, Finding(Grade.MINOR))
    action = done(begun, with_result(begun, ROW, result, TODAY)).findings[0].action
    assert (action.result, action.verified_by, action.verified_on) == (result, "沈志远", TODAY)
    told = CorrectiveAction(verified_by="顾晓雯", verified_on=date(2026, 3, 1))
    named = with_finding(audit, Finding(Grade.MINOR, action=told))
    assert done(named, with_result(named, ROW, result, TODAY)).findings[0].action == replace(told, result=result)


def test_to_open_a_result_again_leaves_who_verified_it(audit: Audit) -> None:
    told = CorrectiveAction(verified_by="顾晓雯", verified_on=TODAY, result=ActionResult.ACCEPTED)
    named = with_finding(audit, Finding(Grade.MINOR, action=told))
    assert len(with_result(named, ROW, ActionResult.OPEN, TODAY)) == 1


# What to look at.


def codes(audit: Audit) -> set[tuple[str, str]]:
    found = remarks(STANDARD, audit, TODAY)
    return {(r.field, r.code) for r in found if r.kind in (Kind.FINDING, Kind.SPECIAL_DEDUCTION)}


DONE = CorrectiveAction("补录", "", "每周核对", "何秀兰", TODAY, "沈志远", TODAY, ActionResult.ACCEPTED)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, set()),
        ({"facts": " "}, {("facts", "finding_without_facts")}),
        ({"clause": ""}, {("clause", "missing")}),
        ({"found_by": "", "found_on": None}, {("found_by", "missing"), ("found_on", "missing")}),
        ({"action": CorrectiveAction()}, {("action.owner", "missing"), ("action.due", "missing")}),
        (
            {"action": replace(DONE, due=TODAY - timedelta(1), result=ActionResult.OPEN)},
            {("action.due", "action_overdue"), ("action.due", "due_before_found")},
        ),
        (
            {"action": replace(DONE, verified_by="", verified_on=None)},
            {("action.verified_by", "missing"), ("action.verified_on", "missing")},
        ),
        (
            {"action": replace(DONE, verified_on=TODAY - timedelta(1))},
            {("action.verified_on", "verified_before_found")},
        ),
        (
            {"action": replace(DONE, correction="", measure=" ")},
            {("action.result", "accepted_without_action")},
        ),
        ({"grade": Grade.OBSERVATION, "action": CorrectiveAction()}, set()),
        ({"grade": Grade.OBSERVATION, "action": CorrectiveAction(due=TODAY)}, set()),
    ],
)
def test_what_a_finding_lacks_or_contradicts_is_told(
    audit: Audit, change: dict[str, object], expected: set[tuple[str, str]]
) -> None:
    whole = Finding(Grade.MAJOR, "5.3.1.3", "记录丢失 74 条", "", "沈志远", TODAY, DONE)
    assert codes(with_finding(audit, replace(whole, **change))) == expected  # type: ignore[arg-type]


def test_a_special_deduction_without_a_finding_is_told(audit: Audit) -> None:
    deduction = SpecialDeduction(Ground.LAW, "5.1.4.2", "许可证过期")
    audit = with_rows(audit, (Kind.SPECIAL_DEDUCTION, "d1", deduction))
    assert codes(audit) == {("", "deduction_without_finding")}
    made = finding_from_deduction(audit, RowId("d1"), "李工", TODAY)
    assert ("", "deduction_without_finding") not in codes(done(audit, with_new_finding(ROW, made)))
