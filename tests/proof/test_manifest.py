"""The canonical form: what programs change without changing what is said makes no other line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from auditor_app.proof.manifest import canonical_formula, cell_line, manifest_of, parsed, written
from auditor_app.workbooks.book import CellContent, ValueKind
from auditor_app.workbooks.reading import read_book
from tests.proof.reports import bare


def test_what_programs_spell_differently_is_one_formula() -> None:
    ours = """IF('评分表'!$H$5="a b",sum( A1 , 2 ),TRUE)"""
    theirs = """=IF(评分表!H5="a b",SUM(A1,2),TRUE())"""
    assert canonical_formula(ours) == canonical_formula(theirs)
    assert canonical_formula('"a b"') != canonical_formula('"ab"')


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_number_keeps_its_line_when_a_program_stores_fifteen_digits(number: float) -> None:
    line = cell_line("A1", CellContent(ValueKind.NUMBER, repr(number)))
    assert line == cell_line("A1", CellContent(ValueKind.NUMBER, f"{number:.15g}"))


def test_a_manifest_is_read_as_it_was_written() -> None:
    manifest = manifest_of(read_book(bare()))
    assert parsed(written(manifest)) == manifest
    assert max(map(len, written(manifest))) < 32_767
