"""The one question before the window closes: something typed is not stored."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget


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
