"""评分汇总: points by chapter and group, the score, the levels, and what was lost, largest first."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from auditor_app.models.followup import losses
from auditor_app.models.scoring import Tally, plain, shown_up
from auditor_app.models.standard import Chapter, Group
from auditor_app.report.context import Context, header, heading, section
from auditor_app.report.formulas import quoted, rounded_up, total
from auditor_app.report.page import Cell, Page, Value
from auditor_app.report.printing import set_up
from auditor_app.report.sheets.findings import loss_kind
from auditor_app.report.sheets.scoring_rules import whole_numbers
from auditor_app.report.sheets.scoring_score import level_text, open_points, score_text

if TYPE_CHECKING:
    from auditor_app.report.sheets.helper import Helper
    from auditor_app.report.sheets.scoring import ScoringCells
    from auditor_app.report.sheets.special import SpecialCells

WIDTHS = (10, 32, 9, 9, 9, 9, 9, 9)
COLUMNS = ("clause", "title", "points", "applicable", "earned", "lost", "open", "share")


def write(page: Page, context: Context, helper: Helper, scoring: ScoringCells, special: SpecialCells) -> None:
    """Write the sheet; every figure of the first two tables follows the scoring sheet."""
    words = context.words
    heading(page, words.sheet("summary"), words("summary", "about"))
    head = header(page, *(words("summary", key) for key in COLUMNS))
    chapters = [_chapter(page, context, scoring, chapter) for chapter in context.standard.chapters]
    last = _row(page, context.result.whole, words("summary", "total"), "", "total", _sums(chapters), _whole(context))
    whole_numbers(page.worksheet, f"C{head + 1}:E{last}")
    whole_numbers(page.worksheet, f"F{head + 1}:F{last}", losses=True)
    whole_numbers(page.worksheet, f"G{head + 1}:G{last}", dash=True)
    section(page, words("summary", "result"))
    _result(page, context, helper, scoring, special)
    section(page, words("summary", "levels"))
    _levels(page, context, helper)
    section(page, words("summary", "losses"))
    _losses(page, context)
    set_up(page, context.margins)


def _whole(context: Context) -> Fraction:
    return sum((chapter.points for chapter in context.standard.chapters), Fraction(0))


def _chapter(page: Page, context: Context, scoring: ScoringCells, chapter: Chapter) -> int:
    row = page.row
    rows = range(row + 1, row + 1 + len(chapter.groups))
    title = context.words.of(chapter.title)
    tally = context.result.nodes[chapter.clause]
    opened = total([f"G{group}" for group in rows])
    formulas = _links(scoring, chapter, opened)
    _row(page, tally, chapter.clause, title, "chapter", formulas, chapter.points)
    for group in chapter.groups:
        _group(page, context, scoring, group)
    return row


def _group(page: Page, context: Context, scoring: ScoringCells, group: Group) -> None:
    opened = open_points(context, f"'{scoring.sheet}'!", *scoring.blocks[group.clause])
    tally, title = context.result.nodes[group.clause], context.words.of(group.title)
    _row(page, tally, group.clause, title, "", _links(scoring, group, opened), group.points)


def _links(scoring: ScoringCells, node: Chapter | Group, opened: str) -> dict[str, str]:
    row = scoring.rows[node.clause]
    links = {ours: scoring.at(theirs, row) for ours, theirs in zip("CDEF", "CIHJ", strict=True)}
    return links | {"G": opened}


def _sums(chapters: list[int]) -> dict[str, str]:
    return {column: total([f"{column}{row}" for row in chapters]) for column in "CDEFG"}


def _row(
    page: Page, tally: Tally, clause: str, title: str, style: str, formulas: dict[str, str], points: Fraction
) -> int:
    row = page.row
    number = f"{style}_points" if style else "points"
    values = (points, tally.applicable, tally.earned, tally.lost, tally.open)
    share = None
    if tally.applicable:
        share = Fraction(floor(tally.earned / tally.applicable * 1000), 1000)
    formula = f'IF(ROUND(D{row},9)=0,"",ROUNDDOWN(ROUND(E{row}/D{row},9),3))'
    return page.add(
        Cell(clause, style or "text"),
        Cell(title, style or "text"),
        *(Cell(value, number, formula=formulas[c]) for c, value in zip("CDEFG", values, strict=True)),
        Cell(share, f"{style}_share" if style else "share", formula=formula),
    )


def _result(page: Page, context: Context, helper: Helper, scoring: ScoringCells, special: SpecialCells) -> None:
    words, result, rules = context.words, context.result, context.standard.scoring

    def line(key: str, value: Value, formula: str, style: str = "points") -> int:
        label = "total" if style.startswith("total") else "label"
        cells = Cell(words("summary", key), label, 2), Cell(value, style, 3, formula=formula)
        return page.add(*cells, Cell(words("summary", f"{key}_about"), "muted", 3))

    first = line("special", result.special_deductions, special.count)
    line("points_off", rules.deduction_points * result.special_deductions, special.points_off)
    added = rules.bonus_points * min(result.bonus, rules.bonus_at_most)
    last = line("bonus", added, special.bonus_points)
    whole_numbers(page.worksheet, f"C{first}:C{last}")
    line("score", score_text(context), helper.text, "total_figure")
    line("level", level_text(context), scoring.shown.level, "total_figure")
    name, points = _next(context, helper)
    line("next", *name, "figure")
    line("missing", *points)


def _next(context: Context, helper: Helper) -> tuple[tuple[Value, str], tuple[Value, str]]:
    """Return the next level above the unclamped lower bound and the points to it, empty where there is none."""
    to_next = context.result.to_next
    name = f"INDEX({helper.level_names},{helper.next})"
    gap = rounded_up(f"INDEX({helper.level_points},{helper.next})-{helper.least}")
    return (
        (context.words.word(to_next.level) if to_next else None, f'IF({helper.next}=0,"",{name})'),
        (Fraction(shown_up(to_next.points)) if to_next else None, f'IF({helper.next}=0,"",{gap})'),
    )


def _levels(page: Page, context: Context, helper: Helper) -> None:
    """Write the levels, each with its threshold and whether it is reached, can be, or cannot."""
    words, result = context.words, context.result
    header(
        page,
        (words("summary", "level"), 2),
        (words("summary", "threshold"), 4),
        (words("summary", "state"), 2),
    )
    states = tuple(words("summary", key) for key in ("reached", "possible", "out_of_reach"))
    bounds = helper.place(context, result.lower), helper.place(context, result.upper)
    for place in range(len(helper.levels), 0, -1):
        page.add(
            Cell(words.word(helper.levels[place - 1]), "text", 2),
            Cell(_threshold(context, helper, place), "center", 4),
            Cell(_state(place, bounds, states), "center", 2, formula=_state_formula(helper, place, states)),
        )


def _threshold(context: Context, helper: Helper, place: int) -> str:
    words = context.words
    if place == 1:
        lowest = plain(helper.thresholds[1]) if len(helper.thresholds) > 1 else "0"
        return words("summary", "fails", points=lowest, limit=context.standard.scoring.fails_at_deductions)
    return words("summary", "from", points=plain(helper.thresholds[place - 1]))


def _state(place: int, bounds: tuple[int, int], states: tuple[str, ...]) -> str:
    """Say how a level stands; fail, the first place, is named only while it is the result or may be."""
    reached, possible, out = states
    lowest, highest = bounds
    if place == 1:
        return "" if lowest != 1 else reached if highest == 1 else possible
    if not lowest:
        return ""
    return reached if lowest >= place else possible if highest >= place else out


def _state_formula(helper: Helper, place: int, states: tuple[str, ...]) -> str:
    reached, possible, out = map(quoted, states)
    if place == 1:
        return f'IF({helper.lowest}=1,IF({helper.highest}=1,{reached},{possible}),"")'
    still = f"IF({helper.lowest}>={place},{reached},IF({helper.highest}>={place},{possible},{out}))"
    return f'IF({helper.lowest}=0,"",{still})'


def _losses(page: Page, context: Context) -> None:
    words = context.words
    lost = sorted(losses(context.standard, context.audit), key=lambda loss: -loss.points)
    if not lost:
        page.add(Cell(words("summary", "nothing_lost"), "text", page.columns))
        return
    head = header(
        page,
        *(words("summary", key) for key in ("clause", "title", "points", "lost")),
        (words("summary", "how"), 4),
    )
    for loss in lost:
        page.add(
            Cell(loss.indicator.clause),
            Cell(words.of(loss.indicator.title)),
            Cell(loss.indicator.points, "points"),
            Cell(loss.points, "points"),
            Cell(loss_kind(context, loss), "center", 4),
        )
    whole_numbers(page.worksheet, f"C{head + 1}:D{page.row - 1}")
