"""Everything about the selected indicator: verdict, samples, lost points, reason, note, sources."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.models.audit import Kind
from auditor_app.models.changes import ChangeSet, edit
from auditor_app.models.entities import Assessment
from auditor_app.models.enums import Verdict
from auditor_app.models.errors import ValidationError
from auditor_app.models.ids import RowId
from auditor_app.models.scoring import earned, plain
from auditor_app.models.standard import Indicator
from auditor_app.ui.context import Context
from auditor_app.ui.editing import Form, Handed
from auditor_app.ui.fields import FieldSet, LineField, TextField
from auditor_app.ui.segments import Segments
from auditor_app.ui.verdicts import (
    VERDICT_KEYS,
    deleted_verdict,
    parse_counts,
    plain_verdict,
    sampled_verdict,
)
from auditor_app.ui.widgets import label

COUNTS = Form(lambda pair: f"{pair[0]}/{pair[1]}" if pair else "", lambda text, _path: parse_counts(text), "12/1")


class _CountsField(LineField):
    """Samples checked and failed, written `12/1`; a valid pair is a sampled verdict."""

    def __init__(self, context: Context, name: str) -> None:
        super().__init__(context, Kind.ASSESSMENT, "checked", name, COUNTS)
        self._edit.setMaximumWidth(110)

    def value(self) -> Any:
        row: Assessment = self._context.session.audit.row(Kind.ASSESSMENT, self._row_id)
        return (row.checked, row.failed) if row.verdict is Verdict.SAMPLED else None

    def values(self, value: Any) -> dict[str, Any]:
        return sampled_verdict(*value)


class _ReasonField(TextField):
    """The reason of a deletion or of a not-met verdict; it completes a deletion that waits for it."""

    def __init__(self, context: Context, name: str) -> None:
        super().__init__(context, Kind.ASSESSMENT, "reason", name, lines=2)
        self.completes_deletion = False

    def values(self, value: Any) -> dict[str, Any]:
        if self.completes_deletion and value.strip():
            return deleted_verdict(value)
        return super().values(value)

    def submit(self, value: Any, merge_key: str = "") -> Handed:
        if self.completes_deletion and not value.strip():
            return Handed.STORED
        return super().submit(value, merge_key)

    def clear(self) -> None:
        """Ask for a reason anew: one given for another verdict is none for this."""
        self._set("")


class IndicatorPanel(QWidget):
    """Show and edit one assessment; a sampled verdict waits for its samples, a deletion for its reason."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._indicator: Indicator | None = None
        self._waiting: Verdict | None = None
        self._title = label("", "title", wrap=True)
        self._facts = label("", "soft", wrap=True)
        self._facts.setTextFormat(Qt.TextFormat.RichText)
        meanings = {verdict: verdict.value for verdict in VERDICT_KEYS.values()}
        self._verdict = Segments(context.words, VERDICT_KEYS, meanings)
        self._samples = QWidget()
        self._counts = _CountsField(context, self.tr("Checked / failed"))
        self._loss = label("", "notice", wrap=True)
        self._reason_title = label("", "section")
        self._reason = _ReasonField(context, self.tr("Reason"))
        self._note = TextField(context, Kind.ASSESSMENT, "note", self.tr("Note"), lines=6)
        self._sources = label("", "second", wrap=True)
        self._fields = FieldSet([self._counts, self._reason, self._note])
        self._lay_out()
        self._verdict.chosen.connect(self.judge)

    def show_indicator(self, indicator: Indicator) -> None:
        """Show another indicator."""
        self._indicator = indicator
        self._wait_for(None)
        row_id = RowId(indicator.clause)
        self._fields.bind({Kind.ASSESSMENT: row_id})
        self._title.setText(f"{indicator.clause}  {indicator.title.in_(self._context.words.language)}")
        self._facts.setText(self._facts_text(indicator))
        self._sources.setText(self._sources_text(indicator))
        self._refresh()

    def on_changed(self, change_set: ChangeSet) -> None:
        """Show what changed about the indicator."""
        if self._indicator is None:
            return
        self._fields.refresh(change_set)
        mine = [c for c in change_set.changes if c.kind is Kind.ASSESSMENT and c.id == self._indicator.clause]
        if not mine:
            return
        self._counts.refresh()  # Two fields of the row, of which it is bound to one.
        if any(change.field != "note" for change in mine):
            self._wait_for(None)
        self._refresh()

    def judge(self, verdict: Verdict) -> None:
        """Give the indicator a verdict, or ask for what the verdict needs first."""
        if self._indicator is None:
            return
        if verdict is Verdict.SAMPLED and not self._indicator.sampled:
            words = self._context.words
            self._say(words.text("problem", "not_sampled", clause=self._indicator.clause))
        elif verdict is self._assessment().verdict:
            self._wait_for(None)
            self._refresh()
            self._focus_for(verdict)
        elif verdict in (Verdict.SAMPLED, Verdict.DELETED):
            self._wait_for(verdict)
            if verdict is Verdict.DELETED:
                self._reason.clear()
            self._refresh()
            self._focus_for(verdict)
        else:
            self._submit(plain_verdict(verdict))

    def give_up_waiting(self) -> None:
        """Drop a verdict that waits for what it needs; the stored one is shown again."""
        if self._indicator is not None and self._waiting is not None:
            self._wait_for(None)
            self._reason.refresh()
            self._refresh()

    def edit_note(self) -> None:
        """Put the cursor into the note."""
        self._note.focus_target().setFocus()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 12, 14, 12)
        box.setSpacing(6)
        samples = QHBoxLayout(self._samples)
        samples.setContentsMargins(0, 0, 0, 0)
        samples.addWidget(label(self.tr("Checked / failed"), "label"), alignment=Qt.AlignmentFlag.AlignTop)
        samples.addWidget(self._counts, 1)
        box.addWidget(self._title)
        box.addWidget(self._facts)
        box.addSpacing(2)
        box.addWidget(self._verdict)
        box.addWidget(self._samples)
        box.addWidget(self._loss)
        box.addWidget(self._reason_title)
        box.addWidget(self._reason)
        box.addWidget(label(self.tr("Note"), "section"))
        box.addWidget(self._note)
        box.addSpacing(4)
        box.addWidget(label(self.tr("Sources"), "section"))
        box.addWidget(self._sources)
        box.addStretch(1)

    def _assessment(self) -> Assessment:
        assert self._indicator is not None
        return self._context.session.audit.assessment(self._indicator.clause)

    def _submit(self, values: dict[str, Any]) -> None:
        assert self._indicator is not None
        session, clause = self._context.session, self._indicator.clause
        try:
            text = self.tr("verdict on {0}").format(clause)
            session.submit(edit(session.audit, Kind.ASSESSMENT, RowId(clause), values), text)
        except ValidationError as error:
            self._say(self._context.words.error(error))

    def _wait_for(self, verdict: Verdict | None) -> None:
        self._waiting = verdict
        self._reason.completes_deletion = verdict is Verdict.DELETED
        self._reason.show_error("")
        self._counts.show_error("")

    def _focus_for(self, verdict: Verdict) -> None:
        if verdict is Verdict.SAMPLED:
            self._counts.focus_target().setFocus()
        elif verdict is Verdict.DELETED:
            self._reason.focus_target().setFocus()

    def _refresh(self) -> None:
        assessment = self._assessment()
        verdict = self._waiting or assessment.verdict
        self._samples.setVisible(verdict is Verdict.SAMPLED)
        has_reason = verdict in (Verdict.DELETED, Verdict.NOT_MET)
        self._reason_title.setText(
            self.tr("Reason of the deletion (required)") if verdict is Verdict.DELETED else self.tr("What is not met")
        )
        self._reason_title.setVisible(has_reason)
        self._reason.setVisible(has_reason)
        self._verdict.show_value(verdict)
        self._verdict.set_possible(Verdict.SAMPLED, self._indicator is not None and self._indicator.sampled)
        self._say(self._loss_text(assessment))

    def _say(self, text: str) -> None:
        self._loss.setText(text)
        self._loss.setVisible(bool(text))

    def _loss_text(self, assessment: Assessment) -> str:
        assert self._indicator is not None
        if self._waiting is Verdict.SAMPLED:
            return self.tr("Enter how many samples were checked and how many failed; the verdict counts from then on.")
        if self._waiting is Verdict.DELETED:
            return self.tr("Enter why the indicator does not apply; the deletion counts from then on.")
        points = earned(self._indicator, assessment)
        match assessment.verdict:
            case Verdict.SAMPLED if points is not None:
                return self.tr("{0} checked, {1} failed: {2} points lost").format(
                    assessment.checked, assessment.failed, plain(self._indicator.points - points)
                )
            case Verdict.NOT_MET:
                return self.tr("Not met: {0} points lost").format(plain(self._indicator.points))
            case Verdict.DELETED:
                return self.tr("Deleted: {0} points leave the total").format(plain(self._indicator.points))
            case _:
                return ""

    def _facts_text(self, indicator: Indicator) -> str:
        rule = self.tr("sampled") if indicator.sampled else self.tr("all or nothing")
        is_default = indicator.sources["points"] == "default"
        color = self._context.theme.color("star" if is_default else "text_second").name()
        source = self._source(indicator.sources["points"])
        points = self.tr("{0} points").format(plain(indicator.points))
        return f'{points} · {rule} · <span style="color:{color}">{source}</span>'

    def _sources_text(self, indicator: Indicator) -> str:
        names = {
            "clause": self.tr("Clause"),
            "points": self.tr("Points"),
            "sampled": self.tr("Rule"),
            "title": self.tr("Wording"),
        }
        colon = self.tr(": ")
        return "\n".join(f"{name}{colon}{self._source(indicator.sources[key])}" for key, name in names.items())

    def _source(self, source: str) -> str:
        return self._context.session.standard.sources[source].in_(self._context.words.language)
