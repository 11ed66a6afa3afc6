"""Reading and writing files of others, the same for the window and the commands."""

from __future__ import annotations

import getpass
import os
from datetime import date
from pathlib import Path

from auditor_app.exchange.audit_file import decode, encode
from auditor_app.exchange.problems import FileProblem
from auditor_app.exchange.reading import LARGEST_FILE
from auditor_app.exchange.standards import shipped_standard
from auditor_app.models.audit import Audit
from auditor_app.models.catalogue import RESOURCES
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.standard import Standard
from auditor_app.storage.atomic_file import check_target, write_atomically

SAMPLE = RESOURCES / "samples" / "pump-maker.json"


def who() -> str:
    """Return the name written to the history: that of the login, empty when it has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # A login without a name, by system and version of Python.
        return ""


def read_audit(path: Path) -> tuple[Standard, Audit]:
    """Read an audit file; raises `ValidationError` or `EnvironmentProblem`."""
    try:
        return decode(_read(path), shipped_standard)
    except FileProblem as error:
        if error.path:
            raise
        raise FileProblem(str(path), error.code, **error.params) from error


def write_audit(standard: Standard, audit: Audit, path: Path) -> None:
    """Write an audit file; raises `EnvironmentProblem` and leaves what was there before."""
    write_atomically(path, encode(audit, standard))


def write_report(standard: Standard, audit: Audit, language: str, path: Path) -> None:
    """Write the Excel report; raises `EnvironmentProblem` and leaves what was there before."""
    # Here, so that nothing waits for openpyxl until a report is made.
    from auditor_app.report.snapshot import snapshot
    from auditor_app.report.workbook import report_bytes

    check_target(path)
    write_atomically(path, report_bytes(snapshot(standard, audit, language, date.today())))


def _read(path: Path) -> bytes:
    if os.path.isdir(path):
        raise FileProblem(str(path), "is_a_folder")
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileProblem(str(path), "no_such_file") from error
    except OSError as error:
        raise EnvironmentProblem("cannot_read", path=path) from error
