"""Work in the background reports back on the thread that paints."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.progress import Progress
from auditor_app.session.jobs import Job


class Listener(QObject):
    """Remember on which thread each report arrived."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[QThread] = []
        self.failed: list[tuple[QThread, Exception]] = []
        self.cancelled = 0
        self.progress: list[tuple[int, int]] = []

    def on_done(self) -> None:
        self.done.append(QThread.currentThread())

    def on_failed(self, error: Exception) -> None:
        self.failed.append((QThread.currentThread(), error))

    def on_cancelled(self) -> None:
        self.cancelled += 1

    def on_progress(self, done: int, total: int) -> None:
        self.progress.append((done, total))

    def hear(self, job: Job) -> None:
        job.cancelled.connect(self.on_cancelled)
        job.progressed.connect(self.on_progress)
        job.done.connect(self.on_done)
        job.failed.connect(self.on_failed)


def test_a_job_runs_off_the_window_s_thread_and_reports_on_it(qtbot: QtBot) -> None:
    ran: list[threading.Thread] = []
    listener, job = Listener(), Job(lambda _progress: ran.append(threading.current_thread()))
    listener.hear(job)
    job.start()
    qtbot.waitUntil(lambda: bool(listener.done))
    assert listener.done == [QThread.currentThread()]
    assert listener.failed == []
    assert ran != [threading.current_thread()]
    assert len(ran) == 1


@pytest.mark.parametrize("error", [EnvironmentProblem("disk_full"), ZeroDivisionError("our bug")])
def test_a_job_that_fails_brings_its_error_to_the_window_s_thread(qtbot: QtBot, error: Exception) -> None:
    def work(_progress: Progress) -> None:
        raise error

    listener, job = Listener(), Job(work)
    listener.hear(job)
    job.start()
    qtbot.waitUntil(lambda: bool(listener.failed))
    assert listener.failed == [(QThread.currentThread(), error)]
    assert listener.done == []


def test_the_window_stays_alive_while_a_job_works(qtbot: QtBot) -> None:
    may_end = threading.Event()

    def work(_progress: Progress) -> None:
        assert may_end.wait(10)

    listener, job = Listener(), Job(work)
    listener.hear(job)
    job.start()
    assert listener.done == []
    may_end.set()
    qtbot.waitUntil(lambda: bool(listener.done))


def test_a_job_tells_how_far_it_is_and_ends_where_it_is_told_to(qtbot: QtBot) -> None:
    may_go_on, told = threading.Event(), []

    def work(progress: Progress) -> None:
        progress(1, 3)
        assert may_go_on.wait(10)
        for step in (2, 3):
            progress(step, 3)
            told.append(step)

    listener, job = Listener(), Job(work)
    listener.hear(job)
    job.start()
    qtbot.waitUntil(lambda: bool(listener.progress))
    job.cancel()
    may_go_on.set()
    qtbot.waitUntil(lambda: bool(listener.cancelled))
    assert (listener.progress, told) == ([(1, 3)], [])
    assert (listener.done, listener.failed) == ([], [])
