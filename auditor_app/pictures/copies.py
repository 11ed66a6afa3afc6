"""Copies of pictures for the window and for others: upright, in plain colours, without anything but the picture."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageCms

from auditor_app.models.marks import parse_mark
from auditor_app.pictures.drawing import draw_marks
from auditor_app.pictures.exif import Exif
from auditor_app.pictures.reading import decode, opened

QUALITY = 85

# Clockwise, where Pillow counts the other way round.
_ROTATIONS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def thumbnail(source: Path | BinaryIO, pixels: int) -> bytes:
    """Return a JPEG of the upright picture whose longest edge has at most so many pixels.

    Raises `PictureProblem` for a picture that cannot be shown.
    """
    return _jpeg(_upright(source, pixels))


def export_copy(source: Path | BinaryIO, pixels: int, rotation: int = 0, marks: Sequence[str] = ()) -> bytes:
    """Return a JPEG for others: as `thumbnail`, then with its marks drawn on and rotated clockwise.

    Raises `PictureProblem` for a picture that cannot be shown, `ValidationError` for a mark that is none.
    """
    drawn = [parse_mark(mark) for mark in marks]
    image = _upright(source, pixels)
    draw_marks(image, drawn)
    return _jpeg(image.transpose(_ROTATIONS[rotation]) if rotation in _ROTATIONS else image)


def _upright(source: Path | BinaryIO, pixels: int) -> Image.Image:
    with opened(source) as image:
        turn = Exif(image).turn
        decode(image, pixels)
        small = _scalable(image)
        small.thumbnail((pixels, pixels))
    small = _on_white(_in_common_colours(small))
    return small if turn is None else small.transpose(turn)


def _scalable(image: Image.Image) -> Image.Image:
    """Return the picture in a form whose pixels can be averaged."""
    if image.mode in ("P", "PA"):
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    if image.mode.startswith("I;16"):
        # Grey in 16 bits, of which plain conversion would keep the darkest shades only.
        image = image.convert("I").point(lambda shade: shade / 256)
    return image.convert("L") if image.mode in ("1", "I", "F") else image


def _in_common_colours(image: Image.Image) -> Image.Image:
    """Return the picture in sRGB when it says which colours it has and these can be understood."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "CMYK"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        common = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return common or image


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image.convert("RGBA"))
    return paper.convert("RGB")


def _jpeg(image: Image.Image) -> bytes:
    """Return the pixels alone as a JPEG: no place, no time, no remarks of the camera."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    file = BytesIO()
    bare.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()
