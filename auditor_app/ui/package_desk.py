"""What the dialogs of packages ask for; the composition root knows how it is done."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from auditor_app.models.audit import Audit
from auditor_app.models.packed import OpenedPackage, Packed, Packing
from auditor_app.models.progress import Progress
from auditor_app.models.standard import Standard
from auditor_app.ui.proof_desk import Signer


class PackageDesk(Protocol):
    """Packages written and read; all but the check of a password may run aside, and raise `AuditorError`."""

    def check_password(self, password: str) -> None:
        """Raise `ValidationError` for a password that is not fit."""

    def write_bundle(
        self, standard: Standard, audit: Audit, path: Path, packing: Packing, progress: Progress
    ) -> Packed:
        """Write the evidence bundle and return what it holds."""

    def write_sealed(
        self,
        standard: Standard,
        audit: Audit,
        path: Path,
        packing: Packing,
        progress: Progress,
        signer: Signer | None = None,
    ) -> Packed:
        """Write the sealed package, the report in it signed if there is a `signer`, and return what it holds."""

    def open_sealed(self, path: Path, password: str, progress: Progress) -> OpenedPackage:
        """Read a sealed package whole and return what it holds and what is wrong with it."""

    def take_evidence(self, opened: OpenedPackage, progress: Progress) -> int:
        """Take the originals of a whole package into the library, before its audit is added; return how many."""
