"""LibreOffice as the receiver's spreadsheet: recalculate many workbooks at once, read what they hold."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

Value = float | str
Cells = dict[tuple[str, str], Value]


@dataclass(frozen=True)
class ChartPart:
    """One part of every bar: its name, the labels of the bars, the cells its values come from, the values drawn."""

    name: str
    labels: tuple[str, ...]
    at: str
    values: tuple[float, ...]


Chart = list[ChartPart]

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STORED_IN_CHART = re.compile(rb"<(c:)?numCache>.*?</(c:)?numCache>", re.DOTALL)
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
            if item.filename.startswith("xl/charts/chart"):
                content = _STORED_IN_CHART.sub(b"", content)
            new.writestr(item, content)


def recalculated(workbooks: Sequence[Path], folder: Path) -> list[Path]:
    """Return the workbooks as LibreOffice saved them, recalculated from nothing; names must differ."""
    bare = folder / "bare"
    bare.mkdir()
    for workbook in workbooks:
        without_values(workbook, bare / workbook.name)
    return converted([bare / workbook.name for workbook in workbooks], folder, "xlsx")


def converted(workbooks: Sequence[Path], folder: Path, suffix: str) -> list[Path]:
    """Return the workbooks as LibreOffice saved them in a format; it starts once for all of them."""
    done, profile = folder / "done", (folder / "profile").as_uri()
    subprocess.run(
        [
            *(soffice(), f"-env:UserInstallation={profile}", "--headless", "--convert-to", suffix),
            *("--outdir", str(done), *sorted(str(workbook) for workbook in workbooks)),
        ],
        check=True,
        capture_output=True,
        timeout=600,
    )
    return [done / f"{workbook.stem}.{suffix}" for workbook in workbooks]


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
        parts = _parts(archive)
        return {
            (sheet.attrib["name"], cell.attrib["r"]): (cell.findtext(f"{_MAIN}f", ""), _value(cell, shared))
            for sheet in book.iter(f"{_MAIN}sheet")
            for cell in ElementTree.fromstring(archive.read(parts[sheet.attrib[_RELATION]])).iter(f"{_MAIN}c")
        }


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of every sheet by the id of its relation."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.attrib["Id"]: relation.attrib["Target"] for relation in relations}
    return {key: target.lstrip("/") if target.startswith("/") else f"xl/{target}" for key, target in targets.items()}


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


def charts(workbook: Path) -> list[Chart]:
    """Return the charts of a workbook from the top of their sheet down, as the file shows them uncalculated."""
    found = []
    with zipfile.ZipFile(workbook) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"xl/charts/chart\d+\.xml", name):
                found.append([_part(part) for part in ElementTree.fromstring(archive.read(name)).iter(f"{_CHART}ser")])
    return sorted(found, key=lambda chart: int(chart[0].at.split("$")[2].rstrip(":")))


def _part(part: ElementTree.Element) -> ChartPart:
    (name,), labels, values = (_shown(part, tag) for tag in ("tx", "cat", "val"))
    return ChartPart(name, tuple(labels), part.findtext(f"{_CHART}val//{_CHART}f", ""), tuple(map(float, values)))


def _shown(part: ElementTree.Element, tag: str) -> list[str]:
    return [point.findtext(f"{_CHART}v", "") for point in part.findall(f"{_CHART}{tag}//{_CHART}pt")]


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
