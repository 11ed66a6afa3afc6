"""An audit file is taken in while the window stays in reach: whole, or the library is as it was before."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from auditor_app import files
from auditor_app.models.audit import Kind
from auditor_app.models.enums import EvidenceSubject
from auditor_app.models.ids import AuditId, new_id
from auditor_app.session.batch import Place
from auditor_app.storage import connection
from auditor_app.storage.library import FILE_NAME
from auditor_app.ui.progress_dialog import ProgressDialog
from tests.report.photographed import PHOTOS, photographed
from tests.session.tables import tables
from tests.ui.conftest import Sit
from tests.ui.desk import CONTROL, Desk, Key, one, settle
from tests.ui.evidence import photo

pytestmark = pytest.mark.long

WHOLE = PHOTOS - 2
BEFORE, AFTER = "before its pictures are kept", "while its rows are stored"


@pytest.fixture
def own(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give a window with a library of its own."""
    # What comes in and what is edited may be written at the same moment: one waits for the other, as in the program.
    monkeypatch.setattr(connection, "BUSY_SECONDS", 10.0)
    return sit()


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of an audit with photos, as another laptop wrote it."""
    folder = tmp_path_factory.mktemp("other laptop")
    standard, audit = photographed(folder)
    path = folder / "审核.json"
    files.write_audit(standard, replace(audit, id=AuditId(new_id())), path, folder)
    return path


class Held:
    """Keep an import waiting at one place until it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
        self._place = place
        self._real = files.keep_thumbnails
        self._free = threading.Event()
        self.is_there = threading.Event()
        monkeypatch.setattr(files, "keep_thumbnails", self)

    def let_go(self) -> None:
        """Let the import go on."""
        self._free.set()

    def __call__(self, *arguments: Any) -> list[Path]:
        if self._place == BEFORE:
            self._wait()
        made = self._real(*arguments)
        if self._place == AFTER:
            self._wait()
        return made

    def _wait(self) -> None:
        self.is_there.set()
        assert self._free.wait(20)


def bring_in(
    desk: Desk, path: Path, held: Held | None = None, meanwhile: Callable[[ProgressDialog], object] = id
) -> None:
    """Import a file by key and dialog; do something while it is held, then let it go."""

    def look() -> None:
        above = QApplication.activeModalWidget()
        if held is None or not held.is_there.is_set() or not isinstance(above, ProgressDialog):
            QTimer.singleShot(5, look)
            return
        meanwhile(above)
        held.let_go()

    if held is not None:
        QTimer.singleShot(5, look)
    desk.answer_file_dialog(path)
    desk.press(Key.Key_O, CONTROL)
    if desk.window.isVisible():
        desk.take_keyboard()


def all_files(folder: Path) -> dict[str, bytes]:
    """Return every file of a library's folder but the log of SQLite, which others read into the library."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(f"{FILE_NAME}-"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


@pytest.mark.parametrize("place", [BEFORE, AFTER])
def test_an_import_that_is_cancelled_leaves_the_library_as_it_was(
    own: Desk, sent: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    before, rows, audit = all_files(own.folder), tables(own.folder), own.audit
    bring_in(own, sent, Held(monkeypatch, place), lambda dialog: one(dialog, QPushButton).click())
    assert own.status == "已取消；没有导入任何内容。"
    assert all_files(own.folder) == before
    assert tables(own.folder) == rows
    assert own.audit is audit
    monkeypatch.undo()
    bring_in(own, sent)
    assert own.audit.id != audit.id
    assert len(list((own.folder / "thumbnails" / "brought").iterdir())) == WHOLE


def test_the_window_says_what_it_does_and_keeps_painting_while_a_file_is_read(
    own: Desk, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []

    def look_at(dialog: ProgressDialog) -> None:
        own.window.resize(own.window.width() - 60, own.window.height())
        settle()
        seen.extend((one(dialog, QLabel).text(), own.space.width() == own.window.width()))

    bring_in(own, sent, Held(monkeypatch, BEFORE), look_at)
    assert seen == ["正在导入“审核.json”…", True]
    assert own.space.rail.view.model().rowCount() == 2
    assert own.space.rail.view.currentIndex().row() == 0


def test_what_was_typed_and_photos_on_their_way_are_in_their_audit_when_another_comes_in(
    own: Desk, sent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = own.audit.id
    own.enter(Kind.COMPANY, "website")
    own.press(Key.Key_A, CONTROL)
    own.type("example.cn")

    def take_photo(_dialog: ProgressDialog) -> None:
        place = Place(sample, EvidenceSubject.INDICATOR, "5.1.1.1")
        own.bench.evidence.attaching.attach(place, [photo(tmp_path, "IMG_2031.jpg")], "photo")

    bring_in(own, sent, Held(monkeypatch, BEFORE), take_photo)
    assert own.audit.id != sample
    while own.bench.evidence.attaching.is_running:
        settle()
    stored = own.stored_audit(sample)
    assert stored.company.website == "example.cn"
    assert [row.name for row in stored.evidence] == ["IMG_2031.jpg"]


def test_a_folder_that_cannot_be_written_is_said_and_nothing_of_the_file_is_kept(own: Desk, sent: Path) -> None:
    (own.folder / "thumbnails").write_bytes(b"")
    before, audit = tables(own.folder), own.audit
    bring_in(own, sent)
    assert len(own.told) == 1
    own.told.clear()
    assert tables(own.folder) == before
    assert own.audit is audit


@pytest.mark.parametrize("place", [BEFORE, AFTER])
def test_whoever_closes_the_window_meanwhile_is_told_and_gets_the_audit_whole(
    own: Desk, sent: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    audit = own.audit.id
    bring_in(own, sent, Held(monkeypatch, place), lambda _dialog: own.window.close())
    assert own.told == ["仍有文件正在写入或读取。"]
    assert own.window.isVisible()
    own.take_keyboard()
    own.close()
    own.bench.close()
    (taken_in,) = {row[0] for row in tables(own.folder)["audit"]} - {audit}
    assert len(own.stored_audit(AuditId(taken_in)).evidence) == PHOTOS + 1
    assert len(list((own.folder / "thumbnails" / "brought").glob("*.jpg"))) == WHOLE


def test_a_library_that_is_gone_is_not_made_anew(own: Desk, sent: Path) -> None:
    (own.folder / FILE_NAME).rename(own.folder / "aside.db")
    bring_in(own, sent)
    assert "打不开资料库" in own.told.pop()
    assert not (own.folder / FILE_NAME).exists()
    (own.folder / "aside.db").rename(own.folder / FILE_NAME)
