"""The list of samples of the selected indicator: what, when, result, remark; n and k follow from it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from auditor_app.models.audit import Kind
from auditor_app.models.changes import Change, ChangeSet, apply
from auditor_app.models.entities import Sample
from auditor_app.models.enums import SampleResult
from auditor_app.models.errors import ValidationError
from auditor_app.models.ids import RowId, new_id
from auditor_app.models.samples import with_new_sample
from auditor_app.models.text import clean_line
from auditor_app.ui.context import Context
from auditor_app.ui.editing import DATE, TEXT
from auditor_app.ui.keys import Scope
from auditor_app.ui.pills import draw_pill
from auditor_app.ui.tables.cell_delegate import CellDelegate
from auditor_app.ui.tables.columns import Column
from auditor_app.ui.tables.sample_table import SampleTable
from auditor_app.ui.tables.sheet_model import PILL_ROLE
from auditor_app.ui.widgets import button, label

Index = QModelIndex | QPersistentModelIndex
WHAT, DAY, RESULT, REMARK = range(4)
ROW_HEIGHT = 28
MOST_ROWS = 7
MOST_PASTED = 300


class _SampleDelegate(CellDelegate):
    """Paint the result as a pill."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        pill = index.data(PILL_ROLE)
        super().paint(painter, option, index)
        if pill is not None:
            draw_pill(painter, pill, option.rect.left() + 2, option.rect.center().y() + 1, painter.fontMetrics())


