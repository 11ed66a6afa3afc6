"""The row above the findings: how many are open, overdue, accepted, of which grade, and which of them to see."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from auditor_app.models.enums import Grade
from auditor_app.models.followup import FindingFilter, FindingState, findings_by_filter
from auditor_app.models.ids import RowId
from auditor_app.ui.context import Context
from auditor_app.ui.filter_pills import FilterPills


class FindingFilters(FilterPills[FindingFilter]):
    """Choose which findings the table shows; counts follow the audit."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown: dict[FindingFilter, frozenset[RowId]] = {}
        words = context.words
        self.offer(
            {
                FindingFilter.ALL: self.tr("All"),
                FindingFilter.OPEN: self.tr("Open"),
                FindingFilter.OVERDUE: words.word(FindingState.OVERDUE),
                FindingFilter.ACCEPTED: words.word(FindingState.ACCEPTED),
                **{FindingFilter(grade.value): words.word(grade) for grade in Grade},
            }
        )

    @property
    def shown(self) -> frozenset[RowId]:
        """Return the findings that the chosen filter lets through."""
        return self._shown.get(self.chosen, frozenset())

    def refresh(self) -> None:
        """Count again what each filter shows."""
        self._shown = findings_by_filter(self._context.session.audit, date.today())
        self.show_counts({each: len(rows) for each, rows in self._shown.items()}, (FindingFilter.OVERDUE,))
