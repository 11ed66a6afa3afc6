"""The score, always in sight: number or range, level, scale, distances, chapters."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from auditor_app.models.audit import Kind
from auditor_app.models.changes import ChangeSet
from auditor_app.models.enums import Level
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import ScoreResult, Tally, plain, score_parts, shown, shown_up
from auditor_app.models.standard import Chapter
from auditor_app.ui.context import Context
from auditor_app.ui.drawn_text import RIGHT, draw_line, line_width
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets import button, label, plain_label, restyle

HEIGHT = 92
SMALL = 12
TICK, TICK_HEIGHT, TICK_TOP = 11, 16, 17


class Gauge(QWidget):
    """A scale from 0 to 100 with the thresholds: solid to the lower bound, hatched to the upper."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._words = context.words
        self._context = context
        self._result: ScoreResult | None = None
        self._scale: tuple[tuple[Level, Fraction], ...] = ()
        self._hatch = _hatch(context.theme)
        self.setMinimumSize(QSize(260, 40))

    def show_result(self, result: ScoreResult) -> None:
        """Show another result; the words of the scale stay as they are within an audit."""
        scale = self._context.session.standard.scoring.levels
        if self._result is None or scale != self._scale:
            self.update()
        else:
            self.update(0, TICK_TOP, self.width(), self.height() - TICK_TOP)
        self._result, self._scale = result, scale

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._result is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = float(self.width())
        bar = QRectF(0, 22, width, 10)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("gauge_track"))
        painter.drawRoundedRect(bar, 5, 5)
        lower, upper = self._result.lower, self._result.upper
        if lower is not None and upper is not None:
            self._fill(painter, bar, upper, self._hatch)
            solid = "not_met" if self._result.too_many_deductions else "gauge_solid"
            self._fill(painter, bar, lower, QBrush(self._theme.color(solid)))
        painter.setPen(QPen(self._theme.color("gauge_tick"), 1))
        for _, threshold in self._scale:
            at = width * float(threshold) / 100
            painter.drawLine(QPointF(at, TICK_TOP), QPointF(at, 37))
        if event.rect().top() < TICK_TOP:
            self._draw_words(painter, width)

    def _fill(self, painter: QPainter, bar: QRectF, points: Fraction, brush: QBrush) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        painter.save()
        painter.setClipRect(QRectF(0, bar.top(), bar.width() * float(points) / 100, bar.height()))
        painter.drawRoundedRect(bar, 5, 5)
        painter.restore()

    def _draw_words(self, painter: QPainter, width: float) -> None:
        """Draw the names of the levels; one moves aside so that close ones do not touch."""
        right_edge = width
        painter.setPen(self._theme.color("text_second"))
        for level, threshold in reversed(self._scale):
            text = f"{self._words.word(level)} {plain(threshold)}"
            space = line_width(text, TICK)
            left = min(width * float(threshold) / 100 - space / 2, right_edge - space)
            right_edge = left - 8
            draw_line(painter, QRectF(left, 0, space + 1, TICK_HEIGHT), text, pixels=TICK)


