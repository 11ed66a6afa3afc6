"""A whole sheet is judged with the keyboard alone, and everything done can be walked back and forth."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from auditor_app.models.audit import Kind, only_row
from auditor_app.models.changes import Change, add, edit
from auditor_app.models.entities import Evidence, Finding, Sample, SpecialDeduction
from auditor_app.models.enums import EvidenceSubject, Grade, Ground, SampleResult, Verdict
from auditor_app.models.evidence import removal
from auditor_app.models.ids import RowId, new_id
from auditor_app.models.samples import samples_of, with_new_sample, with_sample_values, without_sample
from auditor_app.ui.verdicts import deleted_verdict, plain_verdict
from tests.builders import STANDARD
from tests.ui.desk import CHECKLIST, SHEET, Desk, Key

pytestmark = pytest.mark.long

EDITS = 200
SAMPLED = "5.2.4.1"
CLAUSES = [RowId(clause) for clause in STANDARD.indicators]


class Counted:
    """Count the keys that a hand presses."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.keys = 0

    def press(self, key: Qt.Key) -> None:
        self.keys += 1
        self._desk.press(key)


def test_all_44_indicators_are_judged_without_a_mouse_in_two_keys_each(blank: Desk) -> None:
    hand = Counted(blank)
    blank.show(SHEET)
    for number in range(44):
        # Every fifth is not met; a note would add its own keys.
        hand.press(Key.Key_2 if number % 5 == 4 else Key.Key_1)
        hand.press(Key.Key_Return)
    verdicts = [row.verdict for row in blank.stored.assessments.values()]
    assert len(verdicts) == 44
    assert verdicts.count(Verdict.NOT_MET) == 8
    assert hand.keys <= 44 * 2
    assert "44 / 44" in blank.score_bar


def test_with_samples_and_a_deletion_the_mouse_is_not_needed_either(blank: Desk) -> None:
    blank.show(SHEET)
    for clause, indicator in STANDARD.indicators.items():
        assert blank.sheet.current_key() == clause
        if clause == "5.2.6.2":
            blank.press(Key.Key_0)
            blank.press(Key.Key_1)
            blank.press(Key.Key_Return)
        elif indicator.sampled:
            blank.press(Key.Key_3)
            blank.type("5/1")
            blank.press(Key.Key_Return)
        else:
            blank.press(Key.Key_1)
        if clause != CLAUSES[-1]:
            blank.press(Key.Key_Return)
    verdicts = [row.verdict for row in blank.stored.assessments.values()]
    assert verdicts.count(Verdict.SAMPLED) == sum(i.sampled for i in STANDARD.indicators.values())
    assert verdicts.count(Verdict.DELETED) == 1
    assert "44 / 44" in blank.score_bar


def test_a_verdict_pressed_again_by_a_resting_finger_is_given_once(blank: Desk) -> None:
    blank.show(SHEET)
    blank.press(Key.Key_1)
    repeated = QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_2, Qt.KeyboardModifier.NoModifier, "2", True)
    QApplication.sendEvent(blank.sheet, repeated)
    assert blank.stored.assessments[CLAUSES[0]].verdict is Verdict.MET  # type: ignore[index]


Step = Callable[[Desk], tuple[Change, ...]]


def verdict(clause: RowId, verdict: Verdict) -> Step:
    values = deleted_verdict("不适用") if verdict is Verdict.DELETED else plain_verdict(verdict)
    return lambda desk: edit(desk.audit, Kind.ASSESSMENT, clause, values)


def note(clause: RowId, text: str) -> Step:
    return lambda desk: edit(desk.audit, Kind.ASSESSMENT, clause, {"note": text})


def company(name: str) -> Step:
    return lambda desk: edit(desk.audit, Kind.COMPANY, only_row(Kind.COMPANY), {"name": name})


def new_sample(result: SampleResult) -> Step:
    return lambda desk: with_new_sample(desk.audit, RowId(new_id()), Sample(SAMPLED, "工单", result=result))


def a_sample(place: int, *, gone: bool) -> Step:
    def step(desk: Desk) -> tuple[Change, ...]:
        ids = list(samples_of(desk.audit, SAMPLED))
        if not ids:
            return ()
        chosen = ids[place % len(ids)]
        if gone:
            return without_sample(desk.audit, chosen)
        return with_sample_values(desk.audit, chosen, {"result": SampleResult.DEVIATES, "remark": f"第 {place} 次"})

    return step


def evidence(clause: RowId, number: int) -> Step:
    row = Evidence(EvidenceSubject.INDICATOR, clause, f"{number:064x}", "IMG.jpg", "image/jpeg", 1024)

    def step(desk: Desk) -> tuple[Change, ...]:
        there = any((e.subject, e.sha256) == (row.subject, row.sha256) for e in desk.audit.evidence)
        return () if there else (add(Kind.EVIDENCE, RowId(new_id()), row),)

    return step


def finding(clause: RowId) -> Step:
    return lambda _desk: (add(Kind.FINDING, RowId(new_id()), Finding(Grade.MINOR, clause, "缺少记录")),)


def deduction() -> Step:
    return lambda _desk: (add(Kind.SPECIAL_DEDUCTION, RowId(new_id()), SpecialDeduction(Ground.TRADE)),)


def gone(kind: Kind, place: int) -> Step:
    def step(desk: Desk) -> tuple[Change, ...]:
        ids = list(desk.audit.of(kind))
        return removal(desk.audit, kind, ids[place % len(ids)]) if ids else ()

    return step


clauses = st.sampled_from(CLAUSES)
plain = st.sampled_from([Verdict.MET, Verdict.NOT_MET, Verdict.UNJUDGED, Verdict.DELETED])
places = st.integers(0, 20)
steps = st.one_of(
    st.builds(verdict, clauses.filter(lambda c: c != SAMPLED), plain),
    st.builds(note, clauses, st.text(max_size=8)),
    st.builds(company, st.text(max_size=8)),
    st.builds(new_sample, st.sampled_from(list(SampleResult))),
    st.builds(a_sample, places, gone=st.booleans()),
    st.builds(evidence, clauses, places),
    st.builds(finding, clauses),
    st.builds(deduction),
    st.builds(gone, st.sampled_from([Kind.FINDING, Kind.EVIDENCE, Kind.SPECIAL_DEDUCTION]), places),
)


@settings(
    max_examples=2,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(steps, min_size=EDITS, max_size=EDITS), st.sampled_from([CHECKLIST, SHEET]))
def test_200_mixed_edits_are_walked_back_to_the_first_state_and_forth_to_the_last(
    blank: Desk, edits: list[Step], tab: int
) -> None:
    session = blank.bench.session
    blank.new_audit()
    blank.show(tab)
    first, done = blank.facts, 0
    for step in edits:
        changes = step(blank)
        done += bool(changes)
        assert session.submit(changes, "edit")
    last = blank.facts
    for _ in range(done):
        session.undo()
    assert blank.facts == first
    assert blank.stored == blank.audit
    for _ in range(done):
        session.redo()
    assert blank.facts == last
    assert blank.stored == blank.audit
