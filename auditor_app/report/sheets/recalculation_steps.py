"""The steps of the recalculation that turn the points of chapters into score and level."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from auditor_app.models.enums import Level, Verdict
from auditor_app.models.scoring import HUNDRED, level_of, plain, shown
from auditor_app.report.context import Context, header, section
from auditor_app.report.formulas import quoted, rounded_down, total
from auditor_app.report.page import Cell, Page, Value
from auditor_app.report.sheets.recalculation_rules import sourced
from auditor_app.report.sheets.scoring_score import level_text

if TYPE_CHECKING:
    from auditor_app.report.sheets.recalculation import RecalculationCells
    from auditor_app.report.sheets.special import SpecialCells

# The columns of a step: the lower bound, which also holds what both have in common, and the upper one.
LOWER, UPPER = "C", "E"


@dataclass(frozen=True)
class StepRows:
    """Rows of the steps whose figures are compared; `rounded` holds both bounds, `steps` is how many there are."""

    earned: int
    applicable: int
    rounded: int
    score: int
    level: int
    steps: int


@dataclass(frozen=True)
class _Sums:
    """Rows of the totals: points earned, those that apply, those not judged, indicators judged, and the divisor."""

    earned: int
    applicable: int
    open: int
    judged: int
    possible: int


@dataclass(frozen=True)
class _Extras:
    """Rows of what is taken off and added, and of the number of special deductions."""

    count: int
    off: int
    added: int


class _Steps:
    """Writes numbered steps: what it is, values of the two bounds, their formulas, the rule with its source."""

    def __init__(self, page: Page, context: Context) -> None:
        self._page = page
        self._context = context
        self.number = 0

    def begin(self, key: str) -> None:
        """Begin a part with its heading and header row."""
        words = self._context.words
        section(self._page, words("recalculation", key))
        titles = [words("recalculation", title) for title in ("step", "what", "lower", "upper", "formula", "rule")]
        header(self._page, *zip(titles, (1, 1, 2, 2, 4, 2), strict=True))

    def one(self, key: str, value: Value, formula: str, rule: str, style: str = "exact", **about: object) -> int:
        """Write a step that both bounds have in common; without a formula it is a figure of the pack."""
        return self._row(key, [Cell(value, style, 4, formula=formula)], rule, about)

    def both(
        self,
        key: str,
        values: Sequence[Value],
        formula: Callable[[str], str],
        rule: str,
        style: str = "exact",
        **about: object,
    ) -> int:
        """Write a step that each bound has by itself; `formula` is told the column of the bound."""
        pairs = zip(values, (LOWER, UPPER), strict=True)
        return self._row(key, [Cell(value, style, 2, formula=formula(column)) for value, column in pairs], rule, about)

    def _row(self, key: str, figures: list[Cell], rule: str, about: dict[str, object]) -> int:
        words = self._context.words
        self.number += 1
        told = words("recalculation", f"{key}_about", **about)
        source = sourced(self._context, rule)
        return self._page.add(
            Cell(self.number, "count"),
            Cell(words("recalculation", key, **about)),
            *figures,
            Cell("\n".join(f"={figure.formula}" for figure in figures if figure.formula), "formula", 4),
            Cell(words("recalculation", "told", sentence=told, source=source), "muted", 2),
        )


def write_steps(page: Page, context: Context, cells: RecalculationCells, special: SpecialCells) -> StepRows:
    """Write the steps from the totals to the score and the level, and return where they stand."""
    steps, result = _Steps(page, context), context.result
    sums = _totals(steps, context, cells)
    base = _base(steps, context, sums)
    extras = _extras(steps, context, special)
    kept = _limits(steps, context, base, extras)
    level = _level(steps, context, kept, extras.count)
    steps.begin("rounding")
    bounds = [None if points is None else Fraction(shown(points)) for points in (result.lower, result.upper)]
    rounded = steps.both("rounded", bounds, lambda c: _known(c, kept, rounded_down(f"{c}{kept}")), "8", "total_points")
    score = steps.one(
        "score",
        None if result.exact is None else bounds[0],
        f'IF({LOWER}{sums.judged}={result.whole.total},{LOWER}{rounded},"")',
        "8",
        "total_points",
    )
    return StepRows(sums.earned, sums.applicable, rounded, score, level, steps.number)


def _known(column: str, row: int, formula: str) -> str:
    """Return a formula that is empty where the step before is: there is no score when nothing applies (rule 9)."""
    return f'IF({column}{row}="","",{formula})'


def _totals(steps: _Steps, context: Context, cells: RecalculationCells) -> _Sums:
    whole, first, last = context.result.whole, cells.first, cells.last
    chapters = [cells.rows[chapter.clause] for chapter in context.standard.chapters]
    sums = {column: total([f"{column}{row}" for row in chapters]) for column in "HIJ"}
    steps.begin("base")
    got = steps.one("earned_total", whole.earned, sums["H"], "4")
    applicable = steps.one("applicable_total", whole.applicable, sums["I"], "4")
    unjudged = steps.one("open_total", whole.open, sums["J"], "")
    # Header rows of chapters stand among the indicators; only indicators have a number for a weight.
    deleted = quoted(context.words.word(Verdict.DELETED))
    counted = f"ISNUMBER(C{first}:C{last})*(ISNUMBER(G{first}:G{last})+(D{first}:D{last}={deleted}))"
    judged = steps.one("judged", whole.judged, f"SUMPRODUCT({counted})", "", total=whole.total)
    possible = steps.one("possible", whole.applicable + whole.open, f"{LOWER}{applicable}+{LOWER}{unjudged}", "4")
    return _Sums(got, applicable, unjudged, judged, possible)


def _base(steps: _Steps, context: Context, sums: _Sums) -> int:
    """Write rule 4 before anything is taken off or added; the upper bound earns what is not judged."""
    whole = context.result.whole
    possible = whole.applicable + whole.open
    bounds = whole.earned, whole.earned + whole.open
    values = [HUNDRED * points / possible if possible else None for points in bounds]
    earned = {LOWER: f"C{sums.earned}", UPPER: f"(C{sums.earned}+C{sums.open})"}
    return steps.both(
        "base_score", values, lambda c: f'IF(C{sums.possible}=0,"",100*{earned[c]}/C{sums.possible})', "4"
    )


def _extras(steps: _Steps, context: Context, special: SpecialCells) -> _Extras:
    rules, result = context.standard.scoring, context.result
    bonus = min(result.bonus, rules.bonus_at_most)
    steps.begin("extras")
    count = steps.one("deductions", result.special_deductions, f"COUNTA({special.grounds})", "5")
    each = steps.one("deduction_points", rules.deduction_points, "", "5")
    off = steps.one("points_off", rules.deduction_points * result.special_deductions, f"C{count}*C{each}", "5")
    yes = quoted(context.words.yes_no(True))
    given = steps.one("bonus_given", result.bonus, f"IF({special.given}={yes},1,0)", "6")
    most = steps.one("bonus_most", rules.bonus_at_most, "", "6")
    worth = steps.one("bonus_points", rules.bonus_points, "", "6")
    added = steps.one("added", rules.bonus_points * bonus, f"MIN(C{given},C{most})*C{worth}", "6")
    return _Extras(count, off, added)


def _limits(steps: _Steps, context: Context, base: int, extras: _Extras) -> int:
    """Take off, add, and keep the score within 0 to 100."""
    whole, rules, result = context.result.whole, context.standard.scoring, context.result
    possible = whole.applicable + whole.open
    shift = rules.bonus_points * min(result.bonus, rules.bonus_at_most)
    shift -= rules.deduction_points * result.special_deductions
    bounds = whole.earned, whole.earned + whole.open
    before = [HUNDRED * points / possible + shift if possible else None for points in bounds]
    steps.begin("limits")
    raw = steps.both("before", before, lambda c: _known(c, base, f"{c}{base}-C{extras.off}+C{extras.added}"), "4")
    kept = result.lower, result.upper
    return steps.both("after", kept, lambda c: _known(c, raw, f"MAX(0,MIN(100,{c}{raw}))"), "4")


def _level(steps: _Steps, context: Context, kept: int, count: int) -> int:
    """Compare each bound with every threshold, then say which level follows."""
    words, result = context.words, context.result
    steps.begin("levels")
    reached = _thresholds(steps, context, kept)
    limit = context.standard.scoring.fails_at_deductions
    yes, no = _answers(context)
    failing = f"IF(C{count}>={limit},{quoted(yes)},{quoted(no)})"
    too_many = steps.one("too_many", yes if result.too_many_deductions else no, failing, "7", "figure", limit=limit)
    levels = [None if points is None else _of(context, points) for points in (result.lower, result.upper)]
    each = steps.both(
        "level_of_bound",
        [level and words.choice(level) for level in levels],
        lambda c: _known(c, kept, _highest(context, c, reached, too_many)),
        "7",
        "figure",
    )
    none, dash = quoted(words("score", "no_level")), quoted(words("score", "level_to"))
    both = f"IF(C{each}=E{each},C{each},C{each}&{dash}&E{each})"
    return steps.one("level", level_text(context), f'IF(C{each}="",{none},{both})', "7", "total_figure")


def _thresholds(steps: _Steps, context: Context, kept: int) -> list[tuple[Level, int]]:
    """Write whether each bound reaches each level, lowest first, and return the rows."""
    words, result, (yes, no) = context.words, context.result, _answers(context)
    bounds = (result.lower, result.upper)
    rows = []
    for level, threshold in context.standard.scoring.levels:
        values = [None if points is None else yes if points >= threshold else no for points in bounds]
        formula = _compared(kept, threshold, quoted(yes), quoted(no))
        about = {"level": words.word(level), "points": plain(threshold)}
        rows.append((level, steps.both("threshold", values, formula, "7", "figure", **about)))
    return rows


def _compared(kept: int, threshold: Fraction, yes: str, no: str) -> Callable[[str], str]:
    """Return the formula that compares a bound with a threshold, both rounded to a billionth."""
    least = f"{float(round(threshold, 9)):.9f}".rstrip("0").rstrip(".")
    return lambda column: _known(column, kept, f"IF(ROUND({column}{kept},9)>={least},{yes},{no})")


def _highest(context: Context, column: str, reached: Sequence[tuple[Level, int]], too_many: int) -> str:
    """Return the formula of the highest level that a bound reaches, fail with too many special deductions."""
    yes = quoted(_answers(context)[0])
    fail = found = quoted(context.words.word(Level.FAIL))
    for level, row in reached:
        found = f"IF({column}{row}={yes},{quoted(context.words.word(level))},{found})"
    return f"IF(C{too_many}={yes},{fail},{found})"


def _answers(context: Context) -> tuple[str, str]:
    """Return yes and no as cells hold them."""
    return str(context.words.yes_no(True)), str(context.words.yes_no(False))


def _of(context: Context, points: Fraction) -> Level:
    return Level.FAIL if context.result.too_many_deductions else level_of(context.standard.scoring, points)
