"""Backups listed, looked into and restored, for the window and the commands.

The `library` of a function is the folder of a library.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from auditor_app import files
from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.backup_preview import Preview, preview, side
from auditor_app.models.backups import BackedUpAudit, Backup, Compared, Listed, Place, Restored, compared, listed
from auditor_app.models.ids import AuditId, new_id
from auditor_app.models.progress import Progress, unwatched
from auditor_app.models.standard import Standard
from auditor_app.storage.backup import backups_of, is_whole
from auditor_app.storage.backup_problems import BackupProblem
from auditor_app.storage.backup_second import name_second_folder, places_of, second_folder
from auditor_app.storage.library import Library
from auditor_app.storage.restoring import audit_in, audits_in, audits_now, take_evidence

if TYPE_CHECKING:
    from auditor_app.session.backing_up import BackingUp
    from auditor_app.session.backup_listing import BackupListing


def all_listed(library: Path, more: Iterable[Path] = ()) -> list[Listed]:
    """Return the backups for a library in all places, and in folders beside them, newest first."""
    return listed([*found_here(library), *found_elsewhere(library, more)])


def found_here(library: Path) -> list[tuple[Backup, Place]]:
    """Return the backups in the folder of a library, each with where that is."""
    return [(backup, Place.HERE) for backup in backups_of(library)]


def found_elsewhere(library: Path, more: Iterable[Path] = ()) -> list[tuple[Backup, Place]]:
    """Return the backups for a library in all other places, and in folders beside them, each with where it is.

    Those may be on a drive that does not answer.
    """
    second = second_folder(library)
    folders = dict.fromkeys((*places_of(library), *more))
    folders.pop(library)
    found = []
    for folder in folders:
        place = Place.SECOND if second is not None and folder == second.root else Place.OTHER
        found += [(backup, place) for backup in backups_of(folder)]
    return found


def audits(library: Path, backup: Backup) -> tuple[Compared, ...]:
    """Return the audits of a backup beside those of the present library; raises `BackupProblem`."""
    return compared(audits_in(backup.path), _present(library))


def _present(library: Path) -> list[BackedUpAudit] | None:
    """Return the audits of the present library, None when it does not read, which is when backups are asked most."""
    try:
        return audits_now(library)
    except BackupProblem as problem:
        if problem.code not in ("library_damaged", "failed"):
            raise
        return None


def audit_preview(library: Path, backup: Backup, audit_id: AuditId, progress: Progress = unwatched) -> Preview:
    """Return an audit of a backup beside the present one; nothing is written. Raises as `audit_in` does."""
    then = side(*audit_in(backup, audit_id, library, progress))
    with closing(Library(library, files.who())) as present:
        now = side(*present.load(audit_id)) if present.holds(audit_id) else None
    return preview(then, now)


def restored_audit(
    library: Path, backup: Backup, audit_id: AuditId, mark: str, progress: Progress = unwatched
) -> tuple[Standard, Audit, Restored]:
    """Return an audit of a backup as a new one, its number with a mark, once its evidence is back.

    It is not in the library yet: whoever asked adds it. Raises as `audit_in` and `take_evidence` do.
    """
    standard, audit = audit_in(backup, audit_id, library, progress)
    restored = take_evidence(library, backup, audit)
    number = _free_number(audit.info.number, mark, {each.number for each in audits_now(library)})
    head = {only_row(Kind.AUDIT): replace(audit.info, number=number)}
    return standard, replace(audit, id=AuditId(new_id()), rows={**audit.rows, Kind.AUDIT: head}), restored


def _free_number(number: str, mark: str, taken: set[str]) -> str:
    first = f"{number}-{mark}" if number else mark
    free, place = first, 1
    while free in taken:
        place += 1
        free = f"{first}{place}"
    return free


class Backups:
    """The backups of one library, for the window; all but what the second folder is may run in the background."""

    def __init__(self, library: Path, backing_up: BackingUp, listing: BackupListing) -> None:
        self._library = library
        self.backing_up = backing_up
        self.listing = listing

    def is_whole(self, backup: Backup, progress: Progress) -> bool | None:
        """Say whether a backup is what it was when it was made, None when it cannot be read now."""
        return is_whole(backup, progress)

    def audits(self, backup: Backup) -> tuple[Compared, ...]:
        """Return the audits of a backup beside those of the present library."""
        return audits(self._library, backup)

    def preview(self, backup: Backup, audit_id: AuditId, progress: Progress) -> Preview:
        """Return an audit of a backup beside the present one."""
        return audit_preview(self._library, backup, audit_id, progress)

    def restored_audit(
        self, backup: Backup, audit_id: AuditId, mark: str, progress: Progress
    ) -> tuple[Standard, Audit, Restored]:
        """Return an audit of a backup as a new one with its evidence."""
        return restored_audit(self._library, backup, audit_id, mark, progress)

    def name_second(self, folder: Path | None) -> None:
        """Keep a folder as the second one, or have none any more; raises `AuditorError`."""
        name_second_folder(self._library, folder)
