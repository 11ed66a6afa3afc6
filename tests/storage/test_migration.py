"""A library of an older version comes whole into the present one, or stays exactly as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from shutil import copyfile

import pytest

from auditor_app.models.errors import EnvironmentProblem
from auditor_app.storage import migration
from auditor_app.storage.library import FILE_NAME, Library
from auditor_app.storage.migration import return_to_copy

BEGAN = datetime(2026, 3, 2, 9)
DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Give a library of the first version."""
    copyfile(DATA / "library-v1.db", tmp_path / FILE_NAME)
    return tmp_path / FILE_NAME


def test_an_unfinished_copy_of_a_killed_program_is_no_copy_and_goes(old: Path) -> None:
    leftover = old.with_name(".library-schema1-20260302-090000-000001.unfinished")
    leftover.write_bytes(b"half")
    Library(old.parent, who="李工").close()
    assert not leftover.exists()
    assert len(list(old.parent.glob("library-schema1-*.db"))) == 1


def test_a_step_that_would_lose_a_row_is_taken_back(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = migration._counts

    def fewer(connection: sqlite3.Connection) -> dict[str, int]:
        found = counts(connection)
        return found | {"company": 0} if connection.execute("PRAGMA user_version").fetchone()[0] > 1 else found

    monkeypatch.setattr(migration, "_counts", fewer)
    with pytest.raises(EnvironmentProblem, match="migration_failed"):
        Library(old.parent, who="李工")
    with closing(sqlite3.connect(old)) as reader:
        assert reader.execute("PRAGMA user_version").fetchone() == (1,)
        assert reader.execute("SELECT count(*) FROM company").fetchone() == (1,)
    # However often it is tried, no copy stays that would fill the disk.
    assert list(old.parent.glob("library-schema*")) == []


def test_where_the_disk_did_not_keep_its_word_the_copy_takes_the_place_of_the_library(old: Path) -> None:
    whole = old.read_bytes()
    copyfile(old, old.with_name("library-schema1-20260302-090000-000001.db"))
    old.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    return_to_copy(old, BEGAN)
    assert old.read_bytes() == whole
    assert len(list(old.parent.glob("library-failed-*.db"))) == 1


def test_a_sound_library_is_not_replaced_by_its_copy(old: Path) -> None:
    before = old.read_bytes()
    old.with_name("library-schema1-20260302-090000-000001.db").write_bytes(b"older")
    return_to_copy(old, BEGAN)
    assert old.read_bytes() == before
