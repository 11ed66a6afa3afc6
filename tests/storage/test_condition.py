"""What is wrong with a library is found out before it is opened, and finding it out changes nothing."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copyfile

import pytest

from auditor_app.models.audit import Kind, only_row
from auditor_app.models.enums import AppliedLevel
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.opening import WAYS, State, Way
from auditor_app.models.standard import Standard
from auditor_app.storage.condition import examine, set_log_aside
from auditor_app.storage.connection import SCHEMA_VERSION
from auditor_app.storage.folder_kind import FolderKind, _kind_of_disk, folder_kind
from auditor_app.storage.library import FILE_NAME, Library
from auditor_app.storage.pages import Pages
from auditor_app.storage.write_log import index_path, log_path
from tests.builders import empty_audit, fields_changed

DATA = Path(__file__).resolve().parents[1] / "data"
COMPANY = only_row(Kind.COMPANY)
PAGE, FRAME = 4096, 4120
EDITS = 9


@pytest.fixture
def path(tmp_path: Path, standard: Standard) -> Path:
    """Give the closed file of a library with an audit."""
    folder = tmp_path / "library"
    with closing(Library(folder, who="李工")) as library:
        library.add(empty_audit(standard), standard)
    return folder / FILE_NAME


@pytest.fixture
def killed(path: Path, tmp_path: Path) -> Path:
    """Give a library whose program was killed: some of its edits lie in the log alone."""
    return left_by_a_kill(path, tmp_path / "killed")


@pytest.fixture
def folded(path: Path, tmp_path: Path) -> Path:
    """Give a library whose program was killed after all of its log had been brought into it."""
    return left_by_a_kill(path, tmp_path / "folded", folds=True)


def left_by_a_kill(path: Path, folder: Path, *, folds: bool = False) -> Path:
    """Edit a library and copy it to a folder as a kill would leave it."""
    folder.mkdir()
    with closing(Library(path.parent, who="李工")) as library:
        audit = library.load(library.summaries()[0].id)[1]
        for number in range(EDITS):
            edit = fields_changed(audit, Kind.COMPANY, COMPANY, employees=number + 1)
            library.apply(edit)
            audit = library.load(audit.id)[1]
        if folds:
            library._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        for source in (path, log_path(path), index_path(path)):
            copyfile(source, folder / source.name)
    return folder / FILE_NAME


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@contextmanager
def untouched(folder: Path) -> Iterator[None]:
    before = content(folder)
    yield
    assert content(folder) == before


def state_of(path: Path, **known: bool) -> State:
    with untouched(path.parent):
        return examine(path, **known).state


def employees(path: Path) -> int:
    with closing(Library(path.parent, who="李工")) as library:
        return library.load(library.summaries()[0].id)[1].company.employees


def spoil(path: Path, place: int, piece: bytes) -> None:
    data = bytearray(path.read_bytes())
    data[place : place + len(piece)] = piece
    path.write_bytes(data)


def test_a_library_that_was_closed_is_ready(path: Path) -> None:
    assert state_of(path) is State.READY


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_a_library_of_an_older_version_is_known_before_it_is_changed(tmp_path: Path, version: int) -> None:
    copyfile(DATA / f"library-v{version}.db", tmp_path / FILE_NAME)
    assert state_of(tmp_path / FILE_NAME) is State.OLD


def test_a_folder_without_anything_gets_a_new_library(tmp_path: Path) -> None:
    assert state_of(tmp_path / "none" / FILE_NAME) is State.NEW
    (tmp_path / FILE_NAME).touch()
    assert state_of(tmp_path / FILE_NAME) is State.NEW


@pytest.mark.parametrize("left", ["evidence/ab/x", "backups/library-20260302.db", "library-schema1-2026.db"])
def test_a_library_that_is_missing_beside_what_belongs_to_it_is_gone_not_new(tmp_path: Path, left: str) -> None:
    (tmp_path / left).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / left).touch()
    assert state_of(tmp_path / FILE_NAME) is State.GONE


def test_a_library_that_was_here_last_time_is_gone_even_with_its_folder(tmp_path: Path) -> None:
    assert state_of(tmp_path / "stick" / FILE_NAME, was_there=True) is State.GONE


def test_a_library_from_a_newer_version_is_known_with_both_versions(path: Path) -> None:
    with closing(sqlite3.connect(path)) as writer:
        writer.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 4}")
    with untouched(path.parent):
        found = examine(path)
    assert (found.state, found.params) == (State.NEWER, {"version": SCHEMA_VERSION + 4, "known": SCHEMA_VERSION})


def test_a_library_that_lost_the_number_of_its_version_is_damaged(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:60] + bytes(4) + data[64:])
    assert examine(path).state is State.DAMAGED


def test_a_database_of_another_program_is_foreign(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as writer:
        writer.execute("PRAGMA application_id = 7")
    assert state_of(tmp_path / FILE_NAME) is State.FOREIGN


@pytest.mark.parametrize("kept", [10, PAGE - 1, 5 * PAGE])
def test_a_library_that_was_cut_off_is_damaged(path: Path, kept: int) -> None:
    path.write_bytes(path.read_bytes()[:kept])
    assert state_of(path) is State.DAMAGED


def test_a_file_in_the_place_of_the_folder_is_out_of_reach(tmp_path: Path) -> None:
    (tmp_path / "library").touch()
    assert examine(tmp_path / "library" / FILE_NAME).state is State.OUT_OF_REACH


def test_a_library_on_a_disk_that_cannot_be_written_is_read_only(small_disk: Path) -> None:
    Library(small_disk, who="李工").close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert state_of(small_disk / FILE_NAME) is State.READ_ONLY
    with closing(Library(small_disk, who="李工", is_read_only=True)) as library:
        assert library.count() == 0


# The log of a program that was killed.


def test_a_killed_program_left_a_sound_library(killed: Path) -> None:
    assert state_of(killed) is State.READY
    assert employees(killed) == EDITS


def test_edits_cut_off_the_log_are_missed(killed: Path) -> None:
    log = log_path(killed)
    log.write_bytes(log.read_bytes()[: -FRAME // 2])
    assert state_of(killed) is State.TORN


def test_edits_behind_a_damaged_piece_of_the_log_are_missed(killed: Path) -> None:
    index_path(killed).unlink()
    log = log_path(killed)
    spoil(log, log.stat().st_size // 2, b"?")
    assert state_of(killed) is State.TORN


@pytest.mark.parametrize(("start", "length"), [(0, 1), (16, 8), (32, 4000)])
def test_a_log_whose_beginning_is_damaged_is_missed(killed: Path, start: int, length: int) -> None:
    spoil(log_path(killed), start, bytes(length) if length > 1 else b"\xff")
    assert state_of(killed) is State.TORN


def test_an_edit_that_was_being_written_and_was_never_told_as_saved_is_not_missed(killed: Path) -> None:
    index_path(killed).unlink()
    log = log_path(killed)
    log.write_bytes(log.read_bytes()[:-7])
    assert state_of(killed) is State.READY
    assert employees(killed) == EDITS - 1


def test_what_reads_of_a_torn_log_opens_and_all_of_it_is_kept_aside(killed: Path) -> None:
    log = log_path(killed)
    spoil(log, log.stat().st_size // 2, b"?")
    before = content(killed.parent)
    aside = set_log_aside(killed)
    assert content(aside) == before
    assert state_of(killed) is State.READY
    assert 0 < employees(killed) < EDITS


@pytest.mark.parametrize("frame", [1, 5, 20])
@pytest.mark.parametrize("damage", ["cut", "flipped", "without index"])
def test_a_damaged_log_hides_nothing_that_the_database_has_itself(folded: Path, damage: str, frame: int) -> None:
    log = log_path(folded)
    if damage == "flipped":
        spoil(log, 32 + frame * FRAME + 500, b"?")
    else:
        log.write_bytes(log.read_bytes()[: 32 + frame * FRAME + 100])
    if damage == "without index":
        index_path(folded).unlink()
    with untouched(folded.parent):
        found = state_of(folded)
        with closing(Library(folded.parent, who="李工", is_read_only=True)) as library:
            assert library.load(library.summaries()[0].id)[1].company.employees == EDITS
        with Pages(folded) as pages:
            assert pages.count == folded.stat().st_size // PAGE
    if found is State.TORN:
        set_log_aside(folded)
    else:
        assert damage == "without index"
    assert employees(folded) == EDITS


def test_a_log_of_another_library_spoils_nothing(killed: Path, tmp_path: Path, standard: Standard) -> None:
    other = tmp_path / "other"
    with closing(Library(other, who="李工")) as library:
        library.set_setting("a", "b")
        for _ in range(3):
            library.add(empty_audit(standard), standard)
        foreign = log_path(library.path).read_bytes()
    index_path(killed).unlink()
    log_path(killed).write_bytes(foreign[: 32 + 20 * FRAME])
    found = state_of(killed)
    if found is State.TORN:
        set_log_aside(killed)
        assert employees(killed) == 0
    else:
        assert found in (State.READY, State.DAMAGED)


def test_a_library_damaged_under_a_log_is_not_opened_so_the_log_is_not_written_into_it(killed: Path) -> None:
    data = killed.read_bytes()
    killed.write_bytes(data[:PAGE] + b"\xa5" * (len(data) - PAGE))
    assert state_of(killed) is State.DAMAGED
    with untouched(killed.parent), pytest.raises(EnvironmentProblem, match="library_damaged"):
        set_log_aside(killed)


# Opened for reading only.


def test_a_library_opened_for_reading_only_shows_everything_and_takes_no_edit(killed: Path) -> None:
    with untouched(killed.parent), closing(Library(killed.parent, who="李工", is_read_only=True)) as library:
        audit = library.load(library.summaries()[0].id)[1]
        assert (audit.company.employees, library.is_read_only) == (EDITS, True)
        for write in (
            lambda: library.apply(fields_changed(audit, Kind.AUDIT, only_row(Kind.AUDIT), number="x")),
            lambda: library.set_setting("a", "b"),
            lambda: library.keep_phrase("", "x"),
        ):
            with pytest.raises(EnvironmentProblem, match="opened_read_only"):
                write()


def test_an_old_library_is_read_only_in_a_copy_brought_to_the_present_version(tmp_path: Path) -> None:
    copyfile(DATA / "library-v1.db", tmp_path / FILE_NAME)
    with untouched(tmp_path), closing(Library(tmp_path, who="李工", is_read_only=True)) as library:
        assert library.load(library.find("R0-2026-0031"))[1].info.applied_level is AppliedLevel.FIVE_STAR


def test_the_copy_that_was_read_goes_with_the_window(path: Path) -> None:
    library = Library(path.parent, who="李工", is_read_only=True)
    copy = Path(library._connection.execute("PRAGMA database_list").fetchone()[2])
    assert copy.parent.stat().st_mode & 0o777 == 0o700 or os.name == "nt"
    library.close()
    assert not copy.parent.exists()


# Where it lies.


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive - 某公司/审核", "OneDrive"),
        ("我的坚果云/审核", "坚果云"),
        ("Nutstore Files/x", "坚果云"),
        ("百度网盘同步空间", "百度网盘"),
        ("WPS云盘/审核", "WPS 云盘"),
        ("Dropbox", "Dropbox"),
        ("Mobile Documents/com~apple~CloudDocs/x", "iCloud"),
    ],
)
def test_a_folder_that_a_service_copies_away_is_known_by_its_name(tmp_path: Path, folder: str, service: str) -> None:
    assert folder_kind(tmp_path / folder) == (FolderKind.CLOUD, service)


def test_a_folder_of_ones_own_is_no_cloud_for_its_name(tmp_path: Path) -> None:
    assert folder_kind(tmp_path / "dropbox-notes" / "onedriver") == (FolderKind.LOCAL, "")


def test_a_share_is_known_by_the_table_of_mounts() -> None:
    mounts = "/dev/sda1 / ext4 rw 0 0\n//server/x /mnt/\u5ba1\\040\u6838 cifs rw 0 0\nserver:/y /srv nfs4 rw 0 0\n"
    kinds = [_kind_of_disk(mounts, place) for place in ("/mnt/审 核/library", "/srv", "/srvx", "/mnt")]
    assert kinds == ["cifs", "nfs4", "ext4", "ext4"]


def test_in_such_a_folder_the_library_is_one_file_all_the_time(tmp_path: Path, standard: Standard) -> None:
    with closing(Library(tmp_path / "Dropbox", who="李工")) as library:
        library.add(empty_audit(standard), standard)
        assert [file.name for file in library.path.parent.iterdir()] == [FILE_NAME]
        assert not library.keeps_log


def test_there_is_a_way_on_from_every_state_that_does_not_open() -> None:
    opening = {State.READY, State.NEW, State.OLD}
    assert set(WAYS) == set(State) - opening
    assert all(Way.QUIT not in ways and ways for ways in WAYS.values())
