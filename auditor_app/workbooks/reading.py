"""Read what a workbook says, whoever wrote it: Excel, WPS, LibreOffice, or somebody with bad intentions.

openpyxl would read it too, and much more: pictures, charts, styles, each another way to fail or to be fed too much.
Here nothing is read but cells, texts and names, with a bound for each, and nothing that another reader might see
differently.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import partial

from auditor_app.models.progress import Progress, unwatched
from auditor_app.workbooks.book import Book, Sheet
from auditor_app.workbooks.cells import Limits, SheetReader
from auditor_app.workbooks.container import Container, Parts
from auditor_app.workbooks.elements import parse
from auditor_app.workbooks.parts import RelationsPart, StringsPart, StylesPart, WorkbookPart, WorksheetPart
from auditor_app.workbooks.problems import WorkbookProblem, damaged

MOST_SHEETS = 1_000
# Parts whose values come from elsewhere, and parts that are programs.
_FROM_OUTSIDE = {"externalLink", "connections"}
_PROGRAMS = {"vbaProject", "xlMacrosheet", "xlIntlMacrosheet"}

_NO_PART = ("", "")

Related = Mapping[str, tuple[str, str]]
"""Kind and name of other parts, by the id of the relation."""


def read_book(content: bytes, progress: Progress = unwatched) -> Book:
    """Read the content of an xlsx file; raises `WorkbookProblem` for all that is no sound workbook.

    The steps of the `progress` are its sheets; what ends it is raised.
    """
    return book_of(Container(content), progress=progress)


def book_of(parts: Parts, limits: Limits | None = None, progress: Progress = unwatched) -> Book:
    """Read a workbook from its parts; raises `WorkbookProblem` as `read_book` does.

    The steps of the `progress` are the sheets.
    """
    return _Reading(parts, limits or Limits()).book(progress)


def outline_of(parts: Parts) -> Book:
    """Read sheets and names of a workbook without the cells; raises `WorkbookProblem`."""
    workbook, related = _Reading(parts, Limits()).head()
    sheets = (
        Sheet(title, state == "visible", {}, related.get(key, _NO_PART)[1]) for title, state, key in workbook.sheets
    )
    return Book(tuple(sheets), workbook.names, frozenset(workbook.local_names), workbook.starts_1904)


def related(parts: Parts, part: str, kind: str) -> list[str]:
    """Return the parts that a part refers to in one way; raises `WorkbookProblem`."""
    relations = _relations_of(part)
    return [name for this, name in _related(parts, part).values() if this == kind] if relations in parts else []


class _Reading:
    """One workbook being read."""

    def __init__(self, parts: Parts, limits: Limits) -> None:
        self._parts = parts
        self._limits = limits

    def head(self) -> tuple[WorkbookPart, Related]:
        """Read sheets and names, and where the parts of the workbook are; raises `WorkbookProblem`."""
        part = _only("officeDocument", _related(self._parts, ""))
        if not part.endswith(".xml") or part not in self._parts:
            raise WorkbookProblem("", "not_a_workbook")
        workbook, related = WorkbookPart(), _related(self._parts, part)
        parse(self._parts.read(part), part, workbook)
        _check(workbook, related, part)
        return workbook, related

    def book(self, progress: Progress) -> Book:
        """Read it all; raises `WorkbookProblem`."""
        workbook, related = self.head()
        strings, styles = StringsPart(), StylesPart()
        for kind, elements in (("sharedStrings", strings), ("styles", styles)):
            if name := _only(kind, related):
                parse(self._parts.read(name), name, elements)
        sheets = []
        for done, (title, state, relation) in enumerate(workbook.sheets):
            self._limits.look = partial(progress, done, len(workbook.sheets))
            self._limits.look()
            reader = SheetReader(title, strings.found, styles.formats, self._limits)
            sheets.append(self._sheet(reader, title, state == "visible", related.get(relation, _NO_PART)))
        local = frozenset(workbook.local_names)
        return Book(tuple(sheets), workbook.names, local, workbook.starts_1904, styles.has_masks)

    def _sheet(self, reader: SheetReader, title: str, is_visible: bool, related: tuple[str, str]) -> Sheet:
        kind, name = related
        elements = WorksheetPart(reader)
        if kind == "worksheet":
            parse(self._parts.read(name), name, elements)
        elif kind not in ("chartsheet", "dialogsheet"):
            raise damaged(title)
        unresolved, merged, lists = map(tuple, (reader.unresolved, elements.merged, elements.lists))
        return Sheet(title, is_visible, reader.cells, name, unresolved, merged, lists)


def _related(parts: Parts, part: str) -> Related:
    relations, found = _relations_of(part), RelationsPart()
    if relations not in parts:
        raise WorkbookProblem("", "not_a_workbook")
    parse(parts.read(relations), relations, found)
    folder = posixpath.dirname(part)
    return {key: (kind, _part(folder, target)) for key, (kind, target) in found.found.items()}


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _check(workbook: WorkbookPart, related: Related, part: str) -> None:
    kinds = {kind for kind, _ in related.values()}
    if kinds & _FROM_OUTSIDE:
        raise WorkbookProblem("", "external_links")
    if kinds & _PROGRAMS:
        raise WorkbookProblem("", "macros")
    titles = [title.casefold() for title, _, _ in workbook.sheets]
    if not titles or len(titles) > MOST_SHEETS:
        raise damaged(part)
    if len(set(titles)) != len(titles):
        raise WorkbookProblem("", "ambiguous", what=workbook.sheets[0][0][:80])


def _only(kind: str, related: Related) -> str:
    """Return the one part of a kind, empty for none."""
    found = [name for this, name in related.values() if this == kind]
    if len(found) > 1:
        raise WorkbookProblem("", "ambiguous", what=kind)
    return found[0] if found else ""


def _part(folder: str, target: str) -> str:
    """Return the name of the part that a relation of a part in `folder` leads to."""
    # Some programs decode `%31` and turn backslashes, others do not.
    if "%" in target or "\\" in target:
        raise WorkbookProblem("", "ambiguous", what=target[:80])
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
