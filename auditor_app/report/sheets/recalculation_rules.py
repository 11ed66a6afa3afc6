"""The sentences of the recalculation: what a step follows, and where the rule comes from."""

from __future__ import annotations

from auditor_app.report.context import Context
from auditor_app.report.page import Cell, Page

# Rules of docs/SCORING.md whose figures are data of the pack, which names their source.
_OF_THE_PACK = frozenset({"5", "6", "7"})
# Rules that keep the published ones exact; so does the range while something is unjudged, which has no number.
_OF_THE_PROGRAM = frozenset({"", "8", "9"})


def sourced(context: Context, rule: str) -> str:
    """Return where a rule of docs/SCORING.md is told and comes from; without a number it is about the unjudged."""
    words = context.words
    if rule in _OF_THE_PACK:
        source = words.source_in_full(context.standard.scoring.source)
    else:
        source = words("recalculation", "of_the_program" if rule in _OF_THE_PROGRAM else "of_the_bodies")
    if not rule:
        return words("recalculation", "source_of_range", source=source)
    return words("recalculation", "source", rule=rule, source=source)


def rule_line(page: Page, sentence: str, source: str) -> None:
    """Write a rule across the sheet with its source beside it."""
    page.add(Cell(sentence, "reason", page.columns - 2), Cell(source, "note", 2), least=16)
