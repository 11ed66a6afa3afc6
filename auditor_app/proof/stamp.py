"""Put the manifest of a finished workbook into it, on a sheet of its own that nobody sees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from html import escape
from io import BytesIO
from typing import Protocol
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from auditor_app.proof.book import Book, Sheet, ValueKind
from auditor_app.proof.container import Container
from auditor_app.proof.manifest import HEAD, Manifest, by_place, manifest_of, written
from auditor_app.proof.problems import ProofProblem
from auditor_app.proof.reading import read_book

TITLE = "_proof"
_PART = "xl/worksheets/proof.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_SHEET_ID = re.compile(r'sheetId="(\d+)"')


class Signer(Protocol):
    """What signs a digest."""

    def lines(self, digest: str, day: date) -> list[str]:
        """Return the lines of a signature of a digest, made on a day."""


def stamped(content: bytes, signer: Signer | None = None, day: date | None = None) -> bytes:
    """Return a finished workbook with the manifest of what it says, signed when there is a `signer`.

    The workbook must be one that the report made and that has no manifest yet; anything else is our bug. One with more
    cells than `verify` would read is returned as it is; raises `ProofProblem` when it was to be signed.
    """
    try:
        book = read_book(content)
    except ProofProblem as problem:
        if problem.code != "too_large":
            raise
        if signer is not None:
            raise ProofProblem("", "too_large_to_sign") from problem
        return content
    if proof_sheets(book):
        raise ValueError("this workbook has a manifest already")
    manifest = manifest_of(book)
    signature = signer.lines(manifest.digest, day or date.today()) if signer else []
    return _with_sheet(content, _lines(manifest, signature))


def proof_sheets(book: Book) -> list[Sheet]:
    """Return the sheets that hold a manifest: whatever they are called, their first cell says so."""
    return [sheet for sheet in book if "A1" in sheet.cells and sheet.cells["A1"].text.startswith(HEAD)]


def lines_of(sheet: Sheet) -> list[str] | None:
    """Return the lines on the sheet of a manifest, None when it holds anything else."""
    if any(not place.startswith("A") or cell.kind is not ValueKind.TEXT for place, cell in sheet.cells.items()):
        return None
    return [sheet.cells[place].text for place in sorted(sheet.cells, key=by_place)]


def _lines(manifest: Manifest, signature: Sequence[str]) -> list[str]:
    head, digest, *rest = written(manifest)
    return [head, digest, *signature, *rest]


def _with_sheet(content: bytes, lines: Sequence[str]) -> bytes:
    parts = Container(content).all_parts()
    book, relations, types = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    number = max(int(found) for found in _SHEET_ID.findall(parts[book].decode())) + 1
    sheet = f'<sheet xmlns:r="{_RELATIONS}" name="{TITLE}" sheetId="{number}" state="veryHidden" r:id="proof"/>'
    relation = f'<Relationship Id="proof" Target="/{_PART}" Type="{_RELATIONS}/worksheet"/>'
    override = f'<Override PartName="/{_PART}" ContentType="{_SHEET_TYPE}"/>'
    for part, entry, end in (
        (book, sheet, b"</sheets>"),
        (relations, relation, b"</Relationships>"),
        (types, override, b"</Types>"),
    ):
        if parts[part].count(end) != 1:
            raise ValueError(f"no single {end!r} in {part}")
        parts[part] = parts[part].replace(end, entry.encode() + end)
    parts[_PART] = _sheet(lines)
    result = BytesIO()
    with ZipFile(result, "w", ZIP_DEFLATED) as target:
        for name, part_content in parts.items():
            target.writestr(name, part_content, ZIP_STORED if name.startswith("xl/media/") else ZIP_DEFLATED)
    return result.getvalue()


def _sheet(lines: Sequence[str]) -> bytes:
    rows = "".join(
        f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>{escape(line, quote=False)}</t></is></c></row>'
        for number, line in enumerate(lines, 1)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()
