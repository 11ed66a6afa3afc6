"""The caption of one piece of evidence, the same field below the tiles and in the viewer."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from auditor_app.models.audit import Kind
from auditor_app.models.changes import ChangeSet
from auditor_app.models.ids import RowId
from auditor_app.ui.context import Context
from auditor_app.ui.editing import TEXT
from auditor_app.ui.fields import LineField


class CaptionField(LineField):
    """Show and edit a caption; evidence may go while the cursor is in it."""

    def __init__(self, context: Context, label: str, parent: QWidget | None = None) -> None:
        super().__init__(context, Kind.EVIDENCE, "caption", label, TEXT, parent)
        self._edit.setPlaceholderText(label)

    def show_row(self, row_id: RowId | None) -> None:
        """Hand in what is typed and show the caption of other evidence, or of none."""
        if row_id is not None and row_id in self._context.session.audit.of(Kind.EVIDENCE):
            if row_id != self._row_id:
                self.bind(row_id)
            self.setEnabled(True)
        else:
            self._watch.flush()
            self._watch.forget()
            self._row_id = RowId("")
            self._edit.clear()
            self.setEnabled(False)

    def on_changed(self, change_set: ChangeSet) -> None:
        """Show what changed about the evidence, as long as it is there."""
        if self.has_row and any(change.id == self._row_id for change in change_set.changes):
            self.refresh()
