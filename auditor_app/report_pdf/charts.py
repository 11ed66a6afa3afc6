"""Paint the charts of the workbook: bars as bars, any other kind as the table of its figures."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor, log10
from typing import Any

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from auditor_app.report_pdf import chart_data, text
from auditor_app.report_pdf.chart_data import PAPER, ChartData, Series
from auditor_app.report_pdf.formats import shown_text
from auditor_app.report_pdf.formula import Read
from auditor_app.report_pdf.lettering import Lettering
from auditor_app.report_pdf.styles import Style
from auditor_app.report_pdf.text import UNITS_A_POINT

U = UNITS_A_POINT
# Points.
AROUND, TITLE_SIZE, SIZE, LINE, APART, SWATCH = 10.0, 10.0, 8.0, 14.0, 6.0, 7.0
GRID, AXIS, SECOND = "E1E6EC", "5B6878", "5B6878"
# Shares of the room: the names beside bars, a bar of the room between two.
MOST_FOR_NAMES, A_BAR = 0.42, 0.68
MOST_TICKS = 6
# Between the lines or dots of a pattern.
HATCH = 3.0
_SMALL, _NAMES = Style(size=SIZE, ink=SECOND), Style(size=SIZE, ink=chart_data.INK)


class Charts:
    """Paint charts from the cells that `read` gives."""

    def __init__(self, read: Read, lettering: Lettering) -> None:
        self._read = read
        self._lettering = lettering

    def paint(self, painter: QPainter, chart: Any, room: QRectF, own_sheet: str) -> None:
        """Paint a chart of openpyxl into a room in points."""
        data = chart_data.read(chart, self._read, own_sheet)
        painter.fillRect(_units(room), QColor(f"#{PAPER}"))
        painter.setPen(_pen(data.frame))
        painter.drawRect(_units(room))
        inside = room.adjusted(AROUND, AROUND * 0.6, -AROUND, -AROUND * 0.6)
        if data.title:
            style = Style(size=TITLE_SIZE, bold=True, ink=data.title_colour, align="center")
            self._lettering.write_line(painter, style, data.title, _row(inside, 0, LINE * 1.3))
            inside.setTop(inside.top() + LINE * 1.5)
        if data.kind == "BarChart" and data.series and data.categories:
            _Bars(painter, self._lettering, data).paint(inside)
        else:
            self._table(painter, data, inside)

    def _table(self, painter: QPainter, data: ChartData, room: QRectF) -> None:
        """Write the figures of a chart that is not painted, as small as they must be to stand in its room."""
        rows = [["", *(series.name for series in data.series)]]
        for number, category in enumerate(data.categories):
            values = (series.values[number] if number < len(series.values) else 0.0 for series in data.series)
            rows.append([category, *(shown_text(_tidy(value), "General") for value in values)])
        pitch = min(LINE, room.height() / len(rows))
        size = min(SIZE, pitch / text.LEADING)
        wide = room.width() * MOST_FOR_NAMES if len(rows[0]) > 1 else room.width()
        narrow = (room.width() - wide) / max(1, len(rows[0]) - 1)
        for number, row in enumerate(rows):
            line = QRectF(room.left(), room.top() + number * pitch, wide, pitch)
            self._lettering.write_line(painter, Style(size=size, ink=chart_data.INK), row[0], line)
            for place, words in enumerate(row[1:]):
                cell = QRectF(room.left() + wide + place * narrow, line.top(), narrow, pitch)
                style = Style(size=size, bold=number == 0, ink=chart_data.INK, align="right")
                self._lettering.write_line(painter, style, words, cell)
            painter.setPen(_pen(GRID))
            painter.drawLine(QLineF(*(v * U for v in (room.left(), line.bottom(), room.right(), line.bottom()))))


class _Bars:
    """One bar chart, sideways or upright; `along` runs with the bars, `across` from category to category."""

    def __init__(self, painter: QPainter, lettering: Lettering, data: ChartData) -> None:
        self._painter = painter
        self._lettering = lettering
        self._data = data

    def paint(self, room: QRectF) -> None:
        """Paint legend, scale, names and bars."""
        data = self._data
        if data.has_legend:
            room.setBottom(self._legend(room))
        ticks = _ticks(*self._extremes())
        if data.is_sideways:
            widest = max(text.width(name, _NAMES) for name in data.categories)
            names = min(widest + APART, room.width() * MOST_FOR_NAMES)
            # Half of the last figure of the scale stands right of its line.
            plot = room.adjusted(names, 2, -APART * 2, -LINE)
        else:
            widest = max(text.width(_figure(tick), _SMALL) for tick in ticks)
            plot = room.adjusted(widest + APART, 2, 0, -LINE)
        self._scale(plot, ticks)
        step = (plot.height() if data.is_sideways else plot.width()) / len(data.categories)
        for number, name in enumerate(data.categories):
            place = number if data.is_reversed == data.is_sideways else len(data.categories) - 1 - number
            self._name(room, plot, name, place, step)
            for series, bar in self._parts(plot, ticks, number, place, step):
                _fill(self._painter, series, bar)
        self._axis(plot, ticks)

    def _extremes(self) -> tuple[float, float]:
        """Return the least and the most that the scale must show."""
        sums = [self._lengths(number) for number in range(len(self._data.categories))]
        ends = [end for parts in sums for _, begin, end in parts for end in (begin, end)]
        return min(0.0, *ends), max(0.0, *ends)

    def _lengths(self, number: int) -> list[tuple[int, float, float]]:
        """Return for the parts of one category where they begin and end on the scale, with the number of the part."""
        up, down = 0.0, 0.0
        found: list[tuple[int, float, float]] = []
        values = [s.values[number] if number < len(s.values) else 0.0 for s in self._data.series]
        whole = sum(map(abs, values)) if self._data.stacking == "percentStacked" else 0.0
        for part, value in enumerate(values):
            if self._data.stacking not in ("stacked", "percentStacked"):
                found.append((part, 0.0, value))
                continue
            length = value / whole * 100 if whole else value
            begin = up if length >= 0 else down
            found.append((part, begin, begin + length))
            if length >= 0:
                up += length
            else:
                down += length
        return found

    def _parts(
        self, plot: QRectF, ticks: list[float], number: int, place: int, step: float
    ) -> Iterator[tuple[Series, QRectF]]:
        """Yield every part of a category that has a length, with its rectangle."""
        is_side_by_side = self._data.stacking not in ("stacked", "percentStacked")
        thick = step * A_BAR
        share = thick / len(self._data.series) if is_side_by_side else thick
        for part, begin, end in self._lengths(number):
            if begin == end:
                continue
            across = place * step + (step - thick) / 2 + (part * share if is_side_by_side else 0.0)
            first, last = sorted((self._at(plot, ticks, begin), self._at(plot, ticks, end)))
            if self._data.is_sideways:
                yield self._data.series[part], QRectF(first, plot.top() + across, last - first, share)
            else:
                yield self._data.series[part], QRectF(plot.left() + across, first, share, last - first)

    def _at(self, plot: QRectF, ticks: list[float], value: float) -> float:
        """Return where a value of the scale is, right of or below the corner of the page."""
        share = (value - ticks[0]) / (ticks[-1] - ticks[0])
        return plot.left() + share * plot.width() if self._data.is_sideways else plot.bottom() - share * plot.height()

    def _scale(self, plot: QRectF, ticks: list[float]) -> None:
        for tick in ticks:
            at = self._at(plot, ticks, tick)
            self._painter.setPen(_pen(GRID))
            figure = _figure(tick)
            if self._data.is_sideways:
                self._line(at, plot.top(), at, plot.bottom())
                place = QRectF(at - 30, plot.bottom() + 1, 60, LINE)
                self._write(_SMALL, figure, place, "center")
            else:
                self._line(plot.left(), at, plot.right(), at)
                place = QRectF(plot.left() - 60 - APART / 2, at - LINE / 2, 60, LINE)
                self._write(_SMALL, figure, place, "right")

    def _name(self, room: QRectF, plot: QRectF, name: str, place: int, step: float) -> None:
        if self._data.is_sideways:
            line = QRectF(room.left(), plot.top() + place * step, plot.left() - room.left() - APART, step)
            self._write(_NAMES, name, line, "right")
        else:
            line = QRectF(plot.left() + place * step + 1, plot.bottom() + 1, step - 2, LINE)
            self._write(_NAMES, name, line, "center")

    def _axis(self, plot: QRectF, ticks: list[float]) -> None:
        at = self._at(plot, ticks, 0.0)
        self._painter.setPen(_pen(AXIS))
        if self._data.is_sideways:
            self._line(at, plot.top(), at, plot.bottom())
        else:
            self._line(plot.left(), at, plot.right(), at)

    def _legend(self, room: QRectF) -> float:
        """Write what the colours mean below the bars, in as many lines as that takes; return where it begins."""
        entries = [(series, text.width(series.name, _SMALL) + SWATCH + 3 * APART) for series in self._data.series]
        rows: list[list[tuple[Series, float]]] = [[]]
        for series, taken in entries:
            if rows[-1] and sum(each for _, each in rows[-1]) + taken > room.width():
                rows.append([])
            rows[-1].append((series, taken))
        top = room.bottom() - LINE * len(rows)
        for number, row in enumerate(rows):
            left = room.left() + (room.width() - sum(taken for _, taken in row)) / 2 + APART
            for series, taken in row:
                line = QRectF(left + SWATCH + APART / 2, top + number * LINE, taken, LINE)
                _fill(self._painter, series, QRectF(left, line.center().y() - SWATCH / 2, SWATCH, SWATCH))
                self._write(_SMALL, series.name, line, "left")
                left += taken
        return top - 2

    def _write(self, style: Style, words: str, room: QRectF, align: str) -> None:
        made = Style(size=style.size, ink=style.ink, align=align)
        self._lettering.write_line(self._painter, made, words, room)

    def _line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self._painter.drawLine(QLineF(x1 * U, y1 * U, x2 * U, y2 * U))


def _fill(painter: QPainter, series: Series, room: QRectF) -> None:
    """Fill a bar with its colour, or with lines or dots of it, which tell parts apart without colours too."""
    box = _units(room)
    painter.fillRect(box, QColor(f"#{PAPER if series.pattern else series.colour}"))
    if series.pattern:
        painter.save()
        painter.setClipRect(box)
        _pattern(painter, series, box)
        painter.restore()
    edge = series.edge or (series.colour if series.pattern else "")
    if edge:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_pen(edge))
        painter.drawRect(box)


def _pattern(painter: QPainter, series: Series, box: QRectF) -> None:
    """Draw lines or dots all over a box in units."""
    step = HATCH * U
    if "Diag" in series.pattern:
        painter.setPen(_pen(series.colour))
        for number in range(int((box.width() + box.height()) // step) + 1):
            start = box.left() - box.height() + number * step
            painter.drawLine(QLineF(start, box.bottom(), start + box.height(), box.top()))
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(f"#{series.colour}"))
    for row in range(int(box.height() // step) + 1):
        shift = step / 2 if row % 2 else 0.0
        for column in range(int(box.width() // step) + 1):
            center = QPointF(box.left() + column * step + shift, box.top() + (row + 0.5) * step)
            painter.drawEllipse(center, U / 2, U / 2)


def _ticks(least: float, most: float) -> list[float]:
    """Return round figures from the least to the most that a scale must show."""
    span = most - least or 1.0
    rough = span / MOST_TICKS
    unit = 10.0 ** floor(log10(rough))
    step = next(unit * factor for factor in (1, 2, 2.5, 5, 10) if unit * factor >= rough * (1 - 1e-9))
    first, last = floor(least / step + 1e-9), ceil((most or step) / step - 1e-9)
    return [_tidy(number * step) for number in range(first, max(last, first + 1) + 1)]


def _tidy(value: float) -> float:
    """Return a number without the noise of floats."""
    return float(f"{value:.9g}")


def _figure(value: float) -> str:
    return shown_text(value, "General")


def _pen(colour: str) -> QPen:
    return QPen(QColor(f"#{colour}"), U / 2)


def _units(room: QRectF) -> QRectF:
    return QRectF(room.left() * U, room.top() * U, room.width() * U, room.height() * U)


def _row(room: QRectF, down: float, height: float) -> QRectF:
    return QRectF(room.left(), room.top() + down, room.width(), height)
