"""The look of the report: one palette, one table of named cell styles."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils.indexed_list import IndexedList

FONT = "Microsoft YaHei"
# Points a line takes, as a multiple of the font size; YaHei and Noto Sans CJK are tall.
LEADING = 1.5

ACCENT, INK, SECOND, WHITE = "0F4C81", "1D2733", "5B6878", "FFFFFF"
CHAPTER, GROUP, LINE, PALE, STAR = "EDF2F7", "F6F8FB", "E1E6EC", "F3F5F8", "8A5A00"
GOOD, GOOD_GROUND = "1F6B3A", "E7F4EC"
BAD, BAD_GROUND = "A3271B", "FBE9E7"
PART, PART_GROUND = "8A5A00", "FFF4DF"
GONE, GONE_GROUND = "5B6878", "EEF0F3"

POINTS, COUNT, DATE, SHARE = "0.00", "0", "yyyy-mm-dd", "0.0%"
# Bytes; a format can tell three ranges apart.
SIZE = '[<1000]0" B";[<999950]0.0," KB";0.0,," MB"'


@dataclass(frozen=True)
class Look:
    """One named style; `border` names the sides (t, b, l, r) that carry a line of the colour `line`."""

    size: float = 10
    bold: bool = False
    ink: str = INK
    ground: str = ""
    align: str = "left"
    upright: str = "center"
    wrap: bool = True
    format: str = "General"
    border: str = "b"
    indent: int = 0
    line: str = LINE
    underline: bool = False


def _numbers(**common: Any) -> dict[str, Look]:
    """Return the looks of points and shares that go with a kind of row."""
    right = Look(align="right", indent=1, wrap=False, **common)
    return {"points": replace(right, format=POINTS), "share": replace(right, format=SHARE)}


_CHAPTER: dict[str, Any] = {"bold": True, "ground": CHAPTER}
_GROUP: dict[str, Any] = {"bold": True, "ground": GROUP}
_TOTAL: dict[str, Any] = {"bold": True, "ink": ACCENT, "ground": CHAPTER, "border": "tb", "line": ACCENT}

LOOKS: dict[str, Look] = {
    # Headings
    "title": Look(size=16, bold=True, ink=ACCENT, border="", wrap=False),
    "cover_title": Look(size=24, bold=True, ink=ACCENT, border="", align="center"),
    "cover_small": Look(size=11, ink=SECOND, border="", align="center"),
    "cover_final": Look(size=12, bold=True, ink=GOOD, ground=GOOD_GROUND, border="", align="center"),
    "cover_open": Look(size=12, bold=True, ink=PART, ground=PART_GROUND, border="", align="center"),
    "subtitle": Look(size=9, ink=SECOND, border=""),
    "draft": Look(size=12, bold=True, ink=BAD, ground=BAD_GROUND, border="", align="center"),
    "section": Look(size=11, bold=True, ink=ACCENT, border="b", wrap=False, line=ACCENT),
    "header": Look(bold=True, ink=WHITE, ground=ACCENT, align="center", border="tblr"),
    "note": Look(size=9, ink=SECOND, border="", upright="top"),
    # Forms
    "label": Look(ink=SECOND, ground=GROUP, indent=1),
    "value": Look(indent=1),
    "value_count": Look(format=COUNT, indent=1),
    "value_date": Look(format=DATE, indent=1),
    "value_points": Look(format=POINTS, indent=1, wrap=False),
    "figure": Look(align="right", indent=1),
    # Tables
    "text": Look(indent=1),
    "center": Look(align="center"),
    # LibreOffice drops line breaks in a link.
    "link": Look(ink=ACCENT, indent=1, underline=True, wrap=False),
    "muted": Look(ink=SECOND, size=9, indent=1),
    "muted_center": Look(ink=SECOND, size=9, align="center"),
    "count": Look(align="center", format=COUNT),
    "not_counted": Look(align="center", ground=PALE),
    "date": Look(align="center", format=DATE, wrap=False),
    "late": Look(align="center", format=DATE, wrap=False, ink=BAD, ground=BAD_GROUND),
    "size": Look(align="center", format=SIZE, wrap=False),
    "exact": Look(align="right", indent=1, wrap=False),
    "formula": Look(ink=SECOND, size=8, indent=1),
    "picture": Look(ink=SECOND, size=9, upright="bottom", indent=1),
    **_numbers(),
    "chapter": Look(**_CHAPTER, indent=1),
    "chapter_center": Look(**_CHAPTER, align="center", size=9),
    **{f"chapter_{name}": look for name, look in _numbers(**_CHAPTER).items()},
    "group": Look(**_GROUP, indent=1),
    "group_count": Look(**_GROUP, align="center", format=COUNT),
    "group_center": Look(ground=GROUP, align="center", size=9),
    **{f"group_{name}": look for name, look in _numbers(**_GROUP).items()},
    "total": Look(**_TOTAL, indent=1),
    "total_figure": Look(**_TOTAL, align="right", indent=1),
    **{f"total_{name}": look for name, look in _numbers(**_TOTAL).items()},
    # Results
    "verdict": Look(align="center", border="tblr"),
    "good": Look(align="center", ink=GOOD, ground=GOOD_GROUND),
    "bad": Look(align="center", ink=BAD, ground=BAD_GROUND),
    "part": Look(align="center", ink=PART, ground=PART_GROUND),
    "gone": Look(align="center", ink=GONE, ground=GONE_GROUND),
    "alarm": Look(ink=BAD, border="", bold=True),
    "result_label": Look(size=9, ink=SECOND, ground=GROUP, border="", align="center"),
    "result_score": Look(size=20, bold=True, ink=ACCENT, ground=GROUP, border="", align="center"),
    "result_level": Look(size=16, bold=True, ink=STAR, ground=GROUP, border="", align="center"),
    "result_figure": Look(size=16, bold=True, ground=GROUP, border="", align="center"),
    "result_share": Look(size=16, bold=True, ground=GROUP, border="", align="center", format=SHARE),
    "conclusion": Look(size=12, bold=True, ink=ACCENT, border="", indent=1),
    "reason": Look(border="", upright="top", indent=1),
    "sign_label": Look(ink=SECOND, ground=GROUP, border="tblr", align="center"),
    "sign_box": Look(border="tblr"),
    "sign_name": Look(border="tblr", indent=1),
}


class Looks:
    """The named styles of one workbook, each built once; a cell is given the ready style record."""

    def __init__(self, workbook: Workbook) -> None:
        _set_default_font(workbook)
        self.records: dict[str, array[int]] = {}
        for name, look in LOOKS.items():
            style = _named(name, look)
            workbook.add_named_style(style)
            self.records[name] = style.as_tuple()


def _set_default_font(workbook: Workbook) -> None:
    """Make ours the font that column widths are counted in; openpyxl has no public way."""
    font = Font(FONT, size=10, color=INK)
    workbook._fonts = IndexedList([font])  # type: ignore[attr-defined]
    workbook._named_styles["Normal"].font = font  # type: ignore[attr-defined]


def _named(name: str, look: Look) -> NamedStyle:
    side = Side("thin", look.line)
    style = NamedStyle(f"report {name.replace('_', ' ')}", number_format=look.format)
    style.font = Font(FONT, size=look.size, bold=look.bold, color=look.ink, u="single" if look.underline else None)
    style.alignment = Alignment(look.align, look.upright, wrap_text=look.wrap, indent=look.indent)
    style.border = Border(
        left=side if "l" in look.border else Side(),
        right=side if "r" in look.border else Side(),
        top=side if "t" in look.border else Side(),
        bottom=side if "b" in look.border else Side(),
    )
    if look.ground:
        style.fill = PatternFill("solid", fgColor=look.ground)
    return style
