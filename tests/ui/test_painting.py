"""What is on the screen is what painting everything anew would show, though only what changed is painted."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import chain

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from auditor_app.models.audit import Kind, StandardRef
from auditor_app.models.changes import edit
from auditor_app.models.enums import DocumentStatus
from auditor_app.models.ids import AuditId, Clause, RowId, new_id
from auditor_app.models.standard import parse_standard
from auditor_app.ui.score_bar import ChapterBars
from auditor_app.ui.sheet_filter import FIND_PAUSE_MS
from auditor_app.ui.tables.document_tree import DocumentTree
from tests.ui.conftest import Sit
from tests.ui.desk import CHECKLIST, SHEET, Key, let_pass, one

pytestmark = pytest.mark.long

REST_MS = 30


def is_up_to_date(widget: QWidget) -> bool:
    """Say whether a widget looks on the screen as it does when all of it is painted anew."""
    # Qt lays out and paints by timers too.
    let_pass(REST_MS)
    window = widget.window()
    place = QRect(widget.mapTo(window, QPoint()), widget.size())
    seen = widget.screen().grabWindow(window.winId()).toImage().copy(place)
    return seen == window.grab().toImage().copy(place)


@pytest.mark.parametrize("is_left_out", [False, True])
def test_documents_changed_in_one_step_are_all_painted_with_or_without_the_last_column(
    sit: Sit, is_left_out: bool
) -> None:
    desk = sit()
    desk.show(CHECKLIST)
    view = desk.sheet
    sheet = view.model()
    assert isinstance(sheet, DocumentTree)
    if is_left_out:
        # As by the menu of the headings.
        view._left_out = {len(sheet.columns) - 1}
        view._fit_columns()
    keys = sheet.under(sheet.row_keys()[0])
    assert len(keys) > 2
    assert is_up_to_date(view.viewport())
    for status in (DocumentStatus.AWAITED, DocumentStatus.PROBLEM):
        changes = [edit(desk.audit, Kind.DOCUMENT, RowId(key), {"status": status}) for key in keys]
        desk.bench.session.submit(chain.from_iterable(changes), "several")
        assert is_up_to_date(view.viewport())
    desk.undo()
    assert is_up_to_date(view.viewport())


def test_a_row_left_by_the_search_is_painted_when_it_changes_with_hidden_ones(sit: Sit) -> None:
    desk = sit()
    session = desk.bench.session
    desk.show(SHEET)
    clauses = [Clause("5.3.1.1"), Clause("5.3.1.2"), Clause("5.3.1.3")]
    for word in ("old", "new"):
        notes = zip(clauses, (word, f"{word} xyzzy", word), strict=True)
        changes = [edit(desk.audit, Kind.ASSESSMENT, RowId(clause), {"note": note}) for clause, note in notes]
        session.submit(chain.from_iterable(changes), word)
    desk.space.tabs.scoring.filter._find.setText("xyzzy")
    let_pass(FIND_PAUSE_MS * 2)
    view = desk.sheet
    shown = [view.visualRect(desk.index(clause, 1)).isEmpty() for clause in clauses]
    assert shown == [True, False, True]
    assert is_up_to_date(view.viewport())
    session.undo()
    assert desk.audit.assessment(clauses[1]).note == "old xyzzy"
    assert is_up_to_date(view.viewport())


def test_the_bars_of_all_chapters_follow_a_pack_with_names_of_another_width(sit: Sit) -> None:
    desk = sit()
    raw = json.loads(desk.bench.session.standard.content)
    raw["chapters"][0]["title"] = {"zh": "商", "en": "A"}
    pack = parse_standard(json.dumps(raw | {"version": "0"}))
    bars = one(desk.window, ChapterBars)
    assert is_up_to_date(bars)
    audit = desk.audit
    desk.bench.session.add(pack, replace(audit, id=AuditId(new_id()), standard=StandardRef(pack.id, pack.version)))
    assert is_up_to_date(bars)


def test_the_audit_that_was_left_is_not_marked_as_open_any_more(sit: Sit) -> None:
    desk = sit()
    rail = desk.space.rail
    desk.new_audit()
    desk.new_audit()
    rail.view.setFocus()
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Return):
        desk.press(key)
        assert is_up_to_date(rail.view.viewport())
    assert rail.view.currentIndex().row() == 2
