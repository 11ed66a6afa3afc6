"""Files that are no forms, or forms made to do harm: refused in plain words, and quickly."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from auditor_app.forms.cells import letters
from auditor_app.forms.guard import LARGEST_FILE, parts_of
from auditor_app.forms.problems import FormProblem
from auditor_app.forms.scan import scanned
from auditor_app.models.catalogue import Catalogue
from auditor_app.packages.passwords import locked_workbook
from tests import fuzzing
from tests.forms import fuzz
from tests.forms.body_form import body_form, changed
from tests.forms.filling import fields, fill, form_with

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def refused(data: bytes) -> str:
    """Return the code a file is refused with; the sentence must exist in both languages."""
    with pytest.raises(FormProblem) as problem:
        scanned(data)
    for language in ("zh", "en"):
        assert Catalogue.load(language, "forms").error(problem.value)
    return problem.value.code


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return a zip with these parts."""
    result = BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return result.getvalue()


def with_part(name: str, content: bytes | Callable[[bytes], bytes]) -> bytes:
    """Return a small form with one part replaced or added."""

    def spoil(parts: dict[str, bytes]) -> None:
        parts[name] = content if isinstance(content, bytes) else content(parts[name])

    return changed(form_with({"A1": "{{score}}"}), spoil)


SHEET, TYPES = "xl/worksheets/sheet1.xml", "[Content_Types].xml"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_workbook"),
        (b"%PDF-1.7", "not_a_workbook"),
        (OLD, "old_format"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (b"PK\x03\x04 and nothing", "damaged"),
        (zipped({"word/document.xml": b"<x/>"}), "not_a_workbook"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "other_format"),
        (zipped({TYPES: b"<Types/>", "xl/workbook.bin": b"x"}), "binary_format"),
        (zipped({TYPES: b"<Types/>"}), "not_a_workbook"),
        (b"PK" + bytes(LARGEST_FILE), "too_large"),
        (with_part(TYPES, lambda part: part.replace(b"sheet.main", b"sheet.macroEnabled.main")), "macros"),
        (with_part("xl/vbaProject.bin", b"x"), "macros"),
        (with_part(SHEET, lambda part: part[:-9]), "damaged"),
        (with_part(SHEET, lambda part: part.replace(b'r="A1"', b'r="A0"')), "damaged"),
        (with_part(SHEET, lambda part: part.replace(b'<row r="1"', b'<row r="9999999"')), "damaged"),
        (with_part(SHEET, b"<a>" * 5_000), "too_large_inside"),
        (with_part(SHEET, b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet><sheetData/></worksheet>"), "damaged"),
    ],
)
def test_what_is_no_form_is_refused_in_words(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_a_form_with_a_password_is_refused_in_words() -> None:
    assert refused(locked_workbook(form_with({"A1": "x"}), "Secret-2026")) == "locked"


@pytest.mark.long
def test_little_that_unpacks_to_much_is_refused() -> None:
    assert refused(zipped({TYPES: b"<Types/>", "xl/media/a.bmp": bytes(30_000_000)})) == "too_large_inside"
    many = {f"xl/media/{number}.bmp": bytes(20_000_000) for number in range(7)}
    assert refused(zipped({TYPES: b"<Types/>"} | many)) == "too_large_inside"
    assert refused(zipped({f"{number}": b"" for number in range(2_001)})) == "too_large_inside"


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_ways_of_packing_that_no_office_program_uses_are_refused(method: int) -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr(TYPES, b"<Types/>")
    assert refused(file.getvalue()) == "damaged"


def test_the_size_a_zip_states_of_a_part_is_not_believed() -> None:
    data = bytearray(zipped({TYPES: bytes(30_000_000)}))
    # In the directory at the end: 10 bytes instead of thirty million.
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    with pytest.raises(FormProblem):
        parts_of(bytes(data))


def test_more_cells_than_a_form_can_need_are_refused_before_they_are_made() -> None:
    cells = b"".join(b'<c r="%b1"/>' % letters(column).encode() for column in range(2, 16_000))

    def widen(sheet: bytes) -> bytes:
        return sheet.replace(b"{{score}}", b"{{indicators[].title}}").replace(b"</row>", cells + b"</row>", 1)

    with pytest.raises(FormProblem) as problem:
        fill(with_part(SHEET, widen))
    assert problem.value.code == "too_many_rows"


@pytest.mark.long
@pytest.mark.parametrize("seed", [0, 7_000])
def test_spoilt_forms_are_filled_or_refused_and_nothing_else(seed: int) -> None:
    (tally,) = fuzzing.run(fuzz.cases, 25, seed).values()
    assert tally.ways.total() == 25


def test_the_form_of_the_fuzz_is_filled_when_nothing_is_spoilt() -> None:
    assert fuzz.ending(body_form(), fields()) == "filled"
