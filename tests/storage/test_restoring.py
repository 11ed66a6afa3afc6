"""Restoring puts a backup in the place of the library all at once, and what was there before is kept."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest

from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.backups import Backup, BackupKind
from auditor_app.models.changes import apply
from auditor_app.models.entities import Evidence
from auditor_app.models.enums import EvidenceSubject
from auditor_app.models.errors import EnvironmentProblem, ValidationError
from auditor_app.models.standard import Standard
from auditor_app.storage import connection
from auditor_app.storage.backup import backups_of, make_backup
from auditor_app.storage.backup_files import FOLDER_NAME, room_in
from auditor_app.storage.backup_problems import BackupProblem
from auditor_app.storage.backup_second import catch_up, name_second_folder, places_of, second_folder
from auditor_app.storage.evidence_store import EvidenceStore
from auditor_app.storage.folder_lock import locked
from auditor_app.storage.library import FILE_NAME, Library
from auditor_app.storage.restoring import audit_in, audits_in, restore_whole, take_evidence
from tests.builders import empty_audit, fields_changed, with_rows
from tests.storage.spoiling import past_the_program

DATA = Path(__file__).parents[1] / "data"
COMPANY = only_row(Kind.COMPANY)
PHOTO, PLAN = b"photo " * 1000, b"plan " * 1000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def stored(folder: Path, standard: Standard) -> Audit:
    """Give an audit with two pieces of evidence, in a library that is closed."""
    store = EvidenceStore(folder)
    rows = [
        (
            Kind.EVIDENCE,
            f"row-{place}",
            Evidence(EvidenceSubject.INDICATOR, "5.1.1.1", sha256, name, "image/jpeg", size),
        )
        for place, (sha256, size, name) in enumerate(
            (file.sha256, file.size, name)
            for file, name in ((store.add_bytes(PHOTO), "p.jpg"), (store.add_bytes(PLAN), "q.jpg"))
        )
    ]
    audit = with_rows(empty_audit(standard), *rows)
    with closing(Library(folder, "李工")) as library:
        library.add(audit, standard)
    return audit


def renamed(folder: Path, audit: Audit, name: str) -> Audit:
    change_set = fields_changed(audit, Kind.COMPANY, COMPANY, name=name)
    with closing(Library(folder, "李工")) as library:
        library.apply(change_set)
    return apply(audit, change_set)


def loaded(folder: Path, audit: Audit) -> Audit:
    with closing(Library(folder, "李工")) as library:
        return library.load(audit.id)[1]


def backed_up(folder: Path) -> Backup:
    made = make_backup(folder)
    assert made is not None
    return made


def test_the_library_is_as_it_was_and_the_present_one_is_kept(folder: Path, stored: Audit) -> None:
    made = backed_up(folder)
    changed = renamed(folder, stored, "泵业")
    restored = restore_whole(folder, made)
    assert loaded(folder, stored) == stored
    kept = backups_of(folder)[0]
    assert (kept.path, kept.kind) == (restored.kept, BackupKind.BEFORE_RESTORE)
    # And back again.
    restore_whole(folder, kept)
    assert loaded(folder, stored) == changed
    assert {path.name for path in folder.iterdir()} == {FILE_NAME, FOLDER_NAME, "evidence"}


def test_a_restored_library_can_be_worked_in(folder: Path, stored: Audit) -> None:
    made = backed_up(folder)
    renamed(folder, stored, "泵业")
    restore_whole(folder, made)
    changed = renamed(folder, stored, "另一家")
    with closing(Library(folder, "李工")) as library:
        assert library.load(stored.id)[1] == changed
        assert library._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert library._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_backup_that_lost_all_it_had_is_damaged_not_unreadable(folder: Path, stored: Audit) -> None:
    made = backed_up(folder)
    made.path.write_bytes(b"")
    with pytest.raises(BackupProblem) as told:
        audits_in(made.path)
    assert told.value.code == "backup_damaged"


def test_an_older_backup_that_cannot_be_brought_to_the_present_schema_is_told_as_damaged(folder: Path) -> None:
    folder.mkdir()
    copy = folder / "library-schema2-20260302-090000-000000.db"
    shutil.copyfile(DATA / "library-v2.db", copy)
    with past_the_program(copy) as connection:
        connection.execute("UPDATE history SET at = CAST(x'ff41' AS TEXT)")
    (found,) = backups_of(folder)
    with pytest.raises(BackupProblem) as told:
        restore_whole(folder, found)
    assert told.value.code == "backup_damaged"
    assert not (folder / FILE_NAME).exists()


def test_a_library_in_use_is_not_restored_over(folder: Path, stored: Audit) -> None:
    made = backed_up(folder)
    changed = renamed(folder, stored, "泵业")
    with closing(Library(folder, "李工")) as library:
        library._connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(BackupProblem) as told:
            restore_whole(folder, made)
        library._connection.execute("ROLLBACK")
    assert told.value.code == "busy"
    assert loaded(folder, stored) == changed


def test_a_damaged_backup_is_not_restored(folder: Path, stored: Audit) -> None:
    made = backed_up(folder)
    changed = renamed(folder, stored, "泵业")
    with made.path.open("r+b") as file:
        file.seek(-50, os.SEEK_END)
        file.write(b"?")
    with pytest.raises(BackupProblem) as told:
        restore_whole(folder, made)
    assert told.value.code == "backup_damaged"
    assert loaded(folder, stored) == changed
    assert len(backups_of(folder)) == 1


def test_a_backup_that_cannot_be_read_at_the_moment_is_not_called_damaged(folder: Path, stored: Audit) -> None:
    made = backed_up(folder)
    changed = renamed(folder, stored, "泵业")
    whole = made.path.rename(folder / "aside")
    # Reading its beginning fails as on a disk that fails.
    made.path.symlink_to("/proc/self/mem")
    with pytest.raises(BackupProblem) as told:
        restore_whole(folder, made)
    assert told.value.code == "backup_unreadable"
    assert loaded(folder, stored) == changed
    whole.replace(made.path)
    restore_whole(folder, made)
    assert loaded(folder, stored) == stored


@pytest.mark.parametrize("damage", ["header", "middle", "empty", "cut"])
def test_a_damaged_library_makes_way_and_is_kept_as_it_is(folder: Path, stored: Audit, damage: str) -> None:
    made = backed_up(folder)
    path = folder / FILE_NAME
    content = bytearray(path.read_bytes())
    if damage == "header":
        content[:100] = bytes(100)
    elif damage == "middle":
        content[8192:16384] = b"\xff" * 8192
    content = {"empty": bytearray(), "cut": content[: len(content) // 2 + 100]}.get(damage, content)
    path.write_bytes(content)
    restored = restore_whole(folder, made)
    assert restored.kept is not None
    assert restored.kept.name.startswith("library-damaged-")
    assert restored.kept.read_bytes() == content
    assert loaded(folder, stored) == stored


def test_the_log_of_a_damaged_library_is_kept_and_not_mixed_in(folder: Path, stored: Audit) -> None:
    made = backed_up(folder)
    library = Library(folder, "李工")
    library.apply(fields_changed(stored, Kind.COMPANY, COMPANY, name="泵业"))
    copies = {end: (folder / f"{FILE_NAME}{end}").read_bytes() for end in ("", "-wal")}
    library.close()
    for end, content in copies.items():
        (folder / f"{FILE_NAME}{end}").write_bytes(content if end else b"?" * len(content))
    restored = restore_whole(folder, made)
    assert restored.kept is not None
    assert restored.kept.with_name(f"{restored.kept.name}-wal").read_bytes() == copies["-wal"]
    assert loaded(folder, stored) == stored


def test_a_new_laptop_gets_everything_from_the_stick(folder: Path, stored: Audit, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    name_second_folder(folder, stick)
    backed_up(folder)
    caught_up = catch_up(folder)
    assert caught_up is not None
    assert (caught_up.is_new, caught_up.evidence_copied, caught_up.evidence_missing) == (True, 2, 0)
    shutil.rmtree(folder)
    name_second_folder(folder, stick)
    on_stick = [backup for place in places_of(folder) for backup in backups_of(place)]
    assert [each.id for each in audits_in(on_stick[0].path)] == [stored.id]
    restored = restore_whole(folder, on_stick[0])
    assert (restored.kept, restored.evidence_taken, restored.evidence_missing) == (None, 2, 0)
    assert loaded(folder, stored) == stored
    assert all(EvidenceStore(folder).is_whole(row.sha256) for row in stored.evidence)


def test_missing_evidence_comes_back_from_the_stick(folder: Path, stored: Audit, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    made = backed_up(folder)
    second = name_second_folder(folder, stick)
    assert second is not None
    catch_up(folder)
    photo, plan = (row.sha256 for row in stored.evidence)
    store = EvidenceStore(folder)
    store.path(photo).unlink()
    store.path(plan).unlink()
    # What rotted on the stick is not taken.
    EvidenceStore(second.root).path(plan).write_bytes(b"?")
    result = take_evidence(folder, made, stored)
    assert (result.evidence_taken, result.evidence_missing) == (1, 1)
    assert store.is_whole(photo)
    assert not store.holds(plan)


@pytest.mark.parametrize("version", [1, 2])
def test_an_old_backup_is_brought_to_the_present_schema_in_a_copy(folder: Path, stored: Audit, version: int) -> None:
    path = _backup_path(folder)
    shutil.copyfile(DATA / f"library-v{version}.db", path)
    before = path.read_bytes()
    found = next(backup for backup in backups_of(folder) if backup.path == path)
    audits = audits_in(path)
    assert audits
    audit = audit_in(found, audits[0].id, folder)[1]
    restore_whole(folder, found)
    assert loaded(folder, audit) == audit
    assert path.read_bytes() == before
    assert not [each for each in (folder / FOLDER_NAME).iterdir() if each.name.startswith(".restoring")]


def test_the_room_of_a_killed_restore_goes_with_the_next_backup_and_one_in_use_stays(
    folder: Path, stored: Audit
) -> None:
    left, used = (room_in(folder / FOLDER_NAME) for _ in range(2))
    for room in (left, used):
        room.mkdir(parents=True)
        (room / FILE_NAME).write_bytes(b"half")
    with locked(used):
        backed_up(folder)
        assert not left.exists()
        assert used.exists()


def test_the_copy_made_before_an_update_is_listed_stays_and_can_be_restored(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    shutil.copyfile(DATA / "library-v2.db", folder / FILE_NAME)
    with closing(Library(folder, "李工")):
        pass
    backed_up(folder)
    copy = next(each for each in backups_of(folder) if each.kind is BackupKind.BEFORE_UPDATE)
    assert not copy.is_damaged
    audits = audits_in(copy.path)
    before = copy.path.read_bytes()
    restore_whole(folder, copy)
    assert {audit.id for audit in audits_in(folder / FILE_NAME)} == {audit.id for audit in audits}
    assert copy.path.read_bytes() == before


def _backup_path(folder: Path) -> Path:
    (folder / FOLDER_NAME).mkdir(exist_ok=True)
    return folder / FOLDER_NAME / "library-20200101T000000Z-automatic.db"


def test_a_backup_of_a_newer_program_is_not_restored(folder: Path, stored: Audit) -> None:
    made = backed_up(folder)
    with closing(sqlite3.connect(made.path)) as database:
        database.execute(f"PRAGMA user_version = {connection.SCHEMA_VERSION + 1}")
    made.path.with_suffix(".json").unlink()
    with pytest.raises(BackupProblem) as told:
        restore_whole(folder, backups_of(folder)[0])
    assert told.value.code == "backup_newer"


def test_a_backup_with_a_trigger_of_somebody_else_is_not_restored(folder: Path, stored: Audit) -> None:
    shutil.copyfile(DATA / "library-v3.db", _backup_path(folder))
    with closing(sqlite3.connect(_backup_path(folder))) as database:
        database.execute("CREATE TRIGGER theirs AFTER UPDATE ON company BEGIN DELETE FROM finding; END")
    with pytest.raises(EnvironmentProblem) as told:
        restore_whole(folder, backups_of(folder)[0])
    assert told.value.code == "library_altered"
    assert loaded(folder, stored) == stored


KILLED = """
import os, signal, sys
from pathlib import Path
from auditor_app.storage import restoring
from auditor_app.storage.backup import backups_of
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
name = sys.argv[2]
real = getattr(restoring, name)
def dying(*arguments):
    if sys.argv[3] == "after":
        real(*arguments)
    die()
