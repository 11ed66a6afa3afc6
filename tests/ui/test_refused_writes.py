"""The disk does not take an edit: what was typed stays, what was chosen goes back, and nothing is called saved."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPlainTextEdit

from auditor_app.models.audit import Kind
from auditor_app.models.enums import AuditKind, Verdict
from auditor_app.storage.library import FILE_NAME
from tests.ui.conftest import Sit
from tests.ui.desk import CHECKLIST, PROFILE, SHEET, Desk, settle, visible_text

Key = Qt.Key
CLAUSE = "5.1.1.1"
DELETED = "5.2.6.1"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Have another program hold the library, so that nothing can be written meanwhile."""
    other = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def told_once(desk: Desk) -> str:
    """Return the one message box since the last look."""
    (text,) = desk.told
    return text


@pytest.mark.long
def test_a_text_that_was_not_written_stays_and_is_written_at_the_next_occasion(sit: Sit) -> None:
    desk = sit()
    desk.show(PROFILE)
    editor = desk.enter(Kind.COMPANY, "scope")
    assert isinstance(editor, QPlainTextEdit)
    desk.press(Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    with held(desk.folder):
        desk.type("x")
        desk.pause()
        settle()
        assert "没有保存" in told_once(desk)
        assert editor.toPlainText().endswith("x")
        assert not desk.stored.company.scope.endswith("x")
        assert "有内容尚未保存" in visible_text(desk.window.statusBar())
    desk.take_keyboard()
    editor.setFocus()
    desk.press(Key.Key_Tab)
    settle()
    assert desk.stored.company.scope.endswith("x")
    assert "有内容尚未保存" not in visible_text(desk.window.statusBar())


@pytest.mark.long
def test_a_line_that_was_not_written_is_not_overwritten_when_the_field_is_left(sit: Sit) -> None:
    desk = sit()
    desk.show(PROFILE)
    editor = desk.enter(Kind.COMPANY, "industry")
    assert isinstance(editor, QLineEdit)
    with held(desk.folder):
        desk.press(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        desk.type("pumps")
        desk.press(Key.Key_Tab)
        settle()
        assert "没有保存" in told_once(desk)
        assert editor.text() == "pumps"
    desk.bench.session.flush()
    assert desk.stored.company.industry == "pumps"


@pytest.mark.long
def test_a_choice_that_was_not_written_goes_back(sit: Sit) -> None:
    desk = sit()
    desk.show(PROFILE)
    with held(desk.folder):
        desk.choose(Kind.AUDIT, "kind", AuditKind.SURVEILLANCE)
        told_once(desk)
        assert desk.field(Kind.AUDIT, "kind").focus_target().currentText() == "初次审核"  # type: ignore[attr-defined]
    assert desk.stored.info.kind is AuditKind.INITIAL


@pytest.mark.long
@pytest.mark.parametrize("key", [DELETED, "5.2.6"])
def test_a_deletion_that_was_not_written_deletes_nothing_else_later(sit: Sit, key: str) -> None:
    desk = sit()
    desk.show(SHEET)
    desk.press(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.press(Key.Key_Delete)
    before = desk.stored
    desk.select(key)
    desk.press(Key.Key_0)
    desk.press(Key.Key_1)
    with held(desk.folder):
        desk.click_cell(desk.sheet, desk.index(CLAUSE, 1))
        settle()
        assert "没有保存" in told_once(desk)
    desk.take_keyboard()
    assert desk.stored == before
    assert desk.sheet.current_key() == key
    assert "涉及项总分" in visible_text(desk.space.tabs.scoring)
    desk.select(CLAUSE)
    deleted = {clause for clause, row in desk.stored.assessments.items() if row.verdict is Verdict.DELETED}
    assert deleted == ({DELETED, "5.2.6.2"} if key == "5.2.6" else {DELETED})


@pytest.mark.long
@pytest.mark.parametrize(("tab", "key", "other"), [(SHEET, "5.1.5.1", CLAUSE), (CHECKLIST, "D2", "D1")])
def test_a_row_is_not_left_while_what_was_typed_about_it_is_not_written(
    sit: Sit, tab: int, key: str, other: str
) -> None:
    desk = sit()
    desk.show(tab)
    desk.select(key)
    desk.press(Key.Key_N)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QPlainTextEdit)
    with held(desk.folder):
        desk.type("xyz")
        desk.click_cell(desk.sheet, desk.index(other, 1))
        settle()
        assert "没有保存" in desk.told[0]
        assert desk.sheet.current_key() == key
        assert editor.toPlainText().endswith("xyz")
    desk.take_keyboard()
    desk.select(other)
    stored = desk.stored.assessment(key).note if tab == SHEET else desk.stored.document(key).remark  # type: ignore[arg-type]
    assert stored.endswith("xyz")


@pytest.mark.long
def test_a_sample_that_was_not_written_is_no_sample_of_the_next_indicator(sit: Sit) -> None:
    desk = sit()
    desk.show(SHEET)
    before = desk.stored
    desk.select("5.2.4.1")
    desk.press(Key.Key_S)
    desk.type("WO 1")
    with held(desk.folder):
        desk.click_cell(desk.sheet, desk.index("5.2.4.2", 1))
        settle()
        assert "没有保存" in desk.told[0]
        assert desk.stored == before
    desk.take_keyboard()
    desk.select("5.2.4.2")
    assert [sample.clause for sample in desk.stored.samples if sample.what == "WO 1"] == ["5.2.4.1"]


@pytest.mark.long
def test_another_audit_waits_for_text_that_was_not_written(sit: Sit) -> None:
    desk = sit()
    first = desk.audit.id
    second = desk.new_audit()
    desk.switch_to(first)
    desk.show(PROFILE)
    editor = desk.enter(Kind.COMPANY, "industry")
    desk.press(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    with held(desk.folder):
        desk.type("pumps")
        for way in (
            lambda: desk.space._open(second),
            desk.space.new_audit,
            lambda: desk.space._ask_for_look("dark", "zh"),
        ):
            way()
            settle()
            assert "没有保存" in desk.told[0]
            assert (desk.audit.id, desk.space._context.theme.name) == (first, "light")
            assert desk.status
        assert isinstance(editor, QLineEdit)
        assert editor.text() == "pumps"
    desk.take_keyboard()
    desk.switch_to(second)
    assert desk.stored_audit(first).company.industry == "pumps"


@pytest.mark.long
def test_an_undo_that_was_not_written_is_still_the_last_step(sit: Sit) -> None:
    desk = sit()
    desk.show(SHEET)
    desk.select(CLAUSE)
    desk.press(Key.Key_2)
    desk.press(Key.Key_Delete)
    with held(desk.folder):
        desk.undo()
        told_once(desk)
        assert desk.stored.assessment(CLAUSE).verdict is Verdict.UNJUDGED  # type: ignore[arg-type]
    desk.take_keyboard()
    desk.undo()
    assert desk.stored.assessment(CLAUSE).verdict is Verdict.NOT_MET  # type: ignore[arg-type]
    desk.undo()
    assert desk.stored.assessment(CLAUSE).verdict is Verdict.MET  # type: ignore[arg-type]


@pytest.mark.long
def test_closing_asks_before_it_leaves_out_what_was_not_written(sit: Sit) -> None:
    desk = sit()
    desk.show(PROFILE)
    desk.enter(Kind.COMPANY, "industry")
    with held(desk.folder):
        desk.type("x")
        desk.window.close()
        settle()
        # The first box says what the disk refused, the second asks whether to close all the same.
        assert [("没有保存" in text) for text in desk.told] == [True, True]
        assert desk.window.isVisible()
    desk.window.close()
    assert not desk.window.isVisible()
    assert desk.stored_audit(desk.audit.id).company.industry.endswith("x")


@pytest.mark.long
def test_text_that_was_refused_is_told_before_the_window_closes(sit: Sit) -> None:
    desk = sit()
    desk.show(PROFILE)
    desk.enter(Kind.AUDIT, "starts")
    desk.press(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.type("2026-13-01")
    desk.window.close()
    settle()
    assert "没有保存" in told_once(desk)
    assert desk.window.isVisible()
    assert not [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()]
    desk.take_keyboard()
    desk.press(Key.Key_Tab)
    desk.window.close()
    assert not desk.window.isVisible()


@pytest.mark.long
def test_a_menu_over_a_field_leaves_what_is_typed_and_selected_alone(sit: Sit) -> None:
    desk = sit()
    desk.show(PROFILE)
    editor = desk.enter(Kind.COMPANY, "name")
    assert isinstance(editor, QLineEdit)
    desk.press(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    selected = editor.selectedText()
    with desk.menu("全选"):
        menu = editor.createStandardContextMenu()
        menu.popup(editor.mapToGlobal(editor.rect().center()))
        settle()
        assert editor.selectedText() == selected
    assert editor.selectedText() == selected


@pytest.mark.long
def test_escape_drops_a_deletion_that_has_no_reason(sit: Sit) -> None:
    desk = sit()
    desk.show(SHEET)
    desk.select(CLAUSE)
    desk.press(Key.Key_0)
    assert "涉及项总分" in visible_text(desk.space.tabs.scoring)
    desk.press(Key.Key_Escape)
    assert desk.sheet.hasFocus()
    assert "涉及项总分" not in visible_text(desk.space.tabs.scoring)
    assert desk.stored.assessment(CLAUSE).verdict is Verdict.MET  # type: ignore[arg-type]
