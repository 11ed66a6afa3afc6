"""The conclusion with the rule that makes it so, its reasons, and everything open by name."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor_app.models.audit import Kind
from auditor_app.models.conclusion import Outcome, conclude, headline, sentences
from auditor_app.models.enums import Grade
from auditor_app.models.findings import numbers
from auditor_app.models.followup import losses_without_finding, open_deductions, open_findings
from auditor_app.models.ids import RowId
from auditor_app.ui.context import Context
from auditor_app.ui.widgets import label


class ConclusionBox(QWidget):
    """Say what the team recommends and why; what is open is named and leads to its place."""

    subject_requested = Signal(str, str)
    """The kind and the id of a row that the person wants to see."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._headline = label("", "title", wrap=True)
        self._rule = label("", "second", wrap=True)
        self._reasons = label("", "soft", wrap=True)
        self._reasons.setTextFormat(Qt.TextFormat.RichText)
        links = Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        self._reasons.setTextInteractionFlags(links)
        self._reasons.linkActivated.connect(self._on_link)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for part in (self._headline, self._rule, self._reasons):
            box.addWidget(part)

    def show_conclusion(self) -> Outcome:
        """Show the conclusion of the audit as it stands now, and return it."""
        session, words = self._context.session, self._context.words
        outcome = conclude(session.standard, session.audit, session.result)
        levels = " / ".join(words.word(level) for level in session.result.reachable)
        self._headline.setText(headline(words, outcome, levels))
        self._rule.setText(words.text("conclusion_rule", outcome.conclusion))
        told = zip(outcome.reasons, sentences(words, outcome, session.audit), strict=True)
        lines = [self._line(sentence, self._named(reason.code)) for reason, sentence in told]
        self._reasons.setText("".join(f'<p style="margin: 2px 0">{line}</p>' for line in lines))
        return outcome

    def _line(self, sentence: str, links: Iterable[str]) -> str:
        named = self._context.words.text("punctuation", "list").join(links)
        return f"{escape(sentence)} {named}" if named else escape(sentence)

    def _named(self, code: str) -> Iterable[str]:
        """Return a link for each thing that a reason counts."""
        session = self._context.session
        match code:
            case "open_majors":
                return self._findings(Grade.MAJOR)
            case "open_minors":
                return self._findings(Grade.MINOR)
            case "open_deductions":
                places = list(session.audit.of(Kind.SPECIAL_DEDUCTION))
                rows = open_deductions(session.audit).items()
                return [self._link(Kind.SPECIAL_DEDUCTION, r, row.clause, places.index(r) + 1) for r, row in rows]
            case "losses_without_finding":
                lost = losses_without_finding(session.standard, session.audit)
                clauses = [loss.indicator.clause for loss in lost]
                return [self._link(Kind.ASSESSMENT, RowId(clause), clause) for clause in clauses]
            case _:
                return ()

    def _findings(self, grade: Grade) -> Iterable[str]:
        audit = self._context.session.audit
        number = numbers(audit)
        rows = open_findings(audit, grade).items()
        return [self._link(Kind.FINDING, row_id, row.clause, number[row_id]) for row_id, row in rows]

    def _link(self, kind: Kind, row_id: RowId, clause: str, number: int = 0) -> str:
        # In one piece: a line that breaks within a link reads like two of them.
        text = escape(clause or self.tr("no. {0}").format(number)).replace(" ", "\N{NO-BREAK SPACE}")
        return f'<a href="{kind}/{escape(row_id)}">{text}</a>'

    def _on_link(self, link: str) -> None:
        kind, _, row_id = link.partition("/")
        self.subject_requested.emit(kind, row_id)
