"""The menu of what leaves the laptop beside the report and of what comes back, and entries about the history."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject


@dataclass(frozen=True)
class Offer:
    """An entry of a menu: name, words; whether an audit must be open, whether a line is above, and in which menu."""

    name: str
    text: str
    needs_audit: bool = True
    starts_group: bool = False
    menu: str = "delivery"
    """That of deliveries, `view` or `help`."""


class DeliveryMenu(QObject):
    """Name the entries; `deliveries.py` has the dialog of each."""

    def offers(self) -> tuple[Offer, ...]:
        """Return the entries in their order."""
        return (
            Offer("pdf", self.tr("Export PDF report …")),
            Offer("form", self.tr("Fill the body's form …")),
            Offer("bundle", self.tr("Evidence bundle …"), starts_group=True),
            Offer("seal", self.tr("Sealed package …")),
            Offer("open_package", self.tr("Open sealed package …"), needs_audit=False),
            Offer("reply_out", self.tr("Reply workbook for the auditee …"), starts_group=True),
            Offer("reply_in", self.tr("Take in the reply of the auditee …")),
            Offer("application_out", self.tr("Application form …"), starts_group=True),
            Offer("application_in", self.tr("Take in an application …")),
            Offer("verify", self.tr("Check a report …"), needs_audit=False, starts_group=True),
            Offer("signing", self.tr("Signing key …"), needs_audit=False),
            Offer("finalise", self.tr("Finalise the audit …"), starts_group=True),
            Offer("reopen", self.tr("Reopen the audit …")),
            Offer("history", self.tr("History of the selected place"), starts_group=True, menu="view"),
            Offer("history_all", self.tr("History of the audit"), menu="view"),
            Offer("check", self.tr("Check the library …"), needs_audit=False, menu="help"),
        )
