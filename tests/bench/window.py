"""The real window on a real library, and the wait for what it paints."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from auditor_app.app import prepare as prepare_application
from auditor_app.look import Look
from auditor_app.session.session import Session
from auditor_app.storage.library import Library
from auditor_app.ui.main_window import MainWindow
from auditor_app.ui.score_bar import Gauge
from auditor_app.ui.score_board import ScoreBoard
from auditor_app.ui.workspace import Workspace
from auditor_app.workbench import Workbench

PATIENCE_SECONDS = 10.0
QUIET_ROUNDS = 3
PAUSE_SECONDS = 0.007
"""Longer than the pause Qt makes before it paints."""


class Painting(QObject):
    """Note when the window is asked to paint, and when it has painted some widgets and all that follows from them."""

    def __init__(self, window: QWidget, widgets: list[QWidget]) -> None:
        super().__init__(window)
        self._window = window
        self._widgets = {id(widget): widget for widget in widgets}
        self._missing: set[int] = set()
        self._passes = 0
        self.asked = self.seen = 0.0
        window.installEventFilter(self)
        for widget in widgets:
            widget.installEventFilter(self)

    def expect(self) -> None:
        """Forget what was painted so far."""
        self._missing, self.asked = set(self._widgets), 0.0

    def wait(self) -> float:
        """Process events until every widget was painted and nothing is left to paint; return when that was.

        `seen` is then when the widgets were painted.
        """
        deadline = time.perf_counter() + PATIENCE_SECONDS
        # What is painted at once, before the timers that bring the rest.
        QApplication.sendPostedEvents()
        painted = self.seen = time.perf_counter()
        passes = self._passes
        while self._missing or time.perf_counter() < painted + PAUSE_SECONDS:
            is_missing = bool(self._missing)
            QApplication.processEvents()
            if self._passes > passes:
                painted, passes = time.perf_counter(), self._passes
                self.seen = painted if is_missing else self.seen
            if self._missing and time.perf_counter() > deadline:
                missing = ", ".join(type(self._widgets[key]).__name__ for key in self._missing)
                raise TimeoutError(f"not painted: {missing}")
        return painted

    def rest(self) -> None:
        """Let Qt finish until it has nothing left to paint, such as thumbnails that come one after another."""
        quiet = 0
        while quiet < QUIET_ROUNDS:
            before = self._passes
            _pause()
            quiet = quiet + 1 if self._passes == before else 0
        QApplication.processEvents()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        kind = event.type()
        if kind == QEvent.Type.Paint:
            self._missing.discard(id(watched))
        elif kind == QEvent.Type.UpdateRequest and watched is self._window:
            self._passes += 1
            self.asked = self.asked or time.perf_counter()
        return False


@contextmanager
def workbench(
    library: Library, prepare: Callable[[Session], None] = lambda _session: None
) -> Iterator[tuple[Workbench, Workspace]]:
    """Give the running workbench, and what fills its window; in the end close both, and the library.

    `prepare` gets the session before the window connects to it, to be told first.
    """
    app = QApplication.instance()
    application = app if isinstance(app, QApplication) else QApplication([])
    prepare_application(application)
    look = Look(library.path.parent)
    window = MainWindow(look.ground, look.geometry)
    bench = Workbench(application, window, look, library, "zh")
    prepare(bench.session)
    bench.start(with_sample=False)
    window.show()
    assert bench.workspace is not None
    # The size it has on a large screen, whatever the screen is here.
    window.resize(1440, 900)
    try:
        _rest_until_made(bench.workspace)
        settle()
        yield bench, bench.workspace
    finally:
        window.close()
        bench.close()
        window.deleteLater()
        settle()


def showing_score(space: Workspace) -> list[QWidget]:
    """Return what every verdict on the scoring sheet repaints: score bar, sheet, and the board where it is open."""
    shown = [space.score_bar, *space.score_bar.findChildren(Gauge), space.tabs.scoring.view.viewport()]
    return [*shown, *space.left.findChildren(ScoreBoard)] if space.left.shows_board else shown


def _rest_until_made(space: Workspace) -> None:
    """Wait until the tabs nobody asked for are made, as they are a second after a start."""
    deadline = time.perf_counter() + PATIENCE_SECONDS
    while not all(space.tabs.is_shown(place) for place in range(space.tabs.count())):
        _pause()
        if time.perf_counter() > deadline:
            raise TimeoutError("the tabs were not made")


def settle() -> None:
    """Let Qt finish what is under way, so that it does not count for what comes next."""
    for _ in range(QUIET_ROUNDS):
        _pause()
    QApplication.processEvents()


def _pause() -> None:
    QApplication.processEvents()
    time.sleep(PAUSE_SECONDS)
