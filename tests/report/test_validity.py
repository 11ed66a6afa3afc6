"""Strict readers take the report as it is: the schemas of the format, another reader, and LibreOffice."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import python_calamine
from openpyxl import Workbook
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

from auditor_app import files
from tests.report.audits import sample, written
from tests.report.office import charts, converted, differences, values
from tests.report.photographed import photographed
from tests.report.recalculate import alike
from tests.workbooks.opening import load_workbook

pytestmark = pytest.mark.long

LANGUAGES = ("zh", "both")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give reports with pictures and charts by language."""
    library = tmp_path_factory.mktemp("library")
    audited, written_to = photographed(library), {name: library / f"{name}.xlsx" for name in LANGUAGES}
    for language, path in written_to.items():
        files.write_report(*audited, language, path, library)
    return written_to


@pytest.fixture(params=LANGUAGES)
def report(request: pytest.FixtureRequest, reports: dict[str, Path]) -> Path:
    """Give each of these reports."""
    return reports[request.param]


def violations(workbook: Path) -> list[str]:
    return [str(error) for error in OpenXmlValidator(max_errors=0).validate(workbook).errors]


def test_the_report_keeps_to_the_schemas_of_the_format(report: Path) -> None:
    assert violations(report) == []


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("xl/charts/chart1.xml", b"<overlap val=", b"<overlapping val="),
        ("xl/charts/chart2.xml", b'<barDir val="bar"/>', b""),
        ("xl/workbook.xml", b"<definedName ", b"<definedNames "),
    ],
)
def test_a_part_that_is_not_as_the_schemas_say_would_be_noticed(
    tmp_path: Path, part: str, before: bytes, after: bytes
) -> None:
    made, spoilt = sample("pump-maker"), tmp_path / "spoilt.xlsx"
    with (
        zipfile.ZipFile(written(tmp_path, "report", made.standard, made.audit)) as old,
        zipfile.ZipFile(spoilt, "w") as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                assert before in content
                content = content.replace(before, after, 1)
            new.writestr(name, content)
    assert violations(spoilt) != []


def test_another_reader_finds_the_same_value_in_every_cell(report: Path) -> None:
    ours, other = load_workbook(report, data_only=True), python_calamine.load_workbook(str(report))
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
def test_libreoffice_opens_the_report_and_keeps_all_that_is_in_it(reports: dict[str, Path], tmp_path: Path) -> None:
    made = list(reports.values())
    for report, kept in zip(made, converted(made, tmp_path, "xlsx"), strict=True):
        assert differences(values(report), values(kept), dict.fromkeys(values(report), "")) == []
        assert [len(chart) for chart in charts(kept)] == [4, 4]
        assert all(alike(*pair) for pair in zip(charts(report), charts(kept), strict=True))
        ours, theirs = load_workbook(report), load_workbook(kept)
        assert set(ours.defined_names) <= set(theirs.defined_names)
        assert pictures(ours) == pictures(theirs) != 0
