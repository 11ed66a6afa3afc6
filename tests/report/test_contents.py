"""The receiver finds every sheet from the contents."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from auditor_app.report.snapshot import ReportSnapshot
from tests.report.audits import in_language, sample, written
from tests.report.office import recalculated
from tests.report.read import opened, rows_of
from tests.workbooks.opening import load_workbook

pytestmark = pytest.mark.long

TITLES = {"zh": "目录", "en": "Contents", "both": "目录 Contents"}


def links(sheet: Worksheet) -> dict[str, str]:
    """Return the names of sheets that lead somewhere, each with the sheet it leads to."""
    found = {}
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        place = re.fullmatch(r"#?'?([^']+)'?[!.]\$?A\$?1", str(cell.hyperlink and cell.hyperlink.location))
        if place:
            found[str(cell.value)] = place[1]
    return found


@pytest.fixture(scope="module")
def pump() -> ReportSnapshot:
    """Give the pump maker's audit."""
    return sample("pump-maker")


@pytest.mark.parametrize("language", TITLES)
def test_every_sheet_a_reader_sees_is_listed_in_order_and_leads_to_itself(pump: ReportSnapshot, language: str) -> None:
    book = opened(in_language(pump, language))
    contents = book[TITLES[language]]
    seen = [sheet.title for sheet in book if sheet.sheet_state == "visible" and sheet is not contents]
    assert list(links(contents)) == seen
    assert list(links(contents).values()) == seen


def test_the_contents_say_what_a_sheet_holds_and_how_much(pump: ReportSnapshot) -> None:
    rows = {row[1]: row for row in rows_of(opened(pump)["目录"]).values()}
    assert rows["评分表"][3] == "指标 44 项"
    assert rows["不符合与整改"][3] == "发现 2 项"
    assert rows["结论"][2:4] == ["审核结论及理由、与下一等级的距离、有效期情况", None]
    assert all(row[2] for row in rows.values() if isinstance(row[0], int))


@pytest.mark.office
def test_the_links_are_still_there_when_libreoffice_has_opened_the_report(tmp_path: Path, pump: ReportSnapshot) -> None:
    report = written(tmp_path, "report", pump.standard, pump.audit, "both")
    (saved,) = recalculated([report], tmp_path)
    before, after = (links(load_workbook(path)[TITLES["both"]]) for path in (report, saved))
    assert after == before
    assert len(after) == 15


def test_nothing_hidden_is_listed(pump: ReportSnapshot) -> None:
    assert "辅助" not in links(opened(replace(pump, language="zh"))["目录"])
