"""How the window looked last time: place, theme, language; of this computer, not of an audit."""

from __future__ import annotations

from configparser import ConfigParser, Error
from contextlib import suppress
from io import StringIO
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor

from auditor_app.models.errors import EnvironmentProblem

FILE_NAME = "window.ini"
LIGHT_GROUND = "#F3F5F8"
_SECTION = "General"


class Look:
    """The look kept beside the library; a file that cannot be read or written only loses the look.

    `QSettings` would wait for a lock of its own beside the file, for ever where one can be written and not removed.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._kept = _read(self._path)

    @property
    def geometry(self) -> QByteArray:
        """Return place and size of the window, empty the first time."""
        return QByteArray.fromHex(self._kept.get("geometry", "").encode())

    @property
    def theme(self) -> str:
        """Return the name of the theme."""
        return "dark" if self._kept.get("theme") == "dark" else "light"

    @property
    def language(self) -> str:
        """Return the language of the window."""
        return "en" if self._kept.get("language") == "en" else "zh"

    @property
    def ground(self) -> QColor:
        """Return the colour behind everything, for the moment before the theme is loaded."""
        ground = QColor.fromString(self._kept.get("ground", LIGHT_GROUND))
        return ground if ground.isValid() else QColor(LIGHT_GROUND)

    def keep_geometry(self, geometry: QByteArray) -> None:
        """Keep place and size of the window."""
        self._keep(geometry=bytes(geometry.data()).hex())

    def keep(self, theme: str, ground: QColor, language: str) -> None:
        """Keep theme and language."""
        self._keep(theme=theme, ground=ground.name(), language=language)

    def _keep(self, **changed: str) -> None:
        # Not before the window is shown, which waits for every import.
        from auditor_app.storage.atomic_file import write_atomically

        self._kept |= changed
        parser = _parser()
        parser[_SECTION] = self._kept
        text = StringIO()
        parser.write(text, space_around_delimiters=False)
        with suppress(EnvironmentProblem):
            write_atomically(self._path, text.getvalue().encode(), synced=False, private=True)


def _read(path: Path) -> dict[str, str]:
    parser = _parser()
    with suppress(OSError, UnicodeDecodeError, Error, KeyError):
        parser.read_string(path.read_text(encoding="utf-8"))
        return dict(parser[_SECTION])
    return {}


def _parser() -> ConfigParser:
    return ConfigParser(interpolation=None, strict=False)
