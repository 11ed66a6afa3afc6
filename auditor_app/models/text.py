"""What people paste and type, made clean: text without hidden characters, numbers in either width."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal

from auditor_app.models.errors import ValidationError

_NUMBER = re.compile(r"\d{1,9}(\.\d{1,4})?")
# A separator is needed: without one, 2026112 could be two different days.
_DATE = re.compile(r"(\d{4})(?:\s*[-/.年]\s*|\s+)(\d{1,2})(?:\s*[-/.月]\s*|\s+)(\d{1,2})\s*日?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
MINUTE = "%Y-%m-%dT%H:%M"
SECOND = "%Y-%m-%dT%H:%M:%S"
# Word breaks lines with a vertical tab, web pages with the separators of Unicode.
_LINE_BREAKS = str.maketrans(dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n"))
# Characters that are kept as they are, which most texts hold alone: of ASCII, dashes and quotes, Chinese.
_PLAIN = re.compile("[\n\t -~\u2010-\u2027\u3001-\u3029\u4e00-\u9fff\uff01-\uff5e]*")
# Soft hyphens, zero-width spaces, byte order and direction marks: pasted unseen, they spoil a number or a code.
_UNSEEN = frozenset(
    map(chr, (0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF))
)


def clean(text: str) -> str:
    """Return the text in NFC with line feeds only, without characters nobody sees or can store."""
    if _PLAIN.fullmatch(text) and unicodedata.is_normalized("NFC", text):
        return text
    text = text.replace("\r\n", "\n").translate(_LINE_BREAKS)
    return unicodedata.normalize("NFC", "".join(character for character in text if _kept(character)))


def clean_line(text: str) -> str:
    """Return cleaned text on one line, without space at its ends."""
    return " ".join(clean(text).split("\n")).strip()


def folded(text: str) -> str:
    """Return text as it is searched and compared: in either width and case the same."""
    return unicodedata.normalize("NFKC", text).casefold()


def _kept(character: str) -> bool:
    code = ord(character)
    if character in "\n\t":
        return True
    if character in _UNSEEN or unicodedata.category(character) in ("Cc", "Cs"):
        return False
    return not (0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE)


def parse_count(text: str, path: str) -> int:
    """Return a whole number of 0 or more typed in either width; empty is 0."""
    digits = _folded(text)
    if not digits:
        return 0
    if not re.fullmatch(r"\d{1,9}", digits):
        raise ValidationError(path, "not_a_count", value=text.strip())
    return int(digits)


def parse_amount(text: str, path: str) -> Decimal:
    """Return an amount of 0 or more with at most four decimals, typed in either width; empty is 0."""
    digits = _folded(text).replace("。", ".")
    if not digits:
        return Decimal(0)
    if not _NUMBER.fullmatch(digits):
        raise ValidationError(path, "not_an_amount", value=text.strip())
    return Decimal(digits)


def parse_date(text: str, path: str) -> date | None:
    """Return a date typed as 2026-03-02, 2026/3/2, 20260302 or 2026年3月2日; empty is None."""
    typed = _folded(text).replace("。", ".")
    if not typed:
        return None
    match = _COMPACT_DATE.fullmatch(typed) or _DATE.fullmatch(typed)
    if not match:
        raise ValidationError(path, "not_a_date", value=text.strip())
    try:
        return date(*map(int, match.groups()))
    except ValueError as error:
        raise ValidationError(path, "no_such_date", value=text.strip()) from error


def parse_minute(text: str, path: str) -> str | None:
    """Return a local time to the minute as `2026-03-02T09:00`; empty is None."""
    typed = _folded(text)
    if not typed:
        return None
    day, _, clock = typed.replace("T", " ").partition(" ")
    moment = parse_date(day, path)
    match = re.fullmatch(r"(\d{1,2})\s*[:时]\s*(\d{2})分?", clock.strip())
    if moment is None or not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise ValidationError(path, "not_a_minute", value=text.strip())
    return f"{moment.isoformat()}T{int(match[1]):02d}:{match[2]}"


def is_minute(text: str) -> bool:
    """Say whether text is a local time to the minute in the form of the audit file."""
    return _is_time(text, MINUTE)


def is_second(text: str) -> bool:
    """Say whether text is a local time to the second in the form of the audit file."""
    return _is_time(text, SECOND)


def _is_time(text: str, form: str) -> bool:
    try:
        # strptime takes what strftime never writes, such as a month of one digit.
        return datetime.strptime(text, form).strftime(form) == text
    except ValueError:
        return False


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", clean(text)).strip()
