"""The auditor's key: made under a passphrase, shown to be mailed, and asked for when a report is signed.

For the report: `has_key(context)` says whether a key is there, `ask_signer(context, parent)` asks for its passphrase
and returns what `Files.write_report` takes as `signer`, None when the person thinks better of it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QMessageBox, QVBoxLayout, QWidget

from auditor_app.models.errors import AuditorError
from auditor_app.ui.auditor import auditor_name
from auditor_app.ui.context import Context
from auditor_app.ui.proof_desk import KeyShown, Signer, told
from auditor_app.ui.saving import ask_target, keep_folder, suggested_target
from auditor_app.ui.widgets import Card, button, label, restyle

WIDTH = 600
ASKING_WIDTH = 440


def has_key(context: Context) -> bool:
    """Say whether there is a key to sign with; one that cannot be read is none."""
    try:
        return context.deliveries.proof.own_key() is not None
    except AuditorError:
        return False


def ask_signer(context: Context, parent: QWidget) -> Signer | None:
    """Ask for the passphrase until it is right; return what signs, None when the person gives up."""
    dialog = PassphraseDialog(context, parent)
    try:
        dialog.exec()
        return dialog.signer
    finally:
        dialog.deleteLater()


class PassphraseDialog(QDialog):
    """Ask for the passphrase of the key; `signer` is the unlocked key."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Sign the report"))
        self._context = context
        self.signer: Signer | None = None
        self._passphrase = secret(self.tr("Passphrase"))
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self._sign = button(self.tr("Sign"), "primary")
        self._sign.setDefault(True)
        self._cancel = button(self.tr("Cancel"))
        self._lay_out()
        self._sign.clicked.connect(self._unlock)
        self._cancel.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        self.setFixedWidth(ASKING_WIDTH)
        form = form_layout()
        form.addRow(label(self._passphrase.accessibleName(), "label"), self._passphrase)
        below = QHBoxLayout()
        below.addStretch()
        below.addWidget(self._cancel)
        below.addWidget(self._sign)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        about = self.tr("The report is signed with your key, which does not leave this computer.")
        box.addWidget(label(about, "soft", wrap=True))
        box.addLayout(form)
        box.addWidget(self._problem)
        box.addLayout(below)

    def _unlock(self) -> None:
        try:
            self.signer = self._context.deliveries.proof.unlock(self._passphrase.text())
        except AuditorError as error:
            self._problem.setText(told(self._context.words, error))
            self._problem.show()
            self._passphrase.selectAll()
            self._passphrase.setFocus()
            return
        self._passphrase.clear()
        self.accept()


