"""Start of the window: the frame is on the screen first, everything else comes after it."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from pathlib import Path
from types import ModuleType

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from auditor_app import __version__
from auditor_app.look import Look
from auditor_app.places import library_folder
from auditor_app.ui.fonts import body_font
from auditor_app.ui.main_window import MainWindow
from auditor_app.ui.single_instance import Claim, SingleInstance

_INCOMPLETE = (
    "程序的文件不完整，无法启动。您的资料没有被改动。请重新安装程序。\n\n"
    "Files of the program are missing or damaged, so it cannot start. Your work was not touched. Install it again."
)
"""In both languages at once, for the files with the words may be those that are missing."""


def run(argv: list[str]) -> int:
    """Open the window and return the exit code when it is closed."""
    arguments = _arguments(argv)
    spare_sources()
    # Nothing made while starting is garbage; collecting it only delays the window.
    gc.disable()
    app = QApplication(sys.argv[:1])
    prepare(app)
    folder = arguments.data or library_folder()
    instance = SingleInstance(folder)
    # Before anything is shown: a window that only comes and goes would be in the way of the one that is called.
    if folder.is_dir() and instance.claim() is Claim.ANOTHERS and instance.call_other():
        return 0
    look = Look(folder)
    window = MainWindow(look.ground, look.geometry)
    openings = []

    def furnish() -> None:
        try:
            # Here, so that the window is painted before the rest of the program is even read.
            from auditor_app.opening import Opening

            opening = Opening(app, window, look, instance)
        except Exception:
            # There is no log yet, and there may be no words either.
            from PySide6.QtWidgets import QMessageBox

            QMessageBox.critical(window, window.windowTitle(), _INCOMPLETE)
            app.exit(1)
            raise
        openings.append(opening)
        try:
            is_named = arguments.data is not None
            opening.open(folder, arguments.lang, with_sample=arguments.sample, is_named=is_named)
        finally:
            gc.enable()

    # The paint reaches the screen before the timer's turn comes.
    window.painted.connect(lambda: QTimer.singleShot(0, furnish))
    window.show()
    try:
        code = app.exec()
    finally:
        for opening in openings:
            opening.close()
    return _ended(code)


def _ended(code: int) -> int:
    """Return the exit code, or end here when a thread hangs: the process would wait for it, and the next start too."""
    from auditor_app.session.worker import is_held_up

    if is_held_up():
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


def spare_sources() -> None:
    """Have PySide not read the source of every module that is imported from now on.

    It looks there for its own name, to know where other spellings of its methods may be asked for; nobody asks.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if feature is not None:
        vars(feature)["_mod_uses_pyside"] = _is_ours


def _is_ours(module: ModuleType) -> bool:
    return module.__name__.startswith("auditor_app")


def prepare(app: QApplication) -> None:
    """Set what every window of the program shares, before the first one is made."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    app.setApplicationName("auditor-workbench")
    app.setApplicationVersion(__version__)
    app.setStyle("Fusion")
    app.setFont(body_font())


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="main.py")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--lang", choices=("zh", "en"))
    return parser.parse_args(argv)
