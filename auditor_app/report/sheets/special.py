"""特别加扣分: special deductions, the bonus, and the rules that count them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from openpyxl.worksheet.datavalidation import DataValidation

from auditor_app.models.audit import Kind
from auditor_app.models.followup import findings_by_deduction
from auditor_app.models.ids import RowId
from auditor_app.report.context import Context, header, heading, section
from auditor_app.report.formulas import quoted
from auditor_app.report.page import Cell, Page
from auditor_app.report.printing import set_up
from auditor_app.report.sheets.scoring_rules import whole_numbers

if TYPE_CHECKING:
    from auditor_app.report.sheets.helper import Helper

WIDTHS = (6, 24, 26, 36, 13, 10)
# Numbered lines to write on, also when there are fewer deductions.
LINES = 5


@dataclass(frozen=True)
class SpecialCells:
    """References to the figures that enter the score."""

    count: str
    limit: str
    points_off: str
    bonus_points: str
    grounds: str
    given: str


def write(page: Page, context: Context, helper: Helper) -> SpecialCells:
    """Write the sheet and return where its figures stand."""
    words = context.words
    heading(page, words.sheet("special"), words("special", "about"))
    page.add(Cell(words("special", "deductions"), "section", page.columns), least=22)
    header(page, *(words("special", key) for key in ("no", "ground", "clause", "facts", "site", "finding")))
    first, last = _deductions(page, context)
    section(page, words("special", "bonus"))
    given, reason_row = _bonus(page, context)
    section(page, words("special", "counting"))
    cells = _counting(page, context, page.span("B", first, last), given)
    page.gap(4)
    source = words.source_in_full(context.standard.scoring.source)
    page.add(Cell(words("special", "source", source=source), "note", page.columns), least=16)
    _choices(page, helper, f"B{first}:B{last}", f"C{reason_row}")
    set_up(page, context.margins)
    return cells


def _deductions(page: Page, context: Context) -> tuple[int, int]:
    words, first = context.words, page.row
    findings = findings_by_deduction(context.audit)
    for number, (row_id, deduction) in enumerate(context.audit.of(Kind.SPECIAL_DEDUCTION).items(), 1):
        page.add(
            Cell(number, "count"),
            Cell(words.choice(deduction.ground)),
            Cell(words.clause(deduction.clause)),
            Cell(deduction.facts),
            Cell(words.site(deduction.site)),
            _finding(context, findings[row_id]),
        )
    for number in range(len(context.audit.special_deductions) + 1, LINES + 1):
        page.add(Cell(number, "count"), *[Cell()] * 5, least=22)
    return first, page.row - 1


def _finding(context: Context, row_id: RowId | None) -> Cell:
    """Name the finding that opens the corrective action of a deduction; each must be rectified."""
    if row_id is None:
        return Cell(context.words("special", "no_finding"), "bad")
    return Cell(context.numbers.finding(row_id), "count")


def _bonus(page: Page, context: Context) -> tuple[str, int]:
    words, bonus = context.words, context.audit.bonus
    given = page.add(
        Cell(words("special", "bonus_given"), "label", 2),
        Cell(words.yes_no(bonus is not None)),
        Cell("", span=3),
    )
    page.add(
        Cell(words("special", "bonus_reason"), "label", 2),
        Cell(bonus.reason if bonus else "", span=4),
        least=40,
    )
    return page.at("C", given, absolute=True), given


def _counting(page: Page, context: Context, grounds: str, given: str) -> SpecialCells:
    words, rules, result = context.words, context.standard.scoring, context.result

    def line(key: str, value: Fraction | int, formula: str = "") -> int:
        about = Cell(words("special", f"{key}_about"), "muted", 3)
        return page.add(Cell(words("special", key), "label", 2), Cell(value, "points", formula=formula), about)

    count = line("count", result.special_deductions, f"COUNTA({grounds})")
    each = line("each", rules.deduction_points)
    limit = line("limit", rules.fails_at_deductions)
    points_off = line("points_off", rules.deduction_points * result.special_deductions, f"C{count}*C{each}")
    bonus_each = line("bonus_each", rules.bonus_points)
    most = line("bonus_most", rules.bonus_at_most)
    added = rules.bonus_points * min(result.bonus, rules.bonus_at_most)
    yes = quoted(words.yes_no(True))
    bonus_points = line("bonus_points", added, f"C{bonus_each}*MIN(C{most},IF({given}={yes},1,0))")
    whole_numbers(page.worksheet, f"C{count}:C{bonus_points}")
    return SpecialCells(
        count=page.at("C", count, absolute=True),
        limit=page.at("C", limit, absolute=True),
        points_off=page.at("C", points_off, absolute=True),
        bonus_points=page.at("C", bonus_points, absolute=True),
        grounds=grounds,
        given=given,
    )


def _choices(page: Page, helper: Helper, grounds: str, given: str) -> None:
    for source, cells in ((helper.grounds, grounds), (helper.yes_no, given)):
        choice = DataValidation("list", formula1=source, allow_blank=True, sqref=cells)
        page.worksheet.add_data_validation(choice)
