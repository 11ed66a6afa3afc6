"""A workbook as a reader finds it: values, names, pictures, validations, straight from the parts of the file.

For what this program just wrote, not for files of others.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

Found = float | str | None

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}pic"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass
class ReopenedSheet:
    """One sheet: value by cell, cells that hold an error or a formula without a value, and what else it has.

    `validations` are the formulas of the drop-downs, `merged` the ranges, `pictures` how many pictures there are.
    """

    title: str
    is_hidden: bool
    cells: dict[str, Found] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    empty_formulas: list[str] = field(default_factory=list)
    validations: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    pictures: int = 0


class Reopened:
    """The sheets in their order, and the cell of every name."""

    def __init__(self, workbook: bytes) -> None:
        with ZipFile(BytesIO(workbook)) as archive:
            self._parts = {name: archive.read(name) for name in archive.namelist()}
        self._texts = self._shared()
        book = fromstring(self._parts["xl/workbook.xml"])
        targets = self._related("xl/workbook.xml")
        self.sheets: dict[str, ReopenedSheet] = {}
        for entry in book.iter(f"{_MAIN}sheet"):
            title = entry.attrib["name"]
            is_hidden = entry.get("state", "visible") != "visible"
            self.sheets[title] = self._sheet(ReopenedSheet(title, is_hidden), targets[entry.attrib[_RELATED]])
        self.names = {name.attrib["name"]: name.text or "" for name in book.iter(f"{_MAIN}definedName")}

    def place(self, name: str) -> tuple[str, str]:
        """Return sheet and cell of a defined name; empty texts when there is none."""
        sheet, _, cell = self.names.get(name, "").rpartition("!")
        return sheet.strip("'").replace("''", "'"), cell.replace("$", "")

    def value(self, name: str) -> Found:
        """Return the value of a named cell."""
        sheet, cell = self.place(name)
        return self.sheets[sheet].cells.get(cell) if sheet in self.sheets else None

    def _shared(self) -> list[str]:
        table = fromstring(self._parts["xl/sharedStrings.xml"])
        return [_text(item) for item in table.iter(f"{_MAIN}si")]

    def _related(self, part: str) -> dict[str, str]:
        folder, name = posixpath.split(part)
        relations = self._parts.get(f"{folder}/_rels/{name}.rels")
        if relations is None:
            return {}
        return {
            entry.attrib["Id"]: posixpath.normpath(posixpath.join("/" + folder, entry.attrib["Target"])).lstrip("/")
            for entry in fromstring(relations).iter(_PACKAGE)
        }

    def _sheet(self, sheet: ReopenedSheet, part: str) -> ReopenedSheet:
        tree = fromstring(self._parts[part])
        for cell in tree.iter(f"{_MAIN}c"):
            self._cell(sheet, cell)
        sheet.validations = [_content(entry, "formula1") for entry in tree.iter(f"{_MAIN}dataValidation")]
        sheet.merged = [entry.attrib["ref"] for entry in tree.iter(f"{_MAIN}mergeCell")]
        drawings = [target for target in self._related(part).values() if "/drawings/" in target]
        sheet.pictures = sum(1 for drawing in drawings for _ in fromstring(self._parts[drawing]).iter(_DRAWN))
        return sheet

    def _cell(self, sheet: ReopenedSheet, cell: Element) -> None:
        place, kind, value = cell.attrib["r"], cell.get("t", "n"), cell.findtext(f"{_MAIN}v")
        if value is None:
            if cell.find(f"{_MAIN}f") is not None:
                sheet.empty_formulas.append(place)
        elif kind == "e":
            sheet.errors.append(place)
        elif kind == "s":
            sheet.cells[place] = self._texts[int(value)]
        else:
            sheet.cells[place] = value if kind == "str" else float(value)


def _text(item: Element) -> str:
    return "".join(part.text or "" for part in item.iter(f"{_MAIN}t"))


def _content(entry: Element, name: str) -> str:
    return entry.findtext(f"{_MAIN}{name}") or ""
