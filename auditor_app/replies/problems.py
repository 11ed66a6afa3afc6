"""What can be wrong with a workbook that comes back."""

from __future__ import annotations

from auditor_app.models.errors import ValidationError
from auditor_app.models.text import clean_line

LONGEST_SHOWN = 60


class ReplyProblem(ValidationError):
    """A workbook that cannot be taken in, or one cell of it; `path` is the cell, empty for the workbook as a whole."""

    section = "reply_problem"


def shown(text: str) -> str:
    """Return what others wrote short and on one line, fit for a message."""
    line = clean_line(text[: 2 * LONGEST_SHOWN])
    return line if len(line) <= LONGEST_SHOWN else line[:LONGEST_SHOWN] + "…"
