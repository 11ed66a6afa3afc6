"""The form of the manifest as docs/VERIFY.md gives it, followed with another reader of workbooks: no code of ours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

from auditor_app.models.catalogue import RESOURCES
from auditor_app.proof.keys import _BLOCK, _WORK, SHORTEST_PASSPHRASE
from auditor_app.proof.manifest import SHORT
from auditor_app.workbooks.cells import MOST_CELLS
from auditor_app.workbooks.container import OF_REPORTS
from tests.proof.reports import report
from tests.workbooks.opening import load_workbook

HEAD = "auditor-workbench manifest 1"


def formula_text(formula: str) -> str:
    parts = formula.removeprefix("=").split('"')
    for place in range(0, len(parts), 2):
        parts[place] = re.sub(r"[\s$']", "", parts[place]).upper().replace("_XLFN.", "").replace("TRUE()", "TRUE")
    return json.dumps('"'.join(parts))


def cell_line(cell: Any, result: Any) -> str:
    is_formula = cell.data_type == "f"
    value = result if is_formula else cell.value
    if isinstance(value, datetime):
        value = to_excel(value)
    if isinstance(value, int | float):
        shown = f"n {value:.{12 if is_formula else 15}g}"
    else:
        shown = f"s {json.dumps(value or '')}"
    return f"{cell.coordinate} {shown}" + (f" ={formula_text(cell.value)}" if is_formula else "")


def sheet_lines(sheet: Worksheet, results: Worksheet) -> Iterator[str]:
    state = "shown" if sheet.sheet_state == "visible" else "hidden"
    yield f"sheet {state} {json.dumps(sheet.title)}"
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value not in (None, ""):
                yield cell_line(cell, results[cell.coordinate].value)


@pytest.mark.long
def test_another_program_finds_the_same_hash_and_the_same_fingerprints() -> None:
    book = load_workbook(BytesIO(report()))
    results = load_workbook(BytesIO(report()), data_only=True)
    *sheets, proof = book.worksheets
    kept = [str(row[0].value) for row in proof.iter_rows()]
    lines = [HEAD, "dates 1900"]
    names = sorted((name.lower(), str(found.attr_text)) for name, found in book.defined_names.items())
    lines += [f"name {name} {formula_text(text)}" for name, text in names if not name.startswith("_xl")]
    for sheet in sheets:
        lines += sheet_lines(sheet, results[sheet.title])
    assert kept[:2] == [HEAD, f"sha256 {sha256(chr(10).join(lines).encode()).hexdigest()}"]
    fingerprints = {word for line in kept if re.match("[A-Z]+[0-9]+ ", line) for word in line.split()[1::2]}
    title = sheets[0].title
    first = next(line for line in sheet_lines(sheets[0], results[title]) if not line.startswith("sheet"))
    assert sha256(f"{title}\0{first}".encode()).hexdigest()[:SHORT] in fingerprints


def test_the_bounds_in_the_document_are_those_of_the_program() -> None:
    text = (RESOURCES.parent / "docs" / "VERIFY.md").read_text("utf-8")
    bounds = OF_REPORTS
    told = (f"{bounds.parts:,} parts", f"{bounds.times} times", f"{bounds.read >> 20} MB")
    for bound in (f"{MOST_CELLS:,} cells", *told):
        assert bound in text
    assert f"n = {_WORK}, r = {_BLOCK}" in text
    assert f"At least {SHORTEST_PASSPHRASE}" in text
