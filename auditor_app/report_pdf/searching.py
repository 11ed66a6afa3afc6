"""Make the text of a PDF what was written, so that it can be found and copied.

A font draws several characters with one shape: 人 and the radical ⼈, a space and a tab. Qt notes for a shape the first
character that has it, so a reader would find no 人 in the file. Here the notes get the characters of the report. Of
characters outside the basic plane, such as 𠮷 in a name, Qt notes nothing; they are put where their shapes are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from PySide6.QtGui import QFont, QRawFont, QTextLayout

# Every character of the basic plane, without the halves of others.
_PLANE = "".join(map(chr, (*range(0x20), *range(0x20, 0xD800), *range(0xE000, 0xFFFE))))
_OBJECT = re.compile(rb"(\d+) 0 obj\b")
_NOTES = re.compile(
    rb"/BaseFont /(?P<name>\S+)\s+/Encoding /Identity-H\s+"
    rb"/DescendantFonts \[(?P<shapes>\d+) 0 R\]\s+/ToUnicode (?P<notes>\d+) 0 R"
)
# Widths of shapes: those from a number on, or one for all of a range.
_WIDTHS = re.compile(rb"(\d+) (?:\[([^]]*)\]|(\d+) [\d.]+)")
_RANGE = re.compile(r"<([0-9A-F]{4})> <([0-9A-F]{4})> (?:<([0-9A-F]+)>|\[([^\]]*)\])")
_RANGES = re.compile(r"\d+ beginbfrange.*endbfrange\n", re.DOTALL)
_STREAM = re.compile(rb"(.*?stream\n)(.*)(\nendstream.*)", re.DOTALL)
_ENTRY = b"%010d 00000 n \n"
_MOST_A_BLOCK = 100
# What the style is called that a name leaves out.
_USUAL = ("", "regular", "book", "normal")


def replacements(characters: Collection[str], fonts: Iterable[QFont]) -> dict[str, str]:
    """Return what is to stand in the notes of the fonts instead of what Qt writes there, for a text's characters."""
    used = set(characters)
    found: dict[str, str] = {}
    text = "".join(sorted(used))
    for font in fonts:
        for raw in _faces(text, font):
            first = _first_characters(raw)
            for character, glyph in zip(used, map(_glyph_in(raw), used), strict=True):
                noted = first.get(glyph, character)
                if glyph and noted != character and noted not in used:
                    found[noted] = character
    return found


