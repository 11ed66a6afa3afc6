"""Every key is in one map: seen at a glance, changed by the person, kept, and never with two meanings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from auditor_app.models.enums import DocumentStatus, Verdict
from auditor_app.models.ids import Clause
from auditor_app.session.session import Session
from auditor_app.storage.library import Library
from auditor_app.ui.auditor import AUDITOR_SETTING
from auditor_app.ui.keys import BINDINGS, SETTING, Keymap, Scope
from auditor_app.ui.keys_dialog import KeyRow, KeysDialog
from auditor_app.ui.keys_overlay import KeysOverlay
from auditor_app.ui.menus import Menus
from tests.ui.conftest import Keeper, Sit
from tests.ui.desk import (
    CHECKLIST,
    CONTROL,
    KEYPAD,
    NO_MODIFIER,
    PROFILE,
    SHEET,
    SHIFT,
    Desk,
    Key,
    composing,
    one,
    settle,
    text_of,
    visible_text,
)
from tests.ui.test_refused_writes import held

ALT = Qt.KeyboardModifier.AltModifier
CHANGEABLE = [binding.action for binding in BINDINGS if not binding.fixed]
# What a person may press, and what some other program may have written.
KEYS = st.sampled_from(
    ["1", "2", "Y", "y", "Del", "Return", "?", "Ctrl+B", "Ctrl+Z", "Up", "Space", "F5", "É", "Shift+N"]
)


@pytest.fixture(scope="module")
def session(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Give a session on a library without audits."""
    session = Session(Library(tmp_path_factory.mktemp("keys"), "李工"))
    yield session
    session.close()


@pytest.fixture
def keys(keeper: Keeper, session: Session) -> Keymap:
    """Give the keymap of somebody who changed nothing yet, in English: no window is there to translate it."""
    keeper.clear()
    session.set_setting(SETTING, "")
    return Keymap(session)


@pytest.fixture
def changing(desk: Desk) -> Iterator[Desk]:
    """Give a desk on which keys may be changed; the next one who sits down finds the first ones."""
    yield desk
    for overlay in desk.window.findChildren(KeysOverlay):
        overlay.leave()
    for dialog in desk.window.findChildren(KeysDialog):
        dialog.accept()
    settle()
    desk.space._context.keys.reset()
    desk.bench.session.set_setting(AUDITOR_SETTING, "")


def press(key: Key, modifier: Qt.KeyboardModifier = NO_MODIFIER, text: str = "", *, again: bool = False) -> QKeyEvent:
    """Return the event of a key; `again` while it is held down."""
    return QKeyEvent(QEvent.Type.KeyPress, key, modifier, text, again)


def doubles(keys: Keymap) -> list[tuple[str, str]]:
    """Return the actions that have one key where both count."""
    return [
        (first.action, other.action)
        for first, other in combinations(BINDINGS, 2)
        if Scope.WINDOW in (*first.scopes, *other.scopes) or set(first.scopes) & set(other.scopes)
        if {key.toString() for key in keys.sequences(first.action)}
        & {key.toString() for key in keys.sequences(other.action)}
    ]


def overlay(desk: Desk) -> KeysOverlay | None:
    """Return the overview of the keys, if it is shown."""
    shown = [found for found in desk.window.findChildren(KeysOverlay) if found.isVisible()]
    return shown[0] if shown else None


def caps(desk: Desk) -> list[str]:
    """Return the keys that the overview shows."""
    shown = overlay(desk)
    assert shown is not None
    return [each.text() for each in shown.findChildren(QLabel) if each.property("role") == "key"]


def open_settings(desk: Desk) -> KeysDialog:
    """Open the settings by their key."""
    desk.press(Key.Key_Comma, CONTROL)
    dialog = one(desk.window, KeysDialog)
    assert QTest.qWaitForWindowActive(dialog)
    return dialog


def row_of(dialog: KeysDialog, action: str, scope: Scope | None = None) -> KeyRow:
    """Return the line of an action in the settings."""
    return next(row for row in dialog.rows if row.action == action and scope in (None, row.scope))


