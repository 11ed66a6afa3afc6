"""Whoever starts the program a second time gets the window that is there already."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.window.screen import PATIENCE, ROOT, Screen, running

pytestmark = pytest.mark.long


def test_a_second_start_ends_at_once_and_opens_no_second_window(screen: Screen, tmp_path: Path) -> None:
    with running(screen, tmp_path, "--sample") as program:
        windows = screen.windows("工作台")
        second = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), "--data", str(tmp_path)],
            cwd=ROOT,
            env={**os.environ, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
        assert screen.windows("工作台") == windows
        program.key("ctrl+q")
        assert program.wait_for_end() == 0
