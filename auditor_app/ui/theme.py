"""Colours by meaning and the style sheet; a theme is a file in resources/themes."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from auditor_app.models.catalogue import RESOURCES
from auditor_app.models.enums import Verdict

ICON_PIXELS = 16


class Theme:
    """One set of colours by meaning, with the icons drawn in them."""

    def __init__(self, name: str, colors: dict[str, str]) -> None:
        self.name = name
        self._colors = colors
        self._made = {meaning: QColor(color) for meaning, color in colors.items()}

    @classmethod
    def load(cls, name: str) -> Theme:
        """Read `resources/themes/<name>.json`."""
        return cls(name, json.loads((_folder() / f"{name}.json").read_text("utf-8"))["colors"])

    def color(self, meaning: str) -> QColor:
        """Return the colour for a meaning, the same object each time: a copy of it may be changed."""
        return self._made[meaning]

    def verdict(self, verdict: Verdict, part: str) -> QColor:
        """Return a verdict's colour: part is `mark`, `text` or `soft` (ground)."""
        if verdict is Verdict.UNJUDGED:
            return self.color("unjudged_text" if part == "text" else "unjudged_line")
        return self.color(verdict.value if part == "mark" else f"{verdict.value}_{part}")

    def icon(self, name: str, meaning: str = "text_soft") -> QIcon:
        """Return an icon of resources/icons in a colour of this theme, sharp at up to twice the size."""
        icon = QIcon()
        for factor in (1, 2):
            icon.addPixmap(self._pixmap(name, meaning, ICON_PIXELS * factor))
        return icon

    @lru_cache(maxsize=256)  # noqa: B019 - a theme lives as long as the window
    def pixmap(self, name: str, meaning: str, pixels: int, ratio: float) -> QPixmap:
        """Return an icon as a picture of `pixels` logical pixels for a screen of this ratio, the same each time."""
        picture = QPixmap(self._pixmap(name, meaning, round(pixels * ratio)))
        picture.setDevicePixelRatio(ratio)
        return picture

    def prepare(self, app: QApplication) -> None:
        """Set the palette, before a workspace is built."""
        app.setStyleSheet("")
        app.setPalette(self._palette())

    def dress(self, app: QApplication) -> None:
        """Apply the style sheet to what is built; while building it would be applied again at every reparenting."""
        app.setStyleSheet(self._style_sheet())

    @lru_cache(maxsize=256)  # noqa: B019 - a theme lives as long as the window
    def _pixmap(self, name: str, meaning: str, pixels: int) -> QPixmap:
        svg = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")
        renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", self._colors[meaning]).encode()))
        picture = QPixmap(pixels, pixels)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        renderer.render(painter, QRectF(0, 0, pixels, pixels))
        painter.end()
        return picture

    def _palette(self) -> QPalette:
        palette = QPalette()
        roles = {
            QPalette.ColorRole.Window: "ground",
            QPalette.ColorRole.WindowText: "text",
            QPalette.ColorRole.Base: "panel",
            QPalette.ColorRole.AlternateBase: "row_group",
            QPalette.ColorRole.Text: "text",
            QPalette.ColorRole.PlaceholderText: "text_second",
            QPalette.ColorRole.Button: "panel",
            QPalette.ColorRole.ButtonText: "text",
            QPalette.ColorRole.ToolTipBase: "panel",
            QPalette.ColorRole.ToolTipText: "text",
            QPalette.ColorRole.Highlight: "accent",
            QPalette.ColorRole.HighlightedText: "on_accent",
            QPalette.ColorRole.Link: "accent",
        }
        for role, meaning in roles.items():
            palette.setColor(role, self.color(meaning))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("text_disabled"))
        return palette

    def _style_sheet(self) -> str:
        template = (_folder() / "window.qss").read_text("utf-8")
        icons = (RESOURCES / "icons").as_posix()
        return re.sub(r"@(\w+)@", lambda m: icons if m[1] == "icons" else self._colors[m[1]], template)


def _folder() -> Path:
    return RESOURCES / "themes"
