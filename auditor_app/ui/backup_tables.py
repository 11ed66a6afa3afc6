"""Backups, the audits in one of them, and what differs in one of those, as Qt tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import (
    QLocale,
    QObject,
    Qt,
)
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from auditor_app.models.backups import BackedUpAudit, Compared, Listed, Place, Standing
from auditor_app.models.catalogue import Catalogue
from auditor_app.ui.moments import exact_moment_text, moment_text
from auditor_app.ui.tables.headed_table import NO_INDEX, HeadedTable, Index, show_table
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets import tooltip

TRADITIONAL = QLocale.DataSizeFormat.DataSizeTraditionalFormat
MADE, WHY, PLACE, AUDITS, SIZE, STATE = range(6)
BACKUP_WIDTHS = {MADE: 152, WHY: 116, AUDITS: 56, SIZE: 76, STATE: 92}
NUMBER, COMPANY, CHANGED, STANDING = range(4)
AUDIT_WIDTHS = {NUMBER: 176, CHANGED: 130, STANDING: 132}
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class BackupTable(HeadedTable):
    """Backups; whether one is whole is told later, one after the other."""

    def __init__(self, theme: Theme, words: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._rows: Sequence[Listed] = ()
        self._whole: dict[Path, bool | None] = {}
        self._places = {
            Place.HERE: self.tr("Here"),
            Place.SECOND: self.tr("second folder"),
            Place.OTHER: self.tr("another library"),
        }
        self._headers = (
            *(self.tr("Made"), self.tr("Why"), self.tr("Place"), self.tr("Audits"), self.tr("Size")),
            self.tr("State"),
        )

    def show_rows(self, rows: Sequence[Listed]) -> None:
        """Show other backups; what is known of them stays known."""
        self.beginResetModel()
        self._rows = rows
        # Asked anew: by now it may be read.
        self._whole = {path: known for path, known in self._whole.items() if known is not None}
        self.endResetModel()

    def show_whole(self, path: Path, is_whole: bool | None) -> None:
        """Show what a look at all of a backup found."""
        self._whole[path] = is_whole
        for row, each in enumerate(self._rows):
            if each.backup.path == path:
                self.dataChanged.emit(self.index(row, 0), self.index(row, STATE))

    def listed(self, row: int) -> Listed:
        """Return the backup of a row."""
        return self._rows[row]

    def row_of(self, path: Path) -> int:
        """Return the row of a backup, 0 for one that is not there."""
        return next((row for row, each in enumerate(self._rows) if each.backup.path == path), 0)

    def is_damaged(self, row: int) -> bool:
        """Say whether a backup is known to be damaged."""
        backup = self._rows[row].backup
        return backup.is_damaged or self._whole.get(backup.path) is False

    def next_unknown(self) -> Listed | None:
        """Return the first backup of which nobody knows yet whether it is whole."""
        unknown = (each for each in self._rows if not each.backup.is_damaged and each.backup.path not in self._whole)
        return next(unknown, None)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (AUDITS, SIZE):
            return _RIGHT
        return super().headerData(section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        each, column = self._rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(index.row(), column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(self._text(index.row(), PLACE) if column == PLACE else str(each.backup.path))
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (AUDITS, SIZE):
            return _RIGHT
        if role == Qt.ItemDataRole.ForegroundRole and column == STATE:
            known = self._whole.get(each.backup.path)
            meaning = "error" if self.is_damaged(index.row()) else "ok_text" if known else "text_soft"
            return self._theme.color(meaning)
        return None

    def _text(self, row: int, column: int) -> str:
        backup, places = self._rows[row].backup, self._rows[row].places
        match column:
            case _ if column == MADE:
                return exact_moment_text(backup.made_at)
            case _ if column == WHY:
                return self._words.word(backup.kind)
            case _ if column == PLACE:
                return self.tr(", ").join(self._places[place] for place in places)
            case _ if column == AUDITS:
                return "" if backup.facts is None else str(backup.facts.audits)
            case _ if column == SIZE:
                return QLocale().formattedDataSize(backup.size, 1, TRADITIONAL)
        if self.is_damaged(row):
            return self.tr("Damaged")
        if backup.path not in self._whole:
            return self.tr("Being checked …")
        return self.tr("Whole") if self._whole[backup.path] else self.tr("Not readable now")


class AuditTable(HeadedTable):
    """The audits of a backup and of the present library, as far as they have a text in them."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._all: Sequence[Compared] = ()
        self._rows: Sequence[Compared] = ()
        self._wanted = ""
        self._standings = {
            Standing.SAME: (self.tr("as now"), "text_soft"),
            Standing.CHANGED: (self.tr("changed since"), "warning"),
            Standing.MISSING: (self.tr("gone since"), "error"),
            Standing.NEW: (self.tr("not in this backup"), "accent"),
            Standing.UNKNOWN: (self.tr("not to be compared"), "text_soft"),
        }
        self._headers = (self.tr("Number"), self.tr("Company"), self.tr("Last change"), self.tr("Compared with now"))

    def show_rows(self, rows: Sequence[Compared]) -> None:
        """Show other audits."""
        self._all = rows
        self.find(self._wanted)

    def find(self, text: str) -> None:
        """Show the audits whose number or company has this text."""
        self.beginResetModel()
        self._wanted = text
        wanted = text.casefold().strip()
        self._rows = [each for each in self._all if wanted in f"{each.audit.number}\n{each.audit.company}".casefold()]
        self.endResetModel()

    def first_backed_up(self) -> int:
        """Return the first row whose audit is in the backup, 0 when there is none."""
        return next((row for row, each in enumerate(self._rows) if each.standing is not Standing.NEW), 0)

    def compared(self, row: int) -> Compared:
        """Return the audit of a row."""
        return self._rows[row]

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        each, column = self._rows[index.row()], index.column()
        text, meaning = self._standings[each.standing]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            shown = (each.audit.number or "–", each.audit.company or "–", _changed_text(each.audit), text)[column]
            return tooltip(shown) if role == Qt.ItemDataRole.ToolTipRole else shown
        if role == Qt.ItemDataRole.ForegroundRole and (column == STANDING or each.standing is Standing.NEW):
            return self._theme.color("text_soft" if column != STANDING else meaning)
        return None


def _changed_text(audit: BackedUpAudit) -> str:
    try:
        return moment_text(datetime.fromisoformat(audit.changed_at))
    except ValueError:
        return audit.changed_at


class _MeaningDelegate(QStyledItemDelegate):
    """Give a text its colour in the selected row too, where the view would take its own for all of them."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        color = index.data(Qt.ItemDataRole.ForegroundRole)
        if isinstance(color, QColor):
            palette = QPalette(option.palette)
            palette.setColor(QPalette.ColorRole.HighlightedText, color)
            option.palette = palette


def table_view(model: HeadedTable, widths: dict[int, int], name: str, *stretched: int) -> QTableView:
    """Return a view of whole rows with columns of these widths (pixels), others sharing the rest."""
    view = QTableView()
    show_table(view, model, widths, name)
    view.setItemDelegate(_MeaningDelegate(view))
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    for column in stretched:
        view.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    return view
