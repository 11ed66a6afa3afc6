"""Columns of a table as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from auditor_app.ui.editing import Form


@dataclass(frozen=True)
class Column:
    """One column: the field it edits, by `choices` of a closed set or a `form` of typed text; else read-only."""

    key: str
    header: str
    width: int
    show: Callable[[Any], str]
    path: str = ""
    form: Form | None = None
    choices: dict[Any, str] | None = None
    numeric: bool = False
    stretch: bool = False

    @property
    def editable(self) -> bool:
        """Say whether a cell of this column can be edited."""
        return self.form is not None or self.choices is not None
