"""The dialogs of what leaves the laptop beside the report, and of what comes back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from auditor_app.ui.application_dialog import ApplicationDialog, ApplicationIntake
from auditor_app.ui.bundle_dialog import BundleDialog
from auditor_app.ui.context import Context
from auditor_app.ui.form_dialog import FormDialog
from auditor_app.ui.keeping import Keeping
from auditor_app.ui.open_package_dialog import OpenPackageDialog
from auditor_app.ui.pdf_export import PdfDialog
from auditor_app.ui.reply_dialog import ReplyDialog, ReplyIntake
from auditor_app.ui.seal_dialog import SealDialog
from auditor_app.ui.signing_dialog import SigningDialog
from auditor_app.ui.taking_in import Intake
from auditor_app.ui.verify_dialog import VerifyDialog

CHANGING = ("reply_in", "application_in", "finalise")
"""Entries that change the open audit, so a finalised one has no use for them."""


class Deliveries:
    """Show the dialogs over a widget of the window."""

    def __init__(self, context: Context, parent: QWidget, say: Callable[[str], None]) -> None:
        """`say` is told what became of something that came back."""
        self._context = context
        self._parent = parent
        self._say = say
        self._shows: dict[str, Callable[[], None]] = {
            "pdf": self._show_pdf,
            "form": self._show_form,
            "bundle": self._show_bundle,
            "seal": self._show_seal,
            "open_package": self._open_package,
            "reply_out": self._show_reply,
            "reply_in": self._take_reply,
            "application_out": self._show_application,
            "application_in": self._take_application,
            "verify": self._show_verify,
            "signing": self._show_signing,
            **Keeping(context, parent).shows(),
        }

    def show(self, name: str) -> None:
        """Show the dialog of an entry of `DeliveryMenu`."""
        session = self._context.session
        if name in CHANGING and session.is_open and session.is_finalised:
            session.read_only.emit()
            return
        self._shows[name]()

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

    def _show_reply(self) -> None:
        self._show(ReplyDialog(self._context, self._parent))

    def _take_reply(self) -> None:
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
        intake.message.connect(self._say)
        intake.run()
        intake.deleteLater()

    def _show(self, dialog: QDialog) -> None:
        # What is still being typed belongs into what is delivered.
        self._context.session.flush()
        dialog.exec()
        dialog.deleteLater()
