"""申请条件: the six conditions of application, how each was judged, what it means, and what follows."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

from auditor_app.models.entities import Eligibility
from auditor_app.models.enums import Judgement
from auditor_app.report.context import Context, header, heading, section
from auditor_app.report.page import Cell, Page
from auditor_app.report.printing import set_up

WIDTHS = (7, 33, 13, 43)
COLUMNS = ("no", "condition", "verdict", "meaning")
JUDGEMENT_STYLES = {Judgement.MET: "good", Judgement.NOT_MET: "bad", Judgement.UNJUDGED: "part"}


def write(page: Page, context: Context) -> None:
    """Write the sheet."""
    words = context.words
    heading(page, words.sheet("eligibility"), words("eligibility", "about"))
    header(page, *(words("eligibility", key) for key in COLUMNS))
    judged = {item.name: getattr(context.audit.eligibility, item.name) for item in fields(Eligibility)}
    for number, (name, judgement) in enumerate(judged.items(), 1):
        page.add(
            Cell(number, "count"),
            Cell(words.domain("eligibility", name)),
            Cell(words.word(judgement), JUDGEMENT_STYLES[judgement]),
            Cell(words("eligibility", name), "muted"),
            least=36,
        )
    section(page, words("eligibility", "consequence"))
    _consequence(page, context, Counter(judged.values()))
    page.gap(4)
    page.add(Cell(words("eligibility", "source"), "note", page.columns), least=15)
    set_up(page, context.margins)


def _consequence(page: Page, context: Context, counted: Counter[Judgement]) -> None:
    """Say how many conditions are met, and what that means for the conclusion: the worst one decides."""
    words = context.words
    worst = next((each for each in (Judgement.NOT_MET, Judgement.UNJUDGED) if counted[each]), Judgement.MET)
    counts = {judgement.value: counted[judgement] for judgement in Judgement}
    page.add(Cell(words("eligibility", "total"), "label", 2), Cell(words("eligibility", "counts", **counts), span=2))
    page.add(
        Cell(words("eligibility", "consequence"), "label", 2), Cell(words("eligibility", worst.value), span=2), least=24
    )
