"""Every word of the window is Chinese in Chinese, and what is compiled is what is translated."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTableView,
    QTabWidget,
    QTreeView,
    QWidget,
)

from tests.ui.conftest import Sit
from tests.ui.desk import CHECKLIST, FINDINGS, PROFILE, REPORT, SHEET, Desk, Key, settle

ROOT = Path(__file__).resolve().parents[2]
WORDS = ROOT / "resources" / "i18n" / "workbench_zh_CN.ts"
TOOLS = Path(sys.executable).parent

# Names that are the same in every language: standards, keys, file kinds, the language itself, codes.
SAME = {
    *("GB", "Excel", "PDF", "WPS", "LibreOffice", "English", "Language"),
    *("Del", "Ins", "Enter", "FS", "ID", "R", "N", "T", "S", "D"),
}


def texts_of(thing: QObject) -> Iterator[str]:
    """Give every text by which one object speaks to a person."""
    if isinstance(thing, QWidget):
        yield from (thing.toolTip(), thing.statusTip(), thing.accessibleName(), thing.windowTitle())
    if isinstance(thing, QLabel | QAbstractButton):
        yield thing.text()
    elif isinstance(thing, QAction):
        yield from (thing.text(), thing.toolTip(), thing.statusTip())
    elif isinstance(thing, QMenu):
        yield thing.title()
    elif isinstance(thing, QLineEdit):
        yield thing.placeholderText()
    elif isinstance(thing, QComboBox):
        yield from (thing.itemText(place) for place in range(thing.count()))
    elif isinstance(thing, QTabWidget):
        yield from (thing.tabText(place) for place in range(thing.count()))
    elif isinstance(thing, QTableView | QTreeView):
        yield from headers_of(thing)


def headers_of(view: QTableView | QTreeView) -> Iterator[str]:
    model = view.model()
    for column in range(model.columnCount() if model is not None else 0):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")


def texts(desk: Desk) -> dict[str, str]:
    """Return every text of the window with the class that shows it."""
    things = [desk.window, *desk.window.findChildren(QObject)]
    return {text: type(thing).__name__ for thing in things for text in texts_of(thing) if text}


def foreign_words(text: str) -> list[str]:
    """Return the words of a text that are not Chinese though they should be."""
    without_markup = re.sub(r"<[^>]*>", " ", text)
    without_keys = re.sub(r"\(&?[A-Z]\)|\b(?:Ctrl|Alt)\b", " ", without_markup)
    # A fingerprint, as of an audit that was finalised, is of no language.
    without_hashes = re.sub(r"\b[0-9a-f]{64}\b", " ", without_keys)
    return [word for word in re.findall(r"[A-Za-z]{2,}", without_hashes) if word not in SAME]


def show_everything(desk: Desk) -> None:
    """Bring up what is made only when it is needed."""
    for tab in (PROFILE, CHECKLIST, SHEET, FINDINGS, REPORT):
        desk.show(tab)
    desk.show(FINDINGS)
    desk.press(Key.Key_Insert)
    desk.show(CHECKLIST)
    for document in ("D1", "D6"):
        desk.select(document)
    desk.show(SHEET)
    for row in ("5.1.1.1", "5.1.1.2", "special_deductions", "bonus", "5.1"):
        desk.select(row)
    desk.select("5.1.1.2")
    for key in (Key.Key_0, Key.Key_2, Key.Key_Escape):
        desk.press(key)
    desk.show(REPORT)
    settle()


def test_the_measure_finds_english_and_lets_names_pass() -> None:
    assert foreign_words("Remove row") == ["Remove", "row"]
    assert foreign_words("导出 Excel 报告 (GB/T 27922)") == []
    assert foreign_words("文件(&F)") == []


@pytest.mark.long
@pytest.mark.parametrize("state", ["no audit", "new audit"])
def test_every_text_of_the_chinese_window_is_chinese(sit: Sit, state: str) -> None:
    desk = sit(sample=False)
    if state == "new audit":
        desk.new_audit()
        show_everything(desk)
    found = texts(desk)
    assert len(found) > (20 if state == "no audit" else 150)
    english = {text: kind for text, kind in found.items() if foreign_words(text)}
    assert english == {}


@pytest.mark.long
def test_the_sample_shows_no_english_but_what_was_typed(desk: Desk) -> None:
    show_everything(desk)
    typed = repr(desk.audit)
    english = {
        text: kind for text, kind in texts(desk).items() if any(word not in typed for word in foreign_words(text))
    }
    assert english == {}


@pytest.mark.long
def test_every_text_of_the_english_window_is_english(sit: Sit) -> None:
    desk = sit(sample=False, language="en")
    desk.new_audit()
    show_everything(desk)
    chinese = {text: kind for text, kind in texts(desk).items() if re.search("[\u4e00-\u9fff]", text)}
    assert {text for text in chinese if text not in ("中文", "语言 Language")} == set()


def translations() -> ElementTree.Element:
    return ElementTree.parse(WORDS).getroot()


def test_every_text_is_translated() -> None:
    missing = [
        message.findtext("source")
        for message in translations().iter("message")
        if not message.findtext("translation") or message.find("translation").get("type")  # type: ignore[union-attr]
    ]
    assert missing == []


def test_a_translation_has_the_places_of_its_source() -> None:
    wrong = []
    for message in translations().iter("message"):
        source, translation = message.findtext("source") or "", message.findtext("translation") or ""
        if sorted(re.findall(r"\{\d\}", source)) != sorted(re.findall(r"\{\d\}", translation)):
            wrong.append(source)
    assert wrong == []


def test_the_collected_texts_are_those_of_the_program(tmp_path: Path) -> None:
    copy = tmp_path / WORDS.name
    shutil.copy(WORDS, copy)
    collect = ["-extensions", "py", "-no-obsolete", "-locations", "none", "auditor_app/ui", "-ts", str(copy)]
    languages = ["-source-language", "en", "-target-language", "zh_CN"]
    subprocess.run([TOOLS / "pyside6-lupdate", *collect, *languages], cwd=ROOT, check=True, capture_output=True)
    assert copy.read_text("utf-8") == WORDS.read_text("utf-8"), "run: python3 dev.py translate"


def test_the_compiled_texts_are_those_of_their_source(tmp_path: Path) -> None:
    copy, compiled = tmp_path / WORDS.name, tmp_path / "words.qm"
    shutil.copy(WORDS, copy)
    subprocess.run([TOOLS / "pyside6-lrelease", copy, "-qm", compiled], check=True, capture_output=True)
    assert compiled.read_bytes() == WORDS.with_suffix(".qm").read_bytes(), "run: python3 dev.py translate"
