"""The tabs of the window, each made when somebody goes there or the program has nothing else to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from auditor_app.models.backups import Backup
    from auditor_app.models.changes import ChangeSet
    from auditor_app.ui.checklist_tab import ChecklistTab
    from auditor_app.ui.context import Context
    from auditor_app.ui.findings_tab import FindingsTab
    from auditor_app.ui.profile_tab import ProfileTab
    from auditor_app.ui.report_tab import ReportTab
    from auditor_app.ui.score_board import ScoreBoard
    from auditor_app.ui.scoring_tab import ScoringTab

PROFILE, CHECKLIST, SCORING, FINDINGS, REPORT = range(5)
# The sheet first: it is where an auditor goes next.
_WHEN_IDLE = (SCORING, CHECKLIST, FINDINGS, REPORT, PROFILE)
REST_MS = 250
"""So long the window answers keys before a page is made, or brought up to date, that nobody asked for yet."""


class Parts(Protocol):
    """The larger parts of the window; the composition root imports and makes each when it is first wanted."""

    def profile(self, context: Context) -> ProfileTab:
        """Make the company profile."""

    def checklist(self, context: Context) -> ChecklistTab:
        """Make the document checklist."""

    def scoring(self, context: Context) -> ScoringTab:
        """Make the scoring sheet."""

    def findings(self, context: Context) -> FindingsTab:
        """Make the findings and their actions."""

    def report(self, context: Context) -> ReportTab:
        """Make the tab of the report."""

    def board(self, context: Context) -> ScoreBoard:
        """Make the score board."""

    def explain(self, context: Context, parent: QWidget) -> None:
        """Show the text that explains score and level."""

    def show_keys(self, context: Context, window: QWidget) -> None:
        """Show the keys over the window."""

    def settings(self, context: Context, parent: QWidget, on_auditor: Callable[[], None]) -> None:
        """Show keys and settings; `on_auditor` is called when the auditor's name changed."""

    def backups(self, context: Context, parent: QWidget) -> Backup | None:
        """Show the backups and return the one that is to take the place of the library, if any."""

    def deliver(self, name: str, context: Context, parent: QWidget, say: Callable[[str], None]) -> None:
        """Show the dialog of an entry of `DeliveryMenu`; `say` is told what became of something that came back."""


class Page(Protocol):
    """What every tab can do."""

    def reset(self) -> None:
        """Show the audit that is open now."""

    def on_changed(self, change_set: ChangeSet) -> None:
        """Show what a change set touched."""


class Pages(QTabWidget):
    """Five tabs; the page of one that was not made yet is an empty one."""

    made = Signal(int)
    """The page of this place was made, and shows no audit yet."""

    def __init__(self, context: Context, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        makers = (parts.profile, parts.checklist, parts.scoring, parts.findings, parts.report)
        self._makers: tuple[Callable[[Context], QWidget], ...] = makers
        self._pages: dict[int, QWidget] = {}
        # Those that still show the audit before; nobody sees them.
        self._behind: set[int] = set()
        self._places = [QWidget() for _ in makers]
        for place in self._places:
            box = QVBoxLayout(place)
            box.setContentsMargins(0, 0, 0, 0)
            self.addTab(place, "")
        # The first to hear of a change of the tab, so that all others find the page there.
        self.currentChanged.connect(self.page)
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self._catch_up)

    def page(self, place: int) -> QWidget:
        """Return the page of a tab as it is to be seen: made the first time, and showing the audit that is open."""
        if place not in self._pages:
            page = self._pages[place] = self._makers[place](self._context)
            # Opaque, so that a new count in a tab's title does not repaint the page below it.
            page.setAutoFillBackground(True)
            # Into a place that stays: taking a tab out and putting it in again would move the keyboard.
            layout = self._places[place].layout()
            assert layout is not None
            layout.addWidget(page)
            # Before it shows anything, so that nobody misses what it tells then.
            self.made.emit(place)
            self._behind.add(place)
        if place in self._behind and self._context.session.is_open:
            self._behind.discard(place)
            cast("Page", self._pages[place]).reset()
        return self._pages[place]

    def currentWidget(self) -> QWidget:
        """Return the page in sight."""
        return self.page(self.currentIndex())

    def setCurrentWidget(self, page: QWidget) -> None:
        """Show the tab of a page."""
        self.setCurrentIndex(next(place for place, made in self._pages.items() if made is page))

    def is_shown(self, place: int) -> bool:
        """Say whether the page of a tab was made and shows the audit that is open."""
        return place in self._pages and place not in self._behind

    def show_open(self) -> None:
        """Show another audit, or the same one read anew: at once on the page in sight, on the others when idle."""
        self._behind = set(self._pages)
        self.page(self.currentIndex())
        self._rest.start()

    def on_changed(self, change_set: ChangeSet) -> None:
        """Show what a change set touched."""
        for place in sorted(self._pages.keys() - self._behind):
            cast("Page", self._pages[place]).on_changed(change_set)

    @property
    def profile(self) -> ProfileTab:
        """Return the company profile."""
        return cast("ProfileTab", self.page(PROFILE))

    @property
    def checklist(self) -> ChecklistTab:
        """Return the document checklist."""
        return cast("ChecklistTab", self.page(CHECKLIST))

    @property
    def scoring(self) -> ScoringTab:
        """Return the scoring sheet."""
        return cast("ScoringTab", self.page(SCORING))

    @property
    def findings(self) -> FindingsTab:
        """Return the findings and their actions."""
        return cast("FindingsTab", self.page(FINDINGS))

    @property
    def report(self) -> ReportTab:
        """Return the tab of the report."""
        return cast("ReportTab", self.page(REPORT))

    def stop(self) -> None:
        """Make no more pages that nobody asks for."""
        self._rest.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._rest.isActive():
            # Not while the page in sight is still to be painted.
            self._rest.start()

    def _catch_up(self) -> None:
        place = next((place for place in _WHEN_IDLE if not self.is_shown(place)), None)
        # Nothing more for a window that was closed, whose library may be closed too.
        if place is not None and self.isVisible():
            with self._context.session.undisturbed():
                self.page(place)
            self._rest.start()
