"""The larger parts of the window, each imported and made when it is first wanted, so that the start waits for none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from auditor_app.models.backups import Backup
    from auditor_app.ui.checklist_tab import ChecklistTab
    from auditor_app.ui.context import Context
    from auditor_app.ui.findings_tab import FindingsTab
    from auditor_app.ui.profile_tab import ProfileTab
    from auditor_app.ui.report_tab import ReportTab
    from auditor_app.ui.score_board import ScoreBoard
    from auditor_app.ui.scoring_tab import ScoringTab


class LateParts:
    """The `Parts` of `ui/pages.py`."""

    def profile(self, context: Context) -> ProfileTab:
        from auditor_app.ui.profile_tab import ProfileTab

        return ProfileTab(context)

    def checklist(self, context: Context) -> ChecklistTab:
        from auditor_app.ui.checklist_tab import ChecklistTab

        return ChecklistTab(context)

    def scoring(self, context: Context) -> ScoringTab:
        from auditor_app.ui.scoring_tab import ScoringTab

        return ScoringTab(context)

    def findings(self, context: Context) -> FindingsTab:
        from auditor_app.ui.findings_tab import FindingsTab

        return FindingsTab(context)

    def report(self, context: Context) -> ReportTab:
        from auditor_app.ui.report_tab import ReportTab

        return ReportTab(context)

    def board(self, context: Context) -> ScoreBoard:
        from auditor_app.ui.score_board import ScoreBoard

        return ScoreBoard(context)

    def explain(self, context: Context, parent: QWidget) -> None:
        from auditor_app.ui.explanation_dialog import ExplanationDialog

        dialog = ExplanationDialog(context, parent)
        dialog.exec()
        dialog.deleteLater()

    def show_keys(self, context: Context, window: QWidget) -> None:
        from auditor_app.ui.keys_overlay import KeysOverlay

        KeysOverlay(context, window)

    def settings(self, context: Context, parent: QWidget, on_auditor: Callable[[], None]) -> None:
        from auditor_app.ui.keys_dialog import KeysDialog

        dialog = KeysDialog(context, parent)
        dialog.auditor_changed.connect(on_auditor)
        dialog.open()

    def backups(self, context: Context, parent: QWidget) -> Backup | None:
        from auditor_app.ui.backup_dialog import BackupDialog

        dialog = BackupDialog(context, parent)
        dialog.exec()
        dialog.deleteLater()
        return dialog.chosen

    def deliver(self, name: str, context: Context, parent: QWidget, say: Callable[[str], None]) -> None:
        from auditor_app.ui.deliveries import Deliveries

        Deliveries(context, parent, say).show(name)
