"""How the writing of a file ended: what is said of it, and the ways to the file and to its folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor_app.models.catalogue import Catalogue
from auditor_app.ui.progress_dialog import Ending
from auditor_app.ui.widgets import button, label, restyle


class Outcome(QObject):
    """A message and buttons, which their owner lays out: `message` and `ways`, with which a `row` begins.

    The buttons are seen while the message is about a file that was written; without words for it none opens the file.
    """

    def __init__(self, words: Catalogue, parent: QWidget, open_words: str = "") -> None:
        super().__init__(parent)
        self._words = words
        self._written: Path | None = None
        self.message = label("", "message", wrap=True)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        folder = button(self.tr("Open folder"))
        folder.clicked.connect(self._on_open_folder)
        self.ways = [folder]
        if open_words:
            file = button(open_words)
            file.clicked.connect(self._on_open_file)
            self.ways.insert(0, file)
        for part in (self.message, *self.ways):
            part.hide()

    def row(self) -> QHBoxLayout:
        """Return a row that begins with the buttons and goes on at the right."""
        row = QHBoxLayout()
        for way in self.ways:
            row.addWidget(way)
        row.addStretch()
        return row

    def say(self, text: str, state: str = "", written: Path | None = None) -> None:
        """Say something in a state of the style sheet; `written` is the file it is about."""
        self._written = written
        self.message.setText(text)
        self.message.setVisible(bool(text))
        restyle(self.message, state=state)
        for way in self.ways:
            way.setVisible(written is not None)

    def say_ending(self, ending: Ending) -> bool:
        """Return True when the work was done; say why it was not otherwise."""
        if ending.error is not None:
            self.say(self._words.error(ending.error), "error")
        elif ending.is_cancelled:
            self.say(self.of_cancelled(), "rule")
        return ending.is_done

    def of_cancelled(self) -> str:
        """Return what is said when the person cancelled."""
        return self.tr("Cancelled; what was there before is untouched.")

    def _on_open_file(self) -> None:
        if self._written is not None:
            self._open(self._written)

    def _on_open_folder(self) -> None:
        if self._written is not None:
            self._open(self._written.parent)

    def _open(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            text = self.tr("No program on this computer opens it, but it is there: {0}")
            self.message.setText(text.format(path))
            restyle(self.message, state="warning")
