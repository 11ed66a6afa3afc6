"""Whoever leaves out the long tests is told so, however many processes share the rest."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
TESTS = """
import pytest

@pytest.mark.long
@pytest.mark.parametrize("number", range(3))
def test_long(number):
    print("long ran")

@pytest.mark.office
def test_office():
    print("office ran")

def test_short():
    pass
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of tests that has what the tests here have in common."""
    (tmp_path / "conftest.py").write_text(CONFTEST.read_text("utf-8"), "utf-8")
    (tmp_path / "test_some.py").write_text(TESTS, "utf-8")
    return tmp_path


def said(folder: Path, *options: str) -> str:
    root = CONFTEST.parents[1]
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-c", str(root / "pyproject.toml")]
    ran = subprocess.run([*command, *options, str(folder)], cwd=root, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.mark.parametrize("processes", ["0", pytest.param("2", marks=pytest.mark.long)])
def test_how_many_were_left_out_is_said_with_the_command_that_runs_them(folder: Path, processes: str) -> None:
    told = said(folder, "--without-long", "-n", processes)
    assert "4 long tests left out" in told
    assert "python3 dev.py test --all" in told
    assert "1 passed" in told


@pytest.mark.long
def test_nothing_is_left_out_unless_that_is_asked_for(folder: Path) -> None:
    told = said(folder)
    assert "5 passed" in told
    assert "left out" not in told
