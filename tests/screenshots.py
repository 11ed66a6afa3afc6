"""Make the pictures of docs/screenshots: `python -m tests.screenshots [WIDTH HEIGHT [FOLDER]]`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication, QTabWidget, QWidget

from auditor_app import files
from auditor_app.app import prepare
from auditor_app.models.catalogue import RESOURCES
from auditor_app.storage.library import Library
from auditor_app.ui.look import Look
from auditor_app.ui.main_window import MainWindow
from auditor_app.workbench import Workbench

DOCS = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
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
        _grab(window, space.tabs, space.profile, folder / "profile.png")
        _grab(window, space.tabs, space.checklist, folder / "checklist.png")
        space.scoring.go_to("5.1.1.2")
        _grab(window, space.tabs, space.scoring, folder / "scoring.png")
        bench.session.open(failed.id)
        space.scoring.go_to("5.1.2.2")
        _grab(window, space.tabs, space.scoring, folder / "scoring-fail.png")
        _grab(window, space.tabs, space.report, folder / "report.png")
        window.close()
        bench.close()


def _grab(window: MainWindow, tabs: QTabWidget, tab: QWidget, path: Path) -> None:
    tabs.setCurrentWidget(tab)
    # Layouts of what was just made settle in a pass of their own.
    for _ in range(3):
        QApplication.processEvents()
    window.grab().save(str(path))


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main(sys.argv[1:])
