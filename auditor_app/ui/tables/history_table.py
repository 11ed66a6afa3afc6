"""The history of an audit as a Qt table: the newest first, what was one step together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt

from auditor_app.models.history import local_time
from auditor_app.models.telling import Told
from auditor_app.ui.tables.headed_table import NO_INDEX, HeadedTable, Index
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets import tooltip

WHEN, WHO, WHAT, CLAUSE, FIELD, BEFORE, AFTER = range(7)
WIDTHS = {WHEN: 140, WHO: 90, WHAT: 230, CLAUSE: 72, FIELD: 120, BEFORE: 200}
SHOWN = 300
"""Characters of a text in a cell; the whole of it is shown below."""


class HistoryTable(HeadedTable):
    """Lines of history; nothing about a line is made before it is looked at."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: Sequence[Told] = ()
        self._is_odd: list[bool] = []
        self._headers = (
            *(self.tr("When"), self.tr("Who"), self.tr("Of what"), self.tr("Clause")),
            *(self.tr("Field"), self.tr("Before"), self.tr("After")),
        )

    def show(self, lines: Sequence[Told]) -> None:
        """Show these lines, in this order."""
        self.beginResetModel()
        self._lines, self._is_odd = lines, []
        is_odd, step = True, ""
        for line in lines:
            if line.entry.change_set != step:
                is_odd, step = not is_odd, line.entry.change_set
            self._is_odd.append(is_odd)
        self.endResetModel()

    def line(self, row: int) -> Told:
        """Return the line of a row."""
        return self._lines[row]

    @property
    def lines(self) -> Sequence[Told]:
        """Return what is shown."""
        return self._lines

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line, column = self._lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            if column in (WHEN, WHO) and not self._begins_step(index.row()):
                return ""
            return " ".join(text_of(line, column)[:SHOWN].split())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(text_of(line, column)[:SHOWN].split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(text_of(line, column)[:SHOWN])
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._theme.color("text" if column in (WHAT, AFTER) else "text_soft")
        if role == Qt.ItemDataRole.BackgroundRole and self._is_odd[index.row()]:
            return self._theme.color("row_group")
        return None

    def _begins_step(self, row: int) -> bool:
        return row == 0 or self._lines[row - 1].entry.change_set != self._lines[row].entry.change_set


def text_of(line: Told, column: int) -> str:
    """Return the words of a column, times as the clock here shows them."""
    match column:
        case _ if column == WHEN:
            return local_time(line.entry.at)
        case _ if column == WHO:
            return line.entry.who
        case _ if column == WHAT:
            return line.what
        case _ if column == CLAUSE:
            return line.clause
        case _ if column == FIELD:
            return line.field
    return line.before if column == BEFORE else line.after
