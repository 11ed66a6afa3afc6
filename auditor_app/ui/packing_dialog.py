"""What the dialogs that pack evidence have in common: what is there to pack, a password, progress, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from auditor_app.models.packed import Packed
from auditor_app.models.progress import Cancelled, Progress
from auditor_app.session.jobs import Job
from auditor_app.ui.context import Context
from auditor_app.ui.outcome import Outcome
from auditor_app.ui.password_fields import LABEL_WIDTH, PasswordFields
from auditor_app.ui.progress_dialog import ProgressDialog
from auditor_app.ui.saving import ask_target, keep_folder, suggested_target
from auditor_app.ui.widgets import button, label, restyle

WIDTH = 520
MOST_LINES = 6
TRADITIONAL = QLocale.DataSizeFormat.DataSizeTraditionalFormat


class PackingDialog(QDialog):
    """Ask how to pack the evidence of the open audit, pack it aside, and say what is in the file and what is not."""

    def __init__(self, context: Context, title: str, about: str, statement: str, parent: QWidget) -> None:
        """Show what is packed (`about`) and what a password protects (`statement`)."""
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(title)
        self.password = PasswordFields(context.words, context.deliveries.packages.check_password, statement)
        """The password, if one is wanted."""
        self._options = QVBoxLayout()
        self._choices: list[QWidget] = []
        self._outcome = Outcome(context.words, self)
        self._left_out = label("", "message", wrap=True)
        self._write = button(self.tr("Write package …"), "primary")
        self._close = button(self.tr("Close"))
        self._lay_out(about)
        self._say_left_out("")
        self._write.setDefault(True)
        self._write.clicked.connect(self.pack)
        self._close.clicked.connect(self.reject)

    def pack(self) -> None:
        """Ask for a place and pack there in the background, which can be cancelled."""
        password = self.password.taken()
        if password is None:
            return
        session = self._context.session
        parts = (self.name(), session.audit.info.number, session.audit.company.name)
        target = ask_target(
            self, self.windowTitle(), suggested_target(session, parts, ".zip"), self.tr("Zip file (*.zip)")
        )
        if target is None:
            return
        try:
            write = self.writing(target, password)
        except Cancelled:
            return
        self._outcome.say("")
        self._say_left_out("")
        packed: list[Packed] = []
        job = Job(lambda progress: packed.append(write(progress)), session)
        dialog = ProgressDialog(self.windowTitle(), self.tr("Packing the evidence …"), job, self)
        if self._outcome.say_ending(dialog.run()):
            keep_folder(session, target.parent)
            text = self.tr("Written with {0} pieces of evidence: {1}").format(packed[0].pieces, target)
            self._outcome.say(text, "ok", target)
            self._say_left_out(self._lines(packed[0]))

    def name(self) -> str:
        """Return the first part of the name suggested for the file."""
        raise NotImplementedError

    def writing(self, target: Path, password: str) -> Callable[[Progress], Packed]:
        """Return what writes the file as it is asked for now; it runs aside and raises `AuditorError`.

        Raises `Cancelled` when something more is asked for and the person thinks better of it.
        """
        raise NotImplementedError

    def add_choice(self, text: str, choice: QWidget) -> None:
        """Put a labelled choice above the password."""
        name = label(text, "label")
        name.setFixedWidth(LABEL_WIDTH)
        choice.setAccessibleName(text)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(name)
        row.addWidget(choice, 1)
        self._options.addLayout(row)
        # The keyboard goes through the choices as the eye does, and begins at the first.
        if self._choices:
            QWidget.setTabOrder(self._choices[-1], choice)
        else:
            choice.setFocus()
        QWidget.setTabOrder(choice, self.password.box)
        self._choices.append(choice)

    def add_box(self, box: QWidget) -> None:
        """Put a box to tick between the choices and the password."""
        self._options.addWidget(box)
        QWidget.setTabOrder(self._choices[-1], box)
        QWidget.setTabOrder(box, self.password.box)

    def add_note(self, note: QWidget) -> None:
        """Put a note below the last choice."""
        self._options.addWidget(note)

    def _lay_out(self, about: str) -> None:
        self.setFixedWidth(WIDTH)
        self._options.setSpacing(8)
        row = self._outcome.row()
        row.addWidget(self._close)
        row.addWidget(self._write)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        # As high as what it shows, also when the password comes or goes.
        box.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        box.addWidget(label(about, "soft", wrap=True))
        box.addWidget(label(self._content(), "soft", wrap=True))
        missing = self._missing()
        if missing:
            text = self.tr("The content of {0} of them is not on this computer. It is left out, and the file says so.")
            box.addWidget(label(text.format(missing), "notice", wrap=True))
        box.addLayout(self._options)
        box.addWidget(self.password)
        box.addWidget(self._outcome.message)
        box.addWidget(self._left_out)
        box.addSpacing(4)
        box.addLayout(row)

    def _content(self) -> str:
        evidence = self._context.session.audit.evidence
        if not evidence:
            return self.tr("This audit has no evidence yet.")
        size = QLocale().formattedDataSize(sum(row.size for row in evidence), 1, TRADITIONAL)
        return self.tr("{0} pieces of evidence, {1} together.").format(len(evidence), size)

    def _missing(self) -> int:
        holds = self._context.evidence.holds
        return sum(not holds(row.sha256) for row in self._context.session.audit.evidence)

    def _lines(self, packed: Packed) -> str:
        words = self._context.words
        lines = [
            self.tr("{0} {1}: {2}").format(row.number, row.name, words.text("lack", row.lack))
            for row in packed.left_out
        ]
        more = len(lines) - MOST_LINES
        if more > 0:
            lines[MOST_LINES:] = [self.tr("and {0} more").format(more)]
        return "\n".join([self.tr("Left out, as the file says too:"), *lines]) if lines else ""

    def _say_left_out(self, text: str) -> None:
        self._left_out.setText(text)
        self._left_out.setVisible(bool(text))
        restyle(self._left_out, state="warning")
