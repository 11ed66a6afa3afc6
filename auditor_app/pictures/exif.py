"""What a camera wrote beside the picture; anything that makes no sense counts as not written."""

from __future__ import annotations

from datetime import datetime
from math import isfinite
from typing import Any

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

FIRST_YEAR = 1995
"""EXIF is from that year; an earlier date is a clock that was never set."""

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LYING = (5, 6, 7, 8)


class Exif:
    """The EXIF part of one picture."""

    def __init__(self, image: Image.Image) -> None:
        """Read it from a picture of which the header is read."""
        try:
            # Past PNG's own reader, which decodes the whole picture to look behind it.
            self._tags = Image.Image.getexif(image)
        # The parser stumbles over foreign bytes with whatever comes first.
        except Exception:
            self._tags = Image.Exif()

    @property
    def turn(self) -> Image.Transpose | None:
        """Return what sets the picture upright, None when it is."""
        return _TURNS.get(self._orientation())

    @property
    def is_lying(self) -> bool:
        """Say whether upright the width is the stored height."""
        return self._orientation() in _LYING

    @property
    def taken_at(self) -> str | None:
        """Return the local time of the exposure as `2026-03-02T09:14:05`."""
        written = self._part(IFD.Exif).get(Base.DateTimeOriginal)
        try:
            taken = datetime.strptime(str(written).strip("\0 "), "%Y:%m:%d %H:%M:%S")
        except ValueError:
            return None
        return taken.isoformat() if taken.year >= FIRST_YEAR else None

    @property
    def location(self) -> tuple[float, float] | None:
        """Return latitude and longitude in degrees, north and east positive."""
        tags = self._part(IFD.GPSInfo)
        latitude = _degrees(tags.get(GPS.GPSLatitude), tags.get(GPS.GPSLatitudeRef), "NS", 90)
        longitude = _degrees(tags.get(GPS.GPSLongitude), tags.get(GPS.GPSLongitudeRef), "EW", 180)
        return None if latitude is None or longitude is None else (latitude, longitude)

    def _orientation(self) -> int:
        value = self._tags.get(Base.Orientation)
        return value if isinstance(value, int) else 1

    def _part(self, part: IFD) -> dict[int, Any]:
        try:
            return self._tags.get_ifd(part)
        # As above: the parts are parsed only here.
        except Exception:
            return {}


def _degrees(parts: Any, side: Any, sides: str, most: int) -> float | None:
    """Return degrees, minutes and seconds as one signed number."""
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if side not in tuple(sides) or not isfinite(value) or not 0 <= value <= most:
        return None
    return -value if side == sides[1] else value
