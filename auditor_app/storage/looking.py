"""Looking into a library and what lies beside it without changing either, and whether its log may be believed."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from auditor_app.storage.write_log import journal_path, log_path


def copied_to(folder: Path, path: Path) -> Path:
    """Copy a database and its log or journal into a folder and return the copy; raises `OSError`."""
    copy = folder / path.name
    for source in (path, log_path(path), journal_path(path)):
        with suppress(FileNotFoundError):
            shutil.copyfile(source, folder / source.name)
            (folder / source.name).chmod(0o600)
    return copy


@contextmanager
def snapshot(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a copy of a library and what lies beside it, opened; whatever SQLite makes of it, the library stays."""
    folder = Path(tempfile.mkdtemp(prefix="auditor-workbench-"))
    try:
        with closing(sqlite3.connect(copied_to(folder, path), isolation_level=None)) as base:
            yield base
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def alone(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a library as it is without what lies beside it."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as base:
        yield base


def is_sound(base: sqlite3.Connection) -> bool:
    """Say whether SQLite finds nothing wrong with a database."""
    try:
        return bool(base.execute("PRAGMA quick_check").fetchone()[0] == "ok")
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False


def is_sound_alone(path: Path) -> bool:
    """Say whether a library reads without what lies beside it."""
    with suppress(sqlite3.DatabaseError), alone(path) as base:
        return is_sound(base)
    return False


def history_end(base: sqlite3.Connection) -> int:
    """Return the number of the last row of the history, 0 when there is none that reads."""
    try:
        return int(base.execute("SELECT max(rowid) FROM history").fetchone()[0] or 0)
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return 0


def history_end_alone(path: Path) -> int:
    """Return the same of a library without what lies beside it."""
    with suppress(sqlite3.DatabaseError), alone(path) as base:
        return history_end(base)
    return 0


def is_better_alone(path: Path) -> bool:
    """Say whether a library reads and knows of more without its log than with what reads of that.

    What was brought from the log into the database stays in the log until that begins anew. Where the log is damaged
    there, SQLite takes the older pages before the damage for the newest. Raises `OSError`.
    """
    if not log_path(path).exists() or not log_path(path).stat().st_size:
        return False
    # First, for meanwhile a program at work may only add to it.
    end = history_end_alone(path)
    with snapshot(path) as base:
        is_better = history_end(base) < end or not is_sound(base)
    return is_better and is_sound_alone(path)
