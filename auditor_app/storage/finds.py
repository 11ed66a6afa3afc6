"""What can be read in the pages of a damaged library, sorted by the table it belongs to."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from auditor_app.models.audit import AT_MOST_ONE, NATURAL_KEY, SINGLE, Kind, only_row
from auditor_app.models.ids import RowId
from auditor_app.models.progress import Progress, unwatched
from auditor_app.storage.chain import COLUMNS, link_of, start_of
from auditor_app.storage.columns import column_names, row_from_columns
from auditor_app.storage.pages import INTERIOR_INDEX, INTERIOR_TABLE, LEAF_INDEX, LEAF_TABLE, Cell, Pages, Value

AUDIT, STANDARD, SETTING, PHRASE, HISTORY, INDEX = "audit", "standard", "setting", "phrase", "history", "index"
SIGNATURE, CHAIN = "signature", "chain"
_LINK = 32
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CLAUSE = re.compile(r"(\d+(\.\d+)*)?")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_BATCH = 500
_SCHEMA = """
CREATE TABLE found (kind TEXT, one TEXT, two TEXT, sure INTEGER, body TEXT, PRIMARY KEY (kind, one, two));
CREATE TABLE past (seq INTEGER PRIMARY KEY, audit_id TEXT, body TEXT, link BLOB);
CREATE INDEX past_of_audit ON past (audit_id, seq);
"""


@dataclass(frozen=True)
class Line:
    """A line of history: its number, what stands in `chain.COLUMNS`, and its link, empty where it has none."""

    seq: int
    values: list[Any]
    link: bytes
    is_proven: bool = False
    """Whether the links say that it is what was written."""
    is_altered: bool = False
    """Whether the links say that it is not, or not where it was."""


class Finds:
    """What was found, in a file of its own, so that a large library needs no large memory."""

    def __init__(self, path: Path) -> None:
        """Make the file; raises `sqlite3.Error`."""
        self._base = sqlite3.connect(path, isolation_level=None)
        # Of no worth once it is used up, so nothing of it need reach the disk in order.
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -20000"):
            self._base.execute(f"PRAGMA {pragma}")
        self._base.executescript(_SCHEMA)
        self.pages = self.damaged_pages = self.damaged_rows = 0

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def audits(self) -> list[str]:
        """Return the id of every audit of which anything was found."""
        tables = (AUDIT, *Kind)
        found = self._base.execute(
            f"SELECT one FROM found WHERE kind IN ({', '.join('?' * len(tables))}) UNION SELECT audit_id FROM past",
            tables,
        )
        return [row[0] for row in found]

    def head(self, audit_id: str) -> list[Value] | None:
        """Return hash of the pack and time of creation of an audit, None when they are lost."""
        found = self._base.execute("SELECT body FROM found WHERE kind = ? AND one = ?", (AUDIT, audit_id)).fetchone()
        return json.loads(found[0])[1:] if found else None

    def rows(self, audit_id: str) -> Iterator[tuple[Kind, RowId, bool, list[Value]]]:
        """Yield the rows of an audit: kind, id, whether a table leads to it, and the stored columns."""
        for kind in Kind:
            for two, sure, body in self._base.execute(
                "SELECT two, sure, body FROM found WHERE kind = ? AND one = ? ORDER BY two", (kind, audit_id)
            ):
                yield kind, RowId(two), bool(sure), json.loads(body)[2:]

    def rows_of(self, table: str) -> list[list[Value]]:
        """Return the rows of a table that is not of audits."""
        return [json.loads(row[0]) for row in self._base.execute("SELECT body FROM found WHERE kind = ?", (table,))]

    def past(self, audit_id: str) -> Iterator[Line]:
        """Yield the history of an audit in its order, each line compared with its link."""
        head = self.head(audit_id)
        before, last = start_of(audit_id, str(head[0]), str(head[1])) if head else b"", 0
        for seq, body, link in self._base.execute(
            "SELECT seq, body, link FROM past WHERE audit_id = ? ORDER BY seq", (audit_id,)
        ):
            values, is_linked = json.loads(body), bool(before and link)
            fits = is_linked and link_of(before, values) == link
            yield Line(seq, values, link, fits, is_linked and not fits and self._is_all_between(last, seq))
            before, last = link, seq

    def end(self, audit_id: str) -> tuple[int, bytes] | None:
        """Return how many lines of history an audit has and the link of the last one, None when that is lost."""
        found = self._base.execute("SELECT body FROM found WHERE kind = ? AND one = ?", (CHAIN, audit_id)).fetchone()
        if found is None:
            return None
        _audit, rows, head, *_ = json.loads(found[0])
        return rows, bytes.fromhex(head)

    def signature(self, seq: int) -> str:
        """Return the lines that sign a line of history, empty when there are none."""
        found = self._base.execute("SELECT body FROM found WHERE kind = ? AND one = ?", (SIGNATURE, str(seq)))
        return next((str(json.loads(body)[1]) for (body,) in found), "")

    def _is_all_between(self, first: int, last: int) -> bool:
        """Say whether every line of history between two was found, whatever audit it is of."""
        found = self._base.execute("SELECT count(*) FROM past WHERE seq > ? AND seq < ?", (first, last)).fetchone()
        return bool(found[0] == last - first - 1)

    def missing_history(self) -> int:
        """Return how many lines of history are missing between those that were found."""
        found = self._base.execute("SELECT max(seq) - min(seq) + 1 - count(*) FROM past").fetchone()
        return int(found[0] or 0)

    def add(self, rows: Iterable[tuple[str, Cell, bool]]) -> None:
        """Take in rows: table, cell, and whether a table leads to them; such a row wins over others."""
        self._base.execute("BEGIN")
        for table, cell, sure in rows:
            if table == HISTORY:
                self._base.execute(
                    "INSERT OR IGNORE INTO past VALUES (?, ?, ?, ?)",
                    (cell.key, cell.values[2], json.dumps(cell.values[1:10], ensure_ascii=False), _link(cell)),
                )
                continue
            one = str(cell.key) if table == SIGNATURE else cell.values[0]
            two = "" if table in (AUDIT, STANDARD, SETTING, SIGNATURE, CHAIN) else cell.values[1]
            self._base.execute(
                "INSERT INTO found VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
                " SET sure = excluded.sure, body = excluded.body WHERE excluded.sure > found.sure",
                (table, one, two, int(sure), json.dumps(cell.values, ensure_ascii=False, default=bytes.hex)),
            )
        self._base.execute("COMMIT")


def look_through(pages: Pages, finds: Finds, progress: Progress = unwatched) -> None:
    """Read every page that is in use, wherever it hangs; raises `OSError` and what the `progress` raises."""
    owners = _owners(pages, _roots(pages))
    free = pages.free() - owners.keys()
    finds.pages = pages.count
    for first in range(1, pages.count + 1, _BATCH):
        progress(first - 1, pages.count)
        numbers = range(first, min(first + _BATCH, pages.count + 1))
        finds.add(row for number in numbers if number not in free for row in _rows_in(pages, finds, number, owners))
    progress(pages.count, pages.count)


def _rows_in(pages: Pages, finds: Finds, number: int, owners: Mapping[int, str]) -> Iterator[tuple[str, Cell, bool]]:
    owner, cells = owners.get(number, ""), list(pages.cells(number))
    damaged = cells.count(None)
    if not cells and owner:
        damaged = int(pages.kind(number) not in (LEAF_INDEX, LEAF_TABLE, INTERIOR_INDEX, INTERIOR_TABLE))
    if not owner and pages.is_blank(number):
        finds.damaged_pages += 1
    if owner and owner != INDEX:
        finds.damaged_rows += cells.count(None)
        finds.damaged_pages += bool(damaged)
    for cell in filter(None, cells):
        table = _table_of(cell.values, owner, is_numbered=pages.kind(number) == LEAF_TABLE)
        if table:
            yield table, cell, table == owner


def _roots(pages: Pages) -> dict[int, str]:
    """Return where tables begin, by what the list of tables says; it may lie in any page when the first is damaged."""
    roots: dict[int, str] = {}
    for number in range(1, pages.count + 1):
        if pages.kind(number) != LEAF_TABLE:
            continue
        for cell in filter(None, pages.cells(number)):
            match cell.values:
                case ("table" | "index" as sort, str(name), str(), int(root), _) if 1 < root <= pages.count:
                    roots[root] = name if sort == "table" else INDEX
    return roots


def _owners(pages: Pages, roots: Mapping[int, str]) -> dict[int, str]:
    """Return what each page belongs to that can be reached from where a table begins."""
    owners = dict(roots)
    ahead = deque(roots)
    while ahead:
        number = ahead.popleft()
        for child in pages.children(number):
            if 1 < child <= pages.count and child not in owners:
                owners[child] = owners[number]
                ahead.append(child)
    return owners


def _table_of(values: tuple[Value, ...], owner: str, *, is_numbered: bool) -> str:
    """Return the table a row belongs to by what it says, `owner` where that is possible; empty for none."""
    if not is_numbered and _is_chain(values):
        return CHAIN
    if any(isinstance(value, bytes | float) for value in values[:10]):
        return ""
    if is_numbered:
        return HISTORY if _is_history(values) else SIGNATURE if _is_signature(values) else ""
    names = [owner, *(name for name in _SHAPES if name != owner and name not in _ONLY_OWNED)]
    return next((name for name in names if name in _SHAPES and _fits(name, values)), "")


def _fits(table: str, values: tuple[Value, ...]) -> bool:
    try:
        return _SHAPES[table](values)
    except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError):
        return False


def _is_history(values: tuple[Value, ...]) -> bool:
    if len(values) < 10 or values[0] is not None or not all(isinstance(value, str) for value in values[1:8]):
        return False
    return _is_time(values[3]) and all(value is None or isinstance(value, str) for value in values[8:10])


def _is_signature(values: tuple[Value, ...]) -> bool:
    return len(values) == 2 and values[0] is None and isinstance(values[1], str)


def _is_chain(values: tuple[Value, ...]) -> bool:
    if len(values) != 5 or not isinstance(values[0], str):
        return False
    return isinstance(values[1], int) and isinstance(values[2], bytes) and len(values[2]) == _LINK


def _link(cell: Cell) -> bytes:
    """Return the link of a line of history, empty for a line of a library from before there were any."""
    link = cell.values[1 + len(COLUMNS)] if len(cell.values) > 1 + len(COLUMNS) else None
    return link if isinstance(link, bytes) and len(link) == _LINK else b""


def _is_time(value: Value) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).year > 2000
    except ValueError:
        return False


def _texts(values: tuple[Value, ...], count: int) -> bool:
    return len(values) == count and all(isinstance(value, str) for value in values)


def _is_audit(values: tuple[Value, ...]) -> bool:
    return _texts(values, 3) and bool(_SHA256.fullmatch(str(values[1]))) and _is_time(values[2])


def _is_standard(values: tuple[Value, ...]) -> bool:
    return _texts(values, 4) and bool(_SHA256.fullmatch(str(values[0]))) and str(values[3]).startswith("{")


def _is_phrase(values: tuple[Value, ...]) -> bool:
    return _texts(values, 2) and bool(_CLAUSE.fullmatch(str(values[0])))


def _is_setting(values: tuple[Value, ...]) -> bool:
    # The index of audits by age has two columns too: a time and an id.
    return _texts(values, 2) and bool(values[0]) and not _is_time(values[0]) and not _UUID.fullmatch(str(values[0]))


def is_row_of(kind: Kind, values: tuple[Value, ...]) -> bool:
    """Say whether a row of a table, its ids first, can be one of this kind; raises `ValueError` and the like if not."""
    if not _texts(values[:2], 2) or not all(values[:2]):
        return False
    if kind in SINGLE | AT_MOST_ONE and values[1] != only_row(kind):
        return False
    columns = completed(kind, values[2:])
    if kind in NATURAL_KEY and values[1] != columns[column_names(kind).index(NATURAL_KEY[kind])]:
        return False
    row_from_columns(kind, columns)
    return True


def completed(kind: Kind, values: Iterable[Value]) -> tuple[Value, ...]:
    """Return the columns of a row with those that later schema steps added; raises `ValueError` for any others."""
    known, names = tuple(values), column_names(kind)
    added = tuple(ADDED.get(kind, {}).values())
    if not len(names) - len(added) <= len(known) <= len(names):
        raise ValueError
    return known + added[len(added) - len(names) + len(known) :]


ADDED: Mapping[Kind, Mapping[str, Value]] = {Kind.TEAM: {"clauses": "[]"}}
"""What stands in columns that were added at the end of a table after rows were written to it."""
_ONLY_OWNED = frozenset({SETTING})
"""What a row says too little for to know it without a table that leads to it."""
_SHAPES: Mapping[str, Callable[[tuple[Value, ...]], bool]] = {
    AUDIT: _is_audit,
    STANDARD: _is_standard,
    PHRASE: _is_phrase,
    SETTING: _is_setting,
} | {kind.value: partial(is_row_of, kind) for kind in Kind}
