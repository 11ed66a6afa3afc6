"""Every audit on this laptop: create, load, change, list; one transaction an edit."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from auditor_app.models.audit import SINGLE, Audit, Kind, Rows, StandardRef, only_row, same_content
from auditor_app.models.changes import WHOLE_ROW, Change, ChangeSet
from auditor_app.models.enums import AuditKind
from auditor_app.models.errors import EnvironmentProblem, ValidationError
from auditor_app.models.history import LONGEST_REASON, HistoryEntry, Seal, Sealing
from auditor_app.models.ids import AuditId, RowId, new_id
from auditor_app.models.progress import Progress, unwatched
from auditor_app.models.scoring import ScoreResult, score_audit, shown
from auditor_app.models.standard import Standard, parse_standard
from auditor_app.models.summary import AuditSummary
from auditor_app.models.text import clean
from auditor_app.storage.chain import Chain, Row
from auditor_app.storage.columns import (
    column_names,
    field_at,
    history_json,
    row_columns,
    row_from_columns,
    to_column,
)
from auditor_app.storage.connection import (
    connect,
    connect_read_only,
    damage_told,
    environment_problems,
    reading,
    transaction,
)
from auditor_app.storage.sealing import Sign, last_sealing, write_sealing

FILE_NAME = "library.db"


class Library:
    """The database in one folder; one connection, for the thread that opened it."""

    def __init__(self, folder: Path, who: str, progress: Progress = unwatched, *, is_read_only: bool = False) -> None:
        """Open or make the library in a folder; `who` is written to the history of every change.

        For reading only it is a copy of what is there, and every edit raises `EnvironmentProblem`.
        """
        self.path = folder / FILE_NAME
        self.who = who
        self._standards: dict[str, Standard] = {}
        self._connection: sqlite3.Connection
        self._connection = connect_read_only(self.path) if is_read_only else connect(self.path, progress)

    @property
    def is_read_only(self) -> bool:
        """Say whether the library was opened for reading only."""
        return bool(getattr(self._connection, "is_read_only", True))

    @property
    def keeps_log(self) -> bool:
        """Say whether SQLite keeps a write-ahead log here; else it is slower, and as safe."""
        return bool(getattr(self._connection, "keeps_log", True))

    def close(self) -> None:
        """Close the database; SQLite folds its log into the one file."""
        with environment_problems(self.path):
            self._connection.close()

    def add(self, audit: Audit, standard: Standard, origin: str = "", progress: Progress = unwatched) -> bool:
        """Store a new or imported audit with its standard pack, and say whether it was new.

        Where it came from, if that is to be known, is told beside the name in the history.
        Raises `ValidationError` when the library has an audit with this id that says something else. Nothing is
        written where what ends the `progress` is raised.
        """
        if self.holds(audit.id):
            stored = self.load(audit.id)[1]
            if not same_content(stored, audit):
                raise ValidationError("id", "audit_exists", number=stored.info.number)
            return False
        with environment_problems(self.path), transaction(self._connection):
            self._execute(
                "INSERT INTO standard (hash, id, version, content) VALUES (?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING",
                *(standard.content_hash, standard.id, standard.version, standard.content),
            )
            self._execute(
                "INSERT INTO audit (id, standard_hash, created_at) VALUES (?, ?, ?)",
                *(audit.id, standard.content_hash, _now()),
            )
            changes = [
                Change(kind, row_id, WHOLE_ROW, None, row)
                for kind, rows in audit.rows.items()
                for row_id, row in rows.items()
            ]
            who = f"{self.who} ({origin})" if origin else self.who
            self._write(Chain.begin(self._connection, audit.id), audit.id, _told(changes, progress), who)
        return True

    def holds(self, audit_id: AuditId) -> bool:
        """Say whether the library has an audit with this id."""
        with environment_problems(self.path):
            return self._execute("SELECT 1 FROM audit WHERE id = ?", audit_id).fetchone() is not None

    def apply(self, change_set: ChangeSet) -> None:
        """Write a change set and its history in one transaction.

        Raises `EnvironmentProblem` when the disk refuses, when a row is no longer what the change set was made from,
        because another window changed it, or when another window finalised the audit; nothing is written then.
        """
        with environment_problems(self.path), transaction(self._connection):
            chain = Chain(self._connection, change_set.audit_id)
            if chain.is_finalised:
                raise EnvironmentProblem("audit_finalised")
            self._write(chain, change_set.audit_id, change_set.changes)

    def load(self, audit_id: AuditId) -> tuple[Standard, Audit]:
        """Return an audit with the standard pack it was scored with."""
        with environment_problems(self.path), reading(self._connection):
            return self._loaded(audit_id)

    def find(self, key: str) -> AuditId:
        """Return the id of the audit with this id or number; raises `ValidationError` for none or several."""
        with environment_problems(self.path):
            found = self._execute(
                "SELECT id FROM audit WHERE id = ?1 UNION SELECT audit_id FROM audit_info WHERE number = ?1", key
            ).fetchall()
        if len(found) != 1:
            raise ValidationError("audit", "number_not_unique" if found else "no_such_audit", value=key)
        return AuditId(found[0][0])

    def newest(self) -> AuditId | None:
        """Return the audit that was edited last."""
        with environment_problems(self.path):
            found = self._execute("SELECT audit_id FROM history ORDER BY seq DESC LIMIT 1").fetchone()
        return AuditId(found[0]) if found else None

    def summaries(self, limit: int = -1, *, words: str = "", after: AuditSummary | None = None) -> list[AuditSummary]:
        """Return the audits that came in last, newest first; all of them without a limit.

        With `words` only those whose number and company hold every one of them, capital letters or not. With
        `after` the page that follows one ending there.
        """
        conditions, values = [], []
        if after is not None:
            conditions.append("(created_at, audit_id) < (?, ?)")
            values += [after.came_in, after.id]
        for word in words.split():
            conditions.append("instr(words, lower(?))")
            values.append(word)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        with environment_problems(self.path):
            found = self._execute(
                "SELECT audit_id, number, kind, company, created_at, coalesce(finalised, 0)"
                f" FROM listing LEFT JOIN chain USING (audit_id){where}"
                " ORDER BY created_at DESC, audit_id DESC LIMIT ?",
                *(*values, limit),
            ).fetchall()
        with damage_told(self.path):
            return [
                AuditSummary(AuditId(row[0]), row[1], AuditKind(row[2]), row[3], row[4], row[5] == 1) for row in found
            ]

    def result(self, audit_id: AuditId) -> ScoreResult:
        """Return the score of an audit as it is stored."""
        return score_audit(*self.load(audit_id))

    def count(self) -> int:
        """Return how many audits the library holds."""
        with environment_problems(self.path):
            return int(self._execute("SELECT count(*) FROM audit").fetchone()[0])

    def history(self, audit_id: AuditId) -> list[HistoryEntry]:
        """Return every change and every sealing of an audit, oldest first."""
        with environment_problems(self.path):
            rows = self._execute(
                "SELECT at, who, change_set, entity, row_id, field, before, after, link FROM history"
                " WHERE audit_id = ? ORDER BY seq",
                audit_id,
            ).fetchall()
        return [HistoryEntry(r[0], r[1], r[2], r[3], RowId(r[4]), r[5], r[6], r[7], r[8].hex()) for r in rows]

    def sealing(self, audit_id: AuditId) -> Sealing | None:
        """Return how an audit was finalised or reopened last, None when it never was."""
        with environment_problems(self.path), damage_told(self.path), reading(self._connection):
            return last_sealing(self._connection, audit_id)

    def is_finalised(self, audit_id: AuditId) -> bool:
        """Say whether an audit is read-only until it is reopened; one row is read."""
        with environment_problems(self.path):
            found = self._execute("SELECT finalised FROM chain WHERE audit_id = ?", audit_id).fetchone()
        return found is not None and found[0] == 1

    def finalise(self, audit: Audit, sign: Sign | None = None, signer: str = "") -> Sealing:
        """Make an audit read-only, signed by the key `signer` if there is something to `sign` with.

        Raises `ValidationError` while an indicator is unjudged, and `EnvironmentProblem` when the disk refuses, or when
        the audit is not stored as it is given here, because another window changed it.
        """
        with environment_problems(self.path), transaction(self._connection):
            standard, stored = self._loaded(audit.id)
            if stored != audit:
                raise EnvironmentProblem("changed_elsewhere")
            result = score_audit(standard, stored)
            if result.exact is None or result.level is None:
                raise ValidationError("assessment", "finalised_unjudged", left=result.whole.total - result.whole.judged)
            score, level = shown(result.exact), result.level.value
            made = Sealing(Seal.FINALISED, _now(), self.who, "", score, level, "", 0, signer)
            return write_sealing(self._connection, audit.id, made, sign)

    def reopen(self, audit_id: AuditId, reason: str) -> Sealing:
        """Let a finalised audit be edited again; the reason stays in its history.

        Raises `ValidationError` without a reason, and `EnvironmentProblem` when it is not finalised any more.
        """
        cleaned = clean(reason)[:LONGEST_REASON].strip()
        if not cleaned:
            raise ValidationError("reason", "reopened_without_reason")
        with environment_problems(self.path), transaction(self._connection):
            made = Sealing(Seal.REOPENED, _now(), self.who, cleaned, "", "", "", 0)
            return write_sealing(self._connection, audit_id, made, None)

    def setting(self, key: str, default: str = "") -> str:
        """Return a stored setting."""
        with environment_problems(self.path):
            found = self._execute("SELECT value FROM setting WHERE key = ?", key).fetchone()
        return str(found[0]) if found else default

    def set_setting(self, key: str, value: str) -> None:
        """Store a setting."""
        with environment_problems(self.path), transaction(self._connection):
            self._execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", key, value)

    def phrases(self, clause: str) -> list[str]:
        """Return the phrases the auditor keeps for an indicator, then those kept for any."""
        with environment_problems(self.path):
            found = self._execute(
                "SELECT text FROM phrase WHERE clause IN (?, '') ORDER BY clause DESC, text", clause
            ).fetchall()
        return list(dict.fromkeys(row[0] for row in found))

    def keep_phrase(self, clause: str, text: str) -> None:
        """Keep a phrase for an indicator, or with an empty clause for any."""
        with environment_problems(self.path), transaction(self._connection):
            self._execute("INSERT OR IGNORE INTO phrase (clause, text) VALUES (?, ?)", clause, text)

    def drop_phrase(self, clause: str, text: str) -> None:
        """Keep a phrase no more, neither for this indicator nor for any."""
        with environment_problems(self.path), transaction(self._connection):
            self._execute("DELETE FROM phrase WHERE clause IN (?, '') AND text = ?", clause, text)

    def earlier_words(self, clause: str, limit: int = 200) -> list[str]:
        """Return what was written on an indicator in any audit, notes and reasons, of the audit made last first."""
        with environment_problems(self.path):
            found = self._execute(
                "SELECT note, reason FROM assessment INDEXED BY words_on_indicators"
                " WHERE row_id = ? AND (note <> '' OR reason <> '') ORDER BY audit_id DESC LIMIT ?",
                *(clause, limit),
            ).fetchall()
        return list(dict.fromkeys(text for row in found for text in row if text))

    def _loaded(self, audit_id: AuditId) -> tuple[Standard, Audit]:
        found = self._execute("SELECT standard_hash FROM audit WHERE id = ?", audit_id).fetchone()
        if not found:
            raise ValidationError("id", "no_such_audit", value=audit_id)
        with damage_told(self.path):
            standard = self._standard(found[0])
            rows = {kind: self._rows(kind, audit_id) for kind in Kind}
            _check_single(rows)
        return standard, Audit(audit_id, StandardRef(standard.id, standard.version), rows)

    def _execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)

    def _write(self, chain: Chain, audit_id: AuditId, changes: Iterable[Change], who: str | None = None) -> None:
        at, change_set_id = _now(), new_id()
        for (kind, row_id, whole_row), group in groupby(changes, key=_row_touched):
            of_row = tuple(group)
            if whole_row:
                for change in of_row:
                    self._write_row(audit_id, change)
            else:
                self._write_fields(audit_id, kind, row_id, of_row)
            for change in of_row:
                chain.append(self._remembered(audit_id, at, change_set_id, change, self.who if who is None else who))
        chain.keep()

    def _write_fields(self, audit_id: AuditId, kind: Kind, row_id: RowId, changes: Sequence[Change]) -> None:
        """Write the new fields of one row at once, provided they still are what they were changed from.

        One by one they could not be: a sampled verdict and its counts are possible only together.
        """
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        for change in changes:
            column = field_at(kind, change.field).column
            before.setdefault(column, to_column(change.before))
            after[column] = to_column(change.after)
        new = ", ".join(f"{column} = ?" for column in after)
        same = " AND ".join(f"{column} IS ?" for column in before)
        written = self._execute(
            f"UPDATE {kind} SET {new} WHERE audit_id = ? AND row_id = ? AND {same}",
            *(*after.values(), audit_id, row_id, *before.values()),
        )
        _check_written(written)

    def _write_row(self, audit_id: AuditId, change: Change) -> None:
        """Add or remove a row, provided it is not there yet or still is what was removed."""
        key, names = (audit_id, change.id), column_names(change.kind)
        if change.after is None:
            same = " AND ".join(f"{name} IS ?" for name in names)
            written = self._execute(
                f"DELETE FROM {change.kind} WHERE audit_id = ? AND row_id = ? AND {same}",
                *(*key, *row_columns(change.kind, change.before)),
            )
        else:
            # Not INSERT OR IGNORE: that would also pass over a row that no table may hold.
            written = self._execute(
                f"INSERT INTO {change.kind} (audit_id, row_id, {', '.join(names)})"
                f" VALUES (?, ?{', ?' * len(names)}) ON CONFLICT (audit_id, row_id) DO NOTHING",
                *(*key, *row_columns(change.kind, change.after)),
            )
        _check_written(written)

    def _remembered(self, audit_id: AuditId, at: str, change_set_id: str, change: Change, who: str) -> Row:
        return (
            *(change_set_id, audit_id, at, who, change.kind.value, change.id, change.field),
            *(history_json(change.kind, change.field, value) for value in (change.before, change.after)),
        )

    def _rows(self, kind: Kind, audit_id: AuditId) -> dict[RowId, Any]:
        found = self._execute(
            f"SELECT row_id, {', '.join(column_names(kind))} FROM {kind} WHERE audit_id = ? ORDER BY row_id", audit_id
        )
        return {RowId(row[0]): row_from_columns(kind, row[1:]) for row in found}

    def _standard(self, content_hash: str) -> Standard:
        if content_hash not in self._standards:
            found = self._execute("SELECT content FROM standard WHERE hash = ?", content_hash).fetchone()
            standard = parse_standard(found[0])
            if standard.content_hash != content_hash:
                raise ValueError("the pack is not what it was")
            self._standards[content_hash] = standard
        return self._standards[content_hash]


def _told(changes: Sequence[Change], progress: Progress) -> Iterator[Change]:
    """Give the changes one by one, and tell the progress how many went."""
    for place, change in enumerate(changes):
        progress(place, len(changes))
        yield change


def _row_touched(change: Change) -> tuple[Kind, RowId, bool]:
    return change.kind, change.id, change.field == WHOLE_ROW


def _check_single(rows: Rows) -> None:
    """Raise `KeyError` for an audit without the rows that every audit has."""
    for kind in SINGLE:
        rows[kind][only_row(kind)]


def _check_written(written: sqlite3.Cursor) -> None:
    if written.rowcount != 1:
        raise EnvironmentProblem("changed_elsewhere")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
