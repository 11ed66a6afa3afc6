"""Whatever is changed past the program is found, and the place is named."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from shutil import copyfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.changes import ChangeSet, add, apply
from auditor_app.models.entities import Evidence, TeamMember
from auditor_app.models.enums import EvidenceSubject, Verdict
from auditor_app.models.ids import AuditId, RowId
from auditor_app.models.progress import Cancelled
from auditor_app.models.standard import Standard
from auditor_app.models.wholeness import Fault, Wholeness
from auditor_app.storage.checking import check_library
from auditor_app.storage.evidence_store import EvidenceStore
from auditor_app.storage.library import FILE_NAME, Library
from tests.builders import STANDARD, audits, change_sets, empty_audit, fields_changed, row_added, row_removed, with_rows
from tests.conftest import EXAMPLES
from tests.storage.spoiling import other_than, past_the_program

COMPANY = only_row(Kind.COMPANY)
DATA = Path(__file__).resolve().parents[1] / "data"


def unsigned(lines: Sequence[str], _head: str, key: str) -> bool:
    """Say that there is no signature."""
    return not lines and not key


def checked(library: Library, audit_id: AuditId | None = None) -> Wholeness:
    return check_library(library.path, unsigned, audit_id)


def codes(found: Wholeness) -> list[str]:
    return [fault.code for fault in found.faults]


def spoil(library: Library, statement: str, *values: object) -> None:
    with past_the_program(library.path) as connection:
        assert connection.execute(statement, values).rowcount


@pytest.fixture
def edited(library: Library, audit: Audit) -> Audit:
    """Give a stored audit that was edited a few times."""
    for edit in (
        lambda now: fields_changed(now, Kind.COMPANY, COMPANY, name="泵业", employees=12),
        lambda now: row_added(now, Kind.TEAM, "row-2", TeamMember("王敏")),
        lambda now: fields_changed(now, Kind.TEAM, "row-2", name="王敏 ☂"),
        lambda now: row_removed(now, Kind.TEAM, "row-1"),
        lambda now: fields_changed(now, Kind.ASSESSMENT, "5.1.1.1", verdict=Verdict.NOT_MET),
    ):
        change_set = edit(audit)
        library.apply(change_set)
        audit = apply(audit, change_set)
    return audit


def test_a_library_that_only_the_program_wrote_is_whole(library: Library, edited: Audit, standard: Standard) -> None:
    library.add(empty_audit(standard), standard)
    found = checked(library)
    assert found.is_whole
    assert (found.audits, found.rows) == (2, len(library.history(edited.id)) + 3)
    assert found.notes == ()


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("library-v*.db")))
def test_a_library_of_every_version_is_whole_and_says_since_when(tmp_path: Path, name: str) -> None:
    copyfile(DATA / name, tmp_path / FILE_NAME)
    Library(tmp_path, who="李工").close()
    found = check_library(tmp_path / FILE_NAME, unsigned)
    assert found.faults == ()
    assert ("carried" in [note.code for note in found.notes]) == (name < "library-v3")


def test_a_word_changed_in_the_history_is_found_in_its_row(library: Library, edited: Audit) -> None:
    row = len(library.history(edited.id)) - 2
    spoil(library, "UPDATE history SET after = '\"王敏\"' WHERE seq = ?", row)
    (fault, *more) = checked(library).faults
    assert (fault.code, fault.params["row"]) == ("link_broken", row)
    assert [f.code for f in more] == ["row_changed"]


def test_a_change_past_the_history_is_found_with_what_it_was(library: Library, edited: Audit) -> None:
    library.apply(fields_changed(edited, Kind.AUDIT, only_row(Kind.AUDIT), number="R0-1"))
    spoil(library, "UPDATE assessment SET verdict = 'met' WHERE row_id = '5.1.1.1'")
    place = {"entity": "assessment", "row_id": "5.1.1.1", "field": "verdict"}
    assert checked(library).faults == (Fault("row_changed", "R0-1", {**place, "stored": "met", "history": "not_met"}),)


def test_an_edit_of_what_was_changed_past_the_history_does_not_hide_it(library: Library, edited: Audit) -> None:
    spoil(library, "UPDATE company SET employees = 13")
    now = library.load(edited.id)[1]
    library.apply(fields_changed(now, Kind.COMPANY, COMPANY, employees=14))
    assert codes(checked(library)) == ["history_does_not_fit"]


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM history WHERE seq = 5", "history_missing"),
        ("DELETE FROM history WHERE seq = (SELECT max(seq) FROM history)", "rows_missing"),
        ("DELETE FROM team_member", "row_taken_away"),
        ("INSERT INTO bonus SELECT audit_id, 'bonus', 'quick' FROM company", "row_slipped_in"),
        ("DELETE FROM chain", "chain_missing"),
        ("UPDATE listing SET company = 'another'", "listing_wrong"),
        ("UPDATE chain SET finalised = 1", "seal_changed"),
        ("UPDATE chain SET head = zeroblob(32)", "end_changed"),
        ("DELETE FROM audit", "audit_missing"),
        ("UPDATE audit SET created_at = '2020-01-01'", "link_broken"),
        ("UPDATE standard SET content = replace(content, '5', '6')", "pack_changed"),
        ("INSERT INTO signature VALUES (1, 'lines')", "signature_of_nothing"),
        ("UPDATE history SET entity = 'nothing' WHERE seq = 2", "history_unreadable"),
        ("UPDATE history SET after = 'no json' WHERE seq = 2", "history_unreadable"),
        ("UPDATE history SET who = CAST(x'ff' AS TEXT) WHERE seq = 2", "link_broken"),
    ],
)
def test_what_is_taken_away_or_slipped_in_is_found(library: Library, edited: Audit, statement: str, code: str) -> None:
    spoil(library, statement)
    assert code in codes(checked(library))


def test_a_guard_of_the_history_that_was_taken_away_is_missed(library: Library, edited: Audit) -> None:
    with closing(sqlite3.connect(library.path)) as connection:
        connection.execute("DROP TRIGGER history_is_never_removed")
    assert codes(checked(library)) == ["guard_missing"]


def test_rows_taken_off_the_end_with_all_that_counts_them_are_missed_in_the_numbers(
    library: Library, edited: Audit
) -> None:
    with past_the_program(library.path) as connection:
        connection.execute("DELETE FROM history WHERE seq = (SELECT max(seq) FROM history)")
        connection.execute(
            "UPDATE chain SET rows = rows - 1, head = (SELECT link FROM history ORDER BY seq DESC LIMIT 1)"
        )
        connection.execute("UPDATE assessment SET verdict = 'met' WHERE row_id = '5.1.1.1'")
    assert codes(checked(library)) == ["history_missing"]


def test_only_the_audit_that_was_asked_for_is_checked(library: Library, edited: Audit, standard: Standard) -> None:
    other = empty_audit(standard)
    library.add(other, standard)
    spoil(library, "UPDATE company SET employees = 7 WHERE audit_id = ?", other.id)
    assert checked(library, edited.id).is_whole
    assert codes(checked(library, other.id)) == ["row_changed"]


class TestEvidence:
    """Originals are compared with their sha256."""

    @pytest.fixture
    def photo(self, library: Library, audit: Audit) -> Path:
        """Give the original of a photo that was attached to an indicator."""
        store = EvidenceStore(library.path.parent)
        stored = store.add_bytes(b"a photo")
        row = Evidence(EvidenceSubject.INDICATOR, "5.1.1.1", stored.sha256, "门头.jpg", "image/jpeg", stored.size)
        library.apply(ChangeSet(audit.id, (add(Kind.EVIDENCE, RowId("row-1"), row),)))
        return store.path(stored.sha256)

    def test_an_original_that_is_as_it_came_is_whole(self, library: Library, photo: Path) -> None:
        assert checked(library).is_whole
        assert checked(library).files == 1

    def test_an_original_that_was_changed_is_named(self, library: Library, photo: Path) -> None:
        photo.chmod(0o600)
        photo.write_bytes(b"another")
        (fault,) = checked(library).faults
        assert (fault.code, fault.params["name"]) == ("content_changed", "门头.jpg")

    def test_an_original_that_was_taken_in_here_and_is_gone_is_named(self, library: Library, photo: Path) -> None:
        photo.unlink()
        assert codes(checked(library)) == ["content_missing"]

    def test_an_original_that_never_came_with_its_audit_is_only_told(
        self, library: Library, standard: Standard
    ) -> None:
        row = Evidence(EvidenceSubject.INDICATOR, "5.1.1.1", "0f" * 32, "门头.jpg", "image/jpeg", 7)
        library.add(with_rows(empty_audit(standard), (Kind.EVIDENCE, "row-1", row)), standard)
        found = checked(library)
        assert found.is_whole
        assert [note.code for note in found.notes] == ["content_elsewhere"]


def test_a_check_can_be_ended(library: Library, edited: Audit) -> None:
    def end(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        check_library(library.path, unsigned, None, end)


def test_a_check_writes_nothing_and_sees_one_state_while_others_write(library: Library, edited: Audit) -> None:
    def edit(done: int, _total: int) -> None:
        if done == 0:
            now = library.load(edited.id)[1]
            library.apply(fields_changed(now, Kind.COMPANY, COMPANY, employees=now.company.employees + 1))

    assert check_library(library.path, unsigned, None, edit).is_whole
    assert checked(library).is_whole


SPOILT = ["history", "chain", "audit", *Kind]
KEYS = {"history": "seq", "chain": "audit_id", "audit": "id"}
# An id in its place is what the row is; the others say nothing about an audit.
LEFT_ALONE = ("id", "audit_id", "seq", "carried")


@settings(max_examples=min(25, EXAMPLES))
@given(st.data(), audits())
def test_any_cell_changed_past_the_program_is_found_whatever_was_edited_before(
    data: st.DataObject, audit: Audit
) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(Library(Path(folder), who="李工")) as library:
        library.add(audit, STANDARD)
        for _ in range(data.draw(st.integers(0, 3))):
            change_set = data.draw(change_sets(audit))
            library.apply(change_set)
            audit = apply(audit, change_set)
        assert written_faults(library) == []
        table, column, key, was = data.draw(st.sampled_from(cells(library.path)))
        statement = f"UPDATE {table} SET {column} = ? WHERE {KEYS.get(table, 'row_id')} = ?"
        spoil(library, statement, other_than(was), key)
        assert written_faults(library)


def written_faults(library: Library) -> list[str]:
    """Return what is wrong in the database; no example has originals of its evidence."""
    return [code for code in codes(checked(library)) if code != "content_missing"]


def cells(path: Path) -> list[tuple[str, str, object, object]]:
    """Return every cell of an audit: table, column, key of the row, what is in it."""
    found = []
    with closing(sqlite3.connect(path)) as reader:
        for table in SPOILT:
            names = [column[1] for column in reader.execute(f"PRAGMA table_info({table})")]
            for row in map(partial(zip, names), reader.execute(f"SELECT * FROM {table}").fetchall()):
                values = dict(row)
                key = values[KEYS.get(table, "row_id")]
                found += [(str(table), name, key, values[name]) for name in names if name not in LEFT_ALONE]
    return found
