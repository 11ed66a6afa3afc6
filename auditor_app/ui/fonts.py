"""The font of the window."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont

# Windows hands a Chinese Qt SimSun unless asked; the rest covers macOS and Linux.
FAMILIES = ["Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei", "sans-serif"]
BODY_PIXELS = 13


@lru_cache(maxsize=32)
def body_font(pixels: int = BODY_PIXELS, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the font of the window at a size in pixels, with figures of equal width; shared, so not to be changed."""
    font = QFont(FAMILIES)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
