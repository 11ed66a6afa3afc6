"""A new library from what still reads in a damaged one; the damaged file is only read (docs/OPENING.md)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, get_args

from auditor_app.models.audit import ENTITY_TYPES, NATURAL_KEY, SINGLE, Audit, Kind, StandardRef, only_row
from auditor_app.models.entities import Sample, Site
from auditor_app.models.enums import SampleResult, Verdict
from auditor_app.models.errors import AuditorError
from auditor_app.models.fields import fields_of
from auditor_app.models.history import SEALING, Seal, Sealing
from auditor_app.models.ids import AuditId, RowId, new_id
from auditor_app.models.progress import Progress, unwatched
from auditor_app.models.rules import audit_refusals, refusals
from auditor_app.models.salvaged import NO_ROW, NoteCode, Salvaged, SalvageNote
from auditor_app.models.samples import counts
from auditor_app.models.standard import Standard, parse_standard
from auditor_app.storage.chain import Chain
from auditor_app.storage.columns import column_names, row_columns, row_from_columns
from auditor_app.storage.connection import connect, environment_problems, transaction
from auditor_app.storage.finds import PHRASE, SETTING, STANDARD, Finds, completed, is_row_of, look_through
from auditor_app.storage.pages import Pages, Value
from auditor_app.storage.past import Past
from auditor_app.storage.sealing import sealing_row

MOST_NOTES = 20_000
MOST_STAND_INS = 1_000
"""Why an audit that was finalised is open: it need not be what was sealed."""
LEAST_ROWS = 2
Shipped = Callable[[str], Standard | None]
"""Gives the pack that ships with the program by its content hash, for an empty one that of new audits."""


def salvage(
    source: Path, target: Path, who: str, shipped: Shipped, words: SalvageWords, progress: Progress = unwatched
) -> Salvaged:
    """Read what can be read of a database and store it in the new one at `target`, whose folder is there and empty.

    What does not fit the rules is left out and noted. The steps of the `progress` are pages, then audits, out of
    twice a hundred. Raises `EnvironmentProblem`, and what the `progress` raises; the source is never written.
    """
    work = target.with_name(f".{new_id()}.tmp")
    try:
        with environment_problems(target), closing(Finds(work)) as finds:
            with environment_problems(source), Pages(source) as pages:
                look_through(pages, finds, lambda done, total: progress(100 * done // max(total, 1), 200))
            with closing(connect(target)) as connection:
                return _Salvage(connection, finds, who, shipped, words).store(progress)
    finally:
        work.unlink(missing_ok=True)


@dataclass(frozen=True)
class SalvageWords:
    """What is written into the library: in place of what is lost, and why a finalised audit is open again."""

    lost: str
    reopened: str


@dataclass
class _Read:
    """An audit as far as it is put together."""

    id: AuditId
    standard: Standard
    created_at: str
    rows: dict[Kind, dict[RowId, Any]] = field(default_factory=lambda: {kind: {} for kind in Kind})
    untold: set[RowId] = field(default_factory=set)
    """Rows that the history knows nothing of, though it is whole."""
    without_past: set[tuple[Kind, RowId]] = field(default_factory=set)
    """Rows that read, and of which the history, whole or not, knows nothing."""
    from_past: set[tuple[Kind, RowId]] = field(default_factory=set)
    """Rows that did not read, as the history tells of them."""
    notes: list[tuple[NoteCode, tuple[Kind | None, RowId, str]]] = field(default_factory=list)

    def audit(self) -> Audit:
        rows = {kind: dict(sorted(found.items())) for kind, found in self.rows.items()}
        return Audit(self.id, StandardRef(self.standard.id, self.standard.version), rows)

    def add_stand_in(self, kind: Kind, row: Any) -> None:
        row_id = RowId(new_id())
        self.rows[kind][row_id] = row
        self.note(NoteCode.STAND_IN, kind, row_id)

    def note(self, code: NoteCode, kind: Kind | None = None, row_id: RowId = NO_ROW, reason: str = "") -> None:
        self.notes.append((code, (kind, row_id, reason)))


class _Salvage:
    def __init__(
        self, connection: sqlite3.Connection, finds: Finds, who: str, shipped: Shipped, words: SalvageWords
    ) -> None:
        self._connection = connection
        self._finds = finds
        self._who = who
        self._packs = _packs(finds)
        self._shipped = shipped
        self._words = words
        self._notes: list[SalvageNote] = []
        self._audits = self._rows = self._history = self._lost = 0

    def store(self, progress: Progress) -> Salvaged:
        audits = self._finds.audits()
        for number, audit_id in enumerate(audits):
            progress(100 + 100 * number // len(audits), 200)
            read = self._read(AuditId(audit_id))
            if read is not None:
                self._store(read)
        with transaction(self._connection):
            self._store_settings()
        progress(200, 200)
        finds = self._finds
        return Salvaged(
            *(self._audits, self._rows, self._history, self._lost),
            *(finds.pages, finds.damaged_pages, finds.damaged_rows, finds.missing_history()),
            notes=tuple(self._notes[:MOST_NOTES]),
        )

    def _read(self, audit_id: AuditId) -> _Read | None:
        """Put an audit together from its rows and its history, None when nothing of it can be kept."""
        past = Past(self._finds.past(audit_id))
        found = list(self._finds.rows(audit_id))
        if not found and not any(row is not None for row in past.rows.values()):
            return None
        head = self._finds.head(audit_id)
        if head is None and len(stray := {(row[0], row[1]) for row in found} | past.rows.keys()) <= LEAST_ROWS:
            # The damaged id in a row or a line of history makes no audit.
            self._notes += [SalvageNote(NoteCode.LEFT_OUT, audit_id, "", *row, "no_audit") for row in sorted(stray)]
            return None
        standard, is_known = self._pack(str(head[0]) if head else "")
        if standard is None:
            self._lost += 1
            self._notes.append(SalvageNote(NoteCode.WITHOUT_PACK, audit_id, ""))
            return None
        created_at = str(head[1]) if head else past.begins or datetime.now(UTC).isoformat(timespec="milliseconds")
        read = _Read(audit_id, standard, created_at)
        if not is_known:
            read.note(NoteCode.PACK_GUESSED)
        is_proven = past.ends_at(self._finds.end(audit_id))
        if past.is_torn:
            read.note(NoteCode.HISTORY_TORN)
        if past.was_finalised:
            read.note(NoteCode.REOPENED)
        for kind, row_id, is_sure, columns in found:
            self._take(read, past, kind, row_id, columns, is_sure=is_sure)
        self._take_from_past(read, past)
        if is_proven:
            _drop_untold(read)
        _fit_together(read, self._words.lost)
        for kind in SINGLE - {kind for kind in SINGLE if read.rows[kind]}:
            read.rows[kind][only_row(kind)] = ENTITY_TYPES[kind]()
            read.note(NoteCode.DEFAULT, kind)
        return read

    def _take(self, read: _Read, past: Past, kind: Kind, row_id: RowId, columns: list[Value], *, is_sure: bool) -> None:
        """Take a row that was found, unless it cannot be or was removed before."""
        told = past.rows.get((kind, row_id), Past.UNTOLD)
        if told is None and not is_sure:
            return
        row, reason = _row(read.standard, kind, columns)
        if row is None:
            read.note(NoteCode.LEFT_OUT, kind, row_id, reason)
            return
        read.rows[kind][row_id] = row
        if told is Past.UNTOLD:
            read.without_past.add((kind, row_id))
            if past.rows and not past.is_torn and not self._finds.missing_history():
                read.untold.add(row_id)
        if not is_sure and told is Past.UNTOLD:
            read.note(NoteCode.UNSURE, kind, row_id)
        if isinstance(told, dict) and past.is_whole(kind, row_id) and told != _told(kind, row):
            read.note(NoteCode.DIFFERS, kind, row_id)

    def _take_from_past(self, read: _Read, past: Past) -> None:
        """Take what the history tells of and did not read; a damaged id there or here makes no second row of one."""
        twins = {(kind, read.rows[kind][row_id]): row_id for kind, row_id in read.without_past}
        with_strangers = {kind for kind, _row_id in read.without_past} - NATURAL_KEY.keys()
        for (kind, row_id), told in past.rows.items():
            if row_id in read.rows[kind] or not isinstance(told, dict) or not past.is_whole(kind, row_id):
                continue
            columns = [told[name] for name in column_names(kind) if name in told]
            row, reason = _row(read.standard, kind, columns, key=(read.id, row_id))
            twin = twins.get((kind, row)) if row is not None else None
            is_repeated = (kind, row_id) in past.altered and kind in with_strangers
            if is_repeated or (twin is not None and not past.is_proven(kind, row_id)):
                row, reason = None, reason or "repeated"
            if row is None:
                read.note(NoteCode.LEFT_OUT, kind, row_id, reason)
                continue
            if twin in read.untold and read.rows[kind].pop(twin, None) is not None:
                # The links prove the history, so the id that is damaged is the one in the table.
                read.note(NoteCode.LEFT_OUT, kind, twin, "untold")
            read.rows[kind][row_id] = row
            read.from_past.add((kind, row_id))
            read.note(NoteCode.FROM_HISTORY, kind, row_id)

    def _store(self, read: _Read) -> None:
        """Write an audit with the history there is, and after it what salvaging made of the rows, as one change."""
        rows = [(kind, row_id, row) for kind, found in read.rows.items() for row_id, row in found.items()]
        with transaction(self._connection):
            self._connection.execute(
                "INSERT OR IGNORE INTO standard (hash, id, version, content) VALUES (?, ?, ?, ?)",
                (read.standard.content_hash, read.standard.id, read.standard.version, read.standard.content),
            )
            self._connection.execute(
                "INSERT INTO audit (id, standard_hash, created_at) VALUES (?, ?, ?)",
                (read.id, read.standard.content_hash, read.created_at),
            )
            for kind, row_id, row in rows:
                names = column_names(kind)
                self._connection.execute(
                    f"INSERT INTO {kind} (audit_id, row_id, {', '.join(names)}) VALUES (?, ?{', ?' * len(names)})",
                    (read.id, row_id, *row_columns(kind, row)),
                )
            self._store_past(read)
        number = read.rows[Kind.AUDIT][only_row(Kind.AUDIT)].number
        self._audits += 1
        self._rows += len(rows)
        self._notes += [SalvageNote(code, read.id, number, *about) for code, about in read.notes]

    def _store_past(self, read: _Read) -> None:
        past, chain = Past(()), Chain.begin(self._connection, read.id)
        for line in self._finds.past(read.id):
            past.tell(line)
            seq = chain.append(line.values)
            if line.values[4] == SEALING and chain.head == line.link and (lines := self._finds.signature(line.seq)):
                # The history up to here is what was signed.
                self._connection.execute("INSERT INTO signature (seq, lines) VALUES (?, ?)", (seq, lines))
        carried = chain.rows
        at, change_set = datetime.now(UTC).isoformat(timespec="milliseconds"), new_id()
        if past.was_finalised:
            chain.append(
                sealing_row(read.id, Sealing(Seal.REOPENED, at, self._who, self._words.reopened, "", "", "", 0))
            )
        for kind, row_id, before, after in _broken_off(past, read):
            chain.append((change_set, read.id, at, self._who, kind, row_id, "", before, after))
        chain.keep()
        # The links of what was there before are made anew: they say what was found, not what was written once.
        self._connection.execute("UPDATE chain SET carried = ? WHERE audit_id = ?", (carried, read.id))
        self._history += chain.rows

    def _store_settings(self) -> None:
        for key, value in self._finds.rows_of(SETTING):
            self._connection.execute("INSERT OR IGNORE INTO setting (key, value) VALUES (?, ?)", (key, value))
        for clause, text in self._finds.rows_of(PHRASE):
            self._connection.execute("INSERT OR IGNORE INTO phrase (clause, text) VALUES (?, ?)", (clause, text))

    def _pack(self, content_hash: str) -> tuple[Standard | None, bool]:
        """Return a pack by its hash, or where it is lost the one that it most likely is; and whether it is that one."""
        found = self._packs.get(content_hash) or (self._shipped(content_hash) if content_hash else None)
        if found is not None:
            return found, True
        return (next(iter(self._packs.values())) if len(self._packs) == 1 else self._shipped("")), False


def _packs(finds: Finds) -> dict[str, Standard]:
    """Return the packs whose content is what it was, by hash."""
    packs: dict[str, Standard] = {}
    for content_hash, _id, _version, content in finds.rows_of(STANDARD):
        try:
            standard = parse_standard(str(content))
        except AuditorError:
            continue
        if standard.content_hash == content_hash:
            packs[standard.content_hash] = standard
    return packs


def _row(standard: Standard, kind: Kind, columns: list[Value], key: tuple[str, ...] = ()) -> tuple[Any, str]:
    """Return the entity of stored columns, or None and why it cannot be; `key` is what it must stand under, if any."""
    try:
        if key and not is_row_of(kind, (*key, *columns)):
            return None, "unreadable"
        values = completed(kind, columns)
        if None in [value for value, is_needed in zip(values, _needed(kind), strict=True) if is_needed]:
            return None, "unreadable"
        row = row_from_columns(kind, values)
        refusal = next(refusals(standard, row), None)
    except (ValueError, TypeError, KeyError, ArithmeticError, AttributeError, RecursionError):
        return None, "unreadable"
    return (row, "") if refusal is None else (None, refusal.code)


@cache
def _needed(kind: Kind) -> tuple[bool, ...]:
    """Say of each column whether there must be a value in it."""
    return tuple(type(None) not in get_args(field.type) for field in fields_of(ENTITY_TYPES[kind]))


def _fit_together(read: _Read, lost: str) -> None:
    """Make the rows one audit again: what they name and is lost gets a stand-in, what cannot be is left out.

    A verdict or a finding must not go because a sample or a site did.
    """
    _drop_repeats(read)
    _stand_in_sites(read, lost)
    for clause in {sample.clause for sample in read.rows[Kind.SAMPLE].values()}:
        _stand_in_samples(read, clause, lost)
    while found := list(audit_refusals(read.audit())):
        for kind, row_id, refusal in found:
            if read.rows[kind].pop(row_id, None) is not None:
                read.note(NoteCode.LEFT_OUT, kind, row_id, refusal.code)


def _drop_untold(read: _Read) -> None:
    """Leave out rows that a history without a hole knows nothing of, where one came back that is told of and was lost.

    The ids of them are damaged: what they were is among the rows that came back.
    """
    kinds = {kind for kind, _row_id in read.from_past}
    for kind, row_id in read.without_past:
        if kind in kinds and read.rows[kind].pop(row_id, None) is not None:
            read.note(NoteCode.LEFT_OUT, kind, row_id, "untold")


def _drop_repeats(read: _Read) -> None:
    """Leave out what only the history tells of where a row that reads says the same under another id."""
    for kind, key in _SAME.items():
        rows = read.rows[kind]
        sure = {key(row) for row_id, row in rows.items() if (kind, row_id) not in read.from_past}
        for row_id in [row_id for row_id, row in rows.items() if (kind, row_id) in read.from_past and key(row) in sure]:
            del rows[row_id]
            read.note(NoteCode.LEFT_OUT, kind, row_id, "repeated")


_SAME: Mapping[Kind, Callable[[Any], object]] = {
    Kind.SITE: lambda row: row.id,
    Kind.EVIDENCE: lambda row: (row.subject_kind, row.subject, row.sha256),
}


def _stand_in_sites(read: _Read, lost: str) -> None:
    known = {site.id for site in read.rows[Kind.SITE].values()}
    for kind in (Kind.SAMPLE, Kind.FINDING, Kind.SPECIAL_DEDUCTION):
        for site in sorted({row.site for row in read.rows[kind].values()} - known - {""}):
            read.add_stand_in(Kind.SITE, Site(site, lost))
            known.add(site)


def _stand_in_samples(read: _Read, clause: str, lost: str) -> None:
    """List as many samples as the assessment counts; where it counts fewer than are listed, it counts those."""
    listed = {row_id: row for row_id, row in read.rows[Kind.SAMPLE].items() if row.clause == clause}
    assessment = read.rows[Kind.ASSESSMENT].get(RowId(clause))
    if assessment is None or assessment.verdict is not Verdict.SAMPLED:
        return
    checked, failed = counts(list(listed.values()))
    untold = [row_id for row_id in listed if row_id in read.untold]
    if untold and checked > assessment.checked:
        # More than are counted, and of these the history knows nothing: their ids are damaged.
        for row_id in untold:
            del read.rows[Kind.SAMPLE][row_id]
            read.note(NoteCode.LEFT_OUT, Kind.SAMPLE, row_id, "untold")
        _stand_in_samples(read, clause, lost)
        return
    deviates = assessment.failed - failed
    conforms = assessment.checked - checked - deviates
    if min(deviates, conforms) < 0:
        read.rows[Kind.ASSESSMENT][RowId(clause)] = replace(assessment, checked=checked, failed=failed)
        read.note(NoteCode.COUNTED, Kind.ASSESSMENT, RowId(clause))
        return
    if deviates + conforms > MOST_STAND_INS:
        return
    for result, count in ((SampleResult.DEVIATES, deviates), (SampleResult.CONFORMS, conforms)):
        for _ in range(count):
            read.add_stand_in(Kind.SAMPLE, Sample(clause, lost, result=result))


def _told(kind: Kind, row: Any) -> dict[str, Any]:
    return dict(zip(column_names(kind), row_columns(kind, row), strict=True))


def _broken_off(past: Past, read: _Read) -> Iterator[tuple[Kind, RowId, str | None, str | None]]:
    """Yield what the history does not lead to: kind, row, and the columns as JSON before and after."""
    stored = {(kind, row_id): _told(kind, row) for kind, found in read.rows.items() for row_id, row in found.items()}
    for kind, row_id in sorted(stored.keys() | past.rows.keys()):
        before, after = past.rows.get((kind, row_id)), stored.get((kind, row_id))
        if before != after:
            yield kind, row_id, _json(before), _json(after)


def _json(row: dict[str, Any] | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False)
