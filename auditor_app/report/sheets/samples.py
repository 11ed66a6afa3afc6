"""抽样记录: the samples listed for each indicator with what they cost, then the indicators sampled without a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from openpyxl.worksheet.datavalidation import DataValidation

from auditor_app.models.entities import Sample
from auditor_app.models.enums import EvidenceSubject, SampleResult, Verdict
from auditor_app.models.ids import Clause, RowId
from auditor_app.models.samples import counts, samples_of
from auditor_app.models.standard import Indicator
from auditor_app.report.context import Context, header, heading, section
from auditor_app.report.formulas import quoted
from auditor_app.report.look import BAD, BAD_GROUND, GONE, GONE_GROUND, GOOD, GOOD_GROUND
from auditor_app.report.page import Cell, Page
from auditor_app.report.printing import set_up
from auditor_app.report.sheets.sampling import is_sampled, lost_points, sentence, sentence_formula, with_cells
from auditor_app.report.sheets.scoring_rules import coloured, whole_numbers

if TYPE_CHECKING:
    from auditor_app.report.sheets.scoring import ScoringCells

WIDTHS = (10, 46, 11, 20, 10, 44, 12, 8, 8, 8)
COLUMNS = ("no", "what", "checked_on", "site", "result", "remark", "evidence", "checked", "failed", "lost")
RESULT_COLOURS = {SampleResult.CONFORMS: (GOOD, GOOD_GROUND), SampleResult.DEVIATES: (BAD, BAD_GROUND)}


@dataclass
class SampleCells:
    """Where the lists stand: the row that sums up the samples of each indicator."""

    sheet: str
    rows: dict[Clause, int] = field(default_factory=dict)
    head: int = 0

    def checked(self, clause: Clause) -> str:
        """Return the reference to the number of samples."""
        return f"'{self.sheet}'!$H${self.rows[clause]}"

    def failed(self, clause: Clause) -> str:
        """Return the reference to the number of samples that deviate."""
        return f"'{self.sheet}'!$I${self.rows[clause]}"


def write_lists(page: Page, context: Context) -> SampleCells:
    """Write the samples by indicator; n and k are counted from them, and the scoring sheet takes them from here."""
    words = context.words
    cells = SampleCells(page.worksheet.title)
    heading(page, words.sheet("samples"), words("samples", "about"))
    cells.head = header(page, *(words("samples", key) for key in COLUMNS))
    for indicator in context.standard.indicators.values():
        samples = samples_of(context.audit, indicator.clause)
        if samples:
            cells.rows[indicator.clause] = _list(page, context, indicator, samples)
    if not cells.rows:
        page.add(Cell(words("samples", "none"), "muted", page.columns), least=24)
    else:
        _results(page, context, f"E{cells.head + 1}:E{page.row - 1}")
    return cells


def write_sums(page: Page, context: Context, cells: SampleCells, scoring: ScoringCells) -> None:
    """Say what each list costs by the scoring sheet, and name what was sampled without a list."""
    for clause, row in cells.rows.items():
        indicator = context.standard.indicators[clause]
        page.put(row, 3, Cell(_told(context, indicator), "group", formula=_told_formula(context, scoring, clause, row)))
        page.put(row, 10, _lost(context, scoring, indicator, "group_points"))
        counted = f'$J${row}=""'
        page.worksheet.conditional_formatting.add(f"C{row}:J{row}", coloured(counted, GONE, GONE_GROUND))
    _without_list(page, context, cells, scoring)
    whole_numbers(page.worksheet, f"J{cells.head + 1}:J{page.row - 1}", losses=True)
    set_up(page, context.margins, landscape=True, header_row=cells.head, freeze=f"C{cells.head + 1}")


def _list(page: Page, context: Context, indicator: Indicator, samples: Mapping[RowId, Sample]) -> int:
    """Write one list below the row that sums it up, and return that row."""
    checked, failed = counts(samples.values())
    row = page.add(
        Cell(indicator.clause, "group"),
        Cell(context.words.of(indicator.title), "group"),
        Cell(None, "group", 5),
        *[Cell(None, "group_count")] * 2,
        Cell(None, "group_points"),
        least=24,
    )
    for row_id, sample in samples.items():
        _sample(page, context, row_id, sample)
    results = f"E{row + 1}:E{page.row - 1}"
    conforms, deviates = (f"({results}={quoted(context.words.word(result))})" for result in SampleResult)
    page.put(row, 8, Cell(checked, "group_count", formula=f"SUMPRODUCT({conforms}+{deviates})"))
    page.put(row, 9, Cell(failed, "group_count", formula=f"SUMPRODUCT({deviates}*1)"))
    return row


def _sample(page: Page, context: Context, row_id: RowId, sample: Sample) -> None:
    words, numbers = context.words, context.numbers
    page.add(
        Cell(numbers.sample(row_id), "count"),
        Cell(sample.what),
        Cell(sample.checked_on, "date"),
        Cell(words.site(sample.site)),
        Cell(words.choice(sample.result), "verdict"),
        Cell(sample.remark),
        Cell(numbers.evidence_on(EvidenceSubject.SAMPLE, row_id), "muted_center"),
        *[Cell(None, "not_counted")] * 3,
    )


def _results(page: Page, context: Context, cells: str) -> None:
    """Offer the two results as a choice, in colours that follow it."""
    results = [context.words.word(result) for result in SampleResult]
    choice = DataValidation("list", formula1=quoted(",".join(results)), allow_blank=True, sqref=cells)
    page.worksheet.add_data_validation(choice)
    first = cells.split(":")[0]
    for result, (ink, ground) in RESULT_COLOURS.items():
        formula = f"{first}={quoted(context.words.word(result))}"
        page.worksheet.conditional_formatting.add(cells, coloured(formula, ink, ground))


def _told(context: Context, indicator: Indicator) -> str:
    assessment = context.audit.assessment(indicator.clause)
    if assessment.verdict is not Verdict.SAMPLED:
        return context.words("samples", "not_counted", verdict=context.words.choice(assessment.verdict))
    return sentence(context, indicator, assessment)


def _told_formula(context: Context, scoring: ScoringCells, clause: Clause, row: int) -> str:
    """Return the formula of what an indicator lost by its samples, or of the verdict by which they do not count."""
    verdict = scoring.at("E", scoring.rows[clause])
    counted = sentence_formula(context, f"H{row}", f"I{row}", f"J{row}")
    other = with_cells(context, "not_counted", verdict=verdict)
    return f"IF({is_sampled(context, verdict)},{counted},{other})"


def _lost(context: Context, scoring: ScoringCells, indicator: Indicator, style: str) -> Cell:
    row = scoring.rows[indicator.clause]
    lost = lost_points(indicator, context.audit.assessment(indicator.clause))
    return Cell(lost, style, formula=_if_sampled(context, scoring, row, "J"))


def _if_sampled(context: Context, scoring: ScoringCells, row: int, column: str) -> str:
    return f'IF({is_sampled(context, scoring.at("E", row))},{scoring.at(column, row)},"")'


def _without_list(page: Page, context: Context, cells: SampleCells, scoring: ScoringCells) -> None:
    """Name the indicators whose counts were typed; which they are is as it was when the report was made."""
    indicators = [
        indicator
        for clause, indicator in context.standard.indicators.items()
        if clause not in cells.rows and context.audit.assessment(clause).verdict is Verdict.SAMPLED
    ]
    if not indicators:
        return
    section(page, context.words("samples", "without_list"))
    page.add(Cell(context.words("samples", "without_list_about"), "note", page.columns), least=16)
    for indicator in indicators:
        assessment, row = context.audit.assessment(indicator.clause), page.row
        at = scoring.rows[indicator.clause]
        page.add(
            Cell(indicator.clause),
            Cell(context.words.of(indicator.title)),
            Cell(_told(context, indicator), "text", 5, formula=_told_formula(context, scoring, indicator.clause, row)),
            Cell(assessment.checked, "count", formula=_if_sampled(context, scoring, at, "F")),
            Cell(assessment.failed, "count", formula=_if_sampled(context, scoring, at, "G")),
            _lost(context, scoring, indicator, "points"),
        )
