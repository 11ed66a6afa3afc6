"""When the program itself fails: write it down, say that the work is safe, offer the details to copy."""

from __future__ import annotations

import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMessageBox

LARGEST_LOG = 1_000_000


class BugReport(QObject):
    """An exception hook for the window's thread; one message at a time, every failure in the log."""

    def __init__(self, log: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = log
        self._showing = False

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log a failure and tell the person, who can go on working."""
        details = "".join(traceback.format_exception(kind, error, trace))
        self._write(details)
        if not self._showing:
            self._show(details)

    def _write(self, details: str) -> None:
        try:
            mode = "w" if self._log.exists() and self._log.stat().st_size > LARGEST_LOG else "a"
            with self._log.open(mode, encoding="utf-8", errors="backslashreplace") as file:
                file.write(f"{datetime.now().isoformat(timespec='seconds')}\n{details}\n")
        except OSError:
            # Nothing is left to tell but on the screen.
            return

    def _show(self, details: str) -> None:
        box = QMessageBox(QApplication.activeWindow())
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Auditor workbench"))
        box.setText(self.tr("Something in the program failed."))
        box.setInformativeText(
            self.tr(
                "Everything shown as saved is safe. You can go on; if it happens again, send this file: {0}"
            ).format(self._log)
        )
        box.setDetailedText(details)
        self._showing = True
        try:
            box.exec()
        finally:
            self._showing = False
            box.deleteLater()
