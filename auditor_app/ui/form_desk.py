"""What the dialog of forms reads and writes; the composition root knows how."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from auditor_app.models.audit import Audit
from auditor_app.models.forms import Choices, FieldName, Filled, FormPreview
from auditor_app.models.progress import Progress
from auditor_app.models.standard import Standard


class OpenForm(Protocol):
    """A form that was read; its file is never changed."""

    @property
    def path(self) -> Path:
        """Return where the form lies."""

    def preview(self, body: str, choices: Choices, standard: Standard, audit: Audit, language: str) -> FormPreview:
        """Return what goes where; `body` is whose form it is, as remembered, or empty."""

    def fill(
        self,
        choices: Choices,
        standard: Standard,
        audit: Audit,
        language: str,
        path: Path,
        progress: Progress,
    ) -> Filled:
        """Write a filled copy; raises `AuditorError`; may run aside."""


class FormDesk(Protocol):
    """Forms of certification bodies, and what is remembered of them."""

    def open(self, path: Path) -> OpenForm:
        """Read a form; raises `AuditorError`; may run aside."""

    def fields(self, standard: Standard, audit: Audit, language: str) -> tuple[FieldName, ...]:
        """Return the fields a placeholder can stand for, each with what it holds."""

    def bodies(self) -> tuple[str, ...]:
        """Return the bodies whose forms are remembered, the one used last first; raises `AuditorError`."""

    def body_of(self, form: OpenForm) -> str:
        """Return the body whose form this most likely is, empty for none; raises `AuditorError`."""

    def choices(self, body: str) -> Choices:
        """Return what was decided by hand about the placeholders of a body; raises `AuditorError`."""

    def remember(self, body: str, form: OpenForm | None, choices: Choices) -> None:
        """Remember the decisions for a body, and of a form that was filled its placeholders; raises `AuditorError`."""
