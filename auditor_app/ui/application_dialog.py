"""The application form for the auditee, and the filled form taken in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from auditor_app.ui.context import Context
from auditor_app.ui.reply_out import WorkbookOut
from auditor_app.ui.taking_in import Intake


class ApplicationDialog(WorkbookOut):
    """Write the application workbook, empty or with what is known."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        self._filled, self._is_filled = QCheckBox(), False
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

    def write_to(self, path: Path) -> tuple[str, ...]:
        session, replies = self._context.session, self._context.deliveries.replies
        return replies.write_application(session.standard, session.audit, path, filled=self._is_filled)

    def write(self) -> None:
        # Asked here: the workbook is written on another thread.
        self._is_filled = self._filled.isChecked()
        super().write()


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
