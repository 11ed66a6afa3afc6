"""The window closes when what is written aside is whole, and says so meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest
from PySide6.QtCore import QThreadPool, QTimer

from tests.ui.conftest import Sit
from tests.ui.desk import CONTROL, Key

TOLD = "仍有文件正在写入或读取。"


@pytest.fixture
def whole() -> Iterator[Event]:
    """Keep the pool at work that jobs run in, until the file counts as whole."""
    whole = Event()
    QThreadPool.globalInstance().start(lambda: whole.wait(20))
    yield whole
    whole.set()
    assert QThreadPool.globalInstance().waitForDone(5_000)


def test_whoever_closes_while_a_file_is_written_may_go_back(sit: Sit, whole: Event) -> None:
    desk = sit()
    desk.press(Key.Key_Q, CONTROL)
    assert desk.told == [TOLD]
    assert desk.window.isVisible()
    whole.set()
    desk.take_keyboard()
    desk.close()


def test_the_window_closes_by_itself_when_the_file_is_whole(sit: Sit, whole: Event) -> None:
    desk = sit()
    # Nobody answers the box.
    desk.attendant._timer.stop()
    QTimer.singleShot(1_000, whole.set)
    desk.press(Key.Key_Q, CONTROL)
    assert not desk.window.isVisible()
