"""What is known of a backup, which backups are kept, and how a backed up audit differs from the present one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from auditor_app.models.enums import AuditKind
from auditor_app.models.errors import AuditorError
from auditor_app.models.ids import AuditId

LATEST, HOURS, DAYS, WEEKS = 4, 24, 14, 8
"""How many of the last backups are kept, and of how many hours, days and weeks the last one each."""
THINNED = ((12, 10, 8), (6, 7, 6), (3, 5, 4), (1, 3, 2))
"""Hours, days and weeks instead, one after the other, where the backups of a large library would take too much room."""
ROOM = 4 * 1024**3
"""Bytes that automatic backups may take together; what `THINNED` ends with is kept whatever room that takes."""
KEPT_BEFORE_RESTORE = 10
LEAST_BEFORE_RESTORE = timedelta(days=90)
LEAST_DAMAGED = timedelta(weeks=WEEKS)


class BackupKind(StrEnum):
    """Why a backup was made; the word is part of its file name."""

    AUTOMATIC = "automatic"
    BEFORE_RESTORE = "before-restore"
    BEFORE_UPDATE = "before-update"
    """Made by the program before it brought the library to a new schema; lies beside the library."""


@dataclass(frozen=True)
class BackupFacts:
    """What the file beside a backup says: schema, audits, rows a table, and fingerprints of state and file.

    `state` is equal for two backups that hold the same; `sha256` is that of the file.
    """

    schema: int
    audits: int
    rows: Mapping[str, int]
    state: str
    sha256: str


@dataclass(frozen=True)
class Backup:
    """A backup as its folder shows it; `made_at` is local time with its zone, `size` in bytes.

    `facts` are None where nothing tells them. `is_damaged` is what can be seen without reading all of it.
    """

    path: Path
    made_at: datetime
    kind: BackupKind
    size: int
    facts: BackupFacts | None
    is_damaged: bool


class Place(StrEnum):
    """Where a backup lies: with the library, in its part of the second folder, or in another library's part."""

    HERE = "here"
    SECOND = "second"
    OTHER = "other"


@dataclass(frozen=True)
class Listed:
    """A backup in a list: as it lies in the first of its places, and in how many there is the same."""

    backup: Backup
    places: tuple[Place, ...]


def listed(found: Iterable[tuple[Backup, Place]]) -> list[Listed]:
    """Return backups newest first, those that are the same file in several places as one."""
    by_name: dict[tuple[str, int, bool, str], list[tuple[Backup, Place]]] = {}
    for backup, place in found:
        sha256 = backup.facts.sha256 if backup.facts is not None else str(backup.path)
        by_name.setdefault((backup.path.name, backup.size, backup.is_damaged, sha256), []).append((backup, place))
    rows = [Listed(same[0][0], tuple(place for _, place in same)) for same in by_name.values()]
    return sorted(rows, key=lambda each: (each.backup.made_at, each.backup.path.name), reverse=True)


@dataclass(frozen=True)
class BackedUpAudit:
    """An audit in a backup or in the library; `state` names its last change, `changed_at` tells when (ISO 8601)."""

    id: AuditId
    number: str
    kind: AuditKind
    company: str
    changed_at: str
    state: str


class Standing(StrEnum):
    """How an audit of a backup stands to the present library."""

    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"
    """It is in the backup and no longer in the library."""
    NEW = "new"
    """It is in the library and not yet in the backup."""
    UNKNOWN = "unknown"
    """The present library does not read."""


@dataclass(frozen=True)
class Compared:
    """An audit of a backup beside the present library."""

    audit: BackedUpAudit
    standing: Standing


def compared(backed_up: Iterable[BackedUpAudit], present: Iterable[BackedUpAudit] | None) -> tuple[Compared, ...]:
    """Return every audit of a backup and of the present library, None where that does not read; last changed first."""
    if present is None:
        return _last_changed_first([Compared(audit, Standing.UNKNOWN) for audit in backed_up])
    now = {audit.id: audit for audit in present}
    found = []
    for audit in backed_up:
        other = now.pop(audit.id, None)
        same = Standing.SAME if other is not None and other.state == audit.state else Standing.CHANGED
        found.append(Compared(audit, Standing.MISSING if other is None else same))
    found += [Compared(audit, Standing.NEW) for audit in now.values()]
    return _last_changed_first(found)


