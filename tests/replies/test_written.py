"""The workbooks as the window writes them: to the schemas of the format, and with nothing lost on the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

from auditor_app.deliveries.replies import Replies
from auditor_app.exchange.problems import FileProblem
from auditor_app.models.audit import Audit
from auditor_app.models.entities import Finding
from auditor_app.models.enums import Grade
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.standard import Standard
from auditor_app.replies.fitting import CELL_LIMIT, TALLEST_ROW
from tests.builders import STANDARD
from tests.replies.workbooks import WORDS, audited
from tests.workbooks.opening import load_workbook

Write = Callable[[Standard, Audit, Path], tuple[str, ...]]
DESK = Replies()
WAYS: dict[str, Write] = {
    "reply": DESK.write_replies,
    "empty form": partial(DESK.write_application, filled=False),
    "filled form": partial(DESK.write_application, filled=True),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_workbook_keeps_to_the_schemas_and_comes_back_the_same(way: str, tmp_path: Path) -> None:
    audit, path = audited(), tmp_path / "out.xlsx"
    assert WAYS[way](STANDARD, audit, path) == ()
    assert [str(error) for error in OpenXmlValidator(max_errors=0).validate(path).errors] == []
    read = DESK.read_replies if way == "reply" else DESK.read_application
    proposal = read(STANDARD, audit, WORDS, path)
    assert (list(proposal.lines), list(proposal.notes)) == ([], [])
    book = load_workbook(path)
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    assert all(sheet.protection.password is None for sheet in book.worksheets)


def test_a_workbook_that_is_not_there_and_one_that_may_not_be_written_are_told(tmp_path: Path) -> None:
    audit = audited()
    with pytest.raises(FileProblem):
        DESK.read_replies(STANDARD, audit, WORDS, tmp_path / "nothing.xlsx")
    with pytest.raises(FileProblem):
        DESK.read_application(STANDARD, audit, WORDS, tmp_path)
    with pytest.raises(EnvironmentProblem):
        DESK.write_replies(STANDARD, audit, tmp_path / "no folder" / "out.xlsx")


def test_texts_too_tall_for_a_row_are_whole_on_a_sheet_of_their_own(tmp_path: Path) -> None:
    facts = "现场查阅维修台账 and service orders of three outlets，记录不全；\n" * 1_000
    audit = audited(Finding(Grade.MAJOR, "5.2.4.1", facts), Finding(Grade.MINOR, facts="公示未更新"))
    path = tmp_path / "out.xlsx"
    assert len(facts) > CELL_LIMIT
    assert len(DESK.write_replies(STANDARD, audit, path)) == 1
    assert [str(error) for error in OpenXmlValidator(max_errors=0).validate(path).errors] == []
    book = load_workbook(path)
    table, whole = book.worksheets[0], book["全文 Full texts"]
    rows = [row for row in whole.iter_rows(values_only=True) if row[0] == "1"]
    assert "\n".join(str(row[2]) for row in rows) == facts.strip()
    assert {row[1] for row in rows} == {"事实\nFacts"}
    heights = [whole.row_dimensions[row].height for row in range(1, whole.max_row + 1)]
    assert max(height or 0 for height in heights) < TALLEST_ROW
    assert any("全文 Full texts" in str(row[0]) for row in table.iter_rows(values_only=True))
    assert list(DESK.read_replies(STANDARD, audit, WORDS, path).notes) == []


def test_a_row_of_the_table_grows_when_the_auditee_types_a_long_answer(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    DESK.write_replies(STANDARD, audited(), path)
    with ZipFile(path) as book:
        rows = re.findall("<row [^>]*>", book.read("xl/worksheets/sheet1.xml").decode())
    # A height set by hand is one that programs keep.
    assert all('ht="' in row and "customHeight" not in row for row in rows[-3:])
    assert "customHeight" in rows[0]
