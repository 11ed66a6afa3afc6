"""Photos and files in the auditor's hands: dropped, pasted, chosen; and the strip that takes them."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor_app import evidence
from auditor_app.models.entities import Evidence
from auditor_app.models.stored import StoredFacts
from auditor_app.storage.evidence_store import EvidenceStore
from auditor_app.ui.evidence_strip import EvidenceStrip
from auditor_app.ui.evidence_viewer import EvidenceViewer
from tests.pictures.photos import camera_exif
from tests.ui.desk import CONTROL, Desk, Key, one, settle

SIZE = (160, 120)


class Hold:
    """Take files in as the program does, each only once it is let through."""

    def __init__(self) -> None:
        self._take = evidence.take
        self._free = threading.Semaphore(0)

    def let(self, files: int) -> None:
        """Let so many files through."""
        for _ in range(files):
            self._free.release()

    def __call__(self, store: EvidenceStore, source: Path | bytes) -> StoredFacts:
        assert self._free.acquire(timeout=20)
        return self._take(store, source)


def photo(folder: Path, name: str, shade: int = 0, orientation: int = 1) -> Path:
    """Make a small photo; another shade is another photo."""
    image = Image.new("RGB", SIZE, (40, (37 * shade) % 256, (101 * shade) % 256))
    image.paste((220, 30, 30), (0, 0, SIZE[0] // 4, SIZE[1] // 4))
    image.save(folder / name, "JPEG", exif=camera_exif(orientation))
    return folder / name


def photos(folder: Path, count: int) -> list[Path]:
    """Make several photos."""
    return [photo(folder, f"IMG_{2030 + number}.jpg", number) for number in range(1, count + 1)]


def files_of(paths: Sequence[Path]) -> QMimeData:
    """Return files as a file manager hands them over."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def strip_of(desk: Desk) -> EvidenceStrip:
    """Return the strip of the open tab that can be seen."""
    return one(desk.space.tabs.currentWidget(), EvidenceStrip, lambda strip: strip.isVisible())


def names(desk: Desk) -> list[str]:
    """Return the names of all evidence of the open audit."""
    return [row.name for row in desk.audit.evidence]


def rows_here(desk: Desk) -> list[Evidence]:
    """Return the evidence whose tiles the strip shows."""
    return [row for _, row in strip_of(desk)._list.rows]


def drop(strip: EvidenceStrip, mime: QMimeData) -> Qt.DropAction:
    """Drag something over the strip and let go; return what was done with it."""
    viewport, place = strip.view.viewport(), QPoint(20, 20)
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, actions, mime, buttons, modifiers)
    QApplication.sendEvent(viewport, enter)
    if not enter.isAccepted():
        return Qt.DropAction.IgnoreAction
    event = QDropEvent(QPointF(place), actions, mime, buttons, modifiers)
    event.setDropAction(Qt.DropAction.MoveAction)
    QApplication.sendEvent(viewport, event)
    settle()
    return event.dropAction()


def paste_files(desk: Desk, paths: Sequence[Path]) -> None:
    """Paste files that were copied in the file manager."""
    QGuiApplication.clipboard().setMimeData(files_of(paths))
    desk.press(Key.Key_V, CONTROL)


def paste_image(desk: Desk, image: QImage) -> None:
    """Paste a screenshot."""
    QGuiApplication.clipboard().setImage(image)
    desk.press(Key.Key_V, CONTROL)


def wait_until_added(desk: Desk, qtbot: QtBot) -> None:
    """Wait until no file is on its way any more."""
    qtbot.waitUntil(lambda: not desk.bench.evidence.attaching.is_running, timeout=20_000)
    settle()


def add_photos(desk: Desk, qtbot: QtBot, paths: Sequence[Path]) -> EvidenceStrip:
    """Drop files on the strip and wait until they are evidence."""
    strip = strip_of(desk)
    drop(strip, files_of(paths))
    wait_until_added(desk, qtbot)
    return strip


def stand_on(desk: Desk, strip: EvidenceStrip, place: int) -> None:
    """Click a tile."""
    desk.click_cell(strip.view, strip._list.index(place))


def open_viewer(desk: Desk, strip: EvidenceStrip, place: int, qtbot: QtBot) -> EvidenceViewer:
    """Open the picture of a tile by key and wait until it is there in full."""
    stand_on(desk, strip, place)
    desk.press(Key.Key_Return)
    viewer = strip._viewer
    assert viewer is not None
    qtbot.waitUntil(viewer.isActiveWindow, timeout=5_000)
    wait_for_picture(desk, viewer, qtbot)
    return viewer


def wait_for_picture(desk: Desk, viewer: EvidenceViewer, qtbot: QtBot) -> None:
    """Wait until the viewer shows its picture in full, or words."""
    pictures = desk.bench.evidence.pictures

    def is_there() -> bool:
        picture = pictures.picture(viewer.row.sha256)
        return bool(viewer.canvas.words) or (picture is not None and viewer.canvas.picture is picture)

    qtbot.waitUntil(is_there, timeout=20_000)
    settle()