class _SamplesView(QTableView):
    """The list; keys of the scoring sheet mean the selected sample here."""

    asked = Signal(str)
    """An action of the keymap, or `paste`."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._keys = context.keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.asked.emit("paste")
            return
        action = self._keys.action(event, Scope.SHEET)
        if action in ("met", "not_met", "unjudged", "finding", "evidence", "expand", "next_unjudged", "samples"):
            self.asked.emit(action)
        else:
            super().keyPressEvent(event)


class SamplesList(QWidget):
    """List samples by hand or by pasting lines; 1 and 2 say how the selected one turned out."""

    finding_requested = Signal(str)
    """Row id of a sample that should become a finding."""
    evidence_requested = Signal(str)
    """Row id of a sample that should get evidence."""
    selected = Signal(str)
    """Row id of the sample that is selected now, empty for none."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        words = context.words.words(SampleResult)
        self._model = SampleTable(
            context,
            [
                Column("what", self.tr("Sample"), 96, lambda s: s.what, "what", TEXT, stretch=True),
                Column("checked_on", self.tr("Date"), 48, lambda s: DATE.show(s.checked_on)[5:], "checked_on", DATE),
                Column("result", self.tr("Result"), 72, lambda _s: "", "result", choices=words),
                Column("remark", self.tr("Remark"), 74, lambda s: clean_line(s.remark), "remark", TEXT),
            ],
            self,
        )
        self.view = _SamplesView(context)
        self._hint = label(self.tr("List the samples, or paste one a line; the counts follow."), "second", wrap=True)
        self._refusal = label("", "problem", wrap=True)
        self._add = button(self.tr("Add sample"), "link")
        self._remove = button(self.tr("Remove"), "link")
        self._lay_out()
        self._add.clicked.connect(self.add)
        self._remove.clicked.connect(self._remove_current)
        self.view.asked.connect(self._do)
        self.view.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self._model.refused.connect(self._on_refused)

    @property
    def current(self) -> str:
        """Return the row id of the selected sample, empty when none is."""
        index = self.view.currentIndex()
        return self._model.row_id(index.row()) if index.isValid() else ""

    @property
    def is_empty(self) -> bool:
        """Say whether no sample is listed."""
        return self._model.rowCount() == 0

    def show_clause(self, clause: str) -> None:
        """Show the samples of another indicator."""
        self._model.show_clause(clause)
        self._on_refused("")
        self._fit()
        self.selected.emit("")

    def on_changed(self, change_set: ChangeSet) -> None:
        """Patch the samples that changed."""
        if self._model.clause and change_set.touches(Kind.SAMPLE):
            self._model.on_changed(change_set)
            self._fit()

    def add(self) -> None:
        """List one more sample and type what it is."""
        self._context.session.flush()
        row = self._model.insert(Sample(self._model.clause, checked_on=date.today()))
        if row >= 0:
            index = self._model.index(row, WHAT)
            self.view.setFocus()
            self.view.setCurrentIndex(index)
            self.view.edit(index)

    def start(self) -> None:
        """Give the list the keyboard; an empty one starts with its first sample."""
        if self.is_empty:
            self.add()
        else:
            self.view.setFocus()
            self.view.setCurrentIndex(self._model.index(0, WHAT))

    def _lay_out(self) -> None:
        view = self.view
        view.setModel(self._model)
        view.setItemDelegate(_SampleDelegate(self._context.session, view))
        view.setAccessibleName(self.tr("Samples of the indicator"))
        view.setShowGrid(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        view.setTabKeyNavigation(False)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        view.verticalHeader().hide()
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        for place, width in enumerate((96, 56, 80, 60)):
            view.setColumnWidth(place, width)
        header.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        actions = QHBoxLayout()
        actions.setSpacing(12)
        actions.addWidget(self._add)
        actions.addWidget(self._remove)
        actions.addStretch()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for widget in (self._hint, view, self._refusal):
            box.addWidget(widget)
        box.addLayout(actions)

    def _fit(self) -> None:
        rows = self._model.rowCount()
        self.view.setVisible(rows > 0)
        self._hint.setVisible(rows == 0)
        self._remove.setVisible(rows > 0)
        header = self.view.horizontalHeader().sizeHint().height()
        self.view.setFixedHeight(header + min(rows, MOST_ROWS) * ROW_HEIGHT + 2)

    def _do(self, action: str) -> None:
        row = self.view.currentIndex().row()
        match action:
            case "paste":
                self._paste(QGuiApplication.clipboard().text())
            case "samples":
                self.add()
            case "next_unjudged" if row < self._model.rowCount() - 1:
                self.view.setCurrentIndex(self._model.index(row + 1, WHAT))
            case "next_unjudged":
                self.add()
            case _ if row < 0:
                return
            case "met":
                self._judge(row, SampleResult.CONFORMS)
            case "not_met":
                self._judge(row, SampleResult.DEVIATES)
            case "expand":
                self._turn(row)
            case "unjudged":
                self._remove_current()
            case "finding":
                self.finding_requested.emit(self.current)
            case "evidence":
                self.evidence_requested.emit(self.current)

    def _judge(self, row: int, result: SampleResult) -> None:
        self._context.session.flush()
        self._model.set_values(row, {"result": result}, self.tr("result of a sample"))

    def _turn(self, row: int) -> None:
        sample = self._context.session.audit.of(Kind.SAMPLE)[self._model.row_id(row)]
        is_good = sample.result is SampleResult.CONFORMS
        self._judge(row, SampleResult.DEVIATES if is_good else SampleResult.CONFORMS)

    def _remove_current(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            self._context.session.flush()
            self._model.delete(index.row())

    def _paste(self, text: str) -> None:
        """List a sample for every line; what stands behind a tab is its remark, as a spreadsheet copies it."""
        session = self._context.session
        session.flush()
        audit, changes = session.audit, list[Change]()
        for line in text.splitlines()[:MOST_PASTED]:
            what, _, remark = line.partition("\t")
            if clean_line(what):
                sample = Sample(self._model.clause, clean_line(what), date.today(), remark=clean_line(remark))
                step = with_new_sample(audit, RowId(new_id()), sample)
                audit = apply(audit, ChangeSet(audit.id, step))
                changes += step
        try:
            session.submit(changes, self.tr("paste samples"))
        except ValidationError as error:
            self._on_refused(self._context.words.error(error))

    def _on_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.selected.emit(self._model.row_id(current.row()) if current.isValid() else "")

    def _on_refused(self, text: str) -> None:
        self._refusal.setText(text)
        self._refusal.setVisible(bool(text))
