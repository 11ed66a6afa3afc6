"""Everything about the selected finding: grade, clause, facts, corrective action, verification, evidence."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.models.audit import Kind
from auditor_app.models.changes import Change, ChangeSet, edit
from auditor_app.models.entities import Finding
from auditor_app.models.enums import ActionResult, EvidenceSubject, Grade
from auditor_app.models.findings import numbers, with_result
from auditor_app.models.followup import findings_by_deduction, state_of
from auditor_app.models.ids import RowId
from auditor_app.ui.completing import ClauseField, NameField
from auditor_app.ui.context import Context
from auditor_app.ui.editing import DATE, TEXT
from auditor_app.ui.evidence_strip import EvidenceStrip
from auditor_app.ui.fields import ChoiceField, Field, FieldSet, LineField, TextField
from auditor_app.ui.finding_pills import GRADE_MEANINGS, state_pill
from auditor_app.ui.pill_label import PillLabel
from auditor_app.ui.segments import Segments
from auditor_app.ui.sheet_page import bring_into_view, to_top
from auditor_app.ui.widgets import button, label

GRADE_ACTIONS = {"major": Grade.MAJOR, "minor": Grade.MINOR, "observation": Grade.OBSERVATION}
"""The grades by the actions of the keymap, in the order in which they are offered."""
_RESULTS = {result.value: result for result in ActionResult}
_RESULT_MEANINGS = {ActionResult.OPEN: "sampled", ActionResult.ACCEPTED: "met", ActionResult.REJECTED: "not_met"}
LABEL_WIDTH = 72


class _Results(Segments):
    """The result of a verification, which no key sets: it is told by hand, once."""

    def show_keys(self, keys: object) -> None:
        return


class FindingPanel(QWidget):
    """Show and edit one finding."""

    jump_requested = Signal(str)
    """The clause that the person wants to see in the scoring sheet."""
    remove_requested = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._row_id = RowId("")
        self._title = label("", "title")
        self._state = PillLabel()
        self._answers = label("", "soft", wrap=True)
        self._grade = Segments(context.words, self._grade_keys(), GRADE_MEANINGS)
        self._result = _Results(context.words, _RESULTS, _RESULT_MEANINGS)
        self._jump = button(self.tr("Show in the scoring sheet"), "link")
        self._remove = button(self.tr("Remove finding"))
        self._remove.setIcon(context.theme.icon("trash-2"))
        self._clause = ClauseField(context, Kind.FINDING, "clause", self.tr("Clause"))
        self._site = ChoiceField(context, Kind.FINDING, "site", self.tr("Site"), {"": ""})
        self._site.shrink()
        self._names = [self._name("found_by", self.tr("Found by"))]
        self._names.append(self._name("action.verified_by", self.tr("Verified by")))
        self._found_on = self._line("found_on", self.tr("Found on"))
        self._facts = self._text("facts", self.tr("Facts"), 5)
        self._action: list[Field] = [
            self._text("action.correction", self.tr("Correction"), 2),
            self._text("action.cause", self.tr("Root cause"), 2),
            self._text("action.measure", self.tr("Corrective action"), 3),
        ]
        self._owner = LineField(context, Kind.FINDING, "action.owner", self.tr("Owner"), TEXT)
        self._due = self._line("action.due", self.tr("Due"))
        self._verified_on = self._line("action.verified_on", self.tr("Verified on"))
        self._fields = FieldSet(
            [
                *(self._clause, self._site, *self._names, self._found_on, self._facts, *self._action),
                *(self._owner, self._due, self._verified_on),
            ]
        )
        self.evidence = EvidenceStrip(context)
        self._lay_out()
        self._connect()

    @property
    def row_id(self) -> RowId:
        """Return which finding is shown, empty for none."""
        return self._row_id

    def show_finding(self, row_id: RowId) -> None:
        """Show another finding."""
        is_other, self._row_id = row_id != self._row_id, row_id
        if is_other:
            self._fields.bind({Kind.FINDING: row_id})
            self.evidence.show_subject(EvidenceSubject.FINDING, row_id)
            to_top(self)
        self._refresh()

    def reset(self) -> None:
        """Offer the clauses, sites and names of the audit that is open now, and show no finding of another."""
        self._row_id = RowId("")
        self._clause.offer_clauses()
        self._offer_sites()
        self._offer_names()

    def on_changed(self, change_set: ChangeSet) -> None:
        """Show what changed about the finding."""
        if change_set.touches(Kind.SITE):
            self._offer_sites()
        if change_set.touches(Kind.TEAM):
            self._offer_names()
        # A special deduction too: the finding may answer it. Nothing else shows here.
        is_mine = change_set.touches(Kind.FINDING, Kind.EVIDENCE, Kind.SPECIAL_DEDUCTION)
        if is_mine and self._row_id in self._context.session.audit.of(Kind.FINDING):
            self._fields.refresh(change_set)
            self.evidence.on_changed(change_set)
            self._refresh()

    def set_grade(self, grade: Grade) -> None:
        """Give the finding a grade."""
        audit = self._context.session.audit
        self._submit(edit(audit, Kind.FINDING, self._row_id, {"grade": grade}), self.tr("grade of finding {0}"))

    def set_result(self, result: ActionResult) -> None:
        """Give the corrective action a result; day and name of the verification are filled in."""
        self._context.session.flush()
        audit = self._context.session.audit
        self._submit(with_result(audit, self._row_id, result, date.today()), self.tr("result of finding {0}"))

    def edit(self, path: str) -> None:
        """Put the cursor into a field."""
        field = self._fields.find(Kind.FINDING, path)
        if field is not None:
            field.focus_target().setFocus()
            bring_into_view(field)

    def _submit(self, changes: tuple[Change, ...], text: str) -> None:
        session = self._context.session
        session.submit(changes, text.format(numbers(session.audit)[self._row_id]))
        self._refresh()

    def _name(self, path: str, text: str) -> NameField:
        return NameField(self._context, Kind.FINDING, path, text)

    def _line(self, path: str, text: str) -> LineField:
        return LineField(self._context, Kind.FINDING, path, text, DATE)

    def _text(self, path: str, text: str, lines: int) -> TextField:
        return TextField(self._context, Kind.FINDING, path, text, lines)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 12, 14, 12)
        box.setSpacing(6)
        heading = QHBoxLayout()
        heading.addWidget(self._title, 1)
        heading.addWidget(self._state)
        box.addLayout(heading)
        box.addWidget(self._answers)
        box.addSpacing(2)
        box.addWidget(self._grade)
        clause = QHBoxLayout()
        clause.addWidget(label(self._clause.label, "section"), 1)
        clause.addWidget(self._jump)
        box.addLayout(clause)
        box.addWidget(self._clause)
        self._rows(box, self._site, self._names[0], self._found_on)
        self._stack(box, self._facts)
        self._part(box, self.tr("Corrective action by the auditee"))
        for field in self._action:
            self._stack(box, field)
        self._rows(box, self._owner, self._due)
        self._part(box, self.tr("Verification"))
        box.addWidget(self._result)
        self._rows(box, self._names[1], self._verified_on)
        self._part(box, self.tr("Evidence"))
        box.addWidget(self.evidence)
        box.addSpacing(8)
        box.addWidget(self._remove)
        box.addStretch(1)

    def _part(self, box: QVBoxLayout, title: str) -> None:
        box.addSpacing(8)
        box.addWidget(label(title, "title"))

    def _stack(self, box: QVBoxLayout, field: Field) -> None:
        box.addWidget(label(field.label, "section"))
        box.addWidget(field)

    def _rows(self, box: QVBoxLayout, *fields: Field) -> None:
        for field in fields:
            row = QHBoxLayout()
            words = label(field.label, "label")
            words.setFixedWidth(LABEL_WIDTH)
            row.addWidget(words)
            row.addWidget(field, 1)
            box.addLayout(row)

    def _connect(self) -> None:
        self._grade.chosen.connect(self._on_grade)
        self._result.chosen.connect(self.set_result)
        self._jump.clicked.connect(self._on_jump)
        self._remove.clicked.connect(self.remove_requested)
        self._context.keys.changed.connect(self._show_keys)

    def _grade_keys(self) -> dict[str, Grade]:
        return {self._context.keys.text(action): grade for action, grade in GRADE_ACTIONS.items()}

    def _show_keys(self) -> None:
        self._grade.show_keys(self._grade_keys())

    def _offer_sites(self) -> None:
        sites = {site.id: f"{site.id} {site.name}" for site in self._context.session.audit.sites}
        self._site.offer({"": self.tr("No site")} | sites)

    def _offer_names(self) -> None:
        names = [member.name for member in self._context.session.audit.team if member.name]
        for field in self._names:
            field.offer(names)

    def _refresh(self) -> None:
        session, words = self._context.session, self._context.words
        finding: Finding | None = session.audit.of(Kind.FINDING).get(self._row_id)
        if finding is None:
            # Another window took it away; what is there now was read anew.
            return
        state = state_of(finding, date.today())
        self._title.setText(self.tr("Finding {0}").format(numbers(session.audit)[self._row_id]))
        self._state.show_pill(state_pill(self._context.theme, state, words.word(state)))
        self._grade.show_value(finding.grade)
        self._result.show_value(finding.action.result)
        self._jump.setVisible(bool(finding.clause))
        self._show_answered()
        self._fields.show_remarks(session.remarks)

    def _show_answered(self) -> None:
        """Say which special deduction the corrective action of the finding rectifies."""
        answers = findings_by_deduction(self._context.session.audit)
        places = [place for place, finding in enumerate(answers.values(), 1) if finding == self._row_id]
        text = self.tr("Opens the corrective action of special deduction {0}.")
        self._answers.setText(text.format(places[0]) if places else "")
        self._answers.setVisible(bool(places))

    def _on_grade(self, grade: Grade) -> None:
        self._context.session.flush()
        self.set_grade(grade)

    def _on_jump(self) -> None:
        self._context.session.flush()
        finding: Finding = self._context.session.audit.of(Kind.FINDING)[self._row_id]
        self.jump_requested.emit(finding.clause)
