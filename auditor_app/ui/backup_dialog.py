"""Backups: where they are, what each holds, and the way back to one of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from auditor_app.models.audit import Audit
from auditor_app.models.backup_preview import Preview
from auditor_app.models.backups import Backup, Compared, Listed, Restored, Standing
from auditor_app.models.errors import AuditorError
from auditor_app.models.progress import Progress
from auditor_app.models.standard import Standard
from auditor_app.session.jobs import Job
from auditor_app.ui.backup_places import BackupPlaces
from auditor_app.ui.backup_preview import PreviewDialog
from auditor_app.ui.backup_tables import (
    AUDIT_WIDTHS,
    BACKUP_WIDTHS,
    COMPANY,
    PLACE,
    AuditTable,
    BackupTable,
    table_view,
)
from auditor_app.ui.context import Context
from auditor_app.ui.errands import Errand
from auditor_app.ui.moments import exact_moment_text
from auditor_app.ui.progress_dialog import Ending, ProgressDialog
from auditor_app.ui.widgets import button, label, restyle

SIZE = QSize(1240, 660)
SHARES = (11, 10)


class BackupDialog(QDialog):
    """List the backups of all places, show what is in one, and restore one audit; the whole is left to who asks.

    `chosen` is the backup to put in the place of the library once the dialog is closed.
    """

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._desk = context.backups
        self._errands: list[Errand] = []
        self._checking: Errand | None = None
        self._audits_of: Path | None = None
        self._is_asked = False
        self._last: datetime | None = None
        self.chosen: Backup | None = None
        self.setWindowTitle(self.tr("Backups"))
        self.places = BackupPlaces(context)
        self.backups = BackupTable(context.theme, context.words, self)
        self.audits = AuditTable(context.theme, self)
        self.backup_view = table_view(self.backups, BACKUP_WIDTHS, self.tr("Backups"), PLACE)
        self.audit_view = table_view(self.audits, AUDIT_WIDTHS, self.tr("Audits in the backup"), COMPANY)
        self.search = QLineEdit()
        self._holds = label("", "title")
        self._message = label("", "message", wrap=True)
        self.preview_button = button(self.tr("Preview audit …"))
        self.audit_button = button(self.tr("Restore audit beside the present one"))
        self.whole_button = button(self.tr("Restore whole library …"))
        self._close = button(self.tr("Close"))
        self._lay_out()
        self._connect()
        self.resize(SIZE.boundedTo(parent.size()))
        self._say("", "")
        self._show_choice()
        self.refresh()

    def refresh(self) -> None:
        """List the backups anew; the one that was chosen stays chosen."""
        self.places.refresh()
        self._desk.listing.refresh()

    def back_up(self) -> None:
        """Make a backup now; what came of it is said when it is made."""
        keeper = self._desk.backing_up
        if not self._is_asked:
            self._is_asked, self._last = True, keeper.standing.last
            self._say(self.tr("Backing up …"), "rule")
            keeper.finished.connect(self._on_backed_up)
            keeper.back_up()

    def preview(self) -> None:
        """Show the chosen audit as it is in the backup, beside the present one."""
        backup, each = self._backup(), self._audit()
        if backup is None or each is None:
            return
        found: list[Preview] = []

        def work(progress: Progress) -> None:
            found.append(self._desk.preview(backup, each.audit.id, progress))

        ending = self._run(self.tr("Preview"), self.tr("Reading the backup …"), work)
        if ending.is_done:
            dialog = PreviewDialog(self._context, found[0], exact_moment_text(backup.made_at), self)
            dialog.exec()
            dialog.deleteLater()
        elif ending.error is not None:
            self._refuse(ending.error)

    def restore_audit(self) -> None:
        """Take the chosen audit into the library as a new one and open it."""
        backup, each, session = self._backup(), self._audit(), self._context.session
        if backup is None or each is None:
            return
        if not session.flush():
            self._say(self.tr("What was typed last is not stored, so nothing was restored. Correct it first."), "error")
            return
        words = self._context.words
        found: list[tuple[Standard, Audit, Restored]] = []
        mark = words.text("backup", "mark")

        def work(progress: Progress) -> None:
            found.append(self._desk.restored_audit(backup, each.audit.id, mark, progress))

        ending = self._run(self.tr("Restore"), self.tr("Reading the backup …"), work)
        if ending.error is not None:
            self._refuse(ending.error)
        if not ending.is_done:
            return
        standard, audit, restored = found[0]
        origin = words.text("backup", "origin", at=f"{backup.made_at:%Y-%m-%d %H:%M}")
        try:
            session.add(standard, audit, origin)
        except AuditorError as error:
            self._refuse(error)
            return
        self._say(self._told(audit.info.number, restored), "ok")
        self._audits_of = None
        self._show_audits_of_choice()

    def restore_whole(self) -> None:
        """Ask whether to put the chosen backup in the place of the library; if so, close and leave it to who asked."""
        backup = self._backup()
        if backup is None:
            return
        if not self._context.session.flush():
            self._say(self.tr("What was typed last is not stored, so nothing was restored. Correct it first."), "error")
            return
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Restore whole library"))
        box.setText(
            self.tr("Put the backup of {0} in the place of the present library?").format(
                exact_moment_text(backup.made_at)
            )
        )
        box.setInformativeText(self._consequences())
        restore = box.addButton(self.tr("Restore"), QMessageBox.ButtonRole.AcceptRole)
        back = box.addButton(self.tr("Go back"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(back)
        box.setEscapeButton(back)
        box.exec()
        is_wanted = box.clickedButton() is restore
        box.deleteLater()
        if is_wanted:
            self.chosen = backup
            self.accept()

    def _consequences(self) -> str:
        rows = [self.audits.compared(row).standing for row in range(self.audits.rowCount())]
        lines = [self.tr("The present library is kept first, as a backup of its own, so this can be taken back.")]
        if not self.search.text():
            counts = {standing: rows.count(standing) for standing in Standing}
            if counts[Standing.CHANGED]:
                lines.append(self.tr("Audits that go back to how they were: {0}").format(counts[Standing.CHANGED]))
            if counts[Standing.NEW]:
                lines.append(self.tr("Audits that are not in the backup and go: {0}").format(counts[Standing.NEW]))
            if counts[Standing.MISSING]:
                lines.append(self.tr("Audits that come back: {0}").format(counts[Standing.MISSING]))
        return "\n".join(lines)

    def _told(self, number: str, restored: Restored) -> str:
        text = self.tr("The audit is in the library as “{0}” and open.").format(number)
        if restored.evidence_taken:
            text += self.tr(" Evidence taken back: {0}.").format(restored.evidence_taken)
        if restored.evidence_missing:
            text += self.tr(" Evidence that is missing here and in the second folder: {0}.").format(
                restored.evidence_missing
            )
        return text

    # What is found aside.

    def _show_backups(self, found: list[Listed]) -> None:
        before = self._backup()
        self.backups.show_rows(found)
        if found:
            self.backup_view.selectRow(self.backups.row_of(before.path) if before is not None else 0)
        self._show_audits_of_choice()
        self._check_next()

    def _check_next(self) -> None:
        """Look at all of the next backup of which nobody knows yet whether it is whole."""
        each = self.backups.next_unknown()
        if each is None or (self._checking is not None and self._checking.is_running):
            return
        backup, answers = each.backup, list[bool | None]()

        def work(progress: Progress) -> None:
            answers.append(self._desk.is_whole(backup, progress))

        def show() -> None:
            self.backups.show_whole(backup.path, answers[0])
            self._show_choice()
            self._check_next()

        def gone(_error: AuditorError) -> None:
            # Rotated away meanwhile, or the stick was taken out.
            self.refresh()

        self._checking = self._aside(work, show, gone)

    def _show_audits_of_choice(self) -> None:
        """Show what the chosen backup holds."""
        backup = self._backup()
        self._show_choice()
        if backup is not None and backup.path == self._audits_of:
            return
        self._audits_of = None if backup is None else backup.path
        self.audits.show_rows(())
        if backup is None or backup.is_damaged:
            return
        found: list[tuple[Compared, ...]] = []

        def show() -> None:
            if self._audits_of == backup.path:
                self.audits.show_rows(found[0])
                if self.audits.rowCount():
                    self.audit_view.selectRow(self.audits.first_backed_up())

        self._aside(lambda _progress: found.append(self._desk.audits(backup)), show, self._refuse)

    def _show_choice(self) -> None:
        """Offer what can be done with the backup and the audit that are chosen."""
        backup, each = self._backup(), self._audit()
        is_usable = backup is not None and not self.backups.is_damaged(self.backup_view.currentIndex().row())
        has_audit = is_usable and each is not None and each.standing is not Standing.NEW
        self.preview_button.setEnabled(has_audit)
        self.audit_button.setEnabled(has_audit)
        self.whole_button.setEnabled(is_usable)
        text = self.tr("No backup yet: the first one is made soon after a change.")
        if backup is not None and not is_usable:
            text = self.tr("This backup is damaged; nothing is restored from it.")
        elif backup is not None:
            text = self.tr("Backup of {0}").format(exact_moment_text(backup.made_at))
        self._holds.setText(text)

    def _aside(
        self, work: Callable[[Progress], None], done: Callable[[], None], failed: Callable[[AuditorError], None]
    ) -> Errand:
        self._errands = [errand for errand in self._errands if errand.is_running]
        self._errands.append(Errand(work, done, failed, self._context.session, self))
        return self._errands[-1]

    def _run(self, title: str, doing: str, work: Callable[[Progress], None]) -> Ending:
        self._say("", "")
        return ProgressDialog(title, doing, Job(work, self._context.session), self).run()

    def _backup(self) -> Backup | None:
        index = self.backup_view.currentIndex()
        return self.backups.listed(index.row()).backup if index.isValid() else None

    def _audit(self) -> Compared | None:
        index = self.audit_view.currentIndex()
        return self.audits.compared(index.row()) if index.isValid() else None

    def _refuse(self, error: AuditorError) -> None:
        self._say(self._context.words.error(error), "error")

    def _say(self, text: str, state: str) -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))
        restyle(self._message, state=state)

    def _on_backed_up(self) -> None:
        keeper = self._desk.backing_up
        self._is_asked = False
        keeper.finished.disconnect(self._on_backed_up)
        is_new = keeper.standing.last != self._last
        text = self.tr("Backed up.") if is_new else self.tr("Nothing has changed since the last backup.")
        # A problem is told where the places are.
        self._say("" if keeper.standing.problem is not None else text, "ok" if is_new else "rule")

    def _choose_second(self) -> None:
        begin = self._desk.backing_up.standing.second
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Choose second folder"), str(begin.folder if begin is not None else Path.home())
        )
        if name:
            self._name_second(Path(name))

    def _forget_second(self) -> None:
        self._name_second(None)

    def _name_second(self, folder: Path | None) -> None:
        try:
            self._desk.name_second(folder)
        except AuditorError as error:
            self._refuse(error)
            return
        self._say("", "")
        self._desk.listing.forget()
        self._desk.backing_up.back_up()

    def _connect(self) -> None:
        keeper = self._desk.backing_up
        keeper.changed.connect(self.refresh)
        listing = self._desk.listing
        listing.forget()
        listing.changed.connect(self._show_backups)
        listing.failed.connect(self._refuse)
        self.places.backup_requested.connect(self.back_up)
        self.places.choose_requested.connect(self._choose_second)
        self.places.forget_requested.connect(self._forget_second)
        self.backup_view.selectionModel().currentRowChanged.connect(self._show_audits_of_choice)
        self.audit_view.selectionModel().currentRowChanged.connect(self._show_choice)
        self.audits.modelReset.connect(self._show_choice)
        self.search.textChanged.connect(self.audits.find)
        self.audit_view.doubleClicked.connect(self.preview)
        self.preview_button.clicked.connect(self.preview)
        self.audit_button.clicked.connect(self.restore_audit)
        self.whole_button.clicked.connect(self.restore_whole)
        self._close.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(self.tr("Find by number or company"))
        self.search.setAccessibleName(self.tr("Find by number or company"))
        self.search.setClearButtonEnabled(True)
        head = QHBoxLayout()
        head.addWidget(self._holds)
        head.addStretch()
        head.addWidget(self.search)
        self.search.setFixedWidth(200)
        right, left = QVBoxLayout(), QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(head)
        right.addWidget(self.audit_view)
        left.setSpacing(8)
        title = label(self.tr("All backups"), "title")
        title.setMinimumHeight(self.search.sizeHint().height())
        left.addWidget(title)
        left.addWidget(self.backup_view)
        parts = QHBoxLayout()
        parts.setSpacing(20)
        for part, share in zip((left, right), SHARES, strict=True):
            parts.addLayout(part, share)
        row = QHBoxLayout()
        row.addWidget(self.whole_button)
        row.addStretch()
        row.addWidget(self.preview_button)
        row.addWidget(self.audit_button)
        row.addSpacing(12)
        row.addWidget(self._close)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(self.places)
        box.addLayout(parts, 1)
        box.addWidget(self._message)
        box.addLayout(row)

    def done(self, result: int) -> None:
        # What is still read aside is for nobody now.
        for errand in self._errands:
            errand.drop()
        self._desk.backing_up.changed.disconnect(self.refresh)
        self._desk.listing.changed.disconnect(self._show_backups)
        self._desk.listing.failed.disconnect(self._refuse)
        if self._is_asked:
            self._desk.backing_up.finished.disconnect(self._on_backed_up)
        super().done(result)
