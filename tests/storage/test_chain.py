"""Each row of history is linked to the one before it, whoever writes it, as docs/HISTORY.md says."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from shutil import copyfile

import pytest

from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.changes import apply
from auditor_app.models.ids import AuditId
from auditor_app.models.standard import Standard
from auditor_app.storage.library import FILE_NAME, Library
from tests.builders import empty_audit, fields_changed

COMPANY = only_row(Kind.COMPANY)
DATA = Path(__file__).resolve().parents[1] / "data"
ROW = "change_set, audit_id, at, who, entity, row_id, field, before, after"


def canonical(*values: str | None) -> bytes:
    """Return what a link covers, written down anew from docs/HISTORY.md."""
    found = b""
    for value in values:
        found += b"-" if value is None else str(len(value.encode())).encode() + b":" + value.encode() + b","
    return found


def ends_as_its_rows_say(path: Path, audit_id: AuditId) -> int:
    """Check every link of an audit, and return how many rows it has."""
    with closing(sqlite3.connect(path)) as reader:
        audit = reader.execute("SELECT id, standard_hash, created_at FROM audit WHERE id = ?", (audit_id,)).fetchone()
        rows = reader.execute(f"SELECT {ROW}, link FROM history WHERE audit_id = ? ORDER BY seq", (audit_id,))
        link, count = sha256(canonical("auditor-workbench history 1", *audit)).digest(), 0
        for *row, stored in rows:
            link = sha256(link + canonical(*row)).digest()
            assert stored == link
            count += 1
        end = reader.execute("SELECT rows, head FROM chain WHERE audit_id = ?", (audit_id,)).fetchone()
    assert end == (count, link)
    return count


@pytest.fixture
def elsewhere(library: Library) -> Iterator[Library]:
    """Give a second window on the same library."""
    opened = Library(library.path.parent, who="王敏")
    yield opened
    opened.close()


def test_every_row_is_linked_to_the_one_before_in_the_same_audit(
    library: Library, audit: Audit, standard: Standard
) -> None:
    other = empty_audit(standard)
    library.add(other, standard)
    for name in ("甲", "", "乙 ☂"):
        edit = fields_changed(audit, Kind.COMPANY, COMPANY, name=name, employees=len(name) + 1)
        library.apply(edit)
        audit = apply(audit, edit)
        library.apply(fields_changed(library.load(other.id)[1], Kind.COMPANY, COMPANY, name=name + "2"))
    for one in (audit, other):
        assert ends_as_its_rows_say(library.path, one.id) == len(library.history(one.id))


def test_windows_that_write_by_turns_make_one_chain(library: Library, elsewhere: Library, audit: Audit) -> None:
    known = ends_as_its_rows_say(library.path, audit.id)
    for number in range(1, 5):
        edit = fields_changed(audit, Kind.COMPANY, COMPANY, employees=number)
        (elsewhere if number % 2 else library).apply(edit)
        audit = apply(audit, edit)
    assert ends_as_its_rows_say(library.path, audit.id) == known + 4


def test_an_edit_that_is_refused_leaves_the_chain_as_it_was(library: Library, elsewhere: Library, audit: Audit) -> None:
    elsewhere.apply(fields_changed(audit, Kind.COMPANY, COMPANY, name="theirs"))
    known = ends_as_its_rows_say(library.path, audit.id)
    with pytest.raises(Exception, match="changed_elsewhere"):
        library.apply(fields_changed(audit, Kind.COMPANY, COMPANY, name="mine"))
    assert ends_as_its_rows_say(library.path, audit.id) == known


@pytest.mark.parametrize("name", ["library-v1.db", "library-v2.db"])
def test_history_older_than_the_chain_is_linked_when_the_library_is_opened(tmp_path: Path, name: str) -> None:
    copyfile(DATA / name, tmp_path / FILE_NAME)
    steps: list[tuple[int, int]] = []
    with closing(Library(tmp_path, who="李工", progress=lambda *step: steps.append(step))) as library:
        audit = library.load(library.find("R0-2026-0031"))[1]
        old = len(library.history(audit.id))
        library.apply(fields_changed(audit, Kind.COMPANY, COMPANY, employees=9))
        assert ends_as_its_rows_say(library.path, audit.id) == old + 1
        carried = library._connection.execute("SELECT carried FROM chain").fetchall()
    assert carried == [(old,)]
    assert steps == sorted(steps)
    assert steps[-1] == (100, 100)


def test_a_migration_that_is_stopped_leaves_the_library_as_it_was(tmp_path: Path) -> None:
    copyfile(DATA / "library-v2.db", tmp_path / FILE_NAME)

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Library(tmp_path, who="李工", progress=stop)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as reader:
        assert reader.execute("PRAGMA user_version").fetchone() == (2,)
    with closing(Library(tmp_path, who="李工")) as library:
        ends_as_its_rows_say(library.path, library.find("R0-2026-0031"))
