"""The floor of the start: a process that shows one empty tab; prints when it was painted."""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QMainWindow, QTabWidget, QWidget

from tests.bench.children.first_paint import FirstPaint

SMALLEST, WANTED = QSize(1180, 640), QSize(1440, 900)


def main() -> None:
    """Show the window, as large as the workbench makes its own, until it is painted."""
    app = QApplication(sys.argv[:1])
    window, tabs = QMainWindow(), QTabWidget()
    tabs.addTab(QWidget(), "Tab")
    window.setCentralWidget(tabs)
    window.setMinimumSize(SMALLEST)
    window.resize(WANTED.boundedTo(window.screen().availableGeometry().size()))
    watch = FirstPaint(window)
    window.show()
    print(json.dumps({"painted": watch.wait()}))
    window.close()
    app.quit()


if __name__ == "__main__":
    main()
