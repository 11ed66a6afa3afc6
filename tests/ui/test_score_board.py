"""The score board beside the sheet: distances, the cheapest way up, what-if, losses, deductions, the chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from auditor_app import files
from auditor_app.models.audit import Kind
from auditor_app.models.board import LevelStanding
from auditor_app.models.catalogue import RESOURCES, Catalogue
from auditor_app.models.changes import Change, add, edit
from auditor_app.models.entities import SpecialDeduction
from auditor_app.models.enums import Ground, Verdict
from auditor_app.models.ids import AuditId, RowId, new_id
from auditor_app.models.scoring import score_audit, shown
from auditor_app.ui.board_chart import IMAGE_SCALE, IMAGE_WIDTH, BoardChart, chart_image
from auditor_app.ui.board_rows import ClauseList
from auditor_app.ui.board_tables import LevelTable, OutlookTable
from auditor_app.ui.score_board import LOSSES_AT_ONCE, OPEN_AT_ONCE, WIDTH, ScoreBoard
from auditor_app.ui.theme import Theme
from auditor_app.ui.verdicts import deleted_verdict, plain_verdict, sampled_verdict
from tests.ui.conftest import Sit
from tests.ui.desk import SHEET, Desk, Key, one, settle, visible_text

FAILED = RESOURCES / "samples" / "elevator-service.json"
SHIFT = Qt.KeyboardModifier.ShiftModifier

Open = Callable[[Desk], ScoreBoard]


@pytest.fixture
def open_board() -> Iterator[Open]:
    """Give a way to keep a board open beside a desk, in a window of its own."""
    boards: list[tuple[Desk, ScoreBoard]] = []

    def keep_open(desk: Desk) -> ScoreBoard:
        board, session = ScoreBoard(desk.space._context), desk.bench.session
        session.changed.connect(board.on_changed)
        session.opened.connect(board.reset)
        board.resize(WIDTH, 1400)
        board.reset()
        board.show()
        assert QTest.qWaitForWindowExposed(board)
        settle()
        boards.append((desk, board))
        return board

    yield keep_open
    for desk, board in boards:
        desk.bench.session.changed.disconnect(board.on_changed)
        desk.bench.session.opened.disconnect(board.reset)
        board.close()
        board.deleteLater()
    settle()


@pytest.fixture
def board(desk: Desk, open_board: Open) -> ScoreBoard:
    """Give the board of the sample, which is judged, has five stars, a special deduction and the bonus."""
    return open_board(desk)


def judge(desk: Desk, values: dict[str, object], *clauses: str) -> None:
    """Judge indicators in one step."""
    session = desk.bench.session
    changes: list[Change] = []
    for clause in clauses:
        changes += edit(session.audit, Kind.ASSESSMENT, RowId(clause), values)
    session.submit(changes, "judge")
    settle()


def deduct(desk: Desk, *grounds: Ground) -> None:
    """Enter special deductions."""
    rows = (add(Kind.SPECIAL_DEDUCTION, RowId(new_id()), SpecialDeduction(ground)) for ground in grounds)
    desk.bench.session.submit(tuple(rows), "deduct")
    settle()


def open_failed(desk: Desk) -> None:
    """Open the sample that is not finished and fails by five special deductions."""
    standard, audit = files.read_audit(FAILED)
    desk.bench.session.add(standard, replace(audit, id=AuditId(new_id())))
    settle()


def words(board: ScoreBoard) -> str:
    return visible_text(board)


def levels(board: ScoreBoard) -> list[tuple[str, str]]:
    return [(row.name, row.text) for row in one(board, LevelTable).rows]


def rows_of(board: ScoreBoard, which: str) -> ClauseList:
    """Return one of the lists by what it is: open, regained, lost or deductions."""
    found = getattr(board, f"_{which}")
    assert isinstance(found, ClauseList)
    return found


def click_row(desk: Desk, rows: ClauseList, place: int) -> None:
    desk.click(rows.viewport(), rows.visualRect(rows.model().index(place, 0)).center())


def jumps_of(board: ScoreBoard) -> list[str]:
    jumps: list[str] = []
    board.jump_requested.connect(jumps.append)
    return jumps


class TestLevels:
    """Where every level stands."""

    def test_a_finished_audit_shows_what_is_reached(self, board: ScoreBoard) -> None:
        assert levels(board)[0] == ("五星级", "已达到，高出 3.06 分")
        assert "98.06  五星级" in words(board)
        assert "还可失 3.06 分不低于五星级" in words(board)
        assert "已达到最高等级。" in words(board)

    def test_a_new_audit_has_everything_still_to_earn(self, blank: Desk, open_board: Open) -> None:
        board = open_board(blank)
        assert levels(board) == [
            ("五星级", "还需 95.00 分"),
            ("四星级", "还需 90.00 分"),
            ("三星级", "还需 80.00 分"),
            ("达标级", "还需 70.00 分"),
        ]
        assert "0.00 – 100.00" in words(board)
        assert "还没有评定任何指标。" in words(board)

    def test_a_lower_level_shows_how_far_the_next_one_is(self, desk: Desk, board: ScoreBoard) -> None:
        judge(desk, plain_verdict(Verdict.NOT_MET), "5.1.2.2")
        assert levels(board)[:2] == [("五星级", "差 2.05 分"), ("四星级", "已达到，高出 2.95 分")]
        standings = [row.standing for row in one(board, LevelTable).rows]
        assert standings[:2] == [LevelStanding.OUT_OF_REACH, LevelStanding.REACHED]

    def test_five_special_deductions_put_every_level_out_of_reach(self, desk: Desk, board: ScoreBoard) -> None:
        deduct(desk, *[Ground.LAW] * 4)
        assert {text for _, text in levels(board)} == {"达不到"}
        assert "特别扣分 5 项，达到 5 项即为不合格，得分再高也不改变。" in words(board)
        assert "还可失" not in words(board)

    def test_a_score_below_every_level_says_so(self, desk: Desk, board: ScoreBoard) -> None:
        clauses = list(desk.bench.session.standard.indicators)[:20]
        judge(desk, plain_verdict(Verdict.NOT_MET), *clauses)
        assert "低于 70 分，为不合格。" in words(board)

    def test_with_everything_deleted_there_is_no_score_and_it_is_said(self, desk: Desk, board: ScoreBoard) -> None:
        judge(desk, deleted_verdict("不适用"), *desk.bench.session.standard.indicators)
        assert levels(board) == []
        assert "全部指标均被删减，没有得分。" in words(board)
        assert {bar.points for bar in one(board, BoardChart)._bars} == {"删减"}


class TestWayUp:
    """The cheapest way to the next level."""

    def test_the_fewest_losses_are_named_and_lead_to_their_rows(self, desk: Desk, board: ScoreBoard) -> None:
        judge(desk, plain_verdict(Verdict.NOT_MET), "5.1.3.1", "5.1.5.1", "5.1.5.2")
        assert "距五星级还差 3.07 分。" in words(board)
        assert [row.clause for row in rows_of(board, "regained").rows] == ["5.1.3.1", "5.2.6.2"]
        jumps = jumps_of(board)
        click_row(desk, rows_of(board, "regained"), 1)
        assert jumps == ["5.2.6.2"]

    @pytest.mark.long
    def test_a_new_audit_is_led_to_the_next_rows_to_judge(self, blank: Desk, open_board: Open) -> None:
        board = open_board(blank)
        assert "评完 44 项未评指标即可，须从中取得 70.00 分（最多 100.00 分）。" in words(board)
        assert [row.clause for row in rows_of(board, "open").rows] == ["5.1.1.1", "5.1.1.2", "5.1.2.1"][:OPEN_AT_ONCE]
        assert rows_of(board, "open").rows[0].amount == "+3.00"

    def test_open_rows_and_losses_are_told_together(self, desk: Desk, board: ScoreBoard) -> None:
        judge(desk, plain_verdict(Verdict.NOT_MET), "5.1.2.2")
        judge(desk, plain_verdict(Verdict.UNJUDGED), "5.1.6.2")
        assert "1 项未评指标最多可得其中 1.02 分。" in words(board)
        assert "另须挽回下列失分（项数最少）：" in words(board)
        assert [row.clause for row in rows_of(board, "open").rows] == ["5.1.6.2"]


class TestWhatIf:
    """What another verdict would do."""

    def test_every_verdict_of_the_selected_row_shows_its_score(self, board: ScoreBoard) -> None:
        board.show_clause("5.1.1.2")
        rows = one(board, OutlookTable).rows
        assert [(row.pill.text, row.score, row.level) for row in rows] == [
            ("符合", "98.31", "五星级"),
            ("不符合", "95.25", "五星级"),
            ("抽样", "98.06", "五星级"),
            ("删减", "98.26", "五星级"),
        ]
        assert [row.change for row in rows] == ["+0.25", "−2.80", "±0", "+0.20"]
        assert [row.is_present for row in rows] == [False, False, True, False]

    def test_it_comes_true_when_the_verdict_is_given(self, desk: Desk, board: ScoreBoard) -> None:
        board.show_clause("5.1.1.1")
        (not_met,) = [row for row in one(board, OutlookTable).rows if row.pill.text == "不符合"]
        desk.take_keyboard()
        desk.show(SHEET)
        desk.select("5.1.1.1")
        desk.press(Key.Key_2)
        exact = score_audit(desk.bench.session.standard, desk.stored).exact
        assert exact is not None
        assert (not_met.score, not_met.is_present) == (shown(exact), False)
        assert [row.is_present for row in one(board, OutlookTable).rows] == [False, True, False]

    def test_nothing_is_written(self, desk: Desk, board: ScoreBoard) -> None:
        before = desk.facts
        for clause in desk.bench.session.standard.indicators:
            board.show_clause(clause)
        assert desk.facts == before
        assert not desk.bench.session.undo_group.canUndo()

    @pytest.mark.parametrize("row", ["", "5.1", "special_deductions"])
    def test_without_an_indicator_it_says_what_to_do(self, board: ScoreBoard, row: str) -> None:
        board.show_clause("5.1.1.1")
        board.show_clause(row)
        assert one(board, OutlookTable).rows == ()
        assert not one(board, OutlookTable).isVisible()

    def test_a_range_shows_what_moves_at_either_end(self, blank: Desk, open_board: Open) -> None:
        board = open_board(blank)
        board.show_clause("5.1.1.1")
        met, not_met, deleted = one(board, OutlookTable).rows
        assert (met.score, met.level, met.change) == ("3.00–100.00", "未定", "+3.00 / ±0")
        assert (not_met.score, not_met.change) == ("0.00–97.00", "±0 / −3.00")
        assert deleted.change == "±0"

    def test_deleting_the_last_row_shows_that_no_score_is_left(self, desk: Desk, board: ScoreBoard) -> None:
        *rest, last = desk.bench.session.standard.indicators
        judge(desk, deleted_verdict("不适用"), *rest)
        board.show_clause(last)
        assert one(board, OutlookTable).rows[-1].score == "无得分"


class TestLosses:
    """What was lost, largest first, with a way there."""

    def test_they_stand_largest_first_special_deductions_among_them(self, board: ScoreBoard) -> None:
        rows = rows_of(board, "lost").rows
        assert [(row.clause, row.amount) for row in rows] == [
            ("5.2.6.2", "−1.02"),
            ("5.3.2.3", "−1.00"),
            ("5.3.2.3", "−0.46"),
            ("5.1.1.2", "−0.26"),
            ("5.1.2.1", "−0.20"),
        ]
        assert rows[1].title == "特别扣分：违反企业自身服务制度"

    def test_a_click_leads_to_the_row(self, desk: Desk, board: ScoreBoard) -> None:
        jumps = jumps_of(board)
        click_row(desk, rows_of(board, "lost"), 0)
        click_row(desk, rows_of(board, "lost"), 1)
        assert jumps == ["5.2.6.2", "special_deductions"]

    def test_the_keyboard_leads_there_too(self, desk: Desk, board: ScoreBoard) -> None:
        jumps, rows = jumps_of(board), rows_of(board, "lost")
        board.windowHandle().requestActivate()
        settle()
        for _ in range(20):
            if rows.hasFocus():
                break
            desk.press(Key.Key_Tab)
        desk.press(Key.Key_Down)
        desk.press(Key.Key_Down)
        desk.press(Key.Key_Return)
        assert jumps == ["5.3.2.3"]

    @pytest.mark.long
    def test_the_list_follows_every_verdict(self, desk: Desk, board: ScoreBoard) -> None:
        judge(desk, sampled_verdict(10, 1), "5.2.4.1")
        assert ("5.2.4.1", "−0.20") in [(row.clause, row.amount) for row in rows_of(board, "lost").rows]
        desk.bench.session.undo()
        assert "5.2.4.1" not in [row.clause for row in rows_of(board, "lost").rows]

    def test_nothing_lost_is_said(self, desk: Desk, board: ScoreBoard) -> None:
        for row_id, row in desk.audit.of(Kind.SPECIAL_DEDUCTION).items():
            desk.bench.session.submit((Change(Kind.SPECIAL_DEDUCTION, row_id, "", row, None),), "remove")
        judge(desk, plain_verdict(Verdict.MET), *desk.bench.session.standard.indicators)
        assert "没有失分。" in words(board)
        assert rows_of(board, "lost").rows == ()

    @pytest.mark.long
    def test_a_long_list_is_opened_and_closed(self, desk: Desk, board: ScoreBoard) -> None:
        open_failed(desk)
        lost = rows_of(board, "lost")
        assert len(lost.rows) == LOSSES_AT_ONCE
        toggle = one(board, QPushButton, lambda b: "21" in b.text() and b.isVisible())
        desk.click(toggle)
        assert len(lost.rows) == 21
        assert lost.height() >= 21 * 20
        desk.click(toggle)
        assert len(lost.rows) == LOSSES_AT_ONCE


def test_special_deductions_stand_against_their_limit_with_their_grounds(desk: Desk, board: ScoreBoard) -> None:
    deduct(desk, Ground.LAW, Ground.SYSTEM)
    assert "3 / 5" in words(board)
    assert [row.title.split("：")[0] for row in rows_of(board, "deductions").rows] == [
        "违反企业自身服务制度",
        "违反法律法规",
        "影响服务体系运行",
    ]
    jumps = jumps_of(board)
    click_row(desk, rows_of(board, "deductions"), 2)
    assert jumps == ["special_deductions"]


class TestChart:
    """The picture for a report."""

    def bars(self, board: ScoreBoard) -> dict[str, str]:
        return {bar.name.split()[0]: bar.points for bar in one(board, BoardChart)._bars}

    def test_the_bars_follow_the_sheet(self, desk: Desk, board: ScoreBoard) -> None:
        assert self.bars(board)["5.1"] == "39.55 / 40"
        judge(desk, plain_verdict(Verdict.NOT_MET), "5.1.2.2")
        assert (self.bars(board)["5.1"], self.bars(board)["5.1.2"]) == ("34.55 / 40", "2.8 / 8")
        judge(desk, plain_verdict(Verdict.UNJUDGED), "5.1.2.2")
        assert next(bar for bar in one(board, BoardChart)._bars if bar.name.startswith("5.1.2 ")).open == 5 / 8

    def test_copying_puts_a_sharp_picture_on_the_clipboard(self, desk: Desk, board: ScoreBoard) -> None:
        QGuiApplication.clipboard().clear()
        desk.click(board._copy)
        image = QGuiApplication.clipboard().image()
        assert image.width() == IMAGE_WIDTH * IMAGE_SCALE
        corners = (QPoint(0, 0), QPoint(image.width() - 1, image.height() - 1))
        assert {image.pixelColor(corner).name() for corner in corners} == {"#ffffff"}
        assert Theme.load("light").color("chapter_bar").rgb() in colours(image)
        assert board._copied.isVisible()

    @pytest.mark.long
    def test_the_picture_is_light_in_a_dark_window_too(self, sit: Sit, open_board: Open) -> None:
        desk = sit()
        board = open_board(desk)
        desk.click(board._copy)
        light = QGuiApplication.clipboard().image().copy()
        desk.bench._change_look("dark", "zh")
        settle()
        dark = open_board(desk)
        assert dark._context.theme.name == "dark"
        desk.click(dark._copy)
        assert QGuiApplication.clipboard().image() == light

    def test_a_note_being_typed_leaves_the_board_alone(self, desk: Desk, board: ScoreBoard) -> None:
        desk.click(board._copy)
        judge(desk, {"note": "再核对"}, "5.1.1.1")
        assert board._copied.isVisible()
        judge(desk, plain_verdict(Verdict.NOT_MET), "5.1.1.1")
        assert not board._copied.isVisible()

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_the_picture_holds_every_chapter_even_of_an_unfinished_audit(self, language: str) -> None:
        standard, audit = files.read_audit(FAILED)
        result = score_audit(standard, audit)
        image = chart_image(Catalogue.load(language, "board"), standard, result, "a very long name " * 20)
        assert image.height() / IMAGE_SCALE > 18 * 20
        theme = Theme.load("light")
        found = colours(image)
        assert {theme.color(name).rgb() for name in ("chapter_bar", "gauge_track", "gauge_hatch_ground")} <= found


def colours(image: QImage) -> set[int]:
    """Return the colours of a picture."""
    return {image.pixel(x, y) for y in range(image.height()) for x in range(0, image.width(), 7)}


@pytest.mark.long
def test_a_board_that_nobody_sees_works_only_when_it_is_shown(desk: Desk, board: ScoreBoard) -> None:
    before = rows_of(board, "lost").rows
    board.hide()
    judge(desk, plain_verdict(Verdict.NOT_MET), "5.1.2.2")
    assert rows_of(board, "lost").rows == before
    board.show()
    assert rows_of(board, "lost").rows[0].clause == "5.1.2.2"


def test_an_edit_makes_no_new_widgets(desk: Desk, board: ScoreBoard) -> None:
    board.show_clause("5.1.2.2")
    before = board.findChildren(QWidget)
    for verdict in (Verdict.NOT_MET, Verdict.UNJUDGED, Verdict.MET):
        judge(desk, plain_verdict(verdict), "5.1.2.2")
    assert board.findChildren(QWidget) == before


def test_another_audit_starts_the_board_over(desk: Desk, board: ScoreBoard) -> None:
    board.show_clause("5.1.1.1")
    desk.take_keyboard()
    desk.new_audit()
    assert "0.00 – 100.00" in words(board)
    assert one(board, OutlookTable).rows[0].score == "3.00–100.00"


@pytest.mark.long
def test_a_board_without_an_audit_waits_for_one(sit: Sit, open_board: Open) -> None:
    desk = sit(sample=False)
    board = open_board(desk)
    assert levels(board) == []
    desk.take_keyboard()
    desk.new_audit()
    assert levels(board)[-1] == ("达标级", "还需 70.00 分")


def test_the_button_asks_for_the_explanation(desk: Desk, board: ScoreBoard) -> None:
    asked: list[bool] = []
    board.explain_requested.connect(lambda: asked.append(True))
    desk.click(board._explain)
    assert asked == [True]


def test_every_part_that_does_something_can_be_reached_by_tab(desk: Desk, board: ScoreBoard) -> None:
    open_failed(desk)
    board.windowHandle().requestActivate()
    settle()
    wanted = {part for kind in (ClauseList, QPushButton) for part in board.findChildren(kind) if part.isVisible()}
    reached = set()
    for _ in range(20):
        reached.add(QApplication.focusWidget())
        desk.press(Key.Key_Tab)
    assert len(wanted) >= 5
    assert wanted <= reached


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_cut_at_the_edge(sit: Sit, open_board: Open, language: str) -> None:
    desk = sit(language=language)
    board = open_board(desk)
    session = desk.bench.session
    for opened in (lambda: None, lambda: open_failed(desk), lambda: session.create(session.standard)):
        opened()
        board.show_clause("5.1.1.2")
        settle()
        for part in board.findChildren(QLabel) + board.findChildren(QPushButton):
            if part.isVisible():
                assert part.mapTo(board, QPoint(part.width(), 0)).x() <= WIDTH, part.text()
                assert part.width() >= part.minimumSizeHint().width(), part.text()


def test_the_board_tells_those_who_listen_what_it_shows(board: ScoreBoard) -> None:
    board.show_clause("5.1.1.2")
    assert "五星级 95: 已达到，高出 3.06 分" in one(board, LevelTable).accessibleDescription()
    assert "不符合: 95.25, 五星级, −2.80" in one(board, OutlookTable).accessibleDescription()
    assert "5.1 售后服务体系: 39.55 / 40" in one(board, BoardChart).accessibleDescription()
    assert all(rows.accessibleName() for rows in board.findChildren(ClauseList))
    index = rows_of(board, "lost").model().index(0, 0)
    assert index.data() == "5.2.6.2 回收处置合规 −1.02"


@pytest.mark.long
def test_the_board_speaks_english_too(sit: Sit, open_board: Open) -> None:
    board = open_board(sit(language="en"))
    board.show_clause("5.1.1.2")
    text = words(board)
    for said in (
        "Score board",
        "Lost points · 2.94",
        "Special deductions · 1 / 5",
        "What if 5.1.1.2 were",
        "Copy chart",
    ):
        assert said in text
    assert [row.pill.text for row in one(board, OutlookTable).rows] == ["Met", "Not met", "Sampled", "Deleted"]


def test_the_amounts_of_the_losses_add_up_to_what_the_score_lacks(desk: Desk, board: ScoreBoard) -> None:
    exact = desk.bench.session.result.exact
    assert exact is not None
    total = sum(Fraction(row.amount.replace("−", "")) for row in rows_of(board, "lost").rows)
    assert abs(total - (101 - exact)) < Fraction(3, 100)


def test_a_board_opened_beside_the_sheet_knows_the_row_that_is_selected(sit: Sit) -> None:
    desk = sit()
    desk.show(SHEET)
    desk.press(Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    settle()
    board = one(desk.space, ScoreBoard)
    assert desk.sheet.current_key() in visible_text(board)
    assert "选中一项指标" not in visible_text(board)
