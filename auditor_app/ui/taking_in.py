"""What a workbook that came back would change, before any of it is taken: old, new, and what is told beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from auditor_app.models.errors import AuditorError
from auditor_app.models.progress import Progress
from auditor_app.session.jobs import Job
from auditor_app.ui.context import Context
from auditor_app.ui.progress_dialog import ProgressDialog
from auditor_app.ui.reply_desk import Proposal
from auditor_app.ui.reply_table import LineTable, LineView
from auditor_app.ui.saving import ask_source
from auditor_app.ui.widgets import button, label

SIZE = QSize(1120, 660)
OF_THE_SCREEN = 0.92
DETAIL_HEIGHT, NOTES_HEIGHT = 84, 88


class TakingIn(QDialog):
    """Show the lines of a proposal; those checked are taken as one undo step, which `step` names.

    `taken` is how many lines were taken.
    """

    def __init__(
        self, context: Context, proposal: Proposal, title: str, step: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._proposal = proposal
        self._step = step
        self.taken = 0
        self.setWindowTitle(title)
        self._detail_part, self._told_part = QWidget(), QWidget()
        self._model = LineTable(context.theme, proposal.lines, self)
        self._view = LineView(context.theme, self._model, title)
        self._place = label("", "section")
        self._before, self._after = _reading_box(self.tr("In the audit")), _reading_box(self.tr("In the workbook"))
        self._doubts = label("", "message", wrap=True)
        self._notes = _reading_box(self.tr("Not taken, or to be known"))
        self._copy = button(self.tr("Copy"))
        self._problem = label("", "problem", wrap=True)
        self._every, self._none = button(self.tr("Take all"), "link"), button(self.tr("Take none"), "link")
        self._count = label("", "second")
        self._take = button("", "primary")
        self._cancel = button(self.tr("Cancel"))
        self._lay_out(title)
        self._fill()
        self._connect()
        room = self.screen().availableGeometry().size() * OF_THE_SCREEN
        self.resize(SIZE.boundedTo(room))

    def take(self) -> None:
        """Take what is checked as one undo step; says why when nothing could be written."""
        session, chosen = self._context.session, self._model.chosen
        try:
            changes = self._proposal.changes(session.audit, chosen)
            is_stored = session.submit(changes, self._step)
        except AuditorError as error:
            self._refuse(self._context.words.error(error))
            return
        if is_stored:
            self.taken = len(chosen)
            self.accept()
        else:
            self._refuse(self.tr("Nothing was written. Try again."))

    def _lay_out(self, title: str) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(10)
        box.addWidget(label(title, "title"))
        box.addWidget(label(self._proposal.about, "soft", wrap=True))
        box.addWidget(self._view, 1)
        box.addWidget(self._detail())
        box.addWidget(self._told())
        box.addWidget(self._problem)
        below = QHBoxLayout()
        for widget in (self._every, self._none, self._count):
            below.addWidget(widget)
            below.addSpacing(6)
        below.addStretch()
        below.addWidget(self._cancel)
        below.addWidget(self._take)
        box.addLayout(below)
        self._problem.hide()
        self._take.setDefault(True)

    def _detail(self) -> QWidget:
        column = QVBoxLayout(self._detail_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._place)
        texts = QHBoxLayout()
        texts.setSpacing(10)
        for editor in (self._before, self._after):
            editor.setFixedHeight(DETAIL_HEIGHT)
            side = QVBoxLayout()
            side.setSpacing(2)
            side.addWidget(label(editor.accessibleName(), "second"))
            side.addWidget(editor)
            texts.addLayout(side)
        column.addLayout(texts)
        column.addWidget(self._doubts)
        return self._detail_part

    def _told(self) -> QWidget:
        column = QVBoxLayout(self._told_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        heading = QHBoxLayout()
        words = self.tr("Not taken, or to be known: {0}").format(len(self._proposal.notes))
        heading.addWidget(label(words, "section"))
        heading.addStretch()
        heading.addWidget(self._copy)
        column.addLayout(heading)
        self._notes.setFixedHeight(NOTES_HEIGHT)
        column.addWidget(self._notes)
        return self._told_part

    def _fill(self) -> None:
        has_lines = bool(self._proposal.lines)
        for widget in (self._detail_part, self._every, self._none):
            widget.setVisible(has_lines)
        self._told_part.setVisible(bool(self._proposal.notes))
        told = self.tr("{0}: {1}")
        texts = (told.format(note.cell, note.text) if note.cell else note.text for note in self._proposal.notes)
        self._notes.setPlainText("\n".join(texts))
        if has_lines:
            self._view.selectRow(0)
            self._show_line(0)
        self._show_count()

    def _connect(self) -> None:
        self._model.chosen_changed.connect(self._show_count)
        self._view.selectionModel().currentChanged.connect(self._on_current)
        self._every.clicked.connect(self._take_every)
        self._none.clicked.connect(self._take_none)
        self._copy.clicked.connect(self._copy_notes)
        self._take.clicked.connect(self.take)
        self._cancel.clicked.connect(self.reject)

    def _on_current(self) -> None:
        self._show_line(self._view.currentIndex().row())

    def _show_line(self, row: int) -> None:
        line = self._model.line(row)
        self._place.setText(self.tr("{0} · {1} · {2}").format(line.about, line.label, line.cell))
        self._before.setPlainText(line.before)
        self._after.setPlainText(line.after)
        self._doubts.setText("\n".join(line.doubts))
        self._doubts.setProperty("state", "warning")
        self._doubts.setVisible(bool(line.doubts))

    def _show_count(self) -> None:
        chosen, total = len(self._model.chosen), len(self._proposal.lines)
        if total:
            self._count.setText(self.tr("{0} of {1} are taken").format(chosen, total))
        else:
            self._count.setText(self.tr("The workbook says nothing that is not in the audit already."))
        self._take.setText(self.tr("Take in {0}").format(chosen))
        self._take.setEnabled(chosen > 0)

    def _take_every(self) -> None:
        self._model.choose(range(len(self._proposal.lines)), True)

    def _take_none(self) -> None:
        self._model.choose(range(len(self._proposal.lines)), False)

    def _copy_notes(self) -> None:
        QGuiApplication.clipboard().setText(self._notes.toPlainText())

    def _refuse(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.show()


class Intake(QObject):
    """Ask for a workbook, read it aside, and show what it would change; subclasses say what it is."""

    message = Signal(str)
    """What was taken in."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent

    def run(self) -> None:
        """Ask for the workbook and show what it would change."""
        raise NotImplementedError

    def take_in(self, read: Callable[[Path], Proposal], title: str, step: str) -> None:
        """Take in a workbook as one undo step, which `step` names; says why when it cannot be read."""
        session = self._context.session
        # What is still being typed is part of what the workbook is compared with.
        session.flush()
        path = ask_source(session, self._parent, title, self.tr("Excel workbook (*.xlsx);;All files (*)"))
        if path is None:
            return
        found = list[Proposal]()

        def work(progress: Progress) -> None:
            found.append(read(path))
            # Who cancelled meanwhile wants to see nothing of it.
            progress(1, 1)

        doing = self.tr("Reading “{0}” …").format(path.name)
        ending = ProgressDialog(title, doing, Job(work, session), self._parent).run()
        if ending.error is not None:
            why = self._context.words.error(ending.error)
            self._tell(title, self.tr("“{0}” was not taken in.\n{1}").format(path.name, why))
        elif ending.is_done:
            dialog = TakingIn(self._context, found[0], title, step, self._parent)
            dialog.exec()
            dialog.deleteLater()
            if dialog.taken:
                text = self.tr("Taken in from “{1}”: {0} entries. One undo takes them all back.")
                self.message.emit(text.format(dialog.taken, path.name))

    def _tell(self, title: str, text: str) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, title, text)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setParent(self._parent, box.windowFlags())
        box.exec()
        box.deleteLater()


def _reading_box(name: str) -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    made.setAccessibleName(name)
    made.setPlaceholderText("–")
    return made
