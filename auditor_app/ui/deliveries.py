"""The menu of what leaves the laptop beside the report, and of what comes back: each has a dialog of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from auditor_app.ui.context import Context


@dataclass(frozen=True)
class Offer:
    """An entry of the menu: name, words, what it opens; whether an audit must be open, and whether a line is above."""

    name: str
    text: str
    open: Callable[[], object]
    needs_audit: bool = True
    starts_group: bool = False


class Deliveries(QObject):
    """Offer the dialogs and show them."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent

    def offers(self) -> tuple[Offer, ...]:
        """Return the entries in their order."""
        return ()

    def _show(self, dialog: QDialog) -> None:
        # What is still being typed belongs into what is delivered.
        self._context.session.flush()
        dialog.exec()
        dialog.deleteLater()
