"""Files come in and go out through the menus: a bad one changes nothing, an old one is never lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from msoffcrypto import OfficeFile
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from auditor_app import files
from auditor_app.models.audit import Kind
from auditor_app.models.enums import Verdict
from auditor_app.models.ids import Clause
from tests.session.tables import tables
from tests.ui.conftest import Sit
from tests.ui.desk import CONTROL, REPORT, SHEET, SHIFT, Desk, Key, visible_text
from tests.ui.evidence import add_photos, photo
from tests.workbooks.opening import load_workbook

pytestmark = pytest.mark.long

OLD = b"the report of last year"


@pytest.fixture
def own(sit: Sit) -> Desk:
    """Give a window with a library of its own."""
    return sit()


def bring_in(desk: Desk, path: Path | None) -> None:
    """Import a file by key and dialog."""
    desk.answer_file_dialog(path)
    desk.press(Key.Key_O, CONTROL)
    desk.take_keyboard()


def export(desk: Desk, qtbot: QtBot, path: Path | None) -> str:
    """Export the report by key and dialog, and return what the report tab says at the end."""
    desk.answer_file_dialog(path)
    desk.press(Key.Key_E, CONTROL)
    desk.take_keyboard()
    assert desk.space.tabs.currentIndex() == REPORT
    qtbot.waitUntil(lambda: not desk.space.tabs.report.card.is_busy, timeout=20_000)
    return visible_text(desk.space.tabs.report)


# In.


def spoiled(key: str, value: object) -> bytes:
    raw = json.loads(files.SAMPLE.read_text("utf-8"))
    raw[key] = value
    return json.dumps(raw).encode()


BAD = {
    "no JSON": b"PK\x03\x04 not an audit",
    "cut off": files.SAMPLE.read_bytes()[:1_000],
    "another kind of file": b'{"format": "something else", "version": 1}',
    "of a newer program": spoiled("version", 99),
    "with an impossible number": spoiled("assessments", [{"clause": "5.1.1.1", "verdict": "sampled"}]),
    "empty": b"",
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_refused_in_words_and_the_library_is_as_before(
    desk: Desk, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "坏文件.json"
    path.write_bytes(content)
    before, audit = tables(desk.folder), desk.audit
    bring_in(desk, path)
    (told,) = desk.told
    assert len(told) > 5
    assert not told.isascii()
    assert tables(desk.folder) == before
    assert desk.audit is audit
    desk.fill(Kind.COMPANY, "industry", "水泵制造")
    assert desk.stored.company.industry == "水泵制造"


def test_a_good_file_becomes_an_audit_of_the_library(own: Desk, tmp_path: Path) -> None:
    sample = own.audit.id
    bring_in(own, files.SAMPLE.with_name("elevator-service.json"))
    assert own.audit.id != sample
    assert own.space.rail.view.model().rowCount() == 2
    assert own.stored.company.name in own.window.windowTitle()


def test_a_file_that_is_in_the_library_already_is_just_opened(own: Desk) -> None:
    sample = own.audit.id
    own.new_audit()
    before = tables(own.folder)
    bring_in(own, files.SAMPLE)
    assert own.audit.id == sample
    assert tables(own.folder) == before


def test_a_file_that_says_something_else_of_the_same_audit_is_refused(own: Desk) -> None:
    own.fill(Kind.COMPANY, "industry", "水泵制造")
    before = tables(own.folder)
    bring_in(own, files.SAMPLE)
    assert len(own.told) == 1
    assert tables(own.folder) == before


def test_leaving_the_dialog_imports_nothing(desk: Desk) -> None:
    before = tables(desk.folder)
    bring_in(desk, None)
    assert tables(desk.folder) == before


# Out: the audit file.


def test_an_exported_audit_file_holds_what_was_typed_last(desk: Desk, tmp_path: Path) -> None:
    desk.enter(Kind.COMPANY, "website")
    desk.press(Key.Key_A, CONTROL)
    desk.type("example.cn")
    path = tmp_path / "审核.json"
    desk.answer_file_dialog(path)
    desk.press(Key.Key_E, CONTROL | SHIFT)
    desk.take_keyboard()
    _, written = files.read_audit(path)
    stored = desk.stored
    for kind in Kind:
        assert list(written.of(kind).values()) == list(stored.of(kind).values())
    assert written.company.website == "example.cn"
    assert str(path) in desk.status


# Out: the report.


def test_an_exported_report_is_there_and_shows_the_score_of_the_screen(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "报告.xlsx"
    said = export(desk, qtbot, path)
    assert str(path) in said
    book = load_workbook(path, data_only=True)
    values = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    book.close()
    assert any("98.06" in value for value in values)
    assert desk.stored.company.name in values


def test_where_a_photo_was_taken_leaves_the_laptop_only_when_asked(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.show(SHEET)
    add_photos(desk, qtbot, [photo(tmp_path, "IMG_1.jpg")])
    path = tmp_path / "报告.xlsx"
    export(desk, qtbot, path)
    assert "39.90556" not in words_in(path)
    desk.click(desk.button("写明照片拍摄地点"))
    export(desk, qtbot, path)
    assert "39.90556, 116.39139" in words_in(path)


def test_where_photos_were_taken_is_asked_for_anew_in_every_audit(desk: Desk) -> None:
    desk.show(REPORT)
    boxes = desk.space.tabs.report.findChildren(QCheckBox)
    places = next(box for box in boxes if box.text() == "写明照片拍摄地点")
    places.setChecked(True)
    desk.bench.session.opened.emit()
    assert places.isChecked()
    desk.new_audit()
    assert not places.isChecked()


def words_in(path: Path) -> str:
    """Return everything that is written in a workbook."""
    book = load_workbook(path, data_only=True)
    found = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    book.close()
    return "\n".join(found)


def test_a_report_gets_its_ending_when_none_was_typed(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    export(desk, qtbot, tmp_path / "报告")
    assert (tmp_path / "报告.xlsx").is_file()


def test_a_report_holds_the_verdict_typed_a_moment_before(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.show(SHEET)
    desk.select("5.1.5.1")
    desk.press(Key.Key_N)
    desk.type("刚刚看到的情况")
    path = tmp_path / "报告.xlsx"
    export(desk, qtbot, path)
    book = load_workbook(path, data_only=True)
    assert any(cell.value == "刚刚看到的情况" for sheet in book for row in sheet.iter_rows() for cell in row)
    book.close()


def test_an_older_report_is_replaced_when_the_auditor_says_so(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "报告.xlsx"
    path.write_bytes(OLD)
    export(desk, qtbot, path)
    assert path.read_bytes()[:2] == b"PK"


def test_leaving_the_dialog_writes_nothing(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    before = list(tmp_path.rglob("*.xlsx"))
    said = export(desk, qtbot, None)
    assert list(tmp_path.rglob("*.xlsx")) == before
    assert ".xlsx" not in said


def test_a_folder_that_is_not_there_is_told_and_nothing_is_written(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "没有这个文件夹" / "报告.xlsx"
    said = export(desk, qtbot, path)
    assert "没有这个文件夹" in said
    assert not path.parent.exists()
    assert str(tmp_path / "再来.xlsx") in export(desk, qtbot, tmp_path / "再来.xlsx")


@pytest.fixture
def closed_folder(tmp_path: Path) -> Iterator[Path]:
    """Give a folder with an older report that nobody may write to."""
    folder = tmp_path / "closed"
    folder.mkdir()
    if sys.platform == "linux" and os.geteuid() == 0:
        # Root may write anywhere but on what is mounted for reading only.
        mount = ["mount", "-t", "tmpfs", "tmpfs", str(folder)]
        if subprocess.run(mount, capture_output=True).returncode:
            pytest.skip("needs the right to mount a disk")
        (folder / "报告.xlsx").write_bytes(OLD)
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        yield folder
        subprocess.run(["umount", str(folder)], check=True)
    else:
        (folder / "报告.xlsx").write_bytes(OLD)
        folder.chmod(0o500)
        yield folder
        folder.chmod(0o700)


def test_a_folder_that_may_not_be_written_to_is_told_and_the_old_report_stays(
    desk: Desk, qtbot: QtBot, closed_folder: Path
) -> None:
    path = closed_folder / "报告.xlsx"
    said = export(desk, qtbot, path)
    assert "报告.xlsx" in said
    assert str(path) not in desk.status
    assert path.read_bytes() == OLD
    assert [file.name for file in closed_folder.iterdir()] == ["报告.xlsx"]


def test_work_goes_on_while_a_report_is_written(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.answer_file_dialog(tmp_path / "报告.xlsx")
    desk.press(Key.Key_E, CONTROL)
    desk.take_keyboard()
    desk.show(SHEET)
    desk.select("5.1.5.1")
    desk.press(Key.Key_2)
    assert desk.stored.assessment(Clause("5.1.5.1")).verdict is Verdict.NOT_MET
    qtbot.waitUntil(lambda: (tmp_path / "报告.xlsx").exists(), timeout=20_000)
    qtbot.waitUntil(lambda: not desk.space.tabs.report.card.is_busy, timeout=20_000)
    desk.show(REPORT)
    assert str(tmp_path / "报告.xlsx") in visible_text(desk.space.tabs.report)


def test_closing_while_a_report_is_written_finishes_it(own: Desk, tmp_path: Path) -> None:
    own.answer_file_dialog(tmp_path / "报告.xlsx")
    own.press(Key.Key_E, CONTROL)
    own.take_keyboard()
    card = own.space.tabs.report.card
    own.close()
    own.bench.close()
    # Here the program ends, so that nobody hears that the report is done.
    QCoreApplication.removePostedEvents(card)
    assert (tmp_path / "报告.xlsx").read_bytes()[:2] == b"PK"


def test_a_report_that_is_cancelled_leaves_the_one_before_as_it_was(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.show(SHEET)
    add_photos(desk, qtbot, [photo(tmp_path, "IMG_1.jpg")])
    path, card = tmp_path / "报告.xlsx", desk.space.tabs.report.card
    export(desk, qtbot, path)
    before = path.read_bytes()
    # As soon as the button is there, before the writing is at the photo.
    stop = card.busy.connect(lambda is_busy: desk.button("取消").click() if is_busy else None)
    assert "已取消" in export(desk, qtbot, path)
    card.busy.disconnect(stop)
    assert path.read_bytes() == before
    assert not [found for found in tmp_path.iterdir() if found.suffix == ".tmp"]


def test_a_report_exported_with_a_password_opens_with_it_only(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "报告.xlsx"
    desk.show(REPORT)
    desk.click(desk.button("用密码保护"))
    desk.type("Audit-2026")
    desk.press(Key.Key_E, CONTROL)
    assert "两次" in visible_text(desk.space.tabs.report)
    # The keyboard is at the field that is not right.
    desk.type("Audit-2026")
    assert str(path) in export(desk, qtbot, path)
    with path.open("rb") as file, BytesIO() as opened:
        locked = OfficeFile(file)
        assert locked.is_encrypted()
        locked.load_key(password="Audit-2026")
        locked.decrypt(opened)
        assert load_workbook(opened).sheetnames[0] == "封面"
    desk.new_audit()
    assert not desk.space.tabs.report.card._password.box.isChecked()


def test_a_logo_chosen_once_is_on_the_cover_until_it_is_removed(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path, no_picture = tmp_path / "报告.xlsx", tmp_path / "logo.png"
    no_picture.write_bytes(b"no picture")
    desk.show(REPORT)
    desk.answer_file_dialog(no_picture)
    desk.click(desk.button("选择标志…"))
    desk.take_keyboard()
    assert "标志保持不变" in visible_text(desk.space.tabs.report)
    desk.answer_file_dialog(photo(tmp_path, "标志.jpg"))
    desk.click(desk.button("选择标志…"))
    desk.take_keyboard()
    export(desk, qtbot, path)
    assert len(pictures_on(path, "封面")) == 1
    desk.click(desk.button("移除标志"))
    export(desk, qtbot, path)
    assert pictures_on(path, "封面") == []


def pictures_on(path: Path, title: str) -> list[object]:
    """Return the pictures of a sheet."""
    book = load_workbook(path)
    return list(book[title]._images)  # type: ignore[attr-defined]
