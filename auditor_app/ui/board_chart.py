"""Points by chapter and group as bars: on the score board, and as a picture for a report."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from auditor_app.models.board import counting
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.scoring import ScoreResult, plain
from auditor_app.models.standard import Chapter, Group, Standard
from auditor_app.ui.fonts import body_font
from auditor_app.ui.theme import Theme

ROW = 21
CHAPTER_GAP = 6
IMAGE_WIDTH = 640
IMAGE_MARGIN = 20
IMAGE_SCALE = 2
TITLE_HEIGHT = 34
LEGEND_HEIGHT = 30
DOTS_PER_METRE = round(96 * IMAGE_SCALE / 0.0254)


@dataclass(frozen=True)
class Bar:
    """One bar: its name, the shares of its points that are earned and open, the points in words."""

    name: str
    earned: float
    open: float
    points: str
    is_chapter: bool
    counts: bool


def bars_of(words: Catalogue, standard: Standard, result: ScoreResult) -> tuple[Bar, ...]:
    """Return a bar for every chapter and group."""
    found: list[Bar] = []
    for chapter in standard.chapters:
        found.append(_bar(words, result, chapter))
        found += (_bar(words, result, group) for group in chapter.groups)
    return tuple(found)


def _bar(words: Catalogue, result: ScoreResult, node: Chapter | Group) -> Bar:
    tally, whole = result.nodes[node.clause], counting(result, node.clause)
    name, is_chapter = f"{node.clause} {node.title.in_(words.language)}", isinstance(node, Chapter)
    if not whole:
        return Bar(name, 0.0, 0.0, words.text("board", "chart_deleted"), is_chapter, counts=False)
    points = f"{plain(tally.earned)} / {plain(whole)}"
    # Floats only for drawing: what is written is exact.
    return Bar(name, float(tally.earned / whole), float(tally.open / whole), points, is_chapter, counts=True)


def height_of(bars: tuple[Bar, ...]) -> int:
    """Return how high the bars are drawn."""
    return len(bars) * ROW + CHAPTER_GAP * max(sum(bar.is_chapter for bar in bars) - 1, 0)


def chart_image(words: Catalogue, standard: Standard, result: ScoreResult, heading: str) -> QImage:
    """Return the chart as a picture for a report: on white, in the colours of the light theme, at twice the size."""
    theme, bars = Theme.load("light"), bars_of(words, standard, result)
    size = QSize(IMAGE_WIDTH, TITLE_HEIGHT + height_of(bars) + LEGEND_HEIGHT + 2 * IMAGE_MARGIN)
    image = QImage(size * IMAGE_SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(IMAGE_SCALE)
    image.setDotsPerMeterX(DOTS_PER_METRE)
    image.setDotsPerMeterY(DOTS_PER_METRE)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    inside = QRectF(0, 0, size.width(), size.height()).adjusted(
        IMAGE_MARGIN, IMAGE_MARGIN, -IMAGE_MARGIN, -IMAGE_MARGIN
    )
    _Drawing(painter, theme).whole(words, heading, bars, inside)
    painter.end()
    return image


class BoardChart(QWidget):
    """The bars, as wide as the board."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bars: tuple[Bar, ...] = ()

    def show_bars(self, bars: tuple[Bar, ...], name: str) -> None:
        """Show other bars; the name says what they are of."""
        if bars == self._bars:
            return
        if height_of(bars) != height_of(self._bars):
            self.setFixedHeight(height_of(bars))
        self._bars = bars
        self.setAccessibleName(name)
        self.setAccessibleDescription("; ".join(f"{bar.name}: {bar.points}" for bar in bars))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        _Drawing(painter, self._theme).bars(self._bars, QRectF(self.contentsRect()))


