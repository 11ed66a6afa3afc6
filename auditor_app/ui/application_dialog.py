"""The application form for the auditee, and the filled form taken in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from auditor_app.ui.context import Context
from auditor_app.ui.reply_out import WorkbookOut
from auditor_app.ui.taking_in import Intake


class ApplicationDialog(WorkbookOut):
    """Write the application workbook, empty or with what is known."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        self._filled = QCheckBox()
        super().__init__(context, (self._filled,), parent)
        self._filled.setText(self.tr("Write in what the profile and the checklist say already"))
        self.describe(
            self.tr("Application form"),
            self.tr(
                "Company profile, sites, subcontracting, previous certificate and the list of documents, to be filled "
                "in by the applicant. When it comes back, take it in from the same menu."
            ),
        )

    def name(self) -> str:
        return self.tr("Application")

    def writing(self, path: Path) -> Callable[[], tuple[str, ...]]:
        session, write = self._context.session, self._context.deliveries.replies.write_application
        return partial(write, session.standard, session.audit, path, filled=self._filled.isChecked())


class ApplicationIntake(Intake):
    """Take in an application workbook."""

    def run(self) -> None:
        """Ask for the workbook and show what it would change."""
        session, words = self._context.session, self._context.words
        read = self._context.deliveries.replies.read_application
        self.take_in(
            lambda path: read(session.standard, session.audit, words, path),
            self.tr("Take in an application"),
            self.tr("application of the auditee"),
        )
