"""Everything about the selected indicator: verdict, samples, lost points, reason, evidence, note, guidance, sources."""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.models.audit import Kind
from auditor_app.models.changes import ChangeSet, edit
from auditor_app.models.entities import Assessment, Sample
from auditor_app.models.enums import EvidenceSubject, Verdict
from auditor_app.models.errors import ValidationError
from auditor_app.models.ids import Clause, RowId
from auditor_app.models.samples import sampled_by_list, samples_of
from auditor_app.models.scoring import earned, plain
from auditor_app.models.standard import Indicator
from auditor_app.ui.context import Context
from auditor_app.ui.deletion_card import DeletionCard
from auditor_app.ui.editing import Form
from auditor_app.ui.evidence_strip import EvidenceStrip
from auditor_app.ui.fields import FieldSet, LineField, TextField
from auditor_app.ui.guidance_view import GuidanceView
from auditor_app.ui.phrases import PhraseButton, PhraseHelp
from auditor_app.ui.samples_list import SamplesList
from auditor_app.ui.segments import Segments
from auditor_app.ui.sheet_page import bring_into_view
from auditor_app.ui.verdicts import (
    VERDICT_ACTIONS,
    deleted_verdict,
    parse_counts,
    plain_verdict,
    sampled_verdict,
)
from auditor_app.ui.widgets import button, label

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


