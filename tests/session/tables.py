"""The database as another program sees it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from auditor_app.models.audit import Audit
from auditor_app.models.ids import AuditId
from auditor_app.storage.library import FILE_NAME, Library

Tables = dict[str, list[tuple[Any, ...]]]


def tables(folder: Path) -> Tables:
    """Return every row of every table; reading them changes nothing."""
    with closing(sqlite3.connect(f"file:{folder / FILE_NAME}?mode=ro", uri=True)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in sorted(names)}


def facts(folder: Path) -> Tables:
    """Return every row but those of the history and of where it ends, which only grow."""
    growing = ("history", "chain", "sqlite_sequence")
    return {name: rows for name, rows in tables(folder).items() if name not in growing}


def read_anew(folder: Path, audit_id: AuditId) -> Audit:
    """Return an audit as a library opened for the first time finds it."""
    library = Library(folder, "somebody else")
    try:
        return library.load(audit_id)[1]
    finally:
        library.close()
