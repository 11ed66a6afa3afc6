"""The sealed package: report, audit file and originals in one zip that says of every byte what it was."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from auditor_app.models.packed import Packed, Packing
from auditor_app.models.progress import Progress
from auditor_app.ui.context import Context
from auditor_app.ui.packing_dialog import PackingDialog
from auditor_app.ui.report_options import ReportLanguage, SignBox


class SealDialog(PackingDialog):
    """Write the sealed package."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(
            context,
            self.tr("Sealed package"),
            self.tr(
                "One zip with the report, the audit file and the original evidence, to be kept or handed over. "
                "Opening it here checks every byte: damage and later changes are found. It does not prove who made it, "
                "unless the report in it is signed. "
                "Original photos hold what the camera wrote, which may include the place where they were taken."
            ),
            self.tr(
                "The password locks report, audit and evidence (AES-256); how many files there are and how large stays "
                "visible. Nobody can open the package without it, so keep it; give it to the receiver by another way. "
                "Windows itself does not open such a zip, this program, 7-Zip and WinRAR do."
            ),
            parent,
        )
        self.language = ReportLanguage(context)
        """The language of the report, or both."""
        self._sign = SignBox(context)
        self.add_choice(self.tr("Language of the report"), self.language)
        self.add_box(self._sign)

    def name(self) -> str:
        return self.tr("Sealed package")

    def writing(self, target: Path, password: str) -> Callable[[Progress], Packed]:
        session, write = self._context.session, self._context.deliveries.packages.write_sealed
        packing = Packing(self.language.value, password=password)
        return partial(write, session.standard, session.audit, target, packing, signer=self._sign.signer())
