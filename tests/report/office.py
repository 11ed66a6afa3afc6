"""LibreOffice as the receiver's spreadsheet: recalculate many workbooks at once, read what they hold."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

Value = float | str
Cells = dict[tuple[str, str], Value]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_WITH_FORMULA = re.compile(rb"(<c [^>]*>)(<f>[^<]*</f>)<v>[^<]*</v></c>")


def soffice() -> str:
    """Return the program, or skip; where it is required, its absence is a failure."""
    found = shutil.which("soffice")
    if found is None:
        if os.environ.get("REQUIRE_OFFICE") == "1":
            pytest.fail("LibreOffice is required here and is not installed")
        pytest.skip("LibreOffice is not installed")
    return found


def without_values(source: Path, target: Path) -> None:
    """Copy a workbook and leave out the stored values of formulas: LibreOffice would trust them."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename.startswith("xl/worksheets/sheet"):
                content = _WITH_FORMULA.sub(rb"\1\2</c>", content).replace(b' t="str"><f>', b"><f>")
            new.writestr(item, content)


def recalculated(workbooks: Sequence[Path], folder: Path) -> list[Path]:
    """Return the workbooks as LibreOffice saved them, recalculated from nothing; names must differ."""
    program, bare, done = soffice(), folder / "bare", folder / "done"
    bare.mkdir()
    for workbook in workbooks:
        without_values(workbook, bare / workbook.name)
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            *(program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx"),
            *("--outdir", str(done), *sorted(str(path) for path in bare.iterdir())),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return [done / workbook.name for workbook in workbooks]


def formulas(workbook: Path) -> Mapping[tuple[str, str], str]:
    """Return every formula by sheet and cell."""
    return {place: formula for place, (formula, _) in _cells(workbook).items() if formula}


def values(workbook: Path) -> Cells:
    """Return the value of every cell as a preview shows it, empty ones left out; a number as float."""
    return {place: value for place, (_, value) in _cells(workbook).items() if value != ""}


@cache
def _cells(workbook: Path) -> Mapping[tuple[str, str], tuple[str, Value]]:
    """Read formula and value of every cell straight from the file, much faster than openpyxl does."""
    with zipfile.ZipFile(workbook) as archive:
        shared = _shared(archive) if "xl/sharedStrings.xml" in archive.namelist() else []
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        names = [sheet.attrib["name"] for sheet in book.iter(f"{_MAIN}sheet")]
        return {
            (name, cell.attrib["r"]): (cell.findtext(f"{_MAIN}f", ""), _value(cell, shared))
            for number, name in enumerate(names, 1)
            for cell in ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml")).iter(f"{_MAIN}c")
        }


def _shared(archive: zipfile.ZipFile) -> list[str]:
    root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(text.text or "" for text in item.iter(f"{_MAIN}t")) for item in root.iter(f"{_MAIN}si")]


def _value(cell: ElementTree.Element, shared: Sequence[str]) -> Value:
    kind, text = cell.get("t", "n"), cell.findtext(f"{_MAIN}v", "")
    if kind == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(f"{_MAIN}t"))
    if kind == "s":
        return shared[int(text)]
    return float(text) if kind == "n" and text else text


def differences(ours: Cells, theirs: Cells, cells: Mapping[tuple[str, str], str]) -> list[str]:
    """Return the formula cells on which two workbooks do not agree to a billionth."""
    found = []
    for place, formula in cells.items():
        mine, other = ours.get(place, ""), theirs.get(place, "")
        if isinstance(mine, float) and isinstance(other, float):
            if abs(mine - other) > 1e-9:
                found.append(f"{place}: {mine!r} is {other!r} recalculated, {formula}")
        elif mine != other:
            found.append(f"{place}: {mine!r} is {other!r} recalculated, {formula}")
    return found
