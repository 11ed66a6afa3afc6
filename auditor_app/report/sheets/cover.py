"""封面: the logo if there is one, who, what, when, the result, the conclusion and the team."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor_app import __version__
from auditor_app.models.history import local_time
from auditor_app.report.context import Context, header, section
from auditor_app.report.page import Cell, Page
from auditor_app.report.picture import POINTS_A_PIXEL, fitted, place
from auditor_app.report.printing import set_up
from auditor_app.report.sheets.conclusion import headline_text, warn
from auditor_app.report.sheets.scoring_score import level_text, score_text

if TYPE_CHECKING:
    from auditor_app.report.sheets.helper import Helper
    from auditor_app.report.sheets.scoring import ScoringCells
    from auditor_app.report.sheets.special import SpecialCells

WIDTHS = (19, 15, 14, 19, 15, 14)
# The box of a logo in pixels, and the points above and below it.
LOGO_WIDTH, LOGO_HEIGHT, LOGO_ABOVE = 220, 64, 4.0


def write(page: Page, context: Context, helper: Helper, scoring: ScoringCells, special: SpecialCells) -> None:
    """Write the sheet; score and level follow the scoring sheet, the conclusion is the program's."""
    words = context.words
    _logo(page, context)
    _title(page, context)
    _facts(page, context)
    section(page, words("cover", "result"))
    _result(page, context, helper, scoring, special)
    section(page, words("cover", "conclusion"))
    _conclusion(page, context, helper, scoring)
    section(page, words("cover", "team"))
    _team(page, context)
    page.gap(8)
    _small_print(page, context)
    set_up(page, context.margins)


def _logo(page: Page, context: Context) -> None:
    """Leave the place of a logo and put one there; the cover looks the same without."""
    row, logo = page.row, context.snapshot.logo
    page.gap(LOGO_HEIGHT * POINTS_A_PIXEL + 2 * LOGO_ABOVE)
    if logo is not None:
        place(page, fitted(logo, LOGO_WIDTH, LOGO_HEIGHT), row, 1, LOGO_ABOVE)


def _title(page: Page, context: Context) -> None:
    words, standard = context.words, context.standard
    page.gap(24)
    page.add(Cell(words("cover", "title"), "cover_title", page.columns), least=44)
    line = words("cover", "standard", reference=standard.reference, title=words.of(standard.title))
    page.add(Cell(line, "cover_small", page.columns), least=24)
    for text, style in _states(context):
        page.gap(4)
        page.add(Cell(text, style, page.columns), least=26)
    page.gap(20)


def _states(context: Context) -> Iterator[tuple[str, str]]:
    """Yield what the report is, with its style: a draft, and whether the audit is finalised, when and by whom."""
    words, snapshot = context.words, context.snapshot
    if context.outcome.draft:
        yield words("cover", "draft"), "draft"
    if snapshot.sealing is not None:
        at, who = local_time(snapshot.sealing.at), snapshot.sealing.who
        yield words("cover", "finalised_by" if who else "finalised", at=at, who=who), "cover_final"
    elif not snapshot.is_stored:
        yield words("cover", "not_told"), "cover_small"
    elif not context.outcome.draft:
        yield words("cover", "not_finalised"), "cover_open"


def _facts(page: Page, context: Context) -> None:
    words, info, company = context.words, context.audit.info, context.audit.company

    def pair(left: str, value: str, right: str, other: str) -> None:
        page.add(
            Cell(words("cover", left), "label"),
            Cell(value, "value", 2),
            Cell(words("cover", right), "label"),
            Cell(other, "value", 2),
            least=24,
        )

    for key, value in (("auditee", company.name), ("scope", company.scope)):
        page.add(Cell(words("cover", key), "label"), Cell(value, "value", 5), least=24)
    pair("number", info.number, "dates", words.period(info.starts, info.ends))
    mode = words("cover", "mode_code", code=info.mode.value, mode=words.word(info.mode))
    pair("kind", words.word(info.kind), "mode", mode)
    applied = words.word(info.applied_level) or words("common", "not_stated")
    pair("man_days", words.amount(info.man_days), "applied_level", applied)


def _result(page: Page, context: Context, helper: Helper, scoring: ScoringCells, special: SpecialCells) -> None:
    words, result, shown = context.words, context.result, scoring.shown
    keys = (("score", 2), ("level", 2), ("special_deductions", 1), ("bonus", 1))
    page.add(*(Cell(words("cover", key), "result_label", span) for key, span in keys), least=22)
    rules = context.standard.scoring
    bonus = rules.bonus_points * min(result.bonus, rules.bonus_at_most)
    page.add(
        Cell(score_text(context), "result_score", 2, formula=helper.text),
        Cell(level_text(context), "result_level", 2, formula=shown.level),
        Cell(result.special_deductions, "result_figure", formula=special.count),
        Cell(bonus, "result_figure", formula=special.bonus_points),
        least=40,
    )
    judged = words("cover", "judged", judged=result.whole.judged, total=result.whole.total)
    page.add(Cell(judged, "result_label", page.columns), least=20)


def _conclusion(page: Page, context: Context, helper: Helper, scoring: ScoringCells) -> None:
    words = context.words
    page.add(Cell(headline_text(context), "conclusion", page.columns), least=28)
    page.add(Cell(words("cover", "reasons"), "note", page.columns), least=16)
    warn(page, context, helper, scoring)


def _team(page: Page, context: Context) -> None:
    """Name the team; which clauses are whose is said with the plan."""
    words = context.words
    if not context.audit.team:
        page.add(Cell(words("plan", "no_team"), "muted", page.columns))
        return
    header(page, *((words("plan", key), 2) for key in ("member_name", "registration", "role")))
    for member in context.audit.team:
        cells = (member.name, member.registration, words.word(member.role))
        page.add(*(Cell(value, "text", 2) for value in cells))


def _small_print(page: Page, context: Context) -> None:
    words, standard = context.words, context.standard
    sources = words.sources_counted(indicator.sources["points"] for indicator in standard.indicators.values())
    made = words(
        "cover",
        "made",
        date=context.snapshot.made_on.isoformat(),
        version=__version__,
        pack=standard.id,
        pack_version=standard.version,
    )
    sealing = context.snapshot.sealing
    sealed = words("cover", "sealed", head=sealing.head) if sealing else ""
    weights = words("cover", "weights", count=len(standard.indicators), sources=sources)
    for text in filter(None, (weights, made, sealed)):
        page.add(Cell(text, "note", page.columns), least=15)
