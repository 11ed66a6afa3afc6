"""What the parts of a workbook say: relations, sheets and names, shared strings, formats, cells."""

from __future__ import annotations

from typing import ClassVar

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from auditor_app.workbooks.cells import CellFormat, SheetReader, unescaped
from auditor_app.workbooks.elements import Attributes, Elements, relation_of
from auditor_app.workbooks.masks import masks
from auditor_app.workbooks.problems import WorkbookProblem

MOST_NAMES = 20_000
MOST_RANGES = 400_000
"""Of merged cells, and of lists to choose from, in one sheet."""
_LONGEST_FORMAT = 255
_ROW = "worksheet/sheetData/row"
_NAME = "workbook/definedNames/definedName"


class RelationsPart(Elements):
    """Where the other parts are: kind and target by id."""

    def __init__(self) -> None:
        super().__init__({"Relationships/Relationship": self._take})
        self.found: dict[str, tuple[str, str]] = {}

    def _take(self, attributes: Attributes) -> None:
        """Take a relation; what lies outside the workbook is none of it."""
        if attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found[attributes.get("Id", "")] = kind, attributes.get("Target", "")


class WorkbookPart(Elements):
    """Sheets and names of a workbook."""

    WATCHED: ClassVar = frozenset({"sheets", "sheet", "definedNames", "definedName"})
    PLACES: ClassVar = frozenset({"workbook/sheets", "workbook/sheets/sheet", "workbook/definedNames", _NAME})

    def __init__(self) -> None:
        begins = {
            "workbook/workbookPr": self._take_facts,
            "workbook/sheets/sheet": self._take_sheet,
            _NAME: self._begin_name,
        }
        super().__init__(begins, {_NAME: self._end_name})
        self.sheets: list[tuple[str, str, str]] = []
        self.names: dict[str, str] = {}
        self.local_names: set[str] = set()
        self.starts_1904 = False
        self._name = ""

    def _take_facts(self, attributes: Attributes) -> None:
        self.starts_1904 = attributes.get("date1904", "0") in ("1", "true", "on")

    def _take_sheet(self, attributes: Attributes) -> None:
        title, state = attributes.get("name", ""), attributes.get("state", "visible")
        self.sheets.append((title, state, relation_of(attributes)))

    def _begin_name(self, attributes: Attributes) -> None:
        if len(self.names) + len(self.local_names) >= MOST_NAMES:
            raise WorkbookProblem("", "too_large")
        # Names ignore case.
        name = attributes.get("name", "").lower()
        is_local = "localSheetId" in attributes
        if is_local:
            self.local_names.add(name)
        elif name in self.names:
            raise WorkbookProblem("", "ambiguous", what=name[:80])
        self._name = "" if is_local else name
        self.listen()

    def _end_name(self) -> None:
        text = self.heard()
        if self._name:
            self.names[self._name] = text


class StringsPart(Elements):
    """The shared strings; what stands in ruby is left out."""

    WATCHED: ClassVar = frozenset({"si"})
    PLACES: ClassVar = frozenset({"sst/si"})

    def __init__(self) -> None:
        begins = {"sst/si": self._begin, "sst/si/t": self.listen, "sst/si/r/t": self.listen}
        super().__init__(begins, {"sst/si": self._end, "sst/si/t": self._take, "sst/si/r/t": self._take})
        self.found: list[str] = []
        self._texts: list[str] = []

    def _begin(self, _attributes: Attributes) -> None:
        self._texts = []

    def _take(self) -> None:
        self._texts.append(self.heard())

    def _end(self) -> None:
        self.found.append(unescaped("".join(self._texts)))


class StylesPart(Elements):
    """Which cell formats show days and which mask values, by their place in the list."""

    WATCHED: ClassVar = frozenset({"numFmts", "cellXfs", "dxfs"})
    PLACES: ClassVar = frozenset({"styleSheet/numFmts", "styleSheet/cellXfs", "styleSheet/dxfs"})

    def __init__(self) -> None:
        begins = {
            "styleSheet/numFmts/numFmt": self._take_code,
            "styleSheet/cellXfs/xf": self._take_format,
            "styleSheet/dxfs/dxf/numFmt": self._take_condition,
        }
        super().__init__(begins)
        self._codes: dict[str, str] = {}
        self.formats: list[CellFormat] = []
        self.has_masks = False

    def _take_code(self, attributes: Attributes) -> None:
        self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:_LONGEST_FORMAT]

    def _take_format(self, attributes: Attributes) -> None:
        number = attributes.get("numFmtId", "0")
        is_number = number.isascii() and number.isdigit() and len(number) < 7
        code = self._codes.get(number) or (BUILTIN_FORMATS.get(int(number), "") if is_number else "")
        self.formats.append(CellFormat(bool(is_date_format(code)), masks(code)))

    def _take_condition(self, attributes: Attributes) -> None:
        self.has_masks |= masks(attributes.get("formatCode", "")[:_LONGEST_FORMAT])


class WorksheetPart(Elements):
    """The cells of one sheet, and what else of it is kept."""

    WATCHED: ClassVar = frozenset({"sheetData", "row", "c"})
    PLACES: ClassVar = frozenset({"worksheet/sheetData", _ROW, f"{_ROW}/c"})

    def __init__(self, reader: SheetReader) -> None:
        texts = (f"{_ROW}/c/is/t", f"{_ROW}/c/is/r/t")
        listed = "worksheet/dataValidations/dataValidation/formula1"
        begins = {
            _ROW: self._begin_row,
            f"{_ROW}/c": self._begin_cell,
            f"{_ROW}/c/f": self._begin_formula,
            "worksheet/mergeCells/mergeCell": self._take_merged,
        }
        ends = {
            f"{_ROW}/c": self._end_cell,
            f"{_ROW}/c/f": lambda: reader.formula(self.heard()),
            f"{_ROW}/c/v": lambda: reader.value(self.heard()),
            listed: lambda: _append(self.lists, self.heard()),
        }
        super().__init__(
            begins | dict.fromkeys((f"{_ROW}/c/v", *texts, listed), self.listen),
            ends | dict.fromkeys(texts, lambda: self._texts.append(self.heard())),
        )
        self.merged: list[str] = []
        self.lists: list[str] = []
        self._reader = reader
        self._texts: list[str] = []

    def _begin_row(self, attributes: Attributes) -> None:
        self._reader.row(attributes.get("r"))

    def _begin_cell(self, attributes: Attributes) -> None:
        self._reader.cell(attributes.get("r"), attributes.get("t", "n"), attributes.get("s", "0"))
        if self._texts:
            self._texts = []

    def _begin_formula(self, attributes: Attributes) -> None:
        kind, group = attributes.get("t", ""), attributes.get("si", "")
        self._reader.formula_head(kind, group, attributes.get("ref", ""))
        self.listen()

    def _end_cell(self) -> None:
        self._reader.close(unescaped("".join(self._texts)) if self._texts else "")

    def _take_merged(self, attributes: Attributes) -> None:
        _append(self.merged, attributes.get("ref", ""))


def _append(ranges: list[str], found: str) -> None:
    if len(ranges) >= MOST_RANGES:
        raise WorkbookProblem("", "too_large")
    ranges.append(found)
