"""What the program writes, each as one operation that a fault can befall, beneath the window."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from shutil import copyfile
from typing import Any

from auditor_app import evidence, files
from auditor_app.deliveries import importing, packages, pdf
from auditor_app.deliveries.forms import Forms
from auditor_app.deliveries.proof import Proofs
from auditor_app.deliveries.replies import Replies
from auditor_app.models.audit import Kind, only_row
from auditor_app.models.changes import ChangeSet, add
from auditor_app.models.entities import Evidence
from auditor_app.models.enums import EvidenceSubject, Verdict
from auditor_app.models.ids import RowId, new_id
from auditor_app.models.packed import Packing
from auditor_app.models.progress import unwatched
from auditor_app.storage.evidence_store import EvidenceStore
from auditor_app.storage.library import FILE_NAME, Library
from tests.builders import empty_audit, fields_changed
from tests.crash import safekeeping
from tests.crash.place import CLAUSE, OTHER_PASSPHRASE, PASSPHRASE, PHRASE, WHO, Operation, Place, Steps, is_whole

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
        importing.take_in(place.library, WHO, place.given / "audit.json", unwatched)

    return Steps(run, lambda: library.holds(audit.id), library.close)


def setting(place: Place) -> Steps:
    """Keep a setting."""
    library = place.open()
    return Steps(
        lambda: library.set_setting("folder", "/srv"), lambda: library.setting("folder") == "/srv", library.close
    )


def phrase(place: Place) -> Steps:
    """Keep a phrase."""
    library, kept = place.open(), "抽查了工单。"
    return Steps(lambda: library.keep_phrase(CLAUSE, kept), lambda: kept in library.phrases(CLAUSE), library.close)


def forget_phrase(place: Place) -> Steps:
    """Keep a phrase no more."""
    library = place.open()
    return Steps(lambda: library.drop_phrase(CLAUSE, PHRASE), lambda: not library.phrases(CLAUSE), library.close)


# Libraries.


def _opening(place: Place, folder: Path) -> Steps:
    opened: list[Library] = []

    def run() -> None:
        opened.append(place.open(folder))

    def is_done() -> bool:
        with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
            return int(connection.execute("PRAGMA user_version").fetchone()[0]) > 1

    # What a disk refuses to sync, and goes on refusing, lies in the log all the same.
    return Steps(run, is_done, lambda: _close(opened), may_outlast=True)


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
    desk, key = Proofs(place.library), Proofs(place.temporary / "other").own_key()
    assert key is not None
    text = key.text
    if not desk.trusted():
        desk.remember("许文静", text)
    return Steps(lambda: desk.forget(text), lambda: desk.trusted() == ())


OPERATIONS: Mapping[str, Operation] = {
    operation.__name__: operation
    for operation in (
        *(verdict, text, new_audit, take_audit_in, setting, phrase, forget_phrase),
        *(first_start, migration, start_after_a_crash, closing_time),
        *(attach_photo, attach_large_file, save_evidence, logo),
        *(audit_file, form, remember_form, reply, make_key, trust_a_key),
        *(report, report_pdf, bundle, sealed, take_package_in),
        *safekeeping.ALL,
    )
}
"""Every operation by its name, the quick ones first."""
