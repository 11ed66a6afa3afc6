"""Charts drawn by the spreadsheet itself from cells of the report, so that they follow an edited verdict.

What the cells hold is stored with a chart too: a preview that calculates nothing draws it all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from openpyxl.chart import BarChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.legend import Legend
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties, RegularTextRun

from auditor_app.report.look import ACCENT, FONT, INK, LINE, SECOND, WHITE
from auditor_app.report.page import Page

# English Metric Units.
EMU_A_POINT = 12_700
# Points: a bar with the space around it, what title, axis and legend take, and the room above and below a chart.
A_BAR, AROUND, EDGE = 19, 84, 3
# Excel allows a row 409 points; so many bars stay readable in it.
MOST_BARS = 16
Shape = Literal["full", "hollow", "hatched"]
_SMALL, _USUAL = 800, 1000


@dataclass(frozen=True)
class Part:
    """One part of every bar: its name and its values, each with the reference to the cells that hold them.

    A part that is `hollow` is an outline, one that is `hatched` has lines: paper without colours tells them apart.
    """

    name: str
    name_at: str
    values: Sequence[float]
    values_at: str
    colour: str
    shape: Shape = "full"


def height_of(bars: int) -> float:
    """Return the points that a chart of so many bars takes."""
    return AROUND + A_BAR * bars


def stacked_bars(page: Page, title: str, labels: Sequence[str], labels_at: str, parts: Sequence[Part]) -> None:
    """Draw bars that lie one below another across the sheet, in a row of their own: a page never breaks in a row."""
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 45
    chart.title = _title(title)
    chart.legend = Legend(legendPos="b")
    chart.legend.txPr = _text(_SMALL, SECOND)
    categories = AxDataSource(strRef=StrRef(labels_at, _texts(labels)))
    chart.series = [_series(number, part, categories) for number, part in enumerate(parts)]
    _axes(chart)
    chart.roundedCorners = False
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(solidFill=LINE))
    height = height_of(len(labels))
    # From cell to cell, because a column is as wide as the digits of the receiver's font.
    top, bottom = round(EDGE * EMU_A_POINT), round((height - EDGE) * EMU_A_POINT)
    corners = AnchorMarker(0, 0, page.row - 1, top), AnchorMarker(page.columns, 0, page.row - 1, bottom)
    chart.anchor = TwoCellAnchor("twoCell", _from=corners[0], to=corners[1])  # type: ignore[assignment]
    page.worksheet.add_chart(chart)
    page.gap(height)


def _axes(chart: BarChart) -> None:
    """Put the first bar at the top and the scale at the bottom, with faint lines."""
    labels, scale = chart.x_axis, chart.y_axis
    labels.delete = scale.delete = False
    labels.scaling.orientation = "maxMin"
    scale.crosses = "max"
    scale.scaling.min = 0
    scale.number_format, scale.majorTickMark = "General", "none"
    labels.majorTickMark = "none"
    scale.majorGridlines = ChartLines(GraphicalProperties(ln=LineProperties(solidFill=LINE)))
    scale.spPr = GraphicalProperties(ln=LineProperties(noFill=True))
    labels.spPr = GraphicalProperties(ln=LineProperties(solidFill=SECOND))
    labels.txPr, scale.txPr = _text(_SMALL, INK), _text(_SMALL, SECOND)


def _series(number: int, part: Part, categories: AxDataSource) -> Series:
    name = SeriesLabel(strRef=StrRef(part.name_at, _texts([part.name])))
    series = Series(idx=number, order=number, tx=name, cat=categories)
    points = [NumVal(idx=index, v=value) for index, value in enumerate(part.values)]
    series.val = NumDataSource(numRef=NumRef(part.values_at, NumData("General", len(points), points)))
    series.spPr = _fill(part)
    series.invertIfNegative = False
    return series


def _fill(part: Part) -> GraphicalProperties:
    edge = LineProperties(w=6350, solidFill=part.colour)
    if part.shape != "hatched":
        return GraphicalProperties(solidFill=WHITE if part.shape == "hollow" else part.colour, ln=edge)
    ink, ground = (ColorChoice(srgbClr=colour) for colour in (part.colour, WHITE))  # type: ignore[arg-type]
    return GraphicalProperties(pattFill=PatternFillProperties("wdUpDiag", ink, ground), ln=edge)


def _texts(texts: Sequence[str]) -> StrData:
    return StrData(len(texts), [StrVal(index, text) for index, text in enumerate(texts)])


def _characters(size: int, colour: str, *, bold: bool = False) -> CharacterProperties:
    font = Font(typeface=FONT)
    return CharacterProperties(sz=size, b=bold, solidFill=colour, latin=font, ea=font)


def _text(size: int, colour: str) -> RichText:
    look = ParagraphProperties(defRPr=_characters(size, colour))
    return RichText(p=[Paragraph(pPr=look, endParaRPr=CharacterProperties())])


def _title(title: str) -> Title:
    look = _characters(_USUAL, ACCENT, bold=True)
    run = RegularTextRun(rPr=look, t=title)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), r=[run])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)
