"""Words of the domain in Chinese and English, read from resources, for the window, the report and the commands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from auditor_app.models.errors import AuditorError

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
LANGUAGES = {"zh": "中文", "en": "English"}
"""The languages of window and report, each in itself: whoever cannot read the other one finds it."""


class Catalogue:
    """Words of one language by section and key; a missing key is our bug and raises `KeyError`."""

    def __init__(self, language: str, words: Mapping[str, Mapping[str, str]]) -> None:
        self.language = language
        self._words = words

    @classmethod
    def load(cls, language: str, *files: str) -> Catalogue:
        """Read `resources/i18n/<file>.<language>.json` for every file named, `words` always among them."""
        words: dict[str, Mapping[str, str]] = {}
        for name in ("words", *files):
            path = RESOURCES / "i18n" / f"{name}.{language}.json"
            words.update(json.loads(path.read_text("utf-8")))
        return cls(language, words)

    def text(self, section: str, key: str, **params: object) -> str:
        """Return the words for a key with its parameters put in."""
        return self._words[section][key].format(**params)

    def word(self, value: StrEnum) -> str:
        """Return the word for a value of a closed set: `Verdict.MET` is `符合`."""
        return self._words[type(value).__name__][value.value]

    def words(self, kind: type[StrEnum]) -> dict[Any, str]:
        """Return the words of a whole closed set, in its order."""
        return {value: self.word(value) for value in kind}

    def error(self, error: AuditorError) -> str:
        """Return the sentence for an error."""
        return self.text(error.section, error.code, **error.params)
