"""The window itself: shown at once, filled with a workspace when that is built."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, QSize, Signal
from PySide6.QtGui import QCloseEvent, QColor, QPalette
from PySide6.QtWidgets import QApplication, QMainWindow, QMenuBar, QStatusBar, QWidget

SMALLEST = QSize(1180, 640)
WANTED = QSize(1440, 900)


class MainWindow(QMainWindow):
    """A frame that imports nothing but Qt, so that it is on the screen while the rest still loads."""

    painted = Signal()
    """The window has painted itself for the first time."""

    def __init__(self, ground: QColor, geometry: QByteArray) -> None:
        super().__init__()
        self._was_painted = False
        self.may_close: Callable[[], bool] = lambda: True
        """Asked before the window closes; it stays open when the answer is no."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, ground)
        self.setPalette(palette)
        room = self.screen().availableGeometry().size()
        # A laptop at 125 or 150 percent has fewer logical pixels than the workspace would like.
        self.setMinimumSize(SMALLEST.boundedTo(room))
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(WANTED.boundedTo(room))

    def fill(self, workspace: QWidget) -> None:
        """Show a workspace in the place of the one before."""
        self.setPalette(QPalette())
        self.setCentralWidget(workspace)

    def empty(self) -> None:
        """Be the bare frame again that the window was at the start."""
        self.may_close = lambda: True
        # Out of the window at once: it may be a while until Qt deletes it, and the window tells its own of much.
        workspace = self.takeCentralWidget()
        if workspace is not None:
            workspace.setParent(None)
            workspace.deleteLater()
        self.setMenuBar(QMenuBar())
        self.setStatusBar(QStatusBar())

    def come_to_front(self) -> None:
        """Show the window over all others, out of the task bar too; where that is not allowed, call for attention."""
        now = self.windowState()
        # Not by the name of `Qt`: it brings all its enums with it, and a window that opens would wait for them.
        states = type(now)
        self.setWindowState(now & ~states.WindowMinimized | states.WindowActive)
        self.show()
        self.raise_()
        self.activateWindow()
        QApplication.alert(self)

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.Paint and not self._was_painted:
            self._was_painted = True
            self.painted.emit()
        return handled

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.may_close():
            super().closeEvent(event)
        else:
            event.ignore()