def leave(desk: Desk, dialog: KeysDialog) -> None:
    """Close the settings by Escape."""
    desk.press(Key.Key_Escape)
    assert not desk.window.findChildren(KeysDialog), dialog
    desk.take_keyboard()


# What a key press means.


@pytest.mark.parametrize(
    ("event", "scope", "action"),
    [
        (press(Key.Key_1, text="1"), Scope.SHEET, "met"),
        (press(Key.Key_1, text="1"), Scope.CHECKLIST, "received"),
        (press(Key.Key_1, text="1"), Scope.FINDINGS, "major"),
        (press(Key.Key_0, KEYPAD, "0"), Scope.SHEET, "deleted"),
        (press(Key(0xFF12), text="\uff12"), Scope.SHEET, "not_met"),
        (press(Key(0xFF4E), text="\uff4e"), Scope.SHEET, "note"),
        (press(Key.Key_1, SHIFT, "1"), Scope.SHEET, "met"),
        (press(Key.Key_Return, text="\r"), Scope.SHEET, "next_unjudged"),
        (press(Key.Key_Enter, KEYPAD, "\r"), Scope.SHEET, "next_unjudged"),
        (press(Key.Key_Delete, text="\x7f"), Scope.SHEET, "unjudged"),
        (press(Key.Key_Delete, KEYPAD, "\x7f"), Scope.SHEET, "unjudged"),
        (press(Key.Key_Space, text=" "), Scope.SHEET, "expand"),
        (press(Key(0x3000), text="\u3000"), Scope.SHEET, "expand"),
        (press(Key.Key_Slash, text="/"), Scope.SHEET, "find"),
        (press(Key.Key_Question, SHIFT, "?"), Scope.WINDOW, "keys"),
        (press(Key(0xFF1F), SHIFT, "\uff1f"), Scope.WINDOW, "keys"),
        (press(Key.Key_Plus, SHIFT, "+"), Scope.VIEWER, "zoom_in"),
        (press(Key.Key_Plus, KEYPAD, "+"), Scope.VIEWER, "zoom_in"),
        (press(Key.Key_Right), Scope.VIEWER, "next"),
        (press(Key.Key_B, CONTROL, "\x02"), Scope.WINDOW, "board"),
    ],
)
def test_a_key_means_the_same_wherever_on_the_keyboard_it_is(
    keys: Keymap, event: QKeyEvent, scope: Scope, action: str
) -> None:
    assert keys.action(event, scope) == action


@pytest.mark.parametrize(
    ("event", "scope"),
    [
        (press(Key.Key_1, CONTROL, "1"), Scope.SHEET),
        (press(Key.Key_1, ALT, "1"), Scope.SHEET),
        (press(Key.Key_N, SHIFT, "N"), Scope.SHEET),
        (press(Key.Key_Space, SHIFT, " "), Scope.SHEET),
        (press(Key.Key_Return, SHIFT, "\r"), Scope.SHEET),
        (press(Key.Key_F, text="f"), Scope.CHECKLIST),
        (press(Key.Key_Shift, SHIFT), Scope.SHEET),
        (press(Key.Key_F2), Scope.SHEET),
        (press(Key.Key_Up), Scope.SHEET),
    ],
)
def test_what_is_no_key_of_the_place_means_nothing(keys: Keymap, event: QKeyEvent, scope: Scope) -> None:
    assert keys.action(event, scope) == ""


def test_caps_lock_makes_no_difference(keys: Keymap) -> None:
    assert keys.action(press(Key.Key_N, text="N"), Scope.SHEET) == "note"


def test_a_key_held_down_judges_once_but_goes_on_to_the_next(keys: Keymap) -> None:
    assert keys.action(press(Key.Key_1, text="1", again=True), Scope.SHEET) == ""
    assert keys.action(press(Key.Key_Insert, again=True), Scope.FINDINGS) == ""
    assert keys.action(press(Key.Key_Return, text="\r", again=True), Scope.SHEET) == "next_unjudged"
    assert keys.action(press(Key.Key_Right, again=True), Scope.VIEWER) == "next"


