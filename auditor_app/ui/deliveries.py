"""The menu of what leaves the laptop beside the report, and of what comes back: each has a dialog of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from auditor_app.ui.application_dialog import ApplicationDialog, ApplicationIntake
from auditor_app.ui.bundle_dialog import BundleDialog
from auditor_app.ui.context import Context
from auditor_app.ui.form_dialog import FormDialog
from auditor_app.ui.open_package_dialog import OpenPackageDialog
from auditor_app.ui.pdf_export import PdfDialog
from auditor_app.ui.reply_dialog import ReplyDialog, ReplyIntake
from auditor_app.ui.seal_dialog import SealDialog
from auditor_app.ui.signing_dialog import SigningDialog
from auditor_app.ui.taking_in import Intake
from auditor_app.ui.verify_dialog import VerifyDialog


@dataclass(frozen=True)
class Offer:
    """An entry of the menu: name, words, what it opens; whether an audit must be open, and whether a line is above."""

    name: str
    text: str
    open: Callable[[], object]
    needs_audit: bool = True
    starts_group: bool = False


class Deliveries(QObject):
    """Offer the dialogs and show them."""

    message = Signal(str)
    """What became of something that came back."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent

    def offers(self) -> tuple[Offer, ...]:
        """Return the entries in their order."""
        return (
            Offer("pdf", self.tr("Export PDF report …"), self._show_pdf),
            Offer("form", self.tr("Fill the body's form …"), self._show_form),
            Offer("bundle", self.tr("Evidence bundle …"), self._show_bundle, starts_group=True),
            Offer("seal", self.tr("Sealed package …"), self._show_seal),
            Offer("open_package", self.tr("Open sealed package …"), self._open_package, needs_audit=False),
            Offer("reply_out", self.tr("Reply workbook for the auditee …"), self.show_reply, starts_group=True),
            Offer("reply_in", self.tr("Take in the reply of the auditee …"), self.take_reply),
            Offer("application_out", self.tr("Application form …"), self._show_application, starts_group=True),
            Offer("application_in", self.tr("Take in an application …"), self._take_application),
            Offer("verify", self.tr("Check a report …"), self._show_verify, needs_audit=False, starts_group=True),
            Offer("signing", self.tr("Signing key …"), self._show_signing, needs_audit=False),
        )

    def _show_pdf(self) -> None:
        self._show(PdfDialog(self._context, self._parent))

    def _show_form(self) -> None:
        self._show(FormDialog(self._context, self._parent))

    def _show_bundle(self) -> None:
        self._show(BundleDialog(self._context, self._parent))

    def _show_seal(self) -> None:
        self._show(SealDialog(self._context, self._parent))

    def _open_package(self) -> None:
        self._show(OpenPackageDialog(self._context, self._parent))

    def show_reply(self) -> None:
        """Offer the reply workbook for the auditee."""
        self._show(ReplyDialog(self._context, self._parent))

    def take_reply(self) -> None:
        """Ask for the reply of the auditee and show what it would change."""
        self._take_in(ReplyIntake(self._context, self._parent))

    def _show_application(self) -> None:
        self._show(ApplicationDialog(self._context, self._parent))

    def _take_application(self) -> None:
        self._take_in(ApplicationIntake(self._context, self._parent))

    def _show_verify(self) -> None:
        self._show(VerifyDialog(self._context, self._parent))

    def _show_signing(self) -> None:
        self._show(SigningDialog(self._context, self._parent))

    def _take_in(self, intake: Intake) -> None:
        intake.message.connect(self.message)
        intake.run()
        intake.deleteLater()

    def _show(self, dialog: QDialog) -> None:
        # What is still being typed belongs into what is delivered.
        self._context.session.flush()
        dialog.exec()
        dialog.deleteLater()
