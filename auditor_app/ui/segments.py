"""A row of joined buttons of which one, or none, is pressed: the states of an indicator or a document."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from auditor_app.models.catalogue import Catalogue
from auditor_app.ui.widgets import button


class Segments(QWidget):
    """Choose a state; pressing asks for it, and what is shown is what `show_value` was told last."""

    chosen = Signal(object)

    def __init__(
        self, words: Catalogue, keys: Mapping[str, StrEnum], meanings: Mapping[Any, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._buttons: dict[StrEnum, QPushButton] = {}
        self._value: StrEnum | None = None
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for number, value in enumerate(keys.values()):
            segment = button(words.word(value), "segment")
            segment.setCheckable(True)
            segment.setProperty("place", {0: "first", len(keys) - 1: "last"}.get(number, ""))
            segment.setProperty("meaning", meanings[value])
            segment.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            segment.clicked.connect(self._on_clicked)
            self._buttons[value] = segment
            box.addWidget(segment)
        self.show_keys(keys)

    def show_keys(self, keys: Mapping[str, StrEnum]) -> None:
        """Name the keys that do the same in the tooltips."""
        for key, value in keys.items():
            self._buttons[value].setToolTip(self.tr("{0} (key {1})").format(self._words.word(value), key))

    def show_value(self, value: StrEnum) -> None:
        """Press the button of a value, and no other."""
        self._value = value
        for each, segment in self._buttons.items():
            segment.setChecked(each is value)

    def set_possible(self, value: StrEnum, possible: bool) -> None:
        """Say whether a value can be chosen."""
        self._buttons[value].setEnabled(possible)

    def _on_clicked(self) -> None:
        clicked = self.sender()
        wanted = next(value for value, segment in self._buttons.items() if segment is clicked)
        if self._value is not None:
            self.show_value(self._value)
        self.chosen.emit(wanted)
