"""A library that somebody prepared runs nothing, loads nothing, and is refused where it is not as we made it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from auditor_app.models.audit import Audit
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.standard import Standard
from auditor_app.storage import connection as library_connection
from auditor_app.storage import migration
from auditor_app.storage.backup import make_backup
from auditor_app.storage.connection import SCHEMA_VERSION, connect
from auditor_app.storage.library import FILE_NAME, Library
from auditor_app.storage.restoring import restore_whole
from auditor_app.storage.untrusted import FINGERPRINTS, LARGEST_VALUE, check_schema, distrust, fingerprint

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a library of the present schema."""
    connect(tmp_path / FILE_NAME).close()
    return tmp_path / FILE_NAME


def alter(path: Path, *statements: str) -> bytes:
    """Change a library with another program and return its content."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA writable_schema = ON")
        for statement in statements:
            other.execute(statement)
        other.commit()
    return path.read_bytes()


def test_every_step_has_the_fingerprint_of_what_it_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {}
    for version in range(1, SCHEMA_VERSION + 1):
        for module in (library_connection, migration):
            monkeypatch.setattr(module, "SCHEMA_VERSION", version)
        with closing(connect(tmp_path / f"{version}.db")) as made:
            found[version] = fingerprint(made)
    assert found == FINGERPRINTS


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_libraries_of_every_released_version_are_as_their_step_made_them(version: int) -> None:
    with closing(sqlite3.connect(f"file:{DATA / f'library-v{version}.db'}?immutable=1", uri=True)) as released:
        check_schema(released, Path("library.db"), version)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON assessment BEGIN UPDATE assessment SET verdict = 'met'; END",
        "CREATE VIEW v AS SELECT load_extension('x') FROM audit",
        "CREATE VIRTUAL TABLE v USING fts5 (x)",
        "CREATE TABLE other (x)",
        "CREATE INDEX i ON audit (created_at DESC)",
        "DROP TRIGGER history_is_never_changed",
        "UPDATE sqlite_schema SET sql = replace(sql, 'is app', 'was app') WHERE name = 'history_is_never_changed'",
        "UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '') WHERE name = 'finding'",
    ],
)
def test_a_library_with_parts_that_are_not_ours_is_refused_untouched(path: Path, statement: str) -> None:
    before = alter(path, statement)
    with pytest.raises(EnvironmentProblem) as refused:
        connect(path)
    assert refused.value.code == "library_altered"
    assert path.read_bytes() == before
    assert sorted(each.name for each in path.parent.iterdir()) == [FILE_NAME]


def test_what_sqlite_itself_keeps_and_white_space_are_no_difference(path: Path) -> None:
    alter(
        path,
        "UPDATE sqlite_schema SET sql = replace(replace(sql, char(10), '  '), 'finding', '\"finding\"')"
        " WHERE name = 'finding'",
        "ANALYZE",
    )
    connect(path).close()


@pytest.mark.parametrize(
    "steal",
    [
        lambda library: library.execute("SELECT load_extension('x')"),
        lambda library: library.load_extension("x"),
        lambda library: library.execute(f"SELECT zeroblob({LARGEST_VALUE + 1})"),
        lambda library: library.execute("SELECT " + "(" * 200 + "1" + ")" * 200),
    ],
    ids=["function", "method", "size", "depth"],
)
def test_nothing_is_loaded_and_nothing_is_larger_than_it_may_be(
    path: Path, steal: Callable[[sqlite3.Connection], object]
) -> None:
    with closing(connect(path)) as library, pytest.raises((sqlite3.Error, AttributeError)):
        steal(library)


@pytest.mark.long
def test_a_value_larger_than_any_of_ours_is_damage_and_no_crash(
    tmp_path: Path, audit: Audit, library: Library, standard: Standard
) -> None:
    path = library.path
    library.close()
    alter(path, f"UPDATE standard SET content = CAST(zeroblob({LARGEST_VALUE + 10}) AS TEXT)")
    with closing(Library(path.parent, "李工")) as again, pytest.raises(EnvironmentProblem) as refused:
        again.load(audit.id)
    assert refused.value.code == "library_damaged"


def test_looking_costs_next_to_nothing(path: Path) -> None:
    with closing(sqlite3.connect(path)) as library:
        times = []
        for _ in range(20):
            begun = time.perf_counter()
            distrust(library)
            check_schema(library, path, SCHEMA_VERSION)
            times.append(time.perf_counter() - begun)
    # Far above what it takes, so that a busy computer does not matter; a library built anew would take more.
    assert min(times) < 0.01


def test_a_backup_with_parts_that_are_not_ours_is_not_restored(path: Path) -> None:
    alter(path, "CREATE TRIGGER t AFTER INSERT ON assessment BEGIN UPDATE assessment SET verdict = 'met'; END")
    backup = make_backup(path.parent)
    assert backup is not None
    before = path.read_bytes()
    with pytest.raises(EnvironmentProblem) as refused:
        restore_whole(path.parent, backup)
    assert refused.value.code == "library_altered"
    assert path.read_bytes() == before
