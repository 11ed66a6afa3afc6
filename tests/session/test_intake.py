"""Files dropped on the window are taken in the background and each is reported once."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from auditor_app import evidence
from auditor_app.models.errors import AuditorError, EnvironmentProblem
from auditor_app.models.stored import StoredFacts
from auditor_app.session.intake import Intake, Source
from auditor_app.storage.evidence_store import EvidenceStore


class Listener(QObject):
    """Remember what an intake told, and on which thread."""

    def __init__(self, intake: Intake) -> None:
        super().__init__()
        self.added: list[StoredFacts] = []
        self.refused: list[tuple[str, str]] = []
        self.finished = 0
        self.threads: set[QThread] = set()
        intake.added.connect(self.on_added)
        intake.refused.connect(self.on_refused)
        intake.finished.connect(self.on_finished)

    def on_added(self, facts: StoredFacts) -> None:
        self.added.append(facts)
        self.threads.add(QThread.currentThread())

    def on_refused(self, name: str, error: AuditorError) -> None:
        self.refused.append((name, error.code))
        self.threads.add(QThread.currentThread())

    def on_finished(self) -> None:
        self.finished += 1


class Gate:
    """A `take` that waits at a gate and remembers what passed."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.reached = threading.Event()
        self.threads: set[threading.Thread] = set()

    def __call__(self, source: Source) -> StoredFacts:
        self.threads.add(threading.current_thread())
        self.reached.set()
        assert self.opened.wait(10)
        return StoredFacts("0" * 64, 1, str(source), "", None)


def test_dropped_files_are_stored_and_described_in_their_order(qtbot: QtBot, tmp_path: Path) -> None:
    names = ["图纸.pdf", "空.jpg", "说明.txt"]
    contents = [b"%PDF-1.7", b"", b"text"]
    for name, content in zip(names, contents, strict=True):
        (tmp_path / name).write_bytes(content)
    store = EvidenceStore(tmp_path / "library")
    intake = Intake(lambda source: evidence.take(store, source))
    heard = Listener(intake)
    with qtbot.waitSignal(intake.finished):
        intake.add([*(tmp_path / name for name in names), b"\x89 pasted"])
    assert [(facts.name, facts.media_type, facts.size) for facts in heard.added] == [
        ("图纸.pdf", "application/pdf", 8),
        ("说明.txt", "text/plain", 4),
        ("", "application/octet-stream", 8),
    ]
    assert all(store.is_whole(facts.sha256) for facts in heard.added)
    assert heard.refused == [("空.jpg", "empty_file")]
    assert heard.finished == 1
    assert heard.threads == {QThread.currentThread()}


def test_a_photo_comes_with_the_time_it_was_taken(qtbot: QtBot, tmp_path: Path) -> None:
    photo = Path(__file__).resolve().parents[1] / "data" / "phone.heic"
    store = EvidenceStore(tmp_path)
    intake = Intake(lambda source: evidence.take(store, source))
    heard = Listener(intake)
    with qtbot.waitSignal(intake.finished):
        intake.add([photo])
    assert [(facts.media_type, facts.taken_at) for facts in heard.added] == [("image/heif", "2026-03-02T09:14:05")]


def test_the_window_does_not_wait_and_one_thread_works(qtbot: QtBot) -> None:
    gate = Gate()
    intake = Intake(gate)
    heard = Listener(intake)
    intake.add([b"1", b"2"])
    intake.add([b"3"])
    gate.opened.set()
    qtbot.waitUntil(lambda: heard.finished == 1)
    assert [facts.name for facts in heard.added] == ["b'1'", "b'2'", "b'3'"]
    assert len(gate.threads) == 1
    assert threading.current_thread() not in gate.threads


def test_after_stop_the_file_at_hand_is_still_taken_and_no_other(qtbot: QtBot) -> None:
    gate = Gate()
    intake = Intake(gate)
    heard = Listener(intake)
    intake.add([b"1", b"2", b"3"])
    assert gate.reached.wait(10)
    intake.cancel()
    gate.opened.set()
    qtbot.waitUntil(lambda: heard.finished == 1)
    assert [facts.name for facts in heard.added] == ["b'1'"]


def test_closing_the_program_reports_the_file_at_hand(qtbot: QtBot) -> None:
    gate = Gate()
    intake = Intake(gate)
    heard = Listener(intake)
    intake.add([b"1", b"2"])
    assert gate.reached.wait(10)
    gate.opened.set()
    intake.close()
    assert [facts.name for facts in heard.added] == ["b'1'"]
    intake.close()
    assert len(heard.added) == 1


def test_files_added_while_others_are_reported_are_taken_too(qtbot: QtBot) -> None:
    gate = Gate()
    gate.opened.set()
    intake = Intake(gate)
    heard = Listener(intake)
    more = [[b"2"], [b"3", b"4"]]
    intake.added.connect(lambda _facts: intake.add(more.pop()) if more else None)
    intake.add([b"1"])
    qtbot.waitUntil(lambda: len(heard.added) == 4)
    assert sorted(facts.name for facts in heard.added) == ["b'1'", "b'2'", "b'3'", "b'4'"]
    assert heard.finished == 1


def test_a_full_disk_is_told_for_every_file(qtbot: QtBot) -> None:
    def take(_source: Source) -> StoredFacts:
        raise EnvironmentProblem("file_disk_full")

    intake = Intake(take)
    heard = Listener(intake)
    with qtbot.waitSignal(intake.finished):
        intake.add([Path("a.jpg"), b"pasted"])
    assert heard.refused == [("a.jpg", "file_disk_full"), ("", "file_disk_full")]


def test_a_bug_reaches_the_window_s_thread_and_the_next_file_is_taken(qtbot: QtBot) -> None:
    def take(source: Source) -> StoredFacts:
        if source == b"1":
            raise ZeroDivisionError("our bug")
        return StoredFacts("0" * 64, 1, "2", "", None)

    intake = Intake(take)
    heard = Listener(intake)
    with capture_exceptions() as exceptions, qtbot.waitSignal(intake.finished):
        intake.add([b"1", b"2"])
    assert [kind for kind, _, _ in exceptions] == [ZeroDivisionError]
    assert [facts.name for facts in heard.added] == ["2"]


@pytest.mark.parametrize("name", ["\udcff照片\n.jpg", "e\u0301.jpg"])
def test_the_name_of_a_file_is_kept_as_text_that_can_be_stored(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"content")
    facts = evidence.take(EvidenceStore(tmp_path / "library"), path)
    assert facts.name in ("照片 .jpg", "é.jpg")
