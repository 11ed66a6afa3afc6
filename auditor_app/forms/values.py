"""Values of an audit for forms: worded as the report words them, numbers and dates also as such."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from auditor_app.models.catalogue import Catalogue
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import plain
from auditor_app.models.standard import Standard, Text

Alone = str | int | float | date | None
"""What a cell holds that holds nothing else; None leaves it empty."""


@dataclass(frozen=True)
class Value:
    """A value as text, as a cell holds it alone, and as the program stores it (a word of a closed set, `yes`, `no`)."""

    text: str
    alone: Alone
    stored: str = ""


NOTHING = Value("", None)


def text(words: str) -> Value:
    """Return a text, with lines."""
    return Value(words, words or None)


def count(number: int) -> Value:
    """Return a whole number."""
    return Value(str(number), number)


def points(amount: Fraction | None) -> Value:
    """Return points as tables show them, with two decimals at most; None is nothing."""
    if amount is None:
        return NOTHING
    shown = plain(amount)
    return Value(shown, _number(shown))


def figure(shown: str) -> Value:
    """Return a number that is shown with these digits."""
    return Value(shown, _number(shown))


def amount(number: Decimal) -> Value:
    """Return an amount as people write it; 0 is nothing."""
    return figure(f"{number.normalize():f}") if number else NOTHING


def day(moment: date | None) -> Value:
    """Return a day; None is nothing."""
    return NOTHING if moment is None else Value(moment.isoformat(), moment)


def part_of_day(value: Value, part: str) -> Value:
    """Return year, month or day of a date; nothing of anything else."""
    return count(getattr(value.alone, part)) if isinstance(value.alone, date) else NOTHING


def _number(shown: str) -> int | float:
    return float(shown) if "." in shown else int(shown)


class Wording:
    """Words of one language for values, from the catalogue and from the standard pack."""

    def __init__(self, standard: Standard, sites: dict[str, str], language: str) -> None:
        self.catalogue = Catalogue.load(language, "report", "evidence", "forms")
        self._standard = standard
        self._sites = sites

    def report(self, section: str, key: str, **params: object) -> str:
        """Return words of the report."""
        return self.catalogue.text(f"report_{section}", key, **params)

    def of(self, words: Text) -> str:
        """Return words of the standard pack."""
        return words.in_(self.catalogue.language)

    def word(self, value: StrEnum | None) -> Value:
        """Return the word for a value of a closed set; None is nothing."""
        if value is None:
            return NOTHING
        word = self.catalogue.word(value)
        return Value(word, word, value.value)

    def yes_no(self, value: bool) -> Value:
        """Return yes or no."""
        key = "yes" if value else "no"
        word = self.report("common", key)
        return Value(word, word, key)

    def joined(self, items: Iterable[str]) -> str:
        """Return the items as a list in words, empty ones left out."""
        return self.report("common", "list").join(item for item in items if item)

    def clause_title(self, clause: str) -> str:
        """Return the title of a clause, empty for one the standard has not."""
        node = self._standard.nodes.get(Clause(clause))
        return self.of(node.title) if node is not None else ""

    def clause(self, clause: str) -> str:
        """Return a clause with its title."""
        return " ".join(filter(None, (clause, self.clause_title(clause))))

    def site(self, site_id: str) -> str:
        """Return a site by its short name with its full one."""
        return " ".join(filter(None, (site_id, self._sites.get(site_id, ""))))

    def period(self, starts: date | None, ends: date | None) -> str:
        """Return the days from one date to another."""
        if starts is None or ends is None or starts == ends:
            one = starts or ends
            return one.isoformat() if one else ""
        return self.report("common", "period", starts=starts.isoformat(), ends=ends.isoformat())
