"""When the program itself fails: tell the person once, on the window's thread, that the work is safe."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from auditor_app.ui.failure_desk import FailureDesk
from auditor_app.ui.failure_dialog import FailureDialog

PAUSE_MS = 5000
"""After somebody went on, so that what fails again and again leaves time to save and to close."""


class BugReport(QObject):
    """Show failures of any thread: one dialog at a time, each place once; all of them are in the report."""

    _arrived = Signal()

    def __init__(self, desk: FailureDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._told: set[str] = set()
        self._is_due = False
        self._dialog: FailureDialog | None = None
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._show_due)
        # Queued, for the failure may be in the middle of painting, or on another thread.
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    def tell(self, place: str) -> None:
        """Have a failure shown soon, unless one of the same place was; may be called on any thread."""
        if place not in self._told:
            self._told.add(place)
            self._arrived.emit()

    def tell_end(self) -> None:
        """Show that the run before died at once."""
        self._open(
            self.tr("The program ended by itself last time"),
            self.tr(
                "Something in it failed so badly that the system ended it. Everything shown as saved is safe: an edit "
                "is on the disk whole or not at all. Of what was being typed just then, the last words may be missing."
            ),
            self.tr("Continue"),
        )

    def show_log(self) -> None:
        """Show the report and the log to somebody who asks for them."""
        self._open(
            self.tr("Log and failure report"),
            self.tr("What the program did last and what failed since it was started, for those who help you with it."),
            self.tr("Close"),
        )

    def _on_arrived(self) -> None:
        self._is_due = True
        if self._dialog is None and not self._pause.isActive():
            self._show_due()

    def _show_due(self) -> None:
        if not self._is_due or self._dialog is not None:
            return
        self._is_due = False
        self._open(
            self.tr("Something in the program failed"),
            self.tr(
                "Everything shown as saved is safe, and you can go on working. What you did last may not have been "
                "carried out: look at it again. If the window does not behave, close the program and open it again."
            ),
            self.tr("Continue"),
        )

    def _open(self, heading: str, text: str, go_on: str) -> None:
        if self._dialog is not None:
            return
        self._dialog = FailureDialog(self._desk, heading, text, go_on, _above())
        self._dialog.destroyed.connect(self._on_closed)
        self._dialog.open()

    def _on_closed(self) -> None:
        self._dialog = None
        self._pause.start()


def _above() -> QWidget | None:
    """Return the window that has the person's attention."""
    return QApplication.activeModalWidget() or QApplication.activeWindow()
