"""Cells of a report found as another program finds them: by their names."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.cell.cell import Cell


def cell_named(workbook: Workbook, name: str) -> Cell:
    """Return the cell that a name stands for."""
    ((title, place),) = workbook.defined_names[name].destinations
    cell = workbook[title][place]
    assert isinstance(cell, Cell)
    return cell
