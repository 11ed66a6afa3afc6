"""Deleting indicators: what it does to the score is seen first, then a reason is chosen or written and confirmed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QListWidget, QPlainTextEdit, QVBoxLayout, QWidget

from auditor_app.models.board import DeletionEffect, deletion_effect
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.enums import Verdict
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import plain, score_parts
from auditor_app.models.standard import Standard
from auditor_app.models.text import clean
from auditor_app.session.session import Flush
from auditor_app.ui.context import Context
from auditor_app.ui.sheet_page import bring_into_view
from auditor_app.ui.widgets import button, label, tooltip

MOST_REASONS = 9
LINE = 24
SHOWN_LINES = 6


class DeletionCard(QFrame):
    """Ask for the reason of a deletion; nothing is written before it is confirmed, or left for another row with one."""

    closed = Signal()
    """Nothing waits for a reason any more."""
    left = Signal()
    """The keyboard was in here and has nowhere to be now."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ask")
        self._context = context
        self._delete: Callable[[str], bool] = lambda _reason: True
        self._effect = label("", "soft", wrap=True)
        self._warning = label("", "problem", wrap=True)
        self._source = label("", "second", wrap=True)
        self._reasons = QListWidget()
        self._reasons.setAccessibleName(self.tr("Reasons to choose from"))
        self._reasons.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._reasons.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._reason = QPlainTextEdit(tabChangesFocus=True)
        self._reason.setPlaceholderText(self.tr("Why it does not apply"))
        self._reason.setAccessibleName(self.tr("Reason of the deletion"))
        self._reason.setFixedHeight(2 * self._reason.fontMetrics().lineSpacing() + 18)
        self._confirm = button("", "primary")
        self._cancel = button(self.tr("Cancel"))
        self._lay_out()
        self._reasons.itemClicked.connect(lambda item: self._choose(self._reasons.row(item)))
        self._reason.textChanged.connect(self._on_text)
        self._confirm.clicked.connect(self.confirm)
        self._cancel.clicked.connect(self.cancel)
        # The field has the keyboard, so that an input method works at once; the list is for keys and mouse.
        self._reasons.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._reason.installEventFilter(self)
        context.session.flush_requested.connect(self._on_flush)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Say whether a deletion waits for its reason."""
        return not self.isHidden()

    def ask(self, clauses: Sequence[Clause], delete: Callable[[str], bool]) -> None:
        """Show what deleting these indicators does, and ask why; `delete(reason)` says whether it was stored."""
        session = self._context.session
        if session.is_finalised:
            session.read_only.emit()
            return
        self._delete = delete
        effect = deletion_effect(session.standard, session.audit, clauses)
        self._effect.setText(self._effect_text(effect))
        warning = self._warning_text(effect)
        self._warning.setText(warning)
        self._warning.setVisible(bool(warning))
        count = len(clauses)
        self._confirm.setText(
            self.tr("Delete {0} indicators").format(count) if count > 1 else self.tr("Delete the indicator")
        )
        self._fill()
        self._reason.clear()
        self._on_text()
        self.show()
        self._reason.setFocus()
        for part in (self, self._confirm):
            bring_into_view(part)

    def confirm(self) -> bool:
        """Delete for the reason given and say whether that is stored; without a reason go on asking."""
        reason = self._text
        if not reason.strip():
            self._reason.setFocus()
            return False
        # Closed first: the deletion flushes, and a flush confirms what is open.
        self._close()
        if not self._delete(reason):
            self.show()
            return False
        return True

    def cancel(self) -> None:
        """Ask no more and delete nothing."""
        if self.is_open:
            self._close()

    def takes(self, verdict: Verdict) -> bool:
        """Take a verdict that is pressed while a deletion waits: the same goes on asking, and that is all then.

        Any other takes its place.
        """
        if self.is_open and verdict is Verdict.DELETED:
            self._reason.setFocus()
            return True
        self.cancel()
        return False

    def leave(self) -> bool:
        """Ask no more: a reason that was given counts; say whether nothing that was typed is left unsaved."""
        if not self.is_open:
            return True
        if self._reason.hasFocus():
            QGuiApplication.inputMethod().commit()
        if self._text.strip():
            return self.confirm()
        self._close()
        return True

    @property
    def _text(self) -> str:
        return clean(self._reason.toPlainText())

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._confirm, 1)
        buttons.addWidget(self._cancel)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 10)
        box.setSpacing(6)
        box.addWidget(label(self.tr("Deletion"), "section"))
        for widget in (self._effect, self._warning, self._reasons, self._source, self._reason):
            box.addWidget(widget)
        box.addLayout(buttons)

    def _fill(self) -> None:
        """Offer the reasons of the body's list."""
        pack, language = self._pack(), self._context.words.language
        self._reasons.clear()
        for number, reason in enumerate((reason.in_(language) for reason in pack.deletion_reasons), 1):
            self._reasons.addItem(f"{number}  {reason}" if number <= MOST_REASONS else f"    {reason}")
            item = self._reasons.item(number - 1)
            item.setData(Qt.ItemDataRole.UserRole, reason)
            item.setToolTip(tooltip(reason))
            item.setSizeHint(QSize(0, LINE))
        self._reasons.setCurrentRow(-1)
        self._reasons.setFixedHeight(min(self._reasons.count(), SHOWN_LINES) * LINE + 4)
        self._reasons.setVisible(self._reasons.count() > 0)
        source = pack.deletion_reasons_source
        self._source.setText(self.tr("List: {0}").format(pack.sources[source].in_(language)) if source else "")
        self._source.setVisible(bool(source))

    def _pack(self) -> Standard:
        """Return the pack whose list is offered: that of the audit, or the shipped one when an older copy has none."""
        own, shipped = self._context.session.standard, self._context.files.default_standard()
        return own if own.deletion_reasons or own.id != shipped.id else shipped

    def _effect_text(self, effect: DeletionEffect) -> str:
        text = self.tr("Points that apply {0} → {1}, score {2} → {3}")
        before, after = (" – ".join(score_parts(result)) or "–" for result in (effect.before, effect.after))
        return text.format(plain(effect.applicable_before), plain(effect.applicable_after), before, after)

    def _warning_text(self, effect: DeletionEffect) -> str:
        words: Catalogue = self._context.words
        if effect.everything_deleted:
            return self.tr("Everything would be deleted: there is no score then.")
        nodes = self._context.session.standard.nodes
        names = [f"{clause} {nodes[clause].title.in_(words.language)}" for clause in effect.emptied_chapters]
        separator = words.text("punctuation", "list")
        return self.tr("The whole chapter would be deleted: {0}").format(separator.join(names)) if names else ""

    def _choose(self, row: int) -> None:
        if 0 <= row < self._reasons.count():
            self._reasons.setCurrentRow(row)
            self._reason.setPlainText(self._reasons.item(row).data(Qt.ItemDataRole.UserRole))
            self._reason.moveCursor(QTextCursor.MoveOperation.End)

    def _on_text(self) -> None:
        self._confirm.setEnabled(bool(self._text.strip()))

    def _on_flush(self, flush: Flush) -> None:
        if not self.leave():
            flush.is_complete = False

    def _close(self) -> None:
        focus = QApplication.focusWidget()
        has_keyboard = focus is not None and self.isAncestorOf(focus)
        self.hide()
        self.closed.emit()
        if has_keyboard:
            self.left.emit()

    def _key(self, event: QKeyEvent) -> bool:
        """Take a key that confirms or chooses; digits and arrows choose until a reason of one's own is begun."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            is_new_line = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if not is_new_line:
                self.confirm()
            return not is_new_line
        chosen = self._reasons.currentItem()
        is_own = bool(self._text) and (chosen is None or self._text != chosen.data(Qt.ItemDataRole.UserRole))
        if is_own or not self._reasons.count():
            return False
        row = self._reasons.currentRow()
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._choose(min(max(row + step, 0), self._reasons.count() - 1))
            return True
        digit = unicodedata.normalize("NFKC", event.text())
        if not self._text and digit.isascii() and digit.isdigit() and 0 < int(digit) <= self._reasons.count():
            self._choose(int(digit) - 1)
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._reason and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)
