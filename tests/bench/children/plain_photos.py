"""The floor of taking photos: one thread that copies, hashes and makes thumbnails, with Pillow alone."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from pathlib import Path

from PIL import Image, ImageOps

PIXELS = 320


def main(source: Path, target: Path) -> None:
    """Take every photo of a folder and print the seconds it took."""
    target.mkdir(parents=True)
    begun = time.perf_counter()
    for path in sorted(source.iterdir()):
        _take(path, target)
    print(json.dumps({"seconds": time.perf_counter() - begun}))


def _take(path: Path, target: Path) -> None:
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    # As durable as ours.
    with (target / sha256).open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    with Image.open(target / sha256) as image:
        image.thumbnail((PIXELS, PIXELS))
        ImageOps.exif_transpose(image).save(target / f"{sha256}.jpg", "JPEG", quality=85)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
