"""Drop-downs, number checks and colours of the scoring sheet, so that an edited sheet stays sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from auditor_app.models.enums import Verdict
from auditor_app.report.context import Context
from auditor_app.report.formulas import quoted
from auditor_app.report.look import (
    BAD,
    BAD_GROUND,
    GONE,
    GONE_GROUND,
    GOOD,
    GOOD_GROUND,
    PART,
    PART_GROUND,
)
from auditor_app.report.page import Page

if TYPE_CHECKING:
    from auditor_app.report.sheets.helper import Helper
    from auditor_app.report.sheets.scoring import ScoringCells

VERDICT_COLOURS = {
    Verdict.MET: (GOOD, GOOD_GROUND),
    Verdict.NOT_MET: (BAD, BAD_GROUND),
    Verdict.SAMPLED: (PART, PART_GROUND),
    Verdict.DELETED: (GONE, GONE_GROUND),
}
# Ids above those of the cell formats, which openpyxl numbers from 164 on.
_WHOLE, _TENTHS, _NOTHING = NumberFormat(200, "0"), NumberFormat(201, "0.0"), NumberFormat(202, '"–"')


def guard(page: Page, context: Context, helper: Helper, cells: ScoringCells) -> None:
    """Add choices for verdicts, checks for samples, and colours that follow the verdict."""
    indicators = context.standard.indicators.values()
    sampled = [cells.rows[indicator.clause] for indicator in indicators if indicator.sampled]
    plain = [cells.rows[indicator.clause] for indicator in indicators if not indicator.sampled]
    sheet, words = page.worksheet, context.words
    for source, rows in ((helper.verdicts, sampled), (helper.plain_verdicts, plain)):
        if rows:
            choice = DataValidation("list", formula1=source, allow_blank=True, sqref=_places("E", rows))
            choice.showErrorMessage = True
            choice.error, choice.errorTitle = words("scoring", "choose"), words("scoring", "choose_title")
            sheet.add_data_validation(choice)
    if sampled:
        _sample_counts(sheet, context, sampled)
    _colours(sheet, context, cells)
    whole_numbers(sheet, f"C{cells.first}:C{cells.total}")
    whole_numbers(sheet, f"H{cells.first}:I{cells.total}")
    whole_numbers(sheet, f"J{cells.first}:J{cells.total}", losses=True)


def _places(column: str, rows: list[int]) -> str:
    return " ".join(f"{column}{row}" for row in rows)


def _sample_counts(sheet: Worksheet, context: Context, rows: list[int]) -> None:
    count = DataValidation("whole", operator="between", formula1="0", formula2="999999999", allow_blank=True)
    count.sqref = f"{_places('F', rows)} {_places('G', rows)}"
    count.showErrorMessage = True
    count.error, count.errorTitle = (
        context.words("scoring", "count"),
        context.words("scoring", "choose_title"),
    )
    sheet.add_data_validation(count)


def _colours(sheet: Worksheet, context: Context, cells: ScoringCells) -> None:
    first, last = cells.first, cells.last
    for verdict, (ink, ground) in VERDICT_COLOURS.items():
        formula = f"$E{first}={quoted(context.words.word(verdict))}"
        sheet.conditional_formatting.add(f"E{first}:E{last}", coloured(formula, ink, ground))
    sampled = quoted(context.words.word(Verdict.SAMPLED))
    impossible = f"OR(N($F{first})<1,N($G{first})<0,N($G{first})>N($F{first}))"
    rule = coloured(f"AND($E{first}={sampled},{impossible})", BAD, BAD_GROUND)
    sheet.conditional_formatting.add(f"F{first}:G{last}", rule)


def coloured(formula: str, ink: str, ground: str) -> Rule:
    """Return the rule that colours cells where a formula holds."""
    style = DifferentialStyle(font=Font(color=ink), fill=PatternFill("solid", bgColor=ground, fgColor=ground))
    return Rule("expression", dxf=style, formula=[formula])


def whole_numbers(sheet: Worksheet, cells: str, *, losses: bool = False, dash: bool = False) -> None:
    """Show points as `3`, `36.5`, `2.75`; a dash for none, and `losses` in red.

    No number format can do that, so whole numbers and tenths have their own by rule. Each cell meets one rule
    only: LibreOffice stops at the first that fits.
    """
    number = f"N({cells.split(':')[0]})"
    ink = BAD if losses else ""
    shapes: list[tuple[str, NumberFormat | None]] = [
        (f"ROUND({number},2)=ROUND({number},0)", _WHOLE),
        (f"ROUND({number},2)=ROUND({number},1)", _TENTHS),
    ]
    if losses or dash:
        _shape(sheet, cells, f"ROUND({number},9)=0", _NOTHING, "")
    if losses:
        shapes.append((f"{number}<>0", None))
    for formula, number_format in shapes:
        _shape(sheet, cells, formula, number_format, ink)


def _shape(sheet: Worksheet, cells: str, formula: str, number_format: NumberFormat | None, ink: str) -> None:
    style = DifferentialStyle(numFmt=number_format, font=Font(color=ink) if ink else None)
    sheet.conditional_formatting.add(cells, Rule("expression", dxf=style, formula=[formula], stopIfTrue=True))
