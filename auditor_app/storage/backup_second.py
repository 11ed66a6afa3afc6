"""A second folder for backups, such as a stick: named once, caught up whenever it is there."""

from __future__ import annotations

import contextlib
import json
import os
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from auditor_app.models.backups import Backup, CaughtUp, SecondFolder
from auditor_app.models.errors import ValidationError
from auditor_app.models.ids import new_id
from auditor_app.models.progress import Progress, unwatched
from auditor_app.storage.atomic_file import sync_folder, write_atomically
from auditor_app.storage.backup import file_sha256, newest_whole, own, read_only
from auditor_app.storage.backup_files import FOLDER_NAME, backups_of, fragment_in, rotate, sidecar_of
from auditor_app.storage.backup_problems import BackupProblem, backup_problems
from auditor_app.storage.evidence_store import EvidenceStore

PREFIX = "auditor-backup-"
"""How our folder in the second one begins; the rest tells libraries apart."""
FILE_NAME = "second.json"
LARGEST = 64 * 1024
_ID_LENGTH = 12
_SYNCED = 4 * 1024 * 1024


class SecondFolderProblem(ValidationError):
    """A folder that cannot be the second one; `path` is the folder."""

    section = "backup_problem"


def second_folder(library: Path) -> SecondFolder | None:
    """Return the second folder of a library as it was named, whether it is there or not."""
    return _second(_kept(library))


def _second(kept: dict[str, Any]) -> SecondFolder | None:
    named, last = kept.get("folder"), kept.get("last")
    if not isinstance(named, str) or not named:
        return None
    moment = None
    if isinstance(last, str):
        with contextlib.suppress(ValueError):
            moment = datetime.fromisoformat(last).astimezone()
    return SecondFolder(Path(named), Path(named) / _own_name(kept), moment)


def name_second_folder(library: Path, folder: Path | None) -> SecondFolder | None:
    """Keep a folder as the second one and make ours in it, or None to have none any more.

    Raises `SecondFolderProblem` for one within the library's folder, `BackupProblem` when it cannot be written.
    """
    kept = _surely_kept(library)
    if folder is None:
        _keep(library, {name: value for name, value in kept.items() if name not in ("folder", "last")})
        return None
    second = place_in(library, folder)
    last = kept.get("last") if kept.get("folder") == str(second.folder) else None
    _keep(library, _surely_kept(library) | {"folder": str(second.folder), "last": last})
    return second_folder(library)


def place_in(library: Path, folder: Path) -> SecondFolder:
    """Make our folder in another one, to copy backups to; raises as `name_second_folder` does."""
    folder = Path(os.path.abspath(folder))
    if _is_within(folder, library):
        raise SecondFolderProblem(str(folder), "second_in_library")
    if not folder.is_dir():
        raise SecondFolderProblem(str(folder), "second_missing")
    kept = _surely_kept(library)
    if "id" not in kept:
        kept["id"] = new_id().replace("-", "")[-_ID_LENGTH:]
        _keep(library, kept)
    second = SecondFolder(folder, folder / _own_name(kept), None)
    with backup_problems(folder):
        second.root.mkdir(mode=0o700, exist_ok=True)
    return second


def places_of(library: Path) -> list[Path]:
    """Return every folder that may hold backups for a library, for `backups_of`: its own first.

    Those of other libraries in the second folder are among them, for a laptop that is to take over from another one.
    """
    second = second_folder(library)
    return [library, *(places_in(second.folder, second.root) if second is not None else ())]


def places_in(folder: Path, first: Path | None = None) -> list[Path]:
    """Return the folders with backups in a second folder, one of them `first`."""
    with contextlib.suppress(OSError):
        found = [each for each in folder.iterdir() if each.name.startswith(PREFIX) and each.is_dir()]
        return sorted(found, key=lambda each: (each != first, each.name))
    return []


def catch_up(library: Path, progress: Progress = unwatched) -> CaughtUp | None:
    """Bring the newest backup and its evidence to the second folder; None when that is not there.

    Raises as `copy_newest` does.
    """
    second = _second(_surely_kept(library))
    if second is None or not second.is_there:
        return None
    newest = _newest(library)
    if newest is None:
        return None
    caught_up = copy_newest(library, second.root, progress)
    kept = _surely_kept(library)
    if kept.get("folder") == str(second.folder) and kept.get("last") != newest.made_at.isoformat():
        _keep(library, kept | {"last": newest.made_at.isoformat()})
    return caught_up


def copy_newest(library: Path, root: Path, progress: Progress = unwatched) -> CaughtUp:
    """Bring the newest backup of a library and the evidence it refers to to our folder in another one.

    The evidence goes first, so that what is there is complete; each piece is copied once, and compared. Raises
    `BackupProblem` (no fragment stays) and what ends the `progress`.
    """
    newest = _newest(library)
    if newest is None:
        raise BackupProblem("no_library", folder=library)
    with backup_problems(root), own(root / FOLDER_NAME):
        brought = copy_evidence(newest.path, EvidenceStore(library), EvidenceStore(root), progress)
        is_new = not any(_is_copy(newest, there) for there in backups_of(root))
        if is_new:
            _copy_backup(newest, root / FOLDER_NAME, progress)
            rotate(root)
    if brought.unreadable:
        raise BackupProblem("evidence_unreadable", folder=library, pieces=brought.unreadable)
    return CaughtUp(is_new, brought.copied, brought.missing)


