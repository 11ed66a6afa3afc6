"""Texts taller than a row may be: whole on a sheet of their own, for who reads or prints the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from openpyxl.worksheet.dimensions import RowDimension

from auditor_app.models.text import clean
from auditor_app.replies.fitting import TALLEST_ROW, height, lines_of, needed

LINES = 12
"""Lines of a piece: several fit a page, so that little of it stays empty."""


class GrowingRow(RowDimension):
    """A row with a height to begin with that the program may change when somebody types more."""

    # The mark of a height that somebody set by hand, which openpyxl gives every row with a height.
    __fields__ = tuple(name for name in RowDimension.__fields__ if name != "customHeight")


@dataclass(frozen=True)
class FullText:
    """A text, with the row and the column of the table it stands in, as people call them."""

    row: str
    column: str
    text: str

    def pieces(self, columns: float, size: float) -> Iterator[tuple[str, float]]:
        """Yield the text in pieces for cells so many digits wide, each with the height of its row in points."""
        lines = [*lines_of(clean(self.text), columns, size)]
        for _, numbered in groupby(enumerate(lines), lambda line: line[0] // LINES):
            piece = "".join(line for _, line in numbered).rstrip("\n")
            yield piece, height(piece, columns, size)


def is_too_tall(text: str, columns: float, size: float) -> bool:
    """Say whether a row cannot show a text whole."""
    return needed(text, columns, size) > TALLEST_ROW
