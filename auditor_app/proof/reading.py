"""Read what a workbook says, whoever wrote it: Excel, WPS, LibreOffice, or somebody with bad intentions.

openpyxl would read it too, and much more: pictures, charts, styles, each another way to fail or to be fed too much.
Here nothing is read but cells, texts and names, with a bound for each.
"""

from __future__ import annotations

import posixpath
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import sax
from defusedxml.common import DefusedXmlException
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from auditor_app.proof.book import Book, Sheet
from auditor_app.proof.container import Container
from auditor_app.proof.masks import masks
from auditor_app.proof.problems import ProofProblem, damaged
from auditor_app.proof.sheet_reading import CellFormat, Limits, SheetReader, unescaped

DEEPEST = 64
MOST_ELEMENTS = 4_000_000
MOST_SHEETS = 1_000
MOST_NAMES = 20_000
_LONGEST_FORMAT = 255


def read_book(content: bytes) -> Book:
    """Read the content of an xlsx file; raises `ProofProblem` for all that is no sound workbook."""
    return _Reading(Container(content)).book()


class _Elements(ContentHandler):
    """Tell of elements by their local name, with the path above them; text only where somebody asks for it."""

    def __init__(self) -> None:
        super().__init__()
        self._path: list[str] = []
        self._count = 0
        self._text: list[str] | None = None

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - the reader calls it so
        self._count += 1
        if len(self._path) >= DEEPEST or self._count > MOST_ELEMENTS:
            raise ProofProblem("", "bomb")
        local = name.rpartition(":")[2]
        self._path.append(local)
        self.begin(local, attrs)

    def endElement(self, _name: str) -> None:  # noqa: N802 - the reader calls it so
        self.end(self._path.pop())

    def characters(self, content: str) -> None:
        if self._text is not None:
            self._text.append(content)

    def listen(self) -> None:
        """Collect text from here on."""
        self._text = []

    def heard(self) -> str:
        """Return the text since `listen`, and listen no longer."""
        text, self._text = "".join(self._text or ()), None
        return text

    def above(self) -> str:
        """Return the element around the one that begins."""
        return self._path[-2] if len(self._path) > 1 else ""

    def begin(self, name: str, attrs: AttributesImpl) -> None:
        """Take an element that begins."""

    def end(self, name: str) -> None:
        """Take an element that ends."""


class _Relations(_Elements):
    """Where the other parts are: kind and target by id."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, tuple[str, str]] = {}

    def begin(self, name: str, attrs: AttributesImpl) -> None:
        if name == "Relationship" and attrs.get("TargetMode") != "External":
            kind = attrs.get("Type", "").rpartition("/")[2]
            self.found[attrs.get("Id", "")] = kind, attrs.get("Target", "")


class _Workbook(_Elements):
    """Sheets and names of a workbook."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, str]] = []
        self.names: dict[str, str] = {}
        self.local_names: set[str] = set()
        self.starts_1904 = False
        self._name = ""

    def begin(self, name: str, attrs: AttributesImpl) -> None:
        if name == "workbookPr":
            self.starts_1904 = attrs.get("date1904", "0") in ("1", "true")
        elif name == "sheet" and self.above() == "sheets":
            relation = next((attrs[key] for key in attrs.getNames() if key.endswith(":id")), "")
            self.sheets.append((attrs.get("name", ""), attrs.get("state", "visible"), relation))
        elif name == "definedName":
            if len(self.names) + len(self.local_names) >= MOST_NAMES:
                raise ProofProblem("", "too_large")
            is_local = "localSheetId" in attrs.getNames()
            # Names ignore case.
            self._name = attrs.get("name", "").lower()
            if is_local:
                self.local_names.add(self._name)
                self._name = ""
            elif self._name in self.names:
                raise ProofProblem("", "ambiguous", what=self._name[:80])
            self.listen()

    def end(self, name: str) -> None:
        if name == "definedName":
            text = self.heard()
            if self._name:
                self.names[self._name] = text


