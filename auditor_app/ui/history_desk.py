"""What the window knows of checking a library and of the history as a file; the composition root knows how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from auditor_app.models.catalogue import Catalogue
from auditor_app.models.progress import Progress
from auditor_app.models.telling import Told


@dataclass(frozen=True)
class CheckAnswer:
    """What a check of the library found, in sentences: the answer, the faults, and what is worth knowing."""

    is_whole: bool
    heading: str
    faults: tuple[str, ...]
    notes: tuple[str, ...]


class HistoryDesk(Protocol):
    """Check the library and write histories; both may run in the background and raise `AuditorError`."""

    def check(self, audit_id: str, words: Catalogue, progress: Progress) -> CheckAnswer:
        """Check the library, or with an id one audit of it; raises `Cancelled` when `progress` does."""

    def write(self, told: Sequence[Told], path: Path, words: Catalogue) -> None:
        """Write changes as a table for a spreadsheet program."""
