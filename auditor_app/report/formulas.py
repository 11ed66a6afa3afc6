"""Formulas of the report, in functions that Excel 2010, WPS and LibreOffice all know."""

from __future__ import annotations

from collections.abc import Sequence

# A function takes at most 255 arguments.
_MOST_ARGUMENTS = 200


def quoted(text: str) -> str:
    """Return text as a formula holds it."""
    return '"' + text.replace('"', '""') + '"'


def total(places: Sequence[str]) -> str:
    """Return the sum of scattered cells, 0 for none."""
    if not places:
        return "0"
    groups = [places[i : i + _MOST_ARGUMENTS] for i in range(0, len(places), _MOST_ARGUMENTS)]
    sums = [f"SUM({','.join(group)})" for group in groups]
    return "+".join(sums)


def rounded_down(amount: str) -> str:
    """Return an amount rounded down to two decimals; the inner rounding takes away the noise of floats."""
    return f"ROUNDDOWN(ROUND({amount},9),2)"


def rounded_up(amount: str) -> str:
    """Return an amount rounded up to two decimals: what is missing is never understated."""
    return f"ROUNDUP(ROUND({amount},9),2)"


def two_decimals(amount: str) -> str:
    """Return an amount rounded down, as text with two decimals."""
    return f"FIXED({rounded_down(amount)},2,TRUE)"
