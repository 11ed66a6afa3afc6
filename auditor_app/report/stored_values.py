"""Give every formula cell its value in the file, for previews that do not calculate.

openpyxl writes a formula without a value. The program knows each one exactly, so this pass puts them into the
finished workbook.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

Stored = float | int | str

_FORMULA_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)><f>([^<]*)</f><v ?(?:/>|></v>)</c>')
# A text of spaces only: openpyxl forgets to say that they count.
_ONLY_SPACE = re.compile(rb"<t>(\s+)</t>")


def with_stored_values(workbook: bytes, values: Mapping[str, Mapping[str, Stored]]) -> bytes:
    """Return the workbook with the values put in; `values` holds them by part name and cell.

    Raises `KeyError` for a formula cell without a value: that is our bug.
    """
    result = BytesIO()
    with ZipFile(BytesIO(workbook)) as source, ZipFile(result, "w", ZIP_DEFLATED) as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename in values:
                content = _filled(content, values[item.filename])
            target.writestr(item, content)
    return result.getvalue()


def _filled(sheet: bytes, values: Mapping[str, Stored]) -> bytes:
    def fill(match: re.Match[bytes]) -> bytes:
        cell, attributes, formula = match.groups()
        value = values[cell.decode()]
        if isinstance(value, str):
            kind, text = b' t="str"', escape(value).encode()
        else:
            kind, text = b"", repr(value).encode()
        return b'<c r="%b"%b%b><f>%b</f><v>%b</v></c>' % (cell, attributes, kind, formula, text)

    return _ONLY_SPACE.sub(rb'<t xml:space="preserve">\1</t>', _FORMULA_CELL.sub(fill, sheet))
