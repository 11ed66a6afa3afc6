"""Special deductions, one point each, and the one bonus."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from auditor_app.models.audit import Kind, only_row
from auditor_app.models.changes import WHOLE_ROW, Change, ChangeSet, add, remove
from auditor_app.models.entities import Bonus, SpecialDeduction
from auditor_app.models.enums import Ground
from auditor_app.models.findings import numbers
from auditor_app.models.followup import findings_by_deduction
from auditor_app.models.ids import RowId, new_id
from auditor_app.models.scoring import plain
from auditor_app.ui.context import Context
from auditor_app.ui.fields import ChoiceField, FieldSet, TextField
from auditor_app.ui.sheet_page import bring_into_view
from auditor_app.ui.widgets import button, label, restyle


class _DeductionCard(QFrame):
    """One special deduction: ground, clause, site, facts, and the finding that opens its corrective action."""

    finding_requested = Signal(str)

    def __init__(self, context: Context, row_id: RowId, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._context = context
        self.row_id = row_id
        language, audit = context.words.language, context.session.audit
        clauses = {
            clause: f"{clause} {indicator.title.in_(language)}"
            for clause, indicator in context.session.standard.nodes.items()
        }
        sites = {site.id: f"{site.id} {site.name}" for site in audit.sites}
        kind = Kind.SPECIAL_DEDUCTION
        ground = ChoiceField(context, kind, "ground", self.tr("Ground"), context.words.words(Ground))
        clause = ChoiceField(context, kind, "clause", self.tr("Clause"), {"": self.tr("No clause")} | clauses)
        site = ChoiceField(context, kind, "site", self.tr("Site"), {"": self.tr("No site")} | sites)
        self.facts = TextField(context, kind, "facts", self.tr("Facts"), lines=3)
        for choice in (ground, clause, site):
            choice.shrink()
        self.fields = FieldSet([ground, clause, site, self.facts])
        self.fields.bind({kind: row_id})
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 6, 10, 10)
        box.setSpacing(6)
        heading = QHBoxLayout()
        heading.addWidget(label(self.tr("Special deduction {0}").format(number), "section"))
        heading.addStretch()
        bin_button = QToolButton()
        bin_button.setIcon(context.theme.icon("trash-2"))
        bin_button.setToolTip(self.tr("Remove this special deduction"))
        bin_button.setAccessibleName(bin_button.toolTip())
        bin_button.clicked.connect(self._remove)
        heading.addWidget(bin_button)
        box.addLayout(heading)
        box.addWidget(ground)
        row = QHBoxLayout()
        row.addWidget(clause, 3)
        row.addWidget(site, 2)
        box.addLayout(row)
        box.addWidget(label(self.tr("Facts"), "section"))
        box.addWidget(self.facts)
        self._finding = button("", "link")
        self._finding.clicked.connect(self._ask_for_finding)
        box.addWidget(self._finding)

    def show_finding(self, number: int) -> None:
        """Offer to go to the finding with this number, or with 0 to make one."""
        text = self.tr("Go to its finding {0}").format(number) if number else self.tr("Make a finding of it")
        self._finding.setText(text)
        restyle(self._finding, state="" if number else "warning")

    def _ask_for_finding(self) -> None:
        self._context.session.flush()
        self.finding_requested.emit(self.row_id)

    def _remove(self) -> None:
        session = self._context.session
        session.flush()
        row = session.audit.of(Kind.SPECIAL_DEDUCTION)[self.row_id]
        session.submit((remove(Kind.SPECIAL_DEDUCTION, self.row_id, row),), self.tr("remove special deduction"))


class _BonusReason(TextField):
    """Why the bonus is given; the bonus counts once there is a reason."""

    def value(self) -> Any:
        bonus = self._context.session.audit.bonus
        return bonus.reason if bonus else ""

    @property
    def has_row(self) -> bool:
        # Typing the reason is what gives the bonus.
        return True

    def changes(self, value: Any) -> tuple[Change, ...]:
        if self._context.session.audit.bonus is not None:
            return super().changes(value)
        return (add(Kind.BONUS, only_row(Kind.BONUS), Bonus(value)),) if value.strip() else ()


class DeductionsPanel(QWidget):
    """Enter special deductions and the bonus."""

    finding_requested = Signal(str)
    """Row id of the special deduction that should have a finding, or whose finding the person wants to see."""

    left = Signal()
    """The keyboard was in a special deduction that is gone and has nowhere to be now."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._cards: list[_DeductionCard] = []
        self._is_behind = False
        self._rule = label("", "soft", wrap=True)
        self._limit = label("", "problem", wrap=True)
        self._bonus_rule = label("", "soft", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._add = button(self.tr("Add special deduction"))
        self._add.setIcon(context.theme.icon("plus"))
        self._bonus = QCheckBox(self.tr("Give the bonus"))
        self._bonus.clicked.connect(self._on_bonus)
        self._reason = _BonusReason(context, Kind.BONUS, "reason", self.tr("Reason of the bonus"), lines=3)
        self._lay_out()

    def reset(self) -> None:
        """Let go of what was shown; nobody sees the panel, and `catch_up` shows the audit that is open now."""
        self._is_behind = True
        self._put_cards([])

    def catch_up(self) -> None:
        """Show the audit that is open now."""
        if not self._is_behind:
            return
        self._is_behind = False
        self._make_cards()
        self._show_findings()
        self._reason.bind(only_row(Kind.BONUS))
        self._bonus.setChecked(self._context.session.audit.bonus is not None)
        self._refresh()

    def on_changed(self, change_set: ChangeSet) -> None:
        """Show what changed about deductions, sites or the bonus."""
        if self._is_behind:
            return
        if any(self._changes_cards(change) for change in change_set.changes):
            self._make_cards()
        for card in self._cards:
            card.fields.refresh(change_set)
        if change_set.touches(Kind.SPECIAL_DEDUCTION, Kind.FINDING, Kind.SITE):
            self._show_findings()
        if change_set.touches(Kind.BONUS):
            self._reason.refresh()
            self._bonus.setChecked(self._context.session.audit.bonus is not None)
        if change_set.touches(Kind.BONUS, Kind.SPECIAL_DEDUCTION):
            self._refresh()

    def _make_cards(self) -> None:
        deductions = self._context.session.audit.of(Kind.SPECIAL_DEDUCTION)
        self._put_cards([_DeductionCard(self._context, row_id, n, self) for n, row_id in enumerate(deductions, 1)])

    def _put_cards(self, cards: list[_DeductionCard]) -> None:
        focus = QApplication.focusWidget()
        has_keyboard = focus is not None and any(card.isAncestorOf(focus) for card in self._cards)
        for card in self._cards:
            self._list.removeWidget(card)
            card.deleteLater()
        self._cards = cards
        for card in self._cards:
            card.finding_requested.connect(self.finding_requested)
            self._list.addWidget(card)
        if has_keyboard:
            self.left.emit()

    def _show_findings(self) -> None:
        audit = self._context.session.audit
        answers, places = findings_by_deduction(audit), numbers(audit)
        for card in self._cards:
            answer = answers[card.row_id]
            card.show_finding(places[answer] if answer is not None else 0)

    def _changes_cards(self, change: Change) -> bool:
        return change.kind is Kind.SITE or (change.kind is Kind.SPECIAL_DEDUCTION and change.field == WHOLE_ROW)

    def _lay_out(self) -> None:
        menu = QMenu(self._add)
        for ground, word in self._context.words.words(Ground).items():
            menu.addAction(word).setData(ground)
        menu.triggered.connect(self._on_ground)
        self._add.setMenu(menu)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 12, 14, 12)
        box.setSpacing(8)
        box.addWidget(label(self.tr("Special deductions"), "title"))
        box.addWidget(self._rule)
        box.addLayout(self._list)
        box.addWidget(self._limit)
        box.addWidget(self._add)
        box.addSpacing(10)
        box.addWidget(label(self.tr("Bonus"), "title"))
        box.addWidget(self._bonus_rule)
        box.addWidget(self._bonus)
        box.addWidget(self._reason)
        box.addStretch(1)

    def _refresh(self) -> None:
        session = self._context.session
        scoring, count = session.standard.scoring, session.result.special_deductions
        rule = self.tr(
            "Each takes {0} point off, outside the weights, and opens a corrective action. "
            "From {1} on the audit is a fail."
        )
        bonus_rule = self.tr("At most {0}, for an advantage above legal requirements and leading in the trade.")
        self._bonus_rule.setText(bonus_rule.format(plain(scoring.bonus_points * scoring.bonus_at_most)))
        self._rule.setText(rule.format(plain(scoring.deduction_points), scoring.fails_at_deductions))
        self._limit.setText(self.tr("{0} special deductions: fail, whatever the score.").format(count))
        self._limit.setVisible(session.result.too_many_deductions)
        self._reason.setVisible(self._bonus.isChecked())

    def _on_ground(self, action: Any) -> None:
        row_id = RowId(new_id())
        deduction = SpecialDeduction(Ground(action.data()))
        self._context.session.flush()
        self._context.session.submit(
            (add(Kind.SPECIAL_DEDUCTION, row_id, deduction),), self.tr("add special deduction")
        )
        card = next((card for card in self._cards if card.row_id == row_id), None)
        if card is not None:
            card.facts.focus_target().setFocus()
            bring_into_view(card)

    def _on_bonus(self, checked: bool) -> None:
        session = self._context.session
        self._reason.show_rule(self.tr("The bonus counts once there is a reason.") if checked else "")
        self._reason.setVisible(checked)
        if checked:
            self._reason.focus_target().setFocus()
            return
        session.flush()
        bonus = session.audit.bonus
        if bonus is not None:
            session.submit((remove(Kind.BONUS, only_row(Kind.BONUS), bonus),), self.tr("remove the bonus"))
