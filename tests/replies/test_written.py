"""The workbooks as the window writes them: to the schemas of the format, and with nothing lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

from auditor_app.deliveries.replies import Replies
from auditor_app.exchange.problems import FileProblem
from auditor_app.models.audit import Audit
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.standard import Standard
from tests.builders import STANDARD
from tests.replies.workbooks import WORDS, audited

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
