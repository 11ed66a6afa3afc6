"""Operations that keep, bring back or seal what is there: those whose failure would cost most."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from shutil import copyfile, rmtree

from auditor_app.deliveries.backups import restored_audit
from auditor_app.deliveries.proof import Proofs
from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.backups import Backup, Restored
from auditor_app.models.catalogue import Catalogue
from auditor_app.salvaging import SalvagedLibrary, salvage_library
from auditor_app.storage.backup import is_whole, make_backup, newest_whole
from auditor_app.storage.backup_files import FOLDER_NAME, backup_at, backups_of, sidecar_of
from auditor_app.storage.backup_second import catch_up, evidence_of, name_second_folder, second_folder
from auditor_app.storage.evidence_store import EvidenceStore
from auditor_app.storage.library import FILE_NAME, Library
from auditor_app.storage.restoring import restore_whole
from tests.builders import fields_changed
from tests.crash.place import DAMAGED, OLD, PASSPHRASE, Operation, Place, Steps, rows_in

MARK = "恢复"
OLD_BACKUP = "library-20260101T090000Z-automatic.db"
OUTLIVED = 7
"""So many backups of one hour that some of them go when the next one is made."""


# Backups.


def backup(place: Place) -> Steps:
    """Back a library up that is being worked in, for the first time."""
    return _backing_up(place)


def backup_and_rotate(place: Place) -> Steps:
    """Back the library up, and let those go that are no longer kept."""
    for number in range(OUTLIVED):
        _put_old_backup(place, f"library-20260101T09000{number}Z-automatic.db")
    return _backing_up(place)


def _backing_up(place: Place) -> Steps:
    library = _edited(place)

    def is_done() -> bool:
        newest = newest_whole(place.library)
        return (
            newest is not None and bool(is_whole(newest)) and rows_in(newest.path) == rows_in(place.library / FILE_NAME)
        )

    return Steps(lambda: make_backup(place.library), is_done, library.close)


def name_second(place: Place) -> Steps:
    """Name a second folder."""

    def is_done() -> bool:
        second = second_folder(place.library)
        return second is not None and second.folder == place.stick and second.is_there

    return Steps(lambda: name_second_folder(place.library, place.stick), is_done)


def second_backup(place: Place) -> Steps:
    """Bring the newest backup and its evidence to a stick that has an older one."""
    _on_stick(place)
    library = _edited(place, make_backup)
    newest = newest_whole(place.library)
    assert newest is not None

    def is_done() -> bool:
        there = _root(place) / FOLDER_NAME / newest.path.name
        return there.exists() and _is_complete(_root(place), backup_at(there))

    return Steps(lambda: catch_up(place.library), is_done, library.close)


def first_second_backup(place: Place) -> Steps:
    """Bring a backup and its evidence to a stick that has none yet."""
    name_second_folder(place.library, place.stick)
    rmtree(_root(place))
    name_second_folder(place.library, place.stick)
    library = _edited(place, make_backup)

    def is_done() -> bool:
        found = backups_of(_root(place))
        return bool(found) and _is_complete(_root(place), found[0])

    return Steps(lambda: catch_up(place.library), is_done, library.close)


# Restoring.


def restore_library(place: Place) -> Steps:
    """Put a backup in the place of the library; evidence that is missing comes from the stick."""
    kept = _on_stick(place)
    _edited(place).close()
    _lose_evidence(place)
    return _restoring(place.library, kept)


def restore_older_schema(place: Place) -> Steps:
    """Put a backup of the first version in the place of the library."""
    kept = _put_old_backup(place, OLD_BACKUP)
    _edited(place).close()
    with closing(Library(_opened_copy(place, kept), "checker")) as backed_up:
        audits = backed_up.summaries()

    def is_done() -> bool:
        with closing(place.open()) as library:
            return library.summaries() == audits

    return Steps(lambda: restore_whole(place.library, kept), is_done, may_outlast=True)


def restore_over_damage(place: Place) -> Steps:
    """Put a backup in the place of a library that is damaged."""
    kept = _on_stick(place)
    return _restoring(_damaged(place), kept)


def restore_on_new_laptop(place: Place) -> Steps:
    """Put a backup from a stick where there is no library yet."""
    _on_stick(place)
    return _restoring(place.fresh, backups_of(_root(place))[0])


def _restoring(folder: Path, kept: Backup) -> Steps:
    told: list[Restored] = []

    def is_done() -> bool:
        is_same = (folder / FILE_NAME).exists() and rows_in(folder / FILE_NAME) == rows_in(kept.path)
        lacks = [sha256 for sha256, _ in evidence_of(kept.path) if not EvidenceStore(folder).is_whole(sha256)]
        return is_same and (not told or len(lacks) == told[-1].evidence_missing)

    return Steps(lambda: told.append(restore_whole(folder, kept)), is_done, may_outlast=True)


def restore_audit(place: Place) -> Steps:
    """Take one audit of a backup beside the present one; evidence that is missing comes from the stick."""
    kept = _on_stick(place)
    _lose_evidence(place)
    return _restoring_audit(place, kept)


def restore_audit_of_older_schema(place: Place) -> Steps:
    """Take one audit of a backup of the first version."""
    return _restoring_audit(place, _put_old_backup(place, OLD_BACKUP))


def _restoring_audit(place: Place, kept: Backup) -> Steps:
    library = place.open()
    with closing(Library(_opened_copy(place, kept), "checker")) as backed_up:
        audit_id = backed_up.summaries()[0].id
    taken: list[Audit] = []

    def run() -> None:
        standard, audit, _restored = restored_audit(place.library, kept, audit_id, MARK)
        library.add(audit, standard)
        taken.append(audit)

    def is_done() -> bool:
        audit = taken[-1]
        return library.holds(audit.id) and library.load(audit.id)[1] == audit

    return Steps(run, is_done, library.close)


# Salvaging.


def salvage(place: Place) -> Steps:
    """Make a new library of what still reads in a damaged one."""
    folder, words = _damaged(place), Catalogue.load("zh", "opening")
    made: list[SalvagedLibrary] = []

    def is_done() -> bool:
        with closing(Library(made[-1].folder, "checker")) as library:
            return library.count() == made[-1].salvaged.audits == 1 and made[-1].report.is_file()

    return Steps(lambda: made.append(salvage_library(folder, words)), is_done)


# Finalising.


def finalise(place: Place) -> Steps:
    """Finalise an audit."""
    return _finalising(place)


def finalise_signed(place: Place) -> Steps:
    """Finalise an audit and sign what its history ends with."""
    return _finalising(place, is_signed=True)


def _finalising(place: Place, *, is_signed: bool = False) -> Steps:
    library, proofs = place.open(), Proofs(place.library)
    audit, key = place.audit()[1], proofs.own_key()
    assert key is not None
    if _is_final(library, audit):
        library.reopen(audit.id, "补充证据")
    signer = proofs.unlock(PASSPHRASE) if is_signed else None

    def run() -> None:
        if signer is None:
            library.finalise(audit)
        else:
            library.finalise(audit, lambda head: signer.lines(head, date.today()), key.text)

    def is_done() -> bool:
        sealing = library.sealing(audit.id)
        return sealing is not None and sealing.is_final and bool(sealing.signature) is is_signed

    return Steps(run, is_done, library.close)


def reopen(place: Place) -> Steps:
    """Reopen a finalised audit."""
    library, audit = place.open(), place.audit()[1]
    if not _is_final(library, audit):
        library.finalise(audit)
    return Steps(lambda: library.reopen(audit.id, "补充证据"), lambda: not _is_final(library, audit), library.close)


def _is_final(library: Library, audit: Audit) -> bool:
    sealing = library.sealing(audit.id)
    return sealing is not None and sealing.is_final


# What they begin with.


def _edited(place: Place, then: Callable[[Path], object] = lambda _folder: None) -> Library:
    """Make an edit, so that no backup holds all of it; return the library, open as a window has it."""
    library = place.open()
    audit = library.load(library.summaries()[-1].id)[1]
    industry = f"{audit.company.industry}泵"
    library.apply(fields_changed(audit, Kind.COMPANY, only_row(Kind.COMPANY), industry=industry))
    then(place.library)
    return library


def _on_stick(place: Place) -> Backup:
    """Return the newest backup of the library, which is on the stick too."""
    if second_folder(place.library) is None:
        name_second_folder(place.library, place.stick)
    make_backup(place.library)
    catch_up(place.library)
    newest = newest_whole(place.library)
    assert newest is not None
    return newest


def _root(place: Place) -> Path:
    second = second_folder(place.library)
    assert second is not None
    return second.root


def _is_complete(root: Path, kept: Backup) -> bool:
    store = EvidenceStore(root)
    return bool(is_whole(kept)) and all(store.is_whole(sha256) for sha256, _ in evidence_of(kept.path))


def _lose_evidence(place: Place) -> None:
    sha256 = place.audit()[1].evidence[0].sha256
    EvidenceStore(place.library).path(sha256).unlink(missing_ok=True)


def _put_old_backup(place: Place, name: str) -> Backup:
    """Lay a backup of the first version where it would be, as whole as any."""
    path = place.library / FOLDER_NAME / name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    copyfile(OLD, path)
    sidecar_of(path).unlink(missing_ok=True)
    return backup_at(path)


def _opened_copy(place: Place, kept: Backup) -> Path:
    """Return the folder of a copy of a backup that can be opened as a library."""
    folder = place.temporary / kept.path.stem
    folder.mkdir(exist_ok=True)
    copyfile(kept.path, folder / FILE_NAME)
    return folder


def _damaged(place: Place) -> Path:
    """Return the folder of a damaged library."""
    folder = place.root / "damaged"
    folder.mkdir(exist_ok=True)
    for path in folder.glob(f"{FILE_NAME}*"):
        path.unlink()
    copyfile(place.given / DAMAGED, folder / FILE_NAME)
    return folder


ALL: tuple[Operation, ...] = (
    *(backup, backup_and_rotate, name_second, second_backup, first_second_backup),
    *(restore_library, restore_older_schema, restore_over_damage, restore_on_new_laptop),
    *(restore_audit, restore_audit_of_older_schema, salvage, finalise, finalise_signed, reopen),
)
