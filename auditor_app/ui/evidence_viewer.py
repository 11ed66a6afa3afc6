"""One piece of evidence large: zoom, rotate, mark, caption, and on to the next at the same place."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLocale, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.models.audit import Kind
from auditor_app.models.changes import ChangeSet, set_fields
from auditor_app.models.entities import Evidence
from auditor_app.models.errors import AuditorError
from auditor_app.models.evidence import evidence_on, is_picture
from auditor_app.models.ids import RowId
from auditor_app.models.marks import Mark, Shape, mark_text, parse_mark
from auditor_app.session.batch import Place
from auditor_app.session.full_pictures import FullPicture
from auditor_app.session.thumbnails import PIXELS
from auditor_app.ui.context import Context
from auditor_app.ui.evidence_bar import ViewerBar
from auditor_app.ui.evidence_canvas import EvidenceCanvas
from auditor_app.ui.evidence_caption import CaptionField
from auditor_app.ui.keys import Scope
from auditor_app.ui.widgets import button, label, named

SHARE_OF_SCREEN = 0.9
LARGEST = QSize(1280, 900)
SHORT_SHA = 12
COPIED_MS = 1500
# A thumbnail as large as they get stands for a photo of about this many times its size.
_STAND_IN = 12


class EvidenceViewer(QDialog):
    """Show the evidence of one place, one after another; everything done here is an ordinary edit."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._thumbnails = context.evidence.thumbnails
        self._pictures = context.evidence.pictures
        self._place: Place | None = None
        self._rows: list[tuple[RowId, Evidence]] = []
        self._number = 0
        self._step = 1
        self._shown = ""
        """The sha256 of the picture on the canvas, empty while that is still the one before."""
        self.canvas = EvidenceCanvas()
        self.canvas.setAccessibleName(self.tr("Picture"))
        self.caption = CaptionField(context, self.tr("Caption"))
        self._bar = ViewerBar(context)
        self._tool: Shape | None = None
        self._facts = label("", "second", wrap=True)
        self._sha = button("", "link")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, True)
        self._lay_out()
        self._connect()
        self._choose_tool(None)

    def show_evidence(self, place: Place, row_id: RowId) -> None:
        """Open at one piece of the evidence of a place."""
        self._context.session.flush()
        self._place, self._step, self._shown = place, 1, ""
        self._rows = self._stored()
        self._choose_tool(None)
        if not self.isVisible():
            room = self.screen().availableSize() * SHARE_OF_SCREEN
            self.resize(room.boundedTo(LARGEST))
        self.show()
        self.raise_()
        self.activateWindow()
        self.canvas.setFocus()
        self._go_to(next((number for number, (each, _) in enumerate(self._rows) if each == row_id), 0))

    @property
    def row_id(self) -> RowId:
        """Return which evidence is shown."""
        return self._rows[self._number][0]

    @property
    def row(self) -> Evidence:
        """Return the evidence that is shown."""
        return self._rows[self._number][1]

    def rotate(self) -> None:
        """Turn the picture a quarter clockwise."""
        if self._shown:
            self._edit({"rotation": (self.row.rotation + 90) % 360}, self.tr("rotate {0}").format(self.row.name))

    def go(self, step: int) -> None:
        """Go on to the next evidence, or with -1 back."""
        if 0 <= self._number + step < len(self._rows):
            self._context.session.flush()
            self._step = step
            self._go_to(self._number + step)

    def remove_mark(self) -> None:
        """Take the selected mark away."""
        selected = self.canvas.selected
        if selected >= 0:
            marks = tuple(mark for number, mark in enumerate(self.row.marks) if number != selected)
            self.canvas.select(-1)
            self._edit({"marks": marks}, self.tr("remove mark on {0}").format(self.row.name))

    # The parts.

    def _lay_out(self) -> None:
        bottom = named("tools")
        box = QVBoxLayout(bottom)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(6)
        box.addWidget(self.caption)
        facts = QHBoxLayout()
        facts.addWidget(self._facts, 1)
        facts.addWidget(self._sha)
        box.addLayout(facts)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._bar)
        page.addWidget(self.canvas, 1)
        page.addWidget(bottom)

    def _connect(self) -> None:
        session = self._context.session
        session.changed.connect(self._on_changed)
        session.opened.connect(self._on_opened)
        self._thumbnails.ready.connect(self._on_thumbnail)
        self._thumbnails.failed.connect(self._on_thumbnail)
        self._pictures.ready.connect(self._on_ready)
        self._pictures.failed.connect(self._on_failed)
        self.canvas.drawn.connect(self._on_drawn)
        self.canvas.zoomed.connect(self._show_zoom)
        self._bar.asked.connect(self._do)
        self._bar.tool_asked.connect(self._choose_tool)
        self._sha.clicked.connect(self._copy_sha)
        for action, slot in (("undo", session.undo), ("redo", session.redo)):
            shortcut = QShortcut(self)
            shortcut.setKeys(self._context.keys.sequences(action))
            shortcut.activated.connect(slot)

    # What is shown.

    def _stored(self) -> list[tuple[RowId, Evidence]]:
        place = self._place
        if place is None or place.audit_id != self._context.session.audit.id:
            return []
        return list(evidence_on(self._context.session.audit, place.subject_kind, place.subject).items())

    def _go_to(self, number: int) -> None:
        self._number, self._shown = number, ""
        self.caption.show_row(self.row_id)
        self.setWindowTitle(self.row.name)
        self._show_count()
        self._show_picture()

    def _show_picture(self) -> None:
        """Show the picture, its thumbnail until it is decoded, or words; nothing is decoded that has no thumbnail."""
        row, words = self.row, self._context.words
        thumbnail = self._thumbnails.image(row.sha256)
        problem = self._thumbnails.problem(row.sha256)
        if not is_picture(row):
            self._say(self.tr("“{0}” is not a picture. Open it from the list to see it.").format(row.name))
        elif problem is not None:
            self._say(words.error(problem))
        elif thumbnail is None:
            self.canvas.show_marks(())
            self._thumbnails.request(row.sha256)
        else:
            self._pictures.want(row.sha256, *self._next_picture())
            self._show(self._pictures.picture(row.sha256) or _stand_in(thumbnail))
        self._show_facts()

    def _next_picture(self) -> list[str]:
        """Return the picture that is likely to be looked at next, if it has shown that it can be."""
        number = self._number + self._step
        row = self._rows[number][1] if 0 <= number < len(self._rows) else None
        return [row.sha256] if row is not None and self._thumbnails.image(row.sha256) is not None else []

    def _show(self, picture: FullPicture) -> None:
        self._shown = self.row.sha256
        self.canvas.show_picture(picture, self.row.rotation, self._marks())

    def _say(self, words: str) -> None:
        self._pictures.want()
        self._shown = ""
        self.canvas.show_words(words)

    def _marks(self) -> list[Mark]:
        return [parse_mark(mark) for mark in self.row.marks]

    def _show_count(self) -> None:
        self._bar.show_place(self._number + 1, len(self._rows))

    def _show_zoom(self) -> None:
        is_true = bool(self._shown) and self._pictures.picture(self._shown) is self.canvas.picture
        percent = round(self.canvas.place.zoom * self.devicePixelRatio() * 100)
        self._bar.show_zoom(self.tr("{0} %").format(percent) if is_true else "")

    def _show_facts(self) -> None:
        row, picture = self.row, self._pictures.picture(self.row.sha256)
        taken = self.tr("taken {0}").format(row.taken_at.replace("T", " ")) if row.taken_at else ""
        pixels = f"{picture.size.width()} × {picture.size.height()}" if picture is not None else ""
        traditional = QLocale.DataSizeFormat.DataSizeTraditionalFormat
        size = QLocale().formattedDataSize(row.size, 1, traditional) if row.size else ""
        self._facts.setText("  ·  ".join(part for part in (row.name, taken, pixels, size) if part))
        self._show_sha()

    # What happens.

    def _edit(self, values: dict[str, Any], text: str) -> None:
        session, row_id = self._context.session, self.row_id
        session.flush()
        row = session.audit.of(Kind.EVIDENCE).get(row_id)
        if row is not None:
            session.submit(set_fields(Kind.EVIDENCE, row_id, row, values), text)

    def _on_drawn(self, mark: Mark) -> None:
        if self._shown:
            marks = (*self.row.marks, mark_text(mark))
            self._edit({"marks": marks}, self.tr("mark on {0}").format(self.row.name))
            self.canvas.select(len(self.row.marks) - 1)

    def _on_changed(self, change_set: ChangeSet) -> None:
        if self.isVisible() and change_set.touches(Kind.EVIDENCE):
            self._refresh()
            self.caption.on_changed(change_set)

    def _on_opened(self) -> None:
        if self.isVisible():
            self._refresh()
            if self.isVisible():
                self.caption.refresh()

    def _refresh(self) -> None:
        """Show what is stored now, the neighbour of what is gone, or nothing any more."""
        shown, row = self.row_id, self.row
        self._rows = self._stored()
        number = next((number for number, (each, _) in enumerate(self._rows) if each == shown), -1)
        if not self._rows:
            self.close()
        elif number < 0:
            self._go_to(min(self._number, len(self._rows) - 1))
        else:
            self._number = number
            self._show_count()
            if self._shown and (row.rotation, row.marks) != (self.row.rotation, self.row.marks):
                self.canvas.turn(self.row.rotation)
                self.canvas.show_marks(self._marks())

    def _on_thumbnail(self, sha256: str) -> None:
        if self.isVisible() and sha256 == self.row.sha256 and not self._shown:
            self._show_picture()

    def _on_ready(self, sha256: str) -> None:
        picture = self._pictures.picture(sha256)
        if self.isVisible() and sha256 == self.row.sha256 and picture is not None:
            self.canvas.sharpen(picture)
            self._show_facts()

    def _on_failed(self, sha256: str, error: AuditorError) -> None:
        if self.isVisible() and sha256 == self.row.sha256:
            self._say(self._context.words.error(error))

    def _choose_tool(self, tool: Shape | None) -> None:
        self._tool = tool
        self._bar.show_tool(tool)
        self.canvas.set_tool(tool)

    def _do(self, action: str) -> None:
        match action:
            case "next":
                self.go(1)
            case "previous":
                self.go(-1)
            case "zoom_in":
                self.canvas.step(1)
            case "zoom_out":
                self.canvas.step(-1)
            case "fit":
                self.canvas.fit()
            case "true_size":
                self.canvas.toggle_true_size()
            case "rotate":
                self.rotate()
            case "remove":
                self.remove_mark()
            case "arrow" | "box":
                shape = Shape(action)
                self._choose_tool(None if self._tool is shape else shape)

    def _copy_sha(self) -> None:
        QGuiApplication.clipboard().setText(self.row.sha256)
        self._sha.setText(self.tr("Copied"))
        QTimer.singleShot(COPIED_MS, self, self._show_sha)

    def _show_sha(self) -> None:
        # Undo may have taken away what was shown.
        if self._rows:
            self._sha.setText(self.tr("SHA-256 {0}…").format(self.row.sha256[:SHORT_SHA]))
            self._sha.setToolTip(self.tr("Copy {0}").format(self.row.sha256))

    def _leave(self) -> None:
        """Give up one thing after another: the mark being drawn, the caption, the tool, the window."""
        if self.canvas.stop_drawing():
            return
        if self.caption.focus_target().hasFocus():
            self.canvas.setFocus()
        elif self._tool is not None:
            self._choose_tool(None)
        else:
            self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() == Qt.Key.Key_F2:
            self.caption.focus_target().setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # From the caption back to the picture; a dialog would press a button.
            self.canvas.setFocus()
        elif action := self._context.keys.action(event, Scope.VIEWER):
            self._do(action)
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        # Still visible, so that what is typed is stored as evidence that is shown.
        self._context.session.flush()
        super().done(result)
        self._pictures.want()
        self._shown = ""
        self.canvas.show_words("")


def _stand_in(thumbnail: QImage) -> FullPicture:
    """Return a thumbnail as the picture it stands for until that is decoded."""
    is_scaled = max(thumbnail.width(), thumbnail.height()) >= PIXELS
    return FullPicture(thumbnail.size() * _STAND_IN if is_scaled else thumbnail.size(), (thumbnail,))
