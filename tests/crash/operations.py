"""What the program writes, each as one operation that a fault can befall, beneath the window."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfile
from typing import Any

from auditor_app import evidence, files
from auditor_app.deliveries import packages, pdf
from auditor_app.deliveries.forms import Forms
from auditor_app.deliveries.proof import Proofs
from auditor_app.deliveries.replies import Replies
from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.changes import ChangeSet, add
from auditor_app.models.entities import Evidence
from auditor_app.models.enums import EvidenceSubject, Verdict
from auditor_app.models.errors import AuditorError
from auditor_app.models.ids import AuditId, RowId, new_id
from auditor_app.models.packed import Packing
from auditor_app.models.progress import unwatched
from auditor_app.models.standard import Standard
from auditor_app.storage.evidence_store import FOLDER_NAME, THUMBNAILS, EvidenceStore
from auditor_app.storage.library import FILE_NAME, Library
from tests.builders import empty_audit, fields_changed
from tests.crash.soundness import LEFTOVER
from tests.forms.body_form import body_form
from tests.packages.sealing import small_audit
from tests.report.photographed import photo

OLD = Path(__file__).resolve().parents[1] / "data" / "library-v1.db"
LAST_YEARS = b"last year's"
PASSPHRASE, OTHER_PASSPHRASE = "Kiefern-Zapfen-9", "Fichten-Nadeln-7"
CLAUSE = "5.1.1.1"
LARGE = 3_000_000
WHO = "李工"


class Place:
    """A folder with a library, files that come in, a folder for what goes out, and one for temporary files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.library, self.old, self.fresh = (root / name for name in ("library", "old", "fresh"))
        self.given, self.out, self.temporary = (root / name for name in ("in", "out", "tmp"))

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


Operation = Callable[[Place], Steps]


def prepare(place: Place) -> None:
    """Fill an empty folder with what the operations need."""
    for folder in (place.library, place.old, place.given, place.out, place.temporary):
        folder.mkdir(parents=True)
    standard, audit = small_audit(place.library)
    with closing(place.open()) as library:
        library.add(audit, standard)
        library.set_setting("folder", "/home")
        library.keep_phrase(CLAUSE, "查阅了记录。")
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
    for name in TARGETS:
        (place.out / name).write_bytes(LAST_YEARS)


def _other_key(folder: Path) -> str:
    folder.mkdir()
    return Proofs(folder).make_key("许文静", PASSPHRASE).text


# Edits.


def _edit(place: Place, **values: Any) -> Steps:
    audit, library = place.audit()[1], place.open()
    change_set = fields_changed(audit, Kind.COMPANY, only_row(Kind.COMPANY), **values)

    def is_done() -> bool:
        company = library.load(audit.id)[1].company
        return all(getattr(company, name) == value for name, value in values.items())

    return Steps(lambda: library.apply(change_set), is_done, library.close)


def verdict(place: Place) -> Steps:
    """Judge an indicator, as a key does."""
    audit, library = place.audit()[1], place.open()
    before = audit.assessments[CLAUSE]  # type: ignore[index]
    wanted = Verdict.NOT_MET if before.verdict is Verdict.MET else Verdict.MET
    change_set = fields_changed(audit, Kind.ASSESSMENT, CLAUSE, verdict=wanted)

    def is_done() -> bool:
        return library.load(audit.id)[1].assessments[CLAUSE].verdict is wanted  # type: ignore[index]

    return Steps(lambda: library.apply(change_set), is_done, library.close)


def text(place: Place) -> Steps:
    """Store a long text."""
    return _edit(place, scope="在现场看到的情况。" * 3000)


def new_audit(place: Place) -> Steps:
    """Make a new audit."""
    standard, library = place.audit()[0], place.open()
    audit = empty_audit(standard)
    return Steps(lambda: library.add(audit, standard), lambda: library.holds(audit.id), library.close)


def take_audit_in(place: Place) -> Steps:
    """Import an audit file."""
    library = place.open()
    audit = files.read_audit(place.given / "audit.json")[1]

    def run() -> None:
        whole = files.read_audit_file(place.given / "audit.json")
        files.keep_thumbnails(place.library, whole.thumbnails)
        library.add(whole.audit, whole.standard)

    return Steps(run, lambda: library.holds(audit.id), library.close)


def setting(place: Place) -> Steps:
    """Keep a setting."""
    library = place.open()
    return Steps(
        lambda: library.set_setting("folder", "/srv"), lambda: library.setting("folder") == "/srv", library.close
    )


