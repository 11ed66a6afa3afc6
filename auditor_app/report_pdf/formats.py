"""What a cell shows of its value: the number formats of spreadsheets, as far as reports use them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

Value = float | int | Decimal | str | bool | date | time | None

_SECTIONS = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])*')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9.]+)\]")
_BRACKET = re.compile(r"\[[^\]]*\]")
# A text in quotes, an escaped character, the figures with their separators, or any other character.
_PIECE = re.compile(r'"([^"]*)"|\\(.)|([#0?][#0?,.]*)|(_.|\*.)|(.)', re.DOTALL)
_DATE = re.compile(r"yyyy|yy|mmmm|mmm|mm|m|dd|d|hh|h|ss|s", re.IGNORECASE)
# The most figures a spreadsheet shows where no format says how many.
_GENERAL_FIGURES = 10


def shown_text(value: Value, number_format: str) -> str:
    """Return what a cell with this number format shows; a text is shown as it is."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, date | time):
        return _date_text(value, number_format)
    return _number_text(Decimal(str(value)), number_format)


def rounded(number: Decimal, decimals: int) -> Decimal:
    """Return a number rounded to decimals as people do it, the half away from zero."""
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def shorter(figures: str, fits: Callable[[str], bool]) -> str:
    """Return a number rounded to as many decimals as fit, at least to whole ones; a text as it is."""
    decimals = len(figures.partition(".")[2])
    while decimals and figures.replace(".", "").replace("-", "").isdigit() and not fits(figures):
        decimals -= 1
        figures = f"{rounded(Decimal(figures), decimals):f}"
    return figures


def _number_text(number: Decimal, number_format: str) -> str:
    sections = _sections(number_format)
    section, is_signless = _chosen(number, sections)
    if section.lower() == "general" or section == "@":
        return _general(number)
    sign = "-" if number < 0 and not is_signless else ""
    return sign + _filled(abs(number), section)


@lru_cache(maxsize=64)
def _sections(number_format: str) -> tuple[str, ...]:
    parts, start = [], 0
    while start <= len(number_format):
        match = _SECTIONS.match(number_format, start)
        assert match is not None
        parts.append(match[0])
        start = match.end() + 1
    return tuple(parts)


def _chosen(number: Decimal, sections: tuple[str, ...]) -> tuple[str, bool]:
    """Return the section a number is shown by, and whether that section stands for the sign too."""
    conditions = [_CONDITION.search(section) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _holds(number, condition[1], Decimal(condition[2])):
                return _BRACKET.sub("", section), False
        return "General", False
    place, is_signless = 0, False
    if number < 0 and len(sections) > 1:
        place, is_signless = 1, True
    elif number == 0 and len(sections) > 2:
        place = 2
    return _BRACKET.sub("", sections[place]), is_signless


def _holds(number: Decimal, operator: str, limit: Decimal) -> bool:
    return {
        "<": number < limit,
        "<=": number <= limit,
        ">": number > limit,
        ">=": number >= limit,
        "=": number == limit,
        "<>": number != limit,
    }[operator]


def _general(number: Decimal) -> str:
    if number == number.to_integral_value():
        return f"{number:.0f}"
    whole = len(f"{abs(number):.0f}")
    text = f"{rounded(number, max(0, _GENERAL_FIGURES - whole)):f}"
    return text.rstrip("0").rstrip(".")


def _filled(number: Decimal, section: str) -> str:
    """Return a section with the figures of the number put in."""
    if "%" in re.sub(r'"[^"]*"', "", section):
        number *= 100
    found = []
    for quoted, escaped, figures, filler, other in _PIECE.findall(section):
        if figures:
            found.append(_figures(number, figures))
        else:
            found.append(quoted or escaped or ("" if filler else other))
    return "".join(found)


def _figures(number: Decimal, pattern: str) -> str:
    bare = pattern.rstrip(",")
    # A separator at the end divides by a thousand.
    number = number.scaleb(-3 * (len(pattern) - len(bare)))
    whole, _, decimals = bare.partition(".")
    text = f"{rounded(number, len(decimals)):{',' if ',' in whole else ''}f}"
    least = decimals.count("0")
    if len(decimals) > least:
        head, _, tail = text.partition(".")
        tail = tail[:least] + tail[least:].rstrip("0")
        text = f"{head}.{tail}" if tail else head
    return text.zfill(len(text) + max(0, whole.count("0") - len(text.partition(".")[0])))


def _date_text(value: date | time, number_format: str) -> str:
    """Return a date by its format, and by that of ISO where the format says nothing about dates."""
    pattern = _sections(number_format)[0]
    if not _DATE.search(_BRACKET.sub("", pattern)) or number_format.lower() == "general":
        return value.isoformat(" ", "minutes") if isinstance(value, datetime) else value.isoformat()
    return "".join(
        quoted or escaped or _date_parts(value, other, pattern)
        for quoted, escaped, other in re.findall(r'"([^"]*)"|\\(.)|((?:[^"\\])+)', _BRACKET.sub("", pattern))
    )


def _date_parts(value: date | time, words: str, pattern: str) -> str:
    has_hours = "h" in pattern.lower()

    def part(match: re.Match[str]) -> str:
        word = match[0].lower()
        before = words[: match.start()].lower()
        if word in ("m", "mm") and has_hours and before.rstrip(":").endswith("h"):
            word = word.replace("m", "n")
        amounts = {
            "y": getattr(value, "year", 0),
            "m": getattr(value, "month", 0),
            "d": getattr(value, "day", 0),
            "h": getattr(value, "hour", 0),
            "n": getattr(value, "minute", 0),
            "s": getattr(value, "second", 0),
        }
        if word == "yy":
            return f"{amounts['y'] % 100:02d}"
        return f"{amounts[word[0]]:0{len(word)}d}"

    return _DATE.sub(part, words)
