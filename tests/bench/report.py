"""The Excel report against writing the same cells with openpyxl as a person would, also of a very large audit."""

from __future__ import annotations

import time
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import NamedStyle
from openpyxl.utils import get_column_letter

from auditor_app import files
from auditor_app.report.snapshot import ReportSnapshot, snapshot
from auditor_app.storage.atomic_file import write_atomically
from tests.bench.measure import Outcome, Row, Split, alternate
from tests.bench.processes import output_of
from tests.report.audits import random_audit
from tests.report.large import pack_of
from tests.report.read import report_bytes

BAR = 1.5
# Indicators of a pack of about the usual size and of one five times as large, and how many times as long it may take.
USUAL, LARGE, MOST_TIMES = 57, 286, 5.5


@dataclass(frozen=True)
class PlainSheet:
    """What stands in one sheet: cells as row, column, value and name of the style."""

    title: str
    cells: list[tuple[int, int, Any, str]]
    widths: dict[str, float]
    heights: dict[int, float]
    merged: list[str]


@dataclass(frozen=True)
class PlainBook:
    """A finished workbook as plain data: sheets, and what each named style is made of."""

    sheets: list[PlainSheet]
    styles: dict[str, dict[str, Any]]


def run(folder: Path, rounds: int) -> Outcome:
    """Write the report of the sample and the same workbook with openpyxl by turns."""
    made = snapshot(*files.read_audit(files.SAMPLE), "zh", date(2026, 3, 6))
    usual, large = (_judged(indicators) for indicators in (USUAL, LARGE))
    ours, plain, small, big, plain_big = (
        median(times)
        for times in alternate(
            rounds,
            partial(_ours, folder, made),
            partial(_plain, folder, _read(report_bytes(made))),
            partial(_ours, folder, usual),
            partial(_ours, folder, large),
            partial(_plain, folder, _read(report_bytes(large))),
        )
    )
    floor = "the same cells with openpyxl"
    rows = (
        Row("report of the sample", ours, plain, floor, BAR),
        Row(f"report of {LARGE} indicators", big, plain_big, floor, BAR),
        Row(f"report of {LARGE} indicators", big, small, f"that of {USUAL} indicators", MOST_TIMES),
    )
    modules = ("openpyxl", "auditor_app.report.workbook")
    imports = alternate(rounds, *(partial(_import, folder / "bytecode", module) for module in modules))
    names = ("openpyxl", "the report, openpyxl with it")
    return Outcome(rows, (Split("first import, new process", dict(zip(names, imports, strict=True))),))


def _judged(indicators: int) -> ReportSnapshot:
    """Return an audit by a pack of so many indicators, judged at random."""
    standard = pack_of(indicators)
    return snapshot(standard, random_audit(standard, 1), "zh", date(2026, 3, 6))


def _ours(folder: Path, made: ReportSnapshot) -> float:
    begun = time.perf_counter()
    write_atomically(folder / "ours.xlsx", report_bytes(made))
    return time.perf_counter() - begun


def _plain(folder: Path, book: PlainBook) -> float:
    begun = time.perf_counter()
    _write(book, folder / "plain.xlsx")
    return time.perf_counter() - begun


def _read(content: bytes) -> PlainBook:
    workbook = load_workbook(BytesIO(content))
    styles: dict[str, dict[str, Any]] = {}
    sheets = []
    for sheet in workbook.worksheets:
        # openpyxl drops what stands below a merged cell, its style too, so nobody would write it.
        cells = [cell for line in sheet.iter_rows() for cell in line if not isinstance(cell, MergedCell)]
        for cell in cells:
            styles.setdefault(cell.style, _style(cell))
        letters = map(get_column_letter, range(1, sheet.max_column + 1))
        sheets.append(
            PlainSheet(
                title=sheet.title,
                cells=[(cell.row, cell.column, cell.value, cell.style) for cell in cells],
                widths={letter: sheet.column_dimensions[letter].width for letter in letters},
                heights={row: size.height for row, size in sheet.row_dimensions.items() if size.height is not None},
                merged=[str(area) for area in sheet.merged_cells.ranges],
            )
        )
    styles.pop("Normal", None)
    return PlainBook(sheets, styles)


def _style(cell: Any) -> dict[str, Any]:
    parts = ("font", "fill", "border", "alignment", "number_format")
    return {part: copy(getattr(cell, part)) for part in parts}


def _write(book: PlainBook, path: Path) -> None:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, parts in book.styles.items():
        workbook.add_named_style(NamedStyle(name, **parts))
    for plain in book.sheets:
        sheet = workbook.create_sheet(plain.title)
        for row, column, value, style in plain.cells:
            cell = sheet.cell(row, column, value)
            cell.style = style
        for letter, width in plain.widths.items():
            sheet.column_dimensions[letter].width = width
        for row, height in plain.heights.items():
            sheet.row_dimensions[row].height = height
        for area in plain.merged:
            sheet.merge_cells(area)
    workbook.save(path)


def _import(bytecode: Path, module: str) -> float:
    """Return the seconds one import takes in a new process."""
    code = f"import time; begun = time.perf_counter(); import {module}; print(time.perf_counter() - begun)"
    return float(output_of(bytecode, "-c", code))
