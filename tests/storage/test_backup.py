"""A backup is one state of the library, whole or not there, made while the auditor goes on working."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import IO

import pytest

from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.changes import apply
from auditor_app.models.progress import Cancelled
from auditor_app.models.standard import Standard
from auditor_app.storage.backup import backups_of, is_whole, make_backup
from auditor_app.storage.backup_files import FOLDER_NAME, rotate, sidecar_of
from auditor_app.storage.backup_problems import BackupProblem
from auditor_app.storage.library import Library
from auditor_app.storage.restoring import audit_in, audits_in
from auditor_app.storage.write_log import log_path
from tests.builders import empty_audit, fields_changed

COMPANY = only_row(Kind.COMPANY)


def edit(library: Library, audit: Audit, name: str) -> Audit:
    change_set = fields_changed(audit, Kind.COMPANY, COMPANY, name=name)
    library.apply(change_set)
    return apply(audit, change_set)


ODD = (
    b'{"schema":4,"audits":1,"rows":[1],"state":"x","sha256":"y"}',
    b'{"schema":4,"audits":1e999,"rows":{},"state":"x","sha256":"y"}',
)
"""What is JSON, and yet nothing that the program wrote beside a backup."""


def names_in(folder: Path) -> set[str]:
    return {path.name for path in (folder / FOLDER_NAME).iterdir()} - {".lock"}


def test_a_backup_holds_what_the_library_held_and_says_so(library: Library, audit: Audit) -> None:
    folder = library.path.parent
    made = make_backup(folder)
    assert made is not None
    assert backups_of(folder) == [made]
    assert is_whole(made)
    assert made.facts is not None
    assert (made.facts.audits, made.facts.rows["history"]) == (1, len(library.history(audit.id)))
    assert audit_in(made, audit.id, folder)[1] == audit
    assert [(each.id, each.company) for each in audits_in(made.path)] == [(audit.id, audit.company.name)]


def test_nothing_is_backed_up_twice(library: Library, audit: Audit) -> None:
    folder = library.path.parent
    first = make_backup(folder)
    assert make_backup(folder) is None
    edit(library, audit, "泵业")
    second = make_backup(folder)
    assert [first, second] == backups_of(folder)[::-1]


def test_the_log_is_brought_into_the_database_by_the_backup_and_by_no_edit(library: Library, audit: Audit) -> None:
    make_backup(library.path.parent)
    before = library.path.read_bytes()
    # Twice what SQLite would let gather there by itself.
    for number in range(400):
        audit = edit(library, audit, f"第{number}次")
    assert library.path.read_bytes() == before
    make_backup(library.path.parent)
    assert library.path.read_bytes() != before
    assert log_path(library.path).stat().st_size == 0


@pytest.mark.parametrize("what", ["setting", "phrase"])
def test_what_the_history_does_not_tell_of_is_backed_up_too(library: Library, audit: Audit, what: str) -> None:
    folder = library.path.parent
    make_backup(folder)
    if what == "setting":
        library.set_setting("auditor", "李工")
    else:
        library.keep_phrase("", "抽查三份，均符合。")
    assert make_backup(folder) is not None


def test_an_edit_made_while_it_is_copied_neither_waits_nor_is_in_it(library: Library, audit: Audit) -> None:
    edits = iter(range(100))
    latest = [audit]

    def while_copying(done: int, total: int) -> None:
        # Between two steps of the copy, on the connection of the window.
        if (number := next(edits, None)) is not None:
            latest[0] = edit(library, latest[0], f"第{number}次")

    folder = library.path.parent
    made = make_backup(folder, progress=while_copying)
    assert made is not None
    assert is_whole(made)
    assert audit_in(made, audit.id, folder)[1] == audit
    assert library.load(audit.id)[1] == latest[0] != audit


def test_a_library_without_a_log_is_backed_up_between_the_edits(library: Library, audit: Audit) -> None:
    assert library._connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete"
    numbers, latest = iter(range(2)), [audit]

    def while_copying(done: int, total: int) -> None:
        if (number := next(numbers, None)) is not None:
            latest[0] = edit(library, latest[0], f"第{number}次")

    made = make_backup(library.path.parent, progress=while_copying)
    assert made is not None
    assert is_whole(made)
    assert audit_in(made, audit.id, library.path.parent)[1] in (latest[0], audit)


def test_only_the_owner_may_read_backups(library: Library, audit: Audit) -> None:
    make_backup(library.path.parent)
    backups = library.path.parent / FOLDER_NAME
    assert stat.S_IMODE(backups.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in backups.iterdir()} == {0o600}


def test_a_backup_cancelled_half_way_leaves_nothing(library: Library, audit: Audit) -> None:
    def cancel(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        make_backup(library.path.parent, progress=cancel)
    assert names_in(library.path.parent) == set()


def test_a_backup_that_rotted_is_known_as_damaged(library: Library, audit: Audit) -> None:
    folder = library.path.parent
    made = make_backup(folder)
    assert made is not None
    content = bytearray(made.path.read_bytes())
    content[-100] ^= 1
    made.path.write_bytes(content)
    assert not is_whole(made)
    made.path.write_bytes(content[:-4096])
    assert [each.is_damaged for each in backups_of(folder)] == [True]
    assert not is_whole(backups_of(folder)[0])
    # The next one does not take it for a backup of the present state.
    assert make_backup(folder) is not None


@pytest.mark.parametrize("sidecar", [None, b"", b"[]", b"{}", b"\xff", b"[" * 60_000, *ODD])
def test_a_backup_without_a_word_beside_it_is_asked_itself(
    library: Library, audit: Audit, sidecar: bytes | None
) -> None:
    made = make_backup(library.path.parent)
    assert made is not None
    if sidecar is None:
        sidecar_of(made.path).unlink()
    else:
        sidecar_of(made.path).write_bytes(sidecar)
    found = backups_of(library.path.parent)[0]
    assert (found.facts, found.is_damaged) == (None, False)
    assert is_whole(found)
    middle = found.size // 2 // 4096 * 4096
    with found.path.open("r+b") as file:
        file.seek(middle)
        file.write(b"\xff" * 4096)
    assert not is_whole(found)


def test_a_backup_whose_schema_is_no_text_is_damaged_and_hides_no_other(library: Library, audit: Audit) -> None:
    folder = library.path.parent
    made = make_backup(folder)
    assert made is not None
    spoilt = made.path.with_name("library-20260302T090000Z-automatic.db")
    spoilt.write_bytes(made.path.read_bytes().replace(b"CREATE TABLE company", b"CREATE TABLE comp\xffny"))
    found = backups_of(folder)
    assert [is_whole(each) for each in found] == [True, False]
    for use in (lambda: audits_in(spoilt), lambda: audit_in(found[1], audit.id, folder)):
        with pytest.raises(BackupProblem) as told:
            use()
        assert told.value.code == "backup_damaged"


def test_a_library_whose_schema_is_no_text_does_not_become_a_backup(library: Library, audit: Audit) -> None:
    folder = library.path.parent
    library.close()
    library.path.write_bytes(library.path.read_bytes().replace(b"CREATE TABLE company", b"CREATE TABLE comp\xffny"))
    with pytest.raises(BackupProblem) as told:
        make_backup(folder)
    assert told.value.code == "library_damaged"


def test_a_damaged_library_does_not_become_a_backup(library: Library, audit: Audit) -> None:
    folder = library.path.parent
    before = make_backup(folder)
    edit(library, audit, "泵业")
    library.close()
    with library.path.open("r+b") as file:
        file.seek(library.path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xff" * 8192)
    with pytest.raises(BackupProblem) as told:
        make_backup(folder)
    assert told.value.code == "library_damaged"
    assert backups_of(folder) == [before]


def test_a_backup_that_cannot_be_read_at_that_moment_does_not_go(
    library: Library, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = library.path.parent
    first = make_backup(folder)
    assert first is not None
    # So old that it would go if it were damaged.
    old = first.path.with_name("library-20200101T090000Z-automatic.db")
    first.path.rename(old)
    make_backup(folder)
    read = Path.open

    def refused(path: Path, *arguments: object, **more: object) -> IO[bytes]:
        if path == old:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        return read(path, *arguments, **more)  # type: ignore[call-overload]

    with monkeypatch.context() as moment:
        moment.setattr(Path, "open", refused)
        assert [backup.is_damaged for backup in backups_of(folder)] == [False, True]
        rotate(folder)
    assert old.exists()
    old.write_bytes(b"rotten")
    rotate(folder)
    assert not old.exists()


def test_files_of_others_among_the_backups_stay(library: Library, audit: Audit) -> None:
    folder = library.path.parent
    make_backup(folder)
    others = ["notes.txt", "library.db", "library-20200101T000000Z-automatic.db.bak", ".tmp", "library-x-automatic.db"]
    for name in others:
        (folder / FOLDER_NAME / name).write_text("mine")
    edit(library, audit, "泵业")
    make_backup(folder)
    assert names_in(folder) >= set(others)


def test_a_full_disk_is_told_costs_no_backup_and_leaves_no_fragment(small_disk: Path, standard: Standard) -> None:
    folder = small_disk / "library"
    audit = empty_audit(standard)
    with closing(Library(folder, who="李工")) as library:
        library.add(audit, standard)
        kept = make_backup(folder)
        saved = edit(library, audit, "泵业")
        names = names_in(folder)
        with suppress(OSError), (small_disk / "ballast").open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass
        with pytest.raises(BackupProblem) as told:
            make_backup(folder)
        assert (told.value.code, told.value.params["folder"]) == ("disk_full", folder / FOLDER_NAME)
        assert names_in(folder) == names
        assert backups_of(folder) == [kept]
        assert library.load(audit.id)[1] == saved


def test_two_programs_do_not_back_up_at_once(library: Library, audit: Audit) -> None:
    folder, told = library.path.parent, list[str]()

    def meanwhile(done: int, total: int) -> None:
        if not told:
            with pytest.raises(BackupProblem) as problem:
                make_backup(folder)
            told.append(problem.value.code)

    assert make_backup(folder, progress=meanwhile) is not None
    assert told == ["under_way"]


KILLED = """
import os, signal, sys, time
from pathlib import Path
from auditor_app.storage.backup import make_backup
def die(done, total):
    if done >= int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
