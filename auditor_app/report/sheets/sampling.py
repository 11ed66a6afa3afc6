"""What samples cost an indicator, in words: `抽查 12，不符合 1，扣 0.25 分`, and as a formula that says the same."""

from __future__ import annotations

from fractions import Fraction

from auditor_app.models.entities import Assessment
from auditor_app.models.enums import Verdict
from auditor_app.models.scoring import earned, plain
from auditor_app.models.standard import Indicator
from auditor_app.report.context import Context
from auditor_app.report.formulas import quoted


def lost_points(indicator: Indicator, assessment: Assessment) -> Fraction | None:
    """Return the points an indicator judged by samples lost, None for any other verdict."""
    got = earned(indicator, assessment) if assessment.verdict is Verdict.SAMPLED else None
    return None if got is None else indicator.points - got


def sentence(context: Context, indicator: Indicator, assessment: Assessment) -> str:
    """Return what the samples cost in words, empty for any other verdict."""
    lost = lost_points(indicator, assessment)
    if lost is None:
        return ""
    counts = {"checked": assessment.checked, "failed": assessment.failed}
    return context.words("samples", "counted", **counts, points=plain(lost))


def sentence_formula(context: Context, checked: str, failed: str, lost: str) -> str:
    """Return the formula of that sentence from three cells."""
    points = f"ROUND(ROUND(N({lost}),9),2)"
    return with_cells(context, "counted", checked=checked, failed=failed, points=points)


def with_cells(context: Context, key: str, **cells: str) -> str:
    """Return the formula of words with the values of cells put in; the words hold no straight quotation mark."""
    pieces = {name: f'"&{cell}&"' for name, cell in cells.items()}
    return f'"{context.words("samples", key, **pieces)}"'


def is_sampled(context: Context, verdict: str) -> str:
    """Return the condition that a cell holds the verdict by samples."""
    return f"{verdict}={quoted(context.words.word(Verdict.SAMPLED))}"
