"""What the main paths cost, in counts that no busy computer changes: they may fall, and must not grow unseen."""

from __future__ import annotations

import sqlite3
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auditor_app.models.audit import Kind
from auditor_app.models.changes import ChangeSet, edit
from auditor_app.models.enums import Verdict
from auditor_app.models.ids import Clause, RowId
from auditor_app.storage.library import Library
from tests.bench.libraries import make_many
from tests.ui.conftest import Sit
from tests.ui.desk import SHEET, Desk, Key, settle

STATEMENTS_PER_EDIT = 8
"""The end of the chain read, the row, its history, the end of the chain written; begin, commit, and two triggers."""
CONNECTIONS_PER_START = 1
"""What works aside has one of its own."""
STEPS_PER_EDIT = 260
"""Instructions of SQLite's machine."""
STATEMENTS_PER_OPEN = 18
"""About the audit: one for each kind of rows and few more."""
PAINTS_PER_EDIT = 75
"""Of all widgets of the window together: containers paint their ground below what changed in them."""
BLOCKS_PER_EDIT = 60
"""Blocks of memory that an edit keeps: the undo step, the new row, and tables around it."""


@contextmanager
def counted(library: Library) -> Iterator[Counter[str]]:
    """Count the statements, the rows read, and the instructions of SQLite's machine inside the block."""
    counts: Counter[str] = Counter()
    connection = library._connection

    def row(_cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> tuple[Any, ...]:
        counts["rows"] += 1
        return values

    def step() -> int:
        counts["steps"] += 1
        return 0

    connection.set_trace_callback(lambda _statement: counts.update(["statements"]))
    connection.set_progress_handler(step, 1)
    connection.row_factory = row
    try:
        yield counts
    finally:
        connection.set_trace_callback(None)
        connection.set_progress_handler(None, 0)
        connection.row_factory = None


class Paints(QObject):
    """Count what is painted, by the class of the widget."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.counts[type(watched).__name__] += 1
        return False


@contextmanager
def painted(qapp: QApplication) -> Iterator[Counter[str]]:
    """Count the paint events of every widget inside the block."""
    paints = Paints()
    qapp.installEventFilter(paints)
    try:
        yield paints.counts
    finally:
        qapp.removeEventFilter(paints)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Give a desk with every tab made, which otherwise happens at some moment while nobody presses a key."""
    for tab in range(desk.space.tabs.count()):
        desk.show(tab)
    return desk


@pytest.fixture
def library(desk: Desk) -> Library:
    """Give the library of the window."""
    return desk.bench.session._library


@pytest.mark.long
def test_an_edit_takes_no_more_statements_than_it_did(desk: Desk, library: Library) -> None:
    desk.show(SHEET)
    desk.select("5.1.1.1")
    with counted(library) as counts:
        desk.press(Key.Key_2)
    assert desk.audit.assessment(Clause("5.1.1.1")).verdict is Verdict.NOT_MET
    assert counts["statements"] <= STATEMENTS_PER_EDIT
    assert counts["steps"] <= STEPS_PER_EDIT


@pytest.mark.long
def test_an_audit_is_opened_by_one_statement_for_each_kind_of_rows(desk: Desk, library: Library, qtbot: QtBot) -> None:
    first = desk.audit
    desk.new_audit()
    # The list reads an audit that is not open too, for its score; once.
    model = desk.space.rail._model
    qtbot.waitUntil(lambda: model._results.get(first.id) is not None, timeout=20_000)
    told: list[str] = []
    # Scores of other lines of the list may be worked out meanwhile.
    library._connection.set_trace_callback(told.append)
    desk.switch_to(first.id)
    library._connection.set_trace_callback(None)
    about = [statement for statement in told if first.id in statement]
    assert len(Kind) <= len(about) <= STATEMENTS_PER_OPEN
    with counted(library) as counts:
        library.load(first.id)
    # And the name of its standard pack.
    assert counts["rows"] == sum(map(len, first.rows.values())) + 1


def test_a_verdict_repaints_the_sheet_the_score_and_what_shows_it_once(desk: Desk, qapp: QApplication) -> None:
    desk.show(SHEET)
    desk.select("5.1.1.1")
    every, most = [], []
    for key in (Key.Key_2, Key.Key_1, Key.Key_2):
        settle()
        with painted(qapp) as counts:
            desk.press(key)
            settle()
        every.append(sum(counts.values()))
        most.append(max(counts[name] for name in ("ScoringView", "Gauge", "ScoreBar", "ChapterBars")))
    # What the screen asks for besides, as for a window that has just become the active one, is not in every round.
    assert min(every) <= PAINTS_PER_EDIT
    assert min(most) <= 2


def test_edits_keep_no_more_memory_than_their_undo_steps(desk: Desk) -> None:
    desk.show(SHEET)
    desk.select("5.1.1.1")

    def judge(times: int) -> None:
        for number in range(times):
            desk.press(Key.Key_2 if number % 2 == 0 else Key.Key_1)

    judge(20)
    kept = []
    for _ in range(3):
        # What other things keep meanwhile, such as a tab that is made, is not in every round.
        before = sys.getallocatedblocks()
        judge(20)
        kept.append((sys.getallocatedblocks() - before) / 20)
    assert min(kept) <= BLOCKS_PER_EDIT


PATHS: dict[str, Callable[[Library], object]] = {
    "a page of the list": lambda library: library.summaries(60),
    "the audit edited last": lambda library: library.newest(),
    "an audit": lambda library: library.load(library.summaries(1)[0].id),
    "what was written before": lambda library: library.earlier_words("5.1.1.1"),
    "an edit": lambda library: judged(library),
}


def judged(library: Library) -> None:
    """Judge an indicator of the audit edited last."""
    newest = library.newest()
    assert newest is not None
    audit = library.load(newest)[1]
    library.apply(ChangeSet(newest, tuple(edit(audit, Kind.ASSESSMENT, RowId("5.1.1.1"), {"note": "改过"}))))


@pytest.mark.parametrize("path", PATHS)
def test_ten_times_the_audits_cost_nothing_more(tmp_path_factory: pytest.TempPathFactory, path: str) -> None:
    steps = []
    for size in (200, 2000):
        folder = tmp_path_factory.getbasetemp() / f"many-{size}"
        if not folder.exists():
            make_many(folder, size)
        library = Library(folder, "李工")
        with counted(library) as counts:
            PATHS[path](library)
        library.close()
        steps.append(counts["steps"])
    assert steps[1] <= steps[0] * 1.1 + 20


@pytest.mark.long
def test_the_window_works_with_the_one_connection_it_was_opened_with(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    made: Counter[str] = Counter()
    connect = sqlite3.connect

    def counting(*arguments: Any, **named: Any) -> sqlite3.Connection:
        if threading.current_thread() is threading.main_thread():
            made["connections"] += 1
        return connect(*arguments, **named)

    monkeypatch.setattr(sqlite3, "connect", counting)
    desk = sit()
    assert made["connections"] == CONNECTIONS_PER_START
    made.clear()
    first = desk.audit.id
    desk.show(SHEET)
    for key in (Key.Key_1, Key.Key_2, Key.Key_1):
        desk.press(key)
    desk.undo()
    desk.new_audit()
    desk.switch_to(first)
    for tab in range(5):
        desk.show(tab)
    settle()
    assert made["connections"] == 0
