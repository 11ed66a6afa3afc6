"""The receiver opens the report in a spreadsheet: every formula gives what the program computed."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from auditor_app.models.audit import Audit
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.entities import Assessment
from auditor_app.models.enums import Verdict
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import score_audit, shown
from auditor_app.models.standard import Standard
from tests.builders import empty_audit, shipped_standard, with_sheet
from tests.conftest import IN_CI
from tests.report.audits import (
    beyond_the_scale,
    pack_with_fractions,
    pack_with_low_and_high_levels,
    random_assessment,
    random_audit,
    sample,
    without_lists,
    worked_cases,
    written,
)
from tests.report.named import cell_named
from tests.report.office import Cells, charts, differences, formulas, recalculated, values
from tests.report.recalculate import alike, compared, random_report
from tests.workbooks.opening import load_workbook

pytestmark = pytest.mark.office

# Every pack and language comes with every other; CI recalculates more of each.
RANDOM = 44 if IN_CI else 8
EDITS = 12 if IN_CI else 4
TYPED = (("earned_5_2_6_2", "1"), ("points_5_1_1_1", "4"), ("score", "99"), ("level", "无"))
IMPOSSIBLE = ((None, None), (0, 0), (3, 4), (3, -1), ("three", 1))


def test_a_recalculated_report_shows_what_the_program_stored(tmp_path: Path) -> None:
    reports = _reports(tmp_path)
    found = compared(reports, tmp_path)
    assert found.wrong == {}
    assert found.cells > 1000 * len(reports)
    assert found.charts == 2 * len(reports)


def _reports(folder: Path) -> list[Path]:
    standard, pump, lift = shipped_standard(), sample("pump-maker"), sample("elevator-service")
    kept = with_sheet(pump.audit, {Clause("5.1.1.2"): Assessment("5.1.1.2", Verdict.MET)})
    made = [
        written(folder, "pump", standard, pump.audit),
        written(folder, "list-not-counted", standard, kept),
        written(folder, "pump-en", standard, pump.audit, "en"),
        written(folder, "pump-both", standard, pump.audit, "both"),
        written(folder, "list-not-counted-both", standard, kept, "both"),
        written(folder, "empty-both", standard, empty_audit(standard), "both"),
        written(folder, "lift", standard, lift.audit),
        written(folder, "empty", standard, empty_audit(standard), "en"),
    ]
    for name, (audit, _, _) in worked_cases().items():
        made.append(written(folder, name.replace(" ", "-"), standard, audit))
    low_and_high = pack_with_low_and_high_levels()
    for name, audit in beyond_the_scale().items():
        plain = name.replace(" ", "-").replace(",", "")
        made.append(written(folder, plain, standard, audit))
        made.append(written(folder, f"{plain}-low-and-high", low_and_high, audit))
    return [*made, *(random_report(folder, seed) for seed in range(RANDOM))]


def test_an_edited_scoring_sheet_gives_the_score_of_the_edited_audit(tmp_path: Path) -> None:
    """Change verdicts and samples as a receiver would; the report of the audit so judged must be the same."""
    edited, expected = [], []
    for seed in range(EDITS):
        standard = pack_with_fractions(seed) if seed % 3 == 0 else shipped_standard()
        audit = without_lists(sample("pump-maker").audit) if seed % 2 else random_audit(standard, seed)
        after = _judged_anew(standard, audit, seed)
        report = written(tmp_path, f"original-{seed}", standard, audit)
        edited.append(_edit(report, tmp_path / f"edited-{seed}.xlsx", after))
        expected.append((standard, after, written(tmp_path, f"expected-{seed}", standard, after), formulas(report)))
    for path, (standard, after, fresh, original) in zip(recalculated(edited, tmp_path), expected, strict=True):
        found, cells = values(path), formulas(fresh)
        alarm = [place for place, formula in cells.items() if "评分表已改动" in formula]
        assert "封面" in {sheet for sheet, _ in alarm}
        # Those sampled without a list and the reasons of the conclusion are as they were when the report was made, so
        # rows lie elsewhere; a reason typed then stays.
        moved = ("抽样记录", "结论")
        apart = [place for place in cells if place[0] in moved or (place[1][0] == "K" and place not in original)]
        same = {place: formula for place, formula in cells.items() if place not in (*alarm, *apart)}
        assert differences(values(fresh), found, same) == []
        assert all(alike(*pair) for pair in zip(charts(fresh), charts(path), strict=True))
        _assert_score(found, standard, after)


def _judged_anew(standard: Standard, audit: Audit, seed: int) -> Audit:
    random = Random(1000 + seed)
    chosen = random.sample(sorted(standard.indicators), 6)
    sheet = {clause: random_assessment(random, standard.indicators[clause], opened=seed % 4 == 0) for clause in chosen}
    return with_sheet(audit, sheet)


def _edit(source: Path, target: Path, audit: Audit) -> Path:
    """Type the verdicts of an audit over those of a report, in its verdict, checked and failed columns."""
    workbook, words = load_workbook(source), Catalogue.load("zh")
    sheet = workbook["评分表"]
    rows = {row[0].value: row for row in sheet.iter_rows()}
    for clause, assessment in audit.assessments.items():
        _, _, _, _, verdict, checked, failed, *_ = rows[clause]
        if assessment.verdict is Verdict.UNJUDGED:
            verdict.value = None
        else:
            verdict.value = words.word(assessment.verdict)
        checked.value = assessment.checked if assessment.verdict is Verdict.SAMPLED else None
        failed.value = assessment.failed if assessment.verdict is Verdict.SAMPLED else None
    workbook.save(target)
    return target


def _assert_score(found: Cells, standard: Standard, audit: Audit) -> None:
    result, words = score_audit(standard, audit), Catalogue.load("zh")
    score, level = _on_the_cover(found)
    if result.lower is None or result.upper is None:
        assert (score, level) == ("无评分", "无等级")
        return
    bounds = (shown(result.lower), shown(result.upper))
    assert score == (bounds[0] if result.exact is not None else " – ".join(bounds))
    names = [words.word(reached) for reached in result.reachable]
    assert level == (names[0] if result.level else f"{names[0]}至{names[-1]}")


def _on_the_cover(found: Cells) -> tuple[str, str]:
    rows = [int(place[1:]) for (sheet, place), value in found.items() if sheet == "封面" and value == "评分"]
    score, level = (found["封面", f"{column}{rows[0] + 1}"] for column in "AC")
    return str(score), str(level)


def test_points_that_somebody_typed_over_a_formula_are_found_by_the_recalculation(tmp_path: Path) -> None:
    """The proof is worked out from the verdicts alone, so points that do not follow from them stand out."""
    report = written(tmp_path, "report", shipped_standard(), sample("pump-maker").audit)
    edited = []
    for number, (name, value) in enumerate(TYPED):
        workbook = load_workbook(report)
        cell_named(workbook, name).value = float(value) if value.isdecimal() else value
        edited.append(tmp_path / f"edited-{number}.xlsx")
        workbook.save(edited[-1])
    for path in recalculated([report, *edited], tmp_path):
        workbook = load_workbook(path, data_only=True)
        agrees = cell_named(workbook, "recalculation").value == "复算与评分表一致。"
        assert agrees == (path.stem == "report")
        assert cell_named(workbook, "recalculated_score").value == 98.06


def test_a_sample_that_cannot_be_counts_as_unjudged(tmp_path: Path) -> None:
    standard = shipped_standard()
    audit = worked_cases()["nothing lost"][0]
    workbook, edited = load_workbook(written(tmp_path, "report", standard, audit)), []
    row = _row_of(workbook["评分表"], "5.2.4.1")
    for number, (checked, failed) in enumerate(IMPOSSIBLE):
        for column, value in ((5, "抽样"), (6, checked), (7, failed)):
            workbook["评分表"].cell(row, column).value = value
        edited.append(tmp_path / f"edited-{number}.xlsx")
        workbook.save(edited[-1])
    unjudged = with_sheet(audit, {Clause("5.2.4.1"): Assessment("5.2.4.1")})
    for path in recalculated(edited, tmp_path):
        _assert_score(values(path), standard, unjudged)


def _row_of(sheet: Worksheet, clause: str) -> int:
    return next(row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value == clause)
