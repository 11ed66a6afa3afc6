"""Thumbnails and copies for others are upright, whole pictures, and hold nothing but the picture."""

from __future__ import annotations

import json
import re
import threading
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from auditor_app.models.catalogue import RESOURCES, Catalogue
from auditor_app.models.errors import ValidationError
from auditor_app.pictures.copies import export_copy, thumbnail
from auditor_app.pictures.drawing import COLOUR
from auditor_app.pictures.reading import PictureProblem
from tests.pictures.photos import (
    PHONE_PHOTO,
    RED,
    bomb,
    camera_exif,
    is_like,
    picture,
    pixels_of,
    read,
    red_corner,
    saved,
)

SECRETS = (b"Exif", b"Phone", b"2026:03:02", b"GPS", b"secret", b"http", b"ICC_PROFILE")


def refused(path: Path) -> str:
    codes = set()
    for make in (thumbnail, export_copy):
        with pytest.raises(PictureProblem) as told:
            make(path, 320)
        for language in ("zh", "en"):
            assert Catalogue.load(language, "evidence").error(told.value)
        codes.add(told.value.code)
    (code,) = codes
    return code


def stored_as(orientation: int) -> Image.Image:
    """Return the picture as a camera held that way stores it: set upright, its red quarter is at the top left."""
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    return picture().transpose(turns[orientation]) if orientation in turns else picture()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_however_the_camera_was_held_the_picture_is_upright(tmp_path: Path, orientation: int) -> None:
    path = saved(tmp_path / "photo.jpg", stored_as(orientation), exif=camera_exif(orientation))
    for data in (thumbnail(path, 48), export_copy(path, 48)):
        image = read(data)
        assert image.size == (48, 32)
        assert red_corner(image) == "top left"


def test_a_photo_of_a_phone_is_shown(tmp_path: Path) -> None:
    image = read(thumbnail(PHONE_PHOTO, 320))
    assert image.size == (64, 96)
    assert red_corner(image) == "top right"


def test_no_picture_is_made_larger_than_it_is(tmp_path: Path) -> None:
    path = saved(tmp_path / "photo.jpg", picture())
    assert read(thumbnail(path, 320)).size == (96, 64)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_place_time_and_camera_stay_behind(tmp_path: Path, form: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options = {"exif": camera_exif(6), "icc_profile": profile}
    if form == "JPEG":
        options |= {"comment": b"secret", "xmp": b"<xmp>secret http://</xmp>"}
    path = saved(tmp_path / "photo", picture(), form, **options)
    for data in (thumbnail(path, 320), export_copy(path, 320, 90, ["box 0 0 5000 5000"])):
        assert [secret for secret in SECRETS if secret in data] == []
        image = read(data)
        assert not image.getexif()
        assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_the_photo_of_a_phone_gives_away_no_place() -> None:
    assert [secret for secret in SECRETS if secret in thumbnail(PHONE_PHOTO, 320)] == []


def test_texts_hidden_in_a_screenshot_stay_behind(tmp_path: Path) -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "secret")
    assert b"secret" not in thumbnail(saved(tmp_path / "screen.png", picture(), "PNG", pnginfo=texts), 320)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA", "P"])
def test_behind_transparency_there_is_white(tmp_path: Path, mode: str) -> None:
    image = Image.new("RGBA", (96, 64), (0, 0, 0, 0))
    image.paste((*RED, 255), (0, 0, 48, 32))
    if mode == "P":
        path = saved(tmp_path / "logo.png", image.quantize(4), "PNG")
    else:
        path = saved(tmp_path / "logo", image.convert(mode), "TIFF" if mode == "PA" else "PNG")
    shown = read(thumbnail(path, 320))
    assert is_like(shown.getpixel((90, 60)), (255, 255, 255))
    assert not is_like(shown.getpixel((10, 10)), (255, 255, 255))


COLOURS = {
    "JPEG": ("1", "L", "RGB", "CMYK", "YCbCr"),
    "PNG": ("1", "L", "P", "RGB"),
    "TIFF": ("1", "L", "P", "RGB", "CMYK", "YCbCr"),
    "GIF": ("1", "L", "P", "RGB"),
    "BMP": ("1", "L", "P", "RGB"),
}


@pytest.mark.parametrize(("form", "mode"), [(form, mode) for form, modes in COLOURS.items() for mode in modes])
def test_every_kind_of_colour_is_shown(tmp_path: Path, form: str, mode: str) -> None:
    shown = read(thumbnail(saved(tmp_path / "picture", picture(mode), form), 320))
    assert (shown.mode, shown.size) == ("RGB", (96, 64))
    if mode not in ("1", "L"):
        assert red_corner(shown) == "top left"


def test_grey_in_16_bits_keeps_its_shades(tmp_path: Path) -> None:
    image = Image.frombytes("I;16", (90, 30), (b"\0\x40" * 45 + b"\0\xc0" * 45) * 30)
    shown = read(thumbnail(saved(tmp_path / "scan.png", image, "PNG"), 320))
    assert is_like(shown.getpixel((10, 10)), (64, 64, 64))
    assert is_like(shown.getpixel((80, 10)), (192, 192, 192))


