"""Another program finds the figures of a report by name."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auditor_app.report.names import EARNED, LONGEST, OF_INDICATORS, SCORE, VERDICT, name_of
from tests.builders import STANDARD

# What Excel takes for a name: no cell such as A1 or R1C1, and nothing but letters, digits, dots and underscores.
LEGAL = re.compile(r"[a-z_][a-z0-9_.]*")
LIKE_A_CELL = re.compile(r"[a-z]{1,3}\d+|r\d*(c\d*)?|c\d*")


@pytest.mark.parametrize(
    ("kind", "clause", "name"),
    [
        (SCORE, "", "score"),
        (VERDICT, "5.1.1.1", "verdict_5_1_1_1"),
        (EARNED, "5.1", "earned_5_1"),
        (EARNED, "5.1_a", "earned_5_1.5f.a"),
        (EARNED, "A", "earned_.41."),
    ],
)
def test_a_name_says_what_it_is_of_which_clause(kind: str, clause: str, name: str) -> None:
    assert name_of(kind, clause) == name


@given(st.text(min_size=1, max_size=6), st.text(min_size=1, max_size=6))
@example("5.1", "5_1")
@example("a", "A")
@example("条", "0.条")
def test_no_two_clauses_share_a_name(first: str, second: str) -> None:
    names = name_of(VERDICT, first), name_of(VERDICT, second)
    assert (names[0] == names[1]) == (first == second)
    assert all(LEGAL.fullmatch(name) for name in names)


def test_every_name_is_legal_in_a_spreadsheet() -> None:
    names = [name_of(kind, clause) for kind in OF_INDICATORS for clause in (*STANDARD.nodes, "", "x" * 999)]
    for name in names:
        assert LEGAL.fullmatch(name)
        assert not LIKE_A_CELL.fullmatch(name)
        assert len(name) <= LONGEST
