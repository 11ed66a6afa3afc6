"""Files go to the place and the audit they were meant for, as one undo step, whatever happens meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from auditor_app import evidence
from auditor_app.models.audit import Kind
from auditor_app.models.changes import add, edit, remove
from auditor_app.models.entities import Evidence, Sample
from auditor_app.models.enums import EvidenceSubject
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.ids import RowId
from auditor_app.models.standard import Standard
from auditor_app.models.stored import StoredFacts
from auditor_app.session.attaching import Attaching
from auditor_app.session.batch import Batch, Place
from auditor_app.session.intake import Intake, Source
from auditor_app.session.session import Session
from auditor_app.storage.evidence_store import EvidenceStore
from tests.builders import NOT_COUNTED
from tests.session.conftest import Heard, undo_steps
from tests.session.tables import facts, read_anew

CLAUSE = "5.1.1.1"


class Hold:
    """Store files, each only once it is let through."""

    def __init__(self, store: EvidenceStore) -> None:
        self.store = store
        self.free = threading.Semaphore(0)

    def let(self, files: int) -> None:
        for _ in range(files):
            self.free.release()

    def __call__(self, source: Source) -> StoredFacts:
        assert self.free.acquire(timeout=10)
        return evidence.take(self.store, source)


@pytest.fixture
def hold(folder: Path) -> Iterator[Hold]:
    """Give what holds files back, and lets all of them go in the end."""
    hold = Hold(EvidenceStore(folder))
    yield hold
    hold.let(1_000)


@pytest.fixture
def attaching(session: Session, hold: Hold) -> Iterator[Attaching]:
    """Give what takes files in for the session."""
    attaching = Attaching(session, lambda: Intake(hold))
    yield attaching
    hold.let(1_000)
    attaching.close()


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., list[Path]]:
    """Give a way to make files with these contents."""

    def make(*contents: str) -> list[Path]:
        paths = []
        for number, content in enumerate(contents, 1):
            paths.append(tmp_path / f"IMG_{number}.txt")
            paths[-1].write_text(content, "utf-8")
        return paths

    return make


Files = Callable[..., list[Path]]


def here(session: Session, subject: str = CLAUSE) -> Place:
    return Place(session.audit.id, EvidenceSubject.INDICATOR, subject)


def finish(qtbot: QtBot, hold: Hold, batch: Batch) -> None:
    """Let every file through and wait until all are accounted for."""
    hold.let(1_000)
    qtbot.waitUntil(lambda: not batch.is_running)


def names(session: Session) -> list[str]:
    return [row.name for row in session.audit.evidence]


def test_files_become_evidence_of_their_place(
    session: Session, attaching: Attaching, hold: Hold, files: Files, folder: Path, qtbot: QtBot
) -> None:
    batch = attaching.attach(here(session), files("a", "bb"), "add evidence")
    finish(qtbot, hold, batch)
    assert batch.added == names(session) == ["IMG_1.txt", "IMG_2.txt"]
    first, second = read_anew(folder, session.audit.id).evidence
    assert (first.subject_kind, first.subject, first.size, second.size) == (EvidenceSubject.INDICATOR, CLAUSE, 1, 2)
    assert hold.store.is_whole(first.sha256)
    assert first.media_type == "text/plain"


def test_a_batch_is_one_undo_step_however_slowly_its_files_come(
    session: Session, attaching: Attaching, hold: Hold, files: Files, folder: Path, qtbot: QtBot
) -> None:
    empty = facts(folder)
    batch = attaching.attach(here(session), files(*"abcdefghijkl"), "add evidence")
    for number in (1, 5, 12):
        hold.let(number - len(names(session)))
        qtbot.waitUntil(lambda number=number: len(names(session)) == number)  # type: ignore[misc]
    finish(qtbot, hold, batch)
    assert undo_steps(session) == ["add evidence"]
    full, added = facts(folder), names(session)
    session.undo()
    assert facts(folder) == empty
    session.redo()
    assert (facts(folder), names(session)) == (full, added)


def test_to_undo_a_batch_that_still_runs_leaves_out_the_rest(
    session: Session, attaching: Attaching, hold: Hold, files: Files, folder: Path, qtbot: QtBot
) -> None:
    empty = facts(folder)
    batch = attaching.attach(here(session), files(*"abcde"), "add evidence")
    hold.let(2)
    qtbot.waitUntil(lambda: len(names(session)) == 2)
    session.undo()
    assert facts(folder) == empty
    finish(qtbot, hold, batch)
    assert (names(session), batch.added, batch.left_out) == ([], [], 5)
    assert facts(folder) == empty
    session.redo()
    assert names(session) == ["IMG_1.txt", "IMG_2.txt"]


def test_to_undo_something_else_meanwhile_stops_no_batch(
    session: Session, attaching: Attaching, hold: Hold, files: Files, qtbot: QtBot
) -> None:
    batch = attaching.attach(here(session), files("a", "b", "c"), "add evidence")
    hold.let(1)
    qtbot.waitUntil(lambda: names(session) == ["IMG_1.txt"])
    session.submit(edit(session.audit, Kind.ASSESSMENT, RowId(CLAUSE), {"note": "typed"}), "note")
    session.undo()
    ((row_id, row),) = session.audit.of(Kind.EVIDENCE).items()
    session.submit([remove(Kind.EVIDENCE, row_id, row)], "remove")
    session.undo()
    finish(qtbot, hold, batch)
    assert batch.added == names(session) == ["IMG_1.txt", "IMG_2.txt", "IMG_3.txt"]


def test_no_files_at_all_are_a_batch_that_is_over(session: Session, attaching: Attaching) -> None:
    batch = attaching.attach(here(session), [], "add evidence")
    assert not batch.is_running
    assert not attaching.is_running


def test_two_batches_are_two_undo_steps(
    session: Session, attaching: Attaching, hold: Hold, files: Files, qtbot: QtBot
) -> None:
    paths = files("a", "b")
    for path in paths:
        finish(qtbot, hold, attaching.attach(here(session), [path], "add evidence"))
    assert undo_steps(session) == ["add evidence", "add evidence"]
    session.undo()
    assert names(session) == ["IMG_1.txt"]


def test_an_edit_in_between_keeps_its_place_among_the_undo_steps(
    session: Session, attaching: Attaching, hold: Hold, files: Files, qtbot: QtBot
) -> None:
    batch = attaching.attach(here(session), files("a", "b"), "add evidence")
    hold.let(1)
    qtbot.waitUntil(lambda: len(names(session)) == 1)
    session.submit(edit(session.audit, Kind.ASSESSMENT, RowId(CLAUSE), {"note": "见照片"}), "note")
    finish(qtbot, hold, batch)
    assert undo_steps(session) == ["add evidence", "note", "add evidence"]


def test_files_reach_the_audit_they_were_meant_for_after_it_was_left(
    session: Session,
    attaching: Attaching,
    hold: Hold,
    files: Files,
    standard: Standard,
    folder: Path,
    qtbot: QtBot,
) -> None:
    first = session.audit.id
    batch = attaching.attach(here(session), files("a", "b"), "add evidence")
    hold.let(1)
    qtbot.waitUntil(lambda: len(names(session)) == 1)
    session.create(standard)
    heard = Heard().listen(session)
    finish(qtbot, hold, batch)
    assert session.audit.evidence == ()
    assert heard.changed == []
    assert [row.name for row in read_anew(folder, first).evidence] == ["IMG_1.txt", "IMG_2.txt"]
    session.open(first)
    assert names(session) == ["IMG_1.txt", "IMG_2.txt"]
    session.undo()
    assert names(session) == []
    session.redo()
    assert len(read_anew(folder, first).evidence) == 2


def test_what_is_stored_is_written_before_another_audit_is_opened(
    session: Session, attaching: Attaching, hold: Hold, files: Files, standard: Standard, qtbot: QtBot
) -> None:
    batch = attaching.attach(here(session), files("a"), "add evidence")
    hold.let(1)
    qtbot.waitUntil(lambda: batch.is_waiting)
    first = session.audit.id
    session.create(standard)
    assert not batch.is_running
    assert len(session.stored(first).evidence) == 1


def test_the_same_content_is_at_one_place_once(
    session: Session, attaching: Attaching, hold: Hold, files: Files, qtbot: QtBot
) -> None:
    finish(qtbot, hold, attaching.attach(here(session), files("a"), "add evidence"))
    again = attaching.attach(here(session), files("a", "b", "b"), "add evidence")
    finish(qtbot, hold, again)
    assert again.repeated == ["IMG_1.txt", "IMG_3.txt"]
    assert again.added == ["IMG_2.txt"]
    elsewhere = attaching.attach(here(session, "5.1.1.2"), files("a"), "add evidence")
    finish(qtbot, hold, elsewhere)
    assert elsewhere.added == ["IMG_1.txt"]


def test_a_bad_file_does_not_keep_the_others_out(
    session: Session, attaching: Attaching, hold: Hold, files: Files, tmp_path: Path, qtbot: QtBot
) -> None:
    paths = [*files("a", "", "c"), tmp_path, tmp_path / "gone.jpg"]
    batch = attaching.attach(here(session), paths, "add evidence")
    finish(qtbot, hold, batch)
    assert batch.added == ["IMG_1.txt", "IMG_3.txt"]
    assert [refused.error.code for refused in batch.refused] == ["empty_file", "is_a_folder", "no_such_file"]
    assert (batch.done, batch.left_out) == (5, 0)


def test_a_pasted_picture_is_kept_as_it_was(session: Session, attaching: Attaching, hold: Hold, qtbot: QtBot) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    batches = [attaching.attach_image(here(session), image.scaled(40, 30 + n), f"截图 {n}.png", "") for n in range(3)]
    finish(qtbot, hold, batches[-1])
    qtbot.waitUntil(lambda: not attaching.is_running)
    rows = session.audit.evidence
    assert sorted(row.name for row in rows) == ["截图 0.png", "截图 1.png", "截图 2.png"]
    first = next(row for row in rows if row.name == "截图 0.png")
    assert first.media_type == "image/png"
    stored = QImage(str(hold.store.path(first.sha256)))
    assert stored.size() == image.size()
    assert stored.pixelColor(20, 15) == QColor("teal")


def test_cancelling_leaves_out_the_rest_and_keeps_what_was_added(
    session: Session, attaching: Attaching, hold: Hold, files: Files, qtbot: QtBot
) -> None:
    batch = attaching.attach(here(session), files(*"abcdef"), "add evidence")
    hold.let(2)
    qtbot.waitUntil(lambda: len(names(session)) == 2)
    batch.cancel()
    finish(qtbot, hold, batch)
    # The third was at hand already.
    assert names(session) == ["IMG_1.txt", "IMG_2.txt", "IMG_3.txt"]
    assert batch.left_out == 3


def test_a_place_that_goes_meanwhile_is_told_and_stops_the_rest(
    session: Session, attaching: Attaching, hold: Hold, files: Files, qtbot: QtBot
) -> None:
    row_id, sample = RowId("sample"), Sample(NOT_COUNTED[0])
    session.submit((add(Kind.SAMPLE, row_id, sample),), "sample")
    place = Place(session.audit.id, EvidenceSubject.SAMPLE, row_id)
    batch = attaching.attach(place, files("a", "b", "c"), "add evidence")
    session.submit((remove(Kind.SAMPLE, row_id, sample),), "remove")
    finish(qtbot, hold, batch)
    assert session.audit.evidence == ()
    assert batch.problem is not None
    assert batch.problem.code == "evidence_of_nothing"
    assert batch.left_out == 3


def test_a_row_that_the_disk_refuses_is_not_told_as_added(
    session: Session,
    attaching: Attaching,
    hold: Hold,
    files: Files,
    heard: Heard,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    def full(*_: object) -> None:
        raise EnvironmentProblem("disk_full")

    monkeypatch.setattr(session._library, "apply", full)
    batch = attaching.attach(here(session), files(*"abcdefghij"), "add evidence")
    finish(qtbot, hold, batch)
    assert (batch.added, names(session), undo_steps(session)) == ([], [], [])
    assert batch.left_out == 10
    assert heard.problems == ["disk_full"]


def test_a_full_disk_is_tried_once(session: Session, files: Files, qtbot: QtBot) -> None:
    tried: list[Source] = []

    def take(source: Source) -> StoredFacts:
        tried.append(source)
        raise EnvironmentProblem("disk_full", path=source)

    attaching = Attaching(session, lambda: Intake(take))
    batch = attaching.attach(here(session), files(*"abcdefghij"), "add evidence")
    qtbot.waitUntil(lambda: not batch.is_running)
    # One more may be at hand when the first is reported.
    assert len(tried) <= 2
    assert batch.left_out >= 8
    attaching.close()


def test_closing_writes_what_is_stored_and_waits_for_no_more_than_the_file_at_hand(
    session: Session, attaching: Attaching, hold: Hold, files: Files, folder: Path, qtbot: QtBot
) -> None:
    batch = attaching.attach(here(session), files(*"abcdefgh"), "add evidence")
    hold.let(3)
    qtbot.waitUntil(lambda: batch.is_waiting or len(batch.added) > 0)
    hold.let(1_000)
    attaching.close()
    assert not batch.is_running
    added = list(batch.added)
    assert 1 <= len(added) < 8
    assert [row.name for row in read_anew(folder, session.audit.id).evidence] == added


def test_how_a_batch_ended_can_be_looked_at_until_it_is_dismissed(
    session: Session, attaching: Attaching, hold: Hold, files: Files, qtbot: QtBot
) -> None:
    place = here(session)
    batch = attaching.attach(place, files(""), "add evidence")
    attaching.dismiss(place)
    assert attaching.last(place) is batch, "it still runs"
    finish(qtbot, hold, batch)
    assert attaching.last(here(session, "5.1.1.2")) is None
    assert attaching.last(place) is batch
    attaching.dismiss(place)
    assert attaching.last(place) is None


def test_the_walk_of_undo_over_other_audits_touches_only_the_open_one(
    session: Session, standard: Standard, folder: Path
) -> None:
    first = session.audit.id
    second = session.create(standard)
    row = Evidence(EvidenceSubject.INDICATOR, CLAUSE, "0" * 64, "a.jpg")
    assert session.submit_to(first, [add(Kind.EVIDENCE, RowId("r"), row)], "add evidence")
    assert undo_steps(session) == []
    session.undo()
    assert len(read_anew(folder, first).evidence) == 1
    assert session.audit.id == second
    session.open(first)
    assert undo_steps(session) == ["add evidence"]
