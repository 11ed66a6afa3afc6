"""What the commands `backup` and `restore` do and say."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from auditor_app import files
from auditor_app.deliveries.backups import all_listed, audits, restored_audit
from auditor_app.deliveries.window_lock import LOCK, window_lock
from auditor_app.file_kinds import FileKind, other_file
from auditor_app.models.backups import BackedUpAudit, Backup, Listed, Restored, Standing
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import ValidationError
from auditor_app.storage.backup import is_whole, make_backup, newest_whole
from auditor_app.storage.backup_files import backup_at
from auditor_app.storage.backup_problems import BackupProblem
from auditor_app.storage.backup_second import catch_up, copy_newest, place_in, places_in, second_folder
from auditor_app.storage.library import Library
from auditor_app.storage.restoring import audits_in, restore_whole

SECTION = "backup_command"
LATEST = "latest"
_STATES = {True: "whole", False: "damaged", None: "unreadable"}


def back_up(library: Path, to: Path | None, words: Catalogue) -> str:
    """Back up a library, bring the backup to another folder or to the second one, and say what was done.

    Raises `BackupProblem`, and `ValidationError` for a folder that cannot be meant.
    """
    made = make_backup(library)
    newest = made or newest_whole(library)
    assert newest is not None
    lines = [words.text(SECTION, "made" if made is not None else "unchanged", path=newest.path)]
    second = second_folder(library)
    root = place_in(library, to).root if to is not None else None if second is None else second.root
    copied = copy_newest(library, root) if to is not None and root is not None else catch_up(library)
    if copied is not None:
        lines.append(words.text(SECTION, "copied", path=root, pieces=copied.evidence_copied))
        if copied.evidence_missing:
            lines.append(words.text(SECTION, "missing", pieces=copied.evidence_missing))
    elif second is not None:
        lines.append(words.text(SECTION, "second_away", path=second.folder))
    return "\n".join(lines)


def told_backups(library: Path, folder: Path | None, words: Catalogue) -> str:
    """Return a line a backup: name, time, why, audits, bytes, whole or damaged, path."""
    return "\n".join(_backup_line(each, words) for each in all_listed(library, _more(folder)))


def told_audits(library: Path, backup: Backup, words: Catalogue) -> str:
    """Return a line an audit of a backup: number, company, last change, how it stands to the library, id."""
    rows = [each for each in audits(library, backup) if each.standing is not Standing.NEW]
    return "\n".join(
        _line(each.audit.number, each.audit.company, each.audit.changed_at, words.word(each.standing), each.audit.id)
        for each in rows
    )


def find_backup(library: Path, folder: Path | None, name: str) -> Backup:
    """Return the backup with this name or path, or the newest whole one.

    Raises `BackupProblem`, and `OtherFile` for another file of this program.
    """
    found = [each.backup for each in all_listed(library, _more(folder))]
    if name == LATEST:
        found = [backup for backup in found if not backup.is_damaged]
        if not found:
            raise BackupProblem("no_such_backup", path=name)
        return found[0]
    return next((backup for backup in found if backup.path.name == name), None) or _backup_in(Path(name))


def put_back_whole(library: Path, backup: Backup, words: Catalogue) -> str:
    """Put a backup in the place of a library no window has open; raises `BackupProblem`."""
    lock = window_lock(library)
    if library.is_dir() and not lock.tryLock(100):
        raise BackupProblem("busy", folder=library, reason=LOCK)
    try:
        restored = restore_whole(library, backup)
    finally:
        lock.unlock()
    lines = [words.text(SECTION, "restored", path=backup.path)]
    if restored.kept is not None:
        lines.append(words.text(SECTION, "kept", path=restored.kept))
    return "\n".join((*lines, *_evidence_lines(restored, words)))


def put_back_audit(library: Path, backup: Backup, key: str, words: Catalogue) -> str:
    """Take one audit of a backup into a library as a new one; raises `ValidationError` and `EnvironmentProblem`."""
    audit_id = _find_audit(audits_in(backup.path), key).id
    standard, audit, restored = restored_audit(library, backup, audit_id, words.text("backup", "mark"))
    origin = words.text("backup", "origin", at=f"{backup.made_at:%Y-%m-%d %H:%M}")
    with closing(Library(library, files.who())) as present:
        present.add(audit, standard, origin)
    told = words.text(SECTION, "restored_audit", number=audit.info.number, id=audit.id)
    return "\n".join((told, *_evidence_lines(restored, words)))


def _backup_in(path: Path) -> Backup:
    """Return the backup in a file that was named by its path."""
    if not path.is_file():
        raise BackupProblem("no_such_backup", path=path)
    backup = backup_at(path)
    if backup.is_damaged:
        raise other_file(path, FileKind.LIBRARY) or BackupProblem("backup_damaged", name=path.name)
    return backup


def _more(folder: Path | None) -> list[Path]:
    """Return the folders with backups in a folder that was named; raises `BackupProblem` when there is none."""
    if folder is None:
        return []
    if not folder.is_dir():
        raise BackupProblem("no_such_folder", folder=folder)
    return [folder, *places_in(folder)]


def _find_audit(found: list[BackedUpAudit], key: str) -> BackedUpAudit:
    fitting = [audit for audit in found if key in (audit.id, audit.number)]
    if len(fitting) != 1:
        raise ValidationError("audit", "number_not_unique" if fitting else "no_such_audit", value=key)
    return fitting[0]


def _backup_line(each: Listed, words: Catalogue) -> str:
    backup = each.backup
    state = words.text(SECTION, _STATES[is_whole(backup)])
    count = "" if backup.facts is None else str(backup.facts.audits)
    made, why = f"{backup.made_at:%Y-%m-%d %H:%M:%S}", words.word(backup.kind)
    return _line(backup.path.name, made, why, count, str(backup.size), state, str(backup.path.parent))


def _line(*columns: str) -> str:
    return "\t".join(column.replace("\t", " ") for column in columns)


def _evidence_lines(restored: Restored, words: Catalogue) -> list[str]:
    taken, missing = restored.evidence_taken, restored.evidence_missing
    told = [words.text(SECTION, "taken", pieces=taken)] if taken else []
    return told + ([words.text(SECTION, "missing", pieces=missing)] if missing else [])
