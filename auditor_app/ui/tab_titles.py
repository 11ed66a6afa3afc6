"""What the tabs are called, and beside each name what is left to do there."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QTabWidget

from auditor_app.models.applicability import progress
from auditor_app.models.followup import is_open
from auditor_app.session.session import Session
from auditor_app.ui.whereabouts import PROFILE_KINDS


class TabTitles(QObject):
    """Names and counts of the tabs, in their order."""

    def __init__(self, session: Session, tabs: QTabWidget) -> None:
        super().__init__(tabs)
        self._session = session
        self._tabs = tabs
        for place, name in enumerate(self.names()):
            tabs.setTabText(place, name)

    def names(self) -> tuple[str, ...]:
        """Return what the tabs are called."""
        return (
            self.tr("Company profile"),
            self.tr("Document checklist"),
            self.tr("Scoring sheet"),
            self.tr("Findings and actions"),
            self.tr("Report"),
        )

    def show(self) -> None:
        """Show the counts of the audit as it is now."""
        for place, (name, count) in enumerate(zip(self.names(), self._counts(), strict=True)):
            text = f"{name}  {count}" if count else name
            if self._tabs.tabText(place) != text:
                self._tabs.setTabText(place, text)

    def _counts(self) -> tuple[str, ...]:
        open_points = sum(remark.kind in PROFILE_KINDS for remark in self._session.remarks)
        verified, applying = progress(self._session.standard, self._session.audit, "application")
        whole = self._session.result.whole
        profile = self.tr("{0} to look at").format(open_points) if open_points else ""
        waiting = sum(map(is_open, self._session.audit.findings))
        findings = self.tr("{0} open").format(waiting) if waiting else ""
        return profile, f"{verified}/{applying}", f"{whole.judged}/{whole.total}", findings, ""
