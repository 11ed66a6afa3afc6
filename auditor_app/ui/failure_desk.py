"""What the window knows of failures and the log; the composition root knows how they are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class FailureDesk(Protocol):
    """The report of failures and the log, none of which holds anything of an audit."""

    @property
    def folder(self) -> Path | None:
        """Return the folder of the log, None where none could be made."""

    def report(self) -> str:
        """Return the report: versions, counts, failures, what was done last."""

    def save_report(self, text: str, target: Path) -> None:
        """Write a report to a file for others; raises `AuditorError`."""

    def save_log(self, text: str, target: Path) -> None:
        """Write a report and the whole log to a zip for others; raises `AuditorError`."""
