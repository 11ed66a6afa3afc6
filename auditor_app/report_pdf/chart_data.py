"""What a chart of the workbook shows, read from the cells it is drawn from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl.worksheet.cell_range import CellRange

from auditor_app.report_pdf.formats import Value, shown_text
from auditor_app.report_pdf.formula import Read

# For parts that have no colour of their own.
COLOURS = ("0F4C81", "8A5A00", "1F6B3A", "A3271B", "5B6878", "B7791F")
INK, FRAME, PAPER = "1D2733", "D9D9D9", "FFFFFF"


@dataclass(frozen=True)
class Series:
    """One part of every bar: its name, its values by category, its colour and that of its edge, its pattern."""

    name: str
    values: Sequence[float]
    colour: str
    edge: str = ""
    pattern: str = ""


@dataclass(frozen=True)
class ChartData:
    """A chart as numbers and words; `kind` is the name openpyxl has for it.

    `stacking` is `clustered`, `stacked` or `percentStacked`; `is_sideways` when bars run to the right, `is_reversed`
    when the first category is where the last one usually is.
    """

    kind: str
    title: str
    title_colour: str
    categories: Sequence[str]
    series: Sequence[Series]
    frame: str = FRAME
    is_sideways: bool = False
    is_reversed: bool = False
    stacking: str = "clustered"
    has_legend: bool = True


def read(chart: Any, at: Read, own_sheet: str) -> ChartData:
    """Return what a chart of openpyxl shows; `at` reads the cells, those without a sheet on `own_sheet`."""
    series = [_series(number, each, at, own_sheet) for number, each in enumerate(chart.series)]
    labels = getattr(chart.series[0], "cat", None) if chart.series else None
    source = labels and (labels.strRef or labels.numRef)
    most = max((len(each.values) for each in series), default=0)
    categories = [_label(value) for value in _values(source, at, own_sheet)] if source else []
    categories += [str(number) for number in range(len(categories) + 1, most + 1)]
    title, colour = _title(chart)
    axis = getattr(chart, "x_axis", None)
    return ChartData(
        kind=type(chart).__name__,
        title=title,
        title_colour=colour,
        categories=categories,
        series=series,
        frame=_solid(_line(chart.graphical_properties)) or FRAME,
        is_sideways=getattr(chart, "type", "") == "bar",
        is_reversed=axis is not None and axis.scaling.orientation == "maxMin",
        stacking=getattr(chart, "grouping", None) or "clustered",
        has_legend=chart.legend is not None,
    )


def _series(number: int, series: Any, at: Read, own_sheet: str) -> Series:
    name = ""
    if series.tx is not None:
        name = series.tx.v or (_first(series.tx.strRef, at, own_sheet) if series.tx.strRef else "")
    source = getattr(series, "val", None) or getattr(series, "yVal", None)
    values = _values(source.numRef, at, own_sheet) if source and source.numRef else ()
    look = series.graphicalProperties
    filled = getattr(look, "pattFill", None)
    colour = _srgb(filled.fgClr) if filled else PAPER if getattr(look, "noFill", None) else _solid(look)
    return Series(
        name=name,
        values=[float(value) if isinstance(value, int | float | Decimal) else 0.0 for value in values],
        colour=colour or COLOURS[number % len(COLOURS)],
        edge=_solid(_line(look)),
        pattern=filled.prst or "" if filled else "",
    )


def _values(reference: Any, at: Read, own_sheet: str) -> list[Value]:
    """Return the values of the cells a reference names; what is stored with it where there are no such cells."""
    try:
        return [at(*place) for place in _places(reference.f, own_sheet)]
    except ValueError:
        stored = getattr(reference, "strCache", None) or getattr(reference, "numCache", None)
        return [point.v for point in stored.pt] if stored else []


def _places(formula: str, own_sheet: str) -> Iterator[tuple[str, int, int]]:
    """Yield sheet, row and column of the cells of a reference; raises `ValueError` for what is none."""
    sheet, _, cells = formula.rpartition("!")
    title = sheet.strip("'").replace("''", "'") or own_sheet
    for row, column in CellRange(cells).cells:
        yield title, row, column


def _first(reference: Any, at: Read, own_sheet: str) -> str:
    values = _values(reference, at, own_sheet)
    return _label(values[0]) if values else ""


def _label(value: Value) -> str:
    # A name of two lines in its cell is one line beside its bar.
    return " ".join(shown_text(value, "General").split())


def _title(chart: Any) -> tuple[str, str]:
    """Return the title and its colour."""
    rich = chart.title.tx.rich if chart.title is not None and chart.title.tx is not None else None
    if rich is None:
        return "", INK
    runs = [run for paragraph in rich.p for run in paragraph.r or ()]
    colours = (_solid(run.rPr) for run in runs if run.rPr is not None)
    return "".join(run.t for run in runs), next(filter(None, colours), INK)


def _line(look: Any) -> Any:
    return None if look is None else look.ln


def _solid(look: Any) -> str:
    """Return the colour something is filled with, empty where it has none of its own."""
    return _srgb(getattr(look, "solidFill", None))


def _srgb(choice: Any) -> str:
    written = getattr(choice, "srgbClr", None)
    value = getattr(written, "val", written)
    return value[-6:].upper() if isinstance(value, str) else ""
