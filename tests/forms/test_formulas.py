"""References follow rows that move; whatever is in a formula besides stays as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.forms.formulas import Block, Growth, is_readable, moved, moved_cells

GROWTH = Growth((Block(3, 4, 3), Block(8, 8, 5)))
GROWTHS = {"表": GROWTH}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A1+B2", "A1+B2"),
        ("A5", "A9"),
        ("$A$5+A$5+$A5", "$A$9+A$9+$A9"),
        ("A3+A8+A9", "A3+A12+A17"),
        ("SUM(A3:A4)", "SUM(A3:A8)"),
        ("SUM(A8:B8)", "SUM(A12:B16)"),
        ("SUM(A1:A20)", "SUM(A1:A28)"),
        ("SUM(A:A)+SUM(3:5)", "SUM(A:A)+SUM(3:9)"),
        ("'表'!A5&表!A5&其他!A5&'It''s'!A5", "'表'!A9&表!A9&其他!A5&'It''s'!A5"),
        ('"A5"&LOG10(A5)&A5_B&T1[A5]', '"A5"&LOG10(A9)&A5_B&T1[A5]'),
        ("[1]表!A5+#REF!+{1,2}", "[1]表!A5+#REF!+{1,2}"),
        ("IF(A5>=-A9%, A5 , TRUE)", "IF(A9>=-A17%, A9 , TRUE)"),
    ],
)
def test_references_go_where_their_rows_went(before: str, after: str) -> None:
    assert moved(before, "表", GROWTHS) == after


@pytest.mark.parametrize(
    ("before", "copies"),
    [
        ("A8*B8", ["A12*B12", "A13*B13", "A16*B16"]),
        ("C7+A8", ["C11+A12", "C12+A13", "C15+A16"]),
        ("SUM(A$8:A8)", ["SUM(A$12:A12)", "SUM(A$12:A13)", "SUM(A$12:A16)"]),
        ("A8/A9", ["A12/A17", "A13/A17", "A16/A17"]),
        ("A1", ["A1", "A1", "A1"]),
    ],
)
def test_a_repeated_formula_refers_to_its_own_row(before: str, copies: list[str]) -> None:
    block = GROWTH.blocks[1]
    assert [moved(before, "表", GROWTHS, block, copy) for copy in (0, 1, 4)] == copies


def test_what_cannot_be_read_is_left_and_said() -> None:
    for formula in ('"open', "A1:" * 4_000, "((", "{"):
        assert moved(formula, "表", GROWTHS) == formula
    assert not is_readable("INDIRECT(A1)")
    assert not is_readable("SUM(一月:十二月!A1)")
    assert is_readable('SUM(A1:B2)&"INDIRECT("')


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 4), st.integers(1, 9)), max_size=6))
def test_rows_keep_their_order_and_leave_room_for_every_copy(steps: list[tuple[int, int, int]]) -> None:
    blocks, row = [], 0
    for gap, height, count in steps:
        blocks.append(Block(row + gap, row + gap + height - 1, count))
        row += gap + height - 1
    growth = Growth(blocks)
    taken = [
        growth.first(each) + copy * (block.height if block else 0)
        for each in range(1, row + 10)
        for block in [growth.block(each)]
        for copy in range(block.count if block else 1)
    ]
    # Every row stands somewhere, none twice, and no row is left empty between them.
    assert sorted(taken) == list(range(1, len(taken) + 1))


@given(st.text(alphabet="AB$:!'\"(),+1235{}[]# 表", max_size=24))
def test_no_formula_makes_it_stumble_and_without_growth_none_changes(formula: str) -> None:
    moved(formula, "表", GROWTHS)
    assert moved(formula, "表", {"表": Growth(())}) == formula
    assert moved_cells("A1:B2 C3", Growth(())) == "A1:B2 C3"
