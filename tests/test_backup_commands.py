"""Backups by command: made, listed, looked into, restored."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest
from PySide6.QtCore import QLockFile

from auditor_app.models.audit import Kind, only_row
from auditor_app.models.changes import apply
from auditor_app.models.ids import AuditId
from auditor_app.storage.backup import backups_of
from auditor_app.storage.library import FILE_NAME, Library
from auditor_app.storage.write_log import index_path, log_path
from tests.builders import fields_changed
from tests.test_cli import ID, NUMBER, PUMP_MAKER, Desk


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give the commands a library with one audit, and let them speak English."""
    return Desk.with_an_audit(tmp_path, capsys, monkeypatch)


def lines(desk: Desk, *arguments: object) -> list[list[str]]:
    code, output, problem = desk.run(*arguments)
    assert (code, problem) == (0, "")
    return [line.split("\t") for line in output.splitlines()]


def test_a_backup_is_made_once_for_every_state_and_copied(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    told = lines(desk, "backup", "--to", stick)
    made = backups_of(desk.library)[0]
    root = next(stick.iterdir())
    assert told == [[f"backed up: {made.path}"], [f"copied to {root}; evidence copied: 0"]]
    assert [each.path.name for each in backups_of(root)] == [made.path.name]
    assert lines(desk, "backup") == [[f"nothing has changed since the backup {made.path}"]]


def test_backups_are_listed_with_what_is_in_them(desk: Desk) -> None:
    lines(desk, "backup")
    (row,) = lines(desk, "restore")
    assert row[0] == backups_of(desk.library)[0].path.name
    assert row[2:4] + row[5:6] == ["Automatic", "1", "whole"]
    (audit,) = lines(desk, "restore", row[0])
    assert (audit[0], audit[3], audit[4]) == (NUMBER, "as now", ID)


def test_one_audit_comes_back_as_a_new_one(desk: Desk) -> None:
    lines(desk, "backup")
    lines(desk, "restore", "latest", "--audit", NUMBER)
    assert {row[0] for row in lines(desk, "list")} == {NUMBER, f"{NUMBER}-restored"}
    assert desk.refused("restore", "latest", "--audit", "none")[0] == 2


def test_the_whole_library_comes_back_and_what_was_there_is_kept(desk: Desk) -> None:
    lines(desk, "backup")
    lines(desk, "restore", "latest", "--audit", ID)
    told = lines(desk, "restore", "latest", "--whole")
    assert [row[0] for row in lines(desk, "list")] == [NUMBER]
    kept = backups_of(desk.library)[0].path
    assert told[1] == [f"what was there before is kept: {kept}"]
    lines(desk, "restore", kept.name, "--whole")
    assert len(lines(desk, "list")) == 2


def test_a_library_that_a_window_has_open_is_not_restored_over(desk: Desk) -> None:
    lines(desk, "backup")
    lock = QLockFile(str(desk.library / "window.lock"))
    assert lock.tryLock(0)
    code, told = desk.refused("restore", "latest", "--whole")
    assert code == 3
    assert "Another program uses the library" in told
    lock.unlock()


def test_a_damaged_backup_is_listed_as_such_and_not_restored(desk: Desk) -> None:
    lines(desk, "backup")
    path = backups_of(desk.library)[0].path
    path.write_bytes(path.read_bytes()[:-10])
    assert lines(desk, "restore")[0][5] == "damaged"
    assert desk.refused("restore", path.name, "--whole")[0] == 3
    assert desk.refused("restore", "latest", "--whole")[0] == 3


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("restore", "--whole"), 2),
        (("restore", "x.db", "--whole", "--audit", "a"), 2),
        (("restore", "x.db"), 3),
        (("backup", "--to", "/no/such/folder"), 2),
    ],
)
def test_what_cannot_be_meant_is_told_in_one_sentence(desk: Desk, arguments: tuple[str, ...], code: int) -> None:
    assert desk.refused(*arguments)[0] == code


def test_a_backup_is_looked_into_though_the_present_library_does_not_read(desk: Desk) -> None:
    lines(desk, "backup")
    (desk.library / FILE_NAME).write_bytes(b"?" * 20_000)
    (audit,) = lines(desk, "restore", "latest")
    assert (audit[0], audit[3], audit[4]) == (NUMBER, "not to be compared", ID)


def test_another_file_that_is_named_as_a_backup_is_told_what_it_is(desk: Desk, tmp_path: Path) -> None:
    code, told = desk.refused("restore", PUMP_MAKER)
    assert (code, "This is an audit file" in told) == (2, True)
    (tmp_path / "picture.db").write_bytes(b"\xff\xd8\xff no backup")
    code, told = desk.refused("restore", tmp_path / "picture.db")
    assert (code, "picture.db" in told) == (3, True)


def test_a_folder_that_is_not_there_is_told_and_nothing_is_restored(desk: Desk, tmp_path: Path) -> None:
    lines(desk, "backup")
    for more in ((), ("latest", "--whole")):
        code, problem = desk.refused("restore", *more, "--from", tmp_path / "typo")
        assert code == 3
        assert "typo" in problem
    assert desk.refused("restore", "")[0] == 3


@pytest.mark.parametrize("with_index", [True, False])
def test_a_library_whose_log_is_torn_is_touched_by_no_command(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, with_index: bool
) -> None:
    lines(desk, "backup")
    with closing(Library(desk.library, who="李工")) as library:
        audit = library.load(AuditId(ID))[1]
        for number in range(9):
            change = fields_changed(audit, Kind.COMPANY, only_row(Kind.COMPANY), employees=number + 1)
            library.apply(change)
            audit = apply(audit, change)
        library._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        killed = tmp_path / "killed"
        copytree(desk.library, killed)
    log = log_path(killed / FILE_NAME)
    log.write_bytes(log.read_bytes()[: log.stat().st_size // 2])
    if not with_index:
        index_path(killed / FILE_NAME).unlink()
    before = {path.name: path.read_bytes() for path in killed.glob("library.db*")}
    desk.library = killed
    for command in (("list",), ("check",), ("backup",), ("dump", ID, "--out", tmp_path / "dump.json")):
        code, problem = desk.refused(*command)
        assert (code, "is not whole" in problem) == (3, True)
    assert {path.name: path.read_bytes() for path in killed.glob("library.db*")} == before


def test_a_library_that_is_gone_beside_its_backups_is_not_made_anew_by_a_command(desk: Desk) -> None:
    lines(desk, "backup")
    (desk.library / FILE_NAME).write_bytes(b"")
    for command in (("check",), ("list",), ("backup",), ("import", PUMP_MAKER)):
        code, problem = desk.refused(*command)
        assert (code, "missing or empty" in problem) == (3, True)
    assert not (desk.library / FILE_NAME).stat().st_size
    lines(desk, "restore", "latest", "--whole")
    assert [row[0] for row in lines(desk, "list")] == [NUMBER]
