"""What is asked of every report, whatever it goes out in: its language, where photos were taken, the signature."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from auditor_app.models.catalogue import LANGUAGES
from auditor_app.models.errors import AuditorError
from auditor_app.models.evidence import is_picture
from auditor_app.models.progress import Cancelled
from auditor_app.ui.context import Context
from auditor_app.ui.editing import ChoiceBox
from auditor_app.ui.proof_desk import Signer
from auditor_app.ui.signing_dialog import SigningDialog, ask_signer, has_key

BOTH = "both"
LANGUAGE_SETTING = "report_language"


class ReportLanguage(ChoiceBox):
    """The language of a report, or both; it begins with the one that was chosen last, for any report."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent, LANGUAGES)
        self.offer(LANGUAGES | {BOTH: self.tr("Chinese and English")})
        self._session = context.session
        self.setAccessibleName(self.tr("Language of the report"))
        self.choose(context.words.language)
        try:
            kept = self._session.setting(LANGUAGE_SETTING)
        except AuditorError:
            # Only what is chosen at first is lost.
            kept = ""
        if kept in {*LANGUAGES, BOTH}:
            self.choose(kept)
        self.currentIndexChanged.connect(self._keep)

    def _keep(self) -> None:
        try:
            self._session.set_setting(LANGUAGE_SETTING, self.value)
        except AuditorError:
            # As above.
            return


class LocationsBox(QCheckBox):
    """Whether a report says where photos were taken; not seen where there are none."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = context.session
        self.setText(self.tr("Say where photos were taken"))
        self.setToolTip(self.tr("Otherwise nothing in the report tells where a photo was taken."))

    def show_for_audit(self) -> None:
        """Be there when the audit that is open has photos."""
        self.setVisible(any(map(is_picture, self._session.audit.evidence)))


class SignBox(QCheckBox):
    """Whether a report is signed; the first time a key is made."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setText(self.tr("Sign with my key"))
        self.setToolTip(
            self.tr("The certification body can then check that the report is yours; the first time a key is made.")
        )
        self.clicked.connect(self._on_clicked)

    def signer(self) -> Signer | None:
        """Ask for the passphrase and return what signs, None when no signature is wanted.

        Raises `Cancelled` when the person thinks better of it.
        """
        if not self.isChecked():
            return None
        signer = ask_signer(self._context, self)
        if signer is None:
            raise Cancelled
        return signer

    def _on_clicked(self, is_wanted: bool) -> None:
        """Have a key made where there is none to sign with."""
        if is_wanted and not has_key(self._context):
            dialog = SigningDialog(self._context, self)
            dialog.exec()
            dialog.deleteLater()
            self.setChecked(has_key(self._context))
