"""Take the parts out of a workbook that anybody may have made: bounded, and refused in plain words."""

from __future__ import annotations

from auditor_app.forms.problems import FormProblem
from auditor_app.workbooks.container import Bounds, Container
from auditor_app.workbooks.problems import WorkbookProblem

LARGEST_FILE = 20_000_000
"""Bytes."""
BOUNDS = Bounds(file=LARGEST_FILE, parts=2_000, read=120_000_000, part=24_000_000)
CONTENT_TYPES = "[Content_Types].xml"
# What is wrong with a workbook, in the words for a form; all else is damage.
_CODES = {
    "encrypted": "locked",
    "old_format": "old_format",
    "not_a_workbook": "not_a_workbook",
    "too_large": "too_large_inside",
}


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook by name, in the order of the file.

    Raises `FormProblem` for what is no `.xlsx` workbook, is locked with a password, holds macros, is damaged or too
    large. The sizes that the file states of itself are not believed.
    """
    if len(data) > LARGEST_FILE:
        raise FormProblem("too_large", most=LARGEST_FILE // 1_000_000)
    try:
        container = Container(data, BOUNDS)
        parts = {name: container.read(name) for name in container}
    except WorkbookProblem as problem:
        raise FormProblem(_CODES.get(problem.code, "damaged")) from problem
    _check_kind(parts)
    return parts


def _check_kind(parts: dict[str, bytes]) -> None:
    if CONTENT_TYPES not in parts:
        raise FormProblem("other_format" if "mimetype" in parts else "not_a_workbook")
    if b"macroEnabled" in parts[CONTENT_TYPES] or any(name.lower().endswith("vbaproject.bin") for name in parts):
        raise FormProblem("macros")
    if any(name.lower().endswith("workbook.bin") for name in parts):
        raise FormProblem("binary_format")
