"""Whatever people type stays text, whole and as they typed it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from auditor_app.models.audit import ENTITY_TYPES, Audit, Kind, only_row
from auditor_app.models.entities import Assessment, Document, Evidence, Finding, Sample, Site, SpecialDeduction
from auditor_app.models.enums import Applies, EvidenceSubject, Grade, Ground, SampleResult, Verdict
from auditor_app.models.fields import fields_of, with_value
from auditor_app.models.text import clean
from auditor_app.report.measure import literal
from tests.builders import empty_audit, shipped_standard, with_rows
from tests.report.audits import written
from tests.report.office import formulas, values
from tests.workbooks.opening import load_workbook

pytestmark = pytest.mark.long

# What other cells quote, or what is not free text but names something.
NOT_FREE = {"clause", "site", "subject", "sha256"}
HOSTILE = (
    '=HYPERLINK("http://example.com","click")',
    "=cmd|' /C calc'!A0",
    "=1+1\x07",
    "+1",
    "-2+3",
    "@SUM(A1:A9)",
    "#N/A",
    "#REF!",
    "TRUE",
    "12345678901234567890",
    "2026-03-02",
    "  spaces at both ends  ",
    "   ",
    "line\nline\n\n",
    "第一行\r\n第二行\r",
    "\ttab\t",
    "<b>&amp;</b> ]]> &#10; <!--",
    "_x0041__x000D_",
    "'quoted' \"twice\"",
    "e\u0301 \u200b \u202e reversed",
    "😀 𠮷",
    "\x00\x1b[0m\ud800\ufffe",
    "{0} {name} %s {{}}",
    "&P &D &[Path] &&",
    "a" * 300,
)


def audit_that_says(text: str) -> Audit:
    """Return an audit with one row of every kind, this text in every free field."""
    clause = "5.1.1.2"
    rows: dict[Kind, tuple[str, Any]] = {
        kind: (only_row(kind), ENTITY_TYPES[kind]())
        for kind in (Kind.AUDIT, Kind.COMPANY, Kind.PREVIOUS_CERTIFICATE, Kind.BONUS)
    }
    rows |= {kind: ("1", ENTITY_TYPES[kind]()) for kind in (Kind.TEAM, Kind.SUBCONTRACT)}
    rows[Kind.SITE] = ("1", Site(text))
    rows[Kind.DOCUMENT] = ("D1", Document("D1", applies=Applies.YES))
    rows[Kind.ASSESSMENT] = (clause, Assessment(clause, Verdict.SAMPLED, 1, 1))
    rows[Kind.SAMPLE] = ("1", Sample(clause, result=SampleResult.DEVIATES))
    rows[Kind.EVIDENCE] = ("1", Evidence(EvidenceSubject.SAMPLE, "1", "0" * 64))
    rows[Kind.SPECIAL_DEDUCTION] = ("1", SpecialDeduction(Ground.LAW))
    rows[Kind.FINDING] = ("1", Finding(Grade.MINOR, clause))
    audit = empty_audit(shipped_standard())
    for kind, (row_id, row) in rows.items():
        audit = with_rows(audit, (kind, row_id, _saying(row, text)))
    return audit


def _saying(row: Any, text: str) -> Any:
    for field in fields_of(type(row)):
        if field.type is str and field.path not in NOT_FREE | {"id"}:
            row = with_value(row, field.path, text)
        elif field.path.endswith("attendees"):
            row = with_value(row, field.path, (text,))
    return row


def test_every_free_field_is_in_the_report(tmp_path: Path) -> None:
    """Each field says its own name, so that a field nobody shows is found."""
    audit = audit_that_says("")
    said = set()
    for kind, table in audit.rows.items():
        for row_id, row in table.items():
            for field in fields_of(type(row)):
                if field.type is str and field.path not in NOT_FREE | {"id"}:
                    word = f"word of {kind} {field.path}"
                    audit = with_rows(audit, (kind, row_id, with_value(audit.of(kind)[row_id], field.path, word)))
                    said.add(word)
    shown = " ".join(map(str, values(written(tmp_path, "report", shipped_standard(), audit)).values()))
    assert {word for word in said if word not in shown} == set()
    assert len(said) > 35


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a report in which every free field says the same harmless word."""
    folder = tmp_path_factory.mktemp("harmless")
    return written(folder, "report", shipped_standard(), audit_that_says("harmless"))


@pytest.mark.parametrize(
    "text",
    [*HOSTILE[:4], *(pytest.param(text, marks=pytest.mark.long) for text in HOSTILE[4:])],
    ids=range(len(HOSTILE)),
)
def test_text_comes_back_as_it_was_typed_and_is_never_a_formula(tmp_path: Path, harmless: Path, text: str) -> None:
    standard = shipped_standard()
    hostile = written(tmp_path, "hostile", standard, audit_that_says(text))
    assert set(formulas(hostile)) == set(formulas(harmless))
    expected = clean(text)
    if expected:
        cells = [value for value in values(harmless).values() if value == "harmless"]
        found = [value for value in values(hostile).values() if value == literal(expected)]
        assert len(found) == len(cells) > 30


def test_a_formula_in_a_note_is_text_to_a_spreadsheet_also_when_it_is_edited(tmp_path: Path) -> None:
    path = written(tmp_path, "report", shipped_standard(), audit_that_says("=1+1"))
    sheet = load_workbook(path)["评分表"]
    (cell,) = [cell for row in sheet.iter_rows(min_col=12, max_col=12) for cell in row if cell.value == "=1+1"]
    assert cell.data_type == "s"
    assert cell.quotePrefix


@pytest.mark.parametrize("character", ["字", "a", "😀", "_x0041_"])
def test_a_note_longer_than_a_cell_goes_on_below_and_says_so(tmp_path: Path, character: str) -> None:
    text = (character * 40_000)[:70_000] + "the end"
    audit = audit_that_says("")
    row = replace(audit.assessments["5.1.1.2"], note=text)  # type: ignore[index]
    audit = with_rows(audit, (Kind.ASSESSMENT, "5.1.1.2", row))
    found = values(written(tmp_path, "report", shipped_standard(), audit))
    column = [value for (sheet, place), value in found.items() if sheet == "评分表" and place[0] == "L"]
    notes = [str(value) for value in column if len(str(value)) > 200]
    assert "".join(note.replace("_x005F_", "_") for note in notes) == text
    assert all(len(note.encode("utf-16-le")) // 2 <= 32_767 for note in notes)
    marks = [place for (sheet, place), value in found.items() if sheet == "评分表" and value == "（接上行）"]
    assert len(marks) == len(notes) - 1 > 0


def test_no_row_is_taller_than_excel_allows(tmp_path: Path) -> None:
    audit = audit_that_says("一段很长的记录。\n" * 80)
    workbook = load_workbook(written(tmp_path, "report", shipped_standard(), audit))
    heights = [row.height or 0 for sheet in workbook for row in sheet.row_dimensions.values()]
    assert max(heights) <= 409
    assert sum(height > 300 for height in heights) > 20
