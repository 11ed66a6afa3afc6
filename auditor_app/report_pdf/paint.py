"""Paint the pages of the report with Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QIODevice, QLineF, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from auditor_app.report_pdf import edges, text
from auditor_app.report_pdf.charts import Charts
from auditor_app.report_pdf.grid import ABOVE, Box, Grid, Placed, room_of
from auditor_app.report_pdf.layout import Page
from auditor_app.report_pdf.lettering import Lettering
from auditor_app.report_pdf.styles import Line, Style
from auditor_app.report_pdf.text import UNITS_A_POINT, TextLine

U = UNITS_A_POINT
INCH = 72
EDGE = Style(ink="5B6878")
# What stands in the middle of a header is the mark of a report that is not final.
MARK = Style(ink="A3271B", bold=True)
# Between the parts of a header.
APART = 12.0


class Canvas:
    """A PDF that is being painted, page by page; it writes to an open device."""

    def __init__(self, device: QIODevice, title: str, creator: str, first: Page) -> None:
        self._writer = QPdfWriter(device)
        self._writer.setResolution(INCH * U)
        self._writer.setTitle(title)
        self._writer.setCreator(creator)
        self._lay(first)
        self._painter = QPainter(self._writer)
        self._painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._is_fresh = True

    def next_page(self, page: Page) -> QPainter:
        """Begin a page and return the painter for it, its origin in the corner of the paper."""
        if not self._is_fresh:
            self._lay(page)
            self._writer.newPage()
        self._is_fresh = False
        self._painter.resetTransform()
        return self._painter

    def end(self) -> None:
        """Finish the file."""
        self._painter.end()

    def _lay(self, page: Page) -> None:
        sideways = page.paper.is_landscape
        orientation = QPageLayout.Orientation.Landscape if sideways else QPageLayout.Orientation.Portrait
        self._writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), orientation, QMarginsF()))


class PagePainter:
    """Paint pages of grids; a text that goes on from page to page goes on where it ended."""

    def __init__(self, charts: Charts, lettering: Lettering) -> None:
        self._charts = charts
        self._lettering = lettering
        self._said: dict[int, int] = {}

    def paint(self, painter: QPainter, page: Page, number: int, pages: int) -> None:
        """Paint one page on a painter whose origin is the corner of the paper."""
        self._edges(painter, page, number, pages)
        paper, scale = page.paper, page.scale
        width, _ = paper.room
        left = paper.left
        if page.grid.sheet.print_options.horizontalCentered:
            left += (width - page.grid.width * scale) / 2
        painter.save()
        painter.translate(left * U, paper.top * U)
        painter.scale(scale, scale)
        start, end = page.repeated
        tops = page.grid.tops()
        if end > start:
            self._rows(painter, page.grid, page.repeated)
            painter.translate(0, (tops[end] - tops[start]) * U)
        self._rows(painter, page.grid, page.rows)
        painter.restore()

    def _rows(self, painter: QPainter, grid: Grid, rows: tuple[int, int]) -> None:
        """Paint rows, the first of them at the origin."""
        start, end = rows
        tops, lefts = grid.tops(), grid.lefts()
        painter.save()
        painter.translate(0, -tops[start] * U)
        boxes = [box for box in grid.boxes if box.top < end and box.bottom > start]
        places = [_place(box, tops, lefts, rows) for box in boxes]
        for box, place in zip(boxes, places, strict=True):
            if box.style.ground:
                painter.fillRect(place, QColor(f"#{box.style.ground}"))
        for box, place in zip(boxes, places, strict=True):
            _border(painter, box.style, place)
        for box, place in zip(boxes, places, strict=True):
            self._text(painter, box, place, lefts, rows)
        for picture in _within(grid.pictures, rows):
            _picture(painter, picture, _rectangle(picture, tops, lefts))
        for chart in _within(grid.charts, rows):
            self._charts.paint(painter, chart.content, _rectangle(chart, tops, lefts), grid.sheet.title)
        painter.restore()

    def _text(self, painter: QPainter, box: Box, place: QRectF, lefts: list[float], rows: tuple[int, int]) -> None:
        if not box.lines:
            return
        lines: Sequence[TextLine] = box.lines
        upright = box.style.upright
        if box.top < rows[0] or box.bottom > rows[1]:
            lines, upright = self._part_of(box, place, is_last=box.bottom <= rows[1]), "top"
        start, end = room_of(box, lefts)
        pitch = text.height(1, box.style.size)
        taken, room = pitch * len(lines), place.height() / U
        above = {"top": ABOVE, "center": (room - taken) / 2}.get(upright, room - taken - ABOVE)
        top = place.top() / U + max(0.0, above)
        self._lettering.write(painter, box.style, lines, QRectF(start, top, end - start, taken))

    def _part_of(self, box: Box, place: QRectF, *, is_last: bool) -> Sequence[TextLine]:
        """Return the lines of a box that stand on this page, after those of the pages before."""
        done = self._said.get(id(box), 0)
        if is_last:
            return box.lines[done:]
        fitting = int((place.height() / U - 2 * ABOVE) // text.height(1, box.style.size))
        part = box.lines[done : done + max(0, fitting)]
        self._said[id(box)] = done + len(part)
        return part

    def _edges(self, painter: QPainter, page: Page, number: int, pages: int) -> None:
        paper, sheet = page.paper, page.grid.sheet
        for is_top in (True, False):
            left, right = paper.left, paper.width - paper.right
            written = [
                (align, *edges.words(item, number, pages, sheet.title))
                for align, item in edges.parts(sheet, is_top=is_top)
            ]
            share = (right - left - 2 * APART) / max(1, sum(bool(said) for _, said, _ in written))
            for align, said, size in written:
                if not said:
                    continue
                style = replace(MARK if is_top and align == "center" else EDGE, size=size, align=align)
                pitch = text.height(1, size)
                top = paper.header if is_top else paper.height - paper.footer - pitch
                shift = {"right": right - left - share, "center": (right - left - share) / 2}.get(align, 0.0)
                place = QRectF(left + shift, top, share, pitch)
                self._lettering.write_line(painter, style, said, place)


def _place(box: Box, tops: list[float], lefts: list[float], rows: tuple[int, int]) -> QRectF:
    """Return where a box lies in units, as far as it lies on these rows."""
    top, bottom = tops[max(box.top, rows[0])], tops[min(box.bottom, rows[1])]
    return QRectF(lefts[box.left] * U, top * U, (lefts[box.right] - lefts[box.left]) * U, (bottom - top) * U)


def _border(painter: QPainter, style: Style, place: QRectF) -> None:
    corners = place.topLeft(), place.topRight(), place.bottomRight(), place.bottomLeft()
    sides = (style.top, style.right, style.bottom, style.left)
    for side, start, end in zip(sides, corners, (*corners[1:], corners[0]), strict=True):
        if side is not None:
            painter.setPen(_pen(side))
            painter.drawLine(QLineF(start, end))


def _pen(side: Line) -> QPen:
    return QPen(QColor(f"#{side.colour}"), side.width * U, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap)


def _within(placed: Iterable[Placed], rows: tuple[int, int]) -> list[Placed]:
    return [each for each in placed if rows[0] <= each.row < rows[1]]


def _rectangle(placed: Placed, tops: list[float], lefts: list[float]) -> QRectF:
    """Return where a picture or chart lies in points."""
    x, y = lefts[placed.column] + placed.right, tops[placed.row] + placed.down
    return QRectF(x, y, placed.width, placed.height)


def _picture(painter: QPainter, placed: Placed, room: QRectF) -> None:
    """Paint a picture into a room in points."""
    image = QImage.fromData(placed.content._data())
    if not image.isNull():
        units = QRectF(room.left() * U, room.top() * U, room.width() * U, room.height() * U)
        painter.drawImage(units, image)
