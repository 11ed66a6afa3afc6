"""The menus of the window with their keys; what an action does is the workspace's business."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup, QUndoGroup
from PySide6.QtWidgets import QMenu, QMenuBar

from auditor_app.models.catalogue import LANGUAGES
from auditor_app.ui.context import Context
from auditor_app.ui.delivery_menu import Offer

NEED_AUDIT = {"export", "dump", "board", "explain", "find_all"}


class Menus(QMenuBar):
    """File, edit, view, delivery and help."""

    look_chosen = Signal(str, str)
    """Theme and language the person wants."""
    tab_chosen = Signal(int)

    def __init__(
        self,
        context: Context,
        tabs: Sequence[str],
        slots: Mapping[str, Callable[[], object]],
        offers: Sequence[Offer],
    ) -> None:
        super().__init__()
        self._theme = context.theme
        self._language = context.words.language
        self._keys = context.keys
        self._slots = slots
        self._actions: dict[str, QAction] = {}
        self._group = context.session.undo_group
        self._need_audit = {offer.name for offer in offers if offer.needs_audit} | NEED_AUDIT
        self._add_files(self.addMenu(self.tr("&File")))
        edits = self.addMenu(self.tr("&Edit"))
        self._add(edits, "undo", self.tr("Undo"), "undo-2")
        self._add(edits, "redo", self.tr("Redo"), "redo-2")
        edits.addSeparator()
        self._add(edits, "settings", self.tr("Keys and settings …"), "settings")
        self._add_views(self.addMenu(self.tr("&View")), tabs, offers)
        self._add_offers(self.addMenu(self.tr("&Delivery")), offers, "delivery")
        self._add_help(self.addMenu(self.tr("&Help")), offers)
        self._follow(self._group)
        self._keys.changed.connect(self._show_keys)

    def show_open(self, is_open: bool) -> None:
        """Offer what can be done, with or without an audit."""
        for name, action in self._actions.items():
            if name in self._need_audit or name.startswith("tab"):
                action.setEnabled(is_open)
        self._actions["undo"].setEnabled(self._group.canUndo())
        self._actions["redo"].setEnabled(self._group.canRedo())
        self._name_undo(self._group.undoText())
        self._name_redo(self._group.redoText())

    def show_board(self, is_shown: bool) -> None:
        """Show whether the score board is open."""
        self._actions["board"].setChecked(is_shown)

    def show_look(self) -> None:
        """Show which look the window has, whatever was chosen."""
        self._actions["dark"].setChecked(self._theme.name == "dark")
        self._actions[self._language].setChecked(True)

    def lock_look(self, is_locked: bool) -> None:
        """Offer no other look for a while."""
        for name in ("dark", *LANGUAGES):
            self._actions[name].setEnabled(not is_locked)

    def _add_files(self, menu: QMenu) -> None:
        self._add(menu, "new", self.tr("New audit"), "plus")
        self._add(menu, "import", self.tr("Import audit file …"), "folder-open")
        self._add(menu, "sample", self.tr("Open sample audit"))
        menu.addSeparator()
        self._add(menu, "export", self.tr("Export Excel report …"), "file-spreadsheet")
        self._add(menu, "dump", self.tr("Export audit file …"), "download")
        menu.addSeparator()
        self._add(menu, "backups", self.tr("Backups …"), "shield-check")
        menu.addSeparator()
        self._add(menu, "quit", self.tr("Quit"))

    def _add_views(self, menu: QMenu, tabs: Sequence[str], offers: Sequence[Offer]) -> None:
        for place, title in enumerate(tabs):
            self._add(menu, f"tab{place + 1}", title, slot=self._on_tab).setData(place)
        menu.addSeparator()
        self._add(menu, "board", self.tr("Score board"), "panel-right").setCheckable(True)
        self._add(menu, "explain", self.tr("Explain the level …"), "star")
        self._add(menu, "find_all", self.tr("Find in the scoring sheet"), "search")
        self._add(menu, "find_audit", self.tr("Find an audit"))
        self._add_offers(menu, offers, "view")
        menu.addSeparator()
        dark = self._add(menu, "dark", self.tr("Dark theme"), slot=self._on_look)
        dark.setCheckable(True)
        # In both languages: whoever is in the one they cannot read must find the way back.
        languages = menu.addMenu("语言 Language")
        group = QActionGroup(self)
        for code, name in LANGUAGES.items():
            action = self._add(languages, code, name, slot=self._on_look)
            action.setCheckable(True)
            group.addAction(action)
        self.show_look()

    def _add_offers(self, menu: QMenu, offers: Sequence[Offer], name: str) -> None:
        for offer in (offer for offer in offers if offer.menu == name):
            if offer.starts_group:
                menu.addSeparator()
            self._add(menu, offer.name, offer.text)

    def _add_help(self, menu: QMenu, offers: Sequence[Offer]) -> None:
        self._add(menu, "keys", self.tr("Keys"), "circle-help")
        self._add(menu, "log", self.tr("Log and failure report …"), "file-text")
        self._add_offers(menu, offers, "help")
        menu.addSeparator()
        self._add(menu, "about", self.tr("About"), "info")

    def _show_keys(self) -> None:
        for name, action in self._actions.items():
            action.setShortcuts(self._keys.sequences(name))

    def _add(
        self,
        menu: QMenu,
        name: str,
        text: str,
        icon: str = "",
        slot: Callable[[], object] | None = None,
    ) -> QAction:
        action = menu.addAction(text)
        # What the log calls it.
        action.setObjectName(name)
        # All of them: some hands know Ctrl+Y for redo, others Ctrl+Shift+Z.
        action.setShortcuts(self._keys.sequences(name))
        if icon:
            action.setIcon(self._theme.icon(icon))
        action.triggered.connect(slot or self._slots[name])
        self._actions[name] = action
        return action

    def _follow(self, group: QUndoGroup) -> None:
        group.canUndoChanged.connect(self._actions["undo"].setEnabled)
        group.canRedoChanged.connect(self._actions["redo"].setEnabled)
        group.undoTextChanged.connect(self._name_undo)
        group.redoTextChanged.connect(self._name_redo)

    def _name_undo(self, step: str) -> None:
        text = self.tr("Undo {0}").format(step.replace("&", "&&")) if step else self.tr("Undo")
        self._actions["undo"].setText(text)

    def _name_redo(self, step: str) -> None:
        text = self.tr("Redo {0}").format(step.replace("&", "&&")) if step else self.tr("Redo")
        self._actions["redo"].setText(text)

    def _on_tab(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.tab_chosen.emit(action.data())

    def _on_look(self) -> None:
        language = next(code for code in LANGUAGES if self._actions[code].isChecked())
        theme = "dark" if self._actions["dark"].isChecked() else "light"
        if (theme, language) != (self._theme.name, self._language):
            self.look_chosen.emit(theme, language)
