"""The check before delivery: the finished report is reopened and compared with the audit, as a strict receiver would.

What it expects comes from the audit, never from the sheets as they were built.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from math import isclose

from auditor_app.models.audit import ENTITY_TYPES, Kind
from auditor_app.models.enums import Verdict
from auditor_app.models.errors import AuditorError
from auditor_app.models.fields import fields_of, value_at
from auditor_app.models.scoring import earned, score_parts, shown
from auditor_app.models.text import clean
from auditor_app.report.measure import CELL_LIMIT, literal, pieces
from auditor_app.report.names import CHECKED, EARNED, FAILED, LEVEL, POINTS, SCORE_LOWER, SCORE_UPPER, VERDICT, name_of
from auditor_app.report.reopened import Reopened, ReopenedSheet
from auditor_app.report.snapshot import ReportSnapshot
from auditor_app.report.words import Words
from auditor_app.report.workbook import SHEETS

SHOWN = 40
LONGEST_LIST = 255
LONGEST_TITLE = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
# Texts that are not written as they are: ids, types and times that the report words its own way.
_WORDED = {
    Kind.EVIDENCE: {"subject", "media_type", "taken_at"},
    Kind.SITE: {"id"},
    Kind.AUDIT: {"opening_meeting.at", "closing_meeting.at"},
}

# What says of a row that it is there: the sheet and the field that has a cell of its own.
_ROWS = {
    Kind.SAMPLE: ("samples", "what"),
    Kind.FINDING: ("findings", "facts"),
    Kind.EVIDENCE: ("evidence", "sha256"),
    Kind.SITE: ("company", "name"),
    Kind.SPECIAL_DEDUCTION: ("special", "facts"),
}


class ReportRefused(AuditorError):
    """The report is not what it must be, and was not delivered; params: `sheet`, `cell`, `what`."""

    section = "report_check"


def check(workbook: bytes, snapshot: ReportSnapshot) -> None:
    """Raise `ReportRefused` for the first thing in which the finished workbook differs from the audit."""
    book = Reopened(workbook)
    for sheet, cell, code, what in _mismatches(book, snapshot):
        raise ReportRefused(code, sheet=sheet, cell=cell, what=what)


Mismatch = tuple[str, str, str, object]
"""Sheet, cell, code of the message, and what was expected or found."""


def _mismatches(book: Reopened, snapshot: ReportSnapshot) -> Iterator[Mismatch]:
    for sheet in book.sheets.values():
        yield from _of_sheet(sheet)
    yield from _sheets(book, snapshot)
    yield from _rows(book, snapshot)
    yield from _result(book, snapshot)
    yield from _indicators(book, snapshot)
    yield from _texts(book, snapshot)
    yield from _pictures(book, snapshot)


def _of_sheet(sheet: ReopenedSheet) -> Iterator[Mismatch]:
    if len(sheet.title) > LONGEST_TITLE or _NOT_IN_TITLES.search(sheet.title):
        yield sheet.title, "", "bad_title", sheet.title
    for cell in sheet.errors:
        yield sheet.title, cell, "error_cell", ""
    for cell in sheet.empty_formulas:
        yield sheet.title, cell, "formula_without_value", ""
    for cell, value in sheet.cells.items():
        if isinstance(value, str) and len(value.encode("utf-16-le")) // 2 > CELL_LIMIT:
            yield sheet.title, cell, "text_cut", ""
    for formula in sheet.validations:
        if formula.startswith('"') and len(formula) > LONGEST_LIST:
            yield sheet.title, "", "list_too_long", ""
    if len(set(sheet.merged)) != len(sheet.merged):
        yield sheet.title, "", "merged_twice", ""


def _sheets(book: Reopened, snapshot: ReportSnapshot) -> Iterator[Mismatch]:
    words = Words(snapshot)
    for key, _, _ in SHEETS:
        if words.sheet(key) not in book.sheets:
            yield words.sheet(key), "", "sheet_missing", key


def _rows(book: Reopened, snapshot: ReportSnapshot) -> Iterator[Mismatch]:
    """Look for every row by what it says first, as often as the audit has it."""
    words = Words(snapshot)
    for kind, (key, path) in _ROWS.items():
        title = words.sheet(key)
        found = Counter(book.sheets[title].cells.values()) if title in book.sheets else Counter()
        said = (clean(value_at(row, path)) for row in snapshot.audit.of(kind).values())
        for text, times in Counter(text for text in said if text.strip() and len(pieces(text)) == 1).items():
            if found[literal(text)] < times:
                yield title, "", "row_missing", text[:SHOWN]


def _result(book: Reopened, snapshot: ReportSnapshot) -> Iterator[Mismatch]:
    """Compare score, level and sums of points with the program's exact ones."""
    result, words = snapshot.result, Words(snapshot)
    for name, points in ((SCORE_LOWER, result.lower), (SCORE_UPPER, result.upper)):
        # Shown with two decimals, rounded down.
        yield from _number(book, name, None if points is None else Fraction(shown(points)))
    yield from _number(book, name_of(EARNED), result.whole.earned)
    if result.level is not None and book.value(LEVEL) != words.word(result.level):
        yield *book.place(LEVEL), "not_as_scored", words.word(result.level)
    cover = book.sheets.get(words.sheet("cover"))
    said = [str(value) for value in cover.cells.values()] if cover is not None else []
    for part in score_parts(result):
        if not any(part in text for text in said):
            yield words.sheet("cover"), "", "score_missing", part
    for clause, tally in result.nodes.items():
        yield from _number(book, name_of(EARNED, clause), tally.earned)


