"""The lines below the scoring sheet that turn points into score and level."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from auditor_app.models.enums import Verdict
from auditor_app.models.scoring import plain, shown
from auditor_app.report.context import Context
from auditor_app.report.formulas import quoted, rounded_down
from auditor_app.report.page import Cell, Page, Value
from auditor_app.report.sheets.scoring_rules import whole_numbers

if TYPE_CHECKING:
    from auditor_app.report.sheets.helper import Helper
    from auditor_app.report.sheets.scoring import ScoringCells
    from auditor_app.report.sheets.special import SpecialCells


@dataclass(frozen=True)
class ScoreCells:
    """References to the results as the scoring sheet shows them."""

    judged: str
    open: str
    score: str
    level: str


def write_score(page: Page, context: Context, helper: Helper, special: SpecialCells, cells: ScoringCells) -> ScoreCells:
    """Write unjudged points, special deductions, bonus, score or range, and level."""
    result, rules = context.result, context.standard.scoring
    line = _liner(page, context)
    judged = line("judged", result.whole.judged, _judged(context, cells), total=result.whole.total)
    open_ = line("open", result.whole.open, _open(context, cells))
    off = -rules.deduction_points * result.special_deductions
    about = {"each": plain(rules.deduction_points), "limit": rules.fails_at_deductions}
    line("special", off, f"-{special.points_off}", **about)
    line("bonus", rules.bonus_points * min(result.bonus, rules.bonus_at_most), special.bonus_points)
    whole_numbers(page.worksheet, f"H{judged}:H{page.row - 1}")
    done = f"$H${judged}={result.whole.total}"
    line("lower", *_bound(result.lower, helper.lower, done, result.exact is None))
    line("upper", *_bound(result.upper, helper.upper, done, result.exact is None))
    score = line("score", *_score(result.exact, helper.lower, done), style="total_points")
    level = line("level", *_level(context, helper), style="total_figure")
    return ScoreCells(*(page.at("H", row, absolute=True) for row in (judged, open_, score, level)))


def _liner(page: Page, context: Context) -> Callable[..., int]:
    """Return the writer of one line: what it is, its value by formula, what it means; it returns the row."""
    words = context.words

    def line(key: str, value: Value, formula: str, style: str = "points", **about: object) -> int:
        label = "total" if style.startswith("total") else "label"
        return page.add(
            Cell(words("score", key), label, 7),
            Cell(value, style, 3, formula=formula),
            Cell(words("score", f"{key}_about", **about), "muted", 5),
        )

    return line


def _judged(context: Context, cells: ScoringCells) -> str:
    """Count the indicators that have points earned and the deleted ones; only indicators fill column D."""
    first, last = cells.first, cells.last
    marked = f'(D{first}:D{last}<>"")'
    deleted = quoted(context.words.word(Verdict.DELETED))
    return f"SUMPRODUCT({marked}*(ISNUMBER(H{first}:H{last})+(E{first}:E{last}={deleted})))"


def _open(context: Context, cells: ScoringCells) -> str:
    return open_points(context, "", cells.first, cells.last, marked=True)


def open_points(context: Context, sheet: str, first: int, last: int, *, marked: bool = False) -> str:
    """Return the formula of the points not judged in some rows: neither earned nor deleted."""
    deleted = quoted(context.words.word(Verdict.DELETED))
    column = {letter: f"{sheet}${letter}${first}:${letter}${last}" for letter in "CDEH"}
    only = f'({column["D"]}<>"")*' if marked else ""
    return f'SUMPRODUCT({only}({column["H"]}="")*({column["E"]}<>{deleted})*{column["C"]})'


def _bound(points: Fraction | None, place: str, done: str, undecided: bool) -> tuple[Value, str]:
    value = _down(points) if points is not None and undecided else None
    return value, f'IF(OR({place}="",{done}),"",{rounded_down(place)})'


def _score(points: Fraction | None, place: str, done: str) -> tuple[Value, str]:
    value = None if points is None else _down(points)
    return value, f'IF({place}="","",IF({done},{rounded_down(place)},""))'


def _down(points: Fraction) -> Fraction:
    return Fraction(shown(points))


def score_text(context: Context) -> str:
    """Return the score with two decimals, the range while an indicator is unjudged."""
    words, result = context.words, context.result
    if result.lower is None or result.upper is None:
        return words("score", "none")
    if result.exact is not None:
        return shown(result.exact)
    return f"{shown(result.lower)}{words('score', 'to')}{shown(result.upper)}"


def _level(context: Context, helper: Helper) -> tuple[Value, str]:
    words = context.words
    dash = words("score", "level_to")
    name = {place: f"INDEX({helper.level_names},{place})" for place in (helper.lowest, helper.highest)}
    both = f"{name[helper.lowest]}&{quoted(dash)}&{name[helper.highest]}"
    one = f"IF({helper.lowest}={helper.highest},{name[helper.lowest]},{both})"
    none = words("score", "no_level")
    return level_text(context), f"IF({helper.lowest}=0,{quoted(none)},{one})"


def level_text(context: Context) -> str:
    """Return the level, or the lowest and the highest that can still be reached."""
    words, reachable = context.words, context.result.reachable
    if not reachable:
        return words("score", "no_level")
    names = [words.word(level) for level in reachable]
    return names[0] if len(names) == 1 else f"{names[0]}{words('score', 'level_to')}{names[-1]}"
