"""What to know before a form is filled: what does not survive, what cannot move, what to look at afterwards.

Found by looking into the parts of the workbook. Parts nobody touches are written back as they were, so this is short.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from auditor_app.forms.formulas import is_readable
from auditor_app.forms.names import PLACEHOLDER
from auditor_app.forms.package import Package, Sheet
from auditor_app.forms.problems import FormProblem
from auditor_app.forms.scan import Form
from auditor_app.forms.tree import Node, parse
from auditor_app.models.forms import FormRemark

MOST_NAMED = 5


def remarks(form: Form, *, grows: bool) -> Iterator[FormRemark]:
    """Yield what to know, what is lost first; `grows` when rows will be added."""
    package = form.package
    if signatures(package):
        yield FormRemark("signature", is_loss=True)
    yield from _unmoved(form, grows)
    if form.unclosed:
        yield FormRemark("unclosed", {"places": _named(form.unclosed)}, is_loss=True)
    if form.in_formulas:
        yield FormRemark("in_formulas", {"places": _named(form.in_formulas)}, is_loss=True)
    titled = [sheet.title for sheet in package.sheets if PLACEHOLDER.search(sheet.title)]
    if titled:
        yield FormRemark("sheet_titles", {"places": _named(titled)}, is_loss=True)
    if any(_OPENING in package.parts[part] for part in package.parts if any(kind in part for kind in _ELSEWHERE)):
        yield FormRemark("elsewhere", is_loss=True)
    if form.headings:
        yield FormRemark("table_heading", {"places": _named(form.headings)}, is_loss=True)
    calculated = sum(1 for sheet in package.sheets for _ in formulas_of(form.grids[sheet.part].root))
    if calculated:
        yield FormRemark("formulas", {"count": calculated})
    for code, is_there in _PARTS.items():
        if any(map(is_there, package.parts)):
            yield FormRemark(code)
    hidden = [sheet.title for sheet in package.sheets if sheet.hidden and _asks(form, sheet)]
    if hidden:
        yield FormRemark("hidden_sheets", {"places": _named(hidden)})
    protected = [s.title for s in package.sheets if form.grids[s.part].root.child("sheetProtection") is not None]
    if protected:
        yield FormRemark("protected", {"places": _named(protected)})


_OPENING = b"{{"
_ELSEWHERE = ("/comments", "/threadedComments/", "/diagrams/")
"""Parts with texts that nobody fills: notes and SmartArt."""

_PARTS: dict[str, Callable[[str], bool]] = {
    "pivots": lambda part: "/pivotTables/" in part,
    "connections": lambda part: part.endswith("/connections.xml"),
    "external_links": lambda part: "/externalLinks/externalLink" in part,
    "embedded": lambda part: "/embeddings/" in part or "/activeX/" in part,
}
"""What stays as it is but does not follow the new values by itself, by part."""


def signatures(package: Package) -> list[str]:
    """Return the parts of signatures, which any change makes void."""
    return [part for part in package.parts if part.startswith("_xmlsignatures/")]


def formulas_of(root: Node) -> Iterator[Node]:
    """Yield the formulas in the cells of a sheet."""
    data = root.child("sheetData")
    for row in data.all("row") if data is not None else []:
        for cell in row.all("c"):
            formula = cell.child("f")
            if formula is not None:
                yield formula


def _unmoved(form: Form, grows: bool) -> Iterator[FormRemark]:
    """Yield what cannot follow when rows are added."""
    if not grows:
        return
    package = form.package
    by_text = [
        sheet.title
        for sheet in package.sheets
        if any(formula.text and not is_readable(formula.text) for formula in formulas_of(form.grids[sheet.part].root))
    ]
    if by_text:
        yield FormRemark("formulas_by_text", {"places": _named(by_text)}, is_loss=True)
    unread = [s.title for s in package.sheets if any(not _is_tree(package, part) for part in old_drawings(package, s))]
    if unread:
        yield FormRemark("notes_unmoved", {"places": _named(unread)}, is_loss=True)
    pictures = [sheet.title for sheet in package.sheets if package.related(sheet.part, "drawing")]
    if pictures:
        yield FormRemark("drawings_move", {"places": _named(pictures)})


def old_drawings(package: Package, sheet: Sheet) -> list[str]:
    """Return the parts of a sheet that hold notes and controls as the oldest format of drawings has them."""
    return package.related(sheet.part, "vmlDrawing")


def _is_tree(package: Package, part: str) -> bool:
    try:
        parse(package.parts[part])
    except FormProblem:
        return False
    return True


def _asks(form: Form, sheet: Sheet) -> bool:
    return any(place.sheet is sheet for place in form.places)


def _named(places: list[str]) -> tuple[str, ...]:
    shown = tuple(dict.fromkeys(places))
    return (*shown[:MOST_NAMED], "…") if len(shown) > MOST_NAMED else shown
