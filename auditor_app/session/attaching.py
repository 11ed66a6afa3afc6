"""Files becoming evidence, batch by batch, in the background; outlives the window's look and every change of audit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QEvent, QIODevice, QObject, QTimer, Signal
from PySide6.QtGui import QImage

from auditor_app.models.changes import ChangeSet
from auditor_app.session.batch import Batch, Place
from auditor_app.session.intake import Intake
from auditor_app.session.session import Session
from auditor_app.session.worker import Worker

# What arrives within this time is written together, so that the views take in several rows at once.
TOGETHER_MS = 40
ROWS_AT_ONCE = 8


class Attaching(QObject):
    """Take files in for places of any audit; the last batch of each place can be looked at until it is dismissed."""

    changed = Signal()
    """A batch begins, moves on, ends or is dismissed."""
    ended = Signal(object)
    """Every file of a `Batch` is accounted for."""
    arrived = Signal(str)
    """Content with this sha256 is stored."""

    def __init__(self, session: Session, new_intake: Callable[[], Intake], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._new_intake = new_intake
        self._running: list[Batch] = []
        self._last: dict[Place, Batch] = {}
        self._encoder = Worker(_png, self)
        self._encoder.done.connect(self._on_encoded)
        self._pasted: list[tuple[Batch, QImage]] = []
        self._timer = QTimer(self, interval=TOGETHER_MS, singleShot=True)
        self._timer.timeout.connect(self._write_some)
        session.flush_requested.connect(self.write)
        session.undone.connect(self._on_undone)

    @property
    def is_running(self) -> bool:
        """Say whether files are still on their way."""
        return bool(self._running)

    def last(self, place: Place) -> Batch | None:
        """Return the batch that was begun last at a place, running or ended and not dismissed."""
        return self._last.get(place)

    def dismiss(self, place: Place) -> None:
        """Forget the batch that ended at a place."""
        batch = self._last.get(place)
        if batch is not None and not batch.is_running:
            del self._last[place]
            batch.deleteLater()
            self.changed.emit()

    def attach(self, place: Place, paths: Iterable[Path], text: str) -> Batch:
        """Make evidence of files; `text` names the undo step."""
        sources = list(paths)
        batch = self._begin(place, len(sources), text, "")
        batch.take(sources)
        return batch

    def attach_image(self, place: Place, image: QImage, name: str, text: str) -> Batch:
        """Make evidence of a picture that was never a file; it is kept as PNG under this name."""
        batch = self._begin(place, 1, text, name)
        self._pasted.append((batch, image))
        if len(self._pasted) == 1:
            self._encoder.start(image)
        return batch

    def write(self) -> None:
        """Write rows for everything that is stored."""
        for batch in list(self._running):
            while batch.is_waiting:
                batch.write(self._session, ROWS_AT_ONCE)

    def close(self) -> None:
        """Leave out what is not stored yet, wait for what is at hand and write it."""
        del self._pasted[1:]
        self._encoder.close()
        # The report lies in the queue of this thread, which may be done with its loop.
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)
        for batch in list(self._running):
            batch.close()
        self.write()

    def _begin(self, place: Place, total: int, text: str, pasted_name: str) -> Batch:
        self.dismiss(place)
        batch = Batch(place, total, text, pasted_name, self._new_intake(), self)
        batch.arrived.connect(self._on_arrived)
        batch.progressed.connect(self.changed)
        batch.ended.connect(self._on_ended)
        self._running.append(batch)
        self._last[place] = batch
        self.changed.emit()
        return batch

    def _on_encoded(self, _image: QImage, data: bytes) -> None:
        batch, _ = self._pasted.pop(0)
        if self._pasted:
            self._encoder.start(self._pasted[0][1])
        batch.take([data])

    def _on_arrived(self, sha256: str) -> None:
        if not self._timer.isActive():
            self._timer.start()
        self.arrived.emit(sha256)

    def _write_some(self) -> None:
        waiting = [batch for batch in self._running if batch.is_waiting]
        for batch in waiting:
            batch.write(self._session, ROWS_AT_ONCE)
        if any(batch.is_waiting for batch in waiting):
            self._timer.start()

    def _on_undone(self, change_set: ChangeSet) -> None:
        for batch in list(self._running):
            batch.take_back(change_set)

    def _on_ended(self) -> None:
        ended = [batch for batch in self._running if not batch.is_running]
        for batch in ended:
            self._running.remove(batch)
            self.changed.emit()
            self.ended.emit(batch)
            if self._last.get(batch.place) is not batch:
                batch.deleteLater()


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
