"""Work that takes a while shows how far it is, can be cancelled, and says how it ended."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt, QThreadPool, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.progress import Progress
from auditor_app.session.jobs import Job
from auditor_app.ui.progress_dialog import Ending, ProgressDialog
from tests.ui.desk import one

Work = Callable[[Progress], None]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def ask(window: QWidget, work: Work) -> ProgressDialog:
    return ProgressDialog("PDF", "Writing the report …", Job(work, window), window)


def test_it_closes_by_itself_when_the_work_is_done(window: QWidget) -> None:
    assert ask(window, lambda progress: progress(1, 1)).run() == Ending()


def test_what_the_environment_refused_comes_back(window: QWidget) -> None:
    problem = EnvironmentProblem("disk_full", path="x")

    def work(_progress: Progress) -> None:
        raise problem

    ending = ask(window, work).run()
    assert (ending.error, ending.is_done) == (problem, False)


def test_our_own_bug_is_not_hidden(window: QWidget) -> None:
    def work(_progress: Progress) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask(window, work).run()


@pytest.mark.parametrize("by_key", [True, False], ids=["escape", "button"])
def test_escape_and_the_button_end_the_work_where_it_next_tells_its_progress(
    window: QWidget, qtbot: QtBot, by_key: bool
) -> None:
    may_go_on = threading.Event()

    def work(progress: Progress) -> None:
        progress(1, 4)
        assert may_go_on.wait(10)
        progress(2, 4)

    dialog = ask(window, work)
    bar, cancel, doing = one(dialog, QProgressBar), one(dialog, QPushButton), one(dialog, QLabel)
    seen: list[object] = []

    def press() -> None:
        if bar.value() < 1:
            QTimer.singleShot(5, press)
            return
        seen.extend((bar.value(), bar.maximum()))
        if by_key:
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
        seen.extend((dialog.isVisible(), cancel.isEnabled(), doing.text()))
        may_go_on.set()

    QTimer.singleShot(0, press)
    assert dialog.run() == Ending(is_cancelled=True)
    assert seen[:-1] == [1, 4, True, False]
    # In the language of the window that was open last.
    assert seen[-1] in ("Cancelling …", "正在取消…")


def test_work_that_is_done_at_once_shows_no_window(window: QWidget) -> None:
    dialog = ask(window, lambda _progress: None)
    assert dialog.run() == Ending()
    assert not dialog.testAttribute(Qt.WidgetAttribute.WA_WState_Created)


def test_a_window_that_is_taken_away_ends_the_work(window: QWidget) -> None:
    may_go_on, ended = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        assert may_go_on.wait(10)
        try:
            progress(1, 2)
        finally:
            ended.set()

    dialog = ask(window, work)
    QTimer.singleShot(0, dialog.hide)
    ending = dialog.run()
    assert ending == Ending(is_left=True)
    assert not ending.is_done
    may_go_on.set()
    assert ended.wait(10)
    QThreadPool.globalInstance().waitForDone()


@pytest.fixture
def hanging() -> Iterator[None]:
    """Have every thread of the pool wait, as for a drive that does not answer."""
    pool, is_back = QThreadPool.globalInstance(), threading.Event()
    jobs = [Job(lambda _progress: drop(is_back.wait(20))) for _ in range(pool.maxThreadCount())]
    for job in jobs:
        job.start()
    yield
    is_back.set()
    pool.waitForDone()
    assert all(job.wait(0) for job in jobs)


def drop(_result: object) -> None:
    """Return nothing, as work does."""


@pytest.mark.usefixtures("hanging")
def test_work_that_found_no_thread_is_cancelled_without_one(window: QWidget) -> None:
    ran: list[Progress] = []
    dialog = ask(window, ran.append)
    QTimer.singleShot(0, dialog.reject)
    QTimer.singleShot(10_000, dialog.hide)
    assert dialog.run() == Ending(is_cancelled=True)
    assert ran == []
