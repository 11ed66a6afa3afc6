"""The certification body's own form: what goes where, what is unknown, what to know before, and the filled copy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from auditor_app.models.catalogue import LANGUAGES
from auditor_app.models.errors import AuditorError
from auditor_app.models.forms import Choice, Filled
from auditor_app.models.progress import Progress
from auditor_app.session.jobs import Job
from auditor_app.ui.context import Context
from auditor_app.ui.form_choice import FormChoice
from auditor_app.ui.form_decisions import Decisions
from auditor_app.ui.form_desk import OpenForm
from auditor_app.ui.form_notes import FormNotes
from auditor_app.ui.form_table import FormTable, FormView
from auditor_app.ui.outcome import Outcome
from auditor_app.ui.progress_dialog import ProgressDialog
from auditor_app.ui.saving import ask_source, ask_target, keep_folder, suggested_target
from auditor_app.ui.widgets import EmptyState, button, label

SIZE = QSize(1220, 660)
BODY_WIDTH = 260
LONGEST_NAME = 80
SUFFIX = ".xlsx"
FOLDER_SETTING = "form_folder"

T = TypeVar("T")


class FormDialog(QDialog):
    """Choose a form, see and decide what its placeholders stand for, and fill a copy of it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._desk = context.deliveries.forms
        self._form: OpenForm | None = None
        self._decisions = Decisions(self._desk)
        self._was_warned = False
        self._language = context.words.language
        self._target = Path()
        self._filled: Filled | None = None
        self.setWindowTitle(self.tr("Fill the body's form"))
        self.setAcceptDrops(True)
        self._pick = button(self.tr("Choose the form …"), "primary")
        self._other = button(self.tr("Another form …"))
        self._name = label("", "title")
        self.body = QComboBox()
        """Whose form it is."""
        self._switch = {language: button(name, "segment") for language, name in LANGUAGES.items()}
        self.table = FormTable(context.theme, self)
        self.view = FormView(context.theme, self.table)
        self.choice = FormChoice(context.theme)
        self.notes = FormNotes(context.words)
        self._outcome = Outcome(context.words, self, self.tr("Open the copy"))
        self._fill = button(self.tr("Fill and save …"), "primary")
        self._close = button(self.tr("Close"))
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self.resize(SIZE.boundedTo(self.screen().availableGeometry().size() * 0.95))
        self._show_language()
        self._fill.setEnabled(False)

    @property
    def message(self) -> str:
        """Return what the line at the foot says."""
        return self._outcome.message.text()

    def pick(self) -> None:
        """Ask for a form and read it."""
        kinds = self.tr("Excel workbook (*.xlsx *.xltx);;All files (*)")
        chosen = ask_source(self._context.session, self, self.tr("Choose the form"), kinds, self._last_folder())
        if chosen is not None:
            self.read(chosen)

    def read(self, path: Path) -> None:
        """Read a form, and show what it asks for; a form that cannot be read leaves the one that is shown."""
        form = self._attempt(lambda: self._desk.open(path))
        if form is None:
            return
        self._on_body_typed()
        if not self._keep_decisions() and not self._was_warned:
            self._was_warned = True
            return
        self._was_warned = False
        self._form, self._decisions = form, Decisions(self._desk)
        self._say("")
        self._name.setText(path.name)
        self._name.setToolTip(str(path))
        self._keep_folder(path.parent)
        self._offer_bodies(form)
        self._take_over_body()
        self._pages.setCurrentIndex(1)
        self._fill.setEnabled(True)
        self._fill.setDefault(False)
        self._to_unknown(-1)
        self.view.setFocus()

    def fill(self) -> None:
        """Ask for a place and write the filled copy there, in the background."""
        form, session = self._form, self._context.session
        if form is None:
            return
        self._on_body_typed()
        parts = (form.path.stem, session.audit.info.number, session.audit.company.name)
        suggested = suggested_target(session, parts, SUFFIX)
        target = ask_target(self, self.tr("Fill and save"), suggested, self.tr("Excel workbook (*.xlsx)"))
        if target is None:
            return
        self._target, self._filled = target, None
        job = Job(self._work(form, target), session)
        ending = ProgressDialog(self.tr("Fill and save"), self.tr("Filling the form …"), job, self).run()
        if self._outcome.say_ending(ending) and self._filled is not None:
            keep_folder(session, target.parent)
            self._say(self._told(self._filled), "ok")
            self._remember(form)

    def _work(self, form: OpenForm, target: Path) -> Callable[[Progress], None]:
        session, language, choices = self._context.session, self._language, self._decisions.choices
        standard, audit = session.standard, session.audit

        def work(progress: Progress) -> None:
            self._filled = form.fill(choices, standard, audit, language, target, progress)

        return work

    def _told(self, filled: Filled) -> str:
        said = self.tr("Filled in {0} places, {1} rows added: {2}").format(
            filled.places, filled.rows_added, self._target
        )
        if filled.cut:
            separator = self._context.words.text("punctuation", "list")
            cut = self.tr("Too long for its place and cut off there: {0}").format(separator.join(filled.cut[:5]))
            said = f"{said}\n{cut}"
        return said

    def _remember(self, form: OpenForm) -> None:
        """Keep the decisions for the body; without its name there is nobody to keep them for."""
        if not self._decisions.body:
            return
        try:
            self._decisions.keep(form)
        except AuditorError as error:
            self._say(f"{self.message}\n{self._context.words.error(error)}", "warning")
            return
        self._refresh()

    def _keep_decisions(self) -> bool:
        """Keep what was decided and not remembered yet; say whether nothing is lost by going on."""
        if self._form is None or self._decisions.are_kept:
            return True
        if not self._decisions.body:
            text = self.tr("Name the body, and what you chose is remembered. Go on once more to forget it.")
            self._say(text, "warning")
            self.body.setFocus()
            return False
        try:
            self._decisions.keep(None)
        except AuditorError as error:
            self._say(self._context.words.error(error), "error")
            return False
        return True

    def _offer_bodies(self, form: OpenForm) -> None:
        self.body.blockSignals(True)
        self.body.clear()
        try:
            self.body.addItems(list(self._desk.bodies()))
            self.body.setCurrentText(self._desk.body_of(form))
        except AuditorError as error:
            self._say(self._context.words.error(error), "warning")
        self.body.blockSignals(False)

    def _take_over_body(self) -> None:
        """Go on with what is remembered of the body that is named."""
        try:
            self._decisions.go_on_for(self.body.currentText().strip())
        except AuditorError as error:
            self._say(self._context.words.error(error), "warning")
        self._refresh()

    def _refresh(self) -> None:
        """Show what goes where now."""
        form, session = self._form, self._context.session
        if form is None:
            return
        shown = self._decisions.choices, session.standard, session.audit, self._language
        try:
            preview = form.preview(self._decisions.body, *shown)
        except AuditorError:
            # What is remembered cannot be read, as was said.
            preview = form.preview("", *shown)
        fields = self._desk.fields(session.standard, session.audit, self._language)
        row = self.view.currentIndex().row()
        self.table.show_preview(preview, {field.name: field.title for field in fields})
        self.choice.offer(fields)
        self.notes.show_preview(preview)
        if 0 <= row < self.table.rowCount():
            self._select(row)
        self.choice.show_placeholder(self.table.placeholder(self.view.currentIndex().row()))

    def _on_decided(self, key: str, choice: Choice | None) -> None:
        row, self._was_warned = self.view.currentIndex().row(), False
        self._decisions.decide(key, choice)
        self._refresh()
        self._to_unknown(row)
        self.view.setFocus()

    def _to_unknown(self, after: int) -> None:
        """Go to the next placeholder nobody decided about, or stay."""
        row = self.table.next_unknown(after)
        self._select(row if row >= 0 else max(after, 0))

    def _select(self, row: int) -> None:
        index = self.table.index(row, 0)
        if index.isValid():
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)

    def _attempt(self, work: Callable[[], T]) -> T | None:
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            return work()
        except AuditorError as error:
            self._say(self._context.words.error(error), "error")
            return None
        finally:
            QGuiApplication.restoreOverrideCursor()

    def _last_folder(self) -> str:
        try:
            return self._context.session.setting(FOLDER_SETTING)
        except AuditorError:
            return ""

    def _keep_folder(self, folder: Path) -> None:
        try:
            self._context.session.set_setting(FOLDER_SETTING, str(folder))
        except AuditorError:
            # Only the folder shown next time is lost.
            return

    def _say(self, text: str, state: str = "rule") -> None:
        is_about_copy = state in ("ok", "warning") and self._filled is not None
        self._outcome.say(text, state, self._target if is_about_copy else None)

    def _lay_out(self) -> None:
        self.body.setEditable(True)
        self.body.setFixedWidth(BODY_WIDTH)
        self.body.setAccessibleName(self.tr("Certification body"))
        line = self.body.lineEdit()
        assert line is not None
        line.setMaxLength(LONGEST_NAME)
        line.setPlaceholderText(self.tr("Name the body to remember this"))
        self.view.setAccessibleName(self.tr("Placeholders of the form"))
        self._pages.addWidget(self._beginning())
        self._pages.addWidget(self._work_page())
        foot = QHBoxLayout()
        foot.setSpacing(8)
        # The place of what is said is kept while nothing is.
        keeping = self._outcome.message.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)
        self._outcome.message.setSizePolicy(keeping)
        foot.addWidget(self._outcome.message, 1)
        for action in (*self._outcome.ways, self._fill, self._close):
            foot.addWidget(action)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(10)
        box.addWidget(self._pages, 1)
        box.addLayout(foot)

    def _beginning(self) -> QWidget:
        about = self.tr(
            "Choose the form of the certification body, or drop it here. Placeholders such as {0} are found, you see "
            "what goes where, and a copy is filled in; the form itself stays as it is."
        ).format("{{company.name}}")
        return EmptyState(self.tr("The body's own form"), about, [self._pick])

    def _work_page(self) -> QWidget:
        page = QWidget()
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._name)
        top.addWidget(self._other)
        top.addStretch()
        top.addWidget(label(self.tr("Body"), "label"))
        top.addWidget(self.body)
        top.addSpacing(12)
        top.addWidget(self._segments())
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.view, 1)
        middle.addWidget(self.choice)
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addLayout(top)
        box.addLayout(middle, 1)
        box.addWidget(self.notes)
        return page

    def _segments(self) -> QWidget:
        made = QWidget()
        made.setAccessibleName(self.tr("Language of the words filled in"))
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, segment in zip(("first", "last"), self._switch.values(), strict=True):
            segment.setCheckable(True)
            segment.setProperty("place", place)
            segment.setMinimumWidth(76)
            segment.setToolTip(self.tr("Language of the words filled in"))
            row.addWidget(segment)
        return made

    def _connect(self) -> None:
        self._pick.clicked.connect(self.pick)
        self._other.clicked.connect(self.pick)
        self._fill.clicked.connect(self.fill)
        self._close.clicked.connect(self.reject)
        self.choice.decided.connect(self._on_decided)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.view.activated.connect(self._on_activated)
        self.body.activated.connect(self._on_body_typed)
        line = self.body.lineEdit()
        assert isinstance(line, QLineEdit)
        line.editingFinished.connect(self._on_body_typed)
        for segment in self._switch.values():
            segment.clicked.connect(self._on_language)

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.choice.show_placeholder(self.table.placeholder(current.row()))

    def _on_activated(self, _index: QModelIndex) -> None:
        # Enter in the table leads to where one decides.
        self.choice.search.setFocus()

    def _on_body_typed(self) -> None:
        if self._form is not None and self.body.currentText().strip() != self._decisions.body:
            self._take_over_body()

    def _on_language(self) -> None:
        clicked = self.sender()
        self._language = next(each for each, segment in self._switch.items() if segment is clicked)
        self._show_language()
        self._refresh()

    def _show_language(self) -> None:
        for each, segment in self._switch.items():
            segment.setChecked(each == self._language)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and len(event.mimeData().urls()) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.read(Path(event.mimeData().urls()[0].toLocalFile()))

    def done(self, result: int) -> None:
        self._on_body_typed()
        if self._keep_decisions() or self._was_warned:
            super().done(result)
        else:
            self._was_warned = True
