"""Bringing a library to the present schema: a checked copy first, then every step in one transaction."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.events import note
from auditor_app.models.progress import Progress, unwatched
from auditor_app.storage import steps
from auditor_app.storage.atomic_file import write_atomically
from auditor_app.storage.untrusted import is_damage

APPLICATION_ID = 0x41574231  # "AWB1"
SCHEMA = Path(__file__).parent / "schema"
SCHEMA_VERSION = 4
COPYING = 60
CHECKING = 95
"""Percents at which the copy is made, and the steps are."""
_PAGES = 2_000
_BESIDE = ("-journal", "-wal", "-shm")
_UNFINISHED = re.compile(rf"\..+-schema\d+-[0-9-]+\.unfinished(?:{'|'.join(_BESIDE)})?")
_STAMP_LENGTH = len("20260302-091405-000000")


def migrate(connection: sqlite3.Connection, path: Path, progress: Progress = unwatched) -> None:
    """Make the library of a new file, or bring an older one to the present schema.

    Whatever fails leaves the library as it was; the copy of one that was brought on stays beside it. The steps of the
    `progress` are percents. Raises `EnvironmentProblem`, `sqlite3.Error`, and what the `progress` raises.
    """
    connection.execute("BEGIN IMMEDIATE")
    copy: Path | None = None
    version = 0
    try:
        # Nobody else makes a copy while this one may write.
        _remove_unfinished(path)
        # Asked anew: another window may have made the same step while this one waited for its turn.
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        before = _counts(connection) if 0 < version < SCHEMA_VERSION else {}
        if before:
            copy = _keep_copy(path, version, before, progress)
        for step in range(version + 1, SCHEMA_VERSION + 1):
            for statement in statements((SCHEMA / f"{step:04d}.sql").read_text("utf-8")):
                connection.execute(statement)
            if step in steps.AFTER:
                steps.AFTER[step](connection, _part(progress, COPYING, CHECKING))
            connection.execute(f"PRAGMA user_version = {step}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        if before:
            _check_migrated(connection, path, before)
        progress(100, 100)
        connection.execute("COMMIT")
        note("library_made" if not version else "library_migrated", before=version, now=SCHEMA_VERSION)
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if copy is not None:
            _forget_copy(copy, connection, version)
        raise


def _forget_copy(copy: Path, connection: sqlite3.Connection, version: int) -> None:
    """Remove the copy of an attempt that failed, if the library is sound and as it was: the next one makes its own."""
    with suppress(sqlite3.Error, OSError):
        # What could not be synced may lie whole in the log, and the next program would find it; not once that is empty.
        if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            return
        is_sound = connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        if is_sound and connection.execute("PRAGMA user_version").fetchone()[0] == version:
            copy.unlink()


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table has that belong to what they name."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    counts = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables.fetchall()}
    for name, row, *_ in set(connection.execute("PRAGMA foreign_key_check").fetchall()):
        counts[name] -= row is not None
    return counts


def _check_migrated(connection: sqlite3.Connection, path: Path, before: dict[str, int]) -> None:
    """Raise `EnvironmentProblem` unless every row is still there and the file is sound."""
    after = _counts(connection)
    is_whole = all(after.get(name, 0) >= count for name, count in before.items())
    if not is_whole or connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
        raise EnvironmentProblem("migration_failed", path=path)


def return_to_copy(path: Path, began: datetime) -> None:
    """Put the copy made in a migration that failed back, where the library itself is damaged since.

    A transaction that fails leaves the library as it was; this is for a disk that did not keep its word. What is
    left of the library is kept beside it; until the copy takes its place, it is in it. Raises `OSError`.
    """
    copies = [copy for copy in _copies(path) if copy.stem[-_STAMP_LENGTH:] >= _stamp(began)]
    if not copies or not _is_damaged(path):
        return
    failed = path.with_name(f"{path.stem}-failed-{_stamp(datetime.now())}{path.suffix}")
    write_atomically(failed, path.read_bytes(), private=True)
    with suppress(FileNotFoundError):
        os.replace(f"{path}-wal", f"{failed}-wal")
    write_atomically(path, copies[-1].read_bytes(), private=True)


def _copies(path: Path) -> list[Path]:
    """Return the copies made before migrations, the last one at the end."""
    return sorted(path.parent.glob(f"{path.stem}-schema*{path.suffix}"), key=lambda copy: copy.stem[-_STAMP_LENGTH:])


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y%m%d-%H%M%S-%f}"


def _is_damaged(path: Path) -> bool:
    """Say whether a library is certainly damaged; one that only cannot be read now, on a full disk, is not."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as reader:
            return bool(reader.execute("PRAGMA quick_check").fetchone()[0] != "ok")
    except sqlite3.DatabaseError as error:
        return is_damage(error)


def _keep_copy(path: Path, version: int, counts: dict[str, int], progress: Progress) -> Path:
    """Copy the library as it is before its schema changes, check the copy and return it; it is never overwritten.

    Only a copy that was checked gets its name: what a killed program leaves behind is no copy to trust.
    """
    copy_path = path.with_name(f"{path.stem}-schema{version}-{_stamp(datetime.now())}{path.suffix}")
    unfinished = copy_path.with_name(f".{copy_path.stem}.unfinished")
    os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        # A connection of its own: SQLite does not copy through one that is about to write.
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as copy:
            share = _part(progress, 0, COPYING)
            source.backup(copy, pages=_PAGES, progress=lambda _, left, total: share(total - left, total))
            # The copy is one file that any program may read, not a log beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
            is_whole = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok" and _counts(copy) == counts
        if not is_whole:
            raise EnvironmentProblem("library_damaged", path=path)
        os.replace(unfinished, copy_path)
        return copy_path
    finally:
        # What cannot be removed now is at the next start.
        with suppress(OSError):
            for suffix in ("", *_BESIDE):
                Path(f"{unfinished}{suffix}").unlink(missing_ok=True)


def _part(progress: Progress, first: int, last: int) -> Progress:
    """Return a progress of its own for a part of the work, from one percent of the whole to another."""
    return lambda done, total: progress(first + (last - first) * done // max(total, 1), 100)


def _remove_unfinished(path: Path) -> None:
    """Remove the copies that a killed program did not finish; raises `OSError`."""
    for leftover in list(path.parent.iterdir()):
        if _UNFINISHED.fullmatch(leftover.name):
            leftover.unlink(missing_ok=True)


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script one by one: `executescript` would commit the open transaction."""
    pending = ""
    for line in re.sub(r"^--.*$", "", script, flags=re.MULTILINE).splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""
