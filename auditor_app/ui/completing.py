"""Lines that offer what may be meant while they are typed: a clause by its number or words, a name of the team."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from auditor_app.models.audit import Kind
from auditor_app.models.errors import ValidationError
from auditor_app.models.ids import Clause, RowId
from auditor_app.ui.context import Context
from auditor_app.ui.editing import TEXT, Form
from auditor_app.ui.fields import LineField

SHOWN_AT_ONCE = 12


class CompletingField(LineField):
    """A line with a list below it of what holds the typed words; the Down key or the arrow opens all of it."""

    def __init__(
        self, context: Context, kind: Kind, path: str, label: str, form: Form, parent: QWidget | None = None
    ) -> None:
        self._late_error = ""
        super().__init__(context, kind, path, label, form, parent)
        self._offered = QStringListModel(self)
        self._completer = QCompleter(self._offered, self)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setMaxVisibleItems(SHOWN_AT_ONCE)
        self._list = QListView()
        self._list.setObjectName("completions")
        self._completer.setPopup(self._list)
        self._edit.setCompleter(self._completer)
        self._completer.activated[str].connect(self._on_chosen)  # type: ignore[index]
        opener = self._edit.addAction(context.theme.icon("combo-arrow"), QLineEdit.ActionPosition.TrailingPosition)
        opener.setToolTip(self.tr("Show all"))
        opener.triggered.connect(self._offer_all)
        self._edit.installEventFilter(self)

    def offer(self, texts: Iterable[str]) -> None:
        """Offer these from now on."""
        self._offered.setStringList(list(texts))

    def bind(self, row_id: RowId) -> None:
        self._late_error = ""
        super().bind(row_id)

    def show_error(self, text: str) -> None:
        # While the list is open the words are not finished: what they are not is said on leaving.
        is_choosing = self._list.isVisible()
        self._late_error = text if is_choosing else ""
        super().show_error("" if is_choosing else text)

    def _leave(self) -> None:
        if self._late_error:
            super().show_error(self._late_error)
            self._late_error = ""
        super()._leave()

    def _offer_all(self) -> None:
        self._edit.setFocus()
        self._completer.setCompletionPrefix("")
        self._completer.complete()

    def _on_chosen(self, text: str) -> None:
        self._edit.setText(text)
        # The choice takes the place of what was typed to find it.
        self._watch.forget()
        self._commit(self._watch.merge_key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_down = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down
        # With the list open, its own filter has the key before this one.
        if watched is self._edit and is_down and event.type() == QEvent.Type.KeyPress:
            self._offer_all()
            return True
        return super().eventFilter(watched, event)


class NameField(CompletingField):
    """A name; those of the audit team are offered, any other may be typed."""

    def __init__(self, context: Context, kind: Kind, path: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(context, kind, path, label, TEXT, parent)


class ClauseField(CompletingField):
    """A clause, chosen by its number or by words of its title."""

    def __init__(self, context: Context, kind: Kind, path: str, label: str, parent: QWidget | None = None) -> None:
        form = Form(self._shown, self._meant, self.tr("Number, or words of the title"))
        super().__init__(context, kind, path, label, form, parent)

    def offer_clauses(self) -> None:
        """Offer the clauses of the standard of the audit that is open."""
        self.offer(self._shown(clause) for clause in self._context.session.standard.nodes)

    def _shown(self, clause: str) -> str:
        node = self._context.session.standard.nodes.get(Clause(clause))
        return f"{clause} {node.title.in_(self._context.words.language)}" if node is not None else clause

    def _meant(self, text: str, path: str) -> str:
        """Return the clause that a text begins with, or the only one whose number or title holds it."""
        wanted = unicodedata.normalize("NFKC", text).strip()
        nodes = self._context.session.standard.nodes
        first = wanted.split(" ")[0]
        if not wanted or first in nodes:
            return first
        fitting = [clause for clause in nodes if wanted.casefold() in self._shown(clause).casefold()]
        if len(fitting) > 1:
            raise ValidationError(path, "several_clauses", value=text.strip(), count=len(fitting))
        if not fitting:
            raise ValidationError(path, "unknown_clause", value=text.strip())
        return fitting[0]
