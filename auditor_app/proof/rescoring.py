"""The score of a report once more, from its verdicts, by the rules of the program and not by those of the sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from auditor_app.models.audit import StandardRef
from auditor_app.models.catalogue import LANGUAGES, Catalogue
from auditor_app.models.entities import Assessment
from auditor_app.models.enums import Level, Verdict
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import ScoreResult, score, shown
from auditor_app.models.standard import Chapter, Group, Indicator, Standard
from auditor_app.models.wording import Text
from auditor_app.report import names
from auditor_app.workbooks.book import Book, CellContent, ValueKind

StandardOf = Callable[[StandardRef], Standard | None]
_NEAR = Fraction(1, 10**9)
_MOST_COUNT = 999_999_999
_DIGITS = 10**12
_BETWEEN = re.compile(r"[\s/·]+")


@dataclass(frozen=True)
class Disagreement:
    """A cell that shows something else than follows from the verdicts: its name, where it is, both values.

    Levels are expected by their stored words.
    """

    name: str
    sheet: str
    cell: str
    shown: str
    expected: str


@dataclass(frozen=True)
class Rescored:
    """What the verdicts add up to; `by_pack` when the weights are those of the pack and not of the cells."""

    result: ScoreResult
    by_pack: bool
    disagreements: tuple[Disagreement, ...]


def rescored(book: Book, standard_of: StandardOf, fallback: Standard) -> Rescored | None:
    """Compute the score from the cells that have names; None when they do not, as in other workbooks.

    The pack that the report names gives weights and rules. When it is not known the weights come from the cells and
    levels, deductions and bonus from the `fallback`.
    """
    known = standard_of(StandardRef(_text(book, names.PACK_ID), _text(book, names.PACK_VERSION)))
    standard = known or _from_cells(book, fallback)
    if standard is None or any(
        names.name_of(names.VERDICT, clause) not in book.names for clause in standard.indicators
    ):
        return None
    assessments = {clause: _assessment(book, indicator) for clause, indicator in standard.indicators.items()}
    deductions = _count(book.named(names.SPECIAL_DEDUCTIONS))
    bonus = 1 if (_amount(book.named(names.BONUS)) or 0) > 0 else 0
    result = score(standard, assessments, deductions, bonus)
    found = (*_weights(book, standard), *_results(book, result))
    return Rescored(result, known is not None, tuple(found))


def _assessment(book: Book, indicator: Indicator) -> Assessment:
    """Return the assessment that a row shows; what cannot be counts as unjudged, as it does in the sheet."""
    clause = indicator.clause
    verdict = _verdict(_text(book, names.name_of(names.VERDICT, clause)))
    if verdict is not Verdict.SAMPLED:
        return Assessment(clause, verdict, reason="-" if verdict is Verdict.DELETED else "")
    checked = _count(book.named(names.name_of(names.CHECKED, clause)))
    failed = _count(book.named(names.name_of(names.FAILED, clause)))
    if not indicator.sampled or checked < 1 or failed > checked:
        return Assessment(clause)
    return Assessment(clause, verdict, checked, failed)


def _weights(book: Book, standard: Standard) -> Iterator[Disagreement]:
    """Yield the weights that are not those of the pack."""
    for clause, indicator in standard.indicators.items():
        yield from _compared(book, names.name_of(names.POINTS, clause), indicator.points, str(indicator.points))


def _results(book: Book, result: ScoreResult) -> Iterator[Disagreement]:
    if result.exact is not None:
        yield from _compared(book, names.SCORE, Fraction(shown(result.exact)), shown(result.exact))
    elif _amount(book.named(names.SCORE)) is not None:
        yield _disagreement(book, names.SCORE, "–")
    if names.LEVEL in book.names and not _says(_text(book, names.LEVEL), result.reachable):
        yield _disagreement(book, names.LEVEL, " – ".join(result.reachable))
    for name, bound in ((names.SCORE_LOWER, result.lower), (names.SCORE_UPPER, result.upper)):
        if bound is not None:
            # Some sheets keep bounds as they are, others rounded down.
            yield from _compared(book, name, bound, shown(bound), Fraction(shown(bound)))


def _compared(
    book: Book, name: str, wanted: Fraction, text: str, other: Fraction | None = None
) -> Iterator[Disagreement]:
    if name not in book.names:
        return
    amount = _amount(book.named(name))
    near = (wanted,) if other is None else (wanted, other)
    if amount is None or all(abs(amount - value) > _NEAR for value in near):
        yield _disagreement(book, name, text)


def _disagreement(book: Book, name: str, expected: str) -> Disagreement:
    sheet, cell = book.place(name) or ("", "")
    content = book.named(name)
    return Disagreement(name, sheet, cell, content.shown() if content else "", expected)


def _from_cells(book: Book, rules: Standard) -> Standard | None:
    """Return a pack with the weights of the cells and the rules of another pack; None when no weight is there.

    Clauses of unknown packs are only known by their names, which serve as clauses here.
    """
    prefix = names.name_of(names.VERDICT, "")
    indicators = []
    for name in book.names:
        clause = name.removeprefix(f"{prefix}_").replace("_", ".")
        points = _amount(book.named(names.name_of(names.POINTS, clause)))
        if name == names.name_of(names.VERDICT, clause) and points is not None and points > 0:
            indicators.append(Indicator(Clause(clause), Text("", ""), points, True, None, {}))
    if not indicators:
        return None
    total = sum((indicator.points for indicator in indicators), Fraction(0))
    group = Group(Clause("-"), Text("", ""), total, {}, tuple(indicators))
    return replace(rules, chapters=(Chapter(Clause("--"), Text("", ""), total, {}, (group,)),))


def _text(book: Book, name: str) -> str:
    content = book.named(name)
    return content.shown().strip() if content else ""


def _count(content: CellContent | None) -> int:
    amount = _amount(content)
    whole = amount is not None and amount.denominator == 1 and 0 <= amount <= _MOST_COUNT
    return int(amount) if amount is not None and whole else 0


def _amount(content: CellContent | None) -> Fraction | None:
    if content is None or content.kind is not ValueKind.NUMBER or not content.text:
        return None
    return Fraction(float(content.text)).limit_denominator(_DIGITS)


@cache
def _forms(word: Level | Verdict) -> tuple[str, ...]:
    """Return how reports write a word: in Chinese, in English, and in both at once; spaces left out."""
    chinese, english = (_squeezed(Catalogue.load(language).word(word)) for language in LANGUAGES)
    return chinese, english, chinese + english


def _verdict(text: str) -> Verdict:
    squeezed = _squeezed(text)
    return next((verdict for verdict in Verdict if squeezed in _forms(verdict)), Verdict.UNJUDGED)


def _says(text: str, reachable: tuple[Level, ...]) -> bool:
    """Say whether a text names the level, or the lowest and the highest of those that can still be reached."""
    if len(reachable) < 2:
        return not reachable or _squeezed(text) in _forms(reachable[0])
    squeezed = _squeezed(text)
    return squeezed.startswith(_forms(reachable[0])) and squeezed.endswith(_forms(reachable[-1]))


def _squeezed(text: str) -> str:
    return _BETWEEN.sub("", text)
