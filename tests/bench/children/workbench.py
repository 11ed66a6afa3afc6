"""The workbench as a person starts it, until its window is painted; prints when each step was reached.

Run with the arguments of `main.py`.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
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
    """Have the composition root stamp its steps, and end at the first paint instead of running on."""
    from tests.bench.children.first_paint import FirstPaint

    real_library, real_window, real_application = app.Library, app.MainWindow, app.QApplication
    watches: list[FirstPaint] = []

    def library(folder: Path, who: str) -> Any:
        stamps["application"] = time.monotonic()
        opened = real_library(folder, who)
        stamps["library"] = time.monotonic()
        return opened

    def window(context: Any) -> Any:
        stamps["prepared"] = time.monotonic()
        built = real_window(context)
        stamps["built"] = time.monotonic()
        watches.append(FirstPaint(built))
        return built

    class Application(real_application):  # type: ignore[misc, valid-type]
        def exec(self) -> int:
            stamps["painted"] = watches[0].wait()
            return 0

    app.Library, app.MainWindow, app.QApplication = library, window, Application


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
