"""The log on the disk: a few small files, each for its owner only."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterable
from io import BytesIO
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from auditor_app.failures.log import SafeFormatter

NAME = "workbench.log"
LARGEST = 250_000
"""Bytes of one file."""
OLDER = 3


class LogFile(RotatingFileHandler):
    """The log in a folder; a disk that refuses loses lines of the log and nothing else."""

    def __init__(self, folder: Path) -> None:
        """Open the log; raises `OSError` where the folder cannot be written."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        super().__init__(folder / NAME, maxBytes=LARGEST, backupCount=OLDER, encoding="utf-8", errors="replace")
        self.setFormatter(SafeFormatter())

    def _open(self) -> Any:
        def private(path: str, flags: int) -> int:
            return os.open(path, flags, 0o600)

        return open(self.baseFilename, self.mode, encoding=self.encoding, errors=self.errors, opener=private)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        # It would print a stack with the message, and there is nothing anybody could do.
        return


def logs_in(folder: Path) -> list[Path]:
    """Return the files of the log, the newest first."""
    names = [NAME, *(f"{NAME}.{number}" for number in range(1, OLDER + 1))]
    return [folder / name for name in names if (folder / name).is_file()]


def zipped(report: str, logs: Iterable[Path]) -> bytes:
    """Return one zip with the report and the log; a file that cannot be read is left out."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("report.txt", report)
        for path in logs:
            with contextlib.suppress(OSError):
                archive.writestr(path.name, path.read_bytes())
    return content.getvalue()
