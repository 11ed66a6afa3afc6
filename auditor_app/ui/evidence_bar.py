"""The tools above a picture: what to draw with, how large, which one."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from auditor_app.models.marks import Shape
from auditor_app.ui.context import Context
from auditor_app.ui.widgets import label

TRUE_SIZE = "true_size"
_ZOOM_WIDTH = 56


class ViewerBar(QWidget):
    """Ask for the actions of the viewer by their names in the keymap, and for tools."""

    asked = Signal(str)
    tool_asked = Signal(object)
    """A `Shape`, or None for the pointer."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._actions: dict[QToolButton, str] = {}
        self._tools: dict[Shape | None, QToolButton] = {}
        self._count = label("", "soft")
        self._zoom = label("", "second")
        self._zoom.setFixedWidth(_ZOOM_WIDTH)
        self.setObjectName("tools")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._lay_out()
        context.keys.changed.connect(self._show_keys)

    def show_tool(self, tool: Shape | None) -> None:
        """Show which tool is in the hand."""
        for each, made in self._tools.items():
            made.setChecked(each is tool)

    def show_place(self, number: int, total: int) -> None:
        """Show which of how many is seen."""
        self._count.setText(self.tr("{0} / {1}").format(number, total))
        for made, action in self._actions.items():
            if action in ("previous", "next"):
                made.setEnabled(number > 1 if action == "previous" else number < total)

    def show_zoom(self, text: str) -> None:
        """Show how large the picture is."""
        self._zoom.setText(text)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(4)
        for tool, icon, text, action in (
            (None, "mouse-pointer-2", self.tr("Select and pan"), ""),
            (Shape.ARROW, "move-up-right", self.tr("Draw arrows"), "arrow"),
            (Shape.BOX, "square", self.tr("Draw boxes"), "box"),
        ):
            made = self._made(icon, text, action)
            made.setCheckable(True)
            made.clicked.connect(self._on_tool)
            self._tools[tool] = made
            row.addWidget(made)
        self._add(row, "trash-2", self.tr("Remove the selected mark"), "remove")
        row.addSpacing(14)
        self._add(row, "rotate-cw", self.tr("Rotate"), "rotate")
        row.addSpacing(14)
        self._add(row, "zoom-out", self.tr("Smaller"), "zoom_out")
        self._add(row, "zoom-in", self.tr("Larger"), "zoom_in")
        self._add(row, "maximize", self.tr("Fit"), "fit")
        true_size = self._add(row, "", self.tr("One pixel of the picture as one of the screen, and back"), TRUE_SIZE)
        true_size.setText("1:1")
        row.addWidget(self._zoom)
        row.addStretch()
        self._add(row, "chevron-left", self.tr("Previous"), "previous")
        row.addWidget(self._count)
        self._add(row, "chevron-right", self.tr("Next"), "next")

    def _add(self, row: QHBoxLayout, icon: str, text: str, action: str) -> QToolButton:
        made = self._made(icon, text, action)
        made.clicked.connect(self._on_action)
        row.addWidget(made)
        return made

    def _made(self, icon: str, text: str, action: str) -> QToolButton:
        made = QToolButton()
        if icon:
            made.setIcon(self._context.theme.icon(icon, "text_soft"))
            made.setIconSize(QSize(18, 18))
        made.setAccessibleName(text)
        # By Tab only: a click must leave the keys to the picture.
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._actions[made] = action
        self._show_key(made, action)
        return made

    def _show_keys(self) -> None:
        for made, action in self._actions.items():
            self._show_key(made, action)

    def _show_key(self, made: QToolButton, action: str) -> None:
        text = made.accessibleName()
        key = self._context.keys.text(action) if action not in ("", TRUE_SIZE) else ""
        made.setToolTip(self.tr("{0} ({1})").format(text, key) if key else text)

    def _on_action(self) -> None:
        self.asked.emit(next(action for made, action in self._actions.items() if made is self.sender()))

    def _on_tool(self) -> None:
        self.tool_asked.emit(next(tool for tool, made in self._tools.items() if made is self.sender()))
