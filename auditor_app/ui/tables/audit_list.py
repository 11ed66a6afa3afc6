"""The audits of this laptop as the list at the left shows them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import QWidget

from auditor_app.models.errors import AuditorError
from auditor_app.models.ids import AuditId
from auditor_app.models.scoring import ScoreResult, shown
from auditor_app.models.summary import AuditSummary
from auditor_app.ui.context import Context
from auditor_app.ui.widgets import tooltip

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
SUMMARY_ROLE = Qt.ItemDataRole.UserRole + 1
NUMBER_END = 12
"""Characters of a number that are shown where there is no room for all of it."""
PAGE = 60


class AuditList(QAbstractListModel):
    """The audits, newest first; read page by page as the list is scrolled, whole or those that hold some words."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._words = ""
        self._summaries: list[AuditSummary] = []
        self._rows: dict[AuditId, int] = {}
        self._is_whole = True
        self._results: dict[AuditId, ScoreResult | None] = {}
        # Scores of the lines on the screen, worked out one by one once the list is painted without them.
        self._wanted: dict[AuditId, None] = {}
        self._working = QTimer(self, interval=0, singleShot=True)
        self._working.timeout.connect(self._work_out)

    @property
    def words(self) -> str:
        """Return what is looked for, empty for all audits."""
        return self._words

    @property
    def is_whole(self) -> bool:
        """Say whether every audit that is to be shown has been read."""
        return self._is_whole

    def look_for(self, words: str) -> None:
        """Show only audits whose number and company hold these words."""
        if words != self._words:
            self._words = words
            self._read(PAGE)

    def reset(self) -> None:
        """Read the list anew, as far as it was read; while the library cannot be read it stays as it was."""
        self._read(max(PAGE, len(self._summaries)))

    def show_all(self) -> None:
        """Read the list anew, and look for nothing any more."""
        self._words = ""
        self.reset()

    def stop(self) -> None:
        """Work out no more scores."""
        self._working.stop()

    def _read(self, rows: int) -> None:
        try:
            summaries = self._context.session.summaries(rows, self._words)
        except AuditorError:
            return
        if summaries != self._summaries:
            self.beginResetModel()
            self._summaries, self._results = summaries, {}
            self._rows = {summary.id: row for row, summary in enumerate(summaries)}
            self.endResetModel()
        self._is_whole = len(summaries) < rows

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._is_whole

    def fetchMore(self, parent: Index) -> None:
        try:
            found = self._context.session.summaries(PAGE, self._words, self._summaries[-1])
        except AuditorError:
            # Asked again when the list is scrolled again.
            return
        self._is_whole = len(found) < PAGE
        if found:
            first = len(self._summaries)
            self.beginInsertRows(NO_INDEX, first, first + len(found) - 1)
            self._summaries += found
            self._rows |= {summary.id: first + place for place, summary in enumerate(found)}
            self.endInsertRows()

    def is_open(self, summary: AuditSummary) -> bool:
        """Say whether this is the audit that is open."""
        session = self._context.session
        return session.is_open and session.audit.id == summary.id

    def refresh_open(self) -> None:
        """Show the open audit as it is now."""
        session = self._context.session
        audit = session.audit
        row = self.row_of(audit.id)
        if row >= 0:
            self._summaries[row] = replace(
                self._summaries[row],
                number=audit.info.number,
                kind=audit.info.kind,
                company=audit.company.name,
                is_finalised=session.is_finalised,
            )
            self._results.pop(audit.id, None)
            self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, audit_id: AuditId) -> int:
        """Return where an audit stands, -1 when it does not, or not yet."""
        return self._rows.get(audit_id, -1)

    def second_line(self, summary: AuditSummary) -> str:
        """Return where the audit stands, its type and number."""
        return self.second_lines(summary)[0]

    def second_lines(self, summary: AuditSummary) -> tuple[str, ...]:
        """Return the same, then less of it for less room: the end of a number tells audits apart."""
        result = self._result(summary.id)
        stand = self._stand(result) if result is not None else ""
        number = summary.number or self.tr("no number yet")
        whole = (stand, self._context.words.word(summary.kind), number)
        end = f"…{number[-NUMBER_END:]}" if len(number) > NUMBER_END else number
        lines = (whole, (stand, number), (stand, end))
        return tuple(" · ".join(part for part in line if part) for line in lines)

    def badge(self, summary: AuditSummary) -> str:
        """Return the word for an audit that nobody edits any more, empty for any other."""
        return self.tr("Finalised") if summary.is_finalised else ""

    def _stand(self, result: ScoreResult) -> str:
        if result.nothing_applicable:
            return self.tr("no score")
        if result.exact is not None and result.level is not None:
            return f"{self._context.words.word(result.level)} {shown(result.exact)}"
        return f"{result.whole.judged}/{result.whole.total}" if result.whole.judged else ""

    def _result(self, audit_id: AuditId) -> ScoreResult | None:
        """Return the score of an audit, None when it is not worked out yet or cannot be read."""
        session = self._context.session
        if session.is_open and audit_id == session.audit.id:
            return session.result
        if audit_id not in self._results and audit_id not in self._wanted:
            self._wanted[audit_id] = None
            self._working.start()
        return self._results.get(audit_id)

    def _work_out(self) -> None:
        audit_id = next(iter(self._wanted))
        del self._wanted[audit_id]
        row = self.row_of(audit_id)
        if row >= 0:
            self._results[audit_id] = self._stored(audit_id)
            self.dataChanged.emit(self.index(row), self.index(row))
        if self._wanted:
            self._working.start()

    def _stored(self, audit_id: AuditId) -> ScoreResult | None:
        try:
            return self._context.session.result_of(audit_id)
        except AuditorError:
            # Said when somebody opens the audit; a line of a list is no place for it.
            return None

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._summaries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        summary = self._summaries[index.row()]
        name = summary.company or self.tr("Unnamed company")
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip("\n".join(filter(None, (name, self.second_line(summary), self.badge(summary)))))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.tr(", ").join(filter(None, (name, self.badge(summary), self.second_line(summary))))
            case _ if role == SUMMARY_ROLE:
                return summary
        return None
