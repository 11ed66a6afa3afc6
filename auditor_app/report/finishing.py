"""Finish a workbook that openpyxl wrote: what previews and strict readers need and openpyxl leaves out.

- Every formula cell gets its value: a phone, a chat window or a protected view shows it without calculating.
- Texts go to the shared strings, where every reader looks for them; openpyxl writes them into the cells.
- The parts of a font stand in the order of the format.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

Stored = float | int | str

_SHARED = "xl/sharedStrings.xml"
_STYLES = "xl/styles.xml"
# Compressed already: to try it again takes long and gains nothing.
_PICTURES = "xl/media/"
_FORMULA_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)><f>([^<]*)</f><v ?(?:/>|></v>)</c>')
_TEXT_CELL = re.compile(rb'<c ([^>]*) t="inlineStr"><is>(<t[^>]*>[^<]*</t>)</is></c>')
# A text of spaces only: openpyxl forgets to say that they count.
_ONLY_SPACE = re.compile(rb"<t>(?=\s+</t>)")
_FONT = re.compile(rb"(?<=<font>).*?(?=</font>)")
_FONT_PART = re.compile(rb"<(\w+)[^>]*/>")
_FONT_ORDER = (b"b", b"i", b"strike", b"u", b"vertAlign", b"sz", b"color", b"name", b"family", b"scheme")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# Where a package says that it has shared strings: the part, what to add, and before what.
_ANNOUNCED = {
    "[Content_Types].xml": (
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
        b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>',
        b"</Types>",
    ),
    "xl/_rels/workbook.xml.rels": (
        b'<Relationship Id="strings" Target="/xl/sharedStrings.xml" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/sharedStrings"/>',
        b"</Relationships>",
    ),
}


def finished(workbook: bytes, values: Mapping[str, Mapping[str, Stored]]) -> bytes:
    """Return the finished workbook; `values` holds the results of formulas by sheet part and cell.

    Raises `KeyError` or `ValueError` when formulas and values do not match: that is our bug.
    """
    with ZipFile(BytesIO(workbook)) as source:
        parts = {item.filename: source.read(item) for item in source.infolist()}
    texts: dict[bytes, int] = {}
    for name, results in values.items():
        parts[name] = _shared(_filled(parts[name], results), texts)
    parts[_SHARED] = _table(texts)
    for name, (entry, end) in _ANNOUNCED.items():
        parts[name] = parts[name].replace(end, entry + end)
    parts[_STYLES] = _FONT.sub(_in_order, parts[_STYLES])
    result = BytesIO()
    with ZipFile(result, "w", ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content, ZIP_STORED if name.startswith(_PICTURES) else ZIP_DEFLATED)
    return result.getvalue()


def _filled(sheet: bytes, values: Mapping[str, Stored]) -> bytes:
    """Put the values into the formula cells of a sheet."""

    def fill(match: re.Match[bytes]) -> bytes:
        cell, attributes, formula = match.groups()
        value = values[cell.decode()]
        if isinstance(value, str):
            kind, text = b' t="str"', escape(value).encode()
        else:
            kind, text = b"", repr(value).encode()
        return b'<c r="%b"%b%b><f>%b</f><v>%b</v></c>' % (cell, attributes, kind, formula, text)

    result, count = _FORMULA_CELL.subn(fill, sheet)
    if count != len(values):
        raise ValueError(f"{count} formula cells, {len(values)} values")
    return result


def _shared(sheet: bytes, texts: dict[bytes, int]) -> bytes:
    """Move the texts of a sheet to the shared strings, each once."""

    def share(match: re.Match[bytes]) -> bytes:
        attributes, text = match.groups()
        return b'<c %b t="s"><v>%d</v></c>' % (attributes, texts.setdefault(text, len(texts)))

    return _TEXT_CELL.sub(share, sheet)


def _table(texts: Mapping[bytes, int]) -> bytes:
    items = b"".join(b"<si>%b</si>" % text for text in texts)
    items = _ONLY_SPACE.sub(b'<t xml:space="preserve">', items)
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="{_MAIN}">'
    return head.encode() + items + b"</sst>"


def _in_order(match: re.Match[bytes]) -> bytes:
    found = {part[1]: part[0] for part in _FONT_PART.finditer(match[0])}
    return b"".join(found[name] for name in sorted(found, key=_FONT_ORDER.index))
