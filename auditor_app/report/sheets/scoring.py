"""评分表: every indicator with its verdict, points by formula, the score below; edits recalculate it."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from openpyxl.worksheet.properties import Outline

from auditor_app.models.entities import Assessment
from auditor_app.models.enums import Verdict
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import Tally, earned
from auditor_app.models.standard import Chapter, Group, Indicator
from auditor_app.report.context import Context, header, heading
from auditor_app.report.formulas import quoted, total
from auditor_app.report.page import Cell, Page
from auditor_app.report.printing import set_up
from auditor_app.report.sheets.sampling import is_sampled, sentence, sentence_formula
from auditor_app.report.sheets.scoring_rules import guard
from auditor_app.report.sheets.scoring_score import ScoreCells, write_score

if TYPE_CHECKING:
    from auditor_app.report.sheets.helper import Helper
    from auditor_app.report.sheets.samples import SampleCells
    from auditor_app.report.sheets.special import SpecialCells

WIDTHS = (10, 33, 7, 8, 10, 8, 8, 8, 8, 8, 23, 35, 11, 10, 10)
COLUMNS = (
    *("clause", "title", "points", "rule", "verdict", "checked", "failed", "earned", "applicable", "lost"),
    *("reason", "note", "evidence", "source", "concern"),
)


@dataclass
class ScoringCells:
    """Where things stand on the scoring sheet: the rows of every clause, the totals, the shown score.

    `samples` is where the counts of the indicators come from whose samples are listed.
    """

    sheet: str
    samples: SampleCells
    rows: dict[Clause, int] = field(default_factory=dict)
    blocks: dict[Clause, tuple[int, int]] = field(default_factory=dict)
    first: int = 0
    last: int = 0
    total: int = 0
    score: ScoreCells | None = None

    def at(self, column: str, row: int) -> str:
        """Return a reference to a cell, usable from any sheet."""
        return f"'{self.sheet}'!${column}${row}"

    def span(self, column: str, first: int, last: int) -> str:
        """Return a reference to a part of a column, usable from any sheet."""
        return f"'{self.sheet}'!${column}${first}:${column}${last}"

    @property
    def earned(self) -> str:
        """Return the reference to the points earned in total."""
        return self.at("H", self.total)

    @property
    def applicable(self) -> str:
        """Return the reference to the points that apply in total."""
        return self.at("I", self.total)

    @property
    def open(self) -> str:
        """Return the reference to the points not judged yet."""
        return self.shown.open

    @property
    def shown(self) -> ScoreCells:
        """Return where the shown results stand; the sheet must have been written."""
        assert self.score is not None
        return self.score


def write(page: Page, context: Context, helper: Helper, special: SpecialCells, samples: SampleCells) -> ScoringCells:
    """Write the sheet and return where its figures stand."""
    words = context.words
    cells = ScoringCells(page.worksheet.title, samples)
    heading(page, words.sheet("scoring"), words("scoring", "about"))
    head = header(page, *(words("scoring", key) for key in COLUMNS))
    cells.first = page.row
    chapters = [_chapter(page, context, cells, chapter) for chapter in context.standard.chapters]
    cells.last = page.row - 1
    cells.total = _total(page, context, chapters)
    cells.score = write_score(page, context, helper, special, cells)
    _provenance(page, context)
    guard(page, context, helper, cells)
    set_up(page, context.margins, landscape=True, header_row=head, freeze=f"C{head + 1}")
    page.worksheet.sheet_properties.outlinePr = Outline(summaryBelow=False)
    return cells


def _chapter(page: Page, context: Context, cells: ScoringCells, chapter: Chapter) -> int:
    row = _node(page, context, chapter, "chapter", level=0)
    groups = [_group(page, context, cells, group) for group in chapter.groups]
    sums = [total([f"{column}{group}" for group in groups]) for column in "HIJ"]
    _subtotals(page, context, chapter, row, "chapter_points", sums)
    cells.rows[chapter.clause] = row
    return row


def _group(page: Page, context: Context, cells: ScoringCells, group: Group) -> int:
    row = _node(page, context, group, "group", level=1)
    first = page.row
    for indicator in group.indicators:
        _indicator(page, context, cells, indicator)
    last = page.row - 1
    _subtotals(page, context, group, row, "group_points", [f"SUM({c}{first}:{c}{last})" for c in "HIJ"])
    cells.rows[group.clause] = row
    cells.blocks[group.clause] = (first, last)
    return row


def _node(page: Page, context: Context, node: Chapter | Group, style: str, level: int) -> int:
    words = context.words
    return page.add(
        Cell(node.clause, style),
        Cell(words.of(node.title), style),
        Cell(node.points, f"{style}_points"),
        *[Cell(None, style)] * 10,
        Cell(words.source(node.sources["points"]), f"{style}_center"),
        Cell(None, style),
        level=level,
    )


def _subtotals(page: Page, context: Context, node: Chapter | Group, row: int, style: str, sums: list[str]) -> None:
    """Fill in the subtotals of a chapter or group, once the rows below it are written."""
    for column, cell in enumerate(_points(context.result.nodes[node.clause], sums, style), 8):
        page.put(row, column, cell)


def _points(tally: Tally, sums: list[str], style: str) -> list[Cell]:
    values = (tally.earned, tally.applicable, tally.lost)
    return [Cell(value, style, formula=formula) for value, formula in zip(values, sums, strict=True)]


def _indicator(page: Page, context: Context, cells: ScoringCells, indicator: Indicator) -> None:
    words, row = context.words, page.row
    assessment = context.audit.assessment(indicator.clause)
    got = earned(indicator, assessment)
    checked, failed = _counts(context, cells, indicator, row)
    page.add(
        Cell(indicator.clause),
        Cell(words.of(indicator.title)),
        Cell(indicator.points, "points"),
        Cell(words("scoring", "sampled" if indicator.sampled else "whole"), "muted_center"),
        Cell(words.choice(assessment.verdict), "verdict"),
        checked,
        failed,
        Cell(got, "points", formula=_earned_formula(context, row, indicator.sampled)),
        Cell(_when(got, indicator.points), "points", formula=f'IF(H{row}="","",C{row})'),
        Cell(_when(got, indicator.points - (got or 0)), "points", formula=f'IF(H{row}="","",C{row}-H{row})'),
        _reason(context, indicator, assessment, row),
        Cell(assessment.note),
        Cell(context.numbers.evidence_of_indicator(indicator.clause), "muted_center"),
        Cell(words.source(indicator.sources["points"]), "muted_center"),
        Cell(words.concern(indicator.tender), "muted_center"),
        level=2,
    )
    cells.rows[indicator.clause] = row


def _counts(context: Context, cells: ScoringCells, indicator: Indicator, row: int) -> tuple[Cell, Cell]:
    """Return how many samples were checked and failed: as they were typed, or counted where they are listed."""
    style = "count" if indicator.sampled else "not_counted"
    assessment = context.audit.assessment(indicator.clause)
    sampled = assessment.verdict is Verdict.SAMPLED
    checked, failed = (assessment.checked, assessment.failed) if sampled else (None, None)
    if indicator.clause not in cells.samples.rows:
        return Cell(checked, style), Cell(failed, style)
    places = cells.samples.checked(indicator.clause), cells.samples.failed(indicator.clause)
    formulas = [f'IF({is_sampled(context, f"E{row}")},{place},"")' for place in places]
    return Cell(checked, style, formula=formulas[0]), Cell(failed, style, formula=formulas[1])


def _reason(context: Context, indicator: Indicator, assessment: Assessment, row: int) -> Cell:
    """Return the reason: as it was typed, or what the samples cost."""
    if assessment.reason or not indicator.sampled:
        return Cell(assessment.reason)
    counted = sentence_formula(context, f"F{row}", f"G{row}", f"J{row}")
    formula = f'IF(AND({is_sampled(context, f"E{row}")},H{row}<>""),{counted},"")'
    return Cell(sentence(context, indicator, assessment), formula=formula)


def _when(got: Fraction | None, points: Fraction) -> Fraction | None:
    return None if got is None else points


def _earned_formula(context: Context, row: int, sampled: bool) -> str:
    """Return rules 1 to 3 as a formula; what cannot be (k above n, no n) counts as unjudged."""
    word = context.words.word
    last = '""'
    if sampled:
        possible = f"N(F{row})>=1,N(G{row})>=0,N(G{row})<=N(F{row})"
        part = f"C{row}*(F{row}-G{row})/F{row}"
        last = f'IF(AND(E{row}={quoted(word(Verdict.SAMPLED))},{possible}),{part},"")'
    not_met = f"IF(E{row}={quoted(word(Verdict.NOT_MET))},0,{last})"
    return f"IF(E{row}={quoted(word(Verdict.MET))},C{row},{not_met})"


def _total(page: Page, context: Context, chapters: list[int]) -> int:
    places = {column: [f"{column}{row}" for row in chapters] for column in "CHIJ"}
    points = sum((chapter.points for chapter in context.standard.chapters), Fraction(0))
    sums = [total(places[column]) for column in "HIJ"]
    return page.add(
        Cell(context.words("scoring", "total"), "total", 2),
        Cell(points, "total_points", formula=total(places["C"])),
        *[Cell(None, "total")] * 4,
        *_points(context.result.whole, sums, "total_points"),
        *[Cell(None, "total")] * 5,
        least=24,
    )


def _provenance(page: Page, context: Context) -> None:
    """Say in full where titles, weights, rules and tender concerns come from."""
    words, indicators = context.words, context.standard.indicators.values()
    page.gap(6)
    for key in ("points", "sampled", "title", "tender"):
        sources = words.sources_counted(indicator.sources[key] for indicator in indicators)
        page.add(Cell(words("scoring", f"source_{key}", sources=sources), "note", page.columns), least=15)
