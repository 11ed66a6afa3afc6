"""What is still to do before the report, and the report itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.changes import ChangeSet
from auditor_app.models.errors import AuditorError
from auditor_app.models.evidence import is_picture
from auditor_app.models.findings import numbers
from auditor_app.models.ids import AuditId
from auditor_app.models.remarks import Remark
from auditor_app.models.scoring import score_parts
from auditor_app.session.jobs import Job
from auditor_app.ui.conclusion_box import ConclusionBox
from auditor_app.ui.context import Context
from auditor_app.ui.editing import ChoiceBox
from auditor_app.ui.look import LANGUAGES
from auditor_app.ui.profile_tab import PROFILE_KINDS
from auditor_app.ui.saving import ask_target, keep_folder, suggested_target
from auditor_app.ui.widgets import Card, button, label, named, restyle

SHOWN_AT_ONCE = 12


class ReportTab(QWidget):
    """List what is missing, each with a way there, and write the Excel report."""

    jump_requested = Signal(object)
    """A `Remark` whose field the person wants to see."""
    subject_requested = Signal(str, str)
    """The kind and the id of a row, named in the conclusion, that the person wants to see."""
    busy = Signal(bool)
    """Whether a report is being written."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stale = True
        self._audit_id = AuditId("")
        self._job: Job | None = None
        self._target = Path()
        self._exported: Audit | None = None
        self._written: Path | None = None
        self._ready = Card(self.tr("Before the report"))
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._summary = label("", "soft", wrap=True)
        self._result = label("", "heading")
        self._level = label("", "soft", wrap=True)
        self._conclusion = ConclusionBox(context)
        self._draft = label(self.tr("The report will be marked as a draft."), "notice", True)
        self._language = ChoiceBox(None, LANGUAGES)
        self._language.setAccessibleName(self.tr("Language of the report"))
        self._locations = QCheckBox(self.tr("Say where photos were taken"))
        self._locations.setToolTip(self.tr("Otherwise nothing in the report tells where a photo was taken."))
        self._export = button(self.tr("Export Excel report"), "primary")
        self._export.setIcon(context.theme.icon("file-spreadsheet", "on_accent"))
        self._message = label("", "message", wrap=True)
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._open = button(self.tr("Open report"))
        self._folder = button(self.tr("Open folder"))
        self._lay_out()
        self._export.clicked.connect(self.export)
        self._open.clicked.connect(self._open_report)
        self._folder.clicked.connect(self._open_folder)
        self._conclusion.subject_requested.connect(self.subject_requested)

    def reset(self) -> None:
        """Show the audit that is open now; a report that is being written still says how it ends."""
        audit_id = self._context.session.audit.id
        if audit_id != self._audit_id:
            # Asked for in one audit, it is not asked for in the next.
            self._locations.setChecked(False)
        self._audit_id, self._written = audit_id, None
        if self._job is None:
            self._say("", "")
        self._mark_stale()

    def on_changed(self, _change_set: ChangeSet) -> None:
        """Remember that something changed; the lists are made anew when somebody looks."""
        self._mark_stale()

    def export(self) -> None:
        """Ask for a place and write the report there, in the background."""
        if self._job is not None:
            return
        session = self._context.session
        session.flush()
        parts = (self.tr("Audit report"), session.audit.info.number, session.audit.company.name)
        suggested = suggested_target(session, parts, ".xlsx")
        target = ask_target(self, self.tr("Export Excel report"), suggested, self.tr("Excel workbook (*.xlsx)"))
        if target is None:
            return
        write = partial(
            self._context.files.write_report,
            session.standard,
            session.audit,
            self._language.value,
            target,
            with_locations=self._locations.isChecked(),
        )
        self._target, self._exported, self._written = target, session.audit, None
        # Owned by the session: a window in another look may take this one's place meanwhile.
        self._job = Job(lambda _progress: write(), session)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._export.setEnabled(False)
        self._say(self.tr("Writing the report …"), "rule")
        self.busy.emit(True)
        self._job.start()

    def _lay_out(self) -> None:
        self._ready.body.addWidget(self._summary)
        self._ready.body.addLayout(self._list)
        report = Card(self.tr("Excel report"))
        report.body.addWidget(self._result)
        report.body.addWidget(self._level)
        report.body.addWidget(self._conclusion)
        report.body.addWidget(self._draft)
        row = QHBoxLayout()
        row.addWidget(label(self.tr("Language of the report"), "label"))
        row.addWidget(self._language, 1)
        report.body.addLayout(row)
        report.body.addWidget(self._locations)
        report.body.addWidget(self._export)
        report.body.addWidget(self._message)
        after = QHBoxLayout()
        after.addWidget(self._open)
        after.addWidget(self._folder)
        after.addStretch()
        report.body.addLayout(after)
        provenance = self.tr(
            "Weights that the standard does not publish are default values. "
            "The report marks each of them, and so does the scoring sheet."
        )
        report.body.addWidget(label(provenance, "second", wrap=True))
        report.setFixedWidth(360)
        page = named("page")
        columns = QHBoxLayout(page)
        columns.setContentsMargins(16, 14, 16, 24)
        columns.setSpacing(12)
        self._ready.setMaximumWidth(760)
        columns.addWidget(self._ready, 1, Qt.AlignmentFlag.AlignTop)
        columns.addWidget(report, 0, Qt.AlignmentFlag.AlignTop)
        columns.addStretch()
        area = QScrollArea(widgetResizable=True)
        area.setWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(area)

    def _mark_stale(self) -> None:
        self._stale = True
        if self.isVisible():
            self._show_all()

    def _show_all(self) -> None:
        self._stale = False
        result, words = self._context.session.result, self._context.words
        self._result.setText(" – ".join(score_parts(result)) or "–")
        levels = " / ".join(words.word(level) for level in result.reachable)
        self._level.setText(levels or self.tr("No score: every indicator is deleted"))
        self._draft.setVisible(self._conclusion.show_conclusion().draft)
        self._locations.setVisible(any(map(is_picture, self._context.session.audit.evidence)))
        self._show_remarks(self._context.session.remarks)

    def _show_remarks(self, found: tuple[Remark, ...]) -> None:
        while self._list.count():
            item = self._list.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self._summary.setText(
            self.tr("To look at: {0}. None of them stops the report.").format(len(found))
            if found
            else self.tr("Nothing is missing. The report can be exported.")
        )
        for title, group in self._groups(found):
            heading = label(f"{title}  {len(group)}", "section")
            heading.setContentsMargins(0, 8, 0, 2)
            self._list.addWidget(heading)
            for remark in group[:SHOWN_AT_ONCE]:
                self._list.addWidget(self._line(remark))
            if len(group) > SHOWN_AT_ONCE:
                rest = self.tr("and {0} more").format(len(group) - SHOWN_AT_ONCE)
                self._list.addWidget(label(rest, "second"))

    def _groups(self, found: tuple[Remark, ...]) -> list[tuple[str, list[Remark]]]:
        titles = {
            self.tr("Company profile"): PROFILE_KINDS,
            self.tr("Document checklist"): (Kind.DOCUMENT,),
            self.tr("Scoring sheet"): (Kind.ASSESSMENT, Kind.SPECIAL_DEDUCTION, Kind.BONUS),
            self.tr("Findings and actions"): (Kind.FINDING,),
        }
        groups = ((title, [remark for remark in found if remark.kind in kinds]) for title, kinds in titles.items())
        return [(title, group) for title, group in groups if group]

    def _line(self, remark: Remark) -> QWidget:
        line = button(self._text(remark).replace("&", "&&"), "link")
        line.clicked.connect(partial(self.jump_requested.emit, remark))
        return line

    def _text(self, remark: Remark) -> str:
        words = self._context.words
        if remark.kind is Kind.SPECIAL_DEDUCTION:
            return self._about_deduction(remark)
        text = words.text(remark.section, remark.code, **remark.params)
        place, colon = self._place(remark), self.tr(": ")
        return f"{place}{colon}{text}" if place else text

    def _about_deduction(self, remark: Remark) -> str:
        number = list(self._context.session.audit.of(Kind.SPECIAL_DEDUCTION)).index(remark.row_id) + 1
        if remark.code == "deduction_without_facts":
            return self.tr("Special deduction {0}: no facts given").format(number)
        return self.tr("Special deduction {0}: must be rectified, no finding is made of it yet").format(number)

    def _place(self, remark: Remark) -> str:
        words, session = self._context.words, self._context.session
        row = session.audit.of(remark.kind).get(remark.row_id)
        match remark.kind:
            case Kind.ELIGIBILITY:
                return words.text("eligibility", remark.field)
            case Kind.DOCUMENT:
                title = session.standard.documents_by_id[remark.row_id].title.in_(words.language)
                return f"{remark.row_id} {title}"
            case Kind.FINDING if row is not None:
                number = numbers(session.audit)[remark.row_id]
                name = (
                    self.tr("Finding {0} ({1})").format(number, row.clause)
                    if row.clause
                    else self.tr("Finding {0}").format(number)
                )
            case Kind.SITE if row is not None:
                name = f"{row.id} {row.name}".strip()
            case Kind.TEAM if row is not None:
                name = row.name
            case _:
                name = ""
        key = f"{remark.kind}.{remark.field}"
        field = words.text("field", key) if remark.field and remark.kind is not Kind.ASSESSMENT else ""
        return " ".join(part for part in (name, field) if part)

    def _on_done(self) -> None:
        self._written = self._target
        self._finish(self.tr("The report is written: {0}").format(self._written), "ok")
        keep_folder(self._context.session, self._target.parent)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, AuditorError):
            self._finish(self.tr("The report could not be written; the audit is safe."), "error")
            raise error
        self._finish(self._context.words.error(error), "error")

    def _finish(self, text: str, state: str) -> None:
        if self._job is not None:
            self._job.deleteLater()
        self._job = None
        self._export.setEnabled(True)
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

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self._context.session.is_open:
            self._show_all()
