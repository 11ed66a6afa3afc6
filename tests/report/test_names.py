"""Another program finds the figures of a report by name."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook

from auditor_app.models.catalogue import RESOURCES, Catalogue
from auditor_app.models.enums import Verdict
from auditor_app.models.standard import Indicator
from auditor_app.report.names import (
    EARNED,
    IDENTITY,
    LEVELS,
    LONGEST,
    OF_ALL,
    OF_GROUPS,
    OF_INDICATORS,
    PROOF,
    RESULT,
    SCORE,
    SCORE_LOWER,
    SCORE_UPPER,
    SEALING,
    VERDICT,
    VERDICTS,
    name_of,
)
from auditor_app.report.snapshot import snapshot
from tests.builders import STANDARD, empty_audit
from tests.report.audits import MADE_ON, sample
from tests.report.named import cell_named
from tests.report.read import report_bytes
from tests.workbooks.opening import load_workbook

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


@pytest.fixture(scope="module")
def pump() -> Workbook:
    """Give the report of the pump maker as another program reads it."""
    return load_workbook(BytesIO(report_bytes(sample("pump-maker"))), data_only=True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("score", 98.06),
        ("level", "五星级"),
        ("score_lower", 98.06),
        ("score_upper", 98.06),
        ("special_deductions", 1),
        ("bonus", 1),
        ("applicable", 98),
        ("earned", 96.1),
        ("points", 100),
        ("verdict_5_1_1_2", "抽样"),
        ("checked_5_1_1_2", 12),
        ("failed_5_1_1_2", 1),
        ("points_5_1_1_2", 3),
        ("earned_5_1_1_2", 2.75),
        ("applicable_5_1_1_2", 3),
        ("verdict_5_2_2_2", "删减"),
        ("earned_5_2_2_2", None),
        ("earned_5_1", 39.55),
        ("applicable_5_2", 33),
        ("earned_5_2_6", 2),
        ("audit_number", "R0-2026-0031"),
        ("company_name", "台州示例泵业有限公司（虚构）"),
        ("pack_id", "gbt27922-2011"),
        ("pack_version", STANDARD.version),
        ("report_language", "zh"),
        ("made_on", "2026-03-05"),
        ("finalised_at", None),
        ("finalised_by", None),
        ("recalculated_score", 98.06),
        ("recalculated_level", "五星级"),
        ("recalculation", "复算与评分表一致。"),
    ],
)
def test_another_program_reads_a_figure_by_its_name(pump: Workbook, name: str, value: object) -> None:
    assert cell_named(pump, name).value == value


@pytest.mark.long
def test_while_something_is_unjudged_the_bounds_are_there_and_the_score_is_not() -> None:
    made = snapshot(STANDARD, empty_audit(STANDARD), "en", MADE_ON)
    book = load_workbook(BytesIO(report_bytes(made)), data_only=True)
    named = [cell_named(book, name).value for name in (SCORE, SCORE_LOWER, SCORE_UPPER)]
    assert named == [None, 0, 100]


def test_every_clause_has_its_names_and_the_words_of_its_verdict_are_listed(pump: Workbook) -> None:
    for clause, node in STANDARD.nodes.items():
        kinds = OF_INDICATORS if isinstance(node, Indicator) else OF_GROUPS
        assert {name_of(kind, clause) for kind in kinds} <= set(pump.defined_names)
    ((title, place),) = pump.defined_names[VERDICTS].destinations
    words = [cell.value for (cell,) in pump[title][place]]
    assert words == [Catalogue.load("zh").word(verdict) for verdict in Verdict]


def test_the_guide_for_receivers_lists_every_name() -> None:
    guide = (RESOURCES.parent / "docs" / "REPORT.md").read_text("utf-8")
    kinds = {f"{kind}_5_1_1_1" for kind in OF_INDICATORS} | {f"{kind}_5_1" for kind in OF_GROUPS}
    for name in (*RESULT, *IDENTITY, *SEALING, *PROOF, VERDICTS, LEVELS, *OF_ALL, *kinds):
        assert f"`{name}`" in guide
