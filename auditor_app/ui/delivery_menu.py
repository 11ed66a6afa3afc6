"""The menu of what leaves the laptop beside the report, and of what comes back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject


@dataclass(frozen=True)
class Offer:
    """An entry of the menu: name, words; whether an audit must be open, and whether a line is above."""

    name: str
    text: str
    needs_audit: bool = True
    starts_group: bool = False


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
        )
