"""Rows of a form grow where their text would be cut off; none gets lower than the body made it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from math import ceil

from auditor_app.forms.cells import Grid, letters
from auditor_app.forms.styles import USUAL_SIZE, Styles, look_of
from auditor_app.forms.tree import Node

USUAL_WIDTH = 8.43
USUAL_HEIGHT = 15.0
TALLEST = 409.0
MOST_COLUMNS = 200
"""Merged columns whose widths are looked at, and columns that say theirs."""
LINE = 1.36
"""Height of a line to the size of its font."""
PADDING = 0.7
"""Characters of a line that the margins of a cell take."""


class Heights:
    """The heights of the rows of one sheet, in points."""

    def __init__(self, grid: Grid, styles: Styles) -> None:
        self._grid = grid
        self._styles = styles
        self._columns = _columns(grid.root)
        self._usual = _number(grid.root.child("sheetFormatPr"), "defaultRowHeight", USUAL_HEIGHT)
        self._usual_width = _number(grid.root.child("sheetFormatPr"), "defaultColWidth", USUAL_WIDTH)

    def grow(self, row: int, texts: Mapping[int, str]) -> None:
        """Make a row high enough for the texts of its cells, by column; merged cells count with all their rows."""
        node = self._grid.rows[row]
        cells = {cell.attributes["r"]: cell for cell in node.all("c")}
        here = self._height(row)
        wanted = here
        for column, text in texts.items():
            look = look_of(cells[f"{letters(column)}{row}"])
            if not text or not self._styles.wraps(look):
                continue
            _, first, bottom, last = self._grid.merge_at(row, column) or (row, column, row, column)
            width = sum(self._width(each) for each in range(first, min(last, first + MOST_COLUMNS) + 1))
            below = sum(self._height(each) for each in range(row + 1, min(bottom, row + 100) + 1))
            wanted = max(wanted, needed_height(text, width, self._styles.size(look)) - below)
        if wanted > here:
            node.attributes["ht"] = f"{min(wanted, TALLEST):g}"
            node.attributes["customHeight"] = "1"

    def _height(self, row: int) -> float:
        return _number(self._grid.rows.get(row), "ht", self._usual)

    def _width(self, column: int) -> float:
        return next((width for first, last, width in self._columns if first <= column <= last), self._usual_width)


def needed_height(text: str, width: float, size: float) -> float:
    """Return the height in points that wrapped text needs in so many characters of width, at most what a row has."""
    room = max(width * USUAL_SIZE / size - PADDING, 1.0)
    lines = sum(max(ceil(_length(line) / room), 1) for line in text.split("\n"))
    return min(lines * size * LINE + 2, TALLEST)


def _length(line: str) -> float:
    return sum(2.0 if unicodedata.east_asian_width(character) in "WFA" else 1.05 for character in line)


def _columns(root: Node) -> list[tuple[int, int, float]]:
    """Return first column, last column and width in characters of the columns that say theirs."""
    container = root.child("cols")
    nodes = container.all("col") if container is not None else []
    return [
        (int(_number(node, "min", 1)), int(_number(node, "max", 1)), _number(node, "width", USUAL_WIDTH))
        for node in nodes[:MOST_COLUMNS]
    ]


def _number(node: Node | None, name: str, otherwise: float) -> float:
    try:
        number = float(node.attributes.get(name, "")) if node is not None else otherwise
    except ValueError:
        return otherwise
    return number if 0 <= number < 100_000 else otherwise
