"""A program of which a file is missing says so and ends, instead of showing an empty window."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.window.screen import PATIENCE, ROOT, Screen, end, wait_for

pytestmark = pytest.mark.long


def test_whoever_starts_a_program_that_is_not_whole_is_told_and_nothing_is_made(screen: Screen, tmp_path: Path) -> None:
    copy, library = tmp_path / "program", tmp_path / "library"
    for name in ("auditor_app", "resources"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "main.py", copy / "main.py")
    (copy / "resources" / "i18n" / "opening.zh.json").unlink()
    program = subprocess.Popen(
        [sys.executable, str(copy / "main.py"), "--data", str(library)],
        cwd=copy,
        env={**os.environ, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        # The frame, and the box that tells.
        wait_for(lambda: len(screen.windows_of(program.pid)) == 2, "a box over the frame")
        screen.ask("windowfocus", "--sync", screen.windows_of(program.pid)[-1])
        screen.ask("key", "Return")
        _, said = program.communicate(timeout=PATIENCE)
    finally:
        end(program)
    assert program.returncode == 1
    assert b"opening.zh.json" in said
    assert not library.exists()
