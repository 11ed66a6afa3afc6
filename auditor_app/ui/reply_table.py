"""What a workbook would change as a Qt table: old, new, and whether it is taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from auditor_app.models.catalogue import RESOURCES
from auditor_app.ui.reply_desk import Line
from auditor_app.ui.tables.headed_table import NO_INDEX, HeadedTable, Index, show_table
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets import tooltip

TAKE, ABOUT, FIELD, BEFORE, AFTER, DOUBT = range(6)
WIDTHS = {TAKE: 44, ABOUT: 190, FIELD: 120, BEFORE: 220, AFTER: 240}
SHOWN = 300
"""Characters of a text in a cell; the whole of it is shown below."""


class LineTable(HeadedTable):
    """Lines with a check each."""

    chosen_changed = Signal()

    def __init__(self, theme: Theme, lines: Sequence[Line], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines = lines
        self._chosen = [line.is_wanted for line in lines]
        self._headers = (
            *(self.tr("Take"), self.tr("Row"), self.tr("Field")),
            *(self.tr("In the audit"), self.tr("In the workbook"), self.tr("Look twice")),
        )

    @property
    def chosen(self) -> list[int]:
        """Return the places of the lines that are taken."""
        return [place for place, is_chosen in enumerate(self._chosen) if is_chosen]

    def line(self, row: int) -> Line:
        """Return the line of a row."""
        return self._lines[row]

    def choose(self, rows: Sequence[int], is_chosen: bool) -> None:
        """Take lines, or leave them out."""
        for row in rows:
            self._chosen[row] = is_chosen
        if rows:
            self.dataChanged.emit(self.index(min(rows), TAKE), self.index(max(rows), TAKE))
            self.chosen_changed.emit()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == TAKE else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line, column = self._lines[index.row()], index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == TAKE:
            return Qt.CheckState.Checked if self._chosen[index.row()] else Qt.CheckState.Unchecked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and column != TAKE:
            return " ".join(self._text(line, column)[:SHOWN].split()) or ("" if column == DOUBT else "–")
        if role == Qt.ItemDataRole.ToolTipRole and column != TAKE:
            return tooltip(self._text(line, column)[:SHOWN])
        if role == Qt.ItemDataRole.ForegroundRole:
            if column == DOUBT and line.doubts:
                return self._theme.color("warning")
            return self._theme.color("text_soft" if column in (ABOUT, FIELD, BEFORE, DOUBT) else "text")
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != TAKE:
            return False
        self.choose([index.row()], Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def _text(self, line: Line, column: int) -> str:
        texts = {ABOUT: line.about, FIELD: line.label, BEFORE: line.before, AFTER: line.after}
        separator = self.tr("; ")
        return texts[column] if column in texts else separator.join(line.doubts)


class LineView(QTableView):
    """The table; Space takes the line or leaves it out, whatever column the keyboard is in."""

    def __init__(self, theme: Theme, model: LineTable, name: str) -> None:
        super().__init__()
        self.setStyleSheet(_checks(theme))
        self._lines = model
        show_table(self, model, WIDTHS, name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.horizontalHeader().setSectionResizeMode(DOUBT, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = sorted({index.row() for index in self.selectedIndexes()})
        if event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier and rows:
            self._lines.choose(rows, not set(rows) <= set(self._lines.chosen))
        else:
            super().keyPressEvent(event)


def _checks(theme: Theme) -> str:
    """Return how the checks look: as those elsewhere, which the style draws in tables of its own accord otherwise."""
    line, panel, accent = (theme.color(meaning).name() for meaning in ("control_line", "panel", "accent"))
    box = f"width: 15px; height: 15px; border: 1px solid {line}; border-radius: 4px; background: {panel};"
    sign = f"background: {accent}; border-color: {accent}; image: url({(RESOURCES / 'icons').as_posix()}/checked.svg);"
    return f"QTableView::indicator {{ {box} }} QTableView::indicator:checked {{ {sign} }}"
