"""The note of an indicator offers what the auditor wrote before, and never stands in the way of typing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from auditor_app import files
from auditor_app.models.audit import Kind
from auditor_app.models.entities import Assessment
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.ids import AuditId, Clause, RowId, new_id
from auditor_app.storage.library import Library
from auditor_app.ui.fields import TextField
from auditor_app.ui.phrase_card import PhraseCard
from auditor_app.ui.phrases import PhraseButton, PhraseHelp
from auditor_app.ui.phrases_dialog import PhrasesDialog
from auditor_app.ui.sheet_page import back_to_sheet
from tests.ui.conftest import Sit
from tests.ui.desk import CONTROL, NO_MODIFIER, SHIFT, Desk, Key, middle, one, settle, visible_text
from tests.ui.test_refused_writes import held

CLAUSE = Clause("5.1.6.1")
OTHER = Clause("5.2.4.1")
ALT = Qt.KeyboardModifier.AltModifier
OWN, EVERY = "均在承诺时限内到场", "现场查阅记录，未见异常"
EARLIER = "查 5 份记录，均在时限内\n其中 1 份无签字"


class Note(QWidget):
    """The note of one indicator as the panel shows it: button, field, and a page that Escape leaves."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        context = desk.space._context
        self.desk = desk
        self.field = TextField(context, Kind.ASSESSMENT, "note", "Note", lines=6)
        self.help = PhraseHelp(context, self.field)
        self.button = PhraseButton(context, self.field)
        self.sheet = QLineEdit()
        self.messages: list[str] = []
        self._context = context
        self._lay_out()
        self.help.message.connect(self.messages.append)
        self.button.message.connect(self.messages.append)
        context.session.changed.connect(self._on_changed)
        back_to_sheet(self, self.sheet)
        self.show_clause(CLAUSE)
        self.resize(330, 480)
        self.show()
        assert QTest.qWaitForWindowActive(self)
        self.edit.setFocus()

    @property
    def edit(self) -> QPlainTextEdit:
        edit = self.field.focus_target()
        assert isinstance(edit, QPlainTextEdit)
        return edit

    @property
    def text(self) -> str:
        return self.edit.toPlainText()

    @property
    def offers(self) -> list[str]:
        """Return what the open list offers, nothing when it is closed."""
        return self.help.open_list.rows if self.help.open_list is not None else []

    @property
    def stored(self) -> str:
        return self.desk.stored.assessment(CLAUSE).note

    def show_clause(self, clause: str) -> None:
        self.field.bind(RowId(clause))
        self.help.show_clause(clause)

    def pick(self, word: str) -> None:
        """Press the mouse on the button and pick from its menu."""
        place = self.button.mapTo(self, middle(self.button))
        QTest.mousePress(self.windowHandle(), Qt.MouseButton.LeftButton, NO_MODIFIER, place)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(action for action in menu.actions() if action.text().startswith(word))
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, NO_MODIFIER, menu.actionGeometry(action).center())
        if menu.isVisible():
            # What cannot be picked leaves the menu open.
            menu.close()
        if QApplication.activeModalWidget() is None:
            # The offscreen platform gives a menu the keyboard and does not take it back, as a window system does.
            self.activateWindow()
            assert QTest.qWaitForWindowActive(self)

    def _on_changed(self) -> None:
        self.field.refresh()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addStretch()
        line.addWidget(self.button)
        box = QVBoxLayout(self)
        box.addLayout(line)
        box.addWidget(self.field)
        box.addWidget(self.sheet)
        box.addStretch()


Open = Callable[[Desk], Note]


@pytest.fixture
def open_note() -> Iterator[Open]:
    """Give a way to open the note of an indicator in a window of its own."""
    notes: list[Note] = []

    def show(desk: Desk) -> Note:
        notes.append(Note(desk))
        return notes[-1]

    yield show
    for note in notes:
        note.desk.bench.session.disconnect(note)
        note.close()
        note.deleteLater()
    settle()


