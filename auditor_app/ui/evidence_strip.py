"""The evidence at one place: see it, add to it from anywhere, caption it, open it, take it away."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from auditor_app.models.audit import Kind
from auditor_app.models.changes import ChangeSet, remove
from auditor_app.models.entities import Evidence
from auditor_app.models.enums import EvidenceSubject
from auditor_app.models.errors import AuditorError
from auditor_app.models.evidence import is_picture
from auditor_app.models.ids import RowId
from auditor_app.session.batch import Batch
from auditor_app.ui.context import Context
from auditor_app.ui.evidence_caption import CaptionField
from auditor_app.ui.evidence_copies import EvidenceCopies
from auditor_app.ui.evidence_list import EvidenceList
from auditor_app.ui.evidence_view import EvidenceView
from auditor_app.ui.evidence_viewer import EvidenceViewer
from auditor_app.ui.evidence_words import BatchWords
from auditor_app.ui.widgets import button, label

FOLDER_SETTING = "evidence_folder"
# One photo is added sooner than anybody could read that it is being added.
PATIENCE_MS = 300


class EvidenceStrip(QWidget):
    """Show the evidence at one place as tiles and take more by drop, paste or dialog, in the background."""

    message = Signal(str)
    left = Signal()
    """The keyboard can go back to where the key was pressed."""

    def __init__(self, context: Context, parent: QWidget | None = None, *, has_key: bool = True) -> None:
        """Make a strip; `has_key` says whether a key of the page around it calls `start`."""
        super().__init__(parent)
        self._context = context
        self._attaching = context.evidence.attaching
        self._list = EvidenceList(context, self)
        self.view = EvidenceView(context, self._list, has_key)
        self.view.setAccessibleName(self.tr("Evidence"))
        self._caption = CaptionField(context, self.tr("Caption of the selected file"))
        self._words = BatchWords(context.words, self)
        self._progress = label("", "second")
        self._cancel = button(self.tr("Cancel"), "link")
        self._notice = label("", "notice", wrap=True)
        self._dismiss = button(self.tr("Got it"), "link")
        self._copies = EvidenceCopies(context, self)
        self._viewer: EvidenceViewer | None = None
        self._mine: list[Batch] = []
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._lay_out()
        self._connect()
        self._show_batch()
        self._show_caption()

    def show_subject(self, subject_kind: EvidenceSubject, subject: str) -> None:
        """Show the evidence at another place of the open audit."""
        self._list.show_subject(EvidenceSubject(subject_kind), subject)
        self._show_caption()
        self._show_batch()

    def on_changed(self, change_set: ChangeSet) -> None:
        """Show what changed about the evidence here."""
        if change_set.touches(Kind.EVIDENCE):
            self._list.on_changed(change_set)
            self._caption.on_changed(change_set)
            self._show_caption()

    def start(self) -> None:
        """Take the keyboard; where there is nothing yet, ask for files at once and give it back."""
        if not self._list.rows:
            self.add_files()
            self.left.emit()
            return
        if not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self._list.index(0))
        self.view.setFocus()

    def add_files(self) -> None:
        """Ask for files and add them."""
        if self._list.place is None:
            return
        session, kinds = self._context.session, self.tr("All files (*);;Pictures ({0})").format(_PICTURES)
        session.flush()
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Add evidence"), self._last_folder(), kinds)
        if names:
            with suppress(AuditorError):
                # Only the folder that is offered next time is lost.
                session.set_setting(FOLDER_SETTING, str(Path(names[0]).parent))
            self._take([Path(name) for name in names])
        self.view.setFocus()

    def _lay_out(self) -> None:
        progress = QHBoxLayout()
        progress.addWidget(self._progress)
        progress.addWidget(self._cancel)
        progress.addStretch()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.view)
        box.addWidget(self._caption)
        box.addLayout(progress)
        box.addWidget(self._notice)
        box.addWidget(self._dismiss)

    def _connect(self) -> None:
        view = self.view
        view.given.connect(self._take)
        view.unusable.connect(self._on_unusable)
        view.open_requested.connect(self._open)
        view.caption_requested.connect(self._edit_caption)
        view.remove_requested.connect(self._remove)
        view.add_requested.connect(self.add_files)
        view.customContextMenuRequested.connect(self._show_menu)
        view.selectionModel().currentChanged.connect(self._on_current_changed)
        self._list.modelReset.connect(self._show_caption)
        self._caption.focus_target().returnPressed.connect(view.setFocus)  # type: ignore[attr-defined]
        self._attaching.changed.connect(self._show_batch)
        self._attaching.ended.connect(self._on_ended)
        self._cancel.clicked.connect(self._on_cancel)
        self._dismiss.clicked.connect(self._on_dismiss)
        self._patience.timeout.connect(self._show_progress)
        self._copies.message.connect(self.message)

    # Adding.

    def _take(self, given: list[Path] | QImage) -> None:
        place = self._list.place
        if place is None:
            return
        self._context.session.flush()
        text = self.tr("add evidence")
        if isinstance(given, QImage):
            name = self.tr("Screenshot {0}.png").format(f"{datetime.now():%Y-%m-%d %H%M%S}")
            batch = self._attaching.attach_image(place, given, name, text)
        else:
            batch = self._attaching.attach(place, given, text)
        # The smallest batch may be over already.
        if batch.is_running:
            self._mine.append(batch)

    def _on_unusable(self) -> None:
        self.message.emit(self.tr("There is no file or picture to add. Copy a file or a screenshot first."))

    def _on_ended(self, batch: Batch) -> None:
        if batch in self._mine:
            self._mine.remove(batch)
            self.message.emit(self._words.summary(batch))

    def _batch(self) -> Batch | None:
        """Return the batch to tell of: the one here, else one begun here that still runs for another place."""
        place = self._list.place
        here = self._attaching.last(place) if place is not None else None
        return here if here is not None and here.is_running else next(iter(self._mine), here)

    def _show_batch(self) -> None:
        batch = self._batch()
        is_running = batch is not None and batch.is_running
        if not is_running:
            self._patience.stop()
        elif self._progress.isHidden() and not self._patience.isActive():
            self._patience.start()
        if not is_running or not self._progress.isHidden():
            self._show_progress()
        place = self._list.place
        ended = self._attaching.last(place) if place is not None else None
        troubles = self._words.troubles(ended) if ended is not None and not ended.is_running else ""
        self._notice.setText(troubles)
        self._notice.setVisible(bool(troubles))
        self._dismiss.setVisible(bool(troubles))

    def _show_progress(self) -> None:
        batch = self._batch()
        is_running = batch is not None and batch.is_running
        if batch is not None and is_running:
            self._progress.setText(self._words.progress(batch, batch.place == self._list.place))
        self._progress.setVisible(is_running)
        self._cancel.setVisible(is_running)

    def _on_cancel(self) -> None:
        batch = self._batch()
        if batch is not None:
            batch.cancel()
        self.view.setFocus()

    def _on_dismiss(self) -> None:
        if self._list.place is not None:
            self._attaching.dismiss(self._list.place)
        self.view.setFocus()

    def _last_folder(self) -> str:
        with suppress(AuditorError):
            return self._context.session.setting(FOLDER_SETTING)
        return ""

    # What is here.

    def _current(self) -> tuple[RowId, Evidence] | None:
        return self._list.row_at(self.view.currentIndex())

    def _on_current_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_caption()

    def _show_caption(self) -> None:
        found, has_keyboard = self._current(), self._caption.focus_target().hasFocus()
        self._caption.show_row(found[0] if found is not None else None)
        self._caption.setVisible(self._caption.isEnabled())
        if has_keyboard and found is None:
            # What was captioned is gone.
            self.view.setFocus()

    def _edit_caption(self) -> None:
        if self._caption.isEnabled():
            self._caption.focus_target().setFocus()

    def _open(self) -> None:
        found = self._current()
        self._context.session.flush()
        if found is None:
            self.add_files()
        elif is_picture(found[1]):
            self._view(found[0])
        else:
            self._copies.open(found[1])

    def _view(self, row_id: RowId) -> None:
        if self._viewer is None:
            self._viewer = EvidenceViewer(self._context, self)
        place = self._list.place
        assert place is not None
        self._viewer.show_evidence(place, row_id)

    def _save_copy(self) -> None:
        found = self._current()
        if found is not None:
            self._copies.save(found[1])

    def _remove(self) -> None:
        found, session = self._current(), self._context.session
        chosen = self.view.chosen() or ([found[0]] if found is not None else [])
        session.flush()
        rows = session.audit.of(Kind.EVIDENCE)
        gone = [row_id for row_id in chosen if row_id in rows]
        if not gone:
            return
        name = rows[gone[0]].name if len(gone) == 1 else self.tr("{0} files").format(len(gone))
        changes = [remove(Kind.EVIDENCE, row_id, rows[row_id]) for row_id in gone]
        if session.submit(changes, self.tr("remove {0}").format(name)):
            self.message.emit(self.tr("Removed: {0}. Undo brings it back.").format(name))

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        index = self.view.indexAt(at)
        if self._list.row_at(index) is not None:
            if not self.view.selectionModel().isSelected(index):
                self.view.setCurrentIndex(index)
            menu.addAction(self.tr("Open") + "\tEnter", self._open)
            menu.addAction(self.tr("Caption") + "\tF2", self._edit_caption)
            menu.addAction(self.tr("Save a copy as …"), self._save_copy)
            menu.addSeparator()
            menu.addAction(self.tr("Remove") + "\tDel", self._remove)
            menu.addSeparator()
        menu.addAction(self.tr("Add files …"), self.add_files)
        menu.addAction(self.tr("Paste") + "\tCtrl+V", self.view.paste)
        menu.exec(self.view.viewport().mapToGlobal(at))
        menu.deleteLater()


_PICTURES = "*.jpg *.jpeg *.png *.heic *.heif *.webp *.bmp *.gif *.tif *.tiff"
