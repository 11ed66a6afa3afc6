"""What every part of the window is built with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from auditor_app.models.audit import Audit
    from auditor_app.models.catalogue import Catalogue
    from auditor_app.models.ids import AuditId
    from auditor_app.models.progress import Progress
    from auditor_app.models.standard import Standard
    from auditor_app.session.attaching import Attaching
    from auditor_app.session.full_pictures import FullPictures
    from auditor_app.session.session import Session
    from auditor_app.session.thumbnails import Thumbnails
    from auditor_app.ui.backup_desk import BackupDesk
    from auditor_app.ui.bug_report import BugReport
    from auditor_app.ui.form_desk import FormDesk
    from auditor_app.ui.history_desk import HistoryDesk
    from auditor_app.ui.keys import Keymap
    from auditor_app.ui.package_desk import PackageDesk
    from auditor_app.ui.pdf_desk import PdfDesk
    from auditor_app.ui.proof_desk import ProofDesk, Signer
    from auditor_app.ui.reply_desk import ReplyDesk
    from auditor_app.ui.theme import Theme


class Files(Protocol):
    """Reading and writing files of others; the composition root knows how."""

    def take_audit(self, path: Path, progress: Progress) -> tuple[AuditId, bool]:
        """Take an audit file into the library, whole or not at all, and say whether its audit is new there.

        Raises `AuditorError`; may run aside.
        """

    def write_audit(self, standard: Standard, audit: Audit, path: Path) -> None:
        """Write an audit file; raises `AuditorError`."""

    def write_report(
        self,
        standard: Standard,
        audit: Audit,
        language: str,
        path: Path,
        *,
        with_locations: bool,
        progress: Progress,
        signer: Signer | None = None,
        password: str = "",
    ) -> None:
        """Write the Excel report, with where photos were taken if asked, signed by the `signer` if there is one.

        With a password it opens with that only. Raises `AuditorError`; may run aside.
        """

    def keep_logo(self, source: Path | None) -> None:
        """Keep a picture as the logo on the cover of reports, or have none any more; raises `AuditorError`."""

    def has_logo(self) -> bool:
        """Say whether reports have a logo."""

    def sample(self) -> tuple[Standard, Audit]:
        """Return the sample audit."""

    def default_standard(self) -> Standard:
        """Return the standard pack of new audits."""


class EvidenceFiles(Protocol):
    """The content of evidence; the composition root knows where it lies, and nothing here ever writes to it."""

    @property
    def thumbnails(self) -> Thumbnails:
        """Return the small pictures."""

    @property
    def pictures(self) -> FullPictures:
        """Return the pictures at full size."""

    @property
    def attaching(self) -> Attaching:
        """Return what takes files in."""

    def path(self, sha256: str) -> Path:
        """Return where content lies or would lie; raises `AuditorError` for text that is no sha256."""

    def holds(self, sha256: str) -> bool:
        """Say whether the content is there; raises as `path` does."""

    def copy_to(self, sha256: str, target: Path) -> None:
        """Write the content to a file for the person; raises `AuditorError`; may run in the background."""


class DeliveryFiles(Protocol):
    """What the dialogs of `deliveries.py` read and write; the composition root knows how."""

    @property
    def proof(self) -> ProofDesk:
        """Return what checks reports and keeps keys."""

    @property
    def packages(self) -> PackageDesk:
        """Return what packs evidence and opens packages."""

    @property
    def pdf(self) -> PdfDesk:
        """Return what writes reports as PDF."""

    @property
    def forms(self) -> FormDesk:
        """Return what fills the forms of certification bodies."""

    @property
    def replies(self) -> ReplyDesk:
        """Return what writes and reads the workbooks of the auditee."""

    @property
    def history(self) -> HistoryDesk:
        """Return what checks the library and writes histories."""


@dataclass(frozen=True)
class Context:
    """The session, the words of the domain, the theme, the files, the keys, the content of evidence, the deliveries.

    And what tells of failures, and the backups.
    """

    session: Session
    words: Catalogue
    theme: Theme
    files: Files
    keys: Keymap
    evidence: EvidenceFiles
    deliveries: DeliveryFiles
    failures: BugReport
    backups: BackupDesk