class SigningDialog(QDialog):
    """Make the auditor's key, show its public half, change its passphrase."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Signing key"))
        self._context = context
        self._desk = context.deliveries.proof
        self._public = QLineEdit(readOnly=True)
        self._public.setAccessibleName(self.tr("Public key"))
        self._fingerprint = QLineEdit(readOnly=True)
        self._fingerprint.setAccessibleName(self.tr("Fingerprint"))
        self._owner = label("", "title", wrap=True)
        self._copy = button(self.tr("Copy public key"))
        self._save = button(self.tr("Save public key …"))
        self._shown = self._shown_card()
        self._name = QLineEdit(auditor_name(context.session))
        self._name.setAccessibleName(self.tr("Name in the signature"))
        self._old = secret(self.tr("Passphrase now"))
        self._first = secret(self.tr("New passphrase"))
        self._second = secret(self.tr("Once more"))
        self._make = button(self.tr("Make key"), "primary")
        self._change = button(self.tr("Change passphrase"))
        self._another = button(self.tr("Make another key …"), "link")
        self._task = label("", "title")
        self._form = form_layout()
        self._message = label("", "message", wrap=True)
        self._close = button(self.tr("Close"))
        self._lay_out()
        self._connect()
        self._show_key()

    def _shown_card(self) -> QWidget:
        card = Card(self.tr("Your public key"))
        form = form_layout()
        for field in (self._public, self._fingerprint):
            form.addRow(label(field.accessibleName(), "label"), field)
        row = QHBoxLayout()
        row.addWidget(self._copy)
        row.addWidget(self._save)
        row.addStretch()
        card.body.addWidget(self._owner)
        card.body.addLayout(form)
        hint = self.tr("Mail the key to those who check your reports, and read them the fingerprint on the telephone.")
        card.body.addWidget(label(hint, "second", wrap=True))
        card.body.addLayout(row)
        return card

    def _lay_out(self) -> None:
        about = self.tr(
            "A signature shows that a report is yours and was not changed since. The key stays on this computer, "
            "under a passphrase that nobody else knows."
        )
        self._warning = label(
            self.tr(
                "Nobody can restore the passphrase. Without it the key signs nothing any more; reports signed before "
                "remain valid, and a new key has to be made and handed out."
            ),
            "notice",
            wrap=True,
        )
        for field in (self._name, self._old, self._first, self._second):
            self._form.addRow(label(field.accessibleName(), "label"), field)
        row = QHBoxLayout()
        row.addWidget(self._another)
        row.addStretch()
        row.addWidget(self._change)
        row.addWidget(self._make)
        below = QHBoxLayout()
        below.addWidget(self._message, 1)
        below.addWidget(self._close)
        self.setFixedWidth(WIDTH)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(label(about, "soft", wrap=True))
        box.addWidget(self._shown)
        box.addWidget(self._task)
        box.addLayout(self._form)
        box.addWidget(self._warning)
        box.addLayout(row)
        box.addStretch()
        box.addLayout(below)

    def _connect(self) -> None:
        self._copy.clicked.connect(self.copy)
        self._save.clicked.connect(self.save)
        self._make.clicked.connect(self._make_key)
        self._change.clicked.connect(self._change_passphrase)
        self._another.clicked.connect(self._on_another)
        self._close.clicked.connect(self.accept)

    def copy(self) -> None:
        """Put the public key on the clipboard."""
        QGuiApplication.clipboard().setText(self._public.text())
        self._say(self.tr("The public key is on the clipboard."), "ok")

    def save(self) -> None:
        """Ask for a place and write the public key there."""
        suggested = suggested_target(self._context.session, (self.tr("Public key"), self._name.text()), ".txt")
        target = ask_target(self, self.tr("Save public key"), suggested, self.tr("Text (*.txt)"))
        if target is None:
            return
        try:
            self._desk.save_public(target)
        except AuditorError as error:
            self._say(told(self._context.words, error), "error")
            return
        keep_folder(self._context.session, target.parent)
        self._say(self.tr("The public key is written: {0}").format(target), "ok")

    def _show_key(self) -> None:
        key: KeyShown | None = None
        problem = ""
        try:
            key = self._desk.own_key()
        except AuditorError as error:
            problem = told(self._context.words, error)
        self._shown.setVisible(key is not None)
        if key is not None:
            self._owner.setText(key.name)
            self._public.setText(key.text)
            self._public.setCursorPosition(0)
            self._fingerprint.setText(key.fingerprint)
        self._show_entry(making=key is None)
        if problem:
            self._say(problem, "error")

    def _show_entry(self, *, making: bool) -> None:
        """Offer to make a key, or to change the passphrase of the one that is there."""
        self._task.setText(self.tr("Make a key") if making else self.tr("Change the passphrase"))
        self._form.setRowVisible(self._name, making)
        self._form.setRowVisible(self._old, not making)
        self._warning.setVisible(making)
        self._make.setVisible(making)
        self._make.setDefault(making)
        self._change.setVisible(not making)
        self._change.setDefault(not making)
        self._another.setVisible(not making)
        for field in (self._old, self._first, self._second):
            field.clear()
        self.adjustSize()

    def _on_another(self) -> None:
        question = self.tr(
            "Make another key? Reports are signed with the new one from then on, and its public key has to be handed "
            "out. The old key is kept aside in the folder of the library; what it signed remains valid."
        )
        if QMessageBox.question(self, self.windowTitle(), question) == QMessageBox.StandardButton.Yes:
            self._show_entry(making=True)

    def _make_key(self) -> None:
        if self._agreed():
            done = self.tr("The key is made. Keep the passphrase well.")
            self._store(lambda passphrase: self._desk.make_key(self._name.text(), passphrase), done)

    def _change_passphrase(self) -> None:
        if self._agreed():
            done = self.tr("The passphrase is changed.")
            self._store(lambda passphrase: self._desk.change_passphrase(self._old.text(), passphrase), done)

    def _agreed(self) -> bool:
        """Say whether the passphrase was typed twice alike."""
        if self._first.text() == self._second.text():
            return True
        self._say(self.tr("The passphrase was typed in two different ways; nothing was stored."), "error")
        self._second.selectAll()
        self._second.setFocus()
        return False

    def _store(self, work: Callable[[str], object], done: str) -> None:
        try:
            work(self._first.text())
        except AuditorError as error:
            self._say(told(self._context.words, error), "error")
            return
        self._show_key()
        self._say(done, "ok")

    def _say(self, text: str, state: str) -> None:
        self._message.setText(text)
        restyle(self._message, state=state)


def form_layout() -> QFormLayout:
    """Return a form of labels and fields, one a line."""
    form = QFormLayout()
    form.setHorizontalSpacing(10)
    form.setVerticalSpacing(8)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    return form


def secret(name: str) -> QLineEdit:
    """Return a field that shows dots for what is typed."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field
