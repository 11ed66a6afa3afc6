"""The parts of a workbook that openpyxl built, written as previews and strict readers need them.

- Every formula cell has its value: a phone, a chat window or a protected view shows it without calculating.
- Texts are in the shared strings, where every reader looks for them; openpyxl writes them into the cells.
- The parts of a font stand in the order of the format.

The rows are written here, in a fraction of the time that openpyxl takes for them; all around them is openpyxl's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from itertools import groupby
from typing import Any, cast
from xml.sax.saxutils import escape
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.compat import safe_string
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from auditor_app.models.progress import Progress, unwatched

Stored = float | int | str
"""The result of a formula."""

_SHARED = "xl/sharedStrings.xml"
_STYLES = "xl/styles.xml"
_NO_ROWS = re.compile(rb"<sheetData ?(?:/>|></sheetData>)")
_FONT = re.compile(rb"(?<=<font>).*?(?=</font>)")
_FONT_PART = re.compile(rb"<(\w+)[^>]*/>")
_FONT_ORDER = (b"b", b"i", b"strike", b"u", b"vertAlign", b"sz", b"color", b"name", b"family", b"scheme")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HEAD = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="{_MAIN}">'
# Where a package says that it has shared strings: the part, what to add, and before what.
_ANNOUNCED = {
    "[Content_Types].xml": (
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
        b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>',
        b"</Types>",
    ),
    "xl/_rels/workbook.xml.rels": (
        b'<Relationship Id="strings" Target="/xl/sharedStrings.xml" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/sharedStrings"/>',
        b"</Relationships>",
    ),
}


def saved(
    workbook: Workbook, values: Mapping[str, Mapping[str, Stored]], progress: Progress = unwatched
) -> dict[str, bytes]:
    """Return the parts of a workbook, which is used up; `values` holds the results of formulas by title and cell.

    The steps of the `progress` are the sheets. Raises `KeyError` or `ValueError` when formulas and values do not match:
    that is our bug.
    """
    texts: dict[str, int] = {}
    archive = _Archive()
    _Saver(workbook, archive, values, texts, progress).save()
    for sheet in workbook.worksheets:
        # What is in the parts now is not kept a second time until the collector of garbage comes to the workbook.
        sheet._images.clear()  # type: ignore[attr-defined]
    parts = archive.parts
    parts[_SHARED] = _table(texts)
    for name, (entry, end) in _ANNOUNCED.items():
        parts[name] = parts[name].replace(end, entry + end)
    parts[_STYLES] = _FONT.sub(_in_order, parts[_STYLES])
    return parts


class _Archive:
    """What openpyxl takes for the zip it writes to."""

    def __init__(self) -> None:
        self.parts: dict[str, bytes] = {}

    def writestr(self, name: str, content: bytes | str) -> None:
        self.parts[name] = content.encode() if isinstance(content, str) else content

    def namelist(self) -> list[str]:
        return list(self.parts)

    def close(self) -> None:
        """Do nothing: there is no file."""


class _Saver(ExcelWriter):
    """Write the parts of a workbook, its rows in our own way."""

    def __init__(
        self,
        workbook: Workbook,
        archive: _Archive,
        values: Mapping[str, Mapping[str, Stored]],
        texts: dict[str, int],
        progress: Progress,
    ) -> None:
        super().__init__(workbook, cast(ZipFile, archive))
        self._parts = archive
        self._values = values
        self._texts = texts
        self._progress = progress
        self._done = 0

    def write_worksheet(self, ws: Any) -> None:
        """Write a sheet, its pictures and charts aside."""
        self._progress(self._done, len(self.workbook.worksheets))
        self._done += 1
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        rows = _Rows(ws, self._values.get(ws.title, {}), self._texts)
        writer = _SheetWriter(ws, rows)
        writer.write()
        ws._rels = writer._rels  # type: ignore[attr-defined]
        before, after = _NO_ROWS.split(writer.read(), maxsplit=1)
        self._parts.writestr(ws.path[1:], b"%b<sheetData>%b</sheetData>%b" % (before, rows.written, after))
        self.manifest.append(ws)
        # Cells and sheet hold each other; so many are not left to the collector of garbage.
        ws._cells.clear()


class _SheetWriter(WorksheetWriter):
    """Write what stands around the rows of a sheet."""

    def __init__(self, ws: Worksheet, rows: _Rows) -> None:
        super().__init__(ws, out=BytesIO())
        self._rows = rows

    def write_rows(self) -> None:
        """Leave the place of the rows empty, and have them written: links are known by then only."""
        self._rows.write()
        around: Any = self.xf.send(True)
        with around.element("sheetData"):
            pass
        self.xf.send(None)


class _Rows:
    """The rows of one sheet."""

    def __init__(self, sheet: Worksheet, values: Mapping[str, Stored], texts: dict[str, int]) -> None:
        self.written = b""
        self._sheet: Any = sheet
        self._values = values
        self._texts = texts
        self._styles: dict[int, str] = {}
        self._formulas = 0

    def write(self) -> None:
        """Write them all."""
        self.written = "".join(self._all()).encode()
        if self._formulas != len(self._values):
            raise ValueError(f"{self._sheet.title}: {self._formulas} formula cells, {len(self._values)} values")

    def _all(self) -> Iterator[str]:
        sheet = self._sheet
        rows = {number: list(cells) for number, cells in groupby(sorted(sheet._cells), key=lambda place: place[0])}
        for number in sorted({*rows, *sheet.row_dimensions}):
            attributes = dict(sheet.row_dimensions[number]) if number in sheet.row_dimensions else {}
            said = "".join(f' {name}="{value}"' for name, value in attributes.items())
            cells = "".join([self._cell(sheet._cells[place]) for place in rows.get(number, ())])
            yield f'<row r="{number}"{said}>{cells}</row>'

    def _cell(self, cell: Cell) -> str:
        value, kind = cell._value, cell.data_type  # type: ignore[attr-defined]
        style = self._style(cell)
        if value is None and not style:
            return ""
        if cell.hyperlink:
            self._sheet._hyperlinks.append(cell.hyperlink)
        head = f'<c r="{cell.coordinate}"{style}'
        if value is None or value == "":
            return f"{head}/>"
        if kind == "s":
            return f'{head} t="s"><v>{self._texts.setdefault(value, len(self._texts))}</v></c>'
        if kind == "f":
            return self._formula(head, cell.coordinate, value[1:])
        if isinstance(value, date):
            value, kind = to_excel(value), "n"
        return f'{head} t="{kind}"><v>{safe_string(value)}</v></c>'

    def _formula(self, head: str, place: str, formula: str) -> str:
        self._formulas += 1
        value = self._values[place]
        kind, text = (' t="str"', escape(value)) if isinstance(value, str) else ("", repr(value))
        return f"{head}{kind}><f>{escape(formula)}</f><v>{text}</v></c>"

    def _style(self, cell: Any) -> str:
        """Return the attribute of a style; the records are few, and to find one among them is slow."""
        found = self._styles.get(id(cell._style))
        if found is None:
            found = f' s="{cell.style_id}"' if cell.has_style else ""
            self._styles[id(cell._style)] = found
        return found


def _table(texts: Mapping[str, int]) -> bytes:
    return f"{_HEAD}{''.join(map(_string, texts))}</sst>".encode()


def _string(text: str) -> str:
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<si><t{space}>{escape(text)}</t></si>"


def _in_order(match: re.Match[bytes]) -> bytes:
    found = {part[1]: part[0] for part in _FONT_PART.finditer(match[0])}
    return b"".join(found[name] for name in sorted(found, key=_FONT_ORDER.index))
