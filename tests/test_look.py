"""How the window looked last time is kept beside the library, and nothing waits for it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor

from auditor_app.look import FILE_NAME, LIGHT_GROUND, Look

PLACE = QByteArray(b"\x01\xd9\x00;=%\n\xff")


def test_a_look_is_there_again_the_next_time(tmp_path: Path) -> None:
    look = Look(tmp_path)
    look.keep("dark", QColor("#171A20"), "en")
    look.keep_geometry(PLACE)
    for each in (look, Look(tmp_path)):
        assert (each.theme, each.ground, each.language) == ("dark", QColor("#171A20"), "en")
        assert each.geometry == PLACE
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_a_look_that_an_earlier_version_kept_is_understood(tmp_path: Path) -> None:
    kept = '[General]\ngeometry="@ByteArray(\\x1\\xd9;%\\n=abc)"\nground=#171A20\nlanguage=en\ntheme=dark\n'
    (tmp_path / FILE_NAME).write_text(kept)
    look = Look(tmp_path)
    assert (look.theme, look.ground, look.language) == ("dark", QColor("#171A20"), "en")


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"theme=dark", b"[General]\nno sign\n", b"[General]\ntheme=pink\nground=?\nlanguage=fr\n"],
)
def test_a_file_that_says_nothing_loses_the_look_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    look = Look(tmp_path)
    assert (look.theme, look.ground, look.language) == ("light", QColor(LIGHT_GROUND), "zh")
    assert look.geometry.isEmpty()
    look.keep("dark", QColor("#171A20"), "en")
    assert Look(tmp_path).theme == "dark"


def test_a_folder_that_cannot_be_written_loses_the_look_of_the_next_time_alone(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    look = Look(tmp_path)
    look.keep("dark", QColor("#171A20"), "en")
    assert look.theme == "dark"
    assert Look(tmp_path).theme == "light"


def test_a_lock_that_somebody_left_beside_it_holds_nothing_up(tmp_path: Path) -> None:
    (tmp_path / f"{FILE_NAME}.lock").mkdir()
    look = Look(tmp_path)
    look.keep("dark", QColor("#171A20"), "en")
    assert Look(tmp_path).theme == "dark"
