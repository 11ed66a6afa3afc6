"""What can go wrong, by who can mend it: the person, the environment, or us (everything else)."""

from __future__ import annotations


class AuditorError(Exception):
    """Carry a message code and its parameters; the words come from the catalogue."""

    section = "problem"

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class ValidationError(AuditorError):
    """A value the person can correct.

    `path` names the place: `assessments[3].checked` in a file, `company.employees` in the window.
    """

    def __init__(self, path: str, code: str, **params: object) -> None:
        super().__init__(code, **params)
        self.path = path


class EnvironmentProblem(AuditorError):
    """A state of the machine (disk full, file in use, read-only folder), not of the data."""

    section = "environment"
