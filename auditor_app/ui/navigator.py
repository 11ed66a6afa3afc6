"""The ways from one tab to a row of another."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QTabWidget

from auditor_app.models.audit import Kind
from auditor_app.models.remarks import Remark
from auditor_app.ui.checklist_tab import ChecklistTab
from auditor_app.ui.findings_tab import FindingsTab
from auditor_app.ui.profile_tab import PROFILE_KINDS, ProfileTab
from auditor_app.ui.scoring_tab import ScoringTab
from auditor_app.ui.tables.indicator_tree import BONUS, DEDUCTIONS

_EXTRA_ROWS = {Kind.SPECIAL_DEDUCTION: DEDUCTIONS, Kind.BONUS: BONUS}


class Navigator(QObject):
    """Show the tab that has a row, select the row and give it the keyboard."""

    def __init__(
        self,
        tabs: QTabWidget,
        profile: ProfileTab,
        checklist: ChecklistTab,
        scoring: ScoringTab,
        findings: FindingsTab,
    ) -> None:
        super().__init__(tabs)
        self._tabs = tabs
        self._profile = profile
        self._checklist = checklist
        self._scoring = scoring
        self._findings = findings

    def to_remark(self, remark: Remark) -> None:
        """Go to the field that a remark is about."""
        if remark.kind in PROFILE_KINDS:
            self._tabs.setCurrentWidget(self._profile)
            self._profile.go_to(remark)
        elif remark.kind is Kind.FINDING:
            self._tabs.setCurrentWidget(self._findings)
            self._findings.go_to(remark.row_id, remark.field)
        else:
            self.to_row(remark.kind, remark.row_id)

    def to_row(self, kind: str, row_id: str) -> None:
        """Go to a finding, a document or a row of the scoring sheet."""
        if kind == Kind.FINDING:
            self._tabs.setCurrentWidget(self._findings)
            self._findings.go_to(row_id)
        elif kind == Kind.DOCUMENT:
            self._tabs.setCurrentWidget(self._checklist)
            self._checklist.go_to(row_id)
        else:
            self.to_key(_EXTRA_ROWS.get(Kind(kind), row_id))

    def to_key(self, key: str) -> None:
        """Go to a row of the scoring sheet by its key."""
        self._tabs.setCurrentWidget(self._scoring)
        self._scoring.go_to(key)

    def to_deductions(self) -> None:
        """Go to the special deductions."""
        self.to_key(DEDUCTIONS)

    def make_finding(self, kind: str, row_id: str) -> None:
        """Make a finding of an indicator, a listed sample or a special deduction, and go to it."""
        self._tabs.setCurrentWidget(self._findings)
        self._findings.add_from(kind, row_id)

    def find(self) -> None:
        """Go to the words to find in the scoring sheet."""
        self._tabs.setCurrentWidget(self._scoring)
        self._scoring.start_finding()
