"""One audit of a backup beside the present one: score, level, what is open, and where the two differ."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from auditor_app.models.audit import Kind
from auditor_app.models.backup_preview import Difference, Preview, Side
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.enums import DocumentStatus
from auditor_app.models.scoring import score_parts
from auditor_app.models.telling import worded_changes
from auditor_app.ui.backup_tables import table_view
from auditor_app.ui.context import Context
from auditor_app.ui.tables.difference_table import NOW, THEN, WIDTHS, DifferenceTable
from auditor_app.ui.widgets import button, label, tooltip

LISTED = 200
"""Differences that are listed; of more, only how many there are is said."""
WIDTH = 1180
AROUND = QSize(40, 80)
"""What is left free of the screen, for its bars and the frame of the window."""
FACT_HEIGHT = 26
ROW_HEIGHT = 28
LEAST_ROWS, MOST_ROWS = 5, 20
"""Differences that are seen at once on the smallest screen, and on the largest."""
_SINGLE = {Kind.AUDIT, Kind.COMPANY, Kind.ELIGIBILITY}


class PreviewDialog(QDialog):
    """Show what an audit was in a backup; nothing is changed."""

    def __init__(self, context: Context, preview: Preview, made_at: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = context.words
        self._theme = context.theme
        self._preview = preview
        self.setWindowTitle(self.tr("Preview"))
        sides = (self.tr("Backup of {0}").format(made_at), self.tr("Now"))
        self.table = self._table((self.tr("What"), *sides))
        self.differences = self._differences(sides)
        self.view = table_view(self.differences, WIDTHS, self.tr("Differences"), THEN, NOW)
        self.view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self._fill()
        self._fit(self._lay_out())

    def _differences(self, sides: tuple[str, str]) -> DifferenceTable:
        then, now = self._preview.then, self._preview.now
        changes = self._preview.changes[:LISTED]
        words = Catalogue.load(self._words.language, "history")
        states = [each.audit for each in (then, now) if each is not None]
        lines = zip(changes, worded_changes(changes, states, then.standard, words), strict=True)
        return DifferenceTable(self._theme, list(lines), sides, words.text("history", "nothing"), self)

    def _fill(self) -> None:
        then, now = self._preview.then, self._preview.now
        for name, said in self._facts(then).items():
            self._add(name, said, self.tr("not in the library") if now is None else self._facts(now)[name])

    def _facts(self, side: Side) -> dict[str, str]:
        audit, result = side.audit, side.result
        sampled = [row.status for row in audit.of(Kind.DOCUMENT).values()]
        undecided = self.tr("not decided yet")
        facts = {
            self.tr("Number"): audit.info.number,
            self.tr("Company"): audit.company.name,
            self.tr("Score"): " – ".join(score_parts(result)),
            self.tr("Level"): undecided if result.level is None else self._words.word(result.level),
            self.tr("Indicators not judged"): self.tr("{0} of {1}").format(side.unjudged, result.whole.total),
            self.tr("Samples"): str(len(audit.samples)),
            self.tr("Findings"): str(len(audit.findings)),
            self.tr("Documents verified"): str(sampled.count(DocumentStatus.VERIFIED)),
            self.tr("Evidence"): str(len(audit.evidence)),
        }
        return {name: said or "–" for name, said in facts.items()}

    def _summary(self) -> str:
        if self._preview.now is None:
            return self.tr("This audit is no longer in the library.")
        if not self._preview.differences:
            return self.tr("The audit in the backup says the same as the present one.")
        separator = self.tr("; ")
        return self.tr("Different: {0}").format(separator.join(map(self._told, self._preview.differences)))

    def _told(self, difference: Difference) -> str:
        name = self._words.text("backup_part", difference.kind.value)
        if difference.kind in _SINGLE:
            return name
        parts = [
            (difference.only_then, self.tr("{0} only in the backup")),
            (difference.changed, self.tr("{0} changed")),
            (difference.only_now, self.tr("{0} only now")),
        ]
        said = self.tr(", ").join(text.format(count) for count, text in parts if count)
        return self.tr("{0} ({1})").format(name, said)

    def _lay_out(self) -> QVBoxLayout:
        close = button(self.tr("Close"), "primary")
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(close)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(label(self._summary(), "soft", wrap=True))
        self.table.setFixedHeight(_height_of(self.table))
        box.addWidget(self.table)
        if self._preview.changes:
            box.addLayout(self._heading())
        else:
            self.view.hide()
            box.addStretch()
        box.addWidget(self.view, 1)
        box.addLayout(row)
        return box

    def _heading(self) -> QHBoxLayout:
        count = len(self._preview.changes)
        told = self.tr("Differences: {0}").format(count)
        if count > LISTED:
            told = self.tr("The first {0} of {1} differences; {2} more are not listed.").format(
                LISTED, count, count - LISTED
            )
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(label(self.tr("What changed since the backup"), "title"))
        row.addWidget(label(told, "second"))
        row.addStretch()
        return row

    def _fit(self, box: QVBoxLayout) -> None:
        """Take the height that the differences need, as far as the screen has it."""
        rows = self.differences.rowCount()
        header = self.view.horizontalHeader().sizeHint().height() + 2
        self.view.setMinimumHeight(header + min(rows, LEAST_ROWS) * ROW_HEIGHT)
        more = max(min(rows, MOST_ROWS) - LEAST_ROWS, 0) * ROW_HEIGHT
        wanted = QSize(WIDTH, box.totalHeightForWidth(WIDTH) + more)
        self.resize(wanted.boundedTo(self.screen().availableSize() - AROUND))

    def _table(self, headers: Sequence[str]) -> QTableWidget:
        table = QTableWidget(0, len(headers))
        table.setHorizontalHeaderLabels(list(headers))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.verticalHeader().setDefaultSectionSize(FACT_HEIGHT)
        # Both sides stand where those of the differences below do.
        table.setColumnWidth(0, sum(WIDTHS.values()))
        for column in range(1, len(headers)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        return table

    def _add(self, name: str, then: str, now: str) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, text in enumerate((name, then, now)):
            item = QTableWidgetItem(" ".join(text.split()))
            item.setToolTip(tooltip(text))
            if column == 0:
                item.setForeground(self._theme.color("text_soft"))
            elif column == 1 and then != now:
                item.setForeground(self._theme.color("warning"))
            self.table.setItem(row, column, item)


def _height_of(table: QTableWidget) -> int:
    rows = sum(table.rowHeight(row) for row in range(table.rowCount()))
    return rows + table.horizontalHeader().sizeHint().height() + 2 * table.frameWidth() + 2
