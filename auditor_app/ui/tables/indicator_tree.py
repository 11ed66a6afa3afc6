"""The scoring sheet: chapters, groups, indicators, then special deductions and bonus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from typing import Any

from PySide6.QtCore import QObject

from auditor_app.models.audit import Kind
from auditor_app.models.changes import Change, ChangeSet
from auditor_app.models.entities import Assessment, Evidence, Finding, Sample
from auditor_app.models.enums import EvidenceSubject, Verdict
from auditor_app.models.evidence import is_picture
from auditor_app.models.ids import Clause, RowId
from auditor_app.models.scoring import earned, plain
from auditor_app.models.standard import Chapter, Group, Indicator
from auditor_app.models.text import clean_line
from auditor_app.ui.context import Context
from auditor_app.ui.history_place import Place
from auditor_app.ui.pills import Pill, pill_column, verdict_pill
from auditor_app.ui.tables.sheet_model import Node, Rank, SheetColumn, SheetModel
from auditor_app.ui.verdicts import parse_counts, sampled_verdict
from auditor_app.ui.whereabouts import BONUS, DEDUCTIONS

CLAUSE, TITLE, POINTS, VERDICT, COUNTS, EARNED, EVIDENCE, FINDINGS, NOTE = range(9)


class IndicatorTree(SheetModel):
    """Show every indicator with its assessment; edits go to the session."""

    kind = Kind.ASSESSMENT

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, [], parent)
        self._pictures: Counter[str] = Counter()
        self._files: Counter[str] = Counter()
        self._findings: Counter[str] = Counter()
        self._listed: frozenset[str] = frozenset()
        verdicts = context.words.words(Verdict).values()
        self.columns = [
            SheetColumn("clause", self.tr("Clause"), 100, can_hide=False),
            SheetColumn("title", self.tr("Indicator"), 150, wanted=270, can_hide=False),
            SheetColumn("points", self.tr("Points"), 40, numeric=True),
            SheetColumn("verdict", self.tr("Verdict"), pill_column(verdicts), can_hide=False),
            SheetColumn("counts", self.tr("Samples"), 56, gives_way=True),
            SheetColumn("earned", self.tr("Earned"), 54, numeric=True),
            SheetColumn("evidence", self.tr("Evidence"), 56, wanted=76, gives_way=True),
            SheetColumn("findings", self.tr("Findings"), 40, gives_way=True),
            SheetColumn("note", self.tr("Note"), 60, wanted=220, can_hide=False),
        ]

    def place(self, node: Node) -> Place:
        if node.key in (DEDUCTIONS, BONUS):
            return Place(Kind.SPECIAL_DEDUCTION if node.key == DEDUCTIONS else Kind.BONUS)
        return super().place(node)

    def build(self) -> None:
        self._count()
        for chapter in self._context.session.standard.chapters:
            root = self.append(chapter.clause, chapter, Rank.CHAPTER)
            for group in chapter.groups:
                branch = self.append(group.clause, group, Rank.GROUP, root)
                for indicator in group.indicators:
                    self.append(indicator.clause, indicator, Rank.ROW, branch)
        self.append(DEDUCTIONS, None, Rank.CHAPTER)
        self.append(BONUS, None, Rank.CHAPTER)

    def next_unjudged(self, after: str, among: Container[str] | None = None) -> Clause | None:
        """Return the next unjudged indicator, of those shown if told, from the top again past the end, or None."""
        clauses = [c for c in self._context.session.standard.indicators if among is None or c in among or c == after]
        # Under a heading the first one comes next.
        start = next((place for place, c in enumerate(clauses) if c == after or c.startswith(f"{after}.")), 0)
        start += after in clauses
        for clause in clauses[start:] + clauses[:start]:
            is_shown = among is None or clause in among
            if is_shown and self._context.session.audit.assessment(clause).verdict is Verdict.UNJUDGED:
                return clause
        return None

    def on_changed(self, change_set: ChangeSet) -> None:
        """Patch exactly the rows that changed, with the sums above them."""
        if change_set.touches(Kind.SAMPLE, Kind.EVIDENCE, Kind.FINDING):
            self._count()
        self.patch({key for change in change_set.changes for key in self._rows_of(change)})

    def _rows_of(self, change: Change) -> list[str]:
        """Return the rows that show what changed."""
        match change.kind:
            case Kind.ASSESSMENT:
                return [change.id]
            case Kind.SPECIAL_DEDUCTION:
                return [DEDUCTIONS]
            case Kind.BONUS:
                return [BONUS]
            case Kind.FINDING | Kind.EVIDENCE | Kind.SAMPLE:
                rows = [change.before, change.after, self._context.session.audit.of(change.kind).get(change.id)]
                return [clause for row in rows for clause in self._clauses_of(row)]
            case _:
                return []

    def _clauses_of(self, row: Any) -> list[str]:
        match row:
            case Finding() | Sample():
                return [row.clause]
            case Evidence(subject_kind=EvidenceSubject.INDICATOR):
                return [row.subject]
            case Evidence(subject_kind=EvidenceSubject.SAMPLE):
                sample = self._context.session.audit.of(Kind.SAMPLE).get(RowId(row.subject))
                return [sample.clause] if sample is not None else []
            case str() if row in self._context.session.standard.indicators:
                # The clause of a finding before or after it was given another.
                return [row]
            case _:
                return []

    def _count(self) -> None:
        """Count evidence and findings of every indicator once, not at every cell that is painted."""
        audit = self._context.session.audit
        clause_of = {row_id: sample.clause for row_id, sample in audit.of(Kind.SAMPLE).items()}
        self._pictures, self._files = Counter(), Counter()
        for row in audit.evidence:
            if row.subject_kind in (EvidenceSubject.INDICATOR, EvidenceSubject.SAMPLE):
                clause = clause_of.get(RowId(row.subject), row.subject)
                (self._pictures if is_picture(row) else self._files)[clause] += 1
        self._findings = Counter(finding.clause for finding in audit.findings)
        self._listed = frozenset(clause_of.values())

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
        if not isinstance(indicator, Indicator):
            return False
        # The counts of listed samples are those of the list.
        return column == NOTE or (column == COUNTS and indicator.sampled and indicator.clause not in self._listed)

    def pill(self, node: Node, column: int) -> Pill | None:
        if column != VERDICT or not isinstance(node.item, Indicator):
            return None
        verdict = self._assessment(node).verdict
        return verdict_pill(self._context.theme, verdict, self._context.words.word(verdict))

    def tint(self, node: Node) -> str:
        if not isinstance(node.item, Indicator):
            return ""
        points = earned(node.item, self._assessment(node))
        if points is None or points == node.item.points:
            return ""
        return "sampled" if points else "not_met"

    def color(self, node: Node, column: int) -> str:
        is_deleted = isinstance(node.item, Indicator) and self._assessment(node).verdict is Verdict.DELETED
        return "text_second" if is_deleted or column == EVIDENCE else "text"

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
            case 6:
                return self._evidence_text(indicator.clause)
            case 7:
                return str(self._findings[indicator.clause] or "")
            case _:
                return clean_line(assessment.note) or clean_line(assessment.reason)

    def _evidence_text(self, clause: str) -> str:
        pictures, files = self._pictures[clause], self._files[clause]
        parts = []
        if pictures:
            parts.append(self.tr("{0} photos").format(pictures))
        if files:
            parts.append(self.tr("{0} files").format(files))
        return " ".join(parts)

    def _sum_text(self, item: Chapter | Group, column: int) -> str:
        tally = self._context.session.result.nodes[item.clause]
        match column:
            case 0:
                return item.clause
            case 1:
                return item.title.in_(self._context.words.language)
            case 2:
                return plain(item.points)
            case 3 if tally.judged < tally.total:
                return f"{tally.judged} / {tally.total}"
            case 3 if not tally.applicable:
                return self.tr("all deleted")
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