def test_keys_are_written_as_they_are_on_keyboards(keys: Keymap) -> None:
    actions = ("met", "unjudged", "next_unjudged", "expand", "next", "add", "board", "keys")
    assert [keys.text(action) for action in actions] == ["1", "Del", "Enter", "Space", "→", "Ins", "Ctrl+B", "?"]


# Another key.


def test_another_key_takes_over_and_the_old_one_means_nothing(keys: Keymap) -> None:
    seen: list[str] = []
    keys.changed.connect(lambda: seen.append(keys.text("met")))
    assert keys.rebind("met", QKeySequence("Y")) == ""
    assert keys.action(press(Key.Key_Y, text="y"), Scope.SHEET) == "met"
    assert keys.action(press(Key.Key_1, text="1"), Scope.SHEET) == ""
    assert keys.action(press(Key.Key_1, text="1"), Scope.CHECKLIST) == "received"
    assert seen == ["Y"]


def test_a_key_that_goes_with_control_asks_for_control(keys: Keymap) -> None:
    keys.rebind("finding", QKeySequence("Ctrl+Shift+F"))
    assert keys.action(press(Key.Key_F, CONTROL | SHIFT), Scope.SHEET) == "finding"
    assert keys.action(press(Key.Key_F, text="f"), Scope.SHEET) == ""
    assert keys.text("finding") == "Ctrl+Shift+F"


@pytest.mark.parametrize(
    ("action", "key", "holder"),
    [
        ("met", "2", "not_met"),
        ("note", "?", "keys"),
        ("keys", "N", "note"),
        ("evidence", "Ins", "add"),
        ("remove", "R", "rotate"),
        ("find", "Up", "move"),
        ("met", "Ctrl+Z", "undo"),
        ("board", "Ctrl+C", "clipboard"),
        ("met", "Esc", "back"),
    ],
)
def test_a_key_that_means_something_there_already_is_refused(keys: Keymap, action: str, key: str, holder: str) -> None:
    before = keys.text(action)
    assert keys.rebind(action, QKeySequence(key)) == holder
    assert keys.text(action) == before


def test_the_same_key_may_mean_another_thing_in_another_place(keys: Keymap) -> None:
    assert keys.rebind("received", QKeySequence("F")) == ""
    assert keys.text("received") == keys.text("finding") == "F"


def test_two_actions_can_change_keys_and_have_the_first_ones_again(keys: Keymap, session: Session) -> None:
    for action, key in (("met", "Y"), ("not_met", "1"), ("met", "2")):
        assert keys.rebind(action, QKeySequence(key)) == ""
    again = Keymap(session)
    assert [again.text("met"), again.text("not_met")] == ["2", "1"]
    again.reset()
    assert [Keymap(session).text("met"), Keymap(session).text("not_met")] == ["1", "2"]


def test_no_action_shares_its_first_key_with_another(keys: Keymap) -> None:
    assert doubles(keys) == []


@pytest.mark.long
@given(st.lists(st.tuples(st.sampled_from(CHANGEABLE), KEYS), max_size=12))
def test_whatever_keys_are_chosen_none_means_two_things_and_all_are_kept(
    session: Session, choices: list[tuple[str, str]]
) -> None:
    session.set_setting(SETTING, "")
    keys = Keymap(session)
    for action, key in choices:
        keys.rebind(action, QKeySequence(key))
    assert doubles(keys) == []
    again = Keymap(session)
    assert [again.text(action) for action in CHANGEABLE] == [keys.text(action) for action in CHANGEABLE]


@pytest.mark.long
@given(
    st.text(max_size=30)
    | st.dictionaries(st.sampled_from([*CHANGEABLE, "undo", "nobody"]), KEYS | st.text(max_size=5)).map(json.dumps)
    | st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=5).map(json.dumps)
)
def test_whatever_is_stored_the_keys_work(session: Session, stored: str) -> None:
    session.set_setting(SETTING, stored)
    keys = Keymap(session)
    assert doubles(keys) == []
    assert all(keys.text(binding.action) for binding in BINDINGS)


