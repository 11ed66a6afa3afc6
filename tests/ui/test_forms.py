"""The dialog of the body's form: chosen, looked at, decided, filled, by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from auditor_app.ui.form_dialog import FormDialog
from auditor_app.ui.form_table import PLACES, STANDS_FOR, STATE, VALUE, WRITTEN
from tests.forms.body_form import body_form, changed
from tests.forms.filling import form_with, sheet_of
from tests.ui.desk import Desk, let_pass, settle, visible_text

BODY = "华信认证"


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """Give the form of a body, as a file."""
    path = tmp_path / "审核报告.xlsx"
    path.write_bytes(body_form())
    return path


@pytest.fixture
def dialog(desk: Desk) -> Iterator[FormDialog]:
    """Give the dialog over the window, nothing remembered."""
    (desk.folder / "forms.json").unlink(missing_ok=True)
    made = FormDialog(desk.space._context, desk.window)
    made.show()
    settle()
    yield made
    made.close()
    made.deleteLater()
    settle()


def shown(dialog: FormDialog, written: str) -> list[str]:
    """Return what the row of a placeholder shows."""
    table = dialog.table
    row = next(row for row in range(table.rowCount()) if table.index(row, WRITTEN).data() == written)
    return [str(table.index(row, column).data() or "") for column in (STANDS_FOR, VALUE, PLACES, STATE)]


def filled(dialog: FormDialog, desk: Desk, target: Path) -> None:
    """Fill and save to a path."""
    desk.answer_file_dialog(target)
    dialog.fill()
    settle()


def test_the_menu_offers_it_for_the_audit_that_is_open(desk: Desk) -> None:
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FormDialog)
        seen.append(visible_text(dialog))
        dialog.reject()

    QTimer.singleShot(50, look)
    desk.space._menus._actions["form"].trigger()
    assert "选择表格…" in seen[0]


def test_the_buttons_keep_their_size_whether_or_not_something_is_said(dialog: FormDialog, form: Path) -> None:
    widths = []
    for path in (form.parent / "nothing.xlsx", form):
        widths.append((dialog._fill.width(), dialog._close.width()))
        dialog.read(path)
        settle()
    widths.append((dialog._fill.width(), dialog._close.width()))
    assert len(set(widths)) == 1
    assert sum(widths[0]) < dialog.width() / 3


def test_what_goes_where_is_seen_before_anything_is_written(dialog: FormDialog, form: Path, desk: Desk) -> None:
    dialog.read(form)
    name = desk.audit.company.name
    assert shown(dialog, "company.name") == ["企业名称", name, "审核报告!B5 等，另 2 处", "已识别"]
    assert shown(dialog, "企业法人") == ["", "", "审核报告!E6", "未识别"]
    assert shown(dialog, "findings[].clause")[1].startswith("2 行：")
    assert "未识别，指定对应字段之前会留空：企业法人" in dialog.notes.text
    assert "5 个公式" in dialog.notes.text
    # The keyboard is where something is to be decided.
    assert dialog.table.index(dialog.view.currentIndex().row(), WRITTEN).data() == "企业法人"


@pytest.mark.long
def test_a_field_is_found_and_chosen_by_keys(dialog: FormDialog, form: Path, desk: Desk) -> None:
    dialog.read(form)
    QTest.keyClick(dialog.view, Qt.Key.Key_Return)
    assert dialog.choice.search.hasFocus()
    QTest.keyClicks(dialog.choice.search, "legal")
    QTest.keyClick(dialog.choice.search, Qt.Key.Key_Return)
    settle()
    assert shown(dialog, "企业法人")[0::3] == ["法定代表人", "已指定"]
    assert shown(dialog, "企业法人")[1] == desk.audit.company.legal_representative
    assert "未识别" not in dialog.notes.text
    assert dialog.view.hasFocus()


@pytest.mark.long
def test_the_copy_is_filled_and_the_decisions_are_remembered_for_the_body(
    dialog: FormDialog, form: Path, desk: Desk, tmp_path: Path
) -> None:
    dialog.read(form)
    dialog.choice.search.setText("法定代表人")
    QTest.keyClick(dialog.choice.search, Qt.Key.Key_Return)
    dialog.body.setCurrentText(BODY)
    target = tmp_path / "copy.xlsx"
    filled(dialog, desk, target)
    assert dialog.message.startswith("已填写")
    assert sheet_of(target.read_bytes(), "审核报告")["E6"].value == desk.audit.company.legal_representative
    again = FormDialog(desk.space._context, desk.window)
    again.read(form)
    assert again.body.currentText() == BODY
    assert shown(again, "企业法人")[3] == "已指定"
    again.deleteLater()


@pytest.mark.long
def test_a_form_that_changed_says_what_is_gone_and_what_is_new(
    dialog: FormDialog, form: Path, desk: Desk, tmp_path: Path
) -> None:
    dialog.read(form)
    dialog.body.setCurrentText(BODY)
    filled(dialog, desk, tmp_path / "copy.xlsx")
    drifted = tmp_path / "v2.xlsx"

    def drift(parts: dict[str, bytes]) -> None:
        name = "xl/worksheets/sheet1.xml"
        parts[name] = parts[name].replace(b"{{leader.name}}", "{{组长}}".encode())

    drifted.write_bytes(changed(body_form(), drift))
    dialog.read(drifted)
    assert dialog.body.currentText() == BODY
    assert shown(dialog, "组长")[3] == "未识别 · 新"
    assert shown(dialog, "leader.name")[3] == "已不在"
    assert "已不在：leader.name" in dialog.notes.text
    assert "新增：组长" in dialog.notes.text


@pytest.mark.long
def test_decisions_are_kept_for_the_body_although_nothing_was_filled(
    dialog: FormDialog, form: Path, desk: Desk
) -> None:
    dialog.read(form)
    dialog.choice.search.setText("法定代表人")
    QTest.keyClick(dialog.choice.search, Qt.Key.Key_Return)
    dialog.reject()
    assert dialog.isVisible()
    assert "填写机构名称" in dialog.message
    dialog.body.setCurrentText(BODY)
    dialog.reject()
    assert not dialog.isVisible()
    again = FormDialog(desk.space._context, desk.window)
    again.read(form)
    again.body.setCurrentText(BODY)
    again._on_body_typed()
    assert shown(again, "企业法人")[3] == "已指定"
    # It was not filled, so nothing is new and nothing is gone.
    assert "已不在" not in again.notes.text
    again.deleteLater()


@pytest.mark.long
def test_a_text_of_ones_own_or_nothing_can_stand_for_a_placeholder(dialog: FormDialog, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(form_with({"A1": "{{盖章}}", "A2": "{{备注}}"}))
    dialog.read(path)
    dialog.choice._text.setText("（盖章处）")
    QTest.keyClick(dialog.choice._text, Qt.Key.Key_Return)
    settle()
    assert shown(dialog, "盖章")[1::2] == ["（盖章处）", "固定文字"]
    # The next one that is unknown is up.
    QTest.mouseClick(dialog.choice._empty, Qt.MouseButton.LeftButton)
    assert shown(dialog, "备注")[1::2] == ["", "留空"]
    dialog._select(0)
    QTest.mouseClick(dialog.choice._as_named, Qt.MouseButton.LeftButton)
    assert shown(dialog, "盖章")[3] == "未识别"


def test_words_follow_the_language_chosen(dialog: FormDialog, form: Path) -> None:
    dialog.read(form)
    QTest.mouseClick(dialog._switch["en"], Qt.MouseButton.LeftButton)
    assert shown(dialog, "level")[:2] == ["Level", "Five stars"]


def test_a_form_can_be_dropped_and_what_is_none_is_refused_in_words(dialog: FormDialog, form: Path) -> None:
    def drop(path: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        action, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        dialog.dropEvent(QDropEvent(QPointF(5, 5), action, data, Qt.MouseButton.LeftButton, keys))

    drop(form)
    assert dialog.table.rowCount() > 30
    text = form.with_name("letter.xlsx")
    text.write_text("Dear body")
    drop(text)
    assert "不是 Excel 工作簿" in dialog.message
    # The form that was shown still is.
    assert dialog.table.rowCount() > 30


@pytest.mark.long
def test_the_form_itself_cannot_be_overwritten(dialog: FormDialog, form: Path, desk: Desk) -> None:
    before = form.read_bytes()
    dialog.read(form)
    filled(dialog, desk, form)
    assert "不能写到表格自己的文件上" in dialog.message
    assert form.read_bytes() == before


@pytest.mark.long
def test_a_memory_that_is_damaged_is_said_and_hinders_nothing(
    dialog: FormDialog, form: Path, desk: Desk, tmp_path: Path
) -> None:
    memory = desk.folder / "forms.json"
    memory.write_text("no json")
    dialog.read(form)
    assert dialog.table.rowCount() > 30
    dialog.body.setCurrentText(BODY)
    filled(dialog, desk, tmp_path / "copy.xlsx")
    assert dialog.message.startswith("已填写")
    assert "forms.json" in dialog.message
    assert memory.read_text() == "no json"
    memory.unlink()


def test_the_dialog_fits_a_small_screen(dialog: FormDialog, form: Path) -> None:
    dialog.read(form)
    let_pass(1)
    assert dialog.minimumSizeHint().width() <= 1200
    assert dialog.minimumSizeHint().height() <= 660
