"""评分汇总: points by chapter and group, the score, the levels, and what was lost, largest first."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from auditor_app.models.followup import losses
from auditor_app.models.scoring import Tally, plain, shown_up
from auditor_app.models.standard import Chapter, Group
from auditor_app.report.bilingual import stacked
from auditor_app.report.charts import MOST_BARS, Part, Shape, stacked_bars
from auditor_app.report.context import Context, header, heading, section
from auditor_app.report.formulas import quoted, rounded_up
from auditor_app.report.page import Cell, Page, Value
from auditor_app.report.printing import set_up
from auditor_app.report.sheets.findings import loss_kind
from auditor_app.report.sheets.helper import bar_label
from auditor_app.report.sheets.scoring_rules import whole_numbers
from auditor_app.report.sheets.scoring_score import level_text, open_points, score_text

if TYPE_CHECKING:
    from auditor_app.report.sheets.helper import Helper
    from auditor_app.report.sheets.scoring import ScoringCells
    from auditor_app.report.sheets.special import SpecialCells

WIDTHS = (10, 30, 9, 9, 9, 9, 9, 9, 9)
COLUMNS = ("clause", "title", "points", "applicable", "earned", "lost", "open", "deleted", "share")
# What the parts of a bar are, with the column that holds them, the colour, and how it is drawn.
PARTS: tuple[tuple[str, str, str, Shape], ...] = (
    ("E", "earned", "8CC3A0", "full"),
    ("F", "lost", "A3271B", "full"),
    ("G", "open", "5B6878", "hollow"),
    ("H", "deleted", "8793A1", "hatched"),
)


def write(page: Page, context: Context, helper: Helper, scoring: ScoringCells, special: SpecialCells) -> None:
    """Write the sheet; the figures of the first tables and the charts follow the scoring sheet."""
    words, standard = context.words, context.standard
    heading(page, words.sheet("summary"), words("summary", "about"))
    groups = [group for chapter in standard.chapters for group in chapter.groups]
    section(page, words("summary", "chapters"))
    head = _header(page, context)
    for chapter in standard.chapters:
        _node(page, context, scoring, chapter, "chapter")
    last = page.row - 1
    _row(page, context.result.whole, "", words("summary", "total"), "total", _sums(head + 1, last), _whole(context))
    _whole_numbers(page, head)
    _charts(page, context, helper, head, standard.chapters, "chart_chapters")
    section(page, words("summary", "result"))
    _result(page, context, helper, scoring, special)
    section(page, words("summary", "levels"))
    _levels(page, context, helper)
    section(page, words("summary", "groups"))
    head = _header(page, context)
    for group in groups:
        _node(page, context, scoring, group, "")
    _whole_numbers(page, head)
    _charts(page, context, helper, head, groups, "chart_groups")
    section(page, words("summary", "losses"))
    _losses(page, context)
    set_up(page, context.margins)


def _header(page: Page, context: Context) -> int:
    return header(page, *(context.words("summary", key) for key in COLUMNS))


def _whole(context: Context) -> Fraction:
    return sum((chapter.points for chapter in context.standard.chapters), Fraction(0))


def _whole_numbers(page: Page, head: int) -> None:
    last = page.row - 1
    whole_numbers(page.worksheet, f"C{head + 1}:E{last}")
    whole_numbers(page.worksheet, f"F{head + 1}:F{last}", losses=True)
    whole_numbers(page.worksheet, f"G{head + 1}:H{last}", dash=True)


def _charts(
    page: Page, context: Context, helper: Helper, head: int, nodes: Sequence[Chapter | Group], title: str
) -> None:
    """Draw the bars of a table; many groups are shared among several charts."""
    words, tallies = context.words, [context.result.nodes[node.clause] for node in nodes]
    labels = [bar_label(context, node) for node in nodes]
    values = [_parts(node.points, tally) for node, tally in zip(nodes, tallies, strict=True)]
    most = ceil(len(nodes) / ceil(len(nodes) / MOST_BARS))
    for start in range(0, len(nodes), most):
        end = min(start + most, len(nodes))
        parts = [
            Part(
                name=stacked(words("summary", key)),
                name_at=page.at(letter, head, absolute=True),
                values=[float(value[index]) for value in values[start:end]],
                values_at=page.span(letter, head + 1 + start, head + end),
                colour=colour,
                shape=shape,
            )
            for index, (letter, key, colour, shape) in enumerate(PARTS)
        ]
        at = helper.bar_labels(nodes[start].clause, end - start)
        stacked_bars(page, words("summary", title), labels[start:end], at, parts)


def _node(page: Page, context: Context, scoring: ScoringCells, node: Chapter | Group, style: str) -> int:
    """Write the row of a chapter or group, and return it."""
    tally, title = context.result.nodes[node.clause], context.words.of(node.title)
    return _row(page, tally, node.clause, title, style, _links(context, scoring, node, page.row), node.points)


def _links(context: Context, scoring: ScoringCells, node: Chapter | Group, row: int) -> dict[str, str]:
    at = scoring.rows[node.clause]
    links = {ours: scoring.at(theirs, at) for ours, theirs in zip("CDEF", "CIHJ", strict=True)}
    below = [scoring.rows[indicator.clause] for indicator in node.indicators]
    marked = isinstance(node, Chapter)
    opened = open_points(context, f"'{scoring.sheet}'!", below[0], below[-1], marked=marked) if below else "0"
    return links | {"G": opened, "H": f"ROUND(C{row}-D{row}-G{row},12)"}


def _sums(first: int, last: int) -> dict[str, str]:
    return {column: f"SUM({column}{first}:{column}{last})" for column in "CDEFGH"}


def _parts(points: Fraction, tally: Tally) -> tuple[Fraction, ...]:
    """Return what the points are made of: earned, lost, not judged, deleted."""
    return tally.earned, tally.lost, tally.open, points - tally.applicable - tally.open


def _row(
    page: Page, tally: Tally, clause: str, title: str, style: str, formulas: dict[str, str], points: Fraction
) -> int:
    row = page.row
    number = f"{style}_points" if style else "points"
    values = (points, tally.applicable, *_parts(points, tally))
    share = None
    if tally.applicable:
        share = Fraction(floor(tally.earned / tally.applicable * 1000), 1000)
    formula = f'IF(ROUND(D{row},9)=0,"",ROUNDDOWN(ROUND(E{row}/D{row},9),3))'
    return page.add(
        Cell(clause, style or "text"),
        Cell(title, style or "text"),
        *(Cell(value, number, formula=formulas[c]) for c, value in zip("CDEFGH", values, strict=True)),
        Cell(share, f"{style}_share" if style else "share", formula=formula),
    )


def _result(page: Page, context: Context, helper: Helper, scoring: ScoringCells, special: SpecialCells) -> None:
    words, result, rules = context.words, context.result, context.standard.scoring

    def line(key: str, value: Value, formula: str, style: str = "points") -> int:
        label = "total" if style.startswith("total") else "label"
        cells = Cell(words("summary", key), label, 2), Cell(value, style, 3, formula=formula)
        return page.add(*cells, Cell(words("summary", f"{key}_about"), "muted", 4))

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
        (words("summary", "state"), 3),
    )
    reached, fails, *others = (words("summary", k) for k in ("reached", "fails_now", "possible", "out_of_reach"))
    bounds = helper.place(context, result.lower), helper.place(context, result.upper)
    for place in range(len(helper.levels), 0, -1):
        states = (fails if place == 1 else reached, *others)
        page.add(
            Cell(words.word(helper.levels[place - 1]), "text", 2),
            Cell(_threshold(context, helper, place), "center", 4),
            Cell(_state(place, bounds, states), "center", 3, formula=_state_formula(helper, place, states)),
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
        (words("summary", "how"), 5),
    )
    for loss in lost:
        page.add(
            Cell(loss.indicator.clause),
            Cell(words.of(loss.indicator.title)),
            Cell(loss.indicator.points, "points"),
            Cell(loss.points, "points"),
            Cell(loss_kind(context, loss), "center", 5),
        )
    whole_numbers(page.worksheet, f"C{head + 1}:D{page.row - 1}")