@pytest.fixture
def note(desk: Desk, open_note: Open) -> Iterator[Note]:
    """Give the note of an indicator with a phrase kept for it, one kept for every one, and an earlier audit's note."""
    session = desk.bench.session
    standard, audit = files.read_audit(files.SAMPLE)
    mine = session.audit.id
    sheet = {**audit.of(Kind.ASSESSMENT), RowId(CLAUSE): Assessment(CLAUSE, note=EARLIER)}
    session.add(standard, replace(audit, id=AuditId(new_id()), rows={**audit.rows, Kind.ASSESSMENT: sheet}))
    session.open(mine)
    session.keep_phrase(CLAUSE, OWN)
    session.keep_phrase("", EVERY)
    yield open_note(desk)
    # The library is shared with the tests to come: what was written here would be an earlier note to them.
    session.flush()
    while session.undo_group.canUndo():
        session.undo()
    for clause in ("", CLAUSE):
        for phrase in session.phrases(clause):
            session.drop_phrase(clause, phrase)


def test_phrases_of_the_indicator_come_first_then_those_for_any_then_earlier_notes(desk: Desk, note: Note) -> None:
    desk.type("时限")
    assert note.offers == [OWN, "查 5 份记录，均在时限内 …"]
    desk.type("\b\b")
    assert note.offers == []
    desk.press(Key.Key_Space, CONTROL)
    assert note.offers[:3] == [OWN, EVERY, "查 5 份记录，均在时限内 …"]


def test_nothing_is_offered_for_a_single_letter_nor_for_a_line_that_is_the_phrase(desk: Desk, note: Note) -> None:
    desk.bench.session.keep_phrase("", "SLA met")
    desk.type("s")
    assert note.offers == []
    desk.type("l")
    assert note.offers == ["SLA met"]
    desk.type("a MET")
    assert note.offers == []


def test_letters_in_either_width_and_case_find_a_phrase(desk: Desk, note: Note) -> None:
    desk.bench.session.keep_phrase("", "SLA met")
    desk.type("ｓＬ")
    assert note.offers == ["SLA met"]


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Tab])
def test_the_chosen_phrase_takes_the_place_of_what_was_typed_on_its_line(desk: Desk, note: Note, key: Key) -> None:
    desk.type("第一行")
    desk.press(Key.Key_Return)
    desk.type("时限")
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Down)
    desk.press(key)
    assert note.text == f"第一行\n{EARLIER}"
    assert note.offers == []
    assert note.edit.hasFocus()
    desk.pause()
    assert note.stored == f"第一行\n{EARLIER}"


def test_what_stands_behind_the_cursor_and_before_the_line_stays(desk: Desk, note: Note) -> None:
    desk.type("  时限；另查 2 份")
    for _ in "；另查 2 份":
        desk.press(Key.Key_Left)
    desk.type("\b限")
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Return)
    assert note.text == f"  {OWN}；另查 2 份"


def test_signs_beyond_the_basic_plane_do_not_shift_what_is_replaced(desk: Desk, note: Note) -> None:
    desk.bench.session.keep_phrase("", "👍 时限好")
    desk.type("👍 时")
    assert note.offers == ["👍 时限好"]
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Return)
    assert note.text == "👍 时限好"


def test_enter_with_nothing_chosen_is_a_line_break(desk: Desk, note: Note) -> None:
    desk.type("时限")
    assert note.offers
    desk.press(Key.Key_Return)
    assert note.text == "时限\n"
    assert note.offers == []


def test_tab_with_nothing_chosen_leaves_the_note(desk: Desk, note: Note) -> None:
    desk.type("时限")
    assert note.offers
    desk.press(Key.Key_Tab)
    assert not note.edit.hasFocus()
    assert note.offers == []
    assert note.stored == "时限"


