"""The files of backups: their names, what a folder holds, what each says of itself, and which of them go."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import struct
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from auditor_app.models.backups import Backup, BackupFacts, BackupKind, kept_backups
from auditor_app.models.ids import new_id
from auditor_app.storage.backup_problems import BackupProblem
from auditor_app.storage.connection import APPLICATION_ID
from auditor_app.storage.folder_lock import locked

FOLDER_NAME = "backups"
SUFFIX, SIDECAR = ".db", ".json"
LARGEST_SIDECAR = 64 * 1024

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"library-(\d{8}T\d{6}Z)-(automatic|before-restore)\.db")
_NAME_BEFORE_UPDATE = re.compile(r"library-schema\d+-(\d{8}-\d{6})-\d{6}\.db")
_SIDECAR_NAME = re.compile(r"library-\d{8}T\d{6}Z-(?:automatic|before-restore)\.json")
_FRAGMENT = re.compile(r"\.backup-[0-9a-f-]{36}\.part(?:-journal|-wal|-shm)?|\.[0-9a-f-]{36}\.tmp")
_ROOM = re.compile(r"\.restoring-[0-9a-f-]{36}")
# Offsets in the header of a database: https://sqlite.org/fileformat.html
_HEADER, _MAGIC = 100, b"SQLite format 3\0"
_PAGE_SIZE, _PAGES, _VERSION, _APPLICATION = 16, 28, 60, 68


def backups_of(folder: Path, *, is_sure: bool = False) -> list[Backup]:
    """Return the backups in the folder of a library (or in our folder on a stick), newest first.

    A folder that is not there has none. What cannot be read is no backup or a damaged one, or where it is to be
    `is_sure`, raises `OSError`.
    """
    unread = FileNotFoundError if is_sure else OSError
    found = [
        *_found_in(folder / FOLDER_NAME, _NAME, _STAMP, unread),
        *_found_in(folder, _NAME_BEFORE_UPDATE, "%Y%m%d-%H%M%S", unread),
    ]
    return sorted(found, key=lambda backup: (backup.made_at, backup.path.name), reverse=True)


def backup_at(path: Path) -> Backup:
    """Return what is known of the backup in a file, whatever its name; raises `BackupProblem` when it is not there."""
    match = _NAME.fullmatch(path.name)
    try:
        facts = path.stat()
        made_at = _moment(match[1], _STAMP) if match else datetime.fromtimestamp(facts.st_mtime, UTC)
    except (OSError, ValueError) as error:
        raise BackupProblem("no_such_backup", path=path) from error
    return _read(path, made_at.astimezone(), BackupKind(match[2]) if match else BackupKind.AUTOMATIC)


def has_magic(path: Path) -> bool:
    """Say whether a file begins as every SQLite database does."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def free_name(folder: Path, kind: BackupKind) -> Path:
    """Return the name of a backup made now; a second later than the last where that has it."""
    moment = int(datetime.now(UTC).timestamp())
    while True:
        stamp = datetime.fromtimestamp(moment, UTC).strftime(_STAMP)
        if not any((folder / f"library-{stamp}-{each.value}{SUFFIX}").exists() for each in BackupKind):
            return folder / f"library-{stamp}-{kind.value}{SUFFIX}"
        moment += 1


def fragment_in(folder: Path) -> Path:
    """Return a temporary name that `sweep` knows."""
    return folder / f".backup-{new_id()}.part"


def room_in(folder: Path) -> Path:
    """Return the name of a temporary folder that `sweep` knows."""
    return folder / f".restoring-{new_id()}"


def sidecar_of(path: Path) -> Path:
    """Return the file beside a backup that says what is in it."""
    return path.with_suffix(SIDECAR)


def facts_bytes(facts: BackupFacts) -> bytes:
    """Return the content of the file beside a backup."""
    return json.dumps(asdict(facts), indent=1).encode()


