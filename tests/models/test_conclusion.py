"""What the report recommends, and why."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.conclusion import Conclusion, Outcome, conclude
from auditor_app.models.entities import CorrectiveAction, Eligibility, Finding, SpecialDeduction
from auditor_app.models.enums import ActionResult, AppliedLevel, Grade, Ground, Judgement, Level, Verdict
from auditor_app.models.followup import (
    deductions_without_finding,
    losses_without_finding,
    open_deductions,
)
from auditor_app.models.scoring import score_audit
from auditor_app.models.standard import Standard
from tests.builders import all_met, empty_audit, sampled, with_rows, with_sheet, with_verdict
from tests.report.audits import sample, with_special

ELIGIBLE = Eligibility(**{item.name: Judgement.MET for item in fields(Eligibility)})
ACCEPTED = CorrectiveAction(result=ActionResult.ACCEPTED)


@pytest.fixture
def clean(standard: Standard) -> Audit:
    """Give an eligible auditee that lost nothing."""
    audit = with_sheet(empty_audit(standard), all_met(standard))
    return with_rows(audit, (Kind.ELIGIBILITY, only_row(Kind.ELIGIBILITY), ELIGIBLE))


def concluded(standard: Standard, audit: Audit) -> Outcome:
    return conclude(standard, audit, score_audit(standard, audit))


def codes(outcome: Outcome) -> list[str]:
    return [reason.code for reason in outcome.reasons]


def with_finding(audit: Audit, grade: Grade, clause: str = "5.1.1.1", **values: object) -> Audit:
    number = f"finding-{len(audit.findings)}"
    return with_rows(audit, (Kind.FINDING, number, replace(Finding(grade, clause), **values)))  # type: ignore[arg-type]


def test_nothing_lost_and_nothing_open_is_recommended_at_its_level(standard: Standard, clean: Audit) -> None:
    outcome = concluded(standard, clean)
    assert (outcome.conclusion, outcome.level) == (Conclusion.RECOMMEND, Level.FIVE_STAR)
    assert codes(outcome) == ["nothing_open"]
    assert not outcome.draft


def test_one_unjudged_indicator_leaves_a_draft_without_conclusion(standard: Standard, clean: Audit) -> None:
    outcome = concluded(standard, with_sheet(clean, with_verdict({}, Verdict.UNJUDGED, "5.3.2.4")))
    assert outcome.conclusion is Conclusion.NOT_CONCLUDED
    assert outcome.draft
    assert outcome.reasons[0].params == {"count": 1, "total": 44}


def test_an_unjudged_condition_of_application_is_not_taken_for_met(standard: Standard, clean: Audit) -> None:
    half = replace(ELIGIBLE, budget=Judgement.UNJUDGED)
    outcome = concluded(standard, with_rows(clean, (Kind.ELIGIBILITY, only_row(Kind.ELIGIBILITY), half)))
    assert outcome.conclusion is Conclusion.NOT_CONCLUDED
    assert outcome.reasons[0].conditions == ("budget",)


def test_everything_deleted_has_no_score_to_conclude_from(standard: Standard, clean: Audit) -> None:
    gone = with_sheet(clean, with_verdict({}, Verdict.DELETED, *standard.indicators))
    outcome = concluded(standard, gone)
    assert (outcome.conclusion, outcome.level) == (Conclusion.NOT_CONCLUDED, None)
    assert codes(outcome) == ["nothing_applicable"]


def test_a_score_below_the_lowest_level_is_not_recommended(standard: Standard, clean: Audit) -> None:
    failed = with_sheet(clean, with_verdict({}, Verdict.NOT_MET, *list(standard.indicators)[:16]))
    outcome = concluded(standard, failed)
    assert (outcome.conclusion, outcome.level) == (Conclusion.DO_NOT, Level.FAIL)
    assert codes(outcome)[0] == "below_lowest"


def test_five_special_deductions_are_not_recommended_whatever_the_score(standard: Standard, clean: Audit) -> None:
    outcome = concluded(standard, with_special(clean, 5))
    assert outcome.conclusion is Conclusion.DO_NOT
    assert codes(outcome)[0] == "too_many"


def test_an_unmet_condition_of_application_forbids_a_recommendation(standard: Standard, clean: Audit) -> None:
    unmet = replace(ELIGIBLE, legal_person=Judgement.NOT_MET)
    audit = with_rows(clean, (Kind.ELIGIBILITY, only_row(Kind.ELIGIBILITY), unmet))
    outcome = concluded(standard, audit)
    assert outcome.conclusion is Conclusion.NOT_ELIGIBLE
    assert outcome.reasons[0].conditions == ("legal_person",)


@pytest.mark.parametrize("result", [ActionResult.OPEN, ActionResult.REJECTED])
def test_a_major_nonconformity_holds_the_recommendation_until_accepted(
    standard: Standard, clean: Audit, result: ActionResult
) -> None:
    open_one = with_finding(clean, Grade.MAJOR, action=CorrectiveAction(result=result))
    assert concluded(standard, open_one).conclusion is Conclusion.NOT_YET
    closed = with_finding(clean, Grade.MAJOR, action=ACCEPTED)
    assert concluded(standard, closed).conclusion is Conclusion.RECOMMEND


def test_a_minor_nonconformity_is_recommended_after_its_action_is_verified(standard: Standard, clean: Audit) -> None:
    outcome = concluded(standard, with_finding(clean, Grade.MINOR))
    assert outcome.conclusion is Conclusion.AFTER_ACTION
    assert codes(outcome) == ["open_minors"]


def test_an_observation_holds_nothing_up(standard: Standard, clean: Audit) -> None:
    assert concluded(standard, with_finding(clean, Grade.OBSERVATION)).conclusion is Conclusion.RECOMMEND


def test_every_obstacle_is_named_the_deciding_one_first(standard: Standard, clean: Audit) -> None:
    audit = with_finding(with_finding(with_special(clean, 1), Grade.MINOR), Grade.MAJOR)
    assert codes(concluded(standard, audit)) == ["open_majors", "open_minors", "open_deductions"]


def test_a_lower_level_than_applied_for_is_said(standard: Standard, clean: Audit) -> None:
    info = replace(clean.info, applied_level=AppliedLevel.FOUR_STAR)
    audit = with_rows(clean, (Kind.AUDIT, only_row(Kind.AUDIT), info))
    assert codes(concluded(standard, audit)) == ["nothing_open", "above_applied"]
    lost = with_sheet(audit, with_verdict({}, Verdict.NOT_MET, "5.1.2.2", "5.1.1.1", "5.1.4.1", "5.2.4.3"))
    assert codes(concluded(standard, lost)) == ["nothing_open", "losses_without_finding", "below_applied"]


def test_the_sample_waits_for_its_corrective_actions(standard: Standard) -> None:
    outcome = concluded(standard, sample("pump-maker").audit)
    assert (outcome.conclusion, outcome.level) == (Conclusion.AFTER_ACTION, Level.FIVE_STAR)
    assert codes(outcome) == ["open_minors", "open_deductions", "losses_without_finding"]


class TestFollowUp:
    """Which failures still need a finding."""

    def with_deduction(self, audit: Audit, clause: str, site: str = "", number: int = 1) -> Audit:
        row = SpecialDeduction(Ground.LAW, clause=clause, site=site)
        return with_rows(audit, (Kind.SPECIAL_DEDUCTION, f"deduction-{number}", row))

    def test_a_lost_point_is_missing_until_a_finding_names_its_clause(self, standard: Standard, clean: Audit) -> None:
        lost = with_sheet(clean, sampled(with_verdict({}, Verdict.NOT_MET, "5.1.2.2"), "5.2.4.1", 3, 1))
        missing = [loss.indicator.clause for loss in losses_without_finding(standard, lost)]
        assert missing == ["5.1.2.2", "5.2.4.1"]
        named = with_finding(lost, Grade.OBSERVATION, "5.2.4.1")
        assert [loss.indicator.clause for loss in losses_without_finding(standard, named)] == ["5.1.2.2"]

    def test_a_sample_without_failures_lost_nothing(self, standard: Standard, clean: Audit) -> None:
        assert losses_without_finding(standard, with_sheet(clean, sampled({}, "5.2.4.1", 9, 0))) == ()

    def test_a_nonconformity_answers_one_deduction_of_its_clause(self, clean: Audit) -> None:
        audit = self.with_deduction(self.with_deduction(clean, "5.3.2.3"), "5.3.2.3", number=2)
        assert len(deductions_without_finding(audit)) == 2
        assert len(deductions_without_finding(with_finding(audit, Grade.MINOR, "5.3.2.3"))) == 1

    def test_an_observation_rectifies_nothing(self, clean: Audit) -> None:
        audit = with_finding(self.with_deduction(clean, "5.3.2.3"), Grade.OBSERVATION, "5.3.2.3")
        assert len(deductions_without_finding(audit)) == 1

    def test_a_nonconformity_at_another_site_answers_nothing(self, clean: Audit) -> None:
        audit = self.with_deduction(clean, "5.3.2.3", site="S1")
        elsewhere = with_finding(audit, Grade.MINOR, "5.3.2.3", site="S2")
        assert len(deductions_without_finding(elsewhere)) == 1
        assert deductions_without_finding(with_finding(elsewhere, Grade.MINOR, "5.3.2.3", site="S1")) == ()

    def test_a_deduction_is_open_until_its_action_is_accepted(self, clean: Audit) -> None:
        audit = self.with_deduction(clean, "5.3.2.3")
        assert len(open_deductions(audit)) == 1
        assert len(open_deductions(with_finding(audit, Grade.MAJOR, "5.3.2.3"))) == 1
        assert open_deductions(with_finding(audit, Grade.MAJOR, "5.3.2.3", action=ACCEPTED)) == {}
