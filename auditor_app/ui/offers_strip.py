"""What lost points or was deducted and has no finding yet, each with a button that makes it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.models.enums import Verdict
from auditor_app.models.findings import Offer, offers
from auditor_app.models.followup import Loss
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import plain
from auditor_app.ui.context import Context
from auditor_app.ui.elided_label import ElidedLabel
from auditor_app.ui.pill_label import PillLabel
from auditor_app.ui.pills import Pill, Shape, verdict_pill
from auditor_app.ui.sheet_page import scrolled
from auditor_app.ui.widgets import button, label

PILL_WIDTH = 96


class OffersStrip(QWidget):
    """Offer findings to be made in one step."""

    requested = Signal(str, str)
    """The kind and the id of the row that a finding should be made of."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("offers")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        self._offers: tuple[Offer, ...] | None = None
        self._title = label("", "section")
        self._body = QWidget()
        self._list = QVBoxLayout(self._body)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(2)
        self._list.setAlignment(Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 12, 0)
        box.setSpacing(4)
        box.addWidget(self._title)
        box.addWidget(scrolled(self._body), 1)

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to offer."""
        return not self._offers

    def refresh(self) -> None:
        """Offer what has no finding now."""
        session = self._context.session
        found = offers(session.standard, session.audit)
        if found == self._offers:
            return
        self._offers = found
        while self._list.count():
            item = self._list.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._title.setText(self.tr("Without a finding yet: {0}").format(len(found)))
        for offer in found:
            self._list.addWidget(self._line(offer))

    def _line(self, offer: Offer) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(8)
        pill = PillLabel()
        pill.show_pill(self._pill(offer))
        pill.setMinimumWidth(PILL_WIDTH)
        make = button(self.tr("Make finding"), "link")
        make.setAccessibleName(self.tr("Make finding: {0}").format(self._text(offer)))
        make.clicked.connect(partial(self.requested.emit, str(offer.kind), str(offer.row_id)))
        row.addWidget(pill)
        row.addWidget(ElidedLabel(self._text(offer), ""), 1)
        row.addWidget(label(f"−{plain(offer.points)}", "soft"))
        row.addWidget(make)
        return line

    def _pill(self, offer: Offer) -> Pill:
        theme, words = self._context.theme, self._context.words
        if not isinstance(offer.cause, Loss):
            parts = (theme.color("not_met"), theme.color("not_met_text"), theme.color("not_met_soft"))
            return Pill(self.tr("Special deduction"), Shape.SQUARE, *parts)
        row = offer.cause.assessment
        text = words.word(row.verdict)
        if row.verdict is Verdict.SAMPLED:
            text = f"{text} {row.checked}/{row.failed}"
        return verdict_pill(theme, row.verdict, text)

    def _text(self, offer: Offer) -> str:
        words = self._context.words
        node = self._context.session.standard.nodes.get(Clause(offer.clause))
        title = node.title.in_(words.language) if node is not None else ""
        if not isinstance(offer.cause, Loss):
            title = words.word(offer.cause.ground)
        return f"{offer.clause} {title}".strip()