def test_arrow_keys_walk_the_list_and_out_of_it(desk: Desk, note: Note) -> None:
    desk.type("时限")
    walked = []
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Up, Key.Key_Up):
        desk.press(key)
        assert note.help.open_list is not None
        walked.append(note.help.open_list.chosen)
    assert walked == [OWN, EARLIER, None, EARLIER, OWN, None]
    desk.press(Key.Key_PageDown)
    assert note.help.open_list is not None
    assert note.help.open_list.chosen == EARLIER


def test_a_click_takes_a_phrase(desk: Desk, note: Note) -> None:
    desk.type("时限")
    view = one(note, QTreeView)
    desk.click(view.viewport(), view.visualRect(view.model().index(0, 0)).center())
    assert note.text == OWN
    assert note.edit.hasFocus()


def test_escape_closes_the_list_first_and_leaves_the_note_only_then(desk: Desk, note: Note) -> None:
    desk.type("时限")
    desk.press(Key.Key_Escape)
    assert note.offers == []
    assert note.edit.hasFocus()
    assert note.text == "时限"
    desk.press(Key.Key_Escape)
    assert note.sheet.hasFocus()


@pytest.mark.long
def test_a_list_that_was_closed_stays_closed_on_this_line(desk: Desk, note: Note) -> None:
    desk.type("时")
    desk.press(Key.Key_Escape)
    desk.type("限")
    assert note.offers == []
    desk.press(Key.Key_Return)
    desk.type("时")
    assert note.offers


def test_moving_the_cursor_closes_the_list(desk: Desk, note: Note) -> None:
    desk.type("时限")
    desk.press(Key.Key_Left)
    assert note.offers == []


@pytest.mark.parametrize(("key", "modifier"), [(Key.Key_Space, CONTROL), (Key.Key_Down, ALT)])
def test_one_key_lists_everything_also_on_an_empty_line(
    desk: Desk, note: Note, key: Key, modifier: Qt.KeyboardModifier
) -> None:
    desk.press(key, modifier)
    assert {OWN, EVERY} <= set(note.offers)
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Return)
    assert note.text == OWN


@pytest.mark.long
def test_a_phrase_taken_from_the_whole_list_spares_what_it_does_not_contain(desk: Desk, note: Note) -> None:
    desk.type("抽查：")
    desk.press(Key.Key_Space, CONTROL)
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Return)
    assert note.text == f"抽查：{OWN}"


@pytest.mark.long
def test_asking_for_a_list_that_is_empty_says_so(sit: Sit, open_note: Open) -> None:
    desk = sit(sample=False, language="en")
    desk.take_keyboard()
    desk.new_audit()
    note = open_note(desk)
    desk.press(Key.Key_Space, CONTROL)
    assert note.offers == []
    assert note.messages == ["No phrases yet for this indicator. Any note can be kept as one."]


def test_nothing_is_offered_while_an_input_method_composes(desk: Desk, note: Note) -> None:
    desk.compose("shi")
    assert note.offers == []
    desk.type("时")
    assert note.offers
    desk.compose("xian")
    assert note.offers == []
    desk.press(Key.Key_Space, CONTROL)
    assert note.offers == []
    desk.type("限")
    assert note.offers
    assert note.text == "时限"


@pytest.mark.long
def test_a_phrase_is_part_of_the_visit_and_undone_with_it(desk: Desk, note: Note) -> None:
    before = desk.stored
    desk.type("先看。")
    desk.pause()
    desk.press(Key.Key_Return)
    desk.type("时限")
    desk.pause()
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Return)
    desk.type("！")
    desk.press(Key.Key_Tab)
    assert note.stored == f"先看。\n{OWN}！"
    desk.bench.session.undo()
    assert desk.stored == before
    assert note.text == ""
    desk.bench.session.redo()
    assert note.stored == f"先看。\n{OWN}！"


def test_undo_while_the_list_is_open_offers_nothing_for_what_it_brings_back(desk: Desk, note: Note) -> None:
    desk.type("时限")
    desk.pause()
    desk.bench.session.undo()
    assert note.text == ""
    assert note.offers == []
    desk.type("现")
    assert note.offers == [EVERY]


