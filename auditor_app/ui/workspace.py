"""The workspace assembles and wires; what the parts do is theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenuBar,
    QMessageBox,
    QStackedWidget,
    QStatusBar,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from auditor_app import __version__
from auditor_app.models.audit import Kind
from auditor_app.models.changes import ChangeSet
from auditor_app.models.enums import Role
from auditor_app.models.errors import AuditorError
from auditor_app.models.ids import AuditId
from auditor_app.models.remarks import Remark
from auditor_app.ui.audit_rail import AuditRail
from auditor_app.ui.checklist_tab import ChecklistTab
from auditor_app.ui.context import Context
from auditor_app.ui.profile_tab import PROFILE_KINDS, ProfileTab
from auditor_app.ui.report_tab import ReportTab
from auditor_app.ui.score_bar import ScoreBar
from auditor_app.ui.scoring_tab import ScoringTab
from auditor_app.ui.tables.indicator_tree import BONUS, DEDUCTIONS
from auditor_app.ui.widgets import EmptyState, button

MESSAGE_MS = 8000


class Workspace(QWidget):
    """Score bar, list of audits and tabs, with the menus and the status line of their window."""

    look_requested = Signal(str, str)
    """Theme and language the person wants; the composition root builds a workspace anew."""

    def __init__(self, context: Context, window: QMainWindow) -> None:
        super().__init__()
        self._window = window
        self._context = context
        self._session = context.session
        self.score_bar = ScoreBar(context)
        self.rail = AuditRail(context)
        self.profile = ProfileTab(context)
        self.checklist = ChecklistTab(context)
        self.scoring = ScoringTab(context)
        self.report = ReportTab(context)
        self.tabs = QTabWidget()
        self._tabs = (self.profile, self.checklist, self.scoring, self.report)
        self._pages = QStackedWidget()
        self._saved = QLabel(self.tr("Everything is saved"))
        self._pack = QLabel()
        self._leader = QLabel()
        self._actions: dict[str, QAction] = {}
        self._status = QStatusBar()
        self._lay_out()
        self._make_menus()
        self._connect()
        self.rail.reset()
        self._show_open()

    def dismiss(self) -> None:
        """Listen to the session no more: a workspace in another look takes this one's place."""
        self._session.disconnect(self)

    def _lay_out(self) -> None:
        for tab in self._tabs:
            # Opaque, so that a new count in a tab's title does not repaint the page below it.
            tab.setAutoFillBackground(True)
            self.tabs.addTab(tab, "")
        working = QWidget()
        work = QVBoxLayout(working)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(0)
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
        main.addWidget(self.rail)
        main.addWidget(self._pages, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.score_bar)
        box.addLayout(main, 1)
        self._status.setSizeGripEnabled(False)
        self._status.addWidget(self._saved)
        self._status.addWidget(self._pack)
        self._status.addPermanentWidget(self._leader)
        self._window.setStatusBar(self._status)

    def _make_menus(self) -> None:
        bar = QMenuBar()
        files = bar.addMenu(self.tr("&File"))
        keys = QKeySequence.StandardKey
        files.addAction(self._action("new", self.tr("New audit"), keys.New, self.new_audit, "plus"))
        files.addAction(
            self._action("import", self.tr("Import audit file …"), keys.Open, self.import_audit, "folder-open")
        )
        files.addAction(self._action("sample", self.tr("Open sample audit"), None, self.open_sample))
        files.addSeparator()
        files.addAction(
            self._action("export", self.tr("Export Excel report …"), "Ctrl+E", self.export_report, "file-spreadsheet")
        )
        files.addAction(
            self._action("dump", self.tr("Export audit file …"), "Ctrl+Shift+E", self.export_audit, "download")
        )
        files.addSeparator()
        files.addAction(self._action("quit", self.tr("Quit"), "Ctrl+Q", self._window.close))
        edits = bar.addMenu(self.tr("&Edit"))
        edits.addAction(self._action("undo", self.tr("Undo"), keys.Undo, self._session.undo, "undo-2"))
        edits.addAction(self._action("redo", self.tr("Redo"), keys.Redo, self._session.redo, "redo-2"))
        views = bar.addMenu(self.tr("&View"))
        for number, title in enumerate(self._tab_titles(), 1):
            action = self._action(f"tab{number}", title, f"Ctrl+{number}", self._on_tab_action)
            action.setData(number - 1)
            views.addAction(action)
        views.addSeparator()
        dark = self._action("dark", self.tr("Dark theme"), None, self._on_look)
        dark.setCheckable(True)
        dark.setChecked(self._context.theme.name == "dark")
        views.addAction(dark)
        english = self._action("english", "English", None, self._on_look)
        english.setCheckable(True)
        english.setChecked(self._context.words.language == "en")
        views.addAction(english)
        helps = bar.addMenu(self.tr("&Help"))
        helps.addAction(self._action("about", self.tr("About"), None, self._about, "info"))
        self._window.setMenuBar(bar)

    def _action(
        self,
        name: str,
        text: str,
        key: QKeySequence.StandardKey | str | None,
        slot: Callable[[], object],
        icon: str = "",
    ) -> QAction:
        action = QAction(text, self)
        if isinstance(key, QKeySequence.StandardKey):
            # All of them: some hands know Ctrl+Y for redo, others Ctrl+Shift+Z.
            action.setShortcuts(key)
        elif key is not None:
            action.setShortcut(QKeySequence(key))
        if icon:
            action.setIcon(self._context.theme.icon(icon))
        action.triggered.connect(slot)
        self._actions[name] = action
        return action

    def _connect(self) -> None:
        session = self._session
        session.opened.connect(self._show_open)
        session.changed.connect(self._on_changed)
        session.failed.connect(self.show_problem)
        session.saved.connect(self._show_saved)
        session.listed.connect(self.rail.reset)
        self.rail.open_requested.connect(self._open)
        self.rail.new_requested.connect(self.new_audit)
        self.score_bar.deductions_requested.connect(self._show_deductions)
        self.report.jump_requested.connect(self._jump)
        self.scoring.message.connect(self._say)
        self.checklist.message.connect(self._say)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        session.undo_group.canUndoChanged.connect(self._actions["undo"].setEnabled)
        session.undo_group.canRedoChanged.connect(self._actions["redo"].setEnabled)
        session.undo_group.undoTextChanged.connect(self._name_undo)
        session.undo_group.redoTextChanged.connect(self._name_redo)

    # What the person asks for.

    def new_audit(self) -> None:
        """Make an empty audit and put the cursor into its first field."""
        if self._attempt(lambda: self._session.create(self._context.files.default_standard())):
            self.tabs.setCurrentWidget(self.profile)
            self.profile.start()

    def import_audit(self) -> None:
        """Ask for an audit file and take it into the library."""
        self._session.flush()
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Import audit file"), "", self.tr("Audit file (*.json);;All files (*)")
        )
        if path:
            self._attempt(lambda: self._session.add(*self._context.files.read_audit(Path(path))))

    def open_sample(self) -> None:
        """Open the sample audit, taking it into the library the first time."""
        standard, audit = self._context.files.sample()
        if self._session.holds(audit.id):
            self._open(audit.id)
        else:
            self._attempt(lambda: self._session.add(standard, audit))

    def export_report(self) -> None:
        """Go to the report and ask where to write it."""
        self.tabs.setCurrentWidget(self.report)
        self.report.export()

    def export_audit(self) -> None:
        """Ask for a place and write the audit file there."""
        session = self._session
        session.flush()
        suggested = f"{session.audit.info.number or session.audit.id}.json"
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export audit file"), suggested, self.tr("Audit file (*.json)")
        )
        if path and self._attempt(lambda: self._context.files.write_audit(session.standard, session.audit, Path(path))):
            self._say(self.tr("The audit file is written: {0}").format(path))

    def _open(self, audit_id: str) -> None:
        if not self._session.is_open or audit_id != self._session.audit.id:
            self._attempt(lambda: self._session.open(AuditId(audit_id)))

    def _attempt(self, work: Callable[[], object]) -> bool:
        """Do something that the environment or the data may refuse; say what happened if so."""
        try:
            work()
        except AuditorError as error:
            self.show_problem(error)
            return False
        return True

    def _jump(self, remark: Remark) -> None:
        if remark.kind in PROFILE_KINDS:
            self.tabs.setCurrentWidget(self.profile)
            self.profile.go_to(remark)
        elif remark.kind is Kind.DOCUMENT:
            self.tabs.setCurrentWidget(self.checklist)
            self.checklist.go_to(remark.row_id)
        else:
            self.tabs.setCurrentWidget(self.scoring)
            self.scoring.go_to(self._sheet_row(remark))

    def _sheet_row(self, remark: Remark) -> str:
        if remark.kind is Kind.FINDING:
            return self._session.audit.of(Kind.FINDING)[remark.row_id].clause
        return {Kind.SPECIAL_DEDUCTION: DEDUCTIONS, Kind.BONUS: BONUS}.get(remark.kind, remark.row_id)

    def _show_deductions(self) -> None:
        self.tabs.setCurrentWidget(self.scoring)
        self.scoring.go_to(DEDUCTIONS)

    def _on_tab_action(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.tabs.setCurrentIndex(action.data())

    def _on_tab_changed(self) -> None:
        self._session.flush()
        page, focus = self.tabs.currentWidget(), QApplication.focusWidget()
        # Qt hands the keyboard from page to page, but nothing has it when the program has just started.
        if page is not None and (focus is None or not page.isAncestorOf(focus)):
            page.setFocus()

    def _on_look(self) -> None:
        theme = "dark" if self._actions["dark"].isChecked() else "light"
        self.look_requested.emit(theme, "en" if self._actions["english"].isChecked() else "zh")

    def _about(self) -> None:
        text = self.tr("Auditor workbench {0}\nScores audits against {1} offline; everything stays on this computer.")
        pack = self._context.files.default_standard()
        QMessageBox.about(self, self.tr("About"), text.format(__version__, pack.reference))

    # What the session tells.

    def _show_open(self) -> None:
        is_open = self._session.is_open
        self._pages.setCurrentIndex(1 if is_open else 0)
        self.score_bar.setVisible(is_open)
        for name in ("export", "dump", "tab1", "tab2", "tab3", "tab4"):
            self._actions[name].setEnabled(is_open)
        self._actions["undo"].setEnabled(self._session.undo_group.canUndo())
        self._actions["redo"].setEnabled(self._session.undo_group.canRedo())
        if not is_open:
            self._window.setWindowTitle(self.tr("Auditor workbench"))
            return
        self.score_bar.reset()
        for tab in self._tabs:
            tab.reset()
        self.rail.mark_open()
        self._show_tab_titles()
        self._show_head()

    def _on_changed(self, change_set: ChangeSet) -> None:
        self.score_bar.on_changed(change_set)
        for tab in self._tabs:
            tab.on_changed(change_set)
        self.rail.on_changed(change_set)
        self._show_tab_titles()
        if change_set.touches(Kind.TEAM, Kind.COMPANY):
            self._show_head()

    def _show_head(self) -> None:
        audit, standard = self._session.audit, self._session.standard
        name = audit.company.name or self.tr("Unnamed company")
        self._window.setWindowTitle(self.tr("{0} — Auditor workbench").format(name))
        self._pack.setText(self.tr("{0} · pack {1}").format(standard.reference, standard.version))
        leader = next((member.name for member in audit.team if member.role is Role.LEADER), "")
        self._leader.setText(self.tr("Team leader {0}").format(leader) if leader else "")

    def _show_tab_titles(self) -> None:
        for place, (title, count) in enumerate(zip(self._tab_titles(), self._tab_counts(), strict=True)):
            text = f"{title}  {count}" if count else title
            if self.tabs.tabText(place) != text:
                self.tabs.setTabText(place, text)

    def _tab_titles(self) -> tuple[str, str, str, str]:
        return (
            self.tr("Company profile"),
            self.tr("Document checklist"),
            self.tr("Scoring sheet"),
            self.tr("Report"),
        )

    def _tab_counts(self) -> tuple[str, str, str, str]:
        open_points = sum(remark.kind in PROFILE_KINDS for remark in self._session.remarks)
        verified, applying = self.checklist.progress()
        whole = self._session.result.whole
        profile = self.tr("{0} to look at").format(open_points) if open_points else ""
        return profile, f"{verified}/{applying}", f"{whole.judged}/{whole.total}", ""

    def _show_saved(self) -> None:
        self._saved.setText(self.tr("Saved {0}").format(datetime.now().strftime("%H:%M:%S")))

    def show_problem(self, error: AuditorError) -> None:
        """Say what the environment or the data refused."""
        box = QMessageBox(QMessageBox.Icon.Warning, self.tr("Auditor workbench"), self._context.words.error(error))
        box.setParent(self, box.windowFlags())
        box.exec()

    def _say(self, text: str) -> None:
        if text:
            self._status.showMessage(text, MESSAGE_MS)
        else:
            self._status.clearMessage()

    def _name_undo(self, text: str) -> None:
        self._actions["undo"].setText(self.tr("Undo {0}").format(text) if text else self.tr("Undo"))

    def _name_redo(self, text: str) -> None:
        self._actions["redo"].setText(self.tr("Redo {0}").format(text) if text else self.tr("Redo"))
