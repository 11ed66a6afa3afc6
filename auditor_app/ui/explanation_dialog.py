"""Shows the explanation of the level as it will be printed; copies and prints it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from auditor_app.models.catalogue import LANGUAGES, Catalogue
from auditor_app.models.conclusion import conclude
from auditor_app.models.explanation import as_text, explain
from auditor_app.ui.context import Context
from auditor_app.ui.explanation_page import A4, DPI, ExplanationPage
from auditor_app.ui.widgets import button, label, restyle

PAGE_WIDTH = 720
ROOM_AROUND = 60
OF_THE_SCREEN = 0.9


class PageView(QWidget):
    """The sheet of paper, white in every theme."""

    def __init__(self, page: ExplanationPage, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self.setFixedSize(QSize(width, round(width * A4.height() / A4.width())))

    def show_page(self, page: ExplanationPage) -> None:
        """Show another sheet."""
        self._page = page
        self.setAccessibleName(page.explanation.title)
        self.setAccessibleDescription(as_text(page.explanation))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        self._page.draw(painter, DPI * self.width() / A4.width())


class ExplanationDialog(QDialog):
    """Explain score and level of the open audit, in either language."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        context.session.flush()
        self.setWindowTitle(self.tr("Explain the level"))
        self._page = self._page_in(context.words.language)
        room = self.screen().availableGeometry().size() * OF_THE_SCREEN
        self._view = PageView(self._page, min(PAGE_WIDTH, room.width() - ROOM_AROUND))
        self._area = QScrollArea()
        self._switch = {language: button(name, "segment") for language, name in LANGUAGES.items()}
        self._message = label("", "message")
        self._copy = button(self.tr("Copy"))
        self._print = button(self.tr("Print"), "primary")
        self._close = button(self.tr("Close"))
        self._lay_out()
        self.resize(QSize(self._view.width() + ROOM_AROUND, self._view.height()).boundedTo(room))
        self._connect()
        self.show_language(context.words.language)

    @property
    def text(self) -> str:
        """Return what the sheet says, as plain text."""
        return as_text(self._page.explanation)

    def show_language(self, language: str) -> None:
        """Show the text in another language."""
        self._page = self._page_in(language)
        self._view.show_page(self._page)
        for each, segment in self._switch.items():
            segment.setChecked(each == language)
        self._say("")

    def copy(self) -> None:
        """Put the text on the clipboard, plain for a chat and rich for a document."""
        data = QMimeData()
        data.setText(self.text)
        data.setHtml(self._page.document.toHtml())
        QGuiApplication.clipboard().setMimeData(data)
        self._say(self.tr("The text is on the clipboard."))

    def print(self) -> None:
        """Ask for a printer and print the sheet."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._page.explanation.title)
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)
        dialog.deleteLater()

    def print_on(self, printer: QPrinter) -> None:
        """Print the sheet, and say how that ended."""
        if self._page.print_on(printer):
            self._say(self.tr("The sheet was sent to the printer."))
        else:
            self._say(self.tr("The printer did not take the sheet. Check the printer and try again."), "error")

    def _page_in(self, language: str) -> ExplanationPage:
        session = self._context.session
        words = Catalogue.load(language, "board")
        outcome = conclude(session.standard, session.audit, session.result)
        return ExplanationPage(
            lambda lengths: explain(words, session.standard, session.audit, session.result, outcome, lengths)
        )

    def _lay_out(self) -> None:
        switch = QWidget()
        switch.setAccessibleName(self.tr("Language of the text"))
        segments = QHBoxLayout(switch)
        segments.setContentsMargins(0, 0, 0, 0)
        segments.setSpacing(0)
        for place, segment in zip(("first", "last"), self._switch.values(), strict=True):
            segment.setCheckable(True)
            segment.setProperty("place", place)
            segment.setMinimumWidth(76)
            segments.addWidget(segment)
        tools = QHBoxLayout()
        tools.setContentsMargins(12, 10, 12, 10)
        tools.setSpacing(8)
        tools.addWidget(switch)
        tools.addWidget(self._message, 1)
        for action in (self._copy, self._print, self._close):
            tools.addWidget(action)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._area.setObjectName("paperDesk")
        self._area.setWidget(self._view)
        self._area.setAccessibleName(self.tr("The sheet as it will be printed"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(tools)
        box.addWidget(self._area, 1)

    def _connect(self) -> None:
        for segment in self._switch.values():
            segment.clicked.connect(self._on_language)
        self._copy.clicked.connect(self.copy)
        self._print.clicked.connect(self.print)
        self._close.clicked.connect(self.reject)
        for keys, slot in ((QKeySequence.StandardKey.Copy, self.copy), (QKeySequence.StandardKey.Print, self.print)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(slot)

    def _on_language(self) -> None:
        clicked = self.sender()
        self.show_language(next(each for each, segment in self._switch.items() if segment is clicked))

    def _say(self, text: str, state: str = "ok") -> None:
        self._message.setText(text)
        restyle(self._message, state=state)
