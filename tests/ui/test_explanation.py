"""The explanation of the level in the window: one page, in two languages, to copy and to print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea

from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.conclusion import conclude
from auditor_app.models.entities import Assessment, Bonus, SpecialDeduction
from auditor_app.models.enums import Ground, Verdict
from auditor_app.models.explanation import explain
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import score_audit
from auditor_app.ui.explanation_dialog import ExplanationDialog, PageView
from auditor_app.ui.explanation_page import A4, LARGEST, SMALLEST, ExplanationPage
from tests.builders import STANDARD, all_met, empty_audit, with_rows, with_sheet, with_verdict
from tests.report.audits import sample
from tests.ui.conftest import Sit
from tests.ui.desk import CONTROL, SHEET, Desk, Key, one, settle

LONG = "抽查的记录缺失或与实际不符，责任人说明原因为近期岗位调整，交接单未填写。" * 12


def page_of(audit: Audit, language: str = "zh") -> ExplanationPage:
    words, result = Catalogue.load(language, "board"), score_audit(STANDARD, audit)
    outcome = conclude(STANDARD, audit, result)
    return ExplanationPage(lambda lengths: explain(words, STANDARD, audit, result, outcome, lengths))


def worst() -> Audit:
    """Return an audit that lost everything, with long notes, ten long special deductions and a long bonus."""
    sheet = {clause: Assessment(clause, Verdict.NOT_MET, reason=LONG) for clause in STANDARD.indicators}
    audit = with_sheet(empty_audit(STANDARD), sheet)
    rows = (SpecialDeduction(ground, "5.2.5", LONG) for ground in (*Ground, *Ground, Ground.LAW, Ground.TRADE))
    audit = with_rows(audit, *((Kind.SPECIAL_DEDUCTION, f"d{n}", row) for n, row in enumerate(rows)))
    return with_rows(audit, (Kind.BONUS, only_row(Kind.BONUS), Bonus(LONG)))


def all_deleted() -> Audit:
    """Return an audit whose every indicator is deleted for a long reason."""
    sheet = {clause: Assessment(clause, Verdict.DELETED, reason=LONG) for clause in STANDARD.indicators}
    return with_sheet(empty_audit(STANDARD), sheet)


def pages_in(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def printed(page: ExplanationPage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert page.print_on(QPdfWriter(buffer))
    return bytes(buffer.data().data())


def ink_below(page: ExplanationPage, share: float) -> bool:
    """Say whether anything is drawn below this share of the sheet."""
    height = 800
    image = QImage(round(height * A4.width() / A4.height()), height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    page.draw(painter, 300 * height / A4.height())
    painter.end()
    white = QImage(image.size(), image.format())
    white.fill(Qt.GlobalColor.white)
    rest = image.copy(0, round(height * share), image.width(), height)
    return rest != white.copy(0, round(height * share), image.width(), height)


AUDITS = {
    "nothing judged": empty_audit(STANDARD),
    "nothing lost": with_sheet(empty_audit(STANDARD), all_met(STANDARD)),
    "one loss": with_sheet(empty_audit(STANDARD), with_verdict(all_met(STANDARD), Verdict.NOT_MET, "5.1.2.2")),
    "worst": worst(),
    "all deleted": all_deleted(),
}


class TestPage:
    """The sheet of paper."""

    @pytest.mark.usefixtures("qapp")
    @pytest.mark.parametrize("language", ["zh", "en"])
    @pytest.mark.parametrize("case", [*AUDITS, "pump-maker", "elevator-service"])
    def test_any_audit_is_explained_on_one_page(self, case: str, language: str) -> None:
        page = page_of(AUDITS[case] if case in AUDITS else sample(case).audit, language)
        assert page.document.pageCount() == 1
        assert page.document.size().height() <= A4.height()
        assert pages_in(printed(page)) == 1
        assert not ink_below(page, 0.96), "nothing is printed on the lower edge"

    @pytest.mark.usefixtures("qapp")
    def test_a_short_text_keeps_its_large_type_and_all_its_lines(self) -> None:
        page = page_of(AUDITS["one loss"])
        assert page.points == LARGEST
        assert all(not section.left_out for section in page.explanation.sections)

    @pytest.mark.usefixtures("qapp")
    def test_the_type_shrinks_before_a_line_is_left_out(self) -> None:
        clauses = list(STANDARD.indicators)
        seen = set()
        for number in (4, 16, 22, 28, 44):
            sheet = with_verdict(all_met(STANDARD), Verdict.NOT_MET, *clauses[:number])
            page = page_of(with_sheet(empty_audit(STANDARD), sheet))
            seen.add(page.points)
            if page.points > SMALLEST:
                assert all(not section.left_out for section in page.explanation.sections)
        assert len(seen) > 2

    @pytest.mark.usefixtures("qapp")
    def test_the_longest_list_is_cut_and_the_rest_is_counted(self) -> None:
        page = page_of(worst())
        assert page.points == SMALLEST
        losses = next(section for section in page.explanation.sections if "失分" in section.heading)
        assert len(losses.entries) >= 4
        assert f"另有 {44 - len(losses.entries)} 项" in losses.left_out
        assert losses.left_out in page.document.toPlainText()
        assert len(next(s for s in page.explanation.sections if "特别扣分" in s.heading).entries) == 10

    @pytest.mark.usefixtures("qapp")
    def test_as_many_lines_stay_as_fit(self) -> None:
        page = page_of(worst())
        room = A4.height() - page.document.size().height()
        assert room < A4.height() * 0.05

    @pytest.mark.usefixtures("qapp")
    def test_what_others_typed_is_shown_as_it_is(self) -> None:
        sheet = all_met(STANDARD)
        sheet[Clause("5.1.2.2")] = Assessment("5.1.2.2", Verdict.NOT_MET, reason="<b>3 & 4</b>")
        page = page_of(with_sheet(empty_audit(STANDARD), sheet))
        assert "<b>3 & 4</b>" in page.document.toPlainText()


@pytest.fixture
def dialog(desk: Desk) -> Iterator[ExplanationDialog]:
    """Give the explanation of the sample, opened over the desk."""
    yield from opened(desk)


def opened(desk: Desk) -> Iterator[ExplanationDialog]:
    made = ExplanationDialog(desk.space._context, desk.space)
    made.show()
    assert QTest.qWaitForWindowActive(made)
    settle()
    yield made
    made.close()
    made.deleteLater()
    desk.take_keyboard()


def segment(dialog: ExplanationDialog, text: str) -> QPushButton:
    return one(dialog, QPushButton, lambda b: b.text() == text)


class TestDialog:
    """The window that shows it."""

    def test_it_opens_in_the_language_of_the_window(self, dialog: ExplanationDialog) -> None:
        assert "98.06 分，五星级" in dialog.text
        assert segment(dialog, "中文").isChecked()

    def test_a_click_changes_the_language_and_back(self, desk: Desk, dialog: ExplanationDialog) -> None:
        view = one(dialog, PageView)
        before = view.grab().toImage()
        desk.click(segment(dialog, "English"))
        assert "98.06 points, Five stars" in dialog.text
        assert (segment(dialog, "中文").isChecked(), segment(dialog, "English").isChecked()) == (False, True)
        assert view.grab().toImage() != before
        desk.click(segment(dialog, "中文"))
        assert view.grab().toImage() == before

    def test_copying_takes_the_plain_and_the_rich_text(self, desk: Desk, dialog: ExplanationDialog) -> None:
        QGuiApplication.clipboard().clear()
        desk.click(dialog._copy)
        data = QGuiApplication.clipboard().mimeData()
        assert data.text() == dialog.text
        assert "<html>" in data.html()
        assert "98.06 分，五星级" in data.html()
        assert dialog._message.text()

    def test_the_keys_copy_what_is_shown(self, desk: Desk, dialog: ExplanationDialog) -> None:
        desk.click(segment(dialog, "English"))
        desk.press(Key.Key_C, CONTROL)
        assert QGuiApplication.clipboard().text() == dialog.text

    @pytest.mark.long
    def test_the_sheet_is_read_out_too(self, dialog: ExplanationDialog) -> None:
        view = one(dialog, PageView)
        assert view.accessibleName() == "得分与等级说明"
        assert view.accessibleDescription() == dialog.text

    def test_escape_closes_it(self, desk: Desk, dialog: ExplanationDialog) -> None:
        desk.press(Key.Key_Escape)
        assert not dialog.isVisible()

    def test_it_fits_the_screen_and_scrolls(self, dialog: ExplanationDialog) -> None:
        room = dialog.screen().availableGeometry()
        assert dialog.width() <= room.width()
        assert dialog.height() <= room.height()
        assert one(dialog, QScrollArea).verticalScrollBar().maximum() > 0
        assert one(dialog, QScrollArea).horizontalScrollBar().maximum() == 0

    @pytest.mark.long
    def test_what_is_being_typed_counts(self, desk: Desk) -> None:
        desk.show(SHEET)
        desk.select("5.1.1.1")
        desk.press(Key.Key_2)
        desk.enter(Kind.ASSESSMENT, "reason")
        desk.type("无部门")
        for dialog in opened(desk):
            assert "5.1.1.1 专门的售后部门、职能划分与岗位：不符合，扣 3 分*。无部门" in dialog.text

    @pytest.mark.long
    def test_the_paper_is_white_in_the_dark_window_too(self, sit: Sit) -> None:
        desk = sit()
        desk.bench._change_look("dark", "zh")
        settle()
        for dialog in opened(desk):
            picture = one(dialog, PageView).grab().toImage()
            assert picture.pixelColor(QPoint(5, 5)).name() == "#ffffff"


class TestPrinting:
    """The sheet on paper."""

    def test_the_printed_file_is_one_page(self, dialog: ExplanationDialog, tmp_path: Path) -> None:
        dialog.print_on(to_file(tmp_path / "sheet.pdf"))
        assert pages_in((tmp_path / "sheet.pdf").read_bytes()) == 1
        assert dialog._message.property("state") == "ok"

    @pytest.mark.qt_log_ignore("Returned false", extend=True)
    def test_a_printer_that_refuses_is_told(self, dialog: ExplanationDialog, tmp_path: Path) -> None:
        dialog.print_on(to_file(tmp_path / "no such folder" / "sheet.pdf"))
        assert dialog._message.property("state") == "error"

    def test_the_system_asks_for_the_printer_and_escape_prints_nothing(
        self, desk: Desk, dialog: ExplanationDialog
    ) -> None:
        asked: list[str] = []
        timer = QTimer(interval=2)

        def look() -> None:
            box = QApplication.activeModalWidget()
            if isinstance(box, QPrintDialog) and QApplication.activeWindow() is box:
                timer.stop()
                asked.append(type(box).__name__)
                QTest.keyClick(box, Key.Key_Escape)

        timer.timeout.connect(look)
        timer.start()
        desk.click(dialog._print)
        assert asked == ["QPrintDialog"]
        assert dialog._message.text() == ""


def to_file(path: Path) -> QPrinter:
    """Return a printer that writes a file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setFullPage(True)
    return printer


def test_the_audit_is_left_as_it_was(desk: Desk) -> None:
    before, audit = desk.facts, replace(desk.audit)
    for dialog in opened(desk):
        desk.click(segment(dialog, "English"))
    assert (desk.facts, desk.audit) == (before, audit)
