"""What the parts of a workbook say: relations, sheets and names, shared strings, formats, cells."""

from __future__ import annotations

from typing import ClassVar

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from auditor_app.proof.elements import Attributes, Elements
from auditor_app.proof.masks import masks
from auditor_app.proof.problems import ProofProblem
from auditor_app.proof.sheet_reading import CellFormat, SheetReader, unescaped

MOST_NAMES = 20_000
_LONGEST_FORMAT = 255
_ROW = "worksheet/sheetData/row"


class RelationsPart(Elements):
    """Where the other parts are: kind and target by id."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, tuple[str, str]] = {}

    def begin(self, path: str, attributes: Attributes) -> None:
        """Take a relation; what lies outside the workbook is none of it."""
        if path == "Relationships/Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found[attributes.get("Id", "")] = kind, attributes.get("Target", "")


class WorkbookPart(Elements):
    """Sheets and names of a workbook."""

    WATCHED: ClassVar = frozenset({"sheets", "sheet", "definedNames", "definedName"})
    PLACES: ClassVar = frozenset(
        {"workbook/sheets", "workbook/sheets/sheet", "workbook/definedNames", "workbook/definedNames/definedName"}
    )

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, str]] = []
        self.names: dict[str, str] = {}
        self.local_names: set[str] = set()
        self.starts_1904 = False
        self._name = ""

    def begin(self, path: str, attributes: Attributes) -> None:
        """Take a sheet or the head of a name."""
        match path:
            case "workbook/workbookPr":
                self.starts_1904 = attributes.get("date1904", "0") in ("1", "true", "on")
            case "workbook/sheets/sheet":
                title, state = attributes.get("name", ""), attributes.get("state", "visible")
                self.sheets.append((title, state, attributes.get("r:id", "")))
            case "workbook/definedNames/definedName":
                self._begin_name(attributes)

    def end(self, path: str) -> None:
        """Take what a name refers to."""
        if path == "workbook/definedNames/definedName":
            text = self.heard()
            if self._name:
                self.names[self._name] = text

    def _begin_name(self, attributes: Attributes) -> None:
        if len(self.names) + len(self.local_names) >= MOST_NAMES:
            raise ProofProblem("", "too_large")
        # Names ignore case.
        name = attributes.get("name", "").lower()
        is_local = "localSheetId" in attributes
        if is_local:
            self.local_names.add(name)
        elif name in self.names:
            raise ProofProblem("", "ambiguous", what=name[:80])
        self._name = "" if is_local else name
        self.listen()


class StringsPart(Elements):
    """The shared strings; what stands in ruby is left out."""

    WATCHED: ClassVar = frozenset({"si"})
    PLACES: ClassVar = frozenset({"sst/si"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._texts: list[str] = []

    def begin(self, path: str, attributes: Attributes) -> None:
        """Begin a string or a run of it."""
        if path == "sst/si":
            self._texts = []
        elif path in ("sst/si/t", "sst/si/r/t"):
            self.listen()

    def end(self, path: str) -> None:
        """Take a run, or the whole string."""
        if path in ("sst/si/t", "sst/si/r/t"):
            self._texts.append(self.heard())
        elif path == "sst/si":
            self.found.append(unescaped("".join(self._texts)))


class StylesPart(Elements):
    """Which cell formats show days and which mask values, by their place in the list."""

    WATCHED: ClassVar = frozenset({"numFmts", "cellXfs", "dxfs"})
    PLACES: ClassVar = frozenset({"styleSheet/numFmts", "styleSheet/cellXfs", "styleSheet/dxfs"})

    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[str, str] = {}
        self.formats: list[CellFormat] = []
        self.has_masks = False

    def begin(self, path: str, attributes: Attributes) -> None:
        """Take a format."""
        match path:
            case "styleSheet/numFmts/numFmt":
                self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:_LONGEST_FORMAT]
            case "styleSheet/cellXfs/xf":
                self.formats.append(self._format(attributes.get("numFmtId", "0")))
            case "styleSheet/dxfs/dxf/numFmt":
                self.has_masks |= masks(attributes.get("formatCode", "")[:_LONGEST_FORMAT])

    def _format(self, number: str) -> CellFormat:
        is_number = number.isascii() and number.isdigit() and len(number) < 7
        code = self._codes.get(number) or (BUILTIN_FORMATS.get(int(number), "") if is_number else "")
        return CellFormat(bool(is_date_format(code)), masks(code))


class WorksheetPart(Elements):
    """The cells of one sheet."""

    WATCHED: ClassVar = frozenset({"sheetData", "row", "c"})
    PLACES: ClassVar = frozenset({"worksheet/sheetData", _ROW, f"{_ROW}/c"})

    def __init__(self, reader: SheetReader) -> None:
        super().__init__()
        self._reader = reader
        self._texts: list[str] = []

    def begin(self, path: str, attributes: Attributes) -> None:
        """Begin a row, a cell, or what stands in it."""
        if not path.startswith(_ROW):
            return
        match path[len(_ROW) :]:
            case "":
                self._reader.row(attributes.get("r"))
            case "/c":
                self._reader.cell(attributes.get("r"), attributes.get("t", "n"), attributes.get("s", "0"))
                self._texts = []
            case "/c/f":
                kind, group = attributes.get("t", ""), attributes.get("si", "")
                self._reader.formula_head(kind, group, attributes.get("ref", ""))
                self.listen()
            case "/c/v" | "/c/is/t" | "/c/is/r/t":
                self.listen()

    def end(self, path: str) -> None:
        """Take a formula, a value, a text, or the whole cell."""
        if not path.startswith(_ROW):
            return
        match path[len(_ROW) :]:
            case "/c":
                self._reader.close(unescaped("".join(self._texts)))
            case "/c/f":
                self._reader.formula(self.heard())
            case "/c/v":
                self._reader.value(self.heard())
            case "/c/is/t" | "/c/is/r/t":
                self._texts.append(self.heard())
