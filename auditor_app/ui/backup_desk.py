"""What the windows about backups ask for; the composition root knows how it is done."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from auditor_app.models.audit import Audit
from auditor_app.models.backup_preview import Preview
from auditor_app.models.backups import Backup, Compared, Restored
from auditor_app.models.ids import AuditId
from auditor_app.models.progress import Progress
from auditor_app.models.standard import Standard
from auditor_app.session.backing_up import BackingUp
from auditor_app.session.backup_listing import BackupListing


class BackupDesk(Protocol):
    """Backups listed and looked into, all of it aside but `name_second`; raises `AuditorError`."""

    @property
    def backing_up(self) -> BackingUp:
        """Return what makes the backups."""

    @property
    def listing(self) -> BackupListing:
        """Return what lists the backups."""

    def is_whole(self, backup: Backup, progress: Progress) -> bool | None:
        """Say whether a backup is what it was when it was made, by reading all of it; None when it cannot be now."""

    def audits(self, backup: Backup) -> tuple[Compared, ...]:
        """Return the audits of a backup beside those of the present library, last changed first."""

    def preview(self, backup: Backup, audit_id: AuditId, progress: Progress) -> Preview:
        """Return an audit of a backup beside the present one; nothing is written."""

    def restored_audit(
        self, backup: Backup, audit_id: AuditId, mark: str, progress: Progress
    ) -> tuple[Standard, Audit, Restored]:
        """Return an audit of a backup as a new one, its number with a mark, for the session to add."""

    def name_second(self, folder: Path | None) -> None:
        """Keep a folder as the second one, or have none any more."""
