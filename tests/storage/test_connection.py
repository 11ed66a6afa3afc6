"""The library opens the same way every time, is the owner's alone, and survives what a laptop does to it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.changes import apply
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.standard import Standard
from auditor_app.storage.connection import APPLICATION_ID, SCHEMA, SCHEMA_VERSION
from auditor_app.storage.library import FILE_NAME, Library
from auditor_app.storage.migration import migrate
from tests.builders import empty_audit, fields_changed

COMPANY = only_row(Kind.COMPANY)
ROOT = Path(__file__).resolve().parents[2]


def pragma(library: Library, name: str) -> object:
    return library._connection.execute(f"PRAGMA {name}").fetchone()[0]


@contextmanager
def locked(path: Path, *, entirely: bool = False) -> Iterator[None]:
    """Hold the database the way another program does that writes to it."""
    other = sqlite3.connect(path, isolation_level=None)
    try:
        if entirely:
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        yield
    finally:
        other.close()


def test_every_connection_works_with_the_safe_settings(library: Library) -> None:
    names = ("journal_mode", "synchronous", "foreign_keys", "application_id", "user_version")
    assert {name: pragma(library, name) for name in names} == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "application_id": APPLICATION_ID,
        "user_version": SCHEMA_VERSION,
    }
    again = Library(library.path.parent, who="王敏")
    assert (pragma(again, "journal_mode"), pragma(again, "synchronous")) == ("wal", 2)
    assert pragma(again, "foreign_keys") == 1
    again.close()


def test_there_is_one_numbered_step_for_every_version_of_the_schema() -> None:
    assert sorted(path.name for path in SCHEMA.iterdir()) == [
        f"{step:04d}.sql" for step in range(1, SCHEMA_VERSION + 1)
    ]


def test_a_row_cannot_belong_to_an_audit_that_is_not_there(library: Library, standard: Standard) -> None:
    stranger = empty_audit(standard)
    edit = fields_changed(stranger, Kind.COMPANY, COMPANY, name="nobody")
    with pytest.raises(EnvironmentProblem):
        library.apply(edit)
    with pytest.raises(sqlite3.IntegrityError):
        library._connection.execute("INSERT INTO bonus VALUES ('nowhere', 'bonus', 'quick')")


def test_after_closing_the_library_is_one_file(tmp_path: Path, standard: Standard) -> None:
    library = Library(tmp_path, who="李工")
    audit = empty_audit(standard)
    library.add(audit, standard)
    assert len(list(tmp_path.iterdir())) > 1
    library.close()
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
    reopened = Library(tmp_path, who="李工")
    assert reopened.load(audit.id)[1] == audit
    reopened.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in access lists")
def test_only_the_owner_can_read_the_library_whatever_the_umask(tmp_path: Path, standard: Standard) -> None:
    folder = tmp_path / "new" / "library"
    umask = os.umask(0)
    try:
        library = Library(folder, who="李工")
        library.add(empty_audit(standard), standard)
    finally:
        os.umask(umask)
    rights = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    library.close()
    assert rights == {FILE_NAME: 0o600, f"{FILE_NAME}-wal": 0o600, f"{FILE_NAME}-shm": 0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in access lists")
def test_a_folder_that_was_there_before_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    Library(tmp_path, who="李工").close()
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_a_library_may_live_in_a_folder_with_chinese_letters_and_spaces(tmp_path: Path, standard: Standard) -> None:
    folder = tmp_path / "审核 资料?#%20" / "库"
    library = Library(folder, who="李工")
    library.add(empty_audit(standard), standard)
    library.close()
    assert (folder / FILE_NAME).stat().st_size > 0


def test_an_edit_while_another_program_writes_is_refused_and_can_be_repeated(library: Library, audit: Audit) -> None:
    edit = fields_changed(audit, Kind.COMPANY, COMPANY, name="泵业")
    with locked(library.path):
        with pytest.raises(EnvironmentProblem) as refused:
            library.apply(edit)
        assert (refused.value.code, refused.value.params) == ("library_busy", {"path": library.path})
        assert library.load(audit.id)[1] == audit
    library.apply(edit)
    assert library.load(audit.id)[1] == apply(audit, edit)


def test_a_library_that_another_program_holds_for_itself_is_not_opened(tmp_path: Path) -> None:
    Library(tmp_path, who="李工").close()
    with locked(tmp_path / FILE_NAME, entirely=True), pytest.raises(EnvironmentProblem) as refused:
        Library(tmp_path, who="李工")
    assert refused.value.code == "library_busy"


@pytest.mark.parametrize("is_read_only", [False, True])
def test_a_library_whose_damage_has_no_letters_to_tell_it_in_is_damaged(tmp_path: Path, *, is_read_only: bool) -> None:
    Library(tmp_path, "李工").close()
    path = tmp_path / FILE_NAME
    # A name that is no UTF-8, and what SQLite says of its table has that name in it.
    data = path.read_bytes().replace(b"tablesettingsetting", b"tableset\xc6ingsetting")
    path.write_bytes(data.replace(b"CREATE TABLE setting", b"CREATX TABLE setting"))
    with pytest.raises(EnvironmentProblem) as refused:
        Library(tmp_path, "李工", is_read_only=is_read_only)
    assert refused.value.code == "library_damaged"


@pytest.mark.parametrize("is_read_only", [False, True])
@pytest.mark.parametrize("version", [0, -4])
def test_a_library_that_lost_the_number_of_its_version_is_damaged(
    tmp_path: Path, version: int, *, is_read_only: bool
) -> None:
    Library(tmp_path, "李工").close()
    path = tmp_path / FILE_NAME
    data = path.read_bytes()
    path.write_bytes(data[:60] + version.to_bytes(4, "big", signed=True) + data[64:])
    before = path.read_bytes()
    with pytest.raises(EnvironmentProblem) as refused:
        Library(tmp_path, "李工", is_read_only=is_read_only)
    assert refused.value.code == "library_damaged"
    assert path.read_bytes() == before


def test_two_windows_that_make_the_library_at_the_same_time_make_it_once(tmp_path: Path) -> None:
    first, second = (sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None) for _ in range(2))
    # Both saw an empty file; the second gets its turn after the first made the tables.
    migrate(first, tmp_path / FILE_NAME)
    migrate(second, tmp_path / FILE_NAME)
    assert second.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'audit'").fetchone()[0] == 1
    first.close()
    second.close()


def test_a_folder_that_cannot_be_made_is_told_not_raised_as_a_bug(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", "utf-8")
    with pytest.raises(EnvironmentProblem) as refused:
        Library(tmp_path / "file" / "library", who="李工")
    assert refused.value.code == "library_cannot_open"


def test_a_library_on_a_disk_that_cannot_be_written_is_told_and_left_alone(
    small_disk: Path, standard: Standard
) -> None:
    library = Library(small_disk, who="李工")
    library.add(empty_audit(standard), standard)
    library.close()
    before = (small_disk / FILE_NAME).read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(EnvironmentProblem) as refused:
        Library(small_disk, who="李工")
    assert refused.value.code == "library_read_only"
    assert (small_disk / FILE_NAME).read_bytes() == before


def test_a_folder_in_the_place_of_the_library_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(EnvironmentProblem) as refused:
        Library(tmp_path, who="李工")
    assert refused.value.code == "library_cannot_open"


WRITER = """
import sys
from itertools import count
from pathlib import Path
from auditor_app.models.audit import Kind, only_row
from auditor_app.storage.library import Library
from tests.builders import fields_changed