make_backup(Path(sys.argv[1]), progress=die)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("at", [0, 300, 950])
def test_a_program_killed_while_it_backs_up_leaves_what_the_next_one_sweeps(
    library: Library, audit: Audit, at: int
) -> None:
    folder = library.path.parent
    kept = make_backup(folder)
    edit(library, audit, "泵业")
    run = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(at)], capture_output=True)
    assert run.returncode == -9, run.stderr
    assert backups_of(folder) == [kept]
    fragments = names_in(folder) - {kept.path.name, sidecar_of(kept.path).name} if kept else set()
    assert all(name.startswith(".") for name in fragments)
    made = make_backup(folder)
    assert made is not None
    assert {name for name in names_in(folder) if name.startswith(".")} == set()
    assert is_whole(made)


def test_what_another_program_writes_now_is_not_swept(library: Library, audit: Audit) -> None:
    folder = library.path.parent
    seen: list[set[str]] = []
    done = threading.Event()

    def slowly(_done: int, _total: int) -> None:
        if not seen:
            with pytest.raises(BackupProblem):
                make_backup(folder)
            seen.append(names_in(folder))
        done.set()

    make_backup(folder, progress=slowly)
    assert done.is_set()
    assert [name for name in seen[0] if name.startswith(".backup-")]


def test_a_backup_is_one_plain_database(library: Library, audit: Audit) -> None:
    made = make_backup(library.path.parent)
    assert made is not None
    os.chmod(made.path, 0o400)
    with closing(sqlite3.connect(f"file:{made.path}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert json.loads(sidecar_of(made.path).read_text("utf-8"))["audits"] == 1
    assert time.time() - made.made_at.timestamp() < 60
