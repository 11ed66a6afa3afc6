"""The findings for the auditee to answer, and the answer taken in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from auditor_app.ui.context import Context
from auditor_app.ui.reply_out import WorkbookOut
from auditor_app.ui.taking_in import Intake


class ReplyDialog(WorkbookOut):
    """Write the reply workbook."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, (), parent)
        findings = len(context.session.audit.findings)
        self.describe(
            self.tr("Reply workbook for the auditee"),
            self.tr(
                "One row for each of the {0} findings. Correction, cause, corrective action, responsible person and "
                "due date are open; everything else is locked. When it comes back, take it in from the same menu."
            ).format(findings),
        )
        if not findings:
            self.forbid(self.tr("This audit has no findings yet, so there is nothing to answer."))

    def name(self) -> str:
        return self.tr("Reply to findings")

    def writing(self, path: Path) -> Callable[[], tuple[str, ...]]:
        session = self._context.session
        return partial(self._context.deliveries.replies.write_replies, session.standard, session.audit, path)


class ReplyIntake(Intake):
    """Take in a reply workbook."""

    def run(self) -> None:
        """Ask for the workbook and show what it would change."""
        session, words = self._context.session, self._context.words
        read = self._context.deliveries.replies.read_replies
        self.take_in(
            lambda path: read(session.standard, session.audit, words, path),
            self.tr("Take in the reply of the auditee"),
            self.tr("reply of the auditee"),
        )