def _indicators(book: Reopened, snapshot: ReportSnapshot) -> Iterator[Mismatch]:
    words, audit = Words(snapshot), snapshot.audit
    for clause, indicator in snapshot.standard.indicators.items():
        row = audit.assessment(clause)
        if book.value(name_of(VERDICT, clause)) != words.word(row.verdict):
            yield *book.place(name_of(VERDICT, clause)), "not_as_scored", f"{clause} {words.word(row.verdict)}"
        yield from _number(book, name_of(POINTS, clause), indicator.points)
        points = earned(indicator, row)
        if points is not None:
            yield from _number(book, name_of(EARNED, clause), points)
        if row.verdict is Verdict.SAMPLED:
            yield from _number(book, name_of(CHECKED, clause), Fraction(row.checked))
            yield from _number(book, name_of(FAILED, clause), Fraction(row.failed))


def _number(book: Reopened, name: str, expected: Fraction | None) -> Iterator[Mismatch]:
    found = book.value(name)
    if expected is None:
        is_same = found in (None, "")
    else:
        is_same = isinstance(found, float) and isclose(found, float(expected), rel_tol=1e-12, abs_tol=1e-9)
    if not is_same:
        yield *book.place(name), "not_as_scored", f"{name} = {expected}"


def _texts(book: Reopened, snapshot: ReportSnapshot) -> Iterator[Mismatch]:
    """Look for every text of the audit, whole: alone in a cell, in parts, or within what a cell says."""
    values = {value for sheet in book.sheets.values() for value in sheet.cells.values() if isinstance(value, str)}
    everything = "\n\n".join(values)
    for kind, entity in ENTITY_TYPES.items():
        paths = [item.path for item in fields_of(entity) if item.type is str and item.path not in _WORDED.get(kind, ())]
        for row in snapshot.audit.of(kind).values():
            for path in paths:
                for piece in pieces(clean(value_at(row, path))):
                    if piece.strip() and literal(piece) not in values and literal(piece) not in everything:
                        yield "", "", "text_missing", f"{kind}.{path}: {piece[:SHOWN]}"


def _pictures(book: Reopened, snapshot: ReportSnapshot) -> Iterator[Mismatch]:
    title = Words(snapshot).sheet("evidence")
    found = book.sheets[title].pictures if title in book.sheets else 0
    if found != len(snapshot.pictures):
        yield title, "", "pictures_missing", f"{found} / {len(snapshot.pictures)}"
