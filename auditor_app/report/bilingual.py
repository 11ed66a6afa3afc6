"""Words in Chinese and English at once, for a report in both languages."""

from __future__ import annotations

from collections.abc import Mapping


class Both(str):
    """Words in both languages; as text they stand side by side: `符合 Met`.

    That is also how formulas compare and drop-downs offer them. A cell too narrow for one line shows them `stacked`.
    """

    __slots__ = ("en", "zh")

    zh: str
    en: str

    def __new__(cls, zh: str, en: str) -> Both:
        """Make the words from those of each language."""
        made = super().__new__(cls, f"{zh} {en}")
        made.zh, made.en = zh, en
        return made

    @property
    def stacked(self) -> str:
        """Return the words with the English below the Chinese."""
        return f"{self.zh}\n{self.en}"


def paired(zh: str, en: str) -> str:
    """Return the words of both languages, once where they are the same or one has none."""
    return Both(zh, en) if zh != en and zh and en else zh or en


def spoken(value: object, language: str) -> object:
    """Return a value as one language says it; only words in both languages differ."""
    return getattr(value, language) if isinstance(value, Both) else value


def spoken_in(params: Mapping[str, object], language: str) -> dict[str, object]:
    """Return parameters of words as one language says them."""
    return {name: spoken(value, language) for name, value in params.items()}


def stacked(words: str) -> str:
    """Return words of both languages one below the other, others as they are."""
    return words.stacked if isinstance(words, Both) else words