def test_leaving_the_note_with_the_list_open_ends_the_visit(desk: Desk, note: Note) -> None:
    desk.type("时")
    assert note.offers
    note.sheet.setFocus()
    assert note.offers == []
    assert note.stored == "时"
    note.edit.setFocus()
    desk.type("限")
    desk.press(Key.Key_Tab)
    desk.bench.session.undo()
    assert note.stored == "时"


def test_the_note_of_this_audit_is_not_offered_to_itself(desk: Desk, note: Note) -> None:
    desk.type("时限之外")
    desk.press(Key.Key_Tab)
    note.show_clause(CLAUSE)
    note.edit.setFocus()
    desk.press(Key.Key_End, CONTROL)
    desk.press(Key.Key_Return)
    desk.type("时限")
    assert "时限之外" not in note.offers


def test_phrases_are_read_once_for_each_indicator_shown(
    desk: Desk, note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, phrases = desk.bench.session, desk.bench.session.phrases
    read: list[str] = []

    def count(clause: str) -> list[str]:
        read.append(clause)
        return phrases(clause)

    monkeypatch.setattr(session, "phrases", count)
    note.sheet.setFocus()
    note.show_clause(OTHER)
    assert read == []
    note.edit.setFocus()
    desk.type("时限一二三四五")
    note.sheet.setFocus()
    note.edit.setFocus()
    desk.type("时限")
    assert read == [OTHER]
    note.sheet.setFocus()
    note.show_clause(CLAUSE)
    note.edit.setFocus()
    desk.type("时限")
    assert read == [OTHER, CLAUSE]


def test_the_list_stays_inside_the_window(desk: Desk, note: Note) -> None:
    for number in range(20):
        desk.bench.session.keep_phrase("", f"时限 {number}，" + "很长" * 60)
    note.resize(330, 400)
    desk.type("时限")
    shown = note.help.open_list
    assert shown is not None
    assert note.rect().contains(shown.geometry())
    assert len(note.offers) == 22
    note.resize(340, 300)
    settle()
    assert note.help.open_list is None


def test_markup_in_a_phrase_is_shown_and_inserted_as_it_is(desk: Desk, note: Note) -> None:
    desk.bench.session.keep_phrase("", "<b>粗</b> &amp; 细")
    desk.type("粗")
    assert note.offers == ["<b>粗</b> &amp; 细"]
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Return)
    assert note.text == "<b>粗</b> &amp; 细"


def test_a_library_that_cannot_be_read_leaves_the_note_usable(
    desk: Desk, note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_library: Library, _clause: str) -> list[str]:
        raise EnvironmentProblem("library_cannot_open", path=desk.folder)

    note.show_clause(OTHER)
    with monkeypatch.context() as patch:
        patch.setattr(Library, "phrases", refuse)
        desk.type("时限")
    assert note.text == "时限"
    assert note.offers == []
    assert len(note.messages) == 1


# The button at the title of the note.


def test_a_phrase_from_the_menu_goes_where_the_cursor_is_or_on_a_line_of_its_own(desk: Desk, note: Note) -> None:
    note.pick(OWN)
    assert note.text == OWN
    note.pick(EVERY)
    assert note.text == f"{OWN}\n{EVERY}"
    assert note.edit.hasFocus()
    assert note.offers == []
    desk.press(Key.Key_Tab)
    assert note.stored == f"{OWN}\n{EVERY}"


def test_phrases_from_the_menu_belong_to_the_visit_they_were_picked_in(desk: Desk, note: Note) -> None:
    before = desk.stored
    desk.type("先看。")
    desk.pause()
    note.pick(EVERY)
    desk.type("！")
    desk.press(Key.Key_Tab)
    assert note.stored == f"先看。\n{EVERY}！"
    desk.bench.session.undo()
    assert desk.stored == before


