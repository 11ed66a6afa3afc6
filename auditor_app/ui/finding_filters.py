"""The row above the findings: how many are open, overdue, accepted, of which grade, and which of them to see."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from auditor_app.models.enums import Grade
from auditor_app.models.followup import FindingFilter, FindingState, findings_by_filter
from auditor_app.models.ids import RowId
from auditor_app.ui.context import Context
from auditor_app.ui.widgets import button, restyle


class FindingFilters(QWidget):
    """Choose which findings the table shows; counts follow the audit."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._chosen = FindingFilter.ALL
        self._shown: dict[FindingFilter, frozenset[RowId]] = {}
        words = context.words
        self._names = {
            FindingFilter.ALL: self.tr("All"),
            FindingFilter.OPEN: self.tr("Open"),
            FindingFilter.OVERDUE: words.word(FindingState.OVERDUE),
            FindingFilter.ACCEPTED: words.word(FindingState.ACCEPTED),
            **{FindingFilter(grade.value): words.word(grade) for grade in Grade},
        }
        self._pills: dict[FindingFilter, QPushButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for each in FindingFilter:
            pill = button(self._names[each], "pill")
            pill.setCheckable(True)
            self._group.addButton(pill)
            self._pills[each] = pill
            row.addWidget(pill)
        self._group.buttonClicked.connect(self._on_pill)
        self.show_all()

    @property
    def shown(self) -> frozenset[RowId]:
        """Return the findings that the chosen filter lets through."""
        return self._shown.get(self._chosen, frozenset())

    def show_all(self) -> None:
        """Filter nothing out any more."""
        self._chosen = FindingFilter.ALL
        self._pills[FindingFilter.ALL].setChecked(True)

    def refresh(self) -> None:
        """Count again what each filter shows."""
        self._shown = findings_by_filter(self._context.session.audit, date.today())
        for each, pill in self._pills.items():
            count = len(self._shown[each])
            pill.setText(f"{self._names[each]} {count}")
            is_none = not count and each is not FindingFilter.ALL
            restyle(pill, state="none" if is_none else "error" if each is FindingFilter.OVERDUE else "")

    def _on_pill(self, pill: QPushButton) -> None:
        self._chosen = next(each for each, candidate in self._pills.items() if candidate is pill)
        self.changed.emit()
