"""Kill the real program at random moments, open its library again and hold it to what it had shown.

Rounds follow each other on one library, the next program opening what the killed one left; what is checked is a copy.
"""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from auditor_app.models.audit import Kind
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.enums import Verdict
from auditor_app.models.history import HistoryEntry
from auditor_app.models.ids import AuditId, RowId
from auditor_app.storage.backup_files import backups_of
from auditor_app.storage.columns import field_at
from auditor_app.storage.library import FILE_NAME, Library
from tests.builders import fields_changed
from tests.crash import driver
from tests.crash.faults import CONTROL, DEATHS, Faults
from tests.crash.place import OLD
from tests.crash.soundness import Rows, damage, replayed, unsound_backups
from tests.report.photographed import photo

ROUNDS_A_LIBRARY = 20
START_SECONDS, MOMENT_SECONDS, LONGEST_WORK = 1.5, 0.25, 10.0
MOST_EDITS, MOST_WRITES = 15, 120
PATIENCE = 60.0
LARGE = 24_000_000

Event = dict[str, Any]


@dataclass
class Round:
    """What came of one kill; nothing is `wrong` where every promise was kept."""

    seed: int
    moment: str
    edits: int = 0
    painted: int = 0
    shown: int = 0
    lost: int = 0
    sealed: int = 0
    backups: int = 0
    wrong: list[str] = field(default_factory=list)


def main(argv: list[str]) -> int:
    """Play the rounds of these seeds, first and last, and print a line of JSON for each."""
    first, last = map(int, argv)
    with tempfile.TemporaryDirectory(prefix="crash-", ignore_cleanup_errors=True) as folder:
        series = Series(Path(folder))
        for seed in range(first, last + 1):
            print(json.dumps(asdict(series.play(seed)), ensure_ascii=False), flush=True)
    return 0


