"""The report as a PDF: in which language, what is in it, where it goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.models.evidence import is_picture
from auditor_app.models.progress import Progress
from auditor_app.session.jobs import Job
from auditor_app.ui.context import Context
from auditor_app.ui.editing import ChoiceBox
from auditor_app.ui.look import LANGUAGES
from auditor_app.ui.progress_dialog import Ending, ProgressDialog
from auditor_app.ui.saving import ask_target, keep_folder, suggested_target
from auditor_app.ui.widgets import button, label, restyle

BOTH = "both"
WIDTH = 480


class PdfDialog(QDialog):
    """Write the report of the open audit as a PDF, and say how that ended."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._written: Path | None = None
        self.setWindowTitle(self.tr("Export PDF report"))
        self._about = label(
            self.tr("Every sheet of the Excel report on A4 pages, as it is printed. No office program is needed."),
            "soft",
            wrap=True,
        )
        self.language = ChoiceBox(None, LANGUAGES | {BOTH: self.tr("Chinese and English")})
        """The language of the report, or both."""
        self.language.setAccessibleName(self.tr("Language of the report"))
        self._locations = QCheckBox(self.tr("Say where photos were taken"))
        self._locations.setToolTip(self.tr("Otherwise nothing in the report tells where a photo was taken."))
        self._locations.setVisible(any(map(is_picture, context.session.audit.evidence)))
        self._message = label("", "message", wrap=True)
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._open = button(self.tr("Open report"))
        self._folder = button(self.tr("Open folder"))
        self._export = button(self.tr("Export PDF …"), "primary")
        self._close = button(self.tr("Close"))
        self._lay_out()
        self._say("", "")
        self._export.clicked.connect(self.export)
        self._close.clicked.connect(self.reject)
        self._open.clicked.connect(self._open_report)
        self._folder.clicked.connect(self._open_folder)

    def export(self) -> None:
        """Ask for a place and write the PDF there in the background, which can be cancelled."""
        session = self._context.session
        parts = (self.tr("Audit report"), session.audit.info.number, session.audit.company.name)
        suggested = suggested_target(session, parts, ".pdf")
        target = ask_target(self, self.tr("Export PDF report"), suggested, self.tr("PDF document (*.pdf)"))
        if target is None:
            return
        self._say("", "")
        doing = self.tr("Writing the report as a PDF …")
        self._told(ProgressDialog(self.windowTitle(), doing, self._job(target), self).run(), target)

    def _job(self, target: Path) -> Job:
        """Return what writes the PDF as it is asked for now."""
        session, write = self._context.session, self._context.deliveries.pdf.write
        standard, audit, language = session.standard, session.audit, self.language.value
        located = self._locations.isChecked()

        def work(progress: Progress) -> None:
            write(standard, audit, language, target, progress, with_locations=located)

        return Job(work, session)

    def _told(self, ending: Ending, target: Path) -> None:
        if ending.error is not None:
            self._say(self._context.words.error(ending.error), "error")
        elif ending.is_cancelled:
            self._say(self.tr("Cancelled; what was there before is untouched."), "rule")
        else:
            self._written = target
            self._say(self.tr("The report is written: {0}").format(target), "ok")
            keep_folder(self._context.session, target.parent)

    def _say(self, text: str, state: str) -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))
        restyle(self._message, state=state)
        for action in (self._open, self._folder):
            action.setVisible(state == "ok")
        self.adjustSize()

    def _lay_out(self) -> None:
        self.setFixedWidth(WIDTH)
        choice = QHBoxLayout()
        choice.addWidget(label(self.tr("Language of the report"), "label"))
        choice.addWidget(self.language, 1)
        row = QHBoxLayout()
        for action in (self._open, self._folder):
            row.addWidget(action)
        row.addStretch()
        row.addWidget(self._close)
        row.addWidget(self._export)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(self._about)
        box.addLayout(choice)
        box.addWidget(self._locations)
        box.addWidget(self._message)
        box.addSpacing(4)
        box.addLayout(row)

    def _open_report(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))

    def _open_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))
