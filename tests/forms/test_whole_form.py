"""A whole report form of a body: filled in, everything it had is still there, and its formulas are right."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

from auditor_app.forms.preview import previewed
from auditor_app.forms.scan import scanned
from auditor_app.models.forms import Choice, Filled, PlaceholderState
from auditor_app.models.scoring import score_audit, shown
from tests.forms.body_form import LISTS, REPORT, body_form
from tests.forms.filling import fields, fill, parts, sample, sheet_of
from tests.report.office import recalculated, values

FINDINGS = 2
DOCUMENTS, INDICATORS, SITES = 14, 44, 3


@pytest.fixture(scope="module")
def form() -> bytes:
    """Give the form."""
    return body_form()


@pytest.fixture(scope="module")
def copy(form: bytes) -> tuple[bytes, Filled]:
    """Give the filled copy, and what was done."""
    return fill(form, choices={"企业法人": Choice(field="company.legal_representative")})


@pytest.fixture(scope="module")
def before(form: bytes) -> Worksheet:
    """Give the report sheet of the form."""
    return sheet_of(form, REPORT)


@pytest.fixture(scope="module")
def after(copy: tuple[bytes, Filled]) -> Worksheet:
    """Give the report sheet of the copy."""
    return sheet_of(copy[0], REPORT)


def look(cell: Any) -> str:
    """Return all there is to the look of a cell."""
    return repr((cell.font, cell.fill, cell.border, cell.alignment, cell.protection))


def test_values_stand_in_their_places(after: Worksheet) -> None:
    _, audit = sample()
    assert after["B5"].value == audit.company.name
    assert after["E6"].value == audit.company.legal_representative
    assert after["E7"].value == audit.company.employees
    assert str(after["A3"].value).startswith("☑初次审核　□监督审核　□再认证　审核日期：2026年3月2日")
    assert after["F9"].value == float(audit.info.man_days)
    assert [after[f"C{row}"].value for row in (12, 13)] == [finding.facts for finding in audit.findings]


def test_no_placeholder_is_left(copy: tuple[bytes, Filled]) -> None:
    texts = parts(copy[0])
    # The shared texts keep those of the form, which no cell shows any more.
    shown_in = [name for name, part in texts.items() if b"{{" in part and "sharedStrings" not in name]
    assert shown_in == []
    assert copy[1].rows_added == FINDINGS - 1 + DOCUMENTS - 1 + INDICATORS - 1 + SITES - 1
    assert copy[1].cut == ()


def test_looks_heights_and_widths_are_those_of_the_form(before: Worksheet, after: Worksheet) -> None:
    for row in range(1, 19):
        # One row was added below the first finding.
        moved = row if row <= 12 else row + 1
        for column in "ABCDEF":
            old, new = before[f"{column}{row}"], after[f"{column}{moved}"]
            assert new.has_style == old.has_style
            assert look(new) == look(old)
            if not isinstance(new.value, datetime):
                assert new.number_format == old.number_format
        old_height = before.row_dimensions[row].height or 0
        assert (after.row_dimensions[moved].height or 0) >= old_height
    assert [look(after[f"{column}13"]) for column in "ABCDE"] == [look(before[f"{column}12"]) for column in "ABCDE"]
    assert {k: d.width for k, d in after.column_dimensions.items()} == {
        k: d.width for k, d in before.column_dimensions.items()
    }


def test_merged_cells_below_a_list_move_and_those_above_stay(before: Worksheet, after: Worksheet) -> None:
    def moved(match: re.Match[str]) -> str:
        row = int(match[0])
        return str(row if row <= 12 else row + 1)

    expected = {re.sub(r"\d+", moved, str(area)) for area in before.merged_cells.ranges}
    assert {str(area) for area in after.merged_cells.ranges} == expected


def test_every_row_of_a_list_has_the_merged_cells_of_the_first(copy: tuple[bytes, Filled]) -> None:
    merged = {str(area) for area in sheet_of(copy[0], LISTS).merged_cells.ranges}
    assert {f"D{row}:E{row}" for row in range(2, 2 + DOCUMENTS)} <= merged
    heading = 2 + DOCUMENTS + 1
    assert f"A{heading}:E{heading}" in merged


def test_print_set_up_and_protection_are_kept(before: Worksheet, after: Worksheet) -> None:
    assert after.print_title_rows == before.print_title_rows
    assert str(after.print_area).endswith("$A$1:$F$19")
    assert after.freeze_panes == before.freeze_panes
    assert after.protection.sheet
    assert after.protection.password == before.protection.password
    assert after.page_setup.paperSize == before.page_setup.paperSize
    assert after.page_setup.fitToHeight == before.page_setup.fitToHeight
    assert [mark.id for mark in after.row_breaks.brk] == [16]
    assert after.oddFooter is not None
    assert after.oddFooter.right.text == "第 &P 页"


def test_the_header_of_the_page_is_filled(after: Worksheet) -> None:
    assert after.oddHeader is not None
    assert after.oddHeader.center.text == f"{sample()[1].company.name} 审核报告"


def test_rules_links_and_notes_move_along(after: Worksheet) -> None:
    assert [str(rule.sqref) for rule in after.conditional_formatting] == ["A12:F13"]
    assert [str(choice.sqref) for choice in after.data_validations.dataValidation] == ["E19"]
    assert after["A19"].hyperlink is not None
    assert after["E17"].comment is not None


def test_pictures_are_the_same_bytes_and_the_stamp_is_there(form: bytes, copy: tuple[bytes, Filled]) -> None:
    old, new = parts(form), parts(copy[0])
    pictures = [name for name in old if name.startswith("xl/media/")]
    assert pictures
    assert all(old[name] == new[name] for name in pictures)
    drawing = new["xl/drawings/drawing1.xml"].decode()
    assert "ellipse" in drawing
    # One row lower, as the rows it lies over.
    assert "<row>17</row>" in drawing
    assert f"受审核方：{sample()[1].company.name}" in re.sub(r"<[^>]+>", "", drawing)


def test_parts_that_ask_for_nothing_are_written_back_byte_for_byte(form: bytes, copy: tuple[bytes, Filled]) -> None:
    old, new = parts(form), parts(copy[0])
    assert [name for name in old if name.startswith(("xl/theme", "docProps")) and old[name] != new[name]] == []
    assert set(old) - set(new) == set()


@pytest.mark.long
def test_the_copy_breaks_no_rule_of_the_format_that_the_form_keeps(
    form: bytes, copy: tuple[bytes, Filled], tmp_path: Path
) -> None:
    def violations(workbook: bytes) -> list[str]:
        path = tmp_path / "checked.xlsx"
        path.write_bytes(workbook)
        return [str(error) for error in OpenXmlValidator(max_errors=0).validate(path).errors]

    # openpyxl, which made the form, breaks some.
    assert len(violations(copy[0])) <= len(violations(form))


@pytest.mark.office
def test_formulas_follow_the_rows_when_libreoffice_calculates(copy: tuple[bytes, Filled], tmp_path: Path) -> None:
    standard, audit = sample()
    path = tmp_path / "copy.xlsx"
    path.write_bytes(copy[0])
    found = values(recalculated([path], tmp_path)[0])
    weights = [2 if finding.grade.value == "major" else 1 for finding in audit.findings]
    points = [weight * number for number, weight in enumerate(weights, 1)]
    assert [found[REPORT, f"E{row}"] for row in (12, 13)] == points
    assert found[REPORT, "E14"] == sum(points)
    assert found[REPORT, "F14"] == FINDINGS
    exact = score_audit(standard, audit).exact
    assert exact is not None
    assert found[REPORT, "E17"] == pytest.approx(sum(points) + float(shown(exact)))
    last = 2 + DOCUMENTS + 2 + INDICATORS + 2 + SITES + 1
    earned = [item.row["earned"].alone for item in fields().lists["indicators"]]
    whole = sum(float(points) for points in earned if isinstance(points, int | float))
    assert found[LISTS, f"C{last}"] == pytest.approx(whole + sum(points))


def test_what_is_unknown_is_seen_before(form: bytes) -> None:
    preview = previewed(scanned(form), fields(), {}, None)
    assert [each.written for each in preview.unknown] == ["企业法人"]
    by_key = {each.key: each for each in preview.placeholders}
    assert by_key["findings[].facts"].rows == FINDINGS
    assert by_key["company.name"].places == (f"{REPORT}!B5", REPORT, REPORT)
    assert by_key["audit_man_days"].state is PlaceholderState.KNOWN
