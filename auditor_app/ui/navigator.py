"""The ways from one tab to a row of another."""

from __future__ import annotations

from PySide6.QtCore import QObject

from auditor_app.models.audit import Kind
from auditor_app.models.remarks import Remark
from auditor_app.ui.pages import Pages
from auditor_app.ui.whereabouts import BONUS, DEDUCTIONS, PROFILE_KINDS

_EXTRA_ROWS = {Kind.SPECIAL_DEDUCTION: DEDUCTIONS, Kind.BONUS: BONUS}


class Navigator(QObject):
    """Show the tab that has a row, select the row and give it the keyboard."""

    def __init__(self, pages: Pages) -> None:
        super().__init__(pages)
        self._pages = pages

    def to_remark(self, remark: Remark) -> None:
        """Go to the field that a remark is about."""
        if remark.kind in PROFILE_KINDS:
            self._pages.setCurrentWidget(self._pages.profile)
            self._pages.profile.go_to(remark)
        elif remark.kind is Kind.FINDING:
            self._pages.setCurrentWidget(self._pages.findings)
            self._pages.findings.go_to(remark.row_id, remark.field)
        else:
            self.to_row(remark.kind, remark.row_id)

    def to_row(self, kind: str, row_id: str) -> None:
        """Go to a finding, a document or a row of the scoring sheet."""
        if kind == Kind.FINDING:
            self._pages.setCurrentWidget(self._pages.findings)
            self._pages.findings.go_to(row_id)
        elif kind == Kind.DOCUMENT:
            self._pages.setCurrentWidget(self._pages.checklist)
            self._pages.checklist.go_to(row_id)
        else:
            self.to_key(_EXTRA_ROWS.get(Kind(kind), row_id))

    def to_key(self, key: str) -> None:
        """Go to a row of the scoring sheet by its key."""
        self._pages.setCurrentWidget(self._pages.scoring)
        self._pages.scoring.go_to(key)

    def to_deductions(self) -> None:
        """Go to the special deductions."""
        self.to_key(DEDUCTIONS)

    def make_finding(self, kind: str, row_id: str) -> None:
        """Make a finding of an indicator, a listed sample or a special deduction, and go to it."""
        self._pages.setCurrentWidget(self._pages.findings)
        self._pages.findings.add_from(kind, row_id)

    def find(self) -> None:
        """Go to the words to find in the scoring sheet."""
        self._pages.setCurrentWidget(self._pages.scoring)
        self._pages.scoring.start_finding()
