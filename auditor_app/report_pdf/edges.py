"""What stands above and below the sheet on every page: the header and footer of the print set-up."""

from __future__ import annotations

import re
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

# `&P` and the like; `&&` is the sign itself; `&"Font,Style"`, `&12` and `&K00FF00` are looks, which are set apart.
_CODE = re.compile(r'&(?:([PNA&])|"[^"]*"|K[0-9A-Fa-f]{6}|[0-9]+|[A-Za-z])')
USUAL_SIZE = 10.0


def words(item: Any, page: int, pages: int, title: str) -> tuple[str, float]:
    """Return the text of one part of a header or footer on a page, and its size in points."""
    values = {"P": str(page), "N": str(pages), "A": title, "&": "&"}
    text = _CODE.sub(lambda code: values.get(code[1] or "", ""), item.text or "")
    return text, float(item.size or USUAL_SIZE)


def parts(sheet: Worksheet, *, is_top: bool) -> tuple[tuple[str, Any], ...]:
    """Return left, middle and right of the header or the footer of a sheet, each with its alignment."""
    edge: Any = sheet.HeaderFooter.oddHeader if is_top else sheet.HeaderFooter.oddFooter
    return ("left", edge.left), ("center", edge.center), ("right", edge.right)