def test_the_colours_that_a_profile_names_are_kept(tmp_path: Path) -> None:
    """The profile says that what is stored as red is blue and the other way round."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")
    path = saved(tmp_path / "photo.jpg", Image.new("RGB", (64, 64), (0, 0, 250)), icc_profile=swapped)
    assert is_like(read(thumbnail(path, 64)).getpixel((32, 32)), (250, 0, 0))


def test_a_colour_profile_that_makes_no_sense_is_ignored(tmp_path: Path) -> None:
    path = saved(tmp_path / "photo.jpg", picture(), icc_profile=b"no profile" * 50)
    assert red_corner(read(thumbnail(path, 320))) == "top left"


def test_of_a_moving_picture_the_first_is_shown(tmp_path: Path) -> None:
    frames = [picture(), Image.new("RGB", (96, 64), "white")]
    path = saved(tmp_path / "moving.gif", frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert red_corner(read(thumbnail(path, 320))) == "top left"


def test_a_picture_that_claims_to_be_huge_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    assert refused(bomb(tmp_path / "bomb.png", 60_000, 60_000)) == "too_many_pixels"
    assert refused(bomb(tmp_path / "bomb.png", 8_001, 8_000)) == "too_many_pixels"
    assert refused(bomb(tmp_path / "short.png", 8_000, 8_000)) == "damaged"


def test_the_largest_photo_of_a_phone_is_shown(tmp_path: Path) -> None:
    """A photo of 108 million pixels is scaled while it is decoded."""
    path = saved(tmp_path / "photo.jpg", Image.new("L", (12_000, 9_000), 200), quality=20)
    assert read(thumbnail(path, 320)).size == (320, 240)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP"])
def test_a_picture_cut_short_is_told(tmp_path: Path, form: str) -> None:
    noise = Image.effect_noise((200, 200), 80).convert("RGB")
    path = saved(tmp_path / "photo", noise, form)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert refused(path) in ("damaged", "not_a_picture")


def test_what_is_no_picture_or_gone_is_told(tmp_path: Path) -> None:
    (tmp_path / "text.jpg").write_text("text", "utf-8")
    (tmp_path / "empty.jpg").touch()
    assert refused(tmp_path / "text.jpg") == "not_a_picture"
    assert refused(tmp_path / "empty.jpg") == "not_a_picture"
    assert refused(tmp_path / "gone.jpg") == "missing"
    assert refused(tmp_path) == "unreadable"


def test_the_picture_itself_is_not_touched(tmp_path: Path) -> None:
    path = saved(tmp_path / "photo.jpg", picture(), exif=camera_exif(6))
    content, before = path.read_bytes(), path.stat()
    export_copy(path, 64, 90, ["arrow 0 0 9000 9000"])
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (content, before.st_mtime_ns)


@pytest.mark.parametrize(
    ("rotation", "corner"), [(0, "top left"), (90, "top right"), (180, "low right"), (270, "low left")]
)
def test_a_copy_is_rotated_clockwise(tmp_path: Path, rotation: int, corner: str) -> None:
    image = read(export_copy(saved(tmp_path / "photo.jpg", picture()), 320, rotation))
    assert image.size == ((96, 64) if rotation in (0, 180) else (64, 96))
    assert red_corner(image) == corner


def test_marks_are_drawn_where_they_were_put_before_the_picture_is_rotated(tmp_path: Path) -> None:
    """The mark lies on the upright picture, whatever the camera stored and however it is rotated by hand."""
    white = Image.new("RGB", (400, 800), "white")
    path = saved(tmp_path / "photo.jpg", white, exif=camera_exif(6))
    upright = read(export_copy(path, 800, 0, ["box 1000 2000 3000 8000"]))
    assert upright.size == (800, 400)
    on_the_line = [(80, 200), (240, 200), (160, 80), (160, 320)]
    assert [is_like(upright.getpixel(place), RED) for place in on_the_line] == [True] * 4
    assert is_like(upright.getpixel((160, 200)), (255, 255, 255))
    turned = read(export_copy(path, 800, 90, ["box 1000 2000 3000 8000"]))
    assert is_like(turned.getpixel((399 - 200, 80)), RED)


@pytest.mark.parametrize("ground", ["black", "white", COLOUR])
def test_an_arrow_stands_out_on_every_ground(tmp_path: Path, ground: str) -> None:
    path = saved(tmp_path / "photo.png", Image.new("RGB", (1600, 1200), ground), "PNG")
    shown = read(export_copy(path, 1600, 0, ["arrow 1000 5000 9000 5000"]))
    shaft = [shown.getpixel((800, y)) for y in range(580, 620)]
    assert any(is_like(pixel, RED) for pixel in shaft)
    assert any(is_like(pixel, (255, 255, 255)) for pixel in shaft)


def test_an_arrow_points_where_it_was_drawn_to(tmp_path: Path) -> None:
    path = saved(tmp_path / "photo.png", Image.new("RGB", (1600, 1200), "black"), "PNG")
    shown = read(export_copy(path, 1600, 0, ["arrow 1000 5000 9000 5000"]))
    above_the_ends = [shown.crop((x - 60, 500, x + 60, 590)) for x in (160, 1440)]
    assert [any(is_like(pixel, RED) for pixel in pixels_of(part)) for part in above_the_ends] == [False, True]


def test_a_mark_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError):
        export_copy(saved(tmp_path / "photo.jpg", picture()), 320, 0, ["circle 1 2 3 4"])


def test_copies_can_be_made_on_several_threads_at_once(tmp_path: Path) -> None:
    path = saved(tmp_path / "photo.jpg", picture(size=(800, 600)), exif=camera_exif(6))
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.append(thumbnail(path, 320))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [thumbnail(path, 320)] * 8


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_problem_of_a_picture_has_its_sentence(language: str) -> None:
    source = (RESOURCES.parent / "auditor_app" / "pictures" / "reading.py").read_text("utf-8")
    codes = set(re.findall(r'PictureProblem\("(\w+)"', source))
    words = json.loads((RESOURCES / "i18n" / f"evidence.{language}.json").read_text("utf-8"))["picture_problem"]
    assert codes == words.keys()
