"""Opening the library of a folder for the window, in whatever state it is; docs/OPENING.md tells the ways on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from auditor_app import files, places
from auditor_app.logbook import Logbook
from auditor_app.look import Look
from auditor_app.models.backups import Backup
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import AuditorError, EnvironmentProblem
from auditor_app.models.events import note
from auditor_app.models.opening import Condition, State, Way
from auditor_app.models.progress import Progress
from auditor_app.session.jobs import Job
from auditor_app.storage.condition import condition_of, examine, is_full, set_leftovers_aside, set_log_aside
from auditor_app.storage.folder_kind import FolderKind, folder_kind
from auditor_app.storage.library import FILE_NAME, Library
from auditor_app.storage.write_log import log_path
from auditor_app.ui.bug_report import BugReport
from auditor_app.ui.main_window import MainWindow
from auditor_app.ui.notice_bar import Notice
from auditor_app.ui.opening_dialog import OpeningDialog
from auditor_app.ui.progress_dialog import Ending, ProgressDialog
from auditor_app.ui.single_instance import Claim, SingleInstance
from auditor_app.ui.theme import Theme
from auditor_app.ui.translations import Translations
from auditor_app.workbench import Workbench

ENVIRONMENT = 3
SOON_BYTES = 2_000_000
"""A library up to this size is checked or brought to a new schema before anybody could read what is being done."""


class Opening:
    """Opens libraries in the window, one after another, until one is open or the person leaves."""

    def __init__(self, app: QApplication, window: MainWindow, look: Look, instance: SingleInstance) -> None:
        """Begin with the instance of the folder that was asked for, claimed or not."""
        self._app = app
        self._window = window
        self._look = look
        self._instance = instance
        instance.asked_for.connect(window.come_to_front)
        self._translations = Translations(app)
        self._language = look.language
        self._words = Catalogue.load(self._language, "opening", "backups")
        self._with_sample = self._is_named = False
        self._notices: list[Notice] = []
        self._logbook: Logbook | None = None
        self._failures: BugReport | None = None
        self.bench: Workbench | None = None

    def open(self, folder: Path, language: str | None, *, with_sample: bool, is_named: bool) -> None:
        """Open the library of a folder and fill the window, or end the program when nobody finds a way.

        `is_named` when the folder was named at the start, so that another one chosen here is for this time only.
        """
        if language is not None:
            self._language = language
            self._words = Catalogue.load(language, "opening", "backups")
        self._with_sample, self._is_named = with_sample, is_named
        self._begin_log(folder)
        self._go(folder)

    def close(self) -> None:
        """Close the library that is open and let go of its folder."""
        if self.bench is not None:
            self.bench.close()
            self.bench = None
        elif self._logbook is not None:
            self._logbook.close()
        self._instance.release()

    # From a folder to an open library.

    def _go(self, folder: Path, condition: Condition | None = None, way: Way | None = None) -> None:
        """Open a folder, asking for a way on as often as it does not open; the first `way` may be chosen already."""
        while True:
            if way is None:
                opened = self._opened(folder, condition or self._look_at(folder))
                if isinstance(opened, Workbench):
                    self._show(opened, folder)
                    return
                note("library_refused", code=opened.state.value)
                condition, way = opened, self._ask(opened)
            if way is Way.QUIT or condition is None:
                self._app.exit(ENVIRONMENT)
                return
            went, way = self._take(way, folder, condition), None
            if isinstance(went, Workbench):
                self._show(went, folder)
                return
            if went is not None:
                folder, condition = went, None

    def _look_at(self, folder: Path) -> Condition:
        """Find out how a library stands, once it is known to be nobody else's."""
        path = folder / FILE_NAME
        claim = self._instance.claim() if folder.is_dir() else Claim.NOBODYS
        if claim is Claim.ANOTHERS:
            return Condition(State.OPEN_ELSEWHERE, path)
        found: list[Condition] = []

        def look(_progress: Progress) -> None:
            found.append(examine(path, was_there=places.was_here(folder)))

        if log_path(path).exists() and path.exists() and path.stat().st_size > SOON_BYTES:
            self._run(look, "looking")
        else:
            look(lambda _done, _total: None)
        condition = found[0] if found else Condition(State.OUT_OF_REACH, path)
        if claim is Claim.NOBODYS and folder.is_dir() and condition.opens:
            # The system may tell of a right only when it is used.
            return Condition(State.DISK_FULL if is_full(folder) else State.READ_ONLY, path)
        return condition

    def _opened(self, folder: Path, condition: Condition) -> Workbench | Condition:
        """Open a library that looks as if it opened, and read the audit edited last."""
        path = folder / FILE_NAME
        if not condition.opens and condition.state is not State.READ_ONLY:
            return condition
        try:
            if condition.state is State.READ_ONLY:
                return self._read_only(folder, "read_only_folder")
            if condition.state is State.OLD:
                ending = self._migrate(folder)
                if ending.error is not None:
                    raise ending.error
                if not ending.is_done:
                    return Condition(State.UNMIGRATED, path)
            library = Library(folder, files.who())
            if self._instance.claim() is Claim.ANOTHERS:
                library.close()
                return Condition(State.OPEN_ELSEWHERE, path)
            return self._bench(library)
        except EnvironmentProblem as problem:
            return condition_of(problem, path) or Condition(State.OUT_OF_REACH, path)

    def _bench(self, library: Library) -> Workbench:
        """Make the workbench of a library; raises `EnvironmentProblem` when its newest audit does not read."""
        bench = Workbench(
            *(self._app, self._window, self._look, library, self._language, self._logbook, self._failures),
            translations=self._translations,
        )
        try:
            bench.open_first(with_sample=self._with_sample and not library.is_read_only)
        except EnvironmentProblem as problem:
            if problem.code in ("library_damaged", "library_io") and not library.is_read_only:
                bench.discard()
                raise
            bench.first_problem = problem
        except AuditorError as problem:
            bench.first_problem = problem
        return bench

    def _read_only(self, folder: Path, why: str) -> Workbench:
        bench = self._bench(Library(folder, files.who(), is_read_only=True))
        self._notices.append(Notice(self._words.text("opening", why, folder=folder)))
        return bench

    def _migrate(self, folder: Path) -> Ending:
        def work(progress: Progress) -> None:
            Library(folder, files.who(), progress).close()

        if (folder / FILE_NAME).stat().st_size <= SOON_BYTES:
            work(lambda _done, _total: None)
            return Ending()
        return self._run(work, "migrating")

    def _show(self, bench: Workbench, folder: Path) -> None:
        self.bench = bench
        is_read_only = bench.session.is_read_only
        if not is_read_only:
            places.remember_library(folder)
            self._tell_of_folder(bench, folder)
        bench.on_damage, bench.on_lost = self._on_damage, self._on_lost
        bench.notices, self._notices = tuple(self._notices), []
        if self._instance.claim() is Claim.OURS:
            bench.watch_end()
        bench.show()

    def _tell_of_folder(self, bench: Workbench, folder: Path) -> None:
        kind, service = folder_kind(folder)
        key = f"told_of_{kind}"
        told = kind.value if kind is not FolderKind.LOCAL else "" if bench.keeps_log else "no_log"
        if told and not bench.session.setting(key):
            text = self._words.text("opening", told, service=service)
            self._notices.append(Notice(text, self._words.text("opening", "dismiss"), key))

    # When it does not open.

    def _ask(self, condition: Condition, last: Way = Way.QUIT) -> Way:
        backups = self._backups(condition.path.parent) if Way.RESTORE in condition.ways else []
        notes = {Way.RESTORE: self._words.text("opening_note", "restore_none")}
        if backups:
            from auditor_app.ui.backup_choice import moment

            newest = moment(backups[0])
            notes[Way.RESTORE] = self._words.text("opening_note", "restore", count=len(backups), newest=newest)
        self._dress()
        closed = () if backups else (Way.RESTORE,)
        return OpeningDialog(self._words, condition, notes, self._window, closed=closed, last=last).ask()

    def _take(self, way: Way, folder: Path, condition: Condition) -> Path | Workbench | None:
        """Go a way; return the folder to open next, what is open already, or None to ask again."""
        try:
            return self._ways()[way](folder, condition)
        except AuditorError as problem:
            self._tell(self._words.error(problem))
            return None

    def _ways(self) -> dict[Way, Callable[[Path, Condition], Path | Workbench | None]]:
        return {
            Way.AGAIN: lambda folder, _condition: folder,
            Way.READ_ONLY: self._open_read_only,
            Way.WITHOUT_TORN: self._open_without_torn,
            Way.RESTORE: self._restore,
            Way.SALVAGE: self._salvage,
            Way.OTHER_FOLDER: self._other_folder,
            Way.START_NEW: self._start_new,
        }

    def _open_read_only(self, folder: Path, condition: Condition) -> Workbench:
        is_damaged = condition.state in (State.DAMAGED, State.DISK_FAILS, State.TORN)
        return self._read_only(folder, "read_only_damaged" if is_damaged else "read_only_as_it_was")

    def _open_without_torn(self, folder: Path, condition: Condition) -> Path | Workbench | None:
        aside = set_log_aside(condition.path)
        self._notices.append(
            Notice(self._words.text("opening", "torn_kept", folder=aside), self._words.text("opening", "dismiss"))
        )
        return folder

    def _restore(self, folder: Path, _condition: Condition) -> Path | None:
        from auditor_app.storage.restoring import restore_whole
        from auditor_app.ui.backup_choice import BackupChoice, moment

        backup = BackupChoice(self._words, self._backups(folder), self._window).ask()
        if backup is None:
            return None
        self._done(self._run(lambda progress: restore_whole(folder, backup, progress), "restoring"))
        text = self._words.text("opening", "restored", made=moment(backup))
        self._notices.append(Notice(text, self._words.text("opening", "dismiss")))
        return folder

    def _salvage(self, folder: Path, _condition: Condition) -> Path | None:
        from auditor_app.salvaging import SalvagedLibrary, salvage_library

        made: list[SalvagedLibrary] = []
        ending = self._run(lambda progress: made.append(salvage_library(folder, self._words, progress)), "salvaging")
        self._done(ending)
        if not made:
            return None
        if not made[0].salvaged.audits:
            self._tell(f"{self._words.text('salvage', 'none')}\n\n{self._words.text('salvage', 'none_text')}")
            return None
        told = made[0]
        head = self._words.text("salvage", "done", audits=told.salvaged.audits)
        self._tell(f"{head}\n\n{self._words.text('salvage', 'text', folder=told.folder, report=told.report.name)}")
        self._move_to(told.folder)
        return told.folder

    def _other_folder(self, folder: Path, _condition: Condition) -> Path | None:
        title = self._words.text("opening", "choose_folder")
        near = next((place for place in (folder, *folder.absolute().parents) if place.is_dir()), folder)
        chosen = QFileDialog.getExistingDirectory(self._window, title, str(near))
        if not chosen:
            return None
        other = SingleInstance(Path(chosen))
        if other.claim() is Claim.ANOTHERS and other.call_other():
            self._app.exit(0)
        self._move_to(Path(chosen), other)
        return Path(chosen)

    def _start_new(self, folder: Path, condition: Condition) -> Workbench:
        set_leftovers_aside(condition.path)
        return self._bench(Library(folder, files.who()))

    def _move_to(self, folder: Path, instance: SingleInstance | None = None) -> None:
        self._instance.release()
        self._instance = instance or SingleInstance(folder)
        self._instance.asked_for.connect(self._window.come_to_front)
        self._begin_log(folder)
        if not self._is_named:
            places.choose_library(folder)

    def _done(self, ending: Ending) -> None:
        if ending.error is not None:
            raise ending.error

    # While it is open.

    def _on_damage(self, problem: EnvironmentProblem) -> None:
        """Offer the ways on when part of an open library does not read any more."""
        # Not from within the edit that met it.
        QTimer.singleShot(0, self._window, lambda: self._offer_ways(problem))

    def _on_lost(self, _problem: AuditorError) -> None:
        """Begin anew with a library that was closed to restore a backup and did not open again."""
        bench, self.bench = self.bench, None
        if bench is not None:
            self._window.empty()
            self._go(bench.path.parent)

    def _offer_ways(self, problem: EnvironmentProblem) -> None:
        bench = self.bench
        if bench is None:
            return
        path = bench.path
        condition = condition_of(problem, path)
        way = Way.GO_ON if condition is None else self._ask(condition, Way.GO_ON)
        if way is Way.GO_ON:
            return
        self.bench = None
        # What it shows would ask a library that is closed.
        self._window.empty()
        bench.close()
        self._begin_log(path.parent)
        self._go(path.parent, condition, way)

    # Small things.

    def _begin_log(self, folder: Path) -> None:
        if self._logbook is not None:
            self._logbook.close()
        self._logbook = Logbook(folder)
        self._failures = BugReport(self._logbook, self._app)
        self._logbook.install(self._failures.tell)

    def _backups(self, folder: Path) -> Sequence[Backup]:
        from auditor_app.storage.backup import backups_of
        from auditor_app.storage.backup_second import places_of

        try:
            found = [backup for place in places_of(folder) for backup in backups_of(place) if not backup.is_damaged]
        except AuditorError:
            return []
        return sorted(found, key=lambda backup: backup.made_at, reverse=True)

    def _run(self, work: Callable[[Progress], Any], doing: str) -> Ending:
        """Run work aside while the window shows how far it is."""
        self._dress()
        title = self._words.text("opening", "title")
        job = Job(lambda progress: _drop(work(progress)))
        return ProgressDialog(title, self._words.text("opening", doing), job, self._window).run()

    def _dress(self) -> None:
        """Have dialogs look and speak like the window that is not built yet."""
        self._translations.speak(self._language)
        theme = Theme.load(self._look.theme)
        theme.prepare(self._app)
        theme.dress(self._app)

    def _tell(self, text: str) -> None:
        box = QMessageBox(QMessageBox.Icon.Information, self._words.text("opening", "title"), text)
        box.setParent(self._window, box.windowFlags())
        box.exec()
        box.deleteLater()


def _drop(_result: object) -> None:
    """Forget what work returned."""
