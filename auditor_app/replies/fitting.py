"""How much a cell holds, and how high its row must be: the file format has no autofit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from unicodedata import east_asian_width

from auditor_app.models.text import clean

CELL_LIMIT = 32_767
"""UTF-16 code units in a cell of Excel."""
CUT_MARK = "\n[…]"
TALLEST_ROW = 400.0
LONGEST_WORD = 30
_WIDE = frozenset("WFA")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True)
class Fitted:
    """Text as a cell holds it, and whether some of it had to be left out."""

    text: str
    was_cut: bool


def fitted(text: str) -> Fitted:
    """Return clean text that fits a cell; what is cut ends with a mark."""
    text = clean(text)
    if _units(literal(text)) <= CELL_LIMIT:
        return Fitted(text, False)
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if _units(literal(text[:middle] + CUT_MARK)) <= CELL_LIMIT:
            low = middle
        else:
            high = middle - 1
    return Fitted(text[:low].rstrip() + CUT_MARK, True)


def literal(text: str) -> str:
    """Return text as the file holds it: `_x0041_` would be read as the letter A, so it is escaped."""
    return _ESCAPED.sub("_x005F_", text) if "_x" in text else text


def height(text: str, columns: float, size: float) -> float:
    """Return the points text takes when wrapped in a cell so many digits wide, at a font size; a row has no more."""
    return min(TALLEST_ROW, needed(text, columns, size))


def needed(text: str, columns: float, size: float) -> float:
    """Return the points text would take if a row could have any height."""
    room = _room(columns, size)
    lines = sum(max(1, ceil(_width(paragraph) / room)) for paragraph in text.split("\n"))
    return lines * size * 1.5 + 6


def lines_of(text: str, columns: float, size: float) -> Iterator[str]:
    """Yield the lines of text wrapped in such a cell; one that ends a paragraph ends with a line feed."""
    room = _room(columns, size)
    for paragraph in text.split("\n"):
        begin, taken = 0, 0
        for place, character in enumerate(paragraph):
            taken += _width(character)
            if taken > room:
                end = _break(paragraph, begin, place)
                yield paragraph[begin:end]
                begin, taken = end, _width(paragraph[end : place + 1])
        yield f"{paragraph[begin:]}\n"


def _room(columns: float, size: float) -> float:
    """Return how many digits of a font size fit in a cell that is so many of the usual size wide."""
    return max(4.0, columns * 10 / size * 0.95)


def _break(paragraph: str, begin: int, place: int) -> int:
    """Return where a line ends that has room up to a place: behind a space, unless that is far away."""
    space = paragraph.rfind(" ", max(begin, place - LONGEST_WORD), place)
    in_word = paragraph[place - 1].isascii() and paragraph[place].isascii()
    return space + 1 if in_word and space > begin else place


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in _WIDE else 1 for character in text)


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
