"""Make the pictures of docs/screenshots: `python -m tests.screenshots [WIDTH HEIGHT [FOLDER]]`."""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image, ImageDraw
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget

from auditor_app import files
from auditor_app.app import prepare
from auditor_app.look import Look
from auditor_app.models.audit import Kind
from auditor_app.models.catalogue import RESOURCES
from auditor_app.models.changes import set_fields
from auditor_app.storage.library import Library
from auditor_app.ui.evidence_strip import EvidenceStrip
from auditor_app.ui.evidence_viewer import EvidenceViewer
from auditor_app.ui.main_window import MainWindow
from auditor_app.workbench import Workbench

DOCS = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
SETTLING = 40
FAILED = RESOURCES / "samples" / "elevator-service.json"


def main(arguments: list[str]) -> None:
    """Grab every tab of the two samples."""
    width, height = (int(argument) for argument in arguments[:2] or ("1366", "768"))
    folder = Path(arguments[2]) if len(arguments) > 2 else DOCS
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as library:
        prepare(app)
        look = Look(Path(library))
        window = MainWindow(look.ground, look.geometry)
        bench = Workbench(app, window, look, Library(Path(library), "screenshots"))
        failed_standard, failed = files.read_audit(FAILED)
        standard, passed = files.read_audit(files.SAMPLE)
        for pack, audit in ((failed_standard, failed), (standard, passed)):
            bench.session.add(pack, audit)
        bench.start(with_sample=False)
        space = bench.workspace
        assert space is not None
        window.resize(width, height)
        window.show()
        _grab(window, space.tabs, space.tabs.profile, folder / "profile.png")
        _grab(window, space.tabs, space.tabs.checklist, folder / "checklist.png")
        space.tabs.setCurrentWidget(space.tabs.scoring)
        space.tabs.scoring.go_to("5.1.2.1")
        _add_photos(bench, Path(library))
        _grab(window, space.tabs, space.tabs.scoring, folder / "scoring.png")
        _grab_viewer(bench, space.tabs.scoring, folder / "evidence.png")
        bench.session.open(failed.id)
        space.tabs.scoring.go_to("5.1.2.2")
        space.left.toggle()
        _grab(window, space.tabs, space.tabs.scoring, folder / "scoring-fail.png")
        space.left.toggle()
        _grab(window, space.tabs, space.tabs.findings, folder / "findings.png")
        _grab(window, space.tabs, space.tabs.report, folder / "report.png")
        window.close()
        bench.close()


def _add_photos(bench: Workbench, folder: Path) -> None:
    """Add drawn photos of a store room to the indicator that is shown, and wait for them."""
    paths = []
    for number in range(4):
        paths.append(folder / f"IMG_20{31 + number}.jpg")
        _store_room(number).save(paths[-1], "JPEG")
    strip = bench.workspace.tabs.scoring.findChild(EvidenceStrip) if bench.workspace is not None else None
    assert strip is not None
    strip.view.given.emit(paths)
    for _ in range(400):
        QApplication.processEvents()
        time.sleep(0.005)


def _grab_viewer(bench: Workbench, tab: QWidget, path: Path) -> None:
    """Mark the first photo and grab the viewer that shows it."""
    session = bench.session
    row_id, row = next(iter(session.audit.of(Kind.EVIDENCE).items()))
    marks = {"marks": ("box 3600 2200 6300 5200", "arrow 1500 8500 3500 5400"), "caption": "备件架第 2 层缺标识"}
    session.submit(set_fields(Kind.EVIDENCE, row_id, row, marks), "mark")
    strip = tab.findChild(EvidenceStrip)
    assert strip is not None
    strip.view.setCurrentIndex(strip._list.index(0))
    strip.view.open_requested.emit()
    viewer = next(dialog for dialog in QApplication.topLevelWidgets() if isinstance(dialog, EvidenceViewer))
    for _ in range(200):
        QApplication.processEvents()
        time.sleep(0.005)
    viewer.grab().save(str(path))
    viewer.close()


def _store_room(number: int) -> Image.Image:
    """Draw shelves with boxes in the light of a store room."""
    wide, high = 1600, 1200
    picture = Image.new("RGB", (wide, high), (196, 203, 210))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 980, wide, high), fill=(142, 137, 130))
    drawn = random.Random(number)
    for shelf in range(3):
        top = 150 + shelf * 280
        x = 90
        while x < wide - 260:
            width, height = drawn.randint(90, 190), drawn.randint(110, 210)
            shade = drawn.randint(-25, 25)
            box = (x, top + 230 - height, x + width, top + 230)
            draw.rectangle(box, fill=(186 + shade, 148 + shade, 104 + shade), outline=(120, 92, 60), width=3)
            draw.rectangle((x + 18, top + 245 - height, x + width - 30, top + 285 - height), fill=(240, 240, 236))
            x += width + drawn.randint(14, 60)
        draw.rectangle((60, top + 230, wide - 60, top + 252), fill=(74, 96, 122))
    for x in (60, wide - 80):
        draw.rectangle((x, 120, x + 20, 1010), fill=(74, 96, 122))
    return picture


def _grab(window: MainWindow, tabs: QTabWidget, tab: QWidget, path: Path) -> None:
    tabs.setCurrentWidget(tab)
    # Layouts of what was just made settle in passes of their own, what lies beside the tabs last.
    for _ in range(SETTLING):
        QApplication.processEvents()
        time.sleep(0.005)
    window.grab().save(str(path))


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main(sys.argv[1:])
