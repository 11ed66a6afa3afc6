"""What somebody typed into a cell as a value of a field, however a spreadsheet stored it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from auditor_app.models.errors import ValidationError
from auditor_app.models.text import clean, clean_line, folded, parse_count, parse_date
from auditor_app.replies.problems import ReplyProblem, shown
from auditor_app.replies.xlsx import Cell, day_of

LONGEST_TEXT = 100_000
"""Characters; no spreadsheet program lets a person type as many into one cell."""
EXACT = 10**15
"""Excel keeps fifteen digits of a number."""
FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Of a bare number that may stand for a day."""

# What WPS puts into a cell that holds a picture.
_PICTURE = re.compile(r"=(_xlfn\.)?DISPIMG\(")
_TIME = re.compile(r"[T\s]\d{1,2}[:：]\d{2}([:：]\d{2})?(\.\d+)?$")


def text_of(cell: Cell, *, lines: bool = False) -> str:
    """Return what a cell says as clean text, on one line unless `lines`; raises `ReplyProblem`."""
    _check(cell)
    match cell.value:
        case None:
            return ""
        case bool():
            return "TRUE" if cell.value else "FALSE"
        case float():
            return _figure(cell.value)
        case date():
            return cell.value.isoformat()
        case str():
            if len(cell.value) > LONGEST_TEXT:
                raise ReplyProblem("", "text_too_long", most=LONGEST_TEXT)
            return clean(cell.value).strip() if lines else clean_line(cell.value)


def day(cell: Cell) -> date | None:
    """Return the day a cell names; raises `ValidationError` for what is none."""
    _check(cell)
    match cell.value:
        case date():
            return cell.value
        case float() if not isinstance(cell.value, bool):
            return _day_of_number(cell.value)
    text = text_of(cell)
    return parse_date(_TIME.sub("", text), "")


def count(cell: Cell) -> int:
    """Return the whole number a cell names, 0 for an empty one; raises `ValidationError` for what is none."""
    return parse_count(text_of(cell), "")


def choice(cell: Cell, choices: Mapping[str, Any]) -> Any:
    """Return the value chosen by its word, None for an empty cell; raises `ReplyProblem` for another word."""
    text = text_of(cell)
    if not text:
        return None
    try:
        return choices[" ".join(folded(text).split())]
    except KeyError as error:
        raise ReplyProblem("", "not_a_choice", value=shown(text)) from error


def _check(cell: Cell) -> None:
    if cell.is_error:
        raise ReplyProblem("", "error_in_cell", value=shown(str(cell.value)))
    if cell.is_formula and cell.value is None:
        raise ReplyProblem("", "formula_without_value")
    if cell.is_formula and _PICTURE.match(str(cell.value)):
        raise ReplyProblem("", "picture_in_cell")


def _figure(number: float) -> str:
    if abs(number) >= EXACT:
        raise ReplyProblem("", "digits_lost", value=f"{number:.0f}")
    return str(int(number)) if number.is_integer() else repr(number)


def _day_of_number(number: float) -> date:
    """Return the day of a cell that lost its format, or was typed as 20260305."""
    if 10_000_000 <= number <= 99_999_999 and number.is_integer():
        found = parse_date(str(int(number)), "")
        assert found is not None
        return found
    found = day_of(number)
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValidationError("", "not_a_date", value=repr(number).removesuffix(".0"))
    return found
