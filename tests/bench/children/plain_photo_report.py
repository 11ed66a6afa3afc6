"""The floor of a report with photos: the same small pictures made with Pillow and put on a sheet with openpyxl."""

from __future__ import annotations

import json
import sys
import time
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image, ImageOps

from auditor_app.files import REPORT_PIXELS


def main(source: Path, target: Path) -> None:
    """Put every photo of a folder on a sheet and print the seconds it took."""
    begun = time.perf_counter()
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row, path in enumerate(sorted(source.iterdir()), 1):
        with Image.open(path) as image:
            image.thumbnail((REPORT_PIXELS, REPORT_PIXELS))
            small = BytesIO()
            ImageOps.exif_transpose(image).save(small, "JPEG", quality=85)
        sheet.add_image(SheetImage(small), f"A{row}")
    workbook.save(target)
    print(json.dumps({"seconds": time.perf_counter() - begun}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