class ChapterBars(QWidget):
    """Earned of applicable points per chapter, as bars."""

    ROW = 22
    WIDTH, LEAST = 330, 240

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: list[_Chapter] = []
        self._name_width = self._sum_width = 0
        # Narrower only where the words beside the gauge would be cut else.
        self.setMinimumWidth(self.LEAST)
        self.setMaximumWidth(self.WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setToolTip(self.tr("Points earned / points judged"))

    def show_result(self, result: ScoreResult) -> None:
        """Show another result; only what became another one is painted again."""
        language = self._context.words.language
        before, widths = self._rows, (self._name_width, self._sum_width)
        chapters = self._context.session.standard.chapters
        self._rows = [_Chapter.of(chapter, result.nodes[chapter.clause], language) for chapter in chapters]
        self._name_width = min(max((line_width(row.name, SMALL) for row in self._rows), default=0) + 2, 150)
        self._sum_width = max((line_width(row.sum, SMALL) for row in self._rows), default=0)
        self.setAccessibleName("; ".join(f"{row.clause}: {row.sum}" for row in self._rows))
        if len(before) != len(self._rows) or widths != (self._name_width, self._sum_width):
            self.update()
            return
        for place, (was, row) in enumerate(zip(before, self._rows, strict=True)):
            if was != row:
                self.update(self._place(place).toAlignedRect())

    def sizeHint(self) -> QSize:
        return QSize(self.WIDTH, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        name_width = self._name_width
        for number, row in enumerate(self._rows):
            place = self._place(number)
            if not event.rect().intersects(place.toAlignedRect()):
                continue
            painter.setPen(self._context.theme.color("text"))
            draw_line(painter, QRectF(0, place.top(), name_width, self.ROW), row.name, pixels=SMALL)
            draw_line(painter, place, row.sum, RIGHT, SMALL)
            width = self.width() - name_width - self._sum_width - 20
            self._draw_bar(painter, QRectF(name_width + 10, place.center().y() - 3, width, 6), row.share)

    def _place(self, number: int) -> QRectF:
        """Return where a chapter is painted."""
        top = (self.height() - self.ROW * len(self._rows)) / 2
        return QRectF(0, top + number * self.ROW, self.width(), self.ROW)

    def _draw_bar(self, painter: QPainter, bar: QRectF, share: float) -> None:
        theme = self._context.theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("gauge_track"))
        painter.drawRoundedRect(bar, 3, 3)
        if share:
            bar.setWidth(bar.width() * share)
            painter.setBrush(theme.color("chapter_bar"))
            painter.drawRoundedRect(bar, 3, 3)


@dataclass(frozen=True)
class _Chapter:
    """One bar: words, points earned of those judged, and how much of what is possible is earned."""

    clause: Clause
    name: str
    sum: str
    share: float

    @classmethod
    def of(cls, chapter: Chapter, tally: Tally, language: str) -> _Chapter:
        possible = tally.applicable + tally.open
        return cls(
            chapter.clause,
            f"{chapter.clause} {chapter.title.in_(language)}",
            f"{plain(tally.earned)} / {plain(tally.applicable)}",
            float(tally.earned / possible) if possible else 0.0,
        )


class ScoreBar(QWidget):
    """Number or range, level or levels, distances in words; repainted at every edit that moves them."""

    deductions_requested = Signal()
    board_requested = Signal()
    """Open or close the score board."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scoreBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._context = context
        self._number = plain_label()
        self._level = plain_label()
        self._judged = label("", "second")
        self._gauge = Gauge(context)
        self._warning = label("", "message")
        restyle(self._warning, state="warning")
        self._distance = label("", "second")
        self._deductions = button("", "link")
        self._deductions.clicked.connect(self.deductions_requested)
        self._chapters = ChapterBars(context)
        self._board = QToolButton()
        self._board.setIcon(context.theme.icon("panel-right"))
        self._board.setAccessibleName(self.tr("Score board"))
        self._board.clicked.connect(self.board_requested)
        self._lay_out()
        self._show_key()
        context.keys.changed.connect(self._show_key)

    def reset(self) -> None:
        """Show the score of the audit that is open now."""
        self._show(self._context.session.result)

    def on_changed(self, change_set: ChangeSet) -> None:
        """Show the score after a change set that can move it."""
        if change_set.touches(Kind.ASSESSMENT, Kind.SPECIAL_DEDUCTION, Kind.BONUS):
            self.reset()

    def _show_key(self) -> None:
        self._board.setToolTip(self.tr("Score board ({0})").format(self._context.keys.text("board")))

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addStretch()
        left.addWidget(self._number)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self._level)
        below.addWidget(self._judged)
        below.addStretch()
        left.addLayout(below)
        left.addStretch()
        holder = QWidget()
        holder.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        # Not a least width of the holder, which would let its words be cut.
        left.addStrut(240)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addStretch()
        line.addWidget(self._distance)
        line.addWidget(self._deductions)
        line.addStretch()
        # A line of its own: all of it in one would be wider than the window of a small laptop.
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._warning, alignment=Qt.AlignmentFlag.AlignHCenter)
        words.addLayout(line)
        box = QGridLayout(self)
        box.setContentsMargins(10, 6, 16, 6)
        box.setHorizontalSpacing(14)
        box.setVerticalSpacing(0)
        box.addWidget(self._board, 0, 0, 2, 1)
        box.addWidget(holder, 0, 1, 2, 1)
        box.addWidget(self._gauge, 0, 2, Qt.AlignmentFlag.AlignBottom)
        box.addLayout(words, 1, 2)
        box.addWidget(self._chapters, 0, 3, 2, 1)
        box.setColumnStretch(2, 1)

    def _show(self, result: ScoreResult) -> None:
        self._number.setText(self._number_text(result))
        is_range = result.exact is None
        color = "not_met_text" if result.level is Level.FAIL else "accent"
        pixels = 26 if is_range else 36
        _dress(
            self._number, f"color: {self._context.theme.color(color).name()}; font-size: {pixels}px; font-weight: 600"
        )
        self._level.setText(self._level_text(result))
        level_color = "not_met_text" if result.level is Level.FAIL else "star"
        _dress(
            self._level,
            f"color: {self._context.theme.color(level_color).name()}; font-weight: 600;"
            f"font-size: {14 if result.level else 12}px",
        )
        whole = result.whole
        self._judged.setText(self.tr("  ·  {0} / {1} judged").format(whole.judged, whole.total))
        self._distance.setText(self._distance_text(result))
        fails_at = self._context.session.standard.scoring.fails_at_deductions
        self._warning.setText(self.tr("One more special deduction is a Fail"))
        self._warning.setVisible(result.special_deductions == fails_at - 1)
        self._deductions.setText(self.tr("Special deductions {0} / {1}").format(result.special_deductions, fails_at))
        restyle(self._deductions, state="error" if result.too_many_deductions else "")
        self._gauge.show_result(result)
        self._chapters.show_result(result)
        standing = f"{self._number.text()} {self._level.text()}"
        self._gauge.setAccessibleName(standing)
        self.setAccessibleName(f"{standing}; {self._chapters.accessibleName()}")

    def _number_text(self, result: ScoreResult) -> str:
        return " – ".join(score_parts(result)) or "–"

    def _level_text(self, result: ScoreResult) -> str:
        words = self._context.words
        if result.nothing_applicable:
            return self.tr("No score: every indicator is deleted")
        if result.level is not None:
            return words.word(result.level)
        lowest, highest = words.word(result.reachable[0]), words.word(result.reachable[-1])
        if len(result.reachable) == 2:
            return self.tr("Undecided: {0} or {1}").format(lowest, highest)
        return self.tr("Undecided: {0} to {1}").format(lowest, highest)

    def _distance_text(self, result: ScoreResult) -> str:
        words = self._context.words
        parts = []
        if result.too_many_deductions:
            text = self.tr("{0} special deductions: Fail, whatever the score")
            parts.append(text.format(result.special_deductions))
        if result.to_next is not None and result.exact is not None:
            text = self.tr("{0} points short of {1}")
            parts.append(text.format(shown_up(result.to_next.points), words.word(result.to_next.level)))
        elif result.to_next is not None and result.reachable and result.to_next.level in result.reachable:
            text = self.tr("{0} points to earn for {1}")
            parts.append(text.format(shown_up(result.to_next.points), words.word(result.to_next.level)))
        if result.room is not None:
            if result.level is not None:
                text = self.tr("{0} points may be lost and it stays {1}")
            else:
                text = self.tr("at most {0} to lose for {1}")
            parts.append(text.format(shown(result.room.points), words.word(result.room.level)))
        return "  ·  ".join(parts) + ("  ·" if parts else "")


def _dress(label: QLabel, style: str) -> None:
    """Give a label a style of its own; Qt would work it out anew even when it is the same."""
    if label.styleSheet() != style:
        label.setStyleSheet(style)


def _hatch(theme: Theme) -> QBrush:
    tile = QPixmap(8, 8)
    tile.fill(theme.color("gauge_hatch_ground"))
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("gauge_hatch"), 3))
    for offset in (-8, 0, 8):
        painter.drawLine(QPointF(offset - 1, 9), QPointF(offset + 9, -1))
    painter.end()
    return QBrush(tile)
