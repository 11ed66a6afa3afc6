"""A workbook for the auditee on its way out: what it is, where it goes, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.session.jobs import Job
from auditor_app.ui.context import Context
from auditor_app.ui.progress_dialog import ProgressDialog
from auditor_app.ui.saving import ask_target, keep_folder, suggested_target
from auditor_app.ui.widgets import button, label, restyle

WIDTH = 520


class WorkbookOut(QDialog):
    """Ask where the workbook goes, write it aside, and say how that ended; subclasses say what it is."""

    def __init__(self, context: Context, options: tuple[QWidget, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._written: Path | None = None
        self._heading, self._text = label("", "title"), label("", "soft", wrap=True)
        self._message = label("", "message", wrap=True)
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._write = button(self.tr("Write workbook …"), "primary")
        self._write.setIcon(context.theme.icon("file-spreadsheet", "on_accent"))
        self._open, self._folder = button(self.tr("Open workbook")), button(self.tr("Open folder"))
        self._close = button(self.tr("Close"))
        self._lay_out(options)
        self._write.clicked.connect(self.write)
        self._open.clicked.connect(self._open_workbook)
        self._folder.clicked.connect(self._open_folder)
        self._close.clicked.connect(self.accept)

    def name(self) -> str:
        """Return the first part of the name that is suggested."""
        raise NotImplementedError

    def writing(self, path: Path) -> Callable[[], tuple[str, ...]]:
        """Return what writes the workbook on another thread; it returns the cells whose text was cut."""
        raise NotImplementedError

    def describe(self, title: str, text: str) -> None:
        """Say what the workbook is."""
        self.setWindowTitle(title)
        self._heading.setText(title)
        self._text.setText(text)
        self._fit()

    def forbid(self, why: str) -> None:
        """Offer nothing to write, and say why."""
        self._write.setEnabled(False)
        self._say(why, "warning")

    def write(self) -> None:
        """Ask for a place and write the workbook there."""
        session = self._context.session
        parts = (self.name(), session.audit.info.number, session.audit.company.name)
        suggested = suggested_target(session, parts, ".xlsx")
        target = ask_target(self, self.windowTitle(), suggested, self.tr("Excel workbook (*.xlsx)"))
        if target is None:
            return
        cut: list[str] = []
        write = self.writing(target)
        job = Job(lambda _progress: cut.extend(write()), session)
        ending = ProgressDialog(self.windowTitle(), self.tr("Writing the workbook …"), job, self).run()
        if ending.error is not None:
            self._say(self._context.words.error(ending.error), "error")
        elif ending.is_done:
            self._finish(target, cut)

    def _finish(self, target: Path, cut: list[str]) -> None:
        self._written = target
        text = self.tr("The workbook is written: {0}").format(target)
        if cut:
            words = self._context.words
            cells = words.text("punctuation", "list").join(cut[:10]) + ("…" if cut[10:] else "")
            text = f"{text}\n{words.text('reply_note', 'cut_cells', count=len(cut), cells=cells)}"
        self._say(text, "warning" if cut else "ok")
        keep_folder(self._context.session, target.parent)

    def _lay_out(self, options: tuple[QWidget, ...]) -> None:
        self.setFixedWidth(WIDTH)
        below = QHBoxLayout()
        for action in (self._open, self._folder):
            below.addWidget(action)
        below.addStretch()
        below.addWidget(self._close)
        below.addWidget(self._write)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(self._heading)
        box.addWidget(self._text)
        for option in options:
            box.addWidget(option)
        box.addWidget(self._message)
        box.addLayout(below)
        self._write.setDefault(True)
        for hidden in (self._message, self._open, self._folder):
            hidden.hide()

    def _say(self, text: str, state: str) -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))
        restyle(self._message, state=state)
        for action in (self._open, self._folder):
            action.setVisible(self._written is not None)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the words need: a dialog of a fixed width is not by itself."""
        layout = self.layout()
        if layout is not None:
            self.setFixedHeight(layout.totalHeightForWidth(WIDTH))

    def _open_workbook(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))

    def _open_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))
