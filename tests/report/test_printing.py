"""On paper a heading stands above what it is about, wherever the fonts of the receiver have a page end."""

from __future__ import annotations

from functools import cache

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from auditor_app.report.snapshot import snapshot
from auditor_app.report.workbook import build
from tests.builders import empty_audit, shipped_standard
from tests.report.audits import MADE_ON, sample

HEADINGS = ("report section", "report chapter", "report header")
# A page of the sheet in points, one page wide: landscape A4 less its margins, for columns as wide as they are meant.
ROOM = 625.0
LEAST = 0.15


@cache
def sheet_of(name: str, language: str) -> Worksheet:
    standard = shipped_standard()
    audit = empty_audit(standard) if name == "empty" else sample(name).audit
    _, pages = build(snapshot(standard, audit, language, MADE_ON))
    return pages["recalculation"].worksheet


def pages_of(sheet: Worksheet, room: float) -> list[list[int]]:
    """Return the rows of every page of a program that breaks between any two rows, and where a break was set."""
    breaks = {each.id for each in sheet.row_breaks.brk}
    pages: list[list[int]] = [[]]
    used = 0.0
    for row in range(1, sheet.max_row + 1):
        height = sheet.row_dimensions[row].height or 0.0
        if used + height > room or row - 1 in breaks:
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        used += height
    return pages


def height(sheet: Worksheet, rows: list[int]) -> float:
    return sum(sheet.row_dimensions[row].height or 0.0 for row in rows)


@pytest.mark.parametrize("wider", [1.0, 1.07, 1.15], ids=lambda wider: f"columns-{wider}")
@pytest.mark.parametrize("language", ["zh", "en", "both"])
@pytest.mark.parametrize("name", ["pump-maker", "elevator-service", "empty"])
def test_no_heading_of_the_recalculation_ends_a_page(name: str, language: str, wider: float) -> None:
    sheet = sheet_of(name, language)
    pages = pages_of(sheet, ROOM * wider)
    assert len(pages) > 4
    lonely = [rows[-1] for rows in pages[:-1] if sheet.cell(rows[-1], 1).style in HEADINGS]
    assert [sheet.cell(row, 1).value for row in lonely] == []
    assert [rows for rows in pages[:-1] if height(sheet, rows) < LEAST * ROOM] == [], "no page is nearly empty"
