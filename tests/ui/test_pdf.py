"""A PDF of the report from the menu: in which language, where it goes, and how that ended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QMenu, QMenuBar, QPushButton

from auditor_app.ui.pdf_export import WIDTH, PdfDialog
from auditor_app.ui.progress_dialog import ProgressDialog
from tests.ui.desk import Desk, one, visible_text

OLD = b"the report of last year"


def with_dialog(desk: Desk, act: Callable[[PdfDialog], None]) -> None:
    """Choose the entry of the menu and do something in its dialog, then close it."""
    acted: list[PdfDialog] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, PdfDialog):
            QTimer.singleShot(5, look)
            return
        acted.append(dialog)
        try:
            act(dialog)
        finally:
            dialog.reject()

    menus = [menu for action in one(desk.window, QMenuBar).actions() if isinstance(menu := action.menu(), QMenu)]
    entries = [entry for menu in menus for entry in menu.actions() if entry.text().startswith("导出 PDF 报告")]
    QTimer.singleShot(0, look)
    entries[0].trigger()
    assert len(acted) == 1


def export(desk: Desk, dialog: PdfDialog, path: Path) -> str:
    desk.answer_file_dialog(path)
    wanted = one(dialog, QPushButton, lambda each: each.text().startswith("导出 PDF"))
    QTest.mouseClick(wanted, Qt.MouseButton.LeftButton)
    return visible_text(dialog)


@pytest.mark.long
def test_the_pdf_is_written_where_the_person_wants_it(desk: Desk, tmp_path: Path) -> None:
    path, said = tmp_path / "报告.pdf", []
    path.write_bytes(OLD)

    def act(dialog: PdfDialog) -> None:
        assert [dialog.language.itemText(place) for place in range(3)] == ["中文", "English", "中英对照"]
        assert not one(dialog, QCheckBox).isVisible(), "an audit without photos has no places to tell"
        said.append(export(desk, dialog, path))
        assert dialog.width() > WIDTH, "a path is not broken into three lines"

    with_dialog(desk, act)
    assert f"报告已写出：{path}" in said[0]
    assert "打开报告" in said[0]
    assert path.read_bytes().startswith(b"%PDF-")
    assert [each.name for each in tmp_path.iterdir()] == ["报告.pdf"]


def test_a_cancelled_pdf_leaves_the_old_one(desk: Desk, tmp_path: Path) -> None:
    path, said = tmp_path / "报告.pdf", []
    path.write_bytes(OLD)

    def cancel() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, ProgressDialog):
            QTimer.singleShot(2, cancel)
            return
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    def act(dialog: PdfDialog) -> None:
        QTimer.singleShot(0, cancel)
        said.append(export(desk, dialog, path))

    with_dialog(desk, act)
    assert "已取消，原有文件未受影响。" in said[0]
    assert path.read_bytes() == OLD
    assert [each.name for each in tmp_path.iterdir()] == ["报告.pdf"]


@pytest.mark.long
def test_what_stands_in_the_way_is_told_in_the_dialog(desk: Desk, tmp_path: Path) -> None:
    path, said = tmp_path / "报告.pdf", []

    def block() -> None:
        # The folder of that name appears while the report is being written.
        if isinstance(QApplication.activeModalWidget(), ProgressDialog):
            path.mkdir()
        else:
            QTimer.singleShot(2, block)

    def act(dialog: PdfDialog) -> None:
        QTimer.singleShot(0, block)
        said.append(export(desk, dialog, path))

    with_dialog(desk, act)
    assert "报告.pdf" in said[0]
    assert "打开报告" not in said[0]
    assert list(path.iterdir()) == []


def test_leaving_the_file_dialog_writes_nothing(desk: Desk) -> None:
    said = []

    def act(dialog: PdfDialog) -> None:
        desk.answer_file_dialog(None)
        wanted = one(dialog, QPushButton, lambda each: each.text().startswith("导出 PDF"))
        QTest.mouseClick(wanted, Qt.MouseButton.LeftButton)
        said.append(visible_text(dialog))

    with_dialog(desk, act)
    assert "已写出" not in said[0]
