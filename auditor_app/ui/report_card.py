"""The report as a file: which language, what is in it, where it goes, and how the writing goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from auditor_app.models.audit import Audit
from auditor_app.models.errors import AuditorError
from auditor_app.models.ids import AuditId
from auditor_app.models.progress import Cancelled, Progress
from auditor_app.models.scoring import score_parts
from auditor_app.session.jobs import Job
from auditor_app.ui.conclusion_box import ConclusionBox
from auditor_app.ui.context import Context
from auditor_app.ui.logo_row import LogoRow
from auditor_app.ui.outcome import Outcome
from auditor_app.ui.password_fields import PasswordFields
from auditor_app.ui.proof_desk import Signer
from auditor_app.ui.report_options import LocationsBox, ReportLanguage, SignBox
from auditor_app.ui.saving import ask_target, keep_folder, suggested_target
from auditor_app.ui.widgets import Card, button, label

WIDTH = 360


class ReportCard(Card):
    """Show the result, and write the Excel report in the background."""

    subject_requested = Signal(str, str)
    """The kind and the id of a row, named in the conclusion, that the person wants to see."""
    busy = Signal(bool)
    """Whether a report is being written."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._title.setText(self.tr("Excel report"))
        self._context = context
        self._audit_id = AuditId("")
        self._job: Job | None = None
        self._target = Path()
        self._exported: Audit | None = None
        self._result = label("", "heading")
        self._level = label("", "soft", wrap=True)
        self._conclusion = ConclusionBox(context)
        self._mark = label("", "notice", True)
        self.language = ReportLanguage(context)
        """The language of the report, or both."""
        self._logo = LogoRow(context)
        self._locations = LocationsBox(context)
        self._sign = SignBox(context)
        self._password = PasswordFields(
            context.words,
            context.deliveries.packages.check_password,
            self.tr(
                "The workbook opens with this password only, in Excel, WPS and LibreOffice. It protects what is in it "
                "on its way; who knows the password can change it. A forgotten password cannot be found again, but the "
                "report can be exported anew."
            ),
        )
        self._export = button(self.tr("Export Excel report"), "primary")
        self._export.setIcon(context.theme.icon("file-spreadsheet", "on_accent"))
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(6)
        self._cancel = button(self.tr("Cancel"), "link")
        self._outcome = Outcome(context.words, self, self.tr("Open report"))
        self._lay_out()
        self._export.clicked.connect(self.export)
        self._cancel.clicked.connect(self._on_cancel)
        self._logo.failed.connect(self._on_logo_failed)
        self._conclusion.subject_requested.connect(self.subject_requested)
        self._show_working(False)

    @property
    def is_busy(self) -> bool:
        """Say whether a report is being written."""
        return self._job is not None

    def reset(self) -> None:
        """Be about the audit that is open now; a report that is being written still says how it ends."""
        audit_id = self._context.session.audit.id
        if audit_id != self._audit_id:
            # Asked for in one audit, it is not asked for in the next.
            self._locations.setChecked(False)
            self._password.box.setChecked(False)
        self._audit_id = audit_id
        if self._job is None:
            self._outcome.say("")

    def show_result(self) -> None:
        """Show score, level and conclusion as they are now."""
        result, words = self._context.session.result, self._context.words
        self._result.setText(" – ".join(score_parts(result)) or "–")
        levels = " / ".join(words.word(level) for level in result.reachable)
        self._level.setText(levels or self.tr("No score: every indicator is deleted"))
        self._show_mark(is_draft=self._conclusion.show_conclusion().draft)
        self._locations.show_for_audit()

    def _show_mark(self, *, is_draft: bool) -> None:
        """Say how every page will be marked of a report that is not the final one."""
        text = (
            self.tr("The report will be marked as a draft.")
            if is_draft
            else self.tr("The audit is not finalised, and the report will say so.")
        )
        self._mark.setText(text)
        self._mark.setVisible(is_draft or not self._context.session.is_finalised)

    def export(self) -> None:
        """Ask for a place and write the report there, in the background."""
        if self._job is not None:
            return
        session = self._context.session
        session.flush()
        password = self._password.taken()
        if password is None:
            return
        parts = (self.tr("Audit report"), session.audit.info.number, session.audit.company.name)
        suggested = suggested_target(session, parts, ".xlsx")
        target = ask_target(self, self.tr("Export Excel report"), suggested, self.tr("Excel workbook (*.xlsx)"))
        if target is None:
            return
        try:
            signer = self._sign.signer()
        except Cancelled:
            return
        self._target, self._exported = target, session.audit
        # Owned by the session: a window in another look may take this one's place meanwhile.
        self._job = Job(self._work(target, password, signer), session)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._job.cancelled.connect(self._on_cancelled)
        self._job.progressed.connect(self._on_progress)
        self._show_working(True)
        self._outcome.say(self.tr("Writing the report …"), "rule")
        self.busy.emit(True)
        self._job.start()

    def _work(self, target: Path, password: str, signer: Signer | None) -> Callable[[Progress], None]:
        """Return what writes the report as it is asked for now."""
        session, write = self._context.session, self._context.files.write_report
        standard, audit, language = session.standard, session.audit, self.language.value
        located = self._locations.isChecked()

        def work(progress: Progress) -> None:
            write(
                standard,
                audit,
                language,
                target,
                with_locations=located,
                progress=progress,
                signer=signer,
                password=password,
            )

        return work

    def _lay_out(self) -> None:
        self.setFixedWidth(WIDTH)
        self.body.addWidget(self._result)
        self.body.addWidget(self._level)
        self.body.addWidget(self._conclusion)
        self.body.addWidget(self._mark)
        row = QHBoxLayout()
        row.addWidget(label(self.tr("Language of the report"), "label"))
        row.addWidget(self.language, 1)
        self.body.addLayout(row)
        self.body.addWidget(self._logo)
        self.body.addWidget(self._locations)
        self.body.addWidget(self._sign)
        self.body.addWidget(self._password)
        self.body.addWidget(self._export)
        working = QHBoxLayout()
        working.addWidget(self._progress, 1)
        working.addWidget(self._cancel)
        self.body.addLayout(working)
        self.body.addWidget(self._outcome.message)
        self.body.addLayout(self._outcome.row())
        provenance = self.tr(
            "Weights that the standard does not publish are default values. "
            "The report marks each of them, and so does the scoring sheet."
        )
        self.body.addWidget(label(provenance, "second", wrap=True))

    def _on_done(self) -> None:
        self._finish(self.tr("The report is written: {0}").format(self._target), "ok", self._target)
        keep_folder(self._context.session, self._target.parent)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, AuditorError):
            self._finish(self.tr("The report could not be written; the audit is safe."), "error")
            raise error
        self._finish(self._context.words.error(error), "error")

    def _on_logo_failed(self, error: AuditorError) -> None:
        self._outcome.say(self._context.words.error(error), "error")

    def _on_cancel(self) -> None:
        if self._job is not None:
            self._cancel.setEnabled(False)
            self._job.cancel()

    def _on_cancelled(self) -> None:
        self._finish(self._outcome.of_cancelled(), "rule")

    def _on_progress(self, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def _show_working(self, is_working: bool) -> None:
        self._progress.setRange(0, 0)
        self._progress.setVisible(is_working)
        self._cancel.setVisible(is_working)
        self._cancel.setEnabled(True)
        self._export.setEnabled(not is_working)

    def _finish(self, text: str, state: str, written: Path | None = None) -> None:
        if self._job is not None:
            self._job.deleteLater()
        self._job = None
        self._show_working(False)
        self._outcome.say(self._of_which(text), state, written)
        self.busy.emit(False)

    def _of_which(self, text: str) -> str:
        """Return how an export ended, with the audit it was of unless that is the one shown."""
        audit = self._exported
        if audit is None or audit.id == self._context.session.audit.id:
            return text
        name = audit.info.number or audit.company.name or self.tr("Another audit")
        return self.tr("{0}: {1}").format(name, text)
