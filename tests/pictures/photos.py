"""Small pictures as cameras, phones and screens make them."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

RED, BLUE = (220, 30, 30), (20, 60, 200)
TAKEN = "2026:03:02 09:14:05"
PHONE_PHOTO = Path(__file__).resolve().parents[1] / "data" / "phone.heic"
"""A picture of 96 x 64 in HEIC, taken upright at TAKEN in Beijing; encoded once, since the program only decodes."""


def picture(mode: str = "RGB", size: tuple[int, int] = (96, 64)) -> Image.Image:
    """Return a blue picture whose upper left quarter is red."""
    image = Image.new("RGB", size, BLUE)
    image.paste(RED, (0, 0, size[0] // 2, size[1] // 2))
    return image.convert(mode)


def camera_exif(orientation: object = 1, taken: str = TAKEN) -> Image.Exif:
    """Return what a phone writes beside a photo: orientation, time and place."""
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    exif[Base.Make] = "Phone"
    exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = taken
    exif.get_ifd(IFD.GPSInfo).update(place("N", (39.0, 54.0, 20.0), "E", (116.0, 23.0, 29.0)))
    return exif


def place(north: object, latitude: object, east: object, longitude: object) -> dict[int, object]:
    """Return a place in the form of EXIF."""
    return {
        GPS.GPSLatitudeRef: north,
        GPS.GPSLatitude: latitude,
        GPS.GPSLongitudeRef: east,
        GPS.GPSLongitude: longitude,
    }


def saved(path: Path, image: Image.Image, form: str = "JPEG", **options: object) -> Path:
    """Save a picture and return its path."""
    image.save(path, form, **options)
    return path


def read(data: bytes) -> Image.Image:
    """Return the decoded picture."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def pixels_of(image: Image.Image) -> list[object]:
    """Return every pixel."""
    return [image.getpixel((x, y)) for y in range(image.height) for x in range(image.width)]


def is_like(colour: object, wanted: tuple[int, int, int]) -> bool:
    """Say whether a pixel has a colour, as far as JPEG keeps it."""
    assert isinstance(colour, tuple)
    return all(abs(one - other) < 40 for one, other in zip(colour, wanted, strict=True))


def red_corner(image: Image.Image) -> str:
    """Return in which corner of a picture its red quarter is."""
    across, down = image.width - 1, image.height - 1
    corners = {"top left": (0, 0), "top right": (across, 0), "low left": (0, down), "low right": (across, down)}
    (found,) = [name for name, place in corners.items() if is_like(image.getpixel(place), RED)]
    return found


def bomb(path: Path, width: int, height: int) -> Path:
    """Write a PNG whose header claims a size and that holds next to nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    return path