def test_of_what_is_stored_only_what_cannot_be_understood_is_left_out(session: Session) -> None:
    stored = {
        "met": "Y",
        "not_met": 7,
        "sampled": "no such key",
        "note": "Y",
        "undo": "U",
        "gone": "G",
        "find": "Ctrl+Z",
    }
    session.set_setting(SETTING, json.dumps(stored))
    keys = Keymap(session)
    actions = ("not_met", "sampled", "undo", "find")
    assert [keys.text(action) for action in actions] == ["2", "3", "Ctrl+Z", "/"]
    assert sorted((keys.text("met"), keys.text("note"))) in (["1", "Y"], ["N", "Y"])


# At the desk: the overview.


@pytest.mark.long
def test_question_mark_shows_the_keys_and_the_next_key_only_takes_them_away(changing: Desk) -> None:
    changing.show(CHECKLIST)
    changing.select("D3")
    before = changing.facts
    for key, modifier in ((Key.Key_1, NO_MODIFIER), (Key.Key_1, CONTROL), (Key.Key_Tab, NO_MODIFIER)):
        changing.press(Key.Key_Question)
        assert {"1", "Enter", "Del", "Ctrl+B", "?"} <= set(caps(changing))
        changing.press(key, modifier)
        assert overlay(changing) is None
        assert changing.space.tabs.currentIndex() == CHECKLIST
        assert changing.sheet.hasFocus()
        assert changing.facts == before
    changing.press(Key.Key_1)
    assert changing.stored.document("D3").status is DocumentStatus.RECEIVED


def test_a_mere_shift_leaves_the_keys_on_the_screen(changing: Desk) -> None:
    changing.press(Key.Key_Question)
    changing.press(Key.Key_Shift)
    assert overlay(changing) is not None


def test_a_click_takes_the_keys_away_and_reaches_nothing_behind(changing: Desk) -> None:
    changing.show(PROFILE)
    changing.press(Key.Key_Question)
    shown = overlay(changing)
    assert shown is not None
    bar = changing.space.tabs.tabBar()
    changing.click(shown, bar.mapTo(changing.window, bar.tabRect(SHEET).center()))
    assert overlay(changing) is None
    assert changing.space.tabs.currentIndex() == PROFILE


def test_question_mark_in_a_text_is_text(changing: Desk) -> None:
    changing.show(CHECKLIST)
    changing.select("D2")
    changing.press(Key.Key_N)
    changing.type("真的")
    changing.press(Key.Key_Question)
    changing.press(Key.Key_Escape)
    assert overlay(changing) is None
    assert changing.stored.document("D2").remark.endswith("真的?")


def test_the_keys_are_in_the_help_menu_and_cover_the_window_of_any_size(changing: Desk) -> None:
    actions = one(changing.window, Menus).findChildren(QAction)
    next(action for action in actions if action.shortcut() == QKeySequence("?")).trigger()
    shown = overlay(changing)
    assert shown is not None
    for width, height in ((1180, 640), (1366, 768)):
        changing.window.resize(width, height)
        settle()
        assert shown.size() == changing.window.size()
        assert shown.rect().contains(shown.childrenRect())


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_keys_fit_into_the_smallest_window(sit: Sit, language: str) -> None:
    desk = sit(language=language)
    desk.window.resize(1180, 640)
    desk.press(Key.Key_Question)
    shown = overlay(desk)
    assert shown is not None
    parts = [part for part in shown.findChildren(QLabel) if part.text()]
    assert len(parts) > 2 * 50
    for part in parts:
        assert shown.rect().contains(QRect(part.mapTo(shown, part.rect().topLeft()), part.size()))
        assert part.width() >= part.sizeHint().width(), part.text()


