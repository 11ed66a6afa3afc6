"""One undo for the whole audit: it works from every tab, while typing, and says what it takes back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenuBar

from auditor_app.models.audit import Kind
from auditor_app.models.enums import AuditKind, DocumentStatus, Ground, Verdict
from auditor_app.models.ids import Clause
from auditor_app.ui.tables.indicator_tree import NOTE
from auditor_app.ui.whereabouts import DEDUCTIONS
from tests.ui.desk import CHECKLIST, CONTROL, FINDINGS, PROFILE, REPORT, SHEET, SHIFT, Desk, Key, one, text_of

CLAUSE = Clause("5.1.5.1")


def undo_words(desk: Desk) -> tuple[str, bool]:
    """Return what the first line of the edit menu says, and whether it can be used."""
    menu = one(desk.window, QMenuBar).actions()[1].menu()
    action = menu.actions()[0]  # type: ignore[attr-defined]
    return action.text(), action.isEnabled()


def work_on_every_tab(desk: Desk) -> int:
    """Edit on every tab and return in how many steps."""
    desk.fill(Kind.COMPANY, "industry", "水泵制造")
    desk.choose(Kind.AUDIT, "kind", AuditKind.SPECIAL)
    desk.show(CHECKLIST)
    desk.select("D3")
    desk.press(Key.Key_2)
    desk.show(SHEET)
    desk.select(CLAUSE)
    desk.press(Key.Key_2)
    desk.press(Key.Key_N)
    desk.type("缺记录")
    desk.press(Key.Key_Escape)
    desk.show(FINDINGS)
    desk.press(Key.Key_Insert)
    return 6


@pytest.mark.long
@pytest.mark.parametrize("tab", [PROFILE, CHECKLIST, SHEET, FINDINGS, REPORT])
def test_work_on_every_tab_is_undone_and_done_again_from_any_tab(desk: Desk, tab: int) -> None:
    before, audit = desk.facts, desk.audit
    steps = work_on_every_tab(desk)
    after, worked = desk.facts, desk.audit
    desk.show(tab)
    for _ in range(steps):
        desk.undo()
    assert desk.facts == before
    assert desk.stored == audit
    assert not undo_words(desk)[1]
    for _ in range(steps):
        desk.redo()
    assert desk.facts == after
    assert desk.stored == worked


@pytest.mark.parametrize(("key", "modifier"), [(Key.Key_Y, CONTROL), (Key.Key_Z, CONTROL | SHIFT)])
def test_both_usual_keys_do_it_again(desk: Desk, key: Key, modifier: object) -> None:
    desk.fill(Kind.COMPANY, "industry", "水泵制造")
    after = desk.stored
    desk.undo()
    assert desk.stored != after
    desk.press(key, modifier)  # type: ignore[arg-type]
    assert desk.stored == after


def test_undo_brings_the_screen_back_not_only_the_database(desk: Desk) -> None:
    shown = [text_of(desk.editor(Kind.COMPANY, path)) for path in ("industry", "scope")]
    for path in ("industry", "scope"):
        desk.fill(Kind.COMPANY, path, "别的")
    desk.undo()
    desk.undo()
    assert [text_of(desk.editor(Kind.COMPANY, path)) for path in ("industry", "scope")] == shown


@pytest.mark.parametrize("slowly", [False, True], ids=["at once", "after a pause"])
@pytest.mark.parametrize("path", ["industry", "scope"])
def test_undo_while_typing_takes_back_what_was_typed_and_nothing_before(desk: Desk, slowly: bool, path: str) -> None:
    desk.fill(Kind.COMPANY, "hotline", "400-111-2222")
    before = desk.stored
    editor = desk.enter(Kind.COMPANY, path)
    shown = text_of(editor)
    desk.press(Key.Key_End, CONTROL)
    desk.type("等")
    if slowly:
        desk.pause()
        desk.type("等")
    desk.undo()
    assert desk.stored == before
    assert text_of(editor) == shown
    assert editor.hasFocus()
    desk.redo()
    assert text_of(editor) == shown + ("等等" if slowly else "等")
    assert desk.stored.company != before.company
    desk.undo()
    desk.undo()
    assert desk.stored.company.hotline != before.company.hotline


def test_typing_goes_on_after_an_undo_in_the_same_field(desk: Desk) -> None:
    desk.enter(Kind.COMPANY, "website")
    desk.press(Key.Key_A, CONTROL)
    desk.type("abc")
    desk.undo()
    desk.press(Key.Key_A, CONTROL)
    desk.type("example.cn")
    desk.press(Key.Key_Tab)
    assert desk.stored.company.website == "example.cn"


@pytest.mark.long
def test_undo_of_the_first_note_ever_typed_leaves_the_indicator_untouched(desk: Desk) -> None:
    desk.new_audit()
    desk.show(SHEET)
    before = desk.facts
    desk.select(CLAUSE)
    desk.press(Key.Key_N)
    desk.type("a")
    desk.pause()
    desk.type("b")
    desk.pause()
    desk.type("c")
    desk.press(Key.Key_Escape)
    assert desk.stored.assessments[CLAUSE].note == "abc"
    desk.undo()
    assert desk.facts == before
    desk.redo()
    assert desk.stored.assessments[CLAUSE].note == "abc"


@pytest.mark.long
@pytest.mark.parametrize("clause", ["5.1.2.1", "5.1.3.2"], ids=["was sampled", "was met"])
@pytest.mark.parametrize("way", ["cell", "panel"])
def test_samples_typed_slowly_are_one_step(desk: Desk, clause: str, way: str) -> None:
    before = desk.stored
    desk.show(SHEET)
    desk.select(clause)
    if way == "panel":
        desk.click(desk.button(desk.words.word(Verdict.SAMPLED)))
        assert desk.editor(Kind.ASSESSMENT, "checked").hasFocus()
    else:
        desk.press(Key.Key_3)
    desk.press(Key.Key_A, CONTROL)
    desk.type("25")
    desk.pause()
    desk.type("/2")
    desk.press(Key.Key_Escape)
    assessment = desk.stored.assessment(Clause(clause))
    assert (assessment.verdict, assessment.checked, assessment.failed) == (Verdict.SAMPLED, 25, 2)
    desk.undo()
    assert desk.stored == before
    desk.redo()
    assert desk.stored.assessment(Clause(clause)) == assessment


def test_a_deletion_with_its_reason_typed_slowly_is_one_step(desk: Desk) -> None:
    before = desk.stored
    desk.show(SHEET)
    desk.select(CLAUSE)
    desk.press(Key.Key_0)
    desk.type("不")
    desk.pause()
    desk.type("适用")
    desk.press(Key.Key_Return)
    assert desk.stored.assessment(CLAUSE).reason == "不适用"
    desk.undo()
    assert desk.stored == before


def test_undo_in_a_cell_being_typed_into_takes_back_the_typing(desk: Desk) -> None:
    before = desk.stored
    desk.show(SHEET)
    desk.select(CLAUSE, NOTE)
    desk.press(Key.Key_F2)
    desk.type("abc")
    desk.undo()
    desk.press(Key.Key_Return)
    assert desk.stored == before


@pytest.mark.long
def test_undo_from_the_menu_is_not_undone_by_the_cell_that_is_still_open(desk: Desk) -> None:
    before = desk.stored
    desk.show(SHEET)
    desk.select(CLAUSE, NOTE)
    desk.press(Key.Key_F2)
    desk.type("abc ")
    desk.pause()
    assert text_of(desk._focus()) == "abc "
    desk.type("d")
    desk.pause()
    assert desk.stored.assessment(CLAUSE).note == "abc d"
    desk.space._undo()
    assert text_of(desk._focus()) == ""
    desk.press(Key.Key_Return)
    assert desk.stored == before
    desk.redo()
    assert desk.stored.assessment(CLAUSE).note == "abc d"


@pytest.mark.long
def test_a_special_deduction_that_undo_takes_leaves_the_keyboard_to_the_sheet(desk: Desk) -> None:
    before = desk.stored
    desk.show(SHEET)
    desk.select(DEDUCTIONS)
    desk.open_menu(desk.button("添加特别扣分"), desk.words.word(Ground.LAW))  # type: ignore[arg-type]
    desk.undo()
    assert desk.stored == before
    assert desk.sheet.hasFocus()


@pytest.mark.long
def test_a_finding_that_undo_takes_leaves_the_keyboard_to_the_list(desk: Desk) -> None:
    desk.show(SHEET)
    desk.select(CLAUSE)
    desk.press(Key.Key_2)
    before = desk.stored
    desk.press(Key.Key_F)
    desk.undo()
    assert desk.stored == before
    assert desk.sheet.hasFocus()
    desk.redo()
    assert desk.sheet.hasFocus()


def test_undo_with_a_refused_text_in_the_field_brings_back_the_field_only(desk: Desk) -> None:
    desk.fill(Kind.COMPANY, "industry", "水泵制造")
    before = desk.stored
    desk.enter(Kind.COMPANY, "employees")
    desk.type("x")
    desk.pause()
    desk.undo()
    desk.press(Key.Key_Tab)
    assert desk.stored == before


def test_the_edit_menu_names_what_undo_takes_back(desk: Desk) -> None:
    desk.new_audit()
    assert undo_words(desk) == ("撤销", False)
    desk.show(SHEET)
    desk.select(CLAUSE)
    desk.press(Key.Key_1)
    words, enabled = undo_words(desk)
    assert enabled
    assert CLAUSE in words


@pytest.mark.long
def test_undo_is_per_audit_and_waits_until_one_returns(desk: Desk) -> None:
    first = desk.audit.id
    desk.fill(Kind.COMPANY, "industry", "水泵制造")
    edited = desk.audit
    desk.new_audit()
    assert not undo_words(desk)[1]
    desk.undo()
    assert desk.stored_audit(first) == edited
    desk.switch_to(first)
    desk.undo()
    assert desk.stored != edited


def test_an_undone_verdict_and_status_are_shown_as_before(desk: Desk) -> None:
    desk.show(CHECKLIST)
    desk.select("D3")
    desk.press(Key.Key_2)
    desk.show(SHEET)
    desk.select(CLAUSE)
    desk.press(Key.Key_2)
    desk.undo()
    desk.undo()
    assert desk.stored.document("D3").status is DocumentStatus.RECEIVED
    assert desk.stored.assessment(CLAUSE).verdict is Verdict.MET
    assert desk.words.word(Verdict.MET) == desk.cell(CLAUSE, 3)
    assert desk.cell("D3", 3, desk.space.tabs.checklist.view) == desk.words.word(DocumentStatus.RECEIVED)
