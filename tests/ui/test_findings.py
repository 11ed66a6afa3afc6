"""Findings are made in one step, followed by keyboard to their acceptance, and decide the conclusion."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from auditor_app import files
from auditor_app.models.audit import Audit, Kind
from auditor_app.models.catalogue import RESOURCES
from auditor_app.models.changes import add, edit
from auditor_app.models.entities import Evidence, Finding, Sample, Site, SpecialDeduction, TeamMember
from auditor_app.models.enums import ActionResult, EvidenceSubject, Grade, Ground, Role, SampleResult, Verdict
from auditor_app.models.evidence import evidence_on
from auditor_app.models.fields import value_at
from auditor_app.models.followup import FindingState, findings_by_deduction
from auditor_app.models.ids import RowId
from auditor_app.models.samples import with_new_sample
from auditor_app.ui.auditor import AUDITOR_SETTING
from auditor_app.ui.conclusion_box import ConclusionBox
from auditor_app.ui.finding_filters import FindingFilters
from auditor_app.ui.finding_panel import FindingPanel
from auditor_app.ui.findings_tab import FindingsTab
from auditor_app.ui.offers_strip import OffersStrip
from auditor_app.ui.segments import Segments
from auditor_app.ui.tables.finding_table import CLAUSE, DUE, EVIDENCE, FACTS, GRADE, NUMBER, OWNER, STATE
from tests.session.tables import tables
from tests.ui.conftest import Sit
from tests.ui.desk import (
    CONTROL,
    FINDINGS,
    PROFILE,
    REPORT,
    SHEET,
    Desk,
    Key,
    one,
    settle,
    text_of,
    visible_text,
)

ELEVATORS = RESOURCES / "samples" / "elevator-service.json"
TODAY = date.today()
LOST, SAMPLED = "5.1.2.2", "5.2.4.1"


def tab(desk: Desk) -> FindingsTab:
    return desk.space.tabs.findings


def panel(desk: Desk) -> FindingPanel:
    return one(tab(desk), FindingPanel)


def judge(desk: Desk, clause: str, verdict: Verdict = Verdict.NOT_MET, reason: str = "") -> None:
    """Have an indicator judged, as on the scoring sheet."""
    session = desk.bench.session
    session.submit(edit(session.audit, Kind.ASSESSMENT, RowId(clause), {"verdict": verdict, "reason": reason}), "评定")
    settle()


def put(desk: Desk, *rows: tuple[Kind, str, object]) -> None:
    """Have rows entered, as elsewhere in the window."""
    desk.bench.session.submit([add(kind, RowId(row_id), row) for kind, row_id, row in rows], "填写")
    settle()


def put_finding(desk: Desk, row_id: str = "f1", **values: object) -> None:
    put(desk, (Kind.FINDING, row_id, Finding(**{"grade": Grade.MINOR, "clause": LOST, **values})))  # type: ignore[arg-type]


def photo(kind: EvidenceSubject, subject: str, content: str = "a") -> Evidence:
    return Evidence(kind, subject, content * 64, f"{content}.jpg", "image/jpeg")


def buttons(desk: Desk) -> list[QPushButton]:
    """Return the buttons that make what is offered, top to bottom."""
    return [b for b in one(tab(desk), OffersStrip).findChildren(QPushButton) if b.isVisible()]


def cell(desk: Desk, row_id: str, column: int) -> str:
    return desk.cell(row_id, column, tab(desk).view)


def rows(desk: Desk) -> list[str]:
    """Return the numbers of the findings that can be seen, top to bottom."""
    view = tab(desk).view
    model = view.model()
    shown = [row for row in range(model.rowCount()) if not view.isRowHidden(row, model.index(-1, -1))]
    return [str(model.index(row, NUMBER).data()) for row in shown]


def the_only(audit: Audit) -> tuple[RowId, Finding]:
    assert len(audit.findings) == 1
    return next(iter(audit.of(Kind.FINDING).items()))


def conclusion(desk: Desk) -> str:
    return visible_text(one(tab(desk), ConclusionBox))


def press_result(desk: Desk, result: ActionResult) -> None:
    """Click the result of a verification."""
    segments = [s for s in panel(desk).findChildren(Segments) if ActionResult.OPEN in s._buttons]
    desk.click(segments[0]._buttons[result])


@pytest.fixture
def empty(blank: Desk) -> Desk:
    """Give a new audit with its findings shown."""
    blank.show(FINDINGS)
    return blank


@pytest.fixture
def elevators(desk: Desk) -> Desk:
    """Give the audit of the elevator company with its thirteen findings shown."""
    standard, audit = files.read_audit(ELEVATORS)
    if not desk.bench.session.holds(audit.id):
        desk.bench.session.add(standard, audit)
    desk.bench.session.open(audit.id)
    desk.show(FINDINGS)
    return desk


# Making one.


@pytest.mark.long
def test_a_finding_is_signed_by_who_sits_here_and_else_by_who_looks_at_the_clause(empty: Desk) -> None:
    put(
        empty,
        (Kind.TEAM, "t1", TeamMember("周明", role=Role.LEADER)),
        (Kind.TEAM, "t2", TeamMember("李倩", clauses=(LOST,))),
    )
    for name, signed in (("", "李倩"), ("郑工", "郑工")):
        empty.bench.session.set_setting(AUDITOR_SETTING, name)
        judge(empty, LOST)
        (make,) = buttons(empty)
        empty.click(make)
        assert the_only(empty.stored)[1].found_by == signed
        empty.undo()
        empty.undo()
    empty.bench.session.set_setting(AUDITOR_SETTING, "")


def test_a_field_of_a_finding_that_is_gone_to_is_in_sight(empty: Desk) -> None:
    put_finding(empty)
    empty.window.resize(1180, 640)
    for path in ("action.verified_on", "facts"):
        tab(empty).go_to("f1", path)
        settle()
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.visibleRegion().boundingRect() == focus.rect()
    empty.window.resize(1366, 768)


def test_a_not_met_indicator_becomes_a_finding_in_one_click(empty: Desk) -> None:
    judge(empty, LOST, reason="应配 3 人，实有 1 人")
    before = empty.stored
    (make,) = buttons(empty)
    empty.click(make)
    row_id, finding = the_only(empty.stored)
    assert (finding.grade, finding.clause, finding.facts) == (Grade.MINOR, LOST, "应配 3 人，实有 1 人")
    assert finding.found_on == TODAY
    assert tab(empty).view.current_key() == row_id
    assert empty.editor(Kind.FINDING, "facts").hasFocus()
    assert buttons(empty) == []
    empty.undo()
    assert empty.stored == before
    assert len(buttons(empty)) == 1
    empty.redo()
    assert empty.stored.of(Kind.FINDING) == {row_id: finding}


def test_samples_that_deviate_and_special_deductions_are_offered_and_each_is_answered(empty: Desk) -> None:
    sample = Sample(SAMPLED, "工单 7", date(2026, 3, 2), SampleResult.DEVIATES, "到场 41 分钟")
    empty.bench.session.submit(with_new_sample(empty.audit, RowId("s1"), sample), "抽样")
    put(empty, (Kind.SPECIAL_DEDUCTION, "d1", SpecialDeduction(Ground.LAW, "5.1.4.2", "许可证过期")))
    assert len(buttons(empty)) == 2
    empty.click(buttons(empty)[0])
    assert the_only(empty.stored)[1].grade is Grade.MAJOR
    assert None not in findings_by_deduction(empty.audit).values()
    empty.click(buttons(empty)[0])
    assert [finding.facts for finding in empty.stored.findings] == [
        "许可证过期",
        "抽查 1，不符合 1\n工单 7（2026-03-02）：到场 41 分钟",
    ]
    assert buttons(empty) == []


def test_the_photos_of_the_indicator_come_along_in_the_same_step(empty: Desk) -> None:
    judge(empty, LOST)
    put(empty, (Kind.EVIDENCE, "e1", photo(EvidenceSubject.INDICATOR, LOST)))
    empty.click(buttons(empty)[0])
    row_id, _ = the_only(empty.stored)
    assert len(evidence_on(empty.stored, EvidenceSubject.FINDING, row_id)) == 1
    assert cell(empty, row_id, EVIDENCE) == "1"
    empty.undo()
    assert len(empty.stored.evidence) == 1


@pytest.mark.long
@pytest.mark.parametrize("key", [Key.Key_Insert, None], ids=["by key", "by button"])
def test_an_empty_finding_begins_at_its_clause(empty: Desk, key: Key | None) -> None:
    if key is None:
        empty.click(next(b for b in tab(empty).view.findChildren(QPushButton) if b.isVisible()))
    else:
        empty.press(key)
    _, finding = the_only(empty.stored)
    assert (finding.grade, finding.clause, finding.found_on) == (Grade.MINOR, "", TODAY)
    assert empty.editor(Kind.FINDING, "clause").hasFocus()
    empty.undo()
    assert empty.stored.findings == ()
    assert tab(empty).view.hasFocus(), "the keyboard is nowhere"


def test_who_is_assigned_to_the_clause_found_it(empty: Desk) -> None:
    team = {"t1": TeamMember("沈志远", role=Role.LEADER), "t2": TeamMember("顾晓雯", clauses=("5.1.2",))}
    put(empty, *((Kind.TEAM, row_id, member) for row_id, member in team.items()))
    judge(empty, LOST)
    empty.click(buttons(empty)[0])
    assert the_only(empty.stored)[1].found_by == "顾晓雯"


def test_a_second_finding_of_one_indicator_is_not_made_by_accident(empty: Desk) -> None:
    judge(empty, LOST)
    tab(empty).add_from_indicator(LOST)
    row_id, _ = the_only(empty.stored)
    empty.press(Key.Key_Escape)
    empty.press(Key.Key_Insert)
    assert len(empty.stored.findings) == 2
    tab(empty).add_from_indicator(LOST)
    assert len(empty.stored.findings) == 2
    assert tab(empty).view.current_key() == row_id
    assert LOST in empty.status


# Filling it in.


@pytest.mark.long
def test_everything_is_filled_in_by_keyboard_and_taken_back_field_by_field(empty: Desk) -> None:
    put(
        empty,
        (Kind.TEAM, "t1", TeamMember("沈志远", role=Role.LEADER)),
        (Kind.SITE, "site-1", Site("S1", "总部")),
    )
    begun = empty.stored
    empty.press(Key.Key_Insert)
    typed = [
        ("clause", "5.2.4.1"),
        ("site", None),
        ("found_by", "\b" * 3 + "顾晓雯"),
        ("found_on", None),
        ("facts", "两起困人到场超过 30 分钟"),
        ("action.correction", "调整排班"),
        ("action.cause", "未考虑交接班"),
        ("action.measure", "跨站支援规则"),
        ("action.owner", "钱国栋"),
        ("action.due", "20991231"),
    ]
    for path, text in typed:
        editor = QApplication.focusWidget()
        assert editor is not None
        expected = empty.editor(Kind.FINDING, path)
        while editor is not expected:
            empty.press(Key.Key_Tab)
            editor = QApplication.focusWidget()
        if path == "site":
            empty.press(Key.Key_Down)
        elif text is not None:
            empty.type(text)
    empty.press(Key.Key_Escape)
    assert tab(empty).view.hasFocus()
    empty.press(Key.Key_1)
    _, finding = the_only(empty.stored)
    assert finding.grade is Grade.MAJOR
    assert (finding.clause, finding.site, finding.found_by, finding.found_on) == (SAMPLED, "S1", "顾晓雯", TODAY)
    said = [value_at(finding, path) for path, _ in typed[4:-1]]
    assert said == [text for _, text in typed[4:-1]]
    assert finding.action.due == date(2099, 12, 31)
    steps = 0
    while empty.audit != begun:
        empty.undo()
        steps += 1
    assert steps == 11
    assert empty.stored == begun
    for _ in range(steps):
        empty.redo()
    assert the_only(empty.stored)[1] == finding


@pytest.mark.parametrize(
    ("key", "grade"), [(Key.Key_1, Grade.MAJOR), (Key.Key_2, Grade.MINOR), (Key.Key_3, Grade.OBSERVATION)]
)
def test_one_key_grades_the_selected_finding(empty: Desk, key: Key, grade: Grade) -> None:
    other = Grade.MINOR if grade is Grade.MAJOR else Grade.MAJOR
    put_finding(empty, grade=other)
    tab(empty).view.setFocus()
    empty.press(key)
    assert the_only(empty.stored)[1].grade is grade
    assert cell(empty, "f1", GRADE) == empty.words.word(grade)


@pytest.mark.parametrize("key", [Key.Key_N, Key.Key_Return])
def test_one_key_goes_to_the_facts_and_escape_back_to_the_table(empty: Desk, key: Key) -> None:
    put_finding(empty)
    tab(empty).view.setFocus()
    empty.press(key)
    assert empty.editor(Kind.FINDING, "facts").hasFocus()
    empty.press(Key.Key_Escape)
    assert tab(empty).view.hasFocus()


def test_facts_of_several_lines_stay_as_written_and_take_one_line_in_the_table(empty: Desk) -> None:
    put_finding(empty)
    empty.enter(Kind.FINDING, "facts")
    empty.type("第一行")
    empty.press(Key.Key_Return)
    empty.type("第二行")
    empty.press(Key.Key_Escape)
    assert the_only(empty.stored)[1].facts == "第一行\n第二行"
    assert cell(empty, "f1", FACTS) == "第一行 第二行"


def test_composed_text_reaches_the_facts_whole(empty: Desk) -> None:
    put_finding(empty)
    empty.enter(Kind.FINDING, "facts")
    empty.compose("xianchang")
    assert the_only(empty.stored)[1].facts == ""
    empty.type("现场")
    empty.pause()
    assert the_only(empty.stored)[1].facts == "现场"


def test_owner_and_due_day_may_be_typed_in_their_cells(empty: Desk) -> None:
    put_finding(empty)
    for column, text in ((OWNER, "何秀兰"), (DUE, "2099年3月2日")):
        empty.double_click(tab(empty).view, empty.index("f1", column))
        assert isinstance(QApplication.focusWidget(), QLineEdit)
        empty.type(text)
        empty.press(Key.Key_Return)
    action = the_only(empty.stored)[1].action
    assert (action.owner, action.due) == ("何秀兰", date(2099, 3, 2))
    assert text_of(empty.editor(Kind.FINDING, "action.owner")) == "何秀兰"
    empty.double_click(tab(empty).view, empty.index("f1", FACTS))
    assert empty.editor(Kind.FINDING, "facts").hasFocus()


def test_a_due_day_that_is_none_is_refused_at_the_field_and_the_old_one_kept(empty: Desk) -> None:
    put_finding(empty)
    empty.fill(Kind.FINDING, "action.due", "下周")
    assert the_only(empty.stored)[1].action.due is None
    assert "下周" in empty.field_words(Kind.FINDING, "action.due")


# Choosing the clause.


@pytest.mark.parametrize(
    ("typed", "clause"),
    [("5.2.4.1", SAMPLED), ("５.２.４.１", SAMPLED), ("5.2.4", "5.2.4"), ("管理师", LOST), ("5.2.4.1 报修", SAMPLED)],
)
def test_a_clause_is_found_by_its_number_or_by_words_of_its_title(empty: Desk, typed: str, clause: str) -> None:
    put_finding(empty, clause="")
    empty.fill(Kind.FINDING, "clause", typed)
    assert the_only(empty.stored)[1].clause == clause
    assert text_of(empty.editor(Kind.FINDING, "clause")).startswith(f"{clause} ")
    assert cell(empty, "f1", CLAUSE).startswith(f"{clause} ")


@pytest.mark.long
@pytest.mark.parametrize(("typed", "said"), [("服务", "服务"), ("月球", "月球"), ("9.9", "9.9")])
def test_words_of_no_clause_or_of_several_are_told_and_the_old_one_kept(empty: Desk, typed: str, said: str) -> None:
    put_finding(empty)
    empty.fill(Kind.FINDING, "clause", typed)
    assert the_only(empty.stored)[1].clause == LOST
    assert said in empty.field_words(Kind.FINDING, "clause")
    assert text_of(empty.editor(Kind.FINDING, "clause")).startswith(LOST)


def test_a_clause_is_picked_from_the_list_below_its_line(empty: Desk) -> None:
    put_finding(empty)
    empty.enter(Kind.FINDING, "clause")
    empty.press(Key.Key_A, CONTROL)
    empty.type("投诉")
    popup = empty.field(Kind.FINDING, "clause")._list  # type: ignore[attr-defined]
    assert popup.isVisible()
    empty.pause()
    assert empty.field_words(Kind.FINDING, "clause") == "", "refused while it is still being chosen"
    assert all("投诉" in popup.model().index(row, 0).data() for row in range(popup.model().rowCount()))
    empty.press(Key.Key_Down)
    empty.press(Key.Key_Return)
    assert the_only(empty.stored)[1].clause == "5.3.2"
    empty.undo()
    assert the_only(empty.stored)[1].clause == LOST


def test_the_arrow_shows_every_clause(empty: Desk) -> None:
    put_finding(empty)
    editor = empty.editor(Kind.FINDING, "clause")
    empty.click(editor, QPoint(editor.width() - 14, editor.height() // 2))
    popup = empty.field(Kind.FINDING, "clause")._list  # type: ignore[attr-defined]
    assert popup.isVisible()
    assert popup.model().rowCount() == len(empty.bench.session.standard.nodes)
    empty.press(Key.Key_Escape)


def test_names_of_the_team_are_offered_and_any_other_may_be_typed(empty: Desk) -> None:
    put(empty, (Kind.TEAM, "t1", TeamMember("沈志远", role=Role.LEADER)))
    put_finding(empty)
    empty.enter(Kind.FINDING, "found_by")
    empty.press(Key.Key_Down)
    empty.press(Key.Key_Down)
    empty.press(Key.Key_Return)
    assert the_only(empty.stored)[1].found_by == "沈志远"
    empty.fill(Kind.FINDING, "found_by", "外部专家")
    assert the_only(empty.stored)[1].found_by == "外部专家"


def test_the_sites_offered_are_those_of_the_audit(empty: Desk) -> None:
    put_finding(empty)
    put(empty, (Kind.SITE, "site-1", Site("S1", "总部")))
    empty.choose(Kind.FINDING, "site", "S1")
    assert the_only(empty.stored)[1].site == "S1"
    empty.new_audit()
    empty.show(FINDINGS)
    empty.press(Key.Key_Insert)
    assert len(empty.editor(Kind.FINDING, "site")._values) == 1  # type: ignore[attr-defined]


# What stands out.


def test_an_overdue_action_is_told_in_words_and_colour_until_it_is_accepted(empty: Desk) -> None:
    put_finding(empty, facts="记录丢失")
    words = empty.words
    assert cell(empty, "f1", STATE) == words.word(FindingState.OPEN)
    for due, state in ((TODAY, FindingState.OPEN), (TODAY - timedelta(1), FindingState.OVERDUE)):
        empty.fill(Kind.FINDING, "action.due", due.isoformat())
        assert cell(empty, "f1", STATE) == words.word(state)
    color = empty.index("f1", DUE).data(Qt.ItemDataRole.ForegroundRole)
    assert color == empty.space._context.theme.color("error")
    assert f"{words.word(FindingState.OVERDUE)} 1" in visible_text(one(tab(empty), FindingFilters))
    assert str(TODAY - timedelta(1)) in empty.field_words(Kind.FINDING, "action.due")
    press_result(empty, ActionResult.ACCEPTED)
    assert cell(empty, "f1", STATE) == words.word(FindingState.ACCEPTED)
    assert f"{words.word(FindingState.OVERDUE)} 0" in visible_text(one(tab(empty), FindingFilters))


def test_the_tab_counts_what_is_open(empty: Desk) -> None:
    title = empty.space.tabs.tabText(FINDINGS)
    put_finding(empty)
    assert empty.space.tabs.tabText(FINDINGS) != title
    assert "1" in empty.space.tabs.tabText(FINDINGS)
    tab(empty).view.setFocus()
    empty.press(Key.Key_3)
    assert empty.space.tabs.tabText(FINDINGS) == title


@pytest.mark.long
def test_each_filter_shows_what_it_counts_and_the_next_finding_shows_all_again(elevators: Desk) -> None:
    pills = [b for b in one(tab(elevators), FindingFilters).findChildren(QPushButton) if b.isVisible()]
    assert len(pills) == 7
    for pill in pills:
        elevators.click(pill)
        count = int(pill.text().split()[-1])
        assert len(rows(elevators)) == count
        assert not count or tab(elevators).view.current_key()
    elevators.press(Key.Key_Insert)
    assert len(rows(elevators)) == 14
    elevators.undo()


def test_an_empty_filter_says_so_and_offers_all_again(empty: Desk) -> None:
    put_finding(empty)
    pills = [b for b in one(tab(empty), FindingFilters).findChildren(QPushButton) if b.isVisible()]
    empty.click(pills[3])
    assert rows(empty) == []
    empty.click(next(b for b in tab(empty).view.findChildren(QPushButton) if b.isVisible()))
    assert rows(empty) == ["1"]


@pytest.mark.long
def test_a_click_on_a_header_sorts_and_the_selection_stays_on_its_finding(elevators: Desk) -> None:
    view = tab(elevators).view
    elevators.click_cell(view, view.model().index(3, FACTS))
    chosen, shown = view.current_key(), text_of(elevators.editor(Kind.FINDING, "facts"))
    header = view.header()
    before = rows(elevators)
    orders = []
    for _ in range(3):
        elevators.click(header.viewport(), QPoint(header.sectionViewportPosition(DUE) + 10, header.height() // 2))
        orders.append(rows(elevators))
        assert view.current_key() == chosen
        assert text_of(elevators.editor(Kind.FINDING, "facts")) == shown
    assert sorted(orders[0], key=int) == before
    assert before == orders[2] != orders[0] != orders[1] != before


# Verification and conclusion.


@pytest.mark.long
def test_accepting_fills_in_day_and_leader_in_the_same_step(empty: Desk) -> None:
    put(empty, (Kind.TEAM, "t1", TeamMember("沈志远", role=Role.LEADER)))
    put_finding(empty)
    before = empty.stored
    press_result(empty, ActionResult.ACCEPTED)
    action = the_only(empty.stored)[1].action
    assert (action.result, action.verified_by, action.verified_on) == (ActionResult.ACCEPTED, "沈志远", TODAY)
    assert text_of(empty.editor(Kind.FINDING, "action.verified_by")) == "沈志远"
    empty.undo()
    assert empty.stored == before
    empty.fill(Kind.FINDING, "action.verified_by", "顾晓雯")
    press_result(empty, ActionResult.REJECTED)
    assert the_only(empty.stored)[1].action.verified_by == "顾晓雯"


@pytest.mark.long
def test_the_conclusion_follows_and_names_what_is_open(desk: Desk) -> None:
    desk.show(FINDINGS)
    words, outcomes = desk.words, []
    put_finding(desk, "f9", grade=Grade.MAJOR, clause="5.1.4.2", facts="许可证过期", found_by="李工", found_on=TODAY)
    outcomes.append(conclusion(desk))
    assert words.text("conclusion_rule", "not_yet") in outcomes[0]
    assert "5.1.4.2" in outcomes[0]
    desk.click_cell(tab(desk).view, desk.index("f9", FACTS))
    press_result(desk, ActionResult.ACCEPTED)
    outcomes.append(conclusion(desk))
    assert words.text("conclusion_rule", "after_action") in outcomes[1]
    assert "5.1.4.2" not in outcomes[1]
    desk.show(REPORT)
    assert outcomes[1] in visible_text(desk.space.tabs.report)


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "place"), [(Kind.FINDING, FINDINGS), (Kind.ASSESSMENT, SHEET), (Kind.SPECIAL_DEDUCTION, SHEET)]
)
def test_what_the_conclusion_names_leads_to_its_place_by_keyboard(elevators: Desk, kind: Kind, place: int) -> None:
    reasons = next(part for part in one(tab(elevators), ConclusionBox).findChildren(QLabel) if "<a " in part.text())
    links = re.findall(r'href="(\w+)/([^"]+)"', reasons.text())
    number = next(number for number, (each, _) in enumerate(links) if each == kind)
    reasons.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(number + 1):
        elevators.press(Key.Key_Tab)
    elevators.press(Key.Key_Return)
    assert elevators.space.tabs.currentIndex() == place
    key = "special_deductions" if kind is Kind.SPECIAL_DEDUCTION else links[number][1]
    assert elevators.sheet.current_key() == key
    assert elevators.sheet.hasFocus()


def test_the_clause_of_a_finding_leads_to_the_scoring_sheet(empty: Desk) -> None:
    put_finding(empty)
    empty.click(panel(empty)._jump)
    assert empty.space.tabs.currentIndex() == SHEET
    assert empty.sheet.current_key() == LOST


# From elsewhere.


@pytest.mark.long
def test_the_card_of_a_special_deduction_makes_its_finding_and_then_leads_there(empty: Desk) -> None:
    put(empty, (Kind.SPECIAL_DEDUCTION, "d1", SpecialDeduction(Ground.LAW, "5.1.4.2", "许可证过期")))
    asked: list[str] = []
    cards = empty.space.tabs.scoring._deductions_panel
    cards.finding_requested.connect(asked.append)
    empty.show(SHEET)
    empty.select("special_deductions")
    links = [b for b in cards.findChildren(QPushButton) if b.isVisible() and b.property("kind") == "link"]
    before = links[0].text()
    empty.click(links[0])
    assert asked == ["d1"]
    empty.show(FINDINGS)
    tab(empty).add_from_deduction("d1")
    row_id, _ = the_only(empty.stored)
    assert links[0].text() != before
    tab(empty).add_from_deduction("d1")
    assert the_only(empty.stored)[0] == row_id


def test_a_sample_becomes_a_finding_once(empty: Desk) -> None:
    for number in (1, 2):
        sample = Sample(SAMPLED, f"工单 {number}", None, SampleResult.DEVIATES)
        empty.bench.session.submit(with_new_sample(empty.audit, RowId(f"s{number}"), sample), "抽样")
    put(empty, (Kind.EVIDENCE, "e1", photo(EvidenceSubject.SAMPLE, "s1")))
    empty.space.tabs.scoring.finding_requested.emit("sample", "s1")
    settle()
    row_id, finding = the_only(empty.stored)
    assert (finding.clause, finding.facts) == (SAMPLED, "工单 1")
    assert len(evidence_on(empty.stored, EvidenceSubject.FINDING, row_id)) == 1
    assert empty.space.tabs.currentIndex() == FINDINGS
    empty.space.tabs.scoring.finding_requested.emit("sample", "s2")
    settle()
    assert the_only(empty.stored)[0] == row_id


def test_one_key_goes_to_the_evidence_of_the_selected_finding(empty: Desk) -> None:
    put_finding(empty)
    put(empty, (Kind.EVIDENCE, "e1", photo(EvidenceSubject.FINDING, "f1")))
    tab(empty).view.setFocus()
    empty.press(Key.Key_E)
    assert panel(empty).evidence.view.hasFocus()
    assert panel(empty).evidence.view.model().rowCount() >= 1
    empty.press(Key.Key_Escape)
    assert tab(empty).view.hasFocus()


# Removing.


@pytest.mark.long
@pytest.mark.parametrize("way", ["key", "button"])
def test_a_finding_goes_with_its_photos_and_comes_back_with_them(empty: Desk, way: str) -> None:
    for number in (1, 2, 3):
        put_finding(empty, f"f{number}", facts=f"第 {number} 项")
    put(empty, (Kind.EVIDENCE, "e1", photo(EvidenceSubject.FINDING, "f2")))
    before = empty.stored
    empty.click_cell(tab(empty).view, empty.index("f2", FACTS))
    if way == "key":
        empty.press(Key.Key_Delete)
    else:
        empty.click(panel(empty)._remove)
    assert list(empty.stored.of(Kind.FINDING)) == ["f1", "f3"]
    assert empty.stored.evidence == ()
    assert tab(empty).view.current_key() == "f3"
    assert tab(empty).view.hasFocus()
    assert rows(empty) == ["1", "2"]
    assert text_of(empty.editor(Kind.FINDING, "facts")) == "第 3 项"
    assert empty.status
    empty.undo()
    assert empty.stored == before
    assert rows(empty) == ["1", "2", "3"]
    assert tab(empty).view.current_key() == "f2"
    assert text_of(empty.editor(Kind.FINDING, "facts")) == "第 2 项"


def test_the_last_finding_leaves_the_page_that_says_what_to_do(empty: Desk) -> None:
    put_finding(empty)
    tab(empty).view.setFocus()
    empty.press(Key.Key_Delete)
    assert not panel(empty).isVisible()
    assert [b for b in tab(empty).view.findChildren(QPushButton) if b.isVisible()]
    for key in (Key.Key_1, Key.Key_N, Key.Key_Delete, Key.Key_E, Key.Key_Return):
        empty.press(key)
    assert empty.stored.findings == ()


def test_a_finding_that_goes_by_undo_while_it_is_typed_into_takes_nothing_along(empty: Desk) -> None:
    before = tables(empty.folder)
    empty.press(Key.Key_Insert)
    empty.press(Key.Key_Escape)
    empty.press(Key.Key_N)
    empty.type("事实")
    empty.undo()
    empty.undo()
    assert empty.stored.findings == ()
    empty.type("x")
    empty.bench.session.flush()
    assert tables(empty.folder)["finding"] == before["finding"]
    empty.redo()
    empty.redo()
    assert the_only(empty.stored)[1].facts == "事实"
    assert text_of(empty.editor(Kind.FINDING, "facts")) == "事实"


# Nothing gets lost.


@pytest.mark.long
@pytest.mark.parametrize("leave", [FINDINGS, REPORT, PROFILE], ids=["another row", "another tab", "the first tab"])
@pytest.mark.parametrize("path", ["facts", "action.owner", "action.measure"])
def test_what_was_typed_is_stored_when_the_auditor_turns_away(elevators: Desk, path: str, leave: int) -> None:
    view = tab(elevators).view
    elevators.click_cell(view, view.model().index(2, FACTS))
    row_id = RowId(view.current_key())
    elevators.enter(Kind.FINDING, path)
    elevators.press(Key.Key_A, CONTROL)
    elevators.type("看了 3 份")
    if leave == FINDINGS:
        elevators.click_cell(view, view.model().index(4, FACTS))
    else:
        elevators.show(leave)
    assert value_at(elevators.stored.of(Kind.FINDING)[row_id], path) == "看了 3 份"
    elevators.undo()
    assert value_at(elevators.stored.of(Kind.FINDING)[row_id], path) != "看了 3 份"


@pytest.mark.long
def test_what_was_typed_is_stored_when_the_window_closes(sit: Sit) -> None:
    desk = sit()
    desk.show(FINDINGS)
    row_id = RowId(tab(desk).view.current_key())
    desk.enter(Kind.FINDING, "facts")
    desk.press(Key.Key_A, CONTROL)
    desk.type("关窗前")
    audit_id = desk.audit.id
    desk.close()
    desk.close_library()
    assert desk.stored_audit(audit_id).of(Kind.FINDING)[row_id].facts == "关窗前"


@pytest.mark.long
def test_another_audit_shows_its_own_findings(elevators: Desk) -> None:
    first = elevators.audit.id
    elevators.new_audit()
    elevators.show(FINDINGS)
    assert rows(elevators) == []
    assert not panel(elevators).isVisible()
    elevators.switch_to(first)
    assert len(rows(elevators)) == 13
    assert panel(elevators).isVisible()


def test_an_input_method_is_asked_for_in_the_facts_and_not_on_the_table(empty: Desk) -> None:
    put_finding(empty)
    tab(empty).view.setFocus()
    assert not empty.input_method_wanted
    empty.press(Key.Key_N)
    assert empty.input_method_wanted
