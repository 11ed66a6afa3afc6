"""Composition root of the window: builds everything, owns nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QThreadPool, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from auditor_app import evidence, files
from auditor_app.deliveries.backups import Backups, found_elsewhere, found_here
from auditor_app.deliveries.desk import DeliveryDesk
from auditor_app.exchange.standards import default_standard
from auditor_app.logbook import Logbook
from auditor_app.look import Look
from auditor_app.models.audit import Audit
from auditor_app.models.backups import Backup, Restored
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import AuditorError, EnvironmentProblem
from auditor_app.models.events import note
from auditor_app.models.ids import AuditId
from auditor_app.models.progress import Progress
from auditor_app.models.standard import Standard
from auditor_app.models.stored import StoredFacts
from auditor_app.parts import LateParts
from auditor_app.session.attaching import Attaching
from auditor_app.session.backing_up import BackingUp
from auditor_app.session.backup_listing import BackupListing
from auditor_app.session.diary import Diary
from auditor_app.session.full_pictures import FullPictures
from auditor_app.session.intake import Intake
from auditor_app.session.session import Session
from auditor_app.session.thumbnails import PIXELS, Thumbnails
from auditor_app.session.worker import finish
from auditor_app.storage.evidence_store import BROUGHT, THUMBNAILS, EvidenceStore
from auditor_app.storage.fragments import sweep
from auditor_app.storage.library import Library
from auditor_app.ui.bug_report import BugReport
from auditor_app.ui.closing import closes_anyway, files_are_whole, leaves_files_out
from auditor_app.ui.context import Context
from auditor_app.ui.keys import Keymap
from auditor_app.ui.main_window import MainWindow
from auditor_app.ui.notice_bar import Notice, Noticed
from auditor_app.ui.proof_desk import Signer
from auditor_app.ui.theme import Theme
from auditor_app.ui.translations import Translations
from auditor_app.ui.workspace import Workspace

TOPICS = ("exchange", "report", "board", "findings", "evidence", "proof", "replies", "forms", "packages", "backups")


class DiskFiles:
    """The files of others, for the window, with the evidence in the library's folder."""

    def __init__(self, library: Path, who: str) -> None:
        self._library = library
        self._who = who

    def take_audit(self, path: Path, progress: Progress) -> tuple[AuditId, bool]:
        from auditor_app.deliveries.importing import take_in

        return take_in(self._library, self._who, path, progress)

    def write_audit(self, standard: Standard, audit: Audit, path: Path) -> None:
        files.write_audit(standard, audit, path, self._library)

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
        files.write_report(
            *(standard, audit, language, path, self._library),
            with_locations=with_locations,
            signer=signer,
            password=password,
            progress=progress,
        )

    def keep_logo(self, source: Path | None) -> None:
        files.keep_logo(self._library, source)

    def has_logo(self) -> bool:
        return files.logo(self._library) is not None

    def sample(self) -> tuple[Standard, Audit]:
        return files.read_audit(files.SAMPLE)

    def default_standard(self) -> Standard:
        return default_standard()


class DiskEvidence:
    """The content of evidence in the library's folder, for the window; one for all looks of it."""

    def __init__(self, session: Session, folder: Path) -> None:
        self._session = session
        # What a program that was killed left.
        if not session.is_read_only:
            sweep(folder, folder / THUMBNAILS, folder / THUMBNAILS / BROUGHT)
        self._store = EvidenceStore(folder)
        self.thumbnails = Thumbnails(
            self._store.path, folder / THUMBNAILS, lambda path: evidence.thumbnail(path, PIXELS)
        )
        self.pictures = FullPictures(self._store.path, _full_picture)
        self.attaching = Attaching(session, lambda: Intake(self._take))
        self.attaching.arrived.connect(self._on_arrived)

    def _take(self, source: Path | bytes) -> StoredFacts:
        if self._session.is_read_only:
            raise EnvironmentProblem("opened_read_only")
        return evidence.take(self._store, source)

    def path(self, sha256: str) -> Path:
        return self._store.path(sha256)

    def holds(self, sha256: str) -> bool:
        return self._store.holds(sha256)

    def copy_to(self, sha256: str, target: Path) -> None:
        self._store.copy_to(sha256, target)

    def close(self) -> None:
        """Wait for what is at hand in the background and let go of the rest."""
        self.attaching.close()
        self.pictures.close()
        self.thumbnails.close()

    def _on_arrived(self, sha256: str) -> None:
        # Content that was missing or damaged is mended by adding its file again; what was shown instead goes.
        if self.thumbnails.problem(sha256) is not None or self.thumbnails.image(sha256) is not None:
            self.thumbnails.retry(sha256)


