"""The reply of the auditee at the window: written from the menu, shown before it is taken, one step to undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton

from auditor_app.models.audit import Kind
from auditor_app.models.changes import edit
from auditor_app.models.evidence import removal
from auditor_app.models.ids import RowId
from auditor_app.ui.progress_dialog import ProgressDialog
from auditor_app.ui.reply_dialog import ReplyDialog
from auditor_app.ui.reply_out import WorkbookOut
from auditor_app.ui.reply_table import AFTER, BEFORE, DOUBT, LineView
from auditor_app.ui.taking_in import TakingIn
from tests.replies.workbooks import Opened
from tests.ui.conftest import Sit
from tests.ui.desk import FINDINGS, Desk, Key, one, settle, visible_text
from tests.ui.test_refused_writes import held


def offer(desk: Desk, name: str) -> Callable[[], object]:
    """Return the entry of the menu of deliveries."""
    action = desk.space._menus._actions[name]
    assert action.isEnabled()
    return action.trigger


def in_dialog(desk: Desk, kind: type[QDialog], what: Callable[[Any], None], start: Callable[[], object]) -> None:
    """Do something in the dialog that opens, which is there until it is done."""
    seen: list[QDialog] = []
    failures: list[BaseException] = []
    timer = QTimer(interval=5)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind) and dialog.isVisible() and not seen:
            seen.append(dialog)
            timer.stop()
            try:
                what(dialog)
            except BaseException as error:
                failures.append(error)
            finally:
                if dialog.isVisible():
                    dialog.done(0)

    timer.timeout.connect(look)
    timer.start()
    start()
    settle()
    timer.stop()
    # The offscreen platform does not give it back, as a window system does.
    desk.take_keyboard()
    if failures:
        raise failures[0]
    assert seen, "the dialog did not open"


def press(dialog: QDialog, text: str) -> None:
    """Press a button by its words."""
    one(dialog, QPushButton, lambda found: found.isVisible() and found.text().startswith(text)).click()
    settle()


def written(desk: Desk, path: Path) -> str:
    """Write the reply workbook by the menu and return what the dialog says."""
    said: list[str] = []

    def write(dialog: WorkbookOut) -> None:
        desk.answer_file_dialog(path)
        press(dialog, "生成工作簿")
        said.append(visible_text(dialog))

    in_dialog(desk, ReplyDialog, write, offer(desk, "reply_out"))
    return said[0]


def answered(desk: Desk, path: Path, *answers: tuple[str, Any]) -> RowId:
    """Write the workbook, fill in cells of the first finding, and return that."""
    written(desk, path)
    row_id = next(iter(desk.audit.of(Kind.FINDING)))
    opened = Opened(path.read_bytes())
    for key, value in answers:
        opened.fill(row_id, key, value)
    path.write_bytes(opened.saved())
    return row_id


def taken(desk: Desk, path: Path | None, what: Callable[[TakingIn], None]) -> None:
    """Choose a workbook by the menu and do something in the preview."""
    desk.answer_file_dialog(path)
    in_dialog(desk, TakingIn, what, offer(desk, "reply_in"))


@pytest.mark.long
def test_the_workbook_is_written_where_the_person_says_and_the_folder_is_offered_again(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "回复.xlsx"
    said = written(desk, path)
    assert str(path) in said
    assert "打开文件夹" in said
    opened = Opened(path.read_bytes())
    assert opened.value(next(iter(desk.audit.of(Kind.FINDING))), "number") == 1


@pytest.mark.long
def test_a_reply_is_shown_old_and_new_and_taken_as_one_step_to_undo(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "回复.xlsx"
    row_id = answered(desk, path, ("action.cause", "值班表有空档"), ("action.owner", "钱进"))
    before, facts = desk.audit, desk.facts
    owner = desk.audit.of(Kind.FINDING)[row_id].action.owner

    def look(dialog: TakingIn) -> None:
        model = one(dialog, LineView).model()
        assert [model.index(row, AFTER).data() for row in range(2)] == ["值班表有空档", "钱进"]
        assert model.index(1, BEFORE).data() == owner
        assert before.info.number in visible_text(dialog)
        press(dialog, "采纳 2 项")
        assert not dialog.isVisible()

    taken(desk, path, look)
    assert desk.status == "已从“回复.xlsx”采纳 2 项，撤销一次即可全部收回。"
    action = desk.stored.of(Kind.FINDING)[row_id].action
    assert (action.cause, action.owner) == ("值班表有空档", "钱进")
    desk.undo()
    assert desk.stored.of(Kind.FINDING) == before.of(Kind.FINDING)
    assert desk.facts == facts
    desk.redo()
    assert desk.stored.of(Kind.FINDING)[row_id].action == action


@pytest.mark.long
def test_the_findings_offer_the_workbook_and_its_way_back_once_there_is_something_to_answer(
    sit: Sit, tmp_path: Path
) -> None:
    desk, path = sit(), tmp_path / "回复.xlsx"
    desk.show(FINDINGS)

    def offered(text: str) -> QPushButton:
        return one(desk.space.tabs.findings, QPushButton, lambda found: found.text().startswith(text))

    def write(dialog: WorkbookOut) -> None:
        desk.answer_file_dialog(path)
        press(dialog, "生成工作簿")

    def leave(dialog: QFileDialog) -> None:
        assert Path(dialog.directory().absolutePath()) == tmp_path, "it begins where the workbook went"

    in_dialog(desk, ReplyDialog, write, offered("回复表").click)
    in_dialog(desk, QFileDialog, leave, offered("读入回复").click)
    desk.answer_file_dialog(path)
    in_dialog(desk, TakingIn, lambda dialog: None, offered("读入回复").click)
    assert desk.status == "", "nothing was taken in"
    desk.bench.session.create(desk.space._context.files.default_standard())
    settle()
    assert not offered("回复表").isVisible()
    assert not offered("读入回复").isVisible()


def test_a_line_can_be_left_out_by_space_and_all_at_once(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "回复.xlsx"
    row_id = answered(desk, path, ("action.cause", "值班表有空档"), ("action.owner", "钱进"))

    def leave_out(dialog: TakingIn) -> None:
        view = one(dialog, LineView)
        view.selectRow(1)
        QTest.keyClick(view, Key.Key_Space)
        assert "采纳 1 / 2 项" in visible_text(dialog)
        press(dialog, "全不采纳")
        assert not one(dialog, QPushButton, lambda found: found.text() == "采纳 0 项").isEnabled()
        view.selectRow(0)
        QTest.keyClick(view, Key.Key_Space)
        press(dialog, "采纳 1 项")

    taken(desk, path, leave_out)
    action = desk.stored.of(Kind.FINDING)[row_id].action
    assert action.cause == "值班表有空档"
    assert action.owner != "钱进"


def test_what_is_doubtful_is_marked_and_what_is_refused_is_listed_with_its_cell(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "回复.xlsx"
    row_id = answered(desk, path, ("action.due", "尽快"), ("action.correction", None), ("action.owner", "钱进"))
    cell = Opened(path.read_bytes()).place(row_id, "action.due")

    def look(dialog: TakingIn) -> None:
        view = one(dialog, LineView)
        doubts = [view.model().index(row, DOUBT).data() for row in range(view.model().rowCount())]
        assert "对方清空了内容" in doubts[0]
        assert f"!{cell}：" in dialog._notes.toPlainText()
        press(dialog, "复制")
        assert "尽快" in QGuiApplication.clipboard().text()
        press(dialog, "取消")

    before = desk.stored
    taken(desk, path, look)
    assert desk.stored == before


def test_a_workbook_with_nothing_new_says_so_and_takes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "回复.xlsx"
    answered(desk, path)

    def look(dialog: TakingIn) -> None:
        assert "没有审核里尚无的内容" in visible_text(dialog)
        assert not one(dialog, QPushButton, lambda found: found.text() == "采纳 0 项").isEnabled()

    taken(desk, path, look)


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_workbook_is_refused_in_words_and_nothing_is_written(
    desk: Desk, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    before = desk.facts
    desk.answer_file_dialog(path)
    offer(desk, "reply_in")()
    settle()
    [text] = desk.told
    assert "“坏.xlsx”没有读入" in text
    assert desk.facts == before


@pytest.mark.long
def test_the_workbook_of_another_audit_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "回复.xlsx"
    answered(desk, path)
    desk.new_audit()
    desk.answer_file_dialog(path)
    offer(desk, "reply_in")()
    settle()
    [text] = desk.told
    assert "属于另一个审核" in text


def test_who_thinks_better_of_it_changes_nothing(desk: Desk) -> None:
    desk.answer_file_dialog(None)
    offer(desk, "reply_in")()
    assert not isinstance(QApplication.activeModalWidget(), ProgressDialog)


def test_an_audit_without_findings_has_nothing_to_answer(blank: Desk) -> None:
    def look(dialog: WorkbookOut) -> None:
        assert "还没有审核发现" in visible_text(dialog)
        assert not one(dialog, QPushButton, lambda found: found.text() == "生成工作簿…").isEnabled()

    in_dialog(blank, ReplyDialog, look, offer(blank, "reply_out"))


@pytest.mark.long
def test_a_text_too_long_for_a_cell_is_told_with_its_cell_when_the_workbook_goes_out(
    desk: Desk, tmp_path: Path
) -> None:
    session, row_id = desk.bench.session, next(iter(desk.audit.of(Kind.FINDING)))
    session.submit(edit(desk.audit, Kind.FINDING, row_id, {"action.cause": "长" * 40_000}), "x")
    path = tmp_path / "回复.xlsx"
    said = written(desk, path)
    assert f"!{Opened(path.read_bytes()).place(row_id, 'action.cause')}" in said
    assert "原文不变" in said


def test_lines_that_cannot_be_written_together_are_refused_and_none_is(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "回复.xlsx"
    row_id = answered(desk, path, ("action.cause", "原因"))
    context = desk.space._context
    session = context.session
    proposal = context.deliveries.replies.read_replies(session.standard, session.audit, context.words, path)
    session.submit(removal(desk.audit, Kind.FINDING, row_id), "x")
    before = desk.facts
    dialog = TakingIn(context, proposal, "读入整改回复", "读入整改回复", desk.space)

    def look(found: TakingIn) -> None:
        press(found, "采纳 1 项")
        says(found, "没有写入任何内容")

    in_dialog(desk, TakingIn, look, dialog.exec)
    dialog.deleteLater()
    assert desk.facts == before


def says(dialog: TakingIn, text: str) -> None:
    """Check that the dialog is still there and says something."""
    assert dialog.isVisible()
    assert text in visible_text(dialog)


@pytest.mark.long
def test_a_disk_that_refuses_leaves_the_preview_open_and_everything_as_it_was(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "回复.xlsx"
    answered(desk, path, ("action.cause", "原因"))
    before = desk.facts

    def look(dialog: TakingIn) -> None:
        with held(desk.folder):
            press(dialog, "采纳 1 项")
        says(dialog, "请重试")

    taken(desk, path, look)
    assert len(desk.told) == 1
    assert desk.facts == before
