"""Room for text: Chinese counts double, long texts go on, nothing is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.models.text import clean
from auditor_app.report.measure import CELL_LIMIT, line_count, literal, pieces, width


@pytest.mark.parametrize(("text", "columns"), [("", 0), ("abc", 3), ("售后", 4), ("5.1 售后", 8), ("（一）", 6)])
def test_a_chinese_character_is_two_digits_wide(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 10, 1),
        ("one two", 7, 1),
        ("one two", 6, 2),
        ("one\ntwo\n", 10, 3),
        ("售后服务评价", 6, 2),
        ("x" * 25, 10, 3),
        ("ab " + "x" * 25, 10, 4),
        ("设售后服务部 SF-GL-02", 12, 2),
    ],
)
def test_text_wraps_at_words_and_between_chinese_characters(text: str, columns: int, lines: int) -> None:
    assert line_count(text, columns) == lines


@given(st.text(st.sampled_from("aB0.-售后，。（\n"), max_size=60), st.integers(2, 40))
def test_wrapping_never_needs_fewer_lines_than_the_width_asks(text: str, columns: int) -> None:
    assert line_count(text, columns) >= sum(-(-width(line) // columns) or 1 for line in text.split("\n"))


@given(st.text(st.sampled_from("a_x04F。😀\n"), max_size=300), st.integers(20, 60))
def test_the_parts_of_a_long_text_fit_and_are_the_text_again(text: str, most: int) -> None:
    parts = pieces(text, most)
    assert "".join(parts) == text
    assert all(len(literal(part).encode("utf-16-le")) // 2 <= most for part in parts)


def test_a_text_of_the_greatest_length_stays_in_one_cell() -> None:
    assert len(pieces("字" * CELL_LIMIT)) == 1
    assert len(pieces("字" * (CELL_LIMIT + 1))) > 1


@pytest.mark.parametrize(("text", "held"), [("_x0041_", "_x005F_x0041_"), ("_x41_", "_x41_"), ("a_b", "a_b")])
def test_what_a_spreadsheet_would_decode_is_escaped(text: str, held: str) -> None:
    assert literal(clean(text)) == held
