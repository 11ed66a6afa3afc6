"""All deliveries of one library, for the window."""

from __future__ import annotations

from pathlib import Path

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
        self.proof = Proofs(library)
        self.packages = Packages(library)
        self.pdf = Pdfs(library)
        self.forms = Forms(library)
        self.replies = Replies()
        self.history = Histories(library)
