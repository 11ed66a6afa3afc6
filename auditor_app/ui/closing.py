"""What the window asks and waits for before it closes: text that is not stored, files that are not whole yet."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QThreadPool, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

UNSEEN_MS, LOOK_MS = 400, 50


def closes_anyway(window: QWidget) -> bool:
    """Ask whether to close though something typed was refused or could not be written."""
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(QCoreApplication.translate("Closing", "Auditor workbench"))
    box.setText(QCoreApplication.translate("Closing", "Something you typed last is not stored."))
    box.setInformativeText(
        QCoreApplication.translate(
            "Closing", "Everything else is safe. Go back to correct or store it, or close and leave it out."
        )
    )
    back = box.addButton(QCoreApplication.translate("Closing", "Go back"), QMessageBox.ButtonRole.RejectRole)
    box.addButton(QCoreApplication.translate("Closing", "Close anyway"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(back)
    box.setEscapeButton(back)
    box.exec()
    chosen = box.clickedButton()
    box.deleteLater()
    return chosen is not back


def files_are_whole(window: QWidget) -> bool:
    """Wait until what is written aside, such as a report, is whole; False when somebody goes back to the window.

    Whoever is in a hurry closes without it.
    """
    pool = QThreadPool.globalInstance()
    if pool.waitForDone(UNSEEN_MS):
        return True
    box = QMessageBox(window)
    box.setWindowTitle(QCoreApplication.translate("Closing", "Auditor workbench"))
    box.setText(QCoreApplication.translate("Closing", "A file is still being written or read."))
    box.setInformativeText(
        QCoreApplication.translate(
            "Closing",
            "Your work is saved. The window closes when the file is whole. "
            "Without it, a file that was there before stays as it was.",
        )
    )
    back = box.addButton(QCoreApplication.translate("Closing", "Go back"), QMessageBox.ButtonRole.RejectRole)
    box.addButton(QCoreApplication.translate("Closing", "Close without it"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(back)
    box.setEscapeButton(back)
    looking = QTimer(box, interval=LOOK_MS)
    looking.timeout.connect(lambda: None if pool.activeThreadCount() else box.accept())
    looking.start()
    box.exec()
    chosen = box.clickedButton()
    box.deleteLater()
    return chosen is not back