@dataclass(frozen=True)
class Brought:
    """How many pieces of evidence came, how many are not or not whole where they should come from, and unreadable."""

    copied: int
    missing: int
    unreadable: int


def copy_evidence(
    database: Path, source: EvidenceStore, target: EvidenceStore, progress: Progress = unwatched
) -> Brought:
    """Copy the evidence a database refers to where it is not there yet; what is whole is copied, whatever is not.

    Raises `EnvironmentProblem` and what ends the `progress`, whose steps are bytes.
    """
    wanted = [(sha256, size) for sha256, size in evidence_of(database) if not target.holds(sha256)]
    total, done, copied, missing, unreadable = sum(size for _, size in wanted), 0, 0, 0, 0
    for sha256, size in wanted:
        progress(done, max(total, 1))
        try:
            target.take(sha256, source, _still_at(progress, done, total))
        except ValidationError as problem:
            # Whoever looks at what is missing or rotten at the source is told there.
            is_unread = problem.code == "cannot_read_file"
            missing, unreadable = missing + (not is_unread), unreadable + is_unread
        else:
            copied += 1
        done += size
    return Brought(copied, missing, unreadable)


def _still_at(progress: Progress, done: int, total: int) -> Progress:
    """Return the progress of one piece, which tells no more than that the work goes on."""
    return lambda _done, _total: progress(done, max(total, 1))


def evidence_of(database: Path) -> list[tuple[str, int]]:
    """Return sha256 and size in bytes of every piece of evidence a database that nobody writes refers to."""
    with closing(read_only(database)) as connection:
        if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'evidence'").fetchone() is None:
            # The first schema knew none.
            return []
        return connection.execute("SELECT sha256, max(size) FROM evidence GROUP BY sha256").fetchall()


def _is_copy(newest: Backup, there: Backup) -> bool:
    return there.path.name == newest.path.name and there.size == newest.size and not there.is_damaged


def _copy_backup(backup: Backup, folder: Path, progress: Progress) -> None:
    """Copy a backup to another folder, compare, and give it its name when it is whole."""
    fragment = fragment_in(folder)
    try:
        with backup.path.open("rb") as source, fragment.open("xb") as target:
            os.chmod(fragment, 0o600)
            while chunk := source.read(_SYNCED):
                target.write(chunk)
                # Piece by piece: where the folder is on the same disk, edits would wait for all of it at the end.
                target.flush()
                os.fsync(target.fileno())
                progress(target.tell(), max(backup.size, target.tell()))
        if backup.facts is not None:
            if file_sha256(fragment, progress) != backup.facts.sha256:
                raise BackupProblem("copy_differs", folder=folder)
            write_atomically(sidecar_of(folder / backup.path.name), sidecar_of(backup.path).read_bytes(), private=True)
        os.replace(fragment, folder / backup.path.name)
    finally:
        with contextlib.suppress(OSError):
            fragment.unlink(missing_ok=True)
    sync_folder(folder)


def _is_within(folder: Path, library: Path) -> bool:
    mine, theirs = library.resolve(), folder.resolve()
    return theirs == mine or mine in theirs.parents


def _own_name(kept: dict[str, Any]) -> str:
    return f"{PREFIX}{''.join(c for c in str(kept.get('id', '')) if c.isalnum())[:_ID_LENGTH]}"


def _newest(library: Path) -> Backup | None:
    """Return the newest whole backup; one that may be newer and does not read raises `BackupProblem`."""
    with backup_problems(library / FOLDER_NAME):
        return newest_whole(library, is_sure=True)


def _kept(library: Path) -> dict[str, Any]:
    """Return what is kept of the second folder; what does not read says nothing."""
    try:
        return _read(library)
    except OSError:
        return {}


def _surely_kept(library: Path) -> dict[str, Any]:
    """Return what is kept, for who adds to it or goes by it: what does not read now raises `BackupProblem`."""
    with backup_problems(library / FOLDER_NAME):
        return _read(library)


def _read(library: Path) -> dict[str, Any]:
    # Beside the backups and not in the library: it must not change when an older library is restored.
    try:
        with (library / FOLDER_NAME / FILE_NAME).open("rb") as file:
            raw = json.loads(file.read(LARGEST))
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    return raw if isinstance(raw, dict) else {}


def _keep(library: Path, kept: dict[str, Any]) -> None:
    backups = library / FOLDER_NAME
    with backup_problems(backups):
        backups.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(backups / FILE_NAME, json.dumps(kept, ensure_ascii=False, indent=1).encode(), private=True)