def phrase(place: Place) -> Steps:
    """Keep a phrase and drop another."""
    library = place.open()

    def run() -> None:
        library.keep_phrase(CLAUSE, "抽查了工单。")
        library.drop_phrase(CLAUSE, "查阅了记录。")

    return Steps(run, lambda: library.phrases(CLAUSE) == ["抽查了工单。"], library.close)


# Libraries.


def _opening(place: Place, folder: Path) -> Steps:
    opened: list[Library] = []

    def run() -> None:
        opened.append(place.open(folder))

    def is_done() -> bool:
        with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
            return int(connection.execute("PRAGMA user_version").fetchone()[0]) > 1

    return Steps(run, is_done, lambda: _close(opened))


def _close(libraries: Iterable[Library]) -> None:
    for library in libraries:
        library.close()


def first_start(place: Place) -> Steps:
    """Make a library in a folder that is not there yet."""
    return _opening(place, place.fresh)


def migration(place: Place) -> Steps:
    """Open a library of the first version."""
    return _opening(place, place.old)


def start_after_a_crash(place: Place) -> Steps:
    """Open a library whose program was killed, with its log beside it."""
    crashed = place.root / "crashed"
    crashed.mkdir(exist_ok=True)
    with closing(place.open()) as library:
        audit = library.load(library.summaries()[-1].id)[1]
        library.apply(fields_changed(audit, Kind.COMPANY, only_row(Kind.COMPANY), industry="泵"))
        for suffix in ("", "-wal"):
            copyfile(place.library / f"{FILE_NAME}{suffix}", crashed / f"{FILE_NAME}{suffix}")
    opened: list[Library] = []

    def run() -> None:
        opened.append(place.open(crashed))

    def is_done() -> bool:
        return bool(opened) and opened[-1].load(audit.id)[1].company.industry == "泵"

    return Steps(run, is_done, lambda: _close(opened))


def closing_time(place: Place) -> Steps:
    """Close the library, which folds its log into the one file."""
    audit, library = place.audit()[1], place.open()
    library.apply(fields_changed(audit, Kind.COMPANY, only_row(Kind.COMPANY), industry="泵"))

    def is_done() -> bool:
        with closing(place.open()) as reopened:
            return reopened.load(audit.id)[1].company.industry == "泵"

    return Steps(library.close, is_done)


# Evidence.


def _attach(place: Place, name: str) -> Steps:
    audit, library, store = place.audit()[1], place.open(), EvidenceStore(place.library)
    source = place.given / name
    sha256 = hashlib.sha256(source.read_bytes()).hexdigest()

    def run() -> None:
        facts = evidence.take(store, source)
        row = Evidence(
            EvidenceSubject.INDICATOR, CLAUSE, facts.sha256, facts.name, facts.media_type, facts.size, facts.taken_at
        )
        library.apply(ChangeSet(audit.id, (add(Kind.EVIDENCE, RowId(new_id()), row),)))

    def is_done() -> bool:
        rows = library.load(audit.id)[1].evidence
        return store.is_whole(sha256) and any(row.sha256 == sha256 for row in rows)

    return Steps(run, is_done, library.close)


def attach_photo(place: Place) -> Steps:
    """Attach a photo."""
    return _attach(place, "photo.jpg")


def attach_large_file(place: Place) -> Steps:
    """Attach a file that is copied in several pieces."""
    return _attach(place, "large.bin")


def save_evidence(place: Place) -> Steps:
    """Save a copy of evidence for the person."""
    sha256, store = place.audit()[1].evidence[0].sha256, EvidenceStore(place.library)
    target = place.out / "photo.jpg"
    return Steps(
        lambda: store.copy_to(sha256, target),
        lambda: hashlib.sha256(target.read_bytes()).hexdigest() == sha256,
    )


def logo(place: Place) -> Steps:
    """Keep a logo for reports."""
    return Steps(
        lambda: files.keep_logo(place.library, place.given / "photo.jpg"),
        lambda: files.logo(place.library) is not None,
    )


# Files for others.


def _written(place: Place, name: str, write: Callable[[Path], object]) -> Steps:
    target = place.out / name
    return Steps(lambda: write(target), lambda: is_whole(target))


def report(place: Place) -> Steps:
    """Export the Excel report."""
    audited = place.audit()
    return _written(
        place, "report.xlsx", lambda path: files.write_report(*audited, "zh", path, place.library, password=PASSPHRASE)
    )


def audit_file(place: Place) -> Steps:
    """Export the audit file."""
    audited = place.audit()
    return _written(place, "audit.json", lambda path: files.write_audit(*audited, path, place.library))


