"""Composition root of the window: builds everything, owns nothing else."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QLockFile, QThreadPool, QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox

from auditor_app import __version__, files
from auditor_app.exchange.standards import default_standard
from auditor_app.models.audit import Audit
from auditor_app.models.catalogue import RESOURCES, Catalogue
from auditor_app.models.errors import AuditorError
from auditor_app.models.standard import Standard
from auditor_app.session.session import Session
from auditor_app.storage.library import Library
from auditor_app.ui.bug_report import BugReport
from auditor_app.ui.context import Context
from auditor_app.ui.main_window import MainWindow
from auditor_app.ui.theme import Theme

ENVIRONMENT = 3


class DiskFiles:
    """The files of others, for the window."""

    def read_audit(self, path: Path) -> tuple[Standard, Audit]:
        return files.read_audit(path)

    def write_audit(self, standard: Standard, audit: Audit, path: Path) -> None:
        files.write_audit(standard, audit, path)

    def write_report(self, standard: Standard, audit: Audit, language: str, path: Path) -> None:
        files.write_report(standard, audit, language, path)

    def sample(self) -> tuple[Standard, Audit]:
        return files.read_audit(files.SAMPLE)

    def default_standard(self) -> Standard:
        return default_standard()


class Workbench:
    """The running program: one library, one session, a window that can be built anew in another look."""

    def __init__(self, app: QApplication, library: Library, language: str | None) -> None:
        self._app = app
        self._translators: list[QTranslator] = []
        self.session = Session(library)
        self._language = language or self.session.setting("language", "zh")
        self._theme = self.session.setting("theme", "light")
        self.window: MainWindow | None = None

    def start(self, *, with_sample: bool) -> None:
        """Open the audit edited last, or the sample in an empty library, and show the window."""
        newest = self.session.newest()
        if newest is not None:
            self.session.open(newest)
        elif with_sample:
            self.session.add(*files.read_audit(files.SAMPLE))
        self._build()

    def _build(self) -> None:
        self._translate()
        theme = Theme.load(self._theme)
        theme.prepare(self._app)
        words = Catalogue.load(self._language, "exchange", "report")
        window = MainWindow(Context(self.session, words, theme, DiskFiles()))
        theme.dress(self._app)
        window.restore_geometry(self.session.setting("geometry"))
        window.look_requested.connect(self._change_look)
        window.closing.connect(self._remember)
        window.show()
        self.window = window

    def _change_look(self, theme: str, language: str) -> None:
        self.session.flush()
        self._theme, self._language = theme, language
        for key, value in (("theme", theme), ("language", language)):
            self.session.set_setting(key, value)
        previous = self.window
        self._build()
        if previous is not None and self.window is not None:
            self.window.tabs.setCurrentIndex(previous.tabs.currentIndex())
            previous.dismiss()

    def _remember(self, geometry: str) -> None:
        try:
            self.session.set_setting("geometry", geometry)
        except AuditorError:
            # Only the place of the window is lost; closing must not fail for it.
            return

    def _translate(self) -> None:
        for translator in self._translators:
            self._app.removeTranslator(translator)
        self._translators = []
        if self._language != "zh":
            return
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, place in (("qtbase_zh_CN", folder), ("workbench_zh_CN", str(RESOURCES / "i18n"))):
            translator = QTranslator(self._app)
            if translator.load(name, place):
                self._app.installTranslator(translator)
                self._translators.append(translator)


def run(argv: list[str]) -> int:
    """Open the window and return the exit code when it is closed."""
    arguments = _arguments(argv)
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    app = QApplication(sys.argv[:1])
    app.setApplicationName("auditor-workbench")
    app.setApplicationVersion(__version__)
    words = Catalogue.load(arguments.lang or "zh", "exchange")
    folder = arguments.data or files.library_folder()
    try:
        library = Library(folder, files.who())
    except AuditorError as error:
        QMessageBox.critical(None, "", words.error(error))
        return ENVIRONMENT
    lock = QLockFile(str(folder / "window.lock"))
    lock.setStaleLockTime(0)
    if not lock.tryLock(100):
        QMessageBox.information(None, "", words.text("environment", "already_open"))
        library.close()
        return ENVIRONMENT
    sys.excepthook = BugReport(folder / "failures.log", app).report
    bench = Workbench(app, library, arguments.lang)
    try:
        bench.start(with_sample=arguments.sample)
        return app.exec()
    finally:
        QThreadPool.globalInstance().waitForDone()
        bench.session.close()
        lock.unlock()


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="main.py")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--lang", choices=("zh", "en"))
    return parser.parse_args(argv)
