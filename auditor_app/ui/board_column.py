"""The column at the left: the list of audits, or in its place the score board."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor_app.models.changes import ChangeSet
from auditor_app.models.errors import AuditorError
from auditor_app.ui.audit_rail import AuditRail
from auditor_app.ui.context import Context
from auditor_app.ui.pages import Parts

if TYPE_CHECKING:
    from auditor_app.ui.score_board import ScoreBoard

SETTING = "board_open"


class BoardColumn(QWidget):
    """Keep the board open on any tab for as long as the person wants it, the next time too."""

    jump_requested = Signal(str)
    """A clause, or `special_deductions`, whose row the person wants to see."""
    toggled = Signal(bool)
    """Whether the board is shown now."""

    def __init__(self, context: Context, parts: Parts, rail: AuditRail, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._parts = parts
        self._rail = rail
        # Made when it is first shown.
        self._board: ScoreBoard | None = None
        self._row = ""
        self._is_wanted = self._stored()
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(rail)
        self._show()

    @property
    def shows_board(self) -> bool:
        """Say whether the board is shown."""
        return self._is_wanted and self._context.session.is_open

    def toggle(self) -> None:
        """Show the board in the place of the list of audits, or the list again."""
        self._is_wanted = not self._is_wanted
        with suppress(AuditorError):  # Only what is open next time would be lost.
            self._context.session.set_setting(SETTING, "yes" if self._is_wanted else "")
        self._show()

    def find_audit(self) -> None:
        """Give the keyboard to the words to look for in the list of audits, showing it in the place of the board."""
        if self.shows_board:
            self.toggle()
        self._rail.start_finding()

    def reset(self) -> None:
        """Show the audit that is open now."""
        if self._board is not None:
            self._board.reset()
        self._show()

    def on_changed(self, change_set: ChangeSet) -> None:
        """Show what a change set moved."""
        if self._board is not None:
            self._board.on_changed(change_set)

    def show_row(self, key: str) -> None:
        """Ask what if about the row that is selected on the scoring sheet."""
        self._row = key
        if self._board is not None:
            self._board.show_clause(key)

    def explain(self) -> None:
        """Show the text that explains score and level."""
        self._parts.explain(self._context, self)

    def _show(self) -> None:
        if self.shows_board and self._board is None:
            self._board = self._make()
        self._rail.setVisible(not self.shows_board)
        if self._board is not None:
            self._board.setVisible(self.shows_board)
        self.toggled.emit(self.shows_board)

    def _make(self) -> ScoreBoard:
        board = self._parts.board(self._context)
        board.jump_requested.connect(self.jump_requested)
        board.explain_requested.connect(self.explain)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(board)
        board.reset()
        if self._row:
            board.show_clause(self._row)
        return board

    def _stored(self) -> bool:
        try:
            return bool(self._context.session.setting(SETTING))
        except AuditorError:
            return False
