"""Shows a report of failures before it goes anywhere: to copy, to save, to find; nothing is sent from here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from auditor_app.models.errors import AuditorError
from auditor_app.ui.failure_desk import FailureDesk
from auditor_app.ui.saving import ask_target
from auditor_app.ui.widgets import button, label, restyle

SIZE = QSize(720, 520)


class FailureDialog(QDialog):
    """Say what happened and that the work is safe, with the report below."""

    def __init__(self, desk: FailureDesk, heading: str, text: str, go_on: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(self.tr("Auditor workbench"))
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._report = QPlainTextEdit(desk.report())
        self._report.setReadOnly(True)
        self._report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._report.setAccessibleName(self.tr("Report"))
        self._message = label("", "message")
        self._message.hide()
        self._folder = button(self.tr("Open folder"))
        self._folder.setEnabled(desk.folder is not None)
        self._save_log = button(self.tr("Save report and log …"))
        self._save = button(self.tr("Save report …"))
        self._copy = button(self.tr("Copy report"))
        self._close = button(go_on, "primary")
        self._close.setDefault(True)
        self._lay_out(heading, text)
        self._folder.clicked.connect(self._show_folder)
        self._save_log.clicked.connect(self._save_all)
        self._save.clicked.connect(self._save_text)
        self._copy.clicked.connect(self._copy_text)
        self._close.clicked.connect(self.accept)
        room = self.screen().availableGeometry().size()
        self.resize(SIZE.boundedTo(room * 0.9))
        self._close.setFocus()

    def _lay_out(self, heading: str, text: str) -> None:
        private = self.tr(
            "The report below is all there is to pass on: versions, counts, and where in the program it failed. It "
            "holds no names, notes, file names or anything else of your audits. The program sends nothing; you decide."
        )
        below = QHBoxLayout()
        for each in (self._folder, self._save_log, self._save, self._copy):
            below.addWidget(each)
        below.addStretch()
        below.addWidget(self._close)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(10)
        box.addWidget(label(heading, "heading", wrap=True))
        box.addWidget(label(text, "plain", wrap=True))
        box.addWidget(label(private, "soft", wrap=True))
        box.addWidget(self._report, 1)
        box.addWidget(self._message)
        box.addLayout(below)

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self._report.toPlainText())
        self._say(self.tr("The report is on the clipboard."), "ok")

    def _save_text(self) -> None:
        self._write(self.tr("Save report"), ".txt", self.tr("Text (*.txt)"), self._desk.save_report)

    def _save_all(self) -> None:
        self._write(self.tr("Save report and log"), ".zip", self.tr("Zip (*.zip)"), self._desk.save_log)

    def _write(self, title: str, suffix: str, kinds: str, write: Callable[[str, Path], None]) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = f"auditor-workbench-{datetime.now():%Y%m%d-%H%M}{suffix}"
        target = ask_target(self, title, Path(documents or Path.home(), name), kinds)
        if target is None:
            return
        try:
            write(self._report.toPlainText(), target)
        except AuditorError:
            self._say(self.tr("It could not be written there. Choose another place."), "error")
        else:
            self._say(self.tr("Saved as “{0}”.").format(target.name), "ok")

    def _show_folder(self) -> None:
        folder = self._desk.folder
        if folder is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._say(self.tr("The folder is {0}").format(folder), "ok")

    def _say(self, text: str, state: str) -> None:
        self._message.setText(text)
        restyle(self._message, state=state)
        self._message.show()
