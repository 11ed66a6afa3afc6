"""Which backup to restore, where no library is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from auditor_app.models.backups import Backup
from auditor_app.models.catalogue import Catalogue
from auditor_app.ui.widgets import button, label

WIDTH, HEIGHT = 560, 380
MEGABYTE = 1 << 20


class BackupChoice(QDialog):
    """Show the backups, the newest first; `ask()` returns the one to restore, None for none."""

    def __init__(self, words: Catalogue, backups: Sequence[Backup], parent: QWidget) -> None:
        super().__init__(parent)
        self._backups = backups
        self.setWindowTitle(words.text("opening", "backups"))
        self.resize(WIDTH, HEIGHT)
        self._list = QListWidget()
        self._list.setAccessibleName(words.text("opening", "backups"))
        self._list.addItems([backup_line(words, backup) for backup in backups])
        self._list.setCurrentRow(0)
        restore = button(words.text("opening", "restore"), "primary")
        restore.setDefault(True)
        restore.clicked.connect(self.accept)
        self._list.itemActivated.connect(self.accept)
        back = button(words.text("opening", "back"))
        back.clicked.connect(self.reject)
        below = QHBoxLayout()
        below.addStretch()
        below.addWidget(back)
        below.addWidget(restore)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(10)
        box.addWidget(label(words.text("opening", "backups_text"), "soft", wrap=True))
        box.addWidget(self._list, 1)
        box.addLayout(below)

    def ask(self) -> Backup | None:
        """Show the dialog and return the backup chosen."""
        chosen = self._backups[self._list.currentRow()] if self.exec() else None
        self.deleteLater()
        return chosen


def backup_line(words: Catalogue, backup: Backup) -> str:
    """Return one line for a backup: when it was made, how many audits it holds, how large it is."""
    made, size = moment(backup), f"{backup.size / MEGABYTE:.1f} MB"
    if backup.facts is None:
        return words.text("opening", "backup_old", made=made, size=size)
    audits = words.text("opening", "audits", count=backup.facts.audits)
    return words.text("opening", "backup", made=made, audits=audits, size=size)


def moment(backup: Backup) -> str:
    """Return when a backup was made, as people write it."""
    return f"{backup.made_at:%Y-%m-%d %H:%M}"
