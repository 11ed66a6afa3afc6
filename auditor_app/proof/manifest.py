"""The canonical form of a workbook, its hash, and the manifest that keeps both; docs/VERIFY.md gives the exact form.

What Excel, WPS and LibreOffice change on saving without changing what is said is left out: styles, shared strings,
how a formula is spelled, the last digits of a result. What is left is lines of text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby

from auditor_app.models.progress import Progress, unwatched
from auditor_app.workbooks.book import Book, CellContent, Sheet, ValueKind
from auditor_app.workbooks.cells import outside_texts

HEAD = "auditor-workbench manifest "
VERSION = 1
DIGITS = 15
DIGITS_OF_RESULTS = 12
"""Significant digits of a number, and of the result of a formula, whose last ones differ among programs."""
_NOISE = 2e-13
_quoted = json.JSONEncoder().encode
SHORT = 8
"""Hexadecimal digits of the fingerprint of a cell: it finds what changed, the sha256 of all says that nothing did."""
_LONGEST_LINE = 30_000
_LINE = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6} [0-9a-f]{8}(?: [A-Z]{1,3}[1-9][0-9]{0,6} [0-9a-f]{8})*")
_NAME = re.compile(r"name ([^\s\x00-\x1f]{1,255}) ([0-9a-f]{8})")
_SHA256 = re.compile(r"sha256 ([0-9a-f]{64})")
_UNSEEN_IN_FORMULAS = re.compile(r"[\s$']+")


@dataclass(frozen=True)
class Outline:
    """What a manifest keeps of one sheet: title, whether it is shown, the fingerprints of its cells."""

    title: str
    is_visible: bool
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Manifest:
    """What a workbook said when it was made: the hash of it all, and fingerprints by sheet and by name."""

    digest: str
    sheets: tuple[Outline, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    def sheet(self, title: str) -> Outline | None:
        """Return what is kept of a sheet."""
        return next((sheet for sheet in self.sheets if sheet.title == title), None)


class ManifestDamaged(Exception):
    """A manifest that is not as it was written."""


def cell_line(place: str, cell: CellContent, value: str | None = None) -> str:
    """Return the canonical line of a cell, with another `value` when one is given."""
    text = canonical_value(cell) if value is None else value
    line = f"{place} {cell.kind.value} {text}"
    return f"{line} ={canonical_formula(cell.formula)}" if cell.formula else line


def canonical_value(cell: CellContent) -> str:
    """Return a value in its one form; texts as JSON in ASCII, numbers as C prints them with `%.15g` or `%.12g`."""
    if cell.kind is ValueKind.NUMBER and cell.text:
        return _number(float(cell.text), DIGITS_OF_RESULTS if cell.formula else DIGITS)
    return _quoted(cell.text)


def canonical_formula(formula: str) -> str:
    """Return a formula without what programs spell differently: spaces, `$`, quotes of sheets, case."""

    def plain(part: str) -> str:
        return _UNSEEN_IN_FORMULAS.sub("", part).upper().replace("_XLFN.", "").replace("TRUE()", "TRUE")

    return _quoted(outside_texts(formula, plain).removeprefix("="))


def near_values(cell: CellContent) -> Iterator[str]:
    """Yield the canonical value of a cell, then those of results that differ from it by calculation noise alone."""
    yield canonical_value(cell)
    if cell.formula and cell.kind is ValueKind.NUMBER and cell.text:
        number = float(cell.text)
        for noise in (number * _NOISE, -number * _NOISE):
            yield _number(number + noise, DIGITS_OF_RESULTS)


def fingerprint(title: str, line: str) -> str:
    """Return the fingerprint of a cell by its line, or of a name with an empty title."""
    return sha256(f"{title}\0{line}".encode()).hexdigest()[:SHORT]


def name_line(name: str, refers_to: str) -> str:
    """Return the canonical line of a name."""
    return f"name {name} {canonical_formula(refers_to)}"


def kept_names(book: Book) -> dict[str, str]:
    """Return the names that a manifest keeps, in order: those that programs make for printing are theirs."""
    return {name: text for name, text in sorted(book.names.items()) if not name.startswith("_xl")}


def manifest_of(
    book: Book, values: Mapping[tuple[str, str], str] | None = None, progress: Progress = unwatched
) -> Manifest:
    """Return the manifest of a workbook, with other canonical `values` for some cells, by title and reference.

    The steps of the `progress` are the sheets.
    """
    others = values or {}
    lines = [f"{HEAD}{VERSION}", f"dates {1904 if book.starts_1904 else 1900}"]
    names = {}
    for name, refers_to in kept_names(book).items():
        lines.append(name_line(name, refers_to))
        names[name] = fingerprint("", lines[-1])
    total = sha256("\n".join(lines).encode())
    sheets = []
    for done, sheet in enumerate(book):
        progress(done, len(book.sheets))
        lines, prints = [f"\n{_sheet_line(sheet.title, sheet.is_visible)}"], {}
        for place in in_order(sheet):
            lines.append(cell_line(place, sheet.cells[place], others.get((sheet.title, place))))
            prints[place] = fingerprint(sheet.title, lines[-1])
        total.update("\n".join(lines).encode())
        sheets.append(Outline(sheet.title, sheet.is_visible, prints))
    return Manifest(total.hexdigest(), tuple(sheets), names)


def in_order(sheet: Sheet) -> list[str]:
    """Return the references of a sheet by row, then by column."""
    return sorted(sheet.cells, key=by_place)


def by_place(place: str) -> tuple[int, int, str]:
    """Return what orders references by row, then by column."""
    letters = place.rstrip("0123456789")
    return int(place[len(letters) :]), len(letters), letters


def written(manifest: Manifest) -> list[str]:
    """Return a manifest as lines of text, none longer than a cell may be."""
    lines = [f"{HEAD}{VERSION}", f"sha256 {manifest.digest}"]
    lines += [f"name {name} {short}" for name, short in manifest.names.items()]
    for sheet in manifest.sheets:
        lines.append(_sheet_line(sheet.title, sheet.is_visible))
        for _, row in groupby(sheet.cells.items(), key=lambda item: by_place(item[0])[0]):
            lines += _pieces([f"{place} {short}" for place, short in row])
    return lines


def parsed(lines: list[str]) -> Manifest:
    """Read a manifest from its lines; raises `ManifestDamaged`."""
    if len(lines) < 2 or lines[0] != f"{HEAD}{VERSION}":
        raise ManifestDamaged
    digest = _SHA256.fullmatch(lines[1])
    if digest is None:
        raise ManifestDamaged
    names: dict[str, str] = {}
    sheets: list[tuple[str, bool, dict[str, str]]] = []
    for line in lines[2:]:
        if line.startswith("sheet "):
            sheets.append((*_parsed_sheet(line), {}))
        elif name := _NAME.fullmatch(line):
            names[name[1]] = name[2]
        elif sheets and _LINE.fullmatch(line):
            words = line.split(" ")
            sheets[-1][2].update(zip(words[::2], words[1::2], strict=True))
        else:
            raise ManifestDamaged
    return Manifest(digest[1], tuple(Outline(*sheet) for sheet in sheets), names)


def _number(number: float, digits: int) -> str:
    # Adding 0 makes a plain zero of the negative one.
    return f"{number + 0.0:.{digits}g}"


def _sheet_line(title: str, is_visible: bool) -> str:
    return f"sheet {'shown' if is_visible else 'hidden'} {json.dumps(title)}"


def _parsed_sheet(line: str) -> tuple[str, bool]:
    _, state, title = line.split(" ", 2) if line.count(" ") > 1 else ("", "", "")
    try:
        text = json.loads(title)
    except (ValueError, RecursionError) as error:
        raise ManifestDamaged from error
    if state not in ("shown", "hidden") or not isinstance(text, str):
        raise ManifestDamaged
    return text, state == "shown"


def _pieces(words: list[str]) -> list[str]:
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) >= _LONGEST_LINE:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else word
    return [*lines, line]
