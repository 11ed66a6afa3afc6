"""What reviewers found: an outcome nobody hears of, a name that is cut, text of others taken for markup."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QMenuBar, QMessageBox
from pytestqt.qtbot import QtBot

from auditor_app import files
from auditor_app.models.audit import Kind
from auditor_app.models.changes import add, edit
from auditor_app.models.entities import SpecialDeduction
from auditor_app.models.enums import Ground, Role
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.ids import AuditId, RowId, new_id
from auditor_app.storage.library import Library
from auditor_app.ui.saving import suggested_target
from auditor_app.ui.score_bar import ChapterBars, Gauge
from auditor_app.ui.tables.audit_list import SUMMARY_ROLE
from auditor_app.ui.tables.document_tree import EXPIRES
from auditor_app.ui.tables.indicator_tree import NOTE
from auditor_app.ui.tables.row_table import RowTable
from auditor_app.ui.widgets import label, tooltip
from auditor_app.workbench import DiskFiles
from tests.ui.conftest import Sit
from tests.ui.desk import CHECKLIST, CONTROL, FINDINGS, REPORT, SHEET, SHIFT, Desk, Key, one, settle, visible_text

OLD = b"the report of last year"
MARKUP = "<b>水泵</b> & <img src=x>"


@pytest.fixture
def own(sit: Sit) -> Desk:
    """Give a window with a library of its own."""
    return sit()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Let a report be written only once the event is set."""
    may_write = threading.Event()
    write = DiskFiles.write_report

    def wait(*arguments: object, **choices: object) -> None:
        assert may_write.wait(20)
        write(*arguments, **choices)  # type: ignore[arg-type]

    monkeypatch.setattr(DiskFiles, "write_report", wait)
    yield may_write
    may_write.set()


def start_export(desk: Desk, path: Path) -> None:
    desk.answer_file_dialog(path)
    desk.press(Key.Key_E, CONTROL)
    desk.take_keyboard()


def finish(desk: Desk, qtbot: QtBot, slow: threading.Event) -> str:
    slow.set()
    qtbot.waitUntil(lambda: not desk.space.tabs.report.card.is_busy, timeout=20_000)
    desk.show(REPORT)
    return visible_text(desk.space.tabs.report)


# A report that is being written.


@pytest.mark.long
def test_a_report_of_another_audit_says_where_it_was_written(
    desk: Desk, qtbot: QtBot, slow: threading.Event, tmp_path: Path
) -> None:
    number = desk.audit.info.number
    start_export(desk, tmp_path / "报告.xlsx")
    desk.new_audit()
    said = finish(desk, qtbot, slow)
    assert f"{number}：" in said
    assert str(tmp_path / "报告.xlsx") in said
    assert desk.button("导出 Excel 报告").isEnabled()


def test_a_report_of_another_audit_says_why_it_was_not_written(
    desk: Desk, qtbot: QtBot, slow: threading.Event, tmp_path: Path
) -> None:
    path = tmp_path / "报告.xlsx"
    start_export(desk, path)
    path.mkdir()
    desk.new_audit()
    assert "报告.xlsx" in finish(desk, qtbot, slow)
    assert desk.button("导出 Excel 报告").isEnabled()


@pytest.mark.long
def test_what_was_said_of_a_report_goes_with_its_audit(
    desk: Desk, qtbot: QtBot, slow: threading.Event, tmp_path: Path
) -> None:
    start_export(desk, tmp_path / "报告.xlsx")
    assert "报告.xlsx" in finish(desk, qtbot, slow)
    desk.new_audit()
    desk.show(REPORT)
    assert "报告.xlsx" not in visible_text(desk.space.tabs.report)


@pytest.mark.long
def test_no_other_look_is_offered_while_a_report_is_written(
    desk: Desk, qtbot: QtBot, slow: threading.Event, tmp_path: Path
) -> None:
    views = one(desk.window, QMenuBar).actions()[2].menu()
    assert isinstance(views, QMenu)
    dark = next(action for action in views.actions() if action.text().startswith("深色"))
    start_export(desk, tmp_path / "报告.xlsx")
    assert not dark.isEnabled()
    finish(desk, qtbot, slow)
    assert dark.isEnabled()


# Names of files.


