"""What the scoring sheet and the checklist share as Qt trees: rows under headings, columns as data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from auditor_app.models.audit import Kind
from auditor_app.models.changes import edit
from auditor_app.models.errors import ValidationError
from auditor_app.models.ids import RowId
from auditor_app.ui.context import Context
from auditor_app.ui.history_place import Place
from auditor_app.ui.pills import Pill
from auditor_app.ui.tables.cell_delegate import MERGE_ROLE
from auditor_app.ui.widgets import tooltip

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
PILL_ROLE = Qt.ItemDataRole.UserRole + 11
"""The `Pill` of a cell that shows a state, or None."""


class Rank(Enum):
    """How prominent a row is."""

    CHAPTER = "row_chapter"
    GROUP = "row_group"
    ROW = "panel"


@dataclass
class Node:
    """One row of a tree: its key, what it stands for, and where it hangs."""

    key: str
    item: Any
    rank: Rank
    parent: Node | None
    row: int
    children: list[Node] = field(default_factory=list)

    @property
    def depth(self) -> int:
        """Return how many steps a row is indented, 1 for those at the top."""
        return 1 if self.parent is None else self.parent.depth + 1


@dataclass(frozen=True)
class SheetColumn:
    """One column of a sheet: key, header, least width in pixels, the one it wants, whether it holds figures.

    A column that `can_hide` may be left out by the person; the others say what a row is. One that `gives_way` is left
    out while the window is too narrow for all, or another one would be narrower than is `fair` to it.
    """

    key: str
    header: str
    width: int
    wanted: int = 0
    numeric: bool = False
    can_hide: bool = True
    gives_way: bool = False
    fair: int = 0


class SheetModel(QAbstractItemModel):
    """A tree of rows with stable keys; subclasses say what the cells hold."""

    kind: Kind | None = None
    """The kind of the rows below the headings."""
    refused = Signal(str)
    """Why the last edit was not taken, in words; empty once one is."""

    def __init__(self, context: Context, columns: list[SheetColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns
        self._context = context
        self._nodes: list[Node] = []
        self._roots: list[Node] = []
        self._by_key: dict[str, int] = {}
        self._merge_key = ""

    def reset(self) -> None:
        """Show the audit that is open now."""
        self.beginResetModel()
        self._nodes, self._roots, self._by_key = [], [], {}
        self.build()
        self.endResetModel()

    def build(self) -> None:
        """Append every row, headings before what is under them."""
        raise NotImplementedError

    def text(self, node: Node, column: int) -> str:
        """Return the words of a cell."""
        raise NotImplementedError

    def edit_text(self, node: Node, column: int) -> str:
        """Return the words an editor starts with."""
        return self.text(node, column)

    def can_edit(self, node: Node, column: int) -> bool:
        """Say whether a cell can be edited."""
        raise NotImplementedError

    def pill(self, node: Node, column: int) -> Pill | None:
        """Return the pill of a cell that shows a state."""
        raise NotImplementedError

    def color(self, node: Node, column: int) -> str:
        """Return the meaning of the colour of a cell's words."""
        return "text"

    def tint(self, node: Node) -> str:
        """Return the meaning of a row's colour, at its edge and soft on its ground, or ""; its cells say it too."""
        return ""

    def store(self, node: Node, column: int, text: str) -> None:
        """Submit what was typed into a cell; raises `ValidationError`."""
        raise NotImplementedError

    def append(self, key: str, item: Any, rank: Rank, parent: Node | None = None) -> Node:
        """Append a row below the last one of its parent."""
        siblings = self._roots if parent is None else parent.children
        node = Node(key, item, rank, parent, len(siblings))
        siblings.append(node)
        self._by_key[key] = len(self._nodes)
        self._nodes.append(node)
        return node

    def index_of(self, key: str, column: int = 0) -> QModelIndex:
        """Return the index of a row by its key, an invalid one when there is none."""
        number = self._by_key.get(key)
        return NO_INDEX if number is None else self.createIndex(self._nodes[number].row, column, number)

    def node(self, index: Index) -> Node:
        """Return the row of an index."""
        return self._nodes[index.internalId()]

    def under(self, key: str) -> list[str]:
        """Return the keys of the rows without children below a row, itself when it has none."""
        node = self._nodes[self._by_key[key]]
        return [leaf for child in node.children for leaf in self.under(child.key)] if node.children else [node.key]

    def row_keys(self) -> list[str]:
        """Return the keys of all rows, headings before what is under them."""
        return [node.key for node in self._nodes]

    def place(self, node: Node) -> Place:
        """Return what the history of a row is, of a heading that of the rows below it."""
        return Place(self.kind, tuple(self.under(node.key)))

    def patch(self, keys: Iterable[str]) -> None:
        """Have the views repaint these rows and the headings above them."""
        rows_under: dict[str, set[int]] = {}
        for key in keys:
            node: Node | None = self._nodes[self._by_key[key]] if key in self._by_key else None
            while node is not None:
                rows_under.setdefault(node.parent.key if node.parent else "", set()).add(node.row)
                node = node.parent
        for key, rows in rows_under.items():
            above = self.index_of(key)
            # Told as one range, for each takes Qt its time; what lies between is painted once more for nothing.
            self.dataChanged.emit(self.index(min(rows), 0, above), self.index(max(rows), len(self.columns) - 1, above))

    def send(self, kind: Kind, row_id: RowId, values: dict[str, Any], text: str) -> None:
        """Submit values of a row; raises `ValidationError`."""
        session = self._context.session
        changes = edit(session.audit, kind, row_id, values)
        session.submit(changes, text, self._merge_key)

    def index(self, row: int, column: int, parent: Index = NO_INDEX) -> QModelIndex:
        siblings = self.node(parent).children if parent.isValid() else self._roots
        if not (0 <= row < len(siblings) and 0 <= column < len(self.columns)):
            return NO_INDEX
        return self.createIndex(row, column, self._by_key[siblings[row].key])

    def parent(self, index: Index = NO_INDEX) -> QModelIndex:  # type: ignore[override]
        above = self.node(index).parent if index.isValid() else None
        return self.index_of(above.key) if above else NO_INDEX

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        if parent.column() > 0:
            return 0
        return len(self.node(parent).children if parent.isValid() else self._roots)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        is_open = index.isValid() and not self._context.session.is_finalised
        editable = is_open and self.can_edit(self.node(index), index.column())
        return flags | Qt.ItemFlag.ItemIsEditable if editable else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].header
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tr("Right-click a heading to leave columns out or show them again")
        return self.alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node, column = self.node(index), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(node, column)
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(self.text(node, column))
            case Qt.ItemDataRole.EditRole:
                return self.edit_text(node, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(column)
            case Qt.ItemDataRole.ForegroundRole:
                return self._context.theme.color(self.color(node, column))
            case _ if role == PILL_ROLE:
                return self.pill(node, column)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role == MERGE_ROLE:
            self._merge_key = value
            return True
        try:
            self.store(self.node(index), index.column(), value)
        except ValidationError as error:
            self.refused.emit(self._context.words.error(error))
            return False
        self.refused.emit("")
        return True

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Return how the words of a column are placed."""
        side = Qt.AlignmentFlag.AlignRight if self.columns[column].numeric else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
