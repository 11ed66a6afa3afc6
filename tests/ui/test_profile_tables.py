"""Team, sites and subcontracts: rows are added, typed into, removed and brought back; findings keep their sites."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from auditor_app.models.audit import Kind
from auditor_app.models.entities import Site, Subcontract, TeamMember
from auditor_app.models.enums import Operated, Role, SiteKind
from auditor_app.ui.editing import ChoiceBox
from tests.ui.desk import CONTROL, Desk, Key, one, visible_text

REMOVE = "移除所选行"


@pytest.fixture
def empty(blank: Desk) -> Desk:
    """Give a new audit."""
    return blank


def type_cells(desk: Desk, *texts: str) -> None:
    """Type into one cell after the other, from the one that is being typed into on."""
    for text in texts:
        desk.press(Key.Key_A, CONTROL)
        desk.type(text)
        desk.press(Key.Key_Tab)
    desk.press(Key.Key_Escape)


def type_into(desk: Desk, kind: Kind, row: int, column: int, text: str) -> None:
    """Double-click a cell and type another text."""
    table = desk.table(kind)
    desk.double_click(table, table.model().index(row, column))
    desk.press(Key.Key_A, CONTROL)
    desk.type(text)
    desk.press(Key.Key_Return)


def choose_in(desk: Desk, kind: Kind, row: int, column: int, value: Any) -> None:
    """Choose in a cell of a closed set, by keys."""
    table = desk.table(kind)
    table.setFocus()
    table.setCurrentIndex(table.model().index(row, column))
    desk.press(Key.Key_F2)
    box = QApplication.focusWidget()
    assert isinstance(box, ChoiceBox)
    desk.press(Key.Key_F4)
    desk.pick_in_list(box, value)


def words(desk: Desk, kind: Kind) -> str:
    return "\n".join(part.text() for part in desk.card(kind).findChildren(QLabel) if part.isVisible())


@pytest.mark.long
def test_a_team_is_entered_by_keys_alone_once_the_first_row_is_there(empty: Desk) -> None:
    empty.add_row(Kind.TEAM)
    type_cells(empty, "周明")
    type_into(empty, Kind.TEAM, 0, 2, "2021-N1SC-1")
    empty.add_row(Kind.TEAM)
    type_cells(empty, "李倩")
    assert empty.stored.team == (
        TeamMember("周明", "2021-N1SC-1", Role.LEADER),
        TeamMember("李倩", "", Role.AUDITOR),
    )


def test_a_role_is_chosen_in_its_cell(desk: Desk) -> None:
    choose_in(desk, Kind.TEAM, 2, 1, Role.OBSERVER)
    assert [member.role for member in desk.stored.team] == [Role.LEADER, Role.AUDITOR, Role.OBSERVER]


def test_sites_number_themselves_and_the_first_is_the_head_office(empty: Desk) -> None:
    for _ in range(3):
        empty.add_row(Kind.SITE)
        empty.press(Key.Key_Escape)
    assert empty.stored.sites == (
        Site("S1", kind=SiteKind.HEAD_OFFICE),
        Site("S2", kind=SiteKind.OUTLET),
        Site("S3", kind=SiteKind.OUTLET),
    )


@pytest.mark.long
def test_every_cell_of_a_site_can_be_edited(empty: Desk) -> None:
    empty.add_row(Kind.SITE)
    empty.press(Key.Key_Escape)
    for column, text in ((0, "A1"), (1, "总部"), (2, "台州市 88 号"), (5, "１２")):
        type_into(empty, Kind.SITE, 0, column, text)
    choose_in(empty, Kind.SITE, 0, 3, SiteKind.WAREHOUSE)
    choose_in(empty, Kind.SITE, 0, 4, Operated.COMMISSIONED)
    choose_in(empty, Kind.SITE, 0, 6, False)
    site = Site("A1", "总部", "台州市 88 号", SiteKind.WAREHOUSE, Operated.COMMISSIONED, 12, False)
    assert empty.stored.sites == (site,)


def test_a_subcontract_is_entered_cell_by_cell(empty: Desk) -> None:
    empty.add_row(Kind.SUBCONTRACT)
    type_cells(empty, "配送", "顺达物流")
    assert empty.stored.subcontracting == (Subcontract("配送", "顺达物流"),)


@pytest.mark.parametrize("way", ["button", "key"])
def test_a_removed_row_comes_back_by_undo_in_its_old_place(desk: Desk, way: str) -> None:
    before = desk.stored.team
    table = desk.table(Kind.TEAM)
    desk.click_cell(table, table.model().index(1, 0))
    if way == "key":
        desk.press(Key.Key_Delete)
    else:
        desk.click(one(desk.card(Kind.TEAM), QPushButton, lambda button: button.text() == REMOVE))
    assert desk.stored.team == (before[0], before[2])
    assert table.model().rowCount() == 2
    desk.undo()
    assert desk.stored.team == before
    assert [table.model().index(row, 0).data() for row in range(3)] == [member.name for member in before]


def test_adding_and_typing_are_taken_back_one_after_the_other(empty: Desk) -> None:
    empty.add_row(Kind.SUBCONTRACT)
    type_cells(empty, "配送")
    empty.undo()
    assert empty.stored.subcontracting == (Subcontract(),)
    empty.undo()
    assert empty.stored.subcontracting == ()
    empty.redo()
    empty.redo()
    assert empty.stored.subcontracting == (Subcontract("配送"),)


def test_a_site_that_a_finding_names_is_not_removed_and_it_is_said_why(desk: Desk) -> None:
    before = desk.facts
    desk.remove_row(Kind.SITE, 0)
    assert desk.facts == before
    assert "S1" in words(desk, Kind.SITE)
    assert desk.table(Kind.SITE).model().rowCount() == 3


def test_a_site_that_nobody_names_is_removed(desk: Desk) -> None:
    desk.remove_row(Kind.SITE, 2)
    assert [site.id for site in desk.stored.sites] == ["S1", "S2"]


@pytest.mark.parametrize(("column", "typed"), [(0, "S2"), (0, "X9"), (0, "  "), (5, "-4"), (5, "viele")], ids=str)
def test_an_impossible_cell_is_refused_below_the_table_and_the_old_one_stays(
    desk: Desk, column: int, typed: str
) -> None:
    before, said = desk.facts, words(desk, Kind.SITE)
    type_into(desk, Kind.SITE, 0, column, typed)
    assert desk.facts == before
    assert words(desk, Kind.SITE) != said
    index = desk.table(Kind.SITE).model().index(0, column)
    assert index.data() == {0: "S1", 5: "396"}[column]


def test_a_refusal_below_a_table_goes_with_the_next_good_edit(desk: Desk) -> None:
    said = words(desk, Kind.SITE)
    type_into(desk, Kind.SITE, 0, 5, "-4")
    type_into(desk, Kind.SITE, 0, 5, "400")
    assert words(desk, Kind.SITE) == said
    assert desk.stored.sites[0].staff == 400


def test_what_a_table_lacks_is_said_below_it_with_row_and_column(empty: Desk) -> None:
    empty.add_row(Kind.SITE)
    empty.press(Key.Key_Escape)
    said = words(empty, Kind.SITE)
    assert "1" in said
    assert "地址" in said
    type_into(empty, Kind.SITE, 0, 1, "总部")
    type_into(empty, Kind.SITE, 0, 2, "台州")
    assert "地址" not in words(empty, Kind.SITE)


def test_the_team_leader_stands_in_the_status_bar(empty: Desk) -> None:
    empty.add_row(Kind.TEAM)
    type_cells(empty, "周明")
    assert "周明" in visible_text(empty.window.statusBar())
