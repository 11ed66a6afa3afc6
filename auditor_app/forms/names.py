"""Placeholders as people write them: `{{company.name}}`, `{{documents[D1].status}}`, `{{audit.kind=initial}}`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor_app.models.text import clean_line, folded

# Full-width braces too: an input method for Chinese makes them.
PLACEHOLDER = re.compile(r"[{｛]{2}([^{}｛｝]{1,120})[}｝]{2}")
UNCLOSED = re.compile(r"[{｛]{2}(?![^{}｛｝]{1,120}[}｝]{2})")
DAY_PARTS = ("year", "month", "day")

_KEY = re.compile(r"(?P<list>[^.\[\]=]+)\[(?P<item>[^\[\]=]*)\]\.?(?P<column>[^\[\]=]*)")


@dataclass(frozen=True)
class Reference:
    """What a placeholder names, in parts.

    A `list` without `item` stands for every row of it, with `item` for one: by its key or number. `part` is a part of a
    date, `equals` what the value is compared with.
    """

    field: str
    list: str = ""
    item: str | None = None
    part: str = ""
    equals: str | None = None


def key_of(written: str) -> str:
    """Return a placeholder as it is remembered and compared: in either width and case the same, without spaces."""
    return "".join(folded(clean_line(written)).split())


def reference_of(key: str) -> Reference:
    """Return a placeholder in parts; whether there is such a field is for the catalogue to say."""
    name, equals_sign, equals = key.partition("=")
    match = _KEY.fullmatch(name)
    listed = match["list"] if match else ""
    item = (match["item"] or None) if match else None
    column = match["column"] if match else name
    part = ""
    stem, _, last = column.rpartition(".")
    if last in DAY_PARTS and stem:
        column, part = stem, last
    return Reference(column, listed, item, part, equals if equals_sign else None)


def same_name(defined: str) -> str:
    """Return a defined name as it is compared with fields: such names hold no brackets, and often no dots."""
    return folded(defined).replace(".", "_").replace("[]", "")