def _last_changed_first(found: list[Compared]) -> tuple[Compared, ...]:
    return tuple(sorted(found, key=lambda each: (each.audit.changed_at, each.audit.id), reverse=True))


@dataclass(frozen=True)
class Restored:
    """What came of restoring: the backup of what was there before, if there was any, and evidence (pieces)."""

    kept: Path | None
    evidence_taken: int
    evidence_missing: int


@dataclass(frozen=True)
class CaughtUp:
    """What the second folder got: whether a backup came, and evidence (pieces) copied and not to be found here."""

    is_new: bool
    evidence_copied: int
    evidence_missing: int


@dataclass(frozen=True)
class BackupStanding:
    """How safe the library is: when its newest backup was made, and what kept the next one or that of the second
    folder from being made. `second_is_there` is None while nobody has looked."""

    last: datetime | None = None
    problem: AuditorError | None = None
    second: SecondFolder | None = None
    second_is_there: bool | None = None
    second_problem: AuditorError | None = None


@dataclass(frozen=True)
class SecondFolder:
    """The second folder as named; `root` is our folder in it, `last` when it got its newest backup."""

    folder: Path
    root: Path
    last: datetime | None

    @property
    def is_there(self) -> bool:
        """Say whether it can be reached; a folder that lost what is ours, as under a stick taken out, is another."""
        return self.root.is_dir()


def kept_times(times: Collection[datetime], hours: int = HOURS, days: int = DAYS, weeks: int = WEEKS) -> set[datetime]:
    """Return which automatic backups stay: the last few, and the last one of each recent hour, day and week.

    Hours, days and weeks without a backup do not count, so that a month at home costs nothing of what is kept.
    """
    newest_first = sorted(times, reverse=True)
    keep = set(newest_first[:LATEST])
    periods: tuple[tuple[Callable[[datetime], object], int], ...] = (
        (lambda at: (at.date(), at.hour), hours),
        (lambda at: at.date(), days),
        (lambda at: at.isocalendar()[:2], weeks),
    )
    for period, most in periods:
        last_of: dict[object, datetime] = {}
        for at in newest_first:
            last_of.setdefault(period(at), at)
        keep |= set(list(last_of.values())[:most])
    return keep


def _kept_automatic(backups: Sequence[Backup], room: int) -> set[Path]:
    """Return which of the automatic backups stay, so few that they fit into the room where that is possible."""
    times = {backup.made_at for backup in backups}
    keep: list[Backup] = []
    for counts in ((HOURS, DAYS, WEEKS), *THINNED):
        stay = kept_times(times, *counts)
        keep = [backup for backup in backups if backup.made_at in stay]
        if sum(backup.size for backup in keep) <= room:
            break
    return {backup.path for backup in keep}


def kept_backups(backups: Collection[Backup], room: int = ROOM) -> set[Path]:
    """Return which backups of a folder stay.

    A damaged one takes the place of no whole one; it stays to be seen until whole ones are `LEAST_DAMAGED` younger.
    What was kept before a restore stays for `LEAST_BEFORE_RESTORE`, the last `KEPT_BEFORE_RESTORE` whatever their age.
    """
    whole = [backup for backup in backups if not backup.is_damaged]
    automatic = [backup for backup in whole if backup.kind is BackupKind.AUTOMATIC]
    keep = _kept_automatic(automatic, room)
    before = sorted((b for b in whole if b.kind is BackupKind.BEFORE_RESTORE), key=lambda b: b.made_at, reverse=True)
    newest = max((backup.made_at for backup in whole), default=None)
    if newest is not None:
        young = {b.path for b in before if newest - b.made_at < LEAST_BEFORE_RESTORE}
        keep |= young | {backup.path for backup in before[:KEPT_BEFORE_RESTORE]}
    keep |= {backup.path for backup in whole if backup.kind is BackupKind.BEFORE_UPDATE}
    damaged = (backup for backup in backups if backup.is_damaged)
    return keep | {backup.path for backup in damaged if newest is None or newest - backup.made_at < LEAST_DAMAGED}
