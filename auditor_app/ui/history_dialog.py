"""The history of an audit or of one place in it: who changed what, when, from what to what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import groupby

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from auditor_app.models.audit import NATURAL_KEY
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import AuditorError
from auditor_app.models.telling import Told, told_history
from auditor_app.ui.context import Context
from auditor_app.ui.editing import ChoiceBox
from auditor_app.ui.history_place import Place
from auditor_app.ui.saving import ask_target, keep_folder, suggested_target
from auditor_app.ui.tables.headed_table import show_table
from auditor_app.ui.tables.history_table import AFTER, BEFORE, WHEN, WHO, WIDTHS, HistoryTable, text_of
from auditor_app.ui.widgets import button, label, restyle

SIZE = QSize(1120, 640)
WHOLE_HEIGHT = 104
FIND_PAUSE_MS = 120
ROW_HEIGHT = 28
ANYBODY = EVERYTHING = ""


class HistoryDialog(QDialog):
    """Show, filter and export the history; nothing in it can be changed here."""

    def __init__(self, context: Context, place: Place, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._words = Catalogue.load(context.words.language, "history")
        self._found: list[Told] = []
        self._texts: dict[int, str] = {}
        self._end = ""
        self._problem = ""
        self._read(place)
        self.setWindowTitle(self._title(place))
        self._table = HistoryTable(context.theme, self)
        self.view = QTableView()
        self._find = QLineEdit(placeholderText=self.tr("Find words, clause, values"), clearButtonEnabled=True)
        self._who = ChoiceBox(None, {ANYBODY: self.tr("Everybody"), **_same(told.entry.who for told in self._found)})
        self._kind = ChoiceBox(None, {EVERYTHING: self.tr("Everything"), **self._kinds()})
        self._since = ChoiceBox(
            None,
            {0: self.tr("Any time"), 1: self.tr("Last day"), 7: self.tr("Last 7 days"), 30: self.tr("Last 30 days")},
        )
        self._count = label("", "second")
        self._whole = QPlainTextEdit(readOnly=True)
        self._message = label("", "message", wrap=True)
        self._export = button(self.tr("Export …"))
        self._close = button(self.tr("Close"))
        self._pause = QTimer(self, interval=FIND_PAUSE_MS, singleShot=True)
        show_table(self.view, self._table, WIDTHS, self.tr("History"))
        self.view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.view.horizontalHeader().setStretchLastSection(True)
        self._lay_out()
        self._connect()
        self.resize(SIZE)
        self._filter()

    @property
    def shown(self) -> list[Told]:
        """Return the changes that the filters let through, the newest first."""
        return list(self._table.lines)

    def export(self) -> None:
        """Ask for a place and write what is shown."""
        session = self._context.session
        parts = (session.audit.info.number or session.audit.id, self.tr("history"))
        suggested = suggested_target(session, parts, ".csv")
        path = ask_target(self, self.tr("Export the history"), suggested, self.tr("Table (*.csv)"))
        if path is None:
            return
        try:
            self._context.deliveries.history.write(self.shown, path, self._words)
        except AuditorError as error:
            self._say(self._context.words.error(error), "error")
        else:
            self._say(self.tr("The history is written: {0}").format(path), "ok")
            keep_folder(session, path.parent)

    def _read(self, place: Place) -> None:
        session = self._context.session
        try:
            entries = session.history()
        except AuditorError as error:
            self._problem = self._context.words.error(error)
            return
        self._end = entries[-1].link if entries else ""
        told = told_history(entries, session.standard, self._words)
        steps = groupby((line for line in told if place.has(line)), lambda line: line.entry.change_set)
        # The newest step first, what is in it as it was written.
        self._found = [line for step in reversed([list(lines) for _, lines in steps]) for line in step]

    def _title(self, place: Place) -> str:
        audit = self._context.session.audit
        name = audit.info.number or audit.company.name or self.tr("Unnamed company")
        if place.kind is None:
            return self.tr("History of {0}").format(name)
        if not self._found:
            key = " ".join(place.ids) if place.kind in NATURAL_KEY and len(place.ids) == 1 else ""
            what = f"{self._words.text('history_kind', place.kind)} {key}".rstrip()
            return self.tr("History of {0}").format(what)
        about = next((line for line in self._found if line.entry.entity == place.kind), self._found[0])
        what = f"{about.clause} {about.what}".strip()
        if place.field:
            named = next((line.field for line in self._found if line.entry.field == place.field), "")
            what = f"{what} {named}".strip()
        return self.tr("History of {0}").format(what)

    def _kinds(self) -> dict[str, str]:
        present = {told.entry.entity for told in self._found}
        return {
            entity: self._words.text("history_kind", entity)
            for entity in sorted(present, key=lambda each: self._words.text("history_kind", each))
        }

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self._find, 1)
        for choice, name in (
            (self._who, self.tr("Who")),
            (self._kind, self.tr("Of what")),
            (self._since, self.tr("When")),
        ):
            choice.setAccessibleName(name)
            above.addWidget(choice)
        self._find.setAccessibleName(self.tr("Find in the history"))
        self._whole.setFixedHeight(WHOLE_HEIGHT)
        self._whole.setAccessibleName(self.tr("The whole of the selected change"))
        below = QHBoxLayout()
        below.addWidget(self._export)
        below.addWidget(self._message, 1)
        below.addWidget(self._close)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(10)
        box.addLayout(above)
        box.addWidget(self.view, 1)
        box.addWidget(self._count)
        box.addWidget(self._whole)
        box.addWidget(self._end_line())
        box.addLayout(below)
        if self._problem:
            self._say(self._problem, "error")

    def _end_line(self) -> QLabel:
        text = self.tr("Every line carries the fingerprint of the one before. The last one: {0}").format(self._end)
        line = label(text if self._end else "", "second", wrap=True)
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return line

    def _connect(self) -> None:
        self._find.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self._filter)
        for box in (self._who, self._kind, self._since):
            box.currentIndexChanged.connect(self._filter)
        self.view.selectionModel().currentRowChanged.connect(self._show_whole)
        self._export.clicked.connect(self.export)
        self._close.clicked.connect(self.accept)

    def _filter(self) -> None:
        words = self._find.text().casefold().split()
        who, kind, days = self._who.value, self._kind.value, self._since.value
        since = (datetime.now(UTC) - timedelta(days=days)).isoformat() if days else ""
        shown = [
            line
            for place, line in enumerate(self._found)
            if (not who or line.entry.who == who)
            and (not kind or line.entry.entity == kind)
            and line.entry.at >= since
            and (not words or all(word in self._text(place) for word in words))
        ]
        self._table.show(shown)
        self._count.setText(self.tr("{0} of {1} changes").format(len(shown), len(self._found)))
        self._export.setEnabled(bool(shown))
        self._whole.setPlainText("" if self._found else self.tr("Nothing was changed here."))
        if shown:
            self.view.selectRow(0)

    def _text(self, place: int) -> str:
        """Return what is searched of a change, made when it is first asked for."""
        if place not in self._texts:
            line = self._found[place]
            parts = (line.what, line.clause, line.field, line.before, line.after, line.entry.who)
            self._texts[place] = "\n".join(parts).casefold()
        return self._texts[place]

    def _show_whole(self, current: QModelIndex) -> None:
        if not current.isValid():
            return
        line = self._table.line(current.row())
        head = self.tr("{0} · {1} · {2}").format(text_of(line, WHEN), text_of(line, WHO), _about(line))
        before, after = text_of(line, BEFORE), text_of(line, AFTER)
        nothing = self._words.text("history", "nothing")
        lines = [head, self.tr("Before: {0}").format(before or nothing), self.tr("After: {0}").format(after or nothing)]
        self._whole.setPlainText("\n".join(lines))

    def _say(self, text: str, state: str) -> None:
        self._message.setText(text)
        restyle(self._message, state=state)


def _about(line: Told) -> str:
    return " ".join(part for part in (line.clause, line.what, line.field) if part)


def _same(names: Iterable[str]) -> dict[str, str]:
    return {name: name for name in sorted(set(names)) if name}


def show_history(context: Context, place: Place, parent: QWidget) -> None:
    """Hand in what is typed and show the history of a place of the open audit."""
    context.session.flush()
    dialog = HistoryDialog(context, place, parent)
    dialog.exec()
    dialog.deleteLater()
