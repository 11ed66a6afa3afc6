"""Whatever state the library is in, the auditor is told what happened and goes on from there."""

from __future__ import annotations

import logging
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from shutil import copyfile

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QMessageBox, QPushButton, QWidget

from auditor_app import files, opening, places
from auditor_app.app import prepare
from auditor_app.look import Look
from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.changes import ChangeSet, edit
from auditor_app.models.errors import AuditorError
from auditor_app.models.opening import Way
from auditor_app.opening import Opening
from auditor_app.session.session import Session
from auditor_app.storage import connection
from auditor_app.storage.backup import make_backup
from auditor_app.storage.connection import SCHEMA_VERSION
from auditor_app.storage.library import FILE_NAME, Library
from auditor_app.storage.write_log import index_path, log_path
from auditor_app.ui.main_window import MainWindow
from auditor_app.ui.single_instance import ASKING, LOCK, Claim, SingleInstance
from tests.builders import fields_changed

DATA = Path(__file__).parent / "data"
COMPANY = only_row(Kind.COMPANY)
PAGE = 4096
NUMBER = "R0-2026-0031"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait for seconds until a lock is given up."""
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.01)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder of a closed library with the sample audit."""
    with closing(Library(tmp_path / "library", "李工")) as library:
        standard, audit = files.read_audit(files.SAMPLE)
        library.add(audit, standard)
    return tmp_path / "library"


class Person(QObject):
    """Somebody who reads every dialog and presses the buttons named beforehand."""

    def __init__(self, choices: list[str | Path]) -> None:
        super().__init__()
        self.read: list[str] = []
        self._choices = choices
        self._timer = QTimer(self, interval=5)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QMessageBox):
            self.read.append(dialog.text())
            dialog.accept()
        elif isinstance(dialog, QFileDialog) and self._choices and isinstance(self._choices[0], Path):
            name = dialog.findChild(QLineEdit, "fileNameEdit")
            assert isinstance(name, QLineEdit)
            name.setText(str(self._choices.pop(0)))
            dialog.accept()
        elif isinstance(dialog, QDialog) and self._choices and isinstance(self._choices[0], str):
            button = dialog.findChild(QPushButton, self._choices[0]) or _worded(dialog, self._choices[0])
            if button is None:
                return
            self._choices.pop(0)
            self.read.append("\n".join(label.text() for label in dialog.findChildren(QLabel)))
            assert button.isEnabled()
            button.click()


def _worded(dialog: QWidget, text: str) -> QPushButton | None:
    return next((button for button in dialog.findChildren(QPushButton) if button.text() == text), None)


Start = Callable[..., tuple[Opening, Person]]


@pytest.fixture
def start(qapp: QApplication, expected_log: list[logging.LogRecord]) -> Iterator[Start]:
    """Give a way to start the program on a folder with choices made beforehand.

    The log may tell of this platform, which knows no hints on the size of windows, and of nothing else.
    """
    prepare(qapp)
    made: list[tuple[Opening, MainWindow]] = []

    def started(folder: Path, *choices: str | Path) -> tuple[Opening, Person]:
        look, person = Look(folder), Person(list(choices))
        window = MainWindow(look.ground, look.geometry)
        window.show()
        opened = Opening(qapp, window, look, SingleInstance(folder))
        made.append((opened, window))
        opened.open(folder, "zh", with_sample=False, is_named=True)
        return opened, person

    yield started
    # The offscreen platform says what it cannot do, the more often the longer a test takes.
    told = {record.getMessage() for record in expected_log}
    assert [text for text in told if not text.startswith("qt warning default ?")] == []
    for opened, window in reversed(made):
        window.close()
        opened.close()
        opened._translations.clear()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def session_of(opened: Opening) -> Session:
    assert opened.bench is not None
    return opened.bench.session


def shown(opened: Opening) -> str:
    assert opened.bench is not None
    window = opened.bench.window
    QTest.qWait(20)
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisibleTo(window))


def damage(path: Path, first: int = 8) -> bytes:
    data = path.read_bytes()
    path.write_bytes(data[: first * PAGE] + bytes(len(data) - first * PAGE))
    return path.read_bytes()


def damage_assessments(path: Path) -> bytes:
    """Make the first page with verdicts unreadable, and nothing else."""
    data = bytearray(path.read_bytes())
    place = data.index(b"5.1.1.15.1.1.1") // PAGE * PAGE
    data[place : place + PAGE] = bytes(PAGE)
    path.write_bytes(data)
    return bytes(data)


@pytest.mark.long
def test_a_library_opens_without_a_question(folder: Path, start: Start) -> None:
    opened, person = start(folder)
    assert session_of(opened).audit.info.number == NUMBER
    assert person.read == []
    assert places.was_here(folder)


