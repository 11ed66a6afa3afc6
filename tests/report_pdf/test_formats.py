"""Values look in the PDF as they look in the spreadsheet, and rules colour the same cells."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.report.look import COUNT, DATE, POINTS, SHARE, SIZE
from auditor_app.report_pdf.formats import Value, shorter, shown_text
from auditor_app.report_pdf.formula import NotUnderstood, Place, is_true, parsed

CELLS: dict[tuple[str, int, int], Value] = {
    ("", 1, 1): 3.0,
    ("", 2, 1): 2.75,
    ("", 3, 1): "符合",
    ("", 4, 1): None,
    ("", 5, 1): date(2026, 3, 5),
    ("辅助 表", 1, 2): "Met",
}


def holds(formula: str, down: int = 0, right: int = 0) -> bool:
    def read(sheet: str, row: int, column: int) -> Value:
        return CELLS.get((sheet, row, column))

    return is_true(parsed(formula)(Place(read, down, right)))


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (None, "General", ""),
        ("=1+1", POINTS, "=1+1"),
        (3, "General", "3"),
        (36.5, "General", "36.5"),
        (2 / 3, "General", "0.666666667"),
        (-0.5, "General", "-0.5"),
        (True, "General", "TRUE"),
        (Decimal("2.50"), "General", "2.5"),
        (Decimal("2.5"), POINTS, "2.50"),
        (2.5, COUNT, "3"),
        (0.125, POINTS, "0.13"),
        (-1.5, POINTS, "-1.50"),
        (0.9886, SHARE, "98.9%"),
        (0, '"–"', "–"),
        (999, SIZE, "999 B"),
        (1_500, SIZE, "1.5 KB"),
        (2_345_678, SIZE, "2.3 MB"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (2.5, "0.##", "2.5"),
        (2, "0.##", "2"),
        (7, "000", "007"),
        (-3, "0;(0);zero", "(3)"),
        (0, "0;(0);zero", "zero"),
        (date(2026, 3, 5), DATE, "2026-03-05"),
        (date(2026, 3, 5), "General", "2026-03-05"),
        (date(2026, 3, 5), 'yyyy"年"m"月"d"日"', "2026年3月5日"),
        (datetime(2026, 3, 5, 9, 4), "yyyy-mm-dd hh:mm", "2026-03-05 09:04"),
        (datetime(2026, 3, 5, 9, 4), "General", "2026-03-05 09:04"),
    ],
)
def test_a_value_looks_as_its_format_says(value: Value, number_format: str, text: str) -> None:
    assert shown_text(value, number_format) == text


@given(st.floats(allow_nan=False, allow_infinity=False, width=32), st.text(max_size=12))
def test_no_format_that_somebody_wrote_breaks_the_report(value: float, number_format: str) -> None:
    assert isinstance(shown_text(value, number_format), str)
    assert isinstance(shown_text(date(2026, 3, 5), number_format), str)


@pytest.mark.parametrize(
    ("figures", "most", "text"), [("0.9166666667", 6, "0.9167"), ("-12.55", 4, "-13"), ("1234", 2, "1234")]
)
def test_a_number_in_a_narrow_cell_loses_decimals_and_nothing_else(figures: str, most: int, text: str) -> None:
    assert shorter(figures, lambda shown: len(shown) <= most) == text


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("ROUND(N(A1),2)=ROUND(N(A1),0)", True),
        ("ROUND(N(A2),2)=ROUND(N(A2),1)", False),
        ("N(A1)<>0", True),
        ('$A3="符合"', True),
        ('AND($A3="符合",OR(N($A1)<1,N($A2)>2))', True),
        ("NOT(A1>=A2)", False),
        ('A4=""', True),
        ("A4=0", True),
        ('"a"="A"', True),
        ('1<"1"', True),
        ("'辅助 表'!$B$1=\"met\"", True),
        ("IF(ISNUMBER(A1),A1*2-1=5,FALSE)", True),
        ("-A1+(2+3)/5=-2", True),
        ("LEN(A3&1)=3", True),
        ("A5>46000", True),
        ("ISBLANK(A4)", True),
    ],
)
def test_a_rule_holds_where_the_spreadsheet_says_it_does(formula: str, expected: bool) -> None:
    assert holds(formula) is expected


def test_a_rule_moves_along_with_its_cell_unless_a_place_is_fixed() -> None:
    assert holds("A1=2.75", down=1)
    assert not holds("A$1=2.75", down=1)
    assert holds("$A1=3", right=4)


@pytest.mark.parametrize(
    "formula", ["SUM(A1:A3)>1", "A1=", "LATE", "(A1", "1 2", "A1#", 'N("', "VLOOKUP(A1)", "NOT()", "ROUND(1)"]
)
def test_a_rule_with_more_than_is_known_is_not_guessed_at(formula: str) -> None:
    with pytest.raises(NotUnderstood):
        parsed(formula)


@given(st.text(alphabet="A1$(),\"<>=+-*/& NORDIF!'", max_size=25))
def test_no_formula_does_anything_but_hold_or_not_be_understood(formula: str) -> None:
    with suppress(NotUnderstood):
        assert holds(formula) in (True, False)
