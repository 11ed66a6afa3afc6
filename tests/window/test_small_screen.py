"""On the screen of a small laptop everything that must be seen is seen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.window.screen import PATIENCE, ROOT, Screen

pytestmark = pytest.mark.long

MEASURE = """
import json, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea
from tests.ui.conftest import build_window
from tests.ui.desk import CHECKLIST, FINDINGS, PROFILE, REPORT, SHEET, settle

app = QApplication([])
desk = build_window(app, Path(sys.argv[1]), sample=True, language=sys.argv[2])
window, bar = desk.window, desk.space.score_bar
window.showNormal()
window.move(0, 0)
window.resize(1366, 768)
settle()

def cut(parts):
    return [p.text() for p in parts if p.isVisible() and p.visibleRegion().boundingRect() != p.rect()]

def squeezed(parts):
    return [p.text() for p in parts if p.isVisible() and not p.wordWrap() and p.sizeHint().width() > p.width()]

found = {"size": [window.width(), window.height()], "sheet": {}, "page": {}}
found["bar"] = bar.height() == bar.visibleRegion().boundingRect().height() and bar.width() == window.width()
found["cut"] = cut(bar.findChildren(QLabel) + bar.findChildren(QPushButton))
found["squeezed"] = squeezed(bar.findChildren(QLabel))
for tab in (CHECKLIST, SHEET, FINDINGS):
    desk.space.tabs.setCurrentIndex(tab)
    settle()
    found["sheet"][tab] = desk.sheet.horizontalScrollBar().maximum()
for tab in (PROFILE, REPORT):
    desk.space.tabs.setCurrentIndex(tab)
    settle()
    areas = desk.space.tabs.currentWidget().findChildren(QScrollArea)
    found["page"][tab] = max(area.horizontalScrollBar().maximum() for area in areas)
print(json.dumps(found))
"""


@pytest.fixture(scope="module", params=["zh", "en"])
def measured(request: pytest.FixtureRequest, screen: Screen, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Give what a window with the sample audit measures on the screen."""
    folder = tmp_path_factory.mktemp("measured")
    environment = {**os.environ, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(folder), request.param],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_window_fits_the_screen(measured: Any) -> None:
    assert measured["size"] == [1366, 768]


def test_the_whole_score_bar_is_seen(measured: Any) -> None:
    assert measured["bar"]
    assert measured["cut"] == []
    assert measured["squeezed"] == []


def test_no_sheet_scrolls_sideways(measured: Any) -> None:
    assert measured["sheet"] == {"1": 0, "2": 0, "3": 0}


def test_no_page_scrolls_sideways(measured: Any) -> None:
    assert measured["page"] == {"0": 0, "4": 0}
