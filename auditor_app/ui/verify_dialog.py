"""Check a report: is it as it was when it was made, and who signed it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from auditor_app.models.errors import AuditorError
from auditor_app.session.jobs import Job
from auditor_app.ui.context import Context
from auditor_app.ui.editing import ChoiceBox
from auditor_app.ui.key_dialog import KeyDialog
from auditor_app.ui.proof_desk import Found, KeyShown, told
from auditor_app.ui.saving import ask_source, keep_folder
from auditor_app.ui.widgets import button, label, tooltip

SIZE = QSize(680, 560)
PLACE_WIDTH = 190
BAR_HEIGHT = 6
SIGN_PIXELS = 20
PROBLEM = ("triangle-alert", "error")
ANY = ""
"""The key of a report that need not be signed."""


class VerifyDialog(QDialog):
    """Take a report by dialog or drop, check it aside, and say in plain words what was found."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Check a report"))
        self.setAcceptDrops(True)
        self._context = context
        self._desk = context.deliveries.proof
        self._path: Path | None = None
        self._job: Job | None = None
        self._found: Found | None = None
        self._results: list[Found] = []
        self._file = QLineEdit(readOnly=True)
        self._file.setPlaceholderText(self.tr("Choose a report, or drop it here"))
        self._file.setAccessibleName(self.tr("Report"))
        self._choose = button(self.tr("Choose report …"), "primary")
        self._key = ChoiceBox(None, {ANY: self.tr("Anybody, or nobody")})
        self._key.setAccessibleName(self.tr("Must be signed by"))
        self._add = button(self.tr("Add key …"))
        self._forget = button(self.tr("Forget key"))
        self._sign = QLabel()
        self._answer = label("", "title", wrap=True)
        self._sentences = label("", "soft", wrap=True)
        self._bar = QProgressBar(textVisible=False)
        self._cancel = button(self.tr("Cancel"), "link")
        self._changes = QTableWidget(0, 2)
        self._remember = button(self.tr("Remember the key that signed …"), "link")
        self._copy = button(self.tr("Copy answer"))
        self._close = button(self.tr("Close"))
        self._lay_out()
        self._connect()
        self._show_nothing()
        self._lock(False)
        self._offer_keys(ANY)
        self.resize(SIZE)

    @property
    def is_busy(self) -> bool:
        """Say whether a report is being checked."""
        return self._job is not None

    def check(self, path: Path) -> None:
        """Check a report in the background."""
        if self._job is not None:
            return
        self._path, self._found = path, None
        self._file.setText(str(path))
        self._show_nothing()
        self._say(self.tr("Checking the report …"), "info", "text_soft")
        desk, key, words = self._desk, self._key.value or ANY, self._context.words
        found = self._results = []
        # Owned by the session: a window in another look may take this one's place meanwhile.
        self._job = Job(lambda progress: found.append(desk.check(path, key, words, progress)), self._context.session)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._job.cancelled.connect(self._on_cancelled)
        self._job.progressed.connect(self._on_progress)
        self._lock(True)
        self._job.start()

    def choose(self) -> None:
        """Ask for a report and check it."""
        begin = str(self._path.parent) if self._path is not None else ""
        kinds = self.tr("Excel workbook (*.xlsx);;All files (*)")
        path = ask_source(self._context.session, self, self.tr("Choose report"), kinds, begin)
        if path is not None:
            keep_folder(self._context.session, path.parent)
            self.check(path)

    def cancel(self) -> None:
        """Have the check end; it may be too late for that, and the answer comes then."""
        if self._job is not None:
            self._cancel.setEnabled(False)
            self._job.cancel()

    def copy(self) -> None:
        """Put the answer on the clipboard."""
        found = self._found
        if found is not None:
            lines = [str(self._path), found.heading, *found.sentences]
            lines += [f"{place}\t{text}" for place, text in found.changes]
            QGuiApplication.clipboard().setText("\n".join(lines))

    def _lay_out(self) -> None:
        about = self.tr(
            "A report carries fingerprints of what it says. They still fit after it was saved again in Excel, WPS or "
            "LibreOffice, and no longer after a cell was changed."
        )
        above = QGridLayout()
        above.setHorizontalSpacing(10)
        above.setVerticalSpacing(8)
        above.setColumnStretch(1, 1)
        above.addWidget(label(self.tr("Report"), "label"), 0, 0)
        above.addWidget(self._file, 0, 1)
        above.addWidget(self._choose, 0, 2, 1, 2)
        above.addWidget(label(self.tr("Must be signed by"), "label"), 1, 0)
        above.addWidget(self._key, 1, 1)
        above.addWidget(self._add, 1, 2)
        above.addWidget(self._forget, 1, 3)
        below = QHBoxLayout()
        below.addWidget(self._copy)
        below.addStretch()
        below.addWidget(self._close)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(label(about, "soft", wrap=True))
        box.addLayout(above)
        answer = QHBoxLayout()
        answer.setSpacing(10)
        answer.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        answer.addWidget(self._answer, 1)
        box.addLayout(answer)
        working = QHBoxLayout()
        working.addWidget(self._bar, 1)
        working.addWidget(self._cancel)
        box.addLayout(working)
        box.addWidget(self._sentences)
        box.addWidget(self._remember)
        box.addWidget(self._changes, 1)
        box.addStretch()
        box.addLayout(below)
        self._set_up_table()
        self._bar.setFixedHeight(BAR_HEIGHT)
        self._bar.setAccessibleName(self.tr("Checking the report …"))
        selectable = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self._sentences.setTextInteractionFlags(selectable)

    def _set_up_table(self) -> None:
        table = self._changes
        table.setAccessibleName(self.tr("What changed"))
        table.setHorizontalHeaderLabels([self.tr("Where"), self.tr("What changed")])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(0, PLACE_WIDTH)

    def _connect(self) -> None:
        self._choose.clicked.connect(self.choose)
        self._add.clicked.connect(self._add_key)
        self._remember.clicked.connect(self._remember_signer)
        self._forget.clicked.connect(self._forget_key)
        self._copy.clicked.connect(self.copy)
        self._close.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.cancel)
        self._key.currentIndexChanged.connect(self._on_key)

    def _offer_keys(self, chosen: str) -> None:
        """Offer the keys that are remembered; say so when they cannot be read."""
        known: tuple[KeyShown, ...] = ()
        try:
            known = self._desk.trusted()
        except AuditorError as error:
            self._say(told(self._context.words, error), *PROBLEM)
        named = {key.text: self.tr("{0} ({1})").format(key.name, key.fingerprint) for key in known}
        self._key.blockSignals(True)
        self._key.offer({ANY: self.tr("Anybody, or nobody"), **named})
        self._key.choose(chosen if chosen in named else ANY)
        self._key.blockSignals(False)
        self._forget.setEnabled(self._key.value != ANY)

    def _on_key(self) -> None:
        self._forget.setEnabled(self._key.value != ANY)
        if self._path is not None:
            self.check(self._path)

    def _add_key(self) -> None:
        self._ask_for_key("", "")

    def _remember_signer(self) -> None:
        if self._found is not None and self._found.key is not None:
            self._ask_for_key(self._found.key.name, self._found.key.text)

    def _ask_for_key(self, name: str, text: str) -> None:
        dialog = KeyDialog(self._context, name, text, self)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.key is not None:
            self._offer_keys(dialog.key.text)
            self._on_key()
        dialog.deleteLater()

    def _forget_key(self) -> None:
        try:
            self._desk.forget(self._key.value)
        except AuditorError as error:
            self._say(told(self._context.words, error), *PROBLEM)
            return
        self._offer_keys(ANY)
        self._on_key()

    def _on_done(self) -> None:
        self._finish()
        found = self._found = self._results[0]
        self._say(found.heading, *(("circle-check", "ok_text") if found.is_yes else PROBLEM))
        self._sentences.setText("\n".join(found.sentences))
        self._sentences.show()
        self._show_changes(found)
        self._copy.setEnabled(True)
        is_known = found.key is None or found.key.text in {key.text for key in self._known()}
        self._remember.setVisible(not is_known)

    def _on_failed(self, error: Exception) -> None:
        self._finish()
        if not isinstance(error, AuditorError):
            self._say(self.tr("The report could not be checked; it is untouched."), *PROBLEM)
            raise error
        self._say(told(self._context.words, error), *PROBLEM)

    def _on_cancelled(self) -> None:
        self._finish()
        self._say(self.tr("The check was cancelled, so nothing is known of this report."), "info", "text_soft")

    def _on_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _finish(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
        self._job = None
        self._lock(False)

    def _known(self) -> tuple[KeyShown, ...]:
        try:
            return self._desk.trusted()
        except AuditorError:
            # Said when the keys were offered.
            return ()

    def _show_nothing(self) -> None:
        for widget in (self._sign, self._answer, self._sentences, self._changes, self._remember):
            widget.hide()
        self._copy.setEnabled(False)

    def _show_changes(self, found: Found) -> None:
        self._changes.setRowCount(len(found.changes))
        for row, texts in enumerate(found.changes):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(tooltip(text))
                self._changes.setItem(row, column, item)
        self._changes.setVisible(bool(found.changes))

    def _say(self, text: str, icon: str, meaning: str) -> None:
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(self._context.theme.pixmap(icon, meaning, SIGN_PIXELS, ratio))
        self._answer.setText(text)
        for part in (self._sign, self._answer):
            part.show()

    def _lock(self, is_locked: bool) -> None:
        for widget in (self._choose, self._key, self._add):
            widget.setEnabled(not is_locked)
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        for shown in (self._bar, self._cancel):
            shown.setVisible(is_locked)
        self._forget.setEnabled(not is_locked and self._key.value != ANY)

    def done(self, result: int) -> None:
        self.cancel()
        super().done(result)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._job is None and len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.check(Path(event.mimeData().urls()[0].toLocalFile()))
