"""A row of filters of which one is chosen, each with how many rows it shows; what finds no room is in a menu."""

from __future__ import annotations

from collections.abc import Container, Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from auditor_app.ui.widgets import button, restyle

GAP = 6
F = TypeVar("F", bound=StrEnum)


class FilterPills(QWidget, Generic[F]):
    """Choose what to see; the first filter lets everything through."""

    picked = Signal()
    """Another filter is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: dict[F, str] = {}
        self._pills: dict[F, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._more = button(self.tr("More"), "pill")
        self._group.buttonClicked.connect(self._on_pill)

    def offer(self, names: Mapping[F, str]) -> None:
        """Offer these filters by their names, once; the first one is chosen."""
        self._names = dict(names)
        self._all = self._chosen = next(iter(names))
        self._lay_out()
        self.choose(self._all)

    @property
    def chosen(self) -> F:
        """Return the filter that is chosen."""
        return self._chosen

    @property
    def has_keyboard(self) -> bool:
        """Say whether one of the filters has the keyboard; a click leaves it where it is."""
        return any(pill.hasFocus() for pill in (*self._pills.values(), self._more))

    def choose(self, wanted: F) -> None:
        """Choose a filter."""
        self._chosen = wanted
        self._pills[wanted].setChecked(True)
        self._fit()

    def show_all(self) -> None:
        """Filter nothing out any more."""
        self.choose(self._all)

    def show_counts(self, counts: Mapping[F, int], alarming: Container[F] = ()) -> None:
        """Show how many rows each filter shows; what is alarming stands out unless it shows none."""
        for each, pill in self._pills.items():
            text = f"{self._names[each]} {counts[each]}"
            if pill.text() != text:
                pill.setText(text)
            is_none = not counts[each] and each is not self._all
            restyle(pill, state="none" if is_none else "error" if each in alarming else "")

    def explain(self, each: F, text: str) -> None:
        """Say in a tooltip what a filter shows."""
        self._pills[each].setToolTip(text)

    def _lay_out(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for each, name in self._names.items():
            pill = button(name, "pill")
            pill.setCheckable(True)
            self._group.addButton(pill)
            self._pills[each] = pill
        menu = QMenu(self._more)
        menu.aboutToShow.connect(self._fill_menu)
        menu.triggered.connect(self._on_action)
        self._more.setMenu(menu)
        for pill in (*self._pills.values(), self._more):
            pill.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            # By Tab only: who clicks goes on with the rows, not with the filters.
            pill.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(pill)
        row.addStretch()

    def _fit(self) -> None:
        """Leave out what has no room, the later ones first, but never the first one nor the one that is chosen."""
        widths = {each: pill.sizeHint().width() + GAP for each, pill in self._pills.items()}
        room = self.width() + GAP
        fits = sum(widths.values()) <= room
        room -= 0 if fits else self._more.sizeHint().width() + GAP
        for each in dict.fromkeys((self._all, self._chosen, *self._pills)):
            room -= widths[each]
            self._pills[each].setVisible(fits or room >= 0 or each in (self._all, self._chosen))
        self._more.setVisible(not fits)

    def _fill_menu(self) -> None:
        menu = self._more.menu()
        menu.clear()
        for each, pill in self._pills.items():
            if pill.isHidden():
                menu.addAction(pill.text().replace("&", "&&")).setData(each.value)

    def _on_action(self, action: QAction) -> None:
        self._pick(next(each for each in self._pills if each.value == action.data()))

    def _on_pill(self, clicked: QPushButton) -> None:
        self._pick(next(each for each, pill in self._pills.items() if pill is clicked))

    def _pick(self, wanted: F) -> None:
        self.choose(wanted)
        self.picked.emit()

    def sizeHint(self) -> QSize:
        widths = (pill.sizeHint().width() + GAP for pill in self._pills.values())
        return QSize(sum(widths) - GAP, self._more.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        least = sum(self._pills[each].sizeHint().width() + GAP for each in {self._all, self._chosen})
        return QSize(least + self._more.sizeHint().width(), self._more.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        # Counts make the pills wider, and the style sheet, which comes when all is built, makes the words smaller.
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
