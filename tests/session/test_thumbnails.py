"""Thumbnails come from the background, the one just asked for first, and are made once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QObject, QThread
from PySide6.QtGui import QColor, QImage, QImageWriter
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from auditor_app import evidence
from auditor_app.models.errors import AuditorError
from auditor_app.session.thumbnails import PIXELS, Thumbnails
from auditor_app.storage.evidence_store import EvidenceStore

BYTES_OF_ONE = 40 * 30 * 4


def jpeg(colour: str = "#14508c") -> bytes:
    """Return a thumbnail of one colour."""
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"jpeg").write(image)
    return bytes(buffer.data().data())


def is_near(one: QColor, other: QColor) -> bool:
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return all(abs(mine - theirs) < 8 for mine, theirs in pairs)


def is_there(thumbnails: Thumbnails, sha256: str) -> bool:
    return thumbnails.image(sha256) is not None


class Maker:
    """A `make` that waits at a gate and remembers what it made."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.threads: set[threading.Thread] = set()
        self.opened = threading.Event()
        self.opened.set()
        self.reached = threading.Event()
        self.problem: Exception | None = None

    def __call__(self, path: Path) -> bytes:
        self.reached.set()
        assert self.opened.wait(10)
        self.made.append(path.name)
        self.threads.add(threading.current_thread())
        if self.problem is not None:
            raise self.problem
        return jpeg()


