"""Decide what a placeholder of a form stands for: a field that is searched for, a text, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QTreeView, QVBoxLayout, QWidget

from auditor_app.models.forms import Choice, FieldName, Placeholder, PlaceholderState
from auditor_app.models.text import clean_line, folded
from auditor_app.ui.phrase_list import row_style
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets import button, label, tooltip

WIDTH = 330
ROW_HEIGHT = 26
_NAME = Qt.ItemDataRole.UserRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_INTO_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class FormChoice(QWidget):
    """Offer the fields for one placeholder."""

    decided = Signal(str, object)
    """The key of the placeholder, and a `Choice`, or None for what its name says."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._placeholder: Placeholder | None = None
        self.setFixedWidth(WIDTH)
        self._title = label("", "title", wrap=True)
        self._about = label("", "second", wrap=True)
        self.search = QLineEdit()
        """What is typed here narrows the list."""
        self.search.setPlaceholderText(self.tr("Find a field by name or by what it holds"))
        self.search.setClearButtonEnabled(True)
        self._model = QStandardItemModel(self)
        self._fields: tuple[FieldName, ...] = ()
        self._list = QTreeView()
        self._use = button(self.tr("Use this field"))
        self._text = QLineEdit()
        self._text.setPlaceholderText(self.tr("Or a text of your own"))
        self._write = button(self.tr("Write it"))
        self._empty = button(self.tr("Leave empty"))
        self._as_named = button(self.tr("As its name says"), "link")
        self._set_up()
        self._lay_out()
        self._connect()

    def offer(self, fields: Sequence[FieldName]) -> None:
        """Offer these fields."""
        self._fields = tuple(fields)
        self._show_found()

    def show_placeholder(self, placeholder: Placeholder | None) -> None:
        """Be about another placeholder, None for none."""
        is_other = placeholder is None or self._placeholder is None or placeholder.key != self._placeholder.key
        self._placeholder = placeholder
        self.setEnabled(placeholder is not None)
        self._title.setText(placeholder.written if placeholder is not None else self.tr("No placeholder chosen"))
        self._about.setText("\n".join(placeholder.places[:3]) if placeholder is not None else "")
        decided = (PlaceholderState.MAPPED, PlaceholderState.FIXED, PlaceholderState.EMPTY)
        self._as_named.setVisible(placeholder is not None and placeholder.state in decided)
        if is_other:
            self.search.clear()
            self._text.clear()
        if placeholder is not None and placeholder.state is PlaceholderState.FIXED and is_other:
            self._text.setText(placeholder.preview)

    def _set_up(self) -> None:
        self._list.setModel(self._model)
        self._list.setAccessibleName(self.tr("Fields"))
        self._list.setHeaderHidden(True)
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setAllColumnsShowFocus(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setStyleSheet(
            f"{row_style(self._theme)} QTreeView::item {{ height: {ROW_HEIGHT}px; border-radius: 0 }}"
        )
        self._text.setAccessibleName(self.tr("Text of your own"))
        self.search.setAccessibleName(self.tr("Find a field"))
        for watched in (self.search, self._text, self._list):
            watched.installEventFilter(self)

    def _lay_out(self) -> None:
        text = QHBoxLayout()
        text.addWidget(self._text, 1)
        text.addWidget(self._write)
        rest = QHBoxLayout()
        rest.addWidget(self._empty)
        rest.addStretch()
        rest.addWidget(self._as_named)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 0, 0, 0)
        box.setSpacing(8)
        for widget in (self._title, self._about, self.search):
            box.addWidget(widget)
        box.addWidget(self._list, 1)
        box.addWidget(self._use)
        box.addLayout(text)
        box.addLayout(rest)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._show_found)
        self._list.doubleClicked.connect(self._on_use)
        self._use.clicked.connect(self._on_use)
        self._write.clicked.connect(self._on_text)
        self._empty.clicked.connect(self._on_empty)
        self._as_named.clicked.connect(self._on_as_named)

    def _show_found(self) -> None:
        """Show the fields that have every word looked for in their name, title or content; the first is chosen."""
        words = folded(self.search.text()).split()
        self._model.clear()
        for field in self._fields:
            searched = folded(f"{field.name} {field.title} {field.example}")
            if all(word in searched for word in words):
                self._model.appendRow([_item(field, field.title), _item(field, field.example)])
        self._list.setColumnWidth(0, WIDTH * 3 // 5)
        self._list.setCurrentIndex(self._model.index(0, 0))
        self._list.scrollToTop()

    def _on_use(self) -> None:
        index = self._list.currentIndex()
        if index.isValid():
            self._decide(Choice(field=str(index.data(_NAME))))

    def _on_text(self) -> None:
        text = clean_line(self._text.text())
        if text:
            self._decide(Choice(text=text))

    def _on_empty(self) -> None:
        self._decide(Choice())

    def _on_as_named(self) -> None:
        self._decide(None)

    def _decide(self, choice: Choice | None) -> None:
        if self._placeholder is not None:
            self.decided.emit(self._placeholder.key, choice)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.search and event.key() in _INTO_LIST:
                # The list is moved in while the keyboard stays where one types.
                self._list.keyPressEvent(event)
                return True
            if event.key() in _ENTER:
                (self._on_text if watched is self._text else self._on_use)()
                return True
        return super().eventFilter(watched, event)


def _item(field: FieldName, text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setData(field.name, _NAME)
    item.setToolTip(tooltip(f"{field.title}\n{{{{{field.name}}}}}\n{field.example}"))
    return item
