"""招投标支撑: what tenders ask about after-sales service, and the indicators, evidence and points that answer it."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle

from auditor_app.models.enums import SiteKind, Verdict
from auditor_app.models.remarks import required_managers
from auditor_app.models.scoring import Tally, earned, tally
from auditor_app.models.standard import Indicator, TenderConcern
from auditor_app.report.context import Context, header, heading, section
from auditor_app.report.formulas import quoted, total
from auditor_app.report.look import PART
from auditor_app.report.page import Cell, Page
from auditor_app.report.printing import set_up
from auditor_app.report.sheets.conclusion import certificate_text
from auditor_app.report.sheets.scoring_rules import VERDICT_COLOURS, coloured, whole_numbers
from auditor_app.report.sheets.scoring_score import level_text, score_text

if TYPE_CHECKING:
    from auditor_app.report.sheets.helper import Helper
    from auditor_app.report.sheets.scoring import ScoringCells

WIDTHS = (10, 47, 12, 10, 10, 10, 16)
COLUMNS = ("clause", "title", "verdict", "applicable", "earned", "share", "evidence")


def write(page: Page, context: Context, helper: Helper, scoring: ScoringCells) -> None:
    """Write the sheet; verdicts, points and level follow the scoring sheet."""
    words, concerns = context.words, context.standard.tender_concerns
    heading(page, words.sheet("tender"), words("tender", "about"))
    if context.outcome.draft:
        page.add(Cell(words("tender", "draft"), "draft", page.columns), least=26)
        page.gap(6)
    page.add(Cell(words("tender", "result"), "section", page.columns), least=20)
    result = _result(page, context, helper, scoring)
    section(page, words("tender", "answers"))
    head = header(page, *(words("tender", key) for key in COLUMNS))
    answers = {concern.id: _answers(context, concern) for concern in concerns}
    bands = [
        _concern(page, context, scoring, number, concern, answers[concern.id])
        for number, concern in enumerate(concerns, 1)
    ]
    all_answers = [indicator for each in answers.values() for indicator in each]
    sums = tuple(total([f"{column}{row}" for row in bands]) for column in "DE")
    last = _sums(page, context, (Cell(words("tender", "total"), "total", 3),), all_answers, sums, "total")
    page.put(result, 6, Cell(_share(_tally(context, all_answers)), "result_share", formula=f"F{last}"))
    whole_numbers(page.worksheet, f"D{head + 1}:E{last}")
    _colours(page, context, f"C{head + 1}:C{last}")
    _losses(page, f"F{head + 1}:F{last}")
    page.gap(4)
    sources = words.sources_counted(concern.source for concern in concerns)
    for text in (words("tender", "certificate"), words("tender", "sources", sources=sources)):
        page.add(Cell(text, "note", page.columns), least=15)
    set_up(page, context.margins, header_row=head)


def _result(page: Page, context: Context, helper: Helper, scoring: ScoringCells) -> int:
    """Write level and score as the tender asks for them, and leave the share of the answers to be put in."""
    words = context.words
    keys = (("level", 2), ("score", 3), ("concerns", 2))
    page.add(*(Cell(words("tender", key), "result_label", span) for key, span in keys), least=20)
    return page.add(
        Cell(level_text(context), "result_level", 2, formula=scoring.shown.level),
        Cell(score_text(context), "result_score", 3, formula=helper.text),
        Cell(None, "result_share", 2),
        least=36,
    )


def _answers(context: Context, concern: TenderConcern) -> list[Indicator]:
    return [indicator for indicator in context.standard.indicators.values() if indicator.tender == concern.id]


def _concern(
    page: Page, context: Context, scoring: ScoringCells, number: int, concern: TenderConcern, answers: list[Indicator]
) -> int:
    """Write a question with the sum of what answers it, and below it the answers; return the row of the question."""
    words = context.words
    question = words.led_by(f"{number}.", words.of(concern.title))
    facts = _facts(context, concern.id)
    first = page.row + 1 + bool(facts)
    spans = (f"SUM({column}{first}:{column}{first + len(answers) - 1})" if answers else "0" for column in "DE")
    row = _sums(page, context, (Cell(question, "chapter", 3),), answers, tuple(spans), "chapter")
    if facts:
        page.add(Cell(words("tender", "facts"), "muted"), Cell(facts, "muted", page.columns - 1))
    for indicator in answers:
        _indicator(page, context, scoring, indicator)
    if not answers:
        page.add(Cell(words("tender", "none"), "muted", page.columns))
    return row


def _sums(
    page: Page,
    context: Context,
    title: tuple[Cell, ...],
    answers: Iterable[Indicator],
    formulas: tuple[str, ...],
    style: str,
) -> int:
    row, together = page.row, _tally(context, answers)
    applicable, got = formulas
    return page.add(
        *title,
        Cell(together.applicable, f"{style}_points", formula=applicable),
        Cell(together.earned, f"{style}_points", formula=got),
        Cell(_share(together), f"{style}_share", formula=_share_formula(row)),
        Cell(None, style),
        least=24,
    )


def _tally(context: Context, answers: Iterable[Indicator]) -> Tally:
    return tally(answers, context.audit.assessments)


def _indicator(page: Page, context: Context, scoring: ScoringCells, indicator: Indicator) -> None:
    words, row, at = context.words, page.row, scoring.rows[indicator.clause]
    assessment = context.audit.assessment(indicator.clause)
    verdict, got = scoring.at("E", at), earned(indicator, assessment)
    unjudged = quoted(words.choice(Verdict.UNJUDGED))
    share = None if got is None else _share(_tally(context, [indicator]))
    page.add(
        Cell(indicator.clause),
        Cell(words.of(indicator.title)),
        Cell(words.choice(assessment.verdict), "center", formula=f'IF({verdict}="",{unjudged},{verdict})'),
        Cell(None if got is None else indicator.points, "points", formula=scoring.at("I", at)),
        Cell(got, "points", formula=scoring.at("H", at)),
        Cell(share, "share", formula=_share_formula(row)),
        Cell(context.numbers.evidence_of_indicator(indicator.clause), "muted_center"),
    )


def _share(points: Tally) -> Fraction | None:
    return Fraction(floor(points.earned / points.applicable * 1000), 1000) if points.applicable else None


def _share_formula(row: int) -> str:
    return f'IF(ROUND(N(D{row}),9)=0,"",ROUNDDOWN(ROUND(E{row}/D{row},9),3))'


def _facts(context: Context, concern: str) -> str:
    """Return what the profile says to a question that the program knows, empty for any other."""
    words, audit, company = context.words, context.audit, context.audit.company
    kinds = [site.kind for site in audit.sites]
    match concern:
        case "staff":
            managing = company.service_management_staff
            return words(
                "tender",
                "staff",
                employees=company.employees,
                staff=company.after_sales_staff,
                managing=managing,
                certified=company.certified_service_managers,
                required=required_managers(managing, context.standard.scoring.certified_manager_percent),
            )
        case "response":
            hotline = words("tender", "hotline", hotline=company.hotline) if company.hotline else ""
            served = kinds.count(SiteKind.OUTLET) + kinds.count(SiteKind.SERVICE_STATION)
            return words.joined((hotline, words("tender", "outlets", count=served) if served else ""))
        case "spares":
            stored = kinds.count(SiteKind.WAREHOUSE)
            return words("tender", "warehouses", count=stored) if stored else ""
        case "certificates":
            held = audit.previous_certificate
            return words("tender", "certificate_held", certificate=certificate_text(context, held)) if held else ""
        case _:
            return ""


def _colours(page: Page, context: Context, cells: str) -> None:
    """Give verdicts the colours they have on the scoring sheet."""
    first = cells.split(":")[0]
    for verdict, (ink, ground) in VERDICT_COLOURS.items():
        formula = f"{first}={quoted(context.words.choice(verdict))}"
        page.worksheet.conditional_formatting.add(cells, coloured(formula, ink, ground))


def _losses(page: Page, cells: str) -> None:
    """Make a share stand out where something was lost."""
    share = cells.split(":")[0]
    lost = DifferentialStyle(font=Font(color=PART))
    rule = Rule("expression", dxf=lost, formula=[f"AND(ISNUMBER({share}),N({share})<1)"])
    page.worksheet.conditional_formatting.add(cells, rule)
