"""The painted parts of the score board: the levels with their distances, and what another verdict would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from auditor_app.models.board import LevelStanding
from auditor_app.ui.drawn_text import RIGHT, draw_line, line_width
from auditor_app.ui.pills import Pill, draw_pill, pill_width
from auditor_app.ui.theme import Theme

ROW = 24
MARK = 14
GAP = 8
START = 32
SMALL = 12
STRONG = QFont.Weight.DemiBold

# Mark and colour of each standing; the words beside them say the same.
_MARKS = {
    LevelStanding.REACHED: ("circle-check", "ok"),
    LevelStanding.TO_EARN: ("chevron-up", "accent"),
    LevelStanding.OUT_OF_REACH: ("minus", "text_second"),
}


@dataclass(frozen=True)
class LevelRow:
    """A level, where it starts, how far it is in words, whether it is the one that holds now."""

    name: str
    start: str
    text: str
    standing: LevelStanding
    holds: bool


@dataclass(frozen=True)
class OutlookRow:
    """A verdict, the score with it, the level, the difference to now; `whole` says all of it in words."""

    pill: Pill
    score: str
    level: str
    change: str
    is_present: bool
    whole: str


class LevelTable(QWidget):
    """The levels, highest first, with a mark each."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[LevelRow, ...] = ()
        self.setAccessibleName(name)
        self.setVisible(False)

    @property
    def rows(self) -> tuple[LevelRow, ...]:
        """Return the lines that are shown."""
        return self._rows

    def show_rows(self, rows: Sequence[LevelRow]) -> None:
        """Show other lines."""
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        self.setFixedHeight(ROW * len(rows))
        self.setVisible(bool(rows))
        self.setAccessibleDescription("; ".join(f"{row.name} {row.start}: {row.text}" for row in rows))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        names = max((line_width(row.name, weight=STRONG) for row in self._rows), default=0)
        for number, row in enumerate(self._rows):
            line = _line(self, number)
            icon, color = _MARKS[row.standing]
            picture = self._theme.pixmap(icon, color, MARK, self.devicePixelRatioF())
            painter.drawPixmap(line.left(), line.center().y() - MARK // 2, picture)
            is_far = row.standing is LevelStanding.OUT_OF_REACH
            painter.setPen(self._theme.color("star" if row.holds else "text_second" if is_far else "text"))
            left = line.left() + MARK + GAP
            weight = STRONG if row.holds else QFont.Weight.Normal
            draw_line(painter, QRect(left, line.top(), names, ROW), row.name, weight=weight)
            painter.setPen(self._theme.color("text_second"))
            draw_line(painter, QRect(left + names, line.top(), START, ROW), row.start, RIGHT, SMALL)
            painter.setPen(self._theme.color("accent" if row.standing is LevelStanding.TO_EARN else "text_second"))
            room = QRect(line)
            room.setLeft(left + names + START + 4)
            draw_line(painter, room, row.text, RIGHT, SMALL)


class OutlookTable(QWidget):
    """What the score would be, a line for each verdict."""

    def __init__(self, theme: Theme, now: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._now = now
        self._rows: tuple[OutlookRow, ...] = ()
        self.setVisible(False)

    @property
    def rows(self) -> tuple[OutlookRow, ...]:
        """Return the lines that are shown."""
        return self._rows

    def show_rows(self, rows: Sequence[OutlookRow], name: str) -> None:
        """Show other lines; the name says which indicator they are about."""
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        self.setFixedHeight(ROW * len(rows))
        self.setVisible(bool(rows))
        self.setAccessibleName(name)
        self.setAccessibleDescription("; ".join(row.whole for row in rows))
        self.setToolTip("\n".join(row.whole for row in rows))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        pills = max((pill_width(row.pill) for row in self._rows), default=0)
        scores = max((line_width(row.score, SMALL) for row in self._rows), default=0)
        changes = max((line_width(self._change(row), SMALL) for row in self._rows), default=0)
        for number, row in enumerate(self._rows):
            line = _line(self, number)
            draw_pill(painter, row.pill, line.left(), line.center().y() + 1)
            left = line.left() + pills + GAP
            painter.setPen(self._theme.color("text"))
            draw_line(painter, QRect(left, line.top(), scores, ROW), row.score, RIGHT, SMALL)
            left += scores + GAP
            level = QRect(left, line.top(), line.right() - left - changes - GAP, ROW)
            painter.setPen(self._theme.color("text_soft"))
            draw_line(painter, level, row.level, pixels=SMALL)
            painter.setPen(self._theme.color("text_second" if row.is_present else "text"))
            draw_line(painter, line, self._change(row), RIGHT, SMALL)

    def _change(self, row: OutlookRow) -> str:
        return self._now if row.is_present else row.change


def _line(table: QWidget, number: int) -> QRect:
    inside = table.contentsRect()
    return QRect(inside.left(), inside.top() + number * ROW, inside.width(), ROW)