def sweep(folder: Path) -> None:
    """Take away what a killed program left half written; for who holds the lock of the folder only."""
    with contextlib.suppress(OSError):
        for path in sorted(folder.iterdir()):
            with contextlib.suppress(OSError):
                is_alone = _SIDECAR_NAME.fullmatch(path.name) and not path.with_suffix(SUFFIX).exists()
                if (is_alone or _FRAGMENT.fullmatch(path.name)) and not path.is_symlink():
                    path.unlink()
                elif _ROOM.fullmatch(path.name) and path.is_dir() and not path.is_symlink():
                    _remove_unheld(path)


def rotate(folder: Path) -> None:
    """Let the backups go that are no longer kept; nothing but ours is touched, and never the newest whole one."""
    backups = [backup for backup in backups_of(folder) if backup.path.parent.name == FOLDER_NAME]
    keep = kept_backups(backups)
    for backup in backups:
        if backup.path not in keep and (not backup.is_damaged or _is_surely_damaged(backup)):
            # The database first: without it the file beside it is swept some day.
            with contextlib.suppress(OSError):
                backup.path.unlink()
                sidecar_of(backup.path).unlink(missing_ok=True)


def _is_surely_damaged(backup: Backup) -> bool:
    """Say whether a backup that looks damaged can be read and still does: at a bad moment every one looks so."""
    try:
        return not _looks_whole(backup.path, backup.size, FileNotFoundError)
    except OSError:
        return False


def _remove_unheld(room: Path) -> None:
    """Take away a folder in which nobody restores: whoever does holds its lock."""
    with locked(room) as is_free:
        if is_free:
            shutil.rmtree(room, ignore_errors=True)
    if is_free:
        # Windows leaves what is open, and the lock was.
        shutil.rmtree(room, ignore_errors=True)


def _found_in(folder: Path, name: re.Pattern[str], stamp: str, unread: type[OSError]) -> Iterator[Backup]:
    with contextlib.suppress(unread):
        for path in folder.iterdir():
            match = name.fullmatch(path.name)
            if not match or path.is_symlink():
                continue
            with contextlib.suppress(unread, ValueError):
                if not path.is_file():
                    continue
                if name is _NAME:
                    yield _read(path, _moment(match[1], stamp).astimezone(), BackupKind(match[2]), unread)
                else:
                    # These are named in local time.
                    at = datetime.strptime(match[1], stamp).astimezone()
                    yield _read(path, at, BackupKind.BEFORE_UPDATE, unread)


def _moment(text: str, stamp: str) -> datetime:
    return datetime.strptime(text, stamp).replace(tzinfo=UTC)


def _read(path: Path, made_at: datetime, kind: BackupKind, unread: type[OSError] = OSError) -> Backup:
    size = path.stat().st_size
    facts = _facts(sidecar_of(path)) if kind is not BackupKind.BEFORE_UPDATE else None
    return Backup(path, made_at, kind, size, facts, is_damaged=not _looks_whole(path, size, unread))


def _looks_whole(path: Path, size: int, unread: type[OSError]) -> bool:
    """Say whether the header is that of a library of this size."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except unread:
        return False
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        return False
    page_size = struct.unpack_from(">H", header, _PAGE_SIZE)[0]
    pages, version, application = (struct.unpack_from(">I", header, at)[0] for at in (_PAGES, _VERSION, _APPLICATION))
    # The largest page size does not fit into its two bytes and is written as 1.
    whole_size = pages * (65536 if page_size == 1 else page_size)
    return bool(application == APPLICATION_ID and version > 0 and whole_size == size)


def _facts(sidecar: Path) -> BackupFacts | None:
    """Return what the file beside a backup says, None when there is none or it says something else."""
    try:
        with sidecar.open("rb") as file:
            raw = json.loads(file.read(LARGEST_SIDECAR))
        return _facts_from(raw)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return None


def _facts_from(raw: Mapping[str, Any]) -> BackupFacts:
    rows = {str(table): int(count) for table, count in raw["rows"].items()}
    return BackupFacts(int(raw["schema"]), int(raw["audits"]), rows, str(raw["state"]), str(raw["sha256"]))
