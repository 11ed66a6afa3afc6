"""What the receiver finds about the samples: each of them, what they cost, and which do not count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.entities import Assessment, Evidence, Sample
from auditor_app.models.enums import EvidenceSubject, SampleResult, Verdict
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import score_audit, shown
from auditor_app.report.snapshot import snapshot
from tests.builders import empty_audit, shipped_standard, with_rows, with_sheet
from tests.report.audits import MADE_ON, in_language, sample, written
from tests.report.office import recalculated, values
from tests.report.read import report_bytes
from tests.workbooks.opening import load_workbook

LISTED, TYPED = "5.1.1.2", "5.1.2.1"


def opened(audit: Audit, language: str = "zh") -> Workbook:
    made = snapshot(shipped_standard(), audit, language, MADE_ON)
    return load_workbook(BytesIO(report_bytes(made)), data_only=True)


def rows(sheet: Worksheet) -> Iterator[list[object]]:
    for row in sheet.iter_rows():
        yield [cell.value for cell in row]


def row_of(sheet: Worksheet, clause: str) -> list[object]:
    return next(row for row in rows(sheet) if row[0] == clause)


@pytest.fixture(scope="module")
def pump() -> Workbook:
    """Give the report of the pump maker as a preview shows it."""
    return opened(sample("pump-maker").audit)


def with_list(audit: Audit, clause: str, *results: SampleResult) -> Audit:
    """Return the audit with one sample listed for each result, numbered from 1."""
    listed = [
        (Kind.SAMPLE, f"{clause}-{n:02d}", Sample(clause, f"sample {n}", result=result))
        for n, result in enumerate(results, 1)
    ]
    return with_rows(audit, *listed)


def test_every_sample_stands_below_its_indicator_with_what_was_seen(pump: Workbook) -> None:
    found = list(rows(pump["抽样记录"]))
    first = next(number for number, row in enumerate(found) if row[0] == LISTED)
    assert [row[0] for row in found[first + 1 : first + 13]] == list(range(1, 13))
    assert found[first + 3][:6] == [
        3,
        "温岭大溪服务站",
        datetime(2026, 3, 2),
        "S2 温岭大溪服务站",
        "不符合",
        "门店已停业，官网与服务手册仍公示；S2 现场确认",
    ]


def test_a_list_says_how_many_were_checked_how_many_failed_and_what_that_cost(pump: Workbook) -> None:
    line = row_of(pump["抽样记录"], LISTED)
    assert line[1:3] == ["服务网点覆盖销售区域并受控", "抽查 12，不符合 1，扣 0.25 分"]
    assert line[7:10] == [12, 1, 0.25]
    assert row_of(pump["抽样记录"], "5.3.2.3")[2] == "抽查 20，不符合 3，扣 0.45 分"


def test_an_indicator_whose_counts_were_typed_is_named_as_one_without_a_list(pump: Workbook) -> None:
    words = [row[0] for row in rows(pump["抽样记录"])]
    assert words.index("未列样本的抽样指标") < words.index(TYPED)
    assert words.index(LISTED) < words.index("未列样本的抽样指标")
    assert row_of(pump["抽样记录"], TYPED)[2] == "抽查 15，不符合 1，扣 0.2 分"
    assert row_of(pump["抽样记录"], TYPED)[7:10] == [15, 1, 0.2]


@pytest.mark.long
def test_what_samples_cost_is_the_reason_on_the_scoring_sheet_unless_one_was_written(pump: Workbook) -> None:
    assert row_of(pump["评分表"], LISTED)[10] == "抽查 12，不符合 1，扣 0.25 分"
    audit = sample("pump-maker").audit
    own = replace(audit.assessment(Clause(LISTED)), reason="网点停业")
    assert row_of(opened(with_sheet(audit, {Clause(LISTED): own}))["评分表"], LISTED)[10] == "网点停业"


@pytest.mark.long
def test_samples_kept_under_another_verdict_are_marked_as_not_counted() -> None:
    audit = with_list(empty_audit(shipped_standard()), LISTED, SampleResult.CONFORMS, SampleResult.DEVIATES)
    audit = with_sheet(audit, {Clause(LISTED): Assessment(LISTED, Verdict.MET)})
    line = row_of(opened(audit)["抽样记录"], LISTED)
    assert line[2] == "不计入评分：判定为“符合”"
    assert line[7:10] == [2, 1, None]
    assert row_of(opened(audit, "en")["Samples"], LISTED)[2] == "Not counted: the verdict is “Met”"
    assert row_of(opened(audit)["评分表"], LISTED)[4:8] == ["符合", None, None, 3]


@pytest.mark.long
def test_an_audit_without_samples_says_so() -> None:
    words = [row[0] for row in rows(opened(empty_audit(shipped_standard()))["抽样记录"])]
    assert "没有列出样本。" in words
    assert "未列样本的抽样指标" not in words


@pytest.mark.long
def test_the_evidence_on_a_sample_is_named_at_the_sample_and_at_its_indicator() -> None:
    audit = with_list(empty_audit(shipped_standard()), LISTED, *[SampleResult.CONFORMS] * 2)
    for number in range(1, 7):
        subject = f"{LISTED}-0{1 if number < 5 else 2}"
        row = Evidence(EvidenceSubject.SAMPLE, subject, f"{number:064x}")
        audit = with_rows(audit, (Kind.EVIDENCE, f"evidence-{number}", row))
    row = Evidence(EvidenceSubject.INDICATOR, LISTED, "f" * 64)
    book = opened(with_rows(audit, (Kind.EVIDENCE, "evidence-8", row)))
    assert [row[6] for row in rows(book["抽样记录"]) if row[0] in (1, 2)] == ["E01–E04", "E05 E06"]
    assert row_of(book["评分表"], LISTED)[12] == "E01–E07"


@pytest.mark.office
def test_a_result_changed_by_the_receiver_changes_the_counts_the_points_and_the_score(tmp_path: Path) -> None:
    made = sample("pump-maker")
    edited = []
    for language, title, word in (("zh", "抽样记录", "不符合"), ("en", "Samples", "Deviates")):
        english = in_language(made, language)
        workbook = load_workbook(written(tmp_path, language, made.standard, english.audit, language))
        sheet = workbook[title]
        first = next(row[0].row for row in sheet.iter_rows() if row[0].value == LISTED)
        sheet.cell(first + 1, 5).value = word
        edited.append(tmp_path / f"edited-{language}.xlsx")
        workbook.save(edited[-1])
    zh, en = map(values, recalculated(edited, tmp_path))
    after = replace(made.audit.assessment(Clause(LISTED)), failed=2)
    result = score_audit(made.standard, with_sheet(made.audit, {Clause(LISTED): after}))
    assert result.exact is not None
    words = Catalogue.load("zh", "report")
    told = words.text("report_samples", "counted", checked=12, failed=2, points="0.5")
    assert told in [value for (sheet, _), value in zh.items() if sheet == "抽样记录"]
    assert told in [value for (sheet, _), value in zh.items() if sheet == "评分表"]
    assert shown(result.exact) in [value for (sheet, _), value in zh.items() if sheet == "封面"]
    assert "Checked 12, failed 2, lost 0.5" in [value for (sheet, _), value in en.items() if sheet == "Samples"]


@pytest.mark.office
def test_a_verdict_changed_by_the_receiver_takes_the_list_out_of_the_score(tmp_path: Path) -> None:
    made = sample("pump-maker")
    workbook = load_workbook(written(tmp_path, "report", made.standard, made.audit))
    row = next(row for row in workbook["评分表"].iter_rows() if row[0].value == LISTED)
    row[4].value = "符合"
    workbook.save(tmp_path / "edited.xlsx")
    (found,) = recalculated([tmp_path / "edited.xlsx"], tmp_path)
    cells = values(found)
    assert "不计入评分：判定为“符合”" in [value for (sheet, _), value in cells.items() if sheet == "抽样记录"]
    assert [cells.get(("评分表", f"{column}{row[0].row}")) for column in "FGHK"] == [None, None, 3.0, None]
