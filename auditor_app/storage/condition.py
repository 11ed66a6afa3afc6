"""Looking at a library before it is opened: what state it is in, without changing a byte of it (docs/OPENING.md)."""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
import tempfile
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.opening import Condition, State
from auditor_app.storage.atomic_file import problem_of, sync_folder
from auditor_app.storage.connection import APPLICATION_ID, SCHEMA_VERSION, environment_problems
from auditor_app.storage.evidence_store import FOLDER_NAME
from auditor_app.storage.looking import (
    history_end,
    history_end_alone,
    is_better_alone,
    is_sound,
    is_sound_alone,
    snapshot,
)
from auditor_app.storage.pages import HEADER
from auditor_app.storage.write_log import PAGE_SIZES, index_path, journal_path, log_path, read_log

BACKUPS = "backups"
_LEAST_ROOM = 4096
_MAGIC = b"SQLite format 3\0"
_STATES = {
    "library_busy": State.BUSY,
    "library_read_only": State.READ_ONLY,
    "library_newer": State.NEWER,
    "library_foreign": State.FOREIGN,
    "library_altered": State.ALTERED,
    "library_damaged": State.DAMAGED,
    "library_cannot_open": State.OUT_OF_REACH,
    "library_io": State.DISK_FAILS,
    "disk_full": State.DISK_FULL,
    "migration_failed": State.UNMIGRATED,
}


def condition_of(problem: EnvironmentProblem, path: Path) -> Condition | None:
    """Return the condition that a problem met while opening or working tells of, None for one that tells of none."""
    state = _STATES.get(problem.code)
    return None if state is None else Condition(state, path, problem.params)


def examine(path: Path, *, was_there: bool = False) -> Condition:
    """Find out how a library stands; `was_there` when this computer knew one at this place.

    After a program that ended as usual this reads a hundred bytes; after one that was killed, all of the library.
    """
    try:
        return _examine(path, was_there=was_there)
    except EnvironmentProblem as problem:
        found = condition_of(problem, path)
        if found is None:
            raise
        return found
    except OSError:
        return Condition(State.OUT_OF_REACH, path)


def _examine(path: Path, *, was_there: bool) -> Condition:
    if path.is_dir() or (path.parent.exists() and not path.parent.is_dir()):
        return Condition(State.OUT_OF_REACH, path)
    if not path.exists() or not path.stat().st_size:
        return Condition(State.GONE if was_there or _leftovers(path) else State.NEW, path)
    with path.open("rb") as file:
        head = file.read(HEADER)
    if any(beside.exists() and beside.stat().st_size for beside in (log_path(path), journal_path(path))):
        return _examine_unfinished(path)
    if len(head) < HEADER or not head.startswith(_MAGIC) or _is_cut_off(path, head):
        return Condition(State.DAMAGED, path)
    version, application = struct.unpack(">L", head[60:64])[0], struct.unpack(">L", head[68:72])[0]
    return _by_version(path, version, application)


def _examine_unfinished(path: Path) -> Condition:
    """Tell how a library stands whose last program did not end as usual, or has not ended yet."""
    # Looked at twice: a program that is writing this moment is no damage.
    if read_log(path).is_torn and read_log(path).is_torn:
        return Condition(State.TORN, path)
    # First, for meanwhile a program at work may only add to it.
    end = history_end_alone(path)
    with snapshot(path) as base:
        try:
            version = base.execute("PRAGMA user_version").fetchone()[0]
            application = base.execute("PRAGMA application_id").fetchone()[0]
        except sqlite3.DatabaseError:
            version = application = 0
        if not is_sound(base):
            return Condition(State.TORN if is_sound_alone(path) else State.DAMAGED, path)
        if history_end(base) < end and is_sound_alone(path):
            # So much is missing from the log that what the database has itself is newer.
            return Condition(State.TORN, path)
    return _by_version(path, version, application)


def _by_version(path: Path, version: int, application: int) -> Condition:
    if application != APPLICATION_ID:
        # A file that SQLite made and nobody wrote to yet says nothing; `connect` looks for tables in it.
        return Condition(State.FOREIGN if application or version else State.READY, path)
    if version == 0:
        # A library of ours has had a version since it was made.
        return Condition(State.DAMAGED, path)
    if version > SCHEMA_VERSION:
        return Condition(State.NEWER, path, {"version": version, "known": SCHEMA_VERSION})
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return Condition(State.READ_ONLY, path)
    return Condition(State.OLD if version < SCHEMA_VERSION else State.READY, path)


def _is_cut_off(path: Path, head: bytes) -> bool:
    size = struct.unpack(">H", head[16:18])[0]
    size = 65536 if size == 1 else size
    pages, changes, counted_at = struct.unpack(">L", head[28:32])[0], head[24:28], head[92:96]
    if size not in PAGE_SIZES:
        return True
    return changes == counted_at and path.stat().st_size < pages * size


def _leftovers(path: Path) -> bool:
    """Say whether a folder without its library has what only a library leaves there."""
    folder = path.parent
    if any((folder / name).is_dir() and any((folder / name).iterdir()) for name in (FOLDER_NAME, BACKUPS)):
        return True
    return log_path(path).exists() or any(folder.glob(f"{path.stem}-schema*{path.suffix}"))


def is_full(folder: Path) -> bool:
    """Say whether a folder takes nothing because there is no room left, and not because it may not be written."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(_LEAST_ROOM))
    except OSError as error:
        return problem_of(error, folder).code == "file_disk_full"
    return False


def set_log_aside(path: Path) -> Path:
    """Keep library and log as they are in a folder beside, then leave a library that opens; return that folder.

    What is left is the library with all of the log that reads, or without the log where it knows of more then. Raises
    `EnvironmentProblem`: `library_damaged` when neither opens, and then nothing is changed.
    """
    with environment_problems(path):
        drops_log = is_better_alone(path)
        if not drops_log:
            with snapshot(path) as base:
                if not is_sound(base):
                    raise EnvironmentProblem("library_damaged", path=path)
        aside = path.with_name(f"{path.stem}-torn-{datetime.now():%Y%m%d-%H%M%S-%f}")
        aside.mkdir(mode=0o700)
        beside = (log_path(path), journal_path(path), index_path(path))
        for source in (path, *beside):
            with suppress(FileNotFoundError):
                shutil.copyfile(source, aside / source.name)
                (aside / source.name).chmod(0o600)
                _sync(aside / source.name)
        sync_folder(aside)
        if drops_log:
            for source in beside:
                source.unlink(missing_ok=True)
        with closing(sqlite3.connect(path, isolation_level=None)) as base:
            base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return aside


def set_leftovers_aside(path: Path) -> None:
    """Give what a library that is gone left beside it other names, so that no new library takes it for its own.

    Raises `EnvironmentProblem`.
    """
    with environment_problems(path):
        stamp = f"{datetime.now():%Y%m%d-%H%M%S-%f}"
        for source in (log_path(path), journal_path(path), index_path(path)):
            if source.exists():
                os.replace(source, source.with_name(source.name.replace(path.stem, f"{path.stem}-left-{stamp}", 1)))


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
