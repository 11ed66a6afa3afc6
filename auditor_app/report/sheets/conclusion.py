"""结论: the conclusion with its reasons, how far score and level may still move, what is open, what expires when."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from auditor_app.models.catalogue import Catalogue
from auditor_app.models.conclusion import headline, sentences
from auditor_app.models.entities import PreviousCertificate
from auditor_app.models.enums import AuditKind, Grade
from auditor_app.models.followup import open_deductions, open_findings
from auditor_app.models.scoring import shown, shown_up
from auditor_app.models.validity import Holds, validity
from auditor_app.report.context import Context, heading, section
from auditor_app.report.formulas import quoted, rounded_down, rounded_up
from auditor_app.report.measure import line_count
from auditor_app.report.page import Cell, Page, Value
from auditor_app.report.printing import set_up
from auditor_app.report.sheets.scoring_score import level_text, score_text

if TYPE_CHECKING:
    from auditor_app.report.sheets.helper import Helper
    from auditor_app.report.sheets.scoring import ScoringCells
    from auditor_app.report.sheets.special import SpecialCells

WIDTHS = (5, 21, 20, 8, 42)
# Certificates that these audits are about; the others leave the one there is as it is.
FOR_A_CERTIFICATE = frozenset({AuditKind.INITIAL, AuditKind.RECERTIFICATION})

# Points of a line of the warning.
LINE = 16.0
# Stands for a level or for points that there are not.
DASH = "—"
NOTHING = quoted(DASH)


def headline_text(context: Context) -> str:
    """Return the conclusion in words."""
    return context.words.said(lambda words: headline(words, context.outcome, _levels(words, context)))


def warn(page: Page, context: Context, helper: Helper, scoring: ScoringCells) -> None:
    """Write the line that warns once score or level are no longer those the conclusion was drawn from."""
    changed = context.words("cover", "changed")
    same = f"{helper.text}={quoted(score_text(context))},{scoring.shown.level}={quoted(level_text(context))}"
    room = line_count(changed, sum(page.widths)) * LINE
    page.add(Cell("", "alarm", page.columns, f'IF(AND({same}),"",{quoted(changed)})'), least=room)


def write(page: Page, context: Context, helper: Helper, scoring: ScoringCells, special: SpecialCells) -> None:
    """Write the sheet; score, level and distance follow the scoring sheet, the rest is as it was made."""
    words = context.words
    heading(page, words.sheet("conclusion"), words("conclusion", "about"))
    page.add(Cell(words("conclusion", "conclusion"), "section", page.columns), least=20)
    page.add(Cell(headline_text(context), "conclusion", page.columns), least=30)
    _pair(
        page, context, ("score", score_text(context), helper.text), ("level", level_text(context), scoring.shown.level)
    )
    warn(page, context, helper, scoring)
    section(page, words("conclusion", "reasons"))
    reasons = words.all_said(lambda catalogue: sentences(catalogue, context.outcome.for_others, context.audit))
    for number, reason in enumerate(reasons, 1):
        page.add(Cell(number, "count"), Cell(reason, "value", 4), least=22)
    section(page, words("conclusion", "distance"))
    _distance(page, context, helper, scoring, special)
    section(page, words("conclusion", "open"))
    _open(page, context)
    section(page, words("conclusion", "validity"))
    _validity(page, context)
    set_up(page, context.margins)


def _levels(words: Catalogue, context: Context) -> str:
    """Return the level, or those still possible, as one language says them."""
    names = [words.word(level) for level in context.result.reachable]
    if not names:
        return words.text("report_score", "no_level")
    return names[0] if len(names) == 1 else f"{names[0]}{words.text('report_score', 'level_to')}{names[-1]}"


def _pair(page: Page, context: Context, *results: tuple[str, Value, str]) -> None:
    """Write score and level as large as on the cover."""
    words = context.words
    spans = (3, 2)
    page.add(
        *(Cell(words("cover", key), "result_label", span) for span, (key, _, _) in zip(spans, results, strict=True)),
        least=20,
    )
    looks = ("result_score", "result_level")
    cells = zip(looks, spans, results, strict=True)
    page.add(*(Cell(value, look, span, formula) for look, span, (_, value, formula) in cells), least=36)


def _line(page: Page, label: str, value: Value, about: str = "", style: str = "value", formula: str = "") -> None:
    page.add(Cell(label, "label", 2), Cell(value, style, 1, formula), Cell(about, "muted", 2), least=20)


def _wide(page: Page, label: str, value: str) -> None:
    page.add(Cell(label, "label", 2), Cell(value, "value", 3), least=20)


def _distance(page: Page, context: Context, helper: Helper, scoring: ScoringCells, special: SpecialCells) -> None:
    """Say what is missing to the next level, and what may be lost before the level that can be had falls."""
    words, to_next, room = context.words, context.result.to_next, context.result.room
    place = helper.next
    name = f"IF({place}=0,{NOTHING},INDEX({helper.level_names},{place}))"
    gap = rounded_up(f"INDEX({helper.level_points},{place})-{helper.least}")
    gap = f"IF({place}=0,{NOTHING},{gap})"
    _line(page, words("conclusion", "next"), words.word(to_next.level) if to_next else DASH, formula=name)
    points: Value = Fraction(shown_up(to_next.points)) if to_next else DASH
    _line(page, words("conclusion", "missing"), points, words("conclusion", "missing_about"), "value_points", gap)
    most = _most(scoring, special)
    held = f"SUMPRODUCT(({helper.thresholds_above_fail}<=ROUND({most},9))*1)"
    none = f"{scoring.applicable}+{scoring.open}=0,{special.count}>={special.limit}"
    name = f"IF(OR({none}),{NOTHING},IF({held}=0,{NOTHING},INDEX({helper.level_names},{held}+1)))"
    left = rounded_down(f"{most}-INDEX({helper.level_points},{held}+1)")
    left = f"IF(OR({none}),{NOTHING},IF({held}=0,{NOTHING},{left}))"
    _line(page, words("conclusion", "held"), words.word(room.level) if room else DASH, formula=name)
    points = Fraction(shown(room.points)) if room else DASH
    _line(page, words("conclusion", "room"), points, words("conclusion", "room_about"), "value_points", left)


def _most(scoring: ScoringCells, special: SpecialCells) -> str:
    """Return the formula of the upper bound before it is clamped: what lies above 100 may be lost too."""
    earned, possible = (f"({place}+{scoring.open})" for place in (scoring.earned, scoring.applicable))
    return f"(100*{earned}/IF({possible}=0,1,{possible})-{special.points_off}+{special.bonus_points})"


def _open(page: Page, context: Context) -> None:
    words, audit = context.words, context.audit
    for key, rows in (
        ("majors", open_findings(audit, Grade.MAJOR)),
        ("minors", open_findings(audit, Grade.MINOR)),
        ("deductions", open_deductions(audit)),
    ):
        _line(page, words("conclusion", key), len(rows), words("conclusion", "open_about"), "value_count")


def _validity(page: Page, context: Context) -> None:
    """Say what expires when, judged as the documents are; what a certificate says is for the body to decide."""
    words, audit = context.words, context.audit
    certificate = validity(PreviousCertificate(), audit, context.snapshot.made_on)
    about = words("conclusion", "reference_ends" if audit.info.ends else "reference_made")
    _line(page, words("conclusion", "reference"), certificate.reference, about, "value_date")
    if audit.info.kind in FOR_A_CERTIFICATE:
        ends, about = certificate.certificate_ends, words("conclusion", "certificate_about")
        _line(page, words("conclusion", "certificate"), ends, about, "value_date")
    _wide(page, words("conclusion", "surveillance"), words("conclusion", "surveillance_about"))
    if audit.previous_certificate is not None:
        _wide(page, words("conclusion", "previous"), certificate_text(context, audit.previous_certificate))
    for holds in (Holds.EXPIRED, Holds.EXPIRES_EARLY):
        names = words.joined(_documents(context, holds)) or words("conclusion", "none")
        _wide(page, words("conclusion", holds.value), names)


def certificate_text(context: Context, certificate: PreviousCertificate) -> str:
    """Return number, level and last day of the certificate held before."""
    missing = context.words("common", "not_stated")
    return context.words(
        "conclusion",
        "certificate_told",
        number=certificate.number or missing,
        level=context.words.word(certificate.level) or missing,
        expires=certificate.expires.isoformat() if certificate.expires else missing,
    )


def _documents(context: Context, holds: Holds) -> Iterator[str]:
    """Yield the documents that stand like this, each by its id and its last day."""
    for document in context.standard.documents:
        state = context.audit.document(document.id)
        if state.expires and validity(state, context.audit, context.snapshot.made_on).holds is holds:
            yield f"{document.id} ({state.expires.isoformat()})"
