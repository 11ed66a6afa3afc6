"""The check before delivery: the finished report is read and compared with the audit, as a strict receiver would.

What it expects comes from the audit, never from the sheets as they were built.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from io import BytesIO
from math import isclose
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

from auditor_app.models.audit import ENTITY_TYPES, Kind
from auditor_app.models.enums import Verdict
from auditor_app.models.errors import AuditorError
from auditor_app.models.fields import fields_of, value_at
from auditor_app.models.progress import Progress, unwatched
from auditor_app.models.scoring import earned, score_parts, shown
from auditor_app.models.text import clean
from auditor_app.report.measure import CELL_LIMIT, literal, pieces, units
from auditor_app.report.names import CHECKED, EARNED, FAILED, LEVEL, POINTS, SCORE_LOWER, SCORE_UPPER, VERDICT, name_of
from auditor_app.report.snapshot import ReportSnapshot
from auditor_app.report.words import Words
from auditor_app.report.workbook import SHEETS
from auditor_app.workbooks.book import Book, ValueKind
from auditor_app.workbooks.container import UNBOUNDED, OwnParts
from auditor_app.workbooks.reading import outline_of, related

SHOWN = 40
LONGEST_LIST = 255
LONGEST_TITLE = 31
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}pic"
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


def check(book: Book, parts: Mapping[str, bytes], snapshot: ReportSnapshot, progress: Progress = unwatched) -> None:
    """Raise `ReportRefused` for the first thing in which the finished workbook differs from the audit.

    The `book` is what was read of the `parts`. The steps of the `progress` are what is looked at.
    """
    for done, look in enumerate(_LOOKS):
        progress(done, len(_LOOKS))
        for sheet, cell, code, what in look(_Reopened(book, parts, snapshot)):
            raise ReportRefused(code, sheet=sheet, cell=cell, what=what)


def check_packed(workbook: bytes, parts: Mapping[str, bytes], book: Book, progress: Progress = unwatched) -> None:
    """Raise `ReportRefused` when a file does not hold these parts, byte for byte, or has other sheets than the `book`.

    A hidden one may stand behind them. The steps of the `progress` are the parts.
    """
    with ZipFile(BytesIO(workbook)) as archive:
        if archive.namelist() != list(parts):
            raise ReportRefused("not_as_written", sheet="", cell="", what=len(parts))
        for done, (name, content) in enumerate(parts.items()):
            progress(done, len(parts))
            if archive.read(name) != content:
                raise ReportRefused("not_as_written", sheet="", cell="", what=name)
    outline = outline_of(OwnParts(parts, UNBOUNDED))
    found = [(sheet.title, sheet.is_visible, sheet.part) for sheet in outline]
    wanted = [(sheet.title, sheet.is_visible, sheet.part) for sheet in book]
    more = outline.sheets[len(wanted) :]
    if found[: len(wanted)] != wanted or len(more) > 1 or any(sheet.is_visible for sheet in more):
        raise ReportRefused("not_as_written", sheet="", cell="", what=len(found))
    if (outline.names, outline.local_names) != (book.names, book.local_names):
        raise ReportRefused("not_as_written", sheet="", cell="", what=len(outline.names))


Mismatch = tuple[str, str, str, object]
"""Sheet, cell, code of the message, and what was expected or found."""


class _Reopened:
    """The report as it was read, beside what it was made from."""

    def __init__(self, book: Book, parts: Mapping[str, bytes], snapshot: ReportSnapshot) -> None:
        self.book = book
        self.snapshot = snapshot
        self.words = Words(snapshot)
        self.sheets = {sheet.title: sheet for sheet in book}
        self._parts = parts

    def texts(self, key: str) -> Iterator[str]:
        """Yield what the cells of a sheet say, nothing when it is not there."""
        sheet = self.sheets.get(self.words.sheet(key))
        return (cell.text for cell in sheet.cells.values()) if sheet is not None else iter(())

    def value(self, name: str) -> float | str | None:
        """Return the value of a named cell."""
        cell = self.book.named(name)
        if cell is None:
            return None
        return float(cell.text) if cell.kind is ValueKind.NUMBER and cell.text else cell.text

    def place(self, name: str) -> tuple[str, str]:
        """Return sheet and cell of a name; empty texts when there is none."""
        return self.book.place(name) or ("", "")

    def pictures(self, key: str) -> int:
        """Return how many pictures a sheet has."""
        sheet = self.sheets.get(self.words.sheet(key))
        drawings = related(OwnParts(self._parts, UNBOUNDED), sheet.part, "drawing") if sheet is not None else ()
        return sum(1 for drawing in drawings for _ in fromstring(self._parts[drawing]).iter(_PICTURE))


def _of_sheets(found: _Reopened) -> Iterator[Mismatch]:
    for sheet in found.book:
        if len(sheet.title) > LONGEST_TITLE or _NOT_IN_TITLES.search(sheet.title):
            yield sheet.title, "", "bad_title", sheet.title
        for place in sheet.unresolved:
            yield sheet.title, place, "formula_without_value", ""
        for place, cell in sheet.cells.items():
            if cell.kind is ValueKind.ERROR:
                yield sheet.title, place, "error_cell", ""
            if 4 * len(cell.text) > CELL_LIMIT and units(literal(cell.text)) > CELL_LIMIT:
                yield sheet.title, place, "text_cut", ""
        for formula in sheet.lists:
            if formula.startswith('"') and len(formula) > LONGEST_LIST:
                yield sheet.title, "", "list_too_long", ""
        if len(set(sheet.merged)) != len(sheet.merged):
            yield sheet.title, "", "merged_twice", ""


def _sheets(found: _Reopened) -> Iterator[Mismatch]:
    for key, _, _ in SHEETS:
        if found.words.sheet(key) not in found.sheets:
            yield found.words.sheet(key), "", "sheet_missing", key


def _rows(found: _Reopened) -> Iterator[Mismatch]:
    """Look for every row by what it says first, as often as the audit has it."""
    for kind, (key, path) in _ROWS.items():
        told = Counter(found.texts(key))
        said = (clean(value_at(row, path)) for row in found.snapshot.audit.of(kind).values())
        for text, times in Counter(text for text in said if text.strip() and len(pieces(text)) == 1).items():
            if told[text] < times:
                yield found.words.sheet(key), "", "row_missing", text[:SHOWN]


def _result(found: _Reopened) -> Iterator[Mismatch]:
    """Compare score, level and sums of points with the program's exact ones."""
    result, words = found.snapshot.result, found.words
    for name, points in ((SCORE_LOWER, result.lower), (SCORE_UPPER, result.upper)):
        # Shown with two decimals, rounded down.
        yield from _number(found, name, None if points is None else Fraction(shown(points)))
    yield from _number(found, name_of(EARNED), result.whole.earned)
    if result.level is not None and found.value(LEVEL) != words.word(result.level):
        yield *found.place(LEVEL), "not_as_scored", words.word(result.level)
    said = list(found.texts("cover"))
    for part in score_parts(result):
        if not any(part in text for text in said):
            yield words.sheet("cover"), "", "score_missing", part
    for clause, tally in result.nodes.items():
        yield from _number(found, name_of(EARNED, clause), tally.earned)