@pytest.fixture
def reluctant(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answer no when asked whether to replace a file, then leave the dialog; give what was asked."""
    asked: list[str] = []

    def answer(box: QMessageBox) -> None:
        asked.append(box.text())
        dialog = box.parent()
        QTest.keyClick(box.button(QMessageBox.StandardButton.No), Key.Key_Space)
        assert isinstance(dialog, QFileDialog)
        QTest.keyClick(dialog, Key.Key_Escape)

    monkeypatch.setattr(desk.attendant, "_answer", answer)
    return asked


@pytest.mark.parametrize("typed", ["报告", "报告.xlsx"])
def test_an_older_report_is_asked_about_however_the_name_was_typed(
    desk: Desk, reluctant: list[str], tmp_path: Path, typed: str
) -> None:
    path = tmp_path / "报告.xlsx"
    path.write_bytes(OLD)
    start_export(desk, tmp_path / typed)
    assert len(reluctant) == 1
    assert "报告.xlsx" in reluctant[0]
    assert path.read_bytes() == OLD


def test_a_name_with_a_dot_in_it_is_asked_about_by_the_name_it_gets(
    desk: Desk, reluctant: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "报告 2026.03.xlsx"
    path.write_bytes(OLD)
    desk.answer_file_dialog(tmp_path / "报告 2026.03")
    # The dialog comes again with the real name.
    start_export(desk, path)
    assert len(reluctant) == 1
    assert path.read_bytes() == OLD


def test_an_audit_file_gets_its_ending_and_an_older_one_is_asked_about(
    desk: Desk, reluctant: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "审核.json"
    for number in range(2):
        desk.answer_file_dialog(tmp_path / "审核")
        desk.press(Key.Key_E, CONTROL | SHIFT)
        desk.take_keyboard()
        assert path.is_file()
        assert len(reluctant) == number


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("R0/31",), "R0_31.json"),
        (("审核报告", "", "甲\\乙: 丙?"), "审核报告_甲_乙_丙.json"),
        (("..", "a\x00b"), "a_b.json"),
        (("x" * 200,), "x" * 80 + ".json"),
    ],
)
def test_a_suggested_name_is_one_that_every_system_takes(desk: Desk, parts: tuple[str, ...], name: str) -> None:
    assert suggested_target(desk.bench.session, parts, ".json").name == name


def broken(*_: object, **__: object) -> None:
    raise EnvironmentProblem("library_busy", path="library.db")


@pytest.mark.long
def test_a_busy_library_does_not_keep_a_report_from_being_written(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Library, "setting", broken)
    monkeypatch.setattr(Library, "set_setting", broken)
    start_export(desk, tmp_path / "报告.xlsx")
    qtbot.waitUntil(lambda: not desk.space.tabs.report.card.is_busy, timeout=20_000)
    assert str(tmp_path / "报告.xlsx") in visible_text(desk.space.tabs.report)


# Files that come in.


def bring_in(desk: Desk, path: Path) -> str:
    desk.answer_file_dialog(path)
    desk.press(Key.Key_O, CONTROL)
    desk.take_keyboard()
    (told,) = desk.told
    return told


def test_a_file_that_is_refused_is_named_with_the_field(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "broken2.json"
    raw = json.loads(files.SAMPLE.read_text("utf-8"))
    raw["assessments"] = [{"clause": "5.1.1.1", "verdct": "met"}]
    path.write_text(json.dumps(raw), encoding="utf-8")
    assert bring_in(desk, path) == "“broken2.json”没有导入。\nassessments[0].verdct：未知字段。"


@pytest.mark.long
def test_a_file_that_is_refused_as_a_whole_is_named_once(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "空.json"
    path.write_bytes(b"")
    assert bring_in(desk, path) == "“空.json”没有导入。\n文件是空的。"


# The list of audits.


def rows(desk: Desk) -> int:
    return desk.space.rail.view.model().rowCount()


def mark(desk: Desk) -> str:
    """Return which audit the list highlights."""
    index = desk.space.rail.view.currentIndex()
    return str(index.data(Qt.ItemDataRole.UserRole + 1).id)


@pytest.mark.long
def test_every_audit_can_be_reached(sit: Sit, tmp_path: Path) -> None:
    standard, audit = files.read_audit(files.SAMPLE)
    library = Library(tmp_path, "")
    first = replace(audit, id=AuditId(new_id()))
    for copy in (first, *(replace(audit, id=AuditId(new_id())) for _ in range(200))):
        library.add(copy, standard)
    library.close()
    desk = sit(tmp_path)
    bar = desk.space.rail.view.verticalScrollBar()
    while rows(desk) < 201:
        before = rows(desk)
        bar.setValue(bar.maximum())
        settle()
        assert rows(desk) > before
    desk.switch_to(first.id)


def test_an_audit_that_cannot_be_opened_is_not_highlighted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = desk.audit.id
    second = desk.new_audit()
    monkeypatch.setattr(Library, "load", broken)
    with pytest.raises(AssertionError):
        desk.switch_to(first)
    assert len(desk.told) == 1
    assert desk.audit.id == second
    assert mark(desk) == second


def test_arrow_keys_look_around_and_enter_opens(desk: Desk) -> None:
    first = desk.audit.id
    second = desk.new_audit()
    desk.space.rail.view.setFocus()
    desk.press(Key.Key_Down)
    assert (mark(desk), desk.audit.id) == (first, second)
    desk.press(Key.Key_1, CONTROL)
    desk.enter(Kind.COMPANY, "name")
    assert mark(desk) == second
    desk.space.rail.view.setFocus()
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Return)
    assert (mark(desk), desk.audit.id) == (first, first)


@pytest.mark.long
def test_the_list_stays_while_the_library_cannot_be_read(own: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    own.new_audit()
    monkeypatch.setattr(Library, "summaries", broken)
    own.space.rail.reset()
    assert rows(own) == 2
    assert mark(own) == own.audit.id


def test_the_sample_of_a_busy_library_is_refused_in_words(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Library, "holds", broken)
    desk.space.open_sample()
    assert desk.told == [desk.words.text("environment", "library_busy", path="library.db")]


@pytest.mark.long
def test_an_audit_that_a_command_brought_in_is_listed_once_the_window_is_active_again(own: Desk) -> None:
    standard, audit = files.read_audit(files.SAMPLE)
    library = Library(own.folder, "")
    library.add(replace(audit, id=AuditId(new_id())), standard)
    library.close()
    assert rows(own) == 1
    other = QLabel("another program")
    other.show()
    other.windowHandle().requestActivate()
    settle()
    own.take_keyboard()
    assert rows(own) == 2
    other.deleteLater()


def test_the_second_line_ends_with_the_number(desk: Desk) -> None:
    summary = desk.space.rail.view.currentIndex().data(SUMMARY_ROLE)
    assert desk.space.rail._model.second_line(summary) == "五星级 98.06 · 初次审核 · R0-2026-0031"


# Text of others is text.


@pytest.mark.long
def test_markup_is_shown_as_it_was_typed(desk: Desk) -> None:
    session = desk.bench.session
    session.submit(edit(session.audit, Kind.COMPANY, RowId("company"), {"name": MARKUP}), "x")
    session.submit(edit(session.audit, Kind.ASSESSMENT, RowId("5.1.1.1"), {"note": MARKUP}), "x")
    # The list follows a frame after the sheet.
    settle()
    rail = desk.space.rail.view.currentIndex()
    sheet = desk.space.tabs.scoring.view.model().index_of("5.1.1.1", NOTE)  # type: ignore[attr-defined]
    for index in (rail, sheet):
        shown = index.data(Qt.ItemDataRole.ToolTipRole)
        assert "&lt;b&gt;水泵&lt;/b&gt; &amp; &lt;img" in shown
        assert "<b>" not in shown
    assert label(MARKUP, "soft").textFormat() is Qt.TextFormat.PlainText
    assert tooltip("") == ""


def test_tooltips_of_tables_are_plain_too(desk: Desk) -> None:
    session = desk.bench.session
    row_id = next(iter(session.audit.of(Kind.TEAM)))
    session.submit(edit(session.audit, Kind.TEAM, row_id, {"name": MARKUP}), "x")
    model = desk.table(Kind.TEAM).model()
    assert isinstance(model, RowTable)
    shown = [model.index(0, column).data(Qt.ItemDataRole.ToolTipRole) for column in range(model.columnCount())]
    assert any("&lt;b&gt;" in text for text in shown)
    assert not any("<b>" in text for text in shown)


def test_an_ampersand_is_no_key_of_a_link(desk: Desk) -> None:
    session = desk.bench.session
    row_id = next(iter(session.audit.of(Kind.TEAM)))
    session.submit(edit(session.audit, Kind.TEAM, row_id, {"name": "A&B", "registration": ""}), "x")
    desk.show(REPORT)
    assert "A&&B" in visible_text(desk.space.tabs.report)


@pytest.mark.long
def test_a_menu_of_the_sheet_goes_when_it_is_closed(desk: Desk) -> None:
    desk.show(SHEET)
    desk.select("5.1.5.1")
    for word in ("不符合", "符合"):
        with desk.menu(word):
            desk.click_cell(desk.sheet, desk.index("5.1.5.1", 3))
    settle()
    assert desk.space.tabs.scoring.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly) == []


# Undo.


def test_undo_and_redo_say_what_they_did(desk: Desk) -> None:
    desk.show(SHEET)
    desk.select("5.1.5.1")
    desk.press(Key.Key_2)
    what = desk.bench.session.undo_group.undoText()
    desk.undo()
    assert desk.status == f"已撤销：{what}"
    desk.redo()
    assert desk.status == f"已重做：{what}"


def test_a_step_that_was_not_taken_back_is_not_said_to_be(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.show(SHEET)
    desk.select("5.1.5.1")
    desk.press(Key.Key_2)
    monkeypatch.setattr(Library, "apply", broken)
    desk.undo()
    assert len(desk.told) == 1
    assert "已撤销" not in desk.status


@pytest.mark.long
def test_the_edit_menu_names_the_step_in_another_look_too(own: Desk) -> None:
    own.show(SHEET)
    own.select("5.1.5.1")
    own.press(Key.Key_2)
    what = own.bench.session.undo_group.undoText()
    own.space.look_requested.emit("dark", "zh")
    settle()
    edits = one(own.window, QMenuBar).actions()[1].menu()
    assert isinstance(edits, QMenu)
    assert edits.actions()[0].text() == f"撤销：{what}"


@pytest.mark.long
def test_another_look_leaves_nothing_of_the_one_before(own: Desk, qapp: QApplication) -> None:
    def left() -> tuple[int, int]:
        settle()
        for place in range(own.space.tabs.count()):
            own.space.tabs.page(place)
        settle()
        return len(qapp.allWidgets()), len(qapp.findChildren(QTranslator))

    own.space.look_requested.emit("dark", "zh")
    before = left()
    for theme in ("light", "dark"):
        own.show(SHEET)
        own.press(Key.Key_Question)
        own.press(Key.Key_Escape)
        own.space.look_requested.emit(theme, "zh")
        settle()
    assert left() == before


# What is shown.


def test_sheets_language_box_and_score_have_names_for_a_screen_reader(desk: Desk) -> None:
    assert desk.space.tabs.scoring.view.accessibleName() == "评分表"
    assert desk.space.tabs.checklist.view.accessibleName() == "资料清单"
    assert desk.space.tabs.report.card.language.accessibleName() == "报告语言"
    bar = desk.space.score_bar
    assert "98.06" in one(bar, Gauge).accessibleName()
    assert "5.1: 39.55 / 40" in one(bar, ChapterBars).accessibleName()
    assert "39.55 / 40" in bar.accessibleName()


@pytest.mark.long
@pytest.mark.parametrize(("width", "widest"), [(1180, 300), (1366, 300), (1920, 300)])
def test_a_sheet_fills_the_window_and_never_scrolls_sideways(desk: Desk, width: int, widest: int) -> None:
    desk.window.resize(width, 768)
    for tab in (SHEET, CHECKLIST, FINDINGS):
        desk.show(tab)
        settle()
        sheet, header = desk.sheet, desk.sheet.header()
        assert sheet.horizontalScrollBar().maximum() == 0
        assert header.length() == sheet.viewport().width()
        assert sheet.columnWidth(1) >= (70 if tab == FINDINGS else 150)
    desk.show(SHEET)
    assert desk.sheet.columnWidth(1) <= widest
    if width == 1920:
        assert desk.sheet.columnWidth(NOTE) > 500


def test_special_deductions_without_facts_are_told_apart_by_number(desk: Desk) -> None:
    session = desk.bench.session
    for _ in range(2):
        session.submit((add(Kind.SPECIAL_DEDUCTION, RowId(new_id()), SpecialDeduction(Ground.LAW)),), "x")
    desk.show(REPORT)
    said = visible_text(desk.space.tabs.report).split("\n")
    assert "特别扣分 2：未写明事实" in said
    assert "特别扣分 3：未写明事实" in said
    assert not desk.cell("special_deductions", NOTE).endswith("·")


@pytest.mark.parametrize(
    ("expires", "meaning"), [("2020-01-01", "error"), ("2027-01-01", "warning"), ("2099-01-01", "text")]
)
def test_a_document_that_expires_is_coloured_by_its_remark(desk: Desk, expires: str, meaning: str) -> None:
    desk.show(CHECKLIST)
    desk.select("D1")
    desk.fill(Kind.DOCUMENT, "expires", expires)
    color = desk.index("D1", EXPIRES).data(Qt.ItemDataRole.ForegroundRole)
    assert color == desk.space._context.theme.color(meaning)


@pytest.mark.long
def test_an_empty_library_does_not_say_that_everything_is_saved(sit: Sit) -> None:
    desk = sit(sample=False)
    assert "保存" not in visible_text(desk.window.statusBar())
    desk.new_audit()
    assert "保存" in visible_text(desk.window.statusBar())


def test_a_long_name_of_the_leader_is_cut_and_whole_in_its_tooltip(desk: Desk) -> None:
    session = desk.bench.session
    row_id = next(key for key, member in session.audit.of(Kind.TEAM).items() if member.role is Role.LEADER)
    name = "很长的名字" * 20
    session.submit(edit(session.audit, Kind.TEAM, row_id, {"name": name}), "x")
    leader = next(part for part in desk.window.statusBar().findChildren(QLabel) if "组长" in part.text())
    assert leader.text().endswith("…")
    assert name in leader.toolTip()