if name == "_overwrite":
    restoring.PAGES_A_STEP = 4
    restoring._giving_up = lambda *_: (lambda status, remaining, total: die())
else:
    setattr(restoring, name, dying)
restoring.restore_whole(Path(sys.argv[1]), backups_of(Path(sys.argv[1]))[0])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize(
    ("name", "when"), [("_take_evidence", "after"), ("_keep_present", "after"), ("_overwrite", "within")]
)
def test_a_program_killed_while_it_restores_leaves_the_present_library(
    folder: Path, stored: Audit, name: str, when: str
) -> None:
    backed_up(folder)
    changed = renamed(folder, stored, "泵业")
    run = subprocess.run([sys.executable, "-c", KILLED, str(folder), name, when], capture_output=True)
    assert run.returncode == -9, run.stderr
    assert loaded(folder, stored) == changed


def fill(ballast: Path) -> None:
    """Fill a small disk to the last byte."""
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass


def test_restoring_on_a_full_disk_leaves_the_present_library(small_disk: Path, standard: Standard) -> None:
    folder, audit = small_disk / "library", empty_audit(standard)
    with closing(Library(folder, "李工")) as library:
        library.add(audit, standard)
    made = backed_up(folder)
    changed = renamed(folder, audit, "泵业")
    ballast = small_disk / "ballast"
    fill(ballast)
    with pytest.raises(BackupProblem) as told:
        restore_whole(folder, made)
    assert told.value.code == "disk_full"
    ballast.unlink()
    assert loaded(folder, audit) == changed


