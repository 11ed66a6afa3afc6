"""The formulas of conditional formats: whether a rule holds for a cell.

Only what such rules need is understood; a formula with anything else raises `NotUnderstood`, and its rule is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from openpyxl.utils import column_index_from_string

from auditor_app.report_pdf.formats import Value, rounded

Read = Callable[[str, int, int], Value]
"""Return the value of a cell: title of the sheet (empty for that of the rule), row, column, both from 1."""

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>"(?:[^"]|"")*")
    | (?P<number>[0-9]+(?:\.[0-9]*)?)
    | (?P<place>(?:(?:'(?:[^']|'')+'|[\w.]+)!)?\$?[A-Za-z]{1,3}\$?[0-9]+)(?![\w(:])
    | (?P<name>[A-Za-z][A-Za-z.]*)
    | (?P<mark><=|>=|<>|[-=<>+*/&(),])
    )""",
    re.VERBOSE,
)
_PLACE = re.compile(r"(?:('(?:[^']|'')+'|[\w.]+)!)?(\$?)([A-Za-z]{1,3})(\$?)([0-9]+)")
_COMPARING = ("=", "<>", "<", ">", "<=", ">=")


class NotUnderstood(ValueError):
    """A formula that says more than this module knows."""


@dataclass(frozen=True)
class Place:
    """The cell a rule is asked about: how far below and right of the first cell of its range, and the values."""

    read: Read
    down: int
    right: int


Step = Callable[[Place], Value]


def parsed(formula: str) -> Step:
    """Return what works a formula out; raises `NotUnderstood`, as the returned step may."""
    parser = _Parser(formula)
    step = parser.comparison()
    parser.expect_end()
    return step


def is_true(value: Value) -> bool:
    """Say whether a value counts as true."""
    return not isinstance(value, str) and bool(value)


class _Parser:
    def __init__(self, formula: str) -> None:
        self._tokens: list[tuple[str, str]] = []
        text = formula.lstrip("=").rstrip()
        at = 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None or match.lastgroup is None:
                raise NotUnderstood(formula)
            self._tokens.append((match.lastgroup, match[match.lastgroup]))
            at = match.end()
        self._next = 0

    def expect_end(self) -> None:
        """Raise unless everything was read."""
        if self._next < len(self._tokens):
            raise NotUnderstood(self._tokens[self._next][1])

    def comparison(self) -> Step:
        """Read operands compared with each other, the loosest of operations."""
        return self._operations(_COMPARING, lambda: self._operations(("&",), self._sum))

    def _sum(self) -> Step:
        return self._operations(("+", "-"), lambda: self._operations(("*", "/"), self._operand))

    def _operations(self, marks: Sequence[str], operand: Callable[[], Step]) -> Step:
        left = operand()
        while mark := self._take(*marks):
            left = _operation(mark, left, operand())
        return left

    def _operand(self) -> Step:
        if self._take("-"):
            negated = self._operand()
            return lambda place: -_number(negated(place))
        if self._take("("):
            inner = self.comparison()
            self._expect(")")
            return inner
        kind, token = self._token()
        if kind == "text":
            text = token[1:-1].replace('""', '"')
            return lambda _: text
        if kind == "number":
            number = float(token)
            return lambda _: number
        if kind == "place":
            return _reference(token)
        if kind == "name":
            return self._named(token.upper())
        raise NotUnderstood(token)

    def _named(self, name: str) -> Step:
        if not self._take("("):
            if name not in ("TRUE", "FALSE"):
                raise NotUnderstood(name)
            return lambda _: name == "TRUE"
        arguments: list[Step] = []
        while not self._take(")"):
            arguments.append(self.comparison())
            if not self._take(","):
                self._expect(")")
                break
        least, most, work = _FUNCTIONS.get(name, (0, -1, _choice))
        if not least <= len(arguments) <= most:
            raise NotUnderstood(name)
        return lambda place: work(place, arguments)

    def _token(self) -> tuple[str, str]:
        if self._next >= len(self._tokens):
            raise NotUnderstood("")
        self._next += 1
        return self._tokens[self._next - 1]

    def _take(self, *marks: str) -> str:
        if self._next < len(self._tokens):
            kind, token = self._tokens[self._next]
            if kind == "mark" and token in marks:
                self._next += 1
                return token
        return ""

    def _expect(self, mark: str) -> None:
        if not self._take(mark):
            raise NotUnderstood(mark)


