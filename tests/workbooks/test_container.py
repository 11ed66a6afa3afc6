"""Workbooks of strangers are opened within bounds, those of reports, forms and replies alike."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from auditor_app.workbooks.container import OF_REPORTS, Bounds, Container, OwnParts, packed
from auditor_app.workbooks.problems import WorkbookProblem

LOOSE = Bounds(file=10_000, parts=5, read=3_000, part=2_000)
PARTS = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}


def code(content: bytes, name: str = "xl/workbook.xml", bounds: Bounds = LOOSE) -> str:
    with pytest.raises(WorkbookProblem) as raised:
        Container(content, bounds).read(name)
    return raised.value.code


def test_parts_are_found_in_any_case_and_in_their_order() -> None:
    container = Container(packed(PARTS), LOOSE)
    assert list(container) == list(PARTS)
    assert "XL/Workbook.xml" in container
    assert container.read("/xl\\workbook.XML") == b"<workbook/>"
    assert code(packed(PARTS), "xl/other.xml") == "damaged"


@pytest.mark.parametrize("sizes", [{"a": 2_001}, {"a": 1_999, "b": 1_999}])
def test_more_than_the_bounds_is_never_unpacked(sizes: Mapping[str, int]) -> None:
    container = Container(packed({name: b" " * size for name, size in sizes.items()}), LOOSE)
    with pytest.raises(WorkbookProblem) as raised:
        deque(map(container.read, sizes), maxlen=0)
    assert raised.value.code == "too_large"


def test_a_file_with_something_behind_its_parts_is_read_where_two_truths_do_no_harm() -> None:
    target = BytesIO(packed(PARTS))
    with ZipFile(target, "a", ZIP_DEFLATED) as file:
        file.comment = b"made by a printer"
    assert Container(target.getvalue(), LOOSE).read("xl/workbook.xml") == b"<workbook/>"
    assert code(target.getvalue(), bounds=OF_REPORTS) == "ambiguous"


def test_too_many_parts_and_parts_of_one_name_are_refused() -> None:
    assert code(packed(PARTS | {f"{number}": b"" for number in range(5)})) == "too_large"
    assert code(packed(PARTS | {"XL\\workbook.xml": b"another"})) == "ambiguous"


def test_parts_not_packed_yet_have_the_same_bounds() -> None:
    own = OwnParts(PARTS, LOOSE)
    assert "xl/workbook.xml" in own
    assert own.read("xl/workbook.xml") == b"<workbook/>"
    with pytest.raises(WorkbookProblem):
        own.read("xl/other.xml")
    with pytest.raises(WorkbookProblem):
        OwnParts({f"{number}": b"" for number in range(6)}, LOOSE)
    large = OwnParts({"a": b" " * 2_000, "b": b" " * 2_000}, LOOSE)
    large.read("a")
    with pytest.raises(WorkbookProblem):
        large.read("b")
