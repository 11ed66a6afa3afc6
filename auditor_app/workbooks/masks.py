"""Number formats that show something else than the cell says: `"95.00"` as a format shows 95.00 whatever the value."""

from __future__ import annotations

import re

# A text in quotes, an escaped character, the sign of a currency; brackets hold colours and conditions otherwise.
_LITERAL = re.compile(r'"([^"]*)"?|[\\_*](.)|\[\$([^\]\-]*)[^\]]*\]?')
_BRACKETS = re.compile(r"\[[^\]]*\]?")
# `# ?/8` counts in eighths.
_DIGITS = re.compile(r"(?<![/0-9])[1-9]")
_OF_DATES = frozenset("年月日时分秒上午下星期周")
_OF_SIZES = frozenset({"B", "KB", "MB"})
"""Units that stand behind the sizes of evidence in a report; they make no other score or level of a value."""


def masks(code: str) -> bool:
    """Say whether a number format puts letters or digits of its own before the reader.

    Those of dates are expected, and units of sizes as words of their own.
    """
    words = ("".join(groups) for groups in _LITERAL.findall(code))
    shown = "".join(word for word in words if word.strip() not in _OF_SIZES)
    rest = _BRACKETS.sub("", _LITERAL.sub("", code))
    return any(sign.isalnum() and sign not in _OF_DATES for sign in shown) or bool(_DIGITS.search(rest))
