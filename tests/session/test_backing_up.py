"""Backups make themselves while the auditor works, and nobody waits for them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from auditor_app.models.audit import Kind, only_row
from auditor_app.models.backups import Backup
from auditor_app.models.changes import edit
from auditor_app.models.progress import Progress
from auditor_app.session import backing_up as timing
from auditor_app.session import worker
from auditor_app.session.backing_up import BackingUp
from auditor_app.session.session import Session
from auditor_app.storage.backup import backups_of, make_backup
from auditor_app.storage.backup_files import FOLDER_NAME
from auditor_app.storage.backup_problems import BackupProblem
from auditor_app.storage.backup_second import name_second_folder, second_folder
from auditor_app.storage.library import FILE_NAME
from tests.dead_drive import unanswering

COMPANY = only_row(Kind.COMPANY)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a quarter of an hour pass in a fifth of a second."""
    monkeypatch.setattr(timing, "EVERY_MS", 200)
    monkeypatch.setattr(timing, "SETTLE_MS", 10)
    monkeypatch.setattr(timing, "LOOK_MS", 30)
    monkeypatch.setattr(timing, "QUIET_SECONDS", 0.02)


@pytest.fixture
def keeper(session: Session, folder: Path) -> Iterator[BackingUp]:
    keeper = BackingUp(session, folder)
    yield keeper
    keeper.close()


def rename(session: Session, name: str) -> None:
    session.submit(edit(session.audit, Kind.COMPANY, COMPANY, {"name": name}), "Name")


def times(folder: Path) -> int:
    return len(backups_of(folder))


def test_a_change_is_backed_up_soon_and_the_next_ones_together_later(
    session: Session, keeper: BackingUp, folder: Path, qtbot: QtBot
) -> None:
    rename(session, "泵业")
    with qtbot.waitSignal(keeper.finished):
        pass
    assert times(folder) == 1
    assert keeper.standing.last == backups_of(folder)[0].made_at
    for name in "一二三":
        rename(session, name)
        qtbot.wait(10)
    assert times(folder) == 1
    with qtbot.waitSignal(keeper.finished):
        pass
    assert times(folder) == 2


def test_nothing_is_backed_up_without_a_change(session: Session, keeper: BackingUp, folder: Path, qtbot: QtBot) -> None:
    keeper.back_up()
    with qtbot.waitSignal(keeper.finished):
        pass
    keeper.back_up()
    with qtbot.waitSignal(keeper.finished):
        pass
    qtbot.wait(300)
    assert times(folder) == 1


def test_what_the_last_program_left_is_made_up_for_at_the_start(
    session: Session, keeper: BackingUp, folder: Path, qtbot: QtBot
) -> None:
    keeper.begin()
    qtbot.waitUntil(lambda: times(folder) == 1)


