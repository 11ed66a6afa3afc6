"""A workbook for the auditee on its way out: what it is, where it goes, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QLayout, QVBoxLayout, QWidget

from auditor_app.session.jobs import Job
from auditor_app.ui.context import Context
from auditor_app.ui.outcome import Outcome
from auditor_app.ui.progress_dialog import ProgressDialog
from auditor_app.ui.saving import ask_target, keep_folder, suggested_target
from auditor_app.ui.widgets import button, label

WIDTH = 520


class WorkbookOut(QDialog):
    """Ask where the workbook goes, write it aside, and say how that ended; subclasses say what it is."""

    def __init__(self, context: Context, options: tuple[QWidget, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._heading, self._text = label("", "title"), label("", "soft", wrap=True)
        self._outcome = Outcome(context.words, self, self.tr("Open workbook"))
        self._write = button(self.tr("Write workbook …"), "primary")
        self._write.setIcon(context.theme.icon("file-spreadsheet", "on_accent"))
        self._close = button(self.tr("Close"))
        self._lay_out(options)
        self._write.clicked.connect(self.write)
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

    def forbid(self, why: str) -> None:
        """Offer nothing to write, and say why."""
        self._write.setEnabled(False)
        self._outcome.say(why, "warning")

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
        if self._outcome.say_ending(
            ProgressDialog(self.windowTitle(), self.tr("Writing the workbook …"), job, self).run()
        ):
            self._finish(target, cut)

    def _finish(self, target: Path, cut: list[str]) -> None:
        text = self.tr("The workbook is written: {0}").format(target)
        if cut:
            words = self._context.words
            cells = words.text("punctuation", "list").join(cut[:10]) + ("…" if cut[10:] else "")
            text = f"{text}\n{words.text('reply_note', 'cut_cells', count=len(cut), cells=cells)}"
        self._outcome.say(text, "warning" if cut else "ok", target)
        keep_folder(self._context.session, target.parent)

    def _lay_out(self, options: tuple[QWidget, ...]) -> None:
        self.setFixedWidth(WIDTH)
        below = self._outcome.row()
        below.addWidget(self._close)
        below.addWidget(self._write)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        # As high as what it shows: a dialog of a fixed width is not by itself.
        box.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        box.addWidget(self._heading)
        box.addWidget(self._text)
        for option in options:
            box.addWidget(option)
        box.addWidget(self._outcome.message)
        box.addLayout(below)
        self._write.setDefault(True)
        self._write.setFocus()
