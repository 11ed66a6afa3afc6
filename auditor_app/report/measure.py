"""How much room text takes in a cell: the file format has no autofit, so widths and heights are computed."""

from __future__ import annotations

import re
from math import ceil
from unicodedata import east_asian_width

# Characters of a cell as Excel counts them: UTF-16 code units.
CELL_LIMIT = 32_767

_WIDE = frozenset("WFA")
# A word that stays together, a run of spaces, or one character of a script that breaks anywhere.
_TOKEN = re.compile(r"[!-ʯ]+|\s+|.", re.DOTALL)
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def width(text: str) -> int:
    """Return the width of one line in digits of the default font; a Chinese character counts as two."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(character) in _WIDE else 1 for character in text)


def line_count(text: str, columns: float) -> int:
    """Return the lines text takes when wrapped in a cell `columns` wide."""
    room = max(2, int(columns))
    return sum(_wrapped(paragraph, room) for paragraph in text.split("\n"))


def _wrapped(paragraph: str, room: int) -> int:
    # No character is wider than two digits, so most texts need no look at each.
    if 2 * len(paragraph) <= room or width(paragraph) <= room:
        return 1
    lines, used = 1, 0
    for token in _TOKEN.findall(paragraph):
        size = width(token)
        if used + size <= room:
            used += size
        elif token.isspace():
            used = room
        elif size <= room:
            lines, used = lines + 1, size
        else:
            more = ceil(size / room)
            lines, used = lines + more - (used == 0), size - (more - 1) * room
    return lines


def literal(text: str) -> str:
    """Return text as the file holds it: `_x0041_` would be read as the letter A, so it is escaped."""
    return _ESCAPED.sub("_x005F_", text) if "_x" in text else text


def pieces(text: str, most: int = CELL_LIMIT) -> list[str]:
    """Split text into parts that each fit one cell; joined again they are the text."""
    if units(literal(text)) <= most:
        return [text]
    # Half the room, because escaping may double a part and a character may be two units.
    step = most // 2
    return [text[start : start + step] for start in range(0, len(text), step)]


def units(text: str) -> int:
    """Return the length of a text as Excel counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
