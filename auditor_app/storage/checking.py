"""Whether a library is as the program wrote it: the file, the chains, the rows they lead to, and the evidence."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from auditor_app.models.audit import Kind
from auditor_app.models.history import SEALING, Seal
from auditor_app.models.ids import AuditId
from auditor_app.models.progress import Cancelled, Progress, unwatched
from auditor_app.models.wholeness import Fault, Wholeness
from auditor_app.storage.chain import COLUMNS, GUARDS, link_of, start_of
from auditor_app.storage.columns import column_names
from auditor_app.storage.connection import environment_problems, reading, reading_only
from auditor_app.storage.evidence_store import EvidenceStore
from auditor_app.storage.replaying import Replay

Fits = Callable[[Sequence[str], str, str], bool]
"""Says whether lines are a signature of a head, hexadecimal, by a public key."""

MOST_FAULTS = 1_000
"""More of them are not told one by one."""
_FACTS_EVERY = 2_000
_INSTRUCTIONS = 1_000_000


def check_library(path: Path, fits: Fits, audit_id: AuditId | None = None, progress: Progress = unwatched) -> Wholeness:
    """Check a library that is stored at this path, all of it or one audit with its evidence.

    It is only read; may run aside, on any thread. Progress counts rows of history and files of evidence. Raises
    `EnvironmentProblem` for what cannot be read at all, and `Cancelled` when `progress` does.
    """
    with (
        environment_problems(path),
        closing(reading_only(path)) as connection,
    ):
        connection.isolation_level = None
        connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
        with reading(connection):
            return _Check(connection, EvidenceStore(path.parent), fits, audit_id, progress).run()


class _Check:
    """One walk through a library that sees one state of it."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        store: EvidenceStore,
        fits: Fits,
        audit_id: AuditId | None,
        progress: Progress,
    ) -> None:
        self._connection = connection
        self._store = store
        self._fits = fits
        self._only = audit_id
        self._progress = progress
        self._faults: list[Fault] = []
        self._notes: list[Fault] = []
        self._done = self._total = 0
        self._rows = self._signatures = 0
        self._brought: set[tuple[str, str]] = set()
        self._unsigned: dict[str, Any] = {}
        """The last sealing of the audit at hand, when it lost its signature as the history was linked anew."""

    def run(self) -> Wholeness:
        audits = self._audits()
        files = self._evidence()
        self._total = self._count("SELECT count(*) FROM history WHERE ?1 IS NULL OR audit_id = ?1") + len(files)
        self._progress(0, self._total)
        self._check_file()
        try:
            self._check_database(audits)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
                raise
            self._fault("file_damaged", told=str(error))
        for sha256, users in files.items():
            self._check_content(sha256, users)
            self._step()
        self._progress(self._total, self._total)
        return Wholeness(
            len(audits), self._rows, len(files), self._signatures, tuple(self._faults[:MOST_FAULTS]), tuple(self._notes)
        )

    def _check_database(self, audits: Sequence[tuple[str, str | None, str, str]]) -> None:
        self._check_numbers()
        self._check_strays()
        for row in audits:
            self._check_audit(*row)

    # What belongs to the whole library.

    def _check_file(self) -> None:
        """Have SQLite look at every page and every reference; that has no steps, but it can be ended."""
        ended: list[Cancelled] = []

        def ask() -> int:
            try:
                self._progress(self._done, self._total)
            except Cancelled as cancelled:
                ended.append(cancelled)
            return len(ended)

        self._connection.set_progress_handler(ask, _INSTRUCTIONS)
        try:
            for (told,) in self._query("PRAGMA integrity_check").fetchall():
                if told != "ok":
                    self._fault("file_damaged", told=told)
            for table, _row, parent, _key in self._query("PRAGMA foreign_key_check").fetchmany(MOST_FAULTS):
                self._fault("row_of_nothing", table=table, parent=parent)
        except sqlite3.OperationalError:
            if ended:
                raise ended[0] from None
            raise
        finally:
            self._connection.set_progress_handler(None, 0)

    def _check_numbers(self) -> None:
        """Check that no row of history is missing: their numbers have no gap, and the last one is kept apart."""
        gaps = self._query(
            "SELECT before + 1, seq - 1 FROM (SELECT seq, lag(seq, 1, 0) OVER (ORDER BY seq) AS before FROM history)"
            " WHERE seq <> before + 1"
        )
        for first, last in gaps.fetchmany(MOST_FAULTS):
            self._fault("history_missing", first=first, last=last)
        last = self._count("SELECT coalesce(max(seq), 0) FROM history")
        written = self._count("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'history'), 0)")
        if written != last:
            self._fault("history_missing", first=min(last, written) + 1, last=max(last, written))

    def _check_strays(self) -> None:
        """Check that chains, history and packs belong to audits that are there, and packs are what they are called."""
        for table in ("chain", "history"):
            for (audit_id,) in self._query(
                f"SELECT DISTINCT audit_id FROM {table} WHERE audit_id NOT IN (SELECT id FROM audit)"
            ):
                self._fault("audit_missing", audit_id)
        for (audit_id,) in self._query(
            "SELECT id FROM audit JOIN audit_info ON audit_info.audit_id = id JOIN company ON company.audit_id = id"
            " WHERE NOT EXISTS (SELECT 1 FROM listing WHERE listing.audit_id = id AND listing.created_at ="
            " audit.created_at AND listing.number = audit_info.number AND listing.kind = audit_info.kind"
            " AND listing.company = company.name) UNION SELECT audit_id FROM listing WHERE audit_id NOT IN"
            " (SELECT id FROM audit)"
        ):
            if self._only in (None, audit_id):
                self._fault("listing_wrong", audit_id)
        there = {name for (name,) in self._query("SELECT name FROM sqlite_schema WHERE type = 'trigger'")}
        for name in GUARDS:
            if name not in there:
                self._fault("guard_missing", name=name)
        for content_hash, content in self._query("SELECT hash, content FROM standard"):
            if hashlib.sha256(content.encode()).hexdigest() != content_hash:
                self._fault("pack_changed", hash=content_hash[:12])
        for (seq,) in self._query(
            "SELECT seq FROM signature LEFT JOIN history USING (seq) WHERE entity IS NOT 'sealing'"
        ):
            self._fault("signature_of_nothing", row=seq)

    # What belongs to one audit.

    def _check_audit(self, audit_id: str, number: str | None, standard_hash: str, created_at: str) -> None:
        name = number or audit_id
        replay = Replay()
        link, count, is_finalised, first_set = start_of(audit_id, standard_hash, created_at), 0, False, None
        end = self._query("SELECT rows, head, finalised, carried FROM chain WHERE audit_id = ?", audit_id).fetchone()
        carried, self._unsigned = end[3] if end else 0, {}
        for seq, stored, lines, *row in self._history(audit_id):
            change_set, at, entity = row[0], row[2], row[4]
            link = _link(link, row)
            if link != stored:
                self._fault("link_broken", name, row=seq, at=at)
                # From here the rest is checked for itself, so that every place is told and not only the first.
                link = stored
            first_set = first_set or change_set
            if entity == SEALING:
                is_finalised = self._check_sealing(name, seq, row, link, lines, is_carried=count < carried)
            else:
                if is_finalised:
                    self._fault("changed_after_finalising", name, row=seq, at=at)
                for code, params in replay.take(row[4:]):
                    self._fault(code, name, at=at, row=seq, **params)
                if entity == Kind.EVIDENCE and change_set == first_set:
                    self._brought.add((audit_id, row[5] or ""))
            count += 1
            self._rows += 1
            self._step()
        self._check_end(end, name, count, link, is_finalised)
        for kind in Kind:
            for code, params in replay.compared(kind, self._stored(kind, audit_id)):
                self._fault(code, name, **params)

    def _check_end(
        self, end: tuple[int, bytes, int, int] | None, name: str, count: int, link: bytes, is_finalised: bool
    ) -> None:
        if end is None:
            self._fault("chain_missing", name)
            return
        if end[0] != count:
            self._fault("rows_missing", name, expected=end[0], found=count)
        elif end[1] != link:
            self._fault("end_changed", name)
        if bool(end[2]) != is_finalised:
            self._fault("seal_changed", name)
        if end[3]:
            self._notes.append(Fault("carried", name, {"rows": end[3]}))
        if self._unsigned:
            self._fault("signature_wrong", name, **self._unsigned)

    def _check_sealing(
        self, name: str, seq: int, row: Sequence[str | None], link: bytes, lines: str | None, *, is_carried: bool
    ) -> bool:
        """Check the signature of a sealing, and say whether the audit is finalised after it."""
        if self._unsigned:
            # No audit is finalised by it any more, so it need not prove anything.
            self._notes.append(Fault("signature_lost", name, self._unsigned))
            self._unsigned = {}
        try:
            told = json.loads(row[8] or "")
            state, signer = Seal(told["state"]), str(told["signer"])
        except (ValueError, KeyError, TypeError, RecursionError):
            self._fault("sealing_unreadable", name, row=seq, at=row[2])
            return False
        if signer and not lines and is_carried:
            self._unsigned = {"row": seq, "at": row[2]}
        elif signer or lines:
            self._signatures += 1
            if not self._fits((lines or "").splitlines(), link.hex(), signer):
                self._fault("signature_wrong", name, row=seq, at=row[2])
        return state is Seal.FINALISED

    def _check_content(self, sha256: str, users: list[tuple[str, str, str, str]]) -> None:
        """Check one file of evidence; one that came with an audit file may never have been on this computer."""
        _, name, _, file = users[0]
        if not self._store.holds(sha256):
            if all((user[0], user[2]) in self._brought for user in users):
                self._notes.append(Fault("content_elsewhere", name, {"name": file}))
            else:
                user = next(user for user in users if (user[0], user[2]) not in self._brought)
                self._fault("content_missing", user[1], name=user[3])
        elif not self._store.is_whole(sha256):
            self._fault("content_changed", name, name=file, path=self._store.path(sha256))

    # Reading.

    def _audits(self) -> list[tuple[str, str | None, str, str]]:
        return self._query(
            "SELECT audit.id, number, standard_hash, created_at FROM audit"
            " LEFT JOIN audit_info ON audit_info.audit_id = audit.id WHERE ?1 IS NULL OR audit.id = ?1 ORDER BY 4, 1",
            self._only,
        ).fetchall()

    def _history(self, audit_id: str) -> Iterator[tuple[Any, ...]]:
        return self._query(
            f"SELECT seq, link, lines, {', '.join(COLUMNS)} FROM history LEFT JOIN signature USING (seq)"
            " WHERE audit_id = ? ORDER BY seq",
            audit_id,
        )

    def _stored(self, kind: Kind, audit_id: str) -> dict[str, dict[str, Any]]:
        names = column_names(kind)
        found = self._query(f"SELECT row_id, {', '.join(names)} FROM {kind} WHERE audit_id = ?", audit_id)
        return {row[0]: dict(zip(names, row[1:], strict=True)) for row in found}

    def _evidence(self) -> dict[str, list[tuple[str, str, str, str]]]:
        """Return who uses each content: audit, its number, row and name of the file."""
        users: dict[str, list[tuple[str, str, str, str]]] = {}
        for sha256, audit_id, number, row_id, name in self._query(
            "SELECT sha256, evidence.audit_id, number, evidence.row_id, name FROM evidence"
            " LEFT JOIN audit_info USING (audit_id) WHERE ?1 IS NULL OR audit_id = ?1 ORDER BY sha256",
            self._only,
        ):
            users.setdefault(sha256, []).append((audit_id, number or audit_id, row_id, name))
        return users

    def _count(self, statement: str) -> int:
        return int(self._query(statement, *([self._only] if "?1" in statement else [])).fetchone()[0])

    def _query(self, statement: str, *values: Any) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)

    def _fault(self, code: str, audit: str = "", /, **params: object) -> None:
        self._faults.append(Fault(code, audit, params))

    def _step(self) -> None:
        self._done += 1
        if self._done % _FACTS_EVERY == 0:
            self._progress(self._done, self._total)


def _link(before: bytes, row: Sequence[Any]) -> bytes:
    """Return the link of a row, nothing for one that holds what no program of ours writes."""
    return link_of(before, row) if all(value is None or isinstance(value, str) for value in row) else b""
