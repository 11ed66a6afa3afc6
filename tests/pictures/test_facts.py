"""A picture says when and where it was taken and how large it is; one that is none or lies is no trouble."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.pictures.facts import PictureFacts, inspect, media_type_of
from auditor_app.pictures.reading import PictureProblem
from tests.pictures.photos import PHONE_PHOTO, bomb, camera_exif, picture, place, saved

TAKEN_AT = "2026-03-02T09:14:05"
BEIJING = pytest.approx((39.9056, 116.3914), abs=1e-4)


def facts_of(path: Path) -> PictureFacts:
    facts = inspect(path)
    assert facts is not None
    return facts


def test_a_photo_tells_size_time_and_place(tmp_path: Path) -> None:
    facts = facts_of(saved(tmp_path / "photo.jpg", picture(), exif=camera_exif()))
    assert (facts.format, facts.media_type) == ("JPEG", "image/jpeg")
    assert (facts.width, facts.height) == (96, 64)
    assert facts.taken_at == TAKEN_AT
    assert facts.location == BEIJING


def test_a_photo_in_the_format_of_phones_tells_as_much() -> None:
    facts = facts_of(PHONE_PHOTO)
    assert (facts.format, facts.media_type) == ("HEIF", "image/heif")
    assert (facts.width, facts.height) == (64, 96)
    assert facts.taken_at == TAKEN_AT
    assert facts.location == BEIJING


def test_a_screenshot_tells_neither_time_nor_place(tmp_path: Path) -> None:
    facts = facts_of(saved(tmp_path / "screen.png", picture(), "PNG"))
    assert (facts.media_type, facts.taken_at, facts.location) == ("image/png", None, None)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_size_is_that_of_the_upright_picture(tmp_path: Path, orientation: int) -> None:
    facts = facts_of(saved(tmp_path / "photo.jpg", picture(), exif=camera_exif(orientation)))
    assert (facts.width, facts.height) == ((96, 64) if orientation < 5 else (64, 96))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP"])
def test_content_counts_and_not_the_name(tmp_path: Path, form: str) -> None:
    path = saved(tmp_path / "photo.docx", picture(), form)
    assert facts_of(path).format == form
    assert media_type_of(path) == f"image/{form.lower()}"


def test_a_photo_of_several_pictures_is_a_jpeg(tmp_path: Path) -> None:
    path = saved(tmp_path / "photo.jpg", picture(), "MPO", save_all=True, append_images=[picture()])
    assert (facts_of(path).format, facts_of(path).media_type) == ("JPEG", "image/jpeg")


@pytest.mark.parametrize("content", [b"", b"plain text", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", bytes(5000)])
def test_what_is_no_picture_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(content)
    assert inspect(path) is None
    assert media_type_of(path) == "application/octet-stream"


def test_a_picture_cut_short_still_tells_what_its_header_says(tmp_path: Path) -> None:
    path = saved(tmp_path / "photo.jpg", picture(size=(640, 480)), exif=camera_exif())
    path.write_bytes(path.read_bytes()[:-2000])
    assert facts_of(path).taken_at == TAKEN_AT


def test_a_picture_that_claims_to_be_huge_is_measured_and_not_decoded(tmp_path: Path) -> None:
    facts = facts_of(bomb(tmp_path / "bomb.png", 60_000, 60_000))
    assert (facts.width, facts.height) == (60_000, 60_000)


@pytest.mark.parametrize(
    "taken",
    ["0000:00:00 00:00:00", "2026:13:40 09:14:05", "1980:01:01 00:00:00", "2026-03-02", "    ", "", "昨天"],
)
def test_a_time_that_makes_no_sense_is_no_time(tmp_path: Path, taken: str) -> None:
    assert facts_of(saved(tmp_path / "photo.jpg", picture(), exif=camera_exif(taken=taken))).taken_at is None


@pytest.mark.parametrize(
    "written",
    [
        place("N", (91.0, 0.0, 0.0), "E", (1.0, 0.0, 0.0)),
        place("X", (1.0, 0.0, 0.0), "E", (1.0, 0.0, 0.0)),
        place("N", (1.0,), "E", (1.0, 0.0, 0.0)),
        {1: "N", 2: (1.0, 0.0, 0.0)},
        {},
    ],
)
def test_a_place_that_makes_no_sense_is_no_place(tmp_path: Path, written: dict[int, object]) -> None:
    exif = camera_exif()
    gps = exif.get_ifd(0x8825)
    gps.clear()
    gps.update(written)
    assert facts_of(saved(tmp_path / "photo.jpg", picture(), exif=exif)).location is None


def test_south_and_west_are_negative(tmp_path: Path) -> None:
    exif = camera_exif()
    exif.get_ifd(0x8825).update(place("S", (33.0, 30.0, 0.0), "W", (70.0, 36.0, 0.0)))
    assert facts_of(saved(tmp_path / "photo.jpg", picture(), exif=exif)).location == pytest.approx((-33.5, -70.6))


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_makes_no_sense_is_upright(tmp_path: Path, orientation: int) -> None:
    facts = facts_of(saved(tmp_path / "photo.jpg", picture(), exif=camera_exif(orientation)))
    assert (facts.width, facts.height) == (96, 64)


@given(st.binary(max_size=200))
def test_whatever_stands_beside_a_photo_it_can_be_looked_at(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes
) -> None:
    path = saved(tmp_path_factory.getbasetemp() / "junk.jpg", picture(), exif=b"Exif\0\0" + junk)
    facts = facts_of(path)
    assert {facts.width, facts.height} == {96, 64}


@given(st.integers(0, 1500), st.binary(min_size=1, max_size=8))
def test_a_damaged_photo_is_a_picture_or_none_and_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, at: int, junk: bytes
) -> None:
    path = saved(tmp_path_factory.getbasetemp() / "damaged.jpg", picture(), exif=camera_exif())
    content = path.read_bytes()
    path.write_bytes(content[:at] + junk + content[at + len(junk) :])
    inspect(path)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(PictureProblem) as told:
        inspect(tmp_path / "gone.jpg")
    assert told.value.code == "missing"
    with pytest.raises(PictureProblem) as told:
        inspect(tmp_path)
    assert told.value.code == "unreadable"


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("方案.pdf", b"%PDF-1.7 ...", "application/pdf"),
        ("方案.docx", b"%PDF-1.7 ...", "application/pdf"),
        ("方案.pdf", b"no PDF", "application/octet-stream"),
        ("图纸.svg", b"<svg/>", "application/octet-stream"),
        ("名单.xlsx", b"PK", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("说明.DOCX", b"PK", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("合同.ofd", b"PK", "application/ofd"),
        ("清单.csv", b"a,b", "text/csv"),
        ("现场.mp4", b"....ftyp", "video/mp4"),
        ("打包.zip", b"PK", "application/zip"),
        ("无名", b"?", "application/octet-stream"),
    ],
)
def test_other_files_are_known_by_their_ending(tmp_path: Path, name: str, content: bytes, media_type: str) -> None:
    path = tmp_path / ("0" * 64)
    path.write_bytes(content)
    assert media_type_of(path, name) == media_type
