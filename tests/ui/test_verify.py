"""Checking a report and keeping keys in the window, by keyboard and by drop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QMenuBar, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from auditor_app.deliveries.proof import KEY_FILE, TRUSTED_FILE
from auditor_app.ui.key_dialog import KeyDialog
from auditor_app.ui.signing_dialog import PassphraseDialog, SigningDialog, ask_signer, has_key
from auditor_app.ui.verify_dialog import VerifyDialog
from tests.proof.reports import AUDITOR, PASSPHRASE, edited, key, report, signed
from tests.ui.desk import Desk, Key, one, settle, visible_text

SHEET = "评分表"


@pytest.fixture
def keyless(desk: Desk) -> Iterator[Desk]:
    """Give a desk whose library has no keys, and leave it so."""
    yield desk
    for path in desk.folder.glob("*key*.json"):
        path.unlink()


@pytest.fixture
def dialog(keyless: Desk) -> Iterator[VerifyDialog]:
    made = VerifyDialog(keyless.space._context, keyless.window)
    made.show()
    assert QTest.qWaitForWindowActive(made)
    yield made
    made.close()
    made.deleteLater()
    keyless.take_keyboard()


def checked(dialog: VerifyDialog, qtbot: QtBot, path: Path) -> str:
    dialog.check(path)
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=20_000)
    settle()
    return visible_text(dialog)


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def drop(dialog: VerifyDialog, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    state = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(dialog.rect().center(), *state)
    QApplication.sendEvent(dialog, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(dialog, QDropEvent(QPointF(dialog.rect().center()), *state))


def type_into(dialog: QDialog, **texts: str) -> None:
    for name, text in texts.items():
        field = next(each for each in dialog.findChildren(QLineEdit) if each.accessibleName() == name)
        field.setFocus()
        field.selectAll()
        field.insert(text)


def meanwhile(kind: type[QDialog], act: object) -> None:
    """Do something in the next dialog of a kind, which keeps everything else waiting."""

    def look() -> None:
        found = QApplication.activeModalWidget()
        if isinstance(found, kind):
            act(found)  # type: ignore[operator]
        else:
            QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)


@pytest.mark.long
def test_a_dropped_report_is_checked_and_its_answer_can_be_copied(
    dialog: VerifyDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    drop(dialog, written(tmp_path / "报告.xlsx", report()))
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=20_000)
    said = visible_text(dialog)
    assert "完整且未改动" in said
    assert "未签名" in said
    assert "98.06" in said
    dialog.copy()
    copied = QGuiApplication.clipboard().text()
    assert "报告.xlsx" in copied
    assert "完整且未改动" in copied


@pytest.mark.long
def test_changed_cells_are_listed_with_what_they_say_now(dialog: VerifyDialog, qtbot: QtBot, tmp_path: Path) -> None:
    changed = edited(report(), lambda book: book[SHEET].__setitem__("E7", "不符合"))
    said = checked(dialog, qtbot, written(tmp_path / "报告.xlsx", changed))
    assert "有改动" in said
    model = one(dialog, QTableWidget).model()
    shown = [model.index(0, column).data() for column in (0, 1)]
    assert shown == [f"{SHEET} E7", "已改动，现为：不符合"]


@pytest.mark.long
def test_what_is_no_report_is_told_and_the_next_one_is_checked(
    dialog: VerifyDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    assert "不完整" in checked(dialog, qtbot, written(tmp_path / "一.xlsx", report()[:9_000]))
    assert "没有这个文件" in checked(dialog, qtbot, tmp_path / "没有.xlsx")
    assert "完整且未改动" in checked(dialog, qtbot, written(tmp_path / "二.xlsx", report()))


@pytest.mark.long
def test_a_check_can_be_cancelled_and_another_one_made(dialog: VerifyDialog, qtbot: QtBot, tmp_path: Path) -> None:
    path = written(tmp_path / "报告.xlsx", report())
    dialog.check(path)
    assert "正在核对" in visible_text(dialog)
    one(dialog, QPushButton, lambda button: button.text() == "取消").click()
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=20_000)
    assert "已取消核对" in visible_text(dialog)
    assert "完整且未改动" in checked(dialog, qtbot, path)
    assert "取消" not in visible_text(dialog)


@pytest.mark.long
def test_a_report_is_chosen_by_the_keyboard_alone(
    keyless: Desk, dialog: VerifyDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    keyless.answer_file_dialog(written(tmp_path / "报告.xlsx", report()))
    dialog._choose.setFocus()
    QTest.keyClick(dialog._choose, Key.Key_Space)
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=20_000)
    assert "完整且未改动" in visible_text(dialog)


@pytest.mark.long
def test_the_key_that_signed_is_remembered_demanded_and_forgotten(
    keyless: Desk, dialog: VerifyDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    path = written(tmp_path / "报告.xlsx", signed())
    assert key(AUDITOR).public.fingerprint in checked(dialog, qtbot, path)
    meanwhile(KeyDialog, lambda asked: asked._keep.click())
    dialog._remember.click()
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=20_000)
    assert "用所给的密钥" in visible_text(dialog)
    assert "记住签名" not in visible_text(dialog)
    assert AUDITOR in (keyless.folder / TRUSTED_FILE).read_text("utf-8")
    assert "未签名" in checked(dialog, qtbot, written(tmp_path / "二.xlsx", report()))
    dialog._forget.click()
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=20_000)
    assert "完整且未改动" in visible_text(dialog)


def test_a_mistyped_key_is_refused_and_a_file_with_one_is_read(
    keyless: Desk, dialog: VerifyDialog, tmp_path: Path
) -> None:
    path = written(tmp_path / "key.txt", key(AUDITOR).public.text.encode())
    told: list[str] = []

    def act(asked: KeyDialog) -> None:
        type_into(asked, 名称="李工", 公钥=key(AUDITOR).public.text[:-1])
        asked._keep.click()
        told.append(visible_text(asked))
        keyless.answer_file_dialog(path)
        asked._from_file.click()
        asked._keep.click()

    meanwhile(KeyDialog, act)
    dialog._add.click()
    assert "公钥有字符错误" in told[0]
    assert AUDITOR in (keyless.folder / TRUSTED_FILE).read_text("utf-8")


@pytest.mark.long
def test_keys_that_cannot_be_read_are_told_and_reports_still_checked(
    keyless: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    (keyless.folder / TRUSTED_FILE).write_text("{", "utf-8")
    dialog = VerifyDialog(keyless.space._context, keyless.window)
    dialog.show()
    settle()
    assert "无法读取已记住的密钥列表" in visible_text(dialog)
    assert "完整且未改动" in checked(dialog, qtbot, written(tmp_path / "报告.xlsx", report()))
    dialog.close()
    dialog.deleteLater()


@pytest.fixture
def signing(keyless: Desk) -> Iterator[SigningDialog]:
    made = SigningDialog(keyless.space._context, keyless.window)
    made.show()
    assert QTest.qWaitForWindowActive(made)
    yield made
    made.close()
    made.deleteLater()
    keyless.take_keyboard()


@pytest.mark.long
def test_a_key_is_made_with_a_passphrase_typed_twice_and_shown_to_be_mailed(
    keyless: Desk, signing: SigningDialog, tmp_path: Path
) -> None:
    context = keyless.space._context
    assert not has_key(context)
    assert "口令无法找回" in visible_text(signing)
    type_into(signing, 签名中的姓名="李工", 新口令=PASSPHRASE, 再次输入=PASSPHRASE + "x")
    signing._make.click()
    assert "不一致" in visible_text(signing)
    assert not has_key(context)
    type_into(signing, 再次输入=PASSPHRASE)
    QTest.keyClick(signing._second, Key.Key_Return)
    assert has_key(context)
    assert "李工" in visible_text(signing)
    signing.copy()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("auditor-key-")
    keyless.answer_file_dialog(tmp_path / "公钥.txt")
    signing.save()
    assert (tmp_path / "公钥.txt").read_text("utf-8").strip() == text
    assert PASSPHRASE not in (keyless.folder / KEY_FILE).read_text("utf-8")


@pytest.mark.long
def test_the_passphrase_is_changed_only_by_who_knows_it(keyless: Desk, signing: SigningDialog) -> None:
    proofs = keyless.space._context.deliveries.proof
    type_into(signing, 签名中的姓名="李工", 新口令=PASSPHRASE, 再次输入=PASSPHRASE)
    signing._make.click()
    type_into(signing, 现有口令="wrong", 新口令=PASSPHRASE * 2, 再次输入=PASSPHRASE * 2)
    signing._change.click()
    assert "口令与密钥不符" in visible_text(signing)
    proofs.unlock(PASSPHRASE)
    type_into(signing, 现有口令=PASSPHRASE)
    signing._change.click()
    assert "口令已修改" in visible_text(signing)
    proofs.unlock(PASSPHRASE * 2)


@pytest.mark.long
def test_a_report_is_signed_after_the_passphrase_was_asked_for_until_it_is_right(
    keyless: Desk, dialog: VerifyDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    context, session = keyless.space._context, keyless.bench.session
    made = context.deliveries.proof.make_key("李工", PASSPHRASE)
    told: list[str] = []

    def act(asked: PassphraseDialog) -> None:
        type_into(asked, 口令="wrong")
        asked._sign.click()
        told.append(visible_text(asked))
        type_into(asked, 口令=PASSPHRASE)
        QTest.keyClick(asked._passphrase, Key.Key_Return)

    meanwhile(PassphraseDialog, act)
    signer = ask_signer(context, keyless.window)
    assert "口令与密钥不符" in told[0]
    assert signer is not None
    path = tmp_path / "报告.xlsx"
    context.files.write_report(
        session.standard, session.audit, "zh", path, with_locations=False, progress=lambda *_: None, signer=signer
    )
    said = checked(dialog, qtbot, path)
    assert "完整且未改动" in said
    assert made.fingerprint in said


def test_who_gives_up_on_the_passphrase_gets_no_signer(keyless: Desk) -> None:
    context = keyless.space._context
    context.deliveries.proof.make_key("李工", PASSPHRASE)
    meanwhile(PassphraseDialog, lambda asked: QTest.keyClick(asked, Key.Key_Escape))
    assert ask_signer(context, keyless.window) is None


@pytest.mark.parametrize(("entry", "kind"), [("核对报告", VerifyDialog), ("签名密钥", SigningDialog)])
def test_both_are_in_the_menu(keyless: Desk, entry: str, kind: type[QDialog]) -> None:
    menus = [menu for action in one(keyless.window, QMenuBar).actions() if isinstance(menu := action.menu(), QMenu)]
    action = next(found for menu in menus for found in menu.actions() if found.text().startswith(entry))
    opened: list[QDialog] = []

    def act(dialog: QDialog) -> None:
        opened.append(dialog)
        assert dialog.height() < 700
        QTest.keyClick(dialog, Key.Key_Escape)

    meanwhile(kind, act)
    action.trigger()
    assert len(opened) == 1
