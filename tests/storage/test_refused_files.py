"""A file that is no library of this program is refused in one sentence and left exactly as it was."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from auditor_app.models.audit import Audit
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.standard import Standard
from auditor_app.storage.connection import APPLICATION_ID, SCHEMA_VERSION
from auditor_app.storage.library import FILE_NAME, Library
from tests.builders import empty_audit

PAGE = 4096


@pytest.fixture
def path(tmp_path: Path, standard: Standard) -> Path:
    """Give the closed file of a library that holds an audit."""
    library = Library(tmp_path, who="李工")
    library.add(empty_audit(standard), standard)
    library.close()
    return tmp_path / FILE_NAME


def refused(path: Path) -> EnvironmentProblem:
    """Open the library in vain and check that file and folder stay as they were."""
    before = path.read_bytes()
    with pytest.raises(EnvironmentProblem) as error:
        Library(path.parent, who="李工")
    assert path.read_bytes() == before
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    assert error.value.params["path"] == path
    return error.value


def execute(path: Path, *statements: str) -> None:
    writer = sqlite3.connect(path)
    for statement in statements:
        writer.execute(statement)
    writer.commit()
    writer.close()


def test_a_library_of_a_newer_version_is_refused_with_both_versions(path: Path) -> None:
    execute(path, f"PRAGMA user_version = {SCHEMA_VERSION + 1}", "ALTER TABLE site ADD COLUMN rooms INTEGER")
    problem = refused(path)
    assert problem.code == "library_newer"
    assert (problem.params["version"], problem.params["known"]) == (SCHEMA_VERSION + 1, SCHEMA_VERSION)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    execute(tmp_path / FILE_NAME, "CREATE TABLE messages (text)", "INSERT INTO messages VALUES ('hello')")
    assert refused(tmp_path / FILE_NAME).code == "library_foreign"


def test_a_database_that_names_another_program_is_refused(path: Path) -> None:
    execute(path, f"PRAGMA application_id = {APPLICATION_ID + 1}")
    assert refused(path).code == "library_foreign"


@pytest.mark.parametrize(
    "content",
    [
        b"Minutes of the opening meeting\n" * 20,
        b"note",
        bytes(PAGE),
        b"PK\x03\x04" + bytes(2 * PAGE),
        b"SQLite format 3\x00",
        b"SQLite format 3\x00" + bytes(PAGE - 16),
    ],
    ids=["text", "one word", "zeros", "workbook", "only the first words", "a page of zeros under them"],
)
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert refused(tmp_path / FILE_NAME).code == "library_damaged"


@pytest.mark.parametrize("kept", [0.9, 0.5, 0.1])
def test_a_library_that_was_cut_off_is_refused(path: Path, kept: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    assert refused(path).code == "library_damaged"


def test_a_library_whose_first_page_is_gone_is_refused(path: Path) -> None:
    path.write_bytes(bytes(PAGE) + path.read_bytes()[PAGE:])
    assert refused(path).code == "library_damaged"


def test_damage_inside_a_library_is_told_when_the_audit_is_read(path: Path) -> None:
    library = Library(path.parent, who="李工")
    newest = library.newest()
    library.close()
    assert newest is not None
    damaged = path.read_bytes()[:PAGE].ljust(path.stat().st_size, b"\x00")
    path.write_bytes(damaged)
    with pytest.raises(EnvironmentProblem) as told:
        Library(path.parent, who="李工").load(newest)
    assert told.value.code == "library_damaged"
    assert path.read_bytes() == damaged


def test_an_empty_file_becomes_a_library(tmp_path: Path, standard: Standard) -> None:
    (tmp_path / FILE_NAME).touch()
    library = Library(tmp_path, who="李工")
    audit: Audit = empty_audit(standard)
    library.add(audit, standard)
    assert library.load(audit.id)[1] == audit
    library.close()
