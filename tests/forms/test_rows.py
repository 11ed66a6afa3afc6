"""Rows of lists are repeated, and what lies below or refers to them follows."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from auditor_app.forms.preview import previewed
from auditor_app.forms.scan import scanned
from auditor_app.models.catalogue import Catalogue
from tests.forms.body_form import changed
from tests.forms.filling import fields, fill, filled_sheet, form_of, form_with, parts, sample, sheet_of
from tests.report.office import recalculated, values

SITES = 3
TEAM = len(sample()[1].team)


def column(sheet: Worksheet, letter: str, first: int, last: int) -> list[object]:
    """Return the values of some cells below each other."""
    return [sheet[f"{letter}{row}"].value for row in range(first, last + 1)]


def test_a_row_stands_once_for_each_entry_with_everything_beside_the_placeholders() -> None:
    sheet = filled_sheet({"A2": "{{sites[].id}}", "B2": "人数", "C2": "{{sites[].staff}} 人", "A3": "合计"})
    staff = [site.staff for site in sample()[1].sites]
    assert column(sheet, "A", 2, 5) == ["S1", "S2", "S3", "合计"]
    assert column(sheet, "B", 2, 4) == ["人数"] * SITES
    assert column(sheet, "C", 2, 4) == [f"{heads} 人" for heads in staff]


def test_lists_side_by_side_take_as_many_rows_as_the_longer_one() -> None:
    sheet = filled_sheet({"A1": "{{sites[].id}}", "B1": "{{team[].name}}", "A2": "完"})
    rows = max(SITES, TEAM)
    names = [member.name for member in sample()[1].team]
    assert column(sheet, "A", 1, rows + 1) == ["S1", "S2", "S3"] + [None] * (rows - SITES) + ["完"]
    assert column(sheet, "B", 1, rows) == names + [None] * (rows - TEAM)


def test_rows_next_to_each_other_that_name_one_list_are_one_entry() -> None:
    sheet = filled_sheet({"A1": "{{sites[].id}}", "A2": "{{sites[].name}}", "A3": "{{team[].name}}", "A4": "完"})
    shown = column(sheet, "A", 1, 6)
    assert shown == [text for site in sample()[1].sites for text in (site.id, site.name)]
    assert sheet[f"A{7 + TEAM}"].value == "完"


def test_merged_placeholders_of_several_rows_make_them_one_entry_and_a_label_beside_grows() -> None:
    def build(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"], sheet["C2"] = "场所", "{{sites[].name}}", "地址"
        sheet.merge_cells("A1:A3")
        sheet.merge_cells("B1:B2")
        sheet["B3"] = "完"

    sheet = sheet_of(fill(form_of(build))[0])
    last = 2 * SITES
    assert {str(area) for area in sheet.merged_cells.ranges} == {f"A1:A{last + 1}", "B1:B2", "B3:B4", "B5:B6"}
    assert [sheet[f"C{row}"].value for row in (2, 4, 6)] == ["地址"] * SITES
    assert sheet[f"B{last + 1}"].value == "完"


@pytest.mark.office
def test_formulas_mean_after_filling_what_they_meant_before(tmp_path: Path) -> None:
    cells = {
        "A2": "{{sites[].staff}}",
        "B2": "=A2*2",
        "C2": "=C1+A2",
        "D2": "=A2/A$4",
        "E2": "=SUM(A$2:A2)",
        "A4": "=SUM(A2:A3)",
        "B4": "=SUM(B2:B2)+COUNTA(A:A)",
        "C4": "=A2",
        "D4": '=IF(A4>0,"有","无")&"A2"',
        "E4": "=SUM(2:2)",
    }
    made = fill(form_with(cells))[0]
    path = tmp_path / "copy.xlsx"
    path.write_bytes(made)
    found = values(recalculated([path], tmp_path)[0])
    staff = [site.staff for site in sample()[1].sites]
    whole = sum(staff)
    down = range(2, 2 + SITES)
    assert [found["表", f"B{row}"] for row in down] == [heads * 2 for heads in staff]
    assert [found["表", f"C{row}"] for row in down] == [sum(staff[: at + 1]) for at in range(SITES)]
    assert [found["表", f"E{row}"] for row in down] == [sum(staff[: at + 1]) for at in range(SITES)]
    assert [round(float(found["表", f"D{row}"]), 9) for row in down] == [round(heads / whole, 9) for heads in staff]
    assert found["表", "A6"] == whole
    assert found["表", "B6"] == 2 * whole + SITES + 1
    assert found["表", "C6"] == staff[0]
    assert found["表", "D6"] == "有A2"


def test_everything_that_names_cells_follows() -> None:
    def build(sheet: Worksheet) -> None:
        sheet["A2"] = "{{sites[].id}}"
        sheet["A5"].comment = Comment("x", "y")
        sheet["A6"].hyperlink = "#表!A5"
        sheet["B5"] = ArrayFormula("B5:B6", '=A2:A3&""')
        for cells in ("A2", "A5:A6"):
            rule = DataValidation("list", formula1="$A$8:$A$9", sqref=cells)
            sheet.add_data_validation(rule)
        fill_in = PatternFill("solid", bgColor="FFFF00")
        sheet.conditional_formatting.add("A2:B2 A7", FormulaRule(formula=["$A$8=A2"], fill=fill_in))
        sheet.auto_filter.ref = "A1:B6"
        assert sheet.parent is not None
        sheet.parent.defined_names["选项"] = DefinedName("选项", attr_text="'表'!$A$8:$A$9")
        sheet.print_area = "A1:B9"
        sheet["D10"], sheet["D11"] = "名称", 1
        sheet.add_table(Table(displayName="T1", ref="D10:D11"))
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=1, min_row=2, max_row=9))
        sheet.add_chart(chart, "F5")
        other = sheet.parent.create_sheet("其他")
        other["A1"] = "=表!A8+'表'!$A$2+SUM(表!A1:A3)"

    made = fill(form_of(build))[0]
    sheet, content = sheet_of(made), parts(made)
    assert sheet["A7"].comment is not None
    assert sheet["A8"].hyperlink is not None
    assert sheet["A8"].hyperlink.location in ("表!A7", None) or sheet["A8"].hyperlink.target == "#表!A5"
    assert isinstance(sheet["B7"].value, ArrayFormula)
    assert (sheet["B7"].value.ref, sheet["B7"].value.text) == ("B7:B8", '=A2:A5&""')
    rules = sheet.data_validations.dataValidation
    assert [(str(rule.sqref), rule.formula1) for rule in rules] == [("A2:A4", "$A$10:$A$11"), ("A7:A8", "$A$10:$A$11")]
    (formats,) = sheet.conditional_formatting
    assert (str(formats.sqref), [rule.formula for rule in formats.rules]) == ("A2:B4 A9", [["$A$10=A2"]])
    assert sheet.auto_filter.ref == "A1:B8"
    assert sheet.parent is not None
    assert sheet.parent.defined_names["选项"].attr_text == "'表'!$A$10:$A$11"
    assert str(sheet.print_area) == "'表'!$A$1:$B$11"
    assert sheet.tables["T1"].ref == "D12:D13"
    assert sheet_of(made, "其他")["A1"].value == "=表!A10+'表'!$A$2+SUM(表!A1:A5)"
    assert "'表'!$A$2:$A$11" in content["xl/charts/chart1.xml"].decode()
    assert "<row>6</row>" in content["xl/drawings/drawing1.xml"].decode()


def test_a_formula_that_cells_share_is_right_in_each_of_them() -> None:
    def share(content: dict[str, bytes]) -> None:
        name = "xl/worksheets/sheet1.xml"
        shared = (
            b'<row r="4"><c r="A4"><f t="shared" ref="A4:B4" si="0">A2+A3</f><v>7</v></c>'
            b'<c r="B4"><f t="shared" si="0"/><v>7</v></c></row></sheetData>'
        )
        content[name] = content[name].replace(b"</sheetData>", shared)

    sheet = sheet_of(fill(changed(form_with({"A2": "{{sites[].staff}}"}), share))[0])
    assert [sheet["A6"].value, sheet["B6"].value] == ["=A2+A5", "=B2+B5"]


def test_a_form_without_lists_keeps_its_formulas_as_they_are() -> None:
    sheet = filled_sheet({"A1": "{{score}}", "A2": '=INDIRECT("A1")+A1'})
    assert sheet["A2"].value == '=INDIRECT("A1")+A1'


def test_what_cannot_follow_is_said_before() -> None:
    cells = {
        "A2": "{{sites[].id}}",
        "A4": '=INDIRECT("A2")',
        "B4": "=SUM(表:其他!A2)",
        "C4": "{{score",
        "D4": '="{{score}}"',
    }
    form = scanned(form_with(cells))
    told = {remark.code: remark for remark in previewed(form, fields(), {}, None).remarks}
    assert told["formulas_by_text"].is_loss
    assert told["unclosed"].params == {"places": ("表!C4",)}
    assert told["in_formulas"].params == {"places": ("表!D4",)}
    # A form that does not grow loses nothing by it.
    still = scanned(form_with({"A2": "{{score}}", "A4": '=INDIRECT("A2")'}))
    assert "formulas_by_text" not in {remark.code for remark in previewed(still, fields(), {}, None).remarks}


def test_a_placeholder_in_the_name_of_a_sheet_stays_and_is_said_before() -> None:
    def build(sheet: Worksheet) -> None:
        sheet.title = "{{company.name}}"
        sheet["A1"] = "{{level}}"

    form = form_of(build)
    told = {remark.code: remark for remark in previewed(scanned(form), fields(), {}, None).remarks}
    assert told["sheet_titles"].is_loss
    assert told["sheet_titles"].params == {"places": ("{{company.name}}",)}
    for language in ("zh", "en"):
        words = Catalogue.load(language, "forms")
        assert "{{company.name}}" in words.text("form_remark", "sheet_titles", places="{{company.name}}")
    assert load_workbook(BytesIO(fill(form)[0])).sheetnames == ["{{company.name}}"]


EXTENDED = (
    '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    "<x14:conditionalFormattings><x14:conditionalFormatting "
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule type="expression" id="{1}">'
    "<xm:f>A5&gt;$A$8</xm:f></x14:cfRule><xm:sqref>A2 A5:B6</xm:sqref></x14:conditionalFormatting>"
    "</x14:conditionalFormattings></ext></extLst></worksheet>"
)


def test_what_newer_programs_added_to_the_format_moves_too_and_the_rest_is_kept() -> None:
    def extend(content: dict[str, bytes]) -> None:
        name = "xl/worksheets/sheet1.xml"
        content[name] = content[name].replace(b"</worksheet>", EXTENDED.encode())
        content["xl/ctrlProps/ctrlProp1.xml"] = b"<formControlPr fmlaLink='$A$5'/>"
        content["customXml/item1.xml"] = b"<anything  kept='as it is' ></anything>"

    form = changed(form_with({"A2": "{{sites[].id}}", "A8": "x"}), extend)
    content = parts(fill(form)[0])
    sheet = content["xl/worksheets/sheet1.xml"].decode()
    assert "<xm:f>A7&gt;$A$10</xm:f>" in sheet
    assert "<xm:sqref>A2:A4 A7:B8</xm:sqref>" in sheet
    assert 'uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"' in sheet
    assert content["customXml/item1.xml"] == b"<anything  kept='as it is' ></anything>"


def test_the_box_of_a_note_moves_with_its_cell() -> None:
    def build(sheet: Worksheet) -> None:
        sheet["A2"] = "{{sites[].id}}"
        sheet["A5"].comment = Comment("由机构复核", "机构")

    form = form_of(build)
    name = "xl/drawings/commentsDrawing1.vml"
    rows = [re.findall(rb"<\w+:Row>(\d+)<", parts(workbook)[name]) for workbook in (form, fill(form)[0])]
    # Counted from 0.
    assert rows == [[b"4"], [b"6"]]


def test_controls_and_what_they_are_linked_to_move_along() -> None:
    def control(content: dict[str, bytes]) -> None:
        sheet = "xl/worksheets/sheet1.xml"
        end = (
            b'<controls xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
            b'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><control shapeId="1" '
            b'r:id="c1"><controlPr><anchor><from><xdr:row>4</xdr:row></from><to><xdr:row>6</xdr:row></to></anchor>'
            b"</controlPr></control></controls></worksheet>"
        )
        content[sheet] = content[sheet].replace(b"</worksheet>", end)
        content["xl/ctrlProps/ctrlProp1.xml"] = b'<formControlPr fmlaLink="$A$5" fmlaRange="$A$2:$A$9"/>'
        content["xl/worksheets/_rels/sheet1.xml.rels"] = (
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b'<Relationship Id="c1" Target="../ctrlProps/ctrlProp1.xml" '
            b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/ctrlProp"/></Relationships>'
        )

    content = parts(fill(changed(form_with({"A2": "{{sites[].id}}"}), control))[0])
    assert b'fmlaLink="$A$7" fmlaRange="$A$2:$A$11"' in content["xl/ctrlProps/ctrlProp1.xml"]
    assert b"<xdr:row>6</xdr:row></from><to><xdr:row>8</xdr:row>" in content["xl/worksheets/sheet1.xml"]
