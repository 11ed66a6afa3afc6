"""The workbench as a person starts it, until its window is filled; prints when each step was reached.

Run with the arguments of `main.py`.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any


def main(argv: list[str]) -> int:
    """Run the program with a clock at its seams."""
    stamps = {"interpreter": time.monotonic()}
    # Here, because the time these imports take is part of the measure.
    import main as program
    from auditor_app import app

    stamps["imports"] = time.monotonic()
    _put_clocks(app, stamps)
    code = program.main(argv)
    print(json.dumps(stamps))
    return code


def _put_clocks(app: Any, stamps: dict[str, float]) -> None:
    """Stamp the steps of the start, and end when the window is filled instead of running on."""
    from PySide6.QtCore import QTimer

    from tests.bench.children.first_paint import FirstPaint

    real_window, real_application = app.MainWindow, app.QApplication
    watches: list[FirstPaint] = []

    class Window(real_window):  # type: ignore[misc, valid-type]
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            # Queued behind the paint, before the program goes on: the frame is on the screen then.
            self.painted.connect(lambda: QTimer.singleShot(0, lambda: stamps.update(shown=time.monotonic())))

        def fill(self, workspace: Any) -> None:
            stamps["built"] = time.monotonic()
            super().fill(workspace)
            watches.append(FirstPaint(workspace))

    class Application(real_application):  # type: ignore[misc, valid-type]
        def exec(self) -> int:
            while not watches:
                self.processEvents()
            stamps["filled"] = watches[0].wait()
            return 0

    app.MainWindow, app.QApplication = Window, Application


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
