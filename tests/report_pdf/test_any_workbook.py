"""Whatever stands in the workbook is painted: sheets of others, charts of any kind, cells of any shape."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, PieChart, Reference, ScatterChart, Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QApplication

from auditor_app.report_pdf import chart_data, searching, text
from auditor_app.report_pdf.charts import Charts
from auditor_app.report_pdf.grid import Grid, Reader
from auditor_app.report_pdf.layout import Page, pages_of
from auditor_app.report_pdf.lettering import Lettering
from auditor_app.report_pdf.paint import Canvas, PagePainter
from tests.report_pdf.reader import bare, texts

Grouping = Literal["clustered", "stacked", "percentStacked"]
ROWS = 60
NAMES = ("配件", "维修", "培训")


@pytest.fixture
def workbook() -> Workbook:
    return Workbook()


@pytest.fixture
def sheet(workbook: Workbook) -> Worksheet:
    made = workbook.worksheets[0]
    made.title = "附表"
    return made


def grid_of(sheet: Worksheet) -> Grid:
    workbook = sheet.parent
    assert workbook is not None
    return Reader(workbook, {}).grid(sheet)


def printed(sheet: Worksheet, folder: Path) -> list[str]:
    """Return the text of the pages of a sheet."""
    workbook = sheet.parent
    assert workbook is not None
    reader, lettering, buffer = Reader(workbook, {}), Lettering(), QBuffer()
    pages = pages_of(reader.grid(sheet))
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    canvas, painter = Canvas(buffer, "", "", pages[0]), PagePainter(Charts(reader.value, lettering), lettering)
    for number, page in enumerate(pages, 1):
        painter.paint(canvas.next_page(page), page, number, len(pages))
    canvas.end()
    pdf = searching.searchable(bytes(buffer.data().data()), searching.replacements(lettering.characters, text.faces()))
    (folder / "sheet.pdf").write_bytes(pdf)
    return texts(folder / "sheet.pdf")


def fill(sheet: Worksheet) -> None:
    """Write a small table to draw charts of: names with two figures each."""
    sheet.append(["", "计划", "完成"])
    for name, planned, done in zip(NAMES, (4, 6, 8), (3, 6, 2.5), strict=True):
        sheet.append([name, planned, done])


def rows_of(pages: list[Page]) -> list[tuple[int, int]]:
    return [page.rows for page in pages]


@pytest.mark.parametrize("sideways", [True, False], ids=["sideways", "upright"])
@pytest.mark.parametrize("grouping", ["clustered", "stacked", "percentStacked"])
def test_bars_are_painted_with_their_names_and_a_scale(
    qapp: QApplication, sheet: Worksheet, tmp_path: Path, grouping: Grouping, sideways: bool
) -> None:
    fill(sheet)
    chart = BarChart()
    chart.type, chart.grouping = ("bar" if sideways else "col"), grouping
    chart.title = "售后工作量"
    chart.add_data(Reference(sheet, min_col=2, max_col=3, min_row=1, max_row=4), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=4))
    sheet.add_chart(chart, "A8")
    (page,) = printed(sheet, tmp_path)
    assert "售后工作量" in page
    for name in (*NAMES, "计划", "完成"):
        assert page.count(name) == 2, "once in its cell, once in the chart"
    assert ("100" if grouping == "percentStacked" else "8") in page.split("售后工作量")[1]


@pytest.mark.parametrize("kind", [LineChart, PieChart, ScatterChart])
def test_a_chart_of_another_kind_is_the_table_of_its_figures(
    qapp: QApplication, sheet: Worksheet, tmp_path: Path, kind: type[LineChart | PieChart | ScatterChart]
) -> None:
    fill(sheet)
    chart = kind()
    values = Reference(sheet, min_col=3, min_row=1, max_row=4)
    if kind is ScatterChart:
        chart.series.append(Series(values, Reference(sheet, min_col=2, min_row=2, max_row=4), title_from_data=True))
    else:
        chart.add_data(values, titles_from_data=True)
        chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=4))
    sheet.add_chart(chart, "A8")
    (page,) = printed(sheet, tmp_path)
    assert page.count("2.5") == 2
    assert page.count("完成") == 2


def test_charts_below_the_last_row_stand_one_below_another(qapp: QApplication, sheet: Worksheet) -> None:
    fill(sheet)
    for at in ("A7", "A30", "A53"):
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=4), titles_from_data=True)
        sheet.add_chart(chart, at)
    grid = grid_of(sheet)
    rows = [grid.rows_of(placed) for placed in grid.charts]
    assert [start for start, _ in rows] == [6, 29, 52]
    assert all(end <= start for (_, end), (start, _) in pairwise(rows))
    assert sum(grid.heights[slice(*rows[2])]) >= grid.charts[2].height


def test_a_chart_without_figures_is_no_hole_and_no_failure(
    qapp: QApplication, sheet: Worksheet, tmp_path: Path
) -> None:
    sheet["A1"] = "说明"
    sheet.add_chart(BarChart(), "A3")
    assert len(printed(sheet, tmp_path)) == 1


def test_an_outline_and_a_pattern_tell_parts_apart_without_colours(sheet: Worksheet) -> None:
    fill(sheet)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, max_col=3, min_row=1, max_row=4), titles_from_data=True)
    ink, ground = (ColorChoice(srgbClr=colour) for colour in ("8793A1", "FFFFFF"))  # type: ignore[arg-type]
    hatched = PatternFillProperties("wdUpDiag", ink, ground)
    looks = (GraphicalProperties(solidFill="FFFFFF"), GraphicalProperties(pattFill=hatched))
    for series, look in zip(chart.series, looks, strict=True):
        series.graphicalProperties = look
        look.line.solidFill = "5B6878"
    assert sheet.parent is not None
    reader = Reader(sheet.parent, {})
    hollow, lined = chart_data.read(chart, reader.value, sheet.title).series
    assert (hollow.name, hollow.values, hollow.colour, hollow.edge) == ("计划", [4, 6, 8], "FFFFFF", "5B6878")
    assert (lined.name, lined.values, lined.colour, lined.pattern) == ("完成", [3, 6, 2.5], "8793A1", "wdUpDiag")


def test_header_rows_stand_on_every_page_and_rows_stay_whole(
    qapp: QApplication, sheet: Worksheet, tmp_path: Path
) -> None:
    sheet.append(["题头"])
    for row in range(2, ROWS + 2):
        sheet.append([f"第{row}行"])
        sheet.row_dimensions[row].height = 40
    sheet.print_title_rows = "1:1"
    pages = printed(sheet, tmp_path)
    assert len(pages) > 2
    assert [page.count("题头") for page in pages] == [1] * len(pages)
    whole = "".join(pages)
    assert [row for row in range(2, ROWS + 2) if whole.count(f"第{row}行") != 1] == []


def test_a_second_table_that_goes_on_over_pages_has_its_own_header_there(
    qapp: QApplication, sheet: Worksheet, tmp_path: Path
) -> None:
    headings = {1: "报告题头", 2: "", 3: "第二节", 4: "人员题头", ROWS: "第三节", ROWS + 1: "签到题头"}
    for row in range(1, 2 * ROWS):
        sheet.append([headings.get(row, f"第{row}行")])
        sheet.row_dimensions[row].height = 40
    sheet["A2"].value = None
    sheet.print_title_rows = "1:1"
    for name, rows in (("report header", (1, 4, ROWS + 1)), ("report section", (3, ROWS))):
        sheet.parent.add_named_style(NamedStyle(name))  # type: ignore[union-attr]
        for row in rows:
            sheet.cell(row, 1).style = name
    pages = printed(sheet, tmp_path)
    headers = [[words for words in ("报告题头", "人员题头", "签到题头") if words in page] for page in pages]
    assert headers[0] == ["报告题头", "人员题头"]
    changes = next(number for number, page in enumerate(pages) if "第三节" in page)
    assert 1 < changes < len(pages) - 2
    assert headers[1:changes] == [["人员题头"]] * (changes - 1)
    assert headers[changes + 1 :] == [["签到题头"]] * (len(pages) - changes - 1)
    assert [page.count("签到题头") for page in pages[changes:]] == [1] * (len(pages) - changes)
    whole = "".join(pages)
    assert [row for row in range(1, 2 * ROWS) if row not in headings and whole.count(f"第{row}行") != 1] == []


def test_a_table_with_a_name_of_its_own_begins_without_the_header_of_the_one_above(
    qapp: QApplication, sheet: Worksheet
) -> None:
    for words in ("题头", "第一章", "题头", *NAMES):
        sheet.append([words])
    for name in ("report header", "report chapter"):
        sheet.parent.add_named_style(NamedStyle(name))  # type: ignore[union-attr]
    for row, name in ((1, "report header"), (3, "report header"), (2, "report chapter")):
        sheet.cell(row, 1).style = name
    sheet.row_breaks.append(Break(id=1))
    sheet.row_breaks.append(Break(id=4))
    found = [(page.rows, page.repeated) for page in pages_of(grid_of(sheet))]
    assert found == [((0, 1), (0, 0)), ((1, 4), (0, 0)), ((4, 6), (2, 3))]


def test_a_heading_goes_to_the_page_of_what_it_is_about(qapp: QApplication, sheet: Worksheet) -> None:
    room = round(841.9 - 2 * 72)
    sheet.append(["x"])
    sheet.row_dimensions[1].height = room * 0.6
    sheet.row_dimensions[2].height = room * 0.34
    sheet.append(["标题"])
    sheet["A2"].style = "Normal"
    sheet.append(["内容"])
    sheet.row_dimensions[3].height = 60
    grid = grid_of(sheet)
    assert rows_of(pages_of(grid)) == [(0, 2), (2, 3)]
    heading = next(box for box in grid.boxes if box.text == "标题")
    heading.style = heading.style.__class__(name="report section")
    assert rows_of(pages_of(grid)) == [(0, 1), (1, 3)]


def test_a_break_somebody_set_is_kept(qapp: QApplication, sheet: Worksheet) -> None:
    for row in range(1, 6):
        sheet.cell(row, 1, row)
    sheet.row_breaks.append(Break(id=2))
    assert rows_of(pages_of(grid_of(sheet))) == [(0, 2), (2, 5)]


def test_hidden_rows_and_columns_are_left_out(qapp: QApplication, sheet: Worksheet, tmp_path: Path) -> None:
    for column, words in enumerate(("甲", "乙", "丙"), 1):
        sheet.cell(1, column, words)
        sheet.cell(2, column, words * 2)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    assert bare("".join(printed(sheet, tmp_path))) == "甲丙"


def test_a_row_grows_until_its_text_fits(qapp: QApplication, sheet: Worksheet, tmp_path: Path) -> None:
    sheet["A1"] = "很长的文字" * 30
    sheet["A1"].alignment = Alignment(wrap_text=True)
    sheet.row_dimensions[1].height = 12
    grid = grid_of(sheet)
    assert grid.heights[0] >= grid.boxes[0].needed > 100
    assert "很长的文字" * 30 in bare("".join(printed(sheet, tmp_path)))


def test_a_line_that_is_not_wrapped_runs_over_empty_cells_only(qapp: QApplication, sheet: Worksheet) -> None:
    sheet["A1"], sheet["A2"], sheet["B2"] = "一行较长的说明文字", "一行较长的说明文字", "邻格"
    free, held = (next(box for box in grid_of(sheet).boxes if (box.top, box.left) == (row, 0)) for row in (0, 1))
    sheet["D1"] = "远处"
    assert len(free.lines) >= 1
    assert len(held.lines) > 1, "what does not fit wraps"


def test_a_rule_colours_the_cell_and_keeps_what_it_says_nothing_about(qapp: QApplication, sheet: Worksheet) -> None:
    sheet["A1"], sheet["A2"] = 5, 1
    for cell in (sheet["A1"], sheet["A2"]):
        cell.font = Font(bold=True, size=14)
    rule = CellIsRule(
        operator="greaterThan", formula=["3"], font=Font(color="A3271B"), fill=PatternFill(bgColor="FBE9E7")
    )
    sheet.conditional_formatting.add("A1:A2", rule)
    high, low = sorted(grid_of(sheet).boxes, key=lambda box: box.top)
    assert (high.style.ink, high.style.ground, high.style.bold, high.style.size) == ("A3271B", "FBE9E7", True, 14)
    assert (low.style.ground, low.style.bold) == ("", True)


def test_a_sheet_as_wide_as_two_pages_is_made_to_fit_one(qapp: QApplication, sheet: Worksheet, tmp_path: Path) -> None:
    for column in range(1, 31):
        sheet.cell(1, column, f"列{column}")
    (page,) = pages_of(grid_of(sheet))
    assert page.grid.width * page.scale <= page.paper.room[0] + 0.1
    assert "列30" in bare("".join(printed(sheet, tmp_path)))
