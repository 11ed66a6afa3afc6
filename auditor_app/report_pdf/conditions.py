"""The conditional formats of a sheet: which of them colour a cell, or give it another number format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from auditor_app.report_pdf.formula import NotUnderstood, Place, Read, Step, is_true, parsed
from auditor_app.report_pdf.styles import Style, overlaid

_COMPARISONS = {
    "equal": "=",
    "notEqual": "<>",
    "lessThan": "<",
    "lessThanOrEqual": "<=",
    "greaterThan": ">",
    "greaterThanOrEqual": ">=",
}


@dataclass(frozen=True)
class _Rule:
    """A rule with the areas it is for: first row and column, last row and column."""

    areas: Sequence[tuple[int, int, int, int]]
    holds: Step
    look: Any
    is_last: bool

    def covers(self, row: int, column: int) -> bool:
        return any(t <= row <= b and left <= column <= right for t, left, b, right in self.areas)


class Conditions:
    """The rules of one sheet, the first of them first; a kind of rule that is not understood changes nothing."""

    def __init__(self, sheet: Worksheet, read: Read) -> None:
        self._read = read
        found = []
        for conditional in sheet.conditional_formatting:
            areas = [(r.min_row, r.min_col, r.max_row, r.max_col) for r in conditional.sqref.ranges]
            for rule in conditional.rules:
                step = _step(rule, areas[0])
                if step is not None and rule.dxf is not None:
                    found.append((rule.priority, _Rule(areas, step, rule.dxf, bool(rule.stopIfTrue))))
        self._rules = [rule for _, rule in sorted(found, key=lambda pair: pair[0])]

    def applied(self, style: Style, row: int, column: int) -> Style:
        """Return the look of a cell with the rules that hold for it."""
        looks = []
        for rule in self._rules:
            if rule.covers(row, column) and self._holds(rule, row, column):
                looks.append(rule.look)
                if rule.is_last:
                    break
        # The first rule wins, so it is laid on top.
        for look in reversed(looks):
            style = overlaid(style, look)
        return style

    def _holds(self, rule: _Rule, row: int, column: int) -> bool:
        top, left, _, _ = rule.areas[0]
        try:
            return is_true(rule.holds(Place(self._read, row - top, column - left)))
        except NotUnderstood:
            return False


def _step(rule: Any, area: tuple[int, int, int, int]) -> Step | None:
    """Return what says whether a rule holds, None for a kind that is not known."""
    try:
        if rule.type == "expression":
            return parsed(rule.formula[0])
        if rule.type == "cellIs" and rule.operator in _COMPARISONS:
            return _comparison(_COMPARISONS[rule.operator], parsed(rule.formula[0]), area)
    except NotUnderstood:
        return None
    return None


def _comparison(mark: str, limit: Step, area: tuple[int, int, int, int]) -> Step:
    top, left, _, _ = area
    compare = parsed(f"A1{mark}A2")

    def holds(place: Place) -> bool:
        own, other = place.read("", top + place.down, left + place.right), limit(place)
        return is_true(compare(Place(lambda _sheet, row, _column: own if row == 1 else other, 0, 0)))

    return holds
