"""Menu entries about the history: to see it, to check the library against it, to finalise and to reopen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractItemView, QDialog, QMessageBox, QWidget

from auditor_app.models.catalogue import Catalogue
from auditor_app.session.jobs import Job
from auditor_app.ui.check_dialog import CheckDialog
from auditor_app.ui.context import Context
from auditor_app.ui.fields import Field
from auditor_app.ui.history_desk import CheckAnswer
from auditor_app.ui.history_dialog import show_history
from auditor_app.ui.history_place import WHOLE_AUDIT, Place
from auditor_app.ui.progress_dialog import ProgressDialog
from auditor_app.ui.sealing_dialog import FinaliseDialog, ReopenDialog
from auditor_app.ui.tables.row_table import RowTable
from auditor_app.ui.tables.sheet_view import SheetView


class Keeping(QObject):
    """Offer what is about the history, and show it."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__()
        self._context = context
        self._parent = parent

    def shows(self) -> dict[str, Callable[[], None]]:
        """Return what shows each entry of `DeliveryMenu`, by its name."""
        return {
            "history": self.show_here,
            "history_all": self.show_all,
            "check": self.check,
            "finalise": self.finalise,
            "reopen": self.reopen,
        }

    def show_here(self) -> None:
        """Show the history of the field or the row that the keyboard is in, of the audit when it is in none."""
        show_history(self._context, place_of(self._parent.window().focusWidget()), self._parent)

    def show_all(self) -> None:
        """Show the history of the whole audit."""
        show_history(self._context, WHOLE_AUDIT, self._parent)

    def check(self) -> None:
        """Check the library in the background and say what was found."""
        session, desk = self._context.session, self._context.deliveries.history
        session.flush()
        words, found = Catalogue.load(self._context.words.language, "history"), list[CheckAnswer]()
        job = Job(lambda progress: found.append(desk.check("", words, progress)), session)
        doing = self.tr("Following every change through the history …")
        ending = ProgressDialog(self.tr("Check the library"), doing, job, self._parent).run()
        if ending.error is not None:
            QMessageBox.warning(self._parent, self.tr("Check the library"), self._context.words.error(ending.error))
        elif found:
            self._run(CheckDialog(self._context, found[0], self._parent))

    def finalise(self) -> None:
        """Ask whether the open audit should be finalised."""
        self._context.session.flush()
        self._run(FinaliseDialog(self._context, self._parent))

    def reopen(self) -> None:
        """Ask why the open audit should be reopened."""
        if self._context.session.is_finalised:
            self._run(ReopenDialog(self._context, self._parent))
        else:
            text = self.tr("This audit is not finalised; it can be changed as it is.")
            QMessageBox.information(self._parent, self.tr("Reopen the audit"), text)

    def _run(self, dialog: QDialog) -> None:
        dialog.exec()
        dialog.deleteLater()


def place_of(widget: QWidget | None) -> Place:
    """Return what a widget shows: a field, the row of a list it is in, or else the whole audit."""
    while widget is not None:
        if isinstance(widget, Field):
            kind, row_id, path = widget.key
            return Place(kind, (row_id,), path)
        if isinstance(widget, SheetView):
            return widget.place()
        if isinstance(widget, QAbstractItemView) and isinstance(model := widget.model(), RowTable):
            index = widget.currentIndex()
            return Place(model.kind, (model.row_id(index.row()),) if index.isValid() else ())
        widget = widget.parentWidget()
    return WHOLE_AUDIT
