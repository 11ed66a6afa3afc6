"""The logo of the certification body on the cover of reports: chosen once, used until another one is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor_app.models.errors import AuditorError
from auditor_app.ui.context import Context
from auditor_app.ui.saving import ask_source
from auditor_app.ui.widgets import button, label


class LogoRow(QWidget):
    """Say whether there is a logo, and choose or remove it."""

    failed = Signal(object)
    """The `AuditorError` that kept a picture from becoming the logo."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files, self._session = context.files, context.session
        self._state = label("", "label")
        self._choose = button("", "link")
        self._remove = button(self.tr("Remove logo"), "link")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._state, 1)
        row.addWidget(self._choose)
        row.addWidget(self._remove)
        self._choose.clicked.connect(self._on_choose)
        self._remove.clicked.connect(self._on_remove)
        self.show_state()

    def show_state(self) -> None:
        """Show whether there is a logo."""
        has_logo = self._files.has_logo()
        self._state.setText(self.tr("The cover has a logo") if has_logo else self.tr("The cover has no logo"))
        self._choose.setText(self.tr("Other logo …") if has_logo else self.tr("Choose logo …"))
        self._remove.setVisible(has_logo)

    def _on_choose(self) -> None:
        kinds = self.tr("Pictures (*.png *.jpg *.jpeg *.bmp *.gif *.webp *.tif *.tiff);;All files (*)")
        path = ask_source(self._session, self, self.tr("Logo on the cover"), kinds)
        if path is not None:
            self._keep(path)

    def _on_remove(self) -> None:
        self._keep(None)

    def _keep(self, source: Path | None) -> None:
        try:
            self._files.keep_logo(source)
        except AuditorError as error:
            self.failed.emit(error)
        self.show_state()
