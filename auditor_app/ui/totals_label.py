"""What some indicators add up to, in one line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from auditor_app.models.filters import Totals
from auditor_app.models.scoring import plain


class TotalsLabel(QLabel):
    """Show weights, points earned, lost and open, and what is deleted where anything is."""

    def __init__(self, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)

    def show_totals(self, found: Totals) -> None:
        """Show other totals."""
        parts = [
            self.tr("{0} indicators").format(found.count),
            self.tr("{0} points apply").format(plain(found.points - found.deleted)),
            self.tr("earned {0}").format(plain(found.earned)),
            self.tr("lost {0}").format(plain(found.lost)),
            self.tr("open {0}").format(plain(found.open)),
        ]
        if found.deleted:
            parts.append(self.tr("deleted {0}").format(plain(found.deleted)))
        self.setText(" · ".join(parts))
