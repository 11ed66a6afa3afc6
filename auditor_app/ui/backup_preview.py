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
from auditor_app.models.enums import DocumentStatus, Verdict
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import score_parts
from auditor_app.ui.context import Context
from auditor_app.ui.widgets import button, label, tooltip

SIZE = QSize(780, 580)
WIDTHS = (220, 260)
_SINGLE = {Kind.AUDIT, Kind.COMPANY, Kind.ELIGIBILITY}


class PreviewDialog(QDialog):
    """Show what an audit was in a backup; nothing is changed."""

    def __init__(self, context: Context, preview: Preview, made_at: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = context.words
        self._theme = context.theme
        self._preview = preview
        self.setWindowTitle(self.tr("Preview"))
        self.table = self._table((self.tr("What"), self.tr("Backup of {0}").format(made_at), self.tr("Now")))
        self.verdicts = self._table((self.tr("Indicator"), self.tr("Backup of {0}").format(made_at), self.tr("Now")))
        self._fill()
        self._lay_out()
        self.resize(SIZE)

    def _fill(self) -> None:
        then, now = self._preview.then, self._preview.now
        for name, said in self._facts(then).items():
            self._add(self.table, name, said, self.tr("not in the library") if now is None else self._facts(now)[name])
        for clause in self._preview.clauses if now is not None else ():
            title = then.standard.indicators[clause].title.in_(self._words.language)
            self._add(
                self.verdicts, f"{clause} {title}", self._verdict(then, clause), self._verdict(now or then, clause)
            )

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

    def _verdict(self, side: Side, clause: Clause) -> str:
        row = side.audit.assessment(clause)
        word = self._words.word(row.verdict)
        if row.verdict is Verdict.SAMPLED:
            word = self.tr("{0} {1}/{2}").format(word, row.checked, row.failed)
        text = row.reason or row.note
        return self.tr("{0}: {1}").format(word, text) if text else word

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

    def _lay_out(self) -> None:
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
        if self._preview.clauses:
            box.addWidget(label(self.tr("Indicators judged or described otherwise"), "title"))
            box.addWidget(self.verdicts, 1)
        else:
            box.addStretch()
        box.addLayout(row)

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
        for column, width in enumerate(WIDTHS):
            table.setColumnWidth(column, width)
        header.setSectionResizeMode(len(headers) - 1, QHeaderView.ResizeMode.Stretch)
        return table

    def _add(self, table: QTableWidget, name: str, then: str, now: str) -> None:
        row = table.rowCount()
        table.insertRow(row)
        for column, text in enumerate((name, then, now)):
            item = QTableWidgetItem(" ".join(text.split()))
            item.setToolTip(tooltip(text))
            if column == 0:
                item.setForeground(self._theme.color("text_soft"))
            elif column == 1 and then != now:
                item.setForeground(self._theme.color("warning"))
            table.setItem(row, column, item)


def _height_of(table: QTableWidget) -> int:
    rows = sum(table.rowHeight(row) for row in range(table.rowCount()))
    return rows + table.horizontalHeader().sizeHint().height() + 2 * table.frameWidth() + 2
