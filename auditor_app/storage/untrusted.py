"""A database that somebody else may have made: what stands in it can compute nothing, load nothing, and is bounded."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.events import note

LARGEST_VALUE = 64 * 2**20
"""Bytes of one text or of one row; the largest we write are copies of standard packs."""
LIMITS: Mapping[int, int] = MappingProxyType(
    {
        sqlite3.SQLITE_LIMIT_LENGTH: LARGEST_VALUE,
        sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1_000_000,
        sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
        sqlite3.SQLITE_LIMIT_COLUMN: 200,
        sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 10_000,
        sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 10,
        sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
    }
)
FINGERPRINTS: Mapping[int, str] = MappingProxyType(
    {
        1: "8e93a787558565fc51eec5dfa533f7d8cc9c6feccf793d8824189002de6e27a3",
        2: "cc48f56caf461131eaab19dc4a41910020351c47810e0f308e18a4b19e636bb9",
        3: "43f3685721cffbf3d843f47f1a48a768d47fd3ccfd7733a86106645a1890ff46",
        4: "c473ab7e8337ba5c618d27681ad0fdbca6332c753a9f43370c3c4b306aaa6df2",
    }
)
"""Of the tables, indexes and triggers of every schema version; a new step adds one."""

# SQLite has no number of their own for these.
_DAMAGE = ("Could not decode to UTF-8", "unsupported file format")
_SPACE = re.compile(r"\s+")
_COMMENT = re.compile(r"--[^\n]*")


def distrust(connection: sqlite3.Connection) -> None:
    """Bound what SQLite takes from a file, before anything is read from it.

    `trusted_schema = OFF` is not for us: SQLite 3.40 then refuses the `json_valid` of our own tables. Comparing the
    whole schema says more, for reading it runs nothing.
    """
    connection.execute("PRAGMA cell_size_check = ON")
    for category, most in LIMITS.items():
        connection.setlimit(category, most)
    # Some builds of Python have no extensions at all, others can be told not to load them.
    with suppress(AttributeError, sqlite3.NotSupportedError):
        connection.enable_load_extension(False)


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Say whether SQLite found a database damaged; one that only cannot be read now, on a full disk, is not."""
    number = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    return number in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or str(error).startswith(_DAMAGE)


def check_schema(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Raise `EnvironmentProblem` for a database with triggers, views or tables that no step of ours made.

    They would run with every edit, and say something else than what was judged.
    """
    expected = FINGERPRINTS.get(version)
    if expected is not None and fingerprint(connection) != expected:
        note("schema_is_not_ours", version=version)
        raise EnvironmentProblem("library_altered", path=path)


def fingerprint(connection: sqlite3.Connection) -> str:
    """Return the sha256 of everything in the schema, whatever its order and white space; SQLite's own is left out."""
    columns = ", ".join(f"coalesce(CAST({name} AS TEXT), '')" for name in ("type", "name", "tbl_name", "sql"))
    rows = connection.execute(f"SELECT {columns} FROM sqlite_schema").fetchall()
    lines = sorted("\x1f".join((kind, name, table, _plain(sql))) for kind, name, table, sql in rows if _is_told(name))
    return hashlib.sha256("\x1e".join(lines).encode()).hexdigest()


def _is_told(name: str) -> bool:
    return not name.startswith("sqlite_")


def _plain(sql: str) -> str:
    # Other versions of SQLite quote the names they rewrite in a step, or do not.
    return _SPACE.sub("", _COMMENT.sub("", sql)).replace('"', "").lower()