class _Strings(_Elements):
    """The shared strings; what stands in ruby is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._parts: list[str] = []

    def begin(self, name: str, attrs: AttributesImpl) -> None:
        if name == "si":
            self._parts = []
        elif name == "t" and self.above() in ("si", "r"):
            self.listen()

    def end(self, name: str) -> None:
        if name == "t":
            self._parts.append(self.heard())
        elif name == "si":
            self.found.append(unescaped("".join(self._parts)))


class _Styles(_Elements):
    """Which cell formats show days and which mask values, by their place in the list."""

    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[str, str] = {}
        self.formats: list[CellFormat] = []
        self.has_masks = False

    def begin(self, name: str, attrs: AttributesImpl) -> None:
        if name == "numFmt" and self.above() == "numFmts":
            self._codes[attrs.get("numFmtId", "")] = attrs.get("formatCode", "")[:_LONGEST_FORMAT]
        elif name == "xf" and self.above() == "cellXfs":
            self.formats.append(self._format(attrs.get("numFmtId", "0")))
        elif name == "numFmt" and self.above() == "dxf":
            self.has_masks |= masks(attrs.get("formatCode", "")[:_LONGEST_FORMAT])

    def _format(self, number: str) -> CellFormat:
        builtin = BUILTIN_FORMATS.get(int(number), "") if number.isascii() and number.isdigit() else ""
        code = self._codes.get(number, builtin)
        return CellFormat(bool(is_date_format(code)), masks(code))


class _Worksheet(_Elements):
    """The cells of one sheet."""

    def __init__(self, reader: SheetReader) -> None:
        super().__init__()
        self._reader = reader
        self._texts: list[str] = []

    def begin(self, name: str, attrs: AttributesImpl) -> None:
        match name, self.above():
            case "row", "sheetData":
                self._reader.row(attrs.get("r"))
            case "c", "row":
                self._reader.cell(attrs.get("r"), attrs.get("t", "n"), attrs.get("s", "0"))
                self._texts = []
            case "f", "c":
                self._reader.formula_head(attrs.get("t", ""), attrs.get("si", ""))
                self.listen()
            case ("v", "c") | ("t", "is" | "r"):
                self.listen()

    def end(self, name: str) -> None:
        match name, self._path[-1] if self._path else "":
            case "c", "row":
                self._reader.close(unescaped("".join(self._texts)))
            case "f", "c":
                self._reader.formula(self.heard())
            case "v", "c":
                self._reader.value(self.heard())
            case "t", "is" | "r":
                self._texts.append(self.heard())


class _Reading:
    """One workbook being read."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._limits = Limits()

    def book(self) -> Book:
        """Read it all; raises `ProofProblem`."""
        relations = self._relations("")
        main = next((target for kind, target in relations.values() if kind == "officeDocument"), "")
        part = _part("", main)
        if not part.endswith(".xml") or part not in self._container:
            raise ProofProblem("", "not_a_workbook")
        workbook = _Workbook()
        self._parse(part, workbook)
        return self._filled(workbook, part)

    def _filled(self, workbook: _Workbook, part: str) -> Book:
        folder, relations = posixpath.dirname(part), self._relations(part)
        parts = {key: (kind, _part(folder, target)) for key, (kind, target) in relations.items()}
        kinds = {kind for kind, _ in parts.values()}
        if "externalLink" in kinds:
            raise ProofProblem("", "external_links")
        if "vbaProject" in kinds:
            raise ProofProblem("", "macros")
        titles = [title.casefold() for title, _, _ in workbook.sheets]
        if not titles or len(titles) > MOST_SHEETS:
            raise damaged(part)
        if len(set(titles)) != len(titles):
            raise ProofProblem("", "ambiguous", what=workbook.sheets[0][0][:80])
        strings, styles = _Strings(), _Styles()
        for kind, handler in (("sharedStrings", strings), ("styles", styles)):
            found = [name for this, name in parts.values() if this == kind]
            if found:
                self._parse(found[0], handler)
        sheets = []
        for title, state, relation in workbook.sheets:
            kind, name = parts.get(relation, ("", ""))
            reader = SheetReader(title, strings.found, styles.formats, self._limits)
            if kind == "worksheet":
                self._parse(name, _Worksheet(reader))
            elif kind not in ("chartsheet", "dialogsheet"):
                raise damaged(title)
            sheets.append(Sheet(title, state == "visible", reader.cells))
        local = frozenset(workbook.local_names)
        return Book(tuple(sheets), workbook.names, local, workbook.starts_1904, styles.has_masks)

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        folder, name = posixpath.split(part)
        found = _Relations()
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self._container:
            raise ProofProblem("", "not_a_workbook")
        self._parse(relations, found)
        return found.found

    def _parse(self, part: str, handler: ContentHandler) -> None:
        content = self._container.read(part)
        try:
            sax.parseString(content, handler, forbid_dtd=True)
        except DefusedXmlException as error:
            raise ProofProblem("", "entities") from error
        except (SAXException, ValueError, LookupError) as error:
            raise damaged(part) from error


def _part(folder: str, target: str) -> str:
    """Return the name of the part that a relation of a part in `folder` leads to."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
