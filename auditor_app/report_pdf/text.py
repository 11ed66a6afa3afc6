"""Text broken into lines that fit a cell, in the font of the report."""

from __future__ import annotations

import re
from functools import lru_cache
from threading import get_ident
from typing import NamedTuple

from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from auditor_app.report_pdf.styles import Style

# Those of the window, for the same reasons.
FAMILIES = ["Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei", "sans-serif"]
# Fonts have sizes in whole units, so a point is made of many.
UNITS_A_POINT = 20
USUAL_SIZE = 10.0
# What has a font draw a character by the shape of no character, or two by one: no reader could tell what it was.
_OTHER_SHAPES = ("locl", "ccmp", "liga", "clig", "calt")
# Points from line to line, as a multiple of the size.
LEADING = 1.4
# From the middle of a line down to where its letters stand: Chinese ones are centred so, and capitals nearly.
BASELINE = 0.37
SMALLEST = 0.5
"""How far a number is made smaller to fit its cell, as a multiple of its size."""


SMALLEST_WORD = 0.75
"""How far a word is."""
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]{4,}")


class TextLine(NamedTuple):
    """One line and its width in points."""

    text: str
    width: float


def font(size: float, bold: bool, italic: bool = False, underlined: bool = False, struck: bool = False) -> QFont:
    """Return a font of a size in points, for a painter whose unit is that of this module; not to be changed."""
    return _font(get_ident(), size, bold, italic, underlined, struck)


@lru_cache(maxsize=256)
def _font(_thread: int, size: float, bold: bool, italic: bool, underlined: bool, struck: bool) -> QFont:
    # One for each thread: two reports may be painted at once, and Qt shares no font between threads safely.
    made = QFont(FAMILIES)
    made.setPixelSize(max(1, round(size * UNITS_A_POINT)))
    made.setBold(bold)
    made.setItalic(italic)
    made.setUnderline(underlined)
    made.setStrikeOut(struck)
    # The same shapes and widths at every size: paper needs no fitting to pixels.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for feature in _OTHER_SHAPES:
        made.setFeature(QFont.Tag(feature), 0)
    return made


def faces() -> tuple[QFont, QFont]:
    """Return the fonts that reports are written in, whatever their sizes."""
    return font(USUAL_SIZE, bold=False), font(USUAL_SIZE, bold=True)


def font_of(style: Style) -> QFont:
    """Return the font of a style."""
    return font(style.size, style.bold, style.italic, style.underlined, style.struck)


@lru_cache(maxsize=256)
def _metrics(_thread: int, size: float, bold: bool, italic: bool) -> QFontMetricsF:
    return QFontMetricsF(font(size, bold, italic))


def width(text: str, style: Style) -> float:
    """Return the width of one line in points."""
    return _metrics(get_ident(), style.size, style.bold, style.italic).horizontalAdvance(text) / UNITS_A_POINT


def widest_word(text: str, style: Style) -> float:
    """Return the width in points of the widest word in Latin letters, 0 where there is none."""
    return max((width(word, style) for word in set(_WORD.findall(text))), default=0.0)


def lines(text: str, style: Style, room: float) -> list[TextLine]:
    """Return text broken into lines that are at most `room` points wide, between words where that is possible."""
    found: list[TextLine] = []
    for paragraph in text.replace("\t", "    ").split("\n"):
        whole = width(paragraph, style)
        found += [TextLine(paragraph, whole)] if whole <= room else _broken(paragraph, style, room)
    return found


def elided(text: str, style: Style, room: float) -> TextLine:
    """Return one line of text, with dots for what does not fit."""
    whole = width(text, style)
    if whole <= room:
        return TextLine(text, whole)
    while text and width(text + "…", style) > room:
        text = text[:-1]
    return TextLine(text + "…", width(text + "…", style))


def height(count: int, size: float) -> float:
    """Return the points that lines of a size take one below another."""
    return count * size * LEADING


def _broken(paragraph: str, style: Style, room: float) -> list[TextLine]:
    layout = QTextLayout(paragraph, font_of(style))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    found = []
    # Qt counts in UTF-16, where some characters are two.
    units = paragraph.encode("utf-16-le")
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(room, style.size) * UNITS_A_POINT)
        start, length = line.textStart() * 2, line.textLength() * 2
        text = units[start : start + length].decode("utf-16-le", "replace").rstrip()
        found.append(TextLine(text, width(text, style)))
    layout.endLayout()
    return found
