"""Photos as a phone makes them, of 12 million pixels and some 3 MB, all different."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

SIZE = (4032, 3024)
DISTINCT = 30
QUALITY = 80


def make_photos(folder: Path, count: int) -> list[Path]:
    """Write photos; the first ones differ in their pixels and the others in a remark beside them."""
    folder.mkdir(parents=True)
    scene = _scene()
    encoded: list[bytes] = []
    paths = []
    for number in range(count):
        if number < DISTINCT:
            encoded.append(_jpeg(ImageChops.offset(scene, 97 * number, 61 * number)))
        paths.append(folder / f"IMG_{number:04d}.JPG")
        paths[-1].write_bytes(_with_remark(encoded[number % DISTINCT], f"photo {number}"))
    return paths


def _scene() -> Image.Image:
    """Return noise of large and small grain, which takes as long to decode as a photo with many details."""
    width, height = SIZE
    bands = []
    for _ in range(3):
        coarse = Image.effect_noise((width // 24, height // 24), 120).resize(SIZE, Image.Resampling.BICUBIC)
        bands.append(Image.blend(coarse, Image.effect_noise(SIZE, 40), 0.25))
    return Image.merge("RGB", bands)


def _jpeg(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def _with_remark(jpeg: bytes, remark: str) -> bytes:
    """Return a JPEG with a comment segment after its first two bytes."""
    text = remark.encode("ascii")
    return jpeg[:2] + b"\xff\xfe" + (len(text) + 2).to_bytes(2, "big") + text + jpeg[2:]
