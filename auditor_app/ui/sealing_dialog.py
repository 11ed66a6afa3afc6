"""Finalise an audit, or reopen it: both are asked for once more, and both stay in its history."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from auditor_app.models.errors import AuditorError
from auditor_app.models.history import LONGEST_REASON
from auditor_app.models.scoring import shown
from auditor_app.ui.context import Context
from auditor_app.ui.proof_desk import KeyShown
from auditor_app.ui.signing_dialog import ask_signer
from auditor_app.ui.widgets import button, label

WIDTH = 480
REASON_HEIGHT = 96


class FinaliseDialog(QDialog):
    """Say what finalising means and what is still to look at, and do it."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Finalise the audit"))
        self._context = context
        self._key = _own_key(context)
        self.sign = QCheckBox(self.tr("Sign with my key"))
        self.sign.setVisible(self._key is not None)
        if self._key is not None:
            self.sign.setText(self.tr("Sign with my key ({0}, {1})").format(self._key.name, self._key.fingerprint))
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self.finalise_button = button(self.tr("Finalise"), "primary")
        self._cancel = button(self.tr("Cancel"))
        self._lay_out()
        self.finalise_button.clicked.connect(self.finalise)
        self._cancel.clicked.connect(self.reject)

    def finalise(self) -> None:
        """Finalise the audit, signed if that is wanted; say why not when it is refused."""
        session, signer, key = self._context.session, None, ""
        if self.sign.isChecked() and self._key is not None:
            signer, key = ask_signer(self._context, self), self._key.text
            if signer is None:
                return
        try:
            if signer is None:
                session.finalise()
            else:
                unlocked = signer
                session.finalise(lambda head: unlocked.lines(head, date.today()), key)
        except AuditorError as error:
            self._problem.setText(self._context.words.error(error))
            self._problem.show()
        else:
            self.accept()

    def _lay_out(self) -> None:
        session = self._context.session
        self.setFixedWidth(WIDTH)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        about = self.tr(
            "From then on the audit can be read, reported and delivered, and no longer changed, in any window. Undo "
            "ends here. It can be reopened with a reason; that stays in its history."
        )
        box.addWidget(label(about, "soft", wrap=True))
        result = session.result
        if result.exact is None or result.level is None:
            left = result.whole.total - result.whole.judged
            text = self.tr("{0} indicators are unjudged. Judge them first; until then there is nothing to finalise.")
            if result.nothing_applicable:
                text = self.tr("No indicator applies, so there is no score to finalise.")
            box.addWidget(label(text.format(left), "problem", wrap=True))
            self.finalise_button.setEnabled(False)
            self.sign.setEnabled(False)
        else:
            text = self.tr("{0} points, {1}").format(shown(result.exact), self._context.words.word(result.level))
            box.addWidget(label(text, "heading"))
            if session.remarks:
                text = self.tr("Still to look at: {0} (listed in the report tab). Finalise only if that is meant.")
                box.addWidget(label(text.format(len(session.remarks)), "notice", wrap=True))
        box.addWidget(self.sign)
        box.addWidget(self._problem)
        box.addLayout(_row(self._cancel, self.finalise_button))


class ReopenDialog(QDialog):
    """Ask why a finalised audit is to be edited again."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Reopen the audit"))
        self._context = context
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.setFixedHeight(REASON_HEIGHT)
        self.reason.setTabChangesFocus(True)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self.reopen_button = button(self.tr("Reopen"), "primary")
        self._cancel = button(self.tr("Cancel"))
        self.setFixedWidth(WIDTH)
        about = self.tr(
            "A report that was handed over keeps the fingerprint of the finalised state; a later one will carry "
            "another. Write why the audit is changed after it was finalised: that stays in its history."
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(label(about, "soft", wrap=True))
        box.addWidget(label(self.tr("Reason"), "label"))
        box.addWidget(self.reason)
        box.addWidget(self._problem)
        box.addLayout(_row(self._cancel, self.reopen_button))
        self.reopen_button.setEnabled(False)
        self.reason.textChanged.connect(self._on_typed)
        self.reopen_button.clicked.connect(self.reopen)
        self._cancel.clicked.connect(self.reject)

    def reopen(self) -> None:
        """Reopen the audit; say why not when it is refused."""
        try:
            self._context.session.reopen(self.reason.toPlainText())
        except AuditorError as error:
            self._problem.setText(self._context.words.error(error))
            self._problem.show()
        else:
            self.accept()

    def _on_typed(self) -> None:
        length = len(self.reason.toPlainText().strip())
        self.reopen_button.setEnabled(0 < length <= LONGEST_REASON)


def _row(*buttons: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch()
    for each in buttons:
        row.addWidget(each)
    return row


def _own_key(context: Context) -> KeyShown | None:
    try:
        return context.deliveries.proof.own_key()
    except AuditorError:
        return None