class Series:
    """Rounds on one library after another; a seed says all that is random of its round."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._library = scratch / "library"
        self._given = scratch / "given"
        self._given.mkdir()
        self._stick = scratch / driver.STICK
        for number in range(5):
            (self._given / f"IMG_{number}.JPG").write_bytes(photo(number))
        (self._given / "video.mp4").write_bytes(random.Random(0).randbytes(LARGE))
        self._faults = Faults(Path(os.environ[CONTROL])) if CONTROL in os.environ else None
        self._played = 0

    def play(self, seed: int) -> Round:
        """Start the program, kill it, and compare."""
        chance = random.Random(seed)
        if self._played % ROUNDS_A_LIBRARY == 0:
            self._begin(is_old=chance.random() < 0.5)
        self._played += 1
        known = self._known()
        kept = {backup.made_at.isoformat() for backup in backups_of(self._library)}
        round_, events = Round(seed, ""), self._run(seed, chance)
        round_.moment = next(events)  # type: ignore[assignment]
        told: list[Event] = list(events)  # type: ignore[arg-type]
        round_.edits = sum(event["event"] == "changed" for event in told)
        painted = [place for place, event in enumerate(told) if event["event"] == "painted"]
        round_.painted = sum(event["event"] == "changed" for event in told[: painted[-1] if painted else 0])
        round_.sealed = sum(event["event"] == "sealed" for event in told)
        round_.backups = len({event["made"] for event in told if event["event"] == "backed up"} - kept)
        round_.shown = sum(event["event"] in ("shown", "rested") for event in told)
        with tempfile.TemporaryDirectory(dir=self._scratch) as folder:
            copy = Path(folder, "library")
            shutil.copytree(self._library, copy)
            compare(copy, known, told, round_)
        round_.wrong += unsound_backups(self._stick)
        return round_

    def _begin(self, *, is_old: bool) -> None:
        for folder in (self._library, self._stick):
            shutil.rmtree(folder, ignore_errors=True)
        self._stick.mkdir()
        if is_old:
            self._library.mkdir()
            shutil.copyfile(OLD, self._library / FILE_NAME)

    def _known(self) -> dict[AuditId, int]:
        """Return how many lines the history of each audit has, from a copy so that nothing is mended here."""
        if not (self._library / FILE_NAME).exists():
            return {}
        with tempfile.TemporaryDirectory(dir=self._scratch) as folder:
            for path in self._library.glob(f"{FILE_NAME}*"):
                shutil.copyfile(path, Path(folder, path.name))
            with closing(Library(Path(folder), "checker")) as library:
                return {summary.id: len(library.history(summary.id)) for summary in library.summaries()}

    def _run(self, seed: int, chance: random.Random) -> Iterator[str | Event]:
        """Yield when the program is killed, then every event it told until then."""
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            _be_the_program(self._library, self._given, seed, writing)
        os.close(writing)
        way = chance.choices(("while it starts", "by the clock", "at a write"), (15, 50, 35))[0]
        if way == "at a write" and self._faults is None:
            way = "by the clock"
        yield way
        lines = b""
        if way == "while it starts":
            lines = _read_for(reading, chance.uniform(0, START_SECONDS))
        else:
            lines = _read_until(reading, lambda told: b'"ready"' in told)
            if way == "at a write":
                assert self._faults is not None
                kind = chance.choice(DEATHS)
                self._faults.strike(self._library, kind, chance.randint(1, MOST_WRITES), is_lasting=False)
                lines += _read_for(reading, LONGEST_WORK)
                self._faults.lift()
            else:
                lines = _read_edits(reading, lines, chance.randint(0, MOST_EDITS))
                lines += _read_for(reading, chance.uniform(0, MOMENT_SECONDS))
        os.kill(child, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        while piece := os.read(reading, 1 << 16):
            lines += piece
        os.close(reading)
        if code != -signal.SIGKILL:
            yield {"event": "ended", "code": code}
        # The last line may have been cut short by the kill.
        for line in lines.split(b"\n")[:-1]:
            yield json.loads(line)


def compare(folder: Path, known: dict[AuditId, int], told: list[Event], round_: Round) -> None:
    """Note what is wrong with the library left behind, by what was told on the way."""
    if not (folder / FILE_NAME).exists():
        round_.wrong += ["the library is gone"] if known or any(e["event"] == "opened" for e in told) else []
        return
    round_.wrong += [*damage(folder), *unsound_backups(folder)]
    round_.wrong += [f"told {event}" for event in told if event["event"] in ("ended", "box", "failed")]
    made = [event["made"] for event in told if event["event"] == "backed up"]
    if made and made[-1] not in (each.made_at.isoformat() for each in backups_of(folder)):
        round_.wrong.append(f"a backup that was told of is not there: {made[-1]}")
    with closing(Library(folder, "checker")) as library:
        _Promises(library, known).hold(told, round_)
    _work_on(folder, round_)


class _Promises:
    """What was told, compared line by line with the history and the rows it makes."""

    def __init__(self, library: Library, known: dict[AuditId, int]) -> None:
        self._library = library
        self._known = known
        self._words = Catalogue.load("zh")
        self._histories: dict[AuditId, list[HistoryEntry]] = {}
        self._places: dict[AuditId, int] = {}
        self._rows: dict[AuditId, Rows] = {}

    def hold(self, told: list[Event], round_: Round) -> None:
        for event in told:
            match event["event"]:
                case "opened":
                    if not self._open(AuditId(event["audit"])):
                        round_.wrong.append(f"an audit that was shown is not there: {event['audit']}")
                case "sealed":
                    sealed = self._seal(AuditId(event["audit"]), event["head"], event["rows"])
                    round_.lost += bool(sealed)
                    round_.wrong += sealed
                case "changed":
                    lost = self._change(AuditId(event["audit"]), event["changes"])
                    round_.lost += bool(lost)
                    round_.wrong += lost
                case "shown":
                    round_.wrong += self._verdict(AuditId(event["audit"]), event["clause"], event["word"])
                case "rested":
                    round_.wrong += self._text(event)
        round_.wrong += self._more()

    def _open(self, audit_id: AuditId) -> bool:
        if audit_id in self._histories:
            return True
        if not self._library.holds(audit_id):
            return False
        history = self._library.history(audit_id)
        self._histories[audit_id] = history
        # A new audit comes with one change set of its own.
        first = [entry for entry in history if entry.change_set == history[0].change_set]
        self._places[audit_id] = self._known.get(audit_id, len(first))
        self._rows[audit_id] = {}
        list(replayed(self._rows[audit_id], history[: self._places[audit_id]]))
        return True

    def _seal(self, audit_id: AuditId, head: str, rows: int) -> list[str]:
        """Return what is wrong with the row of being finalised or reopened, told now or known from before."""
        if not self._open(audit_id):
            return [f"an audit that was sealed is not there: {audit_id}"]
        history = self._histories[audit_id]
        self._places[audit_id] = max(self._places[audit_id], rows)
        return [] if len(history) >= rows and history[rows - 1].link == head else [f"lost: the sealing {head}"]

    def _change(self, audit_id: AuditId, changes: list[list[Any]]) -> list[str]:
        if not self._open(audit_id):
            return [f"an edit of an audit that is not there: {audit_id}"]
        place = self._places[audit_id]
        entries = self._histories[audit_id][place : place + len(changes)]
        stored = [[e.entity, e.row_id, e.field, e.before, e.after] for e in entries]
        self._places[audit_id] += len(changes)
        list(replayed(self._rows[audit_id], entries))
        return [] if stored == changes else [f"lost: {changes}; the history has {stored}"]

    def _verdict(self, audit_id: AuditId, clause: str, word: str) -> list[str]:
        row = self._rows[audit_id].get((Kind.ASSESSMENT, RowId(clause)))
        verdict = Verdict(row["verdict"]) if row else Verdict.UNJUDGED
        wanted = "" if verdict is Verdict.UNJUDGED else self._words.word(verdict)
        return [] if word in (wanted, self._words.word(verdict)) else [f"shown {clause} {word!r}, stored {verdict}"]

    def _text(self, event: Event) -> list[str]:
        kind = Kind(event["kind"])
        row = self._rows[AuditId(event["audit"])].get((kind, RowId(event["row"])), {})
        stored = row.get(field_at(kind, event["field"]).column, "")
        # A line of one's own keeps no spaces at its ends.
        return [] if stored.strip() == event["text"].strip() else [f"rested {event}, stored {stored!r}"]

    def _more(self) -> list[str]:
        """Return what is there beyond what was told: at most one edit was on its way."""
        more = set()
        for summary in self._library.summaries():
            history = self._library.history(summary.id)
            place = self._places.get(summary.id, self._known.get(summary.id, 0))
            more |= {entry.change_set for entry in history[place:]}
        return [f"{len(more)} edits nobody was told of"] if len(more) > 1 else []


def _work_on(folder: Path, round_: Round) -> None:
    """Make the next edit, as the next program would."""
    with closing(Library(folder, "next")) as library:
        newest = library.newest()
        if newest is None:
            return
        audit, sealing = library.load(newest)[1], library.sealing(newest)
        if sealing is not None and sealing.is_final:
            library.reopen(newest, "!")
        library.apply(fields_changed(audit, Kind.COMPANY, Kind.COMPANY.value, industry=f"{audit.company.industry}!"))
        if library.load(newest)[1].company.industry != f"{audit.company.industry}!":
            round_.wrong.append("the next edit does not work")
    round_.wrong += damage(folder)


def _be_the_program(library: Path, given: Path, seed: int, pipe: int) -> None:
    """Become the program; never returns."""
    try:
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
        driver.work(library, given, seed, pipe)
    except BaseException as error:
        os.write(pipe, json.dumps({"event": "ended", "error": repr(error)}).encode() + b"\n")
    finally:
        os._exit(1)


def _read_edits(pipe: int, told: bytes, edits: int) -> bytes:
    """Return all that was told once so many edits were."""
    return _read_until(pipe, lambda lines: lines.count(b'"changed"') >= edits, told)


def _read_until(pipe: int, is_enough: Callable[[bytes], bool], told: bytes = b"") -> bytes:
    lines, end = told, time.monotonic() + PATIENCE
    while not is_enough(lines) and time.monotonic() < end:
        if not select.select([pipe], [], [], 1.0)[0]:
            continue
        piece = os.read(pipe, 1 << 16)
        if not piece:
            break
        lines += piece
    return lines


def _read_for(pipe: int, seconds: float) -> bytes:
    """Return what is told within a time, or until the process is gone."""
    lines, end = b"", time.monotonic() + seconds
    while (rest := end - time.monotonic()) > 0:
        if select.select([pipe], [], [], rest)[0]:
            piece = os.read(pipe, 1 << 16)
            if not piece:
                break
            lines += piece
    return lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
