"""The findings as rows: grade, clause, facts, who must do what until when, and where it stands."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Qt

from auditor_app.models.audit import Kind
from auditor_app.models.changes import WHOLE_ROW, Change, ChangeSet
from auditor_app.models.entities import Finding
from auditor_app.models.enums import EvidenceSubject, Grade
from auditor_app.models.findings import numbers
from auditor_app.models.followup import FindingState, state_of
from auditor_app.models.ids import Clause, RowId
from auditor_app.models.text import clean_line
from auditor_app.ui.context import Context
from auditor_app.ui.editing import DATE, TEXT, Form
from auditor_app.ui.finding_pills import grade_pill, state_pill
from auditor_app.ui.pills import Pill, pill_column
from auditor_app.ui.tables.sheet_model import NO_INDEX, Node, Rank, SheetColumn, SheetModel

NUMBER, GRADE, CLAUSE, FACTS, SITE, OWNER, DUE, STATE, EVIDENCE = range(9)
_EDITED: dict[int, tuple[str, Form]] = {OWNER: ("action.owner", TEXT), DUE: ("action.due", DATE)}
_CLOSED = (FindingState.ACCEPTED, FindingState.NO_ACTION)
_PRESSING = (FindingState.OVERDUE, FindingState.REJECTED)


class FindingTable(SheetModel):
    """Show every finding; owner and due date are edited in their cells, all else in the panel."""

    kind = Kind.FINDING

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, [], parent)
        self._numbers: dict[RowId, int] = {}
        self._evidence: Counter[str] = Counter()
        self._sorting = NUMBER, Qt.SortOrder.AscendingOrder
        words = context.words
        self.columns = [
            SheetColumn("number", self.tr("No."), 46, numeric=True, can_hide=False),
            SheetColumn("grade", self.tr("Grade"), pill_column(words.words(Grade).values()), can_hide=False),
            SheetColumn("clause", self.tr("Clause"), 76, fair=96, wanted=240, can_hide=False),
            SheetColumn("facts", self.tr("Facts"), 88, fair=168, wanted=560, can_hide=False),
            SheetColumn("site", self.tr("Site"), 56, wanted=120, gives_way=True),
            SheetColumn("owner", self.tr("Owner"), 64, wanted=80, gives_way=True),
            SheetColumn("due", self.tr("Due"), 88),
            SheetColumn("state", self.tr("State"), pill_column(words.words(FindingState).values()), can_hide=False),
            SheetColumn("evidence", self.tr("Evidence"), 76, gives_way=True),
        ]

    def build(self) -> None:
        self._count()
        for row_id in sorted(self._context.session.audit.of(Kind.FINDING), key=self._rank, reverse=self._is_reversed):
            self.append(row_id, row_id, Rank.ROW)

    def on_changed(self, change_set: ChangeSet) -> None:
        """Patch the rows that changed; rows come and go in their place."""
        if not change_set.touches(Kind.FINDING, Kind.EVIDENCE, Kind.SITE):
            return
        self._count()
        whole = [each for each in change_set.changes if each.kind is Kind.FINDING and each.field == WHOLE_ROW]
        # What goes first: the others find their place among what is there.
        for change in sorted(whole, key=lambda each: each.after is not None):
            self._come_or_go(change)
        # Numbers of the rows after one that went are others; what else came or went shows in any row.
        is_field = all(change.kind is Kind.FINDING and change.field != WHOLE_ROW for change in change_set.changes)
        self.patch([change.id for change in change_set.changes] if is_field else self._by_key)

    def shown_keys(self) -> list[str]:
        """Return the findings from top to bottom."""
        return [node.key for node in self._roots]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorting = max(column, NUMBER), order if column >= 0 else Qt.SortOrder.AscendingOrder
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        self._roots.sort(key=lambda node: self._rank(RowId(node.key)), reverse=self._is_reversed)
        self._place_roots()
        after = [self.index_of(self.node(index).key, index.column()) for index in before]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def text(self, node: Node, column: int) -> str:
        finding, words = self._finding(node), self._context.words
        match column:
            case 0:
                return str(self._numbers[RowId(node.key)])
            case 1:
                return words.word(finding.grade)
            case 2:
                return self._clause_text(finding.clause)
            case 3:
                return clean_line(finding.facts)
            case 4:
                return self._site_text(finding.site)
            case 7:
                return words.word(state_of(finding, date.today()))
            case 8:
                return str(self._evidence[node.key] or "")
            case _:
                return self.edit_text(node, column)

    def edit_text(self, node: Node, column: int) -> str:
        action = self._finding(node).action
        return action.owner if column == OWNER else DATE.show(action.due)

    def can_edit(self, node: Node, column: int) -> bool:
        return column in _EDITED

    def pill(self, node: Node, column: int) -> Pill | None:
        theme, words, finding = self._context.theme, self._context.words, self._finding(node)
        if column == GRADE:
            return grade_pill(theme, finding.grade, words.word(finding.grade))
        if column == STATE:
            state = state_of(finding, date.today())
            return state_pill(theme, state, words.word(state))
        return None

    def color(self, node: Node, column: int) -> str:
        state = state_of(self._finding(node), date.today())
        if column == DUE and state is FindingState.OVERDUE:
            return "error"
        return "text_second" if state in _CLOSED else "text"

    def tint(self, node: Node) -> str:
        return "not_met" if state_of(self._finding(node), date.today()) in _PRESSING else ""

    def store(self, node: Node, column: int, text: str) -> None:
        path, form = _EDITED[column]
        self.send(Kind.FINDING, RowId(node.key), {path: form.parse(text, path)}, self.columns[column].header)

    def _finding(self, node: Node) -> Finding:
        finding: Finding = self._context.session.audit.of(Kind.FINDING)[RowId(node.key)]
        return finding

    def _count(self) -> None:
        audit = self._context.session.audit
        self._numbers = numbers(audit)
        self._evidence = Counter(row.subject for row in audit.evidence if row.subject_kind is EvidenceSubject.FINDING)

    def _come_or_go(self, change: Change) -> None:
        if change.after is None:
            node = self._nodes[self._by_key[change.id]]
            self.beginRemoveRows(NO_INDEX, node.row, node.row)
            self._roots.remove(node)
            del self._by_key[change.id]
            self._place_roots()
            self.endRemoveRows()
            return
        ranks = [self._rank(RowId(node.key)) for node in self._roots]
        row = bisect_left(ranks, self._rank(change.id)) if not self._is_reversed else 0
        self.beginInsertRows(NO_INDEX, row, row)
        node = self.append(change.id, change.id, Rank.ROW)
        self._roots.insert(row, self._roots.pop())
        self._place_roots()
        self.endInsertRows()

    def _place_roots(self) -> None:
        for row, node in enumerate(self._roots):
            node.row = row

    @property
    def _is_reversed(self) -> bool:
        return self._sorting[1] is Qt.SortOrder.DescendingOrder

    def _rank(self, row_id: RowId) -> tuple[Any, ...]:
        """Return what a row is sorted by, and then its place in the order of entry."""
        finding: Finding = self._context.session.audit.of(Kind.FINDING)[row_id]
        by_column: dict[int, Any] = {
            NUMBER: 0,
            GRADE: list(Grade).index(finding.grade),
            CLAUSE: self._clause_place(finding.clause),
            FACTS: finding.facts,
            SITE: finding.site,
            OWNER: finding.action.owner,
            DUE: finding.action.due or date.max,
            STATE: list(FindingState).index(state_of(finding, date.today())),
            EVIDENCE: self._evidence[row_id],
        }
        return by_column[self._sorting[0]], row_id

    def _clause_place(self, clause: str) -> int:
        nodes = list(self._context.session.standard.nodes)
        return nodes.index(Clause(clause)) if clause else len(nodes)

    def _clause_text(self, clause: str) -> str:
        node = self._context.session.standard.nodes.get(Clause(clause))
        return f"{clause} {node.title.in_(self._context.words.language)}" if node is not None else clause

    def _site_text(self, site_id: str) -> str:
        name = next((site.name for site in self._context.session.audit.sites if site.id == site_id), "")
        return f"{site_id} {name}".strip()
