"""The auditor sees that there are backups, what is in them, and gets back what was."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from auditor_app.models.audit import Kind, only_row
from auditor_app.models.backups import BackupKind
from auditor_app.models.changes import edit
from auditor_app.models.enums import Verdict
from auditor_app.models.ids import RowId
from auditor_app.models.progress import Progress
from auditor_app.session import backing_up as timing
from auditor_app.session.jobs import Job
from auditor_app.storage import backup as storage
from auditor_app.storage.backup import backups_of, make_backup
from auditor_app.storage.backup_problems import BackupProblem
from auditor_app.storage.backup_second import name_second_folder
from auditor_app.storage.library import Library
from auditor_app.ui import backup_closing
from auditor_app.ui.backup_closing import ClosingBackup
from auditor_app.ui.backup_dialog import BackupDialog
from auditor_app.ui.backup_preview import PreviewDialog
from auditor_app.ui.backup_tables import STATE
from tests.dead_drive import unanswering
from tests.ui.conftest import Sit
from tests.ui.desk import Desk, settle, visible_text

pytestmark = pytest.mark.long

COMPANY = only_row(Kind.COMPANY)


def until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < end
        QTest.qWait(5)


def back_up(desk: Desk) -> None:
    keeper = desk.bench.backing_up
    keeper.back_up()
    until(lambda: not keeper.is_running)


def rename(desk: Desk, name: str) -> None:
    session = desk.bench.session
    session.submit(edit(session.audit, Kind.COMPANY, COMPANY, {"name": name}), "Name")


@contextmanager
def backups(desk: Desk) -> Iterator[BackupDialog]:
    """Give the open window about backups, once it shows them."""
    dialog = BackupDialog(desk.space._context, desk.space)
    dialog.open()
    until(lambda: dialog.backups.rowCount() > 0 and dialog.audits.rowCount() > 0)
    yield dialog
    dialog.close()
    dialog.deleteLater()
    settle()


def answer(press: str) -> None:
    """Answer the next question with the button that has these words."""

    def look() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(5, look)
            return
        next(button for button in box.buttons() if button.text() == press).click()

    look()


def next_told(desk: Desk) -> list[str]:
    """Return what the next message box says."""
    said: list[str] = []

    def heard() -> bool:
        said.extend(desk.told)
        return bool(said)

    until(heard)
    return said


def texts(dialog: BackupDialog, column: int) -> list[str]:
    model = dialog.backups
    return [str(model.data(model.index(row, column))) for row in range(model.rowCount())]


def test_the_window_says_when_the_last_backup_was_made(sit: Sit) -> None:
    desk = sit()
    back_up(desk)
    note = desk.space._status.backup
    made = backups_of(desk.folder)[0].made_at
    assert note.text() == f"备份 {made:%H:%M}"


def test_a_full_disk_is_told_in_the_corner_and_the_work_goes_on(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = sit()
    back_up(desk)

    def full(folder: Path, *, progress: Progress) -> None:
        raise BackupProblem("disk_full", folder=folder)

    monkeypatch.setattr(timing, "make_backup", full)
    rename(desk, "泵业")
    back_up(desk)
    note, made = desk.space._status.backup, backups_of(desk.folder)[0].made_at
    assert note.text() == f"上次备份：{made:%H:%M}，之后未能备份"
    assert "磁盘已满" in note.toolTip()
    assert desk.told == []


def test_every_backup_is_listed_with_what_it_holds(sit: Sit, tmp_path: Path) -> None:
    desk = sit()
    (tmp_path / "stick").mkdir()
    name_second_folder(desk.folder, tmp_path / "stick")
    back_up(desk)
    rename(desk, "泵业")
    back_up(desk)
    torn = backups_of(desk.folder)[-1].path
    torn.write_bytes(torn.read_bytes()[:-1])
    desk.new_audit()
    with backups(desk) as dialog:
        until(lambda: dialog.backups.next_unknown() is None)
        # The torn one is another file than its copy on the stick.
        assert sorted(texts(dialog, 5)) == ["完好", "完好", "已损坏"]
        assert texts(dialog, 2)[0] == "本机、第二文件夹"
        standings = {
            (each.audit.number, each.standing.value)
            for each in map(dialog.audits.compared, range(dialog.audits.rowCount()))
        }
        assert standings == {("", "new"), ("R0-2026-0031", "same")}
        dialog.search.setText("0031")
        assert dialog.audits.rowCount() == 1
        damaged = texts(dialog, 5).index("已损坏")
        dialog.backup_view.selectRow(damaged)
        assert not dialog.whole_button.isEnabled()
        assert "已损坏" in visible_text(dialog)


def test_two_backups_of_one_minute_are_told_apart_and_their_state_keeps_its_colour_when_selected(sit: Sit) -> None:
    desk = sit()
    back_up(desk)
    rename(desk, "泵业")
    back_up(desk)
    with backups(desk) as dialog:
        until(lambda: texts(dialog, STATE) == ["完好", "完好"])
        made = [each.made_at for each in backups_of(desk.folder)]
        assert texts(dialog, 0) == [f"今天 {at.astimezone():%H:%M:%S}" for at in made]
        assert len(set(texts(dialog, 0))) == 2
        view, green = dialog.backup_view, desk.space._context.theme.color("ok_text")
        view.selectRow(0)
        shown = view.viewport().grab(view.visualRect(dialog.backups.index(0, STATE))).toImage()
        assert any(shown.pixelColor(x, y) == green for x in range(shown.width()) for y in range(shown.height()))


def test_a_backup_that_cannot_be_read_now_is_not_called_damaged_and_is_looked_at_again(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sit()
    back_up(desk)
    with monkeypatch.context() as failing:

        def fail(*_: object) -> str:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        failing.setattr(storage, "file_sha256", fail)
        with backups(desk) as dialog:
            until(lambda: texts(dialog, STATE) == ["目前无法读取"])
            assert dialog.whole_button.isEnabled()
    with backups(desk) as dialog:
        until(lambda: texts(dialog, STATE) == ["完好"])


def test_an_audit_is_previewed_beside_the_present_one(sit: Sit) -> None:
    desk = sit()
    back_up(desk)
    session = desk.bench.session
    session.submit(edit(session.audit, Kind.ASSESSMENT, RowId("5.1.1.1"), {"verdict": Verdict.NOT_MET}), "Verdict")
    seen: list[list[str]] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, PreviewDialog):
            QTimer.singleShot(5, look)
            return
        for table in (dialog.table.model(), dialog.differences):
            for row in range(table.rowCount()):
                seen.append([str(table.index(row, column).data()) for column in range(table.columnCount())])
        dialog.accept()

    with backups(desk) as dialog:
        look()
        dialog.preview_button.click()
    rows = {row[0]: row[1:] for row in seen}
    assert rows["得分"] == ["98.06", "95.00"]
    assert rows["未评定的指标"] == ["0（共 44）"] * 2
    assert [row[1:] for row in seen if len(row) == 5] == [["5.1.1.1", "评定", "符合", "不符合"]]


def test_an_audit_is_restored_beside_the_present_one(sit: Sit) -> None:
    desk = sit()
    session = desk.bench.session
    before, original = session.audit, session.audit.id
    back_up(desk)
    rename(desk, "泵业")
    with backups(desk) as dialog:
        dialog.audit_button.click()
        assert session.audit.id != original
        assert session.audit.info.number == "R0-2026-0031-恢复"
        assert "R0-2026-0031-恢复" in visible_text(dialog)
        until(lambda: dialog.audits.rowCount() == 2)
        dialog.audit_view.selectRow(next(r for r in range(2) if dialog.audits.compared(r).audit.id == original))
        dialog.audit_button.click()
        assert session.audit.info.number == "R0-2026-0031-恢复2"
    restored = session.audit
    kinds = [kind for kind in Kind if kind is not Kind.AUDIT]
    assert {kind: restored.of(kind) for kind in kinds} == {kind: before.of(kind) for kind in kinds}
    assert session.stored(original).company.name == "泵业"
    assert len(session.summaries(10)) == 3
    history = session._library.history(restored.id)
    assert {entry.who.partition("（")[0].partition(" (")[0] for entry in history} == {"李工"}
    assert all("的备份恢复" in entry.who for entry in history)


def test_the_whole_library_is_restored_and_worked_in_at_once(sit: Sit) -> None:
    desk = sit()
    name = desk.bench.session.audit.company.name
    back_up(desk)
    rename(desk, "泵业")
    desk.new_audit()
    with backups(desk) as dialog:
        answer("恢复")
        dialog.whole_button.click()
        assert dialog.chosen is not None
    desk.space.restore_requested.emit(dialog.chosen)
    settle()
    assert next_told(desk) == [f"资料库已恢复到：今天 {backups_of(desk.folder)[-1].made_at:%H:%M}。"]
    session = desk.bench.session
    assert [summary.company for summary in session.summaries(10)] == [name]
    assert session.audit.company.name == name
    rename(desk, "又改")
    assert [each.kind for each in backups_of(desk.folder)] == [BackupKind.BEFORE_RESTORE, BackupKind.AUTOMATIC]
    desk.window.close()
    assert backups_of(desk.folder)[0].kind is BackupKind.AUTOMATIC


def test_a_backup_is_made_when_asked_for_and_said_when_there_is_nothing_new(sit: Sit) -> None:
    desk = sit()
    back_up(desk)
    with backups(desk) as dialog:
        dialog.places.now_button.click()
        until(lambda: "没有改动" in visible_text(dialog))
        rename(desk, "泵业")
        dialog.places.now_button.click()
        until(lambda: "已备份" in visible_text(dialog))
        until(lambda: dialog.backups.rowCount() == 2)


def test_thinking_better_of_it_changes_nothing(sit: Sit) -> None:
    desk = sit()
    back_up(desk)
    with backups(desk) as dialog:
        answer("返回")
        dialog.whole_button.click()
        assert dialog.chosen is None
        assert dialog.isVisible()


def test_a_restore_that_fails_is_told_and_the_work_goes_on(sit: Sit) -> None:
    desk = sit()
    back_up(desk)
    rename(desk, "泵业")
    made = backups_of(desk.folder)[0]
    content = bytearray(made.path.read_bytes())
    content[-200] ^= 1
    made.path.write_bytes(content)
    desk.space.restore_requested.emit(made)
    settle()
    assert next_told(desk) == ["未恢复任何内容，资料库与之前一样。"]
    assert desk.bench.session.audit.company.name == "泵业"
    rename(desk, "又改")


def test_closing_backs_up_what_changed_and_nothing_twice(sit: Sit) -> None:
    desk = sit()
    rename(desk, "泵业")
    desk.window.close()
    assert len(backups_of(desk.folder)) == 1
    second = sit(desk.folder)
    second.window.close()
    assert len(backups_of(desk.folder)) == 1


@pytest.mark.parametrize("ending", ["skipped", "too long"])
def test_closing_never_takes_long(sit: Sit, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    desk = sit()
    monkeypatch.setattr(backup_closing, "UNSEEN_MS", 20)
    if ending == "too long":
        monkeypatch.setattr(backup_closing, "LONGEST_MS", 50)

    def endless(folder: Path, *, progress: Progress) -> None:
        while True:
            progress(1, 2)

    monkeypatch.setattr(timing, "make_backup", endless)
    shown: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, ClosingBackup):
            QTimer.singleShot(5, look)
            return
        shown.append(visible_text(dialog))
        if ending == "skipped":
            dialog.skip.click()

    look()
    desk.window.close()
    assert not desk.window.isVisible()
    assert "所有内容都已保存" in shown[0]


def test_a_dialog_closed_early_is_followed_by_nothing(sit: Sit) -> None:
    desk = sit()
    back_up(desk)
    dialog = BackupDialog(desk.space._context, desk.space)
    dialog.open()
    dialog.close()
    dialog.deleteLater()
    until(lambda: not desk.bench.session.findChildren(Job))
    assert isinstance(dialog, QDialog)


def test_backups_here_are_shown_although_the_second_folder_does_not_answer(sit: Sit, tmp_path: Path) -> None:
    desk = sit()
    back_up(desk)
    (tmp_path / "stick").mkdir()
    with ExitStack() as dead:
        dead.enter_context(unanswering(desk.folder, tmp_path / "stick"))
        with backups(desk) as dialog:
            until(lambda: dialog.backups.next_unknown() is None)
            rename(desk, "泵业")
            desk.bench.session.flush()
            make_backup(desk.folder)
            for _ in range(20):
                dialog.refresh()
            until(lambda: dialog.backups.rowCount() == 2 and dialog.backups.next_unknown() is None)
            assert set(texts(dialog, 2)) == {"本机"}
            until(lambda: QThreadPool.globalInstance().activeThreadCount() == 0)
            assert dialog.whole_button.isEnabled()
            dead.close()
            until(lambda: any("第二文件夹" in text for text in texts(dialog, 2)))


def test_a_library_that_is_restored_keeps_its_second_folder(sit: Sit, tmp_path: Path) -> None:
    desk = sit()
    back_up(desk)
    (tmp_path / "stick").mkdir()
    with backups(desk) as dialog:
        dialog._name_second(tmp_path / "stick")
        until(lambda: desk.bench.backing_up.standing.second_is_there is True)
        until(lambda: str(tmp_path / "stick") in visible_text(dialog.places))
        assert "最近副本" in visible_text(dialog.places)
    desk.space.restore_requested.emit(backups_of(desk.folder)[-1])
    settle()
    assert len(next_told(desk)) == 1
    until(lambda: desk.bench.backing_up.standing.second is not None)
    library = Library(desk.folder, "x")
    assert library.count() == 1
    library.close()
