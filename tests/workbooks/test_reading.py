"""Workbooks from anybody: what is built to do harm is refused in a sentence, and no value is read wrongly."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import openpyxl
import pytest

from auditor_app.models.catalogue import Catalogue
from auditor_app.workbooks.book import CellContent, ValueKind
from auditor_app.workbooks.cells import Limits, shifted
from auditor_app.workbooks.container import OF_REPORTS, Container
from auditor_app.workbooks.problems import WorkbookProblem
from auditor_app.workbooks.reading import book_of, read_book
from tests import fuzzing
from tests.proof.fuzz import cases
from tests.proof.reports import bare, packed, parts_of, patched, report

SHEET = "xl/worksheets/sheet1.xml"
WORDS = Catalogue.load("en", "proof")


def problem(content: bytes) -> str:
    return problem_of(lambda: read_book(content))


def problem_of(read: Callable[[], object]) -> str:
    with pytest.raises(WorkbookProblem) as raised:
        read()
    assert WORDS.error(raised.value)
    return raised.value.code


def sheet_of(rows: str) -> bytes:
    """Return a workbook whose one sheet holds these rows."""
    plain = openpyxl.Workbook()
    saved = BytesIO()
    plain.save(saved)
    parts = parts_of(saved.getvalue())
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts[SHEET] = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    return packed(parts)


def cells(rows: str) -> dict[str, CellContent]:
    return dict(read_book(sheet_of(rows)).sheets[0].cells)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_workbook"),
        (b"hello", "not_a_workbook"),
        (b"PK\x03\x04", "truncated"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ],
)
def test_what_is_no_workbook_is_told_by_its_kind(content: bytes, code: str) -> None:
    assert problem(content) == code


@pytest.mark.long
def test_every_cut_of_a_report_is_refused() -> None:
    content = report()
    assert {problem(content[:length]) for length in range(4, len(content) - 1, len(content) // 40)} == {"truncated"}


def test_a_zip_of_something_else_is_no_workbook() -> None:
    assert problem(packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})) == "not_a_workbook"


@pytest.mark.long
def test_a_part_that_grows_a_thousandfold_is_not_unpacked() -> None:
    assert problem(packed({**parts_of(bare()), SHEET: b" " * (OF_REPORTS.small + 1)})) == "bomb"


@pytest.mark.parametrize("bound", [{"parts": 5}, {"read": 50_000}, {"part": 20_000}, {"file": 50_000}])
def test_more_than_any_report_holds_is_not_read(bound: dict[str, Any]) -> None:
    assert problem_of(lambda: book_of(Container(report(), replace(OF_REPORTS, **bound)))) == "too_large"


def test_a_text_that_countless_cells_share_is_counted_as_often() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="str"><v>{"x" * 9000}</v></c></row>' for n in range(1, 30))
    assert len(cells(rows)) == 29
    for limits in (Limits(text=100_000), Limits(cells=20)):
        assert problem_of(lambda: book_of(Container(sheet_of(rows)), limits)) == "too_large"  # noqa: B023 - called here


def test_a_size_that_is_a_lie_is_noticed() -> None:
    content = bytearray(sheet_of(""))
    # The size unpacked that the directory tells of the sheet.
    at = content.rindex(SHEET.encode()) - 22
    content[at : at + 4] = struct.pack("<I", 10)
    assert problem(bytes(content)) == "damaged"


def test_parts_of_one_name_and_other_ways_of_packing_are_refused() -> None:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as file:
        for name, part in parts_of(bare()).items():
            file.writestr(name, part)
        file.writestr("XL/workbook.xml", b"<workbook/>", ZIP_STORED)
    assert problem(target.getvalue()) == "ambiguous"
    target = BytesIO()
    with ZipFile(target, "w", ZIP_LZMA) as file:
        file.writestr("[Content_Types].xml", b"x")
    assert problem(target.getvalue()) == "damaged"


@pytest.mark.parametrize(
    ("part", "pattern", "new", "code"),
    [
        (SHEET, b"^", b"<!DOCTYPE a [<!ENTITY x 'y'>]>", "entities"),
        (SHEET, b"^", b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'>", "entities"),
        (SHEET, b"<sheetData>", b"<sheetData>" + b"<a>" * 100, "bomb"),
        (SHEET, b"</sheetData>", b"", "damaged"),
        (SHEET, b't="s"><v>', b't="s"><v>9999', "damaged"),
        (SHEET, b't="s"><v>', b't="magic"><v>', "damaged"),
        ("xl/_rels/workbook.xml.rels", b"relationships/theme", b"relationships/externalLink", "external_links"),
        ("xl/_rels/workbook.xml.rels", b"relationships/theme", b"relationships/vbaProject", "macros"),
        ("xl/_rels/workbook.xml.rels", b"worksheets/sheet1.xml", b"../../../etc/passwd", "damaged"),
        ("xl/workbook.xml", b'name="[^"]+" sheetId="2"', b'name="\xe5\xb0\x81\xe9\x9d\xa2" sheetId="2"', "ambiguous"),
        ("xl/workbook.xml", b"<sheets>.*</sheets>", b"<sheets/>", "damaged"),
    ],
)
def test_what_harms_or_says_two_things_is_refused(part: str, pattern: bytes, new: bytes, code: str) -> None:
    assert problem(patched(bare(), part, pattern, new)) == code


@pytest.mark.parametrize(
    ("places", "code"),
    [(("A0",), "damaged"), (("XFE1",), "damaged"), (("A1048577",), "damaged"), (("A1", "A1"), "ambiguous")],
)
def test_a_cell_that_is_nowhere_or_twice_is_refused(places: tuple[str, ...], code: str) -> None:
    assert problem(sheet_of("".join(f'<row><c r="{place}"><v>1</v></c></row>' for place in places))) == code


def test_cells_are_read_whoever_wrote_them() -> None:
    rows = """<row><c><v>1.50</v></c><c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>
        <row r="5"><c r="C5" t="str"><f>A1&amp;"x"</f><v>x_x000A_y</v></c><c t="b"><v>1</v></c>
        <c t="e"><v>#N/A</v></c><c t="d"><v>2026-03-02</v></c><c r="J5"><v></v></c><c r="K5" t="str"><f>""</f></c>
        </row>"""
    found = {place: (cell.kind, cell.text, cell.formula) for place, cell in cells(rows).items()}
    assert found == {
        "A1": (ValueKind.NUMBER, "1.5", ""),
        "B1": (ValueKind.TEXT, "ab", ""),
        "C5": (ValueKind.TEXT, "x\ny", 'A1&"x"'),
        "D5": (ValueKind.LOGICAL, "1", ""),
        "E5": (ValueKind.ERROR, "#N/A", ""),
        "F5": (ValueKind.NUMBER, "46083.0", ""),
        "K5": (ValueKind.TEXT, "", '""'),
    }


def test_a_formula_written_once_for_many_cells_is_read_for_each() -> None:
    rows = """<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1+$C$1&amp;"B1"</f><v>1</v></c></row>
        <row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row>"""
    assert cells(rows)["A2"].formula == 'B2+$C$1&"B1"'


@pytest.mark.parametrize("number", ["nan", "inf", "1e999", "1_000", "", "0x1", "٣"])
def test_what_is_no_number_is_none(number: str) -> None:
    rows = f'<row r="1"><c r="A1"><v>{number}</v></c></row>'
    if number:
        assert problem(sheet_of(rows)) == "damaged"
    else:
        assert cells(rows) == {}


def test_formulas_move_with_their_cells_and_fixed_parts_stay() -> None:
    assert shifted("SUM(A1:$B2,Sheet2!C$3)", 1, 1) == "SUM(B2:$B3,Sheet2!D$3)"
    assert shifted("LOG10(A1)&\"A1\"&'Q1'!A1", 1, 0) == "LOG10(A2)&\"A1\"&'Q1'!A2"
    assert shifted("A1", -1, 0) == "#REF!"


@pytest.mark.long
def test_workbooks_cut_bent_and_stuffed_are_all_answered_in_a_sentence() -> None:
    (tally,) = fuzzing.run(cases, 24, seed=11).values()
    assert len(tally.ways) > 2


MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.mark.parametrize(
    ("part", "pattern", "new"),
    [
        (SHEET, b"<sheetData>", b'<sheetData><x:wrap xmlns:x="urn:x"/>'),
        (SHEET, b"<sheetData>", b'<x:sheetData xmlns:x="urn:x"/><sheetData>'),
        (SHEET, b"<sheetData>", b'<x:wrap xmlns:x="urn:x"><row/></x:wrap><sheetData>'),
        (SHEET, b"<sheetData>", b'<sheetData><row><c r="A99"><v>1</v><v>2</v></c></row>'),
        (SHEET, b"<sheetData>", b'<sheetData><row><c r="A99"><f>1</f><f>2</f></c></row>'),
        ("xl/workbook.xml", b"<sheets>", b'<x:sheets xmlns:x="urn:x"/><sheets>'),
        ("xl/sharedStrings.xml", b"<si>", b'<si><x:t xmlns:x="urn:x">y</x:t></si><si>'),
        ("xl/_rels/workbook.xml.rels", b"worksheets/sheet1.xml", b"worksheets/sheet%31.xml"),
        ("xl/_rels/workbook.xml.rels", b"relationships/theme", b"relationships/styles"),
    ],
)
def test_what_one_program_passes_over_and_another_reads_is_refused(part: str, pattern: bytes, new: bytes) -> None:
    assert problem(patched(bare(), part, pattern, new)) == "ambiguous"


def test_a_namespace_that_ends_in_a_name_is_not_taken_for_one() -> None:
    new = b'<sheetData><x xmlns="%b row"/>' % MAIN
    assert problem(patched(bare(), SHEET, b"<sheetData>", new)) in ("damaged", "ambiguous")


def test_a_second_directory_of_the_zip_is_refused() -> None:
    content = bare()
    assert problem(content[:-2] + b"\x04\x00PK\x05\x06") in ("ambiguous", "truncated")
    assert problem(content + content) == "ambiguous"


def test_what_stands_in_extensions_is_no_harm() -> None:
    new = b'</sheetData><extLst><ext uri="{1}"><x:any xmlns:x="urn:x"><x:more/></x:any></ext></extLst>'
    assert read_book(patched(bare(), SHEET, b"</sheetData>", new)) == read_book(bare())


def test_a_formula_that_spreads_over_other_cells_is_another_one() -> None:
    rows = '<row r="1"><c r="A1"><f{}>SUM(B1:B9)</f><v>1</v></c></row>'
    plain, alone, wide = (
        cells(rows.format(head))["A1"].formula for head in ("", ' t="array" ref="A1"', ' t="array" ref="A1:A9"')
    )
    assert plain == alone
    assert wide != plain
