"""A drive that no longer answers keeps neither the program nor the next start waiting."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from auditor_app.storage.backup import make_backup
from auditor_app.storage.library import Library
from tests.dead_drive import unanswering
from tests.window.screen import Screen, running, wait_for

pytestmark = pytest.mark.long


def test_the_window_closes_though_the_second_folder_answers_no_more(screen: Screen, tmp_path: Path) -> None:
    folder, drive = tmp_path / "library", tmp_path / "drive"
    drive.mkdir()
    with running(screen, folder, "--sample") as program:
        program.key("ctrl+q")
        assert program.wait_for_end() == 0
    make_backup(folder)
    with unanswering(folder, drive), running(screen, folder) as program:
        program.key("ctrl+q")
        wait_for(lambda: bool(screen.windows("正在关闭")), "what says that the program closes")
        program.focus(screen.windows("正在关闭")[-1])
        program.key("Escape")
        assert program.wait_for_end() == 0
    with closing(Library(folder, "李工")) as library:
        assert library.count() == 1
