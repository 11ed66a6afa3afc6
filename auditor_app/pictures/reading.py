"""Opening pictures of any origin: recognised by content, never by name, and measured before they are decoded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pi_heif

# Their import registers the formats; otherwise Pillow would load every reader it has.
from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from auditor_app.models.errors import AuditorError

MILLION = 1_000_000
LARGEST_SCALED = 200 * MILLION
"""Pixels of a JPEG, which is scaled down while it is decoded."""
LARGEST_WHOLE = 64 * MILLION
"""Pixels of every other picture, which lies in memory whole before it is scaled: 256 MB at four bytes each."""

_PLUGINS = (
    BmpImagePlugin.BmpImageFile,
    GifImagePlugin.GifImageFile,
    JpegImagePlugin.JpegImageFile,
    PngImagePlugin.PngImageFile,
    TiffImagePlugin.TiffImageFile,
    WebPImagePlugin.WebPImageFile,
)
# Pillow reads many more, some through other programs; these are what cameras, phones, screens and scanners make.
FORMATS = ("HEIF", *(plugin.format for plugin in _PLUGINS))

pi_heif.register_heif_opener()
# Pillow's own limit warns and then raises for a header alone; here `decode` checks the size first.
Image.MAX_IMAGE_PIXELS = None


class PictureProblem(AuditorError):
    """A picture that cannot be shown; its file is kept as it is."""

    section = "picture_problem"


@contextmanager
def opened(source: Path | BinaryIO) -> Iterator[Image.Image]:
    """Give a picture of which no more than the header is read.

    Raises `PictureProblem`: `missing`, `unreadable` or `not_a_picture`.
    """
    try:
        image = Image.open(source, formats=FORMATS)
    except UnidentifiedImageError as error:
        raise PictureProblem("not_a_picture") from error
    except FileNotFoundError as error:
        raise PictureProblem("missing") from error
    # The readers stumble over foreign bytes with whatever comes first.
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise PictureProblem("unreadable", reason=error.strerror) from error
        raise PictureProblem("not_a_picture") from error
    with image:
        yield image


def decode(image: Image.Image, pixels: int) -> None:
    """Bring the pixels of an opened picture into memory, a JPEG scaled down to not much more than so many an edge.

    Raises `PictureProblem`: `too_many_pixels`, `damaged` or `not_a_picture`.
    """
    _check_pixels(image)
    if image.mode == "LAB":
        raise PictureProblem("not_a_picture")
    try:
        image.draft(None, (pixels * 2, pixels * 2))
        image.load()
    # As above.
    except Exception as error:
        raise PictureProblem("damaged") from error


def _check_pixels(image: Image.Image) -> None:
    # A progressive JPEG is scaled too, but only after all of it lies in memory.
    is_scaled = isinstance(image, JpegImagePlugin.JpegImageFile) and "progressive" not in image.info
    most = LARGEST_SCALED if is_scaled else LARGEST_WHOLE
    if image.width * image.height > most:
        raise PictureProblem("too_many_pixels", width=image.width, height=image.height, most=most // MILLION)
