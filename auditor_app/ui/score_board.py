"""The score board: what an auditor works out beside the score, kept open next to any tab."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from auditor_app.models.audit import Kind
from auditor_app.models.board import (
    LostPoints,
    Outlook,
    TooManyDeductions,
    WayUp,
    cheapest_way,
    counting,
    distances,
    lost_points,
    what_if,
)
from auditor_app.models.board_words import distance_text, no_way, room_text, way_sentences
from auditor_app.models.changes import WHOLE_ROW, ChangeSet
from auditor_app.models.enums import Level, Verdict
from auditor_app.models.followup import Loss
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import ScoreResult, plain, score_parts, shown
from auditor_app.models.text import clean_line
from auditor_app.ui.board_chart import BoardChart, bars_of, chart_image
from auditor_app.ui.board_rows import INSET, ClauseList, ClauseRow
from auditor_app.ui.board_tables import LevelRow, LevelTable, OutlookRow, OutlookTable
from auditor_app.ui.context import Context
from auditor_app.ui.pills import verdict_pill
from auditor_app.ui.whereabouts import DEDUCTIONS
from auditor_app.ui.widgets import button, label, named, restyle

WIDTH = 300
LOSSES_AT_ONCE = 8
OPEN_AT_ONCE = 3
MINUS = "\N{MINUS SIGN}"
# Texts of an assessment that move no figure of the board.
WORDS_ONLY = frozenset({"reason", "note"})


class ScoreBoard(QWidget):
    """Distances, the cheapest way up, what-if, losses, special deductions and the chart of chapters."""

    jump_requested = Signal(str)
    """A clause, or `special_deductions`, whose row the person wants to see."""
    explain_requested = Signal()
    """The person wants the text that explains the level."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("board")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("Score board"))
        self._context = context
        self._clause = ""
        self._stale = True
        self._shows_all = False
        theme = context.theme
        self._standing = label("", "second")
        self._levels = LevelTable(theme, self.tr("Levels"))
        self._room = label("", "second", wrap=True)
        self._way = label("", "soft", wrap=True)
        self._open = ClauseList(theme, self.tr("Next indicators to judge"))
        self._regain = label("", "soft", wrap=True)
        self._regained = ClauseList(theme, self.tr("Losses to regain"))
        self._if_title = label("", "section")
        self._if_about = label("", "soft", wrap=True)
        self._outlooks = OutlookTable(theme, self.tr("now"))
        self._lost_title = label("", "section")
        self._lost_none = label("", "soft", wrap=True)
        self._lost = ClauseList(theme, self.tr("Lost points"))
        self._all = button("", "link")
        self._all.setObjectName("boardMore")
        self._deductions_title = label("", "section")
        self._deductions_none = label(self.tr("None."), "soft")
        self._deductions = ClauseList(theme, self.tr("Special deductions"))
        self._chart = BoardChart(theme)
        # Below what an auditor waits for: it follows a frame later.
        self._chart_later = QTimer(self, interval=0, singleShot=True)
        self._chart_later.timeout.connect(self._show_chart)
        self._copy = button(self.tr("Copy chart"), "link")
        self._copied = label(self.tr("The chart is on the clipboard; paste it into a report."), "message", wrap=True)
        self._explain = button(self.tr("Explain the level"))
        self._lay_out()
        self._connect()

    def reset(self) -> None:
        """Show the audit that is open now; the row selected in the sheet is told apart."""
        self._shows_all = False
        self._mark_stale()

    def on_changed(self, change_set: ChangeSet) -> None:
        """Show what a change set moved; while nobody looks, only remember that something did."""
        if any(_moves(change.kind, change.field) for change in change_set.changes):
            self._mark_stale()

    def show_clause(self, clause: str) -> None:
        """Show what another verdict on the indicator of this row would do; empty for no row."""
        if clause != self._clause:
            self._clause = clause
            if not self._stale and self.isVisible():
                self._show_outlooks()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 10, 12, 8)
        head.addWidget(label(self.tr("Score board"), "title"))
        head.addStretch()
        head.addWidget(self._standing)
        body = QWidget()
        body.setObjectName("boardBody")
        body.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        parts = QVBoxLayout(body)
        parts.setContentsMargins(8, 0, 8, 12)
        parts.setSpacing(0)
        parts.addWidget(_part(self._levels, self._room))
        way = label(self.tr("Cheapest way to the next level"), "section")
        parts.addWidget(_part(way, self._way, self._open, self._regain, self._regained))
        parts.addWidget(_part(self._if_title, self._if_about, self._outlooks))
        parts.addWidget(_part(self._lost_title, self._lost_none, self._lost, self._all))
        parts.addWidget(_part(self._deductions_title, self._deductions_none, self._deductions))
        restyle(self._copied, state="ok")
        self._copied.setVisible(False)
        title = QWidget()
        line = QHBoxLayout(title)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label(self.tr("Chapters and groups"), "section"))
        line.addStretch()
        line.addWidget(self._copy)
        parts.addWidget(_part(title, self._chart, self._copied))
        parts.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setObjectName("boardArea")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 10)
        foot.addWidget(self._explain, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 1, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(area, 1)
        box.addLayout(foot)

    def _connect(self) -> None:
        for rows in (self._open, self._regained, self._lost, self._deductions):
            rows.chosen.connect(self.jump_requested)
        self._all.clicked.connect(self._show_all_losses)
        self._copy.clicked.connect(self._copy_chart)
        self._explain.clicked.connect(self.explain_requested)

    def _mark_stale(self) -> None:
        self._stale = True
        self._refresh_if_seen()

    def _refresh_if_seen(self) -> None:
        if self._stale and self.isVisible() and self._context.session.is_open:
            self._refresh()

    def _refresh(self) -> None:
        self._stale = False
        session = self._context.session
        result = session.result
        lost = lost_points(session.standard, session.audit)
        self._copied.setVisible(False)
        self._show_standing(result)
        self._show_levels(result)
        self._show_way(result, lost)
        self._show_outlooks()
        self._show_losses(result, lost)
        self._show_deductions(lost)
        self._chart_later.start()

    def _show_standing(self, result: ScoreResult) -> None:
        score = " – ".join(score_parts(result))
        level = self._context.words.word(result.level) if result.level is not None else ""
        self._standing.setText("  ".join(part for part in (score, level) if part))

    def _show_levels(self, result: ScoreResult) -> None:
        words, rules = self._context.words, self._context.session.standard.scoring
        rows = [
            LevelRow(
                words.word(distance.level),
                plain(distance.threshold),
                distance_text(words, result, distance),
                distance.standing,
                holds=distance.level is result.level,
            )
            for distance in reversed(distances(self._context.session.standard, result))
        ]
        self._levels.show_rows(rows)
        text = room_text(words, result)
        if result.nothing_applicable:
            text = words.text("board", "no_score")
        elif result.level is Level.FAIL and not result.too_many_deductions:
            text = words.text("board", "below_all", level=words.word(Level.FAIL), points=plain(rules.levels[0][1]))
        _say(self._room, text)

    def _show_way(self, result: ScoreResult, lost: tuple[LostPoints, ...]) -> None:
        session, words = self._context.session, self._context.words
        way = None if result.nothing_applicable else cheapest_way(session.standard, session.audit, result, lost)
        restyle(self._way, state="error" if isinstance(way, TooManyDeductions) else "")
        if not isinstance(way, WayUp):
            said = way_sentences(words, way) if way is not None else (self._no_way(result),)
            _say(self._way, "\n".join(said))
            _say(self._regain, "")
            self._open.show_rows(())
            self._regained.show_rows(())
            return
        said = way_sentences(words, way)
        *first, last = said if way.regained else (*said, "")
        _say(self._way, "\n".join(first))
        _say(self._regain, last)
        worth = 100 / counting(result)
        self._open.show_rows([self._open_row(clause, worth) for clause in way.open_clauses[:OPEN_AT_ONCE]])
        self._regained.show_rows([self._loss_row(each, "+") for each in way.regained])

    def _no_way(self, result: ScoreResult) -> str:
        words = self._context.words
        return words.text("board", "no_score") if result.nothing_applicable else no_way(words, result)

    def _show_outlooks(self) -> None:
        session, words = self._context.session, self._context.words
        indicator = session.standard.indicators.get(Clause(self._clause))
        if indicator is None:
            self._if_title.setText(self.tr("What if"))
            self._if_about.setText(
                self.tr("Select an indicator on the scoring sheet to see the score with another verdict.")
            )
            self._outlooks.show_rows((), "")
            return
        self._if_title.setText(self.tr("What if {0} were").format(indicator.clause))
        self._if_about.setText(indicator.title.in_(words.language))
        outlooks = what_if(session.standard, session.audit, session.result, indicator.clause)
        self._outlooks.show_rows([self._outlook_row(outlook) for outlook in outlooks], self._if_title.text())

    def _outlook_row(self, outlook: Outlook) -> OutlookRow:
        words, result, then = self._context.words, outlook.result, outlook.assessment
        word = words.word(then.verdict)
        name = f"{word} {then.checked}/{then.failed}" if then.verdict is Verdict.SAMPLED else word
        score = "–".join(score_parts(result)) or words.text("board", "score_none")
        level = words.word(result.level) if result.level is not None else ""
        if not level and result.reachable:
            level = words.text("board", "undecided")
        change = _change_text(outlook)
        now = self.tr("now") if outlook.is_present else change
        whole = f"{name}: " + ", ".join(part for part in (score, level, now) if part)
        return OutlookRow(
            verdict_pill(self._context.theme, then.verdict, word), score, level, change, outlook.is_present, whole
        )

    def _show_losses(self, result: ScoreResult, lost: tuple[LostPoints, ...]) -> None:
        words = self._context.words
        total = _two_places(sum((entry.points for entry in lost), Fraction(0)))
        self._lost_title.setText(self.tr("Lost points · {0}").format(total) if lost else self.tr("Lost points"))
        key = "no_losses" if result.whole.judged else "nothing_judged"
        _say(self._lost_none, "" if lost else words.text("board", key))
        most = len(lost) if self._shows_all else LOSSES_AT_ONCE
        self._lost.show_rows([self._loss_row(entry, MINUS) for entry in lost[:most]])
        self._all.setVisible(len(lost) > LOSSES_AT_ONCE)
        more = self.tr("Show fewer") if self._shows_all else self.tr("Show all {0}").format(len(lost))
        self._all.setText(more)

    def _show_deductions(self, lost: tuple[LostPoints, ...]) -> None:
        result, words = self._context.session.result, self._context.words
        limit = self._context.session.standard.scoring.fails_at_deductions
        title = self.tr("Special deductions · {0} / {1}").format(result.special_deductions, limit)
        self._deductions_title.setText(title)
        restyle(self._deductions_title, state="error" if result.special_deductions >= limit - 1 else "")
        rows = self._context.session.audit.special_deductions
        self._deductions_none.setVisible(not rows)
        colon = words.text("explanation", "colon")
        found = []
        for row in rows:
            ground, facts = words.word(row.ground), clean_line(row.facts)
            about = f"{ground}{colon}{facts}" if facts else ground
            found.append(ClauseRow(DEDUCTIONS, row.clause, about, about=about))
        self._deductions.show_rows(found)

    def _show_chart(self) -> None:
        session = self._context.session
        if session.is_open:
            bars = bars_of(self._context.words, session.standard, session.result)
            self._chart.show_bars(bars, self.tr("Points earned by chapter and group"))

    def _open_row(self, clause: Clause, worth: Fraction) -> ClauseRow:
        indicator = self._context.session.standard.indicators[clause]
        title = indicator.title.in_(self._context.words.language)
        return ClauseRow(clause, clause, title, f"+{_two_places(indicator.points * worth)}")

    def _loss_row(self, lost: LostPoints, sign: str) -> ClauseRow:
        words, amount = self._context.words, f"{sign}{_two_places(lost.points)}"
        if isinstance(lost.cause, Loss):
            title = lost.cause.indicator.title.in_(words.language)
            return ClauseRow(lost.clause, lost.clause, title, amount)
        title = words.text("board", "deduction", ground=words.word(lost.cause.ground))
        return ClauseRow(DEDUCTIONS, lost.clause, title, amount)

    def _show_all_losses(self) -> None:
        self._shows_all = not self._shows_all
        session = self._context.session
        self._show_losses(session.result, lost_points(session.standard, session.audit))

    def _copy_chart(self) -> None:
        session, words = self._context.session, self._context.words
        parts = (session.audit.company.name, self._standing.text())
        heading = "  ·  ".join(part for part in parts if part) or session.standard.reference
        image = chart_image(words, session.standard, session.result, heading)
        QGuiApplication.clipboard().setImage(image)
        self._copied.setVisible(True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_if_seen()


def _part(*widgets: QWidget) -> QWidget:
    """Return a part of the board with a line above it."""
    part = named("boardPart")
    box = QVBoxLayout(part)
    box.setContentsMargins(0, 10, 0, 10)
    box.setSpacing(4)
    for widget in widgets:
        if not isinstance(widget, ClauseList):
            # A list needs the margin for the mark around its line, so that all words begin below each other.
            widget.setContentsMargins(INSET, 0, INSET, 0)
        box.addWidget(widget)
    return part


def _say(words: QWidget, text: str) -> None:
    words.setText(text)  # type: ignore[attr-defined]
    words.setVisible(bool(text))


def _moves(kind: Kind, field: str) -> bool:
    """Say whether an edit moves anything on the board; what is typed into a note does not."""
    if kind is Kind.ASSESSMENT:
        return field == WHOLE_ROW or field not in WORDS_ONLY
    return kind in (Kind.SPECIAL_DEDUCTION, Kind.BONUS)


def _change_text(outlook: Outlook) -> str:
    """Return by how much the score would change, both ends of a range if they change differently."""
    if outlook.lower_change is None or outlook.upper_change is None:
        return ""
    ends = dict.fromkeys((_signed(outlook.lower_change), _signed(outlook.upper_change)))
    return " / ".join(ends)


def _two_places(points: Fraction) -> str:
    """Return points with two decimals, halves up, so that a column of them can be compared at a glance."""
    return shown(points + Fraction(1, 200))


def _signed(points: Fraction) -> str:
    if not points:
        return "±0"
    return f"{'+' if points > 0 else MINUS}{shown(abs(points))}"
