"""Every way to look at the sheet shows the indicators it names and adds up their points."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.entities import Assessment, Evidence, Finding, Sample, TeamMember
from auditor_app.models.enums import EvidenceSubject, Grade, SampleResult, Verdict
from auditor_app.models.filters import Filter, clauses_by_filter, matching, totals
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import score
from tests.builders import STANDARD, Sheet, all_met, empty_audit, sampled, sheets, with_rows, with_sheet, with_verdict

ALL = frozenset(STANDARD.indicators)


def an_audit(*rows: tuple[Kind, str, object]) -> Audit:
    sheet = with_verdict(all_met(STANDARD), Verdict.NOT_MET, "5.1.2.2")
    sheet = with_verdict(sheet, Verdict.DELETED, "5.2.6.1")
    sheet = with_verdict(sampled(sampled(sheet, "5.2.4.1", 3, 1), "5.2.3.1", 5, 0), Verdict.UNJUDGED, "5.3.1.1")
    return with_rows(with_sheet(empty_audit(STANDARD), sheet), *rows)


def seen(audit: Audit, filter_: Filter, auditor: str = "") -> set[str]:
    return set(clauses_by_filter(STANDARD, audit, auditor)[filter_])


def test_verdicts_and_lost_points_are_found() -> None:
    audit = an_audit()
    assert seen(audit, Filter.ALL) == ALL
    assert seen(audit, Filter.UNJUDGED) == {"5.3.1.1"}
    assert seen(audit, Filter.LOST) == {"5.1.2.2", "5.2.4.1"}
    assert seen(audit, Filter.SAMPLED) == {"5.2.4.1", "5.2.3.1"}
    assert seen(audit, Filter.DELETED) == {"5.2.6.1"}


def test_a_finding_on_a_group_is_none_of_its_indicators() -> None:
    audit = an_audit(
        (Kind.FINDING, "f1", Finding(Grade.MINOR, "5.1.2.2")), (Kind.FINDING, "f2", Finding(Grade.MINOR, "5.2.4"))
    )
    assert seen(audit, Filter.WITH_FINDING) == {"5.1.2.2"}


def test_evidence_on_a_sample_is_evidence_of_its_indicator() -> None:
    audit = an_audit(
        (Kind.SAMPLE, "s1", Sample("5.2.4.1", "工单", result=SampleResult.DEVIATES)),
        (Kind.EVIDENCE, "e1", Evidence(EvidenceSubject.SAMPLE, "s1", "0f" * 32)),
        (Kind.EVIDENCE, "e2", Evidence(EvidenceSubject.INDICATOR, "5.1.1.1", "0f" * 32)),
        (Kind.EVIDENCE, "e3", Evidence(EvidenceSubject.DOCUMENT, "D1", "0f" * 32)),
    )
    # Neither an indicator not judged yet nor a deleted one waits for evidence.
    assert seen(audit, Filter.WITHOUT_EVIDENCE) == ALL - {"5.2.4.1", "5.1.1.1", "5.3.1.1", "5.2.6.1"}


def test_mine_are_the_clauses_of_the_team_member_and_nothing_without_one() -> None:
    audit = an_audit((Kind.TEAM, "t1", TeamMember("王敏", clauses=("5.1.2", "5.3.2.4"))))
    assert seen(audit, Filter.MINE, "王敏") == {"5.1.2.1", "5.1.2.2", "5.3.2.4"}
    assert seen(audit, Filter.MINE, "李工") == set()
    assert seen(audit, Filter.MINE) == set()


def test_words_are_found_in_clause_title_note_reason_and_samples_in_either_width() -> None:
    audit = an_audit(
        (Kind.ASSESSMENT, "5.1.1.1", Assessment("5.1.1.1", Verdict.MET, note="岗位说明书 SF-GL-02")),
        (Kind.SAMPLE, "s1", Sample("5.2.4.1", "温岭大溪服务站", remark="已停业")),
    )
    found = {
        text: matching(STANDARD, audit, text, "zh")
        for text in ("5.1.1.1", "sf-gl", "ＳＦ-ＧＬ 说明", "大溪 停业", "5.2.6.", "没有这样的词", "")
    }
    assert found["5.1.1.1"] == found["sf-gl"] == found["ＳＦ-ＧＬ 说明"] == {"5.1.1.1"}
    assert found["大溪 停业"] == {"5.2.4.1"}
    assert found["5.2.6."] == {"5.2.6.1", "5.2.6.2"}
    assert found["没有这样的词"] == set()
    assert found[""] == ALL
    title = STANDARD.indicators[Clause("5.3.1.1")].title
    assert Clause("5.3.1.1") in matching(STANDARD, audit, title.zh[:4], "zh")
    assert Clause("5.3.1.1") in matching(STANDARD, audit, title.en.upper(), "en")


@given(sheets())
def test_totals_of_everything_are_those_of_the_score(sheet: Sheet) -> None:
    whole = score(STANDARD, sheet).whole
    found = totals(STANDARD, with_sheet(empty_audit(STANDARD), sheet), ALL)
    assert (found.count, found.earned, found.lost, found.open) == (whole.total, whole.earned, whole.lost, whole.open)
    assert found.points == Fraction(100)
