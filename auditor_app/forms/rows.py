"""Repeat rows of a form, and move with them all that lies below or refers to them, on every sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from auditor_app.forms.cells import MOST_ROWS, Grid, area_of, letters
from auditor_app.forms.formulas import Block, Growth, Growths, moved, moved_cells, unshared
from auditor_app.forms.package import Package, Sheet
from auditor_app.forms.problems import FormProblem
from auditor_app.forms.remarks import old_drawings
from auditor_app.forms.scan import Form
from auditor_app.forms.tree import Node

MOST_ADDED = 100_000
MOST_CELLS_ADDED = 400_000
MOST_BLOCKS = 400
TICKS_EVERY = 100
MOST_SHARED = 30_000_000
"""Characters of formulas that cells share, once each has its own."""
# Formulas that stand outside cells: rules of looks and of what may be typed, in both forms of the format.
_FORMULAS = frozenset({"formula", "formula1", "formula2", "f"})
_CELLS = frozenset({"ref", "sqref"})
_INPUTS = frozenset({"r1", "r2"})
"""Cells that a table of what-if results varies."""
_ANCHOR = re.compile(r"\s*,\s*")


def grown(form: Form, growths: Mapping[str, Growth], tick: Callable[[], None]) -> None:
    """Repeat the blocks of the sheets (by part) and move all else; raises `FormProblem`, and what `tick` raises."""
    package = form.package
    by_title = {sheet.title.lower(): growths[sheet.part] for sheet in package.sheets if sheet.part in growths}
    for sheet in package.sheets:
        _unshare(form.grids[sheet.part])
    for sheet in package.sheets:
        growth = growths.get(sheet.part)
        grid = form.grids[sheet.part]
        _move_rules(grid.root, sheet, by_title, growth)
        _move_rows(grid, sheet, by_title, growth or Growth(()), tick)
        if growth is not None:
            _merge_again(grid, growth)
            _move_parts(package, sheet, by_title, growth)
    _move_names(package, by_title)
    _move_charts(package, by_title)


def check_room(form: Form, growths: Mapping[str, Growth]) -> None:
    """Raise `FormProblem` for rows that no sheet has room for, before anything is changed."""
    for sheet in form.package.sheets:
        growth = growths.get(sheet.part)
        if growth is None:
            continue
        grid = form.grids[sheet.part]
        last = max(grid.rows, default=0)
        is_full = growth.extra > MOST_ADDED or last + growth.extra > MOST_ROWS or len(growth.blocks) > MOST_BLOCKS
        if is_full or _cells_added(grid, growth) > MOST_CELLS_ADDED:
            raise FormProblem("too_many_rows", sheet.title, sheet=sheet.title)


def _cells_added(grid: Grid, growth: Growth) -> int:
    """Return how many cells and merges the copies of repeated rows have."""
    added = 0
    for block in growth.blocks:
        rows = (grid.rows.get(row) for row in range(block.start, min(block.end, block.start + MOST_ADDED) + 1))
        added += sum(len(row.children) for row in rows if row is not None) * (block.count - 1)
    tops = (growth.block(top) for top, _ in grid.merges)
    return added + sum(block.count - 1 for block in tops if block is not None)


def _unshare(grid: Grid) -> None:
    """Give every cell its own formula; cells that share one refer to each other's rows."""
    shared: dict[str, tuple[str, str]] = {}
    room = MOST_SHARED
    for row in grid.rows.values():
        for cell in row.all("c"):
            formula = cell.child("f")
            if formula is None or formula.attributes.get("t") != "shared":
                continue
            number = formula.attributes.get("si", "")
            if formula.text:
                shared[number] = formula.text, cell.attributes["r"]
            elif number in shared:
                text = unshared(*shared[number], cell.attributes["r"])
                if text is None:
                    raise FormProblem("formula_unreadable", cell=cell.attributes["r"])
                formula.text = text
                room -= len(text)
                if room < 0:
                    raise FormProblem("too_large_inside")
            for name in ("t", "si", "ref"):
                formula.attributes.pop(name, None)


