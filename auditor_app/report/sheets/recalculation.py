"""复算: the score worked out a second time in the open, step by step, and compared with the scoring sheet.

Nothing here refers to the points of the scoring sheet before the comparison: weights are those of the pack, verdicts,
samples, grounds and the bonus are taken where they are entered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from auditor_app.models.enums import Verdict
from auditor_app.models.history import local_time
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import Tally, earned
from auditor_app.models.standard import Chapter, Group, Indicator
from auditor_app.report import names
from auditor_app.report.context import Context, header, heading, section
from auditor_app.report.formulas import quoted
from auditor_app.report.look import BAD, BAD_GROUND, GOOD, GOOD_GROUND
from auditor_app.report.page import Cell, Page
from auditor_app.report.printing import keep_headings, set_up
from auditor_app.report.sheets.recalculation_check import write_comparison
from auditor_app.report.sheets.recalculation_rules import rule_line, sourced
from auditor_app.report.sheets.recalculation_steps import write_steps
from auditor_app.report.sheets.scoring_rules import coloured, whole_numbers

if TYPE_CHECKING:
    from auditor_app.report.sheets.helper import Helper
    from auditor_app.report.sheets.scoring import ScoringCells
    from auditor_app.report.sheets.special import SpecialCells

WIDTHS = (10, 30, 8, 10, 8, 8, 9, 9, 9, 9, 58, 9)
COLUMNS = (
    *("clause", "title", "points", "verdict", "checked", "failed", "share", "earned", "applicable", "open"),
    *("formula", "check"),
)
# The rules of docs/SCORING.md that the first step follows, in the order they are told.
_RULES = (("rule_met", "1"), ("rule_sampled", "2"), ("rule_deleted", "3"), ("rule_unjudged", ""))


@dataclass
class RecalculationCells:
    """Where things stand on the sheet: rows of the clauses, of the first indicator and the last, named cells."""

    rows: dict[Clause, int] = field(default_factory=dict)
    first: int = 0
    last: int = 0
    named: dict[str, str] = field(default_factory=dict)


def write(
    page: Page, context: Context, helper: Helper, scoring: ScoringCells, special: SpecialCells
) -> RecalculationCells:
    """Write the sheet and return where its figures stand."""
    words = context.words
    cells = RecalculationCells()
    heading(page, words.sheet("recalculation"), words("recalculation", "about"))
    top = page.add(Cell("", "conclusion", page.columns), least=24)
    _subject(page, context, cells)
    section(page, words("recalculation", "indicators"))
    for key, rule in _RULES:
        rule_line(page, words("recalculation", key), sourced(context, rule))
    cells.first = page.row
    for chapter in context.standard.chapters:
        _indicators(page, context, cells, scoring, chapter)
    cells.last = page.row - 1
    _pattern(page, context, cells, scoring)
    section(page, words("recalculation", "sums"))
    rule_line(page, words("recalculation", "rule_sums"), sourced(context, "4"))
    _sums(page, context, cells, scoring)
    rows = write_steps(page, context, cells, special)
    agreement = write_comparison(page, context, helper, cells, scoring, rows)
    page.put(top, 1, Cell(agreement.words, "conclusion", page.columns, formula=agreement.at))
    cells.named |= {
        names.RECALCULATED_SCORE: page.at("C", rows.score, absolute=True),
        names.RECALCULATED_LEVEL: page.at("C", rows.level, absolute=True),
        names.RECALCULATION: page.at("A", top, absolute=True),
    }
    _colours(page, context, top)
    set_up(page, context.margins, landscape=True)
    keep_headings(page)
    return cells


def _subject(page: Page, context: Context, cells: RecalculationCells) -> None:
    """Say what is recalculated; other programs read it here by name."""
    words, audit, standard = context.words, context.audit, context.standard
    section(page, words("recalculation", "subject"))
    snapshot, sealing = context.snapshot, context.snapshot.sealing
    is_open = words("common", "not_finalised") if snapshot.is_stored else ""
    at = local_time(sealing.at) if sealing else is_open
    lines = (
        (names.AUDIT_NUMBER, audit.info.number, names.COMPANY_NAME, audit.company.name),
        (names.PACK_ID, standard.id, names.PACK_VERSION, standard.version),
        (names.REPORT_LANGUAGE, snapshot.language, names.MADE_ON, snapshot.made_on.isoformat()),
        (names.FINALISED_AT, at, names.FINALISED_BY, sealing.who if sealing else ""),
    )
    for left, value, right, other in lines:
        row = page.add(
            Cell(words("recalculation", left), "label", 2),
            Cell(value, "value", 4),
            Cell(words("recalculation", right), "label", 3),
            Cell(other, "value", 3),
        )
        cells.named[left] = page.at("C", row, absolute=True)
        cells.named[right] = page.at("J", row, absolute=True)


def _indicators(
    page: Page, context: Context, cells: RecalculationCells, scoring: ScoringCells, chapter: Chapter
) -> None:
    """Write the indicators of a chapter below a header of their own, since they may begin a new page."""
    words = context.words
    page.blocks.append(page.row)
    page.add(Cell(words.clause(chapter.clause), "chapter", page.columns))
    header(page, *(words("recalculation", key) for key in COLUMNS))
    first = page.row
    for indicator in chapter.indicators:
        _indicator(page, context, cells, scoring, indicator)
    last = page.row - 1
    if last < first:
        return
    whole_numbers(page.worksheet, f"C{first}:C{last}")
    whole_numbers(page.worksheet, f"H{first}:I{last}")
    whole_numbers(page.worksheet, f"J{first}:J{last}", dash=True)


def _indicator(
    page: Page, context: Context, cells: RecalculationCells, scoring: ScoringCells, indicator: Indicator
) -> None:
    words, row, at = context.words, page.row, scoring.rows[indicator.clause]
    assessment = context.audit.assessment(indicator.clause)
    verdict, sampled = assessment.verdict, assessment.verdict is Verdict.SAMPLED
    got = earned(indicator, assessment)
    share: Fraction | str | None = None if got is None else got / indicator.points
    if verdict is Verdict.DELETED:
        share = str(words("recalculation", "left_out"))
    counts = (assessment.checked, assessment.failed) if sampled else (None, None)
    place = scoring.at("E", at)
    judged = f'IF({place}="",{quoted(words.word(Verdict.UNJUDGED))},{place}&"")'
    taken = [f'IF({place}="","",{place})' for place in (scoring.at("F", at), scoring.at("G", at))]
    shared = _share(context, row, sampled=indicator.sampled)
    page.add(
        Cell(indicator.clause),
        Cell(words.of(indicator.title)),
        Cell(indicator.points, "points"),
        Cell(words.choice(verdict), "center", formula=judged),
        *(Cell(count, "count", formula=formula) for count, formula in zip(counts, taken, strict=True)),
        Cell(share, "exact", formula=shared),
        Cell(got, "points", formula=_earned(row)),
        Cell(None if got is None else indicator.points, "points", formula=_applicable(row)),
        Cell(indicator.points if verdict is Verdict.UNJUDGED else Fraction(0), "points", formula=_open(row)),
        Cell(f"={shared}", "formula"),
        _checked(context, _check(context, scoring, row, at)),
    )
    cells.rows[indicator.clause] = row


def _share(context: Context, row: int, *, sampled: bool) -> str:
    """Return rules 1 to 3 as the formula of the share that is earned; unjudged, and what cannot be, is empty."""
    word = context.words.word
    met, not_met, deleted, drawn = (
        f"D{row}={quoted(word(verdict))}"
        for verdict in (Verdict.MET, Verdict.NOT_MET, Verdict.DELETED, Verdict.SAMPLED)
    )
    rest = '""'
    if sampled:
        n, k = f"N(E{row})", f"N(F{row})"
        rest = f'IF(AND({drawn},{n}>=1,{k}>=0,{k}<={n}),({n}-{k})/{n},"")'
    left_out = quoted(context.words("recalculation", "left_out"))
    return f"IF({met},1,IF({not_met},0,IF({deleted},{left_out},{rest})))"


def _earned(row: int) -> str:
    return f'IF(ISNUMBER(G{row}),C{row}*G{row},"")'


def _applicable(row: int) -> str:
    return f'IF(ISNUMBER(G{row}),C{row},"")'


def _open(row: int) -> str:
    return f'IF(G{row}="",C{row},0)'


def _check(context: Context, scoring: ScoringCells, row: int, at: int) -> str:
    """Compare weight, points earned and points that apply with a row of the scoring sheet: the same columns there."""
    same = ",".join(f"ROUND(N({column}{row})-N({scoring.at(column, at)}),9)=0" for column in "CHI")
    agrees, differs = (quoted(context.words("recalculation", key)) for key in ("agrees", "differs"))
    return f"IF(AND({same}),{agrees},{differs})"


def _checked(context: Context, formula: str) -> Cell:
    return Cell(str(context.words("recalculation", "agrees")), "center", formula=formula)


def _pattern(page: Page, context: Context, cells: RecalculationCells, scoring: ScoringCells) -> None:
    """Say the formulas that every row has alike, as they stand in the first."""
    clause, row = next(iter(cells.rows.items()))
    formulas = {
        "earned": _earned(row),
        "applicable": _applicable(row),
        "open": _open(row),
        "check": _check(context, scoring, row, scoring.rows[clause]),
    }
    told = {key: f"={formula}" for key, formula in formulas.items()}
    page.add(Cell(context.words("recalculation", "pattern", clause=clause, **told), "note", page.columns))


def _sums(page: Page, context: Context, cells: RecalculationCells, scoring: ScoringCells) -> None:
    """Write groups from their indicators, and chapters from their groups."""
    words = context.words
    titles = [words("recalculation", key) for key in COLUMNS]
    first = header(page, *titles[:3], ("", 4), *titles[7:]) + 1
    for chapter in context.standard.chapters:
        below = range(page.row + 1, page.row + 1 + len(chapter.groups))
        _sum(page, context, cells, scoring, chapter, "chapter", _added(below))
        for group in chapter.groups:
            rows = [cells.rows[indicator.clause] for indicator in group.indicators]
            _sum(page, context, cells, scoring, group, "", _added(rows))
    last = page.row - 1
    whole_numbers(page.worksheet, f"C{first}:C{last}")
    whole_numbers(page.worksheet, f"H{first}:I{last}")
    whole_numbers(page.worksheet, f"J{first}:J{last}", dash=True)


def _added(rows: Sequence[int]) -> list[str]:
    """Return the sums of some rows in a row: points, points earned, those that apply, those not judged."""
    return [f"SUM({column}{rows[0]}:{column}{rows[-1]})" if rows else "0" for column in "CHIJ"]


def _sum(
    page: Page,
    context: Context,
    cells: RecalculationCells,
    scoring: ScoringCells,
    node: Chapter | Group,
    style: str,
    sums: list[str],
) -> None:
    row, tally = page.row, context.result.nodes[node.clause]
    points, text = (f"{style}_points", style) if style else ("points", "text")
    weight, *amounts = _with_formulas(node.points, tally, sums, points)
    page.add(
        Cell(node.clause, text),
        Cell(context.words.of(node.title), text),
        weight,
        Cell(None, text, 4),
        *amounts,
        Cell(f"={sums[1]}", "formula"),
        _checked(context, _check(context, scoring, row, scoring.rows[node.clause])),
    )
    cells.rows[node.clause] = row


def _with_formulas(points: Fraction, tally: Tally, sums: list[str], style: str) -> list[Cell]:
    values = (points, tally.earned, tally.applicable, tally.open)
    return [Cell(value, style, formula=formula) for value, formula in zip(values, sums, strict=True)]


def _colours(page: Page, context: Context, top: int) -> None:
    """Colour what agrees and what does not."""
    last = page.row - 1
    words = context.words
    for key, ink, ground in (("agrees", GOOD, GOOD_GROUND), ("differs", BAD, BAD_GROUND)):
        formula = f"$L{top + 1}={quoted(words('recalculation', key))}"
        page.worksheet.conditional_formatting.add(f"L{top + 1}:L{last}", coloured(formula, ink, ground))
    wrong = coloured(f"$A${top}={quoted(words('recalculation', 'all_differ'))}", BAD, BAD_GROUND)
    page.worksheet.conditional_formatting.add(f"A{top}:L{top}", wrong)
