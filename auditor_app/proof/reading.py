"""Read what a workbook says, whoever wrote it: Excel, WPS, LibreOffice, or somebody with bad intentions.

openpyxl would read it too, and much more: pictures, charts, styles, each another way to fail or to be fed too much.
Here nothing is read but cells, texts and names, with a bound for each, and nothing that another reader might see
differently.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from auditor_app.models.progress import Progress, unwatched
from auditor_app.proof.book import Book, Sheet
from auditor_app.proof.container import Container
from auditor_app.proof.elements import parse
from auditor_app.proof.parts import RelationsPart, StringsPart, StylesPart, WorkbookPart, WorksheetPart
from auditor_app.proof.problems import ProofProblem, damaged
from auditor_app.proof.sheet_reading import Limits, SheetReader

MOST_SHEETS = 1_000
# Parts whose values come from elsewhere, and parts that are programs.
_FROM_OUTSIDE = {"externalLink", "connections"}
_PROGRAMS = {"vbaProject", "xlMacrosheet", "xlIntlMacrosheet"}

Related = Mapping[str, tuple[str, str]]
"""Kind and name of other parts, by the id of the relation."""


def read_book(content: bytes, progress: Progress = unwatched) -> Book:
    """Read the content of an xlsx file; raises `ProofProblem` for all that is no sound workbook.

    The steps of the `progress` are its sheets; what ends it is raised.
    """
    return _Reading(Container(content), progress).book()


class _Reading:
    """One workbook being read."""

    def __init__(self, container: Container, progress: Progress) -> None:
        self._container = container
        self._progress = progress
        self._done, self._total = 0, 1
        self._limits = Limits(self._tell)

    def book(self) -> Book:
        """Read it all; raises `ProofProblem`."""
        part = _only("officeDocument", self._related(""))
        if not part.endswith(".xml") or part not in self._container:
            raise ProofProblem("", "not_a_workbook")
        workbook, related = WorkbookPart(), self._related(part)
        parse(self._container.read(part), part, workbook)
        _check(workbook, related, part)
        strings, styles = StringsPart(), StylesPart()
        for kind, elements in (("sharedStrings", strings), ("styles", styles)):
            if name := _only(kind, related):
                parse(self._container.read(name), name, elements)
        sheets = []
        for place, (title, state, relation) in enumerate(workbook.sheets):
            self._done, self._total = place, len(workbook.sheets)
            self._tell()
            reader = SheetReader(title, strings.found, styles.formats, self._limits)
            self._read_sheet(reader, title, related.get(relation, ("", "")))
            sheets.append(Sheet(title, state == "visible", reader.cells))
        local = frozenset(workbook.local_names)
        return Book(tuple(sheets), workbook.names, local, workbook.starts_1904, styles.has_masks)

    def _tell(self) -> None:
        self._progress(self._done, self._total)

    def _read_sheet(self, reader: SheetReader, title: str, related: tuple[str, str]) -> None:
        kind, name = related
        if kind == "worksheet":
            parse(self._container.read(name), name, WorksheetPart(reader))
        elif kind not in ("chartsheet", "dialogsheet"):
            raise damaged(title)

    def _related(self, part: str) -> Related:
        folder, name = posixpath.split(part)
        relations, found = posixpath.join(folder, "_rels", f"{name}.rels"), RelationsPart()
        if relations not in self._container:
            raise ProofProblem("", "not_a_workbook")
        parse(self._container.read(relations), relations, found)
        return {key: (kind, _part(folder, target)) for key, (kind, target) in found.found.items()}


def _check(workbook: WorkbookPart, related: Related, part: str) -> None:
    kinds = {kind for kind, _ in related.values()}
    if kinds & _FROM_OUTSIDE:
        raise ProofProblem("", "external_links")
    if kinds & _PROGRAMS:
        raise ProofProblem("", "macros")
    titles = [title.casefold() for title, _, _ in workbook.sheets]
    if not titles or len(titles) > MOST_SHEETS:
        raise damaged(part)
    if len(set(titles)) != len(titles):
        raise ProofProblem("", "ambiguous", what=workbook.sheets[0][0][:80])


def _only(kind: str, related: Related) -> str:
    """Return the one part of a kind, empty for none."""
    found = [name for this, name in related.values() if this == kind]
    if len(found) > 1:
        raise ProofProblem("", "ambiguous", what=kind)
    return found[0] if found else ""


def _part(folder: str, target: str) -> str:
    """Return the name of the part that a relation of a part in `folder` leads to."""
    # Some programs decode `%31` and turn backslashes, others do not.
    if "%" in target or "\\" in target:
        raise ProofProblem("", "ambiguous", what=target[:80])
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
