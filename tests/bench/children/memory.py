"""A window at rest, bare or with a library; prints the memory that the process takes, in megabytes."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMainWindow, QTabWidget, QWidget


def main(arguments: list[str]) -> None:
    """Show the workbench on a library, all tabs and the board, or without one a bare window with one tab."""
    if arguments:
        from auditor_app.storage.library import Library
        from tests.bench.window import settle, workbench

        with workbench(Library(Path(arguments[0]), "bench")) as (_, space):
            for place in range(space.tabs.count()):
                space.tabs.setCurrentIndex(place)
                settle()
            space.left.toggle()
            settle()
            print(json.dumps({"megabytes": _resident() / 2**20}))
        return
    app = QApplication(sys.argv[:1])
    window, tabs = QMainWindow(), QTabWidget()
    tabs.addTab(QWidget(), "Tab")
    window.setCentralWidget(tabs)
    window.resize(1440, 900)
    window.show()
    app.processEvents()
    print(json.dumps({"megabytes": _resident() / 2**20}))


def _resident() -> int:
    """Return the bytes of memory that the process has in use now; Linux alone tells in this way."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main(sys.argv[1:])
