"""The real workbench on a real library, in a window nobody sees but that takes keys and clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from auditor_app import files
from auditor_app.app import prepare
from auditor_app.look import Look
from auditor_app.models.ids import AuditId, new_id
from auditor_app.storage import connection
from auditor_app.storage.library import Library
from auditor_app.ui import pages
from auditor_app.ui.main_window import MainWindow
from auditor_app.workbench import Workbench
from tests.conftest import IN_CI
from tests.ui.desk import PROFILE, Desk, settle

if not IN_CI:
    # A tab is made when a test goes there. In CI also whenever the program rests, as everywhere else.
    pages.REST_MS = 3_600_000

Sit = Callable[..., Desk]
SIZE = (1366, 768)
MANY = 20


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put tests with windows of their own last: each of them ends the window that the others share."""
    items.sort(key=lambda item: "sit" in getattr(item, "fixturenames", ()))


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait for seconds until a lock is given up."""
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.01)


def open_window(app: QApplication, folder: Path, *, sample: bool = True, language: str | None = None) -> Desk:
    """Start the workbench on a folder and give its window the keyboard."""
    desk = build_window(app, folder, sample=sample, language=language)
    assert QTest.qWaitForWindowActive(desk.window)
    return desk


def build_window(app: QApplication, folder: Path, *, sample: bool, language: str | None) -> Desk:
    """Start the workbench on a folder: the frame first, then all that fills it."""
    prepare(app)
    library, look = Library(folder, "李工"), Look(folder)
    desk = Desk(Workbench(app, MainWindow(look.ground, look.geometry), look, library, language), folder)
    desk.window.resize(*SIZE)
    desk.window.show()
    assert QTest.qWaitForWindowExposed(desk.window)
    desk.bench.start(with_sample=sample)
    settle()
    return desk


def clear(app: QApplication, desk: Desk) -> None:
    """Take window, library and translations away."""
    desk.window.close()
    desk.bench.close()
    desk.window.deleteLater()
    desk.attendant.deleteLater()
    desk.bench._translations.clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Keeper:
    """Keep one window for the tests that need no other: building one takes most of the time of a test."""

    def __init__(self, app: QApplication, factory: pytest.TempPathFactory) -> None:
        self._app = app
        self._factory = factory
        self._sample = files.read_audit(files.SAMPLE)
        self._desk: Desk | None = None
        self._audits = 0

    def desk(self, *, sample: bool) -> Desk:
        """Return the desk with a fresh copy of the sample or an empty audit, as if somebody had just sat down."""
        if self._audits >= MANY:
            self.clear()
        if self._desk is None:
            self._desk = open_window(self._app, self._factory.mktemp("library"))
        self._audits += 1
        desk = self._desk
        desk.take_keyboard()
        desk.leave_field()
        desk.window.resize(*SIZE)
        desk.space.tabs.setCurrentIndex(PROFILE)
        if sample:
            standard, audit = self._sample
            desk.bench.session.add(standard, replace(audit, id=AuditId(new_id())))
        else:
            desk.new_audit()
        desk.window.statusBar().clearMessage()
        return desk

    def clear(self) -> None:
        """Close the window; the next one who asks gets a new one."""
        if self._desk is not None:
            clear(self._app, self._desk)
        self._desk, self._audits = None, 0


@pytest.fixture(scope="session")
def keeper(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keeper]:
    """Give the keeper of the window that tests share."""
    kept = Keeper(qapp, tmp_path_factory)
    yield kept
    kept.clear()


@pytest.fixture
def desk(keeper: Keeper) -> Iterator[Desk]:
    """Give a desk with the sample audit open, in Chinese; the library holds audits of earlier tests too."""
    desk = keeper.desk(sample=True)
    yield desk
    assert desk.told == [], "a message box that the test did not ask for"


@pytest.fixture
def blank(keeper: Keeper) -> Iterator[Desk]:
    """Give a desk with a new audit, in Chinese; the library holds audits of earlier tests too."""
    desk = keeper.desk(sample=False)
    yield desk
    assert desk.told == [], "a message box that the test did not ask for"


@pytest.fixture
def sit(qapp: QApplication, keeper: Keeper, tmp_path: Path) -> Iterator[Sit]:
    """Give a way to open windows of one's own: `sit(folder, sample=..., language=...)`."""
    keeper.clear()
    desks: list[Desk] = []

    def sit_down(folder: Path = tmp_path / "library", **how: object) -> Desk:
        desks.append(open_window(qapp, folder, **how))  # type: ignore[arg-type]
        return desks[-1]

    yield sit_down
    unread = [text for desk in desks for text in desk.told]
    for desk in reversed(desks):
        clear(qapp, desk)
    assert unread == [], "a message box that the test did not ask for"