def report_pdf(place: Place) -> Steps:
    """Export the report as a PDF."""
    audited = place.audit()

    def write(path: Path) -> None:
        with pdf.fonts_at_hand():
            pdf.write_pdf(*audited, "zh", path, place.library)

    return _written(place, "report.pdf", write)


def bundle(place: Place) -> Steps:
    """Write the evidence bundle."""
    audited = place.audit()
    return _written(
        place, "bundle.zip", lambda path: packages.write_bundle(*audited, path, Packing(bare=True), place.library)
    )


def sealed(place: Place) -> Steps:
    """Write the sealed package, with a password."""
    audited, packing = place.audit(), Packing(password=PASSPHRASE)
    return _written(place, "sealed.zip", lambda path: packages.write_sealed(*audited, path, packing, place.library))


def take_package_in(place: Place) -> Steps:
    """Take a sealed package into a library that has none of it."""
    library = place.open(place.fresh)
    package = place.given / "package.zip"
    opened = packages.open_sealed(package)
    assert opened.audit is not None
    audit_id, rows = opened.audit.id, opened.audit.evidence

    def run() -> None:
        again = packages.open_sealed(package)
        packages.take_evidence(again, place.fresh)
        assert again.standard is not None and again.audit is not None  # noqa: PT018
        library.add(again.audit, again.standard)

    def is_done() -> bool:
        store = EvidenceStore(place.fresh)
        return library.holds(audit_id) and all(store.is_whole(row.sha256) for row in rows)

    return Steps(run, is_done, library.close)


def form(place: Place) -> Steps:
    """Fill the form of a body in."""
    audited, opened = place.audit(), Forms(place.library).open(place.given / "form.xlsx")
    return _written(place, "form.xlsx", lambda path: opened.fill({}, *audited, "zh", path, unwatched))


def remember_form(place: Place) -> Steps:
    """Remember the form of a body."""
    desk = Forms(place.library)
    opened = desk.open(place.given / "form.xlsx")
    return Steps(lambda: desk.remember("某认证", opened, {}), lambda: desk.bodies() == ("某认证",))


def reply(place: Place) -> Steps:
    """Write the workbook for replies."""
    audited = place.audit()
    return _written(place, "reply.xlsx", lambda path: Replies().write_replies(*audited, path))


def make_key(place: Place) -> Steps:
    """Make a key that takes the place of another."""
    desk = Proofs(place.library)
    before = desk.own_key()

    def is_done() -> bool:
        now = desk.own_key()
        return now is not None and now != before and bool(desk.unlock(OTHER_PASSPHRASE))

    return Steps(lambda: desk.make_key(WHO, OTHER_PASSPHRASE), is_done)


def trust_a_key(place: Place) -> Steps:
    """Remember the key of another auditor no more."""
    desk = Proofs(place.library)
    text = desk.trusted()[0].text
    return Steps(lambda: desk.forget(text), lambda: desk.trusted() == ())


OPERATIONS: Mapping[str, Operation] = {
    operation.__name__: operation
    for operation in (
        *(verdict, text, new_audit, take_audit_in, setting, phrase),
        *(first_start, migration, start_after_a_crash, closing_time),
        *(attach_photo, attach_large_file, save_evidence, logo),
        *(audit_file, form, remember_form, reply, make_key, trust_a_key),
        *(report, report_pdf, bundle, sealed, take_package_in),
    )
}
"""Every operation by its name, the quick ones first."""

TARGETS = (
    *("photo.jpg", "report.xlsx", "audit.json", "report.pdf", "bundle.zip", "sealed.zip"),
    *("form.xlsx", "reply.xlsx"),
)


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
            found[name] = _all_rows(path) if is_live else _rows(path)
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
        or LEFTOVER.fullmatch(path.name) is not None
    )


def _rows(path: Path) -> object:
    """Return the rows of a database, read from a copy so that its log stays beside it."""
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("", "-wal"):
            if Path(f"{path}{suffix}").exists():
                copyfile(f"{path}{suffix}", Path(folder, f"{path.name}{suffix}"))
        return _all_rows(Path(folder, path.name))


def _all_rows(path: Path) -> object:
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        rows = {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in sorted(names)}
    return rows or None


def sentence(error: AuditorError, language: str = "en") -> str:
    """Return the words for a problem."""
    topics = ("exchange", "cli", "report", "board", "findings", "evidence", "proof", "replies", "forms", "packages")
    return Catalogue.load(language, *topics).error(error)
