"""Reports read as their receiver sees them: opened, and what stands beside or below a label."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from auditor_app.report.snapshot import ReportSnapshot
from auditor_app.report.workbook import report_parts
from auditor_app.workbooks.container import packed
from tests.workbooks.opening import load_workbook


def report_bytes(made: ReportSnapshot) -> bytes:
    """Return the report of a snapshot as the content of a file, before it has its proof."""
    return packed(report_parts(made))


def opened(made: ReportSnapshot) -> Workbook:
    """Return the report of a snapshot with the values that a preview shows."""
    return load_workbook(BytesIO(report_bytes(made)), data_only=True)


def beside(sheet: Worksheet, label: str) -> object:
    """Return the next value to the right of a label."""
    row = next(row for row in sheet.iter_rows() if label in [cell.value for cell in row])
    found = [cell.value for cell in row]
    return next((value for value in found[found.index(label) + 1 :] if value is not None), None)


def below(sheet: Worksheet, label: str) -> object:
    """Return the value below a label."""
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == label)
    return sheet.cell(cell.row + 1, cell.column).value


def texts(sheet: Worksheet) -> list[str]:
    """Return everything that stands in a sheet, row by row."""
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def rows_of(sheet: Worksheet) -> dict[object, list[object]]:
    """Return the values of every row by what stands first in it."""
    return {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows()}
