"""The auditor packs evidence for others, seals an audit, and opens what others sealed, all from the menu."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from auditor_app.deliveries import packages
from auditor_app.deliveries.packages import open_sealed
from auditor_app.deliveries.proof import verified
from auditor_app.models.packed import Packed
from auditor_app.storage.evidence_store import EvidenceStore
from auditor_app.ui.bundle_dialog import BundleDialog
from auditor_app.ui.context import Context
from auditor_app.ui.open_package_dialog import OpenPackageDialog
from auditor_app.ui.packing_dialog import PackingDialog
from auditor_app.ui.pdf_export import PdfDialog
from auditor_app.ui.progress_dialog import ProgressDialog
from auditor_app.ui.seal_dialog import SealDialog
from auditor_app.ui.signing_dialog import PassphraseDialog
from tests.packages.sealing import entries_of, small_audit, zipped
from tests.packages.sealing import seal as seal_it
from tests.session.tables import tables
from tests.ui.conftest import Sit
from tests.ui.desk import SHEET, Desk, Key, one, settle, visible_text
from tests.ui.evidence import add_photos, photos
from tests.ui.test_verify import meanwhile, type_into

pytestmark = pytest.mark.long

PASSWORD = "Kiefern-Zapfen-9"
D = TypeVar("D", bound=QDialog)


@pytest.fixture
def own(sit: Sit, tmp_path: Path, qtbot: QtBot) -> Desk:
    """Give a desk with a library of its own and two photos on an indicator."""
    desk = sit()
    desk.show(SHEET)
    desk.select("5.1.1.1")
    (tmp_path / "card").mkdir()
    add_photos(desk, qtbot, photos(tmp_path / "card", 2))
    return desk


@contextmanager
def opened(desk: Desk, kind: Callable[[Context, QWidget], D]) -> Iterator[D]:
    """Open a dialog as the menu does, give it, and close it at the end."""
    dialog = kind(desk.space._context, desk.space)
    dialog.open()
    assert QTest.qWaitForWindowActive(dialog)
    yield dialog
    dialog.close()
    dialog.deleteLater()
    settle()
    desk.take_keyboard()


@pytest.mark.parametrize(
    ("name", "kind"), [("bundle", BundleDialog), ("seal", SealDialog), ("open_package", OpenPackageDialog)]
)
def test_the_menu_offers_each_of_them(desk: Desk, name: str, kind: type[QDialog]) -> None:
    seen: list[QWidget] = []

    def look() -> None:
        above = QApplication.activeModalWidget()
        if above is None:
            QTimer.singleShot(5, look)
            return
        seen.append(above)
        above.close()

    QTimer.singleShot(0, look)
    desk.space._menus._actions[name].trigger()
    assert [type(widget) for widget in seen] == [kind]
    settle()
    desk.take_keyboard()


def test_only_a_package_can_be_opened_without_an_audit(sit: Sit) -> None:
    actions = sit(sample=False).space._menus._actions
    assert [actions[name].isEnabled() for name in ("bundle", "seal", "open_package")] == [False, False, True]


def press(dialog: QDialog, word: str) -> None:
    """Press the button whose text begins so."""
    one(dialog, QPushButton, lambda button: button.isVisible() and button.text().startswith(word)).click()
    settle()


def pack(desk: Desk, dialog: PackingDialog, target: Path | None) -> str:
    """Write to a place chosen in the file dialog and return what the dialog says then."""
    desk.answer_file_dialog(target)
    press(dialog, "写出")
    return visible_text(dialog)


def names_in(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return archive.namelist()


# Out.


def test_a_bundle_is_written_where_the_auditor_wants_it(own: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    with opened(own, BundleDialog) as dialog:
        assert "共 2 件证据" in visible_text(dialog)
        said = pack(own, dialog, tmp_path / "证据.zip")
    assert f"已写出，包含 2 件证据：{tmp_path / '证据.zip'}" in said
    assert [name.partition(" ")[0] for name in names_in(tmp_path / "证据.zip")] == [
        "5.1.1.1",
        "5.1.1.1",
        "index.html",
        "index.csv",
    ]


def test_there_is_no_bundle_of_an_audit_without_evidence(blank: Desk) -> None:
    with opened(blank, BundleDialog) as dialog:
        assert "还没有证据" in visible_text(dialog)
        assert not dialog._write.isEnabled()


def test_bare_copies_are_said_and_made(own: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    with opened(own, BundleDialog) as dialog:
        assert "拍摄地点" in visible_text(dialog)
        dialog.pictures.choose(True)
        assert "只有画面" in visible_text(dialog)
        pack(own, dialog, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        for name in archive.namelist():
            assert b"Exif" not in archive.read(name)


def test_what_is_missing_is_said_before_and_after(own: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    EvidenceStore(own.folder).path(own.audit.evidence[0].sha256).unlink()
    with opened(own, BundleDialog) as dialog:
        assert "其中 1 件的内容不在本机" in visible_text(dialog)
        said = pack(own, dialog, tmp_path / "b.zip")
    assert "E01 IMG_2031.jpg：本机没有该内容" in said


def test_leaving_the_file_dialog_writes_nothing(own: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    before = sorted(tmp_path.rglob("*.zip"))
    with opened(own, SealDialog) as dialog:
        said = pack(own, dialog, None)
    assert "已写出" not in said
    assert sorted(tmp_path.rglob("*.zip")) == before


def test_a_place_that_cannot_be_written_is_said_and_the_dialog_stays(
    own: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    real = packages.write_bundle

    def too_late(*arguments: object) -> Packed:
        (tmp_path / "gone").rmdir()
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(packages, "write_bundle", too_late)
    with opened(own, BundleDialog) as dialog:
        said = pack(own, dialog, tmp_path / "gone" / "b.zip")
        assert "找不到文件夹" in said
        assert dialog.isVisible()


def test_packing_can_be_cancelled_and_the_old_file_stays(
    own: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, may_go_on, real = threading.Event(), threading.Event(), packages._small

    def slow(*arguments: object) -> bytes | None:
        began.set()
        assert may_go_on.wait(10)
        return real(*arguments)  # type: ignore[arg-type]

    def cancel() -> None:
        above = QApplication.activeModalWidget()
        if not began.is_set() or not isinstance(above, ProgressDialog):
            QTimer.singleShot(5, cancel)
            return
        above.reject()
        may_go_on.set()

    monkeypatch.setattr(packages, "_small", slow)
    (tmp_path / "b.zip").write_bytes(b"last year")
    with opened(own, BundleDialog) as dialog:
        QTimer.singleShot(5, cancel)
        said = pack(own, dialog, tmp_path / "b.zip")
    assert "已取消" in said
    assert (tmp_path / "b.zip").read_bytes() == b"last year"
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_the_keyboard_goes_through_a_dialog_as_the_eye_does(desk: Desk) -> None:
    with opened(desk, BundleDialog) as dialog:
        dialog.password.box.setChecked(True)
        dialog.pictures.setFocus()
        passed = [dialog.focusWidget()]
        for _ in range(6):
            QTest.keyClick(dialog, Key.Key_Tab)
            passed.append(dialog.focusWidget())
        fields = dialog.password
        in_order = [dialog.pictures, dialog.language, fields.box, fields._first, fields._again, fields._show]
        assert passed[:6] == in_order
        assert passed[6] is dialog._close


# Passwords.


def type_passwords(dialog: PackingDialog, first: str, again: str) -> None:
    fields = dialog.password
    if not fields.box.isChecked():
        fields.box.click()
    fields._first.setText(first)
    fields._again.setText(again)


@pytest.mark.parametrize(
    ("first", "again", "words"),
    [
        ("", "", "8 到 128 个字符"),
        ("short", "short", "8 到 128 个字符"),
        ("密码密码密码密码", "密码密码密码密码", "英文字母"),
        (PASSWORD, PASSWORD.lower(), "两次输入的密码不同"),
    ],
)
def test_a_password_that_is_not_fit_is_said_at_the_field_before_a_place_is_asked_for(
    desk: Desk, qtbot: QtBot, first: str, again: str, words: str
) -> None:
    with opened(desk, SealDialog) as dialog:
        type_passwords(dialog, first, again)
        press(dialog, "写出")
        assert words in visible_text(dialog)
        assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_a_password_is_shown_only_when_asked_for_and_forgotten_with_the_tick(desk: Desk, qtbot: QtBot) -> None:
    with opened(desk, BundleDialog) as dialog:
        assert "AES-256" not in visible_text(dialog)
        type_passwords(dialog, PASSWORD, PASSWORD)
        assert "AES-256" in visible_text(dialog)
        field = dialog.password._first
        assert field.displayText() != PASSWORD
        one(dialog, QCheckBox, lambda box: box.text() == "显示密码").click()
        assert field.displayText() == PASSWORD
        dialog.password.box.click()
        assert (field.text(), dialog.password.taken()) == ("", "")


def test_a_sealed_package_with_a_password_is_locked(own: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    with opened(own, SealDialog) as dialog:
        type_passwords(dialog, PASSWORD, PASSWORD)
        assert "已写出" in pack(own, dialog, tmp_path / "s.zip")
    assert open_sealed(tmp_path / "s.zip", PASSWORD).is_whole


def test_the_report_in_a_sealed_package_is_signed_when_the_auditor_says_so(
    own: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    made = own.space._context.deliveries.proof.make_key("李工", PASSWORD)

    def sign(asked: PassphraseDialog) -> None:
        type_into(asked, 口令=PASSWORD)
        asked._sign.click()

    with opened(own, SealDialog) as dialog:
        one(dialog, QCheckBox, lambda box: box.text() == "用我的密钥签名").click()
        meanwhile(PassphraseDialog, lambda asked: QTest.keyClick(asked, Key.Key_Escape))
        assert "已写出" not in pack(own, dialog, tmp_path / "given up.zip")
        meanwhile(PassphraseDialog, sign)
        assert "已写出" in pack(own, dialog, tmp_path / "s.zip")
    assert not (tmp_path / "given up.zip").exists()
    assert open_sealed(tmp_path / "s.zip").is_whole
    with zipfile.ZipFile(tmp_path / "s.zip") as package:
        package.extract("report.xlsx", tmp_path)
    answer = verified(tmp_path / "report.xlsx")
    assert answer.is_yes
    assert answer.key is not None
    assert answer.key.fingerprint == made.fingerprint


def test_the_language_chosen_for_one_report_is_that_of_the_next(own: Desk, qtbot: QtBot) -> None:
    with opened(own, SealDialog) as dialog:
        assert dialog.language.value == "zh"
        dialog.language.choose("both")
    with opened(own, PdfDialog) as dialog:
        assert dialog.language.value == "both"


# In.


@pytest.fixture
def sent(tmp_path: Path) -> Callable[..., Path]:
    """Give a way to seal a package on another laptop."""

    def seal(password: str = "") -> Path:
        folder = tmp_path / "other"
        standard, audit = small_audit(folder)
        (tmp_path / "sent.zip").write_bytes(seal_it(standard, audit, folder, password)[0])
        return tmp_path / "sent.zip"

    return seal


def choose(desk: Desk, dialog: OpenPackageDialog, path: Path) -> str:
    desk.answer_file_dialog(path)
    press(dialog, "选择封存包")
    return visible_text(dialog)


def test_a_package_is_checked_shown_and_imported_with_its_originals(
    sit: Sit, sent: Callable[..., Path], qtbot: QtBot
) -> None:
    desk = sit(sample=False)
    with opened(desk, OpenPackageDialog) as dialog:
        said = choose(desk, dialog, sent())
        assert "完整" in said
        assert "证据原件 3 件" in said
        assert not desk.bench.session.is_open
        press(dialog, "导入资料库")
        assert "收入证据原件 3 件" in visible_text(dialog)
    assert len(desk.stored.evidence) == 3
    store = EvidenceStore(desk.folder)
    assert all(store.is_whole(row.sha256) for row in desk.audit.evidence)


def test_an_audit_that_is_there_gets_the_originals_it_misses(sit: Sit, sent: Callable[..., Path], qtbot: QtBot) -> None:
    desk, path = sit(sample=False), sent()
    with opened(desk, OpenPackageDialog) as dialog:
        choose(desk, dialog, path)
        press(dialog, "导入资料库")
    EvidenceStore(desk.folder).path(desk.audit.evidence[1].sha256).unlink()
    with opened(desk, OpenPackageDialog) as dialog:
        choose(desk, dialog, path)
        press(dialog, "导入资料库")
        assert "补入证据原件 1 件" in visible_text(dialog)


def test_a_package_of_an_audit_that_says_something_else_here_is_refused(
    sit: Sit, sent: Callable[..., Path], qtbot: QtBot
) -> None:
    # The sample has the same id and no evidence.
    desk = sit()
    before = tables(desk.folder)
    with opened(desk, OpenPackageDialog) as dialog:
        choose(desk, dialog, sent())
        press(dialog, "导入资料库")
        assert "收入" not in visible_text(dialog)
    # The folder chosen is remembered, and that is all.
    after = tables(desk.folder)
    assert {name: rows for name, rows in after.items() if name != "setting"} == {
        name: rows for name, rows in before.items() if name != "setting"
    }
    assert not list((desk.folder / "evidence").glob("*/*"))


def test_a_changed_package_says_what_is_wrong_and_offers_no_import(
    desk: Desk, sent: Callable[..., Path], qtbot: QtBot
) -> None:
    path = sent()
    path.write_bytes(zipped(entries_of(path.read_bytes()) | {"report.xlsx": b"another"}))
    with opened(desk, OpenPackageDialog) as dialog:
        said = choose(desk, dialog, path)
        assert "与封存时不同，有 1 处问题" in said
        assert "report.xlsx 与清单不符" in said
        assert "导入资料库" not in said


def test_what_is_no_package_is_refused_in_words(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "x.zip").write_bytes(b"no zip at all")
    with opened(desk, OpenPackageDialog) as dialog:
        assert "这不是封存包" in choose(desk, dialog, tmp_path / "x.zip")


def test_a_locked_package_asks_for_its_password(desk: Desk, sent: Callable[..., Path], qtbot: QtBot) -> None:
    with opened(desk, OpenPackageDialog) as dialog:
        assert "需要密码" in choose(desk, dialog, sent(PASSWORD))
        assert dialog.focusWidget() is dialog.password
        dialog.password.setText("wrong-wrong")
        QTest.keyClick(dialog.password, Key.Key_Return)
        settle()
        assert "密码不对" in visible_text(dialog)
        dialog.password.setText(PASSWORD)
        QTest.keyClick(dialog.password, Key.Key_Return)
        settle()
        assert "完整" in visible_text(dialog)
        assert not dialog.password.isVisible()
