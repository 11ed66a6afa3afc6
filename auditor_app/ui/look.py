"""How the window looked last time: place, theme, language; of this computer, not of an audit."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtGui import QColor

FILE_NAME = "window.ini"
LIGHT_GROUND = "#F3F5F8"
LANGUAGES = {"zh": "中文", "en": "English"}
"""The languages of window and report, each in itself: whoever cannot read the other one finds it."""


class Look:
    """The look kept beside the library; a file that cannot be read or written only loses the look."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._settings = QSettings(str(self._path), QSettings.Format.IniFormat)

    @property
    def geometry(self) -> QByteArray:
        """Return place and size of the window, empty the first time."""
        stored = self._settings.value("geometry")
        return stored if isinstance(stored, QByteArray) else QByteArray()

    @property
    def theme(self) -> str:
        """Return the name of the theme."""
        return "dark" if self._settings.value("theme") == "dark" else "light"

    @property
    def language(self) -> str:
        """Return the language of the window."""
        return "en" if self._settings.value("language") == "en" else "zh"

    @property
    def ground(self) -> QColor:
        """Return the colour behind everything, for the moment before the theme is loaded."""
        return QColor(str(self._settings.value("ground", LIGHT_GROUND)))

    def keep_geometry(self, geometry: QByteArray) -> None:
        """Keep place and size of the window."""
        self._make_private()
        self._settings.setValue("geometry", geometry)

    def keep(self, theme: str, ground: QColor, language: str) -> None:
        """Keep theme and language."""
        self._make_private()
        self._settings.setValue("theme", theme)
        self._settings.setValue("ground", ground.name())
        self._settings.setValue("language", language)

    def _make_private(self) -> None:
        """Make the file for its owner only; Qt keeps the rights of one that is there."""
        with suppress(OSError):
            self._path.touch(mode=0o600)
