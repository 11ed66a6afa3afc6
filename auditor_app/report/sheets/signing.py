"""签署页: what is confirmed, and boxes for the signatures, seals and dates of everybody who confirms it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor_app.models.enums import Role
from auditor_app.report.context import Context, header, heading, section
from auditor_app.report.page import Cell, Page
from auditor_app.report.printing import set_up
from auditor_app.report.sheets.conclusion import headline_text
from auditor_app.report.sheets.scoring_score import level_text, score_text

if TYPE_CHECKING:
    from auditor_app.report.sheets.helper import Helper
    from auditor_app.report.sheets.scoring import ScoringCells

WIDTHS = (20, 14, 14, 20, 28)
# Lines of a team that nobody has entered yet.
NO_TEAM = 3
LINE, BOX = 34.0, 96.0


def write(page: Page, context: Context, helper: Helper, scoring: ScoringCells) -> None:
    """Write the sheet; score and level follow the scoring sheet."""
    words = context.words
    heading(page, words.sheet("signing"), words("signing", "about"))
    if context.outcome.draft:
        page.add(Cell(words("signing", "draft"), "draft", page.columns), least=26)
        page.gap(6)
    page.add(Cell(words("signing", "result"), "section", page.columns), least=20)
    _result(page, context, helper, scoring)
    section(page, words("signing", "team"))
    _team(page, context)
    section(page, words("signing", "parties"))
    _parties(page, context)
    set_up(page, context.margins)


def _result(page: Page, context: Context, helper: Helper, scoring: ScoringCells) -> None:
    words = context.words

    def wide(key: str, value: str) -> None:
        page.add(Cell(words("signing", key), "label"), Cell(value, "value", 4), least=22)

    wide("auditee", context.audit.company.name)
    wide("number", context.audit.info.number)
    page.add(
        Cell(words("signing", "score"), "label"),
        Cell(score_text(context), "value", 2, helper.text),
        Cell(words("signing", "level"), "label"),
        Cell(level_text(context), "value", formula=scoring.shown.level),
        least=22,
    )
    wide("conclusion", headline_text(context))


def _team(page: Page, context: Context) -> None:
    """Write a line for every member, the leader first, and empty ones where no team is entered."""
    words = context.words
    spans = (("name", 1), ("role", 1), ("signature", 2), ("date", 1))
    header(page, *((words("signing", key), span) for key, span in spans))
    for member in sorted(context.audit.team, key=lambda member: member.role is not Role.LEADER):
        _line(page, member.name, words.word(member.role))
    if not context.audit.team:
        _line(page, "", words.word(Role.LEADER))
        for _ in range(NO_TEAM - 1):
            _line(page, "", "")


def _line(page: Page, name: str, role: str) -> None:
    boxes = Cell(None, "sign_box", 2), Cell(None, "sign_box")
    page.add(Cell(name, "sign_name"), Cell(role, "sign_name"), *boxes, least=LINE)


def _parties(page: Page, context: Context) -> None:
    words, spans = context.words, (3, 2)
    titles = (words("signing", "auditee_box"), words("signing", "body_box"))
    page.add(*(Cell(title, "sign_label", span) for title, span in zip(titles, spans, strict=True)), least=22)
    page.add(*(Cell(None, "sign_box", span) for span in spans), least=BOX)
    for key in ("position", "date"):
        label = Cell(words("signing", key), "sign_label")
        page.add(label, Cell(None, "sign_box", 2), label, Cell(None, "sign_box"), least=26)
