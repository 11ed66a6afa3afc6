"""The scoring sheet with the panel of what is selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QModelIndex, QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QWidget

from auditor_app.models.audit import Kind
from auditor_app.models.changes import Change, ChangeSet, edit
from auditor_app.models.enums import Verdict
from auditor_app.models.ids import Clause, RowId
from auditor_app.models.samples import sampled_by_list
from auditor_app.models.standard import Chapter, Group, Indicator
from auditor_app.ui.context import Context
from auditor_app.ui.deductions_panel import DeductionsPanel
from auditor_app.ui.empty_note import EmptyNote
from auditor_app.ui.indicator_panel import IndicatorPanel
from auditor_app.ui.key_hints import KeyHints
from auditor_app.ui.scoring_view import ScoringView
from auditor_app.ui.selection_panel import SelectionPanel
from auditor_app.ui.sheet_filter import SheetFilter
from auditor_app.ui.sheet_page import back_to_sheet, hint_page, lay_out_sheet, scrolled, to_top
from auditor_app.ui.tables.indicator_tree import COUNTS, VERDICT, IndicatorTree
from auditor_app.ui.verdicts import VERDICT_ACTIONS, deleted_verdict, plain_verdict
from auditor_app.ui.whereabouts import BONUS, DEDUCTIONS
from auditor_app.ui.widgets import button

EXTRA_ROWS = (DEDUCTIONS, BONUS)
_COUNTED = (Kind.ASSESSMENT, Kind.SAMPLE, Kind.EVIDENCE, Kind.FINDING, Kind.TEAM)


class ScoringTab(QWidget):
    """Judge every indicator; special deductions and bonus are the last rows."""

    message = Signal(str)
    finding_requested = Signal(str, str)
    """What should become a finding: `indicator` and its clause, `sample` or `special_deduction` and its row id."""
    row_selected = Signal(str)
    """The key of the row that is selected now: a clause, special deductions or the bonus."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._model = IndicatorTree(context, self)
        self.view = ScoringView(context, self._model)
        self.view.setAccessibleName(self.tr("Scoring sheet"))
        self.filter = SheetFilter(context)
        self._indicator_panel = IndicatorPanel(context)
        self._deductions_panel = DeductionsPanel(context)
        self._selection_panel = SelectionPanel(context)
        self._cards = (self._indicator_panel.deletion, self._selection_panel.deletion)
        self._panels = QStackedWidget()
        self._show_every = button(self.tr("Show all"))
        self._empty = EmptyNote(self.view, self._show_every)
        self._counts_stale = False
        self._place = ""
        """The key of the row that was selected last."""
        self._slots: dict[str, Callable[[], object]] = {
            "unjudged": lambda: self.judge(Verdict.UNJUDGED),
            "next_unjudged": self.go_to_next_unjudged,
            "note": self._edit_note,
            "finding": self._ask_for_finding,
            "evidence": self._add_evidence,
            "samples": self._list_samples,
            "find": self.filter.start_finding,
        }
        self._lay_out()
        self._connect()

    def reset(self) -> None:
        """Show the audit that is open now."""
        with self.view.in_place() as kept:
            self._start_over(kept)

    def _start_over(self, kept: str) -> None:
        for card in self._cards:
            card.cancel()
        self._model.reset()
        self._deductions_panel.reset()
        self.filter.reset()
        # Nothing is filtered out, and a view that was reset hides no row.
        self._empty.say("")
        indicators = self._context.session.standard.indicators
        first = kept if kept in indicators else self._model.next_unjudged("") or next(iter(indicators))
        self.view.go_to(kept or first)
        # Row and indicator may be those of the audit before.
        self._indicator_panel.show_indicator(indicators[Clause(first)])
        self._show_panel()

    def on_changed(self, change_set: ChangeSet) -> None:
        """Patch the rows and the panel that a change set touched."""
        self._model.on_changed(change_set)
        self._indicator_panel.on_changed(change_set)
        self._deductions_panel.on_changed(change_set)
        if change_set.touches(*_COUNTED):
            self._counts_stale = self.filter.shows_all
            if not self.filter.shows_all:
                self.filter.refresh()
                self._apply_filter()
            if self._panels.currentWidget() is self._pages[self._selection_panel]:
                self._show_panel()

    def show_rest(self) -> None:
        """Show what may follow a frame later: the panel beside the sheet, and counts that hide no row."""
        self._indicator_panel.show_rest()
        if self._counts_stale:
            self._counts_stale = False
            self.filter.refresh()

    def go_to(self, key: str) -> None:
        """Select a row, shown or filtered out, and give the sheet the keyboard."""
        if key not in self._visible():
            self.filter.show_all()
        self.view.go_to(key)
        self.view.setFocus()

    def judge(self, verdict: Verdict) -> None:
        """Judge the selected indicators."""
        self._context.session.flush()
        index = self.view.currentIndex()
        if not index.isValid():
            return
        clauses, item = self.view.chosen(), self._model.node(index).item
        if self.view.is_on_heading or len(clauses) > 1:
            self._judge_several(verdict, clauses)
        elif not isinstance(item, Indicator):
            return
        elif verdict is Verdict.SAMPLED and item.sampled and self._can_count(item.clause):
            index = index.siblingAtColumn(COUNTS)
            self.view.setCurrentIndex(index)
            self.view.edit(index)
            key = self._context.keys.text("samples")
            self.message.emit(self.tr("Checked / failed, such as 12/1; {0} lists the samples instead").format(key))
        else:
            self._indicator_panel.judge(verdict)

    def go_to_next_unjudged(self) -> None:
        """Select the next unjudged indicator of those shown, or say that there is none."""
        among = None if self.filter.shows_all else self.filter.shown
        clause = self._model.next_unjudged(self.view.current_key(), among)
        if clause is not None:
            self.go_to(clause)
        elif among is None:
            self.message.emit(self.tr("Every indicator is judged."))
        else:
            self.message.emit(self.tr("Every indicator shown is judged; “All” shows the others."))

    def start_finding(self) -> None:
        """Put the cursor into the words to find."""
        self.filter.start_finding()

    def _judge_several(self, verdict: Verdict, clauses: Sequence[Clause]) -> None:
        """Give one verdict to several indicators, under a heading to those only that have none yet."""
        audit, words = self._context.session.audit, self._context.words
        if self.view.is_on_heading:
            clauses = [clause for clause in clauses if audit.assessment(clause).verdict is Verdict.UNJUDGED]
            if not clauses:
                self.message.emit(
                    self.tr("Everything under this heading is judged; select rows to give them another verdict.")
                )
                return
        if verdict is Verdict.SAMPLED:
            self.message.emit(self.tr("Samples are counted for one indicator at a time; nothing was changed."))
        elif verdict is Verdict.DELETED:
            self._selection_panel.deletion.ask(
                clauses, lambda reason: self._give(clauses, deleted_verdict(reason), words.word(verdict))
            )
        else:
            self._give(clauses, plain_verdict(verdict), words.word(verdict))

    def _give(self, clauses: Sequence[Clause], values: dict[str, Any], word: str) -> bool:
        session = self._context.session
        changes: list[Change] = []
        for clause in clauses:
            changes += edit(session.audit, Kind.ASSESSMENT, RowId(clause), values)
        if not changes:
            self.message.emit(
                self.tr("All {0} indicators are {1} already; nothing was changed.").format(len(clauses), word)
            )
            return True
        rows = {change.id for change in changes}
        replaced = sum(session.audit.assessment(Clause(row)).verdict is not Verdict.UNJUDGED for row in rows)
        if not session.submit(changes, self.tr("{0} for {1} indicators").format(word, len(clauses))):
            return False
        if replaced:
            text = self.tr("{0} indicators are set to {1}, {2} of them had another verdict. Undo takes all of it back.")
        else:
            text = self.tr("{0} indicators are set to {1}. Undo takes all of it back.")
        self.message.emit(text.format(len(clauses), word, replaced))
        return True

    def _can_count(self, clause: str) -> bool:
        """Say whether samples are counted in a cell: they are not where they are listed, nor in a hidden column."""
        is_listed = sampled_by_list(self._context.session.audit, clause) is not None
        return not is_listed and not self.view.isColumnHidden(COUNTS)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.addWidget(self.filter)
        words = self._context.words
        hints = {action: words.word(verdict) for action, verdict in VERDICT_ACTIONS.items()}
        hints |= {
            "note": self.tr("note"),
            "finding": self.tr("finding"),
            "evidence": self.tr("evidence"),
            "next_unjudged": self.tr("next unjudged"),
            "keys": self.tr("all keys"),
        }
        foot = QHBoxLayout()
        foot.addWidget(self.filter.totals, 1)
        foot.addWidget(KeyHints(self._context.keys, hints))
        self._panels.addWidget(hint_page(self.tr("Select an indicator to judge it.")))
        self._pages = {
            panel: scrolled(panel) for panel in (self._indicator_panel, self._deductions_panel, self._selection_panel)
        }
        for page in self._pages.values():
            self._panels.addWidget(page)
        lay_out_sheet(self, tools, self.view, self._panels, foot)

    def _connect(self) -> None:
        self.view.asked.connect(self._do)
        self.view.paste_requested.connect(self._paste)
        self.view.clicked.connect(self._on_clicked)
        self.view.row_changed.connect(self._on_row_changed)
        self.view.returned.connect(self._on_returned)
        self.view.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.filter.changed.connect(self._apply_filter)
        self.filter.picked.connect(self._on_filter)
        self.filter.left.connect(self.view.setFocus)
        self.filter.ended.connect(self._settle)
        self._show_every.clicked.connect(self._see_all)
        self._selection_panel.chosen.connect(self.judge)
        self._indicator_panel.finding_requested.connect(self.finding_requested)
        self._deductions_panel.finding_requested.connect(self._on_deduction_finding)
        for card in self._cards:
            card.left.connect(self.view.setFocus)
        self._deductions_panel.left.connect(self.view.setFocus)
        self._indicator_panel.evidence.left.connect(self.view.setFocus)
        for part in (self.filter, self._indicator_panel):
            part.message.connect(self.message)
        self._model.refused.connect(self.message)
        back_to_sheet(self, self.view, self._leave_panel)
        self.setFocusProxy(self.view)

    def _do(self, action: str) -> None:
        if action in VERDICT_ACTIONS:
            self.judge(VERDICT_ACTIONS[action])
        elif action in self._slots:
            self._slots[action]()

    def _edit_note(self) -> None:
        if self._shows_indicator:
            self._indicator_panel.edit_note()

    def _ask_for_finding(self) -> None:
        self._context.session.flush()
        if self._shows_indicator:
            self.finding_requested.emit("indicator", self._indicator_panel.clause)

    def _on_deduction_finding(self, row_id: str) -> None:
        self.finding_requested.emit("special_deduction", row_id)

    def _add_evidence(self) -> None:
        if self._shows_indicator:
            self._indicator_panel.add_evidence()

    def _paste(self) -> None:
        if self._shows_indicator:
            self._indicator_panel.paste()

    def _list_samples(self) -> None:
        if self._shows_indicator:
            self._indicator_panel.list_samples()

    @property
    def _shows_indicator(self) -> bool:
        return self._panels.currentWidget() is self._pages[self._indicator_panel]

    def _leave_panel(self) -> None:
        self._selection_panel.deletion.cancel()
        self._indicator_panel.give_up_waiting()

    def _let_through(self) -> set[str]:
        return {*self.filter.shown, *(EXTRA_ROWS if self.filter.shows_all else ())}

    def _visible(self) -> set[str]:
        """Return the keys of the rows to show; what is selected stays until something else is."""
        return self._let_through() | set(() if self.filter.is_finding else self._current_indicator())

    def _current_indicator(self) -> tuple[str, ...]:
        index = self.view.currentIndex()
        is_indicator = index.isValid() and isinstance(self._model.node(index).item, Indicator)
        return (self.view.current_key(),) if is_indicator else ()

    def _apply_filter(self) -> None:
        visible = self._visible()
        self.view.show_only(visible)
        self.view.let_go_of_hidden()
        self._empty.say("" if visible else self.tr("No indicator is like that"), action=self._show_every)

    def _on_filter(self) -> None:
        """Show what another filter lets through."""
        self._leave_cards()
        self._settle()
        # Whoever walks along the filters by keys goes on doing so.
        if not self.filter.has_keyboard:
            self.view.setFocus()

    def _settle(self) -> None:
        """Have a row selected that is let through; the one that is selected, if it is."""
        self.view.show_only(self._let_through())
        if not self.view.shows_current():
            self._select_shown()
        self._apply_filter()

    def _select_shown(self) -> None:
        """Select the next row that the filter lets through, none when it lets none through."""
        keys = self._model.row_keys()
        start = keys.index(self._place) if self._place in keys else 0
        found = [key for key in keys[start:] + keys[:start] if key in self.filter.shown]
        if found:
            self.view.go_to(found[0])
        else:
            self.view.setCurrentIndex(QModelIndex())

    def _see_all(self) -> None:
        self.filter.show_all()
        self._on_filter()

    def _on_row_changed(self, current: QModelIndex) -> None:
        self._show_panel()
        self._place = self.view.current_key() or self._place
        if not self.filter.shows_all:
            self._apply_filter()
        self.row_selected.emit(self._model.node(current).key if current.isValid() else "")

    def _on_selection_changed(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        if self.view.goes_back:
            return
        if any(card.is_open for card in self._cards):
            self._leave_cards()
        self._show_panel()

    def _on_returned(self) -> None:
        """Show the row that could not be left; several rows are selected no more."""
        self._show_panel()
        if self._panels.currentWidget() is not self._pages[self._selection_panel]:
            self._selection_panel.deletion.cancel()

    def _leave_cards(self) -> None:
        """Hand in what is typed; a deletion that the disk did not take is told of, and asks no more for other rows."""
        self._context.session.flush()
        for card in self._cards:
            card.cancel()

    def _on_clicked(self, index: QModelIndex) -> None:
        item = self._model.node(index).item
        if index.column() != VERDICT or not isinstance(item, Indicator):
            return
        menu = QMenu(self)
        for action, verdict in {**VERDICT_ACTIONS, "unjudged": Verdict.UNJUDGED}.items():
            entry = menu.addAction(f"{self._context.words.word(verdict)}\t{self._context.keys.text(action)}")
            entry.setData(verdict)
            entry.setEnabled(verdict is not Verdict.SAMPLED or item.sampled)
        rect = self.view.visualRect(index)
        chosen = menu.exec(self.view.viewport().mapToGlobal(rect.bottomLeft() + QPoint(8, 0)))
        verdict = Verdict(chosen.data()) if chosen is not None else None
        menu.deleteLater()
        if verdict is not None:
            self.judge(verdict)

    def _show_panel(self) -> None:
        index = self.view.currentIndex()
        node = self._model.node(index) if index.isValid() else None
        clauses = self.view.chosen()
        if node is None:
            self._panels.setCurrentIndex(0)
        elif len(clauses) > 1 and not self.view.is_on_heading:
            self._selection_panel.show_rows(clauses)
            self._panels.setCurrentWidget(self._pages[self._selection_panel])
        elif isinstance(node.item, Indicator):
            if self._indicator_panel.clause != node.key or not self._shows_indicator:
                self._indicator_panel.show_indicator(node.item)
                to_top(self._indicator_panel)
            self._panels.setCurrentWidget(self._pages[self._indicator_panel])
        elif isinstance(node.item, Chapter | Group):
            title = f"{node.key}  {node.item.title.in_(self._context.words.language)}"
            self._selection_panel.show_heading(title, clauses)
            self._panels.setCurrentWidget(self._pages[self._selection_panel])
        else:
            self._deductions_panel.catch_up()
            self._panels.setCurrentWidget(self._pages[self._deductions_panel])
