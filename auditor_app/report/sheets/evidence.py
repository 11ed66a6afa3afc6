"""证据清单: every photo and file with a small picture, what it is about, and the sha256 of its content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor_app.models.audit import Kind
from auditor_app.models.entities import Evidence
from auditor_app.models.enums import EvidenceSubject
from auditor_app.models.evidence import is_picture
from auditor_app.models.ids import RowId
from auditor_app.report.context import Context, header, heading
from auditor_app.report.page import Cell, Page
from auditor_app.report.picture import POINTS_A_PIXEL, fitted, place
from auditor_app.report.printing import set_up

if TYPE_CHECKING:
    from openpyxl.drawing.image import Image

WIDTHS = (7, 32, 32, 30, 24, 12, 10, 13, 25)
COLUMNS = ("no", "picture", "about", "caption", "name", "kind", "size", "taken", "sha256")
PICTURE_COLUMN = 2
# Points around a picture, and of the line below it that says something about it.
AROUND, LINE = 4.0, 16.0


def write(page: Page, context: Context) -> None:
    """Write the sheet, in the order in which evidence was added."""
    words, rows = context.words, context.audit.of(Kind.EVIDENCE)
    heading(page, words.sheet("evidence"), words("evidence", "about_sheet"))
    head = header(page, *(words("evidence", key) for key in COLUMNS))
    for row_id, evidence in rows.items():
        _row(page, context, row_id, evidence)
    if not rows:
        page.add(Cell(words("evidence", "none"), "muted", page.columns), least=24)
    set_up(page, context.margins, landscape=True, header_row=head, freeze=f"C{head + 1}")


def _row(page: Page, context: Context, row_id: RowId, evidence: Evidence) -> None:
    content = context.snapshot.pictures.get(row_id)
    image = None if content is None else fitted(content)
    state = _state(context, evidence, image is not None)
    row = page.add(
        Cell(context.numbers.evidence(row_id), "center"),
        Cell(state, "picture" if image else "muted"),
        Cell(_about(context, evidence)),
        Cell(evidence.caption),
        Cell(evidence.name),
        Cell(context.words.media_type(evidence.media_type), "center"),
        Cell(evidence.size, "size"),
        Cell(_taken(context, evidence), "muted_center"),
        Cell(evidence.sha256, "muted"),
        least=_height(image, state) if image else 34,
    )
    if image:
        height = page.worksheet.row_dimensions[row].height or 0.0
        place(page, image, row, PICTURE_COLUMN, (height - _height(image, state)) / 2 + AROUND)


def _height(image: Image, state: str) -> float:
    return image.height * POINTS_A_PIXEL + 2 * AROUND + (LINE if state else 0)


def _state(context: Context, evidence: Evidence, has_picture: bool) -> str:
    """Say what is odd about the content, nothing when it is here and is shown or is no picture."""
    if evidence.sha256 in context.snapshot.missing:
        return context.words("evidence", "only_thumbnail" if has_picture else "missing")
    if evidence.sha256 in context.snapshot.unshown and is_picture(evidence):
        return context.words("evidence", "unshown")
    return ""


def _about(context: Context, evidence: Evidence) -> str:
    """Return in words what a piece of evidence is about."""
    words, numbers, subject = context.words, context.numbers, evidence.subject
    match evidence.subject_kind:
        case EvidenceSubject.INDICATOR:
            return words.clause(subject)
        case EvidenceSubject.SAMPLE:
            sample = context.audit.of(Kind.SAMPLE)[RowId(subject)]
            number = numbers.sample(RowId(subject))
            key = "on_sample_named" if sample.what else "on_sample"
            named = words("evidence", key, number=number, what=sample.what)
            return f"{words.clause(sample.clause)}\n{named}"
        case EvidenceSubject.DOCUMENT:
            document = context.standard.documents_by_id[subject]
            return words("evidence", "on_document", id=subject, title=words.of(document.title))
        case EvidenceSubject.FINDING:
            finding = context.audit.of(Kind.FINDING)[RowId(subject)]
            on = words("evidence", "on_finding", number=numbers.finding(RowId(subject)))
            return "\n".join(filter(None, (on, words.clause(finding.clause))))
        case EvidenceSubject.MEETING:
            return words("plan", subject)


def _taken(context: Context, evidence: Evidence) -> str:
    """Return when a picture was taken and, in a report that is to say so, where."""
    location = context.snapshot.locations.get(evidence.sha256)
    place = "" if location is None else "{:.5f}, {:.5f}".format(*location)
    return "\n".join(filter(None, ((evidence.taken_at or "").replace("T", " "), place)))
