"""The mouse wheel scrolls and changes nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from auditor_app.models.audit import Kind
from auditor_app.ui.tables.indicator_tree import COUNTS
from tests.session.tables import tables
from tests.ui.desk import CHECKLIST, FINDINGS, PROFILE, REPORT, SHEET, Desk, Key, settle, text_of


def turn_wheel(desk: Desk, widget: QWidget, steps: int) -> None:
    """Turn the wheel with the pointer over a widget; Qt finds who gets it."""
    place = QPointF(widget.mapTo(desk.window, widget.rect().center()))
    handle = desk.window.windowHandle()
    event = QWheelEvent(
        place,
        QPointF(handle.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(handle, event)
    settle()


def editors(desk: Desk) -> list[QWidget]:
    kinds = (QComboBox, QLineEdit, QPlainTextEdit)
    found = [child for kind in kinds for child in desk.space.tabs.currentWidget().findChildren(kind)]
    return [editor for editor in found if editor.isVisible()]


@pytest.mark.parametrize("tab", [PROFILE, CHECKLIST, SHEET, FINDINGS, REPORT])
@pytest.mark.parametrize("focused", [False, True], ids=["only under the pointer", "with the keyboard"])
def test_the_wheel_over_any_field_changes_nothing(desk: Desk, tab: int, focused: bool) -> None:
    desk.show(tab)
    before = tables(desk.folder)
    fields = editors(desk)
    assert fields or tab == REPORT
    for editor in fields:
        if focused:
            editor.setFocus()
        shown = text_of(editor)
        for steps in (-3, 3):
            turn_wheel(desk, editor, steps)
        assert text_of(editor) == shown
    desk.bench.session.flush()
    assert tables(desk.folder) == before


@pytest.mark.parametrize("tab", [CHECKLIST, SHEET, FINDINGS])
def test_the_wheel_scrolls_a_sheet_and_changes_nothing_in_it(desk: Desk, tab: int) -> None:
    desk.show(tab)
    before = tables(desk.folder)
    key = desk.sheet.current_key()
    bar = desk.sheet.verticalScrollBar()
    bar.setValue(0)
    for steps in (-20, 2):
        turn_wheel(desk, desk.sheet.viewport(), steps)
    assert bar.value() > 0 or bar.maximum() == 0
    assert desk.sheet.current_key() == key
    assert tables(desk.folder) == before


def test_the_wheel_over_the_tabs_stays_on_the_tab(desk: Desk) -> None:
    desk.show(SHEET)
    for steps in (-3, 3):
        turn_wheel(desk, desk.space.tabs.tabBar(), steps)
        assert desk.space.tabs.currentIndex() == SHEET


def test_the_wheel_over_a_cell_being_typed_into_changes_nothing(desk: Desk) -> None:
    desk.show(SHEET)
    desk.select("5.1.2.1", COUNTS)
    desk.press(Key.Key_3)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    before = tables(desk.folder)
    turn_wheel(desk, editor, -2)
    assert editor.text() == "15 / 1"
    desk.press(Key.Key_Escape)
    assert tables(desk.folder) == before


def test_the_wheel_over_a_table_of_the_profile_scrolls_the_page(desk: Desk) -> None:
    before = tables(desk.folder)
    for kind in (Kind.TEAM, Kind.SITE):
        turn_wheel(desk, desk.table(kind).viewport(), -3)
    assert tables(desk.folder) == before