def _move_rows(grid: Grid, sheet: Sheet, titles: Growths, growth: Growth, tick: Callable[[], None]) -> None:
    rows: dict[int, Node] = {}
    blocks = {block.start: block for block in growth.blocks}
    done = 0
    for number, row in grid.rows.items():
        if number <= done:
            continue
        block = growth.block(number)
        if block is None:
            _renumber(row, growth.first(number), sheet, titles, growth)
            rows[growth.first(number)] = row
            continue
        block = blocks[block.start]
        for copy in range(block.count):
            if copy % TICKS_EVERY == 0:
                tick()
            for source in range(block.start, block.end + 1):
                original = grid.rows.get(source)
                if original is None:
                    continue
                # The last copy may take the rows themselves.
                made = original if copy == block.count - 1 else original.copy()
                at = growth.first(source) + copy * block.height
                _renumber(made, at, sheet, titles, growth, block, copy)
                rows[at] = made
        done = block.end
    grid.store_rows(rows)


def _renumber(
    row: Node, number: int, sheet: Sheet, titles: Growths, growth: Growth, block: Block | None = None, copy: int = 0
) -> None:
    row.attributes["r"] = str(number)
    for cell in row.all("c"):
        cell.attributes["r"] = re.sub(r"\d+", str(number), cell.attributes["r"])
        formula = cell.child("f")
        if formula is None:
            continue
        if formula.text:
            formula.text = moved(formula.text, sheet.title, titles, block, copy)
        for name in _INPUTS & formula.attributes.keys():
            formula.attributes[name] = moved(formula.attributes[name], sheet.title, titles)
        if "ref" in formula.attributes:
            # A formula for several cells; of one that is repeated every copy has its own.
            cells = formula.attributes["ref"]
            formula.attributes["ref"] = (
                moved_cells(cells, growth) if block is None else _along(cells, growth, block, copy)
            )


def _along(cells: str, growth: Growth, block: Block, copy: int) -> str:
    top, left, bottom, right = area_of(cells)
    way = growth.first(block.start) - block.start + copy * block.height
    return _area(top + way, left, bottom + way, right)


def _merge_again(grid: Grid, growth: Growth) -> None:
    container = grid.root.child("mergeCells")
    if container is None:
        return
    areas: list[str] = []
    for top, left, bottom, right in grid.merges.values():
        block = growth.block(top)
        if block is not None and bottom <= block.end:
            way = growth.first(top) - top
            steps = (way + copy * block.height for copy in range(block.count))
            areas += (_area(top + step, left, bottom + step, right) for step in steps)
        else:
            areas.append(_area(growth.first(top), left, growth.last(bottom), right))
    container.children = [container.made("mergeCell", {"ref": area}) for area in areas]
    container.attributes["count"] = str(len(areas))
    grid.read_merges()


def _area(top: int, left: int, bottom: int, right: int) -> str:
    first, last = f"{letters(left)}{top}", f"{letters(right)}{bottom}"
    return first if first == last else f"{first}:{last}"


def _move_rules(root: Node, sheet: Sheet, titles: Growths, growth: Growth | None) -> None:
    """Move what a sheet says beside its cells: rules, filters, links, page breaks, controls."""
    for part in root.nodes:
        if part.name in ("sheetData", "mergeCells", "sheetViews"):
            continue
        for node in part.walk():
            if node.name in _FORMULAS and node.text and node.name != part.name:
                node.text = moved(node.text, sheet.title, titles)
            if node.name == "hyperlink" and "location" in node.attributes:
                node.attributes["location"] = moved(node.attributes["location"], sheet.title, titles)
            if growth is None:
                continue
            _move_attributes(node, growth)
            if node.name == "sqref" and node.text:
                node.text = moved_cells(node.text, growth)
            if node.name == "brk" and part.name == "rowBreaks":
                _move_number(node, "id", growth.last)
            if node.name == "anchor":
                _move_anchor(node, growth)


def _move_attributes(node: Node, growth: Growth) -> None:
    for name in _CELLS & node.attributes.keys():
        node.attributes[name] = moved_cells(node.attributes[name], growth)
    if node.name == "cfvo" and "val" in node.attributes and node.attributes.get("type") == "formula":
        node.attributes["val"] = moved(node.attributes["val"], "", {"": growth})


