"""A laptop that loses its power straight after a keystroke has lost nothing that was typed before."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from auditor_app.models.enums import Verdict
from auditor_app.models.ids import AuditId
from auditor_app.models.standard import Standard
from auditor_app.storage.library import FILE_NAME, Library
from tests.builders import empty_audit
from tests.session.tables import read_anew
from tests.window.screen import ROOT, Screen, running

pytestmark = pytest.mark.long

ROUNDS = (1, 2, 5, 9, 14)
KILLED = -9

DYING = """
import os, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from tests.ui.conftest import open_window
from tests.ui.desk import SHEET, Key
from PySide6.QtTest import QTest

desk = open_window(QApplication([]), Path(sys.argv[1]), sample=False)
desk.show(SHEET)
desk.select("5.1.5.1")
window = desk._keyboard()
QTest.keyClick(window, Key.Key_2)
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def prepared(tmp_path: Path, standard: Standard) -> tuple[Path, AuditId]:
    """Give a library with an empty audit."""
    library = Library(tmp_path, "李工")
    audit = empty_audit(standard)
    library.add(audit, standard)
    library.close()
    return tmp_path, audit.id


def check_sound(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("verdicts", ROUNDS)
def test_a_program_killed_after_some_verdicts_kept_all_but_the_key_on_its_way(
    screen: Screen, prepared: tuple[Path, AuditId], standard: Standard, verdicts: int
) -> None:
    folder, audit_id = prepared
    with running(screen, folder) as program:
        program.key("ctrl+3")
        program.wait_until_idle()
        if verdicts > 1:
            # On a busy computer many keys may be on their way; here it is to be one.
            program.key(*["1", "Return"] * (verdicts - 1), delay=25)
            program.wait_until_idle()
        program.key("1")
        program.kill()
    check_sound(folder)
    kept = read_anew(folder, audit_id).assessments
    assert len(kept) in (verdicts - 1, verdicts)
    assert list(kept) == list(standard.indicators)[: len(kept)]
    assert all(assessment.verdict is Verdict.MET for assessment in kept.values())


def test_a_library_left_by_a_killed_program_opens_at_once(screen: Screen, prepared: tuple[Path, AuditId]) -> None:
    folder, audit_id = prepared
    with running(screen, folder) as program:
        program.key("ctrl+3", "1", delay=25)
        program.kill()
    with running(screen, folder) as program:
        program.key("ctrl+3", "2", "ctrl+q", delay=25)
        assert program.wait_for_end() == 0
    judged = read_anew(folder, audit_id).assessments
    assert any(assessment.verdict is Verdict.NOT_MET for assessment in judged.values())
    check_sound(folder)


def test_a_verdict_is_on_disk_when_the_key_that_gave_it_comes_back(
    prepared: tuple[Path, AuditId],
) -> None:
    folder, audit_id = prepared
    died = subprocess.run(
        [sys.executable, "-c", DYING, str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert died.returncode == KILLED, died.stderr
    check_sound(folder)
    assert {clause: a.verdict for clause, a in read_anew(folder, audit_id).assessments.items()} == {
        "5.1.5.1": Verdict.NOT_MET
    }
