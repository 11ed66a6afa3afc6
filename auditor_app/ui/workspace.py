"""The workspace assembles and wires; what the parts do is theirs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from auditor_app import __version__
from auditor_app.models.audit import Kind
from auditor_app.models.changes import ChangeSet
from auditor_app.models.errors import AuditorError
from auditor_app.models.ids import AuditId
from auditor_app.ui import pages
from auditor_app.ui.audit_rail import AuditRail
from auditor_app.ui.board_column import BoardColumn
from auditor_app.ui.context import Context
from auditor_app.ui.delivery_menu import DeliveryMenu
from auditor_app.ui.editing import WheelGuard
from auditor_app.ui.importing import Importing
from auditor_app.ui.menus import Menus
from auditor_app.ui.navigator import Navigator
from auditor_app.ui.pages import Pages, Parts
from auditor_app.ui.saving import ask_source, ask_target, keep_folder, suggested_target
from auditor_app.ui.score_bar import ScoreBar
from auditor_app.ui.seal_banner import SealBanner
from auditor_app.ui.status_line import StatusLine
from auditor_app.ui.tab_titles import TabTitles
from auditor_app.ui.widgets import EmptyState, button

NESTED_LAYOUTS = 8


class Workspace(QWidget):
    """Score bar, list of audits and tabs, with the menus and the status line of their window."""

    look_requested = Signal(str, str)
    """Theme and language the person wants; the composition root builds a workspace anew."""
    restore_requested = Signal(object)
    """A `Backup` is to take the place of the library; the composition root closes it and opens it anew."""
    problem_told = Signal(object)
    """An `AuditorError` that the person was told of."""

    def __init__(self, context: Context, parts: Parts, window: QMainWindow) -> None:
        super().__init__()
        self._window = window
        self._context = context
        self._parts = parts
        self._session = context.session
        self.score_bar = ScoreBar(context)
        self.rail = AuditRail(context)
        self.left = BoardColumn(context, parts, self.rail)
        self.tabs = Pages(context, parts)
        self._titles = TabTitles(self._session, self.tabs)
        self._way = Navigator(self.tabs)
        self._pages = QStackedWidget()
        self._status = StatusLine(context)
        self._importing = Importing(context, self, self._status.say, self.tell)
        # Not at once: a key is answered by the sheet and the score, in one frame.
        self._rest = QTimer(self, interval=0, singleShot=True)
        self._rest.timeout.connect(self._show_rest)
        self._lay_out()
        slots = {
            "new": self.new_audit,
            "import": self.import_audit,
            "sample": self.open_sample,
            "export": self.export_report,
            "dump": self.export_audit,
            "backups": self.show_backups,
            "quit": window.close,
            "undo": self._undo,
            "redo": self._redo,
            "about": self._about,
            "log": context.failures.show_log,
            "keys": self._show_keys,
            "settings": self._show_settings,
            "board": self.left.toggle,
            "explain": self.left.explain,
            "find_all": self._way.find,
            "find_audit": self.left.find_audit,
        }
        offers = DeliveryMenu(self).offers()
        slots |= {offer.name: partial(self._deliver, offer.name) for offer in offers}
        self._menus = Menus(context, self._titles.names(), slots, offers)
        window.setMenuBar(self._menus)
        self._connect()
        self.rail.reset()
        self._show_open()

    def dismiss(self) -> None:
        """Listen to the session no more: another look takes this one's place, or the program ends."""
        self._rest.stop()
        self.tabs.stop()
        self.rail.dismiss()
        self._status.backup.dismiss()
        self._session.disconnect(self)

    def _lay_out(self) -> None:
        self.tabs.tabBar().installEventFilter(WheelGuard(self.tabs))
        working = QWidget()
        work = QVBoxLayout(working)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(0)
        work.addWidget(SealBanner(self._context, self._deliver))
        work.addWidget(self.tabs)
        new = button(self.tr("New audit"), "primary")
        bring = button(self.tr("Import audit file"))
        sample = button(self.tr("Open sample audit"))
        new.clicked.connect(self.new_audit)
        bring.clicked.connect(self.import_audit)
        sample.clicked.connect(self.open_sample)
        empty = EmptyState(
            self.tr("No audit yet"),
            self.tr("Make a new audit, import an audit file, or look at the sample first."),
            (new, bring, sample),
        )
        self._pages.addWidget(empty)
        self._pages.addWidget(working)
        main = QHBoxLayout()
        main.setSpacing(0)
        main.addWidget(self.left)
        main.addWidget(self._pages, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.score_bar)
        box.addLayout(main, 1)
        self._window.setStatusBar(self._status)

    def _connect(self) -> None:
        session, way = self._session, self._way
        session.opened.connect(self._show_open)
        session.changed.connect(self._on_changed)
        session.failed.connect(self.show_problem)
        session.saved.connect(self._show_saved)
        session.listed.connect(self.rail.show_all)
        self._status.backup.clicked.connect(self.show_backups)
        self.rail.open_requested.connect(self._open)
        self.rail.new_requested.connect(self.new_audit)
        self.score_bar.deductions_requested.connect(way.to_deductions)
        self.left.jump_requested.connect(way.to_key)
        self.left.toggled.connect(self._menus.show_board)
        self.score_bar.board_requested.connect(self.left.toggle)
        self._menus.show_board(self.left.shows_board)
        self.tabs.made.connect(self._on_made)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        self._menus.tab_chosen.connect(self.tabs.setCurrentIndex)
        self._menus.look_chosen.connect(self._ask_for_look)

    def _on_made(self, place: int) -> None:
        """Wire a page that was just made."""
        tabs, way = self.tabs, self._way
        match place:
            case pages.PROFILE:
                tabs.profile.message.connect(self._status.say)
            case pages.CHECKLIST:
                tabs.checklist.message.connect(self._status.say)
            case pages.SCORING:
                tabs.scoring.message.connect(self._status.say)
                tabs.scoring.row_selected.connect(self.left.show_row)
                tabs.scoring.finding_requested.connect(way.make_finding)
            case pages.FINDINGS:
                tabs.findings.message.connect(self._status.say)
                tabs.findings.jump_requested.connect(way.to_key)
                tabs.findings.subject_requested.connect(way.to_row)
                tabs.findings.reply_requested.connect(partial(self._deliver, "reply_out"))
                tabs.findings.answer_requested.connect(partial(self._deliver, "reply_in"))
            case pages.REPORT:
                tabs.report.jump_requested.connect(way.to_remark)
                tabs.report.subject_requested.connect(way.to_row)
                # Another look takes this workspace away, and with it the place where the end of an export is told.
                tabs.report.busy.connect(self._menus.lock_look)

    # What the person asks for.

    def new_audit(self) -> None:
        """Make an empty audit and put the cursor into its first field."""
        if self._is_all_stored() and self._attempt(
            lambda: self._session.create(self._context.files.default_standard())
        ):
            self.tabs.setCurrentWidget(self.tabs.profile)
            self.tabs.profile.start()

    def import_audit(self) -> None:
        """Ask for an audit file and take it into the library."""
        if not self._is_all_stored():
            return
        kinds = self.tr("Audit file (*.json);;All files (*)")
        path = ask_source(self._session, self, self.tr("Import audit file"), kinds)
        if path is not None:
            self._attempt(lambda: self._importing.take(path))

    def open_sample(self) -> None:
        """Open the sample audit, taking it into the library the first time."""
        if self._is_all_stored():
            self._attempt(self._open_sample)

    def _open_sample(self) -> None:
        standard, audit = self._context.files.sample()
        if self._session.holds(audit.id):
            self._open(audit.id)
        else:
            self._session.add(standard, audit)

    def export_report(self) -> None:
        """Go to the report and ask where to write it."""
        self.tabs.setCurrentWidget(self.tabs.report)
        self.tabs.report.export()

    def export_audit(self) -> None:
        """Ask for a place and write the audit file there."""
        session = self._session
        session.flush()
        suggested = suggested_target(session, (session.audit.info.number or session.audit.id,), ".json")
        path = ask_target(self, self.tr("Export audit file"), suggested, self.tr("Audit file (*.json)"))
        if path is None:
            return
        if self._attempt(lambda: self._context.files.write_audit(session.standard, session.audit, path)):
            text = self.tr("The audit file is written: {0}")
            if session.audit.evidence:
                text = self.tr("The audit file is written, photos and files as small pictures only: {0}")
            self._status.say(text.format(path))
            keep_folder(session, path.parent)

    def show_backups(self) -> None:
        """Show the backups; one that is to take the place of the library is asked for."""
        self._session.flush()
        chosen = self._parts.backups(self._context, self)
        if chosen is not None:
            self.restore_requested.emit(chosen)

    def _open(self, audit_id: str) -> None:
        if self._session.is_open and audit_id == self._session.audit.id:
            return
        if not self._is_all_stored() or not self._attempt(lambda: self._session.open(AuditId(audit_id))):
            self.rail.mark_open()

    def _is_all_stored(self) -> bool:
        """Have what was typed stored; say when it is not, for what comes next would take its place."""
        is_stored = self._session.flush()
        if not is_stored:
            self._status.say(
                self.tr("What was typed last is not stored. It is still where it was typed: correct it or try again.")
            )
        return is_stored

    def _ask_for_look(self, theme: str, language: str) -> None:
        if self._is_all_stored():
            self.look_requested.emit(theme, language)
        else:
            self._menus.show_look()

    def _undo(self) -> None:
        self._step(self._session.undo, -1, self._session.undo_group.undoText, self.tr("Undone: {0}"))

    def _redo(self) -> None:
        self._step(self._session.redo, 1, self._session.undo_group.redoText, self.tr("Done again: {0}"))

    def _step(self, step: Callable[[], None], moves: int, name: Callable[[], str], text: str) -> None:
        # First, so that the name is that of what is still being typed.
        self._session.flush()
        stack, what = self._session.undo_group.activeStack(), name()
        after = stack.count(), stack.index() + moves
        step()
        # A step that was refused stays, one that was made from what is there no more is gone; both are told.
        if (stack.count(), stack.index()) == after:
            self._status.say(text.format(what))

    def _attempt(self, work: Callable[[], object]) -> bool:
        """Do something that the environment or the data may refuse; say what happened if so."""
        try:
            work()
        except AuditorError as error:
            self.show_problem(error)
            return False
        return True

    def _on_tab_changed(self) -> None:
        self._session.flush()
        page, focus = self.tabs.currentWidget(), QApplication.focusWidget()
        if page is None:
            return
        # Qt hands the keyboard to whatever comes first on the page; a sheet wants it for itself. Nothing has it when
        # the program has just started.
        if page.focusProxy() is not None or focus is None or not page.isAncestorOf(focus):
            page.setFocus()

    def _deliver(self, name: str) -> None:
        self._parts.deliver(name, self._context, self, self._status.say)

    def _about(self) -> None:
        text = self.tr("Auditor workbench {0}\nScores audits against {1} offline; everything stays on this computer.")
        pack = self._context.files.default_standard()
        QMessageBox.about(self, self.tr("About"), text.format(__version__, pack.reference))

    def _show_keys(self) -> None:
        self._parts.show_keys(self._context, self._window)

    def _show_settings(self) -> None:
        self._session.flush()
        self._parts.settings(self._context, self, self._on_auditor)

    def _on_auditor(self) -> None:
        self.tabs.scoring.filter.refresh()

    # What the session tells.

    def _show_open(self) -> None:
        is_open = self._session.is_open
        self._pages.setCurrentIndex(1 if is_open else 0)
        self.score_bar.setVisible(is_open)
        self.left.reset()
        self._menus.show_open(is_open)
        if not is_open:
            self._window.setWindowTitle(self.tr("Auditor workbench"))
            return
        self._status.show_safe()
        self.score_bar.reset()
        self.tabs.show_open()
        self.rail.mark_open()
        # Counts beside the names of the tabs follow a frame later, as they do after an edit.
        self._rest.start()
        self._show_head()

    def _on_changed(self, change_set: ChangeSet) -> None:
        self.score_bar.on_changed(change_set)
        self.left.on_changed(change_set)
        self.tabs.on_changed(change_set)
        self.rail.on_changed(change_set)
        self._rest.start()
        if change_set.touches(Kind.TEAM, Kind.COMPANY):
            self._show_head()

    def _show_rest(self) -> None:
        """Show what may follow a frame after sheet and score."""
        if self._session.is_open:
            self._titles.show()
            self.rail.show_rest()
            if self.tabs.is_shown(pages.SCORING):
                self.tabs.scoring.show_rest()
            self._settle_layouts()

    def _show_head(self) -> None:
        audit, standard = self._session.audit, self._session.standard
        name = audit.company.name or self.tr("Unnamed company")
        self._window.setWindowTitle(self.tr("{0} — Auditor workbench").format(name))
        self._status.show_head(audit, standard)

    def _show_saved(self) -> None:
        self._status.show_saved()
        self._settle_layouts()

    def _settle_layouts(self) -> None:
        # All views are told by now. Left to itself, Qt paints what changed before it lays out what is around it, and
        # then paints again; each round reaches the next layout outwards.
        for _ in range(NESTED_LAYOUTS):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def show_problem(self, error: AuditorError) -> None:
        """Say what the environment or the data refused."""
        self.tell(self._context.words.error(error))
        self.problem_told.emit(error)

    def tell(self, text: str) -> None:
        """Say something in a box that waits until it is read."""
        box = QMessageBox(QMessageBox.Icon.Warning, self.tr("Auditor workbench"), text)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setParent(self, box.windowFlags())
        box.exec()
        box.deleteLater()

    def event(self, event: QEvent) -> bool:
        # Qt passes it on from the window; a command may have brought an audit in meanwhile, or finalised the open one.
        if event.type() == QEvent.Type.WindowActivate:
            with suppress(AuditorError):  # As the list, it stays as it is while the library cannot be read.
                self._session.look_again()
            self.rail.reset()
        return super().event(event)