# The second folder.


def test_a_stick_gets_everything_once_and_catches_up_when_it_is_back(
    folder: Path, stored: Audit, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    second = name_second_folder(folder, stick)
    assert second is not None
    assert (second.is_there, second.last) == (True, None)
    first = backed_up(folder)
    assert catch_up(folder) is not None
    again = catch_up(folder)
    assert again is not None
    assert (again.is_new, again.evidence_copied) == (False, 0)
    stick.rename(tmp_path / "taken out")
    # As where the system keeps the empty folder of a stick that is not plugged in.
    stick.mkdir()
    renamed(folder, stored, "泵业")
    newer = backed_up(folder)
    assert catch_up(folder) is None
    assert list(stick.iterdir()) == []
    named = second_folder(folder)
    assert named is not None
    assert (named.is_there, named.last) == (False, first.made_at)
    stick.rmdir()
    (tmp_path / "taken out").rename(stick)
    caught_up = catch_up(folder)
    assert caught_up is not None
    assert (caught_up.is_new, caught_up.evidence_copied) == (True, 0)
    assert [each.made_at for each in backups_of(second.root)] == [newer.made_at, first.made_at]


def test_evidence_that_is_missing_here_does_not_keep_the_rest_from_the_stick(
    folder: Path, stored: Audit, tmp_path: Path
) -> None:
    second = name_second_folder(folder, tmp_path)
    assert second is not None
    EvidenceStore(folder).path(stored.evidence[0].sha256).unlink()
    EvidenceStore(folder).path(stored.evidence[1].sha256).write_bytes(b"?")
    backed_up(folder)
    caught_up = catch_up(folder)
    assert caught_up is not None
    assert (caught_up.is_new, caught_up.evidence_copied, caught_up.evidence_missing) == (True, 0, 2)
    assert [path for path in (second.root / "evidence").rglob("*") if path.is_file()] == []


def test_evidence_that_cannot_be_read_now_is_told_and_copied_the_next_time(
    folder: Path, stored: Audit, tmp_path: Path
) -> None:
    second = name_second_folder(folder, tmp_path)
    assert second is not None
    path = EvidenceStore(folder).path(stored.evidence[0].sha256)
    content = path.read_bytes()
    path.unlink()
    # There, and not to be read as a file.
    path.mkdir()
    made = backed_up(folder)
    with pytest.raises(BackupProblem) as told:
        catch_up(folder)
    assert (told.value.code, told.value.params["pieces"]) == ("evidence_unreadable", 1)
    assert [each.path.name for each in backups_of(second.root)] == [made.path.name]
    path.rmdir()
    path.write_bytes(content)
    assert catch_up(folder) is not None
    assert all(EvidenceStore(second.root).is_whole(row.sha256) for row in stored.evidence)


def test_a_second_folder_whose_name_cannot_be_read_now_is_not_forgotten(
    folder: Path, stored: Audit, tmp_path: Path
) -> None:
    name_second_folder(folder, tmp_path)
    backed_up(folder)
    kept = folder / FOLDER_NAME / "second.json"
    kept.rename(kept.with_suffix(".aside"))
    kept.mkdir()
    for act in (lambda: catch_up(folder), lambda: name_second_folder(folder, tmp_path)):
        with pytest.raises(BackupProblem):
            act()
    kept.rmdir()
    kept.with_suffix(".aside").rename(kept)
    assert catch_up(folder) is not None
    assert len(list(tmp_path.glob("auditor-backup-*"))) == 1


@pytest.mark.parametrize("has_room_for", ["nothing", "evidence"])
def test_a_full_stick_is_told_and_has_no_fragments(
    standard: Standard, tmp_path_factory: pytest.TempPathFactory, small_disk: Path, has_room_for: str
) -> None:
    folder = tmp_path_factory.mktemp("library")
    photo = EvidenceStore(folder).add_bytes(bytes(100_000))
    row = Evidence(EvidenceSubject.INDICATOR, "5.1.1.1", photo.sha256, "p.jpg", "image/jpeg", photo.size)
    with closing(Library(folder, "李工")) as library:
        library.add(with_rows(empty_audit(standard), (Kind.EVIDENCE, "row", row)), standard)
    second = name_second_folder(folder, small_disk)
    assert second is not None
    backed_up(folder)
    ballast = small_disk / "ballast"
    leave = 150_000 if has_room_for == "evidence" else 50_000
    ballast.write_bytes(bytes(shutil.disk_usage(small_disk).free - leave))
    with pytest.raises(BackupProblem) as told:
        catch_up(folder)
    assert told.value.code == "disk_full"
    found = {path.name for path in second.root.rglob("*") if path.is_file()}
    assert found - {".lock"} == ({photo.sha256} if has_room_for == "evidence" else set())
    ballast.unlink()
    caught_up = catch_up(folder)
    assert caught_up is not None
    assert caught_up.is_new


@pytest.mark.parametrize("place", ["", "within", "evidence"])
def test_the_second_folder_lies_outside_the_library(folder: Path, stored: Audit, place: str) -> None:
    (folder / place).mkdir(exist_ok=True)
    with pytest.raises(ValidationError) as told:
        name_second_folder(folder, folder / place)
    assert told.value.code == "second_in_library"
    assert second_folder(folder) is None


def test_the_second_folder_can_be_given_up(folder: Path, stored: Audit, tmp_path: Path) -> None:
    name_second_folder(folder, tmp_path)
    assert name_second_folder(folder, None) is None
    assert catch_up(folder) is None
    again = name_second_folder(folder, tmp_path)
    assert again is not None
    assert len(list(tmp_path.glob("auditor-backup-*"))) == 1
