"""The report as a PDF: in which language, what is in it, where it goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from auditor_app.models.progress import Progress
from auditor_app.session.jobs import Job
from auditor_app.ui.context import Context
from auditor_app.ui.outcome import Outcome
from auditor_app.ui.progress_dialog import ProgressDialog
from auditor_app.ui.report_options import LocationsBox, ReportLanguage
from auditor_app.ui.saving import ask_target, keep_folder, suggested_target
from auditor_app.ui.widgets import button, label

# Of what the dialog shows; its layout makes it as wide as that and its margins.
WIDTH = 440


class PdfDialog(QDialog):
    """Write the report of the open audit as a PDF, and say how that ended."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(self.tr("Export PDF report"))
        self._about = label(
            self.tr("Every sheet of the Excel report on A4 pages, as it is printed. No office program is needed."),
            "soft",
            wrap=True,
        )
        self.language = ReportLanguage(context)
        """The language of the report, or both."""
        self._locations = LocationsBox(context)
        self._outcome = Outcome(context.words, self, self.tr("Open report"))
        self._export = button(self.tr("Export PDF …"), "primary")
        self._close = button(self.tr("Close"))
        self._lay_out()
        self._locations.show_for_audit()
        self._export.setDefault(True)
        self._export.clicked.connect(self.export)
        self._close.clicked.connect(self.reject)

    def export(self) -> None:
        """Ask for a place and write the PDF there in the background, which can be cancelled."""
        session = self._context.session
        parts = (self.tr("Audit report"), session.audit.info.number, session.audit.company.name)
        suggested = suggested_target(session, parts, ".pdf")
        target = ask_target(self, self.tr("Export PDF report"), suggested, self.tr("PDF document (*.pdf)"))
        if target is None:
            return
        self._outcome.say("")
        doing = self.tr("Writing the report as a PDF …")
        if self._outcome.say_ending(ProgressDialog(self.windowTitle(), doing, self._job(target), self).run()):
            self._outcome.say(self.tr("The report is written: {0}").format(target), "ok", target)
            keep_folder(session, target.parent)

    def _job(self, target: Path) -> Job:
        """Return what writes the PDF as it is asked for now."""
        session, write = self._context.session, self._context.deliveries.pdf.write
        standard, audit, language = session.standard, session.audit, self.language.value
        located = self._locations.isChecked()

        def work(progress: Progress) -> None:
            write(standard, audit, language, target, progress, with_locations=located)

        return Job(work, session)

    def _lay_out(self) -> None:
        self._about.setFixedWidth(WIDTH)
        choice = QHBoxLayout()
        choice.addWidget(label(self.tr("Language of the report"), "label"))
        choice.addWidget(self.language, 1)
        row = self._outcome.row()
        row.addWidget(self._close)
        row.addWidget(self._export)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        # As high as what it shows, also when there is something to say.
        box.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        box.addWidget(self._about)
        box.addLayout(choice)
        box.addWidget(self._locations)
        box.addWidget(self._outcome.message)
        box.addSpacing(4)
        box.addLayout(row)
