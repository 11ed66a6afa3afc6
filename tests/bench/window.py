"""The real window on a real library, and the wait for what it paints."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from auditor_app.app import prepare as prepare_application
from auditor_app.session.session import Session
from auditor_app.storage.library import Library
from auditor_app.ui.look import Look
from auditor_app.ui.main_window import MainWindow
from auditor_app.ui.workspace import Workspace
from auditor_app.workbench import Workbench

PATIENCE_SECONDS = 10.0
QUIET_ROUNDS = 3


class Painting(QObject):
    """Note when the window is asked to paint, and when the last of some widgets was."""

    def __init__(self, window: QWidget, widgets: list[QWidget]) -> None:
        super().__init__(window)
        self._window = window
        self._widgets = {id(widget): widget for widget in widgets}
        self._missing: set[int] = set()
        self.asked = 0.0
        window.installEventFilter(self)
        for widget in widgets:
            widget.installEventFilter(self)

    def expect(self) -> None:
        """Forget what was painted so far."""
        self._missing, self.asked = set(self._widgets), 0.0

    def wait(self) -> float:
        """Process events until every widget was painted and the pass has ended; return when that was."""
        deadline = time.perf_counter() + PATIENCE_SECONDS
        while self._missing:
            if time.perf_counter() > deadline:
                missing = ", ".join(type(self._widgets[key]).__name__ for key in self._missing)
                raise TimeoutError(f"not painted: {missing}")
            QApplication.processEvents()
        return time.perf_counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        kind = event.type()
        if kind == QEvent.Type.Paint:
            self._missing.discard(id(watched))
        elif kind == QEvent.Type.UpdateRequest and watched is self._window and not self.asked:
            self.asked = time.perf_counter()
        return False


@contextmanager
def workbench(
    library: Library, prepare: Callable[[Session], None] = lambda _session: None
) -> Iterator[tuple[Session, Workspace]]:
    """Give the running workbench: session, and what fills the window; in the end close both, and the library.

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
        settle()
        yield bench.session, bench.workspace
    finally:
        window.close()
        bench.session.close()
        window.deleteLater()
        settle()


def settle() -> None:
    """Let Qt finish what is under way, so that it does not count for what comes next."""
    for _ in range(QUIET_ROUNDS):
        QApplication.processEvents()
        # Longer than the pause Qt makes before it paints.
        time.sleep(0.007)
    QApplication.processEvents()
