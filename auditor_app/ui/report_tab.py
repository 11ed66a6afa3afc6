"""What is still to do before the report, and the report itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from auditor_app.models.changes import ChangeSet
from auditor_app.ui.context import Context
from auditor_app.ui.readiness import Readiness
from auditor_app.ui.report_card import ReportCard
from auditor_app.ui.widgets import named


class ReportTab(QWidget):
    """List what is missing, each with a way there, and write the Excel report."""

    jump_requested = Signal(object)
    """A `Remark` whose field the person wants to see."""
    subject_requested = Signal(str, str)
    """The kind and the id of a row, named in the conclusion, that the person wants to see."""
    busy = Signal(bool)
    """Whether a report is being written."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stale = True
        self._ready = Readiness(context)
        self.card = ReportCard(context)
        self._lay_out()
        self._ready.jump_requested.connect(self.jump_requested)
        self.card.subject_requested.connect(self.subject_requested)
        self.card.busy.connect(self.busy)

    def reset(self) -> None:
        """Show the audit that is open now."""
        self.card.reset()
        self._mark_stale()

    def on_changed(self, _change_set: ChangeSet) -> None:
        """Remember that something changed; the lists are made anew when somebody looks."""
        self._mark_stale()

    def export(self) -> None:
        """Ask for a place and write the report there."""
        self.card.export()

    def _lay_out(self) -> None:
        page = named("page")
        columns = QHBoxLayout(page)
        columns.setContentsMargins(16, 14, 16, 24)
        columns.setSpacing(12)
        self._ready.setMaximumWidth(760)
        columns.addWidget(self._ready, 1, Qt.AlignmentFlag.AlignTop)
        columns.addWidget(self.card, 0, Qt.AlignmentFlag.AlignTop)
        columns.addStretch()
        area = QScrollArea(widgetResizable=True)
        area.setWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(area)

    def _mark_stale(self) -> None:
        self._stale = True
        if self.isVisible():
            self._show_all()

    def _show_all(self) -> None:
        self._stale = False
        self.card.show_result()
        self._ready.show_remarks(self._context.session.remarks)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self._context.session.is_open:
            self._show_all()
