"""The report as a file: which language, what is in it, where it goes, and how the writing goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QProgressBar, QWidget

from auditor_app.models.audit import Audit
from auditor_app.models.errors import AuditorError
from auditor_app.models.evidence import is_picture
from auditor_app.models.ids import AuditId
from auditor_app.models.progress import Progress
from auditor_app.models.scoring import score_parts
from auditor_app.session.jobs import Job
from auditor_app.ui.conclusion_box import ConclusionBox
from auditor_app.ui.context import Context
from auditor_app.ui.editing import ChoiceBox
from auditor_app.ui.logo_row import LogoRow
from auditor_app.ui.look import LANGUAGES
from auditor_app.ui.password_fields import PasswordFields
from auditor_app.ui.proof_desk import Signer
from auditor_app.ui.saving import ask_target, keep_folder, suggested_target
from auditor_app.ui.signing_dialog import SigningDialog, ask_signer, has_key
from auditor_app.ui.widgets import Card, button, label, restyle

WIDTH = 360
BOTH = "both"


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
        self._written: Path | None = None
        self._result = label("", "heading")
        self._level = label("", "soft", wrap=True)
        self._conclusion = ConclusionBox(context)
        self._draft = label(self.tr("The report will be marked as a draft."), "notice", True)
        self.language = ChoiceBox(None, LANGUAGES | {BOTH: self.tr("Chinese and English")})
        """The language of the report, or both."""
        self.language.setAccessibleName(self.tr("Language of the report"))
        self._logo = LogoRow(context)
        self._locations = QCheckBox(self.tr("Say where photos were taken"))
        self._locations.setToolTip(self.tr("Otherwise nothing in the report tells where a photo was taken."))
        self._sign = QCheckBox(self.tr("Sign with my key"))
        self._sign.setToolTip(
            self.tr("The certification body can then check that the report is yours; the first time a key is made.")
        )
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
        self._message = label("", "message", wrap=True)
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._open = button(self.tr("Open report"))
        self._folder = button(self.tr("Open folder"))
        self._lay_out()
        self._export.clicked.connect(self.export)
        self._cancel.clicked.connect(self._on_cancel)
        self._sign.clicked.connect(self._on_sign)
        self._logo.failed.connect(self._on_logo_failed)
        self._open.clicked.connect(self._open_report)
        self._folder.clicked.connect(self._open_folder)
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
        self._audit_id, self._written = audit_id, None
        if self._job is None:
            self._say("", "")

    def show_result(self) -> None:
        """Show score, level and conclusion as they are now."""
        result, words = self._context.session.result, self._context.words
        self._result.setText(" – ".join(score_parts(result)) or "–")
        levels = " / ".join(words.word(level) for level in result.reachable)
        self._level.setText(levels or self.tr("No score: every indicator is deleted"))
        self._draft.setVisible(self._conclusion.show_conclusion().draft)
        self._locations.setVisible(any(map(is_picture, self._context.session.audit.evidence)))

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
        signer = None
        if self._sign.isChecked():
            signer = ask_signer(self._context, self)
            if signer is None:
                return
        self._target, self._exported, self._written = target, session.audit, None
        # Owned by the session: a window in another look may take this one's place meanwhile.
        self._job = Job(self._work(target, password, signer), session)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._job.cancelled.connect(self._on_cancelled)
        self._job.progressed.connect(self._on_progress)
        self._show_working(True)
        self._say(self.tr("Writing the report …"), "rule")
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
        self.body.addWidget(self._draft)
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
        self.body.addWidget(self._message)
        after = QHBoxLayout()
        after.addWidget(self._open)
        after.addWidget(self._folder)
        after.addStretch()
        self.body.addLayout(after)
        provenance = self.tr(
            "Weights that the standard does not publish are default values. "
            "The report marks each of them, and so does the scoring sheet."
        )
        self.body.addWidget(label(provenance, "second", wrap=True))

    def _on_done(self) -> None:
        self._written = self._target
        self._finish(self.tr("The report is written: {0}").format(self._written), "ok")
        keep_folder(self._context.session, self._target.parent)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, AuditorError):
            self._finish(self.tr("The report could not be written; the audit is safe."), "error")
            raise error
        self._finish(self._context.words.error(error), "error")

    def _on_sign(self, is_wanted: bool) -> None:
        """Have a key made where there is none to sign with."""
        if is_wanted and not has_key(self._context):
            dialog = SigningDialog(self._context, self)
            dialog.exec()
            dialog.deleteLater()
            self._sign.setChecked(has_key(self._context))

    def _on_logo_failed(self, error: AuditorError) -> None:
        self._say(self._context.words.error(error), "error")

    def _on_cancel(self) -> None:
        if self._job is not None:
            self._cancel.setEnabled(False)
            self._job.cancel()

    def _on_cancelled(self) -> None:
        self._finish(self.tr("Cancelled; what was there before is untouched."), "rule")

    def _on_progress(self, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def _show_working(self, is_working: bool) -> None:
        self._progress.setRange(0, 0)
        self._progress.setVisible(is_working)
        self._cancel.setVisible(is_working)
        self._cancel.setEnabled(True)
        self._export.setEnabled(not is_working)

    def _finish(self, text: str, state: str) -> None:
        if self._job is not None:
            self._job.deleteLater()
        self._job = None
        self._show_working(False)
        self._say(self._of_which(text), state)
        self.busy.emit(False)

    def _of_which(self, text: str) -> str:
        """Return how an export ended, with the audit it was of unless that is the one shown."""
        audit = self._exported
        if audit is None or audit.id == self._context.session.audit.id:
            return text
        name = audit.info.number or audit.company.name or self.tr("Another audit")
        return self.tr("{0}: {1}").format(name, text)

    def _say(self, text: str, state: str) -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))
        restyle(self._message, state=state)
        for action in (self._open, self._folder):
            action.setVisible(state == "ok")

    def _open_report(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))

    def _open_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))
