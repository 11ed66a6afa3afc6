"""不符合与整改: findings with their corrective actions, then the failures that have no finding yet."""

from __future__ import annotations

from fractions import Fraction

from auditor_app.models.audit import Kind
from auditor_app.models.entities import Finding
from auditor_app.models.enums import ActionResult, EvidenceSubject, Grade, Verdict
from auditor_app.models.followup import Loss, deductions_without_finding, is_open, losses_without_finding
from auditor_app.models.ids import RowId
from auditor_app.report.context import Context, header, heading, section
from auditor_app.report.page import Cell, Page
from auditor_app.report.printing import set_up
from auditor_app.report.sheets.scoring_rules import whole_numbers

WIDTHS = (5, 12, 18, 10, 27, 10, 9, 11, 18, 17, 18, 9, 11, 10, 9, 11)
COLUMNS = (
    *("no", "grade", "clause", "site", "facts", "evidence", "found_by", "found_on", "correction", "cause"),
    *("measure", "owner", "due", "result", "verified_by", "verified_on"),
)
GRADE_STYLES = {Grade.MAJOR: "bad", Grade.MINOR: "part", Grade.OBSERVATION: "gone"}
RESULT_STYLES = {ActionResult.OPEN: "part", ActionResult.ACCEPTED: "good", ActionResult.REJECTED: "bad"}


def write(page: Page, context: Context) -> None:
    """Write the sheet."""
    words = context.words
    heading(page, words.sheet("findings"), words("findings", "about"))
    head = header(page, *(words("findings", key) for key in COLUMNS))
    for row_id, finding in context.audit.of(Kind.FINDING).items():
        _finding(page, context, row_id, finding)
    if not context.audit.findings:
        page.add(Cell(words("findings", "none"), "muted", page.columns), least=24)
    section(page, words("findings", "missing"))
    _missing(page, context)
    set_up(page, context.margins, landscape=True, header_row=head, freeze=f"A{head + 1}")


def _finding(page: Page, context: Context, row_id: RowId, finding: Finding) -> None:
    words, action = context.words, finding.action
    observation = finding.grade is Grade.OBSERVATION
    overdue = is_open(finding) and action.due is not None and action.due < context.snapshot.made_on
    page.add(
        Cell(context.numbers.finding(row_id), "count"),
        Cell(words.word(finding.grade), GRADE_STYLES[finding.grade]),
        Cell(words.clause(finding.clause)),
        Cell(words.site(finding.site)),
        Cell(finding.facts),
        Cell(context.numbers.evidence_on(EvidenceSubject.FINDING, row_id), "muted_center"),
        Cell(finding.found_by),
        Cell(finding.found_on, "date"),
        Cell(action.correction),
        Cell(action.cause),
        Cell(action.measure),
        Cell(action.owner),
        Cell(action.due, "late" if overdue else "date"),
        # An observation asks for no action: "waiting to be verified" would be wrong unless somebody acted.
        Cell("—", "center")
        if observation and action.result is ActionResult.OPEN
        else Cell(words.word(action.result), RESULT_STYLES[action.result]),
        Cell(action.verified_by),
        Cell(action.verified_on, "date"),
        least=28,
    )


def _missing(page: Page, context: Context) -> None:
    words = context.words
    losses = losses_without_finding(context.standard, context.audit)
    deductions = deductions_without_finding(context.audit)
    if not losses and not deductions:
        page.add(Cell(words("findings", "nothing_missing"), "muted", page.columns), least=24)
        return
    titles = (("no", 1), ("kind", 2), ("clause", 2), ("lost", 1), ("basis", 10))
    head = header(page, *((words("findings", key), span) for key, span in titles))
    rows: list[tuple[str, str, Fraction, str]] = [
        (loss_kind(context, loss), loss.indicator.clause, loss.points, _basis(loss)) for loss in losses
    ]
    each = context.standard.scoring.deduction_points
    rows += [
        (
            words("findings", "special", ground=words.word(deduction.ground)),
            deduction.clause,
            each,
            "\n".join(filter(None, (deduction.facts, words.site(deduction.site)))),
        )
        for deduction in deductions
    ]
    for number, (kind, clause, points, basis) in enumerate(rows, 1):
        page.add(
            Cell(number, "count"),
            Cell(kind, "text", 2),
            Cell(words.clause(clause), "text", 2),
            Cell(points, "points"),
            Cell(basis, "text", 10),
        )
    whole_numbers(page.worksheet, f"F{head + 1}:F{page.row - 1}")


def loss_kind(context: Context, loss: Loss) -> str:
    """Return how an indicator lost its points: not met, or so many of its samples failed."""
    words, assessment = context.words, loss.assessment
    if assessment.verdict is Verdict.SAMPLED:
        return words("findings", "sampled", failed=assessment.failed, checked=assessment.checked)
    return words.word(assessment.verdict)


def _basis(loss: Loss) -> str:
    return "\n".join(filter(None, (loss.assessment.reason, loss.assessment.note)))
