"""The window as a whole: empty at first, in another look, beside a second one, on a full disk."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QPushButton

from auditor_app import files
from auditor_app.look import Look
from auditor_app.models.audit import Kind
from auditor_app.models.enums import Verdict
from auditor_app.models.ids import AuditId, Clause, RowId, new_id
from auditor_app.storage.library import Library
from auditor_app.ui.main_window import MainWindow
from auditor_app.ui.score_bar import ScoreBar
from tests.builders import fields_changed
from tests.session.tables import facts, tables
from tests.ui.conftest import Sit
from tests.ui.desk import CHECKLIST, CONTROL, PROFILE, REPORT, SHEET, Desk, Key, one, settle, text_of, visible_text

pytestmark = pytest.mark.long

CLAUSE = Clause("5.1.5.1")
LONG = "在现场看到的情况。" * 3_000


def choose_from_menu_bar(desk: Desk, place: int, *words: str) -> None:
    """Open a menu of the menu bar and pick from it, or from the menu that opens out of it."""
    bar = one(desk.window, QMenuBar)
    desk.click(bar, bar.actionGeometry(bar.actions()[place]).center())
    for word in words:
        # A menu opens out of another one after a moment.
        for _ in range(100):
            if not offers(word):
                QTest.qWait(20)
        desk.pick(word)
    desk.take_keyboard()


def offers(word: str) -> bool:
    menu = QApplication.activePopupWidget()
    return isinstance(menu, QMenu) and any(action.text().startswith(word) for action in menu.actions())


def buttons(desk: Desk) -> list[str]:
    return [button.text() for button in desk.window.findChildren(QPushButton) if button.isVisible()]


# An empty library.


@pytest.fixture
def nothing(sit: Sit) -> Desk:
    """Give a window on a library without an audit."""
    return sit(sample=False)


def test_an_empty_library_says_what_to_do_next(nothing: Desk) -> None:
    assert buttons(nothing) == ["新建审核", "导入审核文件", "打开示例审核"]
    assert not one(nothing.window, ScoreBar).isVisible()
    assert "还没有审核" in visible_text(nothing.window)


def test_in_an_empty_library_the_keys_of_an_audit_do_nothing(nothing: Desk) -> None:
    before = tables(nothing.folder)
    for key in (Key.Key_E, Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5, Key.Key_Z, Key.Key_Y):
        nothing.press(key, CONTROL)
    assert tables(nothing.folder) == before
    assert not nothing.bench.session.is_open


@pytest.mark.parametrize("way", ["button", "key"])
def test_a_new_audit_begins_at_the_company_s_name(nothing: Desk, way: str) -> None:
    if way == "button":
        nothing.click(one(nothing.window, QPushButton, lambda b: b.isVisible() and b.text() == "新建审核"))
    else:
        nothing.press(Key.Key_N, CONTROL)
    assert nothing.space.tabs.currentIndex() == PROFILE
    assert nothing.editor(Kind.COMPANY, "name").hasFocus()
    nothing.type("泵业")
    nothing.press(Key.Key_Tab)
    assert nothing.stored.company.name == "泵业"


def test_the_sample_opens_with_its_score_and_a_second_time_is_the_same_one(nothing: Desk) -> None:
    nothing.click(one(nothing.window, QPushButton, lambda b: b.isVisible() and b.text() == "打开示例审核"))
    assert "98.06" in nothing.score_bar
    sample = nothing.audit.id
    nothing.new_audit()
    choose_from_menu_bar(nothing, 0, "打开示例审核")
    assert nothing.audit.id == sample
    assert nothing.space.rail.view.model().rowCount() == 2


# Coming back.


def test_the_audit_edited_last_is_open_when_the_window_comes_back(sit: Sit) -> None:
    desk = sit()
    sample = desk.audit.id
    desk.new_audit()
    desk.switch_to(sample)
    desk.fill(Kind.COMPANY, "industry", "水泵制造")
    desk.close()
    desk.close_library()
    again = sit(desk.folder)
    assert again.audit.id == sample
    assert again.stored.company.industry == "水泵制造"
    assert text_of(again.editor(Kind.COMPANY, "industry")) == "水泵制造"


def test_the_window_comes_back_in_its_size(sit: Sit) -> None:
    desk = sit()
    desk.window.resize(800, 660)
    settle()
    desk.close()
    look = Look(desk.folder)
    assert MainWindow(look.ground, look.geometry).size() == QSize(800, 660)


@pytest.mark.parametrize(("tab", "kind"), [(SHEET, Kind.ASSESSMENT), (CHECKLIST, Kind.DOCUMENT)])
def test_keys_work_on_a_sheet_as_soon_as_its_tab_is_shown(sit: Sit, tab: int, kind: Kind) -> None:
    desk = sit()
    before = desk.stored.of(kind)
    desk.show(tab)
    assert desk.sheet.hasFocus()
    desk.press(Key.Key_2 if tab == SHEET else Key.Key_3)
    assert desk.stored.of(kind) != before


def test_sheet_and_panel_show_the_same_indicator_after_a_change_from_elsewhere(sit: Sit) -> None:
    desk = sit()
    desk.show(SHEET)
    desk.select(CLAUSE)
    desk.press(Key.Key_N)
    desk.type("缺记录")
    with closing(Library(desk.folder, "王工")) as library:
        stored = library.load(desk.audit.id)[1]
        library.apply(fields_changed(stored, Kind.ASSESSMENT, RowId(CLAUSE), note="另一个窗口"))
    desk.click_cell(desk.sheet, desk.index("5.1.3.2", 1))
    settle()
    assert desk.sheet.current_key() == "5.1.3.2"
    assert desk.space.tabs.scoring._indicator_panel.clause == "5.1.3.2"
    assert desk.stored.assessment(CLAUSE).note == "另一个窗口"
    assert len(desk.told) == 1


# Another look.


@pytest.mark.parametrize(
    ("words", "setting", "value"), [(("深色",), "theme", "dark"), (("语言", "English"), "language", "en")]
)
def test_another_look_builds_the_window_anew_and_loses_nothing(
    sit: Sit, words: tuple[str, ...], setting: str, value: str
) -> None:
    desk = sit()
    desk.show(SHEET)
    desk.select(CLAUSE)
    desk.press(Key.Key_2)
    desk.press(Key.Key_N)
    desk.type("缺记录")
    old = desk.space
    choose_from_menu_bar(desk, 2, *words)
    settle()
    assert desk.space is not old
    assert desk.window.isVisible()
    assert desk.space.tabs.currentIndex() == SHEET
    stored = desk.stored
    assert (stored.assessment(CLAUSE).verdict, stored.assessment(CLAUSE).note) == (Verdict.NOT_MET, "缺记录")
    assert getattr(Look(desk.folder), setting) == value
    desk.select(CLAUSE)
    assert text_of(desk.editor(Kind.ASSESSMENT, "note")) == "缺记录"
    desk.undo()
    desk.undo()
    assert desk.stored.assessment(CLAUSE).verdict is Verdict.MET


def test_in_english_every_tab_and_verdict_is_english(sit: Sit) -> None:
    desk = sit()
    choose_from_menu_bar(desk, 2, "语言", "English")
    settle()
    titles = [desk.space.tabs.tabText(tab) for tab in range(5)]
    assert [title.split("  ")[0] for title in titles] == [
        *("Company profile", "Document checklist", "Scoring sheet", "Findings and actions", "Report")
    ]
    assert desk.cell(CLAUSE, 3) == "Met"
    choose_from_menu_bar(desk, 2, "语言", "中文")
    settle()
    assert desk.cell(CLAUSE, 3) == "符合"


def test_the_look_is_remembered(sit: Sit) -> None:
    desk = sit()
    choose_from_menu_bar(desk, 2, "深色")
    settle()
    dark = desk.window.palette().window().color()
    desk.close()
    desk.close_library()
    again = sit(desk.folder)
    assert again.window.palette().window().color() == dark
    assert dark.lightness() < 80


# Two windows on one library.


@pytest.fixture
def two(sit: Sit, tmp_path: Path) -> tuple[Desk, Desk]:
    """Give two windows on one library, with the same audit open in both."""
    return sit(tmp_path / "shared"), sit(tmp_path / "shared")


def test_a_stale_verdict_is_refused_in_words_and_the_other_one_is_shown(two: tuple[Desk, Desk]) -> None:
    mine, its = two
    for desk in two:
        desk.take_keyboard()
        desk.show(SHEET)
        desk.select(CLAUSE)
    its.press(Key.Key_2)
    before = tables(its.folder)
    mine.take_keyboard()
    mine.press(Key.Key_Delete)
    assert mine.told == [mine.words.text("environment", "changed_elsewhere")]
    assert tables(its.folder) == before
    assert mine.cell(CLAUSE, 3) == mine.words.word(Verdict.NOT_MET)
    assert mine.stored.assessment(CLAUSE).verdict is Verdict.NOT_MET
    mine.take_keyboard()
    mine.select(CLAUSE)
    mine.press(Key.Key_1)
    assert its.stored_audit(its.audit.id).assessment(CLAUSE).verdict is Verdict.MET


def test_a_stale_text_is_refused_in_words_and_the_other_one_is_shown(two: tuple[Desk, Desk]) -> None:
    mine, its = two
    its.fill(Kind.COMPANY, "industry", "从另一窗口")
    mine.take_keyboard()
    mine.fill(Kind.COMPANY, "industry", "从这一窗口")
    assert len(mine.told) == 1
    assert text_of(mine.editor(Kind.COMPANY, "industry")) == "从另一窗口"
    assert mine.stored.company.industry == "从另一窗口"


def test_edits_of_different_fields_in_two_windows_both_stay(two: tuple[Desk, Desk]) -> None:
    mine, its = two
    its.fill(Kind.COMPANY, "industry", "从另一窗口")
    mine.take_keyboard()
    mine.fill(Kind.COMPANY, "hotline", "400")
    company = its.stored_audit(its.audit.id).company
    assert (company.industry, company.hotline) == ("从另一窗口", "400")


def test_a_stale_undo_is_refused_in_words(two: tuple[Desk, Desk]) -> None:
    mine, its = two
    mine.take_keyboard()
    mine.fill(Kind.COMPANY, "industry", "一")
    other = Library(its.folder, "王工")
    _, audit = other.load(mine.audit.id)
    other.close()
    assert audit.company.industry == "一"
    its.take_keyboard()
    its.bench.session.open(its.audit.id)
    its.fill(Kind.COMPANY, "industry", "二")
    mine.take_keyboard()
    mine.undo()
    assert len(mine.told) == 1
    assert mine.stored.company.industry == "二"


# A full disk.


def set_space(desk: Desk, pages: int) -> None:
    """Let the database grow by so many pages from now on, and no more."""
    connection = desk.bench.session._library._connection
    now = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {now + pages}")


@pytest.mark.parametrize(("tab", "kind", "path"), [(PROFILE, Kind.COMPANY, "scope"), (SHEET, Kind.ASSESSMENT, "note")])
def test_on_a_full_disk_an_edit_is_refused_in_words_and_typing_on_stores_all_of_it(
    sit: Sit, tab: int, kind: Kind, path: str
) -> None:
    desk = sit()
    desk.show(tab)
    if tab == SHEET:
        desk.select(CLAUSE)
    before = facts(desk.folder)
    desk.enter(kind, path)
    desk.press(Key.Key_A, CONTROL)
    set_space(desk, 0)
    desk.paste(LONG)
    desk.pause()
    (told,) = desk.told
    assert "磁盘已满" in told
    assert facts(desk.folder) == before
    set_space(desk, 1_000)
    desk.take_keyboard()
    desk.type("。")
    desk.press(Key.Key_Tab)
    row = desk.stored.company if kind is Kind.COMPANY else desk.stored.assessment(CLAUSE)
    assert getattr(row, path) == LONG + "。"


def test_on_a_full_disk_a_verdict_is_refused_in_words_and_not_shown(sit: Sit) -> None:
    desk = sit()
    desk.show(SHEET)
    desk.select(CLAUSE)
    set_space(desk, 0)
    told: list[str] = []
    verdicts = 0
    while not told:
        before, bar = facts(desk.folder), desk.score_bar
        desk.press(Key.Key_2 if verdicts % 2 == 0 else Key.Key_1)
        verdicts += 1
        told = desk.told
        assert verdicts < 500, "the disk never got full"
    assert "磁盘已满" in told[0]
    assert facts(desk.folder) == before
    assert desk.score_bar == bar
    set_space(desk, 1_000)
    desk.take_keyboard()
    desk.press(Key.Key_2 if verdicts % 2 else Key.Key_1)
    assert facts(desk.folder) != before


# The list of audits.


def test_an_audit_read_in_again_keeps_its_line_and_score(desk: Desk) -> None:
    standard, audit = files.read_audit(files.SAMPLE)
    rows = desk.space.rail.view.model().rowCount()
    desk.bench.session.add(standard, replace(audit, id=AuditId(new_id())))
    settle()
    assert desk.space.rail.view.model().rowCount() == rows + 1
    assert desk.space.rail.view.currentIndex().data() == audit.company.name


def test_switching_audits_shows_each_in_full(desk: Desk) -> None:
    first = desk.audit.id
    bar = desk.score_bar
    second = desk.new_audit()
    desk.fill(Kind.COMPANY, "name", "第二家")
    desk.switch_to(first)
    assert desk.score_bar == bar
    assert text_of(desk.editor(Kind.COMPANY, "name")) == desk.audit.company.name
    for tab in (CHECKLIST, SHEET, REPORT):
        desk.show(tab)
    desk.switch_to(second)
    assert "0 / 44" in desk.score_bar
    desk.show(PROFILE)
    assert text_of(desk.editor(Kind.COMPANY, "name")) == "第二家"
