"""The question before the window closes while files are still being added."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget


def leaves_files_out(window: QWidget) -> bool:
    """Ask whether to close though files are still on their way."""
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(QCoreApplication.translate("EvidenceClosing", "Auditor workbench"))
    box.setText(QCoreApplication.translate("EvidenceClosing", "Files are still being added."))
    box.setInformativeText(
        QCoreApplication.translate(
            "EvidenceClosing",
            "Those added so far are safe. Go back and let the others follow, or close and leave them out; "
            "the files themselves are not touched.",
        )
    )
    back = box.addButton(QCoreApplication.translate("EvidenceClosing", "Go back"), QMessageBox.ButtonRole.RejectRole)
    box.addButton(
        QCoreApplication.translate("EvidenceClosing", "Close and leave them out"),
        QMessageBox.ButtonRole.DestructiveRole,
    )
    box.setDefaultButton(back)
    box.setEscapeButton(back)
    box.exec()
    chosen = box.clickedButton()
    box.deleteLater()
    return chosen is not back
