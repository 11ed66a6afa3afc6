"""The samples an auditor lists decide the counts of their indicator, and nothing else does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.changes import Change, ChangeSet, add, apply, edit
from auditor_app.models.entities import Assessment, Evidence, Sample
from auditor_app.models.enums import EvidenceSubject, SampleResult, Verdict
from auditor_app.models.errors import ValidationError
from auditor_app.models.fields import with_value
from auditor_app.models.ids import Clause, RowId
from auditor_app.models.rules import check_change
from auditor_app.models.samples import samples_of, with_new_sample, with_sample_values, without_sample
from auditor_app.models.scoring import earned
from auditor_app.models.standard import Standard
from tests.builders import STANDARD, empty_audit, with_rows

CLAUSE = Clause("5.2.4.1")


@pytest.fixture
def audit() -> Audit:
    """Give an audit in which nothing was judged."""
    return empty_audit(STANDARD)


def done(standard: Standard, audit: Audit, changes: tuple[Change, ...]) -> Audit:
    """Return the audit after changes that the rules must allow."""
    change_set = ChangeSet(audit.id, changes)
    after = apply(audit, change_set)
    check_change(standard, after, change_set)
    return after


def listed(audit: Audit, *results: SampleResult) -> Audit:
    """Return the audit with one more sample of 5.2.4.1 for every result."""
    for number, result in enumerate(results, len(audit.samples) + 1):
        sample = Sample(CLAUSE, f"工单 {number}", result=result)
        audit = done(STANDARD, audit, with_new_sample(audit, RowId(f"s{number:02}"), sample))
    return audit


CONFORMS, DEVIATES = SampleResult.CONFORMS, SampleResult.DEVIATES


def test_the_first_sample_makes_the_indicator_one_judged_by_samples(audit: Audit) -> None:
    assessment = listed(audit, CONFORMS).assessment(CLAUSE)
    assert (assessment.verdict, assessment.checked, assessment.failed) == (Verdict.SAMPLED, 1, 0)


def test_three_samples_of_which_one_deviates_cost_a_third_of_the_points(audit: Audit) -> None:
    audit = listed(audit, CONFORMS, DEVIATES, CONFORMS)
    indicator = STANDARD.indicators[CLAUSE]
    assert earned(indicator, audit.assessment(CLAUSE)) == indicator.points * 2 / 3


def test_a_sample_found_to_deviate_later_counts_at_once(audit: Audit) -> None:
    audit = listed(audit, CONFORMS, CONFORMS)
    after = done(STANDARD, audit, with_sample_values(audit, RowId("s02"), {"result": DEVIATES, "remark": "超时"}))
    assert (after.assessment(CLAUSE).checked, after.assessment(CLAUSE).failed) == (2, 1)


def test_a_sample_taken_off_the_list_takes_its_evidence_along(audit: Audit) -> None:
    photo = Evidence(EvidenceSubject.SAMPLE, "s01", "0f" * 32)
    audit = with_rows(listed(audit, DEVIATES, CONFORMS), (Kind.EVIDENCE, "photo", photo))
    after = done(STANDARD, audit, without_sample(audit, RowId("s01")))
    assert list(samples_of(after, CLAUSE)) == ["s02"]
    assert after.evidence == ()
    assert (after.assessment(CLAUSE).checked, after.assessment(CLAUSE).failed) == (1, 0)


def test_without_any_sample_the_indicator_is_unjudged_again(audit: Audit) -> None:
    audit = listed(audit, DEVIATES)
    after = done(STANDARD, audit, without_sample(audit, RowId("s01")))
    assert after.assessment(CLAUSE).verdict is Verdict.UNJUDGED


def test_samples_under_another_verdict_are_kept_and_do_not_count(audit: Audit) -> None:
    audit = listed(audit, DEVIATES, CONFORMS)
    values = {"verdict": Verdict.MET, "checked": 0, "failed": 0}
    after = done(STANDARD, audit, edit(audit, Kind.ASSESSMENT, RowId(CLAUSE), values))
    assert len(samples_of(after, CLAUSE)) == 2
    assert earned(STANDARD.indicators[CLAUSE], after.assessment(CLAUSE)) == STANDARD.indicators[CLAUSE].points


def test_to_correct_samples_that_do_not_count_leaves_verdict_and_reason_alone(audit: Audit) -> None:
    audit = listed(audit, DEVIATES, CONFORMS)
    deleted = Assessment(CLAUSE, Verdict.DELETED, reason="企业不承担维修")
    audit = done(STANDARD, audit, edit(audit, Kind.ASSESSMENT, RowId(CLAUSE), vars(deleted)))
    audit = done(STANDARD, audit, with_sample_values(audit, RowId("s01"), {"remark": "超时", "result": CONFORMS}))
    assert audit.assessment(CLAUSE) == deleted
    audit = done(STANDARD, audit, without_sample(audit, RowId("s02")))
    audit = done(STANDARD, audit, without_sample(audit, RowId("s01")))
    assert audit.assessment(CLAUSE) == deleted


def test_counts_that_are_not_those_of_the_list_are_refused(audit: Audit) -> None:
    audit = listed(audit, DEVIATES, CONFORMS)
    change_set = ChangeSet(audit.id, edit(audit, Kind.ASSESSMENT, RowId(CLAUSE), {"checked": 12}))
    with pytest.raises(ValidationError) as refused:
        check_change(STANDARD, apply(audit, change_set), change_set)
    assert (refused.value.path, refused.value.code) == ("assessment.checked", "not_as_listed")


def test_a_sample_of_an_indicator_that_is_all_or_nothing_is_refused(audit: Audit) -> None:
    change_set = ChangeSet(audit.id, (add(Kind.SAMPLE, RowId("s"), Sample("5.1.1.1")),))
    with pytest.raises(ValidationError) as refused:
        check_change(STANDARD, apply(audit, change_set), change_set)
    assert (refused.value.path, refused.value.code) == ("sample.clause", "not_sampled")


def test_evidence_is_about_something_that_is_there(audit: Audit) -> None:
    places = [
        (EvidenceSubject.INDICATOR, "5.9"),
        (EvidenceSubject.DOCUMENT, "D99"),
        (EvidenceSubject.MEETING, "lunch"),
        (EvidenceSubject.SAMPLE, "gone"),
        (EvidenceSubject.FINDING, "gone"),
    ]
    for place in places:
        change_set = ChangeSet(audit.id, (add(Kind.EVIDENCE, RowId("e"), Evidence(*place, "0f" * 32)),))
        with pytest.raises(ValidationError) as refused:
            check_change(STANDARD, apply(audit, change_set), change_set)
        assert refused.value.code == "evidence_of_nothing"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("sha256", "0F" * 32, "not_a_sha256"),
        ("sha256", "../../etc/passwd", "not_a_sha256"),
        ("rotation", 45, "not_a_rotation"),
        ("taken_at", "2026-03-02 09:14", "not_a_second"),
        ("marks", ("arrow 0 0 1 20000",), "not_a_mark"),
        ("marks", ("star 0 0 1 1",), "not_a_mark"),
    ],
)
def test_evidence_that_cannot_be_is_refused(audit: Audit, field: str, value: object, code: str) -> None:
    row = with_value(Evidence(EvidenceSubject.DOCUMENT, "D1", "0f" * 32), field, value)
    change_set = ChangeSet(audit.id, (add(Kind.EVIDENCE, RowId("e"), row),))
    with pytest.raises(ValidationError) as refused:
        check_change(STANDARD, apply(audit, change_set), change_set)
    assert refused.value.code == code


def test_the_same_content_stands_once_at_one_place(audit: Audit) -> None:
    photo = Evidence(EvidenceSubject.DOCUMENT, "D1", "0f" * 32, "a.jpg")
    audit = with_rows(audit, (Kind.EVIDENCE, "e1", photo))
    done(STANDARD, audit, (add(Kind.EVIDENCE, RowId("e2"), replace(photo, subject="D2")),))
    change_set = ChangeSet(audit.id, (add(Kind.EVIDENCE, RowId("e2"), photo),))
    with pytest.raises(ValidationError) as refused:
        check_change(STANDARD, apply(audit, change_set), change_set)
    assert refused.value.code == "evidence_repeated"


steps = st.lists(
    st.tuples(st.sampled_from(["list", "drop", "turn"]), st.integers(0, 5), st.sampled_from(list(SampleResult))),
    max_size=20,
)


@given(steps)
def test_whatever_is_done_to_the_list_the_counts_are_those_of_the_list(
    steps: list[tuple[str, int, SampleResult]],
) -> None:
    audit = empty_audit(STANDARD)
    for number, (step, place, result) in enumerate(steps):
        ids = list(samples_of(audit, CLAUSE))
        if step == "list":
            changes = with_new_sample(audit, RowId(f"s{number:02}"), Sample(CLAUSE, result=result))
        elif not ids:
            continue
        elif step == "drop":
            changes = without_sample(audit, ids[place % len(ids)])
        else:
            changes = with_sample_values(audit, ids[place % len(ids)], {"result": result})
        audit = done(STANDARD, audit, changes)
        results = [sample.result for sample in samples_of(audit, CLAUSE).values()]
        assessment = audit.assessment(CLAUSE)
        assert (assessment.checked, assessment.failed) == (len(results), results.count(DEVIATES))
        assert (assessment.verdict is Verdict.SAMPLED) == bool(results)
