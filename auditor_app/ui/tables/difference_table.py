"""What differs between an audit of a backup and the present one, as a Qt table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt

from auditor_app.models.changes import WHOLE_ROW, Change
from auditor_app.models.telling import Worded
from auditor_app.ui.tables.headed_table import NO_INDEX, HeadedTable, Index
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets import tooltip

WHAT, CLAUSE, FIELD, THEN, NOW = range(5)
WIDTHS = {WHAT: 222, CLAUSE: 72, FIELD: 150}
FITS = 24
"""Characters that a cell has room for, in Chinese."""
LEAD = 8
"""Characters that are kept of what a longer text has in common with the other one before they part."""
SHOWN = 300
EXPLAINED = 600
"""Characters of a text in a cell and in its tooltip."""
_SPACES = str.maketrans({" ": "·", "\t": "→", "\u00a0": "°", "\u3000": "□", "\n": "↵"})
"""How space is shown where two texts differ in nothing else."""


class DifferenceTable(HeadedTable):
    """Fields and whole rows that differ, with what both sides say."""

    def __init__(
        self,
        theme: Theme,
        lines: Sequence[tuple[Change, Worded]],
        sides: tuple[str, str],
        nothing: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines = lines
        self._nothing = nothing
        self._headers = (self.tr("Of what"), self.tr("Clause"), self.tr("Field"), *sides)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _excerpt(self._text(row, column), 0, SHOWN)
        if role == Qt.ItemDataRole.ToolTipRole:
            text, parting = self._text(row, column), self._parting(row, column)
            return tooltip(_excerpt(text, max(parting - SHOWN, 0) if len(text) > EXPLAINED else 0, EXPLAINED))
        if role == Qt.ItemDataRole.ForegroundRole:
            colors = {WHAT: "text", THEN: "warning", NOW: "text"}
            is_soft = column not in colors or not self._said(row, column)
            return self._theme.color("text_soft" if is_soft else colors[column])
        return None

    def _shown(self, row: int, column: int) -> str:
        """Return a text on one line, long ones from shortly before the two sides part: their ends would be cut off."""
        text, parting = self._text(row, column), self._parting(row, column)
        start = max(parting - LEAD, 0) if len(text) > FITS else 0
        part, worded = _excerpt(text, start, SHOWN), self._lines[row][1]
        if column in (THEN, NOW) and _on_one_line(worded.before) == _on_one_line(worded.after):
            return part.translate(_SPACES)
        return _on_one_line(part)

    def _parting(self, row: int, column: int) -> int:
        """Return how many characters both sides begin with alike."""
        worded = self._lines[row][1]
        if column not in (THEN, NOW):
            return 0
        pairs = enumerate(zip(worded.before, worded.after, strict=False))
        shorter = min(len(worded.before), len(worded.after))
        return next((place for place, (then, now) in pairs if then != now), shorter)

    def _said(self, row: int, column: int) -> str:
        worded = self._lines[row][1]
        return (worded.what, worded.clause, worded.field, worded.before, worded.after)[column]

    def _text(self, row: int, column: int) -> str:
        change, text = self._lines[row][0], self._said(row, column)
        if text or column not in (THEN, NOW):
            return text
        value = change.before if column == THEN else change.after
        return "–" if change.field == WHOLE_ROW and value is None else self._nothing


def _on_one_line(text: str) -> str:
    return " ".join(text.replace("\n", " ↵ ").split())


def _excerpt(text: str, start: int, most: int) -> str:
    end = start + most
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
