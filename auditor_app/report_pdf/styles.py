"""The look of a cell as plain facts, each distinct look of a workbook resolved once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles.differential import DifferentialStyle

INK = "000000"
# Points, by the name of the format.
_LINES = {"hair": 0.25, "thin": 0.5, "medium": 1.0, "thick": 1.5, "double": 1.0}
_OTHER_LINE = 0.5


class Line(NamedTuple):
    """An edge of a cell: its width in points and its colour."""

    width: float
    colour: str


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks; sizes in points, colours as `RRGGBB`, no `ground` means paper; `name` is the named style."""

    name: str = ""
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    struck: bool = False
    ink: str = INK
    ground: str = ""
    align: str = "general"
    upright: str = "bottom"
    wraps: bool = False
    shrinks: bool = False
    indent: int = 0
    format: str = "General"
    left: Line | None = None
    top: Line | None = None
    right: Line | None = None
    bottom: Line | None = None

    @property
    def is_blank(self) -> bool:
        """Say whether an empty cell of this look leaves no trace."""
        return not (self.ground or self.left or self.top or self.right or self.bottom)


class Styles:
    """The looks of one workbook."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, ...], Style] = {}

    def of(self, cell: Cell | MergedCell) -> Style:
        """Return the look of a cell, without conditional formats."""
        # One without a look of its own has none yet.
        key = tuple(cell._style or ())  # type: ignore[union-attr]
        if key not in self._known:
            self._known[key] = _resolved(cell)
        return self._known[key]


def overlaid(style: Style, rule: DifferentialStyle) -> Style:
    """Return a look with that of a conditional format laid over it."""
    font, format_ = rule.font, rule.numFmt
    fill: Any = rule.fill
    if font is not None:
        style = replace(
            style,
            ink=colour(font.color) or style.ink,
            # openpyxl has the same for "not bold" and for a rule that says nothing about it.
            bold=style.bold or bool(font.b),
            italic=style.italic or bool(font.i),
            struck=style.struck or bool(font.strike),
        )
    if fill is not None:
        ground = colour(fill.bgColor) or colour(fill.fgColor)
        style = replace(style, ground=ground or style.ground)
    if format_ is not None:
        style = replace(style, format=format_.formatCode)
    return style


def colour(value: Any) -> str:
    """Return a colour of openpyxl as `RRGGBB`; empty for none, and for one of a theme, which reports do not use."""
    written = getattr(value, "rgb", None) if getattr(value, "type", "") == "rgb" else None
    if not isinstance(written, str) or (len(written) == 8 and written == "00000000"):
        return ""
    return written[-6:].upper()


def _resolved(cell: Cell | MergedCell) -> Style:
    font, fill, alignment, border = cell.font, cell.fill, cell.alignment, cell.border
    return Style(
        name=cell.style or "",
        size=float(font.sz or 10),
        bold=bool(font.b),
        italic=bool(font.i),
        underlined=bool(font.u) and font.u != "none",
        struck=bool(font.strike),
        ink=colour(font.color) or INK,
        ground=colour(fill.fgColor) if fill.fill_type == "solid" else "",
        align=alignment.horizontal or "general",
        upright=alignment.vertical or "bottom",
        wraps=bool(alignment.wrap_text),
        shrinks=bool(alignment.shrink_to_fit),
        indent=int(alignment.indent or 0),
        format=cell.number_format or "General",
        left=_line(border.left),
        top=_line(border.top),
        right=_line(border.right),
        bottom=_line(border.bottom),
    )


def _line(side: Any) -> Line | None:
    if side is None or not side.style or side.style == "none":
        return None
    return Line(_LINES.get(side.style, _OTHER_LINE), colour(side.color) or INK)
