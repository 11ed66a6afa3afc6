"""What can be wrong with a workbook that somebody hands over."""

from __future__ import annotations

from auditor_app.models.errors import ValidationError


class WorkbookProblem(ValidationError):
    """A workbook the person can exchange; its words are those of a report, forms and replies have their own."""

    section = "workbook_problem"


def damaged(what: str) -> WorkbookProblem:
    """Return the problem of a workbook that cannot be read to its end; `what` is the part or cell."""
    return WorkbookProblem("", "damaged", what=what[:80])
