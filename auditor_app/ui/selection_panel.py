"""What is selected when it is more than one indicator: how many, what they add up to, one verdict for all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor_app.models.enums import Verdict
from auditor_app.models.filters import totals
from auditor_app.models.ids import Clause
from auditor_app.ui.context import Context
from auditor_app.ui.deletion_card import DeletionCard
from auditor_app.ui.segments import Segments
from auditor_app.ui.totals_label import TotalsLabel
from auditor_app.ui.verdicts import VERDICT_ACTIONS
from auditor_app.ui.widgets import label


class SelectionPanel(QWidget):
    """Judge several indicators in one step, which one undo takes back."""

    chosen = Signal(object)
    """A `Verdict` for all of them."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._title = label("", "title", wrap=True)
        self._sums = TotalsLabel("soft")
        self._sums.setWordWrap(True)
        self._what = label("", "second", wrap=True)
        meanings = {verdict: verdict.value for verdict in VERDICT_ACTIONS.values()}
        self._verdict = Segments(context.words, self._keys(), meanings)
        self._verdict.set_possible(Verdict.SAMPLED, False)
        self.deletion = DeletionCard(context)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 12, 14, 12)
        box.setSpacing(6)
        for widget in (self._title, self._sums, self._verdict, self._what, self.deletion):
            box.addWidget(widget)
        box.addStretch(1)
        self._verdict.chosen.connect(self._on_verdict)
        context.keys.changed.connect(self._show_keys)

    def show_heading(self, title: str, clauses: Sequence[Clause]) -> None:
        """Show a heading with the indicators under it; a verdict is for those of them that have none yet."""
        self._title.setText(title)
        self._what.setText(self.tr("A verdict here is given to the indicators under it that are not judged yet."))
        self._show(clauses)

    def show_rows(self, clauses: Sequence[Clause]) -> None:
        """Show several selected indicators; a verdict replaces the one each has."""
        self._title.setText(self.tr("{0} indicators selected").format(len(clauses)))
        self._what.setText(self.tr("A verdict here replaces the one of each; one undo takes all of it back."))
        self._show(clauses)

    def _show(self, clauses: Sequence[Clause]) -> None:
        session = self._context.session
        self._sums.show_totals(totals(session.standard, session.audit, clauses))
        verdicts = {session.audit.assessment(clause).verdict for clause in clauses}
        self._verdict.show_value(verdicts.pop() if len(verdicts) == 1 else Verdict.UNJUDGED)

    def _on_verdict(self, verdict: Verdict) -> None:
        if not self.deletion.takes(verdict):
            self.chosen.emit(verdict)

    def _keys(self) -> dict[str, Verdict]:
        return {self._context.keys.text(action): verdict for action, verdict in VERDICT_ACTIONS.items()}

    def _show_keys(self) -> None:
        self._verdict.show_keys(self._keys())
