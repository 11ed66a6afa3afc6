"""Formulas of a form whose rows are repeated: every reference follows what it meant."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError

_CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([1-9]\d{0,6})")
_ROW = re.compile(r"(\$?)([1-9]\d{0,6})")
_CANNOT_READ = (TokenizerError, TranslatorError, ValueError, IndexError, AttributeError, TypeError, KeyError)
# Functions that name cells by text or by number; nobody can see what they mean after rows moved.
_BY_TEXT = ("INDIRECT(", "ADDRESS(")
LONGEST_FORMULA = 8_192


@dataclass(frozen=True)
class Block:
    """Rows `start` to `end` that stand `count` times, one below the other."""

    start: int
    end: int
    count: int

    @property
    def height(self) -> int:
        """Return how many rows one copy takes."""
        return self.end - self.start + 1

    @property
    def extra(self) -> int:
        """Return how many rows are added."""
        return (self.count - 1) * self.height


class Growth:
    """How the rows of a sheet move when its blocks, in order and apart, are repeated."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = tuple(blocks)

    @cached_property
    def _ends(self) -> list[int]:
        return [block.end for block in self.blocks]

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    @cached_property
    def _added(self) -> list[int]:
        added = [0]
        for block in self.blocks:
            added.append(added[-1] + block.extra)
        return added

    @property
    def extra(self) -> int:
        """Return how many rows are added in all."""
        return self._added[-1]

    def block(self, row: int) -> Block | None:
        """Return the block a row belongs to."""
        place = bisect_right(self._starts, row) - 1
        return self.blocks[place] if place >= 0 and row <= self.blocks[place].end else None

    def first(self, row: int) -> int:
        """Return where a row stands afterwards; of a repeated row, the first copy."""
        return row + self._added[bisect_left(self._ends, row)]

    def last(self, row: int) -> int:
        """Return where a row stands afterwards; of a repeated row, the last copy."""
        block = self.block(row)
        return self.first(row) + (block.extra if block else 0)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where rows stand afterwards that go from one to another: what is repeated inside stretches them."""
        return self.first(first), self.last(last) if last != first or self.block(first) else self.first(last)


Growths = Mapping[str, Growth]
"""By title of the sheet, in lower case."""


@dataclass(frozen=True)
class _Copy:
    """A formula that stands in a block itself, in its copy of this number (0 is the first)."""

    block: Block
    number: int


def moved(formula: str, home: str, growths: Growths, block: Block | None = None, copy: int = 0) -> str:
    """Return a formula of the sheet `home` (without `=`) as it must read once rows are repeated.

    A reference to one cell of a repeated row means the first copy, a range over such rows all copies. In a formula that
    is repeated itself, references to its own rows, and to the row above them, go along with each copy unless they are
    absolute. One that cannot be read is returned as it is (`is_readable` says so before).
    """
    tokens = _tokens(formula)
    if tokens is None:
        return formula
    within = _Copy(block, copy) if block is not None else None
    for token in tokens:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            token.value = _moved_range(token.value, home, growths, within)
    return "".join(token.value for token in tokens)


def is_readable(formula: str) -> bool:
    """Say whether the references of a formula can be found, and all of them name cells directly."""
    tokens = _tokens(formula)
    return tokens is not None and not any(map(_hides_cells, tokens))


def unshared(formula: str, origin: str, cell: str) -> str | None:
    """Return a formula shared by cells as it reads in one of them, None when it cannot be read."""
    if len(formula) > LONGEST_FORMULA:
        return None
    try:
        return str(Translator(f"={formula}", origin).translate_formula(cell))[1:]
    except _CANNOT_READ:
        return None


def _hides_cells(token: Token) -> bool:
    text: str = token.value
    if token.type == Token.FUNC:
        return text.upper().endswith(_BY_TEXT)
    # A range over several sheets: each of them may grow in its own way.
    return token.subtype == Token.RANGE and ":" in text.rpartition("!")[0]


def _tokens(formula: str) -> list[Token] | None:
    if len(formula) > LONGEST_FORMULA:
        return None
    try:
        tokens: list[Token] = Tokenizer(f"={formula}").items
    except _CANNOT_READ:
        return None
    return tokens if "".join(token.value for token in tokens) == formula else None


def _moved_range(reference: str, home: str, growths: Growths, within: _Copy | None) -> str:
    sheet, mark, cells = reference.rpartition("!")
    title = (sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet) if mark else home
    growth = growths.get(title.lower())
    if growth is None:
        return reference
    own = within if title.lower() == home.lower() else None
    return f"{sheet}{mark}{_moved_cells(cells, growth, own)}"


def _moved_cells(cells: str, growth: Growth, within: _Copy | None) -> str:
    first, colon, last = cells.partition(":")
    if not colon:
        match = _CELL.fullmatch(first)
        if not match:
            return cells
        row = _row(match[3], int(match[4]), growth, within, stretches=False)
        return f"{match[1]}{match[2]}{match[3]}{row}"
    for pattern in (_CELL, _ROW):
        ends = pattern.fullmatch(first), pattern.fullmatch(last)
        if ends[0] and ends[1]:
            top = _row(ends[0][pattern.groups - 1], int(ends[0][pattern.groups]), growth, within, stretches=False)
            bottom = _row(ends[1][pattern.groups - 1], int(ends[1][pattern.groups]), growth, within, stretches=True)
            return f"{first[: ends[0].start(pattern.groups)]}{top}:{last[: ends[1].start(pattern.groups)]}{bottom}"
    return cells


def _row(absolute: str, row: int, growth: Growth, within: _Copy | None, *, stretches: bool) -> int:
    if within is not None and within.block.start - within.block.height <= row <= within.block.end:
        along = 0 if absolute else within.number * within.block.height
        return growth.first(row) + along
    return growth.last(row) if stretches else growth.first(row)


def moved_cells(cells: str, growth: Growth) -> str:
    """Return cells of one sheet, such as `A1:B5`, or several separated by spaces, where they stand afterwards.

    They stretch over the copies of what they hold.
    """
    return " ".join(_stretched(each, growth) for each in cells.split())


def _stretched(cells: str, growth: Growth) -> str:
    first, colon, last = cells.partition(":")
    one, other = _CELL.fullmatch(first), _CELL.fullmatch(last if colon else first)
    if not one or not other:
        return _moved_cells(cells, growth, None)
    top, bottom = growth.span(int(one[4]), int(other[4]))
    start = f"{one[1]}{one[2]}{one[3]}{top}"
    return start if not colon and top == bottom else f"{start}:{other[1]}{other[2]}{other[3]}{bottom}"
