"""Findings and corrective actions: what was found, what is done about it, what follows for the conclusion."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from auditor_app.models.audit import Kind
from auditor_app.models.changes import WHOLE_ROW, ChangeSet
from auditor_app.models.entities import Evidence, Finding
from auditor_app.models.enums import EvidenceSubject, Grade
from auditor_app.models.evidence import evidence_on, removal
from auditor_app.models.findings import (
    evidence_for_indicator,
    evidence_for_sample,
    finder,
    finding_from_deduction,
    finding_from_indicator,
    finding_from_sample,
    findings_of,
    numbers,
    with_new_finding,
)
from auditor_app.models.followup import findings_by_deduction, is_open
from auditor_app.models.ids import RowId, new_id
from auditor_app.ui.auditor import auditor_name
from auditor_app.ui.conclusion_box import ConclusionBox
from auditor_app.ui.context import Context
from auditor_app.ui.empty_note import EmptyNote
from auditor_app.ui.finding_filters import FindingFilters
from auditor_app.ui.finding_panel import GRADE_ACTIONS, FindingPanel
from auditor_app.ui.findings_view import FindingsView
from auditor_app.ui.key_hints import KeyHints
from auditor_app.ui.offers_strip import OffersStrip
from auditor_app.ui.sheet_page import back_to_sheet, hint_page, lay_out_sheet, scrolled
from auditor_app.ui.tables.finding_table import FindingTable
from auditor_app.ui.widgets import button, named

# The table has two thirds of the height until somebody drags the line between them.
VIEW_SHARE, FOOT_SHARE = 2, 1
FOOT_LEAST = 96


class FindingsTab(QWidget):
    """Enter findings, follow their corrective actions and see what they mean for the conclusion."""

    message = Signal(str)
    jump_requested = Signal(str)
    """The clause that the person wants to see in the scoring sheet."""
    subject_requested = Signal(str, str)
    """The kind and the id of a row, named in the conclusion, that the person wants to see."""
    reply_requested = Signal()
    """The workbook for the auditee is wanted."""
    answer_requested = Signal()
    """The workbook of the auditee came back."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stale = True
        self._model = FindingTable(context, self)
        self.view = FindingsView(context, self._model)
        self.view.setAccessibleName(self.tr("Findings"))
        self._filters = FindingFilters(context)
        self._panel = FindingPanel(context)
        self._panels = QStackedWidget()
        self._offers = OffersStrip(context)
        self._conclusion = ConclusionBox(context)
        self._add = button(self.tr("Add finding"))
        self._add.setIcon(context.theme.icon("plus"))
        self._send = button(self.tr("Reply workbook …"))
        self._send.setIcon(context.theme.icon("file-spreadsheet"))
        self._send.setToolTip(self.tr("Write the findings into a workbook for the auditee to answer"))
        self._take = button(self.tr("Take in reply …"))
        self._take.setToolTip(self.tr("Take in the workbook that the auditee filled in"))
        self._add_first = button(self.tr("Add finding"), "primary")
        self._show_every = button(self.tr("Show all"))
        self._empty = EmptyNote(self.view, self._add_first, self._show_every)
        self._lay_out()
        self._connect()

    def reset(self) -> None:
        """Show the audit that is open now."""
        findings = self._context.session.audit.of(Kind.FINDING)
        with self.view.in_place() as kept:
            self._panel.reset()
            self._model.reset()
            self._filters.show_all()
            self._filters.refresh()
            self._show_replies()
            self._apply_filter()
            self.view.go_to(kept if kept in findings else next(iter(findings), ""))
        self._show_panel()
        self._mark_stale()

    def on_changed(self, change_set: ChangeSet) -> None:
        """Patch the rows and the panel that a change set touched."""
        place = self.view.currentIndex().row()
        self._model.on_changed(change_set)
        if change_set.touches(Kind.FINDING):
            self._filters.refresh()
            self._show_replies()
            self._follow(change_set, place)
        self._panel.on_changed(change_set)
        self._mark_stale()

    def go_to(self, row_id: str, path: str = "") -> None:
        """Select a finding and give the keyboard to the table, or to a field of the finding."""
        if row_id not in self._filters.shown:
            self._filters.show_all()
            self._apply_filter()
        self.view.go_to(row_id)
        self.view.setFocus()
        if path:
            self._panel.edit(path)

    def add(self) -> None:
        """Enter an empty finding and put the cursor into its clause."""
        self._context.session.flush()
        finding = Finding(Grade.MINOR, found_by=self._finder(""), found_on=date.today())
        self._enter(finding, (), "clause")

    def add_from_indicator(self, clause: str) -> None:
        """Make a finding of an indicator, or go to the one it has."""
        self._context.session.flush()
        audit, words = self._context.session.audit, self._context.words
        if self._has_one(clause):
            return
        finding = finding_from_indicator(words, audit, clause, self._finder(clause), date.today())
        self._enter(finding, evidence_for_indicator(audit, clause))

    def add_from_sample(self, row_id: str) -> None:
        """Make a finding of a listed sample, or go to the one its indicator has."""
        self._context.session.flush()
        audit, words = self._context.session.audit, self._context.words
        clause = audit.of(Kind.SAMPLE)[RowId(row_id)].clause
        if self._has_one(clause):
            return
        finding = finding_from_sample(words, audit, RowId(row_id), self._finder(clause), date.today())
        self._enter(finding, evidence_for_sample(audit, RowId(row_id)))

    def add_from_deduction(self, row_id: str) -> None:
        """Make a finding of a special deduction, or go to the one that answers it."""
        self._context.session.flush()
        audit = self._context.session.audit
        answer = findings_by_deduction(audit)[RowId(row_id)]
        if answer is not None:
            self.go_to(answer, "facts")
            self.message.emit(self.tr("The special deduction has its finding already; here it is."))
            return
        clause = audit.of(Kind.SPECIAL_DEDUCTION)[RowId(row_id)].clause
        self._enter(finding_from_deduction(audit, RowId(row_id), self._finder(clause), date.today()), ())

    def add_from(self, kind: str, row_id: str) -> None:
        """Make a finding of an indicator, a listed sample or a special deduction."""
        match kind:
            case Kind.SPECIAL_DEDUCTION:
                self.add_from_deduction(row_id)
            case EvidenceSubject.SAMPLE:
                self.add_from_sample(row_id)
            case _:
                self.add_from_indicator(row_id)

    def remove(self) -> None:
        """Remove the selected finding with the evidence on it."""
        session, key = self._context.session, RowId(self.view.current_key())
        if not key:
            return
        session.flush()
        number = numbers(session.audit)[key]
        files = len(evidence_on(session.audit, EvidenceSubject.FINDING, key))
        changes = removal(session.audit, Kind.FINDING, key)
        session.submit(changes, self.tr("removal of finding {0}").format(number))
        if key not in session.audit.of(Kind.FINDING):
            with_files = self.tr("Finding {0} and its {1} photos and files are removed. Undo brings them back.")
            text = with_files if files else self.tr("Finding {0} is removed. Undo brings it back.")
            self.message.emit(text.format(number, files))
        self.view.setFocus()

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.addWidget(self._filters, 1)
        for action in (self._send, self._take, self._add):
            tools.addWidget(action)
        sheet = QSplitter(Qt.Orientation.Vertical)
        sheet.setObjectName("findingsSheet")
        sheet.setChildrenCollapsible(False)
        for part, share in ((self.view, VIEW_SHARE), (self._foot(), FOOT_SHARE)):
            sheet.addWidget(part)
            sheet.setStretchFactor(sheet.count() - 1, share)
        sheet.setSizes([VIEW_SHARE * 100, FOOT_SHARE * 100])
        hint = self.tr("Select a finding to follow its corrective action.")
        self._panels.addWidget(hint_page(hint))
        self._panels.addWidget(scrolled(self._panel))
        below = QHBoxLayout()
        below.addStretch()
        below.addWidget(KeyHints(self._context.keys, self._hints()))
        lay_out_sheet(self, tools, sheet, self._panels, below)

    def _foot(self) -> QWidget:
        """Return what lies below the table: what has no finding yet, and the conclusion."""
        foot = named("findingsFoot")
        foot.setMinimumHeight(FOOT_LEAST)
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(16)
        row.addWidget(self._offers, 1)
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 4, 0)
        box.addWidget(self._conclusion, alignment=Qt.AlignmentFlag.AlignTop)
        area = scrolled(page)
        row.addWidget(area, 1)
        return foot

    def _hints(self) -> dict[str, str]:
        words = {action: self._context.words.word(grade) for action, grade in GRADE_ACTIONS.items()}
        return words | {
            "facts": self.tr("facts"),
            "evidence": self.tr("evidence"),
            "add": self.tr("add"),
            "remove": self.tr("remove"),
        }

    def _connect(self) -> None:
        self.view.asked.connect(self._do)
        self.view.row_changed.connect(self._on_row_changed)
        self.view.doubleClicked.connect(self._on_double_clicked)
        self._filters.picked.connect(self._on_filter)
        self._add.clicked.connect(self.add)
        self._add_first.clicked.connect(self.add)
        self._send.clicked.connect(self.reply_requested)
        self._take.clicked.connect(self.answer_requested)
        self._show_every.clicked.connect(self._see_all)
        self._panel.jump_requested.connect(self.jump_requested)
        self._panel.remove_requested.connect(self.remove)
        self._panel.evidence.message.connect(self.message)
        self._panel.evidence.left.connect(self.view.setFocus)
        self.view.paste_requested.connect(self._paste)
        self._offers.requested.connect(self.add_from)
        self._conclusion.subject_requested.connect(self.subject_requested)
        self._model.refused.connect(self.message)
        self._context.keys.changed.connect(self._show_empty)
        back_to_sheet(self, self.view)
        self.setFocusProxy(self.view)

    def _paste(self) -> None:
        if self.view.current_key():
            self._panel.evidence.view.paste()

    def _finder(self, clause: str) -> str:
        """Return who sits here, else who the team table says looks at a clause."""
        return auditor_name(self._context.session) or finder(self._context.session.audit, clause)

    def _enter(self, finding: Finding, evidence: tuple[Evidence, ...], path: str = "facts") -> None:
        """Store a new finding, select it and put the cursor into a field of it."""
        session, row_id = self._context.session, RowId(new_id())
        changes = with_new_finding(row_id, finding, evidence)
        session.submit(changes, self.tr("finding on {0}").format(finding.clause or self.tr("no clause yet")))
        number = numbers(session.audit).get(row_id)
        if number is not None:
            self.go_to(row_id, path)
            self.message.emit(self.tr("Finding {0} is made. Undo takes it back.").format(number))

    def _has_one(self, clause: str) -> bool:
        """Go to the finding that a clause has, an open one first, and say so; say whether there is one."""
        found = findings_of(self._context.session.audit, clause)
        if not found:
            return False
        row_id = min(found, key=lambda each: not is_open(found[each]))
        self.go_to(row_id, "facts")
        text = self.tr("{0} has finding {1} already; here it is. “Add finding” makes another one.")
        self.message.emit(text.format(clause, numbers(self._context.session.audit)[row_id]))
        return True

    def _do(self, action: str) -> None:
        key = self.view.current_key()
        if action == "add":
            self.add()
        elif not key:
            return
        elif action in GRADE_ACTIONS:
            self._context.session.flush()
            self._panel.set_grade(GRADE_ACTIONS[action])
        elif action == "facts":
            self._panel.edit("facts")
        elif action == "remove":
            self.remove()
        elif action == "evidence":
            self._panel.evidence.start()

    def _follow(self, change_set: ChangeSet, place: int) -> None:
        """Select the finding that came, or the neighbour of the one that went."""
        whole = [c for c in change_set.changes if c.kind is Kind.FINDING and c.field == WHOLE_ROW]
        came = [change.id for change in whole if change.after is not None]
        if not whole:
            return
        if came and came[-1] not in self._filters.shown:
            self._filters.show_all()
        self._apply_filter()
        if came:
            self.view.go_to(came[-1])
        elif not self.view.current_key() or self.view.isRowHidden(self.view.currentIndex().row(), QModelIndex()):
            self._select_near(place)
        self._show_panel()

    def _select_near(self, place: int) -> None:
        keys = [key for key in self._model.shown_keys() if key in self._filters.shown]
        if keys:
            self.view.go_to(keys[min(max(place, 0), len(keys) - 1)])

    def _apply_filter(self) -> None:
        shown = self._filters.shown
        self.view.show_only(shown)
        if shown and self.view.current_key() not in shown:
            self._select_near(0)
        self._show_empty()

    def _on_filter(self) -> None:
        self._context.session.flush()
        self._apply_filter()
        # Whoever walks along the filters by keys goes on doing so.
        if not self._filters.has_keyboard:
            self.view.setFocus()

    def _show_replies(self) -> None:
        """Offer the workbooks for the auditee once there is something to answer."""
        for action in (self._send, self._take):
            action.setVisible(bool(self._context.session.audit.findings))

    def _see_all(self) -> None:
        self._filters.show_all()
        self._on_filter()

    def _show_empty(self) -> None:
        if not self._context.session.is_open or self._filters.shown:
            self._empty.say("")
        elif self._context.session.audit.findings:
            self._empty.say(self.tr("No finding is like that"), action=self._show_every)
        else:
            words = self.tr(
                "Select an indicator in the scoring sheet and press {0}, or add one here. "
                "What lost points is offered below."
            )
            text = words.format(self._context.keys.text("finding"))
            self._empty.say(self.tr("No findings yet"), text, self._add_first)

    def _on_row_changed(self, _current: QModelIndex) -> None:
        self._show_panel()

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self._panel.edit("facts")

    def _show_panel(self) -> None:
        key, focus = self.view.current_key(), QApplication.focusWidget()
        if key != self._panel.row_id and focus is not None and self._panels.isAncestorOf(focus):
            # The finding went while the cursor was in it; what is typed next is not about another one.
            self.view.setFocus()
        if key:
            self._panel.show_finding(RowId(key))
        self._panels.setCurrentIndex(1 if key else 0)

    def _mark_stale(self) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh_foot()

    def _refresh_foot(self) -> None:
        self._stale = False
        self._offers.refresh()
        self._offers.setVisible(not self._offers.is_empty)
        self._conclusion.show_conclusion()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self._context.session.is_open:
            self._refresh_foot()
