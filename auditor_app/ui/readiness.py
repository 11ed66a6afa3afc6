"""What is missing or doubtful before the report, each with a way there."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor_app.models.audit import Kind
from auditor_app.models.findings import numbers
from auditor_app.models.remarks import Remark
from auditor_app.ui.context import Context
from auditor_app.ui.whereabouts import PROFILE_KINDS
from auditor_app.ui.widgets import Card, button, label

SHOWN_AT_ONCE = 12


class Readiness(Card):
    """List every remark by tab; none of them stops the report."""

    jump_requested = Signal(object)
    """A `Remark` whose field the person wants to see."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._title.setText(self.tr("Before the report"))
        self._context = context
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._summary = label("", "soft", wrap=True)
        self.body.addWidget(self._summary)
        self.body.addLayout(self._list)

    def show_remarks(self, found: tuple[Remark, ...]) -> None:
        """Show other remarks."""
        while self._list.count():
            item = self._list.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self._summary.setText(
            self.tr("To look at: {0}. None of them stops the report.").format(len(found))
            if found
            else self.tr("Nothing is missing. The report can be exported.")
        )
        for title, group in self._groups(found):
            heading = label(f"{title}  {len(group)}", "section")
            heading.setContentsMargins(0, 8, 0, 2)
            self._list.addWidget(heading)
            for remark in group[:SHOWN_AT_ONCE]:
                self._list.addWidget(self._line(remark))
            if len(group) > SHOWN_AT_ONCE:
                rest = self.tr("and {0} more").format(len(group) - SHOWN_AT_ONCE)
                self._list.addWidget(label(rest, "second"))

    def _groups(self, found: tuple[Remark, ...]) -> list[tuple[str, list[Remark]]]:
        titles = {
            self.tr("Company profile"): PROFILE_KINDS,
            self.tr("Document checklist"): (Kind.DOCUMENT,),
            self.tr("Scoring sheet"): (Kind.ASSESSMENT, Kind.SPECIAL_DEDUCTION, Kind.BONUS),
            self.tr("Findings and actions"): (Kind.FINDING,),
        }
        groups = ((title, [remark for remark in found if remark.kind in kinds]) for title, kinds in titles.items())
        return [(title, group) for title, group in groups if group]

    def _line(self, remark: Remark) -> QWidget:
        line = button(self._text(remark).replace("&", "&&"), "link")
        line.clicked.connect(partial(self.jump_requested.emit, remark))
        return line

    def _text(self, remark: Remark) -> str:
        words = self._context.words
        if remark.kind is Kind.SPECIAL_DEDUCTION:
            return self._about_deduction(remark)
        text = words.text(remark.section, remark.code, **remark.params)
        place, colon = self._place(remark), self.tr(": ")
        return f"{place}{colon}{text}" if place else text

    def _about_deduction(self, remark: Remark) -> str:
        number = list(self._context.session.audit.of(Kind.SPECIAL_DEDUCTION)).index(remark.row_id) + 1
        if remark.code == "deduction_without_facts":
            return self.tr("Special deduction {0}: no facts given").format(number)
        return self.tr("Special deduction {0}: must be rectified, no finding is made of it yet").format(number)

    def _place(self, remark: Remark) -> str:
        words, session = self._context.words, self._context.session
        row = session.audit.of(remark.kind).get(remark.row_id)
        match remark.kind:
            case Kind.ELIGIBILITY:
                return words.text("eligibility", remark.field)
            case Kind.DOCUMENT:
                title = session.standard.documents_by_id[remark.row_id].title.in_(words.language)
                return f"{remark.row_id} {title}"
            case Kind.FINDING if row is not None:
                number = numbers(session.audit)[remark.row_id]
                name = (
                    self.tr("Finding {0} ({1})").format(number, row.clause)
                    if row.clause
                    else self.tr("Finding {0}").format(number)
                )
            case Kind.SITE if row is not None:
                name = f"{row.id} {row.name}".strip()
            case Kind.TEAM if row is not None:
                name = row.name
            case _:
                name = ""
        key = f"{remark.kind}.{remark.field}"
        field = words.text("field", key) if remark.field and remark.kind is not Kind.ASSESSMENT else ""
        return " ".join(part for part in (name, field) if part)
