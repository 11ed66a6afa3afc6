"""How to audit the selected indicator: what to look at, whom to ask, which evidence to take, what is often wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from auditor_app.models.errors import AuditorError
from auditor_app.models.guidance import Guidance
from auditor_app.models.ids import Clause
from auditor_app.models.standard import Standard
from auditor_app.ui.context import Context
from auditor_app.ui.widgets import button, label

OPEN_SETTING = "guidance_open"


class GuidanceView(QWidget):
    """Four paragraphs from the standard pack, which can be folded away."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._fold = button(self.tr("Guidance"), "link")
        self._body = QWidget()
        titles = (
            self.tr("What to look at"),
            self.tr("Whom to ask"),
            self.tr("Typical evidence"),
            self.tr("Common deviations"),
        )
        self._paragraphs = [(label(title, "section"), _selectable()) for title in titles]
        self._source = label("", "second", wrap=True)
        self._lay_out()
        self._show_open(self._was_open())
        self._fold.clicked.connect(self._on_fold)

    @property
    def is_open(self) -> bool:
        """Say whether the paragraphs are shown."""
        return not self._body.isHidden()

    def show_clause(self, clause: str) -> None:
        """Show the guidance for another indicator, or that there is none."""
        pack = self._pack()
        guidance = pack.guidance.get(Clause(clause))
        for (title, text), words in zip(self._paragraphs, self._words(guidance), strict=True):
            text.setText(words)
            for widget in (title, text):
                widget.setVisible(bool(words))
        self._source.setText(self._source_text(pack, guidance))

    def _lay_out(self) -> None:
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 2, 0, 0)
        body.setSpacing(2)
        for title, text in self._paragraphs:
            body.addWidget(title)
            body.addWidget(text)
            body.addSpacing(4)
        body.addWidget(self._source)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._fold, alignment=Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self._body)

    def _pack(self) -> Standard:
        """Return the pack of the audit; one from before packs had guidance borrows it from the pack of new audits."""
        pinned = self._context.session.standard
        if pinned.guidance:
            return pinned
        newest = self._context.files.default_standard()
        return newest if newest.id == pinned.id else pinned

    def _words(self, guidance: Guidance | None) -> list[str]:
        """Return the words of the paragraphs, in the order of their titles."""
        if guidance is None:
            return [""] * len(self._paragraphs)
        parts = (guidance.look_at, guidance.ask, guidance.evidence, guidance.deviations)
        return [part.in_(self._context.words.language) for part in parts]

    def _source_text(self, pack: Standard, guidance: Guidance | None) -> str:
        if guidance is None or pack.guidance_source is None:
            return self.tr("The standard pack of this audit gives no guidance for this indicator.")
        source = pack.sources[pack.guidance_source].in_(self._context.words.language)
        text = self.tr("Source of the guidance: {0}").format(source)
        pinned = self._context.session.standard
        if pack.content_hash == pinned.content_hash:
            return text
        borrowed = self.tr("The pack this audit is scored with gives none; this is from pack {0}.").format(pack.version)
        return f"{text}\n{borrowed}"

    def _on_fold(self) -> None:
        self._show_open(not self.is_open)
        try:
            self._context.session.set_setting(OPEN_SETTING, "1" if self.is_open else "0")
        except AuditorError:
            # Only how it is shown the next time is lost.
            return

    def _was_open(self) -> bool:
        try:
            return self._context.session.setting(OPEN_SETTING, "1") == "1"
        except AuditorError:
            return True

    def _show_open(self, is_open: bool) -> None:
        self._body.setVisible(is_open)
        self._fold.setIcon(self._context.theme.icon("chevron-down" if is_open else "chevron-right", "accent"))
        self._fold.setAccessibleName(self.tr("Hide the guidance") if is_open else self.tr("Show the guidance"))


def _selectable() -> QLabel:
    """Return a text that can be selected with the mouse."""
    text = label("", "soft", wrap=True)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return text
