"""What can be wrong with a file that somebody hands over."""

from __future__ import annotations

import json

from auditor_app.models.errors import ValidationError
from auditor_app.models.text import clean_line

LONGEST_SHOWN = 60


class FileProblem(ValidationError):
    """A file the person can correct or exchange; an empty `path` means the file as a whole."""

    section = "file_problem"


def shown(value: object) -> str:
    """Return a value of a file short and on one line, fit for a message."""
    match value:
        case str():
            text = clean_line(value[: 2 * LONGEST_SHOWN])
        case dict():
            text = "{...}"
        case list():
            text = "[...]"
        case _:
            text = json.dumps(value)
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "..."
