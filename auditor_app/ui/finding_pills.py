"""Grade and state of a finding as pills: each colour has a shape of its own and a word beside it."""

from __future__ import annotations

from auditor_app.models.enums import Grade
from auditor_app.models.followup import FindingState
from auditor_app.ui.pills import Pill, Shape
from auditor_app.ui.theme import Theme

GRADE_MEANINGS = {Grade.MAJOR: "not_met", Grade.MINOR: "sampled", Grade.OBSERVATION: "deleted"}
_GRADE_SHAPES = {Grade.MAJOR: Shape.SQUARE, Grade.MINOR: Shape.DIAMOND, Grade.OBSERVATION: Shape.RING}
_STATE_LOOKS = {
    FindingState.OVERDUE: (Shape.SQUARE, "not_met"),
    FindingState.REJECTED: (Shape.DIAMOND, "not_met"),
    FindingState.OPEN: (Shape.RING, "sampled"),
    FindingState.ACCEPTED: (Shape.DOT, "met"),
    FindingState.NO_ACTION: (Shape.NONE, "deleted"),
}


def grade_pill(theme: Theme, grade: Grade, word: str) -> Pill:
    """Return the pill of a grade."""
    return _pill(theme, word, _GRADE_SHAPES[grade], GRADE_MEANINGS[grade])


def state_pill(theme: Theme, state: FindingState, word: str) -> Pill:
    """Return the pill that says where a finding stands."""
    return _pill(theme, word, *_STATE_LOOKS[state])


def _pill(theme: Theme, word: str, shape: Shape, meaning: str) -> Pill:
    return Pill(word, shape, theme.color(meaning), theme.color(f"{meaning}_text"), theme.color(f"{meaning}_soft"))
