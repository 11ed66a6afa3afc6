"""Put the manifest of a finished workbook into it, on a sheet of its own that nobody sees."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Protocol

from auditor_app.models.progress import Progress, unwatched
from auditor_app.proof.manifest import HEAD, Manifest, by_place, manifest_of, written
from auditor_app.workbooks.book import Book, Sheet, ValueKind

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


def stamped(
    parts: Mapping[str, bytes],
    book: Book,
    signer: Signer | None = None,
    day: date | None = None,
    progress: Progress = unwatched,
) -> dict[str, bytes]:
    """Return the parts of a workbook with the manifest of what it says, signed when there is a `signer`.

    The `book` is what was read of the parts. They must be those of a workbook that the report made and that has no
    manifest yet; anything else is our bug. The steps of the `progress` are the sheets.
    """
    if proof_sheets(book):
        raise ValueError("this workbook has a manifest already")
    manifest = manifest_of(book, progress=progress)
    signature = signer.lines(manifest.digest, day or date.today()) if signer else []
    return _with_sheet(parts, _lines(manifest, signature))


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


def _with_sheet(parts: Mapping[str, bytes], lines: Sequence[str]) -> dict[str, bytes]:
    book, relations, types = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    result = dict(parts)
    number = max(int(found) for found in _SHEET_ID.findall(result[book].decode())) + 1
    sheet = f'<sheet xmlns:r="{_RELATIONS}" name="{TITLE}" sheetId="{number}" state="veryHidden" r:id="proof"/>'
    relation = f'<Relationship Id="proof" Target="/{_PART}" Type="{_RELATIONS}/worksheet"/>'
    override = f'<Override PartName="/{_PART}" ContentType="{_SHEET_TYPE}"/>'
    for part, entry, end in (
        (book, sheet, b"</sheets>"),
        (relations, relation, b"</Relationships>"),
        (types, override, b"</Types>"),
    ):
        if result[part].count(end) != 1:
            raise ValueError(f"no single {end!r} in {part}")
        result[part] = result[part].replace(end, entry.encode() + end)
    result[_PART] = _sheet(lines)
    return result


def _sheet(lines: Sequence[str]) -> bytes:
    rows = "".join(
        f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>{escape(line, quote=False)}</t></is></c></row>'
        for number, line in enumerate(lines, 1)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()
