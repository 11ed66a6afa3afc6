"""Words in both languages, as a standard pack holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Text:
    """Words in both languages."""

    zh: str
    en: str

    def in_(self, language: str) -> str:
        """Return the words for `zh` or `en`."""
        return self.zh if language == "zh" else self.en


def text_from(raw: Mapping[str, str]) -> Text:
    """Read words from their JSON object; raises `KeyError` or `TypeError` for anything else."""
    return Text(plain(str, raw["zh"]), plain(str, raw["en"]))


def plain(kind: type[T], value: object) -> T:
    """Return a JSON value of exactly this kind; raises `TypeError` for any other."""
    # A clause 5.1 written as a number or "yes" for true would only be noticed in the middle of an audit.
    if type(value) is not kind:
        raise TypeError
    return value