library = Library(Path(sys.argv[1]), who="writer")
audit = library.load(library.newest())[1]
for number in count(audit.company.employees + 1):
    edit = fields_changed(library.load(audit.id)[1], Kind.COMPANY, only_row(Kind.COMPANY), employees=number)
    library.apply(edit)
    print(number, flush=True)
"""


@pytest.mark.long
def test_every_edit_that_was_told_as_saved_survives_a_killed_program(tmp_path: Path, standard: Standard) -> None:
    library = Library(tmp_path, who="李工")
    audit = empty_audit(standard)
    library.add(audit, standard)
    library.close()
    told = 0
    for lines in (1, 7, 40):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            for _ in range(lines):
                told = int(writer.stdout.readline())
            writer.kill()
            # Told between the last line read and the kill.
            told = max(told, *map(int, writer.stdout.read().split()), 0)
        assert writer.returncode == (-signal.SIGKILL if os.name != "nt" else 1)
        library = Library(tmp_path, who="李工")
        saved = library.load(audit.id)[1].company.employees
        history = [line.after for line in library.history(audit.id) if line.field == "employees"]
        assert pragma(library, "integrity_check") == "ok"
        library.close()
        # One more may have been saved and not yet told.
        assert saved in (told, told + 1)
        assert history == [str(number) for number in range(1, saved + 1)]