def test_the_overview_and_the_hints_show_the_key_that_was_chosen(changing: Desk) -> None:
    changing.show(CHECKLIST)
    changing.space._context.keys.rebind("received", QKeySequence("F8"))
    assert "F8" in visible_text(changing.space.tabs.checklist)
    assert any("F8" in button.toolTip() for button in changing.space.tabs.checklist.findChildren(QAbstractButton))
    changing.press(Key.Key_Question)
    assert "F8" in caps(changing)


# At the desk: the settings.


@pytest.mark.long
def test_a_key_chosen_in_the_settings_counts_at_once_and_after_the_next_start(sit: Sit, tmp_path: Path) -> None:
    desk = sit(tmp_path)
    dialog = open_settings(desk)
    row = row_of(dialog, "verified")
    desk.click(row.key)
    desk.press(Key.Key_Y)
    assert row.key.text() == "Y"
    leave(desk, dialog)
    desk.show(CHECKLIST)
    desk.select("D3")
    desk.press(Key.Key_Y)
    assert desk.stored.document("D3").status is DocumentStatus.VERIFIED
    desk.close_library()
    again = sit(tmp_path)
    again.show(CHECKLIST)
    again.select("D3")
    for key, status in ((Key.Key_1, DocumentStatus.RECEIVED), (Key.Key_Y, DocumentStatus.VERIFIED)):
        again.press(key)
        assert again.stored.document("D3").status is status


@pytest.mark.long
def test_a_verdict_is_given_by_the_key_that_was_chosen_for_it_and_by_no_other(changing: Desk) -> None:
    changing.show(SHEET)
    dialog = open_settings(changing)
    changing.click(row_of(dialog, "not_met").key)
    changing.press(Key.Key_Y)
    leave(changing, dialog)
    changing.select("5.1.1.1")
    changing.press(Key.Key_1)
    for key, verdict in ((Key.Key_2, Verdict.MET), (Key.Key_Y, Verdict.NOT_MET)):
        changing.press(key)
        assert changing.stored.assessment(Clause("5.1.1.1")).verdict is verdict


@pytest.mark.long
def test_the_menus_follow_the_settings(changing: Desk) -> None:
    dialog = open_settings(changing)
    changing.click(row_of(dialog, "tab1").key)
    changing.press(Key.Key_F5)
    leave(changing, dialog)
    changing.show(SHEET)
    changing.press(Key.Key_1, CONTROL)
    assert changing.space.tabs.currentIndex() == SHEET
    changing.press(Key.Key_F5)
    assert changing.space.tabs.currentIndex() == PROFILE


@pytest.mark.long
def test_a_key_that_is_taken_is_refused_and_the_row_says_by_what(changing: Desk) -> None:
    dialog = open_settings(changing)
    row = row_of(dialog, "received")
    changing.click(row.key)
    changing.press(Key.Key_2)
    assert row.key.text() == "1"
    assert changing.space._context.keys.name("verified") in row.message.text()
    assert row.message.isVisible()
    changing.click(row.key)
    changing.press(Key.Key_Z, CONTROL)
    assert changing.space._context.keys.name("undo") in row.message.text()
    changing.click(row.key)
    changing.press(Key.Key_F8)
    assert row.key.text() == "F8"
    assert not row.message.isVisible()


@pytest.mark.long
def test_escape_while_a_key_is_asked_for_keeps_the_old_one_and_the_settings_open(changing: Desk) -> None:
    dialog = open_settings(changing)
    row = row_of(dialog, "received")
    changing.click(row.key)
    assert row.key.text() != "1"
    changing.press(Key.Key_Escape)
    assert row.key.text() == "1"
    assert dialog.isVisible()
    changing.click(row.key)
    changing.click(row_of(dialog, "problem").key)
    assert row.key.text() == "1", "another one is asked for now"


@pytest.mark.long
def test_keys_are_chosen_without_the_mouse(changing: Desk) -> None:
    dialog = open_settings(changing)
    row = row_of(dialog, "met")
    changing.press(Key.Key_Tab)
    assert row.key.hasFocus()
    changing.press(Key.Key_Return)
    changing.press(Key.Key_Space)
    assert changing.space._context.keys.name("expand") in row.message.text()
    changing.press(Key.Key_Space)
    changing.press(Key.Key_Backspace)
    assert row.key.text() == "Backspace"


