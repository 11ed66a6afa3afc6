"""The samples listed for one indicator; whatever is done to them, its counts follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from auditor_app.models.audit import Kind
from auditor_app.models.changes import Change
from auditor_app.models.enums import SampleResult, Verdict
from auditor_app.models.ids import RowId
from auditor_app.models.samples import with_new_sample, with_sample_values, without_sample
from auditor_app.ui.context import Context
from auditor_app.ui.pills import Pill, verdict_pill
from auditor_app.ui.tables.columns import Column
from auditor_app.ui.tables.row_table import Index, RowTable
from auditor_app.ui.tables.sheet_model import PILL_ROLE

LOOKS = {SampleResult.CONFORMS: Verdict.MET, SampleResult.DEVIATES: Verdict.NOT_MET}


class SampleTable(RowTable):
    """Show the samples of one indicator."""

    def __init__(self, context: Context, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(context, Kind.SAMPLE, columns, parent)
        self.clause = ""

    def show_clause(self, clause: str) -> None:
        """Show the samples of another indicator."""
        self.clause = clause
        self.reset()

    def shows(self, row: Any) -> bool:
        return bool(row.clause == self.clause)

    def adding(self, row_id: RowId, row: Any) -> tuple[Change, ...]:
        return with_new_sample(self._context.session.audit, row_id, row)

    def removing(self, row_id: RowId) -> tuple[Change, ...]:
        return without_sample(self._context.session.audit, row_id)

    def setting(self, row_id: RowId, values: dict[str, Any]) -> tuple[Change, ...]:
        return with_sample_values(self._context.session.audit, row_id, values)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == PILL_ROLE:
            return self._pill(index) if self._columns[index.column()].path == "result" else None
        return super().data(index, role)

    def _pill(self, index: Index) -> Pill:
        result = self._context.session.audit.of(Kind.SAMPLE)[self._ids[index.row()]].result
        return verdict_pill(self._context.theme, LOOKS[result], self._context.words.word(result))
