"""Strict readers take the report as it is: the schemas of the format, another reader, and LibreOffice."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from openpyxl import Workbook
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

from auditor_app import files
from tests.report.office import charts, converted, differences, values
from tests.report.photographed import photographed
from tests.report.recalculate import alike

LANGUAGES = ("zh", "both")


@pytest.fixture(scope="module", params=LANGUAGES)
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a report with pictures and charts."""
    library = tmp_path_factory.mktemp("library")
    path = library / f"{request.param}.xlsx"
    files.write_report(*photographed(library), request.param, path, library)
    return path


def violations(workbook: Path) -> list[str]:
    return [str(error) for error in OpenXmlValidator(max_errors=0).validate(workbook).errors]


def test_the_report_keeps_to_the_schemas_of_the_format(report: Path) -> None:
    assert violations(report) == []


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("xl/charts/chart1.xml", b"<overlap val=", b"<overlapping val="),
        ("xl/charts/chart2.xml", b'<barDir val="bar"/>', b""),
        ("xl/styles.xml", b"<font><b", b"<font><x"),
        ("xl/workbook.xml", b"<definedName ", b"<definedNames "),
    ],
)
def test_a_part_that_is_not_as_the_schemas_say_would_be_noticed(
    report: Path, tmp_path: Path, part: str, before: bytes, after: bytes
) -> None:
    if report.stem != LANGUAGES[0]:
        pytest.skip("once is enough")
    spoilt = tmp_path / "spoilt.xlsx"
    with zipfile.ZipFile(report) as old, zipfile.ZipFile(spoilt, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                assert before in content
                content = content.replace(before, after, 1)
            new.writestr(name, content)
    assert violations(spoilt) != []


def test_another_reader_finds_the_same_value_in_every_cell(report: Path) -> None:
    ours, other = openpyxl.load_workbook(report, data_only=True), python_calamine.load_workbook(str(report))
    assert other.sheet_names == ours.sheetnames
    compared = 0
    for sheet in ours.worksheets:
        grid = other.get_sheet_by_name(sheet.title).to_python(skip_empty_area=False)
        for number, line in enumerate(sheet.iter_rows(values_only=True)):
            found = [*(grid[number] if number < len(grid) else ()), *[""] * len(line)][: len(line)]
            assert list(map(_plain, found)) == list(map(_plain, line)), f"{sheet.title}, row {number + 1}"
            compared += sum(value is not None for value in line)
    assert compared > 2000


def _plain(value: object) -> object:
    """Return a value as both readers tell it: no cell and an empty text alike, days without their hour."""
    if value is None or value == "":
        return None
    if isinstance(value, date | datetime):
        return value.isoformat()[:10]
    return float(value) if isinstance(value, int | float) else value


def pictures(workbook: Workbook) -> int:
    return sum(len(getattr(sheet, "_images", ())) for sheet in workbook)


@pytest.mark.office
def test_libreoffice_opens_the_report_and_keeps_all_that_is_in_it(report: Path, tmp_path: Path) -> None:
    kept = converted([report], tmp_path, "xlsx")[0]
    assert differences(values(report), values(kept), dict.fromkeys(values(report), "")) == []
    assert [len(chart) for chart in charts(kept)] == [4, 4]
    assert all(alike(*pair) for pair in zip(charts(report), charts(kept), strict=True))
    ours, theirs = openpyxl.load_workbook(report), openpyxl.load_workbook(kept)
    assert set(ours.defined_names) <= set(theirs.defined_names)
    assert pictures(ours) == pictures(theirs) != 0
