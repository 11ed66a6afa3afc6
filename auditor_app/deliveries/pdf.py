"""The report as a PDF: snapshot, pictures and painting put together, for the window and the commands.

The `library` of a function is the folder of a library, where the content of evidence and its small pictures lie.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from auditor_app import files
from auditor_app.models.audit import Audit
from auditor_app.models.events import note
from auditor_app.models.progress import Progress, part_of, unwatched
from auditor_app.models.standard import Standard
from auditor_app.storage.atomic_file import check_target, write_atomically

# Qt, Excel and pictures are imported where they are needed, so that nothing else waits for them.

SUFFIX = ".pdf"
_PICTURES = 0.4
"""The share of the work that the pictures take."""


def write_pdf(
    standard: Standard,
    audit: Audit,
    language: str,
    path: Path,
    library: Path | None = None,
    progress: Progress = unwatched,
    *,
    with_locations: bool = False,
) -> None:
    """Write the report as a PDF, with what the Excel report says.

    A `QGuiApplication` must exist; the thread may be any. Where photos were taken is in it only `with_locations`.
    Raises `EnvironmentProblem`, or what ends the `progress`; what was there before is then untouched and nothing is
    left beside it.
    """
    from auditor_app.report_pdf.document import pdf_bytes

    check_target(path)
    made = files.report_snapshot(
        standard, audit, language, library, with_locations=with_locations, progress=part_of(progress, 0, _PICTURES)
    )
    write_atomically(path, pdf_bytes(made, part_of(progress, _PICTURES, 1)))
    note("report_written", kind="pdf", language=language)


def write_pdf_of_file(source: Path, language: str, path: Path) -> None:
    """Write the report of an audit file as a PDF, with the small pictures it brings; raises as the parts of it do.

    A `QGuiApplication` must exist.
    """
    from auditor_app.report_pdf.document import pdf_bytes

    made = files.report_snapshot_of_file(source, language)
    check_target(path)
    write_atomically(path, pdf_bytes(made))


@contextmanager
def fonts_at_hand() -> Iterator[None]:
    """Have Qt's fonts there while a command runs, without a screen; where there is a window, they are anyway."""
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.instance() is not None:
        yield
        return
    # On Windows only the usual platform knows the system's fonts, and it needs no screen.
    if sys.platform != "win32":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    try:
        yield
    finally:
        application.shutdown()


class Pdfs:
    """PDFs of one library, for the window."""

    def __init__(self, library: Path) -> None:
        self._library = library

    def write(
        self, standard: Standard, audit: Audit, language: str, path: Path, progress: Progress, *, with_locations: bool
    ) -> None:
        """Write the report as a PDF; raises as `write_pdf` does."""
        write_pdf(standard, audit, language, path, self._library, progress, with_locations=with_locations)
