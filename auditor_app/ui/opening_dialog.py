"""When the library does not open as usual: what happened, what is safe, and the ways on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from auditor_app.models.catalogue import Catalogue
from auditor_app.models.opening import Condition, Way
from auditor_app.ui.widgets import button, label, named

WIDTH = 680


class OpeningDialog(QDialog):
    """Ask what to do about a library; `ask()` returns the way chosen, the `last` one when the dialog is closed."""

    def __init__(
        self,
        words: Catalogue,
        condition: Condition,
        notes: Mapping[Way, str],
        parent: QWidget,
        *,
        closed: Sequence[Way] = (),
        last: Way = Way.QUIT,
    ) -> None:
        """Offer the ways of the condition with a `note` each; those `closed` are shown and cannot be chosen."""
        super().__init__(parent)
        self._words = words
        self._last = self._chosen = last
        self.setWindowTitle(words.text("opening", "title"))
        self.setMinimumWidth(WIDTH)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 18)
        box.setSpacing(10)
        box.addWidget(label(words.text("opening_title", condition.state), "heading", wrap=True))
        box.addWidget(label(words.text("opening_text", condition.state, **condition.params), "", wrap=True))
        place = label(str(condition.path), "second", wrap=True)
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(place)
        box.addSpacing(4)
        box.addWidget(_line())
        box.addLayout(self._ways([way for way in condition.ways if way is not last], notes, closed))
        box.addWidget(_line())
        below = QHBoxLayout()
        below.addStretch()
        leave = button(words.text("opening_way", last))
        leave.setObjectName(last.value)
        leave.clicked.connect(self.reject)
        below.addWidget(leave)
        box.addLayout(below)

    def ask(self) -> Way:
        """Show the dialog until a way is chosen."""
        self.exec()
        self.deleteLater()
        return self._chosen

    def _ways(self, ways: Sequence[Way], notes: Mapping[Way, str], closed: Sequence[Way]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(12)
        grid.setContentsMargins(0, 8, 0, 8)
        grid.setColumnStretch(1, 1)
        # What cannot be chosen is told last.
        ways = sorted(ways, key=lambda way: way in closed)
        first = next((way for way in ways if way not in closed), None)
        for row, way in enumerate(ways):
            choose = button(self._words.text("opening_way", way), "primary" if way is first else "")
            choose.setObjectName(way.value)
            # The key that presses a button presses the one that has the keyboard.
            choose.setAutoDefault(True)
            choose.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            choose.setEnabled(way not in closed)
            choose.clicked.connect(self._choose)
            choose.setProperty("way", way.value)
            note = notes.get(way) or self._words.text("opening_note", way)
            choose.setAccessibleDescription(note)
            grid.addWidget(choose, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(note, "soft", wrap=True), row, 1)
            if way is first:
                choose.setDefault(True)
                choose.setFocus()
        return grid

    def _choose(self) -> None:
        self._chosen = Way(self.sender().property("way"))
        self.accept()


def _line() -> QWidget:
    line = named("openingLine")
    line.setFixedHeight(1)
    return line
