"""What somebody does who writes to the database past the program."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def past_the_program(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection that no trigger, reference or check holds back; the triggers are there again afterwards."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("BEGIN")
        for name, _sql in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _name, sql in triggers:
            connection.execute(sql)
        connection.execute("COMMIT")


def other_than(value: Any) -> Any:
    """Return another value of the same storage class, as near as can be."""
    match value:
        case None:
            return "2026-03-02"
        case int():
            return value + 1
        case bytes():
            return bytes([value[0] ^ 1]) + value[1:]
        case _:
            return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "x"
