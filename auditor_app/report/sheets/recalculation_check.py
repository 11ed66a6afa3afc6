"""The end of the recalculation: what it found beside what the scoring sheet says, and whether they agree."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from auditor_app.models.scoring import shown
from auditor_app.report.context import Context, header, section
from auditor_app.report.formulas import quoted
from auditor_app.report.page import Cell, Page, Value
from auditor_app.report.sheets.recalculation_rules import sourced
from auditor_app.report.sheets.scoring_score import level_text

if TYPE_CHECKING:
    from auditor_app.report.sheets.helper import Helper
    from auditor_app.report.sheets.recalculation import RecalculationCells
    from auditor_app.report.sheets.recalculation_steps import StepRows
    from auditor_app.report.sheets.scoring import ScoringCells


@dataclass(frozen=True)
class Agreement:
    """The sentence that says whether all agrees, and the reference to it."""

    words: str
    at: str


def write_comparison(
    page: Page, context: Context, helper: Helper, cells: RecalculationCells, scoring: ScoringCells, rows: StepRows
) -> Agreement:
    """Compare figure by figure with the scoring sheet, and say in one sentence whether all agree."""
    words, result = context.words, context.result
    section(page, words("recalculation", "comparison"))
    titles = [words("recalculation", key) for key in ("step", "what", "recalculated", "reported", "formula", "check")]
    header(page, *zip(titles, (1, 1, 2, 2, 5, 1), strict=True))
    bounds = [None if points is None else Fraction(shown(points)) for points in (result.lower, result.upper)]
    exact = None if result.exact is None else bounds[0]
    differing = f"SUMPRODUCT((L{cells.first}:L{rows.earned}={quoted(words('recalculation', 'differs'))})*1)"
    first = page.row
    lines: tuple[tuple[str, Value, str, str, str], ...] = (
        ("rows_differ", 0, differing, "", "exact"),
        ("earned_total", result.whole.earned, f"C{rows.earned}", scoring.earned, "exact"),
        ("applicable_total", result.whole.applicable, f"C{rows.applicable}", scoring.applicable, "exact"),
        ("bound_lower", bounds[0], f"C{rows.rounded}", helper.shown_lower, "points"),
        ("bound_upper", bounds[1], f"E{rows.rounded}", helper.shown_upper, "points"),
        ("score", exact, f"C{rows.score}", scoring.shown.score, "points"),
        ("level", level_text(context), f"C{rows.level}", scoring.shown.level, "figure"),
    )
    for number, (key, value, ours, theirs, style) in enumerate(lines, rows.steps + 1):
        _line(page, context, number, key, value, (ours, theirs), style)
    agrees, all_agree, all_differ = (words("recalculation", key) for key in ("agrees", "all_agree", "all_differ"))
    last = page.row - 1
    same = f"SUMPRODUCT((L{first}:L{last}={quoted(agrees)})*1)={len(lines)}"
    row = page.add(
        Cell(
            str(all_agree),
            "total",
            page.columns,
            formula=f"IF({same},{quoted(all_agree)},{quoted(all_differ)})",
        ),
        least=26,
    )
    sentence, source = words("recalculation", "comparison_about"), sourced(context, "8")
    page.add(Cell(words("recalculation", "told", sentence=sentence, source=source), "note", page.columns))
    return Agreement(str(all_agree), f"A{row}")


def _line(
    page: Page, context: Context, number: int, key: str, value: Value, sides: tuple[str, str], style: str
) -> None:
    """Write a figure of both sides; numbers agree to a billionth, nothing and texts as they are."""
    words, row = context.words, page.row
    agrees, differs = (words("recalculation", word) for word in ("agrees", "differs"))
    numbers = f"AND(ISNUMBER(C{row}),ISNUMBER(E{row}))"
    formula = f"IF(IF({numbers},ROUND(N(C{row})-N(E{row}),9)=0,C{row}=E{row}),{quoted(agrees)},{quoted(differs)})"
    page.add(
        Cell(number, "count"),
        Cell(words("recalculation", f"compared_{key}")),
        *(Cell(value, style, 2, formula=side) for side in sides),
        Cell("\n".join(f"={side}" for side in (*sides, formula) if side), "formula", 5),
        Cell(str(agrees), "center", formula=formula),
    )