def _move_number(node: Node, name: str, where: Callable[[int], int], offset: int = 0) -> None:
    text = node.attributes.get(name, "")
    if text.isascii() and text.isdigit() and len(text) <= 7:
        node.attributes[name] = str(where(int(text) + offset) - offset)


def _move_parts(package: Package, sheet: Sheet, titles: Growths, growth: Growth) -> None:
    for part in package.related(sheet.part, "drawing"):
        for node in package.tree(part).nodes:
            if node.name.endswith("Anchor"):
                _move_anchor(node, growth)
    for kind in ("table", "pivotTable", "comments", "threadedComment"):
        for part in package.related(sheet.part, kind):
            for node in package.tree(part).walk():
                _move_attributes(node, growth)
    for part in package.related(sheet.part, "ctrlProp"):
        for node in package.tree(part).walk():
            for name in ("fmlaLink", "fmlaRange"):
                if name in node.attributes:
                    node.attributes[name] = moved(node.attributes[name], sheet.title, titles)
    for part in old_drawings(package, sheet):
        _move_old_drawing(package, part, sheet, titles, growth)


def _move_anchor(anchor: Node, growth: Growth) -> None:
    """Move a shape; one that lies on repeated rows stays with the first copy."""
    ends = [_row_of(end) for end in (anchor.child("from"), anchor.child("to")) if end is not None]
    rows = [int(node.text) + 1 for node in ends if node is not None and node.text.isdigit() and len(node.text) <= 7]
    if len(rows) != len(ends):
        return
    for node, row in zip(ends, _shape_rows(rows, growth), strict=True):
        assert node is not None
        node.text = str(row - 1)


def _row_of(end: Node) -> Node | None:
    return end.child("row")


def _shape_rows(rows: list[int], growth: Growth) -> list[int]:
    if len(rows) == 2 and growth.block(rows[0]) == growth.block(rows[1]):
        return [growth.first(row) for row in rows]
    return [growth.first(rows[0]), *(growth.last(row) for row in rows[1:])] if rows else []


def _move_old_drawing(package: Package, part: str, sheet: Sheet, titles: Growths, growth: Growth) -> None:
    try:
        root = package.tree(part)
    except FormProblem:
        # Such parts are often no proper XML; the person was told that they cannot move.
        return
    for node in root.walk():
        if node.name == "Anchor":
            numbers = _ANCHOR.split(node.text.strip())
            if len(numbers) == 8 and all(each.isdigit() and len(each) <= 7 for each in numbers):
                top, bottom = _shape_rows([int(numbers[2]) + 1, int(numbers[6]) + 1], growth)
                numbers[2], numbers[6] = str(top - 1), str(bottom - 1)
                node.text = ", ".join(numbers)
        elif node.name == "Row" and node.text.strip().isdigit() and len(node.text) <= 9:
            node.text = str(growth.first(int(node.text) + 1) - 1)
        elif node.name in ("FmlaLink", "FmlaRange") and node.text:
            node.text = moved(node.text, sheet.title, titles)


def _move_names(package: Package, titles: Growths) -> None:
    container = package.tree(package.workbook).child("definedNames")
    order = {sheet.place: sheet.title for sheet in package.sheets}
    for node in container.all("definedName") if container is not None else []:
        place = node.attributes.get("localSheetId", "")
        home = order.get(int(place), "") if place.isdigit() and len(place) < 6 else ""
        node.text = moved(node.text, home, titles)


def _move_charts(package: Package, titles: Growths) -> None:
    for part in list(_charts(package)):
        for node in package.tree(part).walk():
            if node.name == "f" and node.text:
                node.text = moved(node.text, "", titles)
    for part in [part for part in package.parts if "/pivotCache/pivotCacheDefinition" in part]:
        for node in package.tree(part).walk():
            growth = titles.get(node.attributes.get("sheet", "").lower())
            if node.name == "worksheetSource" and growth is not None:
                _move_attributes(node, growth)


def _charts(package: Package) -> Iterator[str]:
    drawings: Iterable[str] = (
        drawing for sheet in package.sheets for drawing in package.related(sheet.part, "drawing")
    )
    for drawing in drawings:
        for relation in package.relations(drawing):
            if relation.kind in ("chart", "chartEx") and relation.part in package.parts:
                yield relation.part
