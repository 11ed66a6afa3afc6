"""The page that the scoring sheet and the checklist share: tools on top, sheet, panel at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from auditor_app.ui.widgets import label, named

PANEL_WIDTH = 330


def lay_out_sheet(page: QWidget, tools: QLayout, sheet: QWidget, panel: QWidget, below: QLayout | None = None) -> None:
    """Lay out a page: tools above the sheet, perhaps a line below it, the panel of the selected row at the right."""
    left = QVBoxLayout()
    left.setSpacing(0)
    left.addWidget(_strip("tools", tools))
    left.addWidget(sheet, 1)
    if below is not None:
        left.addWidget(_strip("foot", below))
    side = named("panel")
    side.setFixedWidth(PANEL_WIDTH)
    side_box = QVBoxLayout(side)
    side_box.setContentsMargins(1, 0, 0, 0)
    side_box.addWidget(panel)
    box = QHBoxLayout(page)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(0)
    box.addLayout(left, 1)
    box.addWidget(side)


def _strip(name: str, content: QLayout) -> QWidget:
    strip = named(name)
    content.setContentsMargins(12, 6, 12, 6)
    strip.setLayout(content)
    return strip


def back_to_sheet(page: QWidget, sheet: QWidget, leave: Callable[[], None] = lambda: None) -> None:
    """Have Escape, anywhere on the page, give the keyboard back to the sheet; `leave` is called after it."""
    escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), page)
    escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    escape.activated.connect(sheet.setFocus)
    escape.activated.connect(leave)


def scrolled(widget: QWidget) -> QScrollArea:
    """Return the widget in an area that scrolls up and down."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    widget.setObjectName("panelBody")
    widget.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    area.setWidget(widget)
    return area


def bring_into_view(widget: QWidget) -> None:
    """Scroll the area around a widget to it, once the layout has given it its place."""

    def scroll() -> None:
        area = _area_around(widget)
        if area is not None:
            area.ensureWidgetVisible(widget, 0, 12)

    QTimer.singleShot(0, widget, scroll)


def to_top(panel: QWidget) -> None:
    """Show a panel from its top: it is about another row now."""
    area = _area_around(panel)
    if area is not None:
        area.verticalScrollBar().setValue(0)


def _area_around(widget: QWidget) -> QScrollArea | None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def hint_page(text: str) -> QScrollArea:
    """Return a panel that says what to do, for when no row is selected."""
    page = QWidget()
    box = QVBoxLayout(page)
    box.setContentsMargins(14, 12, 14, 12)
    box.addWidget(label(text, "soft", wrap=True), alignment=Qt.AlignmentFlag.AlignTop)
    return scrolled(page)
