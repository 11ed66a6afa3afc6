"""Backups are listed place by place, and one that does not answer holds up itself alone."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from auditor_app.models.backups import Backup, BackupKind, Listed, Place
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.session.backup_listing import BackupListing, Found

HERE = Backup(Path("here.db"), datetime(2026, 3, 5, tzinfo=UTC), BackupKind.AUTOMATIC, 1, None, is_damaged=False)
THERE = Backup(Path("there.db"), datetime(2026, 3, 6, tzinfo=UTC), BackupKind.AUTOMATIC, 1, None, is_damaged=False)


class Drive:
    """A second place that answers only once it is let go; counts how often it is asked, and how often at once."""

    def __init__(self) -> None:
        self.answers = threading.Event()
        self.asked = self.at_once = self.most_at_once = 0

    def __call__(self) -> Found:
        self.asked += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        assert self.answers.wait(10)
        self.at_once -= 1
        return [(THERE, Place.SECOND)]


def test_a_place_that_does_not_answer_is_asked_once_and_once_more_after_it(qtbot: QtBot) -> None:
    drive, told = Drive(), list[list[Listed]]()
    listing = BackupListing((lambda: [(HERE, Place.HERE)], drive))
    listing.changed.connect(told.append)
    for times in range(1, 6):
        listing.refresh()
        qtbot.waitUntil(lambda times=times: len(told) == times)  # type: ignore[misc]
    assert [[each.backup for each in rows] for rows in told] == [[HERE]] * 5
    assert drive.asked == 1
    drive.answers.set()
    qtbot.waitUntil(lambda: len(told) == 7)
    assert [each.backup for each in told[-1]] == [THERE, HERE]
    assert (drive.asked, drive.most_at_once) == (2, 1)
    listing.close()


def test_what_was_found_in_other_places_is_forgotten(qtbot: QtBot) -> None:
    drive, told = Drive(), list[list[Listed]]()
    drive.answers.set()
    listing = BackupListing((lambda: [(HERE, Place.HERE)], drive))
    listing.changed.connect(told.append)
    listing.refresh()
    qtbot.waitUntil(lambda: len(told) == 2)
    drive.answers.clear()
    listing.forget()
    listing.refresh()
    qtbot.waitUntil(lambda: len(told) == 3)
    assert [each.backup for each in told[-1]] == [HERE]
    drive.answers.set()
    listing.close()


@pytest.mark.parametrize("is_again", [False, True], ids=["once", "again"])
def test_what_a_place_refused_is_told(qtbot: QtBot, is_again: bool) -> None:
    problem, told = EnvironmentProblem("disk_full"), list[Exception]()

    def refuse() -> Found:
        raise problem

    listing = BackupListing((refuse,))
    listing.failed.connect(told.append)
    listing.refresh()
    if is_again:
        listing.refresh()
    qtbot.waitUntil(lambda: len(told) == 1 + is_again)
    assert set(told) == {problem}
    listing.close()
