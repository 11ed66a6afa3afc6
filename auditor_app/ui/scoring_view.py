"""The table of the scoring sheet: one key does what it says for the selected rows."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from auditor_app.models.ids import Clause
from auditor_app.models.standard import Indicator
from auditor_app.ui.context import Context
from auditor_app.ui.keys import Scope
from auditor_app.ui.tables.indicator_tree import IndicatorTree
from auditor_app.ui.tables.sheet_view import SheetView

Index = QModelIndex | QPersistentModelIndex
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_MOVES = (
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
    *(Qt.Key.Key_Left, Qt.Key.Key_Right),
)


class ScoringView(SheetView):
    """The sheet; several rows can be selected, and a heading stands for what is shown under it."""

    asked = Signal(str)
    """An action of the keymap, for the sheet."""

    def __init__(self, context: Context, model: IndicatorTree, parent: QWidget | None = None) -> None:
        super().__init__(context, model, parent)
        self._keys = context.keys
        self._tree = model
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    @property
    def is_on_heading(self) -> bool:
        """Say whether nothing but one heading is selected."""
        index = self.currentIndex().siblingAtColumn(0)
        is_single = len(self._selected_rows()) <= 1
        return is_single and index.isValid() and self.model().hasChildren(index)

    def chosen(self) -> list[Clause]:
        """Return the indicators that are selected, or shown below the headings that are, in the order of the sheet."""
        rows = self._selected_rows() or [self.currentIndex()]
        keys = {leaf for row in rows if row.isValid() for leaf in self._tree.under(self._tree.node(row).key)}
        return [Clause(key) for key in self._tree.row_keys() if key in keys and self._is_shown(key)]

    def shows_current(self) -> bool:
        """Say whether there is a selected row and no filter hides it."""
        index = self.currentIndex().siblingAtColumn(0)
        is_shown = index.isValid()
        while is_shown and index.isValid():
            is_shown = not self.isRowHidden(index.row(), index.parent())
            index = index.parent()
        return is_shown

    def let_go_of_hidden(self) -> None:
        """Select no rows that a filter hides: a key would judge what nobody sees."""
        flags = QItemSelectionModel.SelectionFlag.Deselect | QItemSelectionModel.SelectionFlag.Rows
        for index in self._selected_rows():
            if self.isRowHidden(index.row(), index.parent()):
                self.selectionModel().select(index, flags)

    def toggle(self) -> None:
        """Open or close the heading that is selected, or the one above the selected indicator."""
        index = self.currentIndex().siblingAtColumn(0)
        if index.isValid() and not self.model().hasChildren(index):
            index = index.parent()
        if index.isValid():
            self.setCurrentIndex(index)
            self.setExpanded(index, not self.isExpanded(index))

    def _selected_rows(self) -> list[QModelIndex]:
        """Return the first cells of the selected rows. Qt's own way asks for every cell of them, and takes long."""
        selected = self.selectionModel().selection()
        ranges = [selected.at(place) for place in range(selected.count())]
        return [
            self._tree.index(row, 0, each.parent()) for each in ranges for row in range(each.top(), each.bottom() + 1)
        ]

    def _is_shown(self, key: str) -> bool:
        index = self._tree.index_of(key)
        is_indicator = isinstance(self._tree.node(index).item, Indicator)
        return is_indicator and not self.isRowHidden(index.row(), index.parent())

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        # With Control Qt moves an invisible cursor and leaves the selection behind; the next verdict would be given to
        # a row that nobody sees is meant.
        if isinstance(event, QKeyEvent) and event.key() in _MOVES and not event.modifiers() & _SHIFT:
            flags = QItemSelectionModel.SelectionFlag
            return flags.ClearAndSelect | flags.Rows
        return super().selectionCommand(cast(QModelIndex, index), event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter, which the editor in a cell leaves to its parents, ends the editing and nothing else.
        is_editing = self.state() is QAbstractItemView.State.EditingState
        action = "" if is_editing else self._keys.action(event, Scope.SHEET)
        if action == "expand":
            self.toggle()
        elif action:
            self.asked.emit(action)
        else:
            super().keyPressEvent(event)
