"""Where the key cells of a report stand, by the names that other programs read them by."""

from __future__ import annotations

from collections.abc import Iterator

from auditor_app.models.standard import Chapter, Group, Indicator
from auditor_app.report import names
from auditor_app.report.context import Context
from auditor_app.report.sheets.helper import Helper
from auditor_app.report.sheets.recalculation import RecalculationCells
from auditor_app.report.sheets.scoring import ScoringCells
from auditor_app.report.sheets.special import SpecialCells

# The columns of the scoring sheet.
_COLUMNS = {
    names.VERDICT: "E",
    names.CHECKED: "F",
    names.FAILED: "G",
    names.POINTS: "C",
    names.EARNED: "H",
    names.APPLICABLE: "I",
}


def key_cells(
    context: Context, helper: Helper, scoring: ScoringCells, special: SpecialCells, recalculation: RecalculationCells
) -> dict[str, str]:
    """Return the absolute reference of every key cell by its name."""
    return {
        names.SCORE: scoring.shown.score,
        names.LEVEL: scoring.shown.level,
        names.SCORE_LOWER: helper.shown_lower,
        names.SCORE_UPPER: helper.shown_upper,
        names.SPECIAL_DEDUCTIONS: special.count,
        names.BONUS: special.bonus_points,
        names.VERDICTS: helper.verdicts,
        names.LEVELS: helper.level_names,
        **recalculation.named,
        **{names.name_of(kind): scoring.at(_COLUMNS[kind], scoring.total) for kind in names.OF_ALL},
        **{
            names.name_of(kind, node.clause): scoring.at(_COLUMNS[kind], scoring.rows[node.clause])
            for node in context.standard.nodes.values()
            for kind in _kinds(node)
        },
    }


def _kinds(node: Chapter | Group | Indicator) -> Iterator[str]:
    yield from names.OF_INDICATORS if isinstance(node, Indicator) else names.OF_GROUPS
