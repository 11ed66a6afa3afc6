"""Every fault at every write of every operation: what was told, what is left, whether it works again afterwards.

Runs in a process of its own that was started with the library of faults.c beneath it. Each fault befalls a copy of the
process and of a prepared folder, so that nothing of one reaches the next.
"""

from __future__ import annotations

import gc
import json
import os
import random
import re
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path

from auditor_app.models.errors import AuditorError
from auditor_app.storage import connection, library
from auditor_app.storage.atomic_file import write_atomically
from auditor_app.storage.backup import own
from auditor_app.storage.backup_files import FOLDER_NAME as BACKUPS
from auditor_app.storage.evidence_store import BROUGHT, THUMBNAILS, EvidenceStore
from auditor_app.storage.fragments import sweep
from auditor_app.storage.library import FILE_NAME
from tests.crash.faults import CONTROL, DEATHS, FAULTS, Call, Faults, Kind
from tests.crash.operations import OPERATIONS
from tests.crash.place import (
    DAMAGED,
    LAST_YEARS,
    TARGETS,
    Operation,
    Place,
    State,
    Steps,
    is_whole,
    prepare,
    rows_in,
    sentence,
    state,
)
from tests.crash.soundness import damage, is_leftover, leftovers, misnamed_evidence, unsound_backups

PATIENCE = 60.0
KEPT = re.compile(r"(^|/)(backups/library-[^/]*|library-damaged-[^/]*)$")
DIED = -signal.SIGKILL


@dataclass(frozen=True)
class Injection:
    """One fault: what happens at which call of an operation, once or from there on."""

    operation: str
    kind: Kind
    at: int
    is_lasting: bool

    def __str__(self) -> str:
        return f"{self.operation}: {self.kind.name} at call {self.at}{' and after' if self.is_lasting else ''}"


@dataclass
class Outcome:
    """What came of a fault; nothing is `wrong` where all is as promised."""

    injection: str
    operation: str
    kind: str
    hits: int = 0
    told: str = ""
    sentence: str = ""
    wrong: list[str] = field(default_factory=list)


def main(argv: list[str]) -> int:
    """Sweep the operations named, or all; print a line of JSON for each. Arguments: share, seed, deaths, names."""
    share, seed, with_deaths, *names = argv
    faults = Faults(Path(os.environ[CONTROL]))
    connection.BUSY_SECONDS = 0.05
    # Of the same text the same pack comes; what is read at first is there in every copy of this process.
    library.parse_standard = cache(library.parse_standard)  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory(prefix="crash-") as folder:
        prepared = Path(folder, "prepared")
        prepare(Place(prepared))
        _as_prepared.update(path.read_bytes() for path in (prepared / "in" / DAMAGED, *prepared.rglob("library.db")))
        bench = Bench(faults, prepared, Path(folder))
        kinds = (*FAULTS, *DEATHS) if with_deaths == "1" else FAULTS
        chance = random.Random(seed)
        # Copies of this process then share its memory.
        gc.collect()
        gc.freeze()
        for name in names or OPERATIONS:
            for injection in chosen(bench.injections(name, kinds), float(share), chance):
                print(json.dumps(asdict(bench.inject(injection)), ensure_ascii=False), flush=True)
    return 0


def chosen(injections: Iterable[Injection], share: float, chance: random.Random) -> Iterator[Injection]:
    """Draw a share of the injections; all of them for a share of 1."""
    return (injection for injection in injections if share >= 1 or chance.random() < share)