class IndicatorPanel(QWidget):
    """Show and edit one assessment; a sampled verdict waits for its samples, a deletion for its reason."""

    message = Signal(str)
    finding_requested = Signal(str, str)
    """What should become a finding: `indicator` and its clause, or `sample` and its row id."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._indicator: Indicator | None = None
        self._waits_for_samples = False
        self._stale = False
        self._title = label("", "title", wrap=True)
        self._facts = label("", "soft", wrap=True)
        self._facts.setTextFormat(Qt.TextFormat.RichText)
        meanings = {verdict: verdict.value for verdict in VERDICT_ACTIONS.values()}
        self._verdict = Segments(context.words, self._verdict_keys(), meanings)
        self.deletion = DeletionCard(context)
        self._sampling = QWidget()
        self._counts_row = QWidget()
        self._counts = _CountsField(context, self.tr("Checked / failed"))
        self._listed = label("", "section")
        self.samples = SamplesList(context)
        self._loss = label("", "notice", wrap=True)
        self._finding = button("", "link")
        self._reason_title = label("", "section")
        self._reason = TextField(context, Kind.ASSESSMENT, "reason", self.tr("Reason"), lines=2)
        self._evidence_title = label("", "section")
        self.evidence = EvidenceStrip(context)
        self._note = TextField(context, Kind.ASSESSMENT, "note", self.tr("Note"), lines=5)
        self._phrases = PhraseHelp(context, self._note)
        self._phrase_button = PhraseButton(context, self._note)
        self._guidance = GuidanceView(context)
        self._sources = label("", "second", wrap=True)
        self._fields = FieldSet([self._counts, self._reason, self._note])
        self._lay_out()
        self._verdict.chosen.connect(self._on_verdict)
        self._finding.clicked.connect(self._on_finding)
        self.samples.selected.connect(self._show_evidence)
        self.samples.finding_requested.connect(self._on_sample_finding)
        self.samples.evidence_requested.connect(self._on_sample_evidence)
        self.samples.paste_requested.connect(self.paste)
        self.samples.message.connect(self.message)
        self.deletion.closed.connect(self._refresh)
        self.evidence.message.connect(self.message)
        self._phrases.message.connect(self.message)
        self._phrase_button.message.connect(self.message)
        context.keys.changed.connect(self._show_keys)

    @property
    def clause(self) -> str:
        """Return the clause of the indicator shown, empty for none."""
        return self._indicator.clause if self._indicator is not None else ""

    def show_indicator(self, indicator: Indicator) -> None:
        """Show another indicator."""
        self._indicator = indicator
        self._wait_for_samples(False)
        clause = indicator.clause
        self._fields.bind({Kind.ASSESSMENT: RowId(clause)})
        self._title.setText(f"{clause}  {indicator.title.in_(self._context.words.language)}")
        self._facts.setText(self._facts_text(indicator))
        self._sources.setText(self._sources_text(indicator))
        self.samples.show_clause(clause)
        self._show_evidence("")
        self._phrases.show_clause(clause)
        self._guidance.show_clause(clause)
        self._refresh()

    def on_changed(self, change_set: ChangeSet) -> None:
        """Show what changed about the indicator."""
        if self._indicator is None:
            return
        self._fields.refresh(change_set)
        self.samples.on_changed(change_set)
        self._name_evidence(self.samples.current)
        self.evidence.on_changed(change_set)
        mine = [c for c in change_set.changes if c.kind is Kind.ASSESSMENT and c.id == self._indicator.clause]
        if mine:
            self._counts.refresh()  # Two fields of the row, of which it is bound to one.
            if any(change.field != "note" for change in mine):
                self._wait_for_samples(False)
        if change_set.touches(Kind.SAMPLE, Kind.FINDING):
            # At once: the keyboard is in what comes and goes with it.
            self._refresh()
        elif mine:
            self._stale = True

    def show_rest(self) -> None:
        """Show verdict, lost points and what is asked for, as they follow from what changed."""
        if self._stale:
            self._refresh()

    def judge(self, verdict: Verdict) -> None:
        """Give the indicator a verdict, or ask for what the verdict needs first."""
        if self._indicator is None:
            return
        clause, session = self._indicator.clause, self._context.session
        listed = sampled_by_list(session.audit, clause)
        if verdict is Verdict.SAMPLED and not self._indicator.sampled:
            self._say(self._context.words.text("problem", "not_sampled", clause=clause))
        elif verdict is Verdict.SAMPLED and listed is not None:
            self._submit(clause, listed)
            self._refresh()
        elif verdict is Verdict.SAMPLED:
            self._wait_for_samples(self._assessment().verdict is not Verdict.SAMPLED)
            self._refresh()
            self._counts.focus_target().setFocus()
            bring_into_view(self._sampling)
        elif verdict is Verdict.DELETED and self._assessment().verdict is not Verdict.DELETED:
            self._ask_why_deleted()
        elif verdict is self._assessment().verdict:
            self._refresh()
            if verdict is Verdict.DELETED:
                self._reason.focus_target().setFocus()
        else:
            self._submit(clause, plain_verdict(verdict))

    def give_up_waiting(self) -> None:
        """Drop a verdict that waits for what it needs, and leave the sample; the indicator is shown as it is stored."""
        self.deletion.cancel()
        self.samples.let_go()
        if self._indicator is not None:
            self._wait_for_samples(False)
            self._refresh()

    def edit_note(self) -> None:
        """Put the cursor into the note."""
        self._note.focus_target().setFocus()
        bring_into_view(self._note)

    def list_samples(self) -> None:
        """Put the cursor into the list of samples, or say that the indicator has none."""
        if self._indicator is None:
            return
        if not self._indicator.sampled:
            self._say(self._context.words.text("problem", "not_sampled", clause=self._indicator.clause))
            return
        self._wait_for_samples(self._assessment().verdict is not Verdict.SAMPLED)
        self._refresh()
        self.samples.start()
        bring_into_view(self.samples)

    def add_evidence(self) -> None:
        """Add evidence to the indicator, or to the sample that is selected."""
        self.evidence.start()
        bring_into_view(self.evidence)

    def paste(self) -> None:
        """Take photos and files from the clipboard as evidence, copied rows of a table as samples."""
        mime = QGuiApplication.clipboard().mimeData()
        is_sampled = self._indicator is not None and self._indicator.sampled
        if is_sampled and mime.hasText() and not (mime.hasUrls() or mime.hasImage()):
            self.samples.paste(mime.text())
        else:
            self.evidence.view.paste()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 12, 14, 12)
        box.setSpacing(6)
        counts = QHBoxLayout(self._counts_row)
        counts.setContentsMargins(0, 0, 0, 0)
        counts.addWidget(label(self.tr("Checked / failed"), "label"), alignment=Qt.AlignmentFlag.AlignTop)
        counts.addWidget(self._counts, 1)
        sampling = QVBoxLayout(self._sampling)
        sampling.setContentsMargins(0, 0, 0, 0)
        sampling.setSpacing(4)
        for widget in (self._counts_row, self._listed, self.samples):
            sampling.addWidget(widget)
        note = QHBoxLayout()
        note.addWidget(label(self.tr("Note"), "section"))
        note.addStretch()
        note.addWidget(self._phrase_button)
        box.addWidget(self._title)
        box.addWidget(self._facts)
        box.addSpacing(2)
        box.addWidget(self._verdict)
        for widget in (self.deletion, self._sampling, self._loss, self._finding, self._reason_title, self._reason):
            box.addWidget(widget)
        box.addWidget(self._evidence_title)
        box.addWidget(self.evidence)
        box.addLayout(note)
        box.addWidget(self._note)
        box.addWidget(self._guidance)
        box.addSpacing(4)
        box.addWidget(label(self.tr("Sources"), "section"))
        box.addWidget(self._sources)
        box.addStretch(1)

    def _assessment(self) -> Assessment:
        assert self._indicator is not None
        return self._context.session.audit.assessment(self._indicator.clause)

    def _on_verdict(self, verdict: Verdict) -> None:
        if not self.deletion.takes(verdict):
            self._context.session.flush()
            self.judge(verdict)
        self._refresh()

    def _submit(self, clause: Clause, values: dict[str, Any]) -> bool:
        session = self._context.session
        try:
            text = self.tr("verdict on {0}").format(clause)
            return session.submit(edit(session.audit, Kind.ASSESSMENT, RowId(clause), values), text)
        except ValidationError as error:
            self._say(self._context.words.error(error))
            return True

    def _ask_why_deleted(self) -> None:
        assert self._indicator is not None
        clause = self._indicator.clause
        self.deletion.ask([clause], lambda reason: self._submit(clause, deleted_verdict(reason)))
        self._refresh()

    def _wait_for_samples(self, waits: bool) -> None:
        self._waits_for_samples = waits
        self._reason.show_error("")
        self._counts.show_error("")

    def _refresh(self) -> None:
        self._stale = False
        if self._indicator is None:
            return
        assessment = self._assessment()
        verdict = assessment.verdict
        if self.deletion.is_open:
            verdict = Verdict.DELETED
        elif self._waits_for_samples:
            verdict = Verdict.SAMPLED
        is_listed = not self.samples.is_empty
        self._sampling.setVisible(self._indicator.sampled and (verdict is Verdict.SAMPLED or is_listed))
        self._counts_row.setVisible(verdict is Verdict.SAMPLED and not is_listed)
        self._listed.setText(self._listed_text(verdict))
        self._listed.setVisible(is_listed)
        has_reason = not self.deletion.is_open and verdict in (Verdict.DELETED, Verdict.NOT_MET)
        self._reason_title.setText(
            self.tr("Reason of the deletion (required)") if verdict is Verdict.DELETED else self.tr("What is not met")
        )
        self._reason_title.setVisible(has_reason)
        self._reason.setVisible(has_reason)
        self._verdict.show_value(verdict)
        self._verdict.set_possible(Verdict.SAMPLED, self._indicator.sampled)
        self._say("" if self.deletion.is_open else self._loss_text(assessment))
        self._show_finding(assessment)

    def _show_evidence(self, sample_id: str) -> None:
        """Show the evidence of a sample, or of the indicator when none is selected."""
        if self._name_evidence(sample_id):
            self.evidence.show_subject(EvidenceSubject.SAMPLE, sample_id)
        else:
            self.evidence.show_subject(EvidenceSubject.INDICATOR, self.clause)

    def _name_evidence(self, sample_id: str) -> bool:
        """Say whose evidence is shown; return whether it is that of a sample."""
        sample: Sample | None = self._context.session.audit.of(Kind.SAMPLE).get(RowId(sample_id))
        text = self.tr("Evidence")
        if sample is not None:
            text = self.tr("Evidence of {0}").format(sample.what) if sample.what else self.tr("Evidence of the sample")
        self._evidence_title.setText(text)
        return sample is not None

    def _on_sample_evidence(self, _row_id: str) -> None:
        self.add_evidence()

    def _verdict_keys(self) -> dict[str, Verdict]:
        return {self._context.keys.text(action): verdict for action, verdict in VERDICT_ACTIONS.items()}

    def _show_keys(self) -> None:
        self._verdict.show_keys(self._verdict_keys())
        self._refresh()

    def _on_sample_finding(self, row_id: str) -> None:
        self.finding_requested.emit("sample", row_id)

    def _on_finding(self) -> None:
        self.finding_requested.emit("indicator", self.clause)

    def _show_finding(self, assessment: Assessment) -> None:
        """Offer a finding in one step where points were lost, or the way to the one that is there."""
        assert self._indicator is not None
        points = earned(self._indicator, assessment)
        has_one = any(finding.clause == self.clause for finding in self._context.session.audit.findings)
        is_lost = points is not None and points < self._indicator.points
        key = self._context.keys.text("finding")
        text = self.tr("Go to its finding ({0})") if has_one else self.tr("Make it a finding ({0})")
        self._finding.setText(text.format(key))
        self._finding.setVisible((has_one or is_lost) and not self.deletion.is_open)

    def _say(self, text: str) -> None:
        self._loss.setText(text)
        self._loss.setVisible(bool(text))

    def _listed_text(self, verdict: Verdict) -> str:
        samples = samples_of(self._context.session.audit, self.clause)
        if verdict is Verdict.SAMPLED:
            return self.tr("{0} samples listed").format(len(samples))
        key = self._context.keys.text("sampled")
        return self.tr("{0} samples listed, not counted ({1} counts them)").format(len(samples), key)

    def _loss_text(self, assessment: Assessment) -> str:
        assert self._indicator is not None
        if self._waits_for_samples:
            return self.tr(
                "Enter how many samples were checked and how many failed, or list them; "
                "the verdict counts from then on."
            )
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
        return f'{points} · {rule} · <span style="color:{color}">{escape(source)}</span>'

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
