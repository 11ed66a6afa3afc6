"""The words of the window in the language it is shown in."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from auditor_app.models.catalogue import RESOURCES


class Translations:
    """What is installed at present, for one application."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._language = "en"
        self._installed: list[QTranslator] = []

    def speak(self, language: str) -> None:
        """Have everything that is built from now on speak `zh` or `en`."""
        if language == self._language:
            return
        self.clear()
        self._language = language
        if language != "zh":
            return
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, place in (("qtbase_zh_CN", folder), ("workbench_zh_CN", str(RESOURCES / "i18n"))):
            translator = QTranslator(self._app)
            if translator.load(name, place):
                self._app.installTranslator(translator)
                self._installed.append(translator)

    def clear(self) -> None:
        """Speak English again."""
        for translator in self._installed:
            self._app.removeTranslator(translator)
            translator.deleteLater()
        self._installed, self._language = [], "en"
