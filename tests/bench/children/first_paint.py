"""Tell when a window has painted itself for the first time."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

PATIENCE_SECONDS = 60.0


class FirstPaint(QObject):
    """Watch a window from before it is shown."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._is_painted = False
        window.installEventFilter(self)

    def wait(self) -> float:
        """Process events until everything of the window is painted once; return when that was."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._is_painted:
            if time.monotonic() > deadline:
                raise TimeoutError("the window did not paint itself")
            QApplication.processEvents()
        # The window is first and its parts follow in the same pass, which has ended when control is back here.
        return time.monotonic()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self._is_painted = self._is_painted or event.type() == QEvent.Type.Paint
        return False
