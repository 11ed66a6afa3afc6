"""The audits of this laptop, at the left."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from auditor_app.models.audit import Kind
from auditor_app.models.changes import ChangeSet
from auditor_app.models.errors import AuditorError
from auditor_app.models.ids import AuditId
from auditor_app.models.scoring import ScoreResult, shown
from auditor_app.models.summary import AuditSummary
from auditor_app.ui.context import Context
from auditor_app.ui.fonts import body_font
from auditor_app.ui.widgets import label, tooltip

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
SUMMARY_ROLE = Qt.ItemDataRole.UserRole + 1
WIDTH = 208
ROW_HEIGHT = 52


class AuditList(QAbstractListModel):
    """The audits, newest first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._summaries: list[AuditSummary] = []
        self._results: dict[AuditId, ScoreResult] = {}

    def reset(self) -> None:
        """Read the list anew; while the library cannot be read the list stays as it was."""
        try:
            summaries = self._context.session.summaries()
        except AuditorError:
            return
        if summaries != self._summaries:
            self.beginResetModel()
            self._summaries, self._results = summaries, {}
            self.endResetModel()

    def is_open(self, summary: AuditSummary) -> bool:
        """Say whether this is the audit that is open."""
        session = self._context.session
        return session.is_open and session.audit.id == summary.id

    def refresh_open(self) -> None:
        """Show the open audit as it is now."""
        summary = self._context.session.summary()
        row = self.row_of(summary.id)
        if row >= 0:
            self._summaries[row] = summary
            self._results.pop(summary.id, None)
            self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, audit_id: AuditId) -> int:
        """Return where an audit stands, -1 when it does not."""
        return next((row for row, summary in enumerate(self._summaries) if summary.id == audit_id), -1)

    def second_line(self, summary: AuditSummary) -> str:
        """Return where the audit stands, its type and number; the number last, it is what may be cut."""
        result = self._result(summary.id)
        stand = self._stand(result) if result is not None else ""
        parts = (stand, self._context.words.word(summary.kind), summary.number or self.tr("no number yet"))
        return " · ".join(part for part in parts if part)

    def _stand(self, result: ScoreResult) -> str:
        if result.nothing_applicable:
            return self.tr("no score")
        if result.exact is not None and result.level is not None:
            return f"{self._context.words.word(result.level)} {shown(result.exact)}"
        return f"{result.whole.judged}/{result.whole.total}" if result.whole.judged else ""

    def _result(self, audit_id: AuditId) -> ScoreResult | None:
        """Return the score of an audit, worked out when its line is first painted, None when it cannot be read."""
        session = self._context.session
        if session.is_open and audit_id == session.audit.id:
            return session.result
        if audit_id not in self._results:
            try:
                self._results[audit_id] = session.result_of(audit_id)
            except AuditorError:
                # Said when somebody opens the audit; a line being painted is no place for it.
                return None
        return self._results[audit_id]

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._summaries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        summary = self._summaries[index.row()]
        name = summary.company or self.tr("Unnamed company")
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(f"{name}\n{self.second_line(summary)}")
            case _ if role == SUMMARY_ROLE:
                return summary
        return None


class _AuditDelegate(QStyledItemDelegate):
    def __init__(self, context: Context, model: AuditList, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._model = model
        self._name_font = body_font(weight=QFont.Weight.DemiBold)
        self._second_font = body_font(12)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(WIDTH - 20, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect.adjusted(0, 1, 0, -3)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        # What is selected is where the arrow keys are; what is open is said by the audit itself.
        is_open = self._model.is_open(index.data(SUMMARY_ROLE))
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        if is_open or is_selected or state & QStyle.StateFlag.State_MouseOver:
            if is_selected and not is_open:
                painter.setPen(self._theme.color("accent_line"))
            painter.setBrush(self._theme.color("accent_soft" if is_open else "row_hover"))
            painter.drawRoundedRect(rect, 6, 6)
        if is_open:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent"))
            painter.drawRoundedRect(QRect(rect.left(), rect.top() + 6, 3, rect.height() - 12), 1, 1)
        inside = rect.adjusted(11, 5, -8, -5)
        lines = (
            (self._name_font, "text", index.data(), Qt.AlignmentFlag.AlignTop),
            (
                self._second_font,
                "text_second",
                self._model.second_line(index.data(SUMMARY_ROLE)),
                Qt.AlignmentFlag.AlignBottom,
            ),
        )
        for font, color, text, side in lines:
            painter.setFont(font)
            painter.setPen(self._theme.color(color))
            elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | side, elided)
        painter.restore()


class _AuditView(QListView):
    """The list; arrow keys look around in it, Enter or a click opens."""

    left = Signal()
    """The keyboard went elsewhere."""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class AuditRail(QWidget):
    """Choose an audit, or ask for a new one."""

    open_requested = Signal(str)
    new_requested = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._context = context
        self._model = AuditList(context, self)
        self.view = _AuditView()
        self.view.setUniformItemSizes(True)
        self.view.setModel(self._model)
        self.view.setItemDelegate(_AuditDelegate(context, self._model, self.view))
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(self.tr("Audits"))
        self._title = label("", "section")
        new = QToolButton()
        new.setIcon(context.theme.icon("plus", "accent"))
        new.setToolTip(self.tr("New audit"))
        new.setAccessibleName(new.toolTip())
        new.clicked.connect(self.new_requested)
        heading = QHBoxLayout()
        heading.setContentsMargins(6, 0, 0, 0)
        heading.addWidget(self._title)
        heading.addStretch()
        heading.addWidget(new)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(6)
        box.addLayout(heading)
        box.addWidget(self.view, 1)
        self.view.clicked.connect(self._on_chosen)
        self.view.activated.connect(self._on_chosen)
        self.view.left.connect(self.mark_open)

    def reset(self) -> None:
        """Read the list anew and mark the open audit."""
        self._model.reset()
        self._title.setText(self.tr("Audits · {0}").format(self._model.rowCount()))
        self.mark_open()

    def mark_open(self) -> None:
        """Mark the audit that is open and show it as it is now."""
        if self._context.session.is_open:
            self._model.refresh_open()
            row = self._model.row_of(self._context.session.audit.id)
            self.view.setCurrentIndex(self._model.index(row) if row >= 0 else NO_INDEX)

    def on_changed(self, change_set: ChangeSet) -> None:
        """Show what a change set means for the open audit's line."""
        shown_kinds = (Kind.AUDIT, Kind.COMPANY, Kind.ASSESSMENT, Kind.SPECIAL_DEDUCTION, Kind.BONUS)
        if change_set.touches(*shown_kinds):
            self._model.refresh_open()

    def _on_chosen(self, index: QModelIndex) -> None:
        self.open_requested.emit(index.data(SUMMARY_ROLE).id)
