"""The looks of cells: what a look does to a value, and looks that differ from one of the form in one thing."""

from __future__ import annotations

import re

from auditor_app.forms.package import Package
from auditor_app.forms.tree import Node

_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_TEXT = 49
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
DAY_FORM = "yyyy\\-mm\\-dd"
FREE_FORMATS = 164
"""Numbers of formats below this one are built in."""
USUAL_SIZE = 11.0


class Styles:
    """Looks by number, as cells name them."""

    def __init__(self, package: Package) -> None:
        """Read the looks; raises `FormProblem`."""
        found = package.related(package.workbook, "styles")
        self._root = package.tree(found[0]) if found else None
        container = self._root.child("cellXfs") if self._root is not None else None
        self._container = container
        self._looks = container.all("xf") if container is not None else []
        self._formats = self._read_formats()
        self._sizes = self._read_sizes()
        self._made: dict[tuple[int, str], int] = {}

    def holds_text(self, look: int) -> bool:
        """Say whether what is put into a cell of this look is text, whatever it is."""
        return self._format(look) == _TEXT or self._formats.get(self._format(look), "") == "@"

    def holds_dates(self, look: int) -> bool:
        """Say whether a number in a cell of this look is shown as a date."""
        number = self._format(look)
        code = _QUOTED.sub("", self._formats.get(number, "")).lower()
        return number in _DATES or (("y" in code or "d" in code) and "general" not in code)

    def wraps(self, look: int) -> bool:
        """Say whether text in a cell of this look goes on in more lines."""
        node = self._look(look)
        alignment = node.child("alignment") if node is not None else None
        return alignment is not None and alignment.attributes.get("wrapText") in ("1", "true")

    def size(self, look: int) -> float:
        """Return how large the font is, in points."""
        node = self._look(look)
        font = _whole(node.attributes.get("fontId", "0")) if node is not None else 0
        return self._sizes[font] if 0 <= font < len(self._sizes) else USUAL_SIZE

    def for_day(self, look: int) -> int | None:
        """Return a look like this one that shows a date, None in a workbook without looks."""
        return (
            None
            if self._root is None or self._look(look) is None
            else self._varied(look, "day", numFmtId=str(self._day_format()), applyNumberFormat="1")
        )

    def for_quoted(self, look: int) -> int:
        """Return a look like this one whose text stays text when somebody edits the cell."""
        return self._varied(look, "quoted", quotePrefix="1")

    def _varied(self, look: int, way: str, **attributes: str) -> int:
        base = self._look(look)
        if base is None or self._container is None:
            return look
        if (look, way) not in self._made:
            made = base.copy()
            made.attributes.update(attributes)
            self._container.children.append(made)
            self._looks.append(made)
            self._container.attributes["count"] = str(len(self._looks))
            self._made[look, way] = len(self._looks) - 1
        return self._made[look, way]

    def _day_format(self) -> int:
        for number, code in self._formats.items():
            if code == DAY_FORM:
                return number
        assert self._root is not None
        container = self._root.child("numFmts")
        if container is None:
            container = self._root.made("numFmts")
            self._root.children.insert(0, container)
        number = max([FREE_FORMATS - 1, *self._formats]) + 1
        container.children.append(container.made("numFmt", {"numFmtId": str(number), "formatCode": DAY_FORM}))
        container.attributes["count"] = str(len(container.all("numFmt")))
        self._formats[number] = DAY_FORM
        return number

    def _look(self, look: int) -> Node | None:
        return self._looks[look] if 0 <= look < len(self._looks) else None

    def _format(self, look: int) -> int:
        node = self._look(look)
        return _whole(node.attributes.get("numFmtId", "0")) if node is not None else 0

    def _read_formats(self) -> dict[int, str]:
        container = self._root.child("numFmts") if self._root is not None else None
        nodes = container.all("numFmt") if container is not None else []
        return {_whole(n.attributes.get("numFmtId", "")): n.attributes.get("formatCode", "") for n in nodes}

    def _read_sizes(self) -> list[float]:
        container = self._root.child("fonts") if self._root is not None else None
        sizes = []
        for font in container.all("font") if container is not None else []:
            size = font.child("sz")
            sizes.append(_points(size.attributes.get("val", "")) if size is not None else USUAL_SIZE)
        return sizes


def look_of(cell: Node) -> int:
    """Return the number of the look of a cell."""
    return _whole(cell.attributes.get("s", "0"))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0


def _points(text: str) -> float:
    try:
        size = float(text)
    except ValueError:
        return USUAL_SIZE
    return size if 1 <= size <= 409 else USUAL_SIZE
