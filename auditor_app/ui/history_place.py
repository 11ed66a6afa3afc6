"""What the history is asked about: the whole audit, a row, or one field of a row."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from auditor_app.models.audit import Kind
from auditor_app.models.telling import Told


@dataclass(frozen=True)
class Place:
    """Rows of a kind, all unless some are named, and of these one field unless it is empty; else the whole audit."""

    kind: Kind | None = None
    ids: tuple[str, ...] = ()
    field: str = ""

    def has(self, told: Told) -> bool:
        """Say whether a change is about this place; to an indicator belongs what was noted on its clause."""
        entry = told.entry
        if self.kind is None:
            return True
        is_row = entry.entity == self.kind and (not self.ids or entry.row_id in self.ids)
        if self.field:
            return is_row and entry.field in ("", self.field)
        return is_row or (self.kind is Kind.ASSESSMENT and told.clause in self.ids)


WHOLE_AUDIT = Place()


def ask_history(widget: QWidget) -> None:
    """Have the window show the history of what a widget shows, as by the key while the keyboard is in it."""
    widget.setFocus()
    top = widget.window()
    while (above := top.parentWidget()) is not None:
        top = above.window()
    action = top.findChild(QAction, "history")
    if isinstance(action, QAction):
        action.trigger()
