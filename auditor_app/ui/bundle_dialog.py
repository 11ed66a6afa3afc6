"""The evidence bundle: originals or bare copies, in which language, with or without a password."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from auditor_app.models.catalogue import LANGUAGES
from auditor_app.models.packed import Packed, Packing
from auditor_app.models.progress import Progress
from auditor_app.ui.context import Context
from auditor_app.ui.editing import ChoiceBox
from auditor_app.ui.packing_dialog import PackingDialog
from auditor_app.ui.widgets import label


class BundleDialog(PackingDialog):
    """Write the evidence in folders by clause, with an index."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(
            context,
            self.tr("Evidence bundle"),
            self.tr(
                "A zip with a folder for each clause, and others for documents, findings and meetings. "
                "The index lists every file with its sha256; numbers are those of the report."
            ),
            self.tr(
                "The password locks what the files hold (AES-256). The names of files and folders, their sizes and "
                "their number stay readable. Nobody can open the files without it, so keep it; give it to the receiver "
                "by another way. Windows itself does not open such a zip, 7-Zip and WinRAR do."
            ),
            parent,
        )
        self.pictures = ChoiceBox(None, {False: self.tr("Originals"), True: self.tr("Bare copies")})
        """Whether pictures are originals (False) or bare copies (True)."""
        self.language = ChoiceBox(None, LANGUAGES)
        """The language of the index."""
        self.language.choose(context.words.language)
        self._about_pictures = label("", "second", wrap=True)
        self.add_choice(self.tr("Pictures"), self.pictures)
        self.add_note(self._about_pictures)
        self.add_choice(self.tr("Language of the index"), self.language)
        self.pictures.currentIndexChanged.connect(self._show_about)
        self._show_about()
        self._write.setEnabled(bool(context.session.audit.evidence))

    def name(self) -> str:
        return self.tr("Evidence bundle")

    def writing(self, target: Path, password: str) -> Callable[[Progress], Packed]:
        session, write = self._context.session, self._context.deliveries.packages.write_bundle
        packing = Packing(self.language.value, bare=self.pictures.value, password=password)
        return partial(write, session.standard, session.audit, target, packing)

    def _show_about(self) -> None:
        self._about_pictures.setText(
            self.tr(
                "Nothing but the picture, turned and marked as in the audit: no place, no camera. "
                "Other files, such as PDF, stay originals and may name authors or places."
            )
            if self.pictures.value
            else self.tr(
                "As they were taken. They hold what the camera wrote, and that may include the place where it was."
            )
        )