@pytest.mark.long
def test_a_note_is_kept_as_a_phrase_for_its_indicator(sit: Sit, open_note: Open) -> None:
    desk = sit(language="en")
    note = open_note(desk)
    note.pick("Keep this note")
    assert note.messages == []
    desk.type("A & C")
    note.pick("Keep this note")
    assert note.messages == [f"Kept as a phrase for {CLAUSE}."]
    note.pick("Keep this note")
    assert note.messages[1:] == ["This note is among the phrases already."]
    session = desk.bench.session
    assert (session.phrases(CLAUSE), session.phrases(OTHER)) == (["A & C"], [])
    assert session.undo_group.undoText() == "Note"
    desk.press(Key.Key_A, CONTROL)
    desk.type("a ")
    desk.press(Key.Key_Space, CONTROL)
    assert note.offers == ["A & C"]
    desk.press(Key.Key_Escape)
    desk.press(Key.Key_A, CONTROL)
    desk.press(Key.Key_Delete)
    note.pick("A && C")
    assert note.text == "A & C"


def test_a_phrase_that_the_disk_does_not_take_is_told(desk: Desk, note: Note) -> None:
    desk.type("新的说法")
    desk.pause()
    word = note.button.tr("Keep this note as a phrase")
    with held(desk.folder):
        note.pick(word)
        settle()
    (told,) = desk.told
    assert "没有保存" in told
    assert "新的说法" not in desk.bench.session.phrases(CLAUSE)


# The dialog.


class Dialog:
    """The dialog of the phrases, worked by keys and clicks."""

    def __init__(self, desk: Desk, note: Note) -> None:
        self.desk = desk
        note.pick(note.button.tr("Edit phrases …"))
        self.box = one(note, PhrasesDialog)
        assert QTest.qWaitForWindowActive(self.box)

    def card(self, clause: str) -> PhraseCard:
        return self.box.findChildren(PhraseCard)[0 if clause else 1]

    def press_button(self, clause: str, text: str) -> None:
        card = self.card(clause)
        self.desk.click(one(card, QAbstractButton, lambda button: button.text().startswith(text)))

    def select(self, clause: str, phrase: str) -> None:
        view = one(self.card(clause), QTreeView)
        row = self.card(clause).phrases.index(phrase)
        self.desk.click_cell(view, view.model().index(row, 0))

    @property
    def words(self) -> str:
        return visible_text(self.box)


@pytest.fixture
def english(sit: Sit, open_note: Open) -> Note:
    """Give an empty note in English with one phrase of each kind."""
    desk = sit(language="en")
    desk.bench.session.keep_phrase(CLAUSE, "on time")
    desk.bench.session.keep_phrase("", "records seen")
    return open_note(desk)


def kept(note: Note) -> tuple[list[str], list[str]]:
    """Return what a library opened for the first time keeps for the indicator alone and for every one."""
    library = Library(note.desk.folder, "")
    every, both = library.phrases(""), library.phrases(CLAUSE)
    library.close()
    return [phrase for phrase in both if phrase not in every], every


@pytest.mark.long
def test_a_phrase_is_added_edited_and_removed_and_stored_at_once(english: Note) -> None:
    desk = english.desk
    dialog = Dialog(desk, english)
    assert "Not part of an audit" in dialog.words
    dialog.press_button(CLAUSE, "Add")
    desk.type("ten checked")
    desk.press(Key.Key_Return, SHIFT)
    desk.type("none failed")
    desk.press(Key.Key_Return)
    assert kept(english) == (["on time", "ten checked\nnone failed"], ["records seen"])
    dialog.select(CLAUSE, "on time")
    desk.press(Key.Key_Return)
    desk.type("always on time")
    desk.press(Key.Key_Return)
    assert kept(english)[0] == ["always on time", "ten checked\nnone failed"]
    dialog.select(CLAUSE, "always on time")
    desk.press(Key.Key_Delete)
    assert kept(english)[0] == ["ten checked\nnone failed"]
    dialog.select("", "records seen")
    dialog.press_button("", "Remove")
    assert kept(english)[1] == []
    assert "No phrase for every indicator yet" in dialog.words


