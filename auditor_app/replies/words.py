"""Words in both languages at once: who fills a workbook in may read either."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from auditor_app.models.catalogue import Catalogue
from auditor_app.models.text import folded
from auditor_app.models.wording import Text

SHEET = "reply_sheet"
_TICKS: Mapping[str, bool] = {
    **dict.fromkeys(("√", "✓", "✔", "☑", "true", "y", "1"), True),
    **dict.fromkeys(("×", "✗", "✘", "☐", "false", "n", "0"), False),
}


class Both:
    """The words of a Chinese and an English catalogue, Chinese first."""

    def __init__(self, zh: Catalogue, en: Catalogue) -> None:
        self.zh, self.en = zh, en

    def line(self, key: str, **params: object) -> str:
        """Return words of the workbooks on one line."""
        return f"{self.zh.text(SHEET, key, **params)} {self.en.text(SHEET, key, **params)}"

    def lines(self, key: str, **params: object) -> str:
        """Return words of the workbooks, English below Chinese."""
        return f"{self.zh.text(SHEET, key, **params)}\n{self.en.text(SHEET, key, **params)}"

    def each(self, key: str, **params: object) -> tuple[str, str]:
        """Return words of the workbooks in Chinese and in English."""
        return self.zh.text(SHEET, key, **params), self.en.text(SHEET, key, **params)

    def of(self, text: Text) -> str:
        """Return words of a standard pack, English below Chinese."""
        return f"{text.zh}\n{text.en}"

    def word(self, value: StrEnum | bool | None) -> str:
        """Return the word for a value of a closed set, or for yes and no; empty for none."""
        match value:
            case None:
                return ""
            case bool():
                return self.line("yes" if value else "no")
        return f"{self.zh.word(value)} {self.en.word(value)}"

    def choices(self, values: Iterable[StrEnum | bool]) -> dict[str, Any]:
        """Return values by every way to write their words, folded as text is compared."""
        found: dict[str, Any] = {}
        for value in values:
            if isinstance(value, bool):
                key = "yes" if value else "no"
                words = [*self.each(key), self.line(key)]
            else:
                words = [self.zh.word(value), self.en.word(value), self.word(value), value.value]
            found |= {" ".join(folded(word).split()): value for word in words}
        return {**_TICKS, **found} if True in found.values() else found


def both() -> Both:
    """Return the words that ship with the workbench."""
    return Both(Catalogue.load("zh", "replies"), Catalogue.load("en", "replies"))
