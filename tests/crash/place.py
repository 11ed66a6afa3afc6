"""A folder in which operations are done, and what counts in it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfile

from auditor_app import files
from auditor_app.deliveries import packages
from auditor_app.deliveries.proof import Proofs
from auditor_app.models.audit import Audit
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import AuditorError
from auditor_app.models.ids import AuditId, new_id
from auditor_app.models.packed import Packing
from auditor_app.models.standard import Standard
from auditor_app.storage.backup_files import FOLDER_NAME as BACKUPS
from auditor_app.storage.backup_second import FILE_NAME as SECOND
from auditor_app.storage.backup_second import second_folder
from auditor_app.storage.evidence_store import FOLDER_NAME, THUMBNAILS
from auditor_app.storage.folder_lock import FILE_NAME as LOCK
from auditor_app.storage.library import FILE_NAME, Library
from tests.crash.soundness import is_leftover
from tests.forms.body_form import body_form
from tests.packages.sealing import small_audit
from tests.report.photographed import photo

OLD = Path(__file__).resolve().parents[1] / "data" / "library-v1.db"
LAST_YEARS = b"last year's"
PASSPHRASE, OTHER_PASSPHRASE = "Kiefern-Zapfen-9", "Fichten-Nadeln-7"
CLAUSE = "5.1.1.1"
LARGE = 3_000_000
DAMAGED = "damaged.db"
_PAGE = 4096
WHO, PHRASE = "李工", "查阅了记录。"

TARGETS = (
    *("photo.jpg", "report.xlsx", "audit.json", "report.pdf", "bundle.zip", "sealed.zip"),
    *("form.xlsx", "reply.xlsx"),
)


class Place:
    """A folder with a library, files that come in, a folder for what goes out, and one for temporary files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.library, self.old, self.fresh = (root / name for name in ("library", "old", "fresh"))
        self.given, self.out, self.temporary, self.stick = (root / name for name in ("in", "out", "tmp", "stick"))

    def open(self, folder: Path | None = None) -> Library:
        """Open a library, the usual one unless told."""
        return Library(folder or self.library, WHO)

    def audit(self) -> tuple[Standard, Audit]:
        """Return the audit that is there from the beginning."""
        with closing(self.open()) as library:
            return library.load(library.summaries()[-1].id)


@dataclass
class Steps:
    """One operation made ready: `run` does it and may fail, `is_done` says whether its effect is there."""

    run: Callable[[], object]
    is_done: Callable[[], bool]
    close: Callable[[], object] = lambda: None
    may_outlast: bool = False
    """Whether it may be done although it was told as refused, where a disk goes on failing: nobody has it open."""


Operation = Callable[[Place], Steps]


def prepare(place: Place) -> None:
    """Fill an empty folder with what the operations need."""
    for folder in (place.library, place.old, place.given, place.out, place.temporary, place.stick):
        folder.mkdir(parents=True)
    standard, audit = small_audit(place.library)
    with closing(place.open()) as library:
        library.add(audit, standard)
        library.set_setting("folder", "/home")
        library.keep_phrase(CLAUSE, PHRASE)
    copyfile(OLD, place.old / FILE_NAME)
    proofs = Proofs(place.library)
    proofs.make_key(WHO, PASSPHRASE)
    proofs.remember("许文静", _other_key(place.temporary / "other"))
    (place.given / "photo.jpg").write_bytes(photo(7))
    (place.given / "large.bin").write_bytes(bytes(range(250)) * (LARGE // 250))
    other = replace(audit, id=AuditId(new_id()))
    files.write_audit(standard, other, place.given / "audit.json", place.library)
    packages.write_sealed(standard, other, place.given / "package.zip", Packing(), place.library)
    (place.given / "form.xlsx").write_bytes(body_form())
    (place.given / DAMAGED).write_bytes(_damaged((place.library / FILE_NAME).read_bytes()))
    for name in TARGETS:
        (place.out / name).write_bytes(LAST_YEARS)


def _damaged(library: bytes) -> bytes:
    """Return a library with a page in its middle that nobody can read any more."""
    place = len(library) // _PAGE // 2 * _PAGE
    return library[:place] + b"\xff" * _PAGE + library[place + _PAGE :]


def _other_key(folder: Path) -> str:
    folder.mkdir()
    return Proofs(folder).make_key("许文静", PASSPHRASE).text


def is_whole(path: Path) -> bool:
    """Say whether a file for others is there in full, and not last year's any more."""
    data = path.read_bytes()
    if data == LAST_YEARS:
        return False
    if path.suffix == ".json":
        return bool(json.loads(data)["id"])
    if path.suffix == ".jpg":
        return data.endswith(b"\xff\xd9")
    if path.suffix == ".pdf":
        return data.startswith(b"%PDF") and data.rstrip().endswith(b"%%EOF")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        # A workbook with a password is no zip; its parts have lengths of their own.
        return len(data) % 512 == 0
    with zipfile.ZipFile(path) as archive:
        return archive.testzip() is None if not any(i.flag_bits & 1 for i in archive.infolist()) else True


State = dict[str, object]


def state(place: Place, *, reopened: bool = True) -> State:
    """Return everything that counts in a place: rows of the libraries, files; not caches, logs and leftovers.

    Unless `reopened`, a library that is open is read as whoever has it open reads it, not as the next program would.
    """
    found: State = {}
    for path in sorted(place.root.rglob("*")):
        name = str(path.relative_to(place.root))
        if not path.is_file() or path.is_relative_to(place.temporary) or _counts_not(path):
            continue
        if path.name == FILE_NAME:
            is_live = not reopened and Path(f"{path}-shm").exists()
            found[name] = _all_rows(path) if is_live else rows_in(path)
        elif path.name == SECOND and path.parent.name == BACKUPS:
            # What tells this library from others may be there before a folder is named.
            found[name] = second_folder(path.parents[1])
        else:
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _counts_not(path: Path) -> bool:
    """Say whether a file is a log of a database, its copy before a migration, a cache, content or a leftover."""
    parts = set(path.parts)
    return (
        path.name.startswith((f"{FILE_NAME}-", "library-schema", ".library-schema"))
        or THUMBNAILS in parts
        or FOLDER_NAME in parts
        or path.name == LOCK
        or is_leftover(path)
    )


def rows_in(path: Path) -> object:
    """Return the rows of a database, read from a copy so that its log stays beside it; of a damaged one its bytes."""
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("", "-wal"):
            if Path(f"{path}{suffix}").exists():
                copyfile(f"{path}{suffix}", Path(folder, f"{path.name}{suffix}"))
        return _all_rows(Path(folder, path.name))


def _all_rows(path: Path) -> object:
    with closing(sqlite3.connect(path)) as connection:
        try:
            names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            rows = {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in sorted(names)}
        except sqlite3.DatabaseError:
            return path.read_bytes()
    return rows or None


def sentence(error: AuditorError, language: str = "en") -> str:
    """Return the words for a problem."""
    topics = (
        *("exchange", "cli", "report", "board", "findings", "evidence", "proof", "replies", "forms", "packages"),
        *("backups", "opening", "history"),
    )
    return Catalogue.load(language, *topics).error(error)
