"""A workbook of ours says in every reader what was put into it: texts, numbers, days, links, results of formulas."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from auditor_app.models.progress import Cancelled
from auditor_app.workbooks.container import packed
from auditor_app.workbooks.saving import Stored, saved

TEXTS = ("<b> & \"quotes\" 'too'", " space at both ends ", "  ", "two\nlines\tand a tab", "服务 𠮷", "=1+1", "]]>")


def workbook() -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "A & B"
    return book, sheet


def reopened(book: Workbook, values: dict[str, Stored] | None = None, *, results: bool = False) -> Worksheet:
    content = packed(saved(book, {"A & B": values or {}}))
    sheet = openpyxl.load_workbook(BytesIO(content), data_only=results)["A & B"]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_texts_come_back_letter_by_letter() -> None:
    book, sheet = workbook()
    for row, text in enumerate(TEXTS * 2, 1):
        sheet.cell(row, 1).value = text
        sheet.cell(row, 1).data_type = "s"
    found = reopened(book)
    assert [found.cell(row, 1).value for row in range(1, 2 * len(TEXTS) + 1)] == [*TEXTS, *TEXTS]
    assert {found.cell(row, 1).data_type for row in range(1, len(TEXTS) + 1)} == {"s"}


def test_numbers_days_and_what_is_true_keep_their_kind() -> None:
    book, sheet = workbook()
    values: tuple[float | date, ...] = (1, 2.5, -0.125, 1e-9, True, date(2026, 3, 5))
    for row, value in enumerate(values, 1):
        sheet.cell(row, 1).value = value
    sheet["A6"].number_format = "yyyy-mm-dd"
    found = reopened(book)
    assert [found.cell(row, 1).value for row in range(1, 6)] == [1, 2.5, -0.125, 1e-9, True]
    assert found["A6"].value.date() == date(2026, 3, 5)


def test_styles_heights_links_and_empty_cells_are_kept() -> None:
    book, sheet = workbook()
    sheet["B2"].value, sheet["B2"].font = "bold", Font(bold=True)
    sheet["C2"].font = Font(italic=True)
    sheet["D2"].value = None
    sheet["B2"].hyperlink = Hyperlink(ref="", location="'A & B'!A1")
    sheet.row_dimensions[2].height, sheet.row_dimensions[7].height = 33, 44
    sheet.merge_cells("E2:F3")
    found = reopened(book)
    assert (found["B2"].font.b, found["C2"].font.i, found["C2"].value) == (True, True, None)
    assert found["B2"].hyperlink is not None
    assert found["B2"].hyperlink.location == "'A & B'!A1"
    assert (found.row_dimensions[2].height, found.row_dimensions[7].height) == (33, 44)
    assert [str(area) for area in found.merged_cells.ranges] == ["E2:F3"]


@pytest.mark.parametrize("result", [0.1 + 0.2, 7, "", "<&>", "服务"])
def test_a_formula_has_its_result_for_who_does_not_calculate(result: Stored) -> None:
    values: dict[str, Stored] = {"A1": result}
    sheets = []
    for results in (True, False):
        book, sheet = workbook()
        sheet["A1"].value = '=IF(1<2,"a & b",B1)'
        sheets.append(reopened(book, values, results=results))
    assert sheets[0]["A1"].value == (result or None)
    assert sheets[1]["A1"].value == '=IF(1<2,"a & b",B1)'


def test_a_formula_without_its_result_and_a_result_without_its_formula_are_our_bug() -> None:
    book, sheet = workbook()
    sheet["A1"].value = "=1"
    with pytest.raises(KeyError):
        saved(book, {})
    with pytest.raises(ValueError, match="A & B: 0 formula cells, 1 values"):
        saved(workbook()[0], {"A & B": {"A1": 1}})


def test_writing_can_be_ended_between_sheets() -> None:
    book, _ = workbook()
    book.create_sheet("second")
    told = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        saved(book, {}, stop)
    assert told == [(0, 2), (1, 2)]
