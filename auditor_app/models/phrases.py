"""Phrases an auditor uses again: which of them fit what is being typed, and how they show in one line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from auditor_app.models.text import folded

LONGEST_SHOWN = 80
FEWEST_LETTERS = 2


def is_enough(typed: str) -> bool:
    """Say whether phrases are worth offering: after one Chinese character, or two letters or digits."""
    letters = [character for character in folded(typed) if character.isalnum()]
    return len(letters) >= FEWEST_LETTERS or any(unicodedata.category(letter) == "Lo" for letter in letters)


def fitting(phrases: Iterable[str], typed: str) -> list[str]:
    """Return the phrases that contain what is typed and say more than that; all of them for nothing typed."""
    wanted = folded(typed.strip())
    return [phrase for phrase in phrases if wanted in (whole := folded(phrase)) and whole.strip() != wanted]


def shown(phrase: str) -> str:
    """Return the beginning of a phrase: its first line, and of that what fits a list."""
    line, _, more = phrase.strip().partition("\n")
    if len(line) > LONGEST_SHOWN:
        return f"{line[: LONGEST_SHOWN - 1]}…"
    return f"{line[: LONGEST_SHOWN - 2]} …" if more else line
