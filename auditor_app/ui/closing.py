"""What the window asks and waits for before it closes: text that is not stored, files that are not whole yet."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QThreadPool, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

UNSEEN_MS, LOOK_MS = 400, 50


def closes_anyway(window: QWidget) -> bool:
    """Ask whether to close though something typed was refused or could not be written."""
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(QCoreApplication.translate("Closing", "Something you typed last is not stored."))
    box.setInformativeText(
        QCoreApplication.translate(
            "Closing", "Everything else is safe. Go back to correct or store it, or close and leave it out."
        )
    )
    return _goes_on(box, QCoreApplication.translate("Closing", "Close anyway"))


def leaves_files_out(window: QWidget) -> bool:
    """Ask whether to close though files are still on their way."""
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(QCoreApplication.translate("Closing", "Files are still being added."))
    box.setInformativeText(
        QCoreApplication.translate(
            "Closing",
            "Those added so far are safe. Go back and let the others follow, or close and leave them out; "
            "the files themselves are not touched.",
        )
    )
    return _goes_on(box, QCoreApplication.translate("Closing", "Close and leave them out"))


def files_are_whole(window: QWidget) -> bool:
    """Wait until what is written aside, such as a report, is whole; False when somebody goes back to the window.

    Whoever is in a hurry closes without it.
    """
    pool = QThreadPool.globalInstance()
    if pool.waitForDone(UNSEEN_MS):
        return True
    box = QMessageBox(window)
    box.setText(QCoreApplication.translate("Closing", "A file is still being written or read."))
    box.setInformativeText(
        QCoreApplication.translate(
            "Closing",
            "Your work is saved. The window closes when the file is whole. "
            "Without it, a file that was there before stays as it was.",
        )
    )
    looking = QTimer(box, interval=LOOK_MS)
    looking.timeout.connect(lambda: None if pool.activeThreadCount() else box.accept())
    looking.start()
    return _goes_on(box, QCoreApplication.translate("Closing", "Close without it"))


def _goes_on(box: QMessageBox, anyway: str) -> bool:
    """Ask with the two ways there are, to go back or to close anyway, and say whether to close."""
    box.setWindowTitle(QCoreApplication.translate("Closing", "Auditor workbench"))
    back = box.addButton(QCoreApplication.translate("Closing", "Go back"), QMessageBox.ButtonRole.RejectRole)
    box.addButton(anyway, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(back)
    box.setEscapeButton(back)
    box.exec()
    chosen = box.clickedButton()
    box.deleteLater()
    return chosen is not back