@pytest.mark.long
def test_a_phrase_moves_between_the_indicator_and_every_indicator(english: Note) -> None:
    dialog = Dialog(english.desk, english)
    dialog.select(CLAUSE, "on time")
    dialog.press_button(CLAUSE, "To every")
    assert kept(english) == ([], ["on time", "records seen"])
    dialog.select("", "records seen")
    dialog.press_button("", "To 5.1.6.1")
    assert kept(english) == (["records seen"], ["on time"])
    assert dialog.card(CLAUSE).phrases == ["records seen"]


@pytest.mark.long
def test_what_is_empty_or_there_already_is_no_new_phrase(english: Note) -> None:
    desk = english.desk
    dialog = Dialog(desk, english)
    before = kept(english)
    for text in ("", "   ", "on time"):
        dialog.press_button(CLAUSE, "Add")
        desk.type(text)
        desk.press(Key.Key_Return)
        assert dialog.card(CLAUSE).phrases == ["on time"]
    assert kept(english) == before


@pytest.mark.long
def test_escape_gives_up_the_edit_and_then_closes_the_dialog(english: Note) -> None:
    desk = english.desk
    dialog = Dialog(desk, english)
    dialog.press_button("", "Add")
    desk.type("never mind")
    desk.press(Key.Key_Escape)
    assert dialog.card("").phrases == ["records seen"]
    desk.press(Key.Key_Escape)
    assert not english.findChildren(PhrasesDialog)
    assert english.focusWidget() is english.edit


@pytest.mark.long
def test_a_phrase_still_being_typed_is_kept_when_the_dialog_closes(english: Note) -> None:
    desk = english.desk
    dialog = Dialog(desk, english)
    dialog.press_button("", "Add")
    desk.type("typed last")
    desk.click(one(dialog.box, QAbstractButton, lambda button: button.text() == "Close"))
    assert kept(english)[1] == ["records seen", "typed last"]


@pytest.mark.long
def test_the_note_offers_what_the_dialog_added(english: Note) -> None:
    desk = english.desk
    desk.press(Key.Key_Space, CONTROL)
    desk.press(Key.Key_Escape)
    dialog = Dialog(desk, english)
    dialog.press_button("", "Add")
    desk.type("brand new")
    desk.press(Key.Key_Return)
    desk.press(Key.Key_Escape)
    english.activateWindow()
    assert QTest.qWaitForWindowActive(english)
    desk.type("brand")
    assert english.offers == ["brand new"]


@pytest.mark.long
def test_a_change_that_the_disk_does_not_take_is_told_and_tried_again(english: Note) -> None:
    desk = english.desk
    dialog = Dialog(desk, english)
    close = one(dialog.box, QAbstractButton, lambda button: button.text() == "Close")
    with held(desk.folder):
        dialog.press_button("", "Add")
        desk.type("kept in the end")
        desk.press(Key.Key_Return)
        assert "not saved" in dialog.words
        assert dialog.card("").phrases == ["records seen", "kept in the end"]
    desk.click(close)
    assert kept(english)[1] == ["kept in the end", "records seen"]


@pytest.mark.long
def test_a_dialog_that_cannot_store_the_last_change_asks_before_it_closes(english: Note) -> None:
    desk = english.desk
    dialog = Dialog(desk, english)
    close = one(dialog.box, QAbstractButton, lambda button: button.text() == "Close")
    with held(desk.folder):
        dialog.press_button("", "Add")
        desk.type("lost")
        desk.click(close)
        assert "Close again" in dialog.words
        desk.click(close)
    assert not english.findChildren(PhrasesDialog)
    assert kept(english)[1] == ["records seen"]
