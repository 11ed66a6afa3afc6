"""A card with a short table that grows with its rows: team, sites, subcontracts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from auditor_app.models.audit import Kind
from auditor_app.models.changes import ChangeSet
from auditor_app.models.ids import RowId
from auditor_app.models.remarks import Remark
from auditor_app.ui.context import Context
from auditor_app.ui.sheet_page import bring_into_view
from auditor_app.ui.tables.cell_delegate import ROW_HEIGHT, CellDelegate
from auditor_app.ui.tables.columns import Column
from auditor_app.ui.tables.row_table import RowTable
from auditor_app.ui.widgets import Card, button, label, restyle


class _RowsView(QTableView):
    """A table whose Delete key removes the selected row."""

    def __init__(self, on_delete: Callable[[], None]) -> None:
        super().__init__()
        self._on_delete = on_delete

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._on_delete()
        else:
            super().keyPressEvent(event)


class RowsCard(Card):
    """Add, edit and remove rows of one kind; what is wrong or doubtful is said below the table."""

    def __init__(
        self,
        context: Context,
        kind: Kind,
        title: str,
        columns: Sequence[Column],
        add_text: str,
        empty_text: str,
        new_row: Callable[[], Any],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self._context = context
        self._kind = kind
        self._columns = columns
        self._new_row = new_row
        self._model = RowTable(context, kind, columns, self)
        self._view = _RowsView(self._remove)
        self._empty = label(empty_text, "soft", wrap=True)
        self._message = label("", "message", wrap=True)
        self._refusal = ""
        self._add = button(add_text)
        self._add.setIcon(context.theme.icon("plus"))
        self._remove_button = button(self.tr("Remove row"))
        self._remove_button.setIcon(context.theme.icon("trash-2"))
        self._set_up_view(title)
        self.add_to_heading(self._remove_button)
        self.add_to_heading(self._add)
        for widget in (self._empty, self._view, self._message):
            self.body.addWidget(widget)
        self._add.clicked.connect(self._on_add)
        self._remove_button.clicked.connect(self._remove)
        self._model.refused.connect(self._on_refused)
        self._view.selectionModel().currentChanged.connect(self._on_current_changed)

    @property
    def kind(self) -> Kind:
        """Return the kind of the rows."""
        return self._kind

    def reset(self) -> None:
        """Show the rows of the audit that is open now."""
        self._refusal = ""
        self._model.reset()
        self._fit()

    def on_changed(self, change_set: ChangeSet) -> None:
        """Patch the cells that a change set touched."""
        self._model.on_changed(change_set)
        if change_set.touches(self._kind):
            self._fit()

    def show_remarks(self, found: Sequence[Remark]) -> None:
        """Mark the doubtful cells and say below the table what they lack."""
        mine = [remark for remark in found if remark.kind is self._kind]
        self._model.mark({(remark.row_id, remark.field) for remark in mine})
        rows = self._context.session.audit.of(self._kind)
        numbers = {row_id: number for number, row_id in enumerate(rows, 1)}
        headers = {column.path: column.header for column in self._columns}
        parts = []
        for remark in mine:
            text = self._context.words.text(remark.section, remark.code, **remark.params)
            if remark.row_id in numbers:
                place = self.tr("row {0}").format(numbers[remark.row_id])
                text = " ".join(part for part in (place, headers.get(remark.field, ""), text) if part)
            parts.append(text)
        text = self._refusal or " · ".join(parts)
        self._message.setText(text)
        self._message.setVisible(bool(text))
        restyle(self._message, state="error" if self._refusal else "warning")

    def go_to(self, row_id: RowId, path: str) -> None:
        """Select the cell of a row that a remark is about, or the button that adds the first row."""
        rows = list(self._context.session.audit.of(self._kind))
        if row_id in rows:
            column = next((place for place, column in enumerate(self._columns) if column.path == path), 0)
            self._view.setCurrentIndex(self._model.index(rows.index(row_id), column))
            self._view.setFocus()
        else:
            self._add.setFocus()

    def _set_up_view(self, name: str) -> None:
        view = self._view
        view.setModel(self._model)
        view.setItemDelegate(CellDelegate(self._context.session, view))
        view.setAccessibleName(name)
        view.setShowGrid(False)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Tab leaves the table, so that what is behind it can be reached; arrow keys walk its cells.
        view.setTabKeyNavigation(False)
        view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        view.verticalHeader().hide()
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        for place, column in enumerate(self._columns):
            view.setColumnWidth(place, column.width)
            if column.stretch:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    def _fit(self) -> None:
        rows = self._model.rowCount()
        self._view.setVisible(rows > 0)
        self._empty.setVisible(rows == 0)
        self._remove_button.setVisible(rows > 0)
        self._remove_button.setEnabled(self._view.currentIndex().isValid())
        header = self._view.horizontalHeader().sizeHint().height()
        self._view.setFixedHeight(header + rows * ROW_HEIGHT + 2 * self._view.frameWidth() + 2)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._context.session.is_open:
            self._fit()

    def _on_add(self) -> None:
        self._context.session.flush()
        row = self._model.insert(self._new_row())
        if row >= 0:
            # What the program filled in (the number of a site) is left alone.
            first = next(place for place, column in enumerate(self._columns) if not index_text(self._model, row, place))
            index = self._model.index(row, first)
            self._view.setCurrentIndex(index)
            self._view.setFocus()
            self._view.edit(index)
            bring_into_view(self)

    def _remove(self) -> None:
        index = self._view.currentIndex()
        if index.isValid():
            self._context.session.flush()
            self._model.delete(index.row())

    def _on_refused(self, text: str) -> None:
        self._refusal = text
        self.show_remarks(self._context.session.remarks)

    def _on_current_changed(self) -> None:
        if self._refusal:
            self._on_refused("")
        self._remove_button.setEnabled(self._view.currentIndex().isValid())


def index_text(model: RowTable, row: int, column: int) -> str:
    """Return the words of a cell."""
    return str(model.index(row, column).data() or "")
