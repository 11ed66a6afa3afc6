"""Fill forms in tests, and look at the copies as their receivers do."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from auditor_app import files
from auditor_app.forms.catalogue import Fields
from auditor_app.forms.filling import filled
from auditor_app.models.audit import Audit
from auditor_app.models.forms import Choices, Filled
from auditor_app.models.progress import unwatched
from auditor_app.models.standard import Standard

TODAY = date(2026, 11, 28)


@cache
def sample() -> tuple[Standard, Audit]:
    """Return the sample audit with its standard."""
    return files.read_audit(files.SAMPLE)


def fields(audit: Audit | None = None, language: str = "zh") -> Fields:
    """Return what the fields hold in an audit, the sample one unless told."""
    standard, own = sample()
    return Fields(standard, audit or own, language, TODAY)


def fill(form: bytes, values: Fields | None = None, choices: Choices | None = None) -> tuple[bytes, Filled]:
    """Return a filled copy of a form, and what was done."""
    result = BytesIO()
    done = filled(form, values or fields(), choices or {}, result, unwatched)
    return result.getvalue(), done


def form_of(build: Callable[[Worksheet], object]) -> bytes:
    """Return a form of one sheet, `表`, made by a function."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "表"
    build(sheet)
    result = BytesIO()
    workbook.save(result)
    return result.getvalue()


def form_with(cells: dict[str, str]) -> bytes:
    """Return a form with these texts in its cells."""

    def build(sheet: Worksheet) -> None:
        for place, text in cells.items():
            sheet[place] = text

    return form_of(build)


def opened(workbook: bytes, **how: bool) -> Workbook:
    """Return a workbook as openpyxl reads it."""
    return load_workbook(BytesIO(workbook), **how)


def sheet_of(workbook: bytes, title: str = "表") -> Worksheet:
    """Return a sheet of a workbook."""
    sheet = opened(workbook)[title]
    assert isinstance(sheet, Worksheet)
    return sheet


def filled_sheet(cells: dict[str, str], values: Fields | None = None, choices: Choices | None = None) -> Worksheet:
    """Return the sheet of a form with these cells, filled in."""
    return sheet_of(fill(form_with(cells), values, choices)[0])


def parts(workbook: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook by name."""
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
