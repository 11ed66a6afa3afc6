"""Whatever the disk does, the auditor is told in a sentence, nothing is half written, and it works again afterwards."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.crash import safekeeping
from tests.crash.__main__ import Crew, Result
from tests.crash.faults import FAULTS, Call, Faults, Kind, compiled, environment, need_compiler
from tests.crash.sweep import ways_in

SCRIPT = """
import os, sqlite3, sys
from pathlib import Path
folder = Path(sys.argv[1])
connection = sqlite3.connect(folder / "some.db", isolation_level=None)
try:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE t (x)")
    print("done")
except sqlite3.OperationalError as error:
    print(error.sqlite_errorname)
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the compiled library of faults."""
    need_compiler()
    return compiled(tmp_path_factory.mktemp("faults"))


def said(library: Path, control: Path, folder: Path) -> str:
    """Return what a program says that makes a table while faults lie beneath it."""
    command = [sys.executable, "-c", SCRIPT, str(folder)]
    done = subprocess.run(
        command, env=environment(library, control), capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.strip()


def test_the_writes_of_the_database_can_be_counted_and_harmed(library: Path, tmp_path: Path) -> None:
    folder, faults = tmp_path / "disk", Faults(tmp_path / "control")
    folder.mkdir()
    with faults.counting(folder):
        assert said(library, tmp_path / "control", folder) == "done"
    assert {Call.OPEN, Call.WRITE, Call.SYNC} <= {call for call, _ in faults.log}
    assert "some.db-wal" in {name for _, name in faults.log}
    for kind, answer in (("disk full", "SQLITE_FULL"), ("disk fails", "SQLITE_IOERR_WRITE")):
        (fault,) = [fault for fault in FAULTS if fault.name == kind]
        wal = Kind(fault.name, fault.act, (Call.WRITE,), fault.error)
        faults.strike(folder, wal, 1, is_lasting=True)
        (folder / "some.db").unlink(missing_ok=True)
        assert said(library, tmp_path / "control", folder) in (answer, "")
        assert faults.hits > 0
    faults.lift()


def test_a_fault_elsewhere_befalls_nothing(library: Path, tmp_path: Path) -> None:
    folder, faults = tmp_path / "disk", Faults(tmp_path / "control")
    folder.mkdir()
    faults.strike(tmp_path / "elsewhere", FAULTS[0], 1, is_lasting=True)
    assert said(library, tmp_path / "control", folder) == "done"
    assert faults.hits == 0


def test_of_calls_alike_in_a_row_three_are_harmed() -> None:
    log = [(Call.OPEN, "a"), *[(Call.WRITE, "a")] * 100, (Call.READ, "a"), (Call.SYNC, "a")]
    (full,) = [fault for fault in FAULTS if fault.name == "disk full"]
    assert sorted({at for at, _ in ways_in(log, full)}) == [1, 2, 51, 101, 102]


@pytest.mark.long
def test_faults_beneath_operations_are_told_and_got_over(tmp_path: Path) -> None:
    need_compiler()
    check(tmp_path, "sweep", "0.015", "1", "1", "verdict", "attach_photo", "audit_file", "migration")


@pytest.mark.long
def test_faults_beneath_backups_restoring_salvage_and_sealing_are_told_and_got_over(tmp_path: Path) -> None:
    need_compiler()
    check(tmp_path, "sweep", "0.001", "1", "1", *(operation.__name__ for operation in safekeeping.ALL))


@pytest.mark.long
def test_faults_beneath_the_window_are_told_and_got_over(tmp_path: Path) -> None:
    need_compiler()
    check(tmp_path, "window_faults", "0.02", "1", "start", "verdict", "note", "audit file")


def check(folder: Path, *command: str) -> None:
    """Run a share of the faults and check that nothing came of them that must not."""
    results: list[Result] = []
    assert Crew(folder, workers=1).run([command], results.append)
    assert [result for result in results if result["wrong"]] == []
    assert sum(bool(result["hits"]) for result in results) > 1