class Listener(QObject):
    """Remember which thumbnails are ready or failed, and on which thread it was told."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.ready: list[str] = []
        self.failed: list[tuple[str, str]] = []
        self.threads: set[QThread] = set()
        thumbnails.ready.connect(self.on_ready)
        thumbnails.failed.connect(self.on_failed)

    def on_ready(self, sha256: str) -> None:
        self.ready.append(sha256)
        self.threads.add(QThread.currentThread())

    def on_failed(self, sha256: str, code: str) -> None:
        self.failed.append((sha256, code))
        self.threads.add(QThread.currentThread())


@pytest.fixture
def make() -> Maker:
    """Give something that makes thumbnails."""
    return Maker()


@pytest.fixture
def thumbnails(qtbot: QtBot, tmp_path: Path, make: Maker) -> Iterator[Thumbnails]:
    """Give the thumbnails of a library."""
    made = Thumbnails(Path, tmp_path / "thumbnails", make)
    yield made
    make.opened.set()
    made.close()


@pytest.fixture
def heard(thumbnails: Thumbnails) -> Listener:
    """Give what the thumbnails tell."""
    return Listener(thumbnails)


def test_a_thumbnail_is_made_off_the_window_s_thread_and_handed_out(
    qtbot: QtBot, thumbnails: Thumbnails, heard: Listener, make: Maker
) -> None:
    assert thumbnails.image("a") is None
    thumbnails.request("a")
    qtbot.waitUntil(lambda: heard.ready == ["a"])
    image = thumbnails.image("a")
    assert image is not None
    assert (image.width(), image.height()) == (40, 30)
    assert heard.threads == {QThread.currentThread()}
    assert threading.current_thread() not in make.threads


def test_the_one_asked_for_last_is_made_first_and_each_once(
    qtbot: QtBot, thumbnails: Thumbnails, heard: Listener, make: Maker
) -> None:
    make.opened.clear()
    for sha256 in "abcba":
        thumbnails.request(sha256)
    make.opened.set()
    qtbot.waitUntil(lambda: len(heard.ready) == 3)
    assert make.made == ["a", "b", "c"]
    thumbnails.request("b")
    assert make.made == ["a", "b", "c"]
    assert len(make.threads) == 1


def test_the_next_time_it_is_read_from_the_disk(
    qtbot: QtBot, tmp_path: Path, thumbnails: Thumbnails, heard: Listener, make: Maker
) -> None:
    thumbnails.request("a")
    qtbot.waitUntil(lambda: heard.ready == ["a"])
    assert [path.name for path in (tmp_path / "thumbnails").iterdir()] == ["a.jpg"]
    again = Thumbnails(Path, tmp_path / "thumbnails", make)
    with qtbot.waitSignal(again.ready):
        again.request("a")
    assert make.made == ["a"]
    again.close()


def test_a_damaged_one_on_the_disk_is_made_anew(
    qtbot: QtBot, tmp_path: Path, thumbnails: Thumbnails, heard: Listener, make: Maker
) -> None:
    cached = tmp_path / "thumbnails" / "a.jpg"
    cached.parent.mkdir()
    cached.write_bytes(b"no picture")
    thumbnails.request("a")
    qtbot.waitUntil(lambda: heard.ready == ["a"])
    assert make.made == ["a"]
    assert cached.read_bytes() == jpeg()


def test_a_smaller_one_that_came_with_a_file_gives_way_once_the_picture_is_there(
    qtbot: QtBot, tmp_path: Path, make: Maker
) -> None:
    brought = tmp_path / "thumbnails" / "brought" / "a.jpg"
    brought.parent.mkdir(parents=True)
    brought.write_bytes(jpeg("#aa3311"))
    thumbnails = Thumbnails(Path, tmp_path / "thumbnails", make)
    make.problem = AuditorError("missing")
    for problem, colour in ((make.problem, "#aa3311"), (None, "#14508c")):
        make.problem = problem
        with qtbot.waitSignal(thumbnails.ready):
            thumbnails.retry("a")
        image = thumbnails.image("a")
        assert image is not None
        assert is_near(image.pixelColor(5, 5), QColor(colour))
    assert (tmp_path / "thumbnails" / "a.jpg").read_bytes() == jpeg()
    thumbnails.close()


def test_a_cache_that_cannot_be_written_costs_no_thumbnail(qtbot: QtBot, tmp_path: Path, make: Maker) -> None:
    (tmp_path / "thumbnails").touch()
    thumbnails = Thumbnails(Path, tmp_path / "thumbnails", make)
    with qtbot.waitSignal(thumbnails.ready):
        thumbnails.request("a")
    assert thumbnails.image("a") is not None
    thumbnails.close()


def test_memory_is_bounded_and_the_longest_unused_goes_first(qtbot: QtBot, tmp_path: Path, make: Maker) -> None:
    thumbnails = Thumbnails(Path, tmp_path, make, budget=2 * BYTES_OF_ONE)
    for sha256 in "abac":
        thumbnails.request(sha256)
        qtbot.waitUntil(partial(is_there, thumbnails, sha256))
    assert [is_there(thumbnails, sha256) for sha256 in "abc"] == [True, False, True]
    thumbnails.close()


def test_a_picture_that_cannot_be_shown_is_told_once_and_not_tried_again(
    qtbot: QtBot, thumbnails: Thumbnails, heard: Listener, make: Maker
) -> None:
    make.problem = AuditorError("damaged")
    thumbnails.request("a")
    qtbot.waitUntil(lambda: heard.failed == [("a", "damaged")])
    thumbnails.request("a")
    assert thumbnails.problem("a") is make.problem
    assert thumbnails.image("a") is None
    make.problem = None
    thumbnails.retry("a")
    qtbot.waitUntil(lambda: heard.ready == ["a"])
    assert thumbnails.problem("a") is None
    assert make.made == ["a", "a"]


def test_a_bug_reaches_the_window_s_thread_once_and_the_next_is_made(
    qtbot: QtBot, thumbnails: Thumbnails, heard: Listener, make: Maker
) -> None:
    make.problem = ZeroDivisionError("our bug")
    with capture_exceptions() as exceptions:
        thumbnails.request("a")
        qtbot.waitUntil(lambda: len(exceptions) == 1)
        make.problem = None
        thumbnails.request("a")
        thumbnails.request("b")
        qtbot.waitUntil(lambda: heard.ready == ["b"])
    assert [kind for kind, _, _ in exceptions] == [ZeroDivisionError]
    assert make.made == ["a", "b"]


def test_closing_waits_for_the_one_at_hand_and_forgets_the_rest(thumbnails: Thumbnails, make: Maker) -> None:
    make.opened.clear()
    for sha256 in "abc":
        thumbnails.request(sha256)
    assert make.reached.wait(10)
    make.opened.set()
    thumbnails.close()
    assert make.made == ["a"]


def test_a_photo_of_the_library_gets_its_thumbnail(qtbot: QtBot, tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    photo = Path(__file__).resolve().parents[1] / "data" / "phone.heic"
    sha256 = evidence.take(store, photo).sha256
    thumbnails = Thumbnails(store.path, tmp_path / "thumbnails", lambda path: evidence.thumbnail(path, PIXELS))
    heard = Listener(thumbnails)
    thumbnails.request(sha256)
    thumbnails.request("0" * 64)
    thumbnails.request("../../etc/passwd")
    qtbot.waitUntil(lambda: len(heard.ready) + len(heard.failed) == 3)
    assert heard.ready == [sha256]
    assert dict(heard.failed) == {"0" * 64: "missing", "../../etc/passwd": "not_a_sha256"}
    thumbnails.close()
