"""Who changed what and when, in words; and audits that are finalised, which nothing in the window changes."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from auditor_app.models.audit import Kind, only_row
from auditor_app.models.changes import edit, remove
from auditor_app.models.enums import DocumentStatus, Verdict
from auditor_app.models.ids import RowId
from auditor_app.session.session import Session
from auditor_app.ui.check_dialog import CheckDialog
from auditor_app.ui.context import Context
from auditor_app.ui.history_dialog import HistoryDialog
from auditor_app.ui.history_place import WHOLE_AUDIT, Place
from auditor_app.ui.seal_banner import SealBanner
from auditor_app.ui.sealing_dialog import FinaliseDialog, ReopenDialog
from tests.storage.spoiling import past_the_program
from tests.ui.desk import CONTROL, Desk, Key, one, settle, visible_text

COMPANY = only_row(Kind.COMPANY)
CHECKLIST, SCORING, FINDINGS, REPORT = 1, 2, 3, 4


@pytest.fixture
def context(desk: Desk) -> Context:
    """Give what the window is built with."""
    return desk.space._context


@pytest.fixture
def session(desk: Desk) -> Session:
    """Give the session of the window."""
    return desk.bench.session


@contextmanager
def answering(answer: Callable[[QDialog], None]) -> Iterator[list[str]]:
    """Answer the dialog that the action inside opens, and close it; what it is called and says is kept."""
    heard: list[str] = []
    timer = QTimer(interval=2)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, HistoryDialog | CheckDialog | FinaliseDialog | ReopenDialog) and dialog.isVisible():
            timer.stop()
            heard.extend((dialog.windowTitle(), visible_text(dialog)))
            answer(dialog)
            dialog.close()

    timer.timeout.connect(look)
    timer.start()
    yield heard
    for _ in range(500):
        if heard:
            break
        QTest.qWait(10)
    assert heard, "no dialog opened"


def history(context: Context, desk: Desk, place: Place = WHOLE_AUDIT) -> HistoryDialog:
    return HistoryDialog(context, place, desk.window)


def lines(dialog: HistoryDialog) -> list[tuple[str, str, str, str, str]]:
    return [(told.what, told.clause, told.field, told.before, told.after) for told in dialog.shown]


def change(session: Session, kind: Kind, row_id: str, **values: object) -> None:
    assert session.submit(edit(session.audit, kind, RowId(row_id), values), "edit")


class TestHistory:
    """The window of the history."""

    def test_a_change_is_told_in_words_the_newest_step_first(
        self, desk: Desk, context: Context, session: Session
    ) -> None:
        change(session, Kind.COMPANY, COMPANY, name="新名", employees=9)
        change(session, Kind.ASSESSMENT, "5.1.2.2", verdict=Verdict.NOT_MET, reason="证书过期")
        found = lines(history(context, desk))
        title = session.standard.nodes[session.standard.indicators["5.1.2.2"].clause].title.zh  # type: ignore[index]
        assert [line[1:] for line in found[:2]] == [
            ("5.1.2.2", "评定", "符合", "不符合"),
            ("5.1.2.2", "理由", "", "证书过期"),
        ]
        assert found[0][0].startswith("评分 ")
        assert title[:8] in found[0][0]
        assert found[2][0] == "受审核方"
        assert found[2][2::2] == ("企业名称", "新名")

    def test_the_key_shows_the_history_of_the_field_the_keyboard_is_in(self, desk: Desk, session: Session) -> None:
        change(session, Kind.COMPANY, COMPANY, employees=9)
        desk.fill(Kind.COMPANY, "name", "新名泵业")
        desk.enter(Kind.COMPANY, "name")
        shown: list[tuple[str, ...]] = []
        with answering(lambda dialog: shown.extend(lines(dialog))) as heard:  # type: ignore[arg-type]
            desk.press(Key.Key_H, CONTROL)
        assert heard[0] == "历史：受审核方 企业名称"
        assert [line[2] for line in shown] == ["企业名称", "新增"]
        assert shown[0][4] == "新名泵业"

    def test_the_key_shows_the_history_of_the_row_that_is_selected(self, desk: Desk) -> None:
        desk.show(SCORING)
        desk.select("5.1.1.1")
        desk.press(Key.Key_2)
        shown: list[tuple[str, ...]] = []
        with answering(lambda dialog: shown.extend(lines(dialog))) as heard:  # type: ignore[arg-type]
            desk.press(Key.Key_H, CONTROL)
        assert "5.1.1.1" in heard[0]
        assert {line[1] for line in shown} == {"5.1.1.1"}
        assert shown[0][2:] == ("评定", "符合", "不符合")

    def test_a_row_offers_its_history_by_the_mouse(self, desk: Desk) -> None:
        desk.show(CHECKLIST)
        desk.select("D4")
        view = desk.sheet
        place = view.visualRect(view.currentIndex()).center()
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place))
        with answering(lambda _dialog: None) as heard, desk.menu("这一行的历史"):
            QApplication.sendEvent(view.viewport(), asked)
        assert "D4" in heard[0]

    def test_changes_are_filtered_by_person_kind_and_words(
        self, desk: Desk, context: Context, session: Session
    ) -> None:
        change(session, Kind.COMPANY, COMPANY, name="新名")
        dialog = history(context, desk)
        whole = len(dialog.shown)
        dialog._kind.choose(Kind.COMPANY.value)
        assert {told.entry.entity for told in dialog.shown} == {"company"}
        dialog._find.setText("新名 企业名称")
        dialog._filter()
        assert [line[2] for line in lines(dialog)] == ["企业名称"]
        dialog._find.clear()
        dialog._kind.choose("")
        dialog._who.choose("李工")
        dialog._since.choose(1)
        assert len(dialog.shown) == whole
        dialog._find.setText("没有的字")
        dialog._filter()
        assert dialog.shown == []

    def test_what_is_shown_is_exported_and_no_text_becomes_a_formula(
        self, desk: Desk, context: Context, session: Session, tmp_path: Path
    ) -> None:
        change(session, Kind.COMPANY, COMPANY, products='=HYPERLINK("x")')
        dialog = history(context, desk, Place(Kind.COMPANY, (COMPANY,), "products"))
        dialog.show()
        desk.answer_file_dialog(tmp_path / "历史.csv")
        dialog.export()
        with (tmp_path / "历史.csv").open(encoding="utf-8-sig", newline="") as file:
            head, first, _added = csv.reader(file)
        assert head[:2] == ["时间", "修改人"]
        assert first[6] == '\'=HYPERLINK("x")'
        assert first[8] == session.history()[-1].link
        dialog.close()

    @pytest.mark.long
    def test_a_row_that_is_gone_still_has_its_name(self, desk: Desk, context: Context, session: Session) -> None:
        row_id, row = next(iter(session.audit.of(Kind.FINDING).items()))
        change(session, Kind.FINDING, row_id, facts="两个岗位空缺")
        session.submit((remove(Kind.FINDING, row_id, session.audit.of(Kind.FINDING)[row_id]),), "remove")
        told = lines(history(context, desk, Place(Kind.FINDING, (row_id,))))
        assert [line[2] for line in told] == ["移除", "事实", "新增"]
        assert {line[0] for line in told} == {"审核发现 两个岗位空缺"}
        assert row.clause == told[0][1]


class TestFinalised:
    """A finalised audit is read, reported and delivered, and nothing changes it."""

    @pytest.fixture
    def sealed(self, desk: Desk, session: Session) -> Desk:
        """Give a desk whose audit is finalised."""
        change(session, Kind.COMPANY, COMPANY, employees=9)
        with answering(lambda dialog: dialog.finalise()):  # type: ignore[attr-defined]
            desk.space._deliver("finalise")
        assert session.is_finalised
        desk.take_keyboard()
        return desk

    def banner(self, desk: Desk) -> SealBanner:
        return one(desk.space, SealBanner)

    def test_it_says_who_finalised_it_and_how_it_ends(self, sealed: Desk, session: Session) -> None:
        banner = self.banner(sealed)
        assert banner.isVisible()
        assert "李工" in banner.text
        assert session.sealing is not None
        assert session.sealing.score in banner.text
        assert not session.undo_group.canUndo()

    @pytest.mark.long
    def test_fields_and_cells_are_only_read(self, sealed: Desk) -> None:
        before = sealed.facts
        editor = sealed.editor(Kind.COMPANY, "name")
        assert isinstance(editor, QLineEdit)
        assert editor.isReadOnly()
        sealed.enter(Kind.COMPANY, "name")
        sealed.type("x")
        sealed.press(Key.Key_Tab)
        assert not sealed.editor(Kind.AUDIT, "kind").isEnabled()
        sealed.show(SCORING)
        sealed.select("5.1.1.1", 7)
        sealed.press(Key.Key_F2)
        assert not isinstance(QApplication.focusWidget(), QLineEdit)
        assert sealed.facts == before

    @pytest.mark.long
    @pytest.mark.parametrize("key", [Key.Key_1, Key.Key_2, Key.Key_0, Key.Key_Delete, Key.Key_F])
    def test_keys_of_the_scoring_sheet_change_nothing_and_are_answered(self, sealed: Desk, key: Key) -> None:
        before = sealed.facts
        sealed.show(SCORING)
        sealed.select("5.1.1.2")
        sealed.press(key)
        sealed.press(key)
        assert sealed.facts == before
        assert sealed.stored == sealed.audit

    def test_whoever_tries_is_told_calmly(self, sealed: Desk, session: Session) -> None:
        change(session, Kind.COMPANY, COMPANY, name="later")
        assert "没有修改" in self.banner(sealed).text
        assert sealed.told == []
        assert sealed.stored.company.name != "later"

    @pytest.mark.long
    def test_the_checklist_and_the_findings_change_nothing(self, sealed: Desk) -> None:
        before = sealed.facts
        sealed.show(CHECKLIST)
        sealed.select("D4")
        for key in (Key.Key_1, Key.Key_2, Key.Key_3):
            sealed.press(key)
        assert sealed.audit.document("D4").status is not DocumentStatus.PROBLEM
        sealed.show(FINDINGS)
        sealed.sheet.setFocus()
        for key in (Key.Key_1, Key.Key_Insert, Key.Key_Delete):
            sealed.press(key)
        sealed.undo()
        assert sealed.facts == before

    @pytest.mark.parametrize(
        ("tab", "key", "pressed"),
        [(SCORING, "5.1.3.1", Key.Key_2), (SCORING, "5.1", Key.Key_1), (CHECKLIST, "P7", Key.Key_2)],
    )
    def test_whoever_tries_stays_where_he_was(self, sealed: Desk, tab: int, key: str, pressed: Key) -> None:
        before = sealed.facts
        sealed.show(tab)
        sealed.select(key)
        sealed.press(pressed)
        settle()
        assert sealed.sheet.current_key() == key
        assert "没有修改" in self.banner(sealed).text
        assert sealed.facts == before

    def test_whoever_tries_on_a_finding_stays_there(self, sealed: Desk, session: Session) -> None:
        last = list(session.audit.of(Kind.FINDING))[-1]
        sealed.show(FINDINGS)
        sealed.space.tabs.findings.go_to(last)
        sealed.press(Key.Key_1)
        settle()
        assert sealed.sheet.current_key() == last

    def test_nobody_is_asked_why_an_indicator_is_deleted(self, sealed: Desk) -> None:
        sealed.show(SCORING)
        sealed.select("5.1.3.2")
        sealed.press(Key.Key_0)
        assert not any(card.is_open for card in sealed.space.tabs.scoring._cards)
        assert "没有修改" in self.banner(sealed).text

    def test_no_sample_can_be_typed_that_would_hold_on_to_a_row(self, sealed: Desk, session: Session) -> None:
        sealed.show(SCORING)
        sealed.select("5.1.1.2")
        samples = sealed.space.tabs.scoring._indicator_panel.samples
        sealed.click(samples._new)
        sealed.type("abc")
        sealed.press(Key.Key_Return)
        assert samples._new.text() == ""
        session.reopen("漏记一份样本")
        settle()
        for clause in ("5.1.3.2", "5.1.1.2"):
            sealed.select(clause)
            assert sealed.space.tabs.scoring._indicator_panel.clause == clause
        sealed.click(samples._new)
        sealed.type("abc")
        sealed.press(Key.Key_Return)
        assert "abc" in [sample.what for sample in sealed.audit.samples]

    @pytest.mark.long
    def test_every_panel_of_lists_refuses_calmly(self, sealed: Desk, session: Session) -> None:
        before = sealed.facts
        space = sealed.space
        deductions = list(session.audit.of(Kind.SPECIAL_DEDUCTION))
        findings = list(session.audit.of(Kind.FINDING))
        assert deductions
        assert findings
        sealed.show(SCORING)
        space.tabs.scoring.go_to("5.1.1.2")
        space.tabs.scoring.finding_requested.emit(Kind.ASSESSMENT, "5.1.1.1")
        settle()
        sealed.show(0)
        for kind in (Kind.TEAM, Kind.SITE, Kind.SUBCONTRACT):
            card = sealed.card(kind)
            card._on_add()
            card._remove()
            settle()
        assert sealed.facts == before
        assert sealed.told == []

    def test_it_is_reopened_with_a_reason_that_the_history_shows(
        self, sealed: Desk, session: Session, context: Context
    ) -> None:
        def give(dialog: QDialog) -> None:
            assert isinstance(dialog, ReopenDialog)
            assert not dialog.reopen_button.isEnabled()
            dialog.reason.setPlainText("漏记一份证书")
            assert dialog.reopen_button.isEnabled()
            dialog.reopen()

        with answering(give):
            sealed.space._deliver("reopen")
        sealed.take_keyboard()
        assert not session.is_finalised
        assert not self.banner(sealed).isVisible()
        sealed.space.tabs.setCurrentIndex(0)
        sealed.fill(Kind.COMPANY, "name", "新名泵业")
        assert sealed.stored.company.name == "新名泵业"
        told = lines(history(context, sealed))
        assert told[1][4] == "重新打开：漏记一份证书"
        assert told[2][4].startswith("定稿：")

    @pytest.mark.long
    def test_an_audit_that_is_opened_later_is_still_finalised(self, sealed: Desk, session: Session) -> None:
        finalised = session.audit.id
        sealed.new_audit()
        assert not self.banner(sealed).isVisible()
        editor = sealed.editor(Kind.COMPANY, "name")
        assert isinstance(editor, QLineEdit)
        assert not editor.isReadOnly()
        sealed.switch_to(finalised)
        assert self.banner(sealed).isVisible()
        assert session.is_finalised

    def test_an_audit_that_is_open_needs_no_reopening(self, desk: Desk) -> None:
        desk.space._deliver("reopen")
        assert desk.told == ["这份审核没有定稿，可以直接修改。"]

    def test_what_the_auditee_sent_is_not_taken_into_it(self, sealed: Desk) -> None:
        sealed.space._deliver("reply_in")
        assert "没有修改" in self.banner(sealed).text

    def test_an_audit_with_an_unjudged_row_cannot_be_finalised(self, desk: Desk, session: Session) -> None:
        change(session, Kind.ASSESSMENT, "5.1.1.1", verdict=Verdict.UNJUDGED)

        def look(dialog: QDialog) -> None:
            assert isinstance(dialog, FinaliseDialog)
            assert not dialog.finalise_button.isEnabled()

        with answering(look) as heard:
            desk.space._deliver("finalise")
        assert "还有 1 个指标未评定" in heard[1]
        assert not session.is_finalised


class TestCheck:
    """The library is checked from the menu, aside."""

    def test_the_library_is_checked_and_the_answer_is_plain(self, desk: Desk) -> None:
        with answering(lambda _dialog: None) as heard:
            desk.space._deliver("check")
        assert "完整：" in heard[1]
        assert "不完整" not in heard[1]

    def test_what_was_changed_past_the_program_is_named(self, desk: Desk, session: Session) -> None:
        path = session._library.path
        row = (session.audit.id, "5.1.1.1")
        statement = "UPDATE assessment SET note = ? WHERE audit_id = ? AND row_id = ?"
        note = session.audit.assessment("5.1.1.1").note  # type: ignore[arg-type]
        with past_the_program(path) as connection:
            connection.execute(statement, ("past", *row))
        faults: list[str] = []
        with answering(lambda dialog: faults.append(dialog.lines.toPlainText())):  # type: ignore[attr-defined]
            desk.space._deliver("check")
        with past_the_program(path) as connection:
            connection.execute(statement, (note, *row))
        assert "评分 5.1.1.1 记录" in faults[0]
