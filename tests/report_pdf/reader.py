"""A PDF as its receiver's reader sees it, by the tools of poppler."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase


@dataclass(frozen=True)
class EmbeddedFont:
    """A font of a PDF: its name, whether it is embedded, and whether its text can be found and copied."""

    name: str
    is_embedded: bool
    is_searchable: bool


def poppler(program: str, *arguments: str) -> str:
    """Run one of the tools and return what it prints, or skip; where they are required, absence is a failure."""
    if shutil.which(program) is None:
        if os.environ.get("REQUIRE_POPPLER") == "1":
            pytest.fail(f"{program} of poppler-utils is required here and is not installed")
        pytest.skip(f"{program} of poppler-utils is not installed")
    done = subprocess.run([program, *arguments], check=True, capture_output=True, timeout=120)
    # What is wrong with a file is told on the side.
    assert done.stderr == b""
    return done.stdout.decode("utf-8")


def chinese_font() -> None:
    """Skip where no font has Chinese letters, so that there is no text to find; where that is required, fail."""
    if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        if os.environ.get("REQUIRE_POPPLER") == "1":
            pytest.fail("a Chinese font is required here and is not installed")
        pytest.skip("no Chinese font is installed")


def texts(pdf: Path) -> list[str]:
    """Return the text of every page in the order in which it was written."""
    chinese_font()
    return poppler("pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-").split("\f")[:-1]


def bare(text: str) -> str:
    """Return a text without white space: where a line ends is nobody's business."""
    return "".join(text.split())


def sizes(pdf: Path) -> list[tuple[int, int]]:
    """Return width and height of every page in whole points."""
    told = poppler("pdfinfo", "-f", "1", "-l", "9999", str(pdf))
    lines = [line.split() for line in told.splitlines() if line.startswith("Page ") and " size:" in line]
    return [(round(float(words[3])), round(float(words[5]))) for words in lines]


def title(pdf: Path) -> str:
    """Return the title of a PDF."""
    lines = poppler("pdfinfo", str(pdf)).splitlines()
    return next(line.partition(":")[2].strip() for line in lines if line.startswith("Title:"))


def fonts(pdf: Path) -> list[EmbeddedFont]:
    """Return the fonts of a PDF."""
    rows = [line.split() for line in poppler("pdffonts", str(pdf)).splitlines()[2:]]
    # The columns after the encoding: embedded, a part only, with notes of the characters, number of the object.
    return [EmbeddedFont(row[0], row[-5] == "yes", row[-3] == "yes") for row in rows]
