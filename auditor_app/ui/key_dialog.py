"""Take somebody's public key under a name: pasted from a mail, or from the file they sent."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from auditor_app.models.errors import AuditorError
from auditor_app.ui.context import Context
from auditor_app.ui.proof_desk import KeyShown, told
from auditor_app.ui.saving import ask_source
from auditor_app.ui.widgets import button, label

SIZE = QSize(520, 260)


class KeyDialog(QDialog):
    """Ask for a name and a public key; `key` is what was remembered."""

    def __init__(self, context: Context, name: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Remember a key"))
        self._context = context
        self.key: KeyShown | None = None
        self._name = QLineEdit(name)
        self._name.setAccessibleName(self.tr("Name"))
        self._text = QLineEdit(text)
        self._text.setAccessibleName(self.tr("Public key"))
        self._text.setPlaceholderText("auditor-key-…")
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self._from_file = button(self.tr("From file …"))
        self._keep = button(self.tr("Remember"), "primary")
        self._keep.setDefault(True)
        self._cancel = button(self.tr("Cancel"))
        self._lay_out()
        self._from_file.clicked.connect(self._read_file)
        self._keep.clicked.connect(self._remember)
        self._cancel.clicked.connect(self.reject)
        self.resize(SIZE)

    def _lay_out(self) -> None:
        about = self.tr(
            "Paste the key the auditor mailed. Compare its fingerprint with the auditor, on the telephone or in "
            "person: a mail can be forged, a voice you know cannot as easily."
        )
        form = QFormLayout()
        for field in (self._name, self._text):
            form.addRow(label(field.accessibleName(), "label"), field)
        below = QHBoxLayout()
        below.addWidget(self._from_file)
        below.addStretch()
        below.addWidget(self._cancel)
        below.addWidget(self._keep)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(label(about, "soft", wrap=True))
        box.addLayout(form)
        box.addWidget(self._problem)
        box.addStretch()
        box.addLayout(below)

    def _read_file(self) -> None:
        path = ask_source(self._context.session, self, self.tr("Public key"), self.tr("All files (*)"))
        if path is None:
            return
        try:
            self._text.setText(self._context.deliveries.proof.read_public(path))
        except AuditorError as error:
            self._refuse(error)
            return
        self._problem.hide()

    def _remember(self) -> None:
        try:
            self.key = self._context.deliveries.proof.remember(self._name.text(), self._text.text())
        except AuditorError as error:
            self._refuse(error)
            return
        self.accept()

    def _refuse(self, error: AuditorError) -> None:
        self._problem.setText(told(self._context.words, error))
        self._problem.show()
