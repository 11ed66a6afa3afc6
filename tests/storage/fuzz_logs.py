"""Spoil logs that were brought into the database before the program was killed: part of `tests.storage.fuzz`.

Whatever of such a log still reads hides nothing that the database has itself, neither for reading nor for going on.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.opening import State
from auditor_app.storage.condition import examine, set_log_aside
from auditor_app.storage.library import FILE_NAME, Library
from auditor_app.storage.write_log import index_path, log_path
from tests import fuzzing
from tests.storage.specimens import content, edit_some, fill
from tests.storage.spoils import spoilt_log

AUDITS = 2
EDITS = ((9, 0, 0), (9, 0, 1), (20, 0, 4), (9, 4, 0), (9, 1, 3), (2, 9, 0))
"""Edits before the checkpoint, those of them that it cannot bring into the database, and edits after it."""


@dataclass(frozen=True)
class Killed:
    """What a killed program left; `alone` are the rows of history that the database has by itself, 0 if unsound."""

    database: bytes
    log: bytes
    index: bytes
    alone: int


@contextmanager
def cases() -> Iterator[Mapping[str, fuzzing.Case]]:
    """Give libraries that were killed after a checkpoint, with a spoilt log and with or without its index."""
    with tempfile.TemporaryDirectory() as name:
        specimens = [_killed(Path(name, f"library-{number}"), *edits) for number, edits in enumerate(EDITS)]
        work = Path(name, "work")

        def folded(luck: Random) -> str:
            killed = luck.choice(specimens)
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir()
            (work / FILE_NAME).write_bytes(killed.database)
            # A sound log of another library cannot be told from ours (docs/OPENING.md).
            log_path(work / FILE_NAME).write_bytes(spoilt_log(luck, killed.log, foreign=killed.log))
            if luck.random() < 0.5:
                index_path(work / FILE_NAME).write_bytes(_index(luck, killed.index))
            return _opened(work, killed.alone)

        yield {"folded log": folded}


def _killed(folder: Path, before: int, held_back: int, after: int) -> Killed:
    with closing(Library(folder, "fuzz")) as library:
        fill(library, AUDITS)
        # What it holds so far is no matter: an empty log is begun.
        library._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        edit_some(library, before)
        with closing(sqlite3.connect(library.path, isolation_level=None)) as reader:
            if held_back:
                reader.execute("BEGIN")
                reader.execute("SELECT count(*) FROM history").fetchone()
            edit_some(library, held_back)
            library._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        edit_some(library, after)
        beside = log_path(library.path).read_bytes(), index_path(library.path).read_bytes()
        return Killed(library.path.read_bytes(), *beside, _history_alone(library.path))


def _history_alone(path: Path) -> int:
    """Return how many rows of history the one file has, 0 where SQLite finds something wrong with it."""
    connection = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)
    with closing(connection), suppress(sqlite3.DatabaseError):
        if connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok":
            return int(connection.execute("SELECT count(*) FROM history").fetchone()[0])
    return 0


def _index(luck: Random, sound: bytes) -> bytes:
    index = bytearray(sound)
    match luck.randrange(4):
        case 0:
            for _ in range(luck.choice((1, 5, 50))):
                index[luck.randrange(200)] ^= 1 << luck.randrange(8)
        case 1:
            return luck.choice((b"", bytes(len(index)), bytes(index[:100])))
    return bytes(index)


def _opened(work: Path, alone: int) -> str:
    """Look, read and go on; none of that shows or leaves less history than the database has by itself."""
    before = content(work)
    state = examine(work / FILE_NAME).state
    try:
        shown = _history(work, is_read_only=True)
    except EnvironmentProblem:
        if alone:
            raise
        # Only part of the log was in the database, which is neither sound without the rest nor with what reads of it.
        shown = 0
    assert content(work) == before, "looking at it changed it"
    assert shown >= alone, f"{alone - shown} rows of history are hidden from who reads"
    if not shown:
        return f"{state}, does not read"
    if state is State.TORN:
        aside = set_log_aside(work / FILE_NAME)
        assert content(aside) == before, "not all of it was kept"
    assert examine(work / FILE_NAME).opens
    kept = _history(work)
    assert kept >= shown, f"{shown - kept} rows of history are lost"
    return f"{state}, {'more than' if kept > alone else 'what'} the database has"


def _history(work: Path, *, is_read_only: bool = False) -> int:
    """Read a whole library and return how many rows of history it has."""
    with closing(Library(work, "fuzz", is_read_only=is_read_only)) as library:
        for summary in library.summaries():
            library.load(summary.id)
            library.history(summary.id)
        return int(library._connection.execute("SELECT count(*) FROM history").fetchone()[0])


if __name__ == "__main__":
    fuzzing.command(cases)
