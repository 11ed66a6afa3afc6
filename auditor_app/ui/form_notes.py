"""What to know before a form is filled, and what changed since the last time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from auditor_app.models.catalogue import Catalogue
from auditor_app.models.forms import FormPreview, FormRemark
from auditor_app.ui.widgets import label

HIGHEST = 132
BULLET = "• "
MOST_NAMED = 8


class FormNotes(QScrollArea):
    """Say it in a few lines: what is missing and what is lost first."""

    def __init__(self, words: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._problem = label("", "problem", wrap=True)
        self._warning = label("", "notice", wrap=True)
        self._notes = label("", "soft", wrap=True)
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 6, 0)
        box.setSpacing(6)
        for part in (self._problem, self._warning, self._notes):
            box.addWidget(part)
        box.addStretch()
        self.setWidgetResizable(True)
        self.setWidget(body)
        self.setMaximumHeight(HIGHEST)
        self.setAccessibleName(self.tr("Before the form is filled"))

    @property
    def text(self) -> str:
        """Return all that is said."""
        parts = (self._problem, self._warning, self._notes)
        return "\n".join(part.text() for part in parts if not part.isHidden())

    def show_preview(self, preview: FormPreview) -> None:
        """Say what there is to know about another preview."""
        told = [(remark.is_loss, self._told(remark)) for remark in preview.remarks]
        _show(self._problem, [text for is_loss, text in told if is_loss])
        _show(self._warning, self._changes(preview))
        _show(self._notes, [text for is_loss, text in told if not is_loss])
        self.setVisible(bool(self.text))

    def _told(self, remark: FormRemark) -> str:
        params = {k: self._named(v) if isinstance(v, tuple) else v for k, v in remark.params.items()}
        return self._words.text("form_remark", remark.code, **params)

    def _named(self, names: Sequence[str]) -> str:
        more = f" … ({len(names)})" if len(names) > MOST_NAMED else ""
        return self._words.text("punctuation", "list").join(names[:MOST_NAMED]) + more

    def _changes(self, preview: FormPreview) -> list[str]:
        said = []
        if preview.unknown:
            text = self.tr("Unknown, and left empty until you choose what it stands for: {0}")
            said.append(text.format(self._named([placeholder.written for placeholder in preview.unknown])))
        if not preview.placeholders:
            said.append(self.tr("There is no placeholder in this form: nothing would be filled in."))
        if preview.lost:
            text = self.tr("Gone since the form was filled last: {0}")
            said.append(text.format(self._named(preview.lost)))
        new = [placeholder.written for placeholder in preview.placeholders if placeholder.is_new]
        if new:
            said.append(self.tr("New since then: {0}").format(self._named(new)))
        return said


def _show(part: QLabel, lines: list[str]) -> None:
    mark = BULLET if len(lines) > 1 else ""
    part.setText("\n".join(f"{mark}{line}" for line in lines))
    part.setVisible(bool(lines))