def test_a_library_of_an_older_version_is_brought_to_this_one_and_opens(tmp_path: Path, start: Start) -> None:
    copyfile(DATA / "library-v1.db", tmp_path / FILE_NAME)
    opened, _person = start(tmp_path)
    assert session_of(opened).audit.info.number == NUMBER
    assert len(list(tmp_path.glob("library-schema1-*.db"))) == 1


def test_a_large_library_is_brought_to_this_version_while_the_window_shows_how_far_it_is(
    tmp_path: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "SOON_BYTES", 0)
    copyfile(DATA / "library-v2.db", tmp_path / FILE_NAME)
    opened, _person = start(tmp_path)
    assert session_of(opened).audit.info.number == NUMBER


@pytest.mark.long
def test_a_damaged_library_is_salvaged_into_a_folder_beside_it_and_that_opens(folder: Path, start: Start) -> None:
    damaged = damage_assessments(folder / FILE_NAME)
    opened, person = start(folder, "salvage")
    assert opened.bench is not None
    new = opened.bench.path.parent
    assert (new.parent, new.name.startswith("library-salvaged-")) == (folder.parent, True)
    assert session_of(opened).audit.info.number == NUMBER
    assert len(session_of(opened).audit.assessments) == 44
    assert (folder / FILE_NAME).read_bytes() == damaged
    assert "资料库已损坏" in person.read[0]
    assert str(new) in person.read[1]
    report = (new / "抢救报告.txt").read_text("utf-8-sig")
    assert "评分 5.1.1.1：读不出来，已按历史记录中最后的内容恢复" in report


def test_a_damaged_library_opened_for_reading_only_takes_no_edit(folder: Path, start: Start) -> None:
    damaged = damage_assessments(folder / FILE_NAME)
    opened, person = start(folder, "read_only")
    assert "只读：资料库已损坏" in shown(opened)
    assert (folder / FILE_NAME).read_bytes() == damaged
    assert person.read[1:] != []


def test_a_full_disk_is_told_as_full_and_the_library_opens_once_there_is_room(small_disk: Path, start: Start) -> None:
    folder = small_disk / "library"
    with closing(Library(folder, "李工")) as library:
        standard, audit = files.read_audit(files.SAMPLE)
        library.add(audit, standard)
    filler = small_disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    QTimer.singleShot(300, filler.unlink)
    opened, person = start(folder, *["again"] * 500)
    assert "磁盘已满" in person.read[0]
    assert not session_of(opened).is_read_only


@pytest.mark.long
def test_reading_only_shows_everything_and_says_why_an_edit_is_refused(folder: Path, start: Start) -> None:
    before = (folder / FILE_NAME).read_bytes()
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        opened, person = start(folder, "read_only")
        session = session_of(opened)
        assert session.result.level is not None
        told: list[AuditorError] = []
        session.failed.connect(told.append)
        session.submit(edit(session.audit, Kind.COMPANY, COMPANY, {"name": "另一家"}), "改名")
        assert session.audit.company.name != "另一家"
        session.set_setting("a", "b")
    assert "另一个程序正在使用资料库" in person.read[0]
    assert [problem.code for problem in told] == ["opened_read_only"]
    assert (folder / FILE_NAME).read_bytes() == before


@pytest.mark.long
def test_once_the_other_program_is_gone_trying_again_opens_the_library(folder: Path, start: Start) -> None:
    other = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    QTimer.singleShot(300, other.close)
    opened, _person = start(folder, *["again"] * 500)
    assert not session_of(opened).is_read_only


@pytest.mark.long
def test_a_library_that_is_gone_comes_back_from_a_backup(folder: Path, start: Start) -> None:
    make_backup(folder)
    (folder / FILE_NAME).unlink()
    opened, person = start(folder, "restore", "恢复")
    assert session_of(opened).audit.info.number == NUMBER
    assert "资料库不见了" in person.read[0]
    assert "共有 1 个备份可选" in person.read[0]
    assert "已恢复" in shown(opened)


def test_where_a_library_is_gone_a_new_one_begins_only_when_that_is_chosen(folder: Path, start: Start) -> None:
    make_backup(folder)
    (folder / FILE_NAME).unlink()
    log_path(folder / FILE_NAME).write_bytes(b"left")
    opened, person = start(folder, "start_new")
    assert not session_of(opened).is_open
    assert "资料库不见了" in person.read[0]
    assert len(list(folder.glob("library-left-*"))) == 1


