"""Spoil libraries in every way and look, open and salvage: `python -m tests.storage.fuzz [--rounds 1000] [--seed 0]`.

The command spoils backups and logs that were brought into the database too (`fuzz_backups.py`, `fuzz_logs.py`).

No damage ends the program or makes it hang. Nothing that only looks at a library or reads it changes a byte of it, and
every row that lies outside of the damaged pages comes back from salvaging, and none of them twice.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

from auditor_app import files
from auditor_app.models.audit import Kind
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import AuditorError
from auditor_app.models.ids import RowId
from auditor_app.models.salvaged import NoteCode, Salvaged
from auditor_app.storage.condition import examine, set_log_aside
from auditor_app.storage.library import FILE_NAME, Library
from auditor_app.storage.pages import LEAF_INDEX, Pages
from auditor_app.storage.salvage import SalvageWords, salvage
from auditor_app.storage.write_log import log_path
from tests import fuzzing
from tests.storage import fuzz_backups, fuzz_logs
from tests.storage.specimens import content, edit_some, fill
from tests.storage.spoils import PAGE, SPOILS, spoilt_log

AUDITS = 8
LOG_EDITS = 25
WORDS = SalvageWords("lost", "salvaged")
Place = tuple[str, str, str]


class Specimen:
    """A sound library, closed, and one that was killed with its last edits in the log; where each row lies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        closed = folder / "closed"
        closed.mkdir()
        with closing(Library(closed, "fuzz")) as library:
            fill(library, AUDITS)
        self.closed = (closed / FILE_NAME).read_bytes()
        self.rows = _rows(closed)
        self.places = _places(closed / FILE_NAME, self.rows)
        killed = folder / "killed"
        shutil.copytree(closed, killed)
        with closing(Library(killed, "fuzz")) as library:
            edit_some(library, LOG_EDITS)
            self.log = log_path(library.path).read_bytes()
            self.killed = library.path.read_bytes()
        (folder / "other").mkdir()
        with closing(Library(folder / "other", "fuzz")) as library:
            self.standard, sample = files.read_audit(files.SAMPLE)
            library.add(sample, self.standard)
            edit_some(library, LOG_EDITS)
            self.foreign = log_path(library.path).read_bytes()


@contextmanager
def cases() -> Iterator[Mapping[str, fuzzing.Case]]:
    """Give everything that is spoilt of what the program stores."""
    with of_libraries() as libraries, fuzz_backups.cases() as backups, fuzz_logs.cases() as logs:
        yield {**libraries, **backups, **logs}


@contextmanager
def of_libraries() -> Iterator[Mapping[str, fuzzing.Case]]:
    """Give damaged databases, and sound ones with a damaged log."""
    words = Catalogue.load("zh")
    with tempfile.TemporaryDirectory() as name:
        specimen = Specimen(Path(name))
        work = Path(name, "work")

        def database(luck: Random) -> str:
            spoilt = bytearray(specimen.closed)
            touched = luck.choice(SPOILS)(luck, spoilt)
            _begin(work, bytes(spoilt))
            outcome = _looked_at(work, words)
            _check_salvage(work, specimen, touched)
            return outcome

        def log(luck: Random) -> str:
            _begin(work, specimen.killed, spoilt_log(luck, specimen.log, specimen.foreign))
            outcome = _looked_at(work, words)
            _put_right(work)
            return outcome

        yield {"database": database, "log": log}


def _begin(work: Path, database: bytes, log: bytes = b"") -> None:
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    (work / FILE_NAME).write_bytes(database)
    if log:
        log_path(work / FILE_NAME).write_bytes(log)


def _looked_at(work: Path, words: Catalogue) -> str:
    """Find out how the library stands and read it; nothing of that may touch it."""
    before = content(work)
    state = examine(work / FILE_NAME).state
    try:
        with closing(Library(work, "fuzz", is_read_only=True)) as library:
            for summary in library.summaries():
                library.load(summary.id)
                library.history(summary.id)
        outcome = "reads"
    except AuditorError as problem:
        outcome = problem.code if words.error(problem) else "without words"
    assert content(work) == before, "looking at it changed it"
    return f"{state}, {outcome}"


