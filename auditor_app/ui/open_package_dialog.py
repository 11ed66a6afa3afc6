"""A sealed package from somebody else: is it whole, what does it hold, and its audit taken in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from auditor_app.models.errors import AuditorError
from auditor_app.models.packed import OpenedPackage
from auditor_app.models.progress import Progress
from auditor_app.session.jobs import Job
from auditor_app.ui.context import Context
from auditor_app.ui.progress_dialog import ProgressDialog
from auditor_app.ui.saving import ask_source, keep_folder
from auditor_app.ui.sheet_page import scrolled
from auditor_app.ui.widgets import button, label, restyle

SIZE = QSize(620, 460)
SIGN_PIXELS = 20
TRADITIONAL = QLocale.DataSizeFormat.DataSizeTraditionalFormat
WHOLE, CHANGED = ("circle-check", "ok"), ("triangle-alert", "error")
MOST_LINES = 200
NEEDS_PASSWORD = {"needs_password", "wrong_password"}


class OpenPackageDialog(QDialog):
    """Check a package aside, say what was found, and import its audit with the originals when it is whole."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._path: Path | None = None
        self._opened: OpenedPackage | None = None
        self.setWindowTitle(self.tr("Open sealed package"))
        self._file = QLineEdit(readOnly=True)
        self._file.setPlaceholderText(self.tr("No package chosen yet"))
        self._file.setAccessibleName(self.tr("Package"))
        self._choose = button(self.tr("Choose package …"), "primary")
        self._password_row = QWidget()
        self.password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        """The password of the package, shown when it needs one."""
        self.password.setAccessibleName(self.tr("Password"))
        self._again = button(self.tr("Open"))
        self._sign = QLabel()
        self._answer = label("", "title", wrap=True)
        self._facts = label("", "soft", wrap=True)
        self._problems = label("", "soft", wrap=True)
        self._message = label("", "message", wrap=True)
        self._import = button(self.tr("Import into the library"), "primary")
        self._close = button(self.tr("Close"))
        self._lay_out()
        self._connect()
        self._show(None)
        self.resize(SIZE)

    def choose(self) -> None:
        """Ask for a package and open it."""
        session = self._context.session
        begin = str(self._path.parent) if self._path is not None else ""
        kinds = self.tr("Zip file (*.zip);;All files (*)")
        path = ask_source(session, self, self.tr("Choose package"), kinds, begin)
        if path is not None:
            keep_folder(session, path.parent)
            self.password.clear()
            self._password_row.hide()
            self.open_package(path)

    def open_package(self, path: Path) -> None:
        """Read a package whole in the background and show what was found."""
        self._path = path
        self._file.setText(str(path))
        self._show(None)
        opened: list[OpenedPackage] = []
        read, password = self._context.deliveries.packages.open_sealed, self.password.text()

        def work(progress: Progress) -> None:
            opened.append(read(path, password, progress))

        job = Job(work, self._context.session)
        ending = ProgressDialog(self.windowTitle(), self.tr("Checking the package …"), job, self).run()
        if ending.is_done:
            self._show(opened[0])
        elif ending.error is not None:
            self._refuse(ending.error)

    def take_in(self) -> None:
        """Take the originals into the library in the background, then the audit, and open it."""
        opened, session = self._opened, self._context.session
        if opened is None or opened.audit is None or opened.standard is None:
            return
        if not session.flush():
            text = self.tr("What was typed last is not stored, so nothing was imported. Close this and correct it.")
            self._say(text, "error")
            return
        take, taken = self._context.deliveries.packages.take_evidence, list[int]()

        def work(progress: Progress) -> None:
            taken.append(take(opened, progress))

        title = self.tr("Import into the library")
        ending = ProgressDialog(title, self.tr("Taking in the evidence …"), Job(work, session), self).run()
        if ending.is_cancelled:
            self._say(self.tr("Cancelled; no audit was imported."), "rule")
        if ending.is_cancelled or ending.is_left:
            return
        try:
            if ending.error is not None:
                raise ending.error
            was_there = session.holds(opened.audit.id)
            session.add(opened.standard, opened.audit)
        except AuditorError as error:
            self._say(self._context.words.error(error), "error")
            return
        self._show_anew(opened)
        text = (
            self.tr("The audit was in the library already with the same content; originals added: {0}")
            if was_there
            else self.tr("The audit is in the library and open; originals taken in: {0}")
        )
        self._say(text.format(taken[0]), "ok")
        self._import.setEnabled(False)

    def _show_anew(self, opened: OpenedPackage) -> None:
        """Have pictures shown from the originals that were something else, or nothing, before."""
        thumbnails = self._context.evidence.thumbnails
        for sha256 in {row.sha256 for row in opened.audit.evidence} if opened.audit is not None else ():
            if thumbnails.problem(sha256) is not None or thumbnails.image(sha256) is not None:
                thumbnails.retry(sha256)

    def _show(self, opened: OpenedPackage | None) -> None:
        self._opened = opened
        self._say("", "")
        is_whole = opened is not None and opened.is_whole
        self._import.setVisible(is_whole)
        restyle(self._choose, kind="" if is_whole else "primary")
        self._area.setVisible(opened is not None)
        self._import.setEnabled(True)
        self._facts.setText("" if opened is None else self._facts_of(opened))
        self._problems.setText("" if opened is None else self._problems_of(opened))
        if opened is None:
            self._answer.setText("")
            self._sign.clear()
            return
        self._password_row.hide()
        text = (
            self.tr("Whole: every part is as it was sealed.")
            if opened.is_whole
            else self.tr("Not as it was sealed: {0} things are wrong. It cannot be imported.").format(
                len(opened.problems)
            )
        )
        self._head(text, WHOLE if opened.is_whole else CHANGED)

    def _refuse(self, error: AuditorError) -> None:
        self._head(self._context.words.error(error), CHANGED)
        if error.code in NEEDS_PASSWORD:
            self._password_row.show()
            self.password.setFocus()
            self.password.selectAll()

    def _head(self, text: str, sign: tuple[str, str]) -> None:
        self._answer.setText(text)
        self._sign.setPixmap(self._context.theme.pixmap(*sign, SIGN_PIXELS, self.devicePixelRatioF()))

    def _facts_of(self, opened: OpenedPackage) -> str:
        by = self.tr("{0} by {1} with {2}") if opened.made_by else self.tr("{0} with {2}")
        size = QLocale().formattedDataSize(opened.size, 1, TRADITIONAL)
        lines = [
            self.tr("Audit: {0}").format(" ".join(filter(None, (opened.number, opened.company)))),
            self.tr("Sealed: {0}").format(by.format(opened.sealed_at, opened.made_by, opened.program)),
            self.tr("Holds: report, audit file, {0} pieces of original evidence, {1} together").format(
                opened.pieces, size
            ),
        ]
        if opened.missing:
            names = self.tr(", ").join(opened.missing[:MOST_LINES])
            lines.append(self.tr("Missing when it was sealed: {0}").format(names))
        return "\n".join(lines)

    def _problems_of(self, opened: OpenedPackage) -> str:
        words = self._context.words
        lines = [f"• {words.error(problem)}" for problem in opened.problems]
        more = len(lines) - MOST_LINES
        if more > 0:
            lines[MOST_LINES:] = [self.tr("and {0} more").format(more)]
        return "\n".join(lines)

    def _say(self, text: str, state: str) -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))
        restyle(self._message, state=state)

    def _reopen(self) -> None:
        if self._path is not None:
            self.open_package(self._path)

    def _connect(self) -> None:
        self._choose.clicked.connect(self.choose)
        self._again.clicked.connect(self._reopen)
        self.password.returnPressed.connect(self._reopen)
        self._import.clicked.connect(self.take_in)
        self._close.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        about = self.tr(
            "A sealed package holds a report, its audit file and the original evidence. Opening it checks every byte; "
            "nothing is imported until you say so. Whole means unchanged since it was sealed, not who sealed it."
        )
        above = QGridLayout()
        above.setHorizontalSpacing(10)
        above.setColumnStretch(1, 1)
        above.addWidget(label(self.tr("Package"), "label"), 0, 0)
        above.addWidget(self._file, 0, 1)
        above.addWidget(self._choose, 0, 2)
        asked = QHBoxLayout(self._password_row)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(10)
        asked.addWidget(label(self.tr("Password"), "label"))
        asked.addWidget(self.password, 1)
        asked.addWidget(self._again)
        self._password_row.hide()
        answer = QHBoxLayout()
        answer.setSpacing(10)
        answer.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        answer.addWidget(self._answer, 1)
        found = QWidget()
        inside = QVBoxLayout(found)
        inside.setContentsMargins(12, 10, 12, 10)
        inside.setSpacing(12)
        for part in (self._facts, self._problems):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            inside.addWidget(part)
        inside.addStretch()
        below = QHBoxLayout()
        below.addStretch()
        below.addWidget(self._close)
        below.addWidget(self._import)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(label(about, "soft", wrap=True))
        box.addLayout(above)
        box.addWidget(self._password_row)
        box.addLayout(answer)
        self._area = scrolled(found)
        box.addWidget(self._area, 1)
        box.addStretch()
        box.addWidget(self._message)
        box.addLayout(below)
