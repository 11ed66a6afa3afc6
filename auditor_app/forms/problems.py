"""What can be wrong with a form, or with what is remembered of forms."""

from __future__ import annotations

from auditor_app.models.errors import ValidationError


class FormProblem(ValidationError):
    """A form that cannot be read or filled; `path` is the sheet or part, empty for the form as a whole."""

    section = "form_problem"

    def __init__(self, code: str, path: str = "", **params: object) -> None:
        super().__init__(path, code, **params)
