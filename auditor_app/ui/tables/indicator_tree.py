"""The scoring sheet: chapters, groups, indicators, then special deductions and bonus."""

from __future__ import annotations

from PySide6.QtCore import QObject

from auditor_app.models.audit import Kind
from auditor_app.models.changes import ChangeSet
from auditor_app.models.entities import Assessment
from auditor_app.models.enums import Verdict
from auditor_app.models.ids import Clause, RowId
from auditor_app.models.scoring import earned, plain
from auditor_app.models.standard import Chapter, Group, Indicator
from auditor_app.models.text import clean_line
from auditor_app.ui.context import Context
from auditor_app.ui.pills import Pill, verdict_pill
from auditor_app.ui.tables.sheet_model import Node, Rank, SheetColumn, SheetModel
from auditor_app.ui.verdicts import parse_counts, sampled_verdict

DEDUCTIONS = "special_deductions"
BONUS = "bonus"

CLAUSE, TITLE, POINTS, VERDICT, COUNTS, EARNED, NOTE = range(7)


class IndicatorTree(SheetModel):
    """Show every indicator with its assessment; edits go to the session."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, [], parent)
        self.columns = [
            SheetColumn(self.tr("Clause"), 100),
            SheetColumn(self.tr("Indicator"), 160, wanted=300),
            SheetColumn(self.tr("Points"), 50, numeric=True),
            SheetColumn(self.tr("Verdict"), 86),
            SheetColumn(self.tr("Samples"), 78),
            SheetColumn(self.tr("Earned"), 56, numeric=True),
            SheetColumn(self.tr("Note"), 60),
        ]

    def build(self) -> None:
        for chapter in self._context.session.standard.chapters:
            root = self.append(chapter.clause, chapter, Rank.CHAPTER)
            for group in chapter.groups:
                branch = self.append(group.clause, group, Rank.GROUP, root)
                for indicator in group.indicators:
                    self.append(indicator.clause, indicator, Rank.ROW, branch)
        self.append(DEDUCTIONS, None, Rank.CHAPTER)
        self.append(BONUS, None, Rank.CHAPTER)

    def next_unjudged(self, after: str) -> Clause | None:
        """Return the next unjudged indicator, from the top again past the end, or None."""
        clauses = list(self._context.session.standard.indicators)
        start = next((place for place, clause in enumerate(clauses, 1) if clause == after), 0)
        for clause in clauses[start:] + clauses[:start]:
            if self._context.session.audit.assessment(clause).verdict is Verdict.UNJUDGED:
                return clause
        return None

    def on_changed(self, change_set: ChangeSet) -> None:
        """Patch exactly the rows that changed, with the sums above them."""
        keys = {Kind.SPECIAL_DEDUCTION: DEDUCTIONS, Kind.BONUS: BONUS}
        touched = (c for c in change_set.changes if c.kind is Kind.ASSESSMENT or c.kind in keys)
        self.patch({keys.get(change.kind, change.id) for change in touched})

    def text(self, node: Node, column: int) -> str:
        match node.item:
            case Indicator() as indicator:
                return self._indicator_text(indicator, column)
            case Chapter() | Group() as item:
                return self._sum_text(item, column)
            case _:
                return self._extra_text(node.key, column)

    def edit_text(self, node: Node, column: int) -> str:
        if column == NOTE and isinstance(node.item, Indicator):
            return clean_line(self._assessment(node).note)
        return self.text(node, column)

    def can_edit(self, node: Node, column: int) -> bool:
        indicator = node.item
        return isinstance(indicator, Indicator) and (column == NOTE or (column == COUNTS and indicator.sampled))

    def pill(self, node: Node, column: int) -> Pill | None:
        if column != VERDICT or not isinstance(node.item, Indicator):
            return None
        verdict = self._assessment(node).verdict
        return verdict_pill(self._context.theme, verdict, self._context.words.word(verdict))

    def store(self, node: Node, column: int, text: str) -> None:
        row_id = RowId(node.key)
        if column == COUNTS:
            if text.strip():
                values = sampled_verdict(*parse_counts(text))
                self.send(Kind.ASSESSMENT, row_id, values, self.tr("samples of {0}").format(node.key))
        elif clean_line(text) != clean_line(self._assessment(node).note):
            self.send(Kind.ASSESSMENT, row_id, {"note": clean_line(text)}, self.tr("note on {0}").format(node.key))

    def _assessment(self, node: Node) -> Assessment:
        return self._context.session.audit.assessment(Clause(node.key))

    def _indicator_text(self, indicator: Indicator, column: int) -> str:
        assessment = self._context.session.audit.assessment(indicator.clause)
        match column:
            case 0:
                return indicator.clause
            case 1:
                return indicator.title.in_(self._context.words.language)
            case 2:
                return plain(indicator.points)
            case 3:
                return self._context.words.word(assessment.verdict)
            case 4:
                sampled = assessment.verdict is Verdict.SAMPLED
                return f"{assessment.checked} / {assessment.failed}" if sampled else ""
            case 5:
                points = earned(indicator, assessment)
                return "–" if points is None else plain(points)
            case _:
                return clean_line(assessment.note) or clean_line(assessment.reason)

    def _sum_text(self, item: Chapter | Group, column: int) -> str:
        tally = self._context.session.result.nodes[item.clause]
        match column:
            case 0:
                return item.clause
            case 1:
                return item.title.in_(self._context.words.language)
            case 2:
                return plain(item.points)
            case 3:
                return f"{tally.judged} / {tally.total}" if tally.judged < tally.total else ""
            case 5:
                return plain(tally.earned) if tally.judged else "–"
            case _:
                return ""

    def _extra_text(self, key: str, column: int) -> str:
        session = self._context.session
        result, scoring, bonus = session.result, session.standard.scoring, session.audit.bonus
        if key == DEDUCTIONS:
            count = result.special_deductions
            texts = {
                TITLE: self.tr("Special deductions"),
                VERDICT: f"{count} / {scoring.fails_at_deductions}",
                EARNED: f"−{plain(scoring.deduction_points * count)}" if count else "0",
                NOTE: " · ".join(d.facts for d in session.audit.special_deductions if d.facts.strip()),
            }
        else:
            texts = {
                TITLE: self.tr("Bonus"),
                VERDICT: f"{result.bonus} / {scoring.bonus_at_most}",
                EARNED: f"+{plain(scoring.bonus_points)}" if bonus else "0",
                NOTE: bonus.reason if bonus else "",
            }
        return clean_line(texts.get(column, ""))
