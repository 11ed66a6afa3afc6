"""A second folder for backups, such as a stick: named once, caught up whenever it is there."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
from contextlib import closing
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


class SecondFolderProblem(ValidationError):
    """A folder that cannot be the second one; `path` is the folder."""

    section = "backup_problem"


def second_folder(library: Path) -> SecondFolder | None:
    """Return the second folder of a library as it was named, whether it is there or not."""
    kept = _kept(library)
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
    kept = _kept(library)
    kept.setdefault("id", new_id().replace("-", "")[-_ID_LENGTH:])
    kept.pop("last", None)
    if folder is None:
        kept.pop("folder", None)
    else:
        folder = Path(os.path.abspath(folder))
        if _is_within(folder, library):
            raise SecondFolderProblem(str(folder), "second_in_library")
        if not folder.is_dir():
            raise SecondFolderProblem(str(folder), "second_missing")
        kept["folder"] = str(folder)
        with backup_problems(folder):
            (folder / _own_name(kept)).mkdir(mode=0o700, exist_ok=True)
    _keep(library, kept)
    return second_folder(library)


def places_of(library: Path) -> list[Path]:
    """Return every folder that may hold backups for a library, for `backups_of`: its own first.

    Those of other libraries in the second folder are among them, for a laptop that is to take over from another one.
    """
    second = second_folder(library)
    found = [library]
    if second is not None:
        with contextlib.suppress(OSError):
            others = (each for each in second.folder.iterdir() if each.name.startswith(PREFIX) and each.is_dir())
            found += sorted(others, key=lambda each: (each != second.root, each.name))
    return found


def catch_up(library: Path, progress: Progress = unwatched) -> CaughtUp | None:
    """Bring the newest backup and the evidence it refers to to the second folder; None when it is not there.

    The evidence goes first, so that what is there is complete; each piece is copied once, and compared. Raises
    `BackupProblem` (no fragment stays) and what ends the `progress`.
    """
    second = second_folder(library)
    newest = newest_whole(library)
    if second is None or newest is None or not second.is_there:
        return None
    with backup_problems(second.root), own(second.root / FOLDER_NAME):
        copied, missing = copy_evidence(newest.path, EvidenceStore(library), EvidenceStore(second.root), progress)
        is_new = not any(_is_copy(newest, there) for there in backups_of(second.root))
        if is_new:
            _copy_backup(newest, second.root / FOLDER_NAME, progress)
            rotate(second.root)
    if is_new or second.last is None:
        kept = _kept(library)
        if kept.get("folder") == str(second.folder):
            _keep(library, kept | {"last": newest.made_at.isoformat()})
    return CaughtUp(is_new, copied, missing)


def copy_evidence(
    database: Path, source: EvidenceStore, target: EvidenceStore, progress: Progress = unwatched
) -> tuple[int, int]:
    """Copy the evidence a database refers to where it is not there yet; return how many pieces came and how many lack.

    Raises `EnvironmentProblem` and what ends the `progress`, whose steps are bytes.
    """
    wanted = [(sha256, size) for sha256, size in evidence_of(database) if not target.holds(sha256)]
    total, done, copied, missing = sum(size for _, size in wanted), 0, 0, 0
    for sha256, size in wanted:
        progress(done, max(total, 1))
        try:
            target.take(sha256, source)
        except ValidationError:
            # Missing or rotten at the source: whoever looks at it is told there, and what is whole is copied.
            missing += 1
        else:
            copied += 1
        done += size
    return copied, missing


def evidence_of(database: Path) -> list[tuple[str, int]]:
    """Return sha256 and size in bytes of every piece of evidence a database that nobody writes refers to."""
    with closing(read_only(database)) as connection:
        try:
            return connection.execute("SELECT sha256, max(size) FROM evidence GROUP BY sha256").fetchall()
        except sqlite3.OperationalError:
            # The first schema knew no evidence.
            return []


def _is_copy(newest: Backup, there: Backup) -> bool:
    return there.path.name == newest.path.name and there.size == newest.size and not there.is_damaged


def _copy_backup(backup: Backup, folder: Path, progress: Progress) -> None:
    """Copy a backup to another folder, compare, and give it its name when it is whole."""
    fragment = fragment_in(folder)
    try:
        with backup.path.open("rb") as source, fragment.open("xb") as target:
            os.chmod(fragment, 0o600)
            shutil.copyfileobj(source, target, 1024 * 1024)
            target.flush()
            os.fsync(target.fileno())
        progress(0, 1)
        if backup.facts is not None:
            if file_sha256(fragment, progress) != backup.facts.sha256:
                raise BackupProblem("copy_differs", folder=folder)
            write_atomically(sidecar_of(folder / backup.path.name), sidecar_of(backup.path).read_bytes())
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


def _kept(library: Path) -> dict[str, Any]:
    # Beside the backups and not in the library: it must not change when an older library is restored.
    try:
        with (library / FOLDER_NAME / FILE_NAME).open("rb") as file:
            raw = json.loads(file.read(LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    return raw if isinstance(raw, dict) else {}


def _keep(library: Path, kept: dict[str, Any]) -> None:
    backups = library / FOLDER_NAME
    with backup_problems(backups):
        backups.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(backups / FILE_NAME, json.dumps(kept, ensure_ascii=False, indent=1).encode())
