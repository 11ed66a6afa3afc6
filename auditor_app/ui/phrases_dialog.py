"""The phrases an auditor keeps, for one indicator and for every one: add, edit, remove, move."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.models.errors import AuditorError
from auditor_app.models.ids import Clause
from auditor_app.session.session import Session
from auditor_app.ui.context import Context
from auditor_app.ui.phrase_card import PhraseCard
from auditor_app.ui.widgets import button, label

SIZE = QSize(620, 580)
EVERY = ""
"""The clause of the phrases that are kept for every indicator."""


class Shelf:
    """What is stored of the phrases for one indicator and for every one; made equal to what is wanted."""

    def __init__(self, session: Session, clause: str) -> None:
        """Read what is stored; raises `EnvironmentProblem`."""
        self._session = session
        self._clause = clause
        every = session.phrases(EVERY)
        own = [text for text in session.phrases(clause) if text not in every]
        self._stored = dict.fromkeys(own, clause) | dict.fromkeys(every, EVERY)

    def texts(self, clause: str) -> list[str]:
        """Return the phrases stored for the indicator alone, or for every one."""
        return [text for text, stored in self._stored.items() if stored == clause]

    def store(self, own: Sequence[str], every: Sequence[str]) -> None:
        """Store what is wanted, no text in both, the new before the old goes.

        Raises `EnvironmentProblem`; it can be asked again then, and goes on where it stopped.
        """
        for text in own:
            self._put(self._clause, text)
        for text in every:
            self._put(EVERY, text)
        for text in [text for text in self._stored if text not in own and text not in every]:
            self._session.drop_phrase(self._clause, text)
            del self._stored[text]

    def _put(self, clause: str, text: str) -> None:
        before = self._stored.get(text)
        if before == clause:
            return
        if clause == EVERY and before is not None:
            # Before it is kept for every indicator: what is dropped for one is dropped for every one too.
            self._session.drop_phrase(self._clause, text)
            del self._stored[text]
        self._session.keep_phrase(clause, text)
        if before == EVERY:
            self._session.drop_phrase(EVERY, text)
        self._stored[text] = clause


class PhrasesDialog(QDialog):
    """Edit what is kept; every step is stored at once."""

    def __init__(self, context: Context, clause: str, parent: QWidget) -> None:
        """Read what is kept; raises `EnvironmentProblem`."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Phrases"))
        self._context = context
        self._shelf = Shelf(context.session, clause)
        self._own = PhraseCard(
            context,
            self.tr("For {0} only").format(clause),
            self.tr("No phrase for this indicator yet. Add one, or keep a note as a phrase."),
            self.tr("To every indicator"),
        )
        self._every = PhraseCard(
            context,
            self.tr("For every indicator"),
            self.tr("No phrase for every indicator yet. Add what you write again and again."),
            self.tr("To {0} only").format(clause),
        )
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self._was_warned = False
        self._close = button(self.tr("Close"))
        self._lay_out(clause)
        self._own.fill(self._shelf.texts(clause))
        self._every.fill(self._shelf.texts(EVERY))
        self._connect()
        self.resize(SIZE)

    def _lay_out(self, clause: str) -> None:
        indicator = self._context.session.standard.nodes[Clause(clause)]
        heading = label(f"{clause}  {indicator.title.in_(self._context.words.language)}", "title", wrap=True)
        rule = self.tr(
            "Stored at once, for all audits on this computer. Not part of an audit, so undo leaves it alone."
        )
        below = QHBoxLayout()
        below.addWidget(
            label(self.tr("Enter edits and stores, Shift+Enter begins a new line."), "second", wrap=True), 1
        )
        below.addWidget(self._close)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(10)
        box.addWidget(heading)
        box.addWidget(label(rule, "soft", wrap=True))
        box.addWidget(self._own, 1)
        box.addWidget(self._every, 1)
        box.addWidget(self._problem)
        box.addLayout(below)

    def _connect(self) -> None:
        self._close.clicked.connect(self.accept)
        for card, other in ((self._own, self._every), (self._every, self._own)):
            card.changed.connect(self._on_changed)
            card.moved.connect(other.add)

    def _on_changed(self) -> None:
        self._was_warned = False
        self._store()

    def _store(self) -> bool:
        """Make what is stored equal to what is shown; say what was refused, if anything."""
        every = self._every.phrases
        try:
            self._shelf.store([text for text in self._own.phrases if text not in every], every)
        except AuditorError as error:
            self._problem.setText(self._context.words.error(error))
            self._problem.show()
            return False
        self._problem.hide()
        return True

    def done(self, result: int) -> None:
        # A phrase that is being edited is handed in as the keyboard leaves it.
        self._close.setFocus()
        if self._store() or self._was_warned:
            super().done(result)
            return
        self._was_warned = True
        hint = self.tr("Close again to leave without storing it.")
        self._problem.setText(f"{self._problem.text()}\n{hint}")