class _Drawing:
    """Draws the chart in the colours of a theme."""

    def __init__(self, painter: QPainter, theme: Theme) -> None:
        self._painter = painter
        self._theme = theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def whole(self, words: Catalogue, heading: str, bars: tuple[Bar, ...], place: QRectF) -> None:
        """Draw heading, bars and legend."""
        painter = self._painter
        painter.setFont(body_font(15, QFont.Weight.DemiBold))
        painter.setPen(self._theme.color("text"))
        cut = painter.fontMetrics().elidedText(heading, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, cut)
        self.bars(bars, place.adjusted(0, TITLE_HEIGHT, 0, -LEGEND_HEIGHT))
        self._legend(words, QRectF(place.left(), place.bottom() - 14, place.width(), 14))

    def bars(self, bars: tuple[Bar, ...], place: QRectF) -> None:
        """Draw the bars below each other."""
        painter = self._painter
        painter.setFont(body_font(12, QFont.Weight.DemiBold))
        points = max((painter.fontMetrics().horizontalAdvance(bar.points) for bar in bars), default=0)
        names = max((painter.fontMetrics().horizontalAdvance(bar.name) for bar in bars), default=0)
        name = min(names + 2, place.width() * 0.5)
        top = place.top()
        for number, bar in enumerate(bars):
            top += CHAPTER_GAP if bar.is_chapter and number else 0
            row = QRectF(place.left(), top, place.width(), ROW)
            self._words(bar, row, name)
            height = 9 if bar.is_chapter else 7
            left = row.left() + name + 8
            width = row.width() - name - points - 16
            self._bar(bar, QRectF(left, row.center().y() - height / 2, width, height))
            top += ROW

    def _words(self, bar: Bar, row: QRectF, name: float) -> None:
        painter = self._painter
        painter.setFont(body_font(12, QFont.Weight.DemiBold if bar.is_chapter else QFont.Weight.Normal))
        painter.setPen(self._theme.color("text" if bar.is_chapter else "text_soft"))
        cut = painter.fontMetrics().elidedText(bar.name, Qt.TextElideMode.ElideRight, int(name))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignLeft, cut)
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignRight, bar.points)

    def _bar(self, bar: Bar, place: QRectF) -> None:
        if not bar.counts:
            self._painter.setPen(QPen(self._theme.color("unjudged_line"), 1, Qt.PenStyle.DashLine))
            self._painter.drawLine(
                QPointF(place.left(), place.center().y()), QPointF(place.right(), place.center().y())
            )
            return
        self._fill(place, "gauge_track")
        earned = QRectF(place)
        earned.setWidth(place.width() * bar.earned)
        rest = QRectF(earned.right(), place.top(), place.width() * bar.open, place.height())
        self._hatch(rest)
        self._fill(earned, "chapter_bar")

    def _legend(self, words: Catalogue, place: QRectF) -> None:
        painter = self._painter
        painter.setFont(body_font(12))
        left = place.left()
        for key in ("chart_earned", "chart_open", "chart_lost"):
            box = QRectF(left, place.center().y() - 4.5, 20, 9)
            if key == "chart_open":
                self._hatch(box)
            else:
                self._fill(box, "chapter_bar" if key == "chart_earned" else "gauge_track")
            text = words.text("board", key)
            painter.setPen(self._theme.color("text_soft"))
            width = painter.fontMetrics().horizontalAdvance(text)
            named = QRectF(box.right() + 6, place.top(), width + 2, place.height())
            painter.drawText(named, Qt.AlignmentFlag.AlignVCenter, text)
            left = named.right() + 24

    def _fill(self, place: QRectF, meaning: str) -> None:
        self._painter.fillRect(place, self._theme.color(meaning))

    def _hatch(self, place: QRectF) -> None:
        """Fill with slanted lines, sharp at every size; open points are told from earned ones without colour."""
        if place.width() <= 0:
            return
        painter = self._painter
        painter.save()
        painter.setClipRect(place)
        painter.fillRect(place, self._theme.color("gauge_hatch_ground"))
        painter.setPen(QPen(self._theme.color("gauge_hatch"), 2))
        at = place.left() - place.height()
        while at < place.right():
            painter.drawLine(QPointF(at, place.bottom()), QPointF(at + place.height(), place.top()))
            at += 6
        painter.restore()
