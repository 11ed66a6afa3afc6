"""Cells as other programs save them: shared and rich texts, prefixes, dates of every format, either calendar."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from auditor_app.replies.xlsx import Cell, Merged, read_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def book(cells: str, *, strings: str = "", styles: str = "", properties: str = "", main: str = MAIN) -> bytes:
    """Return a workbook of one sheet with this XML in it."""
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{RELATIONS}/officeDocument" '
        'Target="/xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{RELATIONS}"><workbookPr {properties}/><sheets>'
        '<sheet name="表" sheetId="1" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="s" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="t" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="y" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
    }
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def cells_of(data: bytes) -> dict[tuple[int, int], Cell]:
    [sheet] = read_workbook(data)
    return dict(sheet.cells)


def value_of(data: bytes) -> Any:
    return cells_of(data)[1, 1].value


def test_texts_are_read_wherever_a_program_puts_them() -> None:
    strings = "<si><t>一</t></si><si><r><t>二</t></r><r><t>三</t></r><rPh><t>er san</t></rPh></si>"
    cells = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
        '<c r="C1" t="inlineStr"><is><r><t>四</t></r><r><t> 五</t></r></is></c>'
        '<c r="D1" t="str"><f>A1</f><v>六</v></c></row>'
    )
    found = cells_of(book(cells, strings=strings))
    assert [cell.value for cell in found.values()] == ["一", "二三", "四 五", "六"]
    assert [cell.is_formula for cell in found.values()] == [False, False, False, True]


def test_line_breaks_and_escapes_are_what_was_meant() -> None:
    strings = "<si><t>a_x000D_\nb _x005F_x0041_</t></si>"
    assert value_of(book('<row><c t="s"><v>0</v></c></row>', strings=strings)) == "a\r\nb _x0041_"


def test_cells_without_a_place_stand_one_after_another() -> None:
    cells = "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r='5'><c><v>4</v></c></row><row><c><v>5</v></c></row>"
    assert {place: cell.value for place, cell in cells_of(book(cells)).items()} == {
        (1, 1): 1.0,
        (1, 3): 3.0,
        (5, 1): 4.0,
        (6, 1): 5.0,
    }


@pytest.mark.parametrize(
    "format_code", ["yyyy-mm-dd", 'yyyy"年"m"月"d"日";@', "[$-804]yyyy/m/d", "m/d/yy h:mm", "e/m/d", 14, 31, 57]
)
def test_a_day_is_known_by_the_format_of_its_cell(format_code: str | int) -> None:
    own = f'<numFmts><numFmt numFmtId="190" formatCode="{str(format_code).replace(chr(34), "&quot;")}"/></numFmts>'
    number = format_code if isinstance(format_code, int) else 190
    formats = f'<cellXfs><xf numFmtId="0"/><xf numFmtId="{number}"/></cellXfs>'
    styles = formats if isinstance(format_code, int) else own + formats
    assert value_of(book('<row><c s="1"><v>46086</v></c></row>', styles=styles)) == date(2026, 3, 5)
    assert value_of(book('<row><c s="0"><v>46086</v></c></row>', styles=styles)) == 46086.0


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    data = book('<row><c s="0"><v>44624.5</v></c></row>', styles=styles, properties='date1904="1"')
    assert value_of(data) == date(2026, 3, 5)


def test_a_number_that_is_no_day_stays_a_number() -> None:
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    for number in ("-5", "60", "9999999"):
        assert value_of(book(f'<row><c s="0"><v>{number}</v></c></row>', styles=styles)) == float(number)


def test_flags_errors_and_moments_are_told_apart() -> None:
    cells = (
        '<row><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c>'
        '<c t="d"><v>2026-03-05T00:00:00</v></c><c><v>1e999</v></c></row>'
    )
    flag, error, moment, endless = cells_of(book(cells)).values()
    assert flag.value is True
    assert error == Cell("#N/A", is_error=True)
    assert moment.value == "2026-03-05"
    assert endless.is_error


def test_the_strict_form_of_the_format_and_prefixes_are_read_too() -> None:
    assert value_of(book('<row><c t="inlineStr"><is><t>字</t></is></c></row>', main=STRICT)) == "字"
    data = book("<x:row xmlns:x='" + MAIN + "'><x:c><x:v>7</x:v></x:c></x:row>")
    assert value_of(data) == 7.0


def test_what_is_merged_is_known_without_making_its_cells() -> None:
    data = book('</sheetData><mergeCells><mergeCell ref="B2:XFD1048576"/></mergeCells><sheetData>')
    [sheet] = read_workbook(data)
    assert sheet.merged == (Merged(2, 2, 1_048_576, 16_384),)
    assert sheet.merged[0].hides((3, 3))
    assert not sheet.merged[0].hides((2, 2))
