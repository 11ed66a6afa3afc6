"""A password typed twice, with a plain statement of what it protects; what is typed is kept nowhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import ValidationError
from auditor_app.ui.widgets import label, restyle

LABEL_WIDTH = 150
"""Of the labels, the same as of the choices around."""


class PasswordFields(QWidget):
    """Ask for a password when the box is ticked."""

    def __init__(
        self, words: Catalogue, check: Callable[[str], None], statement: str, parent: QWidget | None = None
    ) -> None:
        """Let `check` judge the password; it raises `ValidationError` for one that is not fit."""
        super().__init__(parent)
        self._words = words
        self._check = check
        self.box = QCheckBox(self.tr("Protect with a password"))
        """Whether a password is wanted."""
        self._first = QLineEdit()
        self._again = QLineEdit()
        self._show = QCheckBox(self.tr("Show the password"))
        self._problem = label("", "message", wrap=True)
        self._fields = QWidget()
        self._lay_out(statement)
        self._show_fields(False)
        self._show_text(False)
        self.box.toggled.connect(self._show_fields)
        self._show.toggled.connect(self._show_text)
        for field in (self._first, self._again):
            field.textEdited.connect(self._forget_problem)

    def taken(self) -> str | None:
        """Return the password, empty when none is wanted, or None after having said at the field what is not fit."""
        if not self.box.isChecked():
            return ""
        password = self._first.text()
        try:
            self._check(password)
        except ValidationError as error:
            self._refuse(self._first, self._words.error(error))
            return None
        if self._again.text() != password:
            self._refuse(self._again, self.tr("The two passwords are not the same. Type the second one again."))
            return None
        return password

    def _refuse(self, field: QLineEdit, text: str) -> None:
        self._problem.setText(text)
        self._problem.show()
        restyle(field, state="error")
        field.setFocus()
        field.selectAll()

    def _forget_problem(self) -> None:
        self._problem.hide()
        for field in (self._first, self._again):
            restyle(field, state="")

    def _show_fields(self, is_shown: bool) -> None:
        self._fields.setVisible(is_shown)
        self._forget_problem()
        if is_shown:
            self._first.setFocus()
        else:
            for field in (self._first, self._again):
                field.clear()

    def _show_text(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        for field in (self._first, self._again):
            field.setEchoMode(mode)

    def _lay_out(self, statement: str) -> None:
        for field, name in ((self._first, self.tr("Password")), (self._again, self.tr("Password again"))):
            field.setAccessibleName(name)
            # Neither composed nor corrected, and not remembered by an input method.
            field.setInputMethodHints(
                Qt.InputMethodHint.ImhHiddenText
                | Qt.InputMethodHint.ImhSensitiveData
                | Qt.InputMethodHint.ImhNoPredictiveText
            )
        restyle(self._problem, state="error")
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(self.tr("Password"), "label"), 0, 0)
        grid.addWidget(self._first, 0, 1)
        grid.addWidget(label(self.tr("Password again"), "label"), 1, 0)
        grid.addWidget(self._again, 1, 1)
        grid.addWidget(self._show, 2, 1)
        inside = QVBoxLayout(self._fields)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addLayout(grid)
        inside.addWidget(self._problem)
        inside.addWidget(label(statement, "second", wrap=True))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.box)
        box.addWidget(self._fields)
