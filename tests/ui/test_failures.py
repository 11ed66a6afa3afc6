"""When the program fails, the auditor is told once that the work is safe, sees the report, and decides who gets it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit

from auditor_app import logbook
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.ui.bug_report import BugReport
from auditor_app.ui.failure_dialog import FailureDialog
from tests.ui.desk import Desk, let_pass, one, settle, visible_text


def failures_of(desk: Desk) -> BugReport:
    return desk.bench._failures


def dialog_of(desk: Desk) -> FailureDialog:
    """Return the dialog that is shown."""
    settle()
    dialog = failures_of(desk)._dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def press(desk: Desk, dialog: FailureDialog, word: str) -> None:
    """Click a button of the dialog."""
    desk.click(one(dialog, QAbstractButton, lambda button: button.text() == word))


@pytest.fixture(autouse=True)
def no_pause(desk: Desk) -> None:
    """Let nobody wait until the next failure may be told."""
    failures_of(desk)._told.clear()
    failures_of(desk)._pause.setInterval(1)


def test_the_same_failure_is_told_once_and_work_goes_on(desk: Desk) -> None:
    for _ in range(500):
        failures_of(desk).tell("ValueError at x.py:1")
    dialog = dialog_of(desk)
    assert "程序出了故障" in visible_text(dialog)
    assert "已保存" in visible_text(dialog)
    press(desk, dialog, "继续")
    desk.take_keyboard()
    failures_of(desk).tell("ValueError at x.py:1")
    let_pass(20)
    assert failures_of(desk)._dialog is None
    desk.show(2)


def test_failures_that_come_while_one_is_told_are_one_more_dialog_and_no_pile(desk: Desk) -> None:
    failures_of(desk).tell("first")
    dialog = dialog_of(desk)
    for number in range(20):
        failures_of(desk).tell(f"place {number}")
    settle()
    assert dialog_of(desk) is dialog
    press(desk, dialog, "继续")
    let_pass(20)
    press(desk, dialog_of(desk), "继续")
    let_pass(20)
    assert failures_of(desk)._dialog is None
    desk.take_keyboard()


def test_a_failure_on_another_thread_is_told_on_the_windows_thread(desk: Desk) -> None:
    QThreadPool.globalInstance().start(lambda: failures_of(desk).tell("somewhere"))
    QThreadPool.globalInstance().waitForDone()
    press(desk, dialog_of(desk), "继续")
    desk.take_keyboard()


def test_the_report_can_be_copied_saved_and_taken_with_the_log(desk: Desk, tmp_path: Path) -> None:
    failures_of(desk).show_log()
    dialog = dialog_of(desk)
    report = one(dialog, QPlainTextEdit).toPlainText()
    assert "assessment 44" in report
    assert desk.audit.company.name not in report
    press(desk, dialog, "复制报告")
    assert QGuiApplication.clipboard().text() == report
    desk.answer_file_dialog(tmp_path / "报告.txt")
    press(desk, dialog, "保存报告…")
    assert (tmp_path / "报告.txt").read_text("utf-8") == report
    assert "报告.txt" in visible_text(dialog)
    desk.answer_file_dialog(tmp_path / "all.zip")
    press(desk, dialog, "保存报告与记录…")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.read("report.txt").decode() == report
    desk.answer_file_dialog(None)
    press(desk, dialog, "保存报告…")
    press(desk, dialog, "关闭")
    desk.take_keyboard()


def test_a_disk_that_refuses_the_report_is_said_in_the_dialog(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, data: bytes) -> None:
        raise EnvironmentProblem("file_disk_full", name=path.name, folder="")

    monkeypatch.setattr(logbook, "write_atomically", refuse)
    failures_of(desk).show_log()
    dialog = dialog_of(desk)
    desk.answer_file_dialog(tmp_path / "report.txt")
    press(desk, dialog, "保存报告…")
    assert "无法写入" in visible_text(dialog)
    press(desk, dialog, "关闭")
    desk.take_keyboard()


def test_the_log_is_in_the_help_menu(desk: Desk) -> None:
    (log,) = (action for action in desk.window.findChildren(QAction) if action.objectName() == "log")
    assert log.text() == "记录与故障报告…"
    log.trigger()
    press(desk, dialog_of(desk), "关闭")
    desk.take_keyboard()
