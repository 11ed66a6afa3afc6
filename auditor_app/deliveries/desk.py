"""All deliveries of one library, for the window; each is imported when it is first wanted."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor_app.deliveries.forms import Forms
    from auditor_app.deliveries.history import Histories
    from auditor_app.deliveries.packages import Packages
    from auditor_app.deliveries.pdf import Pdfs
    from auditor_app.deliveries.proof import Proofs
    from auditor_app.deliveries.replies import Replies


class DeliveryDesk:
    """What the window's dialogs of `ui/deliveries.py` read and write, with the evidence in the library's folder."""

    def __init__(self, library: Path) -> None:
        self.library = library

    @cached_property
    def proof(self) -> Proofs:
        """Return what checks reports and keeps keys."""
        from auditor_app.deliveries.proof import Proofs

        return Proofs(self.library)

    @cached_property
    def packages(self) -> Packages:
        """Return what packs evidence and opens packages."""
        from auditor_app.deliveries.packages import Packages

        return Packages(self.library)

    @cached_property
    def pdf(self) -> Pdfs:
        """Return what writes reports as PDF."""
        from auditor_app.deliveries.pdf import Pdfs

        return Pdfs(self.library)

    @cached_property
    def forms(self) -> Forms:
        """Return what fills the forms of certification bodies."""
        from auditor_app.deliveries.forms import Forms

        return Forms(self.library)

    @cached_property
    def replies(self) -> Replies:
        """Return what writes and reads the workbooks of the auditee."""
        from auditor_app.deliveries.replies import Replies

        return Replies()

    @cached_property
    def history(self) -> Histories:
        """Return what reads, checks and exports histories."""
        from auditor_app.deliveries.history import Histories

        return Histories(self.library)