def test_a_change_made_meanwhile_is_in_the_next_one(
    session: Session, keeper: BackingUp, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = threading.Event()

    def slow(folder: Path, *, progress: Progress) -> Backup | None:
        made = make_backup(folder, progress=progress)
        assert free.wait(5)
        return made

    monkeypatch.setattr(timing, "make_backup", slow)
    rename(session, "泵业")
    qtbot.waitUntil(lambda: keeper.is_running)
    rename(session, "另一家")
    free.set()
    qtbot.waitUntil(lambda: times(folder) == 2)


def types_until(session: Session, qtbot: QtBot, is_enough: Callable[[], bool]) -> None:
    """Edit again and again, without a rest between, until it is enough."""
    numbers = count()

    def types_on() -> bool:
        rename(session, f"泵业{next(numbers)}")
        return is_enough()

    qtbot.waitUntil(types_on)


def test_a_backup_waits_until_the_auditor_rests(
    session: Session, keeper: BackingUp, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "QUIET_SECONDS", 0.5)
    begun = time.monotonic()
    types_until(session, qtbot, lambda: time.monotonic() > begun + 0.6)
    assert keeper.is_running
    assert times(folder) == 0
    with qtbot.waitSignal(keeper.finished):
        pass
    assert times(folder) == 1


def test_a_backup_is_made_although_the_auditor_never_rests(
    session: Session, keeper: BackingUp, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "QUIET_SECONDS", 60)
    monkeypatch.setattr(timing, "PATIENCE_SECONDS", 0.1)
    types_until(session, qtbot, lambda: times(folder) == 1)


def test_a_backup_somebody_waits_for_is_made_at_once(
    session: Session, keeper: BackingUp, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "QUIET_SECONDS", 60)
    rename(session, "泵业")
    qtbot.waitUntil(lambda: keeper.is_running)
    keeper.back_up()
    with qtbot.waitSignal(keeper.finished):
        pass
    assert times(folder) == 1


def test_closing_ends_a_backup_that_takes_long_and_leaves_no_fragment(
    session: Session, keeper: BackingUp, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(folder: Path, *, progress: Progress) -> Backup | None:
        def again(done: int, total: int) -> None:
            while True:
                progress(done, total)

        return make_backup(folder, progress=again)

    monkeypatch.setattr(timing, "make_backup", endless)
    keeper.back_up()
    qtbot.waitUntil(lambda: keeper.is_running)
    keeper.close()
    assert {path.name for path in (folder / FOLDER_NAME).iterdir()} <= {".lock"}


def test_a_problem_is_told_and_tried_again(
    session: Session, keeper: BackingUp, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(folder: Path, *, progress: Progress) -> Backup | None:
        raise BackupProblem("disk_full", folder=folder)

    monkeypatch.setattr(timing, "make_backup", full)
    rename(session, "泵业")
    qtbot.waitUntil(lambda: keeper.standing.problem is not None)
    assert keeper.standing.last is None
    monkeypatch.setattr(timing, "make_backup", make_backup)
    qtbot.waitUntil(lambda: keeper.standing.problem is None)
    assert keeper.standing.last is not None


def test_an_error_of_ours_is_not_hidden(
    session: Session, keeper: BackingUp, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(folder: Path, *, progress: Progress) -> Backup | None:
        raise RuntimeError("ours")

    monkeypatch.setattr(timing, "make_backup", broken)
    with qtbot.captureExceptions() as caught:
        keeper.back_up()
        qtbot.waitUntil(lambda: not keeper.is_running)
    assert [str(error) for _, error, _ in caught] == ["ours"]


def test_a_stick_is_caught_up_when_it_is_plugged_in(
    session: Session, keeper: BackingUp, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    stick, away = tmp_path / "stick", tmp_path / "away"
    stick.mkdir()
    second = name_second_folder(folder, stick)
    assert second is not None
    keeper.begin()
    qtbot.waitUntil(lambda: times(second.root) == 1)
    qtbot.waitUntil(lambda: keeper.standing.second_is_there is True)
    stick.rename(away)
    qtbot.waitUntil(lambda: keeper.standing.second_is_there is False)
    assert keeper.standing.second_problem is None
    rename(session, "泵业")
    qtbot.waitUntil(lambda: times(folder) == 2)
    away.rename(stick)
    qtbot.waitUntil(lambda: times(second.root) == 2)
    qtbot.waitUntil(lambda: last_copy(keeper) == backups_of(folder)[0].made_at)
    assert keeper.standing.second == second_folder(folder)


@pytest.fixture
def dead(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a second folder on a drive that answers at first and then no more, until the end of the test."""
    monkeypatch.setattr(timing, "SILENT_SECONDS", 0.1)
    drive = tmp_path / "drive"
    drive.mkdir()
    make_backup(folder)
    with unanswering(folder, drive):
        yield drive


def test_a_drive_that_answers_no_more_is_told_and_holds_up_no_backup_here(
    session: Session, keeper: BackingUp, folder: Path, dead: Path, qtbot: QtBot
) -> None:
    rename(session, "泵业")
    qtbot.waitUntil(lambda: times(folder) == 2)
    keeper.begin()
    qtbot.waitUntil(lambda: keeper.standing.second_problem is not None)
    problem = keeper.standing.second_problem
    assert problem is not None
    assert (problem.code, problem.params["folder"]) == ("no_answer", dead)
    rename(session, "另一家")
    qtbot.waitUntil(lambda: times(folder) == 3)
    assert keeper.standing.problem is None


def test_a_silent_drive_is_told_once_and_nothing_is_under_way_any_more(
    keeper: BackingUp, dead: Path, qtbot: QtBot
) -> None:
    told: list[object] = []
    with qtbot.waitSignal(keeper.finished):
        keeper.begin()
        qtbot.waitUntil(lambda: keeper.standing.second_problem is not None)
    keeper.changed.connect(lambda: told.append(keeper.standing))
    keeper.back_up()
    with qtbot.waitSignal(keeper.finished):
        pass
    qtbot.wait(200)
    assert len(told) <= 1
    assert not keeper.is_running


def test_another_second_folder_is_served_though_the_first_is_silent(
    keeper: BackingUp, folder: Path, dead: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    keeper.begin()
    qtbot.waitUntil(lambda: keeper.standing.second_problem is not None)
    stick = tmp_path / "stick"
    stick.mkdir()
    second = name_second_folder(folder, stick)
    assert second is not None
    qtbot.waitUntil(lambda: times(second.root) == 1)
    qtbot.waitUntil(lambda: keeper.standing.second_is_there is True)
    assert keeper.standing.second_problem is None
    name_second_folder(folder, None)
    qtbot.waitUntil(lambda: keeper.standing.second is None)


def test_a_drive_that_answers_again_is_served(
    session: Session, keeper: BackingUp, folder: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "SILENT_SECONDS", 0.1)
    drive = tmp_path / "drive"
    drive.mkdir()
    make_backup(folder)
    with unanswering(folder, drive):
        keeper.begin()
        qtbot.waitUntil(lambda: keeper.standing.second_problem is not None)
    qtbot.waitUntil(lambda: keeper.standing.second_problem is None)
    assert keeper.standing.second_is_there is True


def test_a_backup_that_is_gone_is_no_longer_told(keeper: BackingUp, folder: Path, qtbot: QtBot) -> None:
    keeper.begin()
    qtbot.waitUntil(lambda: keeper.standing.last is not None)
    qtbot.waitUntil(lambda: not keeper.is_running)
    name_second_folder(folder, folder.parent)
    for path in (folder / FOLDER_NAME).glob("library*"):
        path.unlink()
    qtbot.waitUntil(lambda: keeper.standing.last is None)


def test_closing_does_not_wait_for_a_drive_that_answers_no_more(
    session: Session, keeper: BackingUp, dead: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "LONGEST_END_MS", 50)
    monkeypatch.setattr(worker, "_held_up", [])
    monkeypatch.setattr(timing, "SILENT_SECONDS", 1000.0)
    keeper.back_up()
    qtbot.waitUntil(lambda: keeper.standing.last is not None)
    qtbot.waitUntil(lambda: keeper.is_running)
    keeper.close()
    assert worker.is_held_up()


def last_copy(keeper: BackingUp) -> datetime | None:
    second = keeper.standing.second
    return None if second is None else second.last


def test_a_library_taken_away_is_told_and_not_made_anew(
    session: Session, keeper: BackingUp, folder: Path, qtbot: QtBot
) -> None:
    keeper.back_up()
    qtbot.waitUntil(lambda: times(folder) == 1)
    qtbot.waitUntil(lambda: not keeper.is_running)
    (folder / FILE_NAME).rename(folder / "gone.db")
    keeper.back_up()
    qtbot.waitUntil(lambda: keeper.standing.problem is not None)
    assert not (folder / FILE_NAME).exists()
    (folder / "gone.db").rename(folder / FILE_NAME)
