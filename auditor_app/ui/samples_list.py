"""The list of samples of the selected indicator: what, when, result, remark; n and k follow from it."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from auditor_app.models.audit import Kind
from auditor_app.models.changes import ChangeSet
from auditor_app.models.entities import Sample
from auditor_app.models.enums import SampleResult
from auditor_app.models.ids import RowId, new_id
from auditor_app.models.samples import day_of_sampling, read_samples, with_new_samples
from auditor_app.models.text import clean_line
from auditor_app.session.session import Flush
from auditor_app.ui.context import Context
from auditor_app.ui.drawn_text import draw_line
from auditor_app.ui.editing import DATE, TEXT
from auditor_app.ui.keys import Scope
from auditor_app.ui.pills import draw_pill, pill_column
from auditor_app.ui.tables.cell_delegate import CellDelegate
from auditor_app.ui.tables.columns import Column
from auditor_app.ui.tables.sample_table import SampleTable
from auditor_app.ui.tables.sheet_model import PILL_ROLE
from auditor_app.ui.widgets import button, label

Index = QModelIndex | QPersistentModelIndex
WHAT, DAY, RESULT, REMARK = range(4)
ROW_HEIGHT = 28
MOST_ROWS = 7
CELL_INSET = 9
MOST_PASTED = 1000


class _SampleDelegate(CellDelegate):
    """Paint words, and the result as a pill; Qt's way through the style takes three times as long for every cell."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context.session, parent)
        self._theme = context.theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, pill = option.rect, index.data(PILL_ROLE)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("accent_soft"))
        if pill is not None:
            draw_pill(painter, pill, rect.left() + 2, rect.center().y() + 1)
            return
        inside = rect.adjusted(CELL_INSET, 0, -CELL_INSET, 0)
        painter.setPen(self._theme.color("text"))
        draw_line(painter, inside, index.data())


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

    def keyboardSearch(self, search: str) -> None:
        # Letters are keys here; one that is held down or means nothing must not move the row under the hand.
        return

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        # An input method would take the keys that judge; the editors in cells ask for it themselves.
        return False if query is Qt.InputMethodQuery.ImEnabled else super().inputMethodQuery(query)


class _NewSample(QLineEdit):
    """The line that says what the next sample is; several lines are pasted as so many samples."""

    pasted = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_paste = event.matches(QKeySequence.StandardKey.Paste)
        # Asked of the window system only then: it may take its time.
        text = QGuiApplication.clipboard().text() if is_paste else ""
        if "\n" in text.strip() or "\t" in text:
            self.pasted.emit(text)
        else:
            super().keyPressEvent(event)


class SamplesList(QWidget):
    """List samples by hand or by pasting rows; 1 and 2 say how the selected one turned out."""

    finding_requested = Signal(str)
    """Row id of a sample that should become a finding."""
    evidence_requested = Signal(str)
    """Row id of a sample that should get evidence."""
    paste_requested = Signal()
    """What was copied should be taken; the panel knows whether it is evidence or samples."""
    message = Signal(str)
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
        self._hint = label(
            self.tr("List the samples, or paste rows of a table (what, date, result, remark); the counts follow."),
            "second",
            wrap=True,
        )
        self._refusal = label("", "problem", wrap=True)
        self._new = _NewSample(placeholderText=self.tr("New sample, Enter adds it"))
        self._new.setAccessibleName(self.tr("New sample"))
        self._remove = button(self.tr("Remove"), "link")
        self._lay_out()
        self._new.returnPressed.connect(self._add_typed)
        self._new.pasted.connect(self.paste)
        self._remove.clicked.connect(self._remove_current)
        context.session.flush_requested.connect(self._on_flush)
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
        if clause != self._model.clause:
            # What the disk did not take is told of by now; it is no sample of another indicator.
            self._new.clear()
        self._new.setReadOnly(self._context.session.is_finalised)
        if self._new.isReadOnly():
            # Nothing typed here can be stored, so it must not keep anybody on this row.
            self._new.clear()
        self._model.show_clause(clause)
        self._on_refused("")
        self._fit()
        self.selected.emit("")

    def on_changed(self, change_set: ChangeSet) -> None:
        """Patch the samples that changed."""
        if self._model.clause and change_set.touches(Kind.SAMPLE):
            self._model.on_changed(change_set)
            self._fit()

    def let_go(self) -> None:
        """Select no sample any more: keys are about the indicator again."""
        self.view.setCurrentIndex(QModelIndex())

    def start(self) -> None:
        """Put the cursor where the next sample is typed."""
        self._new.setFocus()

    def paste(self, text: str) -> None:
        """List a sample for every row that was copied, as one step."""
        session, clause = self._context.session, self._model.clause
        session.flush()
        found = read_samples(text, clause, self._day())
        taken = {RowId(new_id()): sample for sample in found[:MOST_PASTED]}
        if not taken:
            self.message.emit(self.tr("Nothing to list was copied. Copy the rows of a table, one for each sample."))
            return
        if session.submit(with_new_samples(session.audit, clause, taken), self.tr("paste samples")):
            self.message.emit(self._told(len(taken), len(found) - len(taken)))

    def _told(self, taken: int, left_out: int) -> str:
        if left_out:
            text = self.tr("{0} samples are listed; {1} more rows were too many for one step. Paste those once more.")
            return text.format(taken, left_out)
        return self.tr("{0} samples are listed. Undo takes them off again.").format(taken)

    def _lay_out(self) -> None:
        view = self.view
        view.setModel(self._model)
        view.setItemDelegate(_SampleDelegate(self._context, view))
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
        header.setMinimumSectionSize(30)
        results = pill_column(self._context.words.words(SampleResult).values())
        for place, width in enumerate((96, 52, results, 60)):
            view.setColumnWidth(place, width)
        header.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        # Names of samples often differ at their end only.
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        view.setObjectName("samples")
        actions = QHBoxLayout()
        actions.setSpacing(8)
        actions.addWidget(self._new, 1)
        actions.addWidget(self._remove)
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
                self.paste_requested.emit()
            case "next_unjudged" if row < self._model.rowCount() - 1:
                self.view.setCurrentIndex(self._model.index(row + 1, WHAT))
            case "samples" | "next_unjudged":
                self.start()
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
            if self.is_empty:
                self.start()

    def _add_typed(self) -> None:
        """List what was typed and select it, so that the next key can say how it turned out."""
        what = clean_line(self._new.text())
        if not what:
            return
        self._new.clear()
        row = self._model.insert(Sample(self._model.clause, what, self._day()))
        if row >= 0:
            self.view.setFocus()
            self.view.setCurrentIndex(self._model.index(row, WHAT))
            # The range to scroll in is known only once the new row has its place.
            self.view.doItemsLayout()
            self.view.scrollTo(self.view.currentIndex())
        else:
            self._new.setText(what)

    def _on_flush(self, flush: Flush) -> None:
        """List what was typed before it is left; it would be lost otherwise."""
        has_keyboard = self._new.hasFocus()
        if has_keyboard:
            QGuiApplication.inputMethod().commit()
        what = clean_line(self._new.text())
        if not what:
            return
        self._new.clear()
        if self._model.insert(Sample(self._model.clause, what, self._day())) < 0:
            self._new.setText(what)
            flush.is_complete = False

    def _day(self) -> date:
        return day_of_sampling(self._context.session.audit, date.today())

    def _on_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.selected.emit(self._model.row_id(current.row()) if current.isValid() else "")

    def _on_refused(self, text: str) -> None:
        self._refusal.setText(text)
        self._refusal.setVisible(bool(text))
