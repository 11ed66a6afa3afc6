"""What the PDF dialog asks for; the composition root knows how it is done."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from auditor_app.models.audit import Audit
from auditor_app.models.progress import Progress
from auditor_app.models.standard import Standard


class PdfDesk(Protocol):
    """PDFs written."""

    def write(
        self, standard: Standard, audit: Audit, language: str, path: Path, progress: Progress, *, with_locations: bool
    ) -> None:
        """Write the report as a PDF, with where photos were taken if asked; raises `AuditorError`; may run aside."""