@pytest.mark.long
def test_another_folder_can_be_chosen(folder: Path, tmp_path: Path, start: Start) -> None:
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    with closing(sqlite3.connect(foreign / FILE_NAME)) as writer:
        writer.execute("PRAGMA application_id = 7")
    opened, person = start(foreign, "other_folder", folder)
    assert opened.bench is not None
    assert opened.bench.path.parent == folder
    assert "不是本程序的资料库" in person.read[0]


def test_a_library_from_a_newer_version_ends_the_program_unchanged(
    folder: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as writer:
        writer.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before, codes = (folder / FILE_NAME).read_bytes(), list[int]()
    monkeypatch.setattr(opening.QApplication, "exit", codes.append)
    opened, person = start(folder, Way.QUIT.value)
    assert (opened.bench, codes) == (None, [3])
    assert f"结构是 {SCHEMA_VERSION + 1}" in person.read[0]
    assert (folder / FILE_NAME).read_bytes() == before


@pytest.mark.long
def test_a_torn_log_opens_with_what_reads_and_says_where_the_rest_is(
    folder: Path, tmp_path: Path, start: Start
) -> None:
    killed = tmp_path / "killed"
    killed.mkdir()
    with closing(Library(folder, "李工")) as library:
        for number in range(1, 9):
            audit = library.load(library.summaries()[0].id)[1]
            library.apply(_change(audit, number))
        for source in (library.path, log_path(library.path), index_path(library.path)):
            copyfile(source, killed / source.name)
    log = log_path(killed / FILE_NAME)
    log.write_bytes(log.read_bytes()[: -PAGE - 100])
    opened, person = start(killed, "without_torn")
    assert 0 < session_of(opened).audit.company.employees < 8
    assert "最后的操作有一部分读不出来" in person.read[0]
    assert "library-torn-" in shown(opened)
    assert len(list(killed.glob("library-torn-*/*"))) == 3


def _change(audit: Audit, number: int) -> ChangeSet:
    return fields_changed(audit, Kind.COMPANY, COMPANY, employees=number)


@pytest.mark.long
def test_damage_that_shows_while_one_works_offers_the_ways_on(folder: Path, start: Start) -> None:
    opened, person = start(folder, "read_only")
    session = session_of(opened)
    audit_id = session.audit.id
    session.create(session.standard)
    session._library._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    session._library._connection.execute("PRAGMA shrink_memory")
    damage_assessments(folder / FILE_NAME)
    assert opened.bench is not None
    assert opened.bench.workspace is not None
    opened.bench.workspace._open(audit_id)
    QTest.qWait(300)
    assert any("读不出来" in text for text in person.read)
    assert session_of(opened).is_read_only


# One window for a library.


def test_a_second_start_calls_the_first_window_and_is_heard(tmp_path: Path, qapp: QApplication) -> None:
    first, called = SingleInstance(tmp_path), list[bool]()
    first.asked_for.connect(lambda: called.append(True))
    assert first.claim() is Claim.OURS
    second = SingleInstance(tmp_path)
    assert second.claim() is Claim.ANOTHERS
    with ThreadPoolExecutor(1) as aside:
        heard = aside.submit(second.call_other)
        while not heard.done():
            QTest.qWait(10)
    assert (heard.result(), called) == (True, [True])
    assert not (tmp_path / ASKING).exists()
    first.release()
    assert second.claim() is Claim.OURS
    second.release()


def test_a_window_that_does_not_answer_is_told_of(tmp_path: Path, qapp: QApplication) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.claim() is Claim.OURS
    assert not second.call_other(0.05)
    assert not (tmp_path / ASKING).exists()
    first.release()


@pytest.mark.skipif(os.name == "nt", reason="Windows takes the file of a dead process away itself")
def test_the_lock_of_a_dead_program_is_no_obstacle_even_if_its_number_is_somebody_elses_now(
    tmp_path: Path, qapp: QApplication
) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        holder = SingleInstance(tmp_path)
        assert holder.claim() is Claim.OURS
        lines = (tmp_path / LOCK).read_text().splitlines()
        holder.release()
        name = Path(f"/proc/{other.pid}/exe").resolve().name if sys.platform == "linux" else lines[1]
        (tmp_path / LOCK).write_text("\n".join([str(other.pid), name, *lines[2:]]) + "\n")
        (tmp_path / ASKING).touch()
        instance = SingleInstance(tmp_path)
        assert instance.claim() is Claim.OURS
        assert not (tmp_path / ASKING).exists()
        instance.release()
        other.kill()


def test_the_folder_chosen_last_is_opened_the_next_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_file", lambda: tmp_path / "libraries.json")
    usual = places.library_folder()
    places.choose_library(tmp_path / "库")
    assert places.library_folder() == tmp_path / "库" != usual
    (tmp_path / "libraries.json").write_text("[", "utf-8")
    assert places.library_folder() == usual
    assert not places.was_here(tmp_path)