def ways_in(log: list[tuple[Call, str]], kind: Kind) -> Iterator[tuple[int, bool]]:
    """Yield at which calls a fault is put, numbered from 1 among those it can befall, and whether it lasts.

    Of many alike in a row it is the first, one between and the last: a workbook is written to its temporary file in
    hundreds of pieces.
    """
    first = 1
    for _, alike in groupby(entry for entry in log if entry[0] in kind.calls):
        last = first + len(list(alike)) - 1
        for at in sorted({first, (first + last) // 2, last}):
            yield from ((at, way) for way in ((False,) if kind.is_deadly else (False, True)))
        first = last + 1


class Bench:
    """Where operations are run with faults beneath them."""

    def __init__(self, faults: Faults, prepared: Path, scratch: Path) -> None:
        self._faults = faults
        self._prepared = prepared
        self._scratch = scratch

    def injections(self, name: str, kinds: Iterable[Kind]) -> list[Injection]:
        """Run an operation undisturbed and return the faults that may befall it, by the calls it makes."""
        log = self._log(name)
        return [Injection(name, kind, at, way) for kind in kinds for at, way in ways_in(log, kind)]

    def inject(self, injection: Injection) -> Outcome:
        """Let a fault befall an operation and return what came of it."""
        outcome = Outcome(str(injection), injection.operation, injection.kind.name)
        place, operation = self._copy(), OPERATIONS[injection.operation]

        def struck() -> None:
            _send(_Trial(self._faults, place, operation, injection).run())

        code, said = _apart(struck)
        if injection.kind.is_deadly:
            outcome.hits = self._faults.hits
            self._faults.lift()
            if code == DIED:
                outcome.wrong += _reopened(place, operation)
            else:
                outcome.wrong += [f"not killed but {code}"] if outcome.hits else []
        elif code == 0:
            told = json.loads(said)
            outcome.hits, outcome.told = told["hits"], told["told"]
            outcome.sentence, outcome.wrong = told["sentence"], told["wrong"]
        else:
            # Of one that was stuck the fault lies beneath this process still.
            self._faults.lift()
            outcome.wrong.append(f"the process ended with {code}: {said}")
        shutil.rmtree(place.root)
        return outcome

    def _log(self, name: str) -> list[tuple[Call, str]]:
        """Return the calls an operation makes."""
        place = self._copy()

        def counted() -> None:
            _use(place)
            steps = OPERATIONS[name](place)
            with self._faults.counting(place.root):
                steps.run()
            assert steps.is_done(), f"{name} does not do what it says"

        code, said = _apart(counted)
        shutil.rmtree(place.root)
        if code:
            raise AssertionError(f"{name} ended with {code}: {said}")
        return self._faults.log

    def _copy(self) -> Place:
        root = Path(tempfile.mkdtemp(dir=self._scratch))
        shutil.copytree(self._prepared, root, dirs_exist_ok=True, copy_function=_copied)
        return Place(root)


def _reopened(place: Place, operation: Operation) -> list[str]:
    """Return what is wrong after a kill, when the next program opens what is left and does the same again."""

    def look() -> None:
        _send({"wrong": list(_after_death(place, operation))})

    code, said = _apart(look)
    return list(json.loads(said)["wrong"]) if code == 0 else [f"opening again ended with {code}: {said}"]


class _Trial:
    """One operation under one fault, and again once the fault is gone."""

    def __init__(self, faults: Faults, place: Place, operation: Operation, injection: Injection) -> None:
        self._faults = faults
        self._place = place
        self._operation = operation
        self._injection = injection
        self._wrong: list[str] = []

    def run(self) -> dict[str, object]:
        _use(self._place)
        steps = self._operation(self._place)
        before = state(self._place)
        error = self._struck(steps)
        self._look(steps, error, before)
        if error is not None:
            self._again(steps)
        steps.close()
        self._wrong += _unsound(self._place)
        if {Call.REMOVE, Call.LOOK} & set(self._injection.kind.calls):
            # What could not be removed, or folders that could not be looked into, are left to the next start.
            next_start(self._place)
        self._wrong += [f"left behind: {name}" for name in leftovers(self._place.root)]
        told = isinstance(error, AuditorError)
        return {
            "hits": self._faults.hits,
            "told": error.code if isinstance(error, AuditorError) else "",
            "sentence": self._sentence(error) if isinstance(error, AuditorError) else "",
            "wrong": self._wrong if told or error is None else [*self._wrong, f"a traceback: {_trace(error)}"],
        }

    def _struck(self, steps: Steps) -> Exception | None:
        injection = self._injection
        self._faults.strike(self._place.root, injection.kind, injection.at, is_lasting=injection.is_lasting)
        try:
            steps.run()
        except Exception as error:
            return error
        finally:
            self._faults.lift()
        return None

    def _look(self, steps: Steps, error: Exception | None, before: State) -> None:
        if error is None:
            if not steps.is_done():
                self._wrong.append("said to be done and is not")
            return
        # What a disk refuses to sync, and goes on refusing, the next program may find whole.
        now = state(self._place, reopened=not self._injection.is_lasting)
        changed = [name for name in now.keys() | before.keys() if now.get(name) != before.get(name)]
        # What is kept of a library before another takes its place may stay; whether it is whole is seen to.
        changed = [name for name in changed if name in before or not KEPT.search(name)]
        if self._injection.is_lasting and Call.REMOVE in self._injection.kind.calls:
            # So may a copy of what is there, where nothing can be taken away.
            changed = [name for name in changed if name in before or now[name] not in before.values()]
        if changed and not (steps.may_outlast and self._injection.is_lasting and steps.is_done()):
            self._wrong.append(f"refused, and yet changed: {sorted(changed)}")

    def _again(self, steps: Steps) -> None:
        try:
            steps.run()
        except Exception as error:
            self._wrong.append(f"not possible again: {_trace(error)}")
        else:
            if not steps.is_done():
                self._wrong.append("done again and yet not done")

    def _sentence(self, error: AuditorError) -> str:
        try:
            return sentence(error)
        except Exception as missing:
            self._wrong.append(f"no words: {missing!r}")
            return ""


def _after_death(place: Place, operation: Operation) -> Iterator[str]:
    _use(place)
    yield from _unsound(place)
    for path in (place.out / name for name in TARGETS):
        if path.read_bytes() != LAST_YEARS and not is_whole(path):
            yield f"half written: {path.name}"
    try:
        steps = operation(place)
        steps.run()
        if not steps.is_done():
            yield "done again and yet not done"
        steps.close()
    except AuditorError as error:
        yield f"not possible again: {_trace(error)}"
    yield from (f"at last, {what}" for what in _unsound(place))
    next_start(place)
    yield from (f"left behind: {name}" for name in leftovers(place.root))


def next_start(place: Place) -> None:
    """Do what the next start of the program does about leftovers, and the next file written for others."""
    for folder in _libraries(place):
        EvidenceStore(folder)
        sweep(folder, folder / THUMBNAILS, folder / THUMBNAILS / BROUGHT)
    for backups in place.root.rglob(BACKUPS):
        with own(backups):
            # The next backup begins with that.
            pass
    write_atomically(place.out / "photo.jpg", b"next")


def _copied(source: str, target: str) -> None:
    # What comes in is only read, so that it need not be copied.
    (os.link if f"{os.sep}in{os.sep}" in source else shutil.copyfile)(source, target)


_as_prepared: set[bytes] = set()
"""What the libraries are at first; one that is still that, byte for byte and without a log, needs no look."""


def _libraries(place: Place) -> list[Path]:
    found = (path for path in place.root.rglob("library.db") if not is_leftover(path))
    return sorted(path.parent for path in found if path.stat().st_size)


def _is_as_prepared(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return not (log.exists() and log.stat().st_size) and path.read_bytes() in _as_prepared


def _unsound(place: Place) -> Iterator[str]:
    for folder in _libraries(place):
        look = misnamed_evidence if _is_as_prepared(folder / FILE_NAME) else damage
        yield from (f"{folder.name}: {what}" for what in look(folder))
    yield from unsound_backups(place.root)
    damaged = (place.given / DAMAGED).read_bytes()
    for path in place.root.rglob("library-damaged-*.db"):
        if path.read_bytes() != damaged and not isinstance(rows_in(path), dict):
            yield f"kept of a damaged library, and not all of it: {path.name}"


def _use(place: Place) -> None:
    """Have temporary files made below the same folder, so that faults befall them too."""
    tempfile.tempdir = str(place.temporary)
    os.environ["TMPDIR"] = str(place.temporary)


def _trace(error: BaseException | None) -> str:
    lines = traceback.format_exception(error)
    return " | ".join(line.strip().replace("\n", " ") for line in lines[-4:])


_answer = -1


def _send(what: dict[str, object]) -> None:
    os.write(_answer, json.dumps(what, ensure_ascii=False).encode())


def _apart(work: Callable[[], None]) -> tuple[int, str]:
    """Do something in a copy of this process; return how it ended and what it sent."""
    global _answer
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _answer = writing
        try:
            work()
        except BaseException:
            os.write(writing, traceback.format_exc().encode())
            os._exit(1)
        os._exit(0)
    os.close(writing)
    said, end = b"", time.monotonic() + PATIENCE
    while select.select([reading], [], [], max(0.0, end - time.monotonic()))[0]:
        piece = os.read(reading, 65536)
        if not piece:
            break
        said += piece
    else:
        os.kill(child, signal.SIGKILL)
        said += b"stuck"
    os.close(reading)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said.decode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
