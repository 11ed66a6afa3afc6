"""Pictures are shown upright, in true colours and no larger than a screen needs; never more than two are kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageCms
from PySide6.QtCore import QSize
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from auditor_app.models.errors import AuditorError
from auditor_app.session.full_pictures import PIXELS, FullPicture, FullPictures
from auditor_app.workbench import _full_picture
from tests.pictures.photos import PHONE_PHOTO, RED, camera_exif, picture, saved


@pytest.fixture
def pictures(tmp_path: Path) -> Iterator[FullPictures]:
    """Give full pictures of a store where content is known by its file name."""
    pictures = FullPictures(lambda name: tmp_path / name, _full_picture)
    yield pictures
    pictures.close()


def shown(pictures: FullPictures, qtbot: QtBot, name: str) -> FullPicture:
    if pictures.picture(name) is None:
        with qtbot.waitSignal(pictures.ready, check_params_cb=lambda ready: ready == name):
            pictures.want(name)
    found = pictures.picture(name)
    assert found is not None
    return found


def corner(shown: FullPicture) -> tuple[int, int, int]:
    color = shown.levels[0].pixelColor(2, 2)
    return color.red(), color.green(), color.blue()


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_photo_is_upright(pictures: FullPictures, qtbot: QtBot, tmp_path: Path, orientation: int) -> None:
    turns = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    image = picture().transpose(turns[orientation]) if orientation in turns else picture()
    saved(tmp_path / "photo", image, exif=camera_exif(orientation))
    found = shown(pictures, qtbot, "photo")
    assert found.size == found.levels[0].size() == QSize(96, 64)
    assert corner(found) == pytest.approx(RED, abs=6)


def test_a_large_photo_is_scaled_and_tells_its_true_size(pictures: FullPictures, qtbot: QtBot, tmp_path: Path) -> None:
    saved(tmp_path / "photo", Image.new("RGB", (6000, 300), "teal"))
    found = shown(pictures, qtbot, "photo")
    assert found.size == QSize(6000, 300)
    assert [level.width() for level in found.levels] == [PIXELS, 2048, 1024]


def test_a_photo_that_qt_cannot_read_is_shown_too(pictures: FullPictures, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "photo").write_bytes(PHONE_PHOTO.read_bytes())
    found = shown(pictures, qtbot, "photo")
    assert found.size == found.levels[0].size() == QSize(64, 96)


@pytest.mark.parametrize("head", ["", '<?xml version="1.0"?>', "\n <!-- a -->"])
def test_a_drawing_that_could_name_other_files_or_never_end_is_not_drawn(
    pictures: FullPictures, qtbot: QtBot, tmp_path: Path, head: str
) -> None:
    uses = "".join(f'<g id="a{n}">' + f'<use xlink:href="#a{n - 1}"/>' * 12 + "</g>" for n in range(1, 12))
    space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    drawing = f'<rect id="a0" width="1" height="1"/>{uses}<use xlink:href="#a11"/>'
    bomb = f'{head}<svg {space} width="9" height="9">{drawing}</svg>'
    (tmp_path / "drawing").write_text(bomb)
    with qtbot.waitSignal(pictures.failed, timeout=10_000) as failed:
        pictures.want("drawing")
    assert failed.args is not None
    assert failed.args[1].code == "not_a_picture"


def test_colours_are_those_of_the_screen(pictures: FullPictures, qtbot: QtBot, tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    saved(tmp_path / "plain", Image.new("RGB", (8, 8), (10, 200, 30)), "PNG")
    saved(tmp_path / "lab", Image.new("RGB", (8, 8), (10, 200, 30)), "PNG", icc_profile=profile.tobytes())
    assert corner(shown(pictures, qtbot, "plain")) == (10, 200, 30)
    # A profile that makes no sense for the picture is passed over.
    assert corner(shown(pictures, qtbot, "lab")) == (10, 200, 30)


def test_no_more_than_two_are_kept_and_those_wanted_come_first(
    pictures: FullPictures, qtbot: QtBot, tmp_path: Path
) -> None:
    for name in "abcd":
        saved(tmp_path / name, picture())
    ready: list[str] = []
    pictures.ready.connect(ready.append)
    pictures.want("a", "b", "c")
    pictures.want("c", "d")
    qtbot.waitUntil(lambda: ready == ["c", "d"])
    assert [name for name in "abcd" if pictures.picture(name) is not None] == ["c", "d"]
    pictures.want("d")
    assert [name for name in "abcd" if pictures.picture(name) is not None] == ["d"]
    pictures.want()
    assert pictures.picture("d") is None


@pytest.mark.parametrize("content", [b"", b"no picture", None], ids=["empty", "something else", "missing"])
def test_what_cannot_be_shown_is_told_and_the_next_follows(
    pictures: FullPictures, qtbot: QtBot, tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "bad").write_bytes(content)
    saved(tmp_path / "good", picture())
    told: list[tuple[str, AuditorError]] = []
    pictures.failed.connect(lambda name, error: told.append((name, error)))
    with qtbot.waitSignal(pictures.ready):
        pictures.want("bad", "good")
    ((name, error),) = told
    assert (name, error.section) == ("bad", "picture_problem")
    assert pictures.picture("good") is not None


def test_a_bug_of_ours_is_reported_and_the_next_follows(qtbot: QtBot, tmp_path: Path) -> None:
    def broken(_path: Path, _pixels: int) -> tuple[bytes, int, int]:
        raise RuntimeError("a bug")

    saved(tmp_path / "good", picture())
    (tmp_path / "bad").write_bytes(b"no picture")
    pictures = FullPictures(lambda name: tmp_path / name, broken)
    with capture_exceptions() as bugs, qtbot.waitSignal(pictures.ready, raising=False):
        pictures.want("bad", "good")
    assert [str(bug[1]) for bug in bugs] == ["a bug"]
    assert pictures.picture("good") is not None
    pictures.close()