def _full_picture(path: Path, pixels: int) -> tuple[bytes, int, int]:
    # Here, so that nothing waits for Pillow until a picture is shown that Qt cannot read.
    from auditor_app.pictures.copies import thumbnail
    from auditor_app.pictures.facts import inspect

    data, facts = thumbnail(path, pixels), inspect(path)
    return data, facts.width if facts else 0, facts.height if facts else 0


class Workbench:
    """The running program: one library, one session, a window whose workspace can be built anew in another look."""

    def __init__(
        self,
        app: QApplication,
        window: MainWindow,
        look: Look,
        library: Library,
        language: str | None = None,
        logbook: Logbook | None = None,
        failures: BugReport | None = None,
        *,
        translations: Translations | None = None,
    ) -> None:
        self._app = app
        self._logbook = logbook or Logbook(library.path.parent)
        self._failures = failures or BugReport(self._logbook, window)
        self.window = window
        self._look = look
        self._translations = translations or Translations(app)
        self._language = language or look.language
        self._theme = look.theme
        self._folder = library.path.parent
        self._files = DiskFiles(self._folder, library.who)
        self._deliveries = DeliveryDesk(self._folder)
        self.workspace: Workspace | None = None
        self.path = library.path
        self.first_problem: AuditorError | None = None
        """What kept the first audit from being opened; told once the window is filled."""
        self.notices: Sequence[Notice] = ()
        self.on_damage: Callable[[EnvironmentProblem], None] = _nobody
        """Told when part of the library does not read any more."""
        self.on_lost: Callable[[AuditorError], None] = _nobody
        """Told when the library did not open again after a backup was restored."""
        self._take(library)
        self._logbook.counts = self._counts
        window.may_close = self._may_close

    def _take(self, library: Library) -> None:
        """Work with a library that was just opened."""
        self._library = library
        self.session = Session(library)
        self.evidence = DiskEvidence(self.session, self._folder)
        self.backing_up = BackingUp(self.session, self._folder)
        listing = BackupListing((partial(found_here, self._folder), partial(found_elsewhere, self._folder)))
        self._backups = Backups(self._folder, self.backing_up, listing)
        Diary(self.session)

    @property
    def keeps_log(self) -> bool:
        """Say whether SQLite keeps a write-ahead log where the library lies."""
        return self._library.keeps_log

    def start(self, *, with_sample: bool) -> None:
        """Open the audit edited last, or the sample in an empty library, and fill the window."""
        try:
            self.open_first(with_sample=with_sample)
        except AuditorError as problem:
            self.first_problem = problem
        self.show()

    def open_first(self, *, with_sample: bool) -> None:
        """Open the audit edited last, or the sample in an empty library; raises `AuditorError`."""
        newest = self.session.newest()
        if newest is not None:
            self.session.open(newest)
        elif with_sample:
            self.session.add(*files.read_audit(files.SAMPLE))

    def show(self) -> None:
        """Fill the window."""
        self._build()
        if not self.session.is_read_only:
            self.backing_up.begin()
        problem, self.first_problem = self.first_problem, None
        if problem is not None and self.workspace is not None:
            self.workspace.show_problem(problem)

    def watch_end(self) -> None:
        """Have this run tell the next one if it ends badly; only for who holds the library's lock."""
        # With the lock, for there is one file for the last words of a run.
        if self._logbook.watch():
            QTimer.singleShot(0, self._failures, self._failures.tell_end)
        QTimer.singleShot(0, self._failures, self._logbook.open_file)

    def discard(self) -> None:
        """Let go of a library before anything was shown of it."""
        self._leave()

    def close(self) -> None:
        """Finish what runs in the background, close the library and let go of it."""
        self._leave()
        self._logbook.close()

    def _leave(self) -> None:
        if self.workspace is not None:
            # What is still to be shown would ask a library that is closed.
            self.workspace.dismiss()
            self.workspace = None
        self.backing_up.close()
        self._backups.listing.close()
        finish(QThreadPool.globalInstance())
        self.evidence.close()
        self.session.close()

    def _restore(self, backup: Backup) -> None:
        """Put a backup in the place of the library, and begin anew with what is there then."""
        from auditor_app.storage.restoring import restore_whole
        from auditor_app.ui.backup_restoring import Restoring

        if self.evidence.attaching.is_running and not leaves_files_out(self.window):
            return
        note("restoring", kind=backup.kind)
        self._leave()
        # The workspace would ask the library that is closed.
        self.window.fill(QWidget())
        restored: list[Restored] = []

        def work(progress: Progress) -> None:
            restored.append(restore_whole(self._folder, backup, progress))

        restoring = Restoring(self.window)
        ending = restoring.run(work)
        words = Catalogue.load(self._language, "backups")
        try:
            self._take(Library(self._folder, files.who()))
        except AuditorError as error:
            restoring.deleteLater()
            self.on_lost(error)
            return
        self.start(with_sample=False)
        restoring.tell(ending, backup, restored[0] if restored else None, words)
        restoring.deleteLater()

    def _build(self) -> None:
        self._translations.speak(self._language)
        theme = Theme.load(self._theme)
        theme.prepare(self._app)
        words = Catalogue.load(self._language, *TOPICS)
        context = Context(
            *(self.session, words, theme, self._files, Keymap(self.session), self.evidence, self._deliveries),
            *(self._failures, self._backups),
        )
        workspace = Workspace(context, LateParts(), self.window)
        self.window.fill(self._noticed(workspace))
        theme.dress(self._app)
        workspace.problem_told.connect(self._on_told)
        # Queued, since the menu that asks is thrown away with the workspace.
        workspace.look_requested.connect(self._change_look, Qt.ConnectionType.QueuedConnection)
        workspace.restore_requested.connect(self._restore, Qt.ConnectionType.QueuedConnection)
        self.workspace = workspace
        workspace.tabs.currentChanged.connect(_note_tab)
        self.window.menuBar().triggered.connect(_note_command)

    def _noticed(self, workspace: Workspace) -> QWidget:
        if not self.notices:
            return workspace
        noticed = Noticed(workspace, self.notices)
        noticed.dismissed.connect(self._on_dismissed)
        return noticed

    def _counts(self) -> dict[str, int]:
        rows = self.session.audit.rows if self.session.is_open else {}
        return {"audits": self._library.count()} | {kind.value: len(table) for kind, table in rows.items() if table}

    def _change_look(self, theme: str, language: str) -> None:
        self.session.flush()
        self._theme, self._language = theme, language
        self._look.keep(theme, Theme.load(theme).color("ground"), language)
        previous = self.workspace
        tab = previous.tabs.currentIndex() if previous is not None else 0
        if previous is not None:
            previous.dismiss()
        # Its viewer goes with it.
        self.evidence.pictures.want()
        self._build()
        if self.workspace is not None:
            self.workspace.tabs.setCurrentIndex(tab)

    def _may_close(self) -> bool:
        if self.evidence.attaching.is_running and not leaves_files_out(self.window):
            return False
        if not self.session.flush() and not closes_anyway(self.window):
            return False
        if not files_are_whole(self.window):
            return False
        self._look.keep_geometry(self.window.saveGeometry())
        if self.workspace is not None and not self.session.is_read_only:
            self._back_up_last()
        return True

    def _back_up_last(self) -> None:
        from auditor_app.ui.backup_closing import ClosingBackup

        ClosingBackup(self.backing_up, self.window).run()

    def _on_told(self, problem: AuditorError) -> None:
        if self.session.is_read_only or not isinstance(problem, EnvironmentProblem):
            return
        if problem.code == "library_damaged":
            self.on_damage(problem)

    def _on_dismissed(self, key: str) -> None:
        self.notices = [notice for notice in self.notices if not notice.dismiss or notice.key != key]
        if key:
            with suppress(EnvironmentProblem):
                self.session.set_setting(key, "yes")


def _nobody(_problem: object) -> None:
    """Tell nobody."""


def _note_tab(place: int) -> None:
    note("tab", number=place + 1)


def _note_command(action: QAction) -> None:
    note("command", name=action.objectName())
