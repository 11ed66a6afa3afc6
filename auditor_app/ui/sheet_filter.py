"""The line above the scoring sheet: which indicators to see, words to find, and below what they add up to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from auditor_app.models.filters import Filter, clauses_by_filter, matching, totals
from auditor_app.models.ids import Clause
from auditor_app.ui.auditor import auditor_name
from auditor_app.ui.context import Context
from auditor_app.ui.editing import SHORT_ABSENCES
from auditor_app.ui.filter_pills import FilterPills
from auditor_app.ui.totals_label import TotalsLabel

FIND_PAUSE_MS = 60


class SheetFilter(QWidget):
    """Choose which indicators the sheet shows; counts follow the audit."""

    changed = Signal()
    """Other words are to be found; the keyboard is with them."""
    picked = Signal()
    """Another filter is wanted."""
    left = Signal()
    """The person goes back to the sheet by a key."""
    ended = Signal()
    """The keyboard went elsewhere; what is shown now is what the keys of the sheet are about."""
    message = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._clauses: dict[Filter, frozenset[Clause]] = {}
        self._pills: FilterPills[Filter] = FilterPills()
        self._find = QLineEdit(placeholderText=self.tr("Find clause, words, notes"), clearButtonEnabled=True)
        self._find.setAccessibleName(self.tr("Find in the scoring sheet"))
        self._find.setMinimumWidth(110)
        self._find.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._find.installEventFilter(self)
        # The keys of a fast hand are one search.
        self._pause = QTimer(self, interval=FIND_PAUSE_MS, singleShot=True)
        self.totals = TotalsLabel("second")
        """What the indicators shown add up to; the page puts it below the sheet."""
        self._lay_out()
        self._find.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self._tell)
        self._pills.picked.connect(self._on_picked)

    @property
    def shows_all(self) -> bool:
        """Say whether nothing is filtered out."""
        return self._pills.chosen is Filter.ALL and not self._text

    @property
    def is_finding(self) -> bool:
        """Say whether words to find are being typed."""
        return self._find.hasFocus()

    @property
    def has_keyboard(self) -> bool:
        """Say whether the keyboard is with the filters or the words to find."""
        return self.is_finding or self._pills.has_keyboard

    @property
    def shown(self) -> frozenset[Clause]:
        """Return the indicators that the filter and the words to find let through."""
        clauses = self._clauses.get(self._pills.chosen, frozenset())
        if not self._text:
            return clauses
        session = self._context.session
        return clauses & matching(session.standard, session.audit, self._text, self._context.words.language)

    def reset(self) -> None:
        """Show everything of the audit that is open now."""
        self._pills.show_all()
        self._find.blockSignals(True)
        self._find.clear()
        self._find.blockSignals(False)
        self.refresh()

    def refresh(self) -> None:
        """Count again what each filter shows."""
        session = self._context.session
        self._clauses = clauses_by_filter(session.standard, session.audit, auditor_name(session))
        self._pills.show_counts({each: len(clauses) for each, clauses in self._clauses.items()})
        self._show_totals()

    def start_finding(self) -> None:
        """Put the cursor into the words to find."""
        self._find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._find.selectAll()

    def show_all(self) -> None:
        """Filter nothing out any more."""
        if not self.shows_all:
            self.reset()
            self.changed.emit()

    @property
    def _text(self) -> str:
        return self._find.text().strip()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._pills.offer(
            {
                Filter.ALL: self.tr("All"),
                Filter.UNJUDGED: self.tr("Unjudged"),
                Filter.LOST: self.tr("Points lost"),
                Filter.SAMPLED: self.tr("Sampled"),
                Filter.DELETED: self.tr("Deleted"),
                Filter.WITH_FINDING: self.tr("With finding"),
                Filter.WITHOUT_EVIDENCE: self.tr("No evidence"),
                Filter.MINE: self.tr("Mine"),
            }
        )
        self._pills.explain(
            Filter.MINE,
            self.tr("The clauses that the team table of the profile gives you; who you are is in the settings"),
        )
        self._pills.explain(Filter.WITHOUT_EVIDENCE, self.tr("Judged, not deleted, and no photo or file yet"))
        row.addWidget(self._pills)
        row.addWidget(self._find, 1)

    def _show_totals(self) -> None:
        session = self._context.session
        self.totals.show_totals(totals(session.standard, session.audit, self.shown))

    def _on_picked(self) -> None:
        if self._pills.chosen is Filter.MINE and not self._clauses[Filter.MINE]:
            self.message.emit(
                self.tr(
                    "No clauses are yours yet: say who you are in the settings, and in the team table of the profile "
                    "which clauses that member looks at."
                )
            )
        self._show_totals()
        self.picked.emit()

    def _tell(self) -> None:
        self._show_totals()
        self.changed.emit()

    def _on_focus(self, event: QFocusEvent) -> None:
        if event.type() == QEvent.Type.FocusOut and event.reason() not in SHORT_ABSENCES:
            self._pause.stop()
            self._show_totals()
            self.ended.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._find and isinstance(event, QKeyEvent):
            is_press = event.type() == QEvent.Type.KeyPress
            if event.key() == Qt.Key.Key_Escape and not is_press:
                # The page's own shortcut would go back without showing everything again.
                event.accept()
                return True
            if is_press and event.key() == Qt.Key.Key_Escape:
                self._find.clear()
                self._pause.stop()
                self._tell()
                self.left.emit()
                return True
            if is_press and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
                self._pause.stop()
                self._tell()
                # With nothing found there is nothing to go to.
                if self.shown:
                    self.left.emit()
                return True
        if watched is self._find and isinstance(event, QFocusEvent):
            self._on_focus(event)
        return super().eventFilter(watched, event)