def _indicators(found: _Reopened) -> Iterator[Mismatch]:
    words, audit = found.words, found.snapshot.audit
    for clause, indicator in found.snapshot.standard.indicators.items():
        row = audit.assessment(clause)
        if found.value(name_of(VERDICT, clause)) != words.word(row.verdict):
            yield *found.place(name_of(VERDICT, clause)), "not_as_scored", f"{clause} {words.word(row.verdict)}"
        yield from _number(found, name_of(POINTS, clause), indicator.points)
        points = earned(indicator, row)
        if points is not None:
            yield from _number(found, name_of(EARNED, clause), points)
        if row.verdict is Verdict.SAMPLED:
            yield from _number(found, name_of(CHECKED, clause), Fraction(row.checked))
            yield from _number(found, name_of(FAILED, clause), Fraction(row.failed))


def _number(found: _Reopened, name: str, expected: Fraction | None) -> Iterator[Mismatch]:
    value = found.value(name)
    if expected is None:
        is_same = value in (None, "")
    else:
        is_same = isinstance(value, float) and isclose(value, float(expected), rel_tol=1e-12, abs_tol=1e-9)
    if not is_same:
        yield *found.place(name), "not_as_scored", f"{name} = {expected}"


def _texts(found: _Reopened) -> Iterator[Mismatch]:
    """Look for every text of the audit, whole: alone in a cell, in parts, or within what a cell says."""
    values = {cell.text for sheet in found.book for cell in sheet.cells.values() if cell.kind is ValueKind.TEXT}
    everything = "\n\n".join(values)
    for kind, entity in ENTITY_TYPES.items():
        paths = [item.path for item in fields_of(entity) if item.type is str and item.path not in _WORDED.get(kind, ())]
        for row in found.snapshot.audit.of(kind).values():
            for path in paths:
                for piece in pieces(clean(value_at(row, path))):
                    if piece.strip() and piece not in values and piece not in everything:
                        yield "", "", "text_missing", f"{kind}.{path}: {piece[:SHOWN]}"


def _pictures(found: _Reopened) -> Iterator[Mismatch]:
    there, wanted = found.pictures("evidence"), len(found.snapshot.pictures)
    if there != wanted:
        yield found.words.sheet("evidence"), "", "pictures_missing", f"{there} / {wanted}"


_LOOKS: tuple[Callable[[_Reopened], Iterator[Mismatch]], ...] = (
    *(_of_sheets, _sheets, _rows, _result, _indicators, _texts, _pictures),
)