def _reference(token: str) -> Step:
    match = _PLACE.fullmatch(token)
    assert match is not None
    sheet, fixed_column, letters, fixed_row, digits = match.groups()
    title = sheet.strip("'").replace("''", "'") if sheet else ""
    row, column = int(digits), column_index_from_string(letters)

    def value(place: Place) -> Value:
        down, right = (0 if fixed_row else place.down), (0 if fixed_column else place.right)
        return place.read(title, row + down, column + right)

    return value


def _operation(mark: str, left: Step, right: Step) -> Step:
    def work(place: Place) -> Value:
        one, other = left(place), right(place)
        if mark in _COMPARING:
            return _compared(mark, one, other)
        if mark == "&":
            return _text(one) + _text(other)
        a, b = _number(one), _number(other)
        if mark == "/" and not b:
            raise NotUnderstood("/0")
        return {"+": a + b, "-": a - b, "*": a * b}[mark] if mark != "/" else a / b

    return work


def _compared(mark: str, one: Value, other: Value) -> bool:
    """Compare as spreadsheets do: numbers before texts, texts whatever their case, nothing equal to 0 and to ''."""
    if one is None:
        one = "" if isinstance(other, str) else 0
    if other is None:
        other = "" if isinstance(one, str) else 0
    a, b = _order(one), _order(other)
    return {"=": a == b, "<>": a != b, "<": a < b, ">": a > b, "<=": a <= b, ">=": a >= b}[mark]


def _order(value: Value) -> tuple[int, float, str]:
    if isinstance(value, bool):
        return 2, float(value), ""
    return (1, 0.0, value.casefold()) if isinstance(value, str) else (0, _number(value), "")


def _number(value: Value) -> float:
    if isinstance(value, str | time):
        raise NotUnderstood(str(value))
    if isinstance(value, date):
        return float(value.toordinal() - date(1899, 12, 30).toordinal())
    return float(value or 0)


def _n(value: Value) -> float:
    return 0.0 if isinstance(value, str) else _number(value)


def _text(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _choice(place: Place, arguments: Sequence[Step]) -> Value:
    if is_true(arguments[0](place)):
        return arguments[1](place)
    return arguments[2](place) if len(arguments) > 2 else False


def _round(place: Place, arguments: Sequence[Step]) -> Value:
    number, decimals = (_number(argument(place)) for argument in arguments)
    return float(rounded(Decimal(repr(number)), int(decimals)))


# Each with the fewest and the most arguments it takes.
_FUNCTIONS: dict[str, tuple[int, int, Callable[[Place, Sequence[Step]], Value]]] = {
    "AND": (1, 255, lambda place, arguments: all(is_true(argument(place)) for argument in arguments)),
    "OR": (1, 255, lambda place, arguments: any(is_true(argument(place)) for argument in arguments)),
    "NOT": (1, 1, lambda place, arguments: not is_true(arguments[0](place))),
    "IF": (2, 3, _choice),
    "N": (1, 1, lambda place, arguments: _n(arguments[0](place))),
    "ROUND": (2, 2, _round),
    "ABS": (1, 1, lambda place, arguments: abs(_number(arguments[0](place)))),
    "LEN": (1, 1, lambda place, arguments: len(_text(arguments[0](place)))),
    "ISNUMBER": (1, 1, lambda place, arguments: isinstance(arguments[0](place), float | int | Decimal)),
    "ISBLANK": (1, 1, lambda place, arguments: arguments[0](place) is None),
}
