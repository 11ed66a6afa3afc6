"""The report costs about what its cells cost: making it stays close to writing them with plain openpyxl."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from statistics import median
from time import process_time

import pytest
from openpyxl import Workbook
from openpyxl.styles import NamedStyle

from auditor_app.report.workbook import build
from tests.report.audits import sample
from tests.report.read import report_bytes

pytestmark = pytest.mark.long


def test_a_report_takes_at_most_half_again_what_plain_cells_take() -> None:
    made = sample("pump-maker")
    model, _ = build(made)
    ours, plain = [], []
    for _ in range(5):
        ours.append(_seconds(lambda: report_bytes(made)))
        plain.append(_seconds(lambda: _written_plainly(model)))
    assert median(ours) <= 1.5 * median(plain)


def _seconds(work: Callable[[], object]) -> float:
    """Return the seconds of the processor that a piece of work takes: others may use the computer too."""
    start = process_time()
    work()
    return process_time() - start


def _written_plainly(model: Workbook) -> bytes:
    """Write the same cells, styles, merges and heights the way the manual of openpyxl shows."""
    workbook, content = Workbook(), BytesIO()
    for name in {cell.style for sheet in model for row in sheet.iter_rows() for cell in row} - {"Normal"}:
        workbook.add_named_style(NamedStyle(name))
    for sheet in model:
        copy = workbook.create_sheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None or cell.has_style:
                    copy.cell(cell.row, cell.column, cell.value).style = cell.style
        for merged in sheet.merged_cells.ranges:
            copy.merge_cells(merged.coord)
        for number, dimension in sheet.row_dimensions.items():
            copy.row_dimensions[number].height = dimension.height
    workbook.save(content)
    return content.getvalue()
