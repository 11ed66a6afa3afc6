"""However soon an auditor turns away after the last keystroke, what was typed is there when the library is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.ids import AuditId, Clause
from auditor_app.ui.editing import PAUSE_MS
from auditor_app.ui.tables.indicator_tree import NOTE
from tests.session.tables import read_anew
from tests.ui.conftest import Sit
from tests.ui.desk import CHECKLIST, CONTROL, PROFILE, REPORT, SHEET, Desk, Key, let_pass

CLAUSE = Clause("5.1.5.1")
TEXT = "看了 3 份记录"
GAPS = (0, 20, 50, 100, 150)
assert max(GAPS) < PAUSE_MS


@dataclass(frozen=True)
class Place:
    """Somewhere to type: how to get there, and where it is stored."""

    go: Callable[[Desk], None]
    read: Callable[[Audit], str]


def go_to_panel_note(desk: Desk) -> None:
    desk.show(SHEET)
    desk.select(CLAUSE)
    desk.press(Key.Key_N)


def go_to_note_cell(desk: Desk) -> None:
    desk.show(SHEET)
    desk.select(CLAUSE, NOTE)
    desk.press(Key.Key_F2)
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def go_to_profile_line(desk: Desk) -> None:
    desk.show(PROFILE)
    desk.enter(Kind.COMPANY, "website")
    desk.press(Key.Key_A, CONTROL)


def go_to_document_remark(desk: Desk) -> None:
    desk.show(CHECKLIST)
    desk.select("D2")
    desk.enter(Kind.DOCUMENT, "remark")


PLACES = {
    "a note in the panel": Place(go_to_panel_note, lambda audit: audit.assessment(CLAUSE).note),
    "a note in its cell": Place(go_to_note_cell, lambda audit: audit.assessment(CLAUSE).note),
    "a line of the profile": Place(go_to_profile_line, lambda audit: audit.company.website),
    "the remark on a document": Place(go_to_document_remark, lambda audit: audit.document("D2").remark),
}


def turn_to_another_row(desk: Desk) -> None:
    """Click the next row, or on the profile the next field."""
    match desk.space.tabs.currentIndex():
        case tab if tab == SHEET:
            desk.select("5.1.6.1")
        case tab if tab == CHECKLIST:
            desk.select("D5")
        case _:
            desk.enter(Kind.COMPANY, "hotline")


def turn_to_another_tab_by_key(desk: Desk) -> None:
    desk.show(REPORT)


def turn_to_another_tab_by_mouse(desk: Desk) -> None:
    desk.show_by_mouse(REPORT)


def make_a_new_audit(desk: Desk) -> None:
    desk.new_audit()


WAYS = {
    "another row": turn_to_another_row,
    "another tab by key": turn_to_another_tab_by_key,
}
OTHER_WAYS = {
    "another tab by mouse": turn_to_another_tab_by_mouse,
    "a new audit by key": make_a_new_audit,
}
every_place = pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
# At once and in the middle of the pause; the others add little, but for who looks for the one moment.
every_gap = pytest.mark.parametrize(
    "gap", [gap if gap in (0, 100) else pytest.param(gap, marks=pytest.mark.long) for gap in GAPS]
)


def type_and_wait(desk: Desk, place: Place, gap: int) -> AuditId:
    """Type into a place, wait so long, and say in which audit that was."""
    assert place.read(desk.stored) != TEXT
    place.go(desk)
    desk.type(TEXT)
    if gap:
        let_pass(gap)
    return desk.audit.id


@every_place
@every_gap
@pytest.mark.parametrize("leave", WAYS.values(), ids=WAYS.keys())
def test_what_was_typed_is_stored_when_the_auditor_turns_to(
    desk: Desk, place: Place, gap: int, leave: Callable[[Desk], None]
) -> None:
    audit_id = type_and_wait(desk, place, gap)
    leave(desk)
    assert place.read(desk.stored_audit(audit_id)) == TEXT


@pytest.mark.long
@every_place
@pytest.mark.parametrize("leave", OTHER_WAYS.values(), ids=OTHER_WAYS.keys())
def test_what_was_typed_is_stored_when_the_auditor_turns_at_once_to(
    desk: Desk, place: Place, leave: Callable[[Desk], None]
) -> None:
    audit_id = type_and_wait(desk, place, 0)
    leave(desk)
    assert place.read(desk.stored_audit(audit_id)) == TEXT


@pytest.mark.long
@every_place
@every_gap
def test_what_was_typed_is_stored_when_the_auditor_clicks_another_audit(desk: Desk, place: Place, gap: int) -> None:
    sample = desk.audit.id
    other = desk.new_audit()
    desk.switch_to(sample)
    type_and_wait(desk, place, gap)
    desk.switch_to(other)
    assert place.read(desk.stored_audit(sample)) == TEXT
    assert place.read(desk.stored_audit(other)) == ""


@pytest.mark.long
@every_place
@every_gap
def test_what_was_typed_is_stored_when_the_window_closes(sit: Sit, place: Place, gap: int) -> None:
    desk = sit()
    audit_id = type_and_wait(desk, place, gap)
    desk.close()
    desk.close_library()
    assert place.read(read_anew(desk.folder, audit_id)) == TEXT


@every_place
def test_what_was_typed_is_stored_by_itself_after_a_short_pause(desk: Desk, place: Place) -> None:
    type_and_wait(desk, place, PAUSE_MS + 30)
    assert place.read(desk.stored) == TEXT


@every_place
def test_what_was_typed_goes_to_its_own_row_and_no_other(desk: Desk, place: Place) -> None:
    before = desk.stored
    type_and_wait(desk, place, 0)
    turn_to_another_row(desk)
    assert place.read(desk.stored) == TEXT
    desk.undo()
    assert desk.stored == before
