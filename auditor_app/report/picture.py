"""A picture in a cell: scaled to the room there is, anchored so that it moves with its row."""

from __future__ import annotations

from io import BytesIO

from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D

from auditor_app.report.page import Page

# Pixels of 96 to the inch, as spreadsheets count them.
POINTS_A_PIXEL = 0.75
EMU_A_PIXEL = 9525
# A column is as wide as the digits of the receiver's font, so there is some room to the right of the widest picture.
LEFT = 8
MOST_WIDTH, MOST_HEIGHT = 200, 150
# A thumbnail may be shown a little larger than it is.
MOST_ENLARGED = 1.5


def fitted(content: bytes, width: float = MOST_WIDTH, height: float = MOST_HEIGHT) -> Image:
    """Return a picture in the size it is shown, in a box of so many pixels."""
    image = Image(BytesIO(content))
    scale = min(width / image.width, height / image.height, MOST_ENLARGED)
    image.width, image.height = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image


def place(page: Page, image: Image, row: int, column: int, above: float) -> None:
    """Put a picture at the left of a cell, `above` points below its top."""
    corner = AnchorMarker(column - 1, _emu(LEFT), row - 1, _emu(above / POINTS_A_PIXEL))
    size = XDRPositiveSize2D(_emu(image.width), _emu(image.height))
    image.anchor = OneCellAnchor(_from=corner, ext=size)
    page.worksheet.add_image(image)


def _emu(pixels: float) -> int:
    return round(pixels * EMU_A_PIXEL)