@pytest.mark.long
def test_one_key_or_all_go_back_to_the_first_ones(changing: Desk) -> None:
    dialog = open_settings(changing)
    received, evidence = row_of(dialog, "received"), row_of(dialog, "evidence", Scope.FINDINGS)
    assert not received.default.isVisible()
    for row, key in ((received, Key.Key_F8), (evidence, Key.Key_F9)):
        changing.click(row.key)
        changing.press(key)
    assert row_of(dialog, "evidence", Scope.SHEET).key.text() == "F9", "it is one action in all lists"
    changing.click(received.default)
    assert (received.key.text(), evidence.key.text()) == ("1", "F9")
    changing.click(dialog.defaults)
    assert evidence.key.text() == "E"


@pytest.mark.long
def test_the_first_key_of_an_action_is_not_given_back_while_another_has_it(changing: Desk) -> None:
    dialog = open_settings(changing)
    met, not_met = row_of(dialog, "met"), row_of(dialog, "not_met")
    for row, key in ((met, Key.Key_Y), (not_met, Key.Key_1)):
        changing.click(row.key)
        changing.press(key)
    changing.click(met.default)
    assert met.key.text() == "Y"
    assert changing.space._context.keys.name("not_met") in met.message.text()


@pytest.mark.long
def test_a_key_that_the_disk_does_not_take_stays_what_it_was_and_the_row_says_so(sit: Sit) -> None:
    desk = sit()
    dialog = open_settings(desk)
    row = row_of(dialog, "received")
    with held(desk.folder):
        desk.click(row.key)
        desk.press(Key.Key_F8)
        assert row.key.text() == "1"
        assert "没有保存" in row.message.text()
    desk.click(row.key)
    desk.press(Key.Key_F8)
    assert row.key.text() == "F8"


def test_an_input_method_that_composes_presses_no_key(changing: Desk) -> None:
    changing.show(CHECKLIST)
    changing.select("D3")
    before = changing.facts
    assert not changing.input_method_wanted
    for event in (composing("1"), composing("n")):
        QApplication.sendEvent(changing.sheet, event)
    assert changing.facts == before
    assert changing.sheet.hasFocus()


# At the desk: who sits there.


@pytest.mark.long
def test_who_i_am_is_chosen_from_the_team_or_typed_and_kept(sit: Sit, tmp_path: Path) -> None:
    desk = sit(tmp_path)
    dialog = open_settings(desk)
    names = [member.name for member in desk.audit.team]
    assert [dialog.name.itemText(place) for place in range(dialog.name.count())] == names
    changed: list[str] = []
    dialog.auditor_changed.connect(lambda: changed.append(desk.bench.session.setting(AUDITOR_SETTING)))
    desk.press(Key.Key_Down)
    assert changed == [names[0]]
    desk.press(Key.Key_A, CONTROL)
    desk.type(" 欧阳文\u3000")
    desk.pause()
    assert changed[-1] == "欧阳文"
    desk.press(Key.Key_A, CONTROL)
    desk.type("诸葛明")
    leave(desk, dialog)
    assert changed[-1] == "诸葛明", "leaving hands in what was typed last"
    desk.close_library()
    again = sit(tmp_path)
    assert text_of(open_settings(again).name) == "诸葛明"


@pytest.mark.long
def test_a_name_that_the_disk_does_not_take_is_said_not_to_be_kept(sit: Sit) -> None:
    desk = sit()
    dialog = open_settings(desk)
    with held(desk.folder):
        desk.type("诸葛明")
        desk.pause()
        assert "没有保存" in visible_text(dialog)
    desk.bench.session.flush()
    assert desk.bench.session.setting(AUDITOR_SETTING) == "诸葛明"
    assert "没有保存" not in visible_text(dialog)