def by_face(rare: Iterable[tuple[str, bool]], fonts: Mapping[bool, QFont]) -> dict[tuple[str, str], list[str]]:
    """Return characters outside the basic plane by family and style of the font that draws them, in their order."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for character, is_bold in rare:
        for raw in _faces(character, fonts[is_bold]):
            found.setdefault((_plain(raw.familyName()), _plain(raw.styleName())), {})[character] = None
    return {face: list(characters) for face, characters in found.items()}


def searchable(
    pdf: bytes, written: Mapping[str, str], rare: Mapping[tuple[str, str], Sequence[str]] = MappingProxyType({})
) -> bytes:
    """Return a PDF of Qt with the notes of its fonts put right; `rare` is what `by_face` returns.

    Raises `ValueError` for a file that is not built as Qt builds it: that is our bug.
    """
    notes = {int(match["notes"]): match for match in _NOTES.finditer(pdf)}
    table = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    head, _, rest = pdf[table:].partition(b"trailer")
    offsets = [int(line.split()[0]) for line in head.splitlines()[3:]]
    ends = dict(zip(sorted(offsets), [*sorted(offsets)[1:], table], strict=True))
    parts, moved, at = [pdf[: min(offsets)]], {}, min(offsets)
    for offset in sorted(offsets):
        part = pdf[offset : ends[offset]]
        match = _OBJECT.match(part)
        if match is None:
            raise ValueError(f"no object at {offset}")
        font = notes.get(int(match[1]))
        if font is not None:
            missing = _of_font(rare, font["name"].decode("latin-1"))
            part = _noted(part, written, missing, _count_of_shapes(pdf, int(font["shapes"])))
        moved[offset] = at
        parts.append(part)
        at += len(part)
    lines = head.splitlines(keepends=True)[:3] + [_ENTRY % moved[offset] for offset in offsets]
    trailer = rest[: rest.rindex(b"startxref")]
    return b"".join((*parts, *lines, b"trailer", trailer, b"startxref\n%d\n%%%%EOF\n" % at))


def _noted(part: bytes, written: Mapping[str, str], missing: Sequence[str], count: int) -> bytes:
    """Return the object that notes what the shapes of a font mean, put right; `count` is how many shapes it has."""
    match = _STREAM.match(part)
    if match is None:
        raise ValueError("no stream")
    body = match[2].decode("ascii")
    meanings = {code: written.get(character, character) for code, character in _meanings(body)}
    unnoted = [code for code in range(count) if code not in meanings]
    # Shapes are numbered as they come first. Where the numbers do not agree, something else has no note either.
    if len(unnoted) == len(missing):
        meanings |= dict(zip(unnoted, missing, strict=True))
    lines = [
        f"<{code:04X}> <{meaning.encode('utf-16-be').hex().upper()}>" for code, meaning in sorted(meanings.items())
    ]
    blocks = [lines[start : start + _MOST_A_BLOCK] for start in range(0, len(lines), _MOST_A_BLOCK)]
    body = _RANGES.sub(lambda _: "".join(map(_block, blocks)), body)
    number = part.split(b" ", 1)[0]
    return b"%b 0 obj\n<< /Length %d >>\nstream\n%b%b" % (number, len(body), body.encode("ascii"), match[3])


def _of_font(rare: Mapping[tuple[str, str], Sequence[str]], name: str) -> Sequence[str]:
    """Return the characters that a font of this name draws; empty too where the names do not tell."""
    for (family, style), characters in rare.items():
        if _plain(name) in (family + style, family if style in _USUAL else ""):
            return characters
    return ()


def _count_of_shapes(pdf: bytes, number: int) -> int:
    """Return how many shapes a font has, which its object tells by their widths; 0 where all are as wide as usual."""
    start = pdf.index(b"\n%d 0 obj" % number)
    _, _, widths = pdf[start : pdf.index(b"endobj", start)].partition(b"/W [")
    runs = _WIDTHS.findall(widths)
    return max((int(last) + 1 if last else int(first) + len(each.split()) for first, each, last in runs), default=0)


def _plain(name: str) -> str:
    """Return a name of a font by which all of its spellings are one."""
    return "".join(filter(str.isalnum, name)).casefold()


def _block(lines: Sequence[str]) -> str:
    return "\n".join((f"{len(lines)} beginbfchar", *lines, "endbfchar\n"))


def _meanings(body: str) -> Iterable[tuple[int, str]]:
    """Yield the number of every shape of a font with the character that is noted for it."""
    for first, last, start, each in _RANGE.findall(body):
        codes = range(int(first, 16), int(last, 16) + 1)
        if start:
            values = [f"{int(start, 16) + step:04X}" for step in range(len(codes))]
        else:
            values = re.findall(r"<([0-9A-F]+)>", each)
        for code, value in zip(codes, values, strict=True):
            yield code, bytes.fromhex(value).decode("utf-16-be", "replace")


def _faces(text: str, font: QFont) -> list[QRawFont]:
    """Return the fonts that draw a text: the one asked for, and those that help out."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    faces = {(raw.familyName(), raw.styleName()): raw for raw in (run.rawFont() for run in layout.glyphRuns())}
    return list(faces.values())


def _glyph_in(raw: QRawFont) -> Callable[[str], int]:
    def glyph(character: str) -> int:
        found = raw.glyphIndexesForString(character)
        return int(found[0]) if len(found) == 1 else 0

    return glyph


def _first_characters(raw: QRawFont) -> dict[int, str]:
    """Return the first character that has a shape, for all shapes of a font."""
    first: dict[int, str] = {}
    for character, glyph in zip(_PLANE, raw.glyphIndexesForString(_PLANE), strict=True):
        first.setdefault(int(glyph), character)
    return first