def _check_salvage(work: Path, specimen: Specimen, touched: set[int]) -> None:
    before, target = content(work), work.parent / "target"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    salvaged = salvage(work / FILE_NAME, target / FILE_NAME, "fuzz", lambda _: specimen.standard, WORDS)
    assert content(work) == before, "salvaging changed what was damaged"
    assert [path.name for path in target.iterdir()] == [FILE_NAME]
    found = _rows(target)
    assert salvaged.rows == sum(place[0] != "audit" for place in found)
    sound = {place for place, page in specimen.places.items() if page not in touched}
    # Evidence of a finding or a sample that is lost has nothing to be evidence of.
    missing = {place for place in sound if place not in found and place[0] is not Kind.EVIDENCE}
    assert not missing, f"{len(missing)} rows of sound pages are missing: {sorted(missing)[:3]}"
    changed = {place for place in sound - missing if found.get(place, specimen.rows[place]) != specimen.rows[place]}
    # With damaged ids among the samples nobody can tell how many were drawn; the report names these.
    changed -= {(note.kind, note.audit_id, note.row_id) for note in salvaged.notes if note.code is NoteCode.COUNTED}
    assert not changed, f"{len(changed)} rows of sound pages are others now: {sorted(changed)[:3]}"
    _check_repeats(specimen, found, salvaged)


def _check_repeats(specimen: Specimen, found: Mapping[Place, object], salvaged: Salvaged) -> None:
    """Check that no damaged id made two rows of one, which would deduct twice; stand-ins say what they are."""
    stand_ins = {(note.kind, note.audit_id, note.row_id) for note in salvaged.notes if note.code is NoteCode.STAND_IN}
    # With a hole in the history nobody can tell for a row that it knows nothing of whether its id is damaged.
    torn = {note.audit_id for note in salvaged.notes if note.code is NoteCode.HISTORY_TORN}
    there = Counter(place[:2] for place in found.keys() - stand_ins if place[1] not in torn)
    more = {place for place, count in (there - Counter(place[:2] for place in specimen.rows)).items() if count}
    assert not more, f"more rows than there were: {sorted(more)[:3]}"


def _put_right(work: Path) -> None:
    """Open what reads, and check that it opens as usual then."""
    if examine(work / FILE_NAME).state.value == "torn":
        set_log_aside(work / FILE_NAME)
    condition = examine(work / FILE_NAME)
    assert condition.opens, condition
    with closing(Library(work, "fuzz")) as library:
        for summary in library.summaries():
            library.load(summary.id)


# What is in a sound library.


def _rows(folder: Path) -> dict[Place, object]:
    """Return every row of every audit, the pack of each among them."""
    rows: dict[Place, object] = {}
    with closing(Library(folder, "fuzz")) as library:
        for summary in library.summaries():
            standard, audit = library.load(summary.id)
            rows["audit", summary.id, ""] = standard.content_hash
            rows |= {(kind, summary.id, RowId(row)): what for kind in Kind for row, what in audit.of(kind).items()}
    return rows


def _places(path: Path, rows: Mapping[Place, object]) -> dict[Place, int]:
    """Return the page of every row that lies in one page alone."""
    places: dict[Place, int] = {}
    with Pages(path) as pages:
        for number in range(1, pages.count + 1):
            for cell in pages.cells(number):
                if cell is None or sum(len(str(value)) for value in cell.values) > PAGE // 4:
                    continue
                one, two = (str(value) for value in cell.values[:2])
                kind = next((kind for kind in Kind if (kind, one, two) in rows), None)
                if kind is not None and pages.kind(number) == LEAF_INDEX and len(cell.values) > 2:
                    places[_kind_of(cell.values, rows), one, two] = number
    return places


def _kind_of(values: tuple[object, ...], rows: Mapping[Place, object]) -> str:
    from auditor_app.storage.columns import column_names

    one, two = str(values[0]), str(values[1])
    kinds = [kind for kind in Kind if (kind, one, two) in rows and len(column_names(kind)) + 2 == len(values)]
    return kinds[0] if len(kinds) == 1 else ""


if __name__ == "__main__":
    fuzzing.command(cases)
